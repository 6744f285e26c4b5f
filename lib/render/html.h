/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_HTML_H
#define BREACHD_RENDER_HTML_H

/*
 * Inside the HTML column: what its files share. html.c owns the table of pages, html_layout.c the frame
 * around each; a family of pages has a file of its own with a head (title and description, before anything
 * is written) and a body (what stands in <main>). Parts are the pieces that several pages show.
 *
 * Nothing here reports failure: the writer remembers it, and a sentence that memory ran out for arrives as
 * NULL.
 */
#include "render/htmlw.h"
#include "render/render.h"

#define SITE_NAME    "breachd"
#define SITE_TAGLINE "Data breaches: who says so, how sure, and where from"

struct page {
    struct htmlw w;
    const struct render_env *env;
    struct arena *mem;
    const char *title, *description;
    const char *og_type;
    const char *og_title; /* NULL: the title */
    bool noindex;
    const struct list_info *list; /* of a page of a list */
    const struct source *sources; /* that evidence on this page refers to */
    size_t n_sources;
};

typedef void (*html_part)(struct page *p, const struct view *v);

/* --- pages: heads set title and description, bodies write --- */
void html_overview_head(struct page *p, const struct view *v);
void html_overview_body(struct page *p, const struct view *v);
void html_incidents_head(struct page *p, const struct view *v);
void html_incidents_body(struct page *p, const struct view *v);
void html_incident_head(struct page *p, const struct view *v);
void html_incident_body(struct page *p, const struct view *v);
void html_incident_timeline_head(struct page *p, const struct view *v);
void html_incident_timeline_body(struct page *p, const struct view *v);
void html_organizations_head(struct page *p, const struct view *v);
void html_organizations_body(struct page *p, const struct view *v);
void html_organization_head(struct page *p, const struct view *v);
void html_organization_body(struct page *p, const struct view *v);
void html_timeline_head(struct page *p, const struct view *v);
void html_timeline_body(struct page *p, const struct view *v);
void html_actors_head(struct page *p, const struct view *v);
void html_actors_body(struct page *p, const struct view *v);
void html_actor_head(struct page *p, const struct view *v);
void html_actor_body(struct page *p, const struct view *v);
void html_data_classes_head(struct page *p, const struct view *v);
void html_data_classes_body(struct page *p, const struct view *v);
void html_datasets_head(struct page *p, const struct view *v);
void html_datasets_body(struct page *p, const struct view *v);
void html_dataset_head(struct page *p, const struct view *v);
void html_dataset_body(struct page *p, const struct view *v);
void html_statistics_head(struct page *p, const struct view *v);
void html_statistics_body(struct page *p, const struct view *v);
void html_about_head(struct page *p, const struct view *v);
void html_about_body(struct page *p, const struct view *v);
void html_api_head(struct page *p, const struct view *v);
void html_api_body(struct page *p, const struct view *v);
void html_problem_head(struct page *p, const struct view *v);
void html_problem_body(struct page *p, const struct view *v);

/* --- the frame --- */
void layout_begin(struct page *p);
void layout_end(struct page *p);

/* --- words (html_parts.c); in the page's arena, NULL when out of memory --- */

/* TEXT with a capital letter first (ASCII only). */
const char *words_capital(struct page *p, const char *text);

/* "1 incident", "2,150 incidents". */
const char *words_count(struct page *p, size_t n, const char *one, const char *many);

/* The day of an RFC 3339 time: "31 January 2026". */
const char *words_day(struct page *p, const char *time);

/* The country's name, or the code where it has none. */
const char *words_country(const char *code);

/* An id of an element: "filter-party-kind" of "filter" and "party_kind"; of "party_kind" and NULL "party-kind". */
const char *words_id(struct page *p, const char *prefix, const char *name);

/* The fragment of a word's definition on /about: "certainty-suspected". */
const char *words_anchor(struct page *p, const struct vocab *v, unsigned value);

/* BASE for the first of its kind, then "BASE-2", "BASE-3": ids stay unique within a page. NTH counts from
 * 0. */
const char *words_nth(struct page *p, const char *base, size_t nth);

/* "Attack confirmed · data loss suspected. Claimed: Up to 3.1 million people …, reported by ZDNet." */
const char *words_headline(struct page *p, const struct incident_row *r);

/* --- parts (html_parts.c) --- */
void part_section_open(struct page *p, const char *id, const char *title);
void part_section_close(struct page *p);

/* The date in words; a <time> where it is one certain day. */
void part_date(struct page *p, const struct edtf *d);

/* A vocabulary's word, linked to its definition. */
void part_word(struct page *p, const struct vocab *v, unsigned value);

/* The two answers, each linked to its definition: say_answers(). */
void part_answers(struct page *p, const struct incident_row *r);

