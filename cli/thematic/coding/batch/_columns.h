/* Columns and pages as the parts in C of pages take them, and what they give back.
 *
 * Columns are of 64 bits, characters of 8 or of 32. A page begins and ends with a barrier, which
 * is 0. Functions that return an int give 0 where they fail, with an error set or, where memory
 * is lacking, none.
 */
#ifndef THEMATIC_COLUMNS_H
#define THEMATIC_COLUMNS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* What a character may be: as in `alphabet.py`. */
enum { LETTER = 1, BLANK = 2, JOINER = 4, HYPHEN = 8, END = 16, CLOSES = 32, STOP = 64 };

typedef struct {
    const int64_t *values;
    int64_t count;
} Column;

typedef struct {
    const void *characters;
    const uint8_t *kinds;
    int64_t size;
    int wide; /* whether characters are of 32 bits */
} Page;

typedef struct {
    int64_t *values;
    size_t used, room;
} Places;

/* Room for more values, of which there must be less than 4096. */
static inline int make_room_for(Places *places, size_t more)
{
    if (places->used + more > places->room) {
        size_t room = places->room ? 2 * places->room : 4096;
        int64_t *wider = realloc(places->values, room * sizeof *wider);
        if (!wider)
            return 0;
        places->values = wider;
        places->room = room;
    }
    return 1;
}

static inline int push(Places *places, int64_t value)
{
    if (!make_room_for(places, 1))
        return 0;
    places->values[places->used++] = value;
    return 1;
}

static inline void release(Py_buffer *views, int count)
{
    while (count--)
        PyBuffer_Release(&views[count]);
}

/* Open the first arguments as buffers: for each letter of `forms` one, of bytes (b), of columns
 * (q), or of any (?). */
static inline int opened(PyObject *args, const char *forms, Py_buffer *views)
{
    int count = (int)strlen(forms);
    if (PyTuple_Size(args) < count) {
        PyErr_SetString(PyExc_TypeError, "too few arguments");
        return 0;
    }
    for (int n = 0; n < count; n++) {
        if (PyObject_GetBuffer(PyTuple_GetItem(args, n), &views[n], PyBUF_SIMPLE)) {
            release(views, n);
            return 0;
        }
        if (forms[n] == 'q' && views[n].len % (Py_ssize_t)sizeof(int64_t)) {
            PyErr_SetString(PyExc_ValueError, "columns must be of 64 bits");
            release(views, n + 1);
            return 0;
        }
    }
    return 1;
}

static inline Column column_of(const Py_buffer *view)
{
    return (Column){view->buf, (int64_t)(view->len / (Py_ssize_t)sizeof(int64_t))};
}

static inline int refuse(const char *why)
{
    PyErr_SetString(PyExc_ValueError, why);
    return 0;
}

static inline int page_of(const Py_buffer *characters, const Py_buffer *kinds, Page *page)
{
    *page = (Page){characters->buf, kinds->buf, (int64_t)kinds->len,
                   characters->len != kinds->len};
    if (page->size < 2 || (page->wide && characters->len != 4 * kinds->len))
        return refuse("a page has as many kinds as characters, and two barriers");
    if (page->kinds[0] || page->kinds[page->size - 1])
        return refuse("a page must begin and end with a barrier");
    return 1;
}

static inline uint32_t code_at(const Page *page, int64_t at)
{
    return page->wide ? ((const uint32_t *)page->characters)[at]
                      : ((const uint8_t *)page->characters)[at];
}

/* The columns as a tuple of bytes; they are let go in any case. */
static inline PyObject *given(Places *columns, int count, int done)
{
    PyObject *result = done ? PyTuple_New(count) : NULL;
    for (int n = 0; result && n < count; n++) {
        PyObject *one = PyBytes_FromStringAndSize(
            (const char *)columns[n].values, (Py_ssize_t)(columns[n].used * sizeof(int64_t)));
        if (!one || PyTuple_SetItem(result, n, one))
            Py_CLEAR(result);
    }
    if (!done && !PyErr_Occurred())
        PyErr_NoMemory();
    for (int n = 0; n < count; n++)
        free(columns[n].values);
    return result;
}

#endif
