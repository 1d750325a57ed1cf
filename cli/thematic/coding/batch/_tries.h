/* Tries of literals, as `_matcher.c` asks them.
 *
 * Literals that must begin where a word does are one part, those that may begin anywhere the
 * other. In each part, those that agree in their first characters (their head) share a trie, and
 * a table leads from heads to tries. A node stands for all literals that agree up to its depth, so
 * that a walk down compares runs of characters and branches only where literals part.
 */
#ifndef THEMATIC_TRIES_H
#define THEMATIC_TRIES_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NEEDS_START 1 /* no letter before it */
#define NEEDS_END 2   /* no letter behind it */
#define FEW 4 /* characters that can be told apart without a table */
#define PARTS 2       /* at a word's beginning, anywhere */
#define ANYWHERE_PART 1
#define HEAD 4        /* characters of a head; shorter literals have a head of their size */
#define AHEAD 8       /* characters by which a place is judged before a trie is asked */
#define NEAR_BITS ((size_t)1 << 17) /* that are asked fast, for processors have them at hand */
#define SECONDS 32    /* from the number of a pair to that with the next second character */
#define PAIRS (SECONDS * 32)

typedef struct {
    uint64_t head;
    const uint32_t *text;
    uint32_t size, number;
    uint8_t needs;
} Literal;

typedef struct {
    const uint32_t *text; /* in which all literals below agree */
    uint32_t depth;       /* up to here */
    uint32_t first, ends; /* of the literals, and how many end here */
    uint32_t edges, edge_count;
} Node;

typedef struct {
    uint32_t code, node;
} Edge; /* those of a node are side by side, sorted */

typedef struct {
    uint64_t head; /* 0 for a free place */
    uint32_t node;
} Root;

typedef struct {
    Root *roots;
    uint8_t *met; /* bits by numbers of beginnings: whether a literal may begin so */
    int root_shift, met_shift; /* what is left of numbers of 64 bits are places */
    size_t root_mask;
    uint8_t sizes[256];    /* of the heads with this first character, a bit for each */
    uint8_t beyond[PAIRS]; /* by pairs: bits of a word beyond what all literals with it have */
} Part;

typedef struct {
    uint32_t *texts;
    Literal *literals; /* one part after the other, sorted by head and text */
    Node *nodes;
    Edge *edges;
    size_t node_count, node_room, edge_count, edge_room;
    Part parts[PARTS];
    uint8_t marks[256];  /* of characters: whether letters, whether a literal of a part begins so */
    uint8_t seconds[256]; /* what follows the first character of literals that begin anywhere, */
    uint8_t several[256]; /* unless these bits are set: several may, or one has no second */
    uint8_t others[FEW];  /* the characters that are marked to begin a literal anywhere, */
    int few;              /* if they are so few, and all others begin with letters; */
    uint8_t beyond;       /* whether some of these are beyond ASCII */
    int failed;
} Matcher;

/* A character in a byte: those of ASCII apart, others in groups. */
static inline uint8_t in_byte(uint32_t code)
{
    return (uint8_t)(code < 128 ? code : 128 | (code & 127));
}

/* Eight characters as a number, the first in its lowest bits. Compilers make one step of it. */
static inline uint64_t word_of(const uint8_t *codes)
{
    return (uint64_t)codes[0] | (uint64_t)codes[1] << 8 | (uint64_t)codes[2] << 16 |
           (uint64_t)codes[3] << 24 | (uint64_t)codes[4] << 32 | (uint64_t)codes[5] << 40 |
           (uint64_t)codes[6] << 48 | (uint64_t)codes[7] << 56;
}

/* The first characters of a literal; how many it has. */
static inline uint32_t codes_of(const Literal *literal, uint8_t *codes)
{
    uint32_t known = literal->size < AHEAD ? literal->size : AHEAD;
    memset(codes, 0, AHEAD);
    for (uint32_t n = 0; n < known; n++)
        codes[n] = in_byte(literal->text[n]);
    return known;
}

