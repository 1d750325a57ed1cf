/* The lines of plain talk: `Name: words`, further lines of a turn, and blank lines.
 *
 * A study holds millions of lines, and most of the time that reading takes was spent on asking
 * the same few questions of each. Here they are asked; what a label or running words are is
 * still told by Python: `is_label` is asked once of each name, `takes` of each line without a
 * label that is not dull (see `is_dull`). Without a compiler `said.py` reads in Python, more
 * slowly, and tests hold the two together.
 *
 * A text comes with its marks (`_marks.c`), and its turns leave as columns of bytes.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

#define LONGEST_LABEL 63 /* characters, as in `shapes.py` */
#define HEAD 104         /* characters in which a label shows its sign, as in `running.py` */
#define LONGEST_NAME 42  /* characters before a sign beyond which no name is, with a blank */
#define LONGEST_MARKER 61     /* characters of a line that may be no words, as in `furniture.py` */
#define LONGEST_SIGNATURE 240 /* characters, as in `furniture.py` */
#define MOST_LABELS 200       /* of one text, as in `said.py`: each is a byte */
#define NO_LABEL (-1)

enum { OTHER = 0x80, SPACE, BLANK, INVISIBLE, COLON, DASH }; /* marks, as in `_marks.c` */

typedef Py_ssize_t Place;
typedef unsigned char Mark;

/* ---- one line ---- */

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

/* ---- turns ---- */

typedef struct {
    unsigned char *who;     /* speaks, by the place of the label among all */
    int64_t *starts, *ends; /* of the words */
    Place used, room;
} Turns;

static int grow(Turns *turns)
{
    Place room = turns->room ? 2 * turns->room : 128;
    unsigned char *who = PyMem_Realloc(turns->who, (size_t)room);
    turns->who = who ? who : turns->who;
    int64_t *starts = PyMem_Realloc(turns->starts, (size_t)room * sizeof *starts);
    turns->starts = starts ? starts : turns->starts;
    int64_t *ends = PyMem_Realloc(turns->ends, (size_t)room * sizeof *ends);
    turns->ends = ends ? ends : turns->ends;
    if (!who || !starts || !ends) {
        PyErr_NoMemory();
        return -1;
    }
    turns->room = room;
    return 0;
}

/* One more turn, whose words may go on. */
static int add_turn(Turns *turns, int label, Place start, Place end)
{
    if (turns->used == turns->room && grow(turns) < 0)
        return -1;
    turns->who[turns->used] = (unsigned char)label;
    turns->starts[turns->used] = start;
    turns->ends[turns->used++] = end;
    return 0;
}

static void add_words(Turns *turns, const Line *line)
{
    if (!turns->used)
        return; /* they stand above the first label */
    int64_t *start = turns->starts + turns->used - 1, *end = turns->ends + turns->used - 1;
    if (*start == *end)
        *start = line->start;
    *end = line->end;
}

/* ---- all lines ---- */

typedef struct {
    Place start, size; /* of a name in ASCII */
    int label;
} Recent;

typedef struct {
    PyObject *text, *is_label, *takes; /* borrowed */
    const Mark *marks;
    Place size;
    int plain_blanks;
    PyObject *known;  /* of each name so far: its place among the labels, NO_LABEL for none */
    Recent recent[2]; /* for two people mostly speak in turn */
    PyObject *labels; /* as each stands first */
    Place counts[MOST_LABELS];
    char leads[MOST_LABELS]; /* whether the label begins a paragraph somewhere */
    Turns turns;
    PyObject *above; /* see `said.py` */
    Place first, filled, paragraphs;
} Reading;

enum { TOO_MANY = -3, FAILED = -2 }; /* in place of a label */

/* The place among the labels of a new name, if it is one. */
static int new_label(Reading *reading, PyObject *name)
{
    PyObject *told = PyObject_CallFunctionObjArgs(reading->is_label, name, NULL);
    int is_label = told ? PyObject_IsTrue(told) : -1;
    Py_XDECREF(told);
    if (is_label < 0)
        return FAILED;
    Place labels = PyList_GET_SIZE(reading->labels);
    if (is_label && labels == MOST_LABELS)
        return TOO_MANY;
    int label = is_label ? (int)labels : NO_LABEL;
    PyObject *place = PyLong_FromLong(label);
    int done = place ? PyDict_SetItem(reading->known, name, place) : -1;
    Py_XDECREF(place);
    if (done < 0 || (is_label && PyList_Append(reading->labels, name) < 0))
        return FAILED;
    return label;
}

