/* SPDX-License-Identifier: MIT */
/*
 * All rows of a list, made while they are sent by the same loader and the same renderer that make its pages. The stream holds
 * one catalogue to its end, leases a reader only for a few rows, and keeps no more of them.
 */
#include "load.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>

struct rows {
    struct outflow out; /* first */
    struct load load;   /* what it says lies in the request's memory, which outlives the stream */
    struct storage_walk *walk;
    struct arena *mem; /* of the rows in hand */
    bool begun;
};

bool rows_are_streamed(const struct load *l)
{
    return query_is_whole(&l->q) && sort_is_of(l->q.list, l->q.sort);
}

/* The next rows with RD; 0, -ENOMEM, -EINVAL or STORAGE_E_*. */
static int put_rows(struct rows *x, struct storage_reader *rd)
{
    struct view v;
    struct load *l = &x->load;
    arena_reset(x->mem);
    l->mem = x->mem;
    l->rd = rd;
    int r = l->match->route->load(l, &v);
    if (r == 0)
        r = app_render_into(l, l->format, &v, x->begun, &x->out.text);
    x->begun = true;
    return r;
}

static int more_rows(struct outflow *outflow)
{
    struct rows *x = (struct rows *)outflow;
    _cleanup_reader_ struct storage_reader *rd = NULL;
    if (!x->load.more)
        return 1;
    int r = snapshot_lease(x->load.snap, &rd);
    if (r == 0)
        r = put_rows(x, rd);
    return r == 0 ? 0 : -EIO;
}

static void rows_free(void *rows)
{
    struct rows *x = rows;
    if (x->load.snap)
        snapshot_release(x->load.snap);
    storage_walk_free(x->walk);
    strbuf_done(&x->out.text);
    arena_free(x->mem);
    free(x);
}

int rows_begin(struct load *l, struct reply *ret)
{
    struct rows *x = calloc(1, sizeof *x);
    if (!x)
        return -ENOMEM;
    x->out = (struct outflow){.text = {.limit = LIMIT_REPLY_BYTES}, .more = more_rows};
    x->walk = storage_walk_new();
    x->mem = arena_new(LIMIT_REQUEST_MEMORY);
    x->load = *l;
    x->load.snap = snapshot_again(l->snap);
    x->load.q.walk = x->walk;
    x->load.q.limit = LIMIT_BATCH;
    int r = x->walk && x->mem ? put_rows(x, l->rd) : -ENOMEM;
    if (r != 0) {
        rows_free(x);
        return r;
    }
    l->is_list = true;
    l->total = x->load.total;
    ret->stream = (struct stream){outflow_read, rows_free, x, LIMIT_STREAM_BYTES};
    return 0;
}
