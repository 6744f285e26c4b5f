/* SPDX-License-Identifier: MIT */
/*
 * Facts as JSON: dates, evidence, and one function for a member of each of an incident's eleven lists.
 */
#include "render/json_shapes.h"

void jw_date_members(struct jw *w, struct jw_level *o, const struct edtf *d)
{
    jw_text(w, o, "edtf", d->text);
    jw_text(w, o, "earliest", d->earliest[0] ? d->earliest : NULL);
    jw_text(w, o, "latest", d->latest[0] ? d->latest : NULL);
    jw_bool(w, o, "approximate", d->approximate);
    jw_bool(w, o, "uncertain", d->uncertain);
}

void jw_date(struct jw *w, struct jw_level *o, const char *key, const struct edtf *d)
{
    if (d->text)
        jw_date_members(w, jw_object(w, o, key), d);
    else
        jw_null(w, o, key);
}

void jw_asserter(struct jw *w, struct jw_level *o, const char *key, const struct asserter *a)
{
    if (!a->name) {
        jw_null(w, o, key);
        return;
    }
    struct jw_level *by = jw_object(w, o, key);
    jw_text(w, by, "name", a->name);
    jw_word(w, by, "class", &vocab_source_class, a->class);
}

static void put_source_ref(struct jw *w, struct jw_level *o, const char *key, int n)
{
    if (n)
        jw_integer(w, o, key, n);
    else
        jw_null(w, o, key);
}

void jw_evidence(struct jw *w, struct jw_level *o, const struct evidence *e)
{
    jw_word(w, o, "certainty", &vocab_certainty, e->certainty);
    put_source_ref(w, o, "source", e->source);
    jw_asserter(w, o, "asserted_by", &e->asserted_by);
    jw_date(w, o, "asserted", &e->asserted);
    jw_text(w, o, "note", e->note);
    jw_text(w, o, "quote", e->quote);
}

void jw_org_ref(struct jw *w, struct jw_level *o, const char *key, const struct org_ref *r)
{
    if (!r->id && !r->name) {
        jw_null(w, o, key);
        return;
    }
    struct jw_level *ref = jw_object(w, o, key);
    jw_text(w, ref, "id", r->id);
    jw_text(w, ref, "name", r->name);
    jw_word(w, ref, "kind", &vocab_org_kind, r->kind);
}

void jw_amount(struct jw *w, struct jw_level *o, const struct amount *a)
{
    jw_count(w, o, "value", a->value);
    jw_count(w, o, "min", a->min);
    jw_count(w, o, "max", a->max);
}

void jw_source_url(struct jw *w, struct jw_level *o, const struct source *s)
{
    jw_text(w, o, "url", s->class == CLASS_ATTACKER ? NULL : s->url);
}

void jw_source(struct jw *w, struct jw_level *o, const void *source)
{
    const struct source *s = source;
    jw_integer(w, o, "n", s->n);
    jw_text(w, o, "title", s->title);
    jw_text(w, o, "description", s->description);
    jw_text(w, o, "publisher", s->publisher);
    jw_source_url(w, o, s);
    jw_date(w, o, "published", &s->published);
    jw_word(w, o, "class", &vocab_source_class, s->class);
    jw_date(w, o, "retrieved", &s->retrieved);
    jw_text(w, o, "seen", s->seen);
}

void jw_event(struct jw *w, struct jw_level *o, const void *event)
{
    const struct event *x = event;
    jw_text(w, o, "id", x->id);
    jw_date(w, o, "date", &x->date);
    jw_word(w, o, "kind", &vocab_event_kind, x->kind);
    jw_text(w, o, "text", x->text);
    jw_bool(w, o, "derived", x->derived);
    jw_evidence(w, o, &x->e);
}

static void put_date_fact(struct jw *w, struct jw_level *o, const void *item)
{
    const struct date_fact *x = item;
    jw_word(w, o, "kind", &vocab_date_kind, x->kind);
    jw_date(w, o, "date", &x->date);
    jw_evidence(w, o, &x->e);
}

static void put_party(struct jw *w, struct jw_level *o, const void *item)
{
    const struct party *x = item;
    jw_org_ref(w, o, "organization", &x->organization);
    jw_word(w, o, "role", &vocab_role, x->role);
    if (x->has_count) {
        struct jw_level *count = jw_object(w, o, "count");
        jw_amount(w, count, &x->count);
        jw_word(w, count, "qualifier", &vocab_qualifier, x->count.qualifier);
    } else {
        jw_null(w, o, "count");
    }
    jw_evidence(w, o, &x->e);
}

