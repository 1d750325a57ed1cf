/* Texts of Python, and their characters in any width. */
#ifndef THEMATIC_TEXTS_H
#define THEMATIC_TEXTS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

typedef struct {
    int kind;
    const void *data;
    Py_ssize_t size;
} Text;

static inline int text_of(PyObject *object, Text *text)
{
    if (!object)
        return 0;
    if (!PyUnicode_Check(object)) {
        PyErr_SetString(PyExc_TypeError, "a text must be a string");
        return 0;
    }
    *text = (Text){PyUnicode_KIND(object), PyUnicode_DATA(object), PyUnicode_GET_LENGTH(object)};
    return 1;
}

static inline int lies_in(const Text *text, int64_t begin, int64_t end)
{
    int fine = begin >= 0 && begin <= end && end <= text->size;
    if (!fine)
        PyErr_SetString(PyExc_ValueError, "a turn must lie in its text");
    return fine;
}

/* Copy some characters of a text to a page, and to codes of ASCII, 0 for all others. */
#define TAKE(name, Character, Read)                                                                \
    static inline void name(const Text *text, size_t from, size_t size, void *to,                  \
                            uint8_t *codes)                                                        \
    {                                                                                              \
        const Read *data = (const Read *)text->data + from;                                        \
        Character *said = to;                                                                      \
        for (size_t n = 0; n < size; n++) {                                                        \
            said[n] = (Character)data[n];                                                          \
            codes[n] = (uint8_t)(data[n] < 128 ? data[n] : 0);                                     \
        }                                                                                          \
    }

TAKE(take_1_of_1, uint8_t, uint8_t)
TAKE(take_1_of_2, uint8_t, uint16_t)
TAKE(take_1_of_4, uint8_t, uint32_t)
TAKE(take_4_of_1, uint32_t, uint8_t)
TAKE(take_4_of_2, uint32_t, uint16_t)
TAKE(take_4_of_4, uint32_t, uint32_t)

/* The same for characters of one byte or of four on the page. */
static inline void take(const Text *text, size_t from, size_t size, size_t width, void *to,
                        uint8_t *codes)
{
    static void (*const ways[])(const Text *, size_t, size_t, void *, uint8_t *) = {
        [1] = take_1_of_1, [2] = take_1_of_2, [4] = take_1_of_4,
        [8 + 1] = take_4_of_1, [8 + 2] = take_4_of_2, [8 + 4] = take_4_of_4,
    };
    ways[(width == 4 ? 8 : 0) + text->kind](text, from, size, to, codes);
}

#endif
