/* SPDX-License-Identifier: MIT */
/*
 * The JSON column of the matrix: lists as {data,total,page,query,catalogue}, one thing as {data,catalogue}.
 * What the service says of itself is in json_service.c.
 */
#include "render/json_views.h"

#include "render/json_shapes.h"

#include <errno.h>
#include <stdint.h>

/* Expected bytes: of a list without its rows, and of what a rendered row gains where it is served. */
#define LIST_INFO_SIZE 4096
#define ROW_PLACE_SIZE 256

#define ROWS(list, count, fn) ((struct json_rows){(list), (count), sizeof *(list), (fn)})

static void put_filter(struct jw *w, struct jw_level *o, const void *item)
{
    const struct active_filter *x = item;
    jw_text(w, o, "name", x->name);
    jw_text(w, o, "value", x->value);
    jw_text(w, o, "remove", x->remove);
}

void json_put_query(struct jw *w, const struct list_info *info)
{
    struct jw_level *query = jw_object(w, w->root, "query");
    jw_text(w, query, "text", info->text ? info->text : "");
    jw_list(w, query, "filters", info->filters, info->n_filters, put_filter);
    jw_text(w, query, "sort", info->sort);
}

static void put_facet_value(struct jw *w, struct jw_level *o, const void *item)
{
    const struct facet_choice *x = item;
    jw_text(w, o, "value", x->value);
    jw_text(w, o, "label", x->label);
    jw_size(w, o, "count", x->count);
    jw_text(w, o, "url", x->url);
}

/* Only where some were asked for. */
static void put_facets(struct jw *w, const struct list_info *info)
{
    if (!info->n_facets)
        return;
    struct jw_level *facets = jw_object(w, w->root, "facets");
    for (size_t i = 0; i < info->n_facets; i++)
        jw_list(w, facets, vocab_id(&vocab_facet, info->facets[i].facet), info->facets[i].values,
                info->facets[i].n, put_facet_value);
}

static void put_list_info(struct jw *w, const struct list_info *info)
{
    jw_size(w, w->root, "total", info->total);
    struct jw_level *page = jw_object(w, w->root, "page");
    jw_integer(w, page, "limit", info->limit);
    jw_text(w, page, "next", info->next);
    jw_text(w, page, "prev", info->prev);
    jw_text(w, page, "first", info->first);
    jw_bool(w, page, "catalogue_changed", info->catalogue_changed);
    put_facets(w, info);
    json_put_query(w, info);
}

static int list_page(const struct view *v, const struct list_info *info, const struct render_env *env,
                     struct strbuf *out)
{
    struct jw w;
    struct json_rows rows;
    if (!json_rows_of(v, &rows))
        return -EINVAL;
    jw_begin(&w, env->base, true);
    jw_items(&w, w.root, "data", rows.items, rows.n, rows.size, rows.member);
    put_list_info(&w, info);
    jw_catalogue(&w, w.root, &env->catalogue);
    return jw_finish(&w, true, out);
}

/* Begins {data,catalogue} and gives the object for `data`; end_thing() adds the rest. */
static struct jw_level *begin_thing(struct jw *w, const struct render_env *env)
{
    jw_begin(w, env->base, true);
    return jw_object(w, w->root, "data");
}

static int end_thing(struct jw *w, const struct render_env *env, struct strbuf *out)
{
    jw_catalogue(w, w->root, &env->catalogue);
    return jw_finish(w, true, out);
}

static void put_year(struct jw *w, struct jw_level *o, const void *item)
{
    const struct view_year *x = item;
    jw_text(w, o, "value", x->value);
    jw_size(w, o, "incidents", x->incidents);
}

static int overview(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    struct jw w;
    struct jw_level *data = begin_thing(&w, env);
    struct jw_level *totals = jw_object(&w, data, "totals");
    jw_size(&w, totals, "incidents", v->overview.totals.incidents);
    jw_size(&w, totals, "organizations", v->overview.totals.organizations);
    jw_size(&w, totals, "dealers", v->overview.totals.dealers);
    jw_size(&w, totals, "events", v->overview.totals.events);
    jw_size(&w, totals, "sources", v->overview.totals.sources);
    jw_list(&w, data, "by_year", v->overview.by_year, v->overview.n_years, put_year);
    jw_list(&w, data, "latest", v->overview.latest, v->overview.n_latest, jw_incident_row);
    jw_list(&w, data, "largest", v->overview.largest, v->overview.n_largest, jw_incident_row);
    jw_list(&w, data, "dealers", v->overview.dealers, v->overview.n_dealers, jw_org_row);
    return end_thing(&w, env, out);
}

static void put_whole(struct jw *w, struct jw_level *o, const void *incident)
{
    jw_incident(w, o, incident);
}

