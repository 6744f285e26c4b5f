/* SPDX-License-Identifier: MIT */
/*
 * How the catalogue is made and what its words mean: the place that every vocabulary word, problem type and
 * rule links to. Its prose is html_about_text.c's; the glossary is the vocabularies themselves.
 */
#include "render/html_about.h"

#include <string.h>

void html_about_head(struct page *p, const struct view *v)
{
    (void)v;
    p->title = "About: method, definitions, licences";
    p->description =
        "How facts get in, what each word means, how the headline figure is chosen, what is promised, and "
        "how to cite.";
}

static void write_contents(struct page *p)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "nav", "class", "contents", "aria-label", "On this page");
    htmlw_open(w, "ul");
    for (size_t i = 0; i < about_chapters_n; i++) {
        htmlw_open(w, "li");
        htmlw_open(w, "a");
        htmlw_url(w, "href", "#%s", about_chapters[i].id);
        htmlw_text(w, about_chapters[i].title);
        htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
    htmlw_close(w, "nav");
}

static void write_paragraph(struct page *p, const struct about_paragraph *a)
{
    if (a->heading) {
        htmlw_open(&p->w, "h3", "id", a->id);
        htmlw_text(&p->w, a->heading);
        htmlw_close(&p->w, "h3");
    }
    htmlw_el(&p->w, a->text, "p", "id", a->heading ? NULL : a->id);
}

/* One vocabulary: each word with its definition, where links to it lead. */
static void write_vocab(struct page *p, const struct vocab *v)
{
    struct htmlw *w = &p->w;
    htmlw_el(w, v->title, "h3", "id", words_id(p, v->name, NULL));
    htmlw_open(w, "dl", "class", "glossary");
    for (unsigned i = 0; i < v->n; i++) {
        htmlw_open(w, "div", "id", words_anchor(p, v, i));
        htmlw_open(w, "dt");
        htmlw_text(w, words_capital(p, v->words[i].label));
        htmlw_text(w, " ");
        htmlw_el(w, v->words[i].id, "code");
        htmlw_close(w, "dt");
        htmlw_el(w, v->words[i].definition, "dd");
        htmlw_close(w, "div");
    }
    htmlw_close(w, "dl");
}

static void write_problems(struct page *p)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "dl", "class", "glossary");
    for (size_t i = 0; i < about_problems_n; i++) {
        htmlw_open(w, "div", "id", arena_printf(p->mem, "problem-%s", about_problems[i].id));
        htmlw_open(w, "dt");
        htmlw_say(w, "%s ", about_problems[i].label);
        htmlw_el(w, about_problems[i].id, "code");
        htmlw_close(w, "dt");
        htmlw_el(w, about_problems[i].definition, "dd");
        htmlw_close(w, "div");
    }
    htmlw_close(w, "dl");
}

static void write_chapter(struct page *p, const struct about_chapter *c)
{
    part_section_open(p, c->id, c->title);
    for (size_t i = 0; i < c->n; i++)
        write_paragraph(p, &c->paragraphs[i]);
    if (strcmp(c->id, "definitions") == 0)
        for (size_t i = 0; i < vocab_all_n; i++)
            write_vocab(p, vocab_all[i]);
    if (strcmp(c->id, "problems") == 0)
        write_problems(p);
    part_section_close(p);
}

void html_about_body(struct page *p, const struct view *v)
{
    (void)v;
    htmlw_open(&p->w, "div", "class", "lead");
    htmlw_el(&p->w, "About", "h1");
    htmlw_el(&p->w, "What this is, how it is made, what its words mean, and what you may rely on.", "p",
             "class", "summary");
    write_contents(p);
    htmlw_close(&p->w, "div");
    for (size_t i = 0; i < about_chapters_n; i++)
        write_chapter(p, &about_chapters[i]);
}
