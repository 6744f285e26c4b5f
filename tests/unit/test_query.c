/* SPDX-License-Identifier: MIT */
/* Parameters and canonical text. */
#include "query_fixture.h"
#include "suite.h"
#include "util/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    enum query_list list;
    const char *given, *canonical;
} good[] = {
    {QUERY_INCIDENTS, "", ""},
    {QUERY_INCIDENTS, "country=&utm_source=x&utm_=&fbclid=1&ref=y&gclid=&msclkid=z&mc_cid=1&mc_eid=2", ""},
    {QUERY_INCIDENTS, "year=2019&country=JP", "country=JP&year=2019"},
    {QUERY_INCIDENTS, "country=jp", "country=JP"},
    {QUERY_INCIDENTS, "country=US,JP&country=DE,US,,", "country=DE,JP,US"},
    {QUERY_INCIDENTS, "country=none&year=none", "country=none&year=none"},
    {QUERY_INCIDENTS, "sort=-date&limit=25", ""},
    {QUERY_INCIDENTS, "limit=7", "limit=7"},
    {QUERY_INCIDENTS, "limit=200", "limit=200"},
    {QUERY_INCIDENTS,
     "status=confirmed&exposure=unknown&dataset=bundled&organization=tokyo-toyopet&party_kind=dealer",
     "dataset=bundled&exposure=unknown&organization=tokyo-toyopet&party_kind=dealer&status=confirmed"},
    {QUERY_DEALERS, "sort=name&kind=dealer_group", "kind=dealer_group"},
    {QUERY_TIMELINE, "kind=leak,claim&incident=2019-02-toyota-australia",
     "incident=2019-02-toyota-australia&kind=claim,leak"},
    {QUERY_INCIDENTS, "duplicates=show&reach=own&organization=a", "organization=a"},
    {QUERY_INCIDENTS, "duplicates=hide&reach=all&organization=a", "duplicates=hide&organization=a&reach=all"},
    {QUERY_INCIDENTS, "reach=all", ""},
    {QUERY_INCIDENTS, "limit=7&csv=excel&country=JP&year=2019", "country=JP&csv=excel&limit=7&year=2019"},
    {QUERY_TABLE, "csv=excel", "csv=excel"},
    {QUERY_TABLE, "csv=", ""},
    {QUERY_PLAIN, "utm_campaign=spring", ""},

    {QUERY_INCIDENTS, "role=none,filer,breached&party_kind=none", "party_kind=none&role=breached,filer,none"},
    {QUERY_INCIDENTS, "sector=4411,44,none,441,52", "sector=44,52,none"},
    {QUERY_INCIDENTS, "sector=441110,4413", "sector=441110,4413"},
    {QUERY_INCIDENTS, "action=malware,none&source_class=press,regulator&data_class=none",
     "action=malware,none&data_class=none&source_class=press,regulator"},
    {QUERY_INCIDENTS, "actor=none&organization=none&reach=all", "actor=none&organization=none"},
    {QUERY_DEALERS, "brand=TOYOTA,Citroën&owner=none&kind=dealer",
     "brand=citro%C3%ABn,toyota&kind=dealer&owner=none"},

    {QUERY_INCIDENTS, "date=2019&match=certain", "date=2019&match=certain"},
    {QUERY_INCIDENTS, "date=2019&match=possible", "date=2019"},
    {QUERY_INCIDENTS, "match=certain", ""},
    {QUERY_INCIDENTS, "occurred=none&match=certain", "occurred=none"},
    {QUERY_INCIDENTS, "occurred=none&date=2019-03&match=certain", "date=2019-03&match=certain&occurred=none"},
    {QUERY_INCIDENTS, "date=2019-01/2019-06", "date=2019-01/2019-06"},
    {QUERY_INCIDENTS, "date=2019-01-01/2019-06-30", "date=2019-01/2019-06"},
    {QUERY_INCIDENTS, "date=2019-01/2019-12", "date=2019"},
    {QUERY_INCIDENTS, "date=2019/2020-06", "date=2019-01/2020-06"},
    {QUERY_INCIDENTS, "date=2019-03-29/2020", "date=2019-03-29/2020-12-31"},
    {QUERY_INCIDENTS, "date=2019-02-01/2019-02-28", "date=2019-02"},
    {QUERY_INCIDENTS, "date=2020-02-01/2020-02-28", "date=2020-02-01/2020-02-28"},
    {QUERY_INCIDENTS, "date=2019-03-29~", "date=2019-03-29"},
    {QUERY_INCIDENTS, "date=201X", "date=2010/2019"},
    {QUERY_INCIDENTS, "disclosed=[2019..]", "disclosed=2019/.."},
    {QUERY_INCIDENTS, "notified=/2019-03", "notified=../2019-03"},
    {QUERY_INCIDENTS, "contained=2019-03-29/2019-03-29&discovered=2019-XX",
     "contained=2019-03-29&discovered=2019"},
    {QUERY_TIMELINE, "date=2019&match=certain", "date=2019&match=certain"},

    {QUERY_INCIDENTS, "affected_min=0&affected_max=9007199254740991&unit=people",
     "affected_max=9007199254740991&affected_min=0"},
    {QUERY_INCIDENTS, "affected_min=5&unit=any", "affected_min=5&unit=any"},
    {QUERY_INCIDENTS, "affected_min=5&affected_max=5&unit=vehicles",
     "affected_max=5&affected_min=5&unit=vehicles"},
    {QUERY_INCIDENTS, "unit=any", ""},
    {QUERY_INCIDENTS, "unit=accounts&sort=-affected", "sort=-affected&unit=accounts"},
    {QUERY_INCIDENTS, "unit=accounts&sort=title", "sort=title"},
    {QUERY_STATISTICS, "unit=accounts", ""},

    {QUERY_INCIDENTS, "modified_since=2019-03-29", "modified_since=2019-03-29T00:00:00Z"},
    {QUERY_INCIDENTS, "modified_since=2019-03", "modified_since=2019-03-01T00:00:00Z"},
    {QUERY_INCIDENTS, "modified_since=2019-03-29T01:30:00+02:00", "modified_since=2019-03-28T23:30:00Z"},

    {QUERY_INCIDENTS, "facet=year,country&facet=actor,year", "facet=actor,country,year"},
    {QUERY_INCIDENTS, "facet=year&facet_limit=20", "facet=year"},
    {QUERY_INCIDENTS, "facet=year&facet_limit=200", "facet=year&facet_limit=200"},
    {QUERY_INCIDENTS, "facet_limit=200", ""},
    {QUERY_INCIDENTS, "detail=full&limit=50", "detail=full&limit=50"},
    {QUERY_STATISTICS, "by=year", ""},
    {QUERY_STATISTICS, "by=party_kind&country=JP", "by=party_kind&country=JP"},

    {QUERY_INCIDENTS, "q=Toyota", "q=toyota"},
    {QUERY_INCIDENTS, "q=Toyota&sort=relevance", "q=toyota"},
    {QUERY_INCIDENTS, "q=Toyota&sort=-date", "q=toyota&sort=-date"},
    {QUERY_INCIDENTS, "q=none", "q=none"},
    {QUERY_INCIDENTS, "q=b,a", "q=%22b%20a%22"},
    {QUERY_STATISTICS, "q=a", "q=a"},
    {QUERY_DEALERS, "q=toyopet&sort=name", "q=toyopet"},
    {QUERY_ORGANIZATIONS, "sort=-incidents", "sort=-incidents"},
    {QUERY_TIMELINE, "sort=-date", ""},
};

