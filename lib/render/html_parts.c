/* SPDX-License-Identifier: MIT */
/* Words and small pieces that every family of pages uses. */
#include "render/html.h"

#include "model/country.h"
#include "util/ascii.h"

#include <string.h>

const char *words_capital(struct page *p, const char *text)
{
    char *s = arena_strdup(p->mem, text);
    if (s)
        *s = ascii_upper(*s);
    return s;
}

const char *words_count(struct page *p, size_t n, const char *one, const char *many)
{
    const char *number = say_number((int64_t)n, p->mem);
    return number ? arena_printf(p->mem, "%s %s", number, n == 1 ? one : many) : NULL;
}

const char *words_day(struct page *p, const char *time)
{
    struct edtf d;
    const char *day = time ? arena_strndup(p->mem, time, strnlen(time, 10)) : "";
    if (!day)
        return NULL;
    return edtf_parse(day, &d) == 0 ? edtf_words(&d, p->mem) : "at a time not known";
}

const char *words_country(const char *code)
{
    const char *name = country_name(code);
    return name ? name : code;
}

const char *words_id(struct page *p, const char *prefix, const char *name)
{
    char *s = arena_printf(p->mem, "%s-%s", prefix, name);
    for (char *c = s; c && *c; c++)
        if (*c == '_')
            *c = '-';
    return s;
}

const char *words_anchor(struct page *p, const struct vocab *v, unsigned value)
{
    return words_id(p, v->name, vocab_id(v, value));
}

const char *words_nth(struct page *p, const char *base, size_t nth)
{
    return nth && base ? arena_printf(p->mem, "%s-%zu", base, nth + 1) : base;
}

const char *words_headline(struct page *p, const struct incident_row *r)
{
    const char *answers = say_answers(r, p->mem), *affected = say_affected(&r->affected, p->mem);
    if (!answers || !affected)
        return NULL;
    if (!r->affected.known)
        return arena_printf(p->mem, "%s. %s", answers, affected);
    const char *sure = words_capital(p, vocab_label(&vocab_certainty, r->affected.certainty));
    return sure ? arena_printf(p->mem, "%s. %s: %s.", answers, sure, affected) : NULL;
}

void part_section_open(struct page *p, const char *id, const char *title)
{
    htmlw_open(&p->w, "section", "id", id);
    htmlw_el(&p->w, title, "h2");
    htmlw_open(&p->w, "div", "class", "body");
}

void part_section_close(struct page *p)
{
    htmlw_close(&p->w, "div");
    htmlw_close(&p->w, "section");
}

void part_date(struct page *p, const struct edtf *d)
{
    const char *words = edtf_words(d, p->mem);
    if (edtf_is_day(d))
        htmlw_el(&p->w, words, "time", "datetime", d->earliest);
    else
        htmlw_text(&p->w, words);
}

/* A link to a definition that shows TEXT. */
static void definition(struct page *p, const struct vocab *v, unsigned value, const char *text,
                       const char *class)
{
    htmlw_open(&p->w, "a", "class", class);
    htmlw_url(&p->w, "href", "%p/about#%s", p->env->base, words_anchor(p, v, value));
    htmlw_text(&p->w, text);
    htmlw_close(&p->w, "a");
}

void part_word(struct page *p, const struct vocab *v, unsigned value)
{
    definition(p, v, value, vocab_label(v, value), "word");
}

/* A linked "TEXT: ". */
static void sure(struct page *p, enum certainty c, const char *text)
{
    const char *class = arena_printf(p->mem, "sure sure-%s", vocab_id(&vocab_certainty, c));
    definition(p, &vocab_certainty, c, text ? arena_printf(p->mem, "%s:", text) : NULL, class);
    htmlw_text(&p->w, " ");
}

void part_sure(struct page *p, enum certainty c)
{
    sure(p, c, words_capital(p, vocab_label(&vocab_certainty, c)));
}

void part_sure_of(struct page *p, const char *what, enum certainty c)
{
    sure(p, c, arena_printf(p->mem, "%s%s", what, vocab_label(&vocab_certainty, c)));
}

void part_org(struct page *p, const struct org_ref *o)
{
    struct htmlw *w = &p->w;
    const char *name = o->name ? o->name : "an organisation that is not named";
    if (!o->id) {
        htmlw_el(w, name, "span", "class", "unnamed");
        return;
    }
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/%s/%s", p->env->base, org_is_dealer(o->kind) ? "dealers" : "organizations",
              o->id);
    htmlw_text(w, name);
    htmlw_close(w, "a");
}

void part_incident(struct page *p, const char *id, const char *title)
{
    htmlw_open(&p->w, "a");
    htmlw_url(&p->w, "href", "%p/incidents/%s", p->env->base, id);
    htmlw_text(&p->w, title ? title : id);
    htmlw_close(&p->w, "a");
}

void part_external(struct page *p, const char *url, const char *text)
{
    if (!render_link_ok(url)) {
        htmlw_text(&p->w, text);
        return;
    }
    htmlw_open(&p->w, "a", "class", "external", "rel", "noopener nofollow");
    htmlw_url(&p->w, "href", "%p", url);
    htmlw_text(&p->w, text);
    htmlw_close(&p->w, "a");
}

