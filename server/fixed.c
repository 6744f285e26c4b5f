/* SPDX-License-Identifier: MIT */
/* Probes, build facts and files. */
#include "fixed.h"

#include "files.h"
#include "httpd.h"
#include "storage/storage.h"
#include "util/digest.h"
#include "version.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define API 1

/* --- views without storage --- */

static int reply_json(struct load *l, const struct view *v, unsigned status, struct reply *ret)
{
    int r = app_render(l, FORMAT_JSON, v, &ret->body);
    if (r != 0)
        return r;
    ret->status = status;
    reply_header(ret, "Content-Type", "application/json");
    reply_header(ret, "Cache-Control", "no-store");
    return 0;
}

int fixed_health(struct load *l, struct reply *ret)
{
    struct view v = {.kind = VIEW_HEALTH};
    return reply_json(l, &v, 200, ret);
}

/* The sandbox in words, in MEM; NULL when out of memory. */
static const char *say_confined(struct arena *mem, const struct sandbox_report *r)
{
    char *text = sandbox_say(r);
    const char *copy = text ? arena_strdup(mem, text) : NULL;
    free(text);
    return copy;
}

int fixed_ready(struct load *l, struct reply *ret)
{
    bool draining = atomic_load(&l->app->draining);
    const char *refusal = reload_refusal(l->app->reload, l->mem);
    if (!refusal)
        return -ENOMEM;
    const struct sandbox_report *sandbox = &l->app->sandbox;
    const char *confined = l->app->confined ? say_confined(l->mem, sandbox) : "";
    if (!confined)
        return -ENOMEM;
    bool whole =
        sandbox->mode == SANDBOX_OFF || (sandbox->no_new_privileges && sandbox->landlock && sandbox->seccomp);
    const struct view_check checks[] = {
        {"catalogue", l->snap ? "ok" : "fail", l->snap ? NULL : "no catalogue is loaded"},
        {"reload", *refusal ? "warn" : "ok", *refusal ? refusal : NULL},
        {"drain", draining ? "fail" : "ok", draining ? "shutting down" : NULL},
        {"sandbox", whole ? "ok" : "warn", *confined ? confined : NULL},
    };
    struct view v = {.kind = VIEW_READY,
                     .ready = {.ready = l->snap && !draining,
                               .checks = checks,
                               .n = sizeof checks / sizeof *checks - !l->app->confined}};
    return reply_json(l, &v, v.ready.ready ? 200 : 503, ret);
}

int fixed_version(struct load *l, struct reply *ret)
{
    const char *const libraries[] = {"libmicrohttpd", httpd_library_version(),
                                     "sqlite",        storage_library_version(),
                                     "jansson",       render_library_version()};
    struct view v = {.kind = VIEW_VERSION,
                     .version = {.name = "breachd",
                                 .version = BREACHD_VERSION,
                                 .revision = BREACHD_REVISION,
                                 .api = API,
                                 .started = l->app->started,
                                 .loaded = l->snap ? snapshot_loaded(l->snap) : NULL,
                                 .libraries = libraries,
                                 .n_libraries = sizeof libraries / sizeof *libraries / 2}};
    if (l->app->confined)
        v.version.sandbox = (struct view_sandbox){
            .mode = sandbox_modes[l->app->sandbox.mode],
            .no_new_privileges = l->app->sandbox.no_new_privileges,
            .landlock = l->app->sandbox.landlock,
            .seccomp = l->app->sandbox.seccomp,
        };
    return reply_json(l, &v, 200, ret);
}

int fixed_finish(struct load *l, const char *type, const char *cache, struct reply *ret)
{
    char hex[DIGEST_HEX_SIZE];
    _cleanup_digest_ struct digest *d = digest_new();
    if (!d)
        return -ENOMEM;
    digest_add(d, blob_bytes(ret->body), blob_size(ret->body));
    digest_hex(d, hex);
    const char *tag = arena_printf(l->mem, "\"%.32s\"", hex);
    if (!tag)
        return -ENOMEM;
    ret->status = 200;
    reply_header(ret, "Content-Type", type);
    reply_header(ret, "ETag", tag);
    reply_header(ret, "Cache-Control", cache);
    return 0;
}

/* Every record is in the maps of the site. What has a query is another view of them, without end; feeds, calendars and exports are
 * for who follows or keeps them, and tell nothing that pages do not. JSON is left open: it is what programs read that ask before they do. */
int fixed_robots(struct load *l, struct reply *ret)
{
    static const char *const closed[] = {"/*?",     "/*.atom$",   "/*.csv$",
                                         "/*.ics$", "/*.ndjson$", "/catalogue."};
    const char *base = l->app->cfg.base_path;
    _cleanup_strbuf_ struct strbuf body = STRBUF_INIT;
    strbuf_adds(&body, "User-agent: *\n");
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        strbuf_addf(&body, "Disallow: %s%s\n", base, closed[i]);
    if (l->origin)
        strbuf_addf(&body, "\nSitemap: %s%s/sitemap.xml\n", l->origin, base);
    if (!(ret->body = blob_from(&body)))
        return -ENOMEM;
    return fixed_finish(l, "text/plain; charset=utf-8", "max-age=86400", ret);
}

/* --- files --- */

static int reply_file(struct load *l, const struct file *f, const char *cache, struct reply *ret)
{
    const char *tag = arena_printf(l->mem, "\"%s\"", f->content->digest);
    if (!tag || !(ret->body = blob_static(f->content->bytes, f->content->size)))
        return -ENOMEM;
    ret->status = 200;
    reply_header(ret, "Content-Type", f->type);
    reply_header(ret, "Cache-Control", cache);
    reply_header(ret, "ETag", tag);
    return 0;
}

int fixed_favicon(struct load *l, struct reply *ret)
{
    const struct file *f = file_find("favicon.svg");
    return f ? reply_file(l, f, "max-age=86400", ret) : STORAGE_E_NOT_FOUND;
}

int fixed_static(struct load *l, struct reply *ret)
{
    const struct file *f = file_find(l->match->arguments[1]);
    if (!f || strcmp(f->content->digest, l->match->arguments[0]) != 0)
        return STORAGE_E_NOT_FOUND;
    return reply_file(l, f, "public, max-age=31536000, immutable", ret);
}

int fixed_schema(struct load *l, struct reply *ret)
{
    const char *name = arena_printf(l->mem, "schemas/%s", l->match->arguments[0]);
    const struct file *f = name ? file_find(name) : NULL;
    if (!name)
        return -ENOMEM;
    return f ? reply_file(l, f, "max-age=3600", ret) : STORAGE_E_NOT_FOUND;
}

const char *fixed_static_path(struct arena *mem, const char *base, const char *name)
{
    const struct file *f = file_find(name);
    return arena_printf(mem, "%s/static/%s/%s", base, f ? f->content->digest : "none", name);
}
