/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_RECORDS_H
#define BREACHD_IMPORT_RECORDS_H

/*
 * Incidents of a catalogue being gathered: put aside when they are read, fetched again one by one. Functions return 0,
 * -ENOMEM or another negative errno: of the spool's file.
 */
#include "import/catalogue.h"

/* Takes X, which C's `record` arena or anybody's holds, into C, with N mentions of its parties and what is known of it.
 * The new record is C's last. */
int record_take(struct catalogue *c, const struct incident *x, const struct fate *fate,
                const struct mention *mentions, size_t n);

/* REC as it was read, with the id and the times that it has now. In MEM. */
int record_load(const struct catalogue *c, const struct incident_record *rec, struct arena *mem,
                struct incident *ret);

/* Incident I as it is published: who its organisations are, what others state of it, what was found and what follows.
 * In MEM. (finish.c) */
int record_finish(struct catalogue *c, size_t i, struct arena *mem, struct incident *ret);

/* Where it was read from; the position is MEM's. */
int record_origin(const struct catalogue *c, const struct incident_record *rec, struct arena *mem,
                  struct origin *ret);

/* As catalogue_reject() and catalogue_warn(). */
int record_reject(struct catalogue *c, struct incident_record *rec, const char *field, const char *format,
                  ...) __attribute__((format(printf, 4, 5)));
int record_warn(struct catalogue *c, struct incident_record *rec, const char *kind, const char *field,
                const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Listed: neither withdrawn nor merged away. */
static inline bool record_is_listed(const struct incident_record *rec)
{
    return rec->status != STATUS_WITHDRAWN && !rec->merged;
}

/* Whether it repeats another one, as it states itself or was found to. */
bool record_is_duplicate(const struct incident_record *rec);

/* A time as text in MEM, NULL for TIME_OPEN; and back. NULL of an open time, and when out of memory. */
const char *record_time(int64_t time, struct arena *mem);
int64_t record_seconds(const char *time);

#endif
