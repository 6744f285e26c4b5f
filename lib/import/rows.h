/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_ROWS_H
#define BREACHD_IMPORT_ROWS_H

/* What rows.c and rows_incident.c share. */
#include "import/build.h"

void put_word(struct build *b, const struct vocab *v, unsigned value);
void put_size(struct build *b, size_t n);
void put_evidence(struct build *b, const struct evidence *e);
void put_asserter(struct build *b, const struct asserter *a);
void put_source_number(struct build *b, int n); /* 0 is none */
void put_source_columns(struct build *b, const struct source *s);

/* The row number of an organisation; NULL for a group in words or none. */
void put_org_number(struct build *b, const struct catalogue *c, const char *id);

/* rows_incident.c: X, which is the finished REC, and its lists but the timeline, whose order is the catalogue's. 0 or
 * -ENOMEM. */
int rows_put_incident(struct build *b, const struct catalogue *c, const struct incident_record *rec,
                      const struct incident *x);

/* rows_words.c: what is searched of X, the finished REC, and of O. Scratch is C's `record` arena. 0 or -ENOMEM. */
int rows_put_words(struct build *b, const struct catalogue *c, const struct incident_record *rec,
                   const struct incident *x);
int rows_put_org_words(struct build *b, const struct catalogue *c, const struct org_record *o);

#endif
