/* SPDX-License-Identifier: MIT */
/* The canonical text of a query: one form for all requests that mean the same; and the questions next to it. */
#include "query/query.h"

#include "query/narrow.h"
#include "util/limits.h"
#include "util/percent.h"

#include <errno.h>
#include <string.h>

/* What is asked for beside filters. Their numbers go on from those of the filters. */
enum part {
    PART_BY = _FILTER_N,
    PART_CSV,
    PART_DETAIL,
    PART_FACET,
    PART_FACET_LIMIT,
    PART_LIMIT,
    PART_SORT,
    _PART_N
};

static const char *const names[_PART_N] = {
    [FILTER_ORGANIZATION] = "organization",
    [FILTER_PARTY_KIND] = "party_kind",
    [FILTER_ROLE] = "role",
    [FILTER_COUNTRY] = "country",
    [FILTER_SECTOR] = "sector",
    [FILTER_ACTION] = "action",
    [FILTER_ACTOR] = "actor",
    [FILTER_DATA_CLASS] = "data_class",
    [FILTER_STATUS] = "status",
    [FILTER_EXPOSURE] = "exposure",
    [FILTER_SOURCE_CLASS] = "source_class",
    [FILTER_DATASET] = "dataset",
    [FILTER_YEAR] = "year",
    [FILTER_KIND] = "kind",
    [FILTER_INCIDENT] = "incident",
    [FILTER_OWNER] = "owner",
    [FILTER_BRAND] = "brand",
    [FILTER_TEXT] = "q",
    [FILTER_DATE] = "date",
    [FILTER_OCCURRED] = "occurred",
    [FILTER_DISCOVERED] = "discovered",
    [FILTER_CONTAINED] = "contained",
    [FILTER_NOTIFIED] = "notified",
    [FILTER_DISCLOSED] = "disclosed",
    [FILTER_MATCH] = "match",
    [FILTER_AFFECTED_MIN] = "affected_min",
    [FILTER_AFFECTED_MAX] = "affected_max",
    [FILTER_UNIT] = "unit",
    [FILTER_MODIFIED_SINCE] = "modified_since",
    [FILTER_REACH] = "reach",
    [FILTER_DUPLICATES] = "duplicates",
    [PART_BY] = "by",
    [PART_CSV] = "csv",
    [PART_DETAIL] = "detail",
    [PART_FACET] = "facet",
    [PART_FACET_LIMIT] = "facet_limit",
    [PART_LIMIT] = "limit",
    [PART_SORT] = "sort",
};

/* By name: the order of canonical text. */
static const unsigned char by_name[_PART_N] = {
    FILTER_ACTION,
    FILTER_ACTOR,
    FILTER_AFFECTED_MAX,
    FILTER_AFFECTED_MIN,
    FILTER_BRAND,
    PART_BY,
    FILTER_CONTAINED,
    FILTER_COUNTRY,
    PART_CSV,
    FILTER_DATA_CLASS,
    FILTER_DATASET,
    FILTER_DATE,
    PART_DETAIL,
    FILTER_DISCLOSED,
    FILTER_DISCOVERED,
    FILTER_DUPLICATES,
    FILTER_EXPOSURE,
    PART_FACET,
    PART_FACET_LIMIT,
    FILTER_INCIDENT,
    FILTER_KIND,
    PART_LIMIT,
    FILTER_MATCH,
    FILTER_MODIFIED_SINCE,
    FILTER_NOTIFIED,
    FILTER_OCCURRED,
    FILTER_ORGANIZATION,
    FILTER_OWNER,
    FILTER_PARTY_KIND,
    FILTER_TEXT,
    FILTER_REACH,
    FILTER_ROLE,
    FILTER_SECTOR,
    PART_SORT,
    FILTER_SOURCE_CLASS,
    FILTER_STATUS,
    FILTER_UNIT,
    FILTER_YEAR,
};

static const char *const sort_words[_SORT_N] = {
    [SORT_NEWEST] = "-date",
    [SORT_DATE] = "date",
    [SORT_MOST_AFFECTED] = "-affected",
    [SORT_LEAST_AFFECTED] = "affected",
    [SORT_LAST_MODIFIED] = "-modified",
    [SORT_MODIFIED] = "modified",
    [SORT_TITLE] = "title",
    [SORT_RELEVANCE] = "relevance",
    [SORT_NAME] = "name",
    [SORT_MOST_INCIDENTS] = "-incidents",
};

