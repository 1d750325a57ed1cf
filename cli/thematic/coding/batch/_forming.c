/* The matches that occurrences of literals are on a page, and which of them split words in n't.
 *
 * It is optional: `finding.py` and `words.py` do the same on arrays, more slowly, and tests hold
 * the two together.
 */
#include "_columns.h"

/* ---- matches from occurrences ---- */

/* Characters of the page that are folded to none or to several; see `folding.py`. */
typedef struct {
    Column edited, sizes;
    int64_t passed, shift; /* of them, how many end before the last place, and by how much it is
                            * further on than on the page */
} Folded;

static int64_t place_in(Folded *folded, int64_t place)
{
    const int64_t *edited = folded->edited.values, *sizes = folded->sizes.values;
    int64_t n = folded->passed, shift = folded->shift;
    while (n > 0 && edited[n - 1] + 1 + shift > place)
        shift -= sizes[--n] - 1;
    while (n < folded->edited.count && edited[n] + sizes[n] + shift <= place)
        shift += sizes[n++] - 1;
    folded->passed = n;
    folded->shift = shift;
    int64_t found = place - shift;
    return n < folded->edited.count && found > edited[n] ? edited[n] : found;
}

/* A run of letters; the last one is remembered, for it may be long and be asked for often. */
typedef struct {
    int64_t begin, end;
} Run;

static void find_run(const uint8_t *kinds, int64_t letter, Run *run)
{
    if (letter >= run->begin && letter < run->end)
        return;
    *run = (Run){letter, letter + 1};
    while (kinds[run->begin - 1] & LETTER)
        run->begin--;
    while (kinds[run->end] & LETTER)
        run->end++;
}

/* The literals of a codebook with their forms, and the items that stand for these. */
typedef struct {
    const uint8_t *ends;  /* of each literal: whether it begins (1) and ends (2) with a letter */
    Column first_forms;   /* of each literal, and one more */
    const uint8_t *opens; /* of each form: whether letters may stand before (1) and behind (2) */
    Column first_items;   /* of each form, and one more */
    Column items;
} Literals;

static int fine_firsts(Column firsts, int64_t keys, int64_t members)
{
    if (firsts.count != keys + 1 || firsts.values[0] != 0 || firsts.values[keys] != members)
        return 0;
    for (int64_t n = 0; n < keys; n++) {
        if (firsts.values[n] > firsts.values[n + 1])
            return 0;
    }
    return 1;
}

/* The matches of a literal that stands at a place of the page. */
static int form(const Literals *literals, int64_t number, const uint8_t *kinds, Run runs[2],
                int64_t start, int64_t end, int split, Places *found)
{
    const int64_t *forms = literals->first_forms.values, *items = literals->first_items.values;
    int beside = split | ((kinds[start - 1] & LETTER) != 0) | 2 * ((kinds[end] & LETTER) != 0);
    beside &= literals->ends[number];
    for (int64_t n = forms[number]; n < forms[number + 1]; n++) {
        if (beside & ~literals->opens[n])
            continue;
        int64_t begin = start, stop = end;
        if (beside & 1 && kinds[start - 1] & LETTER) {
            find_run(kinds, start - 1, &runs[0]);
            begin = runs[0].begin;
        }
        if (beside & 2 && kinds[end] & LETTER) {
            find_run(kinds, end, &runs[1]);
            stop = runs[1].end;
        }
        for (int64_t item = items[n]; item < items[n + 1]; item++) {
            if (!push(&found[0], literals->items.values[item]) || !push(&found[1], begin) ||
                !push(&found[2], stop))
                return 0;
        }
    }
    return 1;
}

static int form_all(const Literals *literals, int64_t count, Column rows, Folded *folded,
                    const uint8_t *kinds, int64_t size, Places *found)
{
    Run runs[2] = {{0, 0}, {0, 0}};
    for (int64_t n = 0; n + 2 < rows.count; n += 3) {
        int64_t number = rows.values[n], start = rows.values[n + 1], end = rows.values[n + 2];
        int split = 0;
        if (folded->edited.count) {
            int64_t before = place_in(folded, start - 1), begin = place_in(folded, start);
            int64_t last = place_in(folded, end - 1), behind = place_in(folded, end);
            split = (before == begin) | 2 * (last == behind);
            start = begin;
            end = last + 1;
        }
        if (number < 0 || number >= count || start < 1 || end <= start || end >= size)
            return refuse("an occurrence must be of a literal, and lie on the page");
        if (!form(literals, number, kinds, runs, start, end, split, found))
            return 0;
    }
    return 1;
}

