/* SPDX-License-Identifier: MIT */
/* The canonical text of a query: one form for all requests that mean the same. */
#include "query/query.h"

#include "util/limits.h"
#include "util/percent.h"

#include <string.h>

static const char *const filter_names[_FILTER_N] = {
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
};

/* By name: the order of canonical text. */
static const enum filter by_name[_FILTER_N] = {
    FILTER_ACTION,       FILTER_ACTOR,      FILTER_AFFECTED_MAX,   FILTER_AFFECTED_MIN, FILTER_BRAND,
    FILTER_CONTAINED,    FILTER_COUNTRY,    FILTER_DATA_CLASS,     FILTER_DATASET,      FILTER_DATE,
    FILTER_DISCLOSED,    FILTER_DISCOVERED, FILTER_DUPLICATES,     FILTER_EXPOSURE,     FILTER_INCIDENT,
    FILTER_KIND,         FILTER_MATCH,      FILTER_MODIFIED_SINCE, FILTER_NOTIFIED,     FILTER_OCCURRED,
    FILTER_ORGANIZATION, FILTER_OWNER,      FILTER_PARTY_KIND,     FILTER_TEXT,         FILTER_REACH,
    FILTER_ROLE,         FILTER_SECTOR,     FILTER_SOURCE_CLASS,   FILTER_STATUS,       FILTER_UNIT,
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

const char *sort_word(enum sort s)
{
    return sort_words[s];
}

const char *filter_name(enum filter f)
{
    return filter_names[f];
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

/* Starts the next parameter of OUT, which began at START. */
static void put_name(struct strbuf *out, size_t start, const char *name)
{
    if (out->size > start)
        strbuf_addc(out, '&');
    strbuf_adds(out, name);
    strbuf_addc(out, '=');
}

/* SKIP_VALUE NULL: none is skipped. */
static void put_filters(const struct query *q, enum filter skip, const char *skip_value, struct strbuf *out)
{
    size_t start = out->size;
    for (size_t i = 0; i < _FILTER_N; i++) {
        enum filter f = by_name[i];
        bool begun = false;
        for (size_t v = 0; v < q->filters[f].n; v++) {
            const char *value = q->filters[f].values[v];
            if (skip_value && f == skip && strcmp(value, skip_value) == 0)
                continue;
            if (begun)
                strbuf_addc(out, ',');
            else
                put_name(out, start, filter_names[f]);
            begun = true;
            percent_encode(PERCENT_QUERY, value, strlen(value), out);
        }
    }
}

void query_without(const struct query *q, enum filter f, const char *value, struct strbuf *out)
{
    put_filters(q, f, value, out);
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

/* The page stands after the filters: it is a part of a cache key and of a tag, never of a link. */
void query_canonical(const struct query *q, bool with_page, struct strbuf *out)
{
    size_t start = out->size;
    put_filters(q, _FILTER_N, NULL, out);
    if (!with_page)
        return;
    put_cursor(&q->after, "after", start, out);
    put_cursor(&q->before, "before", start, out);
    if (q->limit != LIMIT_PAGE_DEFAULT) {
        put_name(out, start, "limit");
        strbuf_addf(out, "%u", q->limit);
    }
    if (q->catalogue_changed)
        strbuf_adds(out, ";changed");
}
