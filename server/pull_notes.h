/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_PULL_NOTES_H
#define BREACHD_SERVER_PULL_NOTES_H

/*
 * What a pull remembers for the next one: from which address, and with which entity tag, the catalogue in place and the
 * unfinished download came. A small hidden file beside the catalogue, since not every file system has extended attributes.
 */
#include <stdbool.h>

/* Where something came from; both NULL: nobody knows. */
struct pull_origin {
    char *url; /* without a query, which may be a signature that changes, or a secret */
    char *tag; /* with its quotes */
};

struct pull_notes {
    struct pull_origin whole, part;
    char *file; /* which file `whole` speaks of: what pull_file_name() says */
};

/* Which file lies at PATH, in words that change when it is replaced; NULL: none, or no memory. free() it. */
char *pull_file_name(const char *path);

/* What lies at PATH; notes that are not there or cannot be read are empty ones. 0 or -ENOMEM. */
int pull_notes_read(const char *path, struct pull_notes *ret);

/* Whole, or not at all. 0, -ENOMEM or 1 with *reterr (free() it), one line. */
int pull_notes_write(const char *path, const struct pull_notes *n, char **reterr);

/* Sets what O is. False: out of memory, and it is empty. */
bool pull_origin_set(struct pull_origin *o, const char *url, const char *tag);

bool pull_origin_is(const struct pull_origin *o, const char *url);
void pull_origin_done(struct pull_origin *o);
void pull_notes_done(struct pull_notes *n);

#endif
