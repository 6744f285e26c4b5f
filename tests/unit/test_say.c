/* SPDX-License-Identifier: MIT */
/* The sentences that pages and feeds share. */
#include "render/render.h"
#include "suite.h"

#include <stdint.h>
#include <string.h>

static struct arena *mem;

static void set_up(void)
{
    mem = arena_new(0);
}

static void tear_down(void)
{
    mem = arena_free(mem);
}

#define DAY(text_)                                                                                           \
    {                                                                                                        \
        .text = (text_), .earliest = text_, .latest = text_                                                  \
    }
#define N(x)                                                                                                 \
    {                                                                                                        \
        true, x                                                                                              \
    }
#define NONE                                                                                                 \
    {                                                                                                        \
        false, 0                                                                                             \
    }

static const struct {
    int64_t n;
    const char *words;
} numbers[] = {
    {0, "0"},
    {7, "7"},
    {999, "999"},
    {1000, "1,000"},
    {-1234, "-1,234"},
    {3100000, "3,100,000"},
    {100000, "100,000"},
    {INT64_MAX, "9,223,372,036,854,775,807"},
    {INT64_MIN, "-9,223,372,036,854,775,808"},
};

static const struct {
    struct delay delay;
    const char *words;
} delays[] = {
    {{true, 0, 8}, "0 to 8 days"}, {{true, 999, 2433}, "999 to 2,433 days"},
    {{true, 0, 1}, "0 to 1 days"}, {{true, 1, 1}, "1 day"},
    {{true, 12, 12}, "12 days"},   {{true, 0, 0}, "the same day"},
};

START_TEST(delays_are_said_with_both_bounds)
{
    for (size_t i = 0; i < sizeof delays / sizeof *delays; i++)
        assert_text(say_delay(&delays[i].delay, mem), delays[i].words);
}
END_TEST

static const struct {
    struct figure_sum sum;
    const char *words;
} sums[] = {
    {{UNIT_PEOPLE, 1, {true, 501000}, {[QUALIFIER_EXACT] = 1}, {true, 0}}, "501,000 people in 1 incident"},
    {{UNIT_PEOPLE, 2, {true, 3100000}, {[QUALIFIER_EXACT] = 1, [QUALIFIER_UP_TO] = 1}, {true, 3000000}},
     "3.1 million people (3,100,000) in 2 incidents, of which 1 is a ceiling"},
    {{UNIT_DEALERS,
      1200,
      {true, 15000},
      {[QUALIFIER_ABOUT] = 1000, [QUALIFIER_AT_LEAST] = 1, [QUALIFIER_UP_TO] = 2, [QUALIFIER_BETWEEN] = 3},
      {true, 500}},
     "15,000 dealers in 1,200 incidents, of which 1,000 are estimates, 1 is a floor, 2 are ceilings and 3 "
     "are tops of "
     "ranges"},
    {{UNIT_ACCOUNTS, 1, {true, 1}, {[QUALIFIER_BETWEEN] = 1}, {true, 1}},
     "1 account in 1 incident, the top of a range"},
    {{UNIT_RECORDS, 2, {false, 0}, {[QUALIFIER_EXACT] = 2}, {false, 0}},
     "more than 9,007,199,254,740,991 records in 2 incidents"},
};

START_TEST(sums_say_what_they_are_made_of)
{
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        assert_text(say_sum(&sums[i].sum, mem), sums[i].words);
}
END_TEST

START_TEST(what_is_left_out_is_said)
{
    struct statistics x = {.left_out_duplicates = 3, .left_out_withdrawn = 1};
    assert_text(say_left_out(&x, mem), "3 records that repeat another and 1 withdrawn or merged record");
    x.left_out_duplicates = 1;
    x.left_out_withdrawn = 0;
    assert_text(say_left_out(&x, mem), "1 record that repeats another");
    x = (struct statistics){.left_out_withdrawn = 2000};
    assert_text(say_left_out(&x, mem), "2,000 withdrawn or merged records");
    x = (struct statistics){0};
    assert_text(say_left_out(&x, mem), "");
}
END_TEST

START_TEST(numbers_have_commas)
{
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        assert_text(say_number(numbers[i].n, mem), numbers[i].words);
}
END_TEST

