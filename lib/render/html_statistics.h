/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_HTML_STATISTICS_H
#define BREACHD_RENDER_HTML_STATISTICS_H

/* What the page of statistics draws of its groups (html_statistics_draw.c); the tables beneath are html_statistics.c's. */
#include "render/html.h"

/* Of fewer, quartiles would only say their numbers again. */
#define QUARTILES_FROM 5

void statistics_draw_incidents(struct page *p, const struct view *v);
void statistics_draw_people(struct page *p, const struct view *v);
void statistics_draw_delays(struct page *p, const struct view *v);

#endif
