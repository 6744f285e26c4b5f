/* SPDX-License-Identifier: MIT */
/* Views in which every text is the same: nothing is left out, so nothing escapes being escaped. */
#include "html_views.h"

#include <stdio.h>
#include <string.h>

#define DAY                                                                                                  \
    {                                                                                                        \
        .text = "2019-03-29", .earliest = "2019-03-29", .latest = "2019-03-29"                               \
    }
#define EVIDENCE(t, c)                                                                                       \
    {                                                                                                        \
        .certainty = (c), .source = 2, .asserted_by = {(t), CLASS_COMPANY}, .asserted = DAY, .note = (t),    \
        .quote = (t)                                                                                         \
    }
#define ORG(t)                                                                                               \
    {                                                                                                        \
        .id = (t), .name = (t), .kind = ORG_DEALER                                                           \
    }
#define AMOUNT                                                                                               \
    {                                                                                                        \
        .value = {true, 3100000}, .max = {true, 3100000}, .qualifier = QUALIFIER_UP_TO                       \
    }
#define SET(array, ...) memcpy((array), (__typeof__(array)){__VA_ARGS__}, sizeof(array))

static const char *names[2];
static char event_ids[2][400], figure_ids[2][400];
static struct date_fact dates[2];
static struct party parties[4];
static struct figure figures[2];
static struct data_class classes[3];
static struct actor actors[2];
static struct attack attacks[1];
static struct event events[2];
static struct related relations[1];
static struct caveat caveats[2];
static struct conflict conflicts[3];
static struct source sources[3];
static struct class_summary summaries[2];
static const int cited[] = {1, 2};
static struct incident incident;

static struct incident_row row(const char *t)
{
    return (struct incident_row){
        .id = t,
        .title = t,
        .summary = t,
        .status = STATUS_CONFIRMED,
        .status_note = t,
        .exposure = CERTAINTY_SUSPECTED,
        .date = DAY,
        .date_basis = DATE_DISCLOSED,
        .organization = ORG(t),
        .country = t,
        .sector = t,
        .affected = {.known = true,
                     .amount = AMOUNT,
                     .unit = UNIT_PEOPLE,
                     .certainty = CERTAINTY_CLAIMED,
                     .asserted_by = {t, CLASS_COMPANY},
                     .asserted = DAY,
                     .publisher = "ZDNews",
                     .source = 2,
                     .of = t,
                     .figure = figure_ids[0],
                     .others = 3},
        .dealers_named = 2,
        .dealers_stated = {.known = true,
                           .amount = AMOUNT,
                           .unit = UNIT_DEALERS,
                           .scope = SCOPE_DISRUPTED,
                           .asserted_by = {t, CLASS_COMPANY}},
        .classes = summaries,
        .n_classes = 2,
        .dataset = t,
        .dataset_record = "other",
        .duplicate_of = t,
        .added = "2026-01-31T12:00:00Z",
        .modified = t,
        .withdrawn = {t, t, t},
    };
}

static void fill_facts(const char *t)
{
    SET(dates, {DATE_DISCLOSED, DAY, EVIDENCE(t, CERTAINTY_CONFIRMED)},
        {DATE_DISCLOSED, {.text = "2019-03~"}, EVIDENCE(t, CERTAINTY_CLAIMED)});
    SET(parties, {.organization = ORG(t), .role = ROLE_BREACHED, .e = EVIDENCE(t, CERTAINTY_SUSPECTED)},
        {.organization = ORG(t), .role = ROLE_DISRUPTED, .e = EVIDENCE(t, CERTAINTY_SUSPECTED)},
        {.organization = {NULL, t, ORG_DEALER}, .role = ROLE_DISRUPTED, .has_count = true, .count = AMOUNT},
        {.organization = {t, t, ORG_VENDOR}, .role = ROLE_VENDOR, .e = EVIDENCE(t, CERTAINTY_CONFIRMED)});
    SET(figures,
        {figure_ids[0], AMOUNT, UNIT_PEOPLE, NULL, SCOPE_AFFECTED, t, ORG(t), EVIDENCE(t, CERTAINTY_CLAIMED)},
        {figure_ids[1], AMOUNT, UNIT_MONEY, t, SCOPE_CONTEXT, t, {0}, EVIDENCE(t, CERTAINTY_DENIED)});
    SET(classes, {0, t, EVIDENCE(t, CERTAINTY_SUSPECTED)}, {0, t, EVIDENCE(t, CERTAINTY_DENIED)},
        {9, NULL, EVIDENCE(t, CERTAINTY_UNKNOWN)});
    SET(actors, {t, t, names, 2, ACTOR_STATE, EVIDENCE(t, CERTAINTY_SUSPECTED)},
        {t, t, NULL, 0, ACTOR_GROUP, EVIDENCE(t, CERTAINTY_DENIED)});
    SET(attacks, {ACTION_HACKING, t, t, EVIDENCE(t, CERTAINTY_CLAIMED)});
    SET(events, {event_ids[0], DAY, EVENT_DISCLOSURE, t, false, EVIDENCE(t, CERTAINTY_CONFIRMED)},
        {event_ids[1], EDTF_UNKNOWN, EVENT_OTHER, t, true, {.certainty = CERTAINTY_UNKNOWN}});
}