START_TEST(equivalent_requests_have_one_text)
{
    struct query q = {0};
    struct faults f = {0};
    ck_assert_msg(query_read(good[_i].list, good[_i].given, &q, &f) == 0, "%s: %s", good[_i].given,
                  f.n ? f.list[0].detail : "");
    assert_text(query_text(&q, true), good[_i].canonical);
}
END_TEST

static const struct {
    enum query_list list;
    const char *given, *parameter, *detail, *suggestion;
} bad[] = {
    {QUERY_INCIDENTS, "contry=JP", "contry", "unknown parameter", "country"},
    {QUERY_INCIDENTS, "zzzzzz=1", "zzzzzz", "unknown parameter", NULL},
    {QUERY_INCIDENTS, "contry=", "contry", "unknown parameter", "country"},
    {QUERY_PLAIN, "year=2019", "year", "unknown parameter", NULL},
    {QUERY_PLAIN, "csv=excel", "csv", "unknown parameter", NULL},
    {QUERY_TABLE, "csv=exel", "csv", "not one of excel", "excel"},
    {QUERY_INCIDENTS, "status=confirmd", "status",
     "not one of claimed, suspected, confirmed, disputed, withdrawn", "confirmed"},
    {QUERY_INCIDENTS, "status=none", "status",
     "not one of claimed, suspected, confirmed, disputed, withdrawn", NULL},
    {QUERY_INCIDENTS, "data_class=name", "data_class", "not one of the words of data_class", "names"},
    {QUERY_INCIDENTS, "country=XX", "country", "not a country code of two letters (ISO 3166-1)", NULL},
    {QUERY_INCIDENTS, "country=JPN", "country", "not a country code of two letters (ISO 3166-1)", NULL},
    {QUERY_INCIDENTS, "year=19", "year", "not a year of four digits", NULL},
    {QUERY_INCIDENTS, "year=20x9", "year", "not a year of four digits", NULL},
    {QUERY_INCIDENTS, "year=0000", "year", "not a year of four digits", NULL},
    {QUERY_INCIDENTS, "limit=0", "limit", "not a whole number from 1 to 200", NULL},
    {QUERY_INCIDENTS, "limit=201", "limit", "not a whole number from 1 to 200", NULL},
    {QUERY_INCIDENTS, "limit=-1", "limit", "not a whole number from 1 to 200", NULL},
    {QUERY_INCIDENTS, "limit= 5", "limit", "not a whole number from 1 to 200", NULL},
    {QUERY_INCIDENTS, "limit=99999999999999999999", "limit", "not a whole number from 1 to 200", NULL},
    {QUERY_INCIDENTS, "limit=5&limit=5", "limit", "given more than once", NULL},
    {QUERY_INCIDENTS, "organization=Tokyo", "organization",
     "not an id: lower-case letters, digits and hyphens", NULL},
    {QUERY_INCIDENTS, "sort=name", "sort",
     "not one of -date, date, -affected, affected, -modified, modified, title, relevance", NULL},
    {QUERY_INCIDENTS, "sort=-dates", "sort",
     "not one of -date, date, -affected, affected, -modified, modified, title, relevance", "-date"},
    {QUERY_TIMELINE, "sort=date", "sort", "not one of -date", "-date"},
    {QUERY_STATISTICS, "limit=5", "limit", "unknown parameter", NULL},
    {QUERY_INCIDENTS, "by=year", "by", "unknown parameter", NULL},
    {QUERY_STATISTICS, "by=actor", "by",
     "not one of country, sector, action, data_class, status, exposure, dataset, year, party_kind", "sector"},
    {QUERY_STATISTICS, "by=yaer", "by",
     "not one of country, sector, action, data_class, status, exposure, dataset, year, party_kind", "year"},
    {QUERY_INCIDENTS, "role=breach", "role",
     "not one of breached, customers_exposed, disrupted, vendor, filer, none", "breached"},
    {QUERY_INCIDENTS, "action=hackin", "action",
     "not one of hacking, malware, social, misuse, error, physical, environmental, unknown, none", "hacking"},
    {QUERY_INCIDENTS, "sector=44x", "sector", "not a sector or its beginning: two to six digits of NAICS",
     NULL},
    {QUERY_INCIDENTS, "sector=4", "sector", "not a sector or its beginning: two to six digits of NAICS",
     NULL},
    {QUERY_INCIDENTS, "sector=4411100", "sector", "not a sector or its beginning: two to six digits of NAICS",
     NULL},
    {QUERY_INCIDENTS, "date=29/03/2019", "date",
     "is not an EDTF date (as 2019, 2019-03-29 or 2019-01/2019-06)", NULL},
    {QUERY_INCIDENTS, "date=2019-02-30", "date",
     "names no day of the years 0001 to 9999 (as 2019, 2019-03-29 or 2019-01/2019-06)", NULL},
    {QUERY_INCIDENTS, "date=2019/2018", "date",
     "ends before it begins (as 2019, 2019-03-29 or 2019-01/2019-06)", NULL},
    {QUERY_INCIDENTS, "date=2019&date=2020", "date", "given more than once", NULL},
    {QUERY_INCIDENTS, "match=sure", "match", "not one of possible, certain", NULL},
    {QUERY_INCIDENTS, "affected_min=-1", "affected_min", "not a whole number from 0 to 9007199254740991",
     NULL},
    {QUERY_INCIDENTS, "affected_min=9007199254740992", "affected_min",
     "not a whole number from 0 to 9007199254740991", NULL},
    {QUERY_INCIDENTS, "affected_min=6&affected_max=5", "affected_max", "less than affected_min", NULL},
    {QUERY_INCIDENTS, "unit=vehicle", "unit",
     "not one of people, accounts, records, vehicles, dealers, organizations, files, money, any", "vehicles"},
    {QUERY_INCIDENTS, "modified_since=yesterday", "modified_since",
     "neither a date nor a time as 2019-03-29T12:00:00Z", NULL},
    {QUERY_INCIDENTS, "modified_since=2019-01/2019-02", "modified_since",
     "neither a date nor a time as 2019-03-29T12:00:00Z", NULL},
    {QUERY_INCIDENTS, "sort=relevance", "sort", "only with a text to search for", "q"},
    {QUERY_INCIDENTS, "sort=relevance&q=-a", "q", "no word to search for", NULL},
    {QUERY_INCIDENTS, "q=%20%20", "q", "no word to search for", NULL},
    {QUERY_TIMELINE, "q=a", "q", "unknown parameter", NULL},
    {QUERY_INCIDENTS, "facet=yaer", "facet",
     "not one of country, sector, action, actor, data_class, status, exposure, dataset, year, party_kind, "
     "organization",
     "year"},
    {QUERY_INCIDENTS, "facet_limit=201", "facet_limit", "not a whole number from 1 to 200", NULL},
    {QUERY_INCIDENTS, "detail=ful", "detail", "not one of full", "full"},
    {QUERY_INCIDENTS, "detail=full&limit=51", "limit", "more than 50, the most with detail=full", NULL},
    {QUERY_INCIDENTS, "after=%%%", "after",
     "not a cursor of this service: take it from the page's next or prev link", NULL},
    {QUERY_INCIDENTS, "after=AAAA", "after",
     "not a cursor of this service: take it from the page's next or prev link", NULL},
};

