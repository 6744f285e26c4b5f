/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_QUERY_H
#define BREACHD_QUERY_QUERY_H

/*
 * A question to a catalogue, typed and validated: which list, which filters, which page. Parameters become a
 * query (params.h), storage answers it, and its canonical text is its identity in caches, tags and cursors.
 */
#include "util/arena.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

enum filter {
    FILTER_ORGANIZATION, /* ids; incidents, timeline: a named party */
    FILTER_PARTY_KIND,   /* incidents: kind of that same party */
    FILTER_COUNTRY,      /* ISO 3166-1 alpha-2; of the headline organisation, or of the organisation itself */
    FILTER_STATUS,
    FILTER_EXPOSURE,
    FILTER_YEAR, /* of the incident's date */
    FILTER_DATASET,
    FILTER_KIND,     /* organisation kinds, or event kinds */
    FILTER_INCIDENT, /* timeline: ids */
    FILTER_ACTOR,
    FILTER_DATA_CLASS, /* confirmed, claimed or suspected: a denial never matches */
    FILTER_OWNER,      /* organisations: ids of present owners */
    FILTER_REACH, /* how far organization goes: "group" (what it owns too) or "all" (through owners and suppliers
                        * too); own is the default and never stands here */
    FILTER_DUPLICATES, /* "hide": without those that repeat another; showing them is the default and never stands here */
    _FILTER_N
};

/* The literal that stands for "not known" among a filter's values. */
#define QUERY_NONE "none"

/* Any of the values; n == 0: the filter is not set. Sorted, distinct, valid for their kind. */
struct filter_values {
    const char *const *values;
    size_t n;
};

/* A place between two rows: the sort key of the row last seen, most significant part first, the unique
 * tie-break last. */
#define CURSOR_KEYS 4
struct cursor {
    size_t n; /* 0: none */
    const char *keys[CURSOR_KEYS];
};

enum query_list {
    QUERY_INCIDENTS,
    QUERY_DEALERS,
    QUERY_ORGANIZATIONS,
    QUERY_TIMELINE,
    QUERY_PLAIN,
    _QUERY_LIST_N
};

struct query {
    enum query_list list;
    struct filter_values filters[_FILTER_N];
    unsigned limit;              /* 1..LIMIT_PAGE_MOST */
    struct cursor after, before; /* at most one is set */
    bool catalogue_changed;      /* the cursor was made by another catalogue */
};

/*
 * The canonical query string: parameters sorted by name, values sorted, defaults and empty values dropped,
 * percent-encoded alike ("country=JP&year=2019"; "" for none). Equivalent requests have equal canonical text.
 * WITH_PAGE adds what else makes the answer (cursor keys, limit, a change of catalogue): that form is for keys
 * and tags, not for links. Failure shows in OUT.
 */
void query_canonical(const struct query *q, bool with_page, struct strbuf *out);

/* As query_canonical without page and cursor, but without VALUE of filter F: the link that removes it. */
void query_without(const struct query *q, enum filter f, const char *value, struct strbuf *out);

/* Parameter name of a filter: "party_kind". */
const char *filter_name(enum filter f);

#endif
