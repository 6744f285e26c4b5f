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

struct sending {
    struct snapshot *snap;
    const char *base;   /* of the URLs in it */
    struct strbuf line; /* not yet sent, from `sent` on */
    size_t sent;
    unsigned stage; /* index in stages[] */
    char *position; /* id last written in this stage; NULL: none */
};

/* Writes the next line; 0, STORAGE_E_NOT_FOUND when its kind is exhausted, or an error. */
typedef int (*line_fn)(struct sending *x, struct storage_reader *rd, struct arena *mem);

static int keep_position(struct sending *x, const char *position)
{
    char *copy = strdup(position);
    if (!copy)
        return -ENOMEM;
    free(x->position);
    x->position = copy;
    return 0;
}

static int datasets_line(struct sending *x, struct storage_reader *rd, struct arena *mem)
{
    struct dataset *rows;
    size_t n;
    if (x->position)
        return STORAGE_E_NOT_FOUND;
    int r = storage_list_datasets(rd, mem, &rows, &n);
    if (r == 0)
        r = json_datasets(rows, n, x->base, snapshot_info(x->snap), &x->line);
    return r == 0 ? keep_position(x, "datasets") : r;
}

static int organization_line(struct sending *x, struct storage_reader *rd, struct arena *mem)
{
    struct organization org;
    const char *position = x->position;
    int r = storage_walk_organizations(rd, &position, mem, &org);
    if (r == 0)
        r = json_organization(&org, x->base, true, &x->line);
    return r == 0 ? keep_position(x, position) : r;
}

static int incident_line(struct sending *x, struct storage_reader *rd, struct arena *mem)
{
    struct incident incident;
    const char *position = x->position;
    int r = storage_walk_incidents(rd, &position, mem, &incident);
    if (r == 0)
        r = json_incident(&incident, x->base, true, &x->line);
    return r == 0 ? keep_position(x, position) : r;
}

static const line_fn stages[] = {datasets_line, organization_line, incident_line};
#define STAGES (sizeof stages / sizeof *stages)

/* The next line into x->line; 1 at the end. */
static int next_line(struct sending *x)
{
    _cleanup_reader_ struct storage_reader *rd = NULL;
    int r = storage_lease(snapshot_storage(x->snap), LIMIT_QUERY_MILLIS, &rd);
    while (r == 0 && x->stage < STAGES) {
        _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
        r = mem ? stages[x->stage](x, rd, mem) : -ENOMEM;
        if (r == 0) {
            strbuf_addc(&x->line, '\n');
            return x->line.failed ? -ENOMEM : 0;
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

static ssize_t export_read(void *ctx, char *buffer, size_t room)
{
    struct sending *x = ctx;
    size_t filled = 0;
    while (filled < room) {
        if (x->sent == x->line.size) {
            strbuf_reset(&x->line);
            x->sent = 0;
            int r = next_line(x);
            if (r < 0)
                return -1;
            if (r > 0)
                break;
        }
        size_t n = x->line.size - x->sent;
        n = n > room - filled ? room - filled : n;
        memcpy(buffer + filled, x->line.data + x->sent, n);
        x->sent += n;
        filled += n;
    }
    return (ssize_t)filled;
}

static void export_free(void *ctx)
{
    struct sending *x = ctx;
    snapshot_release(x->snap);
    strbuf_done(&x->line);
    free(x->position);
    free(x);
}

int export_reply(struct load *l, struct reply *ret)
{
    const char *tag = headers_etag(l);
    struct sending *x = tag ? calloc(1, sizeof *x) : NULL;
    if (!x)
        return -ENOMEM;
    x->snap = snapshot_again(l->snap);
    x->base = l->app->cfg.base_path;
    x->line.limit = LIMIT_REPLY_BYTES;
    ret->status = 200;
    ret->stream = (struct stream){export_read, export_free, x};
    reply_header(ret, "Content-Type", "application/x-ndjson");
    reply_header(ret, "ETag", tag);
    reply_header(ret, "Cache-Control", l->app->cfg.cache_control);
    reply_header(ret, "Content-Disposition", "attachment; filename=\"catalogue.ndjson\"");
    return 0;
}
