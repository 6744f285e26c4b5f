/* SPDX-License-Identifier: MIT */
/* What lives as long as the daemon: settings, the slot with the catalogue, and whether it is shutting down. */
#include "fixed.h"
#include "load.h"
#include "util/limits.h"
#include "version.h"

#include <errno.h>
#include <stdlib.h>
#include <time.h>

int app_new(const struct app_config *cfg, struct app **ret, char **reterr)
{
    struct app *app = calloc(1, sizeof *app);
    if (!app)
        return -ENOMEM;
    app->cfg = *cfg;
    clock_format((int64_t)time(NULL), app->started);
    app->slot = snapshot_slot_new(cfg->cache_bytes, cfg->query_millis, cfg->replaced_millis);
    int r = app->slot ? reload_new(cfg->catalogue, app->slot, &app->reload, reterr) : -ENOMEM;
    if (r != 0) {
        app_free(app);
        return r < 0 ? r : APP_E_CATALOGUE;
    }
    *ret = app;
    return 0;
}

struct app *app_free(struct app *app)
{
    if (!app)
        return NULL;
    reload_free(app->reload);
    snapshot_slot_free(app->slot);
    free(app);
    return NULL;
}

int app_reload(struct app *app, bool force, char **ret_line)
{
    return reload_look(app->reload, force, ret_line);
}

void app_confined(struct app *app, const struct sandbox_report *r)
{
    app->sandbox = *r;
    app->confined = true;
}

void app_drain(struct app *app)
{
    atomic_store(&app->draining, true);
}

static int copy_info(struct snapshot *snap, struct arena *mem, struct catalogue_info *ret)
{
    struct catalogue_info info = *snapshot_info(snap);
    info.id = arena_strdup(mem, info.id);
    info.built = arena_strdup(mem, info.built);
    if (!info.id || !info.built)
        return -ENOMEM;
    *ret = info;
    return 0;
}

int app_catalogue(struct app *app, struct arena *mem, struct catalogue_info *ret)
{
    _cleanup_snapshot_ struct snapshot *snap = snapshot_acquire(app->slot);
    return copy_info(snap, mem, ret);
}

int app_figures(struct app *app, struct arena *mem, struct app_figures *ret)
{
    _cleanup_snapshot_ struct snapshot *snap = snapshot_acquire(app->slot);
    struct cache_figures kept = cache_figures(snapshot_cache(snap));
    struct app_figures f = {.loaded = arena_strdup(mem, snapshot_loaded(snap)),
                            .reload = reload_figures(app->reload),
                            .cache_bytes = kept.bytes,
                            .cache_most = snapshot_answer_bytes(app->cfg.cache_bytes),
                            .cache_answers = kept.answers,
                            .cache_evicted = kept.evicted,
                            .ready = !atomic_load(&app->draining)};
    (void)storage_file(snapshot_storage(snap), &f.file_bytes);
    int r = f.loaded ? copy_info(snap, mem, &f.catalogue) : -ENOMEM;
    if (r == 0)
        *ret = f;
    return r;
}

/* What L asks for in each of its route's formats. 0 or -ENOMEM. */
static int fill_forms(const struct load *l, struct render_env *env)
{
    for (unsigned f = 0; f < _FORMAT_N; f++) {
        if (!(l->match->route->formats & 1u << f))
            continue;
        const char *url = link_form(l, (enum format)f);
        if (!url)
            return -ENOMEM;
        env->forms[f] = (struct render_form){url, format_media_type((enum format)f)};
    }
    return 0;
}

/* What render_view() needs to know for L. 0 or -ENOMEM. */
static int fill_env(const struct load *l, struct render_env *ret)
{
    const struct app_config *cfg = &l->app->cfg;
    bool view = l->stem && l->match && l->match->route->formats;
    struct render_env env = {
        .base = cfg->base_path,
        .path = l->stem ? l->stem : "/",
        .contact = cfg->contact,
        .version = BREACHD_VERSION,
        .excel = l->q.excel,
        .style = fixed_static_path(l->mem, cfg->base_path, "style.css"),
    };
    if (!env.style || (view && fill_forms(l, &env) != 0))
        return -ENOMEM;
    if (env.forms[FORMAT_HTML].url && l->origin)
        env.canonical = arena_printf(l->mem, "%s%s", l->origin, env.forms[FORMAT_HTML].url);
    env.origin = l->origin;
    env.query = l->query;
    if (l->snap)
        env.catalogue = *snapshot_info(l->snap);
    *ret = env;
    return 0;
}

int app_render_into(const struct load *l, enum format f, const struct view *v, bool going_on,
                    struct strbuf *out)
{
    struct render_env env;
    int r = fill_env(l, &env);
    if (r != 0)
        return r;
    env.going_on = going_on;
    return render_view(f, v, &env, out);
}

int app_render(const struct load *l, enum format f, const struct view *v, struct blob **ret)
{
    _cleanup_strbuf_ struct strbuf body = {.limit = LIMIT_REPLY_BYTES};
    int r = app_render_into(l, f, v, false, &body);
    if (r != 0)
        return r;
    struct blob *b = blob_from(&body);
    if (!b)
        return -ENOMEM;
    *ret = b;
    return 0;
}
