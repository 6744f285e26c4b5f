/* SPDX-License-Identifier: MIT */
/* Filters in combination, every order walked both ways, and facets, on the small catalogue. */
#include "query/params.h"
#include "storage/sqlite_reader.h"
#include "storage_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fixture fixture;
static struct storage *storage;
static struct storage_reader *reader;
static struct arena *mem;

static void make_catalogue(void)
{
    fixture_init(&fixture);
    fixture_catalogue(fixture.path, "abc", NULL);
}

static void remove_catalogue(void)
{
    fixture_done(&fixture);
}

static void set_up(void)
{
    storage = fixture_open(fixture.path);
    ck_assert_int_eq(storage_lease(storage, 60000, &reader), 0);
    mem = arena_new(0);
}

static void tear_down(void)
{
    mem = arena_free(mem);
    reader = storage_return(reader);
    storage = storage_free(storage);
}

/* TEXT as in a URL, but without escapes. */
static struct query parse(enum query_list list, const char *text)
{
    struct argument arguments[16];
    struct faults faults = {0};
    struct query q;
    size_t n = 0;
    char *copy = arena_strdup(mem, text), *save = NULL;
    for (char *pair = strtok_r(copy, "&", &save); pair; pair = strtok_r(NULL, "&", &save)) {
        char *equals = strchr(pair, '=');
        *equals = '\0';
        arguments[n++] = (struct argument){pair, equals + 1};
    }
    int r = query_parse(list, arguments, n, "abc", mem, &q, &faults);
    ck_assert_msg(r == 0, "%s: %s %s", text, faults.n ? faults.list[0].parameter : "",
                  faults.n ? faults.list[0].detail : "");
    return q;
}

/* One page's ids, and what it says of itself. */
static const char *page_of(const struct query *q, struct page_info *ret)
{
    const char *text = "";
    if (q->list == QUERY_INCIDENTS) {
        struct incident_page p;
        ck_assert_int_eq(storage_list_incidents(reader, q, ROWS_AS_MODEL, mem, &p), 0);
        for (size_t i = 0; i < p.n; i++)
            text = arena_printf(mem, "%s%s%s", text, i ? " " : "", p.rows[i].id);
        *ret = p.page;
    } else if (q->list == QUERY_TIMELINE) {
        struct event_page p;
        ck_assert_int_eq(storage_list_events(reader, q, mem, &p), 0);
        for (size_t i = 0; i < p.n; i++)
            text = arena_printf(mem, "%s%s%s", text, i ? " " : "", p.items[i].event.id);
        *ret = p.page;
    } else {
        struct org_page p;
        ck_assert_int_eq(storage_list_organizations(reader, q, mem, &p), 0);
        for (size_t i = 0; i < p.n; i++)
            text = arena_printf(mem, "%s%s%s", text, i ? " " : "", p.rows[i].id);
        *ret = p.page;
    }
    return text;
}

#define BY_ID   "newest open-earliest open-latest same-a same-b twin undated-a undated-b"
#define UNSIZED "open-earliest open-latest same-b undated-a undated-b"
#define NEWEST  "newest open-latest same-a same-b twin open-earliest undated-a undated-b"

