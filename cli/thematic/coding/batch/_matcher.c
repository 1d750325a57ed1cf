/* Where the literals of a codebook stand among the characters of a page.
 *
 * It is optional. Without a compiler the same is done by `fast/automaton.py`, more slowly, and
 * tests hold the two together. What is found here is a superset of what may stand: `finding.py`
 * settles the borders of words, here only occurrences are passed over that no word border allows.
 *
 * Literals lie in tries whose edges are in one hash table; where only one literal is left below
 * a node, its rest is compared in one go. Literals that must begin where a word does are tried
 * there only, the others wherever their first character stands.
 *
 * Characters are of 8 bits on pages of ASCII, else of 32; each width is read by a loop of its own.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NAME "thematic.matcher"
#define NEEDS_START 1 /* no letter before it */
#define NEEDS_END 2   /* no letter behind it */
#define NONE UINT32_MAX
#define BEYOND 128    /* stands for every character beyond ASCII */
#define AHEAD 3       /* characters by which a place is judged before a trie is asked */
#define BITS 5        /* of each of them */
#ifdef __GNUC__
#define APART __attribute__((noinline))
#else
#define APART
#endif
#define KINDS (1u << (AHEAD * BITS))

typedef struct {
    const uint32_t *text;
    uint32_t size, number;
    uint8_t needs;
} Literal;

typedef struct {
    uint32_t literal; /* that ends here, as a place in the sorted literals; NONE for none */
    uint32_t only;    /* the one literal below, whose rest is to be compared; NONE for several */
} Node;

typedef struct {
    uint32_t *texts;
    Literal *literals; /* sorted by text */
    Node *nodes;
    uint64_t *keys; /* of edges: node and character, plus one; 0 for a free place */
    uint32_t *children;
    size_t node_count, node_room, edge_count, edge_room; /* rooms are powers of two */
    uint32_t roots[2][BEYOND + 1]; /* at a word's beginning, anywhere; by the first character */
    uint8_t may_begin[KINDS];      /* by what comes next: bit 0 for the one, bit 1 for the other */
    int failed;
} Matcher;

typedef struct {
    int64_t *rows;
    size_t used, room;
} Rows;

static uint8_t IS_LETTER[256]; /* letters and digits of ASCII */
static uint8_t FEW_BITS[256];  /* a character as BITS bits: letters apart, others in groups */

static void know_characters(void)
{
    for (int code = 0; code < 256; code++) {
        int capital = code >= 'A' && code <= 'Z', small = code >= 'a' && code <= 'z';
        int digit = code >= '0' && code <= '9';
        IS_LETTER[code] = (uint8_t)(capital || small || digit);
        FEW_BITS[code] = (uint8_t)(capital        ? code - 'A' + 1
                                   : small        ? code - 'a' + 1
                                   : digit        ? 27
                                   : code > 127   ? 28
                                   : code == '@'  ? 29
                                   : code == ':'  ? 30
                                   : code <= ' '  ? 0
                                                  : 31);
    }
}

/* ---- the tries ---- */

static int by_text(const void *one, const void *other)
{
    const Literal *a = one, *b = other;
    uint32_t shorter = a->size < b->size ? a->size : b->size;
    for (uint32_t n = 0; n < shorter; n++) {
        if (a->text[n] != b->text[n])
            return a->text[n] < b->text[n] ? -1 : 1;
    }
    return (a->size > b->size) - (a->size < b->size);
}

static inline uint8_t in_table(uint32_t code)
{
    return (uint8_t)(code < BEYOND ? code : BEYOND);
}

static uint64_t key_of(uint32_t node, uint32_t code)
{
    return ((uint64_t)node << 32 | code) + 1;
}

static size_t place_of(const Matcher *matcher, uint64_t key)
{
    size_t mask = matcher->edge_room - 1;
    size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;
    while (matcher->keys[at] && matcher->keys[at] != key)
        at = (at + 1) & mask;
    return at;
}