static const struct {
    struct amount amount;
    const char *unit, *words;
} amounts[] = {
    {{N(3100000), NONE, N(3100000), QUALIFIER_UP_TO}, "people", "up to 3.1 million people (3,100,000)"},
    {{N(800), N(800), N(800), QUALIFIER_ABOUT}, "dealers", "about 800 dealers"},
    {{N(12), N(12), N(12), QUALIFIER_EXACT}, "files", "12 files"},
    {{N(5), N(5), NONE, QUALIFIER_AT_LEAST}, "vehicles", "at least 5 vehicles"},
    {{NONE, N(10), N(20), QUALIFIER_BETWEEN}, "files", "between 10 and 20 files"},
    {{NONE, N(2000000), N(2500000), QUALIFIER_BETWEEN},
     "people",
     "between 2 million and 2.5 million people (2,000,000 to 2,500,000)"},
    {{NONE, N(900000), N(2000000), QUALIFIER_BETWEEN}, "people", "between 900,000 and 2,000,000 people"},
    {{NONE, NONE, N(20), QUALIFIER_BETWEEN}, "files", "up to 20 files"},
    {{NONE, N(10), NONE, QUALIFIER_BETWEEN}, "files", "at least 10 files"},
    {{N(501), NONE, NONE, QUALIFIER_PLACEHOLDER}, "people", "a placeholder figure of 501, not a count"},
    {{NONE, NONE, NONE, QUALIFIER_PLACEHOLDER}, "people", "a placeholder figure, not a count"},
    /* a bound stands in for a value that is not stated */
    {{NONE, NONE, N(9), QUALIFIER_UP_TO}, "people", "up to 9 people"},
    {{NONE, N(9), NONE, QUALIFIER_AT_LEAST}, "people", "at least 9 people"},
    {{NONE, NONE, NONE, QUALIFIER_EXACT}, "people", "an unknown number of people"},
    /* one */
    {{N(1), N(1), N(1), QUALIFIER_EXACT}, "people", "1 person"},
    {{N(1), N(1), NONE, QUALIFIER_AT_LEAST}, "dealers", "at least 1 dealer"},
    {{N(1), N(1), N(1), QUALIFIER_EXACT}, "USD", "1 USD"},
    {{N(0), N(0), N(0), QUALIFIER_EXACT}, "people", "0 people"},
    /* words only where they are exact */
    {{N(999999), NONE, NONE, QUALIFIER_EXACT}, "records", "999,999 records"},
    {{N(1000000), NONE, NONE, QUALIFIER_EXACT}, "records", "1 million records (1,000,000)"},
    {{N(1050000), NONE, NONE, QUALIFIER_EXACT}, "records", "1.05 million records (1,050,000)"},
    {{N(1005000), NONE, NONE, QUALIFIER_EXACT}, "records", "1,005,000 records"},
    {{N(250000000), NONE, NONE, QUALIFIER_EXACT}, "records", "250 million records (250,000,000)"},
    {{N(1250000000), NONE, NONE, QUALIFIER_EXACT}, "JPY", "1.25 billion JPY (1,250,000,000)"},
    {{N(1255000000), NONE, NONE, QUALIFIER_EXACT}, "JPY", "1,255,000,000 JPY"},
    {{N(7000000000000), NONE, NONE, QUALIFIER_EXACT}, "JPY", "7,000 billion JPY (7,000,000,000,000)"},
};

START_TEST(amounts_say_what_they_are)
{
    for (size_t i = 0; i < sizeof amounts / sizeof *amounts; i++)
        assert_text(say_amount(&amounts[i].amount, amounts[i].unit, mem), amounts[i].words);
}
END_TEST

#define CEILING                                                                                              \
    {                                                                                                        \
        N(3100000), NONE, N(3100000), QUALIFIER_UP_TO                                                        \
    }
#define CEILING_ "Up to 3.1 million people (3,100,000)"

static const struct {
    struct affected affected;
    const char *words;
} headlines[] = {
    {{.known = false}, "The number of people affected is not known."},
    {{.known = true,
      .amount = CEILING,
      .certainty = CERTAINTY_CLAIMED,
      .asserted_by = {"Toyo", CLASS_COMPANY},
      .asserted = DAY("2019-03-29"),
      .publisher = "ZDNews"},
     CEILING_ ", says Toyo, 29 March 2019, reported by ZDNews"},
    {{.known = true,
      .amount = CEILING,
      .certainty = CERTAINTY_CONFIRMED,
      .asserted_by = {"Toyo", CLASS_COMPANY},
      .publisher = "ZDNews"},
     CEILING_ ", says Toyo, reported by ZDNews"},
    {{.known = true,
      .amount = CEILING,
      .certainty = CERTAINTY_SUSPECTED,
      .asserted_by = {"Toyo", CLASS_COMPANY},
      .asserted = {.text = "2019-03", .earliest = "2019-03-01", .latest = "2019-03-31"}},
     CEILING_ ", says Toyo, March 2019"},
    {{.known = true,
      .amount = CEILING,
      .certainty = CERTAINTY_DENIED,
      .asserted_by = {"Toyo", CLASS_COMPANY}},
     CEILING_ ", says Toyo"},
    {{.known = true,
      .amount = CEILING,
      .certainty = CERTAINTY_UNKNOWN,
      .asserted_by = {"Toyo", CLASS_COMPANY}},
     CEILING_ ", says Toyo"},
    /* the claimant's own page is no reporter */
    {{.known = true,
      .amount = CEILING,
      .certainty = CERTAINTY_CLAIMED,
      .asserted_by = {"Toyo", CLASS_COMPANY},
      .publisher = "TOYO"},
     CEILING_ ", says Toyo"},
    /* the source speaks itself */
    {{.known = true, .amount = CEILING, .certainty = CERTAINTY_CLAIMED, .publisher = "ZDNews"},
     CEILING_ ", says ZDNews"},
    /* nobody is named */
    {{.known = true, .amount = CEILING, .certainty = CERTAINTY_CLAIMED}, CEILING_},
    {{.known = true, .amount = CEILING, .certainty = CERTAINTY_CONFIRMED}, CEILING_},
    {{.known = true,
      .amount = {N(501), NONE, NONE, QUALIFIER_PLACEHOLDER},
      .certainty = CERTAINTY_CONFIRMED,
      .asserted_by = {"Acme", CLASS_COMPANY},
      .asserted = DAY("2019-03-29"),
      .publisher = "HHS"},
     "A placeholder figure of 501, not a count, given by Acme, 29 March 2019, reported by HHS"},
    {{.known = true, .amount = {N(501), NONE, NONE, QUALIFIER_PLACEHOLDER}, .certainty = CERTAINTY_CLAIMED},
     "A placeholder figure of 501, not a count"},
    {{.known = true,
      .amount = {N(1), N(1), N(1), QUALIFIER_EXACT},
      .unit = UNIT_DEALERS,
      .certainty = CERTAINTY_CONFIRMED,
      .asserted_by = {"Toyo", CLASS_COMPANY}},
     "1 dealer, says Toyo"},
};

