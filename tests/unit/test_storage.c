/* SPDX-License-Identifier: MIT */
/* The questions of storage.h, asked of the catalogue that storage.sql describes. */
#include "storage_fixture.h"

#include <errno.h>
#include <stdio.h>
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
    ck_assert_int_eq(storage_lease(storage, 5000, &reader), 0);
    mem = arena_new(0);
}

static void tear_down(void)
{
    mem = arena_free(mem);
    reader = storage_return(reader);
    storage = storage_free(storage);
}

/* A query of one filter: VALUES is a list with commas, "" for no filter. */
static struct query make_query(enum query_list list, enum filter f, const char *values)
{
    struct query q = query_default(list);
    q.limit = 200;
    char *text = arena_strdup(mem, values), *save = NULL;
    const char **array = arena_array(mem, 8, sizeof *array);
    size_t n = 0;
    for (char *v = strtok_r(text, ",", &save); v; v = strtok_r(NULL, ",", &save))
        array[n++] = v;
    q.filters[f] = (struct filter_values){.values = array, .n = n};
    return q;
}

static const char *join_incidents(const struct incident_page *p)
{
    const char *text = "";
    for (size_t i = 0; i < p->n; i++)
        text = arena_printf(mem, "%s%s%s", text, i ? " " : "", p->rows[i].id);
    return text;
}

static const char *join_orgs(const struct org_page *p)
{
    const char *text = "";
    for (size_t i = 0; i < p->n; i++)
        text = arena_printf(mem, "%s%s%s", text, i ? " " : "", p->rows[i].id);
    return text;
}

static const char *join_events(const struct event_page *p)
{
    const char *text = "";
    for (size_t i = 0; i < p->n; i++)
        text =
            arena_printf(mem, "%s%s%s:%s", text, i ? " " : "", p->items[i].incident.id, p->items[i].event.id);
    return text;
}

#define ALL_INCIDENTS "newest open-latest same-a same-b twin open-earliest undated-a undated-b"

static const struct {
    enum filter filter;
    const char *values, *ids;
} incident_filters[] = {
    {FILTER_COUNTRY, "", ALL_INCIDENTS},
    {FILTER_ORGANIZATION, "acme-auto", "newest same-a"},
    {FILTER_ORGANIZATION, "acme-auto,big-cars", "newest same-a twin"},
    {FILTER_ORGANIZATION, "nobody", ""},
    {FILTER_ORGANIZATION, "none", "open-latest same-b undated-a undated-b"},
    {FILTER_PARTY_KIND, "dealer", "newest open-latest same-a twin"},
    {FILTER_PARTY_KIND, "supplier,dealer_group", "newest open-earliest"},
    {FILTER_PARTY_KIND, "none", "same-b undated-a undated-b"},
    {FILTER_COUNTRY, "US", "newest same-a open-earliest"},
    {FILTER_COUNTRY, "US,JP", "newest same-a twin open-earliest"},
    {FILTER_COUNTRY, "none", "open-latest same-b undated-a undated-b"},
    {FILTER_COUNTRY, "none,JP", "open-latest same-b twin undated-a undated-b"},
    {FILTER_STATUS, "confirmed", "newest same-a"},
    {FILTER_STATUS, "withdrawn", "tombstone merged"},
    {FILTER_STATUS, "confirmed,withdrawn", "newest same-a tombstone merged"},
    {FILTER_EXPOSURE, "claimed", "newest"},
    {FILTER_EXPOSURE, "confirmed", "same-a twin"},
    {FILTER_EXPOSURE, "unknown", "open-latest same-b open-earliest undated-a undated-b"},
    {FILTER_YEAR, "2022", "open-latest same-a same-b"},
    {FILTER_YEAR, "2019,none", "open-earliest undated-a undated-b"},
    {FILTER_YEAR, "1999", ""},
    {FILTER_DATASET, "vcdb", "open-latest twin"},
    {FILTER_DATASET, "none", ""},
    {FILTER_COUNTRY, "' OR 1=1 --", ""},
};

START_TEST(incidents_by_filter)
{
    struct incident_page page;
    struct query q = make_query(QUERY_INCIDENTS, incident_filters[_i].filter, incident_filters[_i].values);
    ck_assert_int_eq(storage_list_incidents(reader, &q, ROWS_AS_MODEL, mem, &page), 0);
    assert_text(join_incidents(&page), incident_filters[_i].ids);
    ck_assert_uint_eq(page.page.total, page.n);
    ck_assert(!page.page.has_next && !page.page.has_prev);
}
END_TEST

