/* SPDX-License-Identifier: MIT */
/*
 * What the service says of itself as JSON: problems (RFC 9457), version, readiness, liveness. None of them is
 * wrapped in `data`.
 */
#include "render/json_views.h"

#include "render/json_shapes.h"

static void put_error(struct jw *w, struct jw_level *o, const void *item)
{
    const struct problem_error *x = item;
    jw_text(w, o, "parameter", x->parameter);
    jw_text(w, o, "value", x->value);
    jw_text(w, o, "detail", x->detail);
    jw_text(w, o, "suggestion", x->suggestion);
}

/* An extension member of RFC 9457 section 3.2: what was here, when it was withdrawn, and why. */
static void put_tombstone(struct jw *w, const struct incident_row *x)
{
    struct jw_level *incident = jw_object(w, w->root, "incident");
    jw_text(w, incident, "id", x->id);
    jw_text(w, incident, "title", x->title);
    jw_withdrawal(w, incident, "withdrawn", &x->withdrawn);
}

int json_problem(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    const struct problem *x = &v->problem;
    struct jw w;
    jw_begin(&w, env->base, true);
    jw_link(&w, w.root, "type", "/about#problem-", x->type);
    jw_text(&w, w.root, "title", x->title);
    jw_integer(&w, w.root, "status", x->status);
    jw_text(&w, w.root, "detail", x->detail);
    jw_text(&w, w.root, "instance", x->instance);
    if (x->status == 400)
        jw_list(&w, w.root, "errors", x->errors, x->n_errors, put_error);
    if (x->tombstone)
        put_tombstone(&w, x->tombstone);
    return jw_finish(&w, true, out);
}

static void put_served_catalogue(struct jw *w, const struct catalogue_info *c, const char *loaded)
{
    if (!c->id) {
        jw_null(w, w->root, "catalogue");
        return;
    }
    struct jw_level *o = jw_object(w, w->root, "catalogue");
    jw_text(w, o, "id", c->id);
    jw_text(w, o, "built", c->built);
    jw_integer(w, o, "schema", c->schema);
    jw_text(w, o, "loaded", loaded);
    jw_size(w, o, "incidents", c->incidents);
    jw_size(w, o, "organizations", c->organizations);
    jw_size(w, o, "dealers", c->dealers);
    jw_size(w, o, "events", c->events);
    jw_size(w, o, "datasets", c->datasets);
}

static void put_sandbox(struct jw *w, const struct view_sandbox *x)
{
    if (!x->mode) {
        jw_null(w, w->root, "sandbox");
        return;
    }
    struct jw_level *o = jw_object(w, w->root, "sandbox");
    jw_text(w, o, "mode", x->mode);
    jw_bool(w, o, "no_new_privileges", x->no_new_privileges);
    jw_integer(w, o, "landlock", x->landlock);
    jw_bool(w, o, "seccomp", x->seccomp);
}

int json_version(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, env->base, true);
    jw_text(&w, w.root, "name", v->version.name);
    jw_text(&w, w.root, "version", v->version.version);
    jw_text(&w, w.root, "revision", v->version.revision);
    jw_integer(&w, w.root, "api", v->version.api);
    jw_text(&w, w.root, "started", v->version.started);
    struct jw_level *libraries = jw_object(&w, w.root, "libraries");
    for (size_t i = 0; i < v->version.n_libraries; i++)
        jw_text_at(&w, libraries, v->version.libraries[2 * i], v->version.libraries[2 * i + 1]);
    put_sandbox(&w, &v->version.sandbox);
    put_served_catalogue(&w, &env->catalogue, v->version.loaded);
    return jw_finish(&w, true, out);
}

static void put_check(struct jw *w, struct jw_level *o, const void *item)
{
    const struct view_check *x = item;
    jw_text(w, o, "name", x->name);
    jw_text(w, o, "status", x->status);
    jw_text(w, o, "detail", x->detail);
}

int json_ready(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, env->base, true);
    jw_text(&w, w.root, "status", v->ready.ready ? "ready" : "not_ready");
    jw_list(&w, w.root, "checks", v->ready.checks, v->ready.n, put_check);
    jw_catalogue(&w, w.root, &env->catalogue);
    return jw_finish(&w, true, out);
}

int json_health(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    (void)v;
    struct jw w;
    jw_begin(&w, env->base, true);
    jw_text(&w, w.root, "status", "ok");
    return jw_finish(&w, true, out);
}
