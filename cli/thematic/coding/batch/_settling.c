/* Where sentences begin on a page, the words between a cue and a mention, and the ranks of places
 * among others.
 *
 * It is optional: `units.py`, `cues.py` and `ranks.py` do the same on arrays, more slowly, and
 * tests hold the two together.
 */
#include "_columns.h"

#define BEYOND 127 /* stands for every character that is not ASCII */

/* ---- ranks ---- */

/* How many of some values, in order, are not above a place. It is looked for from where the last
 * was found: places come in order as a rule. */
static int64_t rank(Column values, int64_t place, int64_t from)
{
    const int64_t *at = values.values;
    int64_t low = 0, high = values.count, step = 1;
    if (from > 0 && at[from - 1] <= place) {
        low = from;
        while (low + step <= high && at[low + step - 1] <= place) {
            low += step;
            step *= 2;
        }
        high = low + step <= high ? low + step - 1 : high;
    } else if (from > 0) {
        high = from - 1;
    }
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        if (at[middle] <= place)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static PyObject *ranks(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[2];
    if (!opened(args, "qq", views))
        return NULL;
    Column values = column_of(&views[0]), places = column_of(&views[1]);
    PyObject *result = PyBytes_FromStringAndSize(NULL, views[1].len);
    int64_t *told = result ? (int64_t *)PyBytes_AsString(result) : NULL, last = 0;
    for (int64_t n = 0; told && n < places.count; n++)
        told[n] = last = rank(values, places.values[n], last);
    release(views, 2);
    return result;
}

/* ---- sentences ---- */

/* Which characters may stand before the full stop of an abbreviation: two, and three. The table of
 * three is large, and most words are ruled out by the other. */
typedef struct {
    const uint8_t *two, *three;
} Endings;

static size_t few_at(const Page *page, int64_t at)
{
    uint32_t code = code_at(page, at > 0 ? at : 0);
    return code < BEYOND ? code : BEYOND;
}

static int may_be_abbreviated(const Page *page, int64_t stop, const Endings *endings)
{
    size_t kind = few_at(page, stop - 2) << 7 | few_at(page, stop - 1);
    return endings->two[kind] && endings->three[few_at(page, stop - 3) << 14 | kind];
}

/* Where sentences may follow others, and the full stop of each that may be an abbreviation's. */
static int look_for_sentences(const Page *page, Column signs, const Endings *endings,
                              Places *found)
{
    const uint8_t *kinds = page->kinds;
    int64_t behind = 0; /* the last signs */
    for (int64_t n = 0; n < signs.count; n++) {
        int64_t sign = signs.values[n];
        if (sign < 0 || sign >= page->size)
            return refuse("signs must lie on the page");
        if (sign < behind || !(kinds[sign] & END))
            continue;
        for (behind = sign + 1; kinds[behind] & END;)
            behind++;
        int64_t after = behind;
        while (kinds[after] & CLOSES)
            after++;
        uint32_t next = kinds[after] & BLANK ? code_at(page, after + 1) : 0;
        if (!next || (next >= 'a' && next <= 'z'))
            continue;
        int doubtful = after == sign + 1 && code_at(page, sign) == '.' &&
                       may_be_abbreviated(page, sign, endings);
        if (!push(&found[0], after + 1) || !push(&found[1], doubtful ? sign : -1))
            return 0;
    }
    return 1;
}

static PyObject *sentences(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[5];
    Places found[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    Page page;
    if (!opened(args, "?bqbb", views))
        return NULL;
    Endings endings = {views[3].buf, views[4].buf};
    int done = 0;
    if (views[3].len != 1 << 14 || views[4].len != 1 << 21)
        refuse("endings must be told for each two and three characters of ASCII");
    else if (page_of(&views[0], &views[1], &page))
        done = look_for_sentences(&page, column_of(&views[2]), &endings, found);
    release(views, 5);
    return given(found, 2, done);
}

/* ---- between a cue and a mention ---- */

/* Ranges in order, none of which begins before another ends. */
typedef struct {
    Column starts, ends;
} Ranges;

/* A walk over the characters behind a cue. It goes on from where it is as long as mentions of the
 * same cue come in order, so that many of them cost no more than the last. */
typedef struct {
    const Page *page;
    Ranges notes, addresses, stop_words;
    int64_t most;                     /* words; a walk that has more ends */
    int64_t begun, at, words;         /* where it began, where it is, and the words in between */
    int64_t stopped;                  /* behind the first stop */
    int64_t note, address, stop_word; /* the first ranges that do not end before where it is */
} Walk;

static int in_range(const Ranges *ranges, int64_t *first, int64_t start, int64_t end)
{
    while (*first < ranges->ends.count && ranges->ends.values[*first] <= start)
        ++*first;
    return *first < ranges->starts.count && ranges->starts.values[*first] < end;
}

static int is_word_start(Walk *walk, int64_t at)
{
    const uint8_t *kinds = walk->page->kinds;
    if (!(kinds[at] & LETTER) || kinds[at - 1] & LETTER)
        return 0;
    if (kinds[at - 1] & JOINER && kinds[at - 2] & LETTER)
        return 0;
    return !in_range(&walk->notes, &walk->note, at, at + 1);
}

/* Behind the stop that begins where the walk is; INT64_MAX for none. */
static int64_t stop_at(Walk *walk)
{
    const Page *page = walk->page;
    const Column *starts = &walk->stop_words.starts;
    int64_t at = walk->at, end = 0;
    uint8_t kind = page->kinds[at];
    if (kind & STOP)
        end = at + 1;
    else if (kind & HYPHEN && code_at(page, at) == '-' && code_at(page, at + 1) == '-')
        end = at + 2;
    else if (!kind && !code_at(page, at))
        return at; /* the turn ends */
    while (walk->stop_word < starts->count && starts->values[walk->stop_word] < at)
        walk->stop_word++;
    if (walk->stop_word < starts->count && starts->values[walk->stop_word] == at)
        end = walk->stop_words.ends.values[walk->stop_word];
    if (!end || in_range(&walk->notes, &walk->note, at, end) ||
        in_range(&walk->addresses, &walk->address, at, end))
        return INT64_MAX;
    return end;
}

static void begin_walk(Walk *walk, int64_t at)
{
    walk->begun = walk->at = at;
    walk->words = 0;
    walk->stopped = INT64_MAX;
    walk->note = rank(walk->notes.ends, at, walk->note);
    walk->address = rank(walk->addresses.ends, at, walk->address);
    walk->stop_word = rank(walk->stop_words.starts, at - 1, walk->stop_word);
}

/* How many words it is from the last word before the walk's beginning to the one at a place, or
 * behind it; more than `most` where that is further, or a stop is between. */
static int64_t words_to(Walk *walk, int64_t place)
{
    const uint8_t *kinds = walk->page->kinds;
    for (; walk->at < place && walk->stopped > place && walk->words <= walk->most; walk->at++) {
        if (kinds[walk->at] & BLANK || kinds[walk->at] & kinds[walk->at - 1] & LETTER)
            continue; /* here nothing begins */
        int64_t stop = stop_at(walk);
        walk->stopped = stop < walk->stopped ? stop : walk->stopped;
        walk->words += is_word_start(walk, walk->at);
    }
    if (walk->stopped <= place || walk->words > walk->most)
        return INT64_MAX;
    int within = (kinds[place] & LETTER) ||
                 (kinds[place] & JOINER && kinds[place - 1] & LETTER && kinds[place + 1] & LETTER);
    within = within && !in_range(&walk->notes, &walk->note, place, place + 1);
    return walk->words + is_word_start(walk, place) + 1 - within;
}

static PyObject *between(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[10];
    Page page;
    if (!opened(args, "?bqqqqqqqq", views))
        return NULL;
    Column ends = column_of(&views[2]), places = column_of(&views[3]);
    Walk walk = {.page = &page, .begun = -1};
    Ranges *ranges[] = {&walk.notes, &walk.addresses, &walk.stop_words};
    int fine = page_of(&views[0], &views[1], &page) && ends.count == places.count;
    for (int n = 0; n < 3; n++) {
        *ranges[n] = (Ranges){column_of(&views[4 + 2 * n]), column_of(&views[5 + 2 * n])};
        fine = fine && ranges[n]->starts.count == ranges[n]->ends.count;
    }
    walk.most = fine ? PyLong_AsLongLong(PyTuple_GetItem(args, 10)) : 0;
    PyObject *result = PyErr_Occurred() ? NULL : PyBytes_FromStringAndSize(NULL, views[2].len);
    int64_t *told = result ? (int64_t *)PyBytes_AsString(result) : NULL;
    for (int64_t n = 0; fine && told && n < ends.count; n++) {
        int64_t end = ends.values[n], place = places.values[n];
        fine = end > 0 && place > 0 && end < page.size && place < page.size - 1;
        if (fine && (end != walk.begun || place < walk.at))
            begin_walk(&walk, end);
        told[n] = fine ? words_to(&walk, place) : 0;
    }
    if (!fine && !PyErr_Occurred())
        refuse("cues and mentions must be as many, and lie on the page");
    if (PyErr_Occurred())
        Py_CLEAR(result);
    release(views, 10);
    return result;
}

static PyMethodDef methods[] = {
    {"ranks", ranks, METH_VARARGS, "How many values are not above each place."},
    {"sentences", sentences, METH_VARARGS, "Where sentences may follow others."},
    {"between", between, METH_VARARGS, "The words between cues and mentions."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_settling",
                                        "What is told of places on a page.", 0, methods,
                                        NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__settling(void)
{
    return PyModuleDef_Init(&definition);
}
