/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_PREVIOUS_H
#define BREACHD_IMPORT_PREVIOUS_H

/*
 * The catalogue that an import replaces, and what the new one owes it: times of records that stayed as they were, and
 * a tombstone for every record that is gone. build_previous.c reads the file, previous.c compares.
 */
#include "import/catalogue.h"

/* BROKEN: the file cannot be read as a catalogue. SHRINKS: too many records are gone. */
enum { PREVIOUS_E_BROKEN = 1, PREVIOUS_E_END, PREVIOUS_E_SHRINKS };

/* --- build_previous.c: the file --- */

struct previous;

/* What the new catalogue asks of an old record. Texts are there until the next call. */
struct previous_record {
    const char *id, *digest, *title, *dataset, *dataset_record, *added, *modified;
    struct withdrawal withdrawn;
};

enum previous_list { PREVIOUS_INCIDENTS, PREVIOUS_ORGANIZATIONS, _PREVIOUS_LIST_N };

/* Opens the file at PATH read-only. 0, -ENOMEM or PREVIOUS_E_BROKEN. */
int previous_open(const char *path, struct previous **ret);

/* Accepts NULL; returns NULL. */
struct previous *previous_close(struct previous *p);

static inline void previous_cleanup(struct previous **p)
{
    *p = previous_close(*p);
}
#define _cleanup_previous_ __attribute__((cleanup(previous_cleanup)))

const char *previous_id(const struct previous *p);
const char *previous_built(const struct previous *p);

/* Begins at the first record of LIST; then each in order of id. An organisation has id, digest and modified only. 0, -ENOMEM,
 * PREVIOUS_E_BROKEN or, of the latter, PREVIOUS_E_END after the last. */
int previous_first(struct previous *p, enum previous_list list);
int previous_next(struct previous *p, struct previous_record *ret);

/* Whether there is an incident with ID. 0, -ENOMEM or PREVIOUS_E_BROKEN. */
int previous_has(struct previous *p, const char *id, bool *ret);

/* The description of dataset ID, without counts, in MEM. 0, -ENOMEM or PREVIOUS_E_BROKEN. */
int previous_dataset(struct previous *p, const char *id, struct arena *mem, struct dataset *ret);

/* --- previous.c: comparing --- */

/*
 * Adds a tombstone for every incident of P that C, ordered by id, does not have, and the description of its dataset where
 * no input gives one; the others learn what they were. Those withdrawn by this are named in the report. PREVIOUS_E_SHRINKS with *reterr (free()
 * it): more than LIMIT_SHRINK_PERCENT of a dataset would be, and ALLOW_SHRINK is false. Else 0, -ENOMEM or
 * PREVIOUS_E_BROKEN.
 */
int previous_bury(struct catalogue *c, struct previous *p, bool allow_shrink, char **reterr);

/*
 * Times of our own. C->built is what the inputs ask for. Content that is as it was keeps the old times, what is new or
 * changed takes `fresh`, which is later than the old catalogue's `built`; a time that the input gives stays. So the same
 * again gives the same again. First, for organisations, and with `fresh` for all: 0, -ENOMEM or PREVIOUS_E_BROKEN. Last,
 * when all incidents are written (content.h): C's built and id. 0 or -ENOMEM.
 */
int previous_begin(struct catalogue *c);
int previous_settle(struct catalogue *c);

#endif
