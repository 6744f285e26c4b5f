/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_SHAPES_H
#define BREACHD_RENDER_JSON_SHAPES_H

/*
 * The published shapes, each put into an object of a writer (json_write.h): the facts, an incident, an
 * organisation, a dataset. Key order is part of the shape. Shared by json.c (records) and json_views.c
 * (pages); the list functions have the form of jw_member_fn.
 */
#include "render/json_write.h"

/* json_facts.c: what every record is made of. An unknown date is null; so is an asserter without a name. */
void jw_date(struct jw *w, struct jw_level *o, const char *key, const struct edtf *d);
void jw_date_members(struct jw *w, struct jw_level *o, const struct edtf *d);
void jw_evidence(struct jw *w, struct jw_level *o, const struct evidence *e);
void jw_asserter(struct jw *w, struct jw_level *o, const char *key, const struct asserter *a);
void jw_org_ref(struct jw *w, struct jw_level *o, const char *key, const struct org_ref *r);
void jw_amount(struct jw *w, struct jw_level *o, const struct amount *a);
void jw_event(struct jw *w, struct jw_level *o, const void *event);
void jw_source(struct jw *w, struct jw_level *o, const void *source);
void jw_incident_lists(struct jw *w, struct jw_level *o, const struct incident *x);

/* A source's URL as published: null where the source is an attacker's. */
void jw_source_url(struct jw *w, struct jw_level *o, const struct source *s);

/* json_incident.c */
void jw_incident_row(struct jw *w, struct jw_level *o, const void *row);
void jw_incident_members(struct jw *w, struct jw_level *o,
                         const struct incident_row *x); /* without the last ones */

/* The same, of a struct json_row. */
void jw_json_row(struct jw *w, struct jw_level *o, const void *row);

/* The member via: through whom an incident is reached. */
void jw_via(struct jw *w, struct jw_level *o, const struct via *via, size_t n);

/* Null where it is not known. */
void jw_delay(struct jw *w, struct jw_level *o, const char *key, const struct delay *d);
void jw_incident(struct jw *w, struct jw_level *o, const struct incident *x);
void jw_timeline_item(struct jw *w, struct jw_level *o, const void *item);
void jw_withdrawal(struct jw *w, struct jw_level *o, const char *key, const struct withdrawal *x);

/* json_org.c */
void jw_org_row(struct jw *w, struct jw_level *o, const void *row);
void jw_org_names_and_links(struct jw *w, struct jw_level *o, const struct organization *x);

/* json_org.c: provenance. A dataset as it was given; the report of its import, with at most MOST rejects; both, as lists
 * show them. */
void jw_dataset(struct jw *w, struct jw_level *o, const void *dataset);
void jw_dataset_report(struct jw *w, struct jw_level *o, const struct dataset *x, size_t most);
void jw_dataset_row(struct jw *w, struct jw_level *o, const void *dataset);
void jw_catalogue(struct jw *w, struct jw_level *o, const struct catalogue_info *c);

#endif
