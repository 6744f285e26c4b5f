/* SPDX-License-Identifier: MIT */
/* Timelines: events made of dates, their order and their ids. */
#include "suite.h"

#include "model/derive.h"

#include <string.h>

static struct edtf date(const char *text)
{
    struct edtf d = EDTF_UNKNOWN;
    if (text)
        ck_assert_msg(edtf_parse(text, &d) == 0, "%s", text);
    return d;
}

static struct event event(enum event_kind kind, const char *when, const char *text)
{
    return (struct event){.kind = kind, .date = date(when), .text = text};
}

static struct date_fact fact(enum date_kind kind, const char *when, int source)
{
    return (struct date_fact){.kind = kind,
                              .date = date(when),
                              .e = {.certainty = CERTAINTY_SUSPECTED, .source = source, .note = "note"}};
}

static void derive(struct incident *x, struct arena *mem)
{
    ck_assert_int_eq(derive_incident(x, mem), 0);
}

START_TEST(a_date_that_no_event_tells_becomes_one)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct date_fact dates[] = {fact(DATE_DISCOVERED, "2019-03-21", 4)};
    struct incident x = {.dates = dates, .n_dates = 1};
    derive(&x, mem);
    ck_assert_uint_eq(x.n_timeline, 1);
    const struct event *e = &x.timeline[0];
    ck_assert(e->derived && e->kind == EVENT_DISCOVERY);
    assert_text(e->text, "The date given for its discovery.");
    assert_text(e->date.text, "2019-03-21");
    assert_text(e->id, "discovery-2019-03-21");
    ck_assert(e->e.certainty == CERTAINTY_SUSPECTED && e->e.source == 4);
    assert_text(e->e.note, "note");
}
END_TEST

/* Whether a date beside an event is told again. */
static const struct {
    enum event_kind kind;
    const char *when;
    enum date_kind date_kind;
    const char *date;
    bool added;
} repeats[] = {
    {EVENT_DISCLOSURE, "2019-03-29", DATE_DISCLOSED, "2019-03-29", false},
    {EVENT_INTRUSION, "2018/2019", DATE_OCCURRED, "2018/2019", false},
    {EVENT_CONTAINMENT, "2019", DATE_CONTAINED, "2019", false},
    {EVENT_NOTIFICATION, "2019", DATE_NOTIFIED, "2019", false},
    {EVENT_DISCLOSURE, "2019-03-29", DATE_DISCLOSED, "2019-03", true}, /* another date */
    {EVENT_DISCLOSURE, "2019-03-29", DATE_DISCLOSED, "2019-03-29~", true},
    {EVENT_STATEMENT, "2019-03-29", DATE_DISCLOSED, "2019-03-29", true}, /* another kind */
    {EVENT_DISCLOSURE, "2019-03-29", DATE_DISCOVERED, "2019-03-29", true},
    {EVENT_DISCLOSURE, NULL, DATE_DISCLOSED, "2019-03-29", true},
    {EVENT_DISCLOSURE, "2019-03-29", DATE_DISCLOSED, NULL, false}, /* nothing to tell */
    {EVENT_STATEMENT, "2019-03-29", DATE_DISCLOSED, NULL, false},
};

START_TEST(a_date_is_not_told_twice)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct event events[] = {event(repeats[_i].kind, repeats[_i].when, "Told.")};
    struct date_fact dates[] = {fact(repeats[_i].date_kind, repeats[_i].date, 1)};
    struct incident x = {.dates = dates, .n_dates = 1, .timeline = events, .n_timeline = 1};
    derive(&x, mem);
    size_t derived = 0;
    for (size_t i = 0; i < x.n_timeline; i++)
        derived += x.timeline[i].derived;
    ck_assert_uint_eq(derived, repeats[_i].added);
    ck_assert_uint_eq(x.n_timeline, 1u + repeats[_i].added);
    ck_assert_ptr_null(events[0].id); /* the caller's list is not written to */
}
END_TEST

START_TEST(rival_dates_are_told_each_once)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct date_fact dates[] = {fact(DATE_OCCURRED, "2019-02", 1), fact(DATE_OCCURRED, "2019-01", 2),
                                fact(DATE_OCCURRED, "2019-02", 3)};
    struct incident x = {.dates = dates, .n_dates = 3};
    derive(&x, mem);
    ck_assert_uint_eq(x.n_timeline, 2);
    assert_text(x.timeline[0].id, "intrusion-2019-01");
    assert_text(x.timeline[1].id, "intrusion-2019-02");
    ck_assert_int_eq(x.timeline[1].e.source, 1);
}
END_TEST

START_TEST(every_kind_of_date_has_its_sentence)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct date_fact dates[_DATE_N];
    struct incident x = {.dates = dates, .n_dates = _DATE_N};
    for (enum date_kind k = 0; k < _DATE_N; k++)
        dates[k] = fact(k, "2019", 1);
    derive(&x, mem);
    ck_assert_uint_eq(x.n_timeline, _DATE_N);
    for (enum date_kind k = 0; k < _DATE_N; k++) {
        ck_assert_int_eq(x.timeline[k].kind, derive_event_kind(k));
        ck_assert(x.timeline[k].text[strlen(x.timeline[k].text) - 1] == '.');
        for (enum date_kind j = 0; j < k; j++)
            ck_assert_str_ne(x.timeline[k].text, x.timeline[j].text);
    }
}
END_TEST

