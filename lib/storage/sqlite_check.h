/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_CHECK_H
#define BREACHD_STORAGE_SQLITE_CHECK_H

/*
 * The rules of a catalogue that SQL can tell, for the full check only: each lists what breaks it, one text a
 * row. They read whole tables; the daemon never runs them.
 */
#include <stddef.h>

struct check_rule {
    const char *says; /* what is wrong with the thing that a row names */
    const char *sql;
};

extern const struct check_rule check_rules[];
extern const size_t check_rules_n;

#endif
