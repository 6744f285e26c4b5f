/* SPDX-License-Identifier: MIT */
/* The service's description of itself, put together from its tables: for /api, /openapi.json and whatever leads to them. */
#include "api.h"

#include "files.h"
#include "fixed.h"
#include "query/params.h"
#include "util/ascii.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#define API_VERSION 1

/* --- parameters --- */

static const char *const list_names[] = {
    [QUERY_INCIDENTS] = "incidents",         [QUERY_DEALERS] = "dealers",
    [QUERY_ORGANIZATIONS] = "organizations", [QUERY_TIMELINE] = "timeline",
    [QUERY_STATISTICS] = "statistics",       [QUERY_TABLE] = "tables"};
#define N_LISTS (sizeof list_names / sizeof *list_names)

static int fill_list(enum query_list list, struct arena *mem, struct api_list *ret)
{
    struct parameter one, *all;
    size_t n = 0;
    while (query_parameter(list, n, &one))
        n++;
    if (!(all = arena_array(mem, n, sizeof *all)))
        return -ENOMEM;
    for (size_t i = 0; i < n; i++)
        (void)query_parameter(list, i, &all[i]);
    *ret = (struct api_list){list_names[list], all, n};
    return 0;
}

static int fill_lists(struct arena *mem, struct api *ret)
{
    struct api_list *lists = arena_array(mem, N_LISTS, sizeof *lists);
    int r = lists ? 0 : -ENOMEM;
    for (unsigned i = 0; r == 0 && i < N_LISTS; i++)
        r = fill_list((enum query_list)i, mem, &lists[i]);
    ret->lists = lists;
    ret->n_lists = N_LISTS;
    return r;
}

/* --- resources --- */

/* "/incidents/{id}/timeline" is "incidents-id-timeline". */
static const char *anchor_of(const char *path, struct arena *mem)
{
    char *anchor = arena_strdup(mem, strcmp(path, "/") == 0 ? "overview" : path), *to = anchor;
    if (!anchor)
        return NULL;
    for (const char *from = anchor; *from; from++)
        if (ascii_is_alnum(*from))
            *to++ = *from;
        else if (to > anchor && to[-1] != '-' && from[1])
            *to++ = '-';
    while (to > anchor && to[-1] == '-')
        to--;
    *to = '\0';
    return anchor;
}

/* ".json" is "Json". */
static const char *form_name(enum format f, struct arena *mem)
{
    char *name = f == FORMAT_JSON || f == FORMAT_HTML ? arena_strdup(mem, "")
                                                      : arena_strdup(mem, format_suffix(f) + 1);
    if (name)
        *name = ascii_upper(*name);
    return name;
}

static void add_form(struct api_resource *r, const struct api_form *form)
{
    if (r->n_forms < API_FORMS)
        r->forms[r->n_forms++] = *form;
}

static int fill_forms(const struct route *route, const struct api_doc *doc, struct arena *mem,
                      struct api_resource *r)
{
    const char *stem = strcmp(route->path, "/") == 0 ? "/index" : route->path;
    for (unsigned f = 0; f < _FORMAT_N; f++) {
        if (!(route->formats & 1u << f))
            continue;
        struct api_form form = {.type = format_media_type((enum format)f),
                                .name = form_name((enum format)f, mem),
                                .schema = f == FORMAT_JSON ? doc->schema : NULL};
        if (*format_suffix((enum format)f) &&
            !(form.path = arena_printf(mem, "%s%s", stem, format_suffix((enum format)f))))
            return -ENOMEM;
        if (!form.name)
            return -ENOMEM;
        add_form(r, &form);
    }
    if (!route->formats)
        add_form(r, &(struct api_form){doc->type, route->path, "", doc->schema});
    r->negotiated = route->formats;
    return 0;
}

static int fill_resource(const struct route *route, const struct api_doc *doc, const struct api *api,
                         struct arena *mem, struct api_resource *ret)
{
    struct api_resource r = {.path = route->path,
                             .anchor = anchor_of(route->path, mem),
                             .name = doc->name,
                             .group = doc->group,
                             .title = doc->title,
                             .about = doc->about,
                             .flags = doc->flags | (route->formats ? API_VIEW : 0u),
                             .list = route->query == QUERY_PLAIN ? NULL : &api->lists[route->query]};
    for (size_t i = 0; i < API_ARGUMENTS && doc->arguments[i].name; i++)
        r.arguments[r.n_arguments++] = doc->arguments[i];
    int e = r.anchor ? fill_forms(route, doc, mem, &r) : -ENOMEM;
    if (e == 0)
        *ret = r;
    return e;
}

static const struct route *find_route(const char *path)
{
    for (size_t i = 0; i < routes_n; i++)
        if (strcmp(routes[i].path, path) == 0)
            return &routes[i];
    return NULL;
}

/* RFC 9116 section 2.5.3: a web address must be https. */
static const char *security_contact(const struct app_config *cfg)
{
    return cfg->contact && strncmp(cfg->contact, "http:", 5) != 0 ? cfg->contact : NULL;
}

static bool is_left_out(const struct load *l, const struct route *route)
{
    return route->reply == api_security && !security_contact(&l->app->cfg);
}

