/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_STATEMENTS_H
#define BREACHD_STORAGE_SQLITE_STATEMENTS_H

/*
 * Every SQL text that runs on an open catalogue. All are constant: a filter is a statement of its own that
 * lists row numbers, and combinations are made of sets (rowset.h), never of text. So a reader prepares all of
 * them when it opens, a typo fails at start, and a test holds the plan of each.
 */
#include <stddef.h>

enum statement {
    /* The catalogue. */
    STMT_CATALOGUE,
    STMT_MOST_INCIDENT,
    STMT_MOST_EVENT,
    STMT_MOST_ORGANIZATION,
    /* One incident: its number; its sort key, its row, each of its lists by number. */
    STMT_INCIDENT_NUMBER,
    STMT_INCIDENT_NEXT,
    STMT_INCIDENT_KEY,
    STMT_INCIDENT_ROW,
    STMT_INCIDENT_REST,
    STMT_DATES,
    STMT_PARTIES,
    STMT_FIGURES,
    STMT_DATA_CLASSES,
    STMT_ACTORS,
    STMT_ACTOR_NAMES,
    STMT_ACTOR_CERTAINTY, /* of one actor */
    STMT_ATTACK,
    STMT_TIMELINE,
    STMT_RELATED,
    STMT_CAVEATS,
    STMT_CONFLICTS,
    STMT_CONFLICT_SOURCES,
    STMT_SOURCES,
    /* Sets of incidents: one column, the number (two for the first: and the party's kind). */
    STMT_SET_ORGANIZATION,
    STMT_SET_NAMED,
    STMT_SET_PARTY_KIND,
    STMT_SET_PARTYLESS,
    STMT_SET_COUNTRY,
    STMT_SET_STATUS,
    STMT_SET_EXPOSURE,
    STMT_SET_YEAR,
    STMT_SET_DATASET,
    STMT_SET_DATA_CLASS,
    STMT_SET_REACH, /* and the kind of the party it is reached through */
    STMT_SET_REACH_GROUP,
    STMT_VIA, /* no set: whom one incident is reached through */
    STMT_SET_DUPLICATES,
    STMT_SET_UNLISTED,
    STMT_SET_ACTOR,
    STMT_SET_LARGEST,
    /* Events. */
    STMT_EVENT_KEY,
    STMT_EVENT_ROW,
    STMT_EVENT_KEYS,
    STMT_EVENT_SET_KIND,
    STMT_EVENT_SET_INCIDENT,
    /* Organisations. */
    STMT_ORG_NUMBER,
    STMT_ORG_ALIAS,
    STMT_ORG_NEXT,
    STMT_ORG_KEY,
    STMT_ORG_ROW,
    STMT_ORG_WEBSITE,
    STMT_ORG_BRANDS,
    STMT_ORG_NAMES,
    STMT_ORG_LINKS,
    STMT_ORG_SOURCES,
    STMT_ORG_SET_KIND,
    STMT_ORG_SET_COUNTRY,
    STMT_ORG_SET_OWNER,
    STMT_ORG_SET_OWNED,
    STMT_ORG_MOST_HIT,
    STMT_TOUCHING,
    /* Vocabularies, provenance, totals. */
    STMT_PROFILES,
    STMT_PROFILE,
    STMT_PROFILE_NAMES,
    STMT_CLASS_TOTALS,
    STMT_DATASETS,
    STMT_DATASET,
    STMT_WARNINGS,
    STMT_REJECTS,
    STMT_YEARS,
    _STMT_N
};

/* The SQL of a statement, and its name as a test or a message shows it. */
const char *statement_text(enum statement id);
const char *statement_name(enum statement id);

#endif
