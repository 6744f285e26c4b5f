/* SPDX-License-Identifier: MIT */
/* What is derived from an incident's facts: bounds, exposure, dates, delays, actions, classes. Figures and
 * timelines have suites of their own. */
#include "suite.h"

#include "model/derive.h"

#include <errno.h>
#include <string.h>

#define NONE                                                                                                 \
    {                                                                                                        \
        0                                                                                                    \
    }
#define N(x)                                                                                                 \
    {                                                                                                        \
        .known = true, .value = (x)                                                                          \
    }

static struct edtf date(const char *text)
{
    struct edtf d = EDTF_UNKNOWN;
    if (text)
        ck_assert_msg(edtf_parse(text, &d) == 0, "%s", text);
    return d;
}

/* --- amounts --- */

static const struct {
    enum qualifier qualifier;
    struct count value, min, max; /* as given */
    struct count want_value, want_min, want_max;
} amounts[] = {
    {QUALIFIER_EXACT, N(5), NONE, NONE, N(5), N(5), N(5)},
    {QUALIFIER_ABOUT, N(800), NONE, NONE, N(800), N(800), N(800)},
    {QUALIFIER_AT_LEAST, N(30), NONE, NONE, N(30), N(30), NONE},
    {QUALIFIER_UP_TO, N(3100000), NONE, NONE, N(3100000), NONE, N(3100000)},
    {QUALIFIER_BETWEEN, NONE, N(10), N(20), NONE, N(10), N(20)},
    {QUALIFIER_PLACEHOLDER, N(501), NONE, NONE, N(501), NONE, NONE},
    /* zero is a number */
    {QUALIFIER_EXACT, N(0), NONE, NONE, N(0), N(0), N(0)},
    /* bounds that contradict the value give way to it */
    {QUALIFIER_EXACT, N(5), N(1), N(9), N(5), N(5), N(5)},
    {QUALIFIER_AT_LEAST, N(30), N(1), N(99), N(30), N(30), NONE},
    {QUALIFIER_UP_TO, N(30), N(1), N(99), N(30), NONE, N(30)},
    {QUALIFIER_PLACEHOLDER, N(501), N(1), N(99), N(501), NONE, NONE},
    {QUALIFIER_BETWEEN, N(15), N(10), N(20), NONE, N(10), N(20)},
    /* nothing comes of nothing */
    {QUALIFIER_EXACT, NONE, NONE, NONE, NONE, NONE, NONE},
    {QUALIFIER_UP_TO, NONE, NONE, NONE, NONE, NONE, NONE},
    {QUALIFIER_BETWEEN, NONE, N(10), NONE, NONE, N(10), NONE},
};

static void check_count(struct count got, struct count want)
{
    ck_assert_int_eq(got.known, want.known);
    if (want.known)
        ck_assert_int_eq(got.value, want.value);
}

START_TEST(amounts_have_the_bounds_they_imply)
{
    struct amount a = {amounts[_i].value, amounts[_i].min, amounts[_i].max, amounts[_i].qualifier};
    for (int twice = 0; twice < 2; twice++) {
        derive_amount(&a);
        check_count(a.value, amounts[_i].want_value);
        check_count(a.min, amounts[_i].want_min);
        check_count(a.max, amounts[_i].want_max);
        ck_assert_int_eq(a.qualifier, amounts[_i].qualifier);
    }
}
END_TEST

/* --- exposure --- */

/* A letter a fact: c(onfirmed), l (claimed), s(uspected), d(enied), u(nknown); a figure in capitals is of
 * scope subset. */
static const struct {
    const char *classes, *figures;
    enum certainty want;
} exposures[] = {
    {"", "", CERTAINTY_UNKNOWN},        {"c", "", CERTAINTY_CONFIRMED},
    {"l", "", CERTAINTY_CLAIMED},       {"s", "", CERTAINTY_SUSPECTED},
    {"d", "", CERTAINTY_DENIED},        {"u", "", CERTAINTY_UNKNOWN},
    {"udslc", "", CERTAINTY_CONFIRMED}, {"clsdu", "", CERTAINTY_CONFIRMED},
    {"udsl", "", CERTAINTY_CLAIMED},    {"uds", "", CERTAINTY_SUSPECTED},
    {"ssssd", "", CERTAINTY_SUSPECTED}, {"dd", "", CERTAINTY_DENIED},
    {"du", "", CERTAINTY_UNKNOWN}, /* not all are denied */
    {"ud", "", CERTAINTY_UNKNOWN},      {"", "c", CERTAINTY_CONFIRMED},
    {"", "sl", CERTAINTY_CLAIMED},      {"", "dd", CERTAINTY_DENIED},
    {"", "du", CERTAINTY_UNKNOWN},      {"", "C", CERTAINTY_UNKNOWN}, /* not of those affected */
    {"", "Cs", CERTAINTY_SUSPECTED},    {"", "dU", CERTAINTY_DENIED},
    {"s", "c", CERTAINTY_SUSPECTED}, /* classes alone decide where there are any */
    {"d", "c", CERTAINTY_DENIED},       {"u", "c", CERTAINTY_UNKNOWN},
};