static uint32_t child(const Matcher *matcher, uint32_t node, uint32_t code)
{
    uint64_t key = key_of(node, code);
    size_t at = place_of(matcher, key);
    return matcher->keys[at] ? matcher->children[at] : NONE;
}

static void widen_edges(Matcher *matcher)
{
    size_t old_room = matcher->edge_room;
    uint64_t *old_keys = matcher->keys;
    uint32_t *old_children = matcher->children;
    matcher->edge_room = old_room ? 2 * old_room : 1024;
    matcher->keys = calloc(matcher->edge_room, sizeof *matcher->keys);
    matcher->children = malloc(matcher->edge_room * sizeof *matcher->children);
    if (matcher->keys && matcher->children) {
        for (size_t n = 0; n < old_room; n++) {
            if (old_keys[n]) {
                size_t at = place_of(matcher, old_keys[n]);
                matcher->keys[at] = old_keys[n];
                matcher->children[at] = old_children[n];
            }
        }
    } else {
        matcher->failed = 1;
    }
    free(old_keys);
    free(old_children);
}

static uint32_t new_node(Matcher *matcher)
{
    if (matcher->node_count == matcher->node_room) {
        size_t room = matcher->node_room ? 2 * matcher->node_room : 1024;
        Node *nodes = realloc(matcher->nodes, room * sizeof *nodes);
        if (!nodes) {
            matcher->failed = 1;
            return NONE;
        }
        matcher->nodes = nodes;
        matcher->node_room = room;
    }
    matcher->nodes[matcher->node_count] = (Node){NONE, NONE};
    return (uint32_t)matcher->node_count++;
}

/* A node for the sorted literals [first, last), which are equal up to `depth`. */
static uint32_t grow(Matcher *matcher, uint32_t first, uint32_t last, uint32_t depth)
{
    uint32_t node = new_node(matcher);
    if (matcher->failed)
        return NONE;
    if (matcher->literals[first].size == depth)
        matcher->nodes[node].literal = first++;
    if (last - first == 1) {
        matcher->nodes[node].only = first;
        return node;
    }
    while (first < last && !matcher->failed) {
        uint32_t code = matcher->literals[first].text[depth];
        uint32_t end = first + 1;
        while (end < last && matcher->literals[end].text[depth] == code)
            end++;
        uint32_t below = grow(matcher, first, end, depth + 1);
        if (2 * (matcher->edge_count + 1) > matcher->edge_room)
            widen_edges(matcher);
        if (matcher->failed)
            return NONE;
        uint64_t key = key_of(node, code);
        size_t at = place_of(matcher, key);
        matcher->keys[at] = key;
        matcher->children[at] = below;
        matcher->edge_count++;
        first = end;
    }
    return node;
}

/* Note by which characters a literal may be begun: what it does not have may be any. */
static void note_beginning(uint8_t *may_begin, int part, const Literal *literal)
{
    uint32_t known = literal->size < AHEAD ? literal->size : AHEAD, kind = 0;
    for (uint32_t n = 0; n < known; n++)
        kind = kind << BITS | FEW_BITS[in_table(literal->text[n])];
    uint32_t others = 1u << (BITS * (AHEAD - known));
    for (uint32_t n = kind * others; n < (kind + 1) * others; n++)
        may_begin[n] |= (uint8_t)(1 << part);
}

/* One trie for each first character of the literals [first, last); one for all beyond ASCII, which
 * begins before the first character, the others behind it. */
static void plant(Matcher *matcher, int part, uint32_t first, uint32_t last)
{
    uint32_t *roots = matcher->roots[part];
    for (uint32_t n = first; n < last; n++)
        note_beginning(matcher->may_begin, part, &matcher->literals[n]);
    for (int code = 0; code <= BEYOND; code++)
        roots[code] = NONE;
    while (first < last && !matcher->failed) {
        uint8_t code = in_table(matcher->literals[first].text[0]);
        uint32_t end = first + 1;
        while (end < last && in_table(matcher->literals[end].text[0]) == code)
            end++;
        roots[code] = grow(matcher, first, end, code < BEYOND);
        first = end;
    }
}

