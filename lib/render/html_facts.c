/* SPDX-License-Identifier: MIT */
/* Facts as pages show them: evidence, headline figures, and the rows of incidents, organisations and
 * events. */
#include "render/html.h"

#include <string.h>

void part_claimant(struct page *p, const struct asserter *by, const struct edtf *when, int source)
{
    struct htmlw *w = &p->w;
    const char *between = "";
    if (by->name) {
        htmlw_say(w, "says %s (", by->name);
        part_word(p, &vocab_source_class, by->class);
        htmlw_text(w, ")");
        between = ", ";
    }
    if (when->text) {
        htmlw_text(w, between);
        part_date(p, when);
        between = ", ";
    }
    htmlw_text(w, between);
    if (source)
        part_source_ref(p, source);
    else
        htmlw_text(w, "compiled from the record as a whole");
}

void part_evidence(struct page *p, const struct evidence *e)
{
    struct htmlw *w = &p->w;
    bool said = e->source || e->asserted_by.name || e->asserted.text;
    if (said || !e->note) { /* else the note says what it was compiled from */
        htmlw_open(w, "p", "class", "evidence");
        part_claimant(p, &e->asserted_by, &e->asserted, e->source);
        htmlw_close(w, "p");
    }
    if (e->note)
        htmlw_el(w, e->note, "p", "class", "note");
    if (e->quote) {
        htmlw_open(w, "blockquote");
        htmlw_el(w, e->quote, "p");
        htmlw_close(w, "blockquote");
    }
}

/* The classes of a row, by how sure: "Data, suspected: names, addresses". */
static void write_classes(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    for (enum certainty c = 0; c < _CERTAINTY_N; c++) {
        const char *between = NULL;
        for (size_t i = 0; i < r->n_classes; i++) {
            if (r->classes[i].certainty != c)
                continue;
            if (!between) {
                htmlw_open(w, "p", "class", "classes");
                part_sure_of(p, "Data, ", c);
            }
            htmlw_text(w, between ? between : "");
            part_word(p, &vocab_data_class, r->classes[i].id);
            between = ", ";
        }
        if (between)
            htmlw_close(w, "p");
    }
}

void part_affected(struct page *p, const struct affected *a, const char *incident_id)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p", "class", a->known ? "headline" : "headline unknown");
    if (a->known)
        part_sure(p, a->certainty);
    htmlw_text(w, say_affected(a, p->mem));
    if (a->known && a->source && !incident_id) {
        htmlw_text(w, " ");
        htmlw_open(w, "a", "class", "ref");
        htmlw_url(w, "href", "#source-%s", arena_printf(p->mem, "%d", a->source));
        htmlw_say(w, "[%s]", arena_printf(p->mem, "%d", a->source));
        htmlw_close(w, "a");
    }
    if (a->known && a->others) {
        htmlw_text(w, " · ");
        htmlw_open(w, "a");
        if (incident_id)
            htmlw_url(w, "href", "%p/incidents/%s#figures", p->env->base, incident_id);
        else
            htmlw_url(w, "href", "#figures");
        htmlw_text(w, words_count(p, a->others, "other figure", "other figures"));
        htmlw_close(w, "a");
    }
    htmlw_close(w, "p");
}

/* Who and where: "Tokyo Toyopet · Japan · 8 dealers named". */
static void write_card_meta(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    const char *between = "";
    htmlw_open(w, "p", "class", "meta");
    if (r->organization.name) {
        part_org(p, &r->organization);
        between = " · ";
    }
    if (r->country) {
        htmlw_say(w, "%s%s", between, words_country(r->country));
        between = " · ";
    }
    if (r->dealers_named)
        htmlw_say(w, "%s%s", between, words_count(p, r->dealers_named, "dealer named", "dealers named"));
    htmlw_close(w, "p");
}

/* Of a list that counts what belongs together: through whom the incident came into it. */
static void write_via(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    if (!r->n_via)
        return;
    htmlw_open(w, "p", "class", "via");
    for (size_t i = 0; i < r->n_via; i++) {
        htmlw_text(w, i ? ", " : "Through ");
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p/organizations/%s", p->env->base, r->via[i].id);
        htmlw_text(w, r->via[i].name ? r->via[i].name : r->via[i].id);
        htmlw_close(w, "a");
    }
    htmlw_close(w, "p");
}

/* What became of a record that is no longer kept: its figures and data are nobody's any more. */
static void write_left(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p", "class", "via");
    if (r->merged_into) {
        htmlw_text(w, "Merged into ");
        part_incident(p, r->merged_into, NULL);
    } else {
        htmlw_say(w, "Withdrawn on %s: %s", words_day(p, r->withdrawn.at),
                  r->withdrawn.reason ? r->withdrawn.reason : "reason not stated");
    }
    htmlw_close(w, "p");
}

void part_card(struct page *p, const struct incident_row *r, unsigned level)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "div", "class", "when");
    part_date(p, &r->date);
    if (r->date.text) {
        htmlw_text(w, " ");
        htmlw_open(w, "span", "class", "basis");
        part_word(p, &vocab_date_kind, r->date_basis);
        htmlw_close(w, "span");
    }
    htmlw_close(w, "div");
    htmlw_open(w, "div", "class", "what");
    htmlw_open_heading(w, level);
    part_incident(p, r->id, r->title);
    htmlw_close_heading(w, level);
    write_card_meta(p, r);
    htmlw_open(w, "p", "class", "answers");
    part_answers(p, r);
    htmlw_close(w, "p");
    if (r->merged_into || r->withdrawn.at) {
        write_left(p, r);
    } else {
        part_affected(p, &r->affected, r->id);
        write_classes(p, r);
    }
    write_via(p, r);
    htmlw_close(w, "div");
}