START_TEST(faults_name_parameter_and_mend)
{
    struct query q = {.limit = 4711};
    struct faults f = {0};
    ck_assert_int_eq(query_read(bad[_i].list, bad[_i].given, &q, &f), QUERY_E_INVALID);
    ck_assert_uint_eq(f.n, 1);
    assert_text(f.list[0].parameter, bad[_i].parameter);
    assert_text(f.list[0].detail, bad[_i].detail);
    assert_text(f.list[0].suggestion, bad[_i].suggestion);
    ck_assert_uint_eq(q.limit, 4711);
}
END_TEST

START_TEST(every_fault_is_told)
{
    struct query q;
    struct faults f = {0};
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, "contry=JP&year=x,2019,y&limit=0&limit=1", &q, &f),
                     QUERY_E_INVALID);
    ck_assert_uint_eq(f.n, 5);
    char value[400];
    memset(value, 'a', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, arena_printf(fixture.mem, "organization=%s", value), &q, &f),
                     QUERY_E_INVALID);
    ck_assert_uint_eq(strlen(f.list[0].value), LIMIT_FAULT_VALUE);
    for (size_t i = 0; i + 2 < sizeof value; i += 2)
        memcpy(value + i, "\xc3\xa9", 3);
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, arena_printf(fixture.mem, "organization=%s", value), &q, &f),
                     QUERY_E_INVALID);
    ck_assert_uint_eq(strlen(f.list[0].value), 2 * LIMIT_FAULT_VALUE);
}
END_TEST

