/* SPDX-License-Identifier: MIT */
/* Parameters, canonical text, cursors. */
#include "query/cursor.h"
#include "query/params.h"
#include "suite.h"
#include "util/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct arena *mem;

static void setup(void)
{
    mem = arena_new(0);
}

static void teardown(void)
{
    mem = arena_free(mem);
}

/* "a=1&b=2" as arguments, undecoded. */
static size_t split(const char *text, struct argument *ret)
{
    size_t n = 0;
    char *save = NULL, *copy = arena_strdup(mem, text);
    for (char *p = strtok_r(copy, "&", &save); p; p = strtok_r(NULL, "&", &save)) {
        char *eq = strchr(p, '=');
        *eq = '\0';
        ret[n++] = (struct argument){p, eq + 1};
    }
    return n;
}

static int parse(enum query_list list, const char *text, struct query *q, struct faults *f)
{
    struct argument args[LIMIT_ARGUMENTS];
    size_t n = split(text, args);
    return query_parse(list, args, n, "cafe", mem, q, f);
}

static const char *canonical(const struct query *q, bool with_page)
{
    struct strbuf b = STRBUF_INIT;
    query_canonical(q, with_page, &b);
    const char *text = arena_strdup(mem, b.size ? b.data : "");
    strbuf_done(&b);
    return text;
}

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
    {QUERY_PLAIN, "utm_campaign=spring", ""},
};

START_TEST(equivalent_requests_have_one_text)
{
    struct query q = {0};
    struct faults f = {0};
    ck_assert_msg(parse(good[_i].list, good[_i].given, &q, &f) == 0, "%s: %s", good[_i].given,
                  f.n ? f.list[0].detail : "");
    assert_text(canonical(&q, true), good[_i].canonical);
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
    {QUERY_INCIDENTS, "sort=name", "sort", "not an order of this list", "-date"},
    {QUERY_INCIDENTS, "after=%%%", "after",
     "not a cursor of this service: take it from the page's next or prev link", NULL},
    {QUERY_INCIDENTS, "after=AAAA", "after",
     "not a cursor of this service: take it from the page's next or prev link", NULL},
};

