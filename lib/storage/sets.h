/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SETS_H
#define BREACHD_STORAGE_SETS_H

/*
 * The names of the stored sets and slices, which the importer writes and storage reads. A set is called by a name and a
 * value, "country" "JP"; the value SET_NONE is "not known", the only one that a word of data cannot be.
 *
 * Sets of incidents hold listed and unlisted ones alike; all but SET_LISTED are therefore met with it. Those that lists are filtered
 * by are there a second time without the unlisted ones, after a prefix, as nearly every question wants them.
 */
#define SET_NONE ""

#define OF_LISTED "listed/"

/* Sets of incidents by value; down to SET_SOURCE_CLASS with OF_LISTED too. Each has SET_NONE but status, exposure and dataset, which are always known. */
#define SET_STATUS       "status"
#define SET_EXPOSURE     "exposure"
#define SET_COUNTRY      "country"
#define SET_SECTOR       "sector" /* every beginning of 2 digits or more */
#define SET_YEAR         "year"
#define SET_DATASET      "dataset"
#define SET_ACTION       "action"
#define SET_ACTOR        "actor"
#define SET_DATA_CLASS   "data_class"
#define SET_SOURCE_CLASS "source_class"
#define SET_UNIT         "unit"       /* of the headline figure */
#define SET_QUALIFIER    "qualifier"  /* of the headline figure; without SET_NONE */
#define SET_PARTY_KIND   "party_kind" /* SET_NONE: without parties */
#define SET_ROLE         "role"       /* as above */
#define SET_PARTY        "party"      /* "dealer breached": kind and role of one party; without SET_NONE */

/* Sets of incidents without values (SET_NONE). */
#define SET_LISTED    "listed"
#define SET_DUPLICATE "duplicate" /* repeats another */
#define SET_NAMED     "named"     /* names an organisation */

/* Incidents with organisation n in a role, "n role": where there are SETS_LEAST of them; fewer are found by index. */
#define SET_ORGANIZATION "organization"
#define SETS_LEAST       256

/* Incidents with a token (query/words.h) that more than SETS_WORD of them have; of others the full-text index tells as
 * fast. */
#define SET_WORD       "word"
#define SETS_WORD      10000
#define SETS_WORD_TEXT "10000" /* in SQL */

/* Of each kind of date: whether it is known, and of these which are neither approximate nor uncertain. */
#define DATE_KNOWN "known"
#define DATE_FIRM  "firm"

/* Slices of incidents. Of each kind of date, days since 1970 of its bounds: "occurred.earliest"; a bound that is open has
 * none. */
#define SLICES_EARLIEST ".earliest"
#define SLICES_LATEST   ".latest"
#define SLICES_SIZE     "size"     /* of the headline figure: its value, else maximum, else minimum */
#define SLICES_MODIFIED "modified" /* seconds since 1970 */
#define SLICES_ID       "id"       /* place in order of ids, from 0 */
#define SLICES_TITLE    "title"    /* place in order of schema_title_key(), ties by id, from 0 */

/* Slices of delays in days: "occurred_to_discovered.min". */
#define SLICES_MIN ".min"
#define SLICES_MAX ".max"

/* Sets and slices of events (of listed incidents only) and of organisations: SET_COUNTRY and others after a prefix. */
#define OF_EVENTS        "event/"
#define OF_ORGANIZATIONS "organization/"
#define SET_KIND         "kind"
#define SET_BRAND        "brand"     /* folded */
#define SET_OWNER        "owner"     /* SET_NONE only: without one */
#define SLICES_INCIDENTS "incidents" /* own, group and inherited together */
#define SLICES_NEWEST    "newest"    /* schema_newest() of the date of its latest incident */

/* In table rowset the sets of slices stand under the name of the slices: what is known as "known", digit 7 as "07". */
#define SLICES_KNOWN "known"
#endif
