/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_MODEL_DERIVE_H
#define BREACHD_MODEL_DERIVE_H

/*
 * Everything an incident says that nobody stated: its date and basis, exposure, headline figure, dealers,
 * delays, and events made from dates. Pure functions of the given lists; the importer calls them once, before
 * storing.
 */
#include "model/model.h"

/*
 * Fills every member of X marked "derived" in model.h but row.organization's name and kind, country, sector
 * (the importer looks those up before) and row.duplicate_of: ids of figures and events; derived events (one
 * for each dated date_fact of a known date that no event of its kind repeats), appended; timeline sorted
 * oldest first; min/max of amounts; date, exposure, affected, dealers, actions, classes, delays. Party kinds
 * must be resolved. 0 or -ENOMEM.
 */
int derive_incident(struct incident *x, struct arena *mem);

/* exact, about: both bounds are the value; at_least: min; up_to: max; between: bounds as given, no value;
 * placeholder: none. */
void derive_amount(struct amount *a);

/* Strongest certainty among the classes (confirmed > claimed > suspected), else denied if all are denied;
 * without classes, the same of the figures of scope affected; else unknown. */
enum certainty derive_exposure(const struct incident *x);

/* Index in x->figures of the headline figure by rule headline-1, or -1. */
int derive_headline(const struct incident *x);

/* Days from A to B by their bounds, clamped at 0; unknown when either is unknown or open, or B can only be
 * before A (then *ret_impossible). */
struct delay derive_delay(const struct edtf *a, const struct edtf *b, bool *ret_impossible);

/* Which event kind tells of which date kind. */
enum event_kind derive_event_kind(enum date_kind kind);

#endif
