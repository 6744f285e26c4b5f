/* SPDX-License-Identifier: MIT */
/*
 * The Atom column of the matrix (RFC 4287): a feed of incidents, or of events. What is written follows from the records
 * alone: a feed in which nothing changed stays the same, whatever else the catalogue gained.
 *
 * The writer of HTML serves here too: what it writes with every element closed is XML, and it lets through no character
 * that XML 1.0 forbids.
 */
#include "render/feed.h"
#include "render/htmlw.h"
#include "render/matrix.h"

#include "model/country.h"
#include "util/ascii.h"
#include "util/limits.h"

#include <errno.h>
#include <string.h>

#define ATOM  "http://www.w3.org/2005/Atom"
#define XHTML "http://www.w3.org/1999/xhtml"

struct feed {
    struct htmlw w;
    const struct render_env *env;
    struct arena *mem;
    const char *root;             /* before paths */
    const struct feed_rows *rows; /* NULL: of events */
};

static void link_to(struct feed *f, const char *rel, const char *type, const char *url)
{
    if (!url)
        return;
    htmlw_open(&f->w, "link", "rel", rel, "type", type);
    htmlw_url(&f->w, "href", "%p", url);
    htmlw_close(&f->w, "link");
}

static void write_id(struct feed *f, const char *uuid)
{
    htmlw_el(&f->w, uuid ? arena_printf(f->mem, "urn:uuid:%s", uuid) : NULL, "id");
}

/* VALUE of V, and where the vocabulary is defined. */
static void category(struct feed *f, const struct vocab *v, unsigned value)
{
    htmlw_open(&f->w, "category", "term", vocab_id(v, value), "scheme",
               arena_printf(f->mem, "%s/about#%s", f->root, v->name), "label", vocab_label(v, value));
    htmlw_close(&f->w, "category");
}

/* A paragraph; none where there is nothing to say. */
static void paragraph(struct feed *f, const char *text)
{
    if (text && *text)
        htmlw_el(&f->w, text, "p");
}

static void open_content(struct feed *f)
{
    htmlw_open(&f->w, "content", "type", "xhtml");
    htmlw_open(&f->w, "div", "xmlns", XHTML);
}

static void close_content(struct feed *f)
{
    htmlw_close(&f->w, "div");
    htmlw_close(&f->w, "content");
}

/* --- entries: incidents --- */

static const char *title_of(struct feed *f, const struct incident_row *r)
{
    if (incident_is_listed(r))
        return r->title;
    return arena_printf(f->mem, "%s: %s", r->merged_into ? "Merged into another record" : "Withdrawn",
                        r->title);
}

static void write_categories(struct feed *f, const struct incident_row *r)
{
    category(f, &vocab_status, r->status);
    category(f, &vocab_exposure, r->exposure);
    for (size_t i = 0; i < r->n_actions; i++)
        category(f, &vocab_action, r->actions[i]);
    for (size_t i = 0; i < r->n_classes; i++)
        category(f, &vocab_data_class, r->classes[i].id);
    if (!r->country)
        return;
    htmlw_open(&f->w, "category", "term", r->country, "label", country_name(r->country));
    htmlw_close(&f->w, "category");
}

/* Licence and credit of the record's dataset. */
static void write_rights(struct feed *f, const struct incident_row *r)
{
    const struct dataset *d = NULL;
    for (size_t i = 0; i < f->rows->n_datasets && !d; i++)
        if (strcmp(f->rows->datasets[i].id, r->dataset) == 0)
            d = &f->rows->datasets[i];
    if (!d)
        return;
    if (render_link_ok(d->license_url))
        link_to(f, "license", NULL, d->license_url);
    if (d->license || d->credit)
        htmlw_el(&f->w,
                 arena_printf(f->mem, "%s%s%s", d->license ? d->license : "",
                              d->license && d->credit ? ". " : "", d->credit ? d->credit : ""),
                 "rights");
}

