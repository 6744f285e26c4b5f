/* SPDX-License-Identifier: MIT */
/*
 * Feeds and calendars against the bodies in tests/golden, and what those cannot show: names that last, characters that XML or
 * iCalendar forbid, lines that have to be folded, dates that no calendar can show.
 */
#include "render/icsw.h"
#include "sample.h"
#include "suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct render_env env = {
    .base = "/b",
    .path = "/incidents",
    .canonical = "https://breachd.example/b/incidents?country=JP",
    .forms = {[FORMAT_HTML] = {"/b/incidents?country=JP&year=2019", "text/html"},
              [FORMAT_JSON] = {"/b/incidents.json?country=JP&year=2019", "application/json"},
              [FORMAT_ATOM] = {"/b/incidents.atom?country=JP&year=2019", "application/atom+xml"},
              [FORMAT_ICS] = {"/b/incidents.ics?country=JP&year=2019", "text/calendar"}},
    .origin = "https://breachd.example",
    .query = "country=JP&year=2019",
    .contact = "mailto:desk@example.org?subject=x",
    .version = "0.1.0",
    .catalogue = {.id = "5f2c", .built = "2026-01-31T12:00:00Z"},
};

#define JAPANESE "\xe6\x9d\xb1\xe4\xba\xac\xe3\x83\x88\xe3\x83\xa8\xe3\x83\x9a\xe3\x83\x83\xe3\x83\x88"
#define CAR      "\xf0\x9f\x9a\x97"

static const struct via via[] = {{"toyo-holdings", "Toyo Holdings", ORG_OWNED_BY}};

/* As the sample, another, and two that are no longer listed. */
static void make_rows(struct incident_row rows[static 4])
{
    rows[0] = sample_incident.row;
    rows[0].has_via = true;
    rows[0].via = via;
    rows[0].n_via = 1;
    rows[0].modified = "2026-01-31T12:00:01Z";
    rows[0].dataset = "vcdb";
    rows[0].withdrawn = (struct withdrawal){0};
    rows[0].merged_into = NULL;
    rows[1] = sample_bare_incident.row;
    rows[1].dataset = "bare";
    rows[2] = rows[1];
    rows[2].id = "gone";
    rows[2].withdrawn = (struct withdrawal){"2026-01-31T12:00:00Z", "gone from dataset", NULL};
    rows[2].status = STATUS_WITHDRAWN;
    rows[3] = rows[1];
    rows[3].id = "merged";
    rows[3].merged_into = "2019-03-toyo";
}

#define ITEM(text_, date_, kind_, certainty_, modified_)                                                     \
    {                                                                                                        \
        {.id = text_ "-1", .date = date_, .kind = (kind_), .text = text_, .e = {.certainty = (certainty_)}}, \
            {"2019-03-toyo", "Toyo, Inc; " JAPANESE " \\ " CAR, STATUS_CONFIRMED}, modified_, false,         \
        {                                                                                                    \
            .n = 0                                                                                           \
        }                                                                                                    \
    }
#define SPAN(text_, a, b)                                                                                    \
    {                                                                                                        \
        .text = (text_), .earliest = a, .latest = b                                                          \
    }