static enum certainty certainty_of(char letter)
{
    static const char letters[] = "clsdu";
    return (enum certainty)(strchr(letters, letter | 0x20) - letters);
}

START_TEST(exposure_is_the_strongest_certainty)
{
    struct data_class classes[8] = {0};
    struct figure figures[8] = {0};
    struct incident x = {.data_classes = classes, .figures = figures};
    for (const char *p = exposures[_i].classes; *p; p++)
        classes[x.n_data_classes++].e.certainty = certainty_of(*p);
    for (const char *p = exposures[_i].figures; *p; p++, x.n_figures++) {
        figures[x.n_figures].e.certainty = certainty_of(*p);
        figures[x.n_figures].scope = *p < 'a' ? SCOPE_SUBSET : SCOPE_AFFECTED;
    }
    enum certainty got = derive_exposure(&x);
    ck_assert_msg(got == exposures[_i].want, "%s/%s: %d", exposures[_i].classes, exposures[_i].figures, got);
}
END_TEST

/* --- delays --- */

static const struct {
    const char *from, *to;
    bool known;
    int32_t min, max;
    bool impossible;
} delays[] = {
    {"2019-03-21", "2019-03-29", true, 8, 8, false},
    {"2019-03-29", "2019-03-29", true, 0, 0, false},
    {"2019-03", "2019-03-21", true, 0, 20, false}, /* clamped: the 31st would be after */
    {"2019-03~", "2019-03-21", true, 0, 20, false},
    {"2019", "2020", true, 1, 730, false},
    {"2019-12-31", "2020-01-01", true, 1, 1, false},
    {"2018-10/2018-12", "2019-01-10", true, 10, 101, false},
    {"[2021-03..2021-05]", "2021-06", true, 1, 121, false},
    {"2019-03-21", "2019-03", true, 0, 10, false},
    {"2019-03-29", "2019-03-28", false, 0, 0, true},
    {"2020", "2019-12-31", false, 0, 0, true},
    {"2020-01-01", "2019", false, 0, 0, true},
    {NULL, "2019", false, 0, 0, false},
    {"2019", NULL, false, 0, 0, false},
    {NULL, NULL, false, 0, 0, false},
    {"2019/..", "2020", false, 0, 0, false},
    {"../2019", "2020", false, 0, 0, false},
    {"2019", "2020/", false, 0, 0, false},
    {"2019", "[..2020]", false, 0, 0, false},
    {"2019", "../2018", false, 0, 0, false},
};

START_TEST(delays_follow_from_the_bounds)
{
    struct edtf a = date(delays[_i].from), b = date(delays[_i].to);
    bool impossible = !delays[_i].impossible;
    struct delay d = derive_delay(&a, &b, &impossible);
    ck_assert_msg(d.known == delays[_i].known, "%s to %s", delays[_i].from, delays[_i].to);
    ck_assert_int_eq(d.min, delays[_i].min);
    ck_assert_int_eq(d.max, delays[_i].max);
    ck_assert_int_eq(impossible, delays[_i].impossible);
}
END_TEST

/* --- dates, and whole records --- */

static struct date_fact fact(enum date_kind kind, const char *text, enum certainty certainty)
{
    return (struct date_fact){.kind = kind, .date = date(text), .e = {.certainty = certainty}};
}

static void derive(struct incident *x, struct arena *mem)
{
    ck_assert_int_eq(derive_incident(x, mem), 0);
}

static const struct {
    const char *occurred, *discovered, *notified, *disclosed, *contained;
    const char *want;
    enum date_kind basis;
} bases[] = {
    {"2018", "2019-01", "2019-02", "2019-03", "2019-04", "2019-03", DATE_DISCLOSED},
    {"2018", "2019-01", "2019-02", NULL, "2019-04", "2019-02", DATE_NOTIFIED},
    {"2018", "2019-01", NULL, NULL, "2019-04", "2019-01", DATE_DISCOVERED},
    {"2018", NULL, NULL, NULL, "2019-04", "2018", DATE_OCCURRED},
    {NULL, NULL, NULL, NULL, "2019-04", NULL, DATE_OCCURRED}, /* contained is no basis */
    {NULL, NULL, NULL, NULL, NULL, NULL, DATE_OCCURRED},
};