static void let_go(Matcher *matcher)
{
    if (matcher) {
        free(matcher->texts);
        free(matcher->literals);
        free(matcher->nodes);
        free(matcher->keys);
        free(matcher->children);
        free(matcher);
    }
}

static void let_capsule_go(PyObject *capsule)
{
    let_go(PyCapsule_GetPointer(capsule, NAME));
}

/* ---- looking ---- */

static int add(Rows *rows, const Literal *literal, size_t start)
{
    if (rows->used + 3 > rows->room) {
        size_t room = rows->room ? 2 * rows->room : 3 * 4096;
        int64_t *wider = realloc(rows->rows, room * sizeof *wider);
        if (!wider)
            return 0;
        rows->rows = wider;
        rows->room = room;
    }
    rows->rows[rows->used++] = literal->number;
    rows->rows[rows->used++] = (int64_t)start;
    rows->rows[rows->used++] = (int64_t)(start + literal->size);
    return 1;
}

/* Characters of a page. */
typedef struct {
    const void *data;
    size_t size;
} Text;

static inline uint32_t code_at(const Text *text, int wide, size_t at)
{
    return wide ? ((const uint32_t *)text->data)[at] : ((const uint8_t *)text->data)[at];
}

static inline uint8_t in_table_at(const Text *text, int wide, size_t at)
{
    return wide ? in_table(code_at(text, 1, at)) : ((const uint8_t *)text->data)[at];
}

static inline int may_end(const Literal *literal, const Text *text, int wide, size_t end)
{
    return !(literal->needs & NEEDS_END) || end >= text->size ||
           !IS_LETTER[in_table_at(text, wide, end)];
}

static inline int goes_on(const Literal *literal, const Text *text, int wide, size_t start,
                          size_t at)
{
    size_t end = start + literal->size;
    if (end > text->size)
        return 0;
    while (at < end && code_at(text, wide, at) == literal->text[at - start])
        at++;
    return at == end && may_end(literal, text, wide, end);
}

/* All literals of a part that begin at a place. Few places come so far, so it stays out of the loop
 * that asks it: within, it takes the registers that the loop needs. */
static APART int walk(const Matcher *matcher, int part, const Text *text, int wide, size_t start,
                      Rows *rows)
{
    uint8_t code = in_table_at(text, wide, start);
    uint32_t node = matcher->roots[part][code];
    for (size_t at = start + (code < BEYOND); node != NONE; at++) {
        const Node *here = &matcher->nodes[node];
        if (here->literal != NONE) {
            const Literal *literal = &matcher->literals[here->literal];
            if (may_end(literal, text, wide, at) && !add(rows, literal, start))
                return 0;
        }
        if (here->only != NONE) {
            const Literal *literal = &matcher->literals[here->only];
            return !goes_on(literal, text, wide, start, at) || add(rows, literal, start);
        }
        if (at >= text->size)
            return 1;
        node = child(matcher, node, code_at(text, wide, at));
    }
    return 1;
}

static inline int look(const Matcher *matcher, const Text *text, int wide, Rows *rows)
{
    const uint8_t *may_begin = matcher->may_begin;
    const size_t size = text->size;
    uint32_t next = 0; /* the characters from a place on, few bits of each */
    for (size_t at = 0; at < AHEAD - 1; at++)
        next = next << BITS | (at < size ? FEW_BITS[in_table_at(text, wide, at)] : 0);
    uint8_t inside = 0; /* whether the character before is a letter */
    for (size_t at = 0; at < size; at++) {
        size_t last = at + AHEAD - 1;
        uint8_t bits = last < size ? FEW_BITS[in_table_at(text, wide, last)] : 0;
        next = (next << BITS | bits) & (KINDS - 1);
        uint8_t may = may_begin[next] & (uint8_t)~inside;
        inside = IS_LETTER[in_table_at(text, wide, at)];
        if (!may)
            continue;
        if (may & 1 && !walk(matcher, 0, text, wide, at, rows))
            return 0;
        if (may & 2 && !walk(matcher, 1, text, wide, at, rows))
            return 0;
    }
    return 1;
}

/* ---- for Python ---- */

