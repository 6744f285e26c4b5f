/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_SAMPLE_H
#define BREACHD_TESTS_SAMPLE_H

/*
 * Hand-made model data for test_json.c: one of each thing that uses every member, and one of each that knows
 * nothing. People and companies are made up. Data classes by index: 0 names, 1 emails, 9 payment-cards.
 */
#include "render/render.h"
#include "util/limits.h"

#define DAY(text_)                                                                                           \
    {                                                                                                        \
        .text = (text_), .earliest = text_, .latest = text_                                                  \
    }
#define LIST(a) (a), sizeof(a) / sizeof *(a)

#define TOYO_SAYS                                                                                            \
    {                                                                                                        \
        .certainty = CERTAINTY_CLAIMED, .source = 2, .asserted_by = {"Toyo Motor", CLASS_COMPANY},           \
        .asserted = DAY("2019-03-29"), .note = "a ceiling", .quote = "\"up to 3.1 million\""                 \
    }
#define COMPILED                                                                                             \
    {                                                                                                        \
        .certainty = CERTAINTY_UNKNOWN                                                                       \
    }

static struct date_fact sample_dates[] = {
    {DATE_DISCLOSED, DAY("2019-03-29"), TOYO_SAYS},
    {DATE_OCCURRED, {.text = "[..2019-03-21]", .latest = "2019-03-21", .uncertain = true}, COMPILED},
};

static struct party sample_parties[] = {
    {.organization = {"toyo-tokyo", "Toyo Tokyo", ORG_DEALER}, .role = ROLE_BREACHED, .e = TOYO_SAYS},
    {.organization = {NULL, "Toyo dealerships in the United States", ORG_DEALER},
     .role = ROLE_DISRUPTED,
     .has_count = true,
     .count = {{true, 800}, {true, 800}, {true, 800}, QUALIFIER_ABOUT},
     .e = COMPILED},
};

static struct figure sample_figures[] = {
    {.id = "people-1",
     .amount = {.value = {true, 3100000}, .max = {true, 3100000}, .qualifier = QUALIFIER_UP_TO},
     .unit = UNIT_PEOPLE,
     .scope = SCOPE_AFFECTED,
     .of = "customers of both companies",
     .organization = {"toyo-tokyo", "Toyo Tokyo", ORG_DEALER},
     .e = TOYO_SAYS},
    {.id = "money-1",
     .amount = {.min = {true, 0}, .max = {true, LIMIT_NUMBER}, .qualifier = QUALIFIER_BETWEEN},
     .unit = UNIT_MONEY,
     .currency = "JPY",
     .scope = SCOPE_CONTEXT,
     .e = COMPILED},
};

static struct data_class sample_data_classes[] = {
    {.id = 0, .text = "names", .e = TOYO_SAYS},
    {.id = 9, .text = "financial details", .e = {.certainty = CERTAINTY_DENIED, .source = 1}},
};

static const char *const sample_actor_names[] = {"OceanTurtle", "Ocean Turtle"};
static struct actor sample_actors[] = {
    {"apt99",
     "APT99",
     LIST(sample_actor_names),
     ACTOR_STATE,
     {.certainty = CERTAINTY_SUSPECTED, .source = 2}},
    {.id = "somebody", .name = "Somebody", .kind = ACTOR_UNKNOWN, .e = COMPILED},
};

static struct attack sample_attack[] = {
    {ACTION_HACKING, "Use of stolen creds", "Web application", TOYO_SAYS},
    {.action = ACTION_UNKNOWN, .e = COMPILED},
};

static struct event sample_timeline[] = {
    {"discovery-2019-03-21",
     {.text = "2019-03-21~", .earliest = "2019-03-21", .latest = "2019-03-21", .approximate = true},
     EVENT_DISCOVERY,
     "Noticed.",
     true,
     COMPILED},
    {"disclosure-2019-03-29", DAY("2019-03-29"), EVENT_DISCLOSURE, "Told the press.", false, TOYO_SAYS},
};

