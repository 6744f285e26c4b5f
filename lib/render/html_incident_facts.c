/* SPDX-License-Identifier: MIT */
/* An incident's lists as they stand in its page, from what is not known to what data got out. */
#include "render/html_incident.h"

#include <string.h>

/* Where the lists' sections are, for caveats that name one. */
static const struct {
    const char *anchor, *label;
} list_places[_LIST_N] = {
    [LIST_DATES] = {"timeline", "dates"},       [LIST_PARTIES] = {"dealers", "organisations"},
    [LIST_FIGURES] = {"figures", "figures"},    [LIST_DATA_CLASSES] = {"data", "data"},
    [LIST_ACTORS] = {"actors", "actors"},       [LIST_ATTACK] = {"actors", "how it came about"},
    [LIST_TIMELINE] = {"timeline", "timeline"}, [LIST_RELATED] = {"related", "related incidents"},
    [LIST_SOURCES] = {"sources", "sources"},
};

/* What a caveat hangs on, where that has a section on this page. */
static bool has_place(const struct caveat *c, const struct incident *x)
{
    return c->about >= 0 && list_places[c->about].anchor && (c->about != LIST_RELATED || x->n_related);
}

/* What it is about and who says so; nothing when it is the record's own. */
static void write_caveat_evidence(struct page *p, const struct caveat *c, const struct incident *x)
{
    struct htmlw *w = &p->w;
    bool said = c->source || c->asserted_by.name || c->asserted.text;
    if (!said && !has_place(c, x))
        return;
    htmlw_open(w, "p", "class", "evidence");
    if (has_place(c, x)) {
        htmlw_text(w, "about ");
        htmlw_open(w, "a");
        htmlw_url(w, "href", "#%s", list_places[c->about].anchor);
        htmlw_text(w, list_places[c->about].label);
        htmlw_close(w, "a");
        htmlw_text(w, said ? "; " : "");
    }
    if (said)
        part_claimant(p, &c->asserted_by, &c->asserted, c->source);
    htmlw_close(w, "p");
}

static void write_caveat(struct page *p, const struct incident *x, size_t i)
{
    struct htmlw *w = &p->w;
    const struct caveat *c = &x->caveats[i];
    const char *id = arena_printf(p->mem, "caveat-%zu", i + 1);
    htmlw_open(w, "li", "id", id);
    htmlw_open(w, "p", "class", "claim");
    htmlw_text(w, c->text);
    part_anchor(p, id);
    htmlw_close(w, "p");
    write_caveat_evidence(p, c, x);
    htmlw_close(w, "li");
}

/* Where no reservation is recorded in words, the gaps that the record's answers leave are one. */
static void write_gaps(struct page *p, const struct incident_row *r)
{
    struct htmlw *w = &p->w;
    bool unknown_exposure = r->exposure == CERTAINTY_UNKNOWN;
    if (!unknown_exposure && r->affected.known) {
        htmlw_el(w, "Nothing apart from what stands with the facts below.", "p");
        return;
    }
    htmlw_open(w, "ul", "class", "facts");
    if (unknown_exposure)
        htmlw_el(w, "Whether data got out", "li");
    if (!r->affected.known)
        htmlw_el(w, "How many people were affected, if any", "li");
    htmlw_close(w, "ul");
}

void incident_caveats(struct page *p, const struct incident *x)
{
    if (!x->n_caveats) {
        write_gaps(p, &x->row);
        return;
    }
    htmlw_open(&p->w, "ul", "class", "facts");
    for (size_t i = 0; i < x->n_caveats; i++)
        write_caveat(p, x, i);
    htmlw_close(&p->w, "ul");
}

/* A dealer whom the incident touched, rather than one who only announced it or sold something. */
static bool is_dealer_party(const struct party *y)
{
    bool touched = y->role == ROLE_BREACHED || y->role == ROLE_CUSTOMERS_EXPOSED || y->role == ROLE_DISRUPTED;
    return org_is_dealer(y->organization.kind) && touched;
}

static const char *party_anchor(struct page *p, const struct incident *x, size_t i)
{
    const char *id = x->parties[i].organization.id ? x->parties[i].organization.id : "group";
    size_t nth = 0;
    for (size_t j = 0; j < i; j++) {
        const char *other = x->parties[j].organization.id ? x->parties[j].organization.id : "group";
        nth += strcmp(id, other) == 0;
    }
    return words_nth(p, arena_printf(p->mem, "party-%s", id), nth);
}