START_TEST(faults_are_bounded)
{
    struct query q = {0};
    struct faults f = {0};
    char text[LIMIT_TARGET_BYTES] = "year=";
    struct arena *unbounded = fixture.mem;
    for (size_t n = strlen(text); n + 3 < sizeof text; n += 2)
        strcpy(text + n, "x,");
    fixture.mem = arena_new(LIMIT_REQUEST_MEMORY);
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, text, &q, &f), QUERY_E_INVALID);
    ck_assert_uint_eq(f.n, LIMIT_FAULTS);
    (void)arena_free(fixture.mem);
    fixture.mem = unbounded;
}
END_TEST

START_TEST(values_are_bounded)
{
    struct strbuf b = STRBUF_INIT;
    struct query q;
    struct faults f = {0};
    strbuf_adds(&b, "year=");
    for (int i = 0; i < LIMIT_VALUES; i++)
        strbuf_addf(&b, "%d,", 1950 + i);
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, b.data, &q, &f), 0);
    ck_assert_uint_eq(q.filters[FILTER_YEAR].n, LIMIT_VALUES);
    strbuf_adds(&b, "1900");
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, b.data, &q, &f), QUERY_E_INVALID);
    assert_text(f.list[0].detail, "too many values");
    strbuf_done(&b);
}
END_TEST

