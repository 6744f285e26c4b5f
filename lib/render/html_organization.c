/* SPDX-License-Identifier: MIT */
/* Organisations and dealers: their list, and the page of one with every incident that touches it. */
#include "render/html.h"

#include <string.h>

void html_organizations_head(struct page *p, const struct view *v)
{
    bool dealers = v->organizations.dealers;
    p->title = dealers ? "Dealers and dealer groups" : "Organisations";
    p->list = &v->organizations.info;
    p->description =
        dealers ? "Vehicle dealers and dealer groups named in data-breach incidents, with their own "
                  "incidents and those of owners and suppliers."
                : "Organisations named in data-breach incidents: dealers, carmakers, importers, finance "
                  "companies, suppliers and vendors.";
}

void html_organizations_body(struct page *p, const struct view *v)
{
    bool dealers = v->organizations.dealers;
    const char *one = dealers ? "dealer or dealer group" : "organisation";
    const char *many = dealers ? "dealers and dealer groups" : "organisations";
    htmlw_el(&p->w, p->title, "h1");
    htmlw_el(
        &p->w,
        "Named in incidents, or tied to those that are. To be listed is not to have been breached: each page "
        "says what part it is said to have had, how sure that is, and who says so.",
        "p", "class", "summary");
    list_begin(p, &v->organizations.info, dealers ? FORM_DEALERS : FORM_ORGANIZATIONS, one, many);
    part_org_cards(p, v->organizations.rows, v->organizations.n, 2);
    list_end(p, &v->organizations.info);
}

void html_organization_head(struct page *p, const struct view *v)
{
    const struct org_row *r = &v->organization.organization->row;
    p->title = r->name;
    const char *total =
        words_count(p, v->organization.total_touching, "incident touches it", "incidents touch it");
    p->description =
        total ? arena_printf(p->mem,
                             "%s, %s%s%s. %s in this catalogue. Not listed is not the same as not breached.",
                             r->name, vocab_label(&vocab_org_kind, r->kind), r->country ? ", " : "",
                             r->country ? words_country(r->country) : "", total)
              : NULL;
}

/* A label, and a list of texts joined by commas. */
static void pair_list(struct page *p, const char *label, const char *const *texts, size_t n)
{
    struct htmlw *w = &p->w;
    if (!n)
        return;
    htmlw_open(w, "div");
    htmlw_el(w, label, "dt");
    htmlw_open(w, "dd");
    for (size_t i = 0; i < n; i++)
        htmlw_say(w, "%s%s", i ? ", " : "", texts[i]);
    htmlw_close(w, "dd");
    htmlw_close(w, "div");
}

static void pair_website(struct page *p, const char *url)
{
    struct htmlw *w = &p->w;
    if (!url)
        return;
    htmlw_open(w, "div");
    htmlw_el(w, "Website", "dt");
    htmlw_open(w, "dd");
    part_external(p, url, url);
    htmlw_close(w, "dd");
    htmlw_close(w, "div");
}

static void pair_owner(struct page *p, const struct org_ref *owner)
{
    struct htmlw *w = &p->w;
    if (!owner->id)
        return;
    htmlw_open(w, "div");
    htmlw_el(w, "Owner", "dt");
    htmlw_open(w, "dd");
    part_org(p, owner);
    htmlw_close(w, "dd");
    htmlw_close(w, "div");
}

static void write_facts(struct page *p, const struct organization *o)
{
    struct htmlw *w = &p->w;
    const struct org_row *r = &o->row;
    const char *const places[] = {r->city, r->region, r->country ? words_country(r->country) : NULL};
    const char *known[3];
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        if (places[i])
            known[n++] = places[i];
    htmlw_open(w, "dl", "class", "glance");
    htmlw_open(w, "div");
    htmlw_el(w, "Kind", "dt");
    htmlw_open(w, "dd");
    part_word(p, &vocab_org_kind, r->kind);
    htmlw_close(w, "dd");
    htmlw_close(w, "div");
    pair_list(p, "Where", known, n);
    pair_list(p, "Brands", r->brands, r->n_brands);
    part_pair(p, "Sector (NAICS)", r->sector);
    pair_website(p, o->website);
    pair_owner(p, &r->owner);
    htmlw_close(w, "dl");
}

static void write_name(struct page *p, const struct org_name *n)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "li");
    htmlw_el(w, n->name, "bdi", "lang", n->lang);
    htmlw_text(w, " (");
    part_word(p, &vocab_name_type, n->type);
    htmlw_text(w, ")");
    if (n->note)
        htmlw_el(w, n->note, "p", "class", "note");
    htmlw_close(w, "li");
}

static void write_names(struct page *p, const struct organization *o)
{
    if (!o->n_names)
        return;
    part_section_open(p, "names", "Other names");
    htmlw_open(&p->w, "ul", "class", "facts names");
    for (size_t i = 0; i < o->n_names; i++)
        write_name(p, &o->names[i]);
    htmlw_close(&p->w, "ul");
    part_section_close(p);
}

static void write_link(struct page *p, const struct org_link *l, size_t i)
{
    struct htmlw *w = &p->w;
    const char *id = arena_printf(p->mem, "link-%zu", i + 1);
    htmlw_open(w, "li", "id", id);
    htmlw_open(w, "p", "class", "claim");
    part_sure(p, l->e.certainty);
    part_word(p, &vocab_org_relation, l->relation);
    htmlw_text(w, " ");
    part_org(p, &l->organization);
    if (l->from.text) {
        htmlw_text(w, ", from ");
        part_date(p, &l->from);
    }
    if (l->until.text) {
        htmlw_text(w, ", until ");
        part_date(p, &l->until);
    }
    part_anchor(p, id);
    htmlw_close(w, "p");
    part_evidence(p, &l->e);
    htmlw_close(w, "li");
}

