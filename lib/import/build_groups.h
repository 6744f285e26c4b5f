/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_BUILD_GROUPS_H
#define BREACHD_IMPORT_BUILD_GROUPS_H

/* Row numbers grouped by name and value while rows pass by: sets in the making. Memory is that of the finished sets. */
#include "util/rowset.h"

struct groups;

struct group {
    const char *name, *value;
    struct rowset_builder *rows;
};

struct groups *groups_new(void);
struct groups *groups_free(struct groups *g);

/* Adds row N to the set of NAME (borrowed) and VALUE. 0 or -ENOMEM. */
int groups_add(struct groups *g, const char *name, const char *value, uint32_t n);

/* All of them by name and value, which need no longer hold after the next groups_add. */
const struct group *groups_sorted(struct groups *g, size_t *ret_n);

#endif
