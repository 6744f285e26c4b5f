/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_QUERY_QUERY_H
#define BREACHD_QUERY_QUERY_H

/*
 * A question to a catalogue, typed and validated: which list, which filters, which page. Parameters become a
 * query (params.h), storage answers it, and its canonical text is its identity in caches, tags and cursors.
 */
#include "model/counts.h"
#include "util/arena.h"
#include "util/strbuf.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What narrows a list. Every set filter has its canonical text in query.filters, which is what links, tags and said-back
 * filters are made of; where text is not what storage compares, its typed form stands beside it in struct query.
 */
enum filter {
    FILTER_ORGANIZATION, /* ids; incidents, timeline: a named party. "none": names no organisation */
    FILTER_PARTY_KIND,   /* incidents: kind of that same party. "none": has no parties */
    FILTER_ROLE,         /* incidents: role of that same party. "none": as above */
    FILTER_COUNTRY, /* ISO 3166-1 alpha-2; of the headline organisation, or of the organisation itself; "none" */
    FILTER_SECTOR, /* NAICS, by prefix, none of which begins another; of the headline organisation; "none" */
    FILTER_ACTION, /* "none": no action recorded */
    FILTER_ACTOR,  /* "none": no actor recorded */
    FILTER_DATA_CLASS, /* confirmed, claimed or suspected: a denial never matches. "none": no class so */
    FILTER_STATUS,
    FILTER_EXPOSURE,
    FILTER_SOURCE_CLASS, /* of any source. "none": no source's class is known */
    FILTER_DATASET,
    FILTER_YEAR,     /* of the incident's date; "none" */
    FILTER_KIND,     /* organisation kinds, or event kinds */
    FILTER_INCIDENT, /* timeline: ids */
    FILTER_OWNER,    /* organisations: ids of present owners; "none" */
    FILTER_BRAND,    /* organisations: brands, folded (fold_text); "none": has no brand */
    FILTER_TEXT, /* "q": the canonical search text; typed: search. Never "none": that is a word like others */

    /* One EDTF each, the plainest that has its bounds (or "none"); typed: dates[f - FILTER_DATE]. Of the timeline,
     * FILTER_DATE is the event's. */
    FILTER_DATE,
    FILTER_OCCURRED,
    FILTER_DISCOVERED,
    FILTER_CONTAINED,
    FILTER_NOTIFIED,
    FILTER_DISCLOSED,
    FILTER_MATCH, /* "certain"; possible is the default and never stands here. Only with a date */

    FILTER_AFFECTED_MIN, /* decimal; typed: affected_min */
    FILTER_AFFECTED_MAX, /* decimal; typed: affected_max */
    FILTER_UNIT, /* of these two and of sorting by affected; people is the default and never stands here */
    FILTER_MODIFIED_SINCE, /* RFC 3339 in UTC, to the second, inclusive: compared as it stands */
    FILTER_REACH, /* how far organization goes: "group" (what it owns too) or "all" (through owners and suppliers
                        * too); own is the default and never stands here */
    FILTER_DUPLICATES, /* "hide": without those that repeat another; showing them is the default and never stands here */
    _FILTER_N
};
#define QUERY_DATES (FILTER_DISCLOSED - FILTER_DATE + 1)

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
    QUERY_STATISTICS, /* incidents, counted: every filter of QUERY_INCIDENTS, no paging */
    QUERY_TABLE,      /* no list that can be asked otherwise, but one that comes as CSV too */
    QUERY_PLAIN,
    _QUERY_LIST_N
};

/*
 * The orders of lists. In each of them what has no value stands last, and ties are broken by id, ascending; only
 * SORT_DATE turns the ties of SORT_NEWEST round too, among known dates.
 */
enum sort {
    SORT_NEWEST, /* "-date": of incidents and of the timeline the default; organisations: newest incident first */
    SORT_DATE,           /* "date" */
    SORT_MOST_AFFECTED,  /* "-affected": headline figure in the unit asked for */
    SORT_LEAST_AFFECTED, /* "affected" */
    SORT_LAST_MODIFIED,  /* "-modified" */
    SORT_MODIFIED,       /* "modified" */
    SORT_TITLE,          /* "title", case-folded */
    SORT_RELEVANCE, /* "relevance": the default with a text; above LIMIT_RANKED matches storage answers SORT_NEWEST */
    SORT_NAME,           /* "name": the default of organisations */
    SORT_MOST_INCIDENTS, /* "-incidents": own, group and inherited together */
    _SORT_N
};

