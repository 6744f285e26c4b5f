/* SPDX-License-Identifier: MIT */
/* Which figure is the headline, who stands beside it, and how many dealers there are. */
#include "suite.h"

#include "model/derive.h"

#include <string.h>

enum { ABSENT = -1, MOST = 4 };

/* A figure in short. Source: the n of `sources` below. */
struct brief {
    long long value; /* 0: not known */
    enum unit unit;
    enum scope scope;
    enum qualifier qualifier;
    enum certainty certainty;
    int source;
    const char *by; /* asserted_by, of class `class` */
    enum source_class class;
    const char *asserted;
};

static struct source sources[] = {
    {.n = 3, .publisher = "ZDNet", .class = CLASS_PRESS},
    {.n = 1, .publisher = "Toyota", .class = CLASS_COMPANY},
    {.n = 2, .publisher = "Hive", .class = CLASS_ATTACKER},
};
enum { COMPANY = 1, ATTACKER = 2, PRESS = 3 };

static struct edtf date(const char *text)
{
    struct edtf d = EDTF_UNKNOWN;
    if (text)
        ck_assert_msg(edtf_parse(text, &d) == 0, "%s", text);
    return d;
}

static struct figure figure(const struct brief *b)
{
    return (struct figure){
        .amount = {.value = {.known = b->value > 0, .value = b->value}, .qualifier = b->qualifier},
        .unit = b->unit,
        .scope = b->scope,
        .of = "customers",
        .e = {.certainty = b->certainty,
              .source = b->source,
              .asserted_by = {b->by, b->class},
              .asserted = date(b->asserted)},
    };
}

#define PLACEHOLDER .qualifier = QUALIFIER_PLACEHOLDER
#define DENIED      .certainty = CERTAINTY_DENIED

