/* SPDX-License-Identifier: MIT */
/*
 * Answers from catalogues that change, as the bundled one does not show them: records taken back or merged, filters said
 * in words, a new catalogue under a running daemon, and requests refused before they were understood.
 */
#include "client.h"
#include "import_fixture.h"
#include "util/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct fixture fixture;
static struct client client;
static const char *served; /* the catalogue's path */

static const char first[] =
    "{'datasets':[{'id':'bundled','title':'Bundled','license':'L','license_url':'https://example.org/l'},"
    "{'id':'odd','title':'Odd','license':'L','license_url':'https://example.org/\xc3\xa9'}],"
    "'organizations':[{'id':'dealer','name':'Dealer','kind':'dealer','country':'JP'},"
    "{'id':'maker','name':'Maker','kind':'automaker'}],"
    "'incidents':["
    "{'id':'one','title':'One','status':'confirmed','dataset':{'id':'bundled'},'modified':'2020-01-01T00:00:"
    "00Z',"
    "'parties':[{'organization':{'id':'dealer'},'role':'breached','certainty':'confirmed'}],"
    "'timeline':[{'date':'2019-03-29','kind':'disclosure','text':'Told','certainty':'confirmed'}]},"
    "{'id':'two','title':'Two','status':'claimed','dataset':{'id':'odd'},'modified':'2020-01-01T00:00:"
    "00Z'},"
    "{'id':'back','title':'Taken back','status':'withdrawn','dataset':{'id':'bundled'},"
    "'withdrawn':{'at':'2020-05-05T00:00:00Z','reason':'It was <another> company','by':'The editors'}},"
    "{'id':'old','title':'Old','status':'claimed','dataset':{'id':'bundled'},'merged_into':'one'}]}";

static const char second[] =
    "{'incidents':[{'id':'three','title':'Three','status':'claimed','dataset':{'id':'bundled'},"
    "'modified':'2021-01-01T00:00:00Z'}]}";

static void open_client(void)
{
    fixture_init(&fixture);
    fixture_write(&fixture, "first.json", first);
    ck_assert_int_eq(fixture_import(&fixture, "served.db"), 0);
    served = fixture_path(&fixture, "served.db");
    client_open(&client, served, "", NULL);
}

static void close_client(void)
{
    client_close(&client);
    fixture_done(&fixture);
}

static struct reply ask(const char *target, const char *accept)
{
    return client_ask(&client, "GET", target, accept, NULL);
}

static const char *body_of(const struct reply *r)
{
    return client_body(&client, r);
}

/* Data may hold what a field may not. */
START_TEST(a_licence_is_linked_where_it_can_be)
{
    struct reply r = ask("/incidents/one.json", NULL);
    ck_assert_ptr_nonnull(strstr(header_of(&r, "Link"), "<https://example.org/l>; rel=\"license\""));
    reply_done(&r);
    r = ask("/incidents/two.json", NULL);
    ck_assert_uint_eq(r.status, 200);
    ck_assert_ptr_null(strstr(header_of(&r, "Link"), "license"));
    reply_done(&r);
}
END_TEST

/* --- records that are no longer --- */

static const struct {
    const char *target, *location;
} merged[] = {
    {"/incidents/old", "/incidents/one"},
    {"/incidents/old.json", "/incidents/one.json"},
    {"/incidents/old/timeline", "/incidents/one/timeline"},
    {"/incidents/old/timeline.json", "/incidents/one/timeline.json"},
};

START_TEST(merged_records_lead_to_the_one_that_is_left)
{
    struct reply r = ask(merged[_i].target, NULL);
    ck_assert_uint_eq(r.status, 308);
    assert_header(&r, "Location", merged[_i].location);
    assert_shared(&r);
    reply_done(&r);
}
END_TEST

START_TEST(withdrawn_records_leave_a_tombstone)
{
    static const char *const targets[] = {"/incidents/back", "/incidents/back/timeline"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct reply page = ask(targets[i], "text/html");
        ck_assert_uint_eq(page.status, 410);
        assert_header(&page, "Cache-Control", "no-store");
        assert_has(body_of(&page), "Withdrawn: Taken back");
        assert_has(body_of(&page), "It was &lt;another&gt; company");
        assert_has(body_of(&page), "5 May 2020");
        reply_done(&page);
        struct reply data = ask(arena_printf(client.mem, "%s.json", targets[i]), NULL);
        ck_assert_uint_eq(data.status, 410);
        assert_header(&data, "Content-Type", "application/problem+json");
        assert_has(body_of(&data),
                   "\"incident\":{\"id\":\"back\",\"title\":\"Taken back\",\"withdrawn\":{\"at\":"
                   "\"2020-05-05T00:00:00Z\",\"reason\":\"It was <another> company\"");
        reply_done(&data);
    }
}
END_TEST