/* One operand of a search: a word, a phrase (several tokens in a row), or a word's beginning. All that are not negated
 * must occur, none of the negated may. */
struct search_term {
    const char *const *tokens; /* folded as the catalogue's text is (query/words.h); at least one */
    size_t n;
    bool prefix; /* the last token is only the beginning of one */
    bool negated;
};

struct search {
    const struct search_term *terms; /* what must be there first, at least one; then what is negated */
    size_t n;                        /* 0: no search */
};

struct storage_walk;

struct query {
    enum query_list list;
    struct filter_values filters[_FILTER_N];
    struct search search;           /* of FILTER_TEXT */
    struct edtf dates[QUERY_DATES]; /* of the date filters; unknown: not set, or "none" */
    struct count affected_min, affected_max;
    int unit;             /* enum unit; QUERY_ANY_UNIT. Of affected_min, affected_max and sort */
    enum sort sort;       /* always set: the list's default where none was asked for */
    unsigned facets;      /* 1u << enum facet (model/counts.h), each asked for */
    unsigned facet_limit; /* values told of one facet beside the unknown one */
    enum facet by;        /* statistics: the grouping */
    bool full;            /* detail=full: whole records */
    unsigned limit;       /* 1..LIMIT_PAGE_MOST */
    bool excel;           /* csv=excel: CSV for spreadsheets; means nothing in other forms */
    bool limited;         /* a limit was asked for */
    bool open_ended;      /* asked for in a form that holds all there is unless a limit makes pages of it */
    struct cursor after, before; /* at most one is set */
    struct storage_walk *walk;   /* set: the rows that come next in it (storage.h), in place of a page */
    bool catalogue_changed;      /* the cursor was made by another catalogue */
};
#define QUERY_ANY_UNIT (-1)

/* Whether all rows are asked for, not a page of them. */
static inline bool query_is_whole(const struct query *q)
{
    return q->open_ended && !q->limited && !q->after.n && !q->before.n;
}

/* A query that asks for LIST whole, as its defaults have it. */
struct query query_default(enum query_list list);

/* Q's filters alone: its list in the default order, from the beginning, without what is told beside the rows. */
struct query query_filters(const struct query *q);

/* The list of incidents that a query of QUERY_STATISTICS counts, each once: without those that repeat another. */
struct query query_counted(const struct query *q);

/* The word of a sort in URLs: "-date". */
const char *sort_word(enum sort s);

/* Whether lists of this kind have the order; SORT_RELEVANCE only makes sense with a text. */
bool sort_is_of(enum query_list list, enum sort s);

/* What LIST is ordered by where nothing is said; SEARCHED: with a text. */
enum sort sort_default(enum query_list list, bool searched);

/*
 * Drops what has no effect on the answer, so that equal questions are equal: match without a date, unit without a
 * size or an order by it, reach without an organisation, an order by relevance without a text, a facet limit without
 * facets. query_parse does this; whoever changes a query by hand does so after it.
 */
void query_settle(struct query *q);

/*
 * The canonical query string: parameters sorted by name, values sorted, defaults and empty values dropped,
 * percent-encoded alike ("country=JP&year=2019"; "" for none). Equivalent requests have equal canonical text, and
 * reading it gives the same query, less the place. WITH_PLACE adds what else makes the answer (cursor keys, a change of
 * catalogue): that form is for keys and tags, not for links. Failure shows in OUT.
 */
void query_canonical(const struct query *q, bool with_place, struct strbuf *out);

/*
 * The same question asked a little differently, from its first page: links. Everything else stays.
 *   query_without: without VALUE of filter F;
 *   query_with: filter F is VALUE alone (NULL: not known);
 *   query_sorted: in order S.
 */
void query_without(const struct query *q, enum filter f, const char *value, struct strbuf *out);
void query_with(const struct query *q, enum filter f, const char *value, struct strbuf *out);
void query_sorted(const struct query *q, enum sort s, struct strbuf *out);

/* What the cursors of Q's list are bound to, filters and order: "incidents?country=JP". 0 or -ENOMEM. */
int query_identity(const struct query *q, struct strbuf *out);

/* Parameter name of a filter: "party_kind". */
const char *filter_name(enum filter f);

/* The filter that takes the values of a facet or grouping: a group's list is the query with that filter set to its value. */
enum filter facet_filter(enum facet f);

#endif