START_TEST(filters_intersect_and_party_filters_mean_one_party)
{
    struct incident_page page;
    struct query q = make_query(QUERY_INCIDENTS, FILTER_ORGANIZATION, "acme-auto,big-cars");
    q.filters[FILTER_STATUS] = make_query(QUERY_INCIDENTS, FILTER_STATUS, "suspected").filters[FILTER_STATUS];
    ck_assert_int_eq(storage_list_incidents(reader, &q, ROWS_AS_MODEL, mem, &page), 0);
    assert_text(join_incidents(&page), "twin");

    /* The supplier of "newest" is another party than the dealer that is asked for. */
    q = make_query(QUERY_INCIDENTS, FILTER_ORGANIZATION, "acme-auto");
    q.filters[FILTER_PARTY_KIND] =
        make_query(QUERY_INCIDENTS, FILTER_PARTY_KIND, "supplier").filters[FILTER_PARTY_KIND];
    ck_assert_int_eq(storage_list_incidents(reader, &q, ROWS_AS_MODEL, mem, &page), 0);
    assert_text(join_incidents(&page), "");
    q = make_query(QUERY_INCIDENTS, FILTER_ORGANIZATION, "none");
    q.filters[FILTER_PARTY_KIND] =
        make_query(QUERY_INCIDENTS, FILTER_PARTY_KIND, "dealer").filters[FILTER_PARTY_KIND];
    ck_assert_int_eq(storage_list_incidents(reader, &q, ROWS_AS_MODEL, mem, &page), 0);
    assert_text(join_incidents(&page), "open-latest");
}
END_TEST

/* Walks all pages of LIMIT forwards, then backwards from the end; every row once, flags and totals exact. */
START_TEST(incident_pages)
{
    struct incident_page page;
    struct query q = make_query(QUERY_INCIDENTS, FILTER_STATUS, "");
    const char *forwards = "", *backwards = "";
    size_t seen = 0;
    q.limit = (unsigned)_i;
    do {
        ck_assert_int_eq(storage_list_incidents(reader, &q, ROWS_AS_MODEL, mem, &page), 0);
        ck_assert_uint_eq(page.page.total, 8);
        ck_assert_int_eq(page.page.has_prev, seen > 0);
        forwards = arena_printf(mem, "%s%s%s", forwards, seen ? " " : "", join_incidents(&page));
        seen += page.n;
        ck_assert_int_eq(page.page.has_next, seen < 8);
        q.after = page.page.last;
    } while (page.page.has_next);
    assert_text(forwards, ALL_INCIDENTS);

    q.before = (struct cursor){.n = 3, .keys = {"", "", "zzz"}};
    q.after = (struct cursor){0};
    do {
        ck_assert_int_eq(storage_list_incidents(reader, &q, ROWS_AS_MODEL, mem, &page), 0);
        backwards = arena_printf(mem, "%s%s%s", join_incidents(&page), *backwards ? " " : "", backwards);
        q.before = page.page.first;
    } while (page.page.has_prev);
    assert_text(backwards, ALL_INCIDENTS);
}
END_TEST

/* Cursors hold their place when their row is gone, as after a swap of catalogues. */
static const struct {
    struct cursor at;
    const char *after, *before;
} places[] = {
    {{3, {"2022-01-01", "2022-01-01", "same-aa", NULL}}, "same-b twin", "newest open-latest same-a"},
    {{3, {"9999-01-01", "9999-01-01", "x", NULL}}, "newest open-latest", ""},
    {{3, {"0000-00-00", "2019-12-31", "open-earliest", NULL}}, "undated-a undated-b", "same-a same-b twin"},
    {{3, {"2021-04-01", "2021-04-01", "x", NULL}}, "twin open-earliest", "open-latest same-a same-b"},
    {{3, {"", "", "undated-b", NULL}}, "", "twin open-earliest undated-a"},
    {{1, {"2022-06", NULL, NULL, NULL}}, "open-latest same-a", "newest"},
};