static void write_party(struct page *p, const struct incident *x, size_t i)
{
    struct htmlw *w = &p->w;
    const struct party *y = &x->parties[i];
    const char *id = party_anchor(p, x, i);
    htmlw_open(w, "li", "id", id);
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, y->e.certainty);
    part_org(p, &y->organization);
    if (y->has_count)
        htmlw_say(
            w, " (%s)",
            say_amount(&y->count, org_is_dealer(y->organization.kind) ? "dealers" : "organisations", p->mem));
    htmlw_text(w, ", ");
    part_word(p, &vocab_role, y->role);
    if (!is_dealer_party(y)) {
        htmlw_text(w, " (");
        part_word(p, &vocab_org_kind, y->organization.kind);
        htmlw_text(w, ")");
    }
    if (!y->organization.id)
        htmlw_text(w, " – not named one by one");
    part_anchor(p, id);
    htmlw_close(w, "p");
    part_evidence(p, &y->e);
    htmlw_close(w, "li");
}

static size_t write_party_list(struct page *p, const struct incident *x, bool dealers, const char *heading)
{
    size_t n = 0;
    for (size_t i = 0; i < x->n_parties; i++) {
        if (is_dealer_party(&x->parties[i]) != dealers)
            continue;
        if (n++ == 0) {
            if (heading)
                htmlw_el(&p->w, heading, "h3");
            htmlw_open(&p->w, "ul", "class", "facts parties");
        }
        write_party(p, x, i);
    }
    if (n)
        htmlw_close(&p->w, "ul");
    return n;
}

void incident_parties(struct page *p, const struct incident *x)
{
    if (!write_party_list(p, x, true, NULL))
        htmlw_el(&p->w, "No dealer is named in this record.", "p");
    write_party_list(p, x, false, "Other organisations");
}

static const char *date_anchor(struct page *p, const struct incident *x, size_t i)
{
    size_t nth = 0;
    for (size_t j = 0; j < i; j++)
        nth += x->dates[j].kind == x->dates[i].kind;
    return words_nth(p, arena_printf(p->mem, "date-%s", vocab_id(&vocab_date_kind, x->dates[i].kind)), nth);
}

static void write_date_fact(struct page *p, const struct incident *x, size_t i)
{
    struct htmlw *w = &p->w;
    const struct date_fact *d = &x->dates[i];
    const char *id = date_anchor(p, x, i);
    htmlw_open(w, "div", "id", id);
    htmlw_open(w, "dt");
    htmlw_open(w, "span", "class", "basis");
    part_word(p, &vocab_date_kind, d->kind);
    htmlw_close(w, "span");
    htmlw_close(w, "dt");
    htmlw_open(w, "dd");
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, d->e.certainty);
    part_date(p, &d->date);
    part_anchor(p, id);
    htmlw_close(w, "p");
    part_evidence(p, &d->e);
    htmlw_close(w, "dd");
    htmlw_close(w, "div");
}

/* Delays in days; one that cannot be told is left out. */
static void write_delays(struct page *p, const struct incident *x)
{
    const struct {
        const struct delay *delay;
        const char *label;
    } delays[] = {
        {&x->occurred_to_discovered, "From occurrence to discovery"},
        {&x->discovered_to_disclosed, "From discovery to disclosure"},
        {&x->occurred_to_disclosed, "From occurrence to disclosure"},
    };
    bool any = false;
    for (size_t i = 0; i < 3; i++)
        any = any || delays[i].delay->known;
    if (!any)
        return;
    htmlw_open(&p->w, "dl", "class", "glance delays");
    for (size_t i = 0; i < 3; i++)
        if (delays[i].delay->known)
            part_pair(p, delays[i].label, say_delay(delays[i].delay, p->mem));
    htmlw_close(&p->w, "dl");
}

static void write_event(struct page *p, const struct event *e)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "li", "id", e->id);
    htmlw_open(w, "div", "class", "when");
    part_date(p, &e->date);
    htmlw_text(w, " ");
    htmlw_open(w, "span", "class", "basis");
    part_word(p, &vocab_event_kind, e->kind);
    htmlw_close(w, "span");
    htmlw_close(w, "div");
    htmlw_open(w, "div", "class", "what");
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, e->e.certainty);
    htmlw_text(w, e->text);
    part_anchor(p, e->id);
    htmlw_close(w, "p");
    part_evidence(p, &e->e);
    htmlw_close(w, "div");
    htmlw_close(w, "li");
}

