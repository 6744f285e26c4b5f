/* SPDX-License-Identifier: MIT */
/* What the catalogue is made of: actors, kinds of data, and the datasets it comes from. */
#include "render/html.h"

#include <string.h>

static void table_begin(struct page *p, const char *caption, const char *const *columns, size_t n)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "table", "class", "list");
    htmlw_el(w, caption, "caption");
    htmlw_open(w, "thead");
    htmlw_open(w, "tr");
    for (size_t i = 0; i < n; i++)
        htmlw_el(w, columns[i], "th", "scope", "col");
    htmlw_close(w, "tr");
    htmlw_close(w, "thead");
    htmlw_open(w, "tbody");
}
#define TABLE_BEGIN(p, caption, ...)                                                                         \
    table_begin((p), (caption), (const char *const[]){__VA_ARGS__},                                          \
                sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void table_end(struct page *p)
{
    htmlw_close(&p->w, "tbody");
    htmlw_close(&p->w, "table");
}

/* --- actors --- */

void html_actors_head(struct page *p, const struct view *v)
{
    (void)v;
    p->title = "Actors";
    p->description =
        "Who is said to be behind data-breach incidents, by whom it is confirmed, claimed, suspected or "
        "denied.";
}

static void write_names(struct page *p, const struct actor_row *a)
{
    if (!a->n_names)
        return;
    htmlw_open(&p->w, "p", "class", "note");
    htmlw_text(&p->w, "also ");
    for (size_t i = 0; i < a->n_names; i++)
        htmlw_say(&p->w, "%s%s", i ? ", " : "", a->names[i]);
    htmlw_close(&p->w, "p");
}

static void write_actor(struct page *p, const struct actor_row *a)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "tr");
    htmlw_open(w, "th", "scope", "row");
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/actors/%s", p->env->base, a->id);
    htmlw_text(w, a->name);
    htmlw_close(w, "a");
    write_names(p, a);
    htmlw_close(w, "th");
    htmlw_open(w, "td");
    part_word(p, &vocab_actor_kind, a->kind);
    htmlw_close(w, "td");
    htmlw_open(w, "td");
    part_certainty_counts(p, &a->incidents);
    htmlw_close(w, "td");
    htmlw_close(w, "tr");
}

void html_actors_body(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    htmlw_el(w, "Actors", "h1");
    htmlw_el(w,
             "Who is named as being behind an incident, and in how many incidents with which certainty. A "
             "name here is "
             "an assertion by whoever makes it, not a finding of this catalogue.",
             "p", "class", "summary");
    if (!v->actors.n) {
        htmlw_el(w, "Nobody is named in this catalogue.", "p");
        return;
    }
    htmlw_el(w, words_count(p, v->actors.n, "actor", "actors"), "p", "class", "total");
    TABLE_BEGIN(p, "Actors, and in how many incidents they are named, by how sure that is", "Actor", "Kind",
                "Incidents");
    for (size_t i = 0; i < v->actors.n; i++)
        write_actor(p, &v->actors.rows[i]);
    table_end(p);
}

void html_actor_head(struct page *p, const struct view *v)
{
    p->title = v->actor.actor->name;
    const char *total = words_count(p, v->actor.total, "incident", "incidents");
    p->description =
        total ? arena_printf(p->mem, "%s is named in %s, as confirmed, claimed, suspected or denied there.",
                             v->actor.actor->name, total)
              : NULL;
}