/* What is next to a question: F without VALUE, F as VALUE alone, another order. */
static const struct {
    const char *given;
    enum filter filter;
    const char *value;
    const char *without, *with;
} changes[] = {
    {"country=JP,US&year=2019&limit=3", FILTER_COUNTRY, "JP", "country=US&limit=3&year=2019",
     "country=JP&limit=3&year=2019"},
    {"country=JP,US&year=2019", FILTER_YEAR, "2019", "country=JP,US", "country=JP,US&year=2019"},
    {"country=JP&facet=year&sort=title&detail=full", FILTER_COUNTRY, "JP",
     "detail=full&facet=year&sort=title", "country=JP&detail=full&facet=year&sort=title"},
    {"date=2019&match=certain", FILTER_DATE, "2019", "", "date=2019&match=certain"},
    {"organization=a&reach=all", FILTER_ORGANIZATION, "a", "", "organization=a&reach=all"},
    {"affected_min=5&unit=any", FILTER_AFFECTED_MIN, "5", "", "affected_min=5&unit=any"},
    {"affected_min=5&unit=any&sort=affected", FILTER_AFFECTED_MIN, "5", "sort=affected&unit=any",
     "affected_min=5&sort=affected&unit=any"},
    {"q=a", FILTER_TEXT, "a", "", "q=a"},
    {"q=a&sort=-date", FILTER_TEXT, "a", "", "q=a&sort=-date"},
    {"q=a&country=JP", FILTER_COUNTRY, NULL, "country=JP&q=a", "country=none&q=a"},
};

START_TEST(questions_lie_next_to_each_other)
{
    struct query q;
    struct faults f;
    struct strbuf b = STRBUF_INIT;
    const char *value = changes[_i].value;
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, changes[_i].given, &q, &f), 0);
    strbuf_adds(&b, "");
    query_without(&q, changes[_i].filter, value ? value : "", &b);
    assert_text(b.data, changes[_i].without);
    strbuf_reset(&b);
    query_with(&q, changes[_i].filter, value, &b);
    assert_text(b.data, changes[_i].with);
    strbuf_done(&b);
}
END_TEST

