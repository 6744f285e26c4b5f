/* SPDX-License-Identifier: MIT */
/*
 * From a query's filters to the set of rows they leave. Every value of a filter is a set; the values of one
 * filter unite, the filters intersect. A stored set a value would take the place of the statements here.
 *
 * What the filters mean beyond a column's value:
 *   - organization: a party of any role with that id; with party_kind, of that kind and that id in one party.
 *     "none": incidents that name no organisation at all. party_kind "none": incidents without parties.
 *     With reach, the incidents of what it owns (group) and of its owners and suppliers (all) count too, and the kind
 *     is that of the organisation through which an incident is reached.
 *   - status: of listed incidents; "withdrawn" is every unlisted one, merged ones too. Without it only listed
 *     incidents are found.
 *   - reach: only says how far organization goes. data_class: a denial is no match.
 *   - year: see schema_year(). country, year "none": not known. exposure, dataset are always known.
 */
#include "storage/sqlite_reader.h"

#include <string.h>

static bool is_none(const char *value)
{
    return strcmp(value, QUERY_NONE) == 0;
}

static bool is_among(const struct filter_values *f, const char *value)
{
    for (size_t i = 0; i < f->n; i++) {
        if (strcmp(f->values[i], value) == 0)
            return true;
    }
    return false;
}

/* Adds to S what statement ID lists for VALUE (NULL: not known). */
static int add_value(struct storage_reader *rd, enum statement id, const char *value, struct rowset *s)
{
    _cleanup_row_ struct row r = row_run(rd, id, NULL);
    row_bind_text(&r, ":value", value);
    return row_collect(&r, s);
}

/* Adds what a statement without values lists. */
static int add_all(struct storage_reader *rd, enum statement id, struct rowset *s)
{
    _cleanup_row_ struct row r = row_run(rd, id, NULL);
    return row_collect(&r, s);
}

/* Narrows S to the rows that statement ID lists for any value of F; an unset filter leaves all. */
static int narrow(struct storage_reader *rd, const struct filter_values *f, enum statement id,
                  struct arena *mem, struct rowset *s)
{
    struct rowset any;
    if (!f->n)
        return 0;
    int outcome = rowset_new(&any, s->most, mem);
    for (size_t i = 0; i < f->n && outcome == 0; i++)
        outcome = add_value(rd, id, is_none(f->values[i]) ? NULL : f->values[i], &any);
    if (outcome == 0)
        rowset_intersect(s, &any);
    return outcome;
}

/* The set of one organisation's incidents, as far as Q reaches. */
static enum statement reach_statement(const struct query *q)
{
    const struct filter_values *reach = &q->filters[FILTER_REACH];
    if (!reach->n)
        return STMT_SET_ORGANIZATION;
    return strcmp(reach->values[0], "group") == 0 ? STMT_SET_REACH_GROUP : STMT_SET_REACH;
}

/* Adds incidents that statement SET lists for that organisation; with KINDS, where that party is of one of them. */
static int add_organization(struct storage_reader *rd, enum statement set, const char *id,
                            const struct filter_values *kinds, struct rowset *s)
{
    _cleanup_row_ struct row r = row_run(rd, set, NULL);
    row_bind_text(&r, ":value", id);
    int outcome;
    while ((outcome = row_step(&r)) == 0) {
        uint64_t incident = (uint64_t)row_number(&r);
        unsigned kind = row_word(&r, &vocab_org_kind);
        if (!kinds->n || is_among(kinds, vocab_id(&vocab_org_kind, kind)))
            rowset_add(s, incident);
    }
    return outcome == STORAGE_E_NOT_FOUND ? row_end(&r) : outcome;
}

/* Adds incidents with a party of one of KINDS, or, where KINDS has "none", without parties. */
static int add_kinds(struct storage_reader *rd, const struct filter_values *kinds, struct rowset *s)
{
    int outcome = 0;
    for (size_t i = 0; i < kinds->n && outcome == 0; i++) {
        if (is_none(kinds->values[i]))
            outcome = add_all(rd, STMT_SET_PARTYLESS, s);
        else
            outcome = add_value(rd, STMT_SET_PARTY_KIND, kinds->values[i], s);
    }
    return outcome;
}