static struct related sample_related[] = {
    {{"2019-02-toyo-australia", "Toyo Australia", STATUS_CLAIMED}, RELATION_POSSIBLE_LINK, true, COMPILED},
};

static struct caveat sample_caveats[] = {
    {"What was taken is not clear.", LIST_DATA_CLASSES, 1, {"Toyo Motor", CLASS_COMPANY}, DAY("2019-03-29")},
    {.text = "One source only.", .about = -1},
};

static const int sample_conflict_sources[] = {1, 2};
static struct conflict sample_conflicts[] = {
    {"The press names nine dealers, the company eight.", LIST_PARTIES, LIST(sample_conflict_sources)},
    {.text = "Undecided.", .about = -1},
};

static struct source sample_sources[] = {
    {1, "Notice", "the company's notice", "Toyo Motor", "https://toyo.example/n?a=1&b=2", DAY("2019-03-29"),
     CLASS_COMPANY, DAY("2026-01-31"), "excerpt"},
    {.n = 2, .description = "a leak site", .url = "http://leak.example/", .class = CLASS_ATTACKER},
};

static const unsigned sample_actions[] = {ACTION_HACKING, ACTION_UNKNOWN};
static const struct class_summary sample_classes[] = {{0, CERTAINTY_CLAIMED}, {1, CERTAINTY_SUSPECTED}};

#define SAMPLE_AFFECTED                                                                                      \
    {                                                                                                        \
        .known = true,                                                                                       \
        .amount = {.value = {true, 3100000}, .max = {true, 3100000}, .qualifier = QUALIFIER_UP_TO},          \
        .unit = UNIT_PEOPLE, .certainty = CERTAINTY_CLAIMED, .asserted_by = {"Toyo Motor", CLASS_COMPANY},   \
        .asserted = DAY("2019-03-29"), .publisher = "ZDNews", .source = 2,                                   \
        .of = "customers of both companies", .figure = "people-1", .others = 3                               \
    }

static const struct incident sample_incident = {
    .row = {.id = "2019-03-toyo",
            .title = "Toyo's sales companies \xe6\x9d\xb1\xe4\xba\xac",
            .summary = "Somebody got in.",
            .status = STATUS_CONFIRMED,
            .status_note = "access admitted",
            .exposure = CERTAINTY_SUSPECTED,
            .date = DAY("2019-03-29"),
            .date_basis = DATE_DISCLOSED,
            .organization = {"toyo-tokyo", "Toyo Tokyo", ORG_DEALER},
            .country = "JP",
            .sector = "441110",
            .occurred = {.text = "[..2019-03-21]", .latest = "2019-03-21", .uncertain = true},
            .discovered = {.text = "2019-03-21~",
                           .earliest = "2019-03-21",
                           .latest = "2019-03-21",
                           .approximate = true},
            .disclosed = DAY("2019-03-29"),
            .affected = SAMPLE_AFFECTED,
            .dealers_named = 8,
            .dealers_stated = {.known = true,
                               .amount = {{true, 800}, {true, 800}, {true, 800}, QUALIFIER_ABOUT},
                               .unit = UNIT_DEALERS,
                               .scope = SCOPE_DISRUPTED,
                               .certainty = CERTAINTY_CONFIRMED,
                               .figure = "dealers-1"},
            .actions = sample_actions,
            .n_actions = 2,
            .classes = sample_classes,
            .n_classes = 2,
            .dataset = "bundled",
            .dataset_record = "toyo-1",
            .duplicate_of = "2019-03-toyo-other",
            .added = "2026-01-31T12:00:00Z",
            .modified = "2026-02-01T12:00:00Z",
            .withdrawn = {"2026-02-02T12:00:00Z", "entered twice", "the editors"},
            .merged_into = "2019-03-toyo-other"},
    .contained = {.text = "2019-03"},
    .notified = DAY("2019-03-30"),
    .occurred_to_discovered = {true, 0, 20},
    .discovered_to_disclosed = {true, 8, 8},
    .occurred_to_disclosed = {.known = false, .min = 7, .max = 7},
    .dates = sample_dates,
    .parties = sample_parties,
    .figures = sample_figures,
    .data_classes = sample_data_classes,
    .actors = sample_actors,
    .attack = sample_attack,
    .timeline = sample_timeline,
    .related = sample_related,
    .caveats = sample_caveats,
    .conflicts = sample_conflicts,
    .sources = sample_sources,
    .n_dates = 2,
    .n_parties = 2,
    .n_figures = 2,
    .n_data_classes = 2,
    .n_actors = 2,
    .n_attack = 2,
    .n_timeline = 2,
    .n_related = 1,
    .n_caveats = 2,
    .n_conflicts = 2,
    .n_sources = 2,
};

