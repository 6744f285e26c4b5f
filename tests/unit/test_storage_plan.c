/* SPDX-License-Identifier: MIT */
/* What storage rests on: the plan of every statement, sort keys, the seal. */
#include "storage/schema.h"
#include "storage/sqlite_statements.h"
#include "storage_fixture.h"

#include <stdlib.h>
#include <string.h>

/* Statements that may scan a table or sort, each with the words of the plan that are allowed and the reason. */
static const struct {
    enum statement id;
    const char *plan, *reason;
} allowed[] = {
    {STMT_CATALOGUE, "SCAN catalogue", "one row"},
    {STMT_PROFILES, "SCAN actor_profile USING INDEX actor_profile_order",
     "all of them are wanted, in its order"},
    {STMT_CLASS_TOTALS, "SCAN data_class_total", "one row a data class"},
    {STMT_DATASETS, "SCAN dataset", "a handful of rows"},
    {STMT_ORG_LARGEST, "SCAN organization USING COVERING INDEX organization_largest",
     "read in its order, until no more can count"},
    {STMT_ORG_MOST_HIT, "SCAN organization USING COVERING INDEX organization_most_hit",
     "read in its order, to a limit"},
    {STMT_WORDS, "SCAN words VIRTUAL TABLE INDEX 0:M3", "FTS5 looks up what matches"},
    {STMT_WORDS_WEIGHED, "SCAN words VIRTUAL TABLE INDEX 0:M3", "FTS5 looks up what matches"},
    {STMT_ORG_WORDS, "SCAN organization_words VIRTUAL TABLE INDEX 0:M1", "FTS5 looks up what matches"},
};

static bool is_allowed(enum statement id, const char *step, size_t length)
{
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) {
        if (allowed[i].id == id && strlen(allowed[i].plan) == length &&
            strncmp(allowed[i].plan, step, length) == 0)
            return true;
    }
    return false;
}

START_TEST(every_plan_is_a_search_or_listed)
{
    struct fixture f;
    char plan[4096];
    fixture_init(&f);
    fixture_catalogue(f.path, "plans", NULL);
    for (unsigned id = 0; id < _STMT_N; id++) {
        ck_assert_msg(statement_text(id) && statement_name(id), "statement %u has no text", id);
        fixture_plan(f.path, statement_text(id), plan, sizeof plan);
        for (const char *step = plan; *step;) {
            const char *end = strstr(step, " | ");
            size_t length = end ? (size_t)(end - step) : strlen(step);
            bool costly = strncmp(step, "SCAN", 4) == 0 || strncmp(step, "USE TEMP", 8) == 0 ||
                          strncmp(step, "SEARCH", 6) != 0;
            ck_assert_msg(!costly || is_allowed(id, step, length), "%s: %.*s", statement_name(id),
                          (int)length, step);
            ck_assert_msg(!strstr(plan, "AUTOMATIC"), "%s: %s", statement_name(id), plan);
            step = end ? end + 3 : step + length;
        }
    }
    fixture_done(&f);
}
END_TEST

static const struct {
    const char *date, *earliest, *latest, *year;
} dates[] = {
    {"2019-03-29", "2019-03-29", "2019-03-29", "2019"},
    {"2019", "2019-01-01", "2019-12-31", "2019"},
    {"2018-12/2019-02", "2018-12-01", "2019-02-28", "2018"},
    {"[2022-01-01..]", "2022-01-01", "9999-99-99", "2022"},
    {"[..2019-12-31]", "0000-00-00", "2019-12-31", "2019"},
    {NULL, "", "", NULL},
};

START_TEST(sort_keys_and_years)
{
    struct edtf date = EDTF_UNKNOWN;
    char earliest[11], latest[11], year[5];
    if (dates[_i].date)
        ck_assert_int_eq(edtf_parse(dates[_i].date, &date), 0);
    schema_sort_key(&date, earliest, latest);
    assert_text(earliest, dates[_i].earliest);
    assert_text(latest, dates[_i].latest);
    ck_assert_int_eq(schema_year(&date, year), dates[_i].year != NULL);
    if (dates[_i].year)
        assert_text(year, dates[_i].year);
}
END_TEST

START_TEST(every_part_changes_the_seal)
{
    const char *shape[] = {"one", "two"}, *joined[] = {"onetwo"};
    struct schema_seal s = {.id = "a", .built = "b"};
    char plain[DIGEST_HEX_SIZE], other[DIGEST_HEX_SIZE];
    ck_assert_int_eq(schema_seal(&s, shape, 2, plain), 0);
    ck_assert_int_eq(schema_seal(&s, shape, 2, other), 0);
    assert_text(plain, other);
    ck_assert_int_eq(schema_seal(&s, joined, 1, other), 0);
    ck_assert_str_ne(plain, other);
    int64_t *const counts[] = {&s.incidents, &s.organizations, &s.dealers,       &s.events,
                               &s.sources,   &s.datasets,      &s.all_incidents, &s.all_events};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        *counts[i] = 1;
        ck_assert_int_eq(schema_seal(&s, shape, 2, other), 0);
        ck_assert_str_ne(plain, other);
        *counts[i] = 0;
    }
    s.built = "c";
    ck_assert_int_eq(schema_seal(&s, shape, 2, other), 0);
    ck_assert_str_ne(plain, other);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("storage_plan");
    SUITE_ADD(s, "plans", every_plan_is_a_search_or_listed);
    SUITE_ADD(s, "seal", every_part_changes_the_seal);
    TCase *keys = tcase_create("keys");
    SUITE_LOOP(keys, sort_keys_and_years, dates);
    suite_add_tcase(s, keys);
    return suite_run(s);
}
