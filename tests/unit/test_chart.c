/* SPDX-License-Identifier: MIT */
/*
 * Drawings: from values to places, spans of dates that are not exact, marks that keep ceilings from counts, and what is empty, single,
 * huge or long.
 */
#include "html_check.h"
#include "render/chart.h"
#include "render/svg.h"
#include "suite.h"
#include "util/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct render_env env = {.base = "/b"};

struct fixture {
    struct strbuf out;
    struct arena *mem;
    struct page p;
};

static void begin(struct fixture *f)
{
    *f = (struct fixture){.mem = arena_new(LIMIT_REQUEST_MEMORY)};
    f->p = (struct page){.w = HTMLW_INIT(&f->out), .mem = f->mem, .env = &env};
    htmlw_raw(&f->p.w, "<!DOCTYPE html>\n");
}

/* What was drawn, well-formed; valid until finish(). */
static const char *drawn(struct fixture *f)
{
    ck_assert_int_eq(htmlw_finish(&f->p.w), 0);
    ck_assert(!arena_failed(f->mem));
    html_check("drawing", f->out.data);
    return f->out.data;
}

static void finish(struct fixture *f)
{
    strbuf_done(&f->out);
    arena_free(f->mem);
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}
#define HAS(text, part)    ck_assert_msg(strstr((text), (part)), "no %s in %s", (part), (text))
#define HAS_NO(text, part) ck_assert_msg(!strstr((text), (part)), "%s in %s", (part), (text))

static const struct chart_text text = {"x", "A title", "A description"};

/* --- shapes --- */

START_TEST(shapes_are_placed_by_parts)
{
    struct fixture f;
    begin(&f);
    svg_open(&f.p.w, "x", 250, "<b>", "\"&");
    svg_rect(&f.p.w, "exact", 0, -5, SVG_WIDE, 100, "a < b");
    svg_line(&f.p.w, NULL, 1, 10, 1050, 205);
    svg_dot(&f.p.w, "day", 5000, 50, 36, NULL);
    svg_text(&f.p.w, NULL, 9999, 130, SVG_END, "1 & 2");
    svg_close(&f.p.w);
    assert_text(drawn(&f) + strlen("<!DOCTYPE html>\n"),
                "<svg class=\"drawing\" role=\"img\" aria-labelledby=\"x-title x-desc\" width=\"100%\" "
                "height=\"2.5em\">"
                "<title id=\"x-title\">&lt;b&gt;</title>\n<desc id=\"x-desc\">\"&amp;</desc>\n"
                "<rect class=\"exact\" x=\"0%\" y=\"-0.05em\" width=\"100%\" height=\"1em\"><title>a &lt; "
                "b</title>\n</rect>\n"
                "<line x1=\"0.01%\" y1=\"0.1em\" x2=\"10.5%\" y2=\"2.05em\"></line>\n"
                "<circle class=\"day\" cx=\"50%\" cy=\"0.5em\" r=\"0.36em\"></circle>\n"
                "<text x=\"99.99%\" y=\"1.3em\" text-anchor=\"end\">1 &amp; 2</text>\n</svg>\n");
    finish(&f);
}
END_TEST

/* --- scales --- */

static const struct {
    struct chart_scale s;
    int64_t value;
    int at;
} places[] = {
    {{0, 10, 0, SVG_WIDE}, 0, 0},
    {{0, 10, 0, SVG_WIDE}, 5, 5000},
    {{0, 10, 0, SVG_WIDE}, 10, SVG_WIDE},
    {{0, 10, 0, SVG_WIDE}, -1, 0},
    {{0, 10, 0, SVG_WIDE}, 11, SVG_WIDE},
    {{0, 0, 100, 900}, 0, 100},
    {{7, 7, 100, 900}, 8, 100},
    {{0, 3, 0, SVG_WIDE}, 1, 3333},
    {{0, LIMIT_NUMBER, 0, SVG_WIDE}, LIMIT_NUMBER / 2, 5000},
    {{0, INT64_MAX, 0, SVG_WIDE}, INT64_MAX - 1, SVG_WIDE},
    {{-20, 20, 1000, 2000}, 0, 1500},
    {{0, 4, 1010, 110}, 1, 785},
    {{0, 4, 1010, 110}, 4, 110},
};