static const struct incident sample_bare_incident = {
    .row = {.id = "x",
            .title = "X",
            .summary = "",
            .status = STATUS_CLAIMED,
            .exposure = CERTAINTY_UNKNOWN,
            .added = "2026-01-31T12:00:00Z",
            .modified = "2026-01-31T12:00:00Z"},
};

static const char *const sample_brands[] = {"Toyo", "Lexa"};
static struct org_name sample_names[] = {
    {"\xe6\x9d\xb1\xe4\xba\xac", "ja", NAME_NATIVE, "as on its signs"},
    {.name = "Toyo Edo", .type = NAME_FORMER},
};
static struct org_link sample_links[] = {
    {{"toyo-holdings", "Toyo Holdings", ORG_DEALER_GROUP}, ORG_OWNED_BY, DAY("2010-04-01"), {0}, TOYO_SAYS},
};

static const struct organization sample_org = {
    .row = {.id = "toyo-tokyo",
            .name = "Toyo Tokyo",
            .kind = ORG_DEALER,
            .country = "JP",
            .region = "Kanto",
            .city = "Tokyo",
            .brands = sample_brands,
            .n_brands = 2,
            .sector = "441110",
            .owner = {"toyo-holdings", "Toyo Holdings", ORG_DEALER_GROUP},
            .own = 1,
            .group = 2,
            .inherited = 3,
            .latest = {"2019-03-toyo", "Toyo's sales companies", STATUS_CONFIRMED},
            .latest_date = DAY("2019-03-29"),
            .modified = "2026-01-31T12:00:00Z"},
    .names = sample_names,
    .links = sample_links,
    .sources = sample_sources,
    .n_names = 2,
    .n_links = 1,
    .n_sources = 1,
    .website = "https://toyo.example/",
};

static const struct organization sample_bare_org = {
    .row = {.id = "y", .name = "Y", .kind = ORG_OTHER, .modified = "2026-01-31T12:00:00Z"},
};

static const struct warning_count sample_warnings[] = {{"identical", 2}, {"impossible_delay", 1}};
static const struct reject sample_rejects[] = {
    {"hhs.csv", "line 12", "Individuals Affected", "is not a number"},
    {.file = "a.json", .reason = "is not JSON"},
};
static const struct dataset sample_datasets[] = {
    {.id = "vcdb",
     .title = "VERIS Community Database",
     .publisher = "VERIS",
     .license = "CC BY-SA 4.0",
     .license_spdx = "CC-BY-SA-4.0",
     .license_url = "https://creativecommons.org/licenses/by-sa/4.0/",
     .credit = "the VERIS community",
     .url = "https://veris.example/",
     .retrieved = DAY("2026-01-31"),
     .counts = {.read = 5, .imported = 3, .rejected = 2, .withdrawn = 1, .duplicates = 4},
     .warnings = sample_warnings,
     .n_warnings = 2,
     .rejects = sample_rejects,
     .n_rejects = 2,
     .n_rejects_total = 20},
    {.id = "bare", .title = "Bare"},
};

static const struct catalogue_info sample_catalogue = {.id = "5f2c",
                                                       .built = "2026-01-31T12:00:00Z",
                                                       .schema = 1,
                                                       .incidents = 54,
                                                       .organizations = 85,
                                                       .dealers = 27,
                                                       .events = 195,
                                                       .sources = 300,
                                                       .datasets = 1};

#endif
