/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_PARAMETER_H
#define BREACHD_MODEL_PARAMETER_H

/*
 * What a parameter of a list is, for whoever describes the service: its name and kind, which values are allowed, what
 * leaving it out means. query/params.h fills it from the tables that requests are read by.
 */
#include "model/vocab.h"

#include <stdbool.h>
#include <stdint.h>

#define PARAMETER_WORDS 64

struct parameter {
    const char *name, *about, *example;
    bool list;               /* any of several values: repeated, or with commas between them */
    const char *pattern;     /* of one value, as ECMA 262 writes it; NULL: none */
    unsigned most_values;    /* of a list */
    unsigned most_bytes;     /* of one value; 0: words and numbers bound themselves */
    bool is_number;          /* from `min` to `max` */
    uint64_t min, max;
    const struct vocab *vocab; /* that explains the words; NULL: none */
    const char *words[PARAMETER_WORDS]; /* all values that are allowed; none: any that match the rest */
    size_t n_words;
    const char *fallback; /* what leaving it out means, as a value; NULL: it just does not apply */
};

#endif