START_TEST(values_are_placed)
{
    ck_assert_int_eq(chart_at(&places[_i].s, places[_i].value), places[_i].at);
}
END_TEST

static const struct {
    int64_t most, steps, step;
} steps[] = {
    {0, 4, 1},
    {1, 4, 1},
    {4, 4, 1},
    {5, 4, 2},
    {9, 4, 2},
    {11, 4, 5},
    {999, 4, 200},
    {1000, 4, 500},
    {1900, 4, 500},
    {3100000, 3, 1000000},
    {56, 6, 10},
    {80, 6, 20},
    {INT64_C(999), 1, 500},
    {LIMIT_NUMBER, 3, INT64_C(5000000000000000)},
};

START_TEST(steps_are_round)
{
    ck_assert_int_eq(chart_step(steps[_i].most, steps[_i].steps), steps[_i].step);
}
END_TEST

START_TEST(durations_are_even_between_marks)
{
    ck_assert_uint_eq(chart_durations_for(0), 2);
    ck_assert_uint_eq(chart_durations_for(1), 2);
    ck_assert_uint_eq(chart_durations_for(2), 3);
    ck_assert_uint_eq(chart_durations_for(365), 5);
    ck_assert_uint_eq(chart_durations_for(INT32_MAX), CHART_DURATIONS);
    ck_assert_int_eq(chart_duration_at(0, 5, 0, 4000), 0);
    ck_assert_int_eq(chart_duration_at(1, 5, 0, 4000), 1000);
    ck_assert_int_eq(chart_duration_at(4, 5, 0, 4000), 1500);
    ck_assert_int_eq(chart_duration_at(7, 5, 0, 4000), 2000);
    ck_assert_int_eq(chart_duration_at(365, 5, 0, 4000), 4000);
    ck_assert_int_eq(chart_duration_at(INT32_MAX, 5, 0, 4000), 4000);
}
END_TEST

static const struct {
    const char *text;
    size_t columns;
    const char *cut;
} cuts[] = {
    {"short", 5, "short"},
    {"a longer name", 8, "a longe…"},
    {"", 3, ""},
    {"東京トヨタ自動車", 16, "東京トヨタ自動車"},
    {"東京トヨタ自動車", 9, "東京トヨ…"},
    {"Škoda – “Auto”", 14, "Škoda – “Auto”"},
    {"Škoda – “Auto”", 9, "Škoda – …"},
};

START_TEST(long_names_are_cut)
{
    struct fixture f;
    begin(&f);
    assert_text(chart_cut(f.mem, cuts[_i].text, cuts[_i].columns), cuts[_i].cut);
    ck_assert_ptr_null(chart_cut(f.mem, NULL, 9));
    finish(&f);
}
END_TEST

/* --- columns --- */

static const char *years_of(struct fixture *f, const struct chart_year *years, size_t n, size_t unknown)
{
    begin(f);
    chart_years(&f->p, &text, years, n, unknown, "incident", "incidents", MARK_EXACT);
    return drawn(f);
}

START_TEST(years_without_incidents_are_gaps)
{
    struct fixture f;
    const char *svg =
        years_of(&f, (const struct chart_year[]){{2019, 4}, {2015, 2}}, 2, 0); /* whatever the order */
    ck_assert_uint_eq(count(svg, "<rect"), 2);
    HAS(svg, "<title>2015: 2 incidents</title>");
    HAS(svg, "<title>2019: 4 incidents</title>");
    HAS_NO(svg, "not known");
    /* Five columns between 4.8 and 100 %: the middles of the first and the last are a tenth of that from the ends. */
    HAS(svg, ">2015</text>");
    HAS(svg, "x=\"14.32%\" y=\"11.4em\" text-anchor=\"middle\">2015<");
    HAS(svg, "x=\"90.48%\" y=\"11.4em\" text-anchor=\"middle\">2019<");
    HAS(svg, "x=\"87.48%\" y=\"1.1em\" width=\"6%\" height=\"9em\"><title>2019");
    HAS(svg, "x=\"11.32%\" y=\"5.6em\" width=\"6%\" height=\"4.5em\"><title>2015");
    finish(&f);
}
END_TEST