START_TEST(orders_are_exchanged)
{
    struct query q;
    struct faults f;
    struct strbuf b = STRBUF_INIT;
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, "sort=-affected&unit=files&q=a&facet=year&limit=2", &q, &f),
                     0);
    query_sorted(&q, SORT_RELEVANCE, &b);
    assert_text(b.data, "facet=year&limit=2&q=a");
    strbuf_reset(&b);
    query_sorted(&q, SORT_LEAST_AFFECTED, &b);
    assert_text(b.data, "facet=year&limit=2&q=a&sort=affected&unit=files");
    strbuf_reset(&b);
    ck_assert_int_eq(query_read(QUERY_STATISTICS, "by=sector&q=a&country=JP", &q, &f), 0);
    struct query counted = query_counted(&q);
    query_with(&counted, FILTER_SECTOR, "44", &b);
    assert_text(b.data, "country=JP&duplicates=hide&q=a&sector=44");
    strbuf_done(&b);
}
END_TEST

START_TEST(what_is_compared_is_typed)
{
    struct query q;
    struct faults f;
    ck_assert_int_eq(query_read(QUERY_INCIDENTS,
                                "occurred=2019-02&disclosed=none&affected_max=7&unit=any&facet=organization",
                                &q, &f),
                     0);
    assert_text(q.dates[FILTER_OCCURRED - FILTER_DATE].earliest, "2019-02-01");
    assert_text(q.dates[FILTER_OCCURRED - FILTER_DATE].latest, "2019-02-28");
    ck_assert_ptr_null(q.dates[FILTER_DISCLOSED - FILTER_DATE].text);
    ck_assert(!q.affected_min.known && q.affected_max.known && q.affected_max.value == 7);
    ck_assert_int_eq(q.unit, QUERY_ANY_UNIT);
    ck_assert_uint_eq(q.facets, 1u << FACET_ORGANIZATION);
    ck_assert_uint_eq(q.facet_limit, LIMIT_FACET_DEFAULT);
    ck_assert_int_eq(query_read(QUERY_INCIDENTS, "unit=any", &q, &f), 0);
    ck_assert_int_eq(q.unit, UNIT_PEOPLE);
    ck_assert_int_eq(q.sort, SORT_NEWEST);
    ck_assert_int_eq(query_read(QUERY_DEALERS, "", &q, &f), 0);
    ck_assert_int_eq(q.sort, SORT_NAME);
    ck_assert_int_eq(query_read(QUERY_STATISTICS, "by=status&q=-b \"c d*\"", &q, &f), 0);
    ck_assert_int_eq(q.by, FACET_STATUS);
    ck_assert_uint_eq(q.search.n, 2);
    ck_assert(!q.search.terms[0].negated && q.search.terms[1].negated);
}
END_TEST

/* Cursors are bound to what decides on rows and their order, and to nothing else. */
START_TEST(identity_is_rows_and_order)
{
    struct query q;
    struct faults f;
    struct strbuf b = STRBUF_INIT;
    ck_assert_int_eq(
        query_read(QUERY_INCIDENTS,
                   "facet=year&facet_limit=3&limit=4&detail=full&country=JP&sort=-affected&unit=any", &q, &f),
        0);
    ck_assert_int_eq(query_identity(&q, &b), 0);
    assert_text(b.data, "incidents?country=JP&sort=-affected&unit=any");
    strbuf_done(&b);
}
END_TEST

/* Anything at all is either refused or has a canonical text that means itself. */
static const char *const soup_names[] = {"q",           "organization", "reach",        "role",
                                         "party_kind",  "country",      "sector",       "action",
                                         "actor",       "status",       "exposure",     "source_class",
                                         "dataset",     "year",         "date",         "occurred",
                                         "match",       "affected_min", "affected_max", "modified_since",
                                         "unit",        "sort",         "facet",        "limit",
                                         "facet_limit", "detail",       "by",           "after",
                                         "before",      "kind",         "brand",        "owner",
                                         "incident",    "duplicates",   "data_class",   "disclosed"};