/* Adds incidents that name no organisation; with KINDS, those of add_kinds among them. */
static int add_nameless(struct storage_reader *rd, const struct filter_values *kinds, struct arena *mem,
                        struct rowset *s)
{
    struct rowset nameless, of_kind;
    int outcome = rowset_new(&nameless, s->most, mem);
    if (outcome == 0)
        outcome = rowset_new(&of_kind, s->most, mem);
    if (outcome == 0)
        outcome = add_all(rd, STMT_SET_NAMED, &nameless);
    if (outcome == 0)
        outcome = add_kinds(rd, kinds, &of_kind);
    if (outcome != 0)
        return outcome;
    rowset_invert(&nameless);
    if (kinds->n)
        rowset_intersect(&nameless, &of_kind);
    rowset_unite(s, &nameless);
    return 0;
}

static int narrow_parties(struct storage_reader *rd, const struct query *q, struct arena *mem,
                          struct rowset *s)
{
    const struct filter_values *ids = &q->filters[FILTER_ORGANIZATION];
    const struct filter_values *kinds = &q->filters[FILTER_PARTY_KIND];
    struct rowset any;
    if (!ids->n && !kinds->n)
        return 0;
    int outcome = rowset_new(&any, s->most, mem);
    if (outcome == 0 && !ids->n)
        outcome = add_kinds(rd, kinds, &any);
    for (size_t i = 0; i < ids->n && outcome == 0; i++) {
        if (is_none(ids->values[i]))
            outcome = add_nameless(rd, kinds, mem, &any);
        else
            outcome = add_organization(rd, reach_statement(q), ids->values[i], kinds, &any);
    }
    if (outcome == 0)
        rowset_intersect(s, &any);
    return outcome;
}

/* Fills S (empty) with the incidents of a status filter: listed ones of these statuses, unlisted ones for
 * "withdrawn"; without a filter, all listed ones. */
static int start_with_status(struct storage_reader *rd, const struct filter_values *f, struct arena *mem,
                             struct rowset *s)
{
    const struct rowset *listed = &rd->owner->listed;
    const char *withdrawn = vocab_id(&vocab_status, STATUS_WITHDRAWN);
    int outcome = 0;
    for (size_t i = 0; i < f->n && outcome == 0; i++)
        outcome = add_value(rd, STMT_SET_STATUS, f->values[i], s);
    if (!f->n)
        rowset_unite(s, listed);
    else
        rowset_intersect(s, listed);
    if (outcome != 0 || !is_among(f, withdrawn))
        return outcome;
    struct rowset unlisted;
    outcome = rowset_new(&unlisted, s->most, mem);
    if (outcome != 0)
        return outcome;
    rowset_unite(&unlisted, listed);
    rowset_invert(&unlisted);
    rowset_unite(s, &unlisted);
    return 0;
}

/* The filters of incidents whose values are one set each. */
static const struct {
    enum filter filter;
    enum statement statement;
} columns[] = {
    {FILTER_COUNTRY, STMT_SET_COUNTRY}, {FILTER_EXPOSURE, STMT_SET_EXPOSURE},
    {FILTER_YEAR, STMT_SET_YEAR},       {FILTER_DATASET, STMT_SET_DATASET},
    {FILTER_ACTOR, STMT_SET_ACTOR},     {FILTER_DATA_CLASS, STMT_SET_DATA_CLASS},
};

/* Takes out those that repeat another incident, where the query hides them. */
static int hide_duplicates(struct storage_reader *rd, const struct query *q, struct arena *mem,
                           struct rowset *s)
{
    struct rowset duplicates;
    if (!q->filters[FILTER_DUPLICATES].n)
        return 0;
    int outcome = rowset_new(&duplicates, s->most, mem);
    if (outcome == 0)
        outcome = add_all(rd, STMT_SET_DUPLICATES, &duplicates);
    if (outcome != 0)
        return outcome;
    rowset_invert(&duplicates);
    rowset_intersect(s, &duplicates);
    return 0;
}

int filter_incidents(struct storage_reader *rd, const struct query *q, struct arena *mem, struct rowset *ret)
{
    struct rowset s;
    int outcome = rowset_new(&s, rd->owner->all_incidents, mem);
    if (outcome == 0)
        outcome = start_with_status(rd, &q->filters[FILTER_STATUS], mem, &s);
    for (size_t i = 0; i < sizeof columns / sizeof *columns && outcome == 0; i++)
        outcome = narrow(rd, &q->filters[columns[i].filter], columns[i].statement, mem, &s);
    if (outcome == 0)
        outcome = narrow_parties(rd, q, mem, &s);
    if (outcome == 0)
        outcome = hide_duplicates(rd, q, mem, &s);
    if (outcome == 0)
        *ret = s;
    return outcome;
}

