/* Text files in which nothing is to be looked at: their control characters, and the text itself.
 *
 * Nearly all files are plain UTF-8, and a study may have very many. It is optional: `decoding.py`
 * does the same without it, more slowly, and tests hold the two together.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#ifndef _WIN32
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

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
static int all_plain(const unsigned char *signs, Py_ssize_t size)
{
    for (Py_ssize_t first = 0; first < size; first += TOGETHER) {
        Py_ssize_t end = size - first > TOGETHER ? first + TOGETHER : size;
        unsigned char other = 0;
        for (Py_ssize_t at = first; at < end; at++) {
            unsigned char sign = signs[at];
            other |= ((sign < ' ') & (sign != '\t') & (sign != '\n')) | (sign == 0x7F);
        }
        if (other)
            return 0;
    }
    return 1;
}

static PyObject *is_plain(PyObject *Py_UNUSED(module), PyObject *data)
{
    char *bytes;
    Py_ssize_t size;
    if (PyBytes_AsStringAndSize(data, &bytes, &size) < 0)
        return NULL;
    return PyBool_FromLong(all_plain((const unsigned char *)bytes, size));
}

#ifndef _WIN32
/* The bytes of an ordinary file of at most so many; NULL where it is none, or not of its size.
 * Opening does not wait for whoever is to write into a pipe. */
static char *bytes_of(const char *path, Py_ssize_t most, Py_ssize_t *size)
{
    struct stat status;
    char *bytes = NULL;
    int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (file < 0)
        return NULL;
    if (!fstat(file, &status) && S_ISREG(status.st_mode) && status.st_size <= (off_t)most) {
        *size = (Py_ssize_t)status.st_size;
        bytes = malloc((size_t)*size + 1);
        if (bytes && read(file, bytes, (size_t)*size + 1) != *size) {
            free(bytes);
            bytes = NULL;
        }
    }
    close(file);
    return bytes;
}

/* The text of a plain file that begins with a letter; None for any other, and of any fault, which
 * another way of reading tells. */
static PyObject *read_file(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *path, *text = NULL;
    Py_ssize_t most, size = 0;
    if (!PyArg_ParseTuple(args, "O&n", PyUnicode_FSConverter, &path, &most))
        return NULL;
    char *bytes;
    Py_BEGIN_ALLOW_THREADS
    bytes = bytes_of(PyBytes_AS_STRING(path), most, &size);
    Py_END_ALLOW_THREADS
    if (bytes && size && Py_ISALPHA(*bytes) && all_plain((const unsigned char *)bytes, size)) {
        text = PyUnicode_DecodeUTF8(bytes, size, NULL);
        if (!text)
            PyErr_Clear();
    }
    free(bytes);
    Py_DECREF(path);
    return text ? text : Py_NewRef(Py_None);
}
#endif

static PyMethodDef methods[] = {
    {"is_plain", is_plain, METH_O, "Whether bytes below the blank are tabs and newlines only."},
    {"count", count, METH_O, "Control characters in some bytes."},
#ifndef _WIN32
    {"read", read_file, METH_VARARGS, "The text of a plain file; None for any other."},
#endif
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "_plain", "Plain text files.",
                                    0, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__plain(void)
{
    return PyModuleDef_Init(&module);
}