static void fill_incident(const char *t)
{
    SET(names, t, t);
    SET(summaries, {0, CERTAINTY_SUSPECTED}, {9, CERTAINTY_CLAIMED});
    for (int i = 0; i < 2; i++) {
        snprintf(event_ids[i], sizeof *event_ids, "event-%s-%d", t, i);
        snprintf(figure_ids[i], sizeof *figure_ids, "%s-%d", t, i);
    }
    fill_facts(t);
    SET(relations, {{t, t, STATUS_CLAIMED}, RELATION_POSSIBLE_LINK, false, EVIDENCE(t, CERTAINTY_SUSPECTED)});
    SET(caveats, {t, LIST_DATA_CLASSES, 1, {t, CLASS_PRESS}, DAY}, {.text = t, .about = -1});
    SET(conflicts, {t, LIST_PARTIES, cited, 2}, {t, -1, cited, 2}, {t, LIST_TIMELINE, NULL, 0});
    SET(sources, {1, t, t, t, "https://toyo.example/n?a=1&b=\"<b>", DAY, CLASS_COMPANY, DAY, t},
        {.n = 2, .description = t, .publisher = "ZDNews", .url = t, .class = CLASS_PRESS},
        {.n = 3, .title = t, .url = "http://leak.example/", .class = CLASS_ATTACKER});
    incident = (struct incident){
        .row = row(t),
        .occurred_to_discovered = {true, 0, 20},
        .discovered_to_disclosed = {true, 8, 8},
        .dates = dates,
        .parties = parties,
        .figures = figures,
        .data_classes = classes,
        .actors = actors,
        .attack = attacks,
        .timeline = events,
        .related = relations,
        .caveats = caveats,
        .conflicts = conflicts,
        .sources = sources,
        .n_dates = 2,
        .n_parties = 4,
        .n_figures = 2,
        .n_data_classes = 3,
        .n_actors = 2,
        .n_attack = 1,
        .n_timeline = 2,
        .n_related = 1,
        .n_caveats = 2,
        .n_conflicts = 3,
        .n_sources = 3,
    };
}

static struct org_row org_row;
static struct org_name org_names[2];
static struct org_link org_links[1];
static struct organization organization;
static struct touching_row touching[3];
static struct naming namings[1];
static struct timeline_item items[3];
static struct actor_row actor;
static struct class_row class_row;
static struct reject rejects[1];
static struct warning_count warnings[1];
static struct dataset dataset;
static struct active_filter filters[4];
static struct facet_choice choices[2];
static struct facet_list facets[3];
static struct order_choice orders[2];
static const size_t without[] = {12, 0};
static struct text_choice instead[1];
static struct list_info info, empty;
static struct problem_error errors[1];
static struct figure_sum sums[2];
static struct statistics_group group_counts[2];
static struct statistics statistics, nothing;
static struct view_group groups[2];
static const struct view_grouping groupings[] = {{FACET_YEAR, "/b/statistics"},
                                                 {FACET_COUNTRY, "/b/statistics?by=country"}};
static const struct view_year years[] = {{"2019", 9}, {NULL, 1}};

static void fill_others(const char *t)
{
    org_row = (struct org_row){t, t, ORG_DEALER, t, t, t, names, 2, t, ORG(t), 1, 2, 3, {t, t, 0}, DAY, t};
    SET(org_names, {t, "ja", NAME_NATIVE, t}, {t, t, NAME_FORMER, t});
    SET(org_links, {ORG(t), ORG_OWNED_BY, DAY, DAY, EVIDENCE(t, CERTAINTY_CONFIRMED)});
    organization = (struct organization){org_row, org_names, org_links, sources, 2, 1, 3, t};
    SET(touching, {&incident.row, ROLE_BREACHED, CERTAINTY_SUSPECTED, {0}, false},
        {&incident.row, ROLE_VENDOR, CERTAINTY_CLAIMED, {t, t, 0}, true},
        {&incident.row, ROLE_VENDOR, CERTAINTY_DENIED, {t, t, ORG_SUPPLIED_BY}, false});
    SET(items, {events[0], {t, t, 0}, t, true, sources[0]}, {events[1], {t, t, 0}, t, false, {0}},
        {events[0], {t, t, 0}, t, true, sources[2]});
    namings[0] = (struct naming){incident.row, CERTAINTY_SUSPECTED};
    actor = (struct actor_row){t, t, names, 2, ACTOR_STATE, {1, 2, 3, 4}};
    class_row = (struct class_row){9, {1, 0, 0, 4}};
    SET(rejects, {t, t, t, t});
    SET(warnings, {t, 2});
    dataset = (struct dataset){t, t, t, t, t, t, t, t, DAY, {5, 3, 2, 1, 4}, warnings, 1, rejects, 1, 20};
    SET(filters, {"country", t, "country", t, "/b/incidents?year=2019"},
        {"country", "JP", "country", t, "/b/incidents?year=2019"},
        {"dataset", t, "dataset", t, "/b/incidents"}, {"q", t, "text", t, "/b/incidents"});
    SET(choices, {t, t, "/b/x?country=t", "/b/x?country=t,u", true, false, 1234},
        {NULL, "not known", "/b/x?country=none", "/b/x", false, true, 0});
    SET(facets, {FACET_COUNTRY, choices, 2, "/b/x?facet=country", true},
        {FACET_YEAR, choices, 2, NULL, false}, {FACET_DATASET, choices, 1, NULL, false});
    SET(orders, {t, "/b/x", true}, {t, "/b/x?sort=date", false});
    SET(instead, {t, "/b/x?q=t", 3});
    info = (struct list_info){.total = 9,
                              .limit = 2,
                              .next = "/b/x?after=n",
                              .prev = "/b/x?before=p",
                              .first = "/b/x",
                              .catalogue_changed = true,
                              .text = t,
                              .filters = filters,
                              .n_filters = 4,
                              .clear = "/b/x",
                              .sort = "date",
                              .sort_asked = "date",
                              .sort_instead = true,
                              .orders = orders,
                              .n_orders = 2,
                              .facets = facets,
                              .n_facets = 3};
    empty = (struct list_info){.limit = 25,
                               .first = "/b/x",
                               .text = t,
                               .filters = filters,
                               .n_filters = 4,
                               .without = without,
                               .n_without = 2,
                               .instead = instead,
                               .n_instead = 1,
                               .clear = "/b/x"};
    SET(errors, {t, t, t, t});
}