/* Adds the events of every member of INCIDENTS to S. */
static int add_events(struct storage_reader *rd, const struct rowset *incidents, struct rowset *s)
{
    uint64_t numbers[64];
    size_t done = 0, n;
    int outcome = 0;
    while (outcome == 0 && (n = rowset_select(incidents, done, 64, numbers)) != 0) {
        for (size_t i = 0; i < n && outcome == 0; i++) {
            _cleanup_row_ struct row r = row_run_of(rd, STMT_EVENT_SET_INCIDENT, (int64_t)numbers[i], NULL);
            outcome = row_collect(&r, s);
        }
        done += n;
    }
    return outcome;
}

/* Adds the incidents with the ids of F to S; ids of no incident add nothing. */
static int add_incident_ids(struct storage_reader *rd, const struct filter_values *f, struct rowset *s)
{
    for (size_t i = 0; i < f->n; i++) {
        int64_t n;
        int outcome = row_lookup(rd, STMT_INCIDENT_NUMBER, f->values[i], &n);
        if (outcome == 0)
            rowset_add(s, (uint64_t)n);
        else if (outcome != STORAGE_E_NOT_FOUND)
            return outcome;
    }
    return 0;
}

/* Narrows S, of events, to those of the incidents that the query names, by id or through a party. */
static int narrow_to_incidents(struct storage_reader *rd, const struct query *q, struct arena *mem,
                               struct rowset *s)
{
    const struct filter_values *ids = &q->filters[FILTER_INCIDENT];
    struct rowset incidents, events;
    if (!ids->n && !q->filters[FILTER_ORGANIZATION].n && !q->filters[FILTER_PARTY_KIND].n)
        return 0;
    int outcome = rowset_new(&incidents, rd->owner->all_incidents, mem);
    if (outcome == 0)
        outcome = rowset_new(&events, s->most, mem);
    if (outcome == 0 && ids->n)
        outcome = add_incident_ids(rd, ids, &incidents);
    else if (outcome == 0)
        rowset_unite(&incidents, &rd->owner->listed);
    if (outcome == 0)
        outcome = narrow_parties(rd, q, mem, &incidents);
    if (outcome == 0)
        outcome = add_events(rd, &incidents, &events);
    if (outcome == 0)
        rowset_intersect(s, &events);
    return outcome;
}

/* Events of unlisted incidents have the numbers after info.events, and so are in no set. */
int filter_events(struct storage_reader *rd, const struct query *q, struct arena *mem, struct rowset *ret)
{
    struct rowset s;
    int outcome = rowset_new(&s, rd->owner->info.events, mem);
    if (outcome != 0)
        return outcome;
    rowset_invert(&s);
    outcome = narrow(rd, &q->filters[FILTER_KIND], STMT_EVENT_SET_KIND, mem, &s);
    if (outcome == 0)
        outcome = narrow_to_incidents(rd, q, mem, &s);
    if (outcome == 0)
        *ret = s;
    return outcome;
}

int filter_organizations(struct storage_reader *rd, const struct query *q, struct arena *mem,
                         struct rowset *ret)
{
    static const char *const dealer_kinds[] = {"dealer", "dealer_group"};
    static const struct filter_values dealers = {.values = dealer_kinds, .n = 2};
    struct rowset s;
    int outcome = rowset_new(&s, rd->owner->info.organizations, mem);
    if (outcome != 0)
        return outcome;
    rowset_invert(&s);
    if (q->list == QUERY_DEALERS)
        outcome = narrow(rd, &dealers, STMT_ORG_SET_KIND, mem, &s);
    if (outcome == 0)
        outcome = narrow(rd, &q->filters[FILTER_KIND], STMT_ORG_SET_KIND, mem, &s);
    if (outcome == 0)
        outcome = narrow(rd, &q->filters[FILTER_COUNTRY], STMT_ORG_SET_COUNTRY, mem, &s);
    if (outcome == 0)
        outcome = narrow(rd, &q->filters[FILTER_OWNER], STMT_ORG_SET_OWNED, mem, &s);
    if (outcome == 0)
        *ret = s;
    return outcome;
}
