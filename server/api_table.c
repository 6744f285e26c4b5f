/* SPDX-License-Identifier: MIT */
/* What each route is for, in words, with what cannot be told from its row in routes.c. A route without a row here fails the tests. */
#include "api.h"

#include <string.h>

#define ID(what, sample)                                                                                     \
    {                                                                                                        \
        {"id", "Id of " what ".", "^[a-z0-9][a-z0-9-]{0,127}$", sample}                                      \
    }

const struct api_group api_groups[] = {
    {"Incidents", "Data breaches and attacks, with everything known about each and who says so."},
    {"Organisations", "Dealers and others that incidents touch: their own incidents, those of what they own, and those "
                      "that reach them through owners and suppliers."},
    {"Events", "What happened when, across all incidents."},
    {"Numbers", "Counts, sums and delays over any choice of incidents."},
    {"Words and sources", "Actors, kinds of data and datasets."},
    {"Everything", "The whole catalogue at once."},
    {"Service", "For whoever runs the service or reads its descriptions."},
    {"Site", "Pages and files for people, browsers and crawlers."},
};
const size_t api_groups_n = sizeof api_groups / sizeof *api_groups;

static const struct api_doc docs[] = {
    {"/", "getOverview", "Numbers", "Overview",
     "Totals, incidents by year, the latest and the largest ones, and the dealers with most incidents.",
     .schema = "overview_answer"},
    {"/incidents", "listIncidents", "Incidents", "Incidents",
     "Searches, filters, sorts and counts incidents, a page at a time.", .schema = "incidents_answer", .flags = API_LIST,
     .example = EXAMPLE_YEAR},
    {"/incidents/{id}", "getIncident", "Incidents", "One incident",
     "Everything known about one incident: figures, dates, parties, kinds of data, actors, events and sources, each with who "
     "says so and how sure. A record that was merged leads to the other; one that was withdrawn says when and why.",
     .schema = "incident_answer", .flags = API_MOVES | API_GONE, .example_id = EXAMPLE_INCIDENT,
     .arguments = ID("an incident", "2019-03-toyota-japan-sales-subsidiaries")},
    {"/incidents/{id}/timeline", "getIncidentTimeline", "Incidents", "Events of one incident",
     "What happened in one incident, oldest first.", .schema = "incident_timeline_answer",
     .flags = API_LIST | API_MOVES | API_GONE, .example_id = EXAMPLE_INCIDENT,
     .arguments = ID("an incident", "2019-03-toyota-japan-sales-subsidiaries")},
    {"/dealers", "listDealers", "Organisations", "Dealers",
     "Dealers and dealer groups, with how many incidents touch each.", .schema = "organizations_answer",
     .flags = API_LIST, .example = "sort=-incidents&limit=1"},
    {"/dealers/{id}", "getDealer", "Organisations", "One dealer",
     "A dealer with its names, owners and suppliers, and the first of its rooftops, incidents and events. An organisation that is "
     "no dealer is led to under /organizations.",
     .schema = "organization_answer", .flags = API_MOVES, .example_id = EXAMPLE_DEALER,
     .arguments = ID("a dealer", "tokyo-toyopet")},
    {"/organizations", "listOrganizations", "Organisations", "Organisations",
     "Everybody that incidents name, dealers too, with how many incidents touch each.", .schema = "organizations_answer",
     .flags = API_LIST, .example = "sort=-incidents&limit=1"},
    {"/organizations/{id}", "getOrganization", "Organisations", "One organisation",
     "The same as of a dealer, of any other organisation. A dealer is led to under /dealers.",
     .schema = "organization_answer", .flags = API_MOVES, .example_id = EXAMPLE_ORGANIZATION,
     .arguments = ID("an organisation", "toyota-motor-corporation")},
    {"/timeline", "listEvents", "Events", "Timeline", "Events of all incidents, newest first.",
     .schema = "timeline_answer", .flags = API_LIST, .example = "limit=1"},
    {"/statistics", "getStatistics", "Numbers", "Statistics",
     "Incidents, headline figures by unit and delays, counted by one property. Takes the filters of incidents; each incident "
     "counts once.",
     .schema = "statistics_answer", .example = "by=status"},
    {"/actors", "listActors", "Words and sources", "Actors", "Who is named as having done it, with counts.",
     .schema = "actors_answer", .flags = API_LIST},
    {"/actors/{id}", "getActor", "Words and sources", "One actor", "An actor and the first of the incidents that name it.",
     .schema = "actor_answer", .example_id = EXAMPLE_ACTOR, .arguments = ID("an actor", "apt32")},
    {"/data-classes", "listDataClasses", "Words and sources", "Kinds of data",
     "The closed list of kinds of data that occur, with counts.", .schema = "data_classes_answer", .flags = API_LIST},
    {"/datasets", "listDatasets", "Words and sources", "Datasets",
     "Where records come from: publisher, licence, credit line, and how their import went.",
     .schema = "datasets_answer", .flags = API_LIST},
    {"/datasets/{id}", "getDataset", "Words and sources", "One dataset", "A dataset with every record that was refused.",
     .schema = "dataset_answer", .example_id = EXAMPLE_DATASET, .arguments = ID("a dataset", "bundled")},
    {"/about", "getAbout", "Site", "About", "Method, definitions of all words, rules, licences.",
     .type = "text/html"},
    {"/api", "getReference", "Site", "API reference", "This reference, for people.", .type = "text/html"},

    {"/catalogue.ndjson", "exportCatalogue", "Everything", "The whole catalogue",
     "Every dataset, organisation and incident, one JSON object a line, withdrawn ones too. It is what an import takes: read back, "
     "it gives the same catalogue.",
     .type = "application/x-ndjson", .cut = true},
    {"/catalogue.db", "downloadCatalogue", "Everything", "The catalogue's own file",
     "The SQLite file that answers are made from, with Range, If-Range, If-Match and Repr-Digest, so that a download can go on "
     "where it broke off. Its tables are no API and change without notice.",
     .type = "application/vnd.sqlite3", .flags = API_PARTS, .quiet = true},
    {"/healthz", "getHealth", "Service", "Liveness", "Says that the process answers.", .type = "application/json",
     .schema = "health", .flags = API_LIVE},
    {"/readyz", "getReadiness", "Service", "Readiness",
     "Whether requests should be sent here, and why not: 503 without a catalogue, and while shutting down.",
     .type = "application/json", .schema = "readiness", .flags = API_LIVE | API_UNREADY, .quiet = true},
    {"/version", "getVersion", "Service", "Version", "What is running, and which catalogue it serves since when.",
     .type = "application/json", .schema = "version", .flags = API_LIVE, .quiet = true},
    {"/openapi.json", "getOpenapi", "Service", "OpenAPI description",
     "This interface as OpenAPI 3.1, for generators of clients and documentation.",
     .type = "application/vnd.oai.openapi+json", .quiet = true},
    {"/schemas/{name}", "getSchema", "Service", "JSON Schemas",
     "JSON Schemas (2020-12): incident.json and organization.json describe records, as served and as imported; answers.json has "
     "what every answer looks like among its definitions.",
     .type = "application/schema+json", .quiet = true,
     .arguments = {{"name", "Name of a schema.", "^(answers|incident|organization)\\.json$", "incident.json"}}},
    {"/.well-known/api-catalog", "getApiCatalog", "Service", "API catalogue",
     "Where the descriptions of this interface are, as a set of links (RFC 9727).",
     .type = "application/linkset+json", .schema = "linkset", .quiet = true},
    {"/.well-known/security.txt", "getSecurityText", "Service", "Security contact",
     "Whom to tell about a weakness of this service (RFC 9116); not there where no contact is set.",
     .type = "text/plain", .flags = API_OPTIONAL, .quiet = true},
    {"/robots.txt", "getRobots", "Site", "Rules for crawlers", "What crawlers should leave alone, and where the map is.",
     .type = "text/plain", .quiet = true},
    {"/sitemap.xml", "getSitemapIndex", "Site", "Index of the site's maps", "Names the maps of the site.",
     .type = "application/xml", .quiet = true},
    {"/sitemap-{part}.xml", "getSitemap", "Site", "A map of the site", "At most 50,000 addresses, with when each changed.",
     .type = "application/xml", .quiet = true,
     .arguments = {{"part", "Which of the maps that the index names.", "^(pages|(incidents|organizations)-[1-9][0-9]*)$",
                    "pages"}}},
    {"/favicon.svg", "getIcon", "Site", "Icon", "The icon of the pages.", .type = "image/svg+xml",
     .quiet = true},
    {"/static/{digest}/{name}", "getStaticFile", "Site", "Files of pages",
     "What pages are drawn with. An address has its content’s digest and may be kept for ever.", .type = "text/css",
     .quiet = true,
     .arguments = {{"digest", "The first 16 hex digits of the content’s SHA-256.", "^[0-9a-f]{16}$", "0123456789abcdef"},
                   {"name", "Name of a file.", "^[a-z.-]+$", "style.css"}}},
};

const struct api_doc *api_doc(const char *path)
{
    for (size_t i = 0; i < sizeof docs / sizeof *docs; i++)
        if (strcmp(docs[i].path, path) == 0)
            return &docs[i];
    return NULL;
}

const struct api_doc *api_doc_at(size_t place)
{
    return place < sizeof docs / sizeof *docs ? &docs[place] : NULL;
}
