/* The lines of plain talk: `Name: words`, further lines of a turn, and blank lines.
 *
 * A study holds millions of lines, and most of the time that reading takes was spent on asking
 * the same few questions of each. Here they are asked; what a label or running words are is
 * still told by Python: `is_label` is asked once of each name, `takes` of each line without a
 * label that is not dull (see `is_dull`). Without a compiler `said.py` reads in Python, more
 * slowly, and tests hold the two together.
 *
 * A text comes with its marks, one byte for each character, so that a place in one is a place
 * in the other: an ASCII character is its own mark, and of any other the mark says what it is
 * to a line. White space is what `str.isspace` says.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

enum { OTHER = 0x80, SPACE, BLANK, INVISIBLE, COLON, DASH }; /* marks; also in `said.py` */

#define LONGEST_LABEL 63 /* characters, as in `shapes.py` */
#define HEAD 104         /* characters in which a label shows its sign, as in `running.py` */
#define LONGEST_NAME 42  /* characters before a sign beyond which no name is, with a blank */
#define LONGEST_MARKER 61     /* characters of a line that may be no words, as in `furniture.py` */
#define LONGEST_SIGNATURE 240 /* characters, as in `furniture.py` */
#define CHUNK 16384           /* characters that are made wide at a time */
#define STRETCH 64            /* characters that are looked at together */

typedef Py_ssize_t Place;
typedef unsigned char Mark;

/* ---- marks ---- */

static Mark mark_of(Py_UCS4 sign)
{
    if (sign < 0x80)
        return (Mark)sign;
    switch (sign) {
    case 0xA0: case 0x2002: case 0x2003: case 0x2009: case 0x202F:
        return BLANK; /* within a line, as in `shapes.py` */
    case 0x85: case 0x1680: case 0x2028: case 0x2029: case 0x205F: case 0x3000:
        return SPACE;
    case 0xAD: case 0x61C: case 0x180E: case 0x2060: case 0xFEFF:
        return INVISIBLE; /* as in `model/labels.py` */
    case 0x2013: case 0x2014:
        return DASH; /* that may be a sign, as in `running.py` */
    case 0xFF1A:
        return COLON;
    }
    if (sign >= 0x2000 && sign <= 0x200A)
        return SPACE;
    if ((sign >= 0x200B && sign <= 0x200F) || (sign >= 0x202A && sign <= 0x202E) ||
        (sign >= 0x2066 && sign <= 0x2069))
        return INVISIBLE;
    return OTHER;
}

/* Few stretches hold anything but ASCII, and those are copied without a look at each sign. */
static void mark_stretch(const Py_UCS4 *signs, Place size, Mark *marks)
{
    Py_UCS4 every = 0;
    for (Place n = 0; n < size; n++) {
        every |= signs[n];
        marks[n] = (Mark)signs[n];
    }
    for (Place n = 0; every >= OTHER && n < size; n++)
        marks[n] = mark_of(signs[n]);
}

/* Write the marks of text[first:end], at most CHUNK characters. */
static int mark_chunk(PyObject *text, Place first, Place end, Py_UCS4 *signs, Mark *marks)
{
    PyObject *part = PyUnicode_Substring(text, first, end);
    if (!part)
        return -1;
    int done = PyUnicode_AsUCS4(part, signs, CHUNK, 0) ? 0 : -1;
    Py_DECREF(part);
    for (Place at = first; !done && at < end; at += STRETCH)
        mark_stretch(signs + (at - first), end - at < STRETCH ? end - at : STRETCH, marks + at);
    return done;
}

static PyObject *marks_of(PyObject *Py_UNUSED(module), PyObject *text)
{
    Place size = PyUnicode_GetLength(text); /* fails for what is no text */
    if (size < 0)
        return NULL;
    PyObject *marks = PyBytes_FromStringAndSize(NULL, size);
    Py_UCS4 *signs = PyMem_Malloc(CHUNK * sizeof *signs);
    int done = marks && signs ? 0 : -1;
    if (!signs)
        PyErr_NoMemory();
    for (Place first = 0; !done && first < size; first += CHUNK) {
        Place end = size - first > CHUNK ? first + CHUNK : size;
        done = mark_chunk(text, first, end, signs, (Mark *)PyBytes_AsString(marks));
    }
    PyMem_Free(signs);
    if (done)
        Py_CLEAR(marks);
    return marks;
}

static int is_digit(Mark mark) { return mark >= '0' && mark <= '9'; }

static int is_one_of(Mark mark, const char *signs) { return mark && strchr(signs, mark); }

