/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_BENCH_CHANCE_H
#define BREACHD_BENCH_CHANCE_H

/*
 * Chance that is the same on every machine: a small generator of its own (splitmix64) and whole numbers only, so that
 * neither a C library nor the rounding of a processor has a say. Every record has a generator of its own, made of the seed,
 * what the record is and its number: so any record can be made without those before it.
 */
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct chance {
    uint64_t state;
};

/* What separate series of numbers are drawn for. */
enum chance_series {
    CHANCE_COMPANY,
    CHANCE_COMPANY_RECORD,
    CHANCE_INCIDENT,
    CHANCE_FACTS,
    CHANCE_DUPLICATE,
    CHANCE_WORD,
    CHANCE_QUERY,
};

struct chance chance_of(uint64_t seed, enum chance_series series, uint64_t index);

/* 64 bits, each as likely set as not. */
uint64_t chance_next(struct chance *c);

/* 0 to N - 1; N from 1. */
uint32_t chance_below(struct chance *c, uint32_t n);

/* True PERMILLE times in a thousand. */
bool chance_is(struct chance *c, unsigned permille);

/* An index of WEIGHTS, as often as its weight says among all N of them. */
size_t chance_pick(struct chance *c, const uint16_t *weights, size_t n);

/* A number from 1 to below 10^(MOST + 1), its digits as likely few as many; two times of three a round one. */
uint64_t chance_size(struct chance *c, unsigned most);

/* Numbers 0 to N - 1 where number i comes as often as 1 / (i + 1 + FLAT) says: Zipf's law, by Mandelbrot. */
struct zipf {
    uint64_t *sums;  /* of the weights up to each */
    uint32_t *guide; /* where to begin: the first whose sum is over each 65536th of the whole */
    uint64_t step;   /* what a guide stands for */
    uint32_t n;
};

/* 0 or -ENOMEM. */
int zipf_init(struct zipf *z, uint32_t n, uint32_t flat);
void zipf_done(struct zipf *z);
uint32_t zipf_draw(const struct zipf *z, struct chance *c);

#endif