static const struct {
    enum query_list list;
    const char *query, *ids;
} lists[] = {
    {QUERY_INCIDENTS, "", NEWEST},
    {QUERY_INCIDENTS, "sort=date", "open-earliest twin same-b same-a open-latest newest undated-a undated-b"},
    {QUERY_INCIDENTS, "sort=-affected", "twin same-a newest " UNSIZED},
    {QUERY_INCIDENTS, "sort=affected", "newest same-a twin " UNSIZED},
    {QUERY_INCIDENTS, "sort=affected&unit=any", "newest same-a twin " UNSIZED},
    {QUERY_INCIDENTS, "sort=-affected&unit=accounts", BY_ID},
    {QUERY_INCIDENTS, "sort=-modified", BY_ID},
    {QUERY_INCIDENTS, "sort=modified", BY_ID},
    {QUERY_INCIDENTS, "sort=title", BY_ID},
    {QUERY_INCIDENTS, "sort=-affected&status=confirmed,disputed", "same-a newest same-b"},
    {QUERY_INCIDENTS, "sort=date&country=US,none",
     "open-earliest same-b same-a open-latest newest undated-a undated-b"},
    {QUERY_INCIDENTS, "sort=title&status=withdrawn", "merged tombstone"},

    {QUERY_INCIDENTS, "date=2022", "open-latest same-a same-b"},
    {QUERY_INCIDENTS, "date=2022&match=certain", "same-a same-b"},
    {QUERY_INCIDENTS, "date=2030", "open-latest"},
    {QUERY_INCIDENTS, "date=2019/2020", "twin open-earliest"},
    {QUERY_INCIDENTS, "date=2019/2020&match=certain", "twin"},
    {QUERY_INCIDENTS, "date=[..2019-12-31]&match=certain", "open-earliest"},
    {QUERY_INCIDENTS, "date=[2022..]&match=certain", "newest open-latest same-a same-b"},
    {QUERY_INCIDENTS, "date=0001", "open-earliest"},
    {QUERY_INCIDENTS, "date=none", "undated-a undated-b"},
    {QUERY_INCIDENTS, "occurred=2023-04-22", "newest"},
    {QUERY_INCIDENTS, "occurred=2023-04-22&match=certain", ""},
    {QUERY_INCIDENTS, "occurred=2023-04&match=certain", "newest"},
    {QUERY_INCIDENTS, "occurred=none&year=2022", "open-latest same-a same-b"},
    {QUERY_INCIDENTS, "contained=2020", ""},

    {QUERY_INCIDENTS, "affected_min=5000000", "same-a twin"},
    {QUERY_INCIDENTS, "affected_max=5000000", "newest same-a"},
    {QUERY_INCIDENTS, "affected_min=5000000&affected_max=5000000", "same-a"},
    {QUERY_INCIDENTS, "affected_min=0&unit=accounts", ""},
    {QUERY_INCIDENTS, "affected_min=9007199254740991&unit=any", ""},
    {QUERY_INCIDENTS, "affected_max=9007199254740991&unit=any", "newest same-a twin"},
    {QUERY_INCIDENTS, "modified_since=2024-01-02",
     "newest open-latest same-a same-b tombstone merged twin open-earliest undated-a undated-b"},
    {QUERY_INCIDENTS, "modified_since=2024-01-02T00:00:01Z", ""},
    {QUERY_INCIDENTS, "duplicates=hide",
     "newest open-latest same-a same-b open-earliest undated-a undated-b"},

    {QUERY_INCIDENTS, "action=malware", "newest"},
    {QUERY_INCIDENTS, "action=none&year=2022,2023", "open-latest same-a same-b"},
    {QUERY_INCIDENTS, "data_class=names,medical", "newest"},
    {QUERY_INCIDENTS, "data_class=payment-cards", ""}, /* denied */
    {QUERY_INCIDENTS, "source_class=press", "newest"},
    {QUERY_INCIDENTS, "source_class=regulator,company", "newest same-a"},
    {QUERY_INCIDENTS, "source_class=none&year=2022", "open-latest same-b"},
    {QUERY_INCIDENTS, "sector=44", "newest same-a"},
    {QUERY_INCIDENTS, "sector=441110", "newest same-a"},
    {QUERY_INCIDENTS, "sector=45", ""},
    {QUERY_INCIDENTS, "sector=none&country=JP", "twin"},
    {QUERY_INCIDENTS, "actor=apt32", "newest same-a"},

    /* One and the same party is of that organisation, kind and role. */
    {QUERY_INCIDENTS, "organization=acme-auto&role=breached", "newest"},
    {QUERY_INCIDENTS, "organization=acme-auto&role=breached,customers_exposed", "newest same-a"},
    {QUERY_INCIDENTS, "organization=acme-auto&role=vendor", ""},
    {QUERY_INCIDENTS, "organization=delta-parts&party_kind=dealer", ""},
    {QUERY_INCIDENTS, "organization=delta-parts&party_kind=supplier&role=vendor", "newest"},
    {QUERY_INCIDENTS, "party_kind=dealer&role=vendor", ""},
    {QUERY_INCIDENTS, "party_kind=supplier&role=vendor", "newest"},
    {QUERY_INCIDENTS, "party_kind=none,supplier&role=vendor", "newest"},
    {QUERY_INCIDENTS, "role=disrupted", "open-latest twin"},
    {QUERY_INCIDENTS, "organization=none&party_kind=dealer", "open-latest"},
    {QUERY_INCIDENTS, "organization=none,big-cars&role=disrupted", "open-latest twin"},
    {QUERY_INCIDENTS, "organization=acme-auto&reach=group", "newest same-a"},
    {QUERY_INCIDENTS, "organization=acme-auto&reach=all", "newest same-a open-earliest"},
    {QUERY_INCIDENTS, "organization=corp-group&reach=group", "newest same-a open-earliest"},
    {QUERY_INCIDENTS, "organization=corp-group&reach=group&role=customers_exposed", "same-a"},
    {QUERY_INCIDENTS, "organization=corp-group&reach=all&party_kind=supplier", "newest"},
    {QUERY_INCIDENTS, "organization=corp-group&reach=group&party_kind=supplier", ""},

    {QUERY_TIMELINE, "kind=leak,statement", "statement-2023-05-02 leak-2022-01-01"},
    {QUERY_TIMELINE, "kind=leak,statement,other", "statement-2023-05-02 leak-2022-01-01 other-undated"},
    {QUERY_TIMELINE, "date=2023-04&match=certain", "intrusion-2023-04-20-to-2023-04-25"},
    {QUERY_TIMELINE, "date=2023-04-21&match=certain", ""},
    {QUERY_TIMELINE, "date=none", "other-undated"},
    {QUERY_TIMELINE, "incident=same-a&kind=leak", "leak-2022-01-01"},
    {QUERY_TIMELINE, "organization=corp-group&reach=group&kind=leak,statement",
     "statement-2023-05-02 leak-2022-01-01"},

    {QUERY_ORGANIZATIONS, "", "acme-auto big-cars corp-group delta-parts eta-motors"},
    {QUERY_ORGANIZATIONS, "brand=TOYOTA", "acme-auto"},
    {QUERY_ORGANIZATIONS, "owner=corp-group", "acme-auto"},
    {QUERY_ORGANIZATIONS, "owner=none&kind=supplier,automaker", "delta-parts eta-motors"},
    {QUERY_ORGANIZATIONS, "owner=corp-group,none&country=US", "acme-auto corp-group"},
    {QUERY_ORGANIZATIONS, "sort=-incidents", "acme-auto corp-group big-cars delta-parts eta-motors"},
    {QUERY_ORGANIZATIONS, "sort=-date", "acme-auto delta-parts big-cars corp-group eta-motors"},
    {QUERY_DEALERS, "sort=-incidents", "acme-auto corp-group big-cars"},
};

