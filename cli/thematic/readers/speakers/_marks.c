/* The marks of a text: one byte for each character, which says what it is to a line.
 *
 * An ASCII character is its own mark, so that a place in the marks is a place in the text. White
 * space is what `str.isspace` says. Without a compiler `said.py` does without marks, more slowly,
 * and tests hold the two together.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

#define STRETCH 64 /* characters that are looked at together */

enum { OTHER = 0x80, SPACE, BLANK, INVISIBLE, COLON, DASH }; /* also in `_lines.c` */

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

/* Write the marks of signs of a width. Few stretches hold anything but ASCII, and those are
 * copied without a look at each sign. */
#define MARKS_OF(NAME, SIGN)                                                                  \
    static void NAME(const SIGN *signs, Place size, Mark *marks)                              \
    {                                                                                         \
        for (Place first = 0; first < size; first += STRETCH) {                               \
            Place end = size - first > STRETCH ? first + STRETCH : size;                      \
            SIGN every = 0;                                                                   \
            for (Place at = first; at < end; at++) {                                          \
                every |= signs[at];                                                           \
                marks[at] = (Mark)signs[at];                                                  \
            }                                                                                 \
            for (Place at = first; every >= OTHER && at < end; at++)                          \
                marks[at] = mark_of(signs[at]);                                               \
        }                                                                                     \
    }

MARKS_OF(marks_of_1, Py_UCS1)
MARKS_OF(marks_of_2, Py_UCS2)
MARKS_OF(marks_of_4, Py_UCS4)

static PyObject *marks_of(PyObject *Py_UNUSED(module), PyObject *text)
{
    if (!PyUnicode_Check(text))
        return PyErr_Format(PyExc_TypeError, "a text must be a string");
    Place size = PyUnicode_GET_LENGTH(text);
    PyObject *marks = PyBytes_FromStringAndSize(NULL, size);
    if (!marks)
        return NULL;
    Mark *first = (Mark *)PyBytes_AS_STRING(marks);
    switch (PyUnicode_KIND(text)) {
    case PyUnicode_1BYTE_KIND:
        marks_of_1(PyUnicode_1BYTE_DATA(text), size, first);
        break;
    case PyUnicode_2BYTE_KIND:
        marks_of_2(PyUnicode_2BYTE_DATA(text), size, first);
        break;
    default:
        marks_of_4(PyUnicode_4BYTE_DATA(text), size, first);
    }
    return marks;
}

/* ---- stamps ---- */

static int is_digit(Mark mark) { return mark >= '0' && mark <= '9'; }

static int is_one_of(Mark mark, const char *signs) { return mark && strchr(signs, mark); }

static int is_blank(Mark mark)
{
    return mark == ' ' || mark == '\t' || mark == BLANK || mark == INVISIBLE;
}

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

static int may_hold_stamp(const Mark *marks, Place size)
{
    const Mark *found;
    for (Place at = 0; at < size; at = found - marks + 1) {
        found = memchr(marks + at, ':', (size_t)(size - at));
        if (!found)
            break;
        if (may_be_stamp(marks, found - marks, size))
            return 1;
    }
    return 0;
}

/* ---- what is told of a text ---- */

static int holds(const Mark *marks, Place size, Mark mark)
{
    return memchr(marks, mark, (size_t)size) != NULL;
}

static PyObject *look_at(PyObject *module, PyObject *text)
{
    PyObject *bytes = marks_of(module, text);
    if (!bytes)
        return NULL;
    const Mark *marks = (const Mark *)PyBytes_AS_STRING(bytes);
    Place size = PyBytes_GET_SIZE(bytes);
    int plain_blanks = !holds(marks, size, '\t') && !holds(marks, size, BLANK);
    return Py_BuildValue("NNNN", bytes, PyBool_FromLong(holds(marks, size, INVISIBLE)),
                         PyBool_FromLong(plain_blanks),
                         PyBool_FromLong(may_hold_stamp(marks, size)));
}

static PyMethodDef methods[] = {
    {"look_at", look_at, METH_O,
     "The marks of a text, one byte for each character; whether any is invisible, whether all "
     "blanks are plain, and whether a clock may stand there."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_marks", "What characters are to a line.",
                                    0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__marks(void)
{
    return PyModuleDef_Init(&module);
}