/* One pair or trio a rule; `want` is the place of the headline, `others` its rivals. */
static const struct {
    const char *rule;
    struct brief figures[MOST];
    size_t n;
    int want;
    size_t others;
} headlines[] = {
    {"no figures", {{0}}, 0, ABSENT, 0},
    {"one figure", {{.value = 5}}, 1, 0, 0},
    {"only affected counts: subset", {{.value = 5, .scope = SCOPE_SUBSET}}, 1, ABSENT, 0},
    {"only affected counts: context", {{.value = 5, .scope = SCOPE_CONTEXT}}, 1, ABSENT, 0},
    {"only affected counts: disrupted", {{.value = 5, .scope = SCOPE_DISRUPTED}}, 1, ABSENT, 0},
    {"only affected counts: claim", {{.value = 5, .scope = SCOPE_ATTACKER_CLAIM}}, 1, ABSENT, 0},
    {"only affected counts: alternative", {{.value = 5, .scope = SCOPE_ALTERNATIVE}}, 1, ABSENT, 0},
    {"a denied one is none", {{.value = 5, DENIED}}, 1, ABSENT, 0},
    {"a denied one goes past", {{.value = 9, DENIED}, {.value = 5}}, 2, 1, 0},
    {"money is none", {{.value = 5, .unit = UNIT_MONEY}}, 1, ABSENT, 0},
    {"files are none", {{.value = 5, .unit = UNIT_FILES}}, 1, ABSENT, 0},
    {"organisations may be", {{.value = 5, .unit = UNIT_ORGANIZATIONS}}, 1, 0, 0},
    /* unit */
    {"people before accounts", {{.value = 9, .unit = UNIT_ACCOUNTS}, {.value = 5}}, 2, 1, 1},
    {"accounts before records",
     {{.value = 9, .unit = UNIT_RECORDS}, {.value = 5, .unit = UNIT_ACCOUNTS}},
     2,
     1,
     1},
    {"records before vehicles",
     {{.value = 9, .unit = UNIT_VEHICLES}, {.value = 5, .unit = UNIT_RECORDS}},
     2,
     1,
     1},
    {"vehicles before dealers",
     {{.value = 9, .unit = UNIT_DEALERS}, {.value = 5, .unit = UNIT_VEHICLES}},
     2,
     1,
     1},
    {"dealers before organisations",
     {{.value = 9, .unit = UNIT_ORGANIZATIONS}, {.value = 5, .unit = UNIT_DEALERS}},
     2,
     1,
     1},
    {"unit goes before class",
     {{.unit = UNIT_RECORDS, .value = 9, .source = COMPANY}, {.value = 5, .source = ATTACKER}},
     2,
     1,
     1},
    /* placeholders */
    {"a placeholder gives way", {{.value = 501, PLACEHOLDER}, {.value = 5}}, 2, 1, 1},
    {"even to a lesser unit", {{.value = 501, PLACEHOLDER}, {.value = 5, .unit = UNIT_DEALERS}}, 2, 1, 1},
    {"even to a lesser class",
     {{.value = 501, PLACEHOLDER, .source = COMPANY}, {.value = 5, .source = ATTACKER}},
     2,
     1,
     1},
    {"unless there is nothing else", {{.value = 501, PLACEHOLDER}}, 1, 0, 0},
    {"or only what is denied", {{.value = 5, DENIED}, {.value = 501, PLACEHOLDER}}, 2, 1, 0},
    {"or only what does not count",
     {{.value = 5, .scope = SCOPE_SUBSET}, {.value = 501, PLACEHOLDER}},
     2,
     1,
     0},
    /* class of who asserts it */
    {"regulator before company",
     {{.value = 9, .by = "x", .class = CLASS_COMPANY}, {.value = 5, .by = "y", .class = CLASS_REGULATOR}},
     2,
     1,
     1},
    {"company before researcher",
     {{.value = 9, .by = "x", .class = CLASS_RESEARCHER}, {.value = 5, .by = "y", .class = CLASS_COMPANY}},
     2,
     1,
     1},
    {"researcher before press",
     {{.value = 9, .by = "x", .class = CLASS_PRESS}, {.value = 5, .by = "y", .class = CLASS_RESEARCHER}},
     2,
     1,
     1},
    {"press before dataset",
     {{.value = 9, .by = "x", .class = CLASS_DATASET}, {.value = 5, .by = "y", .class = CLASS_PRESS}},
     2,
     1,
     1},
    {"dataset before aggregator",
     {{.value = 9, .by = "x", .class = CLASS_AGGREGATOR}, {.value = 5, .by = "y", .class = CLASS_DATASET}},
     2,
     1,
     1},
    {"aggregator before attacker",
     {{.value = 9, .by = "x", .class = CLASS_ATTACKER}, {.value = 5, .by = "y", .class = CLASS_AGGREGATOR}},
     2,
     1,
     1},
    {"attacker before nobody", {{.value = 9}, {.value = 5, .source = ATTACKER}}, 2, 1, 1},
    {"a source that is not there is nobody",
     {{.value = 9, .source = 7}, {.value = 5, .source = ATTACKER}},
     2,
     1,
     1},
    {"a class without a name means nothing",
     {{.value = 9, .class = CLASS_REGULATOR, .source = ATTACKER}, {.value = 5, .source = COMPANY}},
     2,
     1,
     1},
    {"who asserts goes before where it stands",
     {{.value = 9, .source = PRESS}, {.value = 5, .source = PRESS, .by = "T", .class = CLASS_COMPANY}},
     2,
     1,
     1},
    {"also downwards",
     {{.value = 9, .source = COMPANY, .by = "Hive", .class = CLASS_ATTACKER}, {.value = 5, .source = PRESS}},
     2,
     1,
     1},
    {"class goes before date",
     {{.value = 9, .source = PRESS, .asserted = "2024"}, {.value = 5, .source = COMPANY, .asserted = "2019"}},
     2,
     1,
     1},
    /* latest */
    {"the later one",
     {{.value = 9, .asserted = "2019-03-28"}, {.value = 5, .asserted = "2019-03-29"}},
     2,
     1,
     1},
    {"the later one, standing first",
     {{.value = 5, .asserted = "2019-03-29"}, {.value = 9, .asserted = "2019-03-28"}},
     2,
     0,
     1},
    {"a dated one before an undated", {{.value = 9}, {.value = 5, .asserted = "1999"}}, 2, 1, 1},
    {"a dated one, standing first", {{.value = 5, .asserted = "1999"}, {.value = 9}}, 2, 0, 1},
    /* highest */
    {"the higher one", {{.value = 5}, {.value = 9}}, 2, 1, 1},
    {"the higher one of one day",
     {{.value = 5, .asserted = "2019"}, {.value = 9, .asserted = "2019"}},
     2,
     1,
     1},
    {"a number before none", {{.value = 0}, {.value = 1}}, 2, 1, 1},
    {"certainty does not matter",
     {{.value = 5, .certainty = CERTAINTY_CONFIRMED}, {.value = 9, .certainty = CERTAINTY_SUSPECTED}},
     2,
     1,
     1},
    {"the first of equals", {{.value = 5}, {.value = 5}, {.value = 5}}, 3, 0, 2},
    /* rivals */
    {"alternatives are rivals", {{.value = 5}, {.value = 9, .scope = SCOPE_ALTERNATIVE}}, 2, 0, 1},
    {"in any unit",
     {{.value = 5},
      {.value = 9, .scope = SCOPE_ALTERNATIVE, .unit = UNIT_MONEY},
      {.value = 7, .unit = UNIT_FILES}},
     3,
     0,
     2},
    {"no others are",
     {{.value = 5},
      {.value = 9, .scope = SCOPE_SUBSET},
      {.value = 9, .scope = SCOPE_CONTEXT},
      {.value = 9, .scope = SCOPE_ATTACKER_CLAIM}},
     4,
     0,
     0},
    {"denied ones are not",
     {{.value = 5}, {.value = 9, DENIED}, {.value = 9, DENIED, .scope = SCOPE_ALTERNATIVE}},
     3,
     0,
     0},
    {"without a headline none are", {{.value = 9, .scope = SCOPE_ALTERNATIVE}}, 1, ABSENT, 0},
};