START_TEST(events_stand_oldest_first)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct event events[] = {
        event(EVENT_STATEMENT, NULL, "i"),        event(EVENT_CLAIM, "2019-03-29", "e"),
        event(EVENT_LEAK, "2019-03-29", "f"),     event(EVENT_STATEMENT, "2019-03", "c"),
        event(EVENT_ANALYSIS, "2019-03-29", "g"), event(EVENT_OTHER, "../2020", "a"),
        event(EVENT_LAWSUIT, "2019-03/..", "d"),  event(EVENT_REGULATOR, "2018", "b"),
        event(EVENT_SETTLEMENT, NULL, "j"),
    };
    struct date_fact dates[] = {fact(DATE_DISCLOSED, "2019-03-29", 1)};
    struct incident x = {.timeline = events, .n_timeline = 9, .dates = dates, .n_dates = 1};
    char order[16] = "";
    for (int twice = 0; twice < 2; twice++) {
        derive(&x, mem);
        ck_assert_uint_eq(x.n_timeline, 10);
        for (size_t i = 0; i < 10; i++)
            order[i] = x.timeline[i].derived ? '*' : x.timeline[i].text[0];
        assert_text(order, "abcdefg*ij"); /* on one day in the order of the record, derived ones after */
    }
}
END_TEST

static const struct {
    enum event_kind kind;
    const char *when, *id;
} ids[] = {
    {EVENT_DISCLOSURE, "2019-03-29", "disclosure-2019-03-29"},
    {EVENT_INTRUSION, "2019", "intrusion-2019"},
    {EVENT_CLAIM, "2019-03-21~", "claim-2019-03-21-about"},
    {EVENT_CLAIM, "2019?", "claim-2019-uncertain"},
    {EVENT_CLAIM, "2019%", "claim-2019-roughly"},
    {EVENT_CLAIM, "201X", "claim-201x"},
    {EVENT_CLAIM, "2019-XX-XX", "claim-2019-xx-xx"},
    {EVENT_CLAIM, "2018-10-13/2018-12-13", "claim-2018-10-13-to-2018-12-13"},
    {EVENT_CLAIM, "2018~/2019?", "claim-2018-about-to-2019-uncertain"},
    {EVENT_CLAIM, "2018/..", "claim-2018-to-open"},
    {EVENT_CLAIM, "2018/", "claim-2018-to"},
    {EVENT_CLAIM, "../2018", "claim-open-to-2018"},
    {EVENT_CLAIM, "/2018", "claim-to-2018"},
    {EVENT_CLAIM, "[2018..2019]", "claim-within-2018-open-2019"},
    {EVENT_CLAIM, "[..2019]", "claim-within-open-2019"},
    {EVENT_CLAIM, "[2018..]", "claim-within-2018-open"},
    {EVENT_CLAIM, "2019-03-29T23:20:30Z", "claim-2019-03-29t23-20-30z"},
    {EVENT_CLAIM, "2019-03-29T23:20:30-04:30", "claim-2019-03-29t23-20-30-04-30"},
    {EVENT_CLAIM, "2019-03-29T23:20:30+04:30", "claim-2019-03-29t23-20-30-plus-04-30"},
    {EVENT_STATEMENT, NULL, "statement-undated"},
};

START_TEST(ids_are_made_of_kind_and_date)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct event events[] = {event(ids[_i].kind, ids[_i].when, "Text.")};
    events[0].id = "as-given";
    struct incident x = {.timeline = events, .n_timeline = 1};
    derive(&x, mem);
    assert_text(x.timeline[0].id, ids[_i].id);
    ck_assert_uint_eq(strspn(ids[_i].id, "abcdefghijklmnopqrstuvwxyz0123456789-"), strlen(ids[_i].id));
}
END_TEST

START_TEST(repeats_are_numbered)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct event events[] = {event(EVENT_CLAIM, "2019", "a"), event(EVENT_LEAK, "2019", "b"),
                             event(EVENT_CLAIM, "2019", "c"), event(EVENT_CLAIM, "2018", "d"),
                             event(EVENT_CLAIM, "2019", "e")};
    static const char *const want[] = {"claim-2018", "claim-2019", "leak-2019", "claim-2019-2",
                                       "claim-2019-3"};
    struct incident x = {.timeline = events, .n_timeline = 5};
    for (int twice = 0; twice < 2; twice++) {
        derive(&x, mem);
        for (size_t i = 0; i < 5; i++)
            assert_text(x.timeline[i].id, want[i]);
    }
}
END_TEST

/* The twelfth claim of 2019 would be called what the one of December is called. */
START_TEST(no_id_is_given_twice)
{
    enum { N = 15 };
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct event events[N];
    struct incident x = {.timeline = events, .n_timeline = N};
    for (size_t i = 0; i < N - 1; i++)
        events[i] = event(EVENT_CLAIM, "2019", "a");
    events[N - 1] = event(EVENT_CLAIM, "2019-12", "december");
    derive(&x, mem);
    for (size_t i = 0; i < N; i++)
        for (size_t j = 0; j < i; j++)
            ck_assert_str_ne(x.timeline[i].id, x.timeline[j].id);
    assert_text(x.timeline[10].id, "claim-2019-11");
    assert_text(x.timeline[11].id, "claim-2019-13");
    assert_text(x.timeline[N - 1].text, "december");
    assert_text(x.timeline[N - 1].id, "claim-2019-12");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("timeline");
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, a_date_is_not_told_twice, repeats);
    SUITE_LOOP(tc, ids_are_made_of_kind_and_date, ids);
    suite_add_tcase(s, tc);
    SUITE_ADD(s, "records", a_date_that_no_event_tells_becomes_one, rival_dates_are_told_each_once,
              every_kind_of_date_has_its_sentence, events_stand_oldest_first, repeats_are_numbered,
              no_id_is_given_twice);
    return suite_run(s);
}
