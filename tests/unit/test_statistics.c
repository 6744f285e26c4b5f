/* SPDX-License-Identifier: MIT */
/* Statistics against a count by hand of some thousand incidents: every grouping, under filters of every kind. */
#include "import_fixture.h"
#include "made_incidents.h"
#include "suite.h"
#include "util/limits.h"

#include <stdlib.h>
#include <string.h>

static struct fixture fixture;

/* One catalogue for all cases; each runs in a process of its own. */
static void make_catalogue(void)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    fixture_init(&fixture);
    made_document(&text);
    fixture_write_bytes(&fixture, "made.json", text.data, text.size);
    fixture_open(&fixture);
}

static void remove_catalogue(void)
{
    fixture_done(&fixture);
}

/* --- questions by chance --- */

static uint32_t state;

static unsigned chance(unsigned n)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % n;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* One to three of N values, each once, in order. */
static struct filter_values some_of(const char *const *values, size_t n)
{
    const char **chosen = arena_array(fixture.mem, 3, sizeof *chosen);
    size_t n_chosen = 0;
    for (unsigned tries = 1 + chance(3); tries > 0; tries--) {
        const char *value = values[chance((unsigned)n)];
        size_t i = 0;
        while (i < n_chosen && strcmp(chosen[i], value) != 0)
            i++;
        if (i == n_chosen)
            chosen[n_chosen++] = value;
    }
    qsort(chosen, n_chosen, sizeof *chosen, by_bytes);
    return (struct filter_values){chosen, n_chosen};
}

static void add_filter(struct query *q)
{
    static const char *const hide[] = {"hide"};
    unsigned f = chance(_FACET_N + 1);
    size_t n;
    if (f == _FACET_N) {
        q->filters[FILTER_DUPLICATES] = (struct filter_values){hide, 1};
        return;
    }
    const char *const *values = made_values((enum facet)f, &n);
    if (f == FACET_ORGANIZATION) {
        const char **org = arena_array(fixture.mem, 1, sizeof *org);
        org[0] = made_org(chance(7));
        q->filters[FILTER_ORGANIZATION] = (struct filter_values){org, 1};
    } else if (n) {
        q->filters[facet_filter((enum facet)f)] = some_of(values, n);
    }
}

/* Number I: the first without filters. */
static struct query make_query(int i, enum facet by)
{
    struct query q = {.list = QUERY_STATISTICS, .limit = LIMIT_PAGE_DEFAULT, .sort = SORT_NEWEST, .by = by};
    state = (uint32_t)i * 2654435761u;
    for (int n = i % 4; n > 0; n--)
        add_filter(&q);
    return q;
}

/* --- the count by hand --- */

/* Which incidents are in the group at hand. */
static bool members[MADE_N];

/* Sets them to those in the group VALUE of Q; NULL: in all. How many there are. */
static size_t find_members(const struct query *q, const char *value)
{
    const struct made *all = made_incidents();
    struct query only = *q;
    size_t n = 0;
    if (value)
        only.filters[facet_filter(q->by)] = (struct filter_values){&value, 1};
    for (size_t i = 0; i < MADE_N; i++) {
        members[i] = !all[i].duplicate && made_matches(&all[i], q) && made_matches(&all[i], &only);
        n += members[i];
    }
    return n;
}