static const char *const soup_values[] = {"none",
                                          "all",
                                          "group",
                                          "a",
                                          "JP",
                                          "us",
                                          "44",
                                          "4411",
                                          "2019",
                                          "2019-03/2020",
                                          "../2019",
                                          "2019~",
                                          "hide",
                                          "certain",
                                          "5",
                                          "7",
                                          "any",
                                          "files",
                                          "-affected",
                                          "relevance",
                                          "title",
                                          "name",
                                          "-date",
                                          "full",
                                          "year",
                                          "country,year,none",
                                          "breached,filer",
                                          "dealer",
                                          "hacking",
                                          "confirmed",
                                          "Toyota -\"x\" a*",
                                          "\"a b\" b*",
                                          "\xe3\x83\x88\xe3\x83\xa8",
                                          "\xef\xbc\xb4",
                                          "press",
                                          "names,none",
                                          "2019-03-29T12:00:00+05:30",
                                          "claim",
                                          "-",
                                          "\"",
                                          ",",
                                          "0",
                                          "\xc3\x9f\xcc\x81",
                                          "unknown"};

static uint32_t dice(uint32_t *state, uint32_t sides)
{
    *state = *state * 1664525 + 1013904223;
    return (*state >> 8) % sides;
}

START_TEST(any_soup_is_refused_or_canonical)
{
    uint32_t state = 4711;
    size_t taken = 0;
    for (int round = 0; round < 60000; round++) {
        struct argument args[8];
        struct query q, again;
        struct faults f;
        enum query_list list = (enum query_list)dice(&state, QUERY_PLAIN);
        size_t n = 1 + dice(&state, round % 2 ? 8 : 3);
        for (size_t i = 0; i < n; i++)
            args[i] = (struct argument){soup_names[dice(&state, sizeof soup_names / sizeof *soup_names)],
                                        soup_values[dice(&state, sizeof soup_values / sizeof *soup_values)]};
        int r = query_parse(list, args, n, "cafe", fixture.mem, &q, &f);
        ck_assert_int_ge(r, 0);
        if (r == QUERY_E_INVALID) {
            ck_assert_uint_gt(f.n, 0);
            continue;
        }
        taken++;
        const char *text = query_text(&q, false);
        r = query_read(list, text, &again, &f);
        ck_assert_msg(r == 0, "%s: %s", text, r ? f.list[0].detail : "");
        assert_text(query_text(&again, false), text);
        query_teardown();
        query_setup();
    }
    ck_assert_uint_gt(taken, 1000);
}
END_TEST

/* A facet's parameter has the facet's name. */
START_TEST(facets_are_filters)
{
    for (unsigned f = 0; f < _FACET_N; f++)
        assert_text(filter_name(facet_filter((enum facet)f)), vocab_id(&vocab_facet, f));
}
END_TEST

START_TEST(memory_running_out_is_an_error)
{
    struct arena *whole = fixture.mem;
    for (size_t room = 0; room < 400; room += 7) {
        struct argument args[] = {{"country", "JP,US"}, {"contry", "x"}};
        struct query q;
        struct faults f;
        fixture.mem = arena_new(room);
        int r = query_parse(QUERY_INCIDENTS, args, 2, "cafe", fixture.mem, &q, &f);
        ck_assert(r == QUERY_E_INVALID || r < 0);
        arena_free(fixture.mem);
    }
    fixture.mem = whole;
}
END_TEST

int main(void)
{
    Suite *s = suite_create("query");
    TCase *tc = tcase_create("query");
    tcase_add_checked_fixture(tc, query_setup, query_teardown);
    SUITE_LOOP(tc, equivalent_requests_have_one_text, good);
    SUITE_LOOP(tc, faults_name_parameter_and_mend, bad);
    tcase_add_test(tc, every_fault_is_told);
    tcase_add_test(tc, faults_are_bounded);
    tcase_add_test(tc, values_are_bounded);
    SUITE_LOOP(tc, questions_lie_next_to_each_other, changes);
    tcase_add_test(tc, orders_are_exchanged);
    tcase_add_test(tc, what_is_compared_is_typed);
    tcase_add_test(tc, identity_is_rows_and_order);
    tcase_add_test(tc, any_soup_is_refused_or_canonical);
    tcase_add_test(tc, facets_are_filters);
    tcase_add_test(tc, memory_running_out_is_an_error);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
