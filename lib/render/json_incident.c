/* SPDX-License-Identifier: MIT */
/*
 * Incidents as JSON: the row that lists show, the whole record, and events shown outside their record.
 */
#include "render/json_shapes.h"
#include "util/limits.h"

#include <string.h>

static void put_affected_members(struct jw *w, struct jw_level *o, const struct affected *a)
{
    jw_amount(w, o, &a->amount);
    jw_word(w, o, "unit", &vocab_unit, a->unit);
    jw_word(w, o, "qualifier", &vocab_qualifier, a->amount.qualifier);
    jw_word(w, o, "certainty", &vocab_certainty, a->certainty);
    jw_asserter(w, o, "asserted_by", &a->asserted_by);
    jw_text(w, o, "publisher", a->publisher);
    jw_text(w, o, "figure", a->figure);
    jw_size(w, o, "others", a->others);
    jw_text(w, o, "rule", "headline-1");
}

static void put_affected(struct jw *w, struct jw_level *o, const struct affected *a)
{
    if (a->known)
        put_affected_members(w, jw_object(w, o, "affected"), a);
    else
        jw_null(w, o, "affected");
}

static void put_dealers(struct jw *w, struct jw_level *o, const struct incident_row *x)
{
    struct jw_level *dealers = jw_object(w, o, "dealers");
    jw_size(w, dealers, "named", x->dealers_named);
    if (!x->dealers_stated.known) {
        jw_null(w, dealers, "stated");
        return;
    }
    struct jw_level *stated = jw_object(w, dealers, "stated");
    put_affected_members(w, stated, &x->dealers_stated);
    jw_word(w, stated, "scope", &vocab_scope, x->dealers_stated.scope);
}

static void put_date_with_basis(struct jw *w, struct jw_level *o, const struct incident_row *x)
{
    if (!x->date.text) {
        jw_null(w, o, "date");
        return;
    }
    struct jw_level *date = jw_object(w, o, "date");
    jw_date_members(w, date, &x->date);
    jw_word(w, date, "basis", &vocab_date_kind, x->date_basis);
}

static void put_actions(struct jw *w, struct jw_level *o, const struct incident_row *x)
{
    struct jw_level *actions = jw_array(w, o, "actions");
    for (size_t i = 0; i < x->n_actions; i++)
        jw_word(w, actions, NULL, &vocab_action, x->actions[i]);
}

static void put_class_summary(struct jw *w, struct jw_level *o, const void *item)
{
    const struct class_summary *x = item;
    jw_word(w, o, "id", &vocab_data_class, x->id);
    jw_word(w, o, "certainty", &vocab_certainty, x->certainty);
}

static void put_dataset_ref(struct jw *w, struct jw_level *o, const struct incident_row *x)
{
    if (!x->dataset) {
        jw_null(w, o, "dataset");
        return;
    }
    struct jw_level *dataset = jw_object(w, o, "dataset");
    jw_text(w, dataset, "id", x->dataset);
    jw_text(w, dataset, "record", x->dataset_record);
}

void jw_withdrawal(struct jw *w, struct jw_level *o, const char *key, const struct withdrawal *x)
{
    if (!x->at) {
        jw_null(w, o, key);
        return;
    }
    struct jw_level *withdrawn = jw_object(w, o, key);
    jw_text(w, withdrawn, "at", x->at);
    jw_text(w, withdrawn, "reason", x->reason);
    jw_text(w, withdrawn, "by", x->by);
}

/* The first part of a row: what it is and when. */
static void put_identity(struct jw *w, struct jw_level *o, const struct incident_row *x)
{
    jw_text(w, o, "id", x->id);
    jw_text(w, o, "title", x->title);
    jw_text(w, o, "summary", x->summary);
    jw_word(w, o, "status", &vocab_status, x->status);
    jw_text(w, o, "status_note", x->status_note);
    jw_word(w, o, "exposure", &vocab_exposure, x->exposure);
    put_date_with_basis(w, o, x);
    jw_org_ref(w, o, "organization", &x->organization);
    jw_text(w, o, "country", x->country);
    jw_text(w, o, "sector", x->sector);
    jw_date(w, o, "occurred", &x->occurred);
    jw_date(w, o, "discovered", &x->discovered);
    jw_date(w, o, "disclosed", &x->disclosed);
}

static void put_via(struct jw *w, struct jw_level *o, const void *item)
{
    const struct via *x = item;
    jw_text(w, o, "id", x->id);
    jw_text(w, o, "name", x->name);
    jw_word(w, o, "relation", &vocab_org_relation, x->relation);
}

void jw_via(struct jw *w, struct jw_level *o, const struct via *via, size_t n)
{
    jw_list(w, o, "via", via, n, put_via);
}

