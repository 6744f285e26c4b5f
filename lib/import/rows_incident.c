/* SPDX-License-Identifier: MIT */
/* An incident and its lists as rows, in the order of build.c's column lists. Called by rows.c. */
#include "import/rows.h"

#include "render/json.h"
#include "storage/schema.h"
#include "util/strbuf.h"

#include <errno.h>
#include <string.h>

static void put_count(struct build *b, struct count n)
{
    if (n.known)
        put_integer(b, n.value);
    else
        put_null(b);
}

/* Ordinal of the figure that a headline came from, or nothing. */
static void put_figure_number(struct build *b, const struct incident *x, const struct affected *a)
{
    for (size_t i = 0; a->known && i < x->n_figures; i++)
        if (strcmp(x->figures[i].id, a->figure) == 0) {
            put_size(b, i);
            return;
        }
    put_null(b);
}

static void put_delay(struct build *b, const struct delay *d)
{
    put_count(b, (struct count){d->known, d->min});
    put_count(b, (struct count){d->known, d->max});
}

/* Ids of N words with a space between, as the columns actions and classes have them. */
static int join_actions(const struct incident_row *x, struct arena *mem, const char **ret)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    for (size_t i = 0; i < x->n_actions; i++)
        strbuf_addf(&text, "%s%s", i ? " " : "", vocab_id(&vocab_action, x->actions[i]));
    *ret = text.failed ? NULL : arena_strdup(mem, text.data ? text.data : "");
    return *ret ? 0 : -ENOMEM;
}

static int join_classes(const struct incident_row *x, struct arena *mem, const char **ret)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    for (size_t i = 0; i < x->n_classes; i++)
        strbuf_addf(&text, "%s%s=%s", i ? " " : "", vocab_id(&vocab_data_class, x->classes[i].id),
                    vocab_id(&vocab_certainty, x->classes[i].certainty));
    *ret = text.failed ? NULL : arena_strdup(mem, text.data ? text.data : "");
    return *ret ? 0 : -ENOMEM;
}

static void put_when(struct build *b, const struct incident_row *x, const char *earliest, const char *latest,
                     const char *year)
{
    put_text(b, x->date.text);
    put_text(b, x->date.text ? vocab_id(&vocab_date_kind, x->date_basis) : NULL);
    put_text(b, earliest);
    put_text(b, latest);
    put_text(b, year);
}

static void put_who(struct build *b, const struct catalogue *c, const struct incident_row *x)
{
    put_org_number(b, c, x->organization.id);
    put_text(b, x->organization.name);
    put_text(b, x->organization.name ? vocab_id(&vocab_org_kind, x->organization.kind) : NULL);
    put_text(b, x->country);
    put_text(b, x->sector);
}

static void put_headlines(struct build *b, const struct incident *x)
{
    const struct affected *a = &x->row.affected;
    struct count size = a->amount.value.known ? a->amount.value
                        : a->amount.max.known ? a->amount.max
                                              : a->amount.min;
    put_text(b, x->row.occurred.text);
    put_text(b, x->row.discovered.text);
    put_text(b, x->contained.text);
    put_text(b, x->notified.text);
    put_text(b, x->row.disclosed.text);
    put_figure_number(b, x, a);
    put_text(b, a->known ? vocab_id(&vocab_unit, a->unit) : NULL);
    put_count(b, a->known ? size : COUNT_UNKNOWN);
    put_size(b, a->others);
    put_size(b, x->row.dealers_named);
    put_figure_number(b, x, &x->row.dealers_stated);
    put_size(b, x->row.dealers_stated.others);
}

static void put_standing(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    put_delay(b, &x->occurred_to_discovered);
    put_delay(b, &x->discovered_to_disclosed);
    put_delay(b, &x->occurred_to_disclosed);
    const char *const texts[] = {x->row.dataset,      x->row.dataset_record,   x->row.duplicate_of,
                                 x->row.added,        x->row.modified,         rec->digest,
                                 x->row.withdrawn.at, x->row.withdrawn.reason, x->row.withdrawn.by,
                                 x->row.merged_into};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        put_text(b, texts[i]);
    put_integer(b, incident_is_listed(&x->row));
}

