/* SPDX-License-Identifier: MIT */
/* The columns of tables. That they are the members of the rows, all of them, in their order, is tested. */
#include "render/csv.h"

#define DATE(key)     key "/edtf", key "/earliest", key "/latest", key "/approximate", key "/uncertain"
#define ASSERTER(key) key "/name", key "/class"
#define FIGURE(key)                                                                                          \
    key "/value", key "/min", key "/max", key "/unit", key "/qualifier", key "/certainty",                   \
        ASSERTER(key "/asserted_by"), key "/publisher", key "/figure", key "/others", key "/rule"
#define EVIDENCE         "certainty", "source", ASSERTER("asserted_by"), DATE("asserted"), "note", "quote"
#define CERTAINTIES(key) key "/confirmed", key "/claimed", key "/suspected", key "/denied"
#define SPAN(key)        key "/min", key "/max"
#define QUANTILES(key)                                                                                       \
    key "/n", key "/unknown", SPAN(key "/median"), SPAN(key "/q1"), SPAN(key "/q3"), SPAN(key "/p90")
#define COLUMNS(paths)                                                                                       \
    {                                                                                                        \
        paths, sizeof(paths) / sizeof *(paths)                                                               \
    }

static const char *const incident[] = {"id",
                                       "title",
                                       "summary",
                                       "status",
                                       "status_note",
                                       "exposure",
                                       DATE("date"),
                                       "date/basis",
                                       "organization/id",
                                       "organization/name",
                                       "organization/kind",
                                       "country",
                                       "sector",
                                       DATE("occurred"),
                                       DATE("discovered"),
                                       DATE("disclosed"),
                                       FIGURE("affected"),
                                       "dealers/named",
                                       FIGURE("dealers/stated"),
                                       "dealers/stated/scope",
                                       "actions[]",
                                       "data_classes[]/id",
                                       "data_classes[]/certainty",
                                       "dataset/id",
                                       "dataset/record",
                                       "duplicate_of",
                                       "added",
                                       "modified",
                                       "withdrawn/at",
                                       "withdrawn/reason",
                                       "withdrawn/by",
                                       "merged_into",
                                       "url",
                                       "html_url",
                                       "via[]/id",
                                       "via[]/name",
                                       "via[]/relation"};
const struct csv_columns csv_incident = COLUMNS(incident);

static const char *const organization[] = {"id",
                                           "name",
                                           "kind",
                                           "country",
                                           "region",
                                           "city",
                                           "brands[]",
                                           "sector",
                                           "owner/id",
                                           "owner/name",
                                           "incidents/own",
                                           "incidents/group",
                                           "incidents/inherited",
                                           "latest/id",
                                           "latest/title",
                                           DATE("latest/date"),
                                           "modified",
                                           "url",
                                           "html_url"};
const struct csv_columns csv_organization = COLUMNS(organization);

static const char *const event[] = {"id",          DATE("date"),     "kind",
                                    "text",        "derived",        EVIDENCE,
                                    "incident/id", "incident/title", "incident/status",
                                    "cited/n",     "cited/title",    "cited/publisher",
                                    "cited/url",   "cited/class",    "url",
                                    "html_url"};
const struct csv_columns csv_event = COLUMNS(event);

static const char *const actor[] = {"id",  "name",    "names[]", "kind", CERTAINTIES("incidents"),
                                    "url", "html_url"};
const struct csv_columns csv_actor = COLUMNS(actor);

static const char *const class[] = {"id", "label", "definition", CERTAINTIES("incidents"), "url", "html_url"};
const struct csv_columns csv_class = COLUMNS(class);

/* The rejects themselves are no column: they are a list of their own, which JSON has. */
static const char *const dataset[] = {"id",
                                      "title",
                                      "publisher",
                                      "license",
                                      "license_spdx",
                                      "license_url",
                                      "credit",
                                      "url",
                                      DATE("retrieved"),
                                      "counts/read",
                                      "counts/imported",
                                      "counts/rejected",
                                      "counts/withdrawn",
                                      "counts/duplicates",
                                      "warnings{}",
                                      "rejects/total",
                                      "rejects/url"};
const struct csv_columns csv_dataset = COLUMNS(dataset);

static const char *const group[] = {"value",
                                    "label",
                                    "url",
                                    "incidents",
                                    "figures[]/unit",
                                    "figures[]/incidents",
                                    "figures[]/sum",
                                    "figures[]/exact",
                                    "figures[]/about",
                                    "figures[]/at_least",
                                    "figures[]/up_to",
                                    "figures[]/between",
                                    "without_figure",
                                    QUANTILES("delays/occurred_to_discovered"),
                                    QUANTILES("delays/discovered_to_disclosed"),
                                    QUANTILES("delays/occurred_to_disclosed")};
const struct csv_columns csv_group = COLUMNS(group);
