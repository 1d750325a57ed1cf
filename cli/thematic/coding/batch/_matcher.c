/* Where the literals of a codebook stand in bytes.
 *
 * It is optional. Without a compiler the same is done by `fast/automaton.py`, more slowly, and
 * tests hold the two together. What is found here is a superset of what may stand: `finding.py`
 * settles the borders of words, here only occurrences are passed over that no word border allows.
 *
 * Literals lie in tries whose edges are in one hash table; where only one literal is left below
 * a node, its rest is compared in one go. Literals that must begin where a word does are tried
 * there only, the others wherever their first byte stands.
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
#define AHEAD 3       /* bytes by which a place is judged before a trie is asked */
#define BITS 5        /* of each of them */
#define KINDS (1u << (AHEAD * BITS))

typedef struct {
    const uint8_t *text;
    uint32_t size, number;
    uint8_t needs;
} Literal;

typedef struct {
    uint32_t literal; /* that ends here, as a place in the sorted literals; NONE for none */
    uint32_t only;    /* the one literal below, whose rest is to be compared; NONE for several */
} Node;

typedef struct {
    uint8_t *texts;
    Literal *literals; /* sorted by text */
    Node *nodes;
    uint64_t *keys; /* of edges: node and byte, plus one; 0 for a free place */
    uint32_t *children;
    size_t node_count, node_room, edge_count, edge_room; /* rooms are powers of two */
    uint32_t roots[2][256];        /* at a word's beginning, anywhere */
    uint8_t may_begin[KINDS];      /* by the next bytes: bit 0 for the one, bit 1 for the other */
    int failed;
} Matcher;

typedef struct {
    int64_t *rows;
    size_t used, room;
} Rows;

static uint8_t IS_LETTER[256]; /* letters and digits of ASCII */
static uint8_t FEW_BITS[256];  /* a byte as BITS bits: letters apart, the others in groups */

static void know_bytes(void)
{
    for (int byte = 0; byte < 256; byte++) {
        int capital = byte >= 'A' && byte <= 'Z', small = byte >= 'a' && byte <= 'z';
        int digit = byte >= '0' && byte <= '9';
        IS_LETTER[byte] = (uint8_t)(capital || small || digit);
        FEW_BITS[byte] = (uint8_t)(capital        ? byte - 'A' + 1
                                   : small        ? byte - 'a' + 1
                                   : digit        ? 27
                                   : byte > 127   ? 28
                                   : byte == '@'  ? 29
                                   : byte == ':'  ? 30
                                   : byte <= ' '  ? 0
                                                  : 31);
    }
}

/* ---- the tries ---- */

static int by_text(const void *one, const void *other)
{
    const Literal *a = one, *b = other;
    size_t shorter = a->size < b->size ? a->size : b->size;
    int told = memcmp(a->text, b->text, shorter);
    return told ? told : (a->size > b->size) - (a->size < b->size);
}