/* The number of a pair, the first two characters of a word. */
static inline size_t pair_of(uint64_t word)
{
    return (size_t)((word & 31) + (word >> 8 & 31) * SECONDS);
}

/* The head of a literal or of a text, if it is of so many characters. It is never 0. */
static inline uint64_t head_of(const uint8_t *codes, uint32_t size)
{
    return (word_of(codes) & UINT64_MAX >> (64 - 8 * size)) << 3 | size;
}

static inline size_t number_of(uint64_t characters, int shift)
{
    return (size_t)((characters * UINT64_C(0x9E3779B97F4A7C15)) >> shift);
}

static int by_head(const void *one, const void *other)
{
    const Literal *a = one, *b = other;
    if (a->head != b->head)
        return a->head < b->head ? -1 : 1;
    uint32_t shorter = a->size < b->size ? a->size : b->size;
    for (uint32_t n = 0; n < shorter; n++) {
        if (a->text[n] != b->text[n])
            return a->text[n] < b->text[n] ? -1 : 1;
    }
    return (a->size > b->size) - (a->size < b->size);
}

/* Room for more items, which may move; NULL without memory. */
static void *with_room(void *items, size_t used, size_t more, size_t size, size_t *room)
{
    if (used + more <= *room)
        return items;
    size_t wider = *room ? *room : 1024;
    while (wider < used + more)
        wider *= 2;
    void *moved = realloc(items, wider * size);
    if (moved)
        *room = wider;
    return moved;
}

static uint32_t new_node(Matcher *matcher)
{
    Node *nodes = with_room(matcher->nodes, matcher->node_count, 1, sizeof *nodes,
                            &matcher->node_room);
    if (!nodes) {
        matcher->failed = 1;
        return 0;
    }
    matcher->nodes = nodes;
    return (uint32_t)matcher->node_count++;
}

/* Room for the edges of a node, one for each character by which some literals go on. */
static uint32_t new_edges(Matcher *matcher, uint32_t first, uint32_t last, uint32_t depth)
{
    uint32_t count = 0;
    const Literal *literals = matcher->literals;
    for (uint32_t n = first; n < last; n++)
        count += n == first || literals[n].text[depth] != literals[n - 1].text[depth];
    if (!count)
        return 0;
    Edge *edges = with_room(matcher->edges, matcher->edge_count, count, sizeof *edges,
                            &matcher->edge_room);
    if (!edges) {
        matcher->failed = 1;
        return 0;
    }
    matcher->edges = edges;
    matcher->edge_count += count;
    return count;
}

/* A node for the sorted literals [first, last), which agree up to `depth` and maybe further. */
static uint32_t grow(Matcher *matcher, uint32_t first, uint32_t last, uint32_t depth)
{
    const Literal *literals = matcher->literals, *lowest = &literals[first];
    const Literal *highest = &literals[last - 1];
    while (depth < lowest->size && depth < highest->size &&
           lowest->text[depth] == highest->text[depth])
        depth++;
    Node node = {lowest->text, depth, first, 0, (uint32_t)matcher->edge_count, 0};
    while (first < last && literals[first].size == depth)
        first++;
    node.ends = first - node.first;
    uint32_t place = new_node(matcher);
    if (!matcher->failed)
        node.edge_count = new_edges(matcher, first, last, depth);
    for (uint32_t n = node.edges; first < last && !matcher->failed; n++) {
        uint32_t code = literals[first].text[depth], end = first + 1;
        while (end < last && literals[end].text[depth] == code)
            end++;
        uint32_t below = grow(matcher, first, end, depth + 1);
        matcher->edges[n] = (Edge){code, below};
        first = end;
    }
    if (!matcher->failed)
        matcher->nodes[place] = node;
    return place;
}

static Root *place_of(const Part *part, uint64_t head)
{
    size_t at = number_of(head, part->root_shift);
    while (part->roots[at].head && part->roots[at].head != head)
        at = (at + 1) & part->root_mask;
    return &part->roots[at];
}