static int fill_resources(const struct load *l, struct api *ret, struct api_resource **ret_resources)
{
    struct api_resource *all = arena_array(l->mem, routes_n, sizeof *all);
    const struct api_doc *doc;
    int r = all ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && (doc = api_doc_at(i)); i++) {
        const struct route *route = find_route(doc->path);
        if (route && ret->n_resources < routes_n && !is_left_out(l, route))
            r = fill_resource(route, doc, ret, l->mem, &all[ret->n_resources++]);
    }
    ret->resources = all;
    *ret_resources = all;
    return r;
}

static int fill_problems(struct arena *mem, struct api *ret)
{
    const struct problem_kind *kind;
    size_t n = 0;
    while (problem_kind_at(n))
        n++;
    struct api_problem *all = arena_array(mem, n, sizeof *all);
    if (!all)
        return -ENOMEM;
    for (size_t i = 0; (kind = problem_kind_at(i)); i++)
        all[i] = (struct api_problem){kind->status, kind->title};
    ret->problems = all;
    ret->n_problems = n;
    return 0;
}

static int fill_api(const struct load *l, struct api *ret, struct api_resource **ret_resources)
{
    const struct file *schemas = file_find("openapi/schemas.json");
    struct api api = {.version = API_VERSION, .groups = api_groups, .n_groups = api_groups_n};
    int r = fill_lists(l->mem, &api);
    if (r == 0)
        r = fill_resources(l, &api, ret_resources);
    if (r == 0)
        r = fill_problems(l->mem, &api);
    api.root = arena_printf(l->mem, "%s%s", l->origin ? l->origin : "", l->app->cfg.base_path);
    if (security_contact(&l->app->cfg))
        api.security = arena_printf(l->mem, "%s/.well-known/security.txt", l->app->cfg.base_path);
    api.schemas = schemas ? schemas->content->bytes : "{}";
    api.schemas_size = schemas ? schemas->content->size : 2;
    *ret = api;
    return r == 0 && !api.root ? -ENOMEM : r;
}

int load_api(struct load *l, struct view *ret)
{
    struct api *api = arena_alloc(l->mem, sizeof *api);
    struct api_resource *resources;
    int r = api ? fill_api(l, api, &resources) : -ENOMEM;
    if (r == 0)
        r = api_examples(l, resources, api->n_resources);
    *ret = (struct view){.kind = VIEW_API, .api = api};
    return r;
}

/* --- documents without a view --- */

int api_openapi(struct load *l, struct reply *ret)
{
    struct api api;
    struct api_resource *resources;
    struct view v = {.kind = VIEW_API, .api = &api};
    int r = fill_api(l, &api, &resources);
    if (r == 0)
        r = app_render(l, FORMAT_JSON, &v, &ret->body);
    return r == 0 ? fixed_finish(l, "application/vnd.oai.openapi+json;version=3.1", l->app->cfg.cache_control,
                                 ret)
                  : r;
}

int api_catalog(struct load *l, struct reply *ret)
{
    static const struct {
        const char *rel, *path, *type;
    } rows[] = {
        {"service-desc", "/openapi.json", "application/vnd.oai.openapi+json;version=3.1"},
        {"service-doc", "/api", "text/html"},
        {"service-meta", "/schemas/answers.json", "application/schema+json"},
        {"status", "/readyz", "application/json"},
        {"license", "/datasets", "text/html"},
    };
    enum { N = sizeof rows / sizeof *rows };
    struct api_link links[N];
    const char *origin = l->origin ? l->origin : "", *base = l->app->cfg.base_path;
    struct view v = {.kind = VIEW_LINKSET,
                     .linkset = {arena_printf(l->mem, "%s%s/", origin, base), links, N}};
    for (size_t i = 0; i < N; i++)
        links[i] = (struct api_link){rows[i].rel, arena_printf(l->mem, "%s%s%s", origin, base, rows[i].path),
                                     rows[i].type};
    int r = arena_failed(l->mem) ? -ENOMEM : app_render(l, FORMAT_JSON, &v, &ret->body);
    if (r != 0)
        return r;
    reply_header(ret, "Link",
                 arena_printf(l->mem, "<%s%s/.well-known/api-catalog>; rel=\"api-catalog\"", origin, base));
    return fixed_finish(l, "application/linkset+json;profile=\"https://www.rfc-editor.org/info/rfc9727\"",
                        l->app->cfg.cache_control, ret);
}

#define DAY        86400
#define VALID_DAYS 30 /* what is read may be relied on so long; whoever asks again is told anew */

/* Whether the contact is still right is known while somebody runs the service with it: so the text expires some days after it
 * was asked for, at midnight, which leaves it the same all day. */
int api_security(struct load *l, struct reply *ret)
{
    char expires[CLOCK_TEXT_SIZE];
    const char *contact = security_contact(&l->app->cfg), *base = l->app->cfg.base_path;
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    if (!contact)
        return STORAGE_E_NOT_FOUND;
    clock_format(((int64_t)time(NULL) / DAY + VALID_DAYS + 1) * DAY, expires);
    strbuf_addf(&b, "Contact: %s\nExpires: %s\n", contact, expires);
    if (l->origin && !*base) /* beneath a prefix it is not where RFC 9116 looks */
        strbuf_addf(&b, "Canonical: %s/.well-known/security.txt\n", l->origin);
    if (!(ret->body = blob_from(&b)))
        return -ENOMEM;
    l->key = NULL; /* tomorrow's is another, so it is not kept */
    return fixed_finish(l, "text/plain; charset=utf-8", "max-age=86400", ret);
}
