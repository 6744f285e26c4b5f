/* SPDX-License-Identifier: MIT */
/* An incident's lists as they stand in its page, from data to the record's licence. */
#include "render/html_incident.h"

#include <string.h>
#include <strings.h>

static const char *data_anchor(struct page *p, const struct incident *x, size_t i)
{
    size_t nth = 0;
    for (size_t j = 0; j < i; j++)
        nth += x->data_classes[j].id == x->data_classes[i].id;
    return words_nth(p, arena_printf(p->mem, "data-%s", vocab_id(&vocab_data_class, x->data_classes[i].id)),
                     nth);
}

static void write_data_class(struct page *p, const struct incident *x, size_t i)
{
    struct htmlw *w = &p->w;
    const struct data_class *d = &x->data_classes[i];
    const char *id = data_anchor(p, x, i);
    htmlw_open(w, "li", "id", id);
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, d->e.certainty);
    part_word(p, &vocab_data_class, d->id);
    if (d->text && strcasecmp(d->text, vocab_label(&vocab_data_class, d->id)) != 0)
        htmlw_say(w, " – “%s”", d->text);
    part_anchor(p, id);
    htmlw_close(w, "p");
    part_evidence(p, &d->e);
    htmlw_close(w, "li");
}

/* The classes from certainty FROM to TO, the surest first; none: nothing is written. */
static bool write_data_list(struct page *p, const struct incident *x, enum certainty from, enum certainty to,
                            const char *heading)
{
    struct htmlw *w = &p->w;
    bool open = false;
    for (enum certainty c = from; c <= to; c++) {
        for (size_t i = 0; i < x->n_data_classes; i++) {
            if (x->data_classes[i].e.certainty != c)
                continue;
            if (!open) {
                htmlw_el(w, heading, "h3");
                htmlw_open(w, "ul", "class", "facts classes-list");
                open = true;
            }
            write_data_class(p, x, i);
        }
    }
    if (open)
        htmlw_close(w, "ul");
    return open;
}

void incident_data(struct page *p, const struct incident *x)
{
    if (!x->n_data_classes)
        htmlw_el(&p->w, "Which data were affected is not known.", "p");
    write_data_list(p, x, CERTAINTY_CONFIRMED, CERTAINTY_SUSPECTED, "Said to be exposed");
    write_data_list(p, x, CERTAINTY_DENIED, CERTAINTY_DENIED, "Said not to be exposed");
    write_data_list(p, x, CERTAINTY_UNKNOWN, CERTAINTY_UNKNOWN, "Said not to be known");
}

static const char *actor_anchor(struct page *p, const struct incident *x, size_t i)
{
    size_t nth = 0;
    for (size_t j = 0; j < i; j++)
        nth += strcmp(x->actors[j].id, x->actors[i].id) == 0;
    return words_nth(p, arena_printf(p->mem, "actor-%s", x->actors[i].id), nth);
}

static void write_actor(struct page *p, const struct incident *x, size_t i)
{
    struct htmlw *w = &p->w;
    const struct actor *a = &x->actors[i];
    const char *id = actor_anchor(p, x, i);
    htmlw_open(w, "li", "id", id);
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, a->e.certainty);
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/actors/%s", p->env->base, a->id);
    htmlw_text(w, a->name);
    htmlw_close(w, "a");
    for (size_t n = 0; n < a->n_names; n++)
        htmlw_say(w, "%s%s", n ? ", " : " (also ", a->names[n]);
    htmlw_text(w, a->n_names ? ")" : "");
    if (!strstr(a->name, vocab_label(&vocab_actor_kind, a->kind))) { /* "an insider" needs no ", insider" */
        htmlw_text(w, ", ");
        part_word(p, &vocab_actor_kind, a->kind);
    }
    part_anchor(p, id);
    htmlw_close(w, "p");
    part_evidence(p, &a->e);
    htmlw_close(w, "li");
}