static void write_links(struct page *p, const struct organization *o)
{
    if (!o->n_links)
        return;
    part_section_open(p, "links", "Owners and suppliers");
    htmlw_open(&p->w, "ul", "class", "facts");
    for (size_t i = 0; i < o->n_links; i++)
        write_link(p, &o->links[i], i);
    htmlw_close(&p->w, "ul");
    part_section_close(p);
}

/* As what it was touched, and through whom. */
static void write_part(struct page *p, const struct touching_row *t)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p", "class", "via");
    htmlw_text(w, "Part in it: ");
    part_sure(p, t->certainty);
    htmlw_text(w, " ");
    part_word(p, &vocab_role, t->role);
    if (t->via.id) {
        htmlw_text(w, t->group ? "; through what it owns: " : "; inherited, ");
        if (!t->group) {
            part_word(p, &vocab_org_relation, t->via.relation);
            htmlw_text(w, " ");
        }
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p/organizations/%s", p->env->base, t->via.id);
        htmlw_text(w, t->via.name ? t->via.name : t->via.id);
        htmlw_close(w, "a");
    }
    htmlw_close(w, "p");
}

enum reach { REACH_OWN, REACH_GROUP, REACH_INHERITED };

static enum reach reach_of(const struct touching_row *t)
{
    return !t->via.id ? REACH_OWN : t->group ? REACH_GROUP : REACH_INHERITED;
}

static void write_touching_list(struct page *p, const struct view *v, enum reach reach, const char *heading)
{
    struct htmlw *w = &p->w;
    bool open = false;
    for (size_t i = 0; i < v->organization.n_touching; i++) {
        const struct touching_row *t = &v->organization.touching[i];
        if (reach_of(t) != reach)
            continue;
        if (!open) {
            htmlw_el(w, heading, "h3");
            htmlw_open(w, "ol", "class", "rows");
            open = true;
        }
        htmlw_open(w, "li");
        part_card(p, t->row, 4);
        write_part(p, t);
        htmlw_close(w, "li");
    }
    if (open)
        htmlw_close(w, "ol");
}

static void write_touching(struct page *p, const struct view *v)
{
    const char *id = v->organization.organization->row.id;
    part_section_open(p, "incidents", "Incidents");
    if (v->organization.n_touching) {
        write_touching_list(p, v, REACH_OWN, "Its own");
        write_touching_list(p, v, REACH_GROUP, "Of what it owns");
        write_touching_list(p, v, REACH_INHERITED, "Through owners and suppliers");
    } else {
        htmlw_el(&p->w, "No incident in this catalogue names it, what it owns, or its owners and suppliers.",
                 "p");
        part_not_listed(p);
    }
    part_more(p, v->organization.n_touching, v->organization.total_touching, "/incidents?organization=", id,
              "&reach=all");
    part_section_close(p);
}

static void write_rooftops(struct page *p, const struct view *v)
{
    if (!v->organization.n_rooftops)
        return;
    part_section_open(p, "owns", "What it owns");
    part_org_cards(p, v->organization.rooftops, v->organization.n_rooftops, 3);
    part_more(p, v->organization.n_rooftops, v->organization.total_rooftops,
              "/organizations?owner=", v->organization.organization->row.id, "");
    part_section_close(p);
}

static void write_events(struct page *p, const struct view *v)
{
    if (!v->organization.n_events)
        return;
    part_section_open(p, "timeline", "Timeline");
    draw_events(p, v->organization.events, v->organization.n_events);
    part_events(p, v->organization.events, v->organization.n_events, false);
    part_more(p, v->organization.n_events, v->organization.total_events,
              "/timeline?organization=", v->organization.organization->row.id, "&reach=all");
    part_section_close(p);
}

/* How many incidents in which way, each leading to the list of them. */
static void write_counts(struct page *p, const struct org_row *r)
{
    const struct {
        size_t n;
        const char *label, *reach; /* of the list that has these among others */
    } counts[] = {
        {r->own, "of its own", ""},
        {r->group, "more through what it owns", "&reach=group"},
        {r->inherited, "more through owners and suppliers", "&reach=all"},
    };
    struct htmlw *w = &p->w;
    htmlw_open(w, "ul", "class", "totals");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (i && !counts[i].n)
            continue;
        htmlw_open(w, "li");
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p/incidents?organization=%q%p", p->env->base, r->id, counts[i].reach);
        htmlw_el(w, counts[i].n ? say_number((int64_t)counts[i].n, p->mem) : "None", "strong");
        htmlw_say(w, " %s %s", counts[i].n == 1 ? "incident" : "incidents", counts[i].label);
        htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
}

/* The name as its bearers write it, under the English one. */
static void write_native(struct page *p, const struct organization *o)
{
    for (size_t i = 0; i < o->n_names; i++) {
        if (o->names[i].type != NAME_NATIVE)
            continue;
        htmlw_el(&p->w, o->names[i].name, "p", "class", "native", "lang", o->names[i].lang);
        return;
    }
}

void html_organization_body(struct page *p, const struct view *v)
{
    const struct organization *o = v->organization.organization;
    p->sources = o->sources;
    p->n_sources = o->n_sources;
    htmlw_open(&p->w, "div", "class", "lead");
    htmlw_el(&p->w, o->row.name, "h1");
    write_native(p, o);
    write_counts(p, &o->row);
    write_facts(p, o);
    htmlw_close(&p->w, "div");
    write_touching(p, v);
    write_links(p, o);
    write_rooftops(p, v);
    write_events(p, v);
    write_names(p, o);
    if (o->n_sources) {
        part_section_open(p, "sources", "Sources");
        part_sources(p);
        part_section_close(p);
    }
    part_cite(p, o->row.id);
    part_record_links(p);
}
