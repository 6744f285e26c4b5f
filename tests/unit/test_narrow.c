/* SPDX-License-Identifier: MIT */
/* Questions made of questions: what hangs on a filter comes and goes with it. */
#include "query/narrow.h"
#include "query_fixture.h"
#include "suite.h"

static struct query query_of(const char *text)
{
    struct query q;
    struct faults faults;
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, text, &q, &faults), 0);
    return q;
}

static const struct {
    const char *query;
    enum filter filter;
    const char *value, *with, *without;
} changes[] = {
    {"country=JP", FILTER_COUNTRY, "DE", "country=DE,JP", "country=JP"},
    {"country=DE,JP&limit=7", FILTER_COUNTRY, "JP", "country=DE,JP&limit=7", "country=DE&limit=7"},
    {"country=JP", FILTER_COUNTRY, "none", "country=JP,none", "country=JP"},
    {"", FILTER_YEAR, "2019", "year=2019", ""},
    {"organization=a&reach=all", FILTER_ORGANIZATION, "a", "organization=a&reach=all", ""},
    {"organization=a,b&reach=all", FILTER_ORGANIZATION, "b", "organization=a,b&reach=all",
     "organization=a&reach=all"},
    {"q=toyota&sort=title", FILTER_COUNTRY, "JP", "country=JP&q=toyota&sort=title", "q=toyota&sort=title"},
};

START_TEST(a_value_is_added_and_removed)
{
    struct query q = query_of(changes[_i].query), r = q;
    ck_assert_int_eq(narrow_add(&q, changes[_i].filter, changes[_i].value, fixture.mem), 0);
    assert_text(query_text(&q, true), changes[_i].with);
    ck_assert(narrow_has(&q, changes[_i].filter, changes[_i].value));
    ck_assert_int_eq(narrow_remove(&r, changes[_i].filter, changes[_i].value, fixture.mem), 0);
    assert_text(query_text(&r, true), changes[_i].without);
    ck_assert(!narrow_has(&r, changes[_i].filter, changes[_i].value));
}
END_TEST

/* A typed filter leaves nothing behind. */
static const struct {
    const char *query;
    enum filter filter;
    const char *value, *without;
} typed[] = {
    {"q=toyota", FILTER_TEXT, "toyota", ""},
    {"q=toyota&sort=-date", FILTER_TEXT, "toyota", ""},
    {"occurred=2019&match=certain", FILTER_OCCURRED, "2019", ""},
    {"occurred=2019&disclosed=2020&match=certain", FILTER_OCCURRED, "2019", "disclosed=2020&match=certain"},
    {"affected_min=10&unit=accounts", FILTER_AFFECTED_MIN, "10", ""},
    {"affected_max=10&unit=any&sort=affected", FILTER_AFFECTED_MAX, "10", "sort=affected&unit=any"},
    {"affected_min=10&unit=any", FILTER_UNIT, "any", "affected_min=10"},
};

START_TEST(typed_forms_go_with_their_text)
{
    struct query q = query_of(typed[_i].query);
    ck_assert_int_eq(narrow_remove(&q, typed[_i].filter, typed[_i].value, fixture.mem), 0);
    assert_text(query_text(&q, true), typed[_i].without);
    struct query fresh = query_of(typed[_i].without);
    ck_assert_uint_eq(q.search.n, fresh.search.n);
    ck_assert_int_eq(q.sort, fresh.sort);
    ck_assert_int_eq(q.unit, fresh.unit);
    ck_assert_int_eq(q.affected_min.known, fresh.affected_min.known);
    ck_assert_int_eq(q.affected_max.known, fresh.affected_max.known);
    for (unsigned d = 0; d < QUERY_DATES; d++)
        ck_assert(edtf_equal(&q.dates[d], &fresh.dates[d]));
}
END_TEST

START_TEST(another_question_begins_at_its_first_page)
{
    struct query q = query_of("country=JP");
    q.after = (struct cursor){1, {"x"}};
    q.catalogue_changed = true;
    ck_assert_int_eq(narrow_add(&q, FILTER_YEAR, "2019", fixture.mem), 0);
    assert_text(query_text(&q, true), "country=JP&year=2019");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("narrow");
    TCase *tc = tcase_create("narrow");
    tcase_add_checked_fixture(tc, query_setup, query_teardown);
    SUITE_LOOP(tc, a_value_is_added_and_removed, changes);
    SUITE_LOOP(tc, typed_forms_go_with_their_text, typed);
    tcase_add_test(tc, another_question_begins_at_its_first_page);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
