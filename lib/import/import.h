/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_IMPORT_H
#define BREACHD_IMPORT_IMPORT_H

/*
 * Inputs become a catalogue file: read, checked, resolved, built beside the output, verified, renamed over it.
 * All or nothing for the file, record by record for the content: a record with a fault is left out whole and
 * reported. Prints nothing; `breachctl import` is the caller.
 */
#include "util/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* Something to tell about one record: why it was rejected, or what was changed or left out of it. */
struct import_finding {
    bool warning;
    const char *kind;     /* of a warning: "attacker-url"; NULL for a reject */
    const char *dataset;  /* whose record; never NULL once import_run has returned */
    const char *path;     /* the file as it was found below the input */
    const char *file;     /* its base name: what a catalogue tells */
    const char *position; /* where the record lies: "incidents[3]", "line 12"; NULL: it is the whole file */
    const char *field;    /* within the record: "figures[0].value"; NULL: the record as a whole */
    const char *reason;   /* what is wrong and how to mend it */
};

/* A record of the replaced catalogue that the inputs do not have any more: withdrawn by this import. */
struct import_gone {
    const char *dataset, *id;
};

/* How many records of one dataset; read is imported plus rejected. `warned` counts those imported. */
struct import_tally {
    const char *dataset;
    size_t read, imported, rejected, warned;
};

struct import_report {
    struct arena *mem; /* everything below lives here */
    struct import_finding *findings;
    size_t n_findings, room_findings;
    struct import_tally *tallies; /* by dataset */
    size_t n_tallies, room_tallies;
    struct import_gone *gone;
    size_t n_gone, room_gone;
    size_t rejected; /* records and files in all */
    size_t incidents, organizations;
    const char *id, *built; /* of the new catalogue */
    const char *unread; /* why nothing of the replaced file is carried over; NULL: it is, or there is none */
};

/* An empty report; NULL when out of memory. */
struct import_report *import_report_new(void);

/* Accepts NULL; returns NULL. */
struct import_report *import_report_free(struct import_report *r);

/*
 * Writes R to OUT as JSON: published, error (ERROR, or null when import_run returned 0), unread, catalogue {id, built,
 * incidents, organizations} or null, datasets [{id, read, imported, rejected, warned}], rejects and warnings
 * [{dataset, file, position, field, reason, of warnings kind}], withdrawn [{dataset, id}]. 0, -ENOMEM or -EIO.
 */
int import_report_write(const struct import_report *r, const char *error, FILE *out);

static inline void import_report_cleanup(struct import_report **r)
{
    *r = import_report_free(*r);
}
#define _cleanup_report_ __attribute__((cleanup(import_report_cleanup)))

struct import_options {
    const char *output;
    const char *const *inputs; /* files, folders, archives; "vcdb:PATH" and the like name the format too */
    size_t n_inputs;
    const char *built; /* RFC 3339; NULL: the newest time of a record among the inputs */
    bool
        allow_shrink; /* withdraw any number of records that are gone; else LIMIT_SHRINK_PERCENT of a dataset */

    /* Whether the file at PATH, which is to be replaced, can be trusted as a catalogue: as verify() below. What cannot
     * is replaced as if it were not there, and the report says so. NULL: any that can be read. */
    int (*is_sound)(const char *path, char **reterr);

    /* The last look at the new file at PATH before it takes the output's place: 0, a negative errno, or a
     * positive outcome with *reterr (free() it) saying what is wrong. NULL: none. */
    int (*verify)(const char *path, char **reterr);

    /* Called now and then; DOING is a static word, TOTAL 0 while it is not known. NULL: none. */
    void (*progress)(void *ctx, const char *doing, size_t done, size_t total);
    void *ctx;
};

/* SHRINKS: more records are gone than may be without allow_shrink. */
enum { IMPORT_E_FAILED = 1, IMPORT_E_SHRINKS };

/*
 * Runs the whole import. 0: the output was replaced; REPORT tells what was left out. IMPORT_E_FAILED or _SHRINKS with
 * *reterr (free() it), one line: nothing was published and an existing output is as it was; REPORT holds what
 * was found until then. -ENOMEM.
 */
int import_run(const struct import_options *o, struct import_report *report, char **reterr);

#endif