static int known_label(Reading *reading, Place start, Place size)
{
    PyObject *name = PyUnicode_Substring(reading->text, start, start + size);
    PyObject *place = name ? PyDict_GetItemWithError(reading->known, name) : NULL;
    int label = FAILED;
    if (place)
        label = (int)PyLong_AsLong(place);
    else if (name && !PyErr_Occurred())
        label = new_label(reading, name);
    Py_XDECREF(name);
    return label;
}

/* The label at the beginning of a line, else NO_LABEL. */
static int label_at(Reading *reading, Place start, Place size)
{
    const Mark *marks = reading->marks;
    Recent *recent = reading->recent;
    if (!size)
        return NO_LABEL;
    for (int n = 0; n < 2; n++) {
        if (recent[n].size == size && !memcmp(marks + recent[n].start, marks + start, (size_t)size))
            return recent[n].label;
    }
    int label = known_label(reading, start, size);
    for (Place n = 0; n < size; n++) {
        if (marks[start + n] >= OTHER)
            return label; /* other names may have the same marks */
    }
    if (label >= NO_LABEL) {
        recent[1] = recent[0];
        recent[0] = (Recent){start, size, label};
    }
    return label;
}

/* Keep the sign with which the line above a label ends, where that is not blank. */
static int keep_above(Reading *reading, const Line *above)
{
    PyObject *sign = PyUnicode_Substring(reading->text, above->end - 1, above->end);
    int done = sign ? PySet_Add(reading->above, sign) : -1;
    Py_XDECREF(sign);
    return done;
}

static int begin_turn(Reading *reading, int label, Place colon, const Line *line,
                      const Line *above)
{
    Place end, start = words_behind(reading->marks, line, colon, &end);
    if (!reading->turns.used)
        reading->first = line->start;
    reading->counts[label]++;
    if (add_turn(&reading->turns, label, start, end) < 0)
        return -1;
    if (above->start < above->end)
        return keep_above(reading, above);
    reading->leads[label] = 1;
    return 0;
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
    add_words(&reading->turns, line);
    return 1;
}

/* 1 where a line has a plain label or running words, 0 where it has neither. */
static int read_line(Reading *reading, const Line *line, const Line *above)
{
    Place size = name_in(reading->marks, line);
    int label = label_at(reading, line->start, size);
    if (label < NO_LABEL)
        return label == TOO_MANY ? 0 : -1;
    reading->filled++;
    reading->paragraphs += above->start == above->end;
    if (label == NO_LABEL)
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
    return 1;
}

/* How often each label stands, and which of them begin a paragraph. */
static int tell_labels(const Reading *reading, PyObject *counts, PyObject *leading)
{
    int done = 0;
    for (Place n = 0; !done && n < PyList_GET_SIZE(reading->labels); n++) {
        PyObject *label = PyList_GET_ITEM(reading->labels, n);
        PyObject *count = PyLong_FromSsize_t(reading->counts[n]);
        done = count ? PyDict_SetItem(counts, label, count) : -1;
        Py_XDECREF(count);
        if (!done && reading->leads[n])
            done = PySet_Add(leading, label);
    }
    return done;
}

static PyObject *told_of(const Reading *reading)
{
    const Turns *turns = &reading->turns;
    Place size = turns->used * (Place)sizeof *turns->starts;
    PyObject *counts = PyDict_New(), *leading = PySet_New(NULL), *told = NULL;
    if (counts && leading && tell_labels(reading, counts, leading) == 0)
        told = Py_BuildValue("Oy#y#y#nOOnn", counts, turns->who, turns->used, turns->starts, size,
                             turns->ends, size, reading->first, leading, reading->above,
                             reading->filled, reading->paragraphs);
    Py_XDECREF(counts);
    Py_XDECREF(leading);
    return told;
}

static PyObject *result_of(Reading *reading)
{
    reading->known = PyDict_New();
    reading->labels = PyList_New(0);
    reading->above = PySet_New(NULL);
    if (!reading->known || !reading->labels || !reading->above || grow(&reading->turns) < 0)
        return NULL;
    int done = read_lines(reading);
    if (done < 0)
        return NULL;
    if (!done)
        Py_RETURN_NONE;
    return told_of(reading);
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
    Py_XDECREF(reading.labels);
    Py_XDECREF(reading.above);
    PyMem_Free(reading.turns.who);
    PyMem_Free(reading.turns.starts);
    PyMem_Free(reading.turns.ends);
    return result;
}

static PyMethodDef methods[] = {
    {"read", read_text, METH_VARARGS, "Whose words stand where; None where that is not plain."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_lines", "The lines of plain talk.",
                                    0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__lines(void)
{
    return PyModuleDef_Init(&module);
}
