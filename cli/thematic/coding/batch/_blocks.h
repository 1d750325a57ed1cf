/* Characters by the block: 64 at once, of which each question is answered by a number of 64 bits.
 *
 * Loops over a block have no branches, so that compilers take many characters in one step; then
 * only the places that matter are gone to one by one.
 */
#ifndef THEMATIC_BLOCKS_H
#define THEMATIC_BLOCKS_H

#include <stddef.h>
#include <stdint.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

#define BLOCK 64

/* Which of 64 bytes have a bit, given by its number. */
static inline uint64_t which(const uint8_t *bytes, int bit)
{
    uint64_t found = 0;
#ifdef __SSE2__ /* compilers do not find this way by themselves */
    for (int n = 0; n < BLOCK; n += 16) {
        __m128i some = _mm_loadu_si128((const __m128i *)(const void *)(bytes + n));
        some = _mm_sll_epi16(some, _mm_cvtsi32_si128(7 - bit)); /* the bit as the highest of each */
        found |= (uint64_t)(uint32_t)_mm_movemask_epi8(some) << n;
    }
#else
    for (int n = 0; n < BLOCK; n++)
        found |= (uint64_t)(bytes[n] >> bit & 1) << n;
#endif
    return found;
}

/* The place of the lowest bit that is set; one must be. */
static inline int lowest(uint64_t bits)
{
#ifdef __GNUC__
    return __builtin_ctzll(bits);
#else
    int place = 0;
    for (; !(bits & 1); bits >>= 1)
        place++;
    return place;
#endif
}

/* How many bits are set. */
static inline int count_of(uint64_t bits)
{
#ifdef __GNUC__
    return __builtin_popcountll(bits);
#else
    int count = 0;
    for (; bits; bits &= bits - 1)
        count++;
    return count;
#endif
}

/* The first so many of 64 bits. */
static inline uint64_t first_of(size_t count)
{
    return count < BLOCK ? (UINT64_C(1) << count) - 1 : ~UINT64_C(0);
}

/* All bits where a byte is below a limit, none else. (Said with `?:`, it takes twice as long.) */
static inline uint8_t below(uint8_t value, uint8_t limit)
{
    return (uint8_t)-(value < limit);
}

/* What characters of ASCII are as a rule: letters, white space, and others, which are 0 here. A
 * table would have to be asked for one after another, this takes sixteen at a time. */
static inline void tell_plain(const uint8_t *codes, uint8_t letter, uint8_t blank,
                              uint8_t *kinds, uint8_t *folded)
{
    for (int n = 0; n < BLOCK; n++) {
        uint8_t code = codes[n], small = code | 0x20; /* of letters; digits stay what they are */
        uint8_t letters = below((uint8_t)(small - 'a'), 26) | below((uint8_t)(code - '0'), 10);
        uint8_t blanks = below((uint8_t)(code - '\t'), 5) | below((uint8_t)(code - 0x1C), 5);
        kinds[n] = (uint8_t)((letters & letter) | (blanks & blank));
        folded[n] = (uint8_t)((letters & small) | (blanks & ' '));
    }
}

#endif
