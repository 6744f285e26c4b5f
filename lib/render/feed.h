/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_RENDER_FEED_H
#define BREACHD_RENDER_FEED_H

/*
 * What Atom feeds and calendars have in common: names that last, titles, absolute URLs. Internal to lib/render.
 *
 * A name must outlive hosts, prefixes and imports, since readers know by it what they have seen. It is a UUID made of what
 * it names and nothing else: of an incident its id, of an event the incident's id and its own, of a feed the path and the
 * canonical query. That takes no domain, which a tag: URI would, and two services with the same record give it the same
 * name.
 */
#include "render/render.h"

/* "01234567-89ab-8cde-8f01-23456789abcd": RFC 9562, version 8, of SHA-256 over KIND, A and B (B may be NULL). NULL: out of
 * memory. */
const char *feed_uuid(const char *kind, const char *a, const char *b, struct arena *mem);
const char *feed_own_uuid(const struct render_env *env, struct arena *mem);
const char *feed_event_uuid(const struct timeline_item *t, struct arena *mem);

/* What V is called: "Incidents in Japan". NULL: out of memory. */
const char *feed_title(const struct view *v, struct arena *mem);

/* The address of the same thing in format F, absolute where the origin is known. NULL: it has none, or out of memory. */
const char *feed_url(const struct render_env *env, enum format f, struct arena *mem);

/* Before a path: origin and base. */
const char *feed_root(const struct render_env *env, struct arena *mem);

/* The later of two times, either of which may be NULL. */
const char *feed_later(const char *a, const char *b);

#endif
