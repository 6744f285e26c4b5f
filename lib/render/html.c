/* SPDX-License-Identifier: MIT */
/*
 * The HTML column of the matrix: which page shows which view. A new page is one row here and a head and a
 * body in its family's file.
 */
#include "render/html.h"

#include "render/matrix.h"
#include "util/limits.h"

#include <errno.h>

static const struct {
    html_part head, body;
} pages[_VIEW_N] = {
    [VIEW_OVERVIEW] = {html_overview_head, html_overview_body},
    [VIEW_INCIDENTS] = {html_incidents_head, html_incidents_body},
    [VIEW_INCIDENT] = {html_incident_head, html_incident_body},
    [VIEW_INCIDENT_TIMELINE] = {html_incident_timeline_head, html_incident_timeline_body},
    [VIEW_ORGANIZATIONS] = {html_organizations_head, html_organizations_body},
    [VIEW_ORGANIZATION] = {html_organization_head, html_organization_body},
    [VIEW_TIMELINE] = {html_timeline_head, html_timeline_body},
    [VIEW_ACTORS] = {html_actors_head, html_actors_body},
    [VIEW_ACTOR] = {html_actor_head, html_actor_body},
    [VIEW_DATA_CLASSES] = {html_data_classes_head, html_data_classes_body},
    [VIEW_DATASETS] = {html_datasets_head, html_datasets_body},
    [VIEW_DATASET] = {html_dataset_head, html_dataset_body},
    [VIEW_STATISTICS] = {html_statistics_head, html_statistics_body},
    [VIEW_ABOUT] = {html_about_head, html_about_body},
    [VIEW_API] = {html_api_head, html_api_body},
    [VIEW_PROBLEM] = {html_problem_head, html_problem_body},
};

static int render_page(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    if (!mem)
        return -ENOMEM;
    struct page p = {.w = HTMLW_INIT(out), .env = env, .mem = mem, .og_type = "website"};
    pages[v->kind].head(&p, v);
    layout_begin(&p);
    pages[v->kind].body(&p, v);
    layout_end(&p);
    int r = htmlw_finish(&p.w);
    return r == 0 && arena_failed(mem) ? -ENOMEM : r; /* an attribute may have been left out */
}

const render_fn render_html_views[_VIEW_N] = {
    [VIEW_OVERVIEW] = render_page,      [VIEW_INCIDENTS] = render_page,
    [VIEW_INCIDENT] = render_page,      [VIEW_INCIDENT_TIMELINE] = render_page,
    [VIEW_ORGANIZATIONS] = render_page, [VIEW_ORGANIZATION] = render_page,
    [VIEW_TIMELINE] = render_page,      [VIEW_ACTORS] = render_page,
    [VIEW_ACTOR] = render_page,         [VIEW_DATA_CLASSES] = render_page,
    [VIEW_DATASETS] = render_page,      [VIEW_DATASET] = render_page,
    [VIEW_STATISTICS] = render_page,    [VIEW_ABOUT] = render_page,
    [VIEW_API] = render_page,           [VIEW_PROBLEM] = render_page,
};