START_TEST(cursors_without_their_row)
{
    struct incident_page page;
    struct query q = make_query(QUERY_INCIDENTS, FILTER_STATUS, "");
    q.after = places[_i].at;
    q.limit = 2;
    ck_assert_int_eq(storage_list_incidents(reader, &q, ROWS_AS_MODEL, mem, &page), 0);
    assert_text(join_incidents(&page), places[_i].after);
    q.after = (struct cursor){0};
    q.before = places[_i].at;
    q.limit = 3;
    ck_assert_int_eq(storage_list_incidents(reader, &q, ROWS_AS_MODEL, mem, &page), 0);
    assert_text(join_incidents(&page), places[_i].before);
}
END_TEST

#define ALL_EVENTS                                                                                           \
    "newest:statement-2023-05-02 newest:disclosure-2023-05-01 newest:intrusion-2023-04-20-to-2023-04-25 "    \
    "open-latest:disclosure-within-2022-01-01-open same-b:disclosure-2022-01-01 "                            \
    "same-a:disclosure-2022-01-01 same-a:leak-2022-01-01 twin:disclosure-2020 "                              \
    "open-earliest:disclosure-within-open-2019-12-31 undated-a:other-undated"

static const struct {
    enum filter filter;
    const char *values, *events;
} event_filters[] = {
    {FILTER_KIND, "", ALL_EVENTS},
    {FILTER_KIND, "leak,statement", "newest:statement-2023-05-02 same-a:leak-2022-01-01"},
    {FILTER_INCIDENT, "same-a", "same-a:disclosure-2022-01-01 same-a:leak-2022-01-01"},
    {FILTER_INCIDENT, "same-a,undated-a,nothing",
     "same-a:disclosure-2022-01-01 same-a:leak-2022-01-01 undated-a:other-undated"},
    {FILTER_INCIDENT, "tombstone", ""},
    {FILTER_ORGANIZATION, "big-cars",
     "same-a:disclosure-2022-01-01 same-a:leak-2022-01-01 twin:disclosure-2020"},
    {FILTER_ORGANIZATION, "nobody", ""},
};

START_TEST(events_by_filter)
{
    struct event_page page;
    struct query q = make_query(QUERY_TIMELINE, event_filters[_i].filter, event_filters[_i].values);
    ck_assert_int_eq(storage_list_events(reader, &q, mem, &page), 0);
    assert_text(join_events(&page), event_filters[_i].events);
    ck_assert_uint_eq(page.page.total, page.n);
}
END_TEST

START_TEST(event_pages)
{
    struct event_page page;
    struct query q = make_query(QUERY_TIMELINE, FILTER_KIND, "");
    const char *all = "";
    q.limit = (unsigned)_i;
    do {
        ck_assert_int_eq(storage_list_events(reader, &q, mem, &page), 0);
        all = arena_printf(mem, "%s%s%s", all, *all ? " " : "", join_events(&page));
        ck_assert_uint_eq(page.page.total, 10);
        ck_assert_uint_eq(page.page.last.n, 4);
        q.after = page.page.last;
    } while (page.page.has_next);
    assert_text(all, ALL_EVENTS);
}
END_TEST

START_TEST(event_with_its_source)
{
    struct event_page page;
    struct query q = make_query(QUERY_TIMELINE, FILTER_KIND, "statement");
    ck_assert_int_eq(storage_list_events(reader, &q, mem, &page), 0);
    ck_assert_uint_eq(page.n, 1);
    const struct timeline_item *x = &page.items[0];
    assert_text(x->incident.title, "Title of newest");
    ck_assert_int_eq(x->incident.status, STATUS_CONFIRMED);
    ck_assert(x->has_cited && !x->event.derived);
    ck_assert_int_eq(x->cited.n, 1);
    assert_text(x->cited.publisher, "ZDNet");
    assert_text(x->cited.published.earliest, "2023-05-03");
    q = make_query(QUERY_TIMELINE, FILTER_KIND, "leak");
    ck_assert_int_eq(storage_list_events(reader, &q, mem, &page), 0);
    ck_assert(!page.items[0].has_cited);
}
END_TEST

static const struct {
    enum query_list list;
    enum filter filter;
    const char *values, *ids;
} org_filters[] = {
    {QUERY_ORGANIZATIONS, FILTER_KIND, "", "acme-auto big-cars corp-group delta-parts eta-motors"},
    {QUERY_DEALERS, FILTER_KIND, "", "acme-auto big-cars corp-group"},
    {QUERY_DEALERS, FILTER_KIND, "dealer_group,supplier", "corp-group"},
    {QUERY_ORGANIZATIONS, FILTER_KIND, "supplier", "delta-parts"},
    {QUERY_ORGANIZATIONS, FILTER_COUNTRY, "US,DE", "acme-auto corp-group delta-parts"},
    {QUERY_DEALERS, FILTER_COUNTRY, "JP", "big-cars"},
    {QUERY_ORGANIZATIONS, FILTER_COUNTRY, "none", "eta-motors"},
};