/* The bit for what some characters have in common with all literals that begin like them. */
static inline size_t bit_of(const Part *part, const uint8_t *codes)
{
    uint64_t word = word_of(codes);
    return number_of(word << part->beyond[pair_of(word)], part->met_shift);
}

/* Whether a literal may begin with some characters. */
static inline uint64_t may_begin(const Part *part, const uint8_t *codes)
{
    size_t bit = bit_of(part, codes);
    return part->met[bit >> 3] >> (bit & 7) & 1;
}

static inline size_t met_bits(const Part *part) { return (size_t)1 << (64 - part->met_shift); }

/* The more bits a literal has, the fewer places are taken for its beginning by chance; but bits
 * that are not at hand take longer to ask than most of these places. */
static void make_tables(Matcher *matcher, Part *part, uint32_t heads, uint32_t literals)
{
    part->root_shift = 60;
    while ((size_t)1 << (64 - part->root_shift) < 2 * (size_t)heads)
        part->root_shift--;
    part->met_shift = 54;
    while (met_bits(part) < 8 * (size_t)literals ||
           (met_bits(part) < 64 * (size_t)literals && met_bits(part) < NEAR_BITS))
        part->met_shift--;
    part->root_mask = ((size_t)1 << (64 - part->root_shift)) - 1;
    part->roots = calloc(part->root_mask + 1, sizeof *part->roots);
    part->met = calloc(met_bits(part) / 8, 1);
    matcher->failed |= !part->roots || !part->met;
}

static void note_pair(Part *part, size_t pair, uint8_t beyond)
{
    if (part->beyond[pair] < beyond)
        part->beyond[pair] = beyond;
}

/* Note which character is the second of a literal that may begin anywhere. */
static void note_second(Matcher *matcher, const uint8_t *codes, uint32_t known)
{
    uint8_t *second = &matcher->seconds[codes[0]];
    int met = matcher->marks[codes[0]] & 2 << ANYWHERE_PART && *second != codes[1];
    if (known < 2 || met)
        matcher->several[codes[0]] = 0xFF;
    *second = codes[1];
}

/* Note what is known of characters that begin a literal. */
static void note_beginning(Matcher *matcher, int number, const Literal *literal)
{
    Part *part = &matcher->parts[number];
    uint8_t codes[AHEAD];
    uint32_t known = codes_of(literal, codes);
    uint8_t beyond = (uint8_t)(8 * (AHEAD - known));
    if (number == ANYWHERE_PART)
        note_second(matcher, codes, known);
    matcher->marks[codes[0]] |= (uint8_t)(2 << number);
    part->sizes[codes[0]] |= (uint8_t)(1 << (known < HEAD ? known : HEAD));
    size_t pair = pair_of(word_of(codes));
    note_pair(part, pair, beyond);
    for (; known == 1 && pair < PAIRS; pair += SECONDS) /* one character, whatever follows */
        note_pair(part, pair, beyond);
}

/* The tries of the literals [first, last). */
static void plant(Matcher *matcher, int number, uint32_t first, uint32_t last)
{
    const Literal *literals = matcher->literals;
    Part *part = &matcher->parts[number];
    uint32_t heads = 0;
    for (uint32_t n = first; n < last; n++) {
        heads += n == first || literals[n].head != literals[n - 1].head;
        note_beginning(matcher, number, &literals[n]);
    }
    make_tables(matcher, part, heads, last - first);
    for (uint32_t n = first; n < last && !matcher->failed; n++) {
        uint8_t codes[AHEAD];
        codes_of(&literals[n], codes);
        size_t bit = bit_of(part, codes);
        part->met[bit >> 3] |= (uint8_t)(1 << (bit & 7));
    }
    while (first < last && !matcher->failed) {
        uint64_t head = literals[first].head;
        uint32_t end = first + 1;
        while (end < last && literals[end].head == head)
            end++;
        *place_of(part, head) = (Root){head, grow(matcher, first, end, 0)};
        first = end;
    }
}

#endif