static void put_figure(struct jw *w, struct jw_level *o, const void *item)
{
    const struct figure *x = item;
    jw_text(w, o, "id", x->id);
    jw_amount(w, o, &x->amount);
    jw_word(w, o, "unit", &vocab_unit, x->unit);
    jw_text(w, o, "currency", x->currency);
    jw_word(w, o, "qualifier", &vocab_qualifier, x->amount.qualifier);
    jw_word(w, o, "scope", &vocab_scope, x->scope);
    jw_text(w, o, "of", x->of);
    jw_org_ref(w, o, "organization", &x->organization);
    jw_evidence(w, o, &x->e);
}

static void put_data_class(struct jw *w, struct jw_level *o, const void *item)
{
    const struct data_class *x = item;
    jw_word(w, o, "id", &vocab_data_class, x->id);
    jw_text(w, o, "text", x->text);
    jw_evidence(w, o, &x->e);
}

static void put_actor(struct jw *w, struct jw_level *o, const void *item)
{
    const struct actor *x = item;
    jw_text(w, o, "id", x->id);
    jw_text(w, o, "name", x->name);
    jw_texts(w, o, "names", x->names, x->n_names);
    jw_word(w, o, "kind", &vocab_actor_kind, x->kind);
    jw_evidence(w, o, &x->e);
}

static void put_attack(struct jw *w, struct jw_level *o, const void *item)
{
    const struct attack *x = item;
    jw_word(w, o, "action", &vocab_action, x->action);
    jw_text(w, o, "variety", x->variety);
    jw_text(w, o, "vector", x->vector);
    jw_evidence(w, o, &x->e);
}

static void put_related(struct jw *w, struct jw_level *o, const void *item)
{
    const struct related *x = item;
    struct jw_level *incident = jw_object(w, o, "incident");
    jw_text(w, incident, "id", x->incident.id);
    jw_text(w, incident, "title", x->incident.title);
    jw_word(w, o, "relation", &vocab_relation, x->relation);
    jw_bool(w, o, "derived", x->derived);
    jw_evidence(w, o, &x->e);
}

static void put_about(struct jw *w, struct jw_level *o, int about)
{
    if (about < 0)
        jw_null(w, o, "about");
    else
        jw_word(w, o, "about", &vocab_list_name, (unsigned)about);
}

static void put_caveat(struct jw *w, struct jw_level *o, const void *item)
{
    const struct caveat *x = item;
    jw_text(w, o, "text", x->text);
    put_about(w, o, x->about);
    put_source_ref(w, o, "source", x->source);
    jw_asserter(w, o, "asserted_by", &x->asserted_by);
    jw_date(w, o, "asserted", &x->asserted);
}

static void put_conflict(struct jw *w, struct jw_level *o, const void *item)
{
    const struct conflict *x = item;
    jw_text(w, o, "text", x->text);
    put_about(w, o, x->about);
    struct jw_level *sources = jw_array(w, o, "sources");
    for (size_t i = 0; i < x->n_sources; i++)
        jw_integer(w, sources, NULL, x->sources[i]);
}

void jw_incident_lists(struct jw *w, struct jw_level *o, const struct incident *x)
{
    jw_list(w, o, "dates", x->dates, x->n_dates, put_date_fact);
    jw_list(w, o, "parties", x->parties, x->n_parties, put_party);
    jw_list(w, o, "figures", x->figures, x->n_figures, put_figure);
    jw_list(w, o, "data_classes", x->data_classes, x->n_data_classes, put_data_class);
    jw_list(w, o, "actors", x->actors, x->n_actors, put_actor);
    jw_list(w, o, "attack", x->attack, x->n_attack, put_attack);
    jw_list(w, o, "timeline", x->timeline, x->n_timeline, jw_event);
    jw_list(w, o, "related", x->related, x->n_related, put_related);
    jw_list(w, o, "caveats", x->caveats, x->n_caveats, put_caveat);
    jw_list(w, o, "conflicts", x->conflicts, x->n_conflicts, put_conflict);
    jw_list(w, o, "sources", x->sources, x->n_sources, jw_source);
}