static int is_letter(Mark mark) { return (mark | 32) >= 'a' && (mark | 32) <= 'z'; }

static int is_space(Mark mark)
{
    return mark == ' ' || (mark >= '\t' && mark <= '\r') || (mark >= 0x1C && mark <= 0x1F) ||
           mark == SPACE || mark == BLANK;
}

static int is_blank(Mark mark)
{
    return mark == ' ' || mark == '\t' || mark == BLANK || mark == INVISIBLE;
}

/* ---- stamps ---- */

/* Whether what opened before a time is closed behind it, so far as its signs go. */
static int may_be_closed(const Mark *marks, Place at, Place size)
{
    while (at < size && (marks[at] >= OTHER || is_one_of(marks[at], "0123456789:.,;-> \t")))
        at++;
    return at < size && is_one_of(marks[at], "])#");
}

/* Whether a colon may be the first of a stamp, or of a time in place of words.
 *
 * There are digits on both sides, and before them a bracket, a star, a colon with a blank or
 * the line's beginning, as in the expressions of `stamps.py`. A sign beyond ASCII may be a digit.
 */
static int may_be_stamp(const Mark *marks, Place colon, Place size)
{
    Place at = colon, digits, behind = colon + 1;
    if (behind >= size || !(is_digit(marks[behind]) || marks[behind] >= OTHER))
        return 0;
    while (at > 0 && (is_digit(marks[at - 1]) || marks[at - 1] == '-'))
        at--;
    digits = at;
    while (at > 0 && is_blank(marks[at - 1]))
        at--;
    Mark before = at ? marks[at - 1] : '\n';
    if (before >= OTHER)
        return 1;
    if (digits == colon)
        return 0;
    if (is_one_of(before, "[(#"))
        return may_be_closed(marks, behind, size);
    return before == '\n' || before == '*' || (before == ':' && at < digits);
}

static PyObject *may_hold_stamp(PyObject *Py_UNUSED(module), PyObject *bytes)
{
    char *data;
    Place size;
    if (PyBytes_AsStringAndSize(bytes, &data, &size) < 0)
        return NULL;
    const Mark *marks = (const Mark *)data, *found;
    for (Place at = 0; at < size; at = found - marks + 1) {
        found = memchr(marks + at, ':', (size_t)(size - at));
        if (!found)
            break;
        if (may_be_stamp(marks, found - marks, size))
            Py_RETURN_TRUE;
    }
    Py_RETURN_FALSE;
}

/* ---- one line ---- */

typedef struct {
    Place start, stop; /* as it is written, without its newline */
    Place end;         /* without the white space at its end */
} Line;

/* Characters of what stands before the first colon that a blank or the line's end follows. */
static Place name_in(const Mark *marks, const Line *line)
{
    Place last = line->stop - 1, furthest = line->start + LONGEST_LABEL;
    for (Place at = line->start; at < last && at <= furthest; at++) {
        if (marks[at] != ':' || marks[at + 1] != ' ')
            continue;
        if (at > line->start)
            return at - line->start;
        break;
    }
    return last >= line->start && last <= furthest && marks[last] == ':' ? last - line->start : 0;
}

/* Where the words behind a label begin; the same as the end where there are none. */
static Place words_behind(const Mark *marks, const Line *line, Place colon, Place *end)
{
    Place first = colon + 1;
    while (first < line->end && is_space(marks[first]))
        first++;
    *end = line->end;
    if (first < line->end)
        return first;
    first = colon + 1;
    while (first < line->stop && is_blank(marks[first]))
        first++;
    return *end = first;
}

static int has_wide_blank(const Mark *marks, const Line *line)
{
    for (Place at = line->start; at + 1 < line->stop; at++) {
        if (marks[at] == ' ' && marks[at + 1] == ' ')
            return 1;
    }
    return 0;
}

/* Whether a sign is in the head of a line behind which, or behind a name before it, one speaks. */
static int has_sign(const Mark *marks, const Line *line)
{
    Place size = line->stop - line->start;
    for (Place n = 0; n < size && n < HEAD; n++) {
        Mark mark = marks[line->start + n];
        if (mark == ':' || mark == COLON || mark == '(')
            return 1;
        if (n < LONGEST_NAME && (mark == DASH || is_one_of(mark, ";=>|).-")))
            return 1;
    }
    return 0;
}

/* Whether `Running.takes` says yes of a line, and keeps nothing, in a text of plain blanks.
 *
 * So it is for most lines that are long and begin with two plain words. Not exact: what is not
 * dull here is asked there.
 */