/* A row up to its last members; a whole record has its classes among the lists instead, with all their members. */
static void put_members(struct jw *w, struct jw_level *o, const struct incident_row *x, bool whole)
{
    put_identity(w, o, x);
    put_affected(w, o, &x->affected);
    put_dealers(w, o, x);
    put_actions(w, o, x);
    if (!whole)
        jw_list(w, o, "data_classes", x->classes, x->n_classes, put_class_summary);
    put_dataset_ref(w, o, x);
    jw_text(w, o, "duplicate_of", x->duplicate_of);
    jw_text(w, o, "added", x->added);
    jw_text(w, o, "modified", x->modified);
    jw_withdrawal(w, o, "withdrawn", &x->withdrawn);
    jw_text(w, o, "merged_into", x->merged_into);
}

/* What depends on where it is served. */
static void put_place(struct jw *w, struct jw_level *o, const char *id)
{
    if (!w->urls)
        return;
    jw_link(w, o, "url", "/incidents/", id, ".json");
    jw_link(w, o, "html_url", "/incidents/", id);
}

static void put_row(struct jw *w, struct jw_level *o, const struct incident_row *x, bool whole)
{
    put_members(w, o, x, whole);
    put_place(w, o, x->id);
    if (x->has_via)
        jw_via(w, o, x->via, x->n_via);
}

void jw_incident_row(struct jw *w, struct jw_level *o, const void *row)
{
    put_row(w, o, row, false);
}

void jw_incident_members(struct jw *w, struct jw_level *o, const struct incident_row *x)
{
    put_members(w, o, x, false);
}

/* The id in X, which every row begins with; NULL: X is no row. */
static const char *row_id(const struct json_row *x, char ret[static LIMIT_ID_BYTES + 1])
{
    static const char before[] = "{\"id\":\"";
    size_t start = sizeof before - 1;
    if (x->size < start || memcmp(x->text, before, start) != 0)
        return NULL;
    const char *id = x->text + start, *end = memchr(id, '"', x->size - start);
    if (!end || end - id > LIMIT_ID_BYTES)
        return NULL;
    memcpy(ret, id, (size_t)(end - id));
    ret[end - id] = '\0';
    return ret;
}

void jw_json_row(struct jw *w, struct jw_level *o, const void *row)
{
    const struct json_row *x = row;
    char id[LIMIT_ID_BYTES + 1];
    jw_begun(w, o, x->text, x->size);
    put_place(w, o, row_id(x, id));
    if (x->has_via)
        jw_via(w, o, x->via, x->n_via);
}

void jw_delay(struct jw *w, struct jw_level *o, const char *key, const struct delay *d)
{
    if (!d->known) {
        jw_null(w, o, key);
        return;
    }
    struct jw_level *delay = jw_object(w, o, key);
    jw_integer(w, delay, "min", d->min);
    jw_integer(w, delay, "max", d->max);
}

void jw_incident(struct jw *w, struct jw_level *o, const struct incident *x)
{
    put_row(w, o, &x->row, true);
    jw_date(w, o, "contained", &x->contained);
    jw_date(w, o, "notified", &x->notified);
    struct jw_level *delays = jw_object(w, o, "delays");
    jw_delay(w, delays, "occurred_to_discovered", &x->occurred_to_discovered);
    jw_delay(w, delays, "discovered_to_disclosed", &x->discovered_to_disclosed);
    jw_delay(w, delays, "occurred_to_disclosed", &x->occurred_to_disclosed);
    jw_incident_lists(w, o, x);
}

static void put_cited(struct jw *w, struct jw_level *o, const struct timeline_item *x)
{
    if (!x->has_cited) {
        jw_null(w, o, "cited");
        return;
    }
    struct jw_level *cited = jw_object(w, o, "cited");
    jw_integer(w, cited, "n", x->cited.n);
    jw_text(w, cited, "title", x->cited.title);
    jw_text(w, cited, "publisher", x->cited.publisher);
    jw_source_url(w, cited, &x->cited);
    jw_word(w, cited, "class", &vocab_source_class, x->cited.class);
}

void jw_timeline_item(struct jw *w, struct jw_level *o, const void *item)
{
    const struct timeline_item *x = item;
    jw_event(w, o, &x->event);
    struct jw_level *incident = jw_object(w, o, "incident");
    jw_text(w, incident, "id", x->incident.id);
    jw_text(w, incident, "title", x->incident.title);
    jw_word(w, incident, "status", &vocab_status, x->incident.status);
    put_cited(w, o, x);
    jw_link(w, o, "url", "/incidents/", x->incident.id, ".json");
    jw_link(w, o, "html_url", "/incidents/", x->incident.id, "#", x->event.id);
}