/* Appends a page to what was walked so far, or puts it before. */
static const char *join(const char *walked, const char *page, bool before)
{
    if (!*walked || !*page)
        return *walked ? walked : page;
    return before ? arena_printf(mem, "%s %s", page, walked) : arena_printf(mem, "%s %s", walked, page);
}

/* From one end of Q's list to the other. */
static const char *walk(struct query q, bool backwards, size_t total)
{
    const char *walked = "";
    struct page_info page;
    if (backwards) { /* from after the last row: all but that one come back */
        q.limit = 200;
        walked = page_of(&q, &page);
        q.before = page.last;
        const char *last = strrchr(walked, ' ');
        walked = last ? last + 1 : walked;
        q.limit = 2;
    }
    for (bool more = true; more;) {
        const char *ids = page_of(&q, &page);
        walked = join(walked, ids, backwards);
        ck_assert_uint_eq(page.total, total);
        more = backwards ? page.has_prev : page.has_next;
        if (backwards)
            q.before = page.first;
        else
            q.after = page.last;
    }
    return walked;
}

START_TEST(lists_by_query)
{
    struct query q = parse(lists[_i].list, lists[_i].query);
    struct page_info page;
    assert_text(page_of(&q, &page), lists[_i].ids);
    ck_assert_int_eq(page.sort, q.sort);
    for (q.limit = 1; q.limit <= 3; q.limit++)
        assert_text(walk(q, false, page.total), lists[_i].ids);
    if (page.total > 1)
        assert_text(walk(q, true, page.total), lists[_i].ids);
}
END_TEST