START_TEST(faults_name_parameter_and_mend)
{
    struct query q = {.limit = 4711};
    struct faults f = {0};
    ck_assert_int_eq(parse(bad[_i].list, bad[_i].given, &q, &f), QUERY_E_INVALID);
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
    ck_assert_int_eq(parse(QUERY_INCIDENTS, "contry=JP&year=x,2019,y&limit=0&limit=1", &q, &f),
                     QUERY_E_INVALID);
    ck_assert_uint_eq(f.n, 5);
    char value[400];
    memset(value, 'a', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    ck_assert_int_eq(parse(QUERY_INCIDENTS, arena_printf(mem, "organization=%s", value), &q, &f),
                     QUERY_E_INVALID);
    ck_assert_uint_eq(strlen(f.list[0].value), LIMIT_FAULT_VALUE);
    for (size_t i = 0; i + 2 < sizeof value; i += 2)
        memcpy(value + i, "\xc3\xa9", 3);
    ck_assert_int_eq(parse(QUERY_INCIDENTS, arena_printf(mem, "organization=%s", value), &q, &f),
                     QUERY_E_INVALID);
    ck_assert_uint_eq(strlen(f.list[0].value), 2 * LIMIT_FAULT_VALUE);
}
END_TEST

START_TEST(faults_are_bounded)
{
    struct query q = {0};
    struct faults f = {0};
    char text[LIMIT_TARGET_BYTES] = "year=";
    struct arena *unbounded = mem;
    for (size_t n = strlen(text); n + 3 < sizeof text; n += 2)
        strcpy(text + n, "x,");
    mem = arena_new(LIMIT_REQUEST_MEMORY);
    ck_assert_int_eq(parse(QUERY_INCIDENTS, text, &q, &f), QUERY_E_INVALID);
    ck_assert_uint_eq(f.n, LIMIT_FAULTS);
    (void)arena_free(mem);
    mem = unbounded;
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
    ck_assert_int_eq(parse(QUERY_INCIDENTS, b.data, &q, &f), 0);
    ck_assert_uint_eq(q.filters[FILTER_YEAR].n, LIMIT_VALUES);
    strbuf_adds(&b, "1900");
    ck_assert_int_eq(parse(QUERY_INCIDENTS, b.data, &q, &f), QUERY_E_INVALID);
    assert_text(f.list[0].detail, "too many values");
    strbuf_done(&b);
}
END_TEST

START_TEST(a_filter_is_removed_by_value)
{
    struct query q;
    struct faults f;
    struct strbuf b = STRBUF_INIT;
    ck_assert_int_eq(parse(QUERY_INCIDENTS, "country=JP,US&year=2019&limit=3", &q, &f), 0);
    query_without(&q, FILTER_COUNTRY, "JP", &b);
    assert_text(b.data, "country=US&year=2019");
    strbuf_reset(&b);
    query_without(&q, FILTER_YEAR, "2019", &b);
    assert_text(b.data, "country=JP,US");
    strbuf_done(&b);
}
END_TEST

static const char *encode(const struct cursor *c, const char *query, const char *catalogue)
{
    struct strbuf b = STRBUF_INIT;
    cursor_encode(c, query, catalogue, &b);
    const char *text = arena_strdup(mem, b.data);
    strbuf_done(&b);
    return text;
}

/* A facet's parameter has the facet's name. */
START_TEST(facets_are_filters)
{
    for (unsigned f = 0; f < _FACET_N; f++)
        assert_text(filter_name(facet_filter((enum facet)f)), vocab_id(&vocab_facet, f));
}
END_TEST

START_TEST(a_cursor_comes_back)
{
    static const struct cursor cursors[] = {{1, {"x"}},
                                            {2, {"東京トヨペット", "tokyo-toyopet"}},
                                            {3, {"2019-03-29", "2019-03-29", "a"}},
                                            {4, {"", "", "b", "12"}}};
    for (size_t i = 0; i < 4; i++) {
        struct cursor got;
        bool changed = true;
        const char *text = encode(&cursors[i], "incidents?", "cafe");
        ck_assert_uint_eq(strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
                          strlen(text));
        ck_assert_int_eq(cursor_decode(text, "incidents?", "cafe", mem, &got, &changed), 0);
        ck_assert(!changed);
        ck_assert_uint_eq(got.n, cursors[i].n);
        for (size_t k = 0; k < got.n; k++)
            assert_text(got.keys[k], cursors[i].keys[k]);
        ck_assert_int_eq(cursor_decode(text, "incidents?", "beef", mem, &got, &changed), 0);
        ck_assert(changed);
        ck_assert_int_eq(cursor_decode(text, "incidents?year=2019", "cafe", mem, &got, &changed),
                         CURSOR_E_QUERY);
    }
}
END_TEST

/* Any change of one character is refused or still decodes to keys: never a crash, never unbounded. */
START_TEST(a_cursor_mutated_is_refused_or_harmless)
{
    const struct cursor c = {3, {"2019-03-29", "2019-03-29", "2019-03-toyota-japan-sales-subsidiaries"}};
    const char *text = encode(&c, "incidents?", "cafe");
    size_t refused = 0, n = strlen(text);
    for (size_t i = 0; i < n; i++)
        for (int ch = 1; ch < 256; ch++) {
            struct cursor got;
            bool changed;
            char *bad_text = arena_strdup(mem, text);
            bad_text[i] = (char)ch;
            int r = cursor_decode(bad_text, "incidents?", "cafe", mem, &got, &changed);
            ck_assert_int_ge(r, 0);
            refused += r != 0;
        }
    ck_assert_uint_gt(refused, n * 190);
    for (size_t i = 0; i < n; i++) {
        struct cursor got;
        bool changed;
        int r = cursor_decode(arena_strndup(mem, text, i), "incidents?", "cafe", mem, &got, &changed);
        ck_assert(r != 0 ||
                  got.n < c.n); /* cut between keys: the wrong number is refused with the parameters */
    }
}
END_TEST

START_TEST(cursors_are_for_their_list)
{
    struct query q;
    struct faults f;
    const struct cursor three = {3, {"2019", "2019", "x"}};
    const char *text = encode(&three, "incidents?year=2019", "cafe");
    ck_assert_int_eq(parse(QUERY_INCIDENTS, arena_printf(mem, "year=2019&after=%s", text), &q, &f), 0);
    ck_assert_uint_eq(q.after.n, 3);
    ck_assert(!q.catalogue_changed);
    ck_assert_int_eq(parse(QUERY_INCIDENTS, arena_printf(mem, "after=%s", text), &q, &f), QUERY_E_INVALID);
    assert_text(f.list[0].detail, "a cursor of another query: begin again without it");
    ck_assert_int_eq(parse(QUERY_TIMELINE, arena_printf(mem, "after=%s", text), &q, &f), QUERY_E_INVALID);
    ck_assert_int_eq(
        parse(QUERY_INCIDENTS, arena_printf(mem, "year=2019&after=%s&before=%s", text, text), &q, &f),
        QUERY_E_INVALID);
    assert_text(f.list[0].detail, "not together with after");
    const struct cursor two = {2, {"2019", "x"}};
    text = encode(&two, "incidents?", "cafe");
    ck_assert_int_eq(parse(QUERY_INCIDENTS, arena_printf(mem, "after=%s", text), &q, &f), QUERY_E_INVALID);
    text = encode(&three, "incidents?", "beef");
    ck_assert_int_eq(parse(QUERY_INCIDENTS, arena_printf(mem, "before=%s", text), &q, &f), 0);
    ck_assert(q.catalogue_changed);
}
END_TEST

START_TEST(memory_running_out_is_an_error)
{
    struct arena *whole = mem;
    for (size_t room = 0; room < 400; room += 7) {
        struct argument args[] = {{"country", "JP,US"}, {"contry", "x"}};
        struct query q;
        struct faults f;
        mem = arena_new(room);
        int r = query_parse(QUERY_INCIDENTS, args, 2, "cafe", mem, &q, &f);
        ck_assert(r == QUERY_E_INVALID || r < 0);
        arena_free(mem);
    }
    mem = whole;
}
END_TEST

int main(void)
{
    Suite *s = suite_create("query");
    TCase *tc = tcase_create("query");
    tcase_add_checked_fixture(tc, setup, teardown);
    SUITE_LOOP(tc, equivalent_requests_have_one_text, good);
    SUITE_LOOP(tc, faults_name_parameter_and_mend, bad);
    tcase_add_test(tc, every_fault_is_told);
    tcase_add_test(tc, faults_are_bounded);
    tcase_add_test(tc, values_are_bounded);
    tcase_add_test(tc, a_filter_is_removed_by_value);
    tcase_add_test(tc, facets_are_filters);
    tcase_add_test(tc, a_cursor_comes_back);
    tcase_add_test(tc, a_cursor_mutated_is_refused_or_harmless);
    tcase_add_test(tc, cursors_are_for_their_list);
    tcase_add_test(tc, memory_running_out_is_an_error);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
