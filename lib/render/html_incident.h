/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_HTML_INCIDENT_H
#define BREACHD_RENDER_HTML_INCIDENT_H

/* The lists of an incident's page, one function a section; what a section is headed by, and the conflicts
 * that belong to it, is html_incident.c's. */
#include "render/html.h"

void incident_caveats(struct page *p, const struct incident *x);
void incident_parties(struct page *p, const struct incident *x);
void incident_timeline(struct page *p, const struct incident *x);
void incident_figures(struct page *p, const struct incident *x);
void incident_data(struct page *p, const struct incident *x);
void incident_actors(struct page *p, const struct incident *x);
void incident_related(struct page *p, const struct incident *x);
void incident_sources(struct page *p, const struct incident *x);

/* Drawings of two of these lists (html_incident_draw.c); nothing where there is too little to draw. */
void incident_draw_timeline(struct page *p, const struct incident *x);
void incident_draw_figures(struct page *p, const struct incident *x);

/* Licence, credit and the record's own history. DATASET may be NULL. */
void incident_record(struct page *p, const struct incident *x, const struct dataset *dataset);

#endif
