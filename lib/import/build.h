/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_BUILD_H
#define BREACHD_IMPORT_BUILD_H

/*
 * Writes a resolved catalogue as a database file. build.c knows SQLite and rows one column after another;
 * rows.c knows which column of which table is what. A failure sticks: later puts do nothing, and who ends a
 * row or the file hears of it.
 */
#include "import/catalogue.h"

#include <stdint.h>

/* The tables that are loaded; the rest of the schema is made from them. */
enum build_table {
    TABLE_CATALOGUE,
    TABLE_DATASET,
    TABLE_DATASET_WARNING,
    TABLE_DATASET_REJECT,
    TABLE_ORGANIZATION,
    TABLE_ORGANIZATION_ALIAS,
    TABLE_ORGANIZATION_NAME,
    TABLE_ORGANIZATION_BRAND,
    TABLE_ORGANIZATION_SOURCE,
    TABLE_ORGANIZATION_LINK,
    TABLE_INCIDENT,
    TABLE_INCIDENT_ROW,
    TABLE_SOURCE,
    TABLE_DATE_FACT,
    TABLE_PARTY,
    TABLE_FIGURE,
    TABLE_DATA_CLASS,
    TABLE_ACTOR,
    TABLE_ACTOR_NAME,
    TABLE_ATTACK,
    TABLE_EVENT,
    TABLE_RELATED,
    TABLE_CAVEAT,
    TABLE_CONFLICT,
    TABLE_CONFLICT_SOURCE,
    TABLE_REACH,
    TABLE_WORDS,
    TABLE_ORGANIZATION_WORDS,
    _TABLE_N
};

enum { BUILD_E_FAILED = 1 };

/* Fills the empty file at PATH. 0, -ENOMEM, or BUILD_E_FAILED with *reterr (free() it): what SQLite or the
 * system said, without the path. The same catalogue gives the same bytes. */
int build_write(struct catalogue *c, const char *path, char **reterr);

/* --- between build.c and rows.c --- */

struct build;

/* Begins a row of T; then each column in the order of build.c's list; then ends it. Texts are copied. */
void put_begin(struct build *b, enum build_table t);
void put_text(struct build *b, const char *s); /* NULL is NULL */
void put_integer(struct build *b, int64_t n);
void put_null(struct build *b);
void put_end(struct build *b);

/* What the file says of itself. */
struct build_totals {
    int64_t incidents, organizations, dealers, events, sources, datasets, all_incidents, all_events;
};

/* Puts every row of C, and counts. -ENOMEM or 0; whether the rows went in, B knows. */
int rows_put(struct build *b, struct catalogue *c, struct build_totals *ret);

#endif