static const struct timeline_item items[] = {
    {{"disclosure-2019-03-29", DAY("2019-03-29"), EVENT_DISCLOSURE, "Told the press.\r\nAnd others.", false,
      TOYO_SAYS},
     {"2019-03-toyo", "Toyo", STATUS_CONFIRMED},
     "2026-01-31T12:00:00Z",
     true,
     {.n = 1, .title = "Notice", .publisher = "ZDNews", .class = CLASS_PRESS}},
    ITEM("day", DAY("2019-03-29"), EVENT_LEAK, CERTAINTY_CONFIRMED, "2026-01-30T12:00:00Z"),
    ITEM("month", SPAN("2019-02", "2019-02-01", "2019-02-28"), EVENT_LEAK, CERTAINTY_CLAIMED,
         "2026-01-29T12:00:00Z"),
    ITEM("lasted", SPAN("2018-12-30/2019-12-31", "2018-12-30", "2019-12-31"), EVENT_INTRUSION,
         CERTAINTY_SUSPECTED, "2026-01-29T12:00:00Z"),
    ITEM("set", SPAN("[2019-12-30..2020-01-02]", "2019-12-30", "2020-01-02"), EVENT_OTHER, CERTAINTY_CLAIMED,
         "2026-01-29T12:00:00Z"),
    ITEM("year", SPAN("2019", "2019-01-01", "2019-12-31"), EVENT_OTHER, CERTAINTY_CLAIMED,
         "2026-01-29T12:00:00Z"),
    ITEM("set-wide", SPAN("[2019-01..2019-03]", "2019-01-01", "2019-03-31"), EVENT_OTHER, CERTAINTY_CLAIMED,
         "2026-01-29T12:00:00Z"),
    ITEM("lasted-wide", SPAN("2018/2019-12-31", "2018-01-01", "2019-12-31"), EVENT_OTHER, CERTAINTY_CLAIMED,
         "2026-01-29T12:00:00Z"),
    ITEM("open", SPAN("2019-03-01/..", "2019-03-01", ""), EVENT_OTHER, CERTAINTY_CLAIMED,
         "2026-01-29T12:00:00Z"),
    ITEM("none", {0}, EVENT_OTHER, CERTAINTY_UNKNOWN, "2026-01-29T12:00:00Z"),
};

#define LIST_INFO                                                                                            \
    {                                                                                                        \
        .total = 12, .limit = 25, .text = "in Japan & \"2019\""                                              \
    }

/* What is written of V. */
static char *text_of(enum format f, const struct view *v, const struct render_env *e)
{
    struct strbuf out = STRBUF_INIT;
    ck_assert_int_eq(render_view(f, v, e, &out), 0);
    return strbuf_take(&out, NULL);
}

/* Where GOT, but for the CR of its lines, and tests/golden/NAME part. */
static void assert_golden(const char *got, const char *name)
{
    const char *folder = getenv("BREACHD_TESTS");
    char path[4096];
    snprintf(path, sizeof path, "%s/golden/%s", folder ? folder : "tests", name);
    FILE *f = fopen(path, "r");
    ck_assert_msg(f != NULL, "cannot open %s", path);
    const char *at = got;
    for (int c; (c = fgetc(f)) != EOF; at++) {
        at += *at == '\r';
        ck_assert_msg((unsigned char)*at == c, "%s: got …%.60s", name, at - (at - got < 30 ? at - got : 30));
    }
    fclose(f);
    ck_assert_msg(!*at, "%s: and then %.60s", name, at);
}

static void check_golden(enum format f, const struct view *v, const char *name)
{
    char *got = text_of(f, v, &env);
    assert_golden(got, name);
    free(got);
}

START_TEST(feeds_are_as_published)
{
    struct incident_row rows[4];
    make_rows(rows);
    struct feed_rows feed = {.rows = rows, .n = 4, .datasets = sample_datasets, .n_datasets = 2};
    check_golden(FORMAT_ATOM, &(struct view){VIEW_INCIDENTS, .incidents = {.info = LIST_INFO, .feed = feed}},
                 "incidents.atom");
    feed.n = 1;
    check_golden(
        FORMAT_ATOM,
        &(struct view){VIEW_ORGANIZATION, .organization = {.organization = &sample_org, .feed = feed}},
        "organization.atom");
    check_golden(FORMAT_ATOM, &(struct view){VIEW_TIMELINE, .timeline = {items, 3, LIST_INFO}},
                 "timeline.atom");
    check_golden(FORMAT_ATOM, &(struct view){VIEW_INCIDENTS, .incidents = {.info = LIST_INFO}},
                 "incidents-empty.atom");
}
END_TEST

START_TEST(calendars_are_as_published)
{
    const size_t n = sizeof items / sizeof *items;
    check_golden(FORMAT_ICS, &(struct view){VIEW_TIMELINE, .timeline = {items, n, LIST_INFO}},
                 "timeline.ics");
    struct view one = {
        VIEW_INCIDENT_TIMELINE,
        .incident_timeline = {&sample_incident, items, 2, {.total = 2, .limit = 2, .text = ""}}};
    check_golden(FORMAT_ICS, &one, "incident-timeline.ics");
}
END_TEST

