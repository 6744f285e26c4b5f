/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_CHECK_H
#define BREACHD_STORAGE_SQLITE_CHECK_H

/*
 * The rules of a catalogue that SQL can tell, for the full check only: each lists what breaks it, one text a
 * row. They read whole tables; the daemon never runs them.
 */
#include "storage/sqlite_reader.h"

/* Where faults go. */
struct verdict {
    void (*say)(void *ctx, const char *line);
    void *ctx;
    size_t faults;
    struct arena *mem; /* of the present step */
};

/* Says one. 0 or -ENOMEM. */
int check_fault(struct verdict *v, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* That stored sets and slices are those of the rows, and whole. 0, or an error of storage. */
int check_sets(struct storage_reader *rd, struct verdict *v);

struct check_rule {
    const char *says; /* what is wrong with the thing that a row names */
    const char *sql;
};

extern const struct check_rule check_rules[];
extern const size_t check_rules_n;

#endif