/* That an incident is confirmed says nothing of who did it: each card says how sure that is. */
static void write_namings(struct page *p, const struct naming *namings, size_t n)
{
    struct htmlw *w = &p->w;
    if (!n)
        return;
    htmlw_open(w, "ol", "class", "rows");
    for (size_t i = 0; i < n; i++) {
        htmlw_open(w, "li");
        part_card(p, &namings[i].row, 3);
        htmlw_open(w, "p", "class", "via");
        htmlw_text(w, "Its part in it: ");
        part_sure(p, namings[i].certainty);
        htmlw_text(w, " named as the actor");
        htmlw_close(w, "p");
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ol");
}

void html_actor_body(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    const struct actor_row *a = v->actor.actor;
    htmlw_open(w, "div", "class", "lead");
    htmlw_el(w, a->name, "h1");
    write_names(p, a);
    htmlw_open(w, "p", "class", "meta");
    part_word(p, &vocab_actor_kind, a->kind);
    htmlw_text(w, " · incidents: ");
    part_certainty_counts(p, &a->incidents);
    htmlw_close(w, "p");
    htmlw_close(w, "div");
    part_section_open(p, "incidents", "Incidents that name it");
    write_namings(p, v->actor.incidents, v->actor.n);
    part_more(p, v->actor.n, v->actor.total, "/incidents?actor=", a->id, "");
    part_section_close(p);
    part_record_links(p);
}

/* --- kinds of data --- */

void html_data_classes_head(struct page *p, const struct view *v)
{
    (void)v;
    p->title = "Data classes";
    p->description =
        "Kinds of data that got out, or are said to have, with the number of incidents for each certainty.";
}

static void write_class(struct page *p, const struct class_row *c)
{
    struct htmlw *w = &p->w;
    const struct word *word = &vocab_data_class.words[c->id];
    htmlw_open(w, "tr", "id", word->id);
    htmlw_open(w, "th", "scope", "row");
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/incidents?data_class=%q", p->env->base, word->id);
    htmlw_text(w, words_capital(p, word->label));
    htmlw_close(w, "a");
    htmlw_el(w, word->definition, "p", "class", "note");
    htmlw_close(w, "th");
    htmlw_open(w, "td");
    part_certainty_counts(p, &c->incidents);
    htmlw_close(w, "td");
    htmlw_close(w, "tr");
}

void html_data_classes_body(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    htmlw_el(w, "Data classes", "h1");
    htmlw_el(w,
             "Kinds of data named in incidents. “Denied” counts incidents in which somebody says that data "
             "of this kind "
             "did not get out.",
             "p", "class", "summary");
    if (!v->data_classes.n) {
        htmlw_el(w, "No kind of data is named in this catalogue.", "p");
        return;
    }
    htmlw_el(w, words_count(p, v->data_classes.n, "kind of data", "kinds of data"), "p", "class", "total");
    TABLE_BEGIN(p, "Kinds of data, and in how many incidents, by how sure that is", "Kind of data",
                "Incidents");
    for (size_t i = 0; i < v->data_classes.n; i++)
        write_class(p, &v->data_classes.rows[i]);
    table_end(p);
}

/* --- datasets --- */

void html_datasets_head(struct page *p, const struct view *v)
{
    (void)v;
    p->title = "Datasets";
    p->description =
        "Where the records of this catalogue come from, under which licence, and whom to credit.";
}

static void pair_link(struct page *p, const char *label, const char *url, const char *text)
{
    if (!text)
        return;
    htmlw_open(&p->w, "div");
    htmlw_el(&p->w, label, "dt");
    htmlw_open(&p->w, "dd");
    part_external(p, url, text);
    htmlw_close(&p->w, "dd");
    htmlw_close(&p->w, "div");
}

/* A count of the import. */
static void pair_number(struct page *p, const char *label, size_t n)
{
    part_pair(p, label, say_number((int64_t)n, p->mem));
}

static void write_dataset(struct page *p, const struct dataset *d)
{
    htmlw_open(&p->w, "dl", "class", "glance");
    part_pair(p, "Publisher", d->publisher);
    pair_link(p, "Licence", d->license_url, d->license);
    part_pair(p, "Credit", d->credit);
    pair_link(p, "Address", d->url, d->url);
    if (d->retrieved.text)
        part_pair(p, "Retrieved", edtf_words(&d->retrieved, p->mem));
    pair_number(p, "Records read", d->counts.read);
    pair_number(p, "Records imported", d->counts.imported);
    pair_number(p, "Records rejected", d->counts.rejected);
    htmlw_close(&p->w, "dl");
}

void html_datasets_body(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    htmlw_el(w, "Datasets", "h1");
    htmlw_el(w, "Every record says which of these it comes from.", "p", "class", "summary");
    for (size_t i = 0; i < v->datasets.n; i++) {
        const struct dataset *d = &v->datasets.rows[i];
        htmlw_open(w, "section", "class", "dataset");
        htmlw_open(w, "h2");
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p/datasets/%s", p->env->base, d->id);
        htmlw_text(w, d->title ? d->title : d->id);
        htmlw_close(w, "a");
        htmlw_close(w, "h2");
        htmlw_open(w, "div", "class", "body");
        write_dataset(p, d);
        htmlw_close(w, "div");
        htmlw_close(w, "section");
    }
    if (!v->datasets.n)
        htmlw_el(w, "No dataset is in this catalogue.", "p");
}

void html_dataset_head(struct page *p, const struct view *v)
{
    const struct dataset *d = v->dataset.dataset;
    p->title = d->title ? d->title : d->id;
    p->description = arena_printf(
        p->mem, "Dataset %s: where it comes from, licence, credit, and what importing it met with.",
        p->title);
}

static void write_rejects(struct page *p, const struct dataset *d)
{
    struct htmlw *w = &p->w;
    if (!d->n_rejects)
        return;
    part_section_open(p, "rejects", "Rejected records");
    TABLE_BEGIN(p, "Records that were left out, and why", "File", "Position", "Field", "Reason");
    for (size_t i = 0; i < d->n_rejects; i++) {
        const struct reject *r = &d->rejects[i];
        const char *const cells[] = {r->position, r->field, r->reason};
        htmlw_open(w, "tr");
        htmlw_el(w, r->file, "th", "scope", "row");
        for (size_t c = 0; c < sizeof cells / sizeof *cells; c++)
            htmlw_el(w, cells[c] ? cells[c] : "–", "td");
        htmlw_close(w, "tr");
    }
    table_end(p);
    if (d->n_rejects < d->n_rejects_total)
        htmlw_el(w,
                 words_count(p, d->n_rejects_total - d->n_rejects, "more is not kept by name",
                             "more are not kept by name"),
                 "p", "class", "more");
    part_section_close(p);
}

static void write_warnings(struct page *p, const struct dataset *d)
{
    if (!d->n_warnings)
        return;
    part_section_open(p, "warnings", "Warnings of the import");
    htmlw_open(&p->w, "dl", "class", "glance");
    for (size_t i = 0; i < d->n_warnings; i++)
        pair_number(p, words_capital(p, d->warnings[i].kind), d->warnings[i].n);
    htmlw_close(&p->w, "dl");
    part_section_close(p);
}

void html_dataset_body(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    const struct dataset *d = v->dataset.dataset;
    htmlw_open(w, "div", "class", "lead");
    htmlw_el(w, p->title, "h1");
    htmlw_close(w, "div");
    part_section_open(p, "origin", "Origin and licence");
    write_dataset(p, d);
    htmlw_open(w, "dl", "class", "glance");
    pair_number(p, "Records withdrawn", d->counts.withdrawn);
    pair_number(p, "Duplicates found", d->counts.duplicates);
    htmlw_close(w, "dl");
    htmlw_open(w, "p");
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/incidents?dataset=%q", p->env->base, d->id);
    htmlw_text(w, "Incidents from this dataset");
    htmlw_close(w, "a");
    htmlw_close(w, "p");
    part_section_close(p);
    write_warnings(p, d);
    write_rejects(p, d);
    part_record_links(p);
}