START_TEST(one_year_is_no_wall)
{
    struct fixture f;
    const char *svg = years_of(&f, (const struct chart_year[]){{2019, 1}}, 1, 0);
    ck_assert_uint_eq(count(svg, "<rect"), 1);
    HAS(svg, "width=\"6%\"");
    HAS(svg, "<title>2019: 1 incident</title>");
    HAS(svg, ">2019</text>");
    finish(&f);
}
END_TEST

START_TEST(an_unknown_year_stands_apart)
{
    struct fixture f;
    const char *svg = years_of(&f, (const struct chart_year[]){{2019, 1}}, 1, 7);
    HAS(svg, "<rect class=\"unknown\"");
    HAS(svg, "<title>Year not known: 7 incidents</title>");
    HAS(svg, ">not known</text>");
    finish(&f);
}
END_TEST

START_TEST(far_years_are_one_column)
{
    struct fixture f;
    const char *svg =
        years_of(&f, (const struct chart_year[]){{1, 3}, {1900, 2}, {2026, 9}, {1947, 1}}, 4, 0);
    ck_assert_uint_eq(count(svg, "<rect"), 2);
    HAS(svg, "<title>up to 1947: 6 incidents</title>");
    HAS(svg, "<title>2026: 9 incidents</title>");
    finish(&f);
}
END_TEST

START_TEST(nothing_is_not_drawn)
{
    struct fixture f;
    const struct chart_lane lane = {"x", NULL, 0};
    begin(&f);
    chart_years(&f.p, &text, NULL, 0, 3, "a", "b", MARK_EXACT);
    chart_bars(&f.p, &text, NULL, 0);
    chart_boxes(&f.p, &text, NULL, 0);
    chart_lanes(&f.p, &text, &lane, 1);
    HAS_NO(drawn(&f), "<svg");
    finish(&f);
}
END_TEST

START_TEST(huge_numbers_fit)
{
    struct fixture f;
    const char *svg = years_of(&f, (const struct chart_year[]){{2019, LIMIT_NUMBER}, {2020, 1}}, 2, 0);
    HAS(svg, "height=\"9em\"");
    HAS(svg, "height=\"0.06em\""); /* one of so many is seen still */
    HAS(svg, ">8,000,000 billion</text>");
    finish(&f);
}
END_TEST

/* --- bars --- */

START_TEST(each_kind_of_number_has_its_mark)
{
    static const struct chart_bar bars[] = {
        {"exact", "1", NULL, MARK_EXACT, 0, 50},      {"about", NULL, "says X", MARK_ABOUT, 0, 100},
        {"at least", NULL, NULL, MARK_FLOOR, 0, 100}, {"up to", NULL, NULL, MARK_CEILING, 0, 100},
        {"between", NULL, NULL, MARK_RANGE, 25, 75},  {"not known", NULL, NULL, MARK_UNKNOWN, 0, 1},
    };
    struct fixture f;
    begin(&f);
    chart_bars(&f.p, &text, bars, 6);
    const char *svg = drawn(&f);
    HAS(svg, "<rect class=\"exact\" x=\"0%\" y=\"1.4em\" width=\"47%\"");
    HAS(svg, "<rect class=\"about\" x=\"0%\"");
    HAS(svg, ">says X</text>");
    HAS(svg, "<line class=\"open\" x1=\"94%\"");
    HAS(svg, "<rect class=\"ceiling\"");
    HAS(svg, "<line class=\"cap\" x1=\"94%\"");
    HAS(svg, "<rect class=\"range\" x=\"23.5%\"");
    HAS(svg, "<rect class=\"unknown\" x=\"0%\"");
    ck_assert_uint_eq(count(svg, "class=\"ceiling\""), 1);
    finish(&f);
}
END_TEST

START_TEST(no_number_has_no_bar)
{
    struct fixture f;
    begin(&f);
    chart_bars(&f.p, &text, &(struct chart_bar){"none", "0", NULL, MARK_EXACT, 0, 0}, 1);
    const char *svg = drawn(&f);
    HAS(svg, "width=\"0%\"");
    HAS(svg, "text-anchor=\"end\">0</text>");
    finish(&f);
}
END_TEST

