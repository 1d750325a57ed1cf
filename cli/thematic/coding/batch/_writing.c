/* What the characters of turns do to them, and turns written on a page with what is told of these.
 *
 * It is optional: `writing.py` does the same on arrays, more slowly, and tests hold the two
 * together. What each character is comes in tables and bits from `alphabet.py` and `uneven.py`,
 * so that it is said in one place. On a page of ASCII a character is a byte, else 32 bits.
 *
 * Most of talk are letters of ASCII and single blanks. What these are and fold to is told of a
 * block at once, without a table, after it was made sure that the tables say the same; the tables
 * are asked of the others.
 */
#include "_blocks.h"
#include "_columns.h"
#include "_texts.h"

enum { CHARACTERS = 0x110000, UNKNOWN = 0xFF };
enum { LETTERS, BLANKS, JOINERS }; /* numbers of the bits of kinds */

enum { GONE, STARTS, ENDS, SIGNS, COUNTS, DROPPED, RUNS, NEWLINES, COLUMNS };

enum { SAID, KINDS, FOLDED, TEXTS };

/* Characters of which texts have room for a multiple: so the memory of one page does for the next,
 * and is not parted for what is a little smaller. */
#define ROOM ((size_t)1 << 18)

typedef struct {
    const uint8_t *kind_of; /* by character */
    const void *fold_of;    /* likewise, as wide as the characters of the page */
    size_t width; /* bytes a character */
    int plain;    /* whether the tables tell of ASCII what `tell_plain` does */
    void *characters, *folded;
    uint8_t *kinds;
    PyObject *bytes[TEXTS]; /* of these, so that they need not be copied */
    size_t used, folded_size;
    int64_t seen;  /* characters of the text with all its white space */
    int64_t words; /* that have begun so far */
    Places columns[COLUMNS];
    int failed;
} Writing;

static void keep(Writing *page, int column, int64_t value)
{
    if (!push(&page->columns[column], value))
        page->failed = 1;
}

/* A blank behind a blank, which is left out.
 *
 * newline: whether it ends a line; after_newline: whether the one that stays does.
 * at: where the next character will stand; seen: its place in the text with all white space. */
static void drop(Writing *page, int newline, int after_newline, size_t at, int64_t seen)
{
    Places *dropped = &page->columns[DROPPED], *newlines = &page->columns[NEWLINES];
    int goes_on = dropped->used && dropped->values[dropped->used - 1] == seen - 1;
    keep(page, DROPPED, seen);
    if (!goes_on) {
        keep(page, RUNS, (int64_t)at - 1);
        keep(page, NEWLINES, after_newline);
    }
    if (!page->failed && newline)
        newlines->values[newlines->used - 1]++;
}

/* Whether the tables say of ASCII what `tell_plain` does; if not, they are asked of all. */
static int is_plain(const Writing *page)
{
    for (int first = 0; first < 128; first += BLOCK) {
        uint8_t codes[BLOCK], kinds[BLOCK], folded[BLOCK];
        for (int n = 0; n < BLOCK; n++)
            codes[n] = (uint8_t)(first + n);
        tell_plain(codes, LETTER, page->kind_of[' '], kinds, folded);
        for (int n = 0; n < BLOCK; n++) {
            uint32_t fold = page->width == 1 ? ((const uint8_t *)page->fold_of)[first + n]
                                             : ((const uint32_t *)page->fold_of)[first + n];
            if (kinds[n] && (kinds[n] != page->kind_of[first + n] || folded[n] != fold))
                return 0;
        }
    }
    return 1;
}

/* Fold a block, and ask the tables of some of its characters, each a bit; all that are neither
 * letters nor blanks must be among these, and are noted. What is written could be taken for the
 * page's own, so that is kept at hand. */