/* The orders of each list. */
#define ORDER(s) (1u << (s))
static const struct {
    const char *name; /* sets the cursors of two lists apart */
    unsigned orders;
    enum sort otherwise; /* its default */
} lists[_QUERY_LIST_N] = {
    [QUERY_INCIDENTS] = {"incidents",
                         ORDER(SORT_NEWEST) | ORDER(SORT_DATE) | ORDER(SORT_MOST_AFFECTED) |
                             ORDER(SORT_LEAST_AFFECTED) | ORDER(SORT_LAST_MODIFIED) | ORDER(SORT_MODIFIED) |
                             ORDER(SORT_TITLE) | ORDER(SORT_RELEVANCE),
                         SORT_NEWEST},
    [QUERY_DEALERS] = {"dealers", ORDER(SORT_NAME) | ORDER(SORT_MOST_INCIDENTS) | ORDER(SORT_NEWEST),
                       SORT_NAME},
    [QUERY_ORGANIZATIONS] = {"organizations",
                             ORDER(SORT_NAME) | ORDER(SORT_MOST_INCIDENTS) | ORDER(SORT_NEWEST), SORT_NAME},
    [QUERY_TIMELINE] = {"timeline", ORDER(SORT_NEWEST), SORT_NEWEST},
    [QUERY_STATISTICS] = {"statistics", 0, SORT_NEWEST},
    [QUERY_TABLE] = {"", 0, SORT_NEWEST},
    [QUERY_PLAIN] = {"", 0, SORT_NEWEST},
};

const char *sort_word(enum sort s)
{
    return sort_words[s];
}

bool sort_is_of(enum query_list list, enum sort s)
{
    return lists[list].orders & ORDER(s);
}

enum sort sort_default(enum query_list list, bool searched)
{
    return searched && sort_is_of(list, SORT_RELEVANCE) ? SORT_RELEVANCE : lists[list].otherwise;
}

const char *filter_name(enum filter f)
{
    return names[f];
}

enum filter facet_filter(enum facet f)
{
    static const enum filter filters[_FACET_N] = {
        [FACET_COUNTRY] = FILTER_COUNTRY,
        [FACET_SECTOR] = FILTER_SECTOR,
        [FACET_ACTION] = FILTER_ACTION,
        [FACET_ACTOR] = FILTER_ACTOR,
        [FACET_DATA_CLASS] = FILTER_DATA_CLASS,
        [FACET_STATUS] = FILTER_STATUS,
        [FACET_EXPOSURE] = FILTER_EXPOSURE,
        [FACET_DATASET] = FILTER_DATASET,
        [FACET_YEAR] = FILTER_YEAR,
        [FACET_PARTY_KIND] = FILTER_PARTY_KIND,
        [FACET_ORGANIZATION] = FILTER_ORGANIZATION,
    };
    return filters[f];
}

struct query query_default(enum query_list list)
{
    return (struct query){.list = list,
                          .sort = sort_default(list, false),
                          .unit = UNIT_PEOPLE,
                          .facet_limit = LIMIT_FACET_DEFAULT,
                          .by = FACET_YEAR,
                          .limit = LIMIT_PAGE_DEFAULT};
}

/* --- what has an effect --- */

static bool is_searched(const struct query *q)
{
    return q->filters[FILTER_TEXT].n;
}

static bool has_date(const struct query *q)
{
    for (size_t i = 0; i < QUERY_DATES; i++)
        if (q->filters[FILTER_DATE + i].n && strcmp(q->filters[FILTER_DATE + i].values[0], QUERY_NONE) != 0)
            return true;
    return false;
}

static bool has_organization(const struct query *q)
{
    const struct filter_values *ids = &q->filters[FILTER_ORGANIZATION];
    return ids->n > 1 || (ids->n == 1 && strcmp(ids->values[0], QUERY_NONE) != 0);
}

static bool has_size(const struct query *q)
{
    return q->filters[FILTER_AFFECTED_MIN].n || q->filters[FILTER_AFFECTED_MAX].n ||
           q->sort == SORT_MOST_AFFECTED || q->sort == SORT_LEAST_AFFECTED;
}

void query_settle(struct query *q)
{
    if (q->sort == SORT_RELEVANCE && !is_searched(q))
        q->sort = sort_default(q->list, false);
    if (!has_date(q))
        q->filters[FILTER_MATCH].n = 0;
    if (!has_organization(q))
        q->filters[FILTER_REACH].n = 0;
    if (!has_size(q))
        q->filters[FILTER_UNIT].n = 0;
    if (!q->filters[FILTER_UNIT].n)
        q->unit = UNIT_PEOPLE;
    if (!q->facets)
        q->facet_limit = LIMIT_FACET_DEFAULT;
}

struct query query_filters(const struct query *q)
{
    struct query x = query_default(q->list);
    memcpy(x.filters, q->filters, sizeof x.filters);
    memcpy(x.dates, q->dates, sizeof x.dates);
    x.search = q->search;
    x.affected_min = q->affected_min;
    x.affected_max = q->affected_max;
    x.unit = q->unit;
    x.sort = sort_default(x.list, is_searched(&x));
    query_settle(&x);
    return x;
}

struct query query_counted(const struct query *q)
{
    static const char *const hide[] = {"hide"};
    struct query x = *q;
    x.list = QUERY_INCIDENTS;
    x.filters[FILTER_DUPLICATES] = (struct filter_values){hide, 1};
    x.sort = sort_default(x.list, is_searched(q));
    return x;
}

/* --- the text --- */

/* Starts the next parameter of OUT, whose text began at START. */
static void put_name(struct strbuf *out, size_t start, const char *name)
{
    if (out->size > start)
        strbuf_addc(out, '&');
    strbuf_adds(out, name);
    strbuf_addc(out, '=');
}