void incident_timeline(struct page *p, const struct incident *x)
{
    struct htmlw *w = &p->w;
    if (x->n_timeline) {
        incident_draw_timeline(p, x);
        htmlw_open(w, "ol", "class", "facts chronicle");
        for (size_t i = 0; i < x->n_timeline; i++)
            write_event(p, &x->timeline[i]);
        htmlw_close(w, "ol");
        htmlw_open(w, "p", "class", "more");
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p/incidents/%s/timeline", p->env->base, x->row.id);
        htmlw_text(w, "These events by themselves, also as data");
        htmlw_close(w, "a");
        htmlw_close(w, "p");
    } else {
        htmlw_el(w, "No event is recorded.", "p");
    }
    if (!x->n_dates)
        return;
    htmlw_el(w, "Dates", "h3");
    htmlw_open(w, "dl", "class", "dates");
    for (size_t i = 0; i < x->n_dates; i++)
        write_date_fact(p, x, i);
    htmlw_close(w, "dl");
    write_delays(p, x);
}

static void write_amount(struct page *p, const struct figure *f)
{
    struct htmlw *w = &p->w;
    const char *unit = f->unit == UNIT_MONEY && f->currency ? f->currency : vocab_label(&vocab_unit, f->unit);
    htmlw_el(w, say_amount(&f->amount, unit, p->mem), "strong");
    if (f->of)
        htmlw_say(w, " – %s", f->of);
    if (f->organization.id) {
        htmlw_text(w, ", at ");
        part_org(p, &f->organization);
    }
}

static void write_figure(struct page *p, const struct incident *x, const struct figure *f)
{
    struct htmlw *w = &p->w;
    const char *id = arena_printf(p->mem, "figure-%s", f->id);
    htmlw_open(w, "tr", "id", id);
    htmlw_open(w, "th", "scope", "row");
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, f->e.certainty);
    write_amount(p, f);
    part_anchor(p, id);
    htmlw_close(w, "p");
    if (x->row.affected.known && x->row.affected.figure && strcmp(x->row.affected.figure, f->id) == 0) {
        htmlw_open(w, "p", "class", "tag");
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p/about#headline-figure", p->env->base);
        htmlw_text(w, "headline figure");
        htmlw_close(w, "a");
        htmlw_close(w, "p");
    }
    htmlw_close(w, "th");
    htmlw_open(w, "td");
    part_evidence(p, &f->e);
    htmlw_close(w, "td");
    htmlw_close(w, "tr");
}

/* The figures of one scope: rivals stand together, and what counts something else stands apart. */
static void write_scope(struct page *p, const struct incident *x, enum scope scope)
{
    struct htmlw *w = &p->w;
    bool open = false;
    for (size_t i = 0; i < x->n_figures; i++) {
        if (x->figures[i].scope != scope)
            continue;
        if (!open) {
            htmlw_open(w, "tbody");
            htmlw_open(w, "tr", "class", "group");
            htmlw_open(w, "th", "scope", "rowgroup", "colspan", "2");
            part_word(p, &vocab_scope, scope);
            htmlw_close(w, "th");
            htmlw_close(w, "tr");
            open = true;
        }
        write_figure(p, x, &x->figures[i]);
    }
    if (open)
        htmlw_close(w, "tbody");
}

void incident_figures(struct page *p, const struct incident *x)
{
    static const enum scope order[] = {SCOPE_AFFECTED, SCOPE_ALTERNATIVE, SCOPE_ATTACKER_CLAIM,
                                       SCOPE_SUBSET,   SCOPE_DISRUPTED,   SCOPE_CONTEXT};
    struct htmlw *w = &p->w;
    if (!x->n_figures) {
        htmlw_el(w, "No figure is known. That does not mean that nobody was affected.", "p");
        return;
    }
    incident_draw_figures(p, x);
    part_table_open(p, "figures", "Every figure, with who says so", "Figure", "Who says so");
    for (size_t i = 0; i < sizeof order / sizeof *order; i++)
        write_scope(p, x, order[i]);
    htmlw_close(w, "table");
}