/* Two that were changed after all others, which were changed at one time. */
#define CHANGES                                                                                              \
    "UPDATE incident SET modified = '2024-03-01T00:00:00Z' WHERE id IN ('same-a', 'tombstone');"             \
    "UPDATE incident SET modified = '2024-04-01T00:00:00Z' WHERE id = 'same-b'"

static void make_changed(void)
{
    fixture_init(&fixture);
    fixture_catalogue(fixture.path, "abc", CHANGES);
}

static const struct {
    enum query_list list;
    const char *query;
    size_t limit, total;
    const char *ids;
} changes[] = {
    {QUERY_INCIDENTS, "sort=title&limit=1", 50, 8,
     "same-b same-a newest open-latest twin open-earliest undated-a undated-b"},
    {QUERY_INCIDENTS, "", 8, 8, "same-b same-a newest open-latest twin open-earliest undated-a undated-b"},
    {QUERY_INCIDENTS, "", 3, 8, "same-b same-a newest"},
    {QUERY_INCIDENTS, "", 2, 8, "same-b same-a"},
    {QUERY_INCIDENTS, "", 1, 8, "same-b"},
    {QUERY_INCIDENTS, "status=withdrawn", 50, 2, "tombstone merged"},
    {QUERY_INCIDENTS, "modified_since=2024-03-01", 50, 3, "same-b same-a tombstone"},
    {QUERY_INCIDENTS, "organization=acme-auto&reach=all", 50, 3, "same-a newest open-earliest"},
    {QUERY_INCIDENTS, "country=FR", 50, 0, ""},
    {QUERY_TIMELINE, "kind=leak,statement", 50, 2, "leak-2022-01-01 statement-2023-05-02"},
    {QUERY_TIMELINE, "kind=leak,statement", 1, 2, "leak-2022-01-01"},
    {QUERY_TIMELINE, "kind=settlement", 50, 0, ""},
};

START_TEST(what_changed_last)
{
    struct query q = parse(changes[_i].list, changes[_i].query);
    const char *text = "";
    struct page_info page;
    if (q.list == QUERY_INCIDENTS) {
        struct incident_page p;
        ck_assert_int_eq(storage_list_changed_incidents(reader, &q, changes[_i].limit, mem, &p), 0);
        for (size_t i = 0; i < p.n; i++)
            text = join(text, p.rows[i].id, false);
        page = p.page;
    } else {
        struct event_page p;
        ck_assert_int_eq(storage_list_changed_events(reader, &q, changes[_i].limit, mem, &p), 0);
        for (size_t i = 0; i < p.n; i++)
            text = join(text, p.items[i].event.id, false);
        page = p.page;
        ck_assert(!p.n || strcmp(p.items[0].modified, "2024-03-01T00:00:00Z") == 0);
    }
    assert_text(text, changes[_i].ids);
    ck_assert_uint_eq(page.total, changes[_i].total);
    ck_assert_int_eq(page.has_next, changes[_i].limit < changes[_i].total);
}
END_TEST

/* A place between rows: what a cursor says need not be a row of this catalogue, or not stand where it did. */
static const struct {
    const char *query;
    struct cursor after;
    const char *ids;
} places[] = {
    {"sort=-affected", {2, {"5000000", "gone"}}, "same-a newest " UNSIZED},
    {"sort=-affected", {2, {"5000000", "zzz"}}, "newest " UNSIZED},
    {"sort=-affected", {2, {"5000000", "twin"}}, "newest " UNSIZED}, /* twin's size is another now */
    {"sort=-affected", {2, {"1", "a"}}, UNSIZED},
    {"sort=-affected", {2, {"", "same"}}, "same-b undated-a undated-b"},
    {"sort=affected", {2, {"3100000", "newest"}}, "same-a twin " UNSIZED},
    {"sort=title", {2, {"title of same-a", "same-a"}}, "same-b twin undated-a undated-b"},
    {"sort=title", {2, {"title of same-a", "same-aa"}}, "same-b twin undated-a undated-b"},
    {"sort=title", {2, {"title of s", "x"}}, "same-a same-b twin undated-a undated-b"},
    {"sort=title", {2, {"zzz", "zzz"}}, ""},
    {"sort=modified", {2, {"2024-01-01T00:00:00Z", "zzz"}}, BY_ID},
    {"sort=modified", {2, {"2024-01-02T00:00:00Z", "same-b"}}, "twin undated-a undated-b"},
    {"sort=-modified", {2, {"2024-01-01T00:00:00Z", "a"}}, ""},
    {"sort=date",
     {3, {"2020-01-01", "2020-12-31", "twin"}},
     "same-b same-a open-latest newest undated-a undated-b"},
    {"sort=date",
     {3, {"2021-01-01", "2021-01-01", "gone"}},
     "same-b same-a open-latest newest undated-a undated-b"},
    {"sort=date", {3, {"", "", "undated-a"}}, "undated-b"},
    {"", {3, {"2021-01-01", "2021-01-01", "gone"}}, "twin open-earliest undated-a undated-b"},
    {"", {3, {"2022-01-01", "2022-01-01", "same-a"}}, "same-b twin open-earliest undated-a undated-b"},
};