static const struct view events = {VIEW_TIMELINE, .timeline = {items, 2, LIST_INFO}};

/* The Nth value between FROM and TO in TEXT, to be freed. */
static char *between(const char *text, const char *from, const char *to, unsigned nth)
{
    const char *at = text;
    do {
        at = strstr(at, from);
        ck_assert_msg(at != NULL, "no %s", from);
        at += strlen(from);
    } while (nth--);
    const char *end = strstr(at, to);
    ck_assert_ptr_nonnull(end);
    return strndup(at, (size_t)(end - at));
}

static void assert_same_name(enum format f, const struct render_env *other, unsigned nth, bool same)
{
    bool atom = f == FORMAT_ATOM;
    char *a = text_of(f, &events, &env), *b = text_of(f, &events, other);
    char *id_a = between(a, atom ? "<id>urn:uuid:" : "UID:", atom ? "</id>" : "\r\n", nth);
    char *id_b = between(b, atom ? "<id>urn:uuid:" : "UID:", atom ? "</id>" : "\r\n", nth);
    ck_assert_msg((strcmp(id_a, id_b) == 0) == same, "%s %s", id_a, id_b);
    ck_assert_uint_eq(strlen(id_a), 36);
    ck_assert_int_eq(id_a[14], '8'); /* RFC 9562 section 5.8 */
    ck_assert_ptr_nonnull(strchr("89ab", id_a[19]));
    free(a);
    free(b);
    free(id_a);
    free(id_b);
}

/* Nothing but what is named goes into a name: neither host nor prefix, version nor catalogue. */
START_TEST(names_outlast_hosts)
{
    static const enum format formats[] = {FORMAT_ATOM, FORMAT_ICS};
    struct render_env moved = env, other = env;
    moved.origin = "http://localhost:8080";
    moved.base = "";
    moved.version = "9";
    moved.catalogue.id = "0";
    other.query = "country=JP";
    for (size_t i = 0; i < 2; i++) {
        for (unsigned nth = 0; nth < 3; nth++)
            assert_same_name(formats[i], &moved, nth, true);
        assert_same_name(formats[i], &other, 0, false); /* another filter is another feed */
        assert_same_name(formats[i], &other, 1, true);
    }
}
END_TEST

START_TEST(without_an_origin_links_have_none)
{
    struct render_env bare = env;
    bare.origin = NULL;
    char *atom = text_of(FORMAT_ATOM, &events, &bare), *ics = text_of(FORMAT_ICS, &events, &bare);
    ck_assert_ptr_nonnull(strstr(atom, "href=\"/b/incidents/2019-03-toyo#day-1\""));
    ck_assert_ptr_null(strstr(ics, "URL:"));
    ck_assert_ptr_null(strstr(ics, "SOURCE"));
    free(atom);
    free(ics);
}
END_TEST

START_TEST(forbidden_characters_are_left_out)
{
    struct timeline_item item = items[1];
    item.event.text = "a\x01"
                      "b\x1f"
                      "c\x7f"
                      "d\xef\xbf\xbe"
                      "e\t<&>\"'";
    struct view v = {VIEW_TIMELINE, .timeline = {&item, 1, LIST_INFO}};
    char *atom = text_of(FORMAT_ATOM, &v, &env), *ics = text_of(FORMAT_ICS, &v, &env);
    for (const char *at = atom; *at; at++)
        ck_assert_msg((unsigned char)*at >= 0x20 || *at == '\n' || *at == '\t', "%02x", (unsigned)*at);
    ck_assert_ptr_null(strstr(atom, "\xef\xbf\xbe"));
    ck_assert_ptr_nonnull(strstr(atom, "e\t&lt;&amp;&gt;\"'"));
    ck_assert_ptr_nonnull(strstr(ics, "Confirmed: abcd"));
    item.event.text = "caf\xe9";
    struct strbuf out = STRBUF_INIT;
    ck_assert_int_eq(render_view(FORMAT_ATOM, &v, &env, &out), -EINVAL);
    ck_assert_int_eq(render_view(FORMAT_ICS, &v, &env, &out), -EINVAL);
    ck_assert_uint_eq(out.size, 0);
    out.limit = 200;
    item.event.text = "fits";
    ck_assert_int_eq(render_view(FORMAT_ATOM, &v, &env, &out), -ENOMEM);
    ck_assert_int_eq(render_view(FORMAT_ICS, &v, &env, &out), -ENOMEM);
    strbuf_done(&out);
    free(atom);
    free(ics);
}
END_TEST