/* "Disclosed 29 March 2019, Toyo Tokyo, Japan." */
static const char *say_place(struct feed *f, const struct incident_row *r)
{
    const char *when = edtf_words(&r->date, f->mem);
    const char *basis = r->date.text ? vocab_label(&vocab_date_kind, r->date_basis) : "date";
    const char *who = r->organization.name, *where = r->country ? country_name(r->country) : NULL;
    char *text = arena_printf(f->mem, "%s %s%s%s%s%s.", basis, when ? when : "", who ? ", " : "",
                              who ? who : "", where ? ", " : "", where ? where : "");
    if (when && text)
        *text = ascii_upper(*text);
    return when ? text : NULL;
}

/* The headline figure, never without how sure it is and whose. */
static void write_headline(struct feed *f, const struct incident_row *r)
{
    const struct affected *a = &r->affected;
    htmlw_open(&f->w, "p");
    if (a->known) {
        char *sure = arena_strdup(f->mem, vocab_label(&vocab_certainty, a->certainty));
        if (sure)
            *sure = ascii_upper(*sure);
        htmlw_el(&f->w, sure, "strong");
        htmlw_text(&f->w, ": ");
    }
    htmlw_text(&f->w, say_affected(a, f->mem));
    if (a->known && a->others)
        htmlw_say(&f->w, " · %s other figure%s", say_number((int64_t)a->others, f->mem),
                  a->others == 1 ? "" : "s");
    htmlw_close(&f->w, "p");
}

static void write_via(struct feed *f, const struct incident_row *r)
{
    const char *text = "";
    for (size_t i = 0; i < r->n_via && text; i++)
        text = arena_printf(f->mem, "%s%s%s", i ? text : "Through ", i ? ", " : "",
                            r->via[i].name ? r->via[i].name : r->via[i].id);
    if (r->n_via)
        htmlw_el(&f->w, text, "p");
}

/* What became of a record that is no longer kept: its figures are nobody's any more. */
static void write_left(struct feed *f, const struct incident_row *r)
{
    if (r->merged_into)
        htmlw_el(&f->w, arena_printf(f->mem, "What was known of it stands in %s now.", r->merged_into), "p");
    else
        htmlw_el(&f->w, r->withdrawn.reason ? r->withdrawn.reason : "The reason is not stated.", "p");
}

static void write_incident(struct feed *f, const struct incident_row *r)
{
    struct htmlw *w = &f->w;
    const char *url = arena_printf(f->mem, "%s/incidents/%s", f->root, r->id);
    htmlw_open(w, "entry");
    write_id(f, feed_uuid("incident", r->id, NULL, f->mem));
    htmlw_el(w, title_of(f, r), "title");
    htmlw_el(w, r->modified, "updated");
    htmlw_el(w, r->added, "published");
    link_to(f, "alternate", "text/html", url);
    write_rights(f, r);
    write_categories(f, r);
    open_content(f);
    htmlw_el(w, say_answers(r, f->mem), "p");
    if (incident_is_listed(r))
        write_headline(f, r);
    else
        write_left(f, r);
    paragraph(f, say_place(f, r));
    write_via(f, r);
    paragraph(f, r->summary);
    close_content(f);
    htmlw_close(w, "entry");
}

/* --- entries: events --- */

/* When an event was put into its record is not known, so nothing is said to be published: readers would sort by it. */
static void write_event(struct feed *f, const struct timeline_item *t)
{
    struct htmlw *w = &f->w;
    const struct evidence *e = &t->event.e;
    const char *url = arena_printf(f->mem, "%s/incidents/%s#%s", f->root, t->incident.id, t->event.id);
    htmlw_open(w, "entry");
    write_id(f, feed_event_uuid(t, f->mem));
    htmlw_el(w, say_event_title(t, f->mem), "title");
    htmlw_el(w, t->modified, "updated");
    link_to(f, "alternate", "text/html", url);
    category(f, &vocab_event_kind, t->event.kind);
    category(f, &vocab_certainty, e->certainty);
    open_content(f);
    htmlw_el(w, say_event(t, f->mem), "p");
    if (e->quote)
        htmlw_el(w, e->quote, "blockquote");
    paragraph(f, e->note);
    htmlw_el(w, edtf_words(&t->event.date, f->mem), "p");
    htmlw_el(w, say_cited(t, f->mem), "p");
    close_content(f);
    htmlw_close(w, "entry");
}

