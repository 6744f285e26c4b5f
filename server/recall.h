/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_RECALL_H
#define BREACHD_SERVER_RECALL_H

/*
 * What the dispatcher has answered before, from the cache of the catalogue in service. Two ways lead to it: the request
 * as it came, for those that are repeated to the byte, before anything of it is understood; and what was understood of
 * it, for all that mean the same. Kept is what has an entity tag and was answered with 200, headers and all, in each coding that was
 * asked for; nothing else.
 */
#include "load.h"
#include "util/limits.h"

/* A request as it came; n is 0 for one that cannot be told by it. */
struct repeat {
    size_t n;
    char bytes[LIMIT_REPEAT_BYTES];
};

/* Answers REQ from SNAP, NULL for none, where the very same was answered before; false: it was not. Fills *RET_REPEAT in
 * any case. */
bool recall_repeat(struct snapshot *snap, const struct request *req, struct repeat *ret_repeat,
                   struct reply *ret);

/* Answers L, whose query has been parsed, where the same was answered before, or the same in no coding, of which it is then made;
 * false: it was not. Sets l->key. */
bool recall_same(struct load *l, struct reply *ret);

/* Keeps R, the whole reply to L, whose repeat is set and which is in l->coding, when it is to be kept; R then holds what is
 * kept. */
void recall_keep(struct load *l, struct reply *r);

#endif
