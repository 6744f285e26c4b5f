/* SPDX-License-Identifier: MIT */
/* One short function a resource: asks storage its question and lays the answer out as a view. */
#include "loaders.h"

#include "render/json.h"
#include "storage/storage.h"
#include "util/limits.h"

#include <errno.h>
#include <string.h>

int load_overview(struct load *l, struct view *ret)
{
    struct overview o;
    int r = storage_overview(l->rd, LIMIT_OVERVIEW, l->mem, &o);
    if (r != 0)
        return r;
    struct view_year *years = arena_array(l->mem, o.n_years, sizeof *years);
    if (!years)
        return -ENOMEM;
    for (size_t i = 0; i < o.n_years; i++)
        years[i] = (struct view_year){o.by_year[i].year, o.by_year[i].incidents};
    *ret = (struct view){.kind = VIEW_OVERVIEW,
                         .overview = {.totals = o.totals,
                                      .by_year = years,
                                      .n_years = o.n_years,
                                      .latest = o.latest,
                                      .n_latest = o.n_latest,
                                      .largest = o.largest,
                                      .n_largest = o.n_largest,
                                      .dealers = o.dealers,
                                      .n_dealers = o.n_dealers}};
    return 0;
}

/* Pages show rows. As data, those that are rendered already are taken where they came from a renderer like this one. */
static enum row_form row_form(const struct load *l)
{
    if (l->format == FORMAT_HTML)
        return ROWS_AS_MODEL;
    if (l->q.full && l->format != FORMAT_CSV)
        return ROWS_WHOLE;
    return snapshot_info(l->snap)->row_format == JSON_ROW_FORMAT ? ROWS_AS_JSON : ROWS_AS_MODEL;
}

int load_incidents(struct load *l, struct view *ret)
{
    struct incident_page p;
    if (format_is_feed(l->format))
        return feed_of_incidents(l, ret);
    int r = storage_list_incidents(l->rd, &l->q, row_form(l), l->mem, &p);
    if (r != 0)
        return r;
    *ret = (struct view){.kind = VIEW_INCIDENTS,
                         .incidents = {.rows = p.rows, .json = p.json, .whole = p.whole, .n = p.n}};
    r = link_list(l, &p.page, &ret->incidents.info);
    return r == 0 ? facets_of_list(l, &ret->incidents.info) : r;
}

/* A record that is withdrawn or merged has an answer of its own. */
static int get_incident(struct load *l, const char *under, struct incident **ret)
{
    struct incident *x = arena_alloc(l->mem, sizeof *x);
    if (!x)
        return -ENOMEM;
    int r = storage_get_incident(l->rd, l->match->arguments[0], l->mem, x);
    if (r != 0)
        return r;
    if (x->row.merged_into) {
        const char *path = link_path(l->mem, "/incidents/", x->row.merged_into);
        l->location = path ? arena_printf(l->mem, "%s%s", path, under) : NULL;
        l->moved_status = 308;
        return l->location ? LOAD_E_MOVED : -ENOMEM;
    }
    if (x->row.withdrawn.at || x->row.status == STATUS_WITHDRAWN) {
        l->tombstone = &x->row;
        return LOAD_E_GONE;
    }
    *ret = x;
    return 0;
}

int load_incident(struct load *l, struct view *ret)
{
    struct incident *x;
    struct dataset *d = arena_alloc(l->mem, sizeof *d);
    if (!d)
        return -ENOMEM;
    int r = get_incident(l, "", &x);
    if (r == 0)
        r = storage_get_dataset(l->rd, x->row.dataset, l->mem, d);
    if (r != 0)
        return r;
    l->license = d->license_url;
    *ret = (struct view){.kind = VIEW_INCIDENT, .incident = {.incident = x, .dataset = d}};
    return 0;
}