static struct incident incident(const struct brief *briefs, size_t n, struct figure figures[static MOST])
{
    for (size_t i = 0; i < n; i++)
        figures[i] = figure(&briefs[i]);
    return (struct incident){.figures = figures,
                             .n_figures = n,
                             .sources = sources,
                             .n_sources = sizeof sources / sizeof *sources};
}

START_TEST(headline_is_chosen_by_rule)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct figure figures[MOST];
    struct incident x = incident(headlines[_i].figures, headlines[_i].n, figures);
    int want = headlines[_i].want;
    ck_assert_msg(derive_headline(&x) == want, "%s: %d", headlines[_i].rule, derive_headline(&x));
    ck_assert_int_eq(derive_incident(&x, mem), 0);
    ck_assert_int_eq(x.row.affected.known, want >= 0);
    ck_assert_msg(x.row.affected.others == headlines[_i].others, "%s: %zu others", headlines[_i].rule,
                  x.row.affected.others);
    assert_text(x.row.affected.figure, want < 0 ? NULL : figures[want].id);
}
END_TEST

/* Bounds stand for a value that is not there. */
START_TEST(headline_compares_value_else_max_else_min)
{
    struct figure f[3] = {0};
    struct incident x = {.figures = f, .n_figures = 3};
    f[0].amount = (struct amount){.value = COUNT_OF(50), .min = COUNT_OF(900), .max = COUNT_OF(900)};
    f[1].amount = (struct amount){.min = COUNT_OF(10), .max = COUNT_OF(60)};
    f[2].amount = (struct amount){.min = COUNT_OF(55)};
    ck_assert_int_eq(derive_headline(&x), 1);
    f[2].amount.min = COUNT_OF(61);
    ck_assert_int_eq(derive_headline(&x), 2);
    f[0].amount.value = COUNT_OF(62);
    ck_assert_int_eq(derive_headline(&x), 0);
}
END_TEST

START_TEST(headline_says_all_about_itself)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    const struct brief briefs[] = {
        {.value = 9, .scope = SCOPE_SUBSET},
        {.value = 3100000,
         .qualifier = QUALIFIER_UP_TO,
         .certainty = CERTAINTY_CLAIMED,
         .source = PRESS,
         .by = "Toyota",
         .class = CLASS_COMPANY,
         .asserted = "2019-03-29"},
    };
    struct figure figures[MOST];
    struct incident x = incident(briefs, 2, figures);
    ck_assert_int_eq(derive_incident(&x, mem), 0);
    const struct affected *a = &x.row.affected;
    ck_assert(a->known && a->unit == UNIT_PEOPLE && a->scope == SCOPE_AFFECTED);
    ck_assert(a->amount.value.value == 3100000 && a->amount.qualifier == QUALIFIER_UP_TO);
    ck_assert(!a->amount.min.known && a->amount.max.known && a->amount.max.value == 3100000);
    ck_assert_int_eq(a->certainty, CERTAINTY_CLAIMED);
    assert_text(a->asserted_by.name, "Toyota");
    ck_assert_int_eq(a->asserted_by.class, CLASS_COMPANY);
    assert_text(a->asserted.text, "2019-03-29");
    assert_text(a->publisher, "ZDNet");
    ck_assert_int_eq(a->source, 3);
    assert_text(a->of, "customers");
    assert_text(a->figure, "people-2");

    figures[1].e.source = 0; /* compiled from the record as a whole: nobody's paper */
    ck_assert_int_eq(derive_incident(&x, mem), 0);
    assert_text(x.row.affected.publisher, NULL);
    ck_assert_int_eq(x.row.affected.source, 0);
}
END_TEST