static int is_dull(const Mark *marks, const Line *line)
{
    Place size = line->stop - line->start;
    const Mark *first = marks + line->start;
    if (size <= LONGEST_MARKER || !is_letter(first[0]) || has_sign(marks, line))
        return 0;
    if ((first[0] | 32) == 't' && size <= LONGEST_SIGNATURE)
        return 0;
    if ((first[0] == 'Q' || first[0] == 'A') && !is_letter(first[1]))
        return 0;
    const Mark *blank = memchr(first, ' ', (size_t)size - 1);
    return blank && blank[1] >= 'a' && blank[1] <= 'z' && !has_wide_blank(marks, line);
}

/* ---- all lines ---- */

typedef struct {
    Place start, size; /* of a name in ASCII */
    PyObject *label;   /* what `known` holds of it */
} Recent;

typedef struct {
    PyObject *text, *is_label, *takes; /* borrowed */
    const Mark *marks;
    Place size;
    int plain_blanks;
    PyObject *known;  /* of each name so far: the name, if it is a label, else None */
    Recent recent[2]; /* for two people mostly speak in turn */
    PyObject *names, *starts, *ends, *counts, *leading, *above; /* found; see `said.py` */
    Place start, end; /* of the words of the last turn */
    Place first, filled, paragraphs;
} Reading;

/* What `known` holds of the name that stands in a place; asked for, if it is a new one. */
static PyObject *known_label(Reading *reading, Place start, Place size)
{
    PyObject *name = PyUnicode_Substring(reading->text, start, start + size);
    PyObject *label = name ? PyDict_GetItemWithError(reading->known, name) : NULL;
    if (name && !label && !PyErr_Occurred()) {
        PyObject *told = PyObject_CallFunctionObjArgs(reading->is_label, name, NULL);
        int is_label = told ? PyObject_IsTrue(told) : -1;
        Py_XDECREF(told);
        label = is_label < 0 ? NULL : is_label ? name : Py_None;
        if (label && PyDict_SetItem(reading->known, name, label) < 0)
            label = NULL;
    }
    Py_XDECREF(name); /* `known` holds it, if it is the label */
    return label;
}

/* The label at the beginning of a line, else None; borrowed. */
static PyObject *label_at(Reading *reading, Place start, Place size)
{
    const Mark *marks = reading->marks;
    Recent *recent = reading->recent;
    if (!size)
        return Py_None;
    for (int n = 0; n < 2; n++) {
        if (recent[n].size == size && !memcmp(marks + recent[n].start, marks + start, (size_t)size))
            return recent[n].label;
    }
    PyObject *label = known_label(reading, start, size);
    for (Place n = 0; n < size; n++) {
        if (marks[start + n] >= OTHER)
            return label; /* other names may have the same marks */
    }
    if (label) {
        recent[1] = recent[0];
        recent[0] = (Recent){start, size, label};
    }
    return label;
}

static int add_number(PyObject *list, Place number)
{
    PyObject *one = PyLong_FromSsize_t(number);
    int done = one ? PyList_Append(list, one) : -1;
    Py_XDECREF(one);
    return done;
}

static Place turns_in(const Reading *reading) { return PyList_Size(reading->names); }

/* The last turn has no further lines. */
static int end_turn(Reading *reading)
{
    if (!turns_in(reading))
        return 0;
    return add_number(reading->starts, reading->start) < 0 ||
                   add_number(reading->ends, reading->end) < 0
               ? -1
               : 0;
}

/* The label stands once more. */
static int count_label(Reading *reading, PyObject *label)
{
    PyObject *before = PyDict_GetItemWithError(reading->counts, label);
    if (!before && PyErr_Occurred())
        return -1;
    PyObject *count = PyLong_FromSsize_t(before ? PyLong_AsSsize_t(before) + 1 : 1);
    int done = count ? PyDict_SetItem(reading->counts, label, count) : -1;
    Py_XDECREF(count);
    return done;
}

/* Keep the sign with which the line above a label ends, where that is not blank. */
static int keep_above(Reading *reading, const Line *above)
{
    PyObject *sign = PyUnicode_Substring(reading->text, above->end - 1, above->end);
    int done = sign ? PySet_Add(reading->above, sign) : -1;
    Py_XDECREF(sign);
    return done;
}