static int put_row(struct build *b, const struct catalogue *c, const struct incident_record *rec,
                   const struct incident *whole)
{
    const struct incident_row *x = &whole->row;
    char earliest[11], latest[11], year[5];
    const char *actions, *classes;
    if (join_actions(x, c->record, &actions) != 0 || join_classes(x, c->record, &classes) != 0)
        return -ENOMEM;
    schema_sort_key(&x->date, earliest, latest);
    put_begin(b, TABLE_INCIDENT);
    put_size(b, rec->row);
    put_text(b, x->id);
    put_text(b, x->title);
    put_text(b, x->summary);
    put_word(b, &vocab_status, x->status);
    put_text(b, x->status_note);
    put_word(b, &vocab_exposure, x->exposure);
    put_when(b, x, earliest, latest, schema_year(&x->date, year) ? year : NULL);
    put_who(b, c, x);
    put_headlines(b, whole);
    put_text(b, actions);
    put_text(b, classes);
    put_standing(b, rec, whole);
    put_end(b);
    return 0;
}

/* Begins a row of a list: whose, and where in it. */
static void put_place(struct build *b, enum build_table t, const struct incident_record *rec, size_t ordinal)
{
    put_begin(b, t);
    put_size(b, rec->row);
    put_size(b, ordinal);
}

static void put_dates(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    for (size_t i = 0; i < x->n_dates; i++) {
        const struct date_fact *d = &x->dates[i];
        put_place(b, TABLE_DATE_FACT, rec, i);
        put_word(b, &vocab_date_kind, d->kind);
        put_text(b, d->date.text);
        put_evidence(b, &d->e);
        put_end(b);
    }
}

static void put_parties(struct build *b, const struct catalogue *c, const struct incident_record *rec,
                        const struct incident *x)
{
    for (size_t i = 0; i < x->n_parties; i++) {
        const struct party *p = &x->parties[i];
        put_place(b, TABLE_PARTY, rec, i);
        put_org_number(b, c, p->organization.id);
        put_text(b, p->organization.name);
        put_word(b, &vocab_org_kind, p->organization.kind);
        put_word(b, &vocab_role, p->role);
        put_count(b, p->count.value);
        put_count(b, p->count.min);
        put_count(b, p->count.max);
        put_text(b, p->has_count ? vocab_id(&vocab_qualifier, p->count.qualifier) : NULL);
        put_evidence(b, &p->e);
        put_end(b);
    }
}

static void put_figures(struct build *b, const struct catalogue *c, const struct incident_record *rec,
                        const struct incident *x)
{
    for (size_t i = 0; i < x->n_figures; i++) {
        const struct figure *f = &x->figures[i];
        put_place(b, TABLE_FIGURE, rec, i);
        put_text(b, f->id);
        put_count(b, f->amount.value);
        put_count(b, f->amount.min);
        put_count(b, f->amount.max);
        put_word(b, &vocab_unit, f->unit);
        put_text(b, f->currency);
        put_word(b, &vocab_qualifier, f->amount.qualifier);
        put_word(b, &vocab_scope, f->scope);
        put_text(b, f->of);
        put_org_number(b, c, f->organization.id);
        put_text(b, f->organization.name);
        put_text(b, f->organization.name ? vocab_id(&vocab_org_kind, f->organization.kind) : NULL);
        put_evidence(b, &f->e);
        put_end(b);
    }
}

static void put_classes(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    for (size_t i = 0; i < x->n_data_classes; i++) {
        const struct data_class *d = &x->data_classes[i];
        put_place(b, TABLE_DATA_CLASS, rec, i);
        put_word(b, &vocab_data_class, d->id);
        put_text(b, d->text);
        put_evidence(b, &d->e);
        put_end(b);
    }
}