static void put_word(struct strbuf *out, size_t start, enum part part, const char *word)
{
    put_name(out, start, names[part]);
    strbuf_adds(out, word);
}

static void put_number(struct strbuf *out, size_t start, enum part part, unsigned number)
{
    put_name(out, start, names[part]);
    strbuf_addf(out, "%u", number);
}

static void put_filter(const struct query *q, enum filter f, size_t start, struct strbuf *out)
{
    for (size_t i = 0; i < q->filters[f].n; i++) {
        const char *value = q->filters[f].values[i];
        if (i)
            strbuf_addc(out, ',');
        else
            put_name(out, start, names[f]);
        percent_encode(PERCENT_QUERY, value, strlen(value), out);
    }
}

/* Facets by name, as all values are. */
static void put_facets(const struct query *q, size_t start, struct strbuf *out)
{
    const char *last = "";
    for (;;) {
        const char *next = NULL;
        for (unsigned f = 0; f < _FACET_N; f++) {
            const char *word = vocab_id(&vocab_facet, f);
            if (q->facets & 1u << f && strcmp(word, last) > 0 && (!next || strcmp(word, next) < 0))
                next = word;
        }
        if (!next)
            return;
        if (*last)
            strbuf_addf(out, ",%s", next);
        else
            put_word(out, start, PART_FACET, next);
        last = next;
    }
}

static void put_part(const struct query *q, enum part part, size_t start, struct strbuf *out)
{
    if (part == PART_BY && q->list == QUERY_STATISTICS && q->by != FACET_YEAR)
        put_word(out, start, part, vocab_id(&vocab_facet, q->by));
    else if (part == PART_CSV && q->excel)
        put_word(out, start, part, "excel");
    else if (part == PART_DETAIL && q->full)
        put_word(out, start, part, "full");
    else if (part == PART_FACET)
        put_facets(q, start, out);
    else if (part == PART_FACET_LIMIT && q->facets && q->facet_limit != LIMIT_FACET_DEFAULT)
        put_number(out, start, part, q->facet_limit);
    else if (part == PART_LIMIT && (q->limit != LIMIT_PAGE_DEFAULT || (q->open_ended && q->limited)))
        put_number(out, start, part, q->limit);
    else if (part == PART_SORT && sort_is_of(q->list, q->sort) &&
             q->sort != sort_default(q->list, is_searched(q)))
        put_word(out, start, part, sort_word(q->sort));
}

/* BARE: only what decides which rows there are and in which order. */
static void put_query(const struct query *q, bool bare, struct strbuf *out)
{
    size_t start = out->size;
    for (size_t i = 0; i < _PART_N; i++) {
        if (by_name[i] < _FILTER_N)
            put_filter(q, (enum filter)by_name[i], start, out);
        else if (!bare || by_name[i] == PART_SORT)
            put_part(q, (enum part)by_name[i], start, out);
    }
}

int query_identity(const struct query *q, struct strbuf *out)
{
    strbuf_adds(out, lists[q->list].name);
    strbuf_addc(out, '?');
    put_query(q, true, out);
    return out->failed ? -ENOMEM : 0;
}

static void put_cursor(const struct cursor *c, const char *name, size_t start, struct strbuf *out)
{
    if (!c->n)
        return;
    put_name(out, start, name);
    for (size_t i = 0; i < c->n; i++) {
        if (i)
            strbuf_addc(out, ',');
        percent_encode(PERCENT_SEGMENT, c->keys[i], strlen(c->keys[i]), out);
    }
}

void query_canonical(const struct query *q, bool with_place, struct strbuf *out)
{
    size_t start = out->size;
    put_query(q, false, out);
    if (!with_place)
        return;
    put_cursor(&q->after, "after", start, out);
    put_cursor(&q->before, "before", start, out);
    if (q->catalogue_changed)
        strbuf_adds(out, ";changed");
}

/* --- the questions next to it --- */

static void put_changed(const struct query *q, enum filter f, const char *const *values, size_t n,
                        struct strbuf *out)
{
    struct query x = *q;
    narrow_set(&x, f, (struct filter_values){values, n});
    put_query(&x, false, out);
}

void query_without(const struct query *q, enum filter f, const char *value, struct strbuf *out)
{
    const char *values[LIMIT_VALUES];
    size_t n = 0;
    for (size_t i = 0; i < q->filters[f].n && n < LIMIT_VALUES; i++)
        if (strcmp(q->filters[f].values[i], value) != 0)
            values[n++] = q->filters[f].values[i];
    put_changed(q, f, values, n, out);
}

void query_with(const struct query *q, enum filter f, const char *value, struct strbuf *out)
{
    const char *values[] = {value ? value : QUERY_NONE};
    put_changed(q, f, values, 1, out);
}

void query_sorted(const struct query *q, enum sort s, struct strbuf *out)
{
    struct query x = *q;
    x.sort = s;
    query_settle(&x);
    put_query(&x, false, out);
}