#define FOLD(name, Character)                                                                      \
    static void name(Writing *page, const uint8_t *plain, uint64_t others)                         \
    {                                                                                              \
        Places *signs = &page->columns[SIGNS];                                                     \
        int64_t *next = signs->values + signs->used, first = (int64_t)page->used;                  \
        const Character *said = (const Character *)page->characters + page->used;                  \
        const Character *fold_of = page->fold_of;                                                  \
        const uint8_t *kind_of = page->kind_of;                                                    \
        Character *folded = (Character *)page->folded + page->used;                                \
        uint8_t *kinds = page->kinds + page->used;                                                 \
        for (int n = 0; n < BLOCK; n++)                                                            \
            folded[n] = plain[n];                                                                  \
        for (; others; others &= others - 1) {                                                     \
            int n = lowest(others);                                                                \
            kinds[n] = kind_of[said[n]];                                                           \
            folded[n] = fold_of[said[n]];                                                          \
            *next = first + n;                                                                     \
            next += !(kinds[n] & (LETTER | BLANK));                                                \
        }                                                                                          \
        signs->used = (size_t)(next - signs->values);                                              \
    }

FOLD(fold_1, uint8_t)
FOLD(fold_4, uint32_t)

/* Note places of a block, each a bit; false without memory. */
static int push_all(Places *places, int64_t first, uint64_t bits)
{
    if (!make_room_for(places, BLOCK))
        return 0;
    int64_t *next = places->values + places->used;
    for (; bits; bits &= bits - 1)
        *next++ = first + lowest(bits);
    places->used = (size_t)(next - places->values);
    return 1;
}

/* Where words begin in a block: at letters behind none, but for those behind a joiner behind one.
 * before, second: what the last character before the block is, and the one before that. */
static inline uint64_t words_in(const uint8_t *kinds, uint64_t letters, uint64_t before,
                                uint64_t second)
{
    uint64_t behind = letters << 1 | (before & LETTER);
    uint64_t joined = (which(kinds, JOINERS) & behind) << 1 | ((before & JOINER) / JOINER & second);
    return letters & ~(behind | joined);
}

/* Note the words of a block, as far as no blank follows a blank, and forget the signs behind that;
 * so many characters are on the page then. */
static size_t settle(Writing *page, size_t size)
{
    const uint8_t *kinds = page->kinds + page->used; /* a barrier is before each turn */
    uint64_t before = kinds[-1], second = page->used > 1 ? kinds[-2] : 0;
    uint64_t letters = which(kinds, LETTERS), blanks = which(kinds, BLANKS);
    uint64_t doubled = blanks & (blanks << 1 | (before & BLANK) / BLANK) & first_of(size);
    Places *signs = &page->columns[SIGNS];
    if (doubled) {
        size = (size_t)lowest(doubled);
        while (signs->used && signs->values[signs->used - 1] >= (int64_t)(page->used + size))
            signs->used--;
    }
    page->words += count_of(words_in(kinds, letters, before, second) & first_of(size));
    page->used += size;
    page->seen += (int64_t)size;
    return size;
}

/* Up to a block of a turn's characters, as far as no blank follows a blank; how many these are.
 * What is written behind them is written over. */
static size_t put_block(Writing *page, const Text *text, size_t from, size_t size)
{
    uint8_t codes[BLOCK], folded[BLOCK], *kinds = page->kinds + page->used;
    size = size < BLOCK ? size : BLOCK;
    if (!make_room_for(&page->columns[SIGNS], BLOCK)) {
        page->failed = 1;
        return size;
    }
    memset(codes + size, 0, BLOCK - size);
    take(text, from, size, page->width, (char *)page->characters + page->used * page->width, codes);
    tell_plain(codes, LETTER, page->kind_of[' '], kinds, folded);
    uint64_t plain = page->plain ? which(kinds, LETTERS) | which(kinds, BLANKS) : 0;
    (page->width == 4 ? fold_4 : fold_1)(page, folded, ~plain & first_of(size));
    return settle(page, size);
}

static uint32_t said_at(const Writing *page, size_t at)
{
    return page->width == 1 ? ((const uint8_t *)page->characters)[at]
                            : ((const uint32_t *)page->characters)[at];
}

static void put_barrier(Writing *page)
{
    memset((char *)page->characters + page->used * page->width, 0, page->width);
    memset((char *)page->folded + page->used * page->width, 0, page->width);
    page->kinds[page->used] = 0;
    keep(page, SIGNS, (int64_t)page->used);
    page->used++;
    page->seen++;
}

