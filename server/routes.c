/* SPDX-License-Identifier: MIT */
/* Every resource, one row each. A new page is one row here and one short loader. */
#include "api.h"
#include "fixed.h"
#include "loaders.h"
#include "router.h"

#define HTML   (1u << FORMAT_HTML)
#define JSON   (1u << FORMAT_JSON)
#define CSV    (1u << FORMAT_CSV)
#define NDJSON (1u << FORMAT_NDJSON)
#define ATOM   (1u << FORMAT_ATOM)
#define ICS    (1u << FORMAT_ICS)

const struct route routes[] = {
    {"/", HTML | JSON, QUERY_PLAIN, NULL, load_overview, NULL},
    {"/incidents", HTML | JSON | CSV | NDJSON | ATOM, QUERY_INCIDENTS, NULL, load_incidents, NULL},
    {"/incidents/{id}", HTML | JSON, QUERY_PLAIN, "incident", load_incident, NULL},
    {"/incidents/{id}/timeline", HTML | JSON | CSV | ICS, QUERY_TABLE, NULL, load_incident_timeline, NULL},
    {"/dealers", HTML | JSON | CSV | NDJSON, QUERY_DEALERS, NULL, load_dealers, NULL},
    {"/dealers/{id}", HTML | JSON | ATOM, QUERY_PLAIN, "organization", load_dealer, NULL},
    {"/organizations", HTML | JSON | CSV | NDJSON, QUERY_ORGANIZATIONS, NULL, load_organizations, NULL},
    {"/organizations/{id}", HTML | JSON | ATOM, QUERY_PLAIN, "organization", load_organization, NULL},
    {"/timeline", HTML | JSON | CSV | NDJSON | ATOM | ICS, QUERY_TIMELINE, NULL, load_timeline, NULL},
    {"/statistics", HTML | JSON | CSV, QUERY_STATISTICS, NULL, load_statistics, NULL},
    {"/actors", HTML | JSON | CSV, QUERY_TABLE, NULL, load_actors, NULL},
    {"/actors/{id}", HTML | JSON | CSV, QUERY_TABLE, NULL, load_actor, NULL},
    {"/data-classes", HTML | JSON | CSV, QUERY_TABLE, NULL, load_data_classes, NULL},
    {"/datasets", HTML | JSON | CSV, QUERY_TABLE, NULL, load_datasets, NULL},
    {"/datasets/{id}", HTML | JSON | CSV, QUERY_TABLE, NULL, load_dataset, NULL},
    {"/about", HTML, QUERY_PLAIN, NULL, load_about, NULL},
    {"/api", HTML, QUERY_PLAIN, NULL, load_api, NULL},

    {"/catalogue.db", 0, QUERY_PLAIN, NULL, NULL, download_reply},
    {"/catalogue.ndjson", 0, QUERY_PLAIN, NULL, NULL, export_reply},
    {"/healthz", 0, QUERY_PLAIN, NULL, NULL, fixed_health},
    {"/readyz", 0, QUERY_PLAIN, NULL, NULL, fixed_ready},
    {"/version", 0, QUERY_PLAIN, NULL, NULL, fixed_version},
    {"/openapi.json", 0, QUERY_PLAIN, NULL, NULL, api_openapi},
    {"/.well-known/api-catalog", 0, QUERY_PLAIN, NULL, NULL, api_catalog},
    {"/.well-known/security.txt", 0, QUERY_PLAIN, NULL, NULL, api_security},
    {"/sitemap.xml", 0, QUERY_PLAIN, NULL, NULL, sitemap_index},
    {"/sitemap-{part}.xml", 0, QUERY_PLAIN, NULL, NULL, sitemap_file},
    {"/robots.txt", 0, QUERY_PLAIN, NULL, NULL, fixed_robots},
    {"/favicon.svg", 0, QUERY_PLAIN, NULL, NULL, fixed_favicon},
    {"/static/{digest}/{name}", 0, QUERY_PLAIN, NULL, NULL, fixed_static},
    {"/schemas/{name}", 0, QUERY_PLAIN, NULL, NULL, fixed_schema},
};

const size_t routes_n = sizeof routes / sizeof *routes;