START_TEST(date_is_the_first_known_that_tells_most)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct date_fact dates[] = {
        fact(DATE_OCCURRED, bases[_i].occurred, CERTAINTY_CLAIMED),
        fact(DATE_DISCOVERED, bases[_i].discovered, CERTAINTY_CLAIMED),
        fact(DATE_NOTIFIED, bases[_i].notified, CERTAINTY_CLAIMED),
        fact(DATE_DISCLOSED, bases[_i].disclosed, CERTAINTY_CLAIMED),
        fact(DATE_CONTAINED, bases[_i].contained, CERTAINTY_CLAIMED),
    };
    struct incident x = {.dates = dates, .n_dates = 5};
    derive(&x, mem);
    assert_text(x.row.date.text, bases[_i].want);
    if (bases[_i].want)
        ck_assert_int_eq(x.row.date_basis, bases[_i].basis);
    assert_text(x.row.occurred.text, bases[_i].occurred);
    assert_text(x.row.discovered.text, bases[_i].discovered);
    assert_text(x.row.disclosed.text, bases[_i].disclosed);
    assert_text(x.notified.text, bases[_i].notified);
    assert_text(x.contained.text, bases[_i].contained);
}
END_TEST

START_TEST(the_first_date_of_a_kind_is_the_headline)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct date_fact dates[] = {
        fact(DATE_OCCURRED, "2018", CERTAINTY_DENIED), /* nobody holds it */
        fact(DATE_OCCURRED, "2019-02", CERTAINTY_SUSPECTED),
        fact(DATE_OCCURRED, "2019-01", CERTAINTY_CONFIRMED), /* a rival follows, however sure */
        fact(DATE_DISCOVERED, "2019-03-01", CERTAINTY_DENIED),
    };
    struct incident x = {.dates = dates, .n_dates = 4};
    derive(&x, mem);
    assert_text(x.row.occurred.text, "2019-02");
    assert_text(x.row.discovered.text, NULL);
    ck_assert(!x.occurred_to_discovered.known);
}
END_TEST

START_TEST(delays_are_between_headline_dates)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct date_fact dates[] = {
        fact(DATE_DISCLOSED, "2019-03-29", CERTAINTY_CONFIRMED),
        fact(DATE_OCCURRED, "2019-03-01", CERTAINTY_CONFIRMED),
        fact(DATE_DISCOVERED, "2019-03-21", CERTAINTY_CONFIRMED),
        fact(DATE_DISCOVERED, "2019-03-22", CERTAINTY_CONFIRMED),
    };
    struct incident x = {.dates = dates, .n_dates = 4};
    derive(&x, mem);
    ck_assert(x.occurred_to_discovered.known && x.occurred_to_discovered.min == 20);
    ck_assert(x.discovered_to_disclosed.known && x.discovered_to_disclosed.min == 8);
    ck_assert(x.occurred_to_disclosed.known && x.occurred_to_disclosed.min == 28);

    dates[0].date = date("2019-03-10"); /* told before it was noticed: not to be */
    derive(&x, mem);
    ck_assert(!x.discovered_to_disclosed.known);
    ck_assert(x.occurred_to_disclosed.known && x.occurred_to_disclosed.max == 9);
}
END_TEST

START_TEST(actions_are_each_once_and_not_denied)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct attack attack[] = {
        {.action = ACTION_SOCIAL, .e.certainty = CERTAINTY_DENIED},
        {.action = ACTION_MALWARE, .e.certainty = CERTAINTY_CONFIRMED},
        {.action = ACTION_HACKING, .e.certainty = CERTAINTY_SUSPECTED},
        {.action = ACTION_MALWARE, .e.certainty = CERTAINTY_CLAIMED},
        {.action = ACTION_HACKING, .e.certainty = CERTAINTY_DENIED},
        {.action = ACTION_UNKNOWN, .e.certainty = CERTAINTY_UNKNOWN},
    };
    struct incident x = {.attack = attack, .n_attack = 6};
    derive(&x, mem);
    ck_assert_uint_eq(x.row.n_actions, 3);
    ck_assert_uint_eq(x.row.actions[0], ACTION_MALWARE);
    ck_assert_uint_eq(x.row.actions[1], ACTION_HACKING);
    ck_assert_uint_eq(x.row.actions[2], ACTION_UNKNOWN);
}
END_TEST