static size_t place_of(const Matcher *matcher, uint64_t key)
{
    size_t mask = matcher->edge_room - 1;
    size_t at = (size_t)((key * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;
    while (matcher->keys[at] && matcher->keys[at] != key)
        at = (at + 1) & mask;
    return at;
}

static uint32_t child(const Matcher *matcher, uint32_t node, uint8_t byte)
{
    uint64_t key = ((uint64_t)node << 8 | byte) + 1;
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
        uint8_t byte = matcher->literals[first].text[depth];
        uint32_t end = first + 1;
        while (end < last && matcher->literals[end].text[depth] == byte)
            end++;
        uint32_t below = grow(matcher, first, end, depth + 1);
        if (2 * (matcher->edge_count + 1) > matcher->edge_room)
            widen_edges(matcher);
        if (matcher->failed)
            return NONE;
        uint64_t key = ((uint64_t)node << 8 | byte) + 1;
        size_t at = place_of(matcher, key);
        matcher->keys[at] = key;
        matcher->children[at] = below;
        matcher->edge_count++;
        first = end;
    }
    return node;
}

/* Note by which bytes a literal may be begun: what it does not have may be any. */
static void note_beginning(uint8_t *may_begin, int part, const Literal *literal)
{
    uint32_t known = literal->size < AHEAD ? literal->size : AHEAD, kind = 0;
    for (uint32_t n = 0; n < known; n++)
        kind = kind << BITS | FEW_BITS[literal->text[n]];
    uint32_t others = 1u << (BITS * (AHEAD - known));
    for (uint32_t n = kind * others; n < (kind + 1) * others; n++)
        may_begin[n] |= (uint8_t)(1 << part);
}

/* One trie for each first byte of the literals [first, last). */
static void plant(Matcher *matcher, int part, uint32_t first, uint32_t last)
{
    uint32_t *roots = matcher->roots[part];
    for (uint32_t n = first; n < last; n++)
        note_beginning(matcher->may_begin, part, &matcher->literals[n]);
    for (int byte = 0; byte < 256; byte++)
        roots[byte] = NONE;
    while (first < last && !matcher->failed) {
        uint8_t byte = matcher->literals[first].text[0];
        uint32_t end = first + 1;
        while (end < last && matcher->literals[end].text[0] == byte)
            end++;
        roots[byte] = grow(matcher, first, end, 1);
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

static int may_end(const Literal *literal, const uint8_t *data, size_t end, size_t size)
{
    return !(literal->needs & NEEDS_END) || end >= size || !IS_LETTER[data[end]];
}

/* All literals of a trie that begin at a place. */
static int walk(const Matcher *matcher, uint32_t node, const uint8_t *data, size_t start,
                size_t size, Rows *rows)
{
    for (size_t at = start + 1; node != NONE; at++) {
        const Node *here = &matcher->nodes[node];
        if (here->literal != NONE) {
            const Literal *literal = &matcher->literals[here->literal];
            if (may_end(literal, data, at, size) && !add(rows, literal, start))
                return 0;
        }
        if (here->only != NONE) {
            const Literal *literal = &matcher->literals[here->only];
            size_t done = at - start, end = start + literal->size;
            return end > size || memcmp(data + at, literal->text + done, literal->size - done) ||
                   !may_end(literal, data, end, size) || add(rows, literal, start);
        }
        if (at >= size)
            return 1;
        node = child(matcher, node, data[at]);
    }
    return 1;
}

static int look(const Matcher *matcher, const uint8_t *data, size_t size, Rows *rows)
{
    const uint8_t *may_begin = matcher->may_begin;
    uint32_t next = 0; /* the bytes from a place on, few bits of each */
    for (size_t at = 0; at < AHEAD - 1; at++)
        next = next << BITS | (at < size ? FEW_BITS[data[at]] : 0);
    uint8_t inside = 0; /* whether the byte before is a letter */
    for (size_t at = 0; at < size; at++) {
        uint8_t last = at + AHEAD - 1 < size ? data[at + AHEAD - 1] : 0;
        next = (next << BITS | FEW_BITS[last]) & (KINDS - 1);
        uint8_t may = may_begin[next] & (uint8_t)~inside;
        inside = IS_LETTER[data[at]];
        if (!may)
            continue;
        if (may & 1 && !walk(matcher, matcher->roots[0][data[at]], data, at, size, rows))
            return 0;
        if (may & 2 && !walk(matcher, matcher->roots[1][data[at]], data, at, size, rows))
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
        fits = places[n] > begin && places[n] <= size;
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
    const char *data;
    Py_ssize_t size;
    if (!PyArg_ParseTuple(args, "Oy#", &capsule, &data, &size))
        return NULL;
    const Matcher *matcher = PyCapsule_GetPointer(capsule, NAME);
    if (!matcher)
        return NULL;
    Rows rows = {NULL, 0, 0};
    int done;
    Py_BEGIN_ALLOW_THREADS
    done = look(matcher, (const uint8_t *)data, (size_t)size, &rows);
    Py_END_ALLOW_THREADS
    PyObject *found = done ? PyBytes_FromStringAndSize((const char *)rows.rows,
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
                                    "Where literals stand in bytes.", 0, methods,
                                    NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__matcher(void)
{
    know_bytes();
    return PyModuleDef_Init(&definition);
}