void part_cards(struct page *p, const struct incident_row *rows, size_t n, unsigned level)
{
    if (!n)
        return;
    htmlw_open(&p->w, "ol", "class", "rows");
    for (size_t i = 0; i < n; i++) {
        htmlw_open(&p->w, "li");
        part_card(p, &rows[i], level);
        htmlw_close(&p->w, "li");
    }
    htmlw_close(&p->w, "ol");
}

/* Kind, place and brands in one line. */
static void write_org_meta(struct page *p, const struct org_row *r)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p", "class", "meta");
    part_word(p, &vocab_org_kind, r->kind);
    const char *const places[] = {r->city, r->region, r->country ? words_country(r->country) : NULL};
    const char *between = " · ";
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        if (!places[i])
            continue;
        htmlw_say(w, "%s%s", between, places[i]);
        between = ", ";
    }
    for (size_t i = 0; i < r->n_brands; i++)
        htmlw_say(w, "%s%s", i ? ", " : " · ", r->brands[i]);
    if (r->owner.id) {
        htmlw_text(w, " · owned by ");
        part_org(p, &r->owner);
    }
    htmlw_close(w, "p");
}

static void write_org_counts(struct page *p, const struct org_row *r)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p", "class", "counts");
    const char *more = r->own ? " more" : "";
    htmlw_text(w, r->own ? words_count(p, r->own, "incident", "incidents") : "No incident of its own");
    if (r->group)
        htmlw_say(w, ", %s%s in its group", say_number((int64_t)r->group, p->mem), more);
    if (r->inherited)
        htmlw_say(w, ", %s%s through owners or suppliers", say_number((int64_t)r->inherited, p->mem), more);
    if (r->latest.id) {
        htmlw_text(w, ". Latest: ");
        part_incident(p, r->latest.id, r->latest.title);
        if (r->latest_date.text) {
            htmlw_text(w, ", ");
            part_date(p, &r->latest_date);
        }
    }
    htmlw_close(w, "p");
}

void part_org_cards(struct page *p, const struct org_row *rows, size_t n, unsigned level)
{
    struct htmlw *w = &p->w;
    if (!n)
        return;
    htmlw_open(w, "ul", "class", "rows orgs");
    for (size_t i = 0; i < n; i++) {
        const struct org_row *r = &rows[i];
        htmlw_open(w, "li");
        htmlw_open_heading(w, level);
        part_org(p, &(struct org_ref){.id = r->id, .name = r->name, .kind = r->kind});
        htmlw_close_heading(w, level);
        write_org_meta(p, r);
        write_org_counts(p, r);
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
}

/* The source of an event shown outside its record. */
static void write_cited(struct page *p, const struct timeline_item *t)
{
    struct htmlw *w = &p->w;
    const struct evidence *e = &t->event.e;
    htmlw_open(w, "p", "class", "evidence");
    const char *between = "";
    if (e->asserted_by.name) {
        htmlw_say(w, "says %s (", e->asserted_by.name);
        part_word(p, &vocab_source_class, e->asserted_by.class);
        htmlw_text(w, ")");
        between = ", ";
    }
    if (t->has_cited) {
        htmlw_text(w, between);
        const char *name = t->cited.publisher ? t->cited.publisher
                           : t->cited.title   ? t->cited.title
                                              : "its source";
        part_source_link(p, &t->cited, name);
    } else {
        htmlw_say(w, "%scompiled from the record as a whole", between);
    }
    htmlw_close(w, "p");
}

/* An event's place in its incident's page. */
static void open_event_link(struct page *p, const struct timeline_item *t)
{
    htmlw_open(&p->w, "a");
    htmlw_url(&p->w, "href", "%p/incidents/%s#%s", p->env->base, t->incident.id, t->event.id);
}

static void write_event(struct page *p, const struct timeline_item *t, bool own)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "div", "class", "when");
    part_date(p, &t->event.date);
    htmlw_text(w, " ");
    htmlw_open(w, "span", "class", "basis");
    part_word(p, &vocab_event_kind, t->event.kind);
    htmlw_close(w, "span");
    htmlw_close(w, "div");
    htmlw_open(w, "div", "class", "what");
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, t->event.e.certainty);
    htmlw_text(w, t->event.text);
    htmlw_close(w, "p");
    write_cited(p, t);
    htmlw_open(w, "p", "class", "meta");
    open_event_link(p, t);
    htmlw_text(w, own ? "Full evidence in the incident’s page" : t->incident.title);
    htmlw_close(w, "a");
    htmlw_close(w, "p");
    htmlw_close(w, "div");
}

void part_events(struct page *p, const struct timeline_item *items, size_t n, bool own)
{
    if (!n)
        return;
    htmlw_open(&p->w, "ol", "class", "rows events");
    for (size_t i = 0; i < n; i++) {
        htmlw_open(&p->w, "li");
        write_event(p, &items[i], own);
        htmlw_close(&p->w, "li");
    }
    htmlw_close(&p->w, "ol");
}