START_TEST(a_cursor_stands_between_rows)
{
    struct query q = parse(QUERY_INCIDENTS, places[_i].query);
    struct page_info page;
    q.after = places[_i].after;
    assert_text(page_of(&q, &page), places[_i].ids);
    ck_assert_uint_eq(page.total, 8);
    ck_assert_int_eq(page.has_prev, strcmp(places[_i].ids, BY_ID) != 0);
}
END_TEST

static const struct {
    const char *query, *counts;
} facets[] = {
    {"facet=country", "US=3 JP=1 ?=4"},
    {"facet=sector", "44=2 ?=6"},
    {"facet=action", "hacking=1 malware=1 ?=7"},
    {"facet=actor", "apt32(APT32)=2 ?=6"},
    {"facet=data_class", "emails=1 names=1 ?=7"},
    {"facet=status", "claimed=3 confirmed=2 suspected=2 disputed=1"},
    {"facet=exposure", "unknown=5 confirmed=2 claimed=1"},
    {"facet=dataset", "bundled(Bundled)=6 vcdb(VCDB)=2"},
    {"facet=year", "2022=3 2019=1 2020=1 2023=1 ?=2"},
    {"facet=party_kind", "dealer=4 dealer_group=1 supplier=1 ?=3"},
    {"facet=organization",
     "acme-auto(Acme Auto)=2 big-cars(Big Cars)=2 corp-group(Corp Group)=1 delta-parts(delta parts)=1 ?=4"},
    {"facet=year,country&facet_limit=1", "US=3 ?=4 / 2022=3 ?=2"},
    {"facet=country&country=JP", "US=3 JP=1 ?=4"}, /* a facet's own filter does not narrow it */
    {"facet=status&country=US", "confirmed=2 suspected=1"},
    {"facet=status&status=withdrawn", "claimed=3 confirmed=2 suspected=2 withdrawn=2 disputed=1"},
    {"facet=status&modified_since=2024-01-01", "claimed=3 confirmed=2 suspected=2 withdrawn=2 disputed=1"},
    {"facet=organization&organization=acme-auto&role=breached",
     "acme-auto(Acme Auto)=1 big-cars(Big Cars)=1 corp-group(Corp Group)=1"},
    {"facet=party_kind&organization=acme-auto", "dealer=2"},
    {"facet=party_kind&role=vendor", "supplier=1"},
    {"facet=organization&status=withdrawn", "acme-auto(Acme Auto)=1 ?=1"},
    {"facet=data_class&date=2023", "emails=1 names=1 ?=1"},
    {"facet=country&q=nothing", ""},
};

START_TEST(facets_by_query)
{
    struct query q = parse(QUERY_INCIDENTS, facets[_i].query);
    struct facet_counts *counts;
    size_t n;
    const char *text = "";
    ck_assert_int_eq(storage_count_facets(reader, &q, mem, &counts, &n), 0);
    for (size_t f = 0; f < n; f++) {
        text = f ? arena_printf(mem, "%s /", text) : text;
        for (size_t i = 0; i < counts[f].n; i++) {
            const struct facet_value *x = &counts[f].values[i];
            text = arena_printf(mem, "%s%s%s%s%s%s=%zu", text, *text ? " " : "", x->value ? x->value : "?",
                                x->name ? "(" : "", x->name ? x->name : "", x->name ? ")" : "", x->count);
        }
    }
    assert_text(text, facets[_i].counts);
}
END_TEST

