/* Where the literals of a codebook stand among the characters of a page.
 *
 * It is optional. Without a compiler the same is done by `fast/automaton.py`, more slowly, and
 * tests hold the two together. What is found here is a superset of what may stand: `finding.py`
 * settles the borders of words, here only occurrences are passed over that no word border allows.
 *
 * Literals that must begin where a word does are looked for there only, the others wherever their
 * first character stands. These places are told of a block at once. Then their first characters
 * are looked up among the beginnings of literals: where none begins so, as at most words, it ends
 * there. Only then a trie is walked down (`_tries.h`).
 *
 * Characters are of 8 bits on pages of ASCII, else of 32; each width is read by a loop of its own.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include "_blocks.h"
#include "_tries.h"

#define NAME "thematic.matcher"
#ifdef __GNUC__
#define APART __attribute__((noinline))
#else
#define APART
#endif

enum { LETTERS, STARTS, ANYWHERE }; /* numbers of the bits of marks */

typedef struct {
    int64_t *rows;
    size_t used, room;
} Rows;

static void let_go(Matcher *matcher)
{
    if (matcher) {
        free(matcher->texts);
        free(matcher->literals);
        free(matcher->nodes);
        free(matcher->edges);
        for (int part = 0; part < PARTS; part++) {
            free(matcher->parts[part].roots);
            free(matcher->parts[part].met);
        }
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

static inline uint8_t byte_at(const Text *text, int wide, size_t at)
{
    return wide ? in_byte(code_at(text, 1, at)) : ((const uint8_t *)text->data)[at];
}

static inline int may_end(const Matcher *matcher, const Literal *literal, const Text *text,
                          int wide, size_t end)
{
    return !(literal->needs & NEEDS_END) || end >= text->size ||
           !(matcher->marks[byte_at(text, wide, end)] & 1 << LETTERS);
}

static const Node *child(const Matcher *matcher, const Node *node, uint32_t code)
{
    const Edge *edges = matcher->edges + node->edges;
    uint32_t low = 0, high = node->edge_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (edges[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low < node->edge_count && edges[low].code == code ? &matcher->nodes[edges[low].node]
                                                             : NULL;
}

/* All literals of a trie that begin at a place. */
static inline int walk(const Matcher *matcher, const Node *node, const Text *text, int wide,
                      size_t start, Rows *rows)
{
    size_t at = start;
    while (node && node->depth <= text->size - start) {
        size_t end = start + node->depth;
        while (at < end && code_at(text, wide, at) == node->text[at - start])
            at++;
        if (at < end)
            return 1;
        for (uint32_t n = node->first; n < node->first + node->ends; n++) {
            const Literal *literal = &matcher->literals[n];
            if (may_end(matcher, literal, text, wide, at) && !add(rows, literal, start))
                return 0;
        }
        node = at < text->size ? child(matcher, node, code_at(text, wide, at)) : NULL;
    }
    return 1;
}

/* All literals of a part that begin at a place, which is given with its first characters. Few
 * places come so far, so it stays out of the loop that asks it: within, it takes the registers that
 * the loop needs. */
static APART int look_at(const Matcher *matcher, const Part *part, const uint8_t *codes,
                         const Text *text, int wide, size_t at, Rows *rows)
{
    for (uint32_t sizes = part->sizes[codes[0]]; sizes; sizes &= sizes - 1) {
        const Root *root = place_of(part, head_of(codes, (uint32_t)lowest(sizes)));
        if (root->head && !walk(matcher, &matcher->nodes[root->node], text, wide, at, rows))
            return 0;
    }
    return 1;
}

/* Those of some places of a block at which a literal of a part may begin. There is no branch that
 * depends on the characters, for no processor could foretell it. */
static inline uint64_t likely(const Part *part, const uint8_t *codes, uint64_t places)
{
    uint64_t found = 0;
    for (; places; places &= places - 1) {
        uint64_t place = places & (~places + 1);
        found |= place & (~may_begin(part, codes + lowest(places)) + 1);
    }
    return found;
}

/* All bits where two bytes are equal, none else. */
static inline uint8_t is(uint8_t one, uint8_t other)
{
    return (uint8_t)-(one == other);
}

/* What is known of the characters of a block; in a literal that begins anywhere, its first
 * character and the second one, for the first may be a common letter (n't). As a rule it is told by a loop that compilers take
 * sixteen at a time, for the table has to be asked for one after another. */
static inline void mark(const Matcher *matcher, const uint8_t *codes, uint8_t *marks)
{
    const uint8_t *few = matcher->others, *next = matcher->seconds, *any = matcher->several;
    uint8_t one = few[0], two = few[1], three = few[2], four = few[3], beyond = matcher->beyond;
    uint8_t next_one = next[one], next_two = next[two], next_three = next[three];
    uint8_t next_four = next[four], any_one = any[one], any_two = any[two];
    uint8_t any_three = any[three], any_four = any[four];
    if (!matcher->few) {
        for (int n = 0; n < BLOCK; n++)
            marks[n] = matcher->marks[codes[n]];
        return;
    }
    for (int n = 0; n < BLOCK; n++) {
        uint8_t code = codes[n];
        uint8_t small = code | 0x20; /* of letters; what else becomes a letter by it is none */
        uint8_t letter = below((uint8_t)(small - 'a'), 26) | below((uint8_t)(code - '0'), 10);
        uint8_t after = codes[n + 1];
        uint8_t other = (is(code, one) & (is(after, next_one) | any_one)) |
                        (is(code, two) & (is(after, next_two) | any_two)) |
                        (is(code, three) & (is(after, next_three) | any_three)) |
                        (is(code, four) & (is(after, next_four) | any_four));
        marks[n] = (uint8_t)((letter & (1 << LETTERS | 1 << STARTS)) | (other & 1 << ANYWHERE) |
                             (code >> 7 & beyond) << STARTS);
    }
}

/* The characters of a block and some behind it, 0 behind the text. They need not be copied where
 * they are bytes and there are enough. */
static inline const uint8_t *codes_from(const Text *text, int wide, size_t first, uint8_t *copied)
{
    size_t size = text->size - first;
    if (!wide && size >= BLOCK + AHEAD)
        return (const uint8_t *)text->data + first;
    size = size < BLOCK + AHEAD ? size : BLOCK + AHEAD;
    for (size_t n = 0; n < size; n++)
        copied[n] = byte_at(text, wide, first + n);
    memset(copied + size, 0, BLOCK + AHEAD - size);
    return copied;
}

static inline int look(const Matcher *matcher, const Text *text, int wide, Rows *rows)
{
    const Part *at_start = &matcher->parts[0], *anywhere = &matcher->parts[1];
    uint8_t copied[BLOCK + AHEAD], marks[BLOCK];
    uint64_t before = 0; /* whether the character before a block is a letter */
    for (size_t first = 0; first < text->size; first += BLOCK) {
        const uint8_t *codes = codes_from(text, wide, first, copied);
        mark(matcher, codes, marks);
        uint64_t letters = which(marks, LETTERS), inside = letters << 1 | before;
        uint64_t starts = which(marks, STARTS) & ~inside & first_of(text->size - first);
        uint64_t others = which(marks, ANYWHERE) & first_of(text->size - first);
        starts = likely(at_start, codes, starts);
        others = likely(anywhere, codes, others);
        before = letters >> (BLOCK - 1);
        for (uint64_t left = starts | others; left; left &= left - 1) {
            int n = lowest(left);
            size_t at = first + (size_t)n;
            if (starts >> n & 1 && !look_at(matcher, at_start, codes + n, text, wide, at, rows))
                return 0;
            if (others >> n & 1 && !look_at(matcher, anywhere, codes + n, text, wide, at, rows))
                return 0;
        }
    }
    return 1;
}

/* ---- for Python ---- */

/* Mark letters and digits of ASCII. */
static void know_letters(uint8_t *marks)
{
    for (int code = 0; code < 128; code++) {
        int small = code | 0x20;
        if ((small >= 'a' && small <= 'z') || (code >= '0' && code <= '9'))
            marks[code] = 1 << LETTERS;
    }
}

/* Whether marks can be told without their table. */
static void know_few(Matcher *matcher)
{
    int count = 0;
    matcher->few = 1;
    for (int code = 0; code < 256; code++) {
        uint8_t mark = matcher->marks[code];
        if (mark & 1 << STARTS && code >= 128)
            matcher->beyond = 1;
        else if (mark & 1 << STARTS && !(mark & 1 << LETTERS))
            matcher->few = 0;
        if (mark & 1 << ANYWHERE && count++ < FEW)
            matcher->others[count - 1] = (uint8_t)code;
    }
    matcher->few &= count <= FEW;
    for (int n = count; n < FEW; n++)
        matcher->others[n] = matcher->others[0];
}

static Literal literal_of(const uint32_t *text, uint32_t size, uint32_t number, uint8_t needs)
{
    Literal literal = {0, text, size, number, needs};
    uint8_t codes[AHEAD];
    codes_of(&literal, codes);
    literal.head = head_of(codes, size < HEAD ? size : HEAD);
    return literal;
}

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
                matcher->literals[used++] = literal_of(matcher->texts + begin,
                                                       (uint32_t)(ends[n] - begin), n, needs[n]);
        }
        if (part)
            at_start = used;
    }
    qsort(matcher->literals, at_start, sizeof *matcher->literals, by_head);
    qsort(matcher->literals + at_start, count - at_start, sizeof *matcher->literals, by_head);
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
    know_letters(matcher->marks);
    if (!matcher->failed)
        plant(matcher, 0, 0, at_start);
    if (!matcher->failed)
        plant(matcher, 1, at_start, (uint32_t)count);
    know_few(matcher);
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
    return PyModuleDef_Init(&definition);
}