/* Copy the literals in: those that need a word's beginning first, each part sorted. */
static uint32_t take_in(Matcher *matcher, const char *texts, Py_ssize_t size, const int64_t *ends,
                        const uint8_t *needs, uint32_t count)
{
    uint32_t used = 0, at_start = 0;
    matcher->texts = malloc(size ? (size_t)size : 1);
    matcher->literals = calloc(count ? count : 1, sizeof *matcher->literals);
    if (!matcher->texts || !matcher->literals) {
        matcher->failed = 1;
        return 0;
    }
    memcpy(matcher->texts, texts, (size_t)size);
    for (int part = NEEDS_START; part >= 0; part -= NEEDS_START) {
        for (uint32_t n = 0; n < count; n++) {
            int64_t begin = n ? ends[n - 1] : 0;
            if ((needs[n] & NEEDS_START) == part)
                matcher->literals[used++] = (Literal){matcher->texts + begin,
                                                      (uint32_t)(ends[n] - begin), n, needs[n]};
        }
        if (part)
            at_start = used;
    }
    qsort(matcher->literals, at_start, sizeof *matcher->literals, by_text);
    qsort(matcher->literals + at_start, count - at_start, sizeof *matcher->literals, by_text);
    return at_start;
}

static PyObject *matcher_of(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *texts, *ends, *needs;
    Py_ssize_t size, ends_size, count;
    if (!PyArg_ParseTuple(args, "y#y#y#", &texts, &size, &ends, &ends_size, &needs, &count))
        return NULL;
    const int64_t *places = (const int64_t *)ends;
    int fits = ends_size == count * (Py_ssize_t)sizeof(int64_t) && count < INT32_MAX;
    for (Py_ssize_t n = 0, begin = 0; fits && n < count; begin = (Py_ssize_t)places[n++])
        fits = places[n] > begin && places[n] <= size / (Py_ssize_t)sizeof(uint32_t);
    if (!fits)
        return PyErr_Format(PyExc_ValueError, "literals must be one after another, none empty");
    Matcher *matcher = calloc(1, sizeof *matcher);
    if (!matcher)
        return PyErr_NoMemory();
    uint32_t at_start =
        take_in(matcher, texts, size, places, (const uint8_t *)needs, (uint32_t)count);
    if (!matcher->failed)
        widen_edges(matcher);
    if (!matcher->failed)
        plant(matcher, 0, 0, at_start);
    if (!matcher->failed)
        plant(matcher, 1, at_start, (uint32_t)count);
    PyObject *capsule =
        matcher->failed ? PyErr_NoMemory() : PyCapsule_New(matcher, NAME, let_capsule_go);
    if (!capsule)
        let_go(matcher);
    return capsule;
}

static PyObject *occurrences(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *capsule;
    Py_buffer data;
    int wide;
    if (!PyArg_ParseTuple(args, "Oy*p", &capsule, &data, &wide))
        return NULL;
    const Matcher *matcher = PyCapsule_GetPointer(capsule, NAME);
    const Text text = {data.buf, (size_t)data.len / (wide ? sizeof(uint32_t) : 1)};
    Rows rows = {NULL, 0, 0};
    int done = 0;
    if (matcher) {
        Py_BEGIN_ALLOW_THREADS
        done = wide ? look(matcher, &text, 1, &rows) : look(matcher, &text, 0, &rows);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&data);
    PyObject *found = !matcher ? NULL
                      : done   ? PyBytes_FromStringAndSize(
                                   (const char *)rows.rows,
                                   (Py_ssize_t)(rows.used * sizeof(int64_t)))
                               : PyErr_NoMemory();
    free(rows.rows);
    return found;
}

static PyMethodDef methods[] = {
    {"matcher", matcher_of, METH_VARARGS, "A matcher of literals."},
    {"occurrences", occurrences, METH_VARARGS, "Where the literals of a matcher stand."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_matcher",
                                    "Where literals stand on pages.", 0, methods,
                                    NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__matcher(void)
{
    know_characters();
    return PyModuleDef_Init(&definition);
}