static PyObject *matches(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[9];
    Places found[3] = {{NULL, 0, 0}, {NULL, 0, 0}, {NULL, 0, 0}};
    if (!opened(args, "bqbqqqqqb", views))
        return NULL;
    Literals literals = {views[0].buf, column_of(&views[1]), views[2].buf, column_of(&views[3]),
                         column_of(&views[4])};
    Column rows = column_of(&views[5]);
    Folded folded = {column_of(&views[6]), column_of(&views[7]), 0, 0};
    const uint8_t *kinds = views[8].buf;
    int64_t size = (int64_t)views[8].len;
    int done = 0;
    if (!fine_firsts(literals.first_forms, views[0].len, views[2].len) ||
        !fine_firsts(literals.first_items, views[2].len, literals.items.count) ||
        folded.edited.count != folded.sizes.count || size < 2 || kinds[0] || kinds[size - 1])
        refuse("literals must have forms, these items, and a page barriers around it");
    else
        done = form_all(&literals, views[0].len, rows, &folded, kinds, size, found);
    release(views, 9);
    return given(found, 3, done);
}

/* ---- words in n't ---- */

/* Whether a quote stands between letters. */
static int joins(const uint8_t *kinds, int64_t at)
{
    return (kinds[at] & (JOINER | HYPHEN)) == JOINER && kinds[at - 1] & LETTER &&
           kinds[at + 1] & LETTER;
}

static int is_said(const Page *page, int64_t at, uint32_t letter)
{
    uint32_t code = code_at(page, at);
    return code == letter || code == letter - 'a' + 'A' ||
           (letter == 't' && code == 0x1E97); /* a t with dots, which folds to a t and these */
}

/* Where runs of letters with quotes between them end; the last end is remembered, for places come
 * in order as a rule. */
static int64_t end_of_word(const uint8_t *kinds, int64_t place, Run *last)
{
    if (place >= last->begin && place < last->end)
        return last->end;
    int64_t end = place;
    while (kinds[end] & LETTER || joins(kinds, end))
        end++;
    *last = (Run){place, end};
    return end;
}

static int is_in_contracted(const Page *page, int64_t place, Run *last)
{
    const uint8_t *kinds = page->kinds;
    for (int64_t at = place - 1; at <= place; at++) {
        if (!(kinds[at] & LETTER) && !(at > 0 && joins(kinds, at)))
            return 0;
    }
    int64_t end = end_of_word(kinds, place, last);
    return end > 3 && is_said(page, end - 3, 'n') && joins(kinds, end - 2) &&
           is_said(page, end - 1, 't');
}

static PyObject *in_contracted(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[3];
    Page page;
    PyObject *result = NULL;
    if (!opened(args, "?bq", views))
        return NULL;
    Column places = column_of(&views[2]);
    if (page_of(&views[0], &views[1], &page))
        result = PyBytes_FromStringAndSize(NULL, (Py_ssize_t)places.count);
    char *told = result ? PyBytes_AsString(result) : NULL;
    Run last = {0, 0};
    for (int64_t n = 0; told && n < places.count; n++) {
        int64_t place = places.values[n];
        if (place < 1 || place >= page.size) {
            refuse("a place must lie on the page");
            Py_CLEAR(result);
            break;
        }
        told[n] = (char)is_in_contracted(&page, place, &last);
    }
    release(views, 3);
    return result;
}

static PyMethodDef methods[] = {
    {"matches", matches, METH_VARARGS, "The matches that occurrences of literals are."},
    {"in_contracted", in_contracted, METH_VARARGS, "Which places are inside words in n't."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_forming",
                                        "Matches on a page.", 0, methods,
                                        NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__forming(void)
{
    return PyModuleDef_Init(&definition);
}