void part_source_link(struct page *p, const struct source *s, const char *text)
{
    part_external(p, s->class == CLASS_ATTACKER ? NULL : s->url, text);
}

void part_source_ref(struct page *p, int n)
{
    const char *publisher = NULL, *number = arena_printf(p->mem, "%d", n);
    bool found = false;
    for (size_t i = 0; i < p->n_sources && !found; i++) {
        found = p->sources[i].n == n;
        publisher = found ? p->sources[i].publisher : NULL;
    }
    if (!found) {
        htmlw_say(&p->w, "source [%s]", number);
        return;
    }
    htmlw_open(&p->w, "a", "class", "ref");
    htmlw_url(&p->w, "href", "#source-%s", number);
    htmlw_say(&p->w, "%s [%s]", publisher ? publisher : "source", number);
    htmlw_close(&p->w, "a");
}

void part_pair(struct page *p, const char *label, const char *text)
{
    if (!text)
        return;
    htmlw_open(&p->w, "div");
    htmlw_el(&p->w, label, "dt");
    htmlw_el(&p->w, text, "dd");
    htmlw_close(&p->w, "div");
}

void part_certainty_counts(struct page *p, const struct certainty_counts *c)
{
    const size_t counts[] = {c->confirmed, c->claimed, c->suspected, c->denied};
    const char *between = "";
    for (unsigned i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (!counts[i])
            continue;
        htmlw_say(&p->w, "%s%s ", between, say_number((int64_t)counts[i], p->mem));
        part_word(p, &vocab_certainty, CERTAINTY_CONFIRMED + i);
        between = ", ";
    }
    if (!*between)
        htmlw_text(&p->w, "none listed");
}

void part_not_listed(struct page *p)
{
    htmlw_open(&p->w, "p");
    htmlw_text(
        &p->w,
        "Not listed is not the same as not breached: the catalogue holds what was made public and found. ");
    htmlw_open(&p->w, "a");
    htmlw_url(&p->w, "href", "%p/about#coverage", p->env->base);
    htmlw_text(&p->w, "What is covered");
    htmlw_close(&p->w, "a");
    htmlw_close(&p->w, "p");
}

/* Kind, dates and how it was read. */
static void write_source_meta(struct page *p, const struct source *s)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "p", "class", "evidence");
    part_word(p, &vocab_source_class, s->class);
    if (s->published.text) {
        htmlw_text(w, ", published ");
        part_date(p, &s->published);
    }
    if (s->retrieved.text) {
        htmlw_text(w, ", retrieved ");
        part_date(p, &s->retrieved);
    }
    if (s->seen)
        htmlw_say(w, ", read as: %s", s->seen);
    if (!s->url)
        htmlw_text(w, ", no address");
    htmlw_close(w, "p");
}

static void write_source(struct page *p, const struct source *s)
{
    struct htmlw *w = &p->w;
    const char *n = arena_printf(p->mem, "%d", s->n);
    htmlw_open(w, "li", "id", arena_printf(p->mem, "source-%d", s->n), "value", n);
    htmlw_open(w, "p", "class", "claim");
    if (s->publisher)
        htmlw_say(w, "%s: ", s->publisher);
    part_source_link(p, s, s->title ? s->title : s->description ? s->description : "untitled");
    htmlw_close(w, "p");
    if (s->title && s->description)
        htmlw_el(w, s->description, "p", "class", "note");
    write_source_meta(p, s);
    htmlw_close(w, "li");
}

void part_sources(struct page *p)
{
    htmlw_open(&p->w, "ol", "class", "sources");
    for (size_t i = 0; i < p->n_sources; i++)
        write_source(p, &p->sources[i]);
    htmlw_close(&p->w, "ol");
}

void part_way(struct page *p, const char *rel, const char *url, const char *text)
{
    if (!url)
        return;
    htmlw_open(&p->w, "li");
    htmlw_open(&p->w, "a", "rel", rel);
    htmlw_url(&p->w, "href", "%p", url);
    htmlw_text(&p->w, text);
    htmlw_close(&p->w, "a");
    htmlw_close(&p->w, "li");
}

void part_table_open(struct page *p, const char *class, const char *first, const char *second)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "table", "class", class);
    htmlw_open(w, "thead");
    htmlw_open(w, "tr");
    htmlw_el(w, first, "th", "scope", "col");
    htmlw_el(w, second, "th", "scope", "col");
    htmlw_close(w, "tr");
    htmlw_close(w, "thead");
}

void part_record_links(struct page *p)
{
    if (!p->env->contact)
        return;
    htmlw_open(&p->w, "ul", "class", "ways");
    part_way(p, NULL, p->env->contact, "Report an error in this record");
    htmlw_close(&p->w, "ul");
}

void part_more(struct page *p, size_t shown, size_t total, const char *list, const char *id, const char *rest)
{
    struct htmlw *w = &p->w;
    if (shown >= total)
        return;
    htmlw_open(w, "p", "class", "more");
    htmlw_say(w, "%s of %s are shown. ", say_number((int64_t)shown, p->mem),
              say_number((int64_t)total, p->mem));
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p%p%q%p", p->env->base, list, id, rest);
    htmlw_text(w, "All of them");
    htmlw_close(w, "a");
    htmlw_close(w, "p");
}
