/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_OPTIONS_TABLE_H
#define BREACHD_SERVER_OPTIONS_TABLE_H

/* The daemon's settings, one row each: what options.c reads and --help prints. */
#include "options.h"

enum kind {
    KIND_TEXT,
    KIND_WORD,
    KIND_NUMBER,
    KIND_SIZE,
    KIND_LISTEN,
    KIND_ADDRESS,
    KIND_PROXIES,
    KIND_ACTION
};

/* A number's fallback is the text of it. */
struct option {
    const char *name, *argument; /* argument NULL: takes none */
    enum kind kind;
    size_t at; /* of its member in struct options */
    const char *fallback;
    const char *wanted, *help;
    bool (*is_good)(const char *value); /* of KIND_TEXT */
    const char *const *words;           /* of KIND_WORD, in the order of its enum, up to a NULL */
    unsigned min, max;                  /* of KIND_NUMBER */
    enum options_action action;         /* of KIND_ACTION */
    bool required;
};

#define OPTIONS_MOST 64 /* rows */
extern const struct option options_table[];
extern const size_t options_n;

#endif