START_TEST(organizations_by_filter)
{
    struct org_page page;
    struct query q = make_query(org_filters[_i].list, org_filters[_i].filter, org_filters[_i].values);
    ck_assert_int_eq(storage_list_organizations(reader, &q, mem, &page), 0);
    assert_text(join_orgs(&page), org_filters[_i].ids);
    ck_assert_uint_eq(page.page.total, page.n);
}
END_TEST

START_TEST(organization_pages)
{
    struct org_page page;
    struct query q = make_query(QUERY_DEALERS, FILTER_KIND, "");
    q.limit = 2;
    ck_assert_int_eq(storage_list_organizations(reader, &q, mem, &page), 0);
    assert_text(join_orgs(&page), "acme-auto big-cars");
    ck_assert(page.page.has_next && !page.page.has_prev);
    assert_text(page.page.last.keys[0], "big cars");
    q.after = page.page.last;
    ck_assert_int_eq(storage_list_organizations(reader, &q, mem, &page), 0);
    assert_text(join_orgs(&page), "corp-group");
    ck_assert(!page.page.has_next && page.page.has_prev);
    q.before = page.page.first;
    q.after = (struct cursor){0};
    q.limit = 1;
    ck_assert_int_eq(storage_list_organizations(reader, &q, mem, &page), 0);
    assert_text(join_orgs(&page), "big-cars");
}
END_TEST

/* A question that runs out of memory at any point says so and leaves its answer alone. */
START_TEST(memory_that_ends)
{
    int outcome = -ENOMEM;
    for (size_t limit = 16; outcome != 0; limit += 64) {
        struct arena *little = arena_new(limit);
        struct incident x = {.row.id = "untouched"};
        ck_assert_ptr_nonnull(little);
        outcome = storage_get_incident(reader, "newest", little, &x);
        ck_assert(outcome == 0 || outcome == -ENOMEM);
        assert_text(x.row.id, outcome == 0 ? "newest" : "untouched");
        arena_free(little);
        ck_assert_uint_lt(limit, 1 << 20);
    }
    outcome = -ENOMEM;
    for (size_t limit = 16; outcome != 0; limit += 64) {
        struct arena *little = arena_new(limit);
        struct incident_page page = {.n = 77};
        struct query q = make_query(QUERY_INCIDENTS, FILTER_ORGANIZATION, "acme-auto,none");
        outcome = storage_list_incidents(reader, &q, ROWS_AS_MODEL, little, &page);
        ck_assert(outcome == 0 || outcome == -ENOMEM);
        ck_assert_uint_eq(page.n, outcome == 0 ? 6 : 77);
        arena_free(little);
        ck_assert_uint_lt(limit, 1 << 20);
    }
}
END_TEST

#define LOOP(suite, test, table) add_loop(suite, #test, test, 0, (int)(sizeof(table) / sizeof *(table)))

static void add_loop(Suite *s, const char *name, const TTest *test, int from, int to)
{
    TCase *tc = tcase_create(name);
    tcase_add_unchecked_fixture(tc, make_catalogue, remove_catalogue);
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, test, from, to);
    suite_add_tcase(s, tc);
}

int main(void)
{
    Suite *s = suite_create("storage");
    LOOP(s, incidents_by_filter, incident_filters);
    LOOP(s, cursors_without_their_row, places);
    LOOP(s, events_by_filter, event_filters);
    LOOP(s, organizations_by_filter, org_filters);
    add_loop(s, "incident_pages", incident_pages, 1, 10);
    add_loop(s, "event_pages", event_pages, 1, 11);
    add_loop(s, "filters_intersect", filters_intersect_and_party_filters_mean_one_party, 0, 1);
    add_loop(s, "event_with_its_source", event_with_its_source, 0, 1);
    add_loop(s, "organization_pages", organization_pages, 0, 1);
    add_loop(s, "memory_that_ends", memory_that_ends, 0, 1);
    return suite_run(s);
}