static void fill_statistics(const char *t)
{
    SET(sums,
        {UNIT_PEOPLE, 2, {true, 3126000}, {[QUALIFIER_ABOUT] = 1, [QUALIFIER_UP_TO] = 1}, {true, 3100000}},
        {UNIT_ACCOUNTS, 1, {true, 1}, {[QUALIFIER_EXACT] = 1}, {true, 0}});
    SET(group_counts,
        {.value = t,
         .name = t,
         .incidents = 9,
         .figures = sums,
         .n_figures = 2,
         .without_figure = 6,
         .occurred_to_discovered = {5, 4, {true, 0, 8}, {true, 0, 0}, {true, 1, 1}, {true, 2, 90}},
         .discovered_to_disclosed = {.unknown = 9}},
        {.incidents = 1, .without_figure = 1});
    statistics = (struct statistics){FACET_COUNTRY, true, group_counts[0], group_counts, 2, 3, 1};
    nothing = (struct statistics){.by = FACET_DATA_CLASS};
    SET(groups, {t, "/b/incidents?duplicates=hide", &group_counts[0]}, {"not known", NULL, &group_counts[1]});
}

const struct named_view *html_views(const char *t)
{
    static struct named_view all[N_HTML_VIEWS];
    fill_incident(t);
    fill_others(t);
    fill_statistics(t);
    const struct named_view filled[N_HTML_VIEWS] = {
        {"overview",
         {VIEW_OVERVIEW,
          .overview = {{.incidents = 9}, years, &incident.row, &incident.row, &org_row, 2, 1, 1, 1}}},
        {"incidents", {VIEW_INCIDENTS, .incidents = {.rows = &incident.row, .n = 1, .info = info}}},
        {"incidents, none", {VIEW_INCIDENTS, .incidents = {.info = empty}}},
        {"incident", {VIEW_INCIDENT, .incident = {&incident, &dataset}}},
        {"incident timeline", {VIEW_INCIDENT_TIMELINE, .incident_timeline = {&incident, items, 2, info}}},
        {"organizations", {VIEW_ORGANIZATIONS, .organizations = {true, &org_row, 1, info}}},
        {"organization",
         {VIEW_ORGANIZATION,
          .organization = {&organization, &org_row, touching, items, 1, 3, 3, 9, 9, 9, {0}}}},
        {"timeline", {VIEW_TIMELINE, .timeline = {items, 3, info}}},
        {"actors", {VIEW_ACTORS, .actors = {&actor, 1, info}}},
        {"actor", {VIEW_ACTOR, .actor = {&actor, namings, 1, 2}}},
        {"data classes", {VIEW_DATA_CLASSES, .data_classes = {&class_row, 1, info}}},
        {"datasets", {VIEW_DATASETS, .datasets = {&dataset, 1, info}}},
        {"dataset", {VIEW_DATASET, .dataset = {&dataset}}},
        {"statistics",
         {VIEW_STATISTICS,
          .statistics = {&statistics, groups, "/b/incidents?duplicates=hide", groupings, 2, info}}},
        {"statistics of nothing",
         {VIEW_STATISTICS,
          .statistics = {&nothing, NULL, "/b/incidents?duplicates=hide", groupings, 2, empty}}},
        {"about", {VIEW_ABOUT, .incident = {0}}},
        {"problem", {VIEW_PROBLEM, .problem = {"parameters", t, t, t, 400, errors, 1, NULL}}},
        {"tombstone", {VIEW_PROBLEM, .problem = {"gone", t, t, t, 410, NULL, 0, &incident.row}}},
    };
    memcpy(all, filled, sizeof all);
    return all;
}