/* --- lines --- */

static const struct {
    const char *value, *line;
} escapes[] = {
    {"", "X:\r\n"},
    {"a, b; c\\d", "X:a\\, b\\; c\\\\d\r\n"},
    {"a\nb\r\nc", "X:a\\nb\\nc\r\n"},
    {"c:\\new", "X:c:\\\\new\r\n"}, /* no line's end: some readers take it for one */
    {"a:b \"c\"", "X:a:b \"c\"\r\n"},
    {"a\x01\x7f\tb", "X:a\tb\r\n"},
    {JAPANESE CAR, "X:" JAPANESE CAR "\r\n"},
};

START_TEST(values_are_escaped)
{
    struct strbuf out = STRBUF_INIT;
    struct icsw w = ICSW_INIT(&out);
    icsw_text(&w, "X", escapes[_i].value);
    ck_assert_int_eq(icsw_finish(&w), 0);
    assert_text(out.data, escapes[_i].line);
    strbuf_done(&out);
}
END_TEST

/* Whatever stands where a line has to end: no line is longer than 75 octets, each is UTF-8 by itself, and unfolded they are what
 * was written. */
START_TEST(lines_are_folded_between_characters)
{
    static const char *const characters[] = {"a", "\xc3\xa9", "\xe6\x9d\xb1", CAR};
    for (size_t before = 0; before < 80; before++) {
        struct strbuf value = STRBUF_INIT, out = STRBUF_INIT, whole = STRBUF_INIT;
        for (size_t i = 0; i < before; i++)
            strbuf_addc(&value, 'x');
        for (size_t i = 0; i < 100; i++)
            strbuf_adds(&value, characters[_i]);
        struct icsw w = ICSW_INIT(&out);
        icsw_value(&w, "X", value.data);
        ck_assert_int_eq(icsw_finish(&w), 0);
        for (const char *at = out.data, *end; *at; at = end + 2) {
            end = strstr(at, "\r\n");
            ck_assert_msg(end && end - at <= 75, "%zu: %.100s", before, at);
            ck_assert_msg((*at & 0xc0) != 0x80, "%zu: cut within a character", before);
            bool folded = at != out.data;
            ck_assert(!folded || (at[0] == ' ' && (at[1] & 0xc0) != 0x80));
            strbuf_add(&whole, at + folded, (size_t)(end - at - folded));
        }
        ck_assert_int_eq(strncmp(whole.data, "X:", 2), 0);
        assert_text(whole.data + 2, value.data);
        strbuf_done(&value);
        strbuf_done(&out);
        strbuf_done(&whole);
    }
}
END_TEST

START_TEST(a_line_of_exactly_75_is_not_folded)
{
    struct strbuf out = STRBUF_INIT;
    struct icsw w = ICSW_INIT(&out);
    char value[75];
    memset(value, 'x', 73);
    value[73] = '\0';
    icsw_value(&w, "X", value);
    icsw_texts(&w, "Y", ((const char *const[]){"a,b", "c"}), 2);
    icsw_text(&w, "Z", NULL);
    ck_assert_int_eq(icsw_finish(&w), -ENOMEM);
    ck_assert_int_eq(strncmp(out.data + 75, "\r\nY:a\\,b,c\r\n", 12), 0);
    strbuf_done(&out);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("feeds");
    SUITE_ADD(s, "golden", feeds_are_as_published, calendars_are_as_published);
    SUITE_ADD(s, "feeds", names_outlast_hosts, without_an_origin_links_have_none,
              forbidden_characters_are_left_out, a_line_of_exactly_75_is_not_folded);
    TCase *lines = tcase_create("lines");
    SUITE_LOOP(lines, values_are_escaped, escapes);
    tcase_add_loop_test(lines, lines_are_folded_between_characters, 0, 4);
    suite_add_tcase(s, lines);
    return suite_run(s);
}
