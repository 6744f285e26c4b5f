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
 * Fills every member of X marked "derived" in model.h but country, sector and duplicate_of (the importer looks
 * those up): ids of figures and events; derived events (one for each date_fact of a known date that no event of
 * its kind repeats); the timeline, oldest first; min/max of amounts; date, exposure, affected, dealers,
 * actions, classes, delays. Parties' names and kinds must be resolved; row.organization is the first party's
 * unless its name is already there. Doing it twice changes nothing. 0, or -ENOMEM, and then X is half done and
 * only fit to be dropped.
 */
int derive_incident(struct incident *x, struct arena *mem);

/* The date that tells best when X was: the first of disclosed, notified, discovered, occurred that is known; with which
 * of them. EDTF_UNKNOWN with *ret_basis untouched: none is. */
struct edtf derive_date(const struct incident *x, enum date_kind *ret_basis);

/* exact, about: both bounds are the value; at_least: min; up_to: max; between: bounds as given, no value;
 * placeholder: none. */
void derive_amount(struct amount *a);

/* Strongest certainty among the classes (confirmed > claimed > suspected), else denied if all are denied;
 * without classes, the same of the figures of scope affected; else unknown. */
enum certainty derive_exposure(const struct incident *x);

/* Index in x->figures of the headline figure by rule headline-1, or -1: of the figures of scope affected that
 * are not denied and count people, accounts, records, vehicles, dealers or organisations, the first by: no
 * placeholder; unit, in that order; class of who asserts it (asserted_by, else the source; nobody last); latest
 * asserted (unknown last); highest value, else max, else min; order in the record. */
int derive_headline(const struct incident *x);

/* Days from A to B by their bounds, clamped at 0; unknown when either is unknown or open, or B can only be
 * before A; *ret_impossible tells the latter. */
struct delay derive_delay(const struct edtf *a, const struct edtf *b, bool *ret_impossible);

/* Which event kind tells of which date kind. */
enum event_kind derive_event_kind(enum date_kind kind);

#endif
