/* How many control characters are in some bytes, and whether there are any.
 *
 * Every text file is asked, and nearly all have none. It is optional: `decoding.py` does the same
 * without it, several times more slowly, and tests hold the two together.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

#define TOGETHER 255 /* bytes that are counted in a byte, so that compilers take many at once */

/* NULs, tabs and the ends of lines and pages are none; they are looked for elsewhere. */
static unsigned char is_control(unsigned char sign)
{
    unsigned char from_one = (unsigned char)(sign - 0x01), from_page = (unsigned char)(sign - 0x0E);
    return (from_one <= 0x08 - 0x01) | (from_page <= 0x1F - 0x0E) | (sign == 0x7F);
}

static PyObject *count(PyObject *Py_UNUSED(module), PyObject *data)
{
    char *bytes;
    Py_ssize_t size, found = 0;
    if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0)
        return NULL;
    const unsigned char *signs = (const unsigned char *)bytes;
    for (Py_ssize_t first = 0; first < size; first += TOGETHER) {
        Py_ssize_t end = size - first > TOGETHER ? first + TOGETHER : size;
        unsigned char some = 0;
        for (Py_ssize_t at = first; at < end; at++)
            some = (unsigned char)(some + is_control(signs[at]));
        found += some;
    }
    return PyLong_FromSsize_t(found);
}

/* Whether nothing below the blank is there but tabs and newlines, so that no more is asked. */
static PyObject *is_plain(PyObject *Py_UNUSED(module), PyObject *data)
{
    char *bytes;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0)
        return NULL;
    const unsigned char *signs = (const unsigned char *)bytes;
    for (Py_ssize_t first = 0; first < size; first += TOGETHER) {
        Py_ssize_t end = size - first > TOGETHER ? first + TOGETHER : size;
        unsigned char other = 0;
        for (Py_ssize_t at = first; at < end; at++) {
            unsigned char sign = signs[at];
            other |= ((sign < ' ') & (sign != '\t') & (sign != '\n')) | (sign == 0x7F);
        }
        if (other)
            Py_RETURN_FALSE;
    }
    Py_RETURN_TRUE;
}

static PyMethodDef methods[] = {
    {"is_plain", is_plain, METH_O, "Whether bytes below the blank are tabs and newlines only."},
    {"count", count, METH_O, "Control characters in some bytes."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_controls", "Control characters.",
                                    0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__controls(void)
{
    return PyModuleDef_Init(&module);
}