START_TEST(figures_are_numbered_within_their_unit)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    const struct brief briefs[] = {{.value = 1},
                                   {.value = 2, .unit = UNIT_DEALERS},
                                   {.value = 3, DENIED},
                                   {.value = 4, .unit = UNIT_MONEY}};
    static const char *const ids[] = {"people-1", "dealers-1", "people-2", "money-1"};
    struct figure figures[MOST];
    struct incident x = incident(briefs, 4, figures);
    for (int twice = 0; twice < 2; twice++) {
        ck_assert_int_eq(derive_incident(&x, mem), 0);
        for (size_t i = 0; i < 4; i++)
            assert_text(figures[i].id, ids[i]);
    }
    ck_assert(figures[0].amount.min.known && figures[0].amount.max.known);
}
END_TEST

#define D .unit = UNIT_DEALERS

static const struct {
    const char *rule;
    struct brief figures[MOST];
    size_t n;
    int want;
    size_t others;
} stated[] = {
    {"none", {{0}}, 0, ABSENT, 0},
    {"people are no dealers", {{.value = 9}}, 1, ABSENT, 0},
    {"organisations are no dealers", {{.value = 9, .unit = UNIT_ORGANIZATIONS}}, 1, ABSENT, 0},
    {"a network's size is none", {{.value = 279, D, .scope = SCOPE_CONTEXT}}, 1, ABSENT, 0},
    {"affected", {{.value = 9, D}}, 1, 0, 0},
    {"disrupted", {{.value = 9, D, .scope = SCOPE_DISRUPTED}}, 1, 0, 0},
    {"alternative", {{.value = 9, D, .scope = SCOPE_ALTERNATIVE}}, 1, 0, 0},
    {"subset", {{.value = 9, D, .scope = SCOPE_SUBSET}}, 1, 0, 0},
    {"attacker's claim", {{.value = 9, D, .scope = SCOPE_ATTACKER_CLAIM}}, 1, 0, 0},
    {"denied", {{.value = 9, D, DENIED}}, 1, ABSENT, 0},
    {"affected before disrupted",
     {{.value = 9, D, .scope = SCOPE_DISRUPTED, .source = COMPANY}, {.value = 5, D}},
     2,
     1,
     0},
    {"disrupted before alternative",
     {{.value = 9, D, .scope = SCOPE_ALTERNATIVE}, {.value = 5, D, .scope = SCOPE_DISRUPTED}},
     2,
     1,
     1},
    {"alternative before subset",
     {{.value = 9, D, .scope = SCOPE_SUBSET}, {.value = 5, D, .scope = SCOPE_ALTERNATIVE}},
     2,
     1,
     0},
    {"subset before the attacker's claim",
     {{.value = 9, D, .scope = SCOPE_ATTACKER_CLAIM}, {.value = 5, D, .scope = SCOPE_SUBSET}},
     2,
     1,
     0},
    {"disrupted before its subset",
     {{.value = 17, D, .scope = SCOPE_SUBSET}, {.value = 30, D, .scope = SCOPE_DISRUPTED}},
     2,
     1,
     0},
    {"then as the headline", {{.value = 9, D, .source = PRESS}, {.value = 5, D, .source = COMPANY}}, 2, 1, 1},
    {"a placeholder last", {{.value = 9, D, PLACEHOLDER}, {.value = 5, D, .scope = SCOPE_SUBSET}}, 2, 1, 0},
    {"rivals are of one unit",
     {{.value = 9, D}, {.value = 7}, {.value = 6, D, .scope = SCOPE_ALTERNATIVE}, {.value = 6, D, DENIED}},
     4,
     0,
     1},
};

