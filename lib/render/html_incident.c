/* SPDX-License-Identifier: MIT */
/*
 * The page of one incident: its order. First the two answers and the headline figure with who claims it,
 * then what is not known, then the facts, each list with the conflicts about it. The lists themselves are
 * written by html_incident_facts.c; every fact has an anchor.
 */
#include "render/html_incident.h"

#define BIT(list) (1u << (list))

static const struct section {
    const char *id, *title;
    void (*write)(struct page *p, const struct incident *x);
    unsigned about; /* conflicts about these lists stand here */
    bool optional;  /* left out when there is nothing to say */
} sections[] = {
    {"not-known", "What is not known", incident_caveats, BIT(LIST_CAVEATS), false},
    {"dealers", "Affected dealers", incident_parties, BIT(LIST_PARTIES), false},
    {"timeline", "Timeline", incident_timeline, BIT(LIST_DATES) | BIT(LIST_TIMELINE), false},
    {"figures", "Figures", incident_figures, BIT(LIST_FIGURES), false},
    {"data", "Data", incident_data, BIT(LIST_DATA_CLASSES), false},
    {"actors", "Who and how", incident_actors, BIT(LIST_ACTORS) | BIT(LIST_ATTACK), false},
    {"conflicts", "Where sources disagree", NULL, 0, true},
    {"related", "Related incidents", incident_related, BIT(LIST_RELATED), true},
    {"sources", "Sources", incident_sources, BIT(LIST_SOURCES), false},
};
#define N_SECTIONS (sizeof sections / sizeof *sections)

/* Whether conflict C stands in section S; those about nothing in particular stand in the one for
 * conflicts. */
static bool stands_in(const struct conflict *c, const struct section *s)
{
    unsigned placed = 0;
    for (size_t i = 0; i < N_SECTIONS; i++)
        placed |= sections[i].about;
    bool homeless = c->about < 0 || !(placed & BIT(c->about));
    return homeless ? !s->write : (s->about & BIT(c->about)) != 0;
}

static size_t count_conflicts(const struct incident *x, const struct section *s)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n_conflicts; i++)
        n += stands_in(&x->conflicts[i], s);
    return n;
}

static void write_conflict(struct page *p, const struct conflict *c, size_t number)
{
    struct htmlw *w = &p->w;
    const char *id = arena_printf(p->mem, "conflict-%zu", number + 1);
    htmlw_open(w, "li", "id", id);
    htmlw_open(w, "p", "class", "claim");
    htmlw_text(w, c->text);
    part_anchor(p, id);
    htmlw_close(w, "p");
    if (c->n_sources) {
        htmlw_open(w, "p", "class", "evidence");
        htmlw_text(w, "see ");
        for (size_t i = 0; i < c->n_sources; i++) {
            htmlw_text(w, i == 0 ? "" : i + 1 == c->n_sources ? " and " : ", ");
            part_source_ref(p, c->sources[i]);
        }
        htmlw_close(w, "p");
    }
    htmlw_close(w, "li");
}

static void write_conflicts(struct page *p, const struct incident *x, const struct section *s)
{
    struct htmlw *w = &p->w;
    if (!count_conflicts(x, s))
        return;
    htmlw_open(w, "div", "class", "conflicts");
    if (s->write)
        htmlw_el(w, "Sources disagree", "h3");
    htmlw_open(w, "ul");
    for (size_t i = 0; i < x->n_conflicts; i++)
        if (stands_in(&x->conflicts[i], s))
            write_conflict(p, &x->conflicts[i], i);
    htmlw_close(w, "ul");
    htmlw_close(w, "div");
}

static void write_section(struct page *p, const struct incident *x, const struct section *s)
{
    if (s->optional && !count_conflicts(x, s) && !(s->write && x->n_related))
        return;
    part_section_open(p, s->id, s->title);
    if (s->write)
        s->write(p, x);
    write_conflicts(p, x, s);
    part_section_close(p);
}

/* Did it happen, did data get out; and what decided the first. */
static void write_answers(struct page *p, const struct incident_row *r)
{
    htmlw_open(&p->w, "p", "class", "verdict");
    part_answers(p, r);
    htmlw_close(&p->w, "p");
    if (r->status_note)
        htmlw_el(&p->w, r->status_note, "p", "class", "status-note");
}

static void write_pair_org(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    if (!r->organization.name)
        return;
    htmlw_open(w, "div");
    htmlw_el(w, "Organisation", "dt");
    htmlw_open(w, "dd");
    part_org(p, &r->organization);
    htmlw_text(w, ", ");
    part_word(p, &vocab_org_kind, r->organization.kind);
    if (r->country)
        htmlw_say(w, ", %s", words_country(r->country));
    htmlw_close(w, "dd");
    htmlw_close(w, "div");
}

static void write_pair_date(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "div");
    htmlw_open(w, "dt");
    if (r->date.text)
        part_word(p, &vocab_date_kind, r->date_basis);
    else
        htmlw_text(w, "date");
    htmlw_close(w, "dt");
    htmlw_open(w, "dd");
    part_date(p, &r->date);
    htmlw_close(w, "dd");
    htmlw_close(w, "div");
}

static void write_pair_dealers(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    const struct affected *s = &r->dealers_stated;
    htmlw_open(w, "div");
    htmlw_el(w, "Dealers", "dt");
    htmlw_open(w, "dd");
    htmlw_text(w, r->dealers_named ? words_count(p, r->dealers_named, "named", "named") : "none named");
    if (s->known) {
        htmlw_text(w, ". ");
        part_sure(p, s->certainty);
        htmlw_say(w, "%s (", say_affected(s, p->mem));
        part_word(p, &vocab_scope, s->scope);
        htmlw_text(w, ")");
    }
    htmlw_close(w, "dd");
    htmlw_close(w, "div");
}

static void write_lead(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "div", "class", "lead");
    htmlw_el(w, r->title, "h1");
    write_answers(p, r);
    part_affected(p, &r->affected, NULL);
    if (r->summary)
        htmlw_el(w, r->summary, "p", "class", "summary");
    htmlw_open(w, "dl", "class", "glance");
    write_pair_org(p, r);
    write_pair_date(p, r);
    write_pair_dealers(p, r);
    htmlw_close(w, "dl");
    htmlw_close(w, "div");
}

void html_incident_head(struct page *p, const struct view *v)
{
    p->title = v->incident.incident->row.title;
    p->description = words_headline(p, &v->incident.incident->row);
    p->og_type = "article";
    p->og_title = arena_printf(p->mem, "%s. %s", p->title, p->description ? p->description : "");
}

void html_incident_body(struct page *p, const struct view *v)
{
    const struct incident *x = v->incident.incident;
    p->sources = x->sources;
    p->n_sources = x->n_sources;
    write_lead(p, &x->row);
    for (size_t i = 0; i < N_SECTIONS; i++)
        write_section(p, x, &sections[i]);
    incident_record(p, x, v->incident.dataset);
}
