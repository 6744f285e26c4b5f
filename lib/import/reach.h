/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_REACH_H
#define BREACHD_IMPORT_REACH_H

/*
 * Which listed incidents touch which organisations: their own, those of what they own (transitively), and
 * those of their owners (transitively), their suppliers and their owners' suppliers. An incident counts once for
 * an organisation, by the shortest of these ways. Links that have ended lead nowhere. Asked for one organisation after
 * the other, since all together would be many times the incidents.
 */
#include "import/catalogue.h"

enum reach { REACH_OWN, REACH_GROUP, REACH_INHERITED, _REACH_N };

/* One incident that touches the organisation asked about. Indexes are those of the catalogue's arrays. */
struct reach_row {
    size_t incident, via; /* via NOBODY: its own */
    enum reach reach;
    enum org_relation relation;
    enum role role;
    enum certainty certainty;
};

struct reach_graph;

/* Over C, whose records are settled. NULL when out of memory. */
struct reach_graph *reach_new(const struct catalogue *c);

/* Accepts NULL; returns NULL. */
struct reach_graph *reach_free(struct reach_graph *g);

/* What touches organisation ORG: own before group before inherited. The rows are G's, and the caller's to sort, until the next call. 0 or -ENOMEM. */
int reach_of(struct reach_graph *g, size_t org, struct reach_row **ret, size_t *ret_n);

static inline void reach_cleanup(struct reach_graph **g)
{
    *g = reach_free(*g);
}
#define _cleanup_reach_ __attribute__((cleanup(reach_cleanup)))

#endif