static int begin_turn(Reading *reading, PyObject *label, Place colon, const Line *line,
                      const Line *above)
{
    int leads = above->start == above->end;
    if (end_turn(reading) < 0)
        return -1;
    if (!turns_in(reading))
        reading->first = line->start;
    if (PyList_Append(reading->names, label) < 0 || count_label(reading, label) < 0)
        return -1;
    reading->start = words_behind(reading->marks, line, colon, &reading->end);
    return leads ? PySet_Add(reading->leading, label) : keep_above(reading, above);
}

/* 1 for running words, which belong to the last turn if there is one; 0 for others. */
static int go_on(Reading *reading, const Line *line, const Line *above)
{
    if (!(reading->plain_blanks && is_dull(reading->marks, line))) {
        PyObject *words = PyUnicode_Substring(reading->text, line->start, line->stop);
        PyObject *leads = above->start == above->end ? Py_True : Py_False;
        PyObject *told =
            words ? PyObject_CallFunctionObjArgs(reading->takes, words, leads, NULL) : NULL;
        int takes = told ? PyObject_IsTrue(told) : -1;
        Py_XDECREF(words);
        Py_XDECREF(told);
        if (takes <= 0)
            return takes;
    }
    if (reading->start == reading->end)
        reading->start = line->start;
    reading->end = line->end;
    return 1;
}

/* 1 where a line has a plain label or running words, 0 where it has neither. */
static int read_line(Reading *reading, const Line *line, const Line *above)
{
    Place size = name_in(reading->marks, line);
    PyObject *label = label_at(reading, line->start, size);
    if (!label)
        return -1;
    reading->filled++;
    reading->paragraphs += above->start == above->end;
    if (label == Py_None)
        return go_on(reading, line, above);
    return begin_turn(reading, label, line->start + size, line, above) < 0 ? -1 : 1;
}

static int read_lines(Reading *reading)
{
    const Mark *marks = reading->marks;
    Line above = {0, 0, 0}; /* what stands above the first line is as if blank */
    for (Place start = 0; start < reading->size;) {
        const Mark *newline = memchr(marks + start, '\n', (size_t)(reading->size - start));
        Line line = {start, newline ? newline - marks : reading->size, 0};
        line.end = line.stop;
        while (line.end > start && is_space(marks[line.end - 1]))
            line.end--;
        int done = line.end > start ? read_line(reading, &line, &above) : 1;
        if (done <= 0)
            return done;
        above = line;
        start = line.stop + 1;
    }
    return end_turn(reading) < 0 ? -1 : 1;
}

static PyObject *result_of(Reading *reading)
{
    reading->known = PyDict_New();
    reading->names = PyList_New(0);
    reading->starts = PyList_New(0);
    reading->ends = PyList_New(0);
    reading->counts = PyDict_New();
    reading->leading = PySet_New(NULL);
    reading->above = PySet_New(NULL);
    if (!reading->known || !reading->names || !reading->starts || !reading->ends ||
        !reading->counts || !reading->leading || !reading->above)
        return NULL;
    int done = read_lines(reading);
    if (done < 0)
        return NULL;
    if (!done)
        Py_RETURN_NONE;
    return Py_BuildValue("OOOOnOOnn", reading->names, reading->starts, reading->ends,
                         reading->counts, reading->first, reading->leading, reading->above,
                         reading->filled, reading->paragraphs);
}

static PyObject *read_text(PyObject *Py_UNUSED(module), PyObject *args)
{
    Reading reading = {0};
    const char *marks;
    if (!PyArg_ParseTuple(args, "Uy#pOO", &reading.text, &marks, &reading.size,
                          &reading.plain_blanks, &reading.is_label, &reading.takes))
        return NULL;
    if (PyUnicode_GetLength(reading.text) != reading.size)
        return PyErr_Format(PyExc_ValueError, "these are not the marks of this text");
    reading.marks = (const Mark *)marks;
    PyObject *result = result_of(&reading);
    Py_XDECREF(reading.known);
    Py_XDECREF(reading.names);
    Py_XDECREF(reading.starts);
    Py_XDECREF(reading.ends);
    Py_XDECREF(reading.counts);
    Py_XDECREF(reading.leading);
    Py_XDECREF(reading.above);
    return result;
}

static PyMethodDef methods[] = {
    {"marks", marks_of, METH_O, "One byte for each character of a text."},
    {"may_hold_stamp", may_hold_stamp, METH_O, "Whether a clock may stand in a text of marks."},
    {"read", read_text, METH_VARARGS, "Whose words stand where; None where that is not plain."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_lines", "The lines of plain talk.",
                                    0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__lines(void)
{
    return PyModuleDef_Init(&module);
}