/* --- the feed --- */

static void write_author(struct feed *f)
{
    struct htmlw *w = &f->w;
    const char *contact = f->env->contact;
    htmlw_open(w, "author");
    htmlw_el(w, "breachd", "name");
    htmlw_el(w, arena_printf(f->mem, "%s/", f->root), "uri");
    if (contact && strncmp(contact, "mailto:", 7) == 0)
        htmlw_el(w, arena_strndup(f->mem, contact + 7, strcspn(contact + 7, "?")), "email");
    htmlw_close(w, "author");
}

/* An empty feed is as old as its catalogue. */
static void open_feed(struct feed *f, const struct view *v, const char *newest)
{
    struct htmlw *w = &f->w;
    const char *built = f->env->catalogue.built;
    htmlw_raw(w, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    htmlw_open(w, "feed", "xmlns", ATOM, "xml:lang", "en");
    write_id(f, feed_own_uuid(f->env, f->mem));
    const char *title = feed_title(v, f->mem);
    htmlw_el(w, title ? arena_printf(f->mem, "%s – breachd", title) : NULL, "title");
    htmlw_el(w,
             arena_printf(f->mem, "What changed last, at most %d of it. What that means: %s/about#following",
                          LIMIT_FEED, f->root),
             "subtitle");
    htmlw_el(w, newest ? newest : built ? built : "1970-01-01T00:00:00Z", "updated");
    link_to(f, "self", "application/atom+xml", feed_url(f->env, FORMAT_ATOM, f->mem));
    link_to(f, "alternate", "text/html", feed_url(f->env, FORMAT_HTML, f->mem));
    link_to(f, "alternate", "application/json", feed_url(f->env, FORMAT_JSON, f->mem));
    write_author(f);
    htmlw_el(w, "breachd", "generator", "version", f->env->version);
    htmlw_el(w,
             arena_printf(f->mem,
                          "Every fact belongs to whoever is named beside it. Licence and credit of each "
                          "record's dataset: %s/datasets",
                          f->root),
             "rights");
}

static int close_feed(struct feed *f)
{
    htmlw_close(&f->w, "feed");
    int r = htmlw_finish(&f->w);
    return r == 0 && arena_failed(f->mem) ? -ENOMEM : r; /* an attribute may have been left out */
}

static int write_incidents(struct feed *f, const struct view *v)
{
    const struct feed_rows *x = f->rows;
    open_feed(f, v, x->n ? x->rows[0].modified : NULL);
    for (size_t i = 0; i < x->n; i++)
        write_incident(f, &x->rows[i]);
    return close_feed(f);
}

static int write_events(struct feed *f, const struct view *v)
{
    open_feed(f, v, v->timeline.n ? v->timeline.items[0].modified : NULL);
    for (size_t i = 0; i < v->timeline.n; i++)
        write_event(f, &v->timeline.items[i]);
    return close_feed(f);
}

static int render_feed(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    struct feed f = {.w = HTMLW_INIT(out), .env = env, .mem = mem, .root = mem ? feed_root(env, mem) : NULL};
    if (!f.root)
        return -ENOMEM;
    if (v->kind == VIEW_TIMELINE)
        return write_events(&f, v);
    f.rows = v->kind == VIEW_INCIDENTS ? &v->incidents.feed : &v->organization.feed;
    return write_incidents(&f, v);
}

const render_fn render_atom_views[_VIEW_N] = {
    [VIEW_INCIDENTS] = render_feed,
    [VIEW_ORGANIZATION] = render_feed,
    [VIEW_TIMELINE] = render_feed,
};
