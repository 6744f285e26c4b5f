/* SPDX-License-Identifier: MIT */
/* Numbers by chance and by Zipf's law; see chance.h. */
#include "chance.h"

#include <errno.h>
#include <stdlib.h>

#define GUIDES 65536u

/* Vigna's splitmix64: every state is as good as any other, so states can be made of numbers in sequence. */
uint64_t chance_next(struct chance *c)
{
    uint64_t z = c->state += 0x9e3779b97f4a7c15u;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

struct chance chance_of(uint64_t seed, enum chance_series series, uint64_t index)
{
    struct chance c = {.state = seed};
    c.state = chance_next(&c) ^ series;
    c.state = chance_next(&c) ^ index;
    return (struct chance){.state = chance_next(&c)};
}

uint32_t chance_below(struct chance *c, uint32_t n)
{
    return (uint32_t)(((chance_next(c) >> 32) * n) >> 32);
}

bool chance_is(struct chance *c, unsigned permille)
{
    return chance_below(c, 1000) < permille;
}

size_t chance_pick(struct chance *c, const uint16_t *weights, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += weights[i];
    uint32_t at = chance_below(c, sum);
    size_t i = 0;
    while (at >= weights[i])
        at -= weights[i++];
    return i;
}

uint64_t chance_size(struct chance *c, unsigned most)
{
    uint64_t unit = 1;
    for (unsigned digits = chance_below(c, most + 1); digits > 0; digits--)
        unit *= 10;
    uint64_t size =
        unit * (1 + chance_below(c, 9)); /* and not in one sum: which term is drawn first is not given */
    size += chance_next(c) % unit;
    uint64_t round = unit >= 10 ? unit / 10 : 1;
    return chance_below(c, 3) ? size / round * round : size;
}

int zipf_init(struct zipf *z, uint32_t n, uint32_t flat)
{
    struct zipf made = {
        .sums = calloc(n, sizeof *made.sums), .guide = calloc(GUIDES, sizeof *made.guide), .n = n};
    if (!made.sums || !made.guide) {
        zipf_done(&made);
        return -ENOMEM;
    }
    uint64_t sum = 0;
    for (uint32_t i = 0; i < n; i++)
        made.sums[i] = sum += (UINT64_C(1) << 40) / (i + 1 + flat);
    made.step = sum / GUIDES + 1;
    for (uint32_t guide = 0, i = 0; guide < GUIDES; guide++) {
        while (i < n - 1 && made.sums[i] <= guide * made.step)
            i++;
        made.guide[guide] = i;
    }
    *z = made;
    return 0;
}

void zipf_done(struct zipf *z)
{
    free(z->sums);
    free(z->guide);
    *z = (struct zipf){0};
}

uint32_t zipf_draw(const struct zipf *z, struct chance *c)
{
    uint64_t at = chance_next(c) % z->sums[z->n - 1];
    uint32_t i = z->guide[at / z->step];
    while (z->sums[i] <= at)
        i++;
    return i;
}
