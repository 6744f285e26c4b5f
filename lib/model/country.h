/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_COUNTRY_H
#define BREACHD_MODEL_COUNTRY_H

/* The countries of ISO 3166-1. */
#include <stddef.h>

struct country {
    char code[3];     /* alpha-2, upper case */
    const char *name; /* the short English name in everyday use */
};

/* All of them, by code. */
extern const struct country countries[];
extern const size_t countries_n;

/* The name of CODE, or NULL. */
const char *country_name(const char *code);

/* What stands before the name of CODE, which must have one, in a sentence: "the ", or "". */
const char *country_article(const char *code);

#endif
