/* SPDX-License-Identifier: MIT */
/* The parameters of every list, as data. A new filter is a row here and a constant in query.h. */
#include "query/params_parts.h"

static const struct word duplicates_words[] = {{"show", "shown", NULL}, {"hide", "hidden", NULL}};
const struct vocab query_duplicates = {.name = "duplicates", .words = duplicates_words, .n = 2};

static const struct word match_words[] = {{"possible", "possibly so", NULL},
                                          {"certain", "certainly so", NULL}};
const struct vocab query_match = {.name = "match", .words = match_words, .n = 2};

#define OTHER(own_name, read, flags)                                                                         \
    {                                                                                                        \
        read, flags, _FILTER_N, NULL, own_name                                                               \
    }

static const struct param incident_filters[] = {
    {read_search, PARAM_LONG, FILTER_TEXT, NULL, NULL},
    {read_id, PARAM_LIST, FILTER_ORGANIZATION, NULL, NULL},
    {read_choice, 0, FILTER_REACH, &vocab_reach, NULL},
    {read_word, PARAM_LIST | PARAM_NONE, FILTER_ROLE, &vocab_role, NULL},
    {read_word, PARAM_LIST | PARAM_NONE, FILTER_PARTY_KIND, &vocab_org_kind, NULL},
    {read_country, PARAM_LIST | PARAM_NONE, FILTER_COUNTRY, NULL, NULL},
    {read_sector, PARAM_LIST | PARAM_NONE, FILTER_SECTOR, NULL, NULL},
    {read_word, PARAM_LIST | PARAM_NONE, FILTER_ACTION, &vocab_action, NULL},
    {read_id, PARAM_LIST, FILTER_ACTOR, NULL, NULL},
    {read_word, PARAM_LIST | PARAM_NONE, FILTER_DATA_CLASS, &vocab_data_class, NULL},
    {read_word, PARAM_LIST, FILTER_STATUS, &vocab_status, NULL},
    {read_word, PARAM_LIST, FILTER_EXPOSURE, &vocab_exposure, NULL},
    {read_word, PARAM_LIST | PARAM_NONE, FILTER_SOURCE_CLASS, &vocab_source_class, NULL},
    {read_id, PARAM_LIST, FILTER_DATASET, NULL, NULL},
    {read_year, PARAM_LIST | PARAM_NONE, FILTER_YEAR, NULL, NULL},
    {read_date, PARAM_NONE, FILTER_DATE, NULL, NULL},
    {read_date, PARAM_NONE, FILTER_OCCURRED, NULL, NULL},
    {read_date, PARAM_NONE, FILTER_DISCOVERED, NULL, NULL},
    {read_date, PARAM_NONE, FILTER_CONTAINED, NULL, NULL},
    {read_date, PARAM_NONE, FILTER_NOTIFIED, NULL, NULL},
    {read_date, PARAM_NONE, FILTER_DISCLOSED, NULL, NULL},
    {read_choice, 0, FILTER_MATCH, &query_match, NULL},
    {read_size, 0, FILTER_AFFECTED_MIN, NULL, NULL},
    {read_size, 0, FILTER_AFFECTED_MAX, NULL, NULL},
    {read_unit, 0, FILTER_UNIT, &vocab_unit, NULL},
    {read_since, 0, FILTER_MODIFIED_SINCE, NULL, NULL},
    {read_choice, 0, FILTER_DUPLICATES, &query_duplicates, NULL},
};

static const struct param counting[] = {
    {read_facet, PARAM_LIST, _FILTER_N, &vocab_facet, "facet"},
    OTHER("facet_limit", read_facet_limit, 0),
    OTHER("detail", read_detail, 0),
};

static const struct param org_filters[] = {
    {read_search, PARAM_LONG, FILTER_TEXT, NULL, NULL},
    {read_word, PARAM_LIST, FILTER_KIND, &vocab_org_kind, NULL},
    {read_country, PARAM_LIST | PARAM_NONE, FILTER_COUNTRY, NULL, NULL},
    {read_brand, PARAM_LIST | PARAM_NONE, FILTER_BRAND, NULL, NULL},
    {read_id, PARAM_LIST, FILTER_OWNER, NULL, NULL},
};

static const struct param event_filters[] = {
    {read_word, PARAM_LIST, FILTER_KIND, &vocab_event_kind, NULL},
    {read_date, PARAM_NONE, FILTER_DATE, NULL, NULL},
    {read_choice, 0, FILTER_MATCH, &query_match, NULL},
    {read_id, PARAM_LIST, FILTER_ORGANIZATION, NULL, NULL},
    {read_choice, 0, FILTER_REACH, &vocab_reach, NULL},
    {read_id, PARAM_LIST, FILTER_INCIDENT, NULL, NULL},
};

static const struct param paging[] = {
    OTHER("sort", read_sort, 0),
    OTHER("limit", read_limit, 0),
    OTHER("after", read_after, PARAM_LONG),
    OTHER("before", read_before, PARAM_LONG),
};

static const struct param table[] = {OTHER("csv", read_csv, 0)};

static const struct param grouping[] = {OTHER("by", read_by, 0)};

_Static_assert((sizeof incident_filters + sizeof counting + sizeof paging + sizeof table) /
                       sizeof(struct param) <=
                   64,
               "params.c has a bit for each of a list");

#define GROUP(params)                                                                                        \
    {                                                                                                        \
        params, sizeof(params) / sizeof *(params)                                                            \
    }

const struct param_group list_params[_QUERY_LIST_N][PARAM_GROUPS] = {
    [QUERY_INCIDENTS] = {GROUP(incident_filters), GROUP(counting), GROUP(paging), GROUP(table)},
    [QUERY_DEALERS] = {GROUP(org_filters), GROUP(paging), GROUP(table)},
    [QUERY_ORGANIZATIONS] = {GROUP(org_filters), GROUP(paging), GROUP(table)},
    [QUERY_TIMELINE] = {GROUP(event_filters), GROUP(paging), GROUP(table)},
    [QUERY_STATISTICS] = {GROUP(incident_filters), GROUP(grouping), GROUP(table)},
    [QUERY_TABLE] = {GROUP(table)},
};

const char *param_name(const struct param *spec)
{
    return spec->own_name ? spec->own_name : filter_name(spec->filter);
}

const struct param *param_at(enum query_list list, size_t place)
{
    for (size_t i = 0; i < PARAM_GROUPS; i++) {
        const struct param_group *g = &list_params[list][i];
        if (place < g->n)
            return &g->params[place];
        place -= g->n;
    }
    return NULL;
}