/* Whatever byte of a stored set is changed, an answer says so or is as it was: none is wrong. */
START_TEST(a_damaged_set_is_no_answer)
{
    char sql[256];
    struct query q = parse(QUERY_INCIDENTS, "country=US&sort=-affected&facet=country");
    (void)snprintf(
        sql, sizeof sql,
        "UPDATE rowset SET bytes = CAST(substr(bytes, 1, %d) || x'%02x' || substr(bytes, %d) AS BLOB) "
        "WHERE (name = 'country' AND value = 'US') OR (name = 'size' AND value = 'known')",
        _i, 0x55 + _i, _i + 2);
    fixture_run(fixture.path, sql);
    struct storage *st = fixture_open(fixture.path);
    struct storage_reader *rd;
    struct incident_page page = {.n = 77};
    struct facet_counts *counts;
    size_t n;
    ck_assert_int_eq(storage_lease(st, 60000, &rd), 0);
    ck_assert_int_eq(storage_list_incidents(rd, &q, ROWS_AS_MODEL, mem, &page), STORAGE_E_CORRUPT);
    ck_assert_uint_eq(page.n, 77);
    ck_assert_int_eq(storage_count_facets(rd, &q, mem, &counts, &n), STORAGE_E_CORRUPT);
    q = parse(QUERY_INCIDENTS, "country=JP");
    ck_assert_int_eq(storage_list_incidents(rd, &q, ROWS_AS_MODEL, mem, &page), 0);
    ck_assert_uint_eq(page.n, 1);
    storage_return(rd);
    storage_free(st);
}
END_TEST

/* What a question takes is bounded, and by far more than any that may be asked needs. */
static void assert_answered(const struct query *q, size_t least)
{
    struct incident_page p;
    struct facet_counts *counts;
    size_t n;
    ck_assert_int_eq(storage_list_incidents(reader, q, ROWS_AS_MODEL, mem, &p), 0);
    ck_assert_uint_ge(p.page.total, least);
    ck_assert_int_eq(storage_count_facets(reader, q, mem, &counts, &n), 0);
}

START_TEST(many_organizations_and_all_around_them_are_found)
{
    const char *ids[LIMIT_VALUES];
    struct query q = parse(QUERY_INCIDENTS, "organization=acme-auto&reach=all&facet=organization,country");
    for (size_t i = 0; i < LIMIT_VALUES; i++)
        ids[i] = i % 2 ? "acme-auto" : "corp-group";
    q.filters[FILTER_ORGANIZATION] = (struct filter_values){ids, LIMIT_VALUES};
    storage->info.organizations = 1000000; /* as many as a large catalogue has */
    assert_answered(&q, 3);
}
END_TEST

START_TEST(many_values_find_what_each_finds)
{
    struct page_info some, all;
    struct query few = parse(QUERY_INCIDENTS, "country=US,JP,none"),
                 many = parse(QUERY_INCIDENTS, "country=US,JP,none,AD,AE,AF,AG,AL,AM,AO");
    assert_text(page_of(&many, &all), page_of(&few, &some));
    ck_assert_uint_eq(all.total, some.total);
    ck_assert_uint_gt(all.total, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("storage_lists");
    TCase *tc = tcase_create("lists");
    tcase_add_unchecked_fixture(tc, make_catalogue, remove_catalogue);
    tcase_add_checked_fixture(tc, set_up, tear_down);
    SUITE_LOOP(tc, lists_by_query, lists);
    SUITE_LOOP(tc, a_cursor_stands_between_rows, places);
    SUITE_LOOP(tc, facets_by_query, facets);
    tcase_add_test(tc, many_organizations_and_all_around_them_are_found);
    tcase_add_test(tc, many_values_find_what_each_finds);
    suite_add_tcase(s, tc);
    tc = tcase_create("changes");
    tcase_add_unchecked_fixture(tc, make_changed, remove_catalogue);
    tcase_add_checked_fixture(tc, set_up, tear_down);
    SUITE_LOOP(tc, what_changed_last, changes);
    suite_add_tcase(s, tc);
    tc = tcase_create("damage");
    tcase_add_checked_fixture(tc, make_catalogue, remove_catalogue);
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, a_damaged_set_is_no_answer, 0, 16);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
