/* SPDX-License-Identifier: MIT */
/*
 * How to cite a record: a sentence, and an entry for BibTeX. The day is the catalogue's, not the reader's: what was cited can then
 * be found again, and the page stays the same bytes.
 */
#include "render/html.h"

#include <string.h>

/* What stands for C in BibTeX; NULL: itself. */
static const char *bibtex_for(char c)
{
    static const struct {
        char c;
        const char *instead;
    } escapes[] = {
        {'\\', "\\textbackslash{}"},
        {'{', "\\{"},
        {'}', "\\}"},
        {'%', "\\%"},
        {'&', "\\&"},
        {'$', "\\$"},
        {'#', "\\#"},
        {'_', "\\_"},
        {'~', "\\textasciitilde{}"},
        {'^', "\\textasciicircum{}"},
        {'\n', " "},
    };
    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
        if (escapes[i].c == c)
            return escapes[i].instead;
    return NULL;
}

static const char *bibtex_text(struct page *p, const char *text)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    for (const char *c = text; *c; c++) {
        const char *instead = bibtex_for(*c);
        if (instead)
            strbuf_adds(&b, instead);
        else
            strbuf_addc(&b, *c);
    }
    return b.failed ? NULL : arena_strdup(p->mem, b.size ? b.data : "");
}

/* "2026-11-22" of the catalogue. */
static const char *built_day(struct page *p)
{
    const char *built = p->env->catalogue.built;
    return built ? arena_strndup(p->mem, built, strnlen(built, 10)) : "";
}

static void write_bibtex(struct page *p, const char *id, const char *url)
{
    const char *title = bibtex_text(p, p->title), *day = built_day(p);
    const char *entry = title && day ? arena_printf(p->mem,
                                                    "@misc{" SITE_NAME "-%s,\n"
                                                    "  title        = {{%s}},\n"
                                                    "  howpublished = {" SITE_NAME ", catalogue %.12s},\n"
                                                    "  year         = {%.4s},\n"
                                                    "  url          = {%s},\n"
                                                    "  urldate      = {%s}\n"
                                                    "}",
                                                    id, title, p->env->catalogue.id, day, url, day)
                                     : NULL;
    htmlw_open(&p->w, "details");
    htmlw_el(&p->w, "BibTeX", "summary");
    htmlw_open(&p->w, "pre", "tabindex", "0", "role", "group", "aria-label", "BibTeX entry");
    htmlw_el(&p->w, entry, "code");
    htmlw_close(&p->w, "pre");
    htmlw_close(&p->w, "details");
}

void part_cite(struct page *p, const char *id)
{
    struct htmlw *w = &p->w;
    const char *url = p->env->canonical ? p->env->canonical : p->env->forms[FORMAT_HTML].url;
    if (!url || !p->env->catalogue.id)
        return;
    part_section_open(p, "cite", "Cite this");
    htmlw_open(w, "p", "class", "citation");
    htmlw_say(w, "“%s”. ", p->title);
    htmlw_el(w, SITE_NAME, "cite");
    htmlw_say(w, ", catalogue %s as of %s. %s", arena_printf(p->mem, "%.12s", p->env->catalogue.id),
              words_day(p, p->env->catalogue.built), url);
    htmlw_close(w, "p");
    write_bibtex(p, id, url);
    htmlw_open(w, "p", "class", "note");
    htmlw_text(w, "For a single fact use the address behind its mark “#”. ");
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/about#cite", p->env->base);
    htmlw_text(w, "How to cite, and what better to cite");
    htmlw_close(w, "a");
    htmlw_close(w, "p");
    part_section_close(p);
}