START_TEST(stated_dealers_are_a_figure_of_dealers)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct figure figures[MOST];
    struct incident x = incident(stated[_i].figures, stated[_i].n, figures);
    int want = stated[_i].want;
    ck_assert_int_eq(derive_incident(&x, mem), 0);
    const struct affected *a = &x.row.dealers_stated;
    ck_assert_msg(a->known == (want >= 0), "%s: %d", stated[_i].rule, a->known);
    assert_text(a->figure, want < 0 ? NULL : figures[want].id);
    ck_assert_msg(a->others == stated[_i].others, "%s: %zu others", stated[_i].rule, a->others);
    if (want >= 0)
        ck_assert_int_eq(a->scope, figures[want].scope);
}
END_TEST

/* Each alone: whether this party is a named dealer. */
static const struct {
    const char *id;
    enum org_kind kind;
    enum role role;
    enum certainty certainty;
    bool counts;
} dealers[] = {
    {"a", ORG_DEALER, ROLE_BREACHED, CERTAINTY_CONFIRMED, true},
    {"a", ORG_DEALER, ROLE_CUSTOMERS_EXPOSED, CERTAINTY_SUSPECTED, true},
    {"a", ORG_DEALER, ROLE_DISRUPTED, CERTAINTY_CLAIMED, true},
    {"a", ORG_DEALER_GROUP, ROLE_BREACHED, CERTAINTY_CONFIRMED, true},
    {"a", ORG_DEALER, ROLE_BREACHED, CERTAINTY_UNKNOWN, true},
    {"a", ORG_DEALER, ROLE_BREACHED, CERTAINTY_DENIED, false},
    {"a", ORG_DEALER, ROLE_VENDOR, CERTAINTY_CONFIRMED, false},
    {"a", ORG_DEALER, ROLE_FILER, CERTAINTY_CONFIRMED, false},
    {"a", ORG_AUTOMAKER, ROLE_BREACHED, CERTAINTY_CONFIRMED, false},
    {"a", ORG_IMPORTER, ROLE_BREACHED, CERTAINTY_CONFIRMED, false},
    {"a", ORG_OTHER, ROLE_BREACHED, CERTAINTY_CONFIRMED, false},
    {NULL, ORG_DEALER, ROLE_BREACHED, CERTAINTY_CONFIRMED, false},
};

static struct party party(size_t i)
{
    return (struct party){.organization = {dealers[i].id, "A", dealers[i].kind},
                          .role = dealers[i].role,
                          .e.certainty = dealers[i].certainty};
}

START_TEST(named_dealers_are_records_that_were_touched)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct party parties[] = {party((size_t)_i)};
    struct incident x = {.parties = parties, .n_parties = 1};
    ck_assert_int_eq(derive_incident(&x, mem), 0);
    ck_assert_uint_eq(x.row.dealers_named, dealers[_i].counts);
}
END_TEST

START_TEST(named_dealers_count_once)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct party parties[] = {party(7), party(5), party(0), party(1), party(2), party(0)};
    parties[5].organization.id = "b";
    struct incident x = {.parties = parties, .n_parties = 6};
    ck_assert_int_eq(derive_incident(&x, mem), 0);
    ck_assert_uint_eq(x.row.dealers_named, 2);
}
END_TEST

START_TEST(counts_of_groups_have_bounds_but_are_no_statement)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct party parties[] = {{.organization = {NULL, "Kia dealerships in the United States", ORG_DEALER},
                               .role = ROLE_DISRUPTED,
                               .has_count = true,
                               .count = {.value = COUNT_OF(800), .qualifier = QUALIFIER_ABOUT}}};
    struct incident x = {.parties = parties, .n_parties = 1};
    ck_assert_int_eq(derive_incident(&x, mem), 0);
    ck_assert(parties[0].count.min.known && parties[0].count.max.value == 800);
    ck_assert_uint_eq(x.row.dealers_named, 0);
    ck_assert(!x.row.dealers_stated.known);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("figures");
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, headline_is_chosen_by_rule, headlines);
    SUITE_LOOP(tc, stated_dealers_are_a_figure_of_dealers, stated);
    SUITE_LOOP(tc, named_dealers_are_records_that_were_touched, dealers);
    suite_add_tcase(s, tc);
    SUITE_ADD(s, "records", headline_compares_value_else_max_else_min, headline_says_all_about_itself,
              figures_are_numbered_within_their_unit, named_dealers_count_once,
              counts_of_groups_have_bounds_but_are_no_statement);
    return suite_run(s);
}
