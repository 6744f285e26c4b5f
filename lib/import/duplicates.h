/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_DUPLICATES_H
#define BREACHD_IMPORT_DUPLICATES_H

/* The same incident in several datasets. resolve.h has the search itself. */
#include "import/catalogue.h"

/* Keeps of X, in REC, what a duplicate of it would have too. 0 or -ENOMEM. */
int duplicates_keep(struct catalogue *c, const struct incident *x, struct incident_record *rec);

/* What decided, in words for a note, in MEM. NULL when out of memory. */
const char *duplicates_note(unsigned features, struct arena *mem);

#endif