START_TEST(lists_show_them_only_when_asked)
{
    struct reply usual = ask("/incidents.json", NULL);
    assert_header(&usual, "X-Total-Count", "2");
    ck_assert_ptr_null(strstr(body_of(&usual), "Taken back"));
    reply_done(&usual);
    struct reply gone = ask("/incidents.json?status=withdrawn", NULL);
    assert_header(&gone, "X-Total-Count", "2");
    assert_has(body_of(&gone), "\"merged_into\":\"one\"");
    assert_has(body_of(&gone), "Taken back");
    reply_done(&gone);
}
END_TEST

/* --- filters in words --- */

static const struct {
    const char *target, *text, *total;
} filtered[] = {
    {"/incidents.json?country=none", "with country not known", "1"},
    {"/incidents.json?country=jp,none", "in Japan or with country not known", "2"},
    {"/incidents.json?country=jp&year=2019", "in Japan, 2019", NULL},
    {"/incidents.json?country=us,jp", "in Japan or the United States", NULL},
    {"/incidents.json?organization=dealer&status=confirmed", "naming Dealer, marked incident confirmed", "1"},
    {"/incidents.json?organization=nobody", "naming nobody", "0"},
    {"/incidents.json?organization=dealer&reach=all",
     "naming Dealer with what it owns, its owners and suppliers", NULL},
    {"/incidents.json?q=%22toyota+motor%22+none", "with the text “\\\"toyota motor\\\" none”", NULL},
    {"/incidents.json?occurred=2019-03&disclosed=none&match=certain",
     "that occurred March 2019, with no known date of disclosure, for certain", NULL},
    {"/incidents.json?affected_min=1000&affected_max=5000&unit=accounts",
     "with at least 1,000 accounts, with at most 5,000 accounts", NULL},
    {"/incidents.json?sector=4411,none&action=hacking,error&data_class=none",
     "in the business of car dealers (4411) or with line of business not known, naming error or hacking, "
     "naming no kind of data",
     NULL},
    {"/incidents.json?year=2020,2019&party_kind=dealer&role=vendor&source_class=press",
     "of 2019 or 2020, with an organisation of the kind dealer, in the role vendor, with a source of the "
     "kind "
     "press",
     NULL},
    {"/organizations.json?kind=automaker", "of the kind carmaker", "1"},
    {"/timeline.json?kind=disclosure", "of the kind disclosure", "1"},
};

START_TEST(filters_are_said_in_words)
{
    struct reply r = ask(filtered[_i].target, NULL);
    ck_assert_uint_eq(r.status, 200);
    if (filtered[_i].total)
        assert_header(&r, "X-Total-Count", filtered[_i].total);
    assert_has(body_of(&r), arena_printf(client.mem, "\"query\":{\"text\":\"%s\",", filtered[_i].text));
    reply_done(&r);
}
END_TEST

/* --- a new catalogue --- */

static int reload(bool force)
{
    char *line = NULL;
    int r = app_reload(client.app, force, &line);
    ck_assert_int_eq(line != NULL, r == 2);
    free(line);
    return r;
}

START_TEST(a_new_catalogue_is_taken_into_service)
{
    struct reply before = ask("/incidents.json?limit=1", NULL);
    const char *tag = header_of(&before, "ETag"), *next = strstr(body_of(&before), "\"next\":\"");
    ck_assert_ptr_nonnull(next);
    next = arena_strndup(client.mem, next + 8, strcspn(next + 8, "\""));
    ck_assert_int_eq(reload(false), 0);

    fixture_write(&fixture, "second.json", second);
    ck_assert_int_eq(fixture_import(&fixture, "served.db"), 0);
    ck_assert_int_eq(reload(false), 1);
    ck_assert_int_eq(reload(false), 0);
    ck_assert_int_eq(reload(true), 1);

    struct reply after = client_ask(&client, "GET", "/incidents.json?limit=1", NULL, tag);
    ck_assert_uint_eq(after.status, 200);
    assert_header(&after, "X-Total-Count", "3");
    struct reply page = ask(next, NULL);
    ck_assert_uint_eq(page.status, 200);
    assert_has(body_of(&page), "\"catalogue_changed\":true");
    assert_has(body_of(&page), "\"id\":\"three\"");
    reply_done(&before);
    reply_done(&after);
    reply_done(&page);
}
END_TEST