static void put_actors(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    for (size_t i = 0; i < x->n_actors; i++) {
        const struct actor *a = &x->actors[i];
        put_place(b, TABLE_ACTOR, rec, i);
        put_text(b, a->id);
        put_text(b, a->name);
        put_word(b, &vocab_actor_kind, a->kind);
        put_evidence(b, &a->e);
        put_end(b);
        for (size_t k = 0; k < a->n_names; k++) {
            put_place(b, TABLE_ACTOR_NAME, rec, i);
            put_size(b, k);
            put_text(b, a->names[k]);
            put_end(b);
        }
    }
}

static void put_attack(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    for (size_t i = 0; i < x->n_attack; i++) {
        const struct attack *a = &x->attack[i];
        put_place(b, TABLE_ATTACK, rec, i);
        put_word(b, &vocab_action, a->action);
        put_text(b, a->variety);
        put_text(b, a->vector);
        put_evidence(b, &a->e);
        put_end(b);
    }
}

static void put_related(struct build *b, const struct catalogue *c, const struct incident_record *rec,
                        const struct incident *x)
{
    for (size_t i = 0; i < x->n_related; i++) {
        const struct related *r = &x->related[i];
        put_place(b, TABLE_RELATED, rec, i);
        put_size(b, c->incidents[catalogue_find_incident(c, r->incident.id)].row);
        put_word(b, &vocab_relation, r->relation);
        put_integer(b, r->derived);
        put_evidence(b, &r->e);
        put_end(b);
    }
}

static const char *list_name(int about)
{
    return about < 0 ? NULL : vocab_id(&vocab_list_name, (unsigned)about);
}

static void put_caveats(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    for (size_t i = 0; i < x->n_caveats; i++) {
        const struct caveat *c = &x->caveats[i];
        put_place(b, TABLE_CAVEAT, rec, i);
        put_text(b, c->text);
        put_text(b, list_name(c->about));
        put_source_number(b, c->source);
        put_asserter(b, &c->asserted_by);
        put_text(b, c->asserted.text);
        put_end(b);
    }
}

static void put_conflicts(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    for (size_t i = 0; i < x->n_conflicts; i++) {
        const struct conflict *c = &x->conflicts[i];
        put_place(b, TABLE_CONFLICT, rec, i);
        put_text(b, c->text);
        put_text(b, list_name(c->about));
        put_end(b);
        for (size_t k = 0; k < c->n_sources; k++) {
            put_place(b, TABLE_CONFLICT_SOURCE, rec, i);
            put_size(b, k);
            put_integer(b, c->sources[k]);
            put_end(b);
        }
    }
}

static void put_sources(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    for (size_t i = 0; i < x->n_sources; i++) {
        put_begin(b, TABLE_SOURCE);
        put_size(b, rec->row);
        put_source_columns(b, &x->sources[i]);
        put_end(b);
    }
}

/* The row of lists, as JSON has it. */
static int put_rendered(struct build *b, const struct incident_record *rec, const struct incident *x)
{
    _cleanup_strbuf_ struct strbuf json = STRBUF_INIT;
    int result = json_row(&x->row, &json);
    if (result != 0)
        return result;
    put_begin(b, TABLE_INCIDENT_ROW);
    put_size(b, rec->row);
    put_text(b, json.data);
    put_end(b);
    return 0;
}

int rows_put_incident(struct build *b, const struct catalogue *c, const struct incident_record *rec,
                      const struct incident *x)
{
    int result = put_row(b, c, rec, x);
    if (result == 0)
        result = put_rendered(b, rec, x);
    put_sources(b, rec, x);
    put_dates(b, rec, x);
    put_parties(b, c, rec, x);
    put_figures(b, c, rec, x);
    put_classes(b, rec, x);
    put_actors(b, rec, x);
    put_attack(b, rec, x);
    put_related(b, c, rec, x);
    put_caveats(b, rec, x);
    put_conflicts(b, rec, x);
    return result != 0 ? result : rows_put_words(b, c, rec, x);
}
