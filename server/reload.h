/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_RELOAD_H
#define BREACHD_SERVER_RELOAD_H

/*
 * Follows the catalogue's path: a new file there is opened and checked aside and then taken into service; one that cannot
 * be served is refused, and the old goes on. Called by the main thread; requests only ask what was refused.
 */
#include "snapshot.h"

struct reload;

/* Loads the catalogue at PATH (kept by pointer) into SLOT for the first time. As snapshot_load(). */
int reload_new(const char *path, struct snapshot_slot *slot, struct reload **ret, char **reterr);

/* Accepts NULL; returns NULL. */
struct reload *reload_free(struct reload *r);

enum { RELOAD_SAME, RELOAD_TAKEN, RELOAD_REFUSED };

/*
 * Looks at the path, following links; a file other than the one looked at last, or any with FORCE, is tried.
 * RELOAD_*, or -ENOMEM. RELOAD_REFUSED comes with *ret_line (free() it): which file, why.
 */
int reload_look(struct reload *r, bool force, char **ret_line);

struct reload_figures {
    uint64_t taken, refused; /* how many so far, the first not counted */
    bool refusing;           /* what was tried last was refused */
};

/* From any thread. */
struct reload_figures reload_figures(struct reload *r);

/* What was refused and why, as long as nothing was taken since, in MEM; "" when nothing was. NULL when out of memory. Any
 * thread. */
const char *reload_refusal(struct reload *r, struct arena *mem);

#endif