START_TEST(a_long_value_leaves_room_for_a_name)
{
    char value[200];
    struct fixture f;
    memset(value, 'v', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    begin(&f);
    chart_bars(&f.p, &text,
               &(struct chart_bar){"A name as long as this one is", value, NULL, MARK_EXACT, 0, 1}, 1);
    HAS(drawn(&f), ">A name as long as thi…</text>");
    finish(&f);
}
END_TEST

/* --- dates --- */

static struct edtf date(const char *edtf)
{
    struct edtf d;
    ck_assert_int_eq(edtf_parse(edtf, &d), 0);
    return d;
}

/* Lanes of one date each. */
static const char *lanes_of(struct fixture *f, const char *const *dates, size_t n)
{
    static struct edtf all[8];
    static const struct edtf *places_of[8];
    static struct chart_lane lanes[8];
    for (size_t i = 0; i < n; i++) {
        all[i] = date(dates[i]);
        places_of[i] = &all[i];
        lanes[i] = (struct chart_lane){dates[i], &places_of[i], 1};
    }
    begin(f);
    chart_lanes(&f->p, &text, lanes, n);
    return drawn(f);
}
#define LANES_OF(f, ...)                                                                                     \
    lanes_of((f), (const char *const[]){__VA_ARGS__},                                                        \
             sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

START_TEST(dates_are_as_wide_as_they_are_unsure)
{
    struct fixture f;
    /* A hundred days: 1.5 to 98.5 %. */
    const char *svg = LANES_OF(&f, "2021-01-01", "2021-01", "2021-01-11/2021-01-31",
                               "[2021-02-20..2021-04-11]", "2021-03-02~", "2021-03-02?");
    HAS(svg, "<circle class=\"day\" cx=\"1.5%\"");
    HAS(svg, "<rect class=\"within\" x=\"1.5%\" y=\"4.02em\" width=\"29.1%\"");
    HAS(svg, "<rect class=\"lasted\" x=\"11.2%\" y=\"6.52em\" width=\"19.4%\"");
    HAS(svg, "<rect class=\"within\" x=\"50%\" y=\"9.02em\" width=\"48.5%\"");
    ck_assert_uint_eq(count(svg, "<circle class=\"rough-day\" cx=\"59.7%\""), 2);
    HAS(svg, "<title>January 2021</title>");
    HAS(svg, ">Feb 2021</text>");
    finish(&f);
}
END_TEST

START_TEST(open_spans_run_to_the_edge)
{
    struct fixture f;
    const char *svg = LANES_OF(&f, "[..2021-01-01]", "2021-04-11", "2021-02-20/..");
    HAS(svg, "<rect class=\"within\" x=\"0%\" y=\"1.52em\" width=\"1.5%\"");
    HAS(svg, "<rect class=\"lasted\" x=\"50%\" y=\"6.52em\" width=\"50%\"");
    finish(&f);
}
END_TEST

START_TEST(centuries_and_days_have_their_marks)
{
    struct fixture f;
    const char *svg = LANES_OF(&f, "0001", "9999-12-31");
    HAS(svg, ">2000</text>");
    HAS(svg, ">8000</text>");
    ck_assert_uint_le(count(svg, "class=\"grid\""), 6);
    finish(&f);
    svg = LANES_OF(&f, "2019-03-29", "2019-04-02");
    HAS(svg, ">30 Mar</text>");
    HAS(svg, ">2 Apr</text>");
    finish(&f);
}
END_TEST

START_TEST(one_day_is_not_worth_a_scale)
{
    struct edtf day = date("2019-03-29"), month = date("2019-03"), unknown = EDTF_UNKNOWN;
    const struct edtf *days[] = {&day, &day, &unknown}, *spans[] = {&month};
    ck_assert(!chart_lanes_worth(&(struct chart_lane){"x", days, 3}, 1));
    ck_assert(chart_lanes_worth(&(struct chart_lane){"x", spans, 1}, 1));
    ck_assert(!chart_lanes_worth(NULL, 0));
}
END_TEST

/* --- distributions --- */

START_TEST(quantiles_are_as_wide_as_they_are_unsure)
{
    /* Marks at 0, 1, 7 and 30 days: 1, 30.66, 60.33 and 90 %. */
    static const struct quantiles q = {9, 4, {true, 1, 7}, {true, 0, 1}, {true, 7, 7}, {true, 7, 30}};
    static const struct chart_box boxes[] = {{"All", "1 to 7 days", &q, false},
                                             {"Few", "1 to 7 days", &q, true}};
    struct fixture f;
    begin(&f);
    chart_boxes(&f.p, &text, boxes, 2);
    const char *svg = drawn(&f);
    HAS(svg, ">1 month</text>");
    HAS_NO(svg, ">1 year</text>");
    HAS(svg, "<rect class=\"box-may\" x=\"1%\" y=\"1.4em\" width=\"59.33%\"");
    HAS(svg, "<rect class=\"box\" x=\"30.66%\" y=\"1.4em\" width=\"29.67%\"");
    HAS(svg, "<rect class=\"tail\" x=\"60.33%\"");
    HAS(svg, "<title>Nine in ten within: 7 to 30 days</title>");
    ck_assert_uint_eq(count(svg, "<rect class=\"median\" x=\"30.66%\""), 2);
    ck_assert_uint_eq(count(svg, "class=\"box\""), 1); /* of few the median alone */
    finish(&f);
}
END_TEST

START_TEST(quartiles_that_may_be_one_have_no_certain_box)
{
    static const struct quantiles q = {
        5, 0, {true, 0, 400}, {true, 0, 300}, {true, 0, 500}, {true, 0, 40000}};
    struct fixture f;
    begin(&f);
    chart_boxes(&f.p, &text, &(struct chart_box){"All", "0 to 400 days", &q, false}, 1);
    const char *svg = drawn(&f);
    HAS_NO(svg, "class=\"box\"");
    HAS(svg, "class=\"box-may\"");
    HAS(svg, ">100 years</text>");
    finish(&f);
}
END_TEST

/* --- around it --- */

START_TEST(a_key_explains_what_is_drawn)
{
    struct fixture f;
    begin(&f);
    htmlw_open(&f.p.w, "html", "lang", "en");
    chart_begin(&f.p, "A caption");
    chart_end(&f.p, 1u << SIGN_CEILING | 1u << SIGN_DAY);
    htmlw_close(&f.p.w, "html");
    const char *html = drawn(&f);
    HAS(html, "<figure class=\"chart\"><figcaption>A caption</figcaption>");
    HAS(html, "<a class=\"word\" href=\"/b/about#qualifier-up-to\">a ceiling: at most so many</a>");
    HAS(html, "on that day");
    ck_assert_uint_eq(count(html, "<li>"), 2);
    finish(&f);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("chart");
    TCase *t = tcase_create("scales");
    tcase_add_test(t, shapes_are_placed_by_parts);
    tcase_add_test(t, durations_are_even_between_marks);
    SUITE_LOOP(t, values_are_placed, places);
    SUITE_LOOP(t, steps_are_round, steps);
    SUITE_LOOP(t, long_names_are_cut, cuts);
    suite_add_tcase(s, t);
    SUITE_ADD(s, "columns", years_without_incidents_are_gaps, one_year_is_no_wall,
              an_unknown_year_stands_apart, far_years_are_one_column, nothing_is_not_drawn, huge_numbers_fit);
    SUITE_ADD(s, "bars", each_kind_of_number_has_its_mark, no_number_has_no_bar,
              a_long_value_leaves_room_for_a_name);
    SUITE_ADD(s, "dates", dates_are_as_wide_as_they_are_unsure, open_spans_run_to_the_edge,
              centuries_and_days_have_their_marks, one_day_is_not_worth_a_scale);
    SUITE_ADD(s, "distributions", quantiles_are_as_wide_as_they_are_unsure,
              quartiles_that_may_be_one_have_no_certain_box, a_key_explains_what_is_drawn);
    return suite_run(s);
}