START_TEST(headline_names_its_claimant)
{
    for (size_t i = 0; i < sizeof headlines / sizeof *headlines; i++)
        assert_text(say_affected(&headlines[i].affected, mem), headlines[i].words);
}
END_TEST

START_TEST(answers_are_two)
{
    static const char *const happened[_STATUS_N] = {"Attack claimed", "Attack suspected", "Attack confirmed",
                                                    "Attack disputed", "Record withdrawn"};
    static const char *const out[_CERTAINTY_N] = {"data loss confirmed", "data loss claimed",
                                                  "data loss suspected", "data loss denied",
                                                  "data loss not known"};
    static const unsigned hacking[] = {ACTION_ERROR, ACTION_HACKING};
    for (unsigned s = 0; s < _STATUS_N; s++) {
        for (unsigned e = 0; e < _CERTAINTY_N; e++) {
            struct incident_row row = {.status = s, .exposure = e, .actions = hacking, .n_actions = 2};
            /* of a record taken back nothing is said any more */
            assert_text(say_answers(&row, mem), s == STATUS_WITHDRAWN
                                                    ? happened[s]
                                                    : arena_printf(mem, "%s · %s", happened[s], out[e]));
            row.merged_into = "other";
            assert_text(say_answers(&row, mem), "Record merged into another");
        }
    }
}
END_TEST

/* Data left open or a stolen laptop is no attack on a system; nor is what nobody described. */
START_TEST(not_every_incident_is_an_attack)
{
    static const bool attack[_ACTION_N] = {
        [ACTION_HACKING] = true, [ACTION_MALWARE] = true, [ACTION_SOCIAL] = true};
    for (unsigned action = 0; action < _ACTION_N; action++) {
        struct incident_row row = {.status = STATUS_CONFIRMED, .actions = &action, .n_actions = 1};
        const char *what = attack[action] ? "Attack confirmed" : "Incident confirmed";
        ck_assert_int_eq(strncmp(say_answers(&row, mem), what, strlen(what)), 0);
    }
    struct incident_row row = {.status = STATUS_CLAIMED, .exposure = CERTAINTY_UNKNOWN};
    assert_text(say_answers(&row, mem), "Incident claimed · data loss not known");
}
END_TEST

/* With an arena that gives any smaller amount there is no sentence, never half a one. */
START_TEST(no_memory_no_sentence)
{
    const struct affected *a = &headlines[1].affected;
    size_t enough = 0;
    for (size_t limit = 1; !enough && limit < 4096; limit++) {
        _cleanup_arena_ struct arena *small = arena_new(limit);
        const char *said = say_affected(a, small);
        if (!said)
            continue;
        assert_text(said, headlines[1].words);
        enough = limit;
    }
    ck_assert_uint_gt(enough, strlen(headlines[1].words));
    _cleanup_arena_ struct arena *none = arena_new(1);
    ck_assert_ptr_null(say_number(1000, none));
    ck_assert_ptr_null(say_amount(&amounts[5].amount, "people", none));
    ck_assert_ptr_null(say_answers(&(struct incident_row){.status = STATUS_CLAIMED}, none));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("say");
    TCase *c = tcase_create("sentences");
    tcase_add_checked_fixture(c, set_up, tear_down);
    const TTest *tests[] = {delays_are_said_with_both_bounds,
                            sums_say_what_they_are_made_of,
                            what_is_left_out_is_said,
                            numbers_have_commas,
                            amounts_say_what_they_are,
                            headline_names_its_claimant,
                            answers_are_two,
                            not_every_incident_is_an_attack,
                            no_memory_no_sentence};
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tcase_add_test(c, tests[i]);
    suite_add_tcase(s, c);
    return suite_run(s);
}
