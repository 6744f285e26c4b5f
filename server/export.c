/* SPDX-License-Identifier: MIT */
/*
 * /catalogue.ndjson: datasets, organisations, incidents, one line each, made while they are sent. The stream holds one
 * catalogue to its end and leases a reader only while it fills its buffer, so slow readers cost no reader.
 */
#include "load.h"
#include "render/json.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct export
{
    struct outflow out; /* first */
    struct snapshot *snap;
    const char *base;          /* of the URLs in it */
    unsigned stage;            /* index in stages[] */
    struct storage_reader *rd; /* of the answer that it is asked for in; NULL: one is leased for each line */
    char *position;            /* id last written of the stage; NULL: none */
    uint32_t incidents;        /* written */
};

/* Writes the next line; 0, STORAGE_E_NOT_FOUND when its kind is exhausted, or an error. */
typedef int (*line_fn)(struct export *x, struct storage_reader *rd, struct arena *mem);

static int keep_position(struct export *x, const char *position)
{
    char *copy = strdup(position);
    if (!copy)
        return -ENOMEM;
    free(x->position);
    x->position = copy;
    return 0;
}

static int datasets_line(struct export *x, struct storage_reader *rd, struct arena *mem)
{
    struct dataset *rows;
    size_t n;
    if (x->position)
        return STORAGE_E_NOT_FOUND;
    int r = storage_list_datasets(rd, mem, &rows, &n);
    if (r == 0)
        r = json_datasets(rows, n, x->base, snapshot_info(x->snap), &x->out.text);
    return r == 0 ? keep_position(x, "datasets") : r;
}

static int organization_line(struct export *x, struct storage_reader *rd, struct arena *mem)
{
    struct organization org;
    const char *position = x->position;
    int r = storage_walk_organizations(rd, &position, mem, &org);
    if (r == 0)
        r = json_organization(&org, x->base, true, &x->out.text);
    return r == 0 ? keep_position(x, position) : r;
}

static int incident_line(struct export *x, struct storage_reader *rd, struct arena *mem)
{
    struct incident incident;
    int r = storage_next_incident(rd, &x->incidents, mem, &incident);
    return r == 0 ? json_incident(&incident, x->base, true, &x->out.text) : r;
}

static const line_fn stages[] = {datasets_line, organization_line, incident_line};
#define STAGES (sizeof stages / sizeof *stages)

static int next_line(struct outflow *outflow)
{
    struct export *x = (struct export *)outflow;
    _cleanup_reader_ struct storage_reader *leased = NULL;
    int r = x->rd ? 0 : snapshot_lease(x->snap, &leased);
    struct storage_reader *rd = x->rd ? x->rd : leased;
    while (r == 0 && x->stage < STAGES) {
        _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
        r = mem ? stages[x->stage](x, rd, mem) : -ENOMEM;
        if (r == 0) {
            strbuf_addc(&x->out.text, '\n');
            return x->out.text.failed ? -ENOMEM : 0;
        }
        if (r != STORAGE_E_NOT_FOUND)
            return -EIO;
        free(x->position);
        x->position = NULL;
        x->stage++;
        r = 0;
    }
    return r == 0 ? 1 : -EIO;
}

static void export_free(void *ctx)
{
    struct export *x = ctx;
    snapshot_release(x->snap);
    strbuf_done(&x->out.text);
    free(x->position);
    free(x);
}

int export_reply(struct load *l, struct reply *ret)
{
    _cleanup_reader_ struct storage_reader *rd = NULL;
    int r = l->rd ? 0 : load_lease(l, &rd); /* to be told now that there is none, and not half way */
    if (r != 0)
        return r;
    const char *tag = headers_etag(l);
    struct export *x = tag ? calloc(1, sizeof *x) : NULL;
    if (!x)
        return -ENOMEM;
    x->snap = snapshot_again(l->snap);
    x->rd = l->rd; /* to wait for a second one could be to wait for oneself */
    x->base = l->app->cfg.base_path;
    x->out = (struct outflow){.text = {.limit = LIMIT_REPLY_BYTES}, .more = next_line};
    ret->status = 200;
    ret->stream = (struct stream){outflow_read, export_free, x, LIMIT_STREAM_BYTES};
    reply_header(ret, "Content-Type", "application/x-ndjson");
    reply_header(ret, "ETag", tag);
    reply_header(ret, "Cache-Control", l->app->cfg.cache_control);
    reply_header(ret, "Content-Disposition", "attachment; filename=\"catalogue.ndjson\"");
    return 0;
}