/* What N rows and all that comes with them take, from above, but for unusual ones. */
static size_t rendered_size(const struct json_row *rows, size_t n)
{
    size_t size = LIST_INFO_SIZE;
    for (size_t i = 0; i < n; i++)
        size += rows[i].size + ROW_PLACE_SIZE;
    return size;
}

/* As list_page, of rows that are rendered already. */
static int rendered_page(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, env->base, true);
    jw_expect(&w, rendered_size(v->incidents.json, v->incidents.n));
    jw_list(&w, w.root, "data", v->incidents.json, v->incidents.n, jw_json_row);
    put_list_info(&w, &v->incidents.info);
    jw_catalogue(&w, w.root, &env->catalogue);
    return jw_finish(&w, true, out);
}

static int incidents(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    if (v->incidents.json)
        return rendered_page(v, env, out);
    return list_page(v, &v->incidents.info, env, out);
}

static int incident(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    struct jw w;
    jw_incident(&w, begin_thing(&w, env), v->incident.incident);
    return end_thing(&w, env, out);
}

static int incident_timeline(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    return list_page(v, &v->incident_timeline.info, env, out);
}

static int organizations(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    return list_page(v, &v->organizations.info, env, out);
}

/* {"total","data":[…],"url"}: the first rows of a longer list, and where it is. */
static void put_embedded(struct jw *w, struct jw_level *o, const char *key, const struct json_rows *rows,
                         size_t total, const char *const url[3])
{
    struct jw_level *list = jw_object(w, o, key);
    jw_size(w, list, "total", total);
    jw_items(w, list, "data", rows->items, rows->n, rows->size, rows->member);
    jw_link(w, list, "url", url[0], url[1], url[2]);
}

static void put_touching(struct jw *w, struct jw_level *o, const void *item)
{
    const struct touching_row *x = item;
    jw_incident_row(w, o, x->row);
    jw_word(w, o, "role", &vocab_role, x->role);
    jw_word(w, o, "certainty", &vocab_certainty, x->certainty);
    jw_via(w, o, &x->via, x->via.id ? 1 : 0);
}

static void put_organization_lists(struct jw *w, struct jw_level *data, const struct view *v)
{
    const char *id = v->organization.organization->row.id;
    struct json_rows rooftops = ROWS(v->organization.rooftops, v->organization.n_rooftops, jw_org_row);
    put_embedded(w, data, "rooftops", &rooftops, v->organization.total_rooftops,
                 (const char *const[]){"/organizations.json?owner=", id, ""});
    struct json_rows touching = ROWS(v->organization.touching, v->organization.n_touching, put_touching);
    put_embedded(w, data, "touching", &touching, v->organization.total_touching,
                 (const char *const[]){"/incidents.json?organization=", id, "&reach=all"});
    struct json_rows events = ROWS(v->organization.events, v->organization.n_events, jw_timeline_item);
    put_embedded(w, data, "events", &events, v->organization.total_events,
                 (const char *const[]){"/timeline.json?organization=", id, "&reach=all"});
}

static int organization(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    const struct organization *x = v->organization.organization;
    struct jw w;
    struct jw_level *data = begin_thing(&w, env);
    jw_org_row(&w, data, &x->row);
    jw_org_names_and_links(&w, data, x);
    put_organization_lists(&w, data, v);
    jw_list(&w, data, "sources", x->sources, x->n_sources, jw_source);
    return end_thing(&w, env, out);
}

static int timeline(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    return list_page(v, &v->timeline.info, env, out);
}

static void put_certainty_counts(struct jw *w, struct jw_level *o, const struct certainty_counts *x)
{
    struct jw_level *incidents = jw_object(w, o, "incidents");
    jw_size(w, incidents, "confirmed", x->confirmed);
    jw_size(w, incidents, "claimed", x->claimed);
    jw_size(w, incidents, "suspected", x->suspected);
    jw_size(w, incidents, "denied", x->denied);
}

static void put_actor_row(struct jw *w, struct jw_level *o, const void *item)
{
    const struct actor_row *x = item;
    jw_text(w, o, "id", x->id);
    jw_text(w, o, "name", x->name);
    jw_texts(w, o, "names", x->names, x->n_names);
    jw_word(w, o, "kind", &vocab_actor_kind, x->kind);
    put_certainty_counts(w, o, &x->incidents);
    jw_link(w, o, "url", "/actors/", x->id, ".json");
    jw_link(w, o, "html_url", "/actors/", x->id);
}

static int actors(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    return list_page(v, &v->actors.info, env, out);
}

static void put_naming(struct jw *w, struct jw_level *o, const void *item)
{
    const struct naming *x = item;
    jw_incident_row(w, o, &x->row);
    jw_word(w, o, "certainty", &vocab_certainty, x->certainty);
}

