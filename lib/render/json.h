/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_JSON_H
#define BREACHD_RENDER_JSON_H

/*
 * JSON of single records, for the importer (content digests) and for /catalogue.ndjson. Pages use
 * render_view(). Compact (no white space), UTF-8, key order as published; one line without its line end.
 */
#include "render/render.h"

/* The whole record as /incidents/{id}.json has it in `data`; URLS false leaves out url and html_url. As
 * render_view(). */
int json_incident(const struct incident *x, const char *base, bool urls, struct strbuf *out);

/* What the text of json_row() is like: raised whenever it would come out otherwise for the same incident, since catalogues
 * hold rows that an earlier build has rendered. */
#define JSON_ROW_FORMAT 1

/* An incident's row up to its last members, as struct json_row holds it. As render_view(). */
int json_row(const struct incident_row *x, struct strbuf *out);

/* The organisation's row and its names, website, links and sources; without rooftops, touching and events. */
int json_organization(const struct organization *x, const char *base, bool urls, struct strbuf *out);

/* {"datasets":[…],"catalogue":{"id":…,"built":…}}; CATALOGUE NULL leaves it out, and with it counts, warnings
 * and rejects. */
int json_datasets(const struct dataset *rows, size_t n, const char *base,
                  const struct catalogue_info *catalogue, struct strbuf *out);

#endif