/* Characters of one turn. */
static void put(Writing *page, const Text *text, size_t from, size_t size)
{
    for (size_t end = from + size; from < end;) {
        from += put_block(page, text, from, end - from);
        for (; from < end && page->kinds[page->used - 1] & BLANK; from++) {
            Py_UCS4 said = PyUnicode_READ(text->kind, text->data, from);
            if (!(page->kind_of[page->width == 1 ? (uint8_t)said : said] & BLANK))
                break;
            drop(page, said == '\n', said_at(page, page->used - 1) == '\n', page->used, page->seen);
            page->seen++;
        }
    }
}

/* The folded characters from one place on to another one, moved to where a page's go on. */
static size_t moved(Writing *page, size_t to, size_t from, size_t end)
{
    char *folded = page->folded;
    if (to != from)
        memmove(folded + to * page->width, folded + from * page->width, (end - from) * page->width);
    return to + end - from;
}

/* Joints are one blank: a hyphen between letters, also with a blank behind it. */
static void join(Writing *page)
{
    const uint8_t *kinds = page->kinds;
    size_t used = 0; /* of the folded characters, those of which the place is settled */
    size_t from = 0;
    for (size_t n = 0; n < page->columns[SIGNS].used; n++) {
        size_t at = (size_t)page->columns[SIGNS].values[n];
        if (!(kinds[at] & HYPHEN) || !(kinds[at - 1] & LETTER)) /* barriers are no hyphens, */
            continue;                                           /* so there is one before */
        if (kinds[at + 1] & LETTER) {
            if (page->width == 1)
                ((uint8_t *)page->folded)[at] = ' ';
            else
                ((uint32_t *)page->folded)[at] = ' ';
        } else if (kinds[at + 1] & BLANK && kinds[at + 2] & LETTER) {
            keep(page, GONE, (int64_t)at);
            used = moved(page, used, from, at);
            from = at + 1;
        }
    }
    page->folded_size = moved(page, used, from, page->used);
}

/* All turns, with barriers around them; false where they do not lie in the texts. */
static int write_all(Writing *page, PyObject *texts, const int64_t *pieces, const int64_t *begins,
                     const int64_t *ends, Py_ssize_t count)
{
    page->plain = is_plain(page);
    put_barrier(page);
    for (Py_ssize_t turn = 0; turn < count; turn++) {
        Text text;
        if (!text_of(PyList_GetItem(texts, (Py_ssize_t)pieces[turn]), &text))
            return 0;
        if (!lies_in(&text, begins[turn], ends[turn]))
            return 0;
        int64_t words = page->words;
        keep(page, STARTS, (int64_t)page->used);
        put(page, &text, (size_t)begins[turn], (size_t)(ends[turn] - begins[turn]));
        keep(page, ENDS, (int64_t)page->used);
        keep(page, COUNTS, page->words - words);
        put_barrier(page);
        if (page->failed) {
            PyErr_NoMemory();
            return 0;
        }
    }
    if (page->width > 1 && memchr(page->kinds, UNKNOWN, page->used)) {
        PyErr_SetString(PyExc_ValueError, "a table does not tell of a character");
        return 0;
    }
    join(page);
    return 1;
}

static int make_room(Writing *page, const int64_t *begins, const int64_t *ends, Py_ssize_t count)
{
    size_t size = (size_t)count + 1 + BLOCK; /* blocks are written whole */
    for (Py_ssize_t turn = 0; turn < count; turn++)
        size += ends[turn] > begins[turn] ? (size_t)(ends[turn] - begins[turn]) : 0;
    size = (size / ROOM + 1) * ROOM;
    for (int n = 0; n < TEXTS; n++) {
        size_t width = n == KINDS ? 1 : page->width;
        page->bytes[n] = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)(size * width));
        if (!page->bytes[n])
            return 0;
    }
    page->characters = PyBytes_AsString(page->bytes[SAID]);
    page->kinds = (uint8_t *)PyBytes_AsString(page->bytes[KINDS]);
    page->folded = PyBytes_AsString(page->bytes[FOLDED]);
    return 1;
}