int load_incident_timeline(struct load *l, struct view *ret)
{
    struct incident *x;
    int r = get_incident(l, "/timeline", &x);
    if (r != 0)
        return r;
    struct timeline_item *items = arena_array(l->mem, x->n_timeline, sizeof *items);
    if (!items)
        return -ENOMEM;
    for (size_t i = 0; i < x->n_timeline; i++) {
        const struct source *cited = incident_source(x, x->timeline[i].e.source);
        items[i].event = x->timeline[i];
        items[i].incident = (struct incident_ref){x->row.id, x->row.title, x->row.status};
        items[i].modified = x->row.modified;
        items[i].has_cited = cited != NULL;
        if (cited)
            items[i].cited = *cited;
    }
    *ret = (struct view){.kind = VIEW_INCIDENT_TIMELINE,
                         .incident_timeline = {.incident = x, .items = items, .n = x->n_timeline}};
    return link_whole_list(l, x->n_timeline, &ret->incident_timeline.info);
}

static int load_org_page(struct load *l, bool dealers, struct view *ret)
{
    struct org_page p;
    int r = storage_list_organizations(l->rd, &l->q, l->mem, &p);
    if (r != 0)
        return r;
    *ret = (struct view){.kind = VIEW_ORGANIZATIONS,
                         .organizations = {.dealers = dealers, .rows = p.rows, .n = p.n}};
    return link_list(l, &p.page, &ret->organizations.info);
}

int load_organizations(struct load *l, struct view *ret)
{
    return load_org_page(l, false, ret);
}

int load_dealers(struct load *l, struct view *ret)
{
    return load_org_page(l, true, ret);
}

/* The lists embedded in an organisation's page, each its first LIMIT_EMBEDDED. */
static int load_embedded(struct load *l, const char *id, struct view *v)
{
    struct org_page rooftops;
    struct touching_page touching;
    struct event_page events;
    struct query q = {.list = QUERY_TIMELINE, .limit = LIMIT_EMBEDDED};
    static const char *const all = "all";
    q.filters[FILTER_ORGANIZATION] = (struct filter_values){&id, 1};
    q.filters[FILTER_REACH] = (struct filter_values){&all, 1};
    int r = storage_list_rooftops(l->rd, id, LIMIT_EMBEDDED, l->mem, &rooftops);
    if (r == 0)
        r = storage_list_touching(l->rd, id, LIMIT_EMBEDDED, l->mem, &touching);
    if (r == 0)
        r = storage_list_events(l->rd, &q, l->mem, &events);
    if (r != 0)
        return r;
    struct touching_row *rows = arena_array(l->mem, touching.n, sizeof *rows);
    if (!rows)
        return -ENOMEM;
    for (size_t i = 0; i < touching.n; i++)
        rows[i] =
            (struct touching_row){&touching.rows[i].row, touching.rows[i].role, touching.rows[i].certainty,
                                  touching.rows[i].via, touching.rows[i].group};
    v->organization.rooftops = rooftops.rows;
    v->organization.n_rooftops = rooftops.n;
    v->organization.total_rooftops = rooftops.page.total;
    v->organization.touching = rows;
    v->organization.n_touching = touching.n;
    v->organization.total_touching = touching.total;
    v->organization.events = events.items;
    v->organization.n_events = events.n;
    v->organization.total_events = events.page.total;
    return 0;
}

static int move_org(struct load *l, const struct org_ref *to, unsigned status)
{
    l->location = link_path(l->mem, org_is_dealer(to->kind) ? "/dealers/" : "/organizations/", to->id);
    l->moved_status = status;
    return l->location ? LOAD_E_MOVED : -ENOMEM;
}

/* An id that is no organisation's may be another name for one. */
static int follow_alias(struct load *l)
{
    struct org_ref to;
    int r = storage_get_organization_alias(l->rd, l->match->arguments[0], l->mem, &to);
    return r != 0 ? r : move_org(l, &to, 308);
}

