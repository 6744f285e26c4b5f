/* SPDX-License-Identifier: MIT */
/* The list of incidents. */
#include "render/html.h"

void html_incidents_head(struct page *p, const struct view *v)
{
    const struct list_info *info = &v->incidents.info;
    p->list = info;
    const char *count = words_count(p, info->total, "data-breach incident", "data-breach incidents");
    bool filtered = info->text && *info->text;
    p->title = filtered ? arena_printf(p->mem, "Incidents %s", info->text) : "Incidents";
    p->description = count ? arena_printf(p->mem, "%s%s%s, each with who says so, how sure, and where from.",
                                          count, filtered ? " " : "", filtered ? info->text : "")
                           : NULL;
}

void html_incidents_body(struct page *p, const struct view *v)
{
    htmlw_el(&p->w, "Incidents", "h1");
    list_begin(p, &v->incidents.info, FORM_INCIDENTS, "incident", "incidents");
    part_cards(p, v->incidents.rows, v->incidents.n, 2);
    list_end(p, &v->incidents.info);
}
