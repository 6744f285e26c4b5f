/* SPDX-License-Identifier: MIT */
/* Filters of events and of organisations. Sets of both have names with a prefix. */
#include "storage/sqlite_words.h"

#include <errno.h>
#include <string.h>

/* The incidents with the ids of F; ids of no incident are none. */
static int incidents_by_id(struct storage_reader *rd, const struct filter_values *f,
                           const struct rowset **ret)
{
    const struct rowset *any = rowset_empty();
    for (size_t i = 0; i < f->n; i++) {
        int64_t n;
        int outcome = row_lookup(rd, STMT_INCIDENT_NUMBER, f->values[i], &n);
        if (outcome == 0)
            any = rowset_unite(any, rowset_range((uint32_t)n, (uint32_t)n, rd->scratch), rd->scratch);
        else if (outcome != STORAGE_E_NOT_FOUND)
            return outcome;
    }
    return filter_made(any, ret);
}

/* Narrows *S, of events, to those of the incidents that the query names, by id or through a party. */
static int narrow_to_incidents(struct storage_reader *rd, const struct query *q, const struct rowset **s)
{
    bool by_id = q->filters[FILTER_INCIDENT].n;
    bool by_party =
        q->filters[FILTER_ORGANIZATION].n || q->filters[FILTER_PARTY_KIND].n || q->filters[FILTER_ROLE].n;
    const struct rowset *incidents = NULL, *parties, *events;
    int outcome = 0;
    if (!by_id && !by_party)
        return 0;
    if (by_id)
        outcome = incidents_by_id(rd, &q->filters[FILTER_INCIDENT], &incidents);
    else
        outcome = set_get(rd, SET_LISTED, SET_NONE, &incidents);
    if (outcome == 0 && by_party) {
        outcome = filter_parties(rd, q, &parties);
        if (outcome == 0)
            incidents = rowset_intersect(incidents, parties, rd->scratch);
    }
    if (outcome == 0)
        outcome = incidents ? collect_each(rd, STMT_EVENT_SET_INCIDENT, incidents, &events) : -ENOMEM;
    return outcome == 0 ? filter_made(rowset_intersect(*s, events, rd->scratch), s) : outcome;
}

/* Narrows *S to rows with a value of filter F, whose sets are called NAME. */
static int narrow(struct storage_reader *rd, const struct query *q, enum filter f, const char *name,
                  const struct rowset **s)
{
    const struct rowset *any;
    if (!q->filters[f].n)
        return 0;
    int outcome = filter_values(rd, name, &q->filters[f], &any);
    return outcome == 0 ? filter_made(rowset_intersect(*s, any, rd->scratch), s) : outcome;
}

static int narrow_date(struct storage_reader *rd, const struct query *q, const struct rowset **s)
{
    const struct edtf *d = &q->dates[0];
    const struct rowset *known;
    if (!q->filters[FILTER_DATE].n)
        return 0;
    if (d->text)
        return filter_date(rd, OF_EVENTS "date", d, q->filters[FILTER_MATCH].n != 0, *s, s);
    int outcome = set_get(rd, OF_EVENTS "date", DATE_KNOWN, &known);
    return outcome == 0 ? filter_made(rowset_subtract(*s, known, rd->scratch), s) : outcome;
}

/* Events of unlisted incidents have the numbers after info.events. */
int filter_events(struct storage_reader *rd, const struct query *q, const struct rowset **ret)
{
    const struct rowset *s = NULL;
    int outcome = filter_made(rowset_range(1, (uint32_t)rd->owner->info.events, rd->scratch), &s);
    if (outcome == 0)
        outcome = narrow(rd, q, FILTER_KIND, OF_EVENTS SET_KIND, &s);
    if (outcome == 0)
        outcome = narrow_date(rd, q, &s);
    if (outcome == 0)
        outcome = narrow_to_incidents(rd, q, &s);
    if (outcome == 0)
        *ret = s;
    return outcome;
}

/* Organisations with one of the owners of F, or without a known one. */
static int narrow_owner(struct storage_reader *rd, const struct filter_values *f, const struct rowset **s)
{
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    const struct rowset *none;
    int outcome = b ? 0 : -ENOMEM;
    for (size_t i = 0; i < f->n && outcome == 0; i++) {
        if (strcmp(f->values[i], QUERY_NONE) == 0) {
            outcome = set_get(rd, OF_ORGANIZATIONS SET_OWNER, SET_NONE, &none);
            if (outcome == 0)
                rowset_add_set(b, none);
            continue;
        }
        _cleanup_row_ struct row r = row_run(rd, STMT_ORG_SET_OWNED, NULL);
        row_bind_text(&r, ":value", f->values[i]);
        outcome = row_collect(&r, b);
    }
    if (outcome != 0)
        return outcome;
    return filter_made(rowset_intersect(*s, rowset_gathered(b, rd->scratch), rd->scratch), s);
}

static int narrow_to_dealers(struct storage_reader *rd, const struct rowset **s)
{
    static const char *const kinds[] = {"dealer", "dealer_group"};
    static const struct filter_values dealers = {.values = kinds, .n = 2};
    const struct rowset *any;
    int outcome = filter_values(rd, OF_ORGANIZATIONS SET_KIND, &dealers, &any);
    return outcome == 0 ? filter_made(rowset_intersect(*s, any, rd->scratch), s) : outcome;
}

static int narrow_to_words(struct storage_reader *rd, const struct query *q, const struct rowset **s)
{
    const struct rowset *found;
    int outcome = filter_org_words(rd, q, &found);
    return outcome == 0 ? filter_made(rowset_intersect(*s, found, rd->scratch), s) : outcome;
}

int filter_organizations(struct storage_reader *rd, const struct query *q, const struct rowset **ret)
{
    const struct rowset *s = NULL;
    int outcome = filter_made(rowset_range(1, (uint32_t)rd->owner->info.organizations, rd->scratch), &s);
    if (outcome == 0 && q->list == QUERY_DEALERS)
        outcome = narrow_to_dealers(rd, &s);
    if (outcome == 0)
        outcome = narrow(rd, q, FILTER_KIND, OF_ORGANIZATIONS SET_KIND, &s);
    if (outcome == 0)
        outcome = narrow(rd, q, FILTER_COUNTRY, OF_ORGANIZATIONS SET_COUNTRY, &s);
    if (outcome == 0)
        outcome = narrow(rd, q, FILTER_BRAND, OF_ORGANIZATIONS SET_BRAND, &s);
    if (outcome == 0 && q->filters[FILTER_OWNER].n)
        outcome = narrow_owner(rd, &q->filters[FILTER_OWNER], &s);
    if (outcome == 0 && q->filters[FILTER_TEXT].n)
        outcome = narrow_to_words(rd, q, &s);
    if (outcome == 0)
        *ret = s;
    return outcome;
}
