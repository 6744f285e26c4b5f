/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_TIMELINE_H
#define BREACHD_IMPORT_TIMELINE_H

/* The events of all incidents, in one order: they are put aside when incidents are finished, and fetched one by one. 0,
 * -ENOMEM or another negative errno, of the spool's file. */
#include "import/catalogue.h"

/* Puts the timeline of X, which is incident I, aside. */
int timeline_keep(struct catalogue *c, size_t i, const struct incident *x);

/* Orders all places: those of listed incidents first; among them by date, incident and ordinal, all descending. */
void timeline_order(struct catalogue *c);

/* The event at P, in MEM. */
int timeline_event(const struct catalogue *c, const struct moment *p, struct arena *mem, struct event *ret);

#endif