static void write_attack(struct page *p, const struct attack *a, size_t i)
{
    struct htmlw *w = &p->w;
    const char *id = arena_printf(p->mem, "attack-%zu", i + 1);
    htmlw_open(w, "li", "id", id);
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, a->e.certainty);
    part_word(p, &vocab_action, a->action);
    if (a->variety)
        htmlw_say(w, ", %s", a->variety);
    if (a->vector)
        htmlw_say(w, ", by way of: %s", a->vector);
    part_anchor(p, id);
    htmlw_close(w, "p");
    part_evidence(p, &a->e);
    htmlw_close(w, "li");
}

void incident_actors(struct page *p, const struct incident *x)
{
    struct htmlw *w = &p->w;
    if (!x->n_actors)
        htmlw_el(w, "Nobody is named as being behind it.", "p");
    else
        htmlw_open(w, "ul", "class", "facts");
    for (size_t i = 0; i < x->n_actors; i++)
        write_actor(p, x, i);
    if (x->n_actors)
        htmlw_close(w, "ul");
    if (!x->n_attack)
        return;
    htmlw_el(w, "How it came about", "h3");
    htmlw_open(w, "ul", "class", "facts");
    for (size_t i = 0; i < x->n_attack; i++)
        write_attack(p, &x->attack[i], i);
    htmlw_close(w, "ul");
}

void incident_related(struct page *p, const struct incident *x)
{
    struct htmlw *w = &p->w;
    if (!x->n_related)
        return;
    htmlw_open(w, "ul", "class", "facts");
    for (size_t i = 0; i < x->n_related; i++) {
        const struct related *r = &x->related[i];
        const char *id = arena_printf(p->mem, "related-%zu", i + 1);
        htmlw_open(w, "li", "id", id);
        htmlw_open(w, "p", "class", "claim");
        part_sure(p, r->e.certainty);
        part_word(p, &vocab_relation, r->relation);
        htmlw_text(w, " – ");
        part_incident(p, r->incident.id, r->incident.title);
        part_anchor(p, id);
        htmlw_close(w, "p");
        part_evidence(p, &r->e);
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
}

void incident_sources(struct page *p, const struct incident *x)
{
    if (x->n_sources)
        part_sources(p);
    else
        htmlw_el(&p->w, "No source is recorded.", "p");
}

static void write_licence(struct page *p, const struct incident *x, const struct dataset *d)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p");
    htmlw_text(w, "From the dataset ");
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/datasets/%s", p->env->base, d ? d->id : x->row.dataset);
    htmlw_text(w, d && d->title ? d->title : x->row.dataset);
    htmlw_close(w, "a");
    if (d && d->license) {
        htmlw_text(w, ", licensed ");
        part_external(p, d->license_url, d->license);
    }
    htmlw_text(w, ".");
    if (d && d->credit)
        htmlw_say(w, " Credit: %s", d->credit);
    htmlw_close(w, "p");
}

void incident_record(struct page *p, const struct incident *x, const struct dataset *dataset)
{
    struct htmlw *w = &p->w;
    part_section_open(p, "record", "This record");
    if (x->row.dataset)
        write_licence(p, x, dataset);
    htmlw_open(w, "dl", "class", "glance");
    part_pair(p, "Identifier", x->row.id);
    if (x->row.dataset_record && strcmp(x->row.dataset_record, x->row.id) != 0)
        part_pair(p, "Record in its dataset", x->row.dataset_record);
    if (x->row.added)
        part_pair(p, "Added", words_day(p, x->row.added));
    if (x->row.modified)
        part_pair(p, "Last changed", words_day(p, x->row.modified));
    htmlw_close(w, "dl");
    if (x->row.duplicate_of) {
        htmlw_open(w, "p");
        htmlw_text(w, "This record tells of the same incident as ");
        part_incident(p, x->row.duplicate_of, NULL);
        htmlw_text(w, ".");
        htmlw_close(w, "p");
    }
    part_record_links(p);
    part_section_close(p);
    part_cite(p, x->row.id);
}