/* The same record under its one right folder: dealers under /dealers, the others under /organizations. */
static int load_org(struct load *l, bool dealers, struct view *ret)
{
    struct organization *org = arena_alloc(l->mem, sizeof *org);
    if (!org)
        return -ENOMEM;
    int r = storage_get_organization(l->rd, l->match->arguments[0], l->mem, org);
    if (r == STORAGE_E_NOT_FOUND)
        return follow_alias(l);
    if (r != 0)
        return r;
    if (org_is_dealer(org->row.kind) != dealers) {
        struct org_ref to = {.id = org->row.id, .name = org->row.name, .kind = org->row.kind};
        return move_org(l, &to, 307);
    }
    *ret = (struct view){.kind = VIEW_ORGANIZATION, .organization.organization = org};
    return format_is_feed(l->format) ? feed_of_organization(l, org->row.id, ret)
                                     : load_embedded(l, org->row.id, ret);
}

int load_organization(struct load *l, struct view *ret)
{
    return load_org(l, false, ret);
}

int load_dealer(struct load *l, struct view *ret)
{
    return load_org(l, true, ret);
}

int load_timeline(struct load *l, struct view *ret)
{
    struct event_page p;
    int r = format_is_feed(l->format) ? feed_events(l, &p) : storage_list_events(l->rd, &l->q, l->mem, &p);
    if (r != 0)
        return r;
    *ret = (struct view){.kind = VIEW_TIMELINE, .timeline = {.items = p.items, .n = p.n}};
    return link_list(l, &p.page, &ret->timeline.info);
}

int load_actors(struct load *l, struct view *ret)
{
    struct actor_row *rows;
    size_t n;
    int r = storage_list_actors(l->rd, l->mem, &rows, &n);
    if (r != 0)
        return r;
    *ret = (struct view){.kind = VIEW_ACTORS, .actors = {.rows = rows, .n = n}};
    return link_whole_list(l, n, &ret->actors.info);
}

int load_actor(struct load *l, struct view *ret)
{
    struct actor_row *actor = arena_alloc(l->mem, sizeof *actor);
    struct naming *namings;
    size_t n, total;
    if (!actor)
        return -ENOMEM;
    int r = storage_get_actor(l->rd, l->match->arguments[0], l->mem, actor);
    if (r == 0)
        r = storage_list_actor_incidents(l->rd, actor->id, LIMIT_EMBEDDED, l->mem, &namings, &n, &total);
    if (r != 0)
        return r;
    *ret = (struct view){.kind = VIEW_ACTOR,
                         .actor = {.actor = actor, .incidents = namings, .n = n, .total = total}};
    return 0;
}

int load_data_classes(struct load *l, struct view *ret)
{
    struct class_row *rows;
    size_t n;
    int r = storage_list_classes(l->rd, l->mem, &rows, &n);
    if (r != 0)
        return r;
    *ret = (struct view){.kind = VIEW_DATA_CLASSES, .data_classes = {.rows = rows, .n = n}};
    return link_whole_list(l, n, &ret->data_classes.info);
}

int load_datasets(struct load *l, struct view *ret)
{
    struct dataset *rows;
    size_t n;
    int r = storage_list_datasets(l->rd, l->mem, &rows, &n);
    if (r != 0)
        return r;
    *ret = (struct view){.kind = VIEW_DATASETS, .datasets = {.rows = rows, .n = n}};
    return link_whole_list(l, n, &ret->datasets.info);
}

int load_dataset(struct load *l, struct view *ret)
{
    struct dataset *d = arena_alloc(l->mem, sizeof *d);
    if (!d)
        return -ENOMEM;
    int r = storage_get_dataset(l->rd, l->match->arguments[0], l->mem, d);
    if (r != 0)
        return r;
    l->license = d->license_url;
    *ret = (struct view){.kind = VIEW_DATASET, .dataset.dataset = d};
    return 0;
}

int load_about(struct load *l, struct view *ret)
{
    (void)l;
    *ret = (struct view){.kind = VIEW_ABOUT};
    return 0;
}