/* How sure, as a word before the claim that follows: "Suspected: ". */
void part_sure(struct page *p, enum certainty c);

/* The same of one thing among several: WHAT "Data, " gives "Data, suspected: ". */
void part_sure_of(struct page *p, const char *what, enum certainty c);

/* The organisation's name, linked unless it is an unnamed group. */
void part_org(struct page *p, const struct org_ref *o);

void part_incident(struct page *p, const char *id, const char *title);

/* TEXT linked to URL where that may be linked, else TEXT alone. URL may be NULL. */
void part_external(struct page *p, const char *url, const char *text);

/* TEXT linked to the source's address, where there is one; nobody is led to an attacker's. */
void part_source_link(struct page *p, const struct source *s, const char *text);

/* "ZDNet [2]", linked to #source-2. */
void part_source_ref(struct page *p, int n);

/* A label and a text of a <dl>; nothing when TEXT is NULL. */
void part_pair(struct page *p, const char *label, const char *text);

/* "2 confirmed, 1 suspected" */
void part_certainty_counts(struct page *p, const struct certainty_counts *c);

/* "Not listed is not the same as not breached", after what was looked for. */
void part_not_listed(struct page *p);

/* The page's sources, each with its anchor. */
void part_sources(struct page *p);

/* "?" beside TITLE: a link to PATH, where its words are explained. Nothing when PATH is NULL. */
void part_help(struct page *p, const char *path, const char *title);

/* A link to the element ID of this page, by which a fact can be cited; seen where a pointer or the keyboard is. */
void part_anchor(struct page *p, const char *id);

/* How to cite this page, a record whose id is ID (html_cite.c). */
void part_cite(struct page *p, const char *id);

/* How to report an error in a record. */
void part_record_links(struct page *p);

/* One of a list of ways on: TEXT linked to URL, with the attribute rel unless REL is NULL. Nothing when URL is NULL. */
void part_way(struct page *p, const char *rel, const char *url, const char *text);

/* The start of a table of two columns, with its caption and its head. */
void part_table_open(struct page *p, const char *class, const char *caption, const char *first,
                     const char *second);

/* Where a list is shown in part, a link to all of it: LIST ("/incidents?organization="), the encoded ID, REST ("&reach=all"). */
void part_more(struct page *p, size_t shown, size_t total, const char *list, const char *id,
               const char *rest);

/* --- facts (html_facts.c) --- */

/* Who says so, when and where: "says Toyota (company), 29 March 2019, ZDNet [2]". SOURCE 0: none. */
void part_claimant(struct page *p, const struct asserter *by, const struct edtf *when, int source);

/* The claimant as a line of its own; then the note and the quotation. Sources are the page's. */
void part_evidence(struct page *p, const struct evidence *e);

/* The headline figure with its claimant; LINK: "3 other figures" leads to that page's figures. */
void part_affected(struct page *p, const struct affected *a, const char *incident_id);

/* Incidents as a list, titles as headings of LEVEL. */
void part_cards(struct page *p, const struct incident_row *rows, size_t n, unsigned level);

/* What a card says between <li> and </li>. */
void part_card(struct page *p, const struct incident_row *r, unsigned level);

/* Organisations as a list, names as headings of LEVEL. */
void part_org_cards(struct page *p, const struct org_row *rows, size_t n, unsigned level);

/* Events in the order given, each with its incident unless OWN. */
void part_events(struct page *p, const struct timeline_item *items, size_t n, bool own);

/* The same to scale (html_timeline_draw.c); nothing where all is one day. */
void draw_events(struct page *p, const struct timeline_item *items, size_t n);

/* --- lists (html_list.c) --- */
enum list_form { FORM_INCIDENTS, FORM_STATISTICS, FORM_ORGANIZATIONS, FORM_DEALERS, FORM_EVENTS, FORM_NONE };

/* What stands before the rows: the form, facets, how many of what there are, filters and orders; where there are none, what to
 * try instead. */
void list_begin(struct page *p, const struct list_info *info, enum list_form form, const char *one,
                const char *many);

/* What stands behind them: the ways to the next and previous page. */
void list_end(struct page *p, const struct list_info *info);

/* --- what a list is made of (html_search.c, html_choices.c) --- */
void search_form(struct page *p, const struct list_info *info, enum list_form form);
/* A box that searches the list at PATH from another page. */
void search_box(struct page *p, const char *path, const char *id, const char *label);
void choices_filters(struct page *p, const struct list_info *info);
void choices_orders(struct page *p, const struct list_info *info);
void choices_facets(struct page *p, const struct list_info *info);
/* Where else the text searched for may be found. */
void choices_elsewhere(struct page *p, const struct list_info *info);
void choices_empty(struct page *p, const struct list_info *info, const char *one, const char *many);

#endif
