/* SPDX-License-Identifier: MIT */
/* The frame of every list: the form, how many there are of what, ways to narrow it, and paging. */
#include "render/html.h"

static void write_total(struct page *p, const struct list_info *info, const char *one, const char *many)
{
    struct htmlw *w = &p->w;
    bool filtered = info->text && *info->text;
    htmlw_open(w, "p", "class", "total");
    htmlw_text(w, words_count(p, info->total, one, many));
    htmlw_say(w, "%s%s", filtered ? " " : "", filtered ? info->text : "");
    if (info->statistics) {
        htmlw_text(w, " ");
        htmlw_open(w, "a", "class", "counted", "rel", "nofollow");
        htmlw_url(w, "href", "%p", info->statistics);
        htmlw_text(w, "Statistics of these");
        htmlw_close(w, "a");
    }
    if (p->env->forms[FORMAT_JSON].url) {
        htmlw_text(w, " ");
        htmlw_open(w, "a", "class", "counted");
        htmlw_url(w, "href", "#formats");
        htmlw_text(w, "As data");
        htmlw_close(w, "a");
    }
    htmlw_close(w, "p");
}

void list_begin(struct page *p, const struct list_info *info, enum list_form form, const char *one,
                const char *many)
{
    struct htmlw *w = &p->w;
    search_form(p, info, form);
    if (info->n_facets) {
        htmlw_open(w, "div", "class", "narrowed");
        choices_facets(p, info);
        htmlw_open(w, "div", "class", "found", "id", "found", "tabindex", "-1");
    }
    if (info->total)
        write_total(p, info, one, many);
    choices_filters(p, info);
    choices_orders(p, info);
    if (info->catalogue_changed)
        htmlw_el(
            w,
            "The catalogue was replaced while you were turning pages. This page goes on at the same place "
            "in the new one.",
            "p", "class", "notice");
    if (!info->total)
        choices_empty(p, info, one, many);
    choices_elsewhere(p, info);
}

static void write_paging(struct page *p, const struct list_info *info)
{
    struct htmlw *w = &p->w;
    if (!info->next && !info->prev)
        return;
    htmlw_open(w, "nav", "class", "paging", "aria-label", "Pages");
    htmlw_open(w, "ul");
    part_way(p, NULL, info->prev ? info->first : NULL, "First page");
    part_way(p, "prev", info->prev, "Previous page");
    part_way(p, "next", info->next, "Next page");
    htmlw_close(w, "ul");
    htmlw_close(w, "nav");
}

void list_end(struct page *p, const struct list_info *info)
{
    write_paging(p, info);
    if (!info->n_facets)
        return;
    htmlw_close(&p->w, "div");
    htmlw_close(&p->w, "div");
}