/* A text of the page with the room that is left, the sizes without that, the places of a column. */
static PyObject *taken(Writing *page, int n)
{
    if (n == TEXTS || n == TEXTS + 1)
        return PyLong_FromSize_t(n == TEXTS ? page->used : page->folded_size);
    if (n < TEXTS) {
        PyObject *text = page->bytes[n];
        page->bytes[n] = NULL;
        return text;
    }
    const Places *column = &page->columns[n - TEXTS - 2];
    return PyBytes_FromStringAndSize((const char *)column->values,
                                     (Py_ssize_t)(column->used * sizeof(int64_t)));
}

static PyObject *result_of(Writing *page)
{
    PyObject *result = PyTuple_New(TEXTS + 2 + COLUMNS);
    if (!result)
        return NULL;
    for (int n = 0; n < TEXTS + 2 + COLUMNS; n++) {
        PyObject *one = taken(page, n);
        if (!one || PyTuple_SetItem(result, n, one)) {
            Py_DECREF(result);
            return NULL;
        }
    }
    return result;
}

static void let_go(Writing *page)
{
    for (int n = 0; n < TEXTS; n++)
        Py_XDECREF(page->bytes[n]);
    for (int n = 0; n < COLUMNS; n++)
        free(page->columns[n].values);
}

static PyObject *written(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *texts, *result = NULL;
    Py_buffer pieces, begins, ends, kinds, folds;
    Writing page = {0};
    if (!PyArg_ParseTuple(args, "Oy*y*y*y*y*", &texts, &pieces, &begins, &ends, &kinds, &folds))
        return NULL;
    Py_ssize_t count = pieces.len / (Py_ssize_t)sizeof(int64_t);
    page.kind_of = kinds.buf;
    page.fold_of = folds.buf;
    page.width = kinds.len == 256 ? 1 : 4;
    if (!PyList_Check(texts) || begins.len != pieces.len || ends.len != pieces.len)
        PyErr_SetString(PyExc_ValueError, "columns must be of one length");
    else if ((kinds.len != 256 && kinds.len < CHARACTERS) ||
             folds.len != kinds.len * (Py_ssize_t)page.width)
        PyErr_SetString(PyExc_ValueError, "tables must be of all bytes or of all characters");
    else if (!make_room(&page, begins.buf, ends.buf, count))
        PyErr_NoMemory();
    else if (write_all(&page, texts, pieces.buf, begins.buf, ends.buf, count))
        result = page.failed ? PyErr_NoMemory() : result_of(&page);
    let_go(&page);
    PyBuffer_Release(&pieces);
    PyBuffer_Release(&begins);
    PyBuffer_Release(&ends);
    PyBuffer_Release(&kinds);
    PyBuffer_Release(&folds);
    return result;
}

/* Where words begin among some kinds, before which nothing stands. */
static PyObject *words(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer view;
    Places places = {NULL, 0, 0};
    if (!opened(args, "b", &view))
        return NULL;
    const uint8_t *kinds = view.buf;
    size_t size = (size_t)view.len;
    int done = 1;
    for (size_t first = 0; done && first < size; first += BLOCK) {
        uint8_t last[BLOCK] = {0};
        const uint8_t *block = kinds + first;
        if (size - first < BLOCK)
            block = memcpy(last, block, size - first);
        uint64_t before = first ? kinds[first - 1] : 0, second = first ? kinds[first - 2] : 0;
        uint64_t begun = words_in(block, which(block, LETTERS), before, second);
        done = push_all(&places, (int64_t)first, begun);
    }
    PyBuffer_Release(&view);
    PyObject *found = given(&places, 1, done);
    PyObject *only = found ? PyTuple_GetItem(found, 0) : NULL;
    Py_XINCREF(only);
    Py_XDECREF(found);
    return only;
}

/* Characters of which a table does not tell, each once. */
typedef struct {
    uint8_t *met; /* a bit for each character */
    PyObject *codes;
} Unknown;

/* Note one of them; false without memory. */
static int note(Unknown *unknown, Py_UCS4 said)
{
    if (!unknown->met && !(unknown->met = calloc(CHARACTERS / 8, 1))) {
        PyErr_NoMemory();
        return 0;
    }
    uint8_t bit = (uint8_t)(1 << (said & 7));
    if (unknown->met[said >> 3] & bit)
        return 1;
    unknown->met[said >> 3] |= bit;
    PyObject *code = PyLong_FromUnsignedLong(said);
    int fine = code && !PyList_Append(unknown->codes, code);
    Py_XDECREF(code);
    return fine;
}

