/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_CONTENT_H
#define BREACHD_IMPORT_CONTENT_H

/* The last steps of a record before its rows are written. 0, -ENOMEM or another negative errno, of a spool's file. */
#include "import/catalogue.h"

/* Incident I as it is published, with its digest and its times, which its record has from now on; its timeline is put
 * aside. X is in C's `record` arena. */
int content_incident(struct catalogue *c, size_t i, struct incident *x);

/* Gives REC its digest. */
int content_organization(struct catalogue *c, struct org_record *rec);

#endif
