/* Where sentences begin on a page, how far cues reach, what stands between blanks and in brackets,
 * and the ranks of places among others.
 *
 * It is optional: `units.py`, `cues.py`, `page.py`, `words.py` and `parts.py` do the same on arrays, more slowly, and
 * tests hold the two together.
 */
#include "_columns.h"

#define BEYOND 127 /* stands for every character that is not ASCII */
#define FEW 8      /* values that are compared one and all */
#define EACH 3     /* values in a stretch, about as many */
#define STRETCH 256 /* signs that are looked through together */
#define WORTH 16   /* values for each place from which on parting them takes longer than it saves */

/* ---- ranks ---- */

/* How many values, in order, are not above a place; it is known to be within [low, high]. */
static int64_t rank_within(Column values, int64_t place, int64_t low, int64_t high)
{
    const int64_t *at = values.values;
    while (high - low > FEW) {
        int64_t middle = low + (high - low) / 2;
        if (at[middle] <= place)
            low = middle + 1;
        else
            high = middle;
    }
    int64_t found = low;
    if (low + FEW > values.count) {
        for (int64_t n = low; n < values.count; n++)
            found += at[n] <= place;
        return found;
    }
    for (int n = 0; n < FEW; n++) /* one and all, for no processor could foretell where to stop */
        found += at[low + n] <= place;
    return found;
}

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
    return rank_within(values, place, low, high);
}

/* The stretches into which a run of values is parted, a few values in each as a rule, so that a
 * place need only be looked for in its own; each may be far from the last. */
typedef struct {
    int64_t *firsts; /* how many values are before each stretch, and before what follows the last */
    int64_t lowest;  /* of all values */
    int shift;       /* a stretch is as long as a power of two */
} Stretches;

static int64_t stretch_of(const Stretches *stretches, int64_t place)
{
    return (int64_t)(((uint64_t)place - (uint64_t)stretches->lowest) >> stretches->shift);
}

/* Part some values, at least one; false without memory. */
static int part(Column values, Stretches *stretches)
{
    int64_t lowest = values.values[0], n = 0;
    uint64_t span = (uint64_t)values.values[values.count - 1] - (uint64_t)lowest;
    int shift = 0;
    while (shift < 63 && span >> shift > (uint64_t)values.count / EACH)
        shift++;
    int64_t count = (int64_t)(span >> shift) + 1;
    *stretches = (Stretches){malloc((size_t)(count + 1) * sizeof(int64_t)), lowest, shift};
    for (int64_t at = 0; stretches->firsts && at <= count; at++) {
        while (n < values.count && stretch_of(stretches, values.values[n]) < at)
            n++;
        stretches->firsts[at] = n;
    }
    return stretches->firsts != NULL;
}

static int64_t rank_by(const Stretches *stretches, Column values, int64_t place)
{
    if (place < stretches->lowest)
        return 0;
    if (place >= values.values[values.count - 1])
        return values.count;
    const int64_t *first = stretches->firsts + stretch_of(stretches, place);
    return rank_within(values, place, first[0], first[1]);
}