START_TEST(classes_are_each_once_with_the_strongest_certainty)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct data_class classes[] = {
        {.id = 9, .e.certainty = CERTAINTY_DENIED},  {.id = 3, .e.certainty = CERTAINTY_SUSPECTED},
        {.id = 0, .e.certainty = CERTAINTY_CLAIMED}, {.id = 3, .e.certainty = CERTAINTY_CONFIRMED},
        {.id = 3, .e.certainty = CERTAINTY_CLAIMED}, {.id = 5, .e.certainty = CERTAINTY_UNKNOWN},
        {.id = 0, .e.certainty = CERTAINTY_DENIED},
    };
    struct incident x = {.data_classes = classes, .n_data_classes = 7};
    derive(&x, mem);
    ck_assert_uint_eq(x.row.n_classes, 2);
    ck_assert_uint_eq(x.row.classes[0].id, 3);
    ck_assert_int_eq(x.row.classes[0].certainty, CERTAINTY_CONFIRMED);
    ck_assert_uint_eq(x.row.classes[1].id, 0);
    ck_assert_int_eq(x.row.classes[1].certainty, CERTAINTY_CLAIMED);
    ck_assert_int_eq(x.row.exposure, CERTAINTY_CONFIRMED);
    ck_assert_uint_eq(x.n_data_classes, 7);
}
END_TEST

START_TEST(the_first_party_is_the_headline)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct party parties[] = {
        {.organization = {"toyota", "Toyota", ORG_AUTOMAKER}, .role = ROLE_FILER},
        {.organization = {"nets", "Nets Toyota", ORG_DEALER}, .role = ROLE_BREACHED},
    };
    struct incident x = {.parties = parties, .n_parties = 2};
    derive(&x, mem);
    assert_text(x.row.organization.id, "toyota");
    assert_text(x.row.organization.name, "Toyota");

    struct incident looked_up = {.parties = parties, .n_parties = 2};
    looked_up.row.organization = (struct org_ref){"toyota", "Toyota Motor Corporation", ORG_AUTOMAKER};
    derive(&looked_up, mem);
    assert_text(looked_up.row.organization.name, "Toyota Motor Corporation");
}
END_TEST

START_TEST(an_empty_record_says_nothing)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct incident x = {.row.id = "x"};
    derive(&x, mem);
    ck_assert_int_eq(x.row.exposure, CERTAINTY_UNKNOWN);
    ck_assert_ptr_null(x.row.date.text);
    ck_assert_ptr_null(x.row.organization.name);
    ck_assert(!x.row.affected.known && !x.row.dealers_stated.known && !x.occurred_to_disclosed.known);
    ck_assert_uint_eq(x.row.n_actions + x.row.n_classes + x.row.dealers_named + x.n_timeline, 0);
    assert_text(x.row.id, "x");
}
END_TEST

/* Whatever allocation fails, it is said; with enough memory it is not. */
START_TEST(want_of_memory_is_said)
{
    int r = -1;
    for (size_t room = 1; room < 4000 && r; room += 7) {
        _cleanup_arena_ struct arena *mem = arena_new(room);
        struct date_fact dates[] = {fact(DATE_OCCURRED, "2019", CERTAINTY_CONFIRMED)};
        struct figure figures[] = {{.amount = {.value = N(5)}}};
        struct data_class classes[] = {{.id = 1}};
        struct attack attack[] = {{.action = ACTION_ERROR}};
        struct event events[] = {{.kind = EVENT_CLAIM}, {.kind = EVENT_CLAIM}};
        struct incident x = {.dates = dates,
                             .n_dates = 1,
                             .figures = figures,
                             .n_figures = 1,
                             .timeline = events,
                             .n_timeline = 2,
                             .attack = attack,
                             .n_attack = 1,
                             .data_classes = classes,
                             .n_data_classes = 1};
        r = derive_incident(&x, mem);
        ck_assert(r == 0 || r == -ENOMEM);
        ck_assert(r || (x.n_timeline == 3 && x.timeline[2].id));
    }
    ck_assert_int_eq(r, 0);
}
END_TEST

START_TEST(date_kinds_have_event_kinds)
{
    static const enum event_kind want[_DATE_N] = {EVENT_INTRUSION, EVENT_DISCOVERY, EVENT_CONTAINMENT,
                                                  EVENT_NOTIFICATION, EVENT_DISCLOSURE};
    for (enum date_kind k = 0; k < _DATE_N; k++)
        ck_assert_int_eq(derive_event_kind(k), want[k]);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("derive");
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, amounts_have_the_bounds_they_imply, amounts);
    SUITE_LOOP(tc, exposure_is_the_strongest_certainty, exposures);
    SUITE_LOOP(tc, delays_follow_from_the_bounds, delays);
    SUITE_LOOP(tc, date_is_the_first_known_that_tells_most, bases);
    suite_add_tcase(s, tc);
    SUITE_ADD(s, "records", the_first_date_of_a_kind_is_the_headline, delays_are_between_headline_dates,
              actions_are_each_once_and_not_denied, classes_are_each_once_with_the_strongest_certainty,
              the_first_party_is_the_headline, an_empty_record_says_nothing, want_of_memory_is_said,
              date_kinds_have_event_kinds);
    return suite_run(s);
}
