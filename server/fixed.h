/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_FIXED_H
#define BREACHD_SERVER_FIXED_H

/* Resources with bytes of their own: the probes, what the build is, and compiled-in files. As route.reply. */
#include "load.h"

int fixed_health(struct load *l, struct reply *ret);
int fixed_ready(struct load *l, struct reply *ret);
int fixed_version(struct load *l, struct reply *ret);
int fixed_robots(struct load *l, struct reply *ret);
int fixed_favicon(struct load *l, struct reply *ret);

/* "/static/{digest}/{name}": the digest is the content's, so the answer may be kept for ever; another digest is 404. */
int fixed_static(struct load *l, struct reply *ret);
int fixed_schema(struct load *l, struct reply *ret);

/* Makes of RET, which has a body, a 200 with the tag of its bytes. 0 or -ENOMEM. */
int fixed_finish(struct load *l, const char *type, const char *cache, struct reply *ret);

/* --- sitemap.c: the index of the site's maps, and "/sitemap-{part}.xml", one of them --- */
int sitemap_index(struct load *l, struct reply *ret);
int sitemap_file(struct load *l, struct reply *ret);

/* URL path of a file of static/ with its digest: "/static/0123456789abcdef/style.css". NULL when out of memory. */
const char *fixed_static_path(struct arena *mem, const char *base, const char *name);

#endif