static int by_days(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* The least of N sorted days that PERCENT of them do not exceed. */
static int quantile(const int *days, size_t n, size_t percent)
{
    for (size_t i = 0; i < n; i++)
        if ((i + 1) * 100 >= n * percent)
            return days[i];
    return -1;
}

static void check_delay(const struct delay *d, const int *least, const int *most, size_t n, size_t percent)
{
    ck_assert_int_eq(d->known, n > 0);
    if (n == 0)
        return;
    ck_assert_int_eq(d->min, quantile(least, n, percent));
    ck_assert_int_eq(d->max, quantile(most, n, percent));
}

enum span { TO_DISCOVERED, TO_DISCLOSED, IN_ALL };

static bool delay_of(const struct made *x, enum span span, int *ret_min, int *ret_max)
{
    const struct made_date *from = span == TO_DISCLOSED ? &x->discovered : &x->occurred;
    return made_delay(from, span == TO_DISCOVERED ? &x->discovered : &x->disclosed, ret_min, ret_max);
}

static void check_quantiles(const struct quantiles *got, enum span span)
{
    static int least[MADE_N], most[MADE_N];
    const struct made *all = made_incidents();
    size_t n = 0, unknown = 0;
    for (size_t i = 0; i < MADE_N; i++) {
        if (!members[i])
            continue;
        if (delay_of(&all[i], span, &least[n], &most[n]))
            n++;
        else
            unknown++;
    }
    qsort(least, n, sizeof *least, by_days);
    qsort(most, n, sizeof *most, by_days);
    ck_assert_uint_eq(got->n, n);
    ck_assert_uint_eq(got->unknown, unknown);
    check_delay(&got->median, least, most, n, 50);
    check_delay(&got->q1, least, most, n, 25);
    check_delay(&got->q3, least, most, n, 75);
    check_delay(&got->p90, least, most, n, 90);
}

static void check_figures(const struct statistics_group *got)
{
    struct figure_sum want[_UNIT_N] = {{0}};
    const struct made *all = made_incidents();
    size_t without = 0, at = 0;
    for (size_t i = 0; i < MADE_N; i++) {
        const struct made_figure *f = made_headline(&all[i]);
        if (!members[i])
            continue;
        without += f == NULL;
        if (!f)
            continue;
        want[f->unit].incidents++;
        int64_t size = f->value != MADE_UNKNOWN ? f->value : f->max;
        bool ceiling = f->qualifier == QUALIFIER_UP_TO || f->qualifier == QUALIFIER_BETWEEN;
        want[f->unit].sum.value += size;
        want[f->unit].ceilings.value += ceiling ? size : 0;
        want[f->unit].by_qualifier[f->qualifier]++;
    }
    ck_assert_uint_eq(got->without_figure, without);
    for (unsigned u = 0; u < _UNIT_N; u++) {
        if (!want[u].incidents)
            continue;
        ck_assert_uint_lt(at, got->n_figures);
        const struct figure_sum *sum = &got->figures[at++];
        ck_assert_uint_eq(sum->unit, u);
        ck_assert_uint_eq(sum->incidents, want[u].incidents);
        ck_assert(sum->sum.known);
        ck_assert_int_eq(sum->sum.value, want[u].sum.value);
        ck_assert(sum->ceilings.known);
        ck_assert_int_eq(sum->ceilings.value, want[u].ceilings.value);
        ck_assert_mem_eq(sum->by_qualifier, want[u].by_qualifier, sizeof want[u].by_qualifier);
    }
    ck_assert_uint_eq(got->n_figures, at);
}

/* GOT is what the present members are counted to. */
static void check_group(const struct statistics_group *got, size_t n)
{
    ck_assert_uint_eq(got->incidents, n);
    check_figures(got);
    check_quantiles(&got->occurred_to_discovered, TO_DISCOVERED);
    check_quantiles(&got->discovered_to_disclosed, TO_DISCLOSED);
    check_quantiles(&got->occurred_to_disclosed, IN_ALL);
}

static const struct statistics_group *find(const struct statistics *x, const char *value)
{
    for (size_t i = 0; i < x->n; i++)
        if (strcmp(x->groups[i].value ? x->groups[i].value : QUERY_NONE, value) == 0)
            return &x->groups[i];
    return NULL;
}

static void check_groups(const struct statistics *got, const struct query *q)
{
    size_t n, found = 0;
    const char *const *values = made_values(q->by, &n);
    for (size_t i = 0; i < n; i++) {
        const struct statistics_group *g = find(got, values[i]);
        size_t n_members = find_members(q, values[i]);
        ck_assert_msg((g != NULL) == (n_members > 0), "group %s", values[i]);
        if (!g)
            continue;
        check_group(g, n_members);
        found++;
    }
    ck_assert_uint_eq(got->n, found);
}

/* Years and sectors by value, others largest first, then by value; what is not known last. */
static void check_order(const struct statistics *x)
{
    bool by_value = x->by == FACET_YEAR || x->by == FACET_SECTOR;
    for (size_t i = 1; i < x->n; i++) {
        const struct statistics_group *a = &x->groups[i - 1], *b = &x->groups[i];
        ck_assert_ptr_nonnull(a->value);
        if (!b->value)
            continue;
        if (!by_value && a->incidents != b->incidents)
            ck_assert_uint_gt(a->incidents, b->incidents);
        else
            ck_assert_int_lt(strcmp(a->value, b->value), 0);
    }
}

/* Repetitions that Q would have; unlisted ones where no status was asked for. */
static void check_left_out(const struct statistics *x, const struct query *q)
{
    static const char *const any[] = {"claimed", "confirmed", "disputed", "suspected", "withdrawn"};
    const struct made *all = made_incidents();
    struct query shown = *q, wide;
    size_t duplicates = 0, unlisted = 0;
    shown.filters[FILTER_DUPLICATES].n = 0;
    wide = shown;
    wide.filters[FILTER_STATUS] = (struct filter_values){any, 5};
    for (size_t i = 0; i < MADE_N; i++) {
        duplicates += all[i].duplicate && made_matches(&all[i], &shown);
        unlisted += (all[i].withdrawn || all[i].merged) && made_matches(&all[i], &wide);
    }
    ck_assert_uint_eq(x->left_out_duplicates, duplicates);
    ck_assert_uint_eq(x->left_out_withdrawn, q->filters[FILTER_STATUS].n ? 0 : unlisted);
}

static const enum facet groupings[] = {FACET_YEAR,     FACET_COUNTRY,    FACET_SECTOR,
                                       FACET_ACTION,   FACET_DATA_CLASS, FACET_STATUS,
                                       FACET_EXPOSURE, FACET_DATASET,    FACET_PARTY_KIND};
#define N_GROUPINGS (sizeof groupings / sizeof *groupings)
#define N_QUERIES   16

START_TEST(statistics_are_as_counted_by_hand)
{
    enum facet by = groupings[_i];
    for (int i = 0; i < N_QUERIES; i++) {
        struct statistics x;
        struct query q = make_query(i, by);
        ck_assert_int_eq(storage_count_statistics(fixture.rd, &q, fixture.mem, &x), 0);
        ck_assert_int_eq(x.by, by);
        ck_assert_int_eq(x.exclusive, facet_is_exclusive(by));
        check_group(&x.all, find_members(&q, NULL));
        check_groups(&x, &q);
        check_order(&x);
        check_left_out(&x, &q);
    }
}
END_TEST

/* Asked what has changed, statistics have what is withdrawn too. */
START_TEST(changes_count_withdrawn_records)
{
    static const char *const since[] = {"2000-01-01T00:00:00Z"};
    const struct made *all = made_incidents();
    struct statistics x;
    struct query q = make_query(0, FACET_STATUS);
    size_t once = 0, unlisted = 0;
    for (size_t i = 0; i < MADE_N; i++) {
        once += !all[i].duplicate;
        unlisted += !all[i].duplicate && (all[i].withdrawn || all[i].merged);
    }
    q.filters[FILTER_MODIFIED_SINCE] = (struct filter_values){since, 1};
    ck_assert_int_eq(storage_count_statistics(fixture.rd, &q, fixture.mem, &x), 0);
    ck_assert_uint_eq(x.all.incidents, once);
    ck_assert_uint_eq(find(&x, "withdrawn")->incidents, unlisted);
    ck_assert_uint_eq(x.left_out_withdrawn, 0);
}
END_TEST

/* A dataset is called by its title. */
START_TEST(datasets_have_names)
{
    struct statistics x;
    struct query q = make_query(0, FACET_DATASET);
    ck_assert_int_eq(storage_count_statistics(fixture.rd, &q, fixture.mem, &x), 0);
    assert_text(find(&x, "three")->name, "Set three");
    q.by = FACET_YEAR;
    ck_assert_int_eq(storage_count_statistics(fixture.rd, &q, fixture.mem, &x), 0);
    ck_assert_ptr_null(find(&x, "2012")->name);
}
END_TEST

/* What a group counts is what its list has. */
START_TEST(groups_are_lists)
{
    enum facet by = groupings[_i];
    const char *hide = "hide";
    struct statistics x;
    struct query q = make_query(0, by);
    ck_assert_int_eq(storage_count_statistics(fixture.rd, &q, fixture.mem, &x), 0);
    for (size_t i = 0; i < x.n; i++) {
        const char *value = x.groups[i].value ? x.groups[i].value : QUERY_NONE;
        struct incident_page page;
        struct query list = q;
        list.list = QUERY_INCIDENTS;
        list.filters[facet_filter(by)] = (struct filter_values){&value, 1};
        list.filters[FILTER_DUPLICATES] = (struct filter_values){&hide, 1};
        ck_assert_int_eq(storage_list_incidents(fixture.rd, &list, ROWS_AS_MODEL, fixture.mem, &page), 0);
        ck_assert_uint_eq(page.page.total, x.groups[i].incidents);
    }
}
END_TEST

START_TEST(memory_that_ends)
{
    int outcome = -1;
    struct query q = make_query(3, FACET_COUNTRY);
    for (size_t limit = 64; outcome != 0; limit += limit / 2) {
        struct arena *little = arena_new(limit);
        struct statistics x = {.by = FACET_ACTOR};
        outcome = storage_count_statistics(fixture.rd, &q, little, &x);
        ck_assert(outcome == 0 || (outcome == -12 && x.by == FACET_ACTOR));
        little = arena_free(little);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("statistics");
    TCase *tc = tcase_create("statistics");
    tcase_add_unchecked_fixture(tc, make_catalogue, remove_catalogue);
    tcase_add_loop_test(tc, statistics_are_as_counted_by_hand, 0, (int)N_GROUPINGS);
    tcase_add_loop_test(tc, groups_are_lists, 0, (int)N_GROUPINGS);
    tcase_add_test(tc, changes_count_withdrawn_records);
    tcase_add_test(tc, datasets_have_names);
    tcase_add_test(tc, memory_that_ends);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