/* What was rejected is no part of a catalogue's id, but pages show it. */
START_TEST(another_report_has_another_tag)
{
    struct reply before = ask("/datasets/bundled.json", NULL);
    const char *tag = header_of(&before, "ETag"), *id = arena_strdup(client.mem, fixture.report->id);
    fixture_write(&fixture, "broken.json",
                  "{'id':'x','title':7,'status':'claimed','dataset':{'id':'bundled'}}");
    ck_assert_int_eq(fixture_import(&fixture, "served.db"), 0);
    assert_text(fixture.report->id, id);
    ck_assert_int_eq(reload(false), 1);
    struct reply after = client_ask(&client, "GET", "/datasets/bundled.json", NULL, tag);
    ck_assert_uint_eq(after.status, 200);
    assert_has(body_of(&after), "\"rejected\":1");
    reply_done(&before);
    reply_done(&after);
}
END_TEST

START_TEST(a_bad_catalogue_is_refused_and_the_old_serves_on)
{
    fixture_write(&fixture, "bad.db", "garbage");
    ck_assert_int_eq(rename(fixture_path(&fixture, "in/bad.db"), served), 0);
    ck_assert_int_eq(reload(false), 2);
    ck_assert_int_eq(reload(false), 0);
    struct reply incident = ask("/incidents/one.json", NULL);
    ck_assert_uint_eq(incident.status, 200);
    reply_done(&incident);
    struct reply ready = ask("/readyz", NULL);
    ck_assert_uint_eq(ready.status, 200);
    assert_has(body_of(&ready),
               "{\"name\":\"reload\",\"status\":\"warn\",\"detail\":\"refused served.db at ");
    ck_assert_ptr_null(strstr(body_of(&ready), fixture.folder));
    reply_done(&ready);
}
END_TEST

/* --- not understood --- */

START_TEST(refused_requests_are_told_why_and_closed)
{
    static const struct header html[] = {{"Accept", "text/html"}};
    struct request req = {.method = "GET", .target = "/%zz", .version = "HTTP/1.1", .mem = client.mem};
    struct reply r;
    dispatch_refusal(client.app, &req, 431, "too many header fields", &r);
    ck_assert_uint_eq(r.status, 431);
    ck_assert(r.close);
    assert_header(&r, "Content-Type", "application/problem+json");
    assert_has(body_of(&r), "\"detail\":\"too many header fields\"");
    assert_shared(&r);
    reply_done(&r);
    req.headers = html;
    req.n_headers = 1;
    dispatch_refusal(client.app, &req, 400, "there is no Host field", &r);
    ck_assert_uint_eq(r.status, 400);
    ck_assert(r.close);
    assert_has(body_of(&r), "there is no Host field");
    assert_has(body_of(&r), "</html>");
    reply_done(&r);
}
END_TEST

START_TEST(options_of_the_whole_server)
{
    struct reply r = client_ask(&client, "OPTIONS", "*", NULL, NULL);
    ck_assert_uint_eq(r.status, 204);
    assert_header(&r, "Allow", "GET, HEAD, OPTIONS");
    reply_done(&r);
}
END_TEST

START_TEST(the_catalogue_says_what_it_is)
{
    struct catalogue_info info;
    ck_assert_int_eq(app_catalogue(client.app, client.mem, &info), 0);
    ck_assert_uint_eq(info.incidents, 2);
    assert_text(info.built, "2020-01-01T00:00:00Z");
    assert_text(info.id, fixture.report->id);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("answers");
    TCase *tc = tcase_create("answers");
    tcase_add_checked_fixture(tc, open_client, close_client);
    SUITE_LOOP(tc, merged_records_lead_to_the_one_that_is_left, merged);
    tcase_add_test(tc, a_licence_is_linked_where_it_can_be);
    tcase_add_test(tc, withdrawn_records_leave_a_tombstone);
    tcase_add_test(tc, lists_show_them_only_when_asked);
    SUITE_LOOP(tc, filters_are_said_in_words, filtered);
    tcase_add_test(tc, a_new_catalogue_is_taken_into_service);
    tcase_add_test(tc, another_report_has_another_tag);
    tcase_add_test(tc, a_bad_catalogue_is_refused_and_the_old_serves_on);
    tcase_add_test(tc, refused_requests_are_told_why_and_closed);
    tcase_add_test(tc, options_of_the_whole_server);
    tcase_add_test(tc, the_catalogue_says_what_it_is);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