static PyObject *ranks(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[2];
    if (!opened(args, "qq", views))
        return NULL;
    Column values = column_of(&views[0]), places = column_of(&views[1]);
    PyObject *result = PyBytes_FromStringAndSize(NULL, views[1].len);
    int64_t *told = result ? (int64_t *)PyBytes_AsString(result) : NULL;
    Stretches stretches = {NULL, 0, 0};
    int worth = values.count && places.count >= values.count / WORTH;
    int parted = told && worth && part(values, &stretches);
    for (int64_t n = 0; told && n < places.count; n++)
        told[n] = parted ? rank_by(&stretches, values, places.values[n])
                         : rank_within(values, places.values[n], 0, values.count);
    free(stretches.firsts);
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

/* The signs of a stretch that end sentences; how many, or -1. There is no branch by what a sign is,
 * for no processor could foretell it. */
static int64_t ends_among(const Page *page, const int64_t *signs, int64_t count, int64_t *found)
{
    int64_t used = 0;
    for (int64_t n = 0; n < count; n++) {
        if (signs[n] < 0 || signs[n] >= page->size)
            return refuse("signs must lie on the page") - 1;
        found[used] = signs[n];
        used += (page->kinds[signs[n]] & END) != 0;
    }
    return used;
}

/* Note where a sentence may follow a sign and those behind it, and the sign if it is a full stop that
 * may be an abbreviation's; where these signs end, or -1 without memory. */
static int64_t look_behind(const Page *page, int64_t sign, const Endings *endings, Places *found)
{
    const uint8_t *kinds = page->kinds;
    int64_t behind = sign + 1;
    while (kinds[behind] & END)
        behind++;
    int64_t after = behind;
    while (kinds[after] & CLOSES)
        after++;
    uint32_t next = kinds[after] & BLANK ? code_at(page, after + 1) : 0;
    if (!next || (next >= 'a' && next <= 'z'))
        return behind;
    int doubtful = after == sign + 1 && code_at(page, sign) == '.' &&
                   may_be_abbreviated(page, sign, endings);
    int done = push(&found[0], after + 1) && push(&found[1], doubtful ? sign : -1);
    return done ? behind : -1;
}

/* Where sentences may follow others, and the full stop of each that may be an abbreviation's. */
static int look_for_sentences(const Page *page, Column signs, const Endings *endings,
                              Places *found)
{
    int64_t ends[STRETCH], behind = 0; /* the last signs */
    for (int64_t first = 0; first < signs.count; first += STRETCH) {
        int64_t left = signs.count - first;
        int64_t count =
            ends_among(page, signs.values + first, left < STRETCH ? left : STRETCH, ends);
        for (int64_t n = 0; n < count; n++) {
            if (ends[n] >= behind)
                behind = look_behind(page, ends[n], endings, found);
            if (behind < 0)
                return 0;
        }
        if (count < 0)
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

/* ---- how far cues reach ---- */

/* Ranges in order, none of which begins before another ends. */
typedef struct {
    Column starts, ends;
} Ranges;

/* A walk over the characters behind a cue, up to what ends its reach. */
typedef struct {
    const Page *page;
    Ranges notes, addresses, stop_words;
    int64_t begun, at;                /* where the walk began, and where it is */
    int64_t stop, stopped;            /* where the first stop begins and ends */
    int64_t last, beyond;             /* where the last word begins that is reached, and the next */
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
    walk->stopped = walk->last = walk->beyond = INT64_MAX;
    walk->note = rank(walk->notes.ends, at, walk->note);
    walk->address = rank(walk->addresses.ends, at, walk->address);
    walk->stop_word = rank(walk->stop_words.starts, at - 1, walk->stop_word);
}

/* Walk over so many words, or to the first stop. The last barrier of a page is one. */
static void walk_over(Walk *walk, int64_t most)
{
    const uint8_t *kinds = walk->page->kinds;
    int64_t words = 0;
    for (; walk->at < walk->stopped; walk->at++) {
        if (kinds[walk->at] & BLANK || kinds[walk->at] & kinds[walk->at - 1] & LETTER)
            continue; /* here nothing begins */
        int64_t stopped = stop_at(walk);
        if (stopped < walk->stopped) {
            walk->stop = walk->at;
            walk->stopped = stopped;
        }
        if (!is_word_start(walk, walk->at))
            continue;
        words++;
        if (words == most)
            walk->last = walk->at;
        if (words > most) {
            walk->beyond = walk->at;
            return;
        }
    }
}

static int64_t nearer(int64_t one, int64_t other)
{
    return one < other ? one : other;
}

static int find_limits(Walk *walk, Column ends, int64_t most, Places *found)
{
    for (int64_t n = 0; n < ends.count; n++) {
        int64_t end = ends.values[n];
        if (end < 1 || end >= walk->page->size)
            return refuse("a cue must lie on the page");
        /* Where words do not matter, a walk is good for all cues on its way: else many cues far
         * from a stop would each walk there. */
        if (most < INT64_MAX || end < walk->begun || end > walk->stop) {
            begin_walk(walk, end);
            walk_over(walk, most);
        }
        if (!push(&found[0], nearer(walk->last, walk->stopped)) ||
            !push(&found[1], nearer(walk->beyond, walk->stopped)))
            return 0;
    }
    return 1;
}

static PyObject *limits(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[9];
    Places found[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    Page page;
    if (!opened(args, "?bqqqqqqq", views))
        return NULL;
    Walk walk = {.page = &page, .begun = INT64_MAX};
    Ranges *ranges[] = {&walk.notes, &walk.addresses, &walk.stop_words};
    int64_t most = PyTuple_Size(args) > 9 ? PyLong_AsLongLong(PyTuple_GetItem(args, 9)) : 0;
    int done = !PyErr_Occurred() && page_of(&views[0], &views[1], &page);
    for (int n = 0; done && n < 3; n++) {
        *ranges[n] = (Ranges){column_of(&views[3 + 2 * n]), column_of(&views[4 + 2 * n])};
        if (ranges[n]->starts.count != ranges[n]->ends.count)
            done = refuse("ranges must begin and end");
    }
    if (done && most < 1)
        done = refuse("a cue must reach a word");
    done = done && find_limits(&walk, column_of(&views[2]), most, found);
    release(views, 9);
    return given(found, 2, done);
}

/* ---- between blanks ---- */

/* Where the characters begin and end that stand around some places, in order, with no blank among
 * them. A place in the stretch around the one before it is passed over. */
static int find_stretches(const uint8_t *kinds, int64_t size, const Column *columns, Places *found)
{
    const int64_t *places = columns[0].values, *firsts = columns[1].values;
    const int64_t *lasts = columns[2].values;
    int64_t end = 0;
    for (int64_t n = 0; n < columns[0].count; n++) {
        if (firsts[n] < 0 || places[n] < firsts[n] || lasts[n] <= places[n] || lasts[n] > size)
            return refuse("a place must lie between its borders, and these on the page");
        if (places[n] < end)
            continue;
        int64_t begin = places[n];
        while (begin > firsts[n] && !(kinds[begin - 1] & BLANK))
            begin--;
        end = places[n] + 1;
        while (end < lasts[n] && !(kinds[end] & BLANK))
            end++;
        if (!push(&found[0], begin) || !push(&found[1], end))
            return 0;
    }
    return 1;
}

static PyObject *stretches(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[4];
    Places found[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    int done = 0;
    if (!opened(args, "bqqq", views))
        return NULL;
    Column columns[] = {column_of(&views[1]), column_of(&views[2]), column_of(&views[3])};
    if (columns[1].count != columns[0].count || columns[2].count != columns[0].count)
        refuse("places must have borders");
    else
        done = find_stretches(views[0].buf, (int64_t)views[0].len, columns, found);
    release(views, 4);
    return given(found, 2, done);
}

/* ---- in brackets ---- */

static int opens(uint32_t code) { return code == '[' || code == '('; }

static int closes(uint32_t code) { return code == ']' || code == ')'; }

static uint32_t small(uint32_t code) { return code >= 'A' && code <= 'Z' ? code | 0x20 : code; }

/* Whether a bracket may begin a note, told from the two characters that follow: where these are
 * letters, from whether a word of notes begins with them. */
static int may_begin_note(const Page *page, int64_t bracket, const uint8_t *heads)
{
    int64_t first = bracket + 1, second = first + 1 < page->size ? first + 1 : first;
    uint32_t one = code_at(page, first), other = code_at(page, second);
    if (!(page->kinds[first] & page->kinds[second] & LETTER) || one > 127 || other > 127)
        return 1;
    return heads[small(one) << 7 | small(other)];
}

/* The first sign that closes what one opens, before the turn ends and before another one opens but
 * next to it; 0 for none. */
static int64_t closing(const Page *page, Column signs, int64_t opening)
{
    for (int64_t n = opening + 1; n < signs.count; n++) {
        uint32_t code = code_at(page, signs.values[n]);
        if (closes(code))
            return signs.values[n];
        if (!code || (opens(code) && signs.values[n] > signs.values[opening] + 1))
            return 0;
    }
    return 0;
}

/* Where notes may begin, and where they end at most: two signs close them. */
static int look_for_brackets(const Page *page, Column signs, const uint8_t *heads, Places *found)
{
    for (int64_t n = 0; n < signs.count; n++) {
        if (signs.values[n] < 0 || signs.values[n] >= page->size)
            return refuse("signs must lie on the page");
    }
    for (int64_t n = 0; n < signs.count; n++) {
        int64_t sign = signs.values[n];
        if (!opens(code_at(page, sign)) || !may_begin_note(page, sign, heads))
            continue;
        int64_t close = closing(page, signs, n);
        if (!close)
            continue;
        int64_t behind = close + 1 + (code_at(page, close + 1) != 0);
        if (!push(&found[0], sign) || !push(&found[1], behind))
            return 0;
    }
    return 1;
}

static PyObject *brackets(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer views[4];
    Places found[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    Page page;
    int done = 0;
    if (!opened(args, "?bqb", views))
        return NULL;
    if (views[3].len != 1 << 14)
        refuse("heads must be told for each two characters of ASCII");
    else if (page_of(&views[0], &views[1], &page))
        done = look_for_brackets(&page, column_of(&views[2]), views[3].buf, found);
    release(views, 4);
    return given(found, 2, done);
}

static PyMethodDef methods[] = {
    {"ranks", ranks, METH_VARARGS, "How many values are not above each place."},
    {"sentences", sentences, METH_VARARGS, "Where sentences may follow others."},
    {"limits", limits, METH_VARARGS, "How far cues reach."},
    {"brackets", brackets, METH_VARARGS, "Where notes may begin, and end at most."},
    {"stretches", stretches, METH_VARARGS, "What stands around places, up to blanks."},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef definition = {PyModuleDef_HEAD_INIT, "_settling",
                                        "What is told of places on a page.", 0, methods,
                                        NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit__settling(void)
{
    return PyModuleDef_Init(&definition);
}