static int actor(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    struct jw w;
    struct jw_level *data = begin_thing(&w, env);
    put_actor_row(&w, data, v->actor.actor);
    struct json_rows touching = ROWS(v->actor.incidents, v->actor.n, put_naming);
    put_embedded(&w, data, "touching", &touching, v->actor.total,
                 (const char *const[]){"/incidents.json?actor=", v->actor.actor->id, ""});
    return end_thing(&w, env, out);
}

static void put_class_row(struct jw *w, struct jw_level *o, const void *item)
{
    const struct class_row *x = item;
    if (x->id >= vocab_data_class.n) {
        jw_word(w, o, "id", &vocab_data_class, x->id);
        return;
    }
    const struct word *word = &vocab_data_class.words[x->id];
    jw_text(w, o, "id", word->id);
    jw_text(w, o, "label", word->label);
    jw_text(w, o, "definition", word->definition);
    put_certainty_counts(w, o, &x->incidents);
    jw_link(w, o, "url", "/incidents.json?data_class=", word->id);
    jw_link(w, o, "html_url", "/incidents?data_class=", word->id);
}

static int data_classes(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    return list_page(v, &v->data_classes.info, env, out);
}

static int datasets(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    return list_page(v, &v->datasets.info, env, out);
}

static int dataset(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    struct jw w;
    struct jw_level *data = begin_thing(&w, env);
    jw_dataset(&w, data, v->dataset.dataset);
    jw_dataset_report(&w, data, v->dataset.dataset, SIZE_MAX);
    return end_thing(&w, env, out);
}

static struct json_rows incident_rows(const struct view *v)
{
    if (v->incidents.json)
        return ROWS(v->incidents.json, v->incidents.n, jw_json_row);
    if (v->incidents.whole)
        return ROWS(v->incidents.whole, v->incidents.n, put_whole);
    return ROWS(v->incidents.rows, v->incidents.n, jw_incident_row);
}

bool json_rows_of(const struct view *v, struct json_rows *ret)
{
    switch (v->kind) {
    case VIEW_INCIDENTS:
        *ret = incident_rows(v);
        return true;
    case VIEW_INCIDENT_TIMELINE:
        *ret = ROWS(v->incident_timeline.items, v->incident_timeline.n, jw_timeline_item);
        return true;
    case VIEW_ORGANIZATIONS:
        *ret = ROWS(v->organizations.rows, v->organizations.n, jw_org_row);
        return true;
    case VIEW_TIMELINE:
        *ret = ROWS(v->timeline.items, v->timeline.n, jw_timeline_item);
        return true;
    case VIEW_ACTORS:
        *ret = ROWS(v->actors.rows, v->actors.n, put_actor_row);
        return true;
    case VIEW_ACTOR:
        *ret = ROWS(v->actor.actor, 1, put_actor_row);
        return true;
    case VIEW_DATA_CLASSES:
        *ret = ROWS(v->data_classes.rows, v->data_classes.n, put_class_row);
        return true;
    case VIEW_DATASETS:
        *ret = ROWS(v->datasets.rows, v->datasets.n, jw_dataset_row);
        return true;
    case VIEW_DATASET:
        *ret = ROWS(v->dataset.dataset, 1, jw_dataset_row);
        return true;
    case VIEW_STATISTICS:
        *ret = ROWS(v->statistics.groups, v->statistics.counts->n, json_put_group);
        return true;
    default:
        return false;
    }
}

int json_row_of(const struct json_rows *rows, size_t i, const char *base, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, base, true);
    rows->member(&w, w.root, (const char *)rows->items + i * rows->size);
    return jw_finish(&w, true, out);
}

const render_fn render_json_views[_VIEW_N] = {
    [VIEW_OVERVIEW] = overview,
    [VIEW_INCIDENTS] = incidents,
    [VIEW_INCIDENT] = incident,
    [VIEW_INCIDENT_TIMELINE] = incident_timeline,
    [VIEW_ORGANIZATIONS] = organizations,
    [VIEW_ORGANIZATION] = organization,
    [VIEW_TIMELINE] = timeline,
    [VIEW_ACTORS] = actors,
    [VIEW_ACTOR] = actor,
    [VIEW_DATA_CLASSES] = data_classes,
    [VIEW_DATASETS] = datasets,
    [VIEW_DATASET] = dataset,
    [VIEW_STATISTICS] = json_statistics,
    [VIEW_API] = json_openapi,
    [VIEW_LINKSET] = json_linkset,
    [VIEW_PROBLEM] = json_problem,
    [VIEW_VERSION] = json_version,
    [VIEW_READY] = json_ready,
    [VIEW_HEALTH] = json_health,
};