/* Whether all characters of a stretch are ASCII and none is a barrier; the loop has no exit, so
 * that many characters are looked at in one step. */
#define LEVEL(name, Read)                                                                          \
    static int name(const Text *text, int64_t begin, int64_t end)                                  \
    {                                                                                              \
        const Read *data = text->data;                                                             \
        Read every = 0, barriers = 0;                                                              \
        for (int64_t at = begin; at < end; at++) {                                                 \
            every |= data[at];                                                                     \
            barriers |= (Read)(data[at] == 0);                                                     \
        }                                                                                          \
        return every < 128 && !barriers;                                                           \
    }

LEVEL(is_level_1, uint8_t)
LEVEL(is_level_2, uint16_t)
LEVEL(is_level_4, uint32_t)

/* The most that any character of a turn does; -1 after an error. */
static int most_of(const Text *text, int64_t begin, int64_t end, const uint8_t *does,
                   Unknown *unknown)
{
    static int (*const is_level[])(const Text *, int64_t, int64_t) = {
        [1] = is_level_1, [2] = is_level_2, [4] = is_level_4,
    };
    int most = 0;
    for (int64_t first = begin; first < end; first += BLOCK) {
        int64_t last = end - first > BLOCK ? first + BLOCK : end;
        if (is_level[text->kind](text, first, last))
            continue;
        for (int64_t at = first; at < last; at++) {
            Py_UCS4 said = PyUnicode_READ(text->kind, text->data, at);
            uint8_t one = does[said];
            if (one == UNKNOWN && !note(unknown, said))
                return -1;
            most = one > most ? one : most;
        }
    }
    return most;
}

static PyObject *told_of(PyObject *texts, const Py_buffer *columns, const uint8_t *does,
                         Unknown *unknown)
{
    const int64_t *pieces = columns[0].buf, *begins = columns[1].buf, *ends = columns[2].buf;
    Py_ssize_t count = columns[0].len / (Py_ssize_t)sizeof(int64_t);
    PyObject *result = PyBytes_FromStringAndSize(NULL, count);
    char *told = result ? PyBytes_AsString(result) : NULL;
    for (Py_ssize_t turn = 0; told && turn < count; turn++) {
        Text text;
        int most = -1;
        if (text_of(PyList_GetItem(texts, (Py_ssize_t)pieces[turn]), &text) &&
            lies_in(&text, begins[turn], ends[turn]))
            most = most_of(&text, begins[turn], ends[turn], does, unknown);
        if (most < 0) {
            Py_CLEAR(result);
            break;
        }
        told[turn] = (char)most;
    }
    return result;
}

static PyObject *beyond(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *texts, *told = NULL, *result = NULL;
    Py_buffer columns[3], does;
    if (!PyArg_ParseTuple(args, "Oy*y*y*y*", &texts, &columns[0], &columns[1], &columns[2], &does))
        return NULL;
    Unknown unknown = {NULL, PyList_New(0)};
    if (!PyList_Check(texts) || columns[1].len != columns[0].len ||
        columns[2].len != columns[0].len || does.len < CHARACTERS)
        PyErr_SetString(PyExc_ValueError, "columns must be of one length, a table of all characters");
    else if (unknown.codes)
        told = told_of(texts, columns, does.buf, &unknown);
    if (told)
        result = PyTuple_Pack(2, told, unknown.codes);
    Py_XDECREF(told);
    Py_XDECREF(unknown.codes);
    free(unknown.met);
    for (int n = 0; n < 3; n++)
        PyBuffer_Release(&columns[n]);
    PyBuffer_Release(&does);
    return result;
}

static PyMethodDef methods[] = {
    {"beyond", beyond, METH_VARARGS, "The most that any character of each turn does."},
    {"words", words, METH_VARARGS, "Where words begin."},
    {"written", written, METH_VARARGS, "Turns as a page."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_writing",
                                        "Turns written on a page.", 0, methods,
                                        NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__writing(void)
{
    return PyModuleDef_Init(&definition);
}
