/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_STORAGE_SQLITE_STATEMENTS_H
#define BREACHD_STORAGE_SQLITE_STATEMENTS_H

/*
 * Every SQL text that runs on an open catalogue. All are constant: filters are stored
 * sets (sqlite_sets.h), and combinations are made of sets, never of text. So a reader prepares all of
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
    STMT_INCIDENT_ID,
    STMT_INCIDENT_TITLE,
    STMT_INCIDENT_ADDRESSES,
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
    /* Stored sets and slices. */
    STMT_ROWSET,
    STMT_ROWSETS,
    STMT_ROWSETS_LARGEST,
    STMT_SLICES,
    /* Incidents by number, one column. */
    STMT_SET_ORGANIZATION,
    STMT_PARTY_ORGANIZATIONS, /* no set: of one incident, with kind and role */
    STMT_SET_LARGEST,
    STMT_VIA, /* no set: whom one incident is reached through */
    /* Words: rows that match; tokens that begin so. */
    STMT_WORDS,
    STMT_WORDS_WEIGHED, /* and how well */
    STMT_WORDS_BEGINNING,
    STMT_WORDS_COUNT,
    STMT_ORG_WORDS,
    /* Events. */
    STMT_EVENT_KEY,
    STMT_EVENT_ROW,
    STMT_EVENT_KEYS,
    STMT_EVENT_INCIDENT,
    STMT_EVENT_SET_INCIDENT,
    /* Organisations. */
    STMT_ORG_NUMBER,
    STMT_ORG_ALIAS,
    STMT_ORG_NEXT,
    STMT_ORG_KEY,
    STMT_ORG_ID,
    STMT_ORG_ADDRESSES,
    STMT_ORG_NAME,
    STMT_ORG_NEWEST,
    STMT_ORG_LARGEST,
    STMT_ORG_ROW,
    STMT_ORG_WEBSITE,
    STMT_ORG_BRANDS,
    STMT_ORG_NAMES,
    STMT_ORG_LINKS,
    STMT_ORG_SOURCES,
    STMT_ORG_KIND,
    STMT_ORG_HOLDINGS,
    STMT_ORG_OWNERS,
    STMT_ORG_SUPPLIERS,
    STMT_ORG_SET_OWNER,
    STMT_ORG_SET_OWNED,
    STMT_ORG_MOST_HIT,
    STMT_TOUCHING,
    /* Vocabularies, provenance, totals. */
    STMT_PROFILES,
    STMT_PROFILE,
    STMT_PROFILE_NAME,
    STMT_PROFILE_NAMES,
    STMT_CLASS_TOTALS,
    STMT_DATASETS,
    STMT_DATASET,
    STMT_DATASET_TITLE,
    STMT_WARNINGS,
    STMT_REJECTS,
    _STMT_N
};

/* The SQL of a statement, and its name as a test or a message shows it. */
const char *statement_text(enum statement id);
const char *statement_name(enum statement id);

#endif
