/* SPDX-License-Identifier: MIT */
/*
 * The whole daemon behind its sockets: every route in every format on the bundled catalogue, and every way a request
 * can go wrong. argv: the folder of the bundled catalogue.
 */
#include "bundled.h"
#include "client.h"
#include "render/render.h"
#include "router.h"
#include "util/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct client client;

#define TOKYO "/incidents/2019-03-toyota-japan-sales-subsidiaries"

static void open_root(void)
{
    client_open(&client, bundled_path(), "", NULL);
}

static void open_prefixed(void)
{
    client_open(&client, bundled_path(), "/b", "https://breaches.example");
}

static void close_client(void)
{
    client_close(&client);
}

static struct reply ask_with(const char *method, const char *target, const char *accept,
                             const char *if_none_match)
{
    return client_ask(&client, method, target, accept, if_none_match);
}

static struct reply ask(const char *target)
{
    return ask_with("GET", target, NULL, NULL);
}

static const char *body_of(const struct reply *r)
{
    return client_body(&client, r);
}

/* --- routes × formats --- */

static const struct {
    const char *template, *path;
} samples[] = {
    {"/", "/"},
    {"/incidents", "/incidents"},
    {"/incidents/{id}", TOKYO},
    {"/incidents/{id}/timeline", TOKYO "/timeline"},
    {"/dealers", "/dealers"},
    {"/dealers/{id}", "/dealers/tokyo-toyopet"},
    {"/organizations", "/organizations"},
    {"/organizations/{id}", "/organizations/toyota-motor-corporation"},
    {"/timeline", "/timeline"},
    {"/statistics", "/statistics"},
    {"/actors", "/actors"},
    {"/actors/{id}", "/actors/apt32"},
    {"/data-classes", "/data-classes"},
    {"/datasets", "/datasets"},
    {"/datasets/{id}", "/datasets/bundled"},
    {"/about", "/about"},
    {"/catalogue.db", "/catalogue.db"},
    {"/api", "/api"},
    {"/catalogue.ndjson", "/catalogue.ndjson"},
    {"/healthz", "/healthz"},
    {"/readyz", "/readyz"},
    {"/version", "/version"},
    {"/openapi.json", "/openapi.json"},
    {"/.well-known/api-catalog", "/.well-known/api-catalog"},
    {"/.well-known/security.txt", "/.well-known/security.txt"},
    {"/sitemap.xml", "/sitemap.xml"},
    {"/sitemap-{part}.xml", "/sitemap-pages.xml"},
    {"/robots.txt", "/robots.txt"},
    {"/favicon.svg", "/favicon.svg"},
    {"/schemas/{name}", "/schemas/incident.json"},
};

static const char *sample_of(const char *template)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        if (strcmp(samples[i].template, template) == 0)
            return samples[i].path;
    return NULL;
}

/* What every body of a format has. */
static const char *const marks[_FORMAT_N] = {
    [FORMAT_HTML] = "<!DOCTYPE html>",
    [FORMAT_JSON] = "\"catalogue\":{\"id\":\"",
    [FORMAT_CSV] = ",url",
    [FORMAT_NDJSON] = "\"html_url\":\"",
    [FORMAT_ATOM] = "<feed xmlns=\"http://www.w3.org/2005/Atom\"",
    [FORMAT_ICS] = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n",
};

static void check_format(const char *path, enum format f)
{
    const char *with = strcmp(path, "/") == 0 && f != FORMAT_HTML ? "/index" : path;
    struct reply r = ask(arena_printf(client.mem, "%s%s", with, format_suffix(f)));
    ck_assert_msg(r.status == 200, "%s%s: %u %.300s", with, format_suffix(f), r.status, body_of(&r));
    assert_has(header_of(&r, "Content-Type"), format_media_type(f));
    ck_assert_ptr_nonnull(header_of(&r, "ETag"));
    ck_assert_ptr_nonnull(header_of(&r, "Last-Modified"));
    assert_header(&r, "Cache-Control", "public, max-age=60");
    assert_header(&r, "Access-Control-Allow-Origin", f == FORMAT_HTML ? NULL : "*");
    assert_header(&r, "Vary", *format_suffix(f) ? "Accept-Encoding" : "Accept, Accept-Encoding");
    assert_shared(&r);
    assert_has(body_of(&r), marks[f]);
    const char *total = header_of(&r, "X-Total-Count");
    if (total && f == FORMAT_JSON)
        assert_has(body_of(&r), arena_printf(client.mem, "\"total\":%s,\"page\":", total));

    struct reply again = ask_with("GET", arena_printf(client.mem, "%s%s", with, format_suffix(f)), NULL,
                                  header_of(&r, "ETag"));
    ck_assert_uint_eq(again.status, 304);
    assert_header(&again, "ETag", header_of(&r, "ETag"));
    reply_done(&again);
    reply_done(&r);
}

/* Route _i of the table answers in each of its formats, with a tag that makes a 304, and 406 or 404 in the others. */
START_TEST(every_route_in_every_format)
{
    const struct route *route = &routes[_i];
    if (strcmp(route->path, "/static/{digest}/{name}") == 0)
        return; /* its digest is found on pages: see style_sheet_is_linked */
    const char *path = sample_of(route->path);
    ck_assert_msg(path, "no sample for %s: add one", route->path);
    for (unsigned f = 0; f < _FORMAT_N; f++)
        if (route->formats & 1u << f)
            check_format(path, (enum format)f);
    struct reply r = ask(path);
    ck_assert_uint_eq(r.status, 200);
    ck_assert_ptr_eq(r.route, route);
    reply_done(&r);
    struct reply post = ask_with("POST", path, "application/json", NULL);
    ck_assert_uint_eq(post.status, 405);
    assert_header(&post, "Allow", "GET, HEAD, OPTIONS");
    assert_header(&post, "Content-Type", "application/problem+json");
    reply_done(&post);
    struct reply options = ask_with("OPTIONS", path, NULL, NULL);
    ck_assert_uint_eq(options.status, 204);
    assert_header(&options, "Allow", "GET, HEAD, OPTIONS");
    reply_done(&options);
    struct reply unknown = ask(arena_printf(client.mem, "%s?nonsense=1", path));
    ck_assert_msg(unknown.status == 400, "%s: %u", path, unknown.status);
    assert_has(body_of(&unknown), "nonsense");
    reply_done(&unknown);
}
END_TEST

START_TEST(style_sheet_is_linked)
{
    struct reply page = ask("/about");
    const char *at = strstr(body_of(&page), "/static/");
    ck_assert_ptr_nonnull(at);
    const char *path = arena_strndup(client.mem, at, strcspn(at, "\""));
    struct reply css = ask(path);
    ck_assert_uint_eq(css.status, 200);
    assert_header(&css, "Content-Type", "text/css; charset=utf-8");
    assert_has(header_of(&css, "Cache-Control"), "immutable");
    struct reply same = ask_with("GET", path, NULL, header_of(&css, "ETag"));
    ck_assert_uint_eq(same.status, 304);
    struct reply other = ask("/static/0123456789abcdef/style.css");
    ck_assert_uint_eq(other.status, 404);
    reply_done(&page);
    reply_done(&css);
    reply_done(&same);
    reply_done(&other);
}
END_TEST

/* --- negotiation --- */

static const struct {
    const char *target, *accept;
    unsigned status;
    const char *type, *location;
} negotiations[] = {
    {"/incidents", NULL, 200, "text/html; charset=utf-8", "/incidents"},
    {"/incidents", "*/*", 200, "text/html; charset=utf-8", "/incidents"},
    {"/incidents", "application/json", 200, "application/json", "/incidents.json"},
    {"/incidents", "application/json, */*", 200, "application/json", "/incidents.json"},
    {"/incidents", "text/html;q=0.5, application/json;q=0.6", 200, "application/json", "/incidents.json"},
    {"/incidents?year=2019", "application/json", 200, "application/json", "/incidents.json?year=2019"},
    {"/", "application/json", 200, "application/json", "/index.json"},
    {"/incidents", "image/png", 406, "application/problem+json", NULL},
    {"/about", "application/json", 406, "application/problem+json", NULL},
    {"/incidents.json", "text/html", 200, "application/json", NULL},
    {"/incidents.json", "image/png", 200, "application/json", NULL},
};

START_TEST(format_follows_suffix_then_accept)
{
    struct reply r = ask_with("GET", negotiations[_i].target, negotiations[_i].accept, NULL);
    ck_assert_uint_eq(r.status, negotiations[_i].status);
    assert_header(&r, "Content-Type", negotiations[_i].type);
    assert_header(&r, "Content-Location", negotiations[_i].location);
    reply_done(&r);
}
END_TEST

/* --- addresses --- */

static const struct {
    const char *target;
    unsigned status;
    const char *location;
} addresses[] = {
    {"/nope", 404, NULL},
    {"/incidents/none-such", 404, NULL},
    {"/incidents/none-such.json", 404, NULL},
    {"/incidents.xml", 404, NULL},
    {"/incidents.html", 404, NULL},
    {"/.json", 404, NULL},
    {"/index", 404, NULL},
    {"/index.html", 404, NULL},
    {"/about.json", 404, NULL},
    {"/healthz.json", 404, NULL},
    {"/incidents/", 308, "/incidents"},
    {"/incidents/?year=2019&x=%C3%A9", 308, "/incidents?year=2019&x=%C3%A9"},
    {TOKYO "/", 308, TOKYO},
    {"/nope/", 404, NULL},
    {"//evil.example/", 404, NULL},
    {"/%2F/evil.example/", 404, NULL},
    {"/\\evil.example/", 404, NULL},
    {"/../etc/passwd", 404, NULL},
    {"/incidents/%2e%2e", 404, NULL},
    {"/incidents/%zz", 400, NULL},
    {"/incidents/%00", 400, NULL},
    {"/incidents?year=%ff", 400, NULL},
    {"/incidents#x", 400, NULL},
    {"incidents", 400, NULL},
    {"/organizations/tokyo-toyopet", 307, "/dealers/tokyo-toyopet"},
    {"/organizations/tokyo-toyopet.json", 307, "/dealers/tokyo-toyopet.json"},
    {"/dealers/toyota-motor-corporation", 307, "/organizations/toyota-motor-corporation"},
    {"/organizations/tokyo-toyopet-jp", 308, "/dealers/tokyo-toyopet"},
    {"/dealers/toyota-motor-jp.json", 308, "/organizations/toyota-motor-corporation.json"},
    {"/organizations/toyota-motor", 404, NULL},
    {"http://localhost:8080/incidents.json", 200, NULL},
};

START_TEST(addresses_are_answered_rightly)
{
    struct reply r = ask(addresses[_i].target);
    ck_assert_msg(r.status == addresses[_i].status, "%s: %u", addresses[_i].target, r.status);
    assert_header(&r, "Location", addresses[_i].location);
    assert_shared(&r);
    if (r.status >= 400) {
        assert_header(&r, "Cache-Control", "no-store");
        ck_assert_ptr_null(header_of(&r, "ETag"));
    }
    reply_done(&r);
}
END_TEST

/* RFC 9110 section 13.1.2: "*" is false only where something is. */
START_TEST(a_star_matches_what_there_is)
{
    static const struct {
        const char *target;
        unsigned status;
    } stars[] = {
        {"/incidents.json", 304},          {TOKYO, 304},
        {"/catalogue.ndjson", 304},        {"/incidents/none-such.json", 404},
        {"/incidents.json?contry=x", 400}, {"/organizations/tokyo-toyopet.json", 307},
    };
    for (size_t i = 0; i < sizeof stars / sizeof *stars; i++) {
        struct reply r = ask_with("GET", stars[i].target, NULL, "*");
        ck_assert_msg(r.status == stars[i].status, "%s: %u", stars[i].target, r.status);
        reply_done(&r);
    }
}
END_TEST

START_TEST(a_long_target_is_414)
{
    char *target = arena_alloc(client.mem, LIMIT_TARGET_BYTES + 2);
    memset(target, 'a', LIMIT_TARGET_BYTES);
    target[0] = '/';
    struct reply r = ask(target);
    ck_assert_uint_eq(r.status, 404);
    reply_done(&r);
    target[LIMIT_TARGET_BYTES] = 'a';
    r = ask(target);
    ck_assert_uint_eq(r.status, 414);
    assert_has(body_of(&r), "\"status\":414");
    reply_done(&r);
}
END_TEST

/* --- problems --- */

START_TEST(problems_name_every_fault)
{
    struct reply r = ask("/incidents.json?contry=JP&limit=0");
    ck_assert_uint_eq(r.status, 400);
    assert_header(&r, "Content-Type", "application/problem+json");
    assert_header(&r, "Access-Control-Allow-Origin", "*");
    assert_text(
        body_of(&r),
        "{\"type\":\"/about#problem-parameters\",\"title\":\"Parameters not understood\",\"status\":400,"
        "\"detail\":\"2 faults in the query\",\"instance\":\"/incidents.json\",\"errors\":["
        "{\"parameter\":\"contry\",\"value\":\"JP\",\"detail\":\"unknown "
        "parameter\",\"suggestion\":\"country\"},"
        "{\"parameter\":\"limit\",\"value\":\"0\",\"detail\":\"not a whole number from 1 to 200\","
        "\"suggestion\":null}]}\n");
    reply_done(&r);
    r = ask_with("GET", "/incidents?contry=JP", "text/html", NULL);
    ck_assert_uint_eq(r.status, 400);
    assert_header(&r, "Content-Type", "text/html; charset=utf-8");
    assert_has(body_of(&r), "contry");
    assert_has(body_of(&r), "country");
    reply_done(&r);
    r = ask_with("GET", "/<script>alert(1)</script>", "text/html", NULL);
    ck_assert_uint_eq(r.status, 404);
    ck_assert_ptr_null(strstr(body_of(&r), "<script"));
    reply_done(&r);
}
END_TEST

START_TEST(an_empty_filter_is_no_filter)
{
    struct reply a = ask("/incidents.json"),
                 b = ask("/incidents.json?country=&utm_source=x&sort=-date&limit=25");
    ck_assert_uint_eq(b.status, 200);
    assert_header(&b, "ETag", header_of(&a, "ETag"));
    assert_text(body_of(&b), body_of(&a));
    struct reply c = ask("/incidents.json?country=JP");
    ck_assert_str_ne(header_of(&c, "ETag"), header_of(&a, "ETag"));
    reply_done(&a);
    reply_done(&b);
    reply_done(&c);
}
END_TEST

/* --- paging --- */

/* The URL with REL in a Link header, or NULL. */
static const char *link_of(const struct reply *r, const char *rel)
{
    const char *links = header_of(r, "Link");
    const char *at = links ? strstr(links, arena_printf(client.mem, "; rel=\"%s\"", rel)) : NULL;
    while (at && at > links && *at != '<')
        at--;
    return at ? arena_strndup(client.mem, at + 1, strcspn(at + 1, ">")) : NULL;
}

/* Ids of the rows in a list's body, comma-terminated; only rows begin with {"id": directly followed by "title" or "name". */
static const char *ids_of(const char *body, const char *second)
{
    const char *text = "";
    for (const char *p = body; (p = strstr(p, "{\"id\":\""));) {
        p += strlen("{\"id\":\"");
        size_t n = strcspn(p, "\"");
        if (strncmp(p + n + 2, second, strlen(second)) == 0 &&
            strstr(p, "\"summary\"") == strstr(p + n, "\"summary\""))
            text = arena_printf(client.mem, "%s%.*s,", text, (int)n, p);
    }
    return text;
}

static size_t count(const char *text, char c)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == c;
    return n;
}

START_TEST(other_forms_of_a_page_are_the_same_page)
{
    struct reply first = ask("/incidents?limit=7&country=JP&utm_source=x");
    assert_header(&first, "Content-Location", "/incidents?country=JP&limit=7");
    assert_text(link_of(&first, "alternate"), "/incidents.json?country=JP&limit=7");
    struct reply second = ask(link_of(&first, "next"));
    assert_header(&second, "Content-Location", link_of(&first, "next"));
    assert_has(body_of(&second), "href=\"/incidents.json?country=JP&amp;limit=7&amp;after=");
    struct reply data = ask(link_of(&second, "alternate"));
    ck_assert_uint_eq(data.status, 200);
    assert_text(link_of(&data, "alternate"), link_of(&first, "next"));
    reply_done(&first);
    reply_done(&second);
    reply_done(&data);
}
END_TEST

START_TEST(pages_neither_lose_nor_repeat)
{
    const char *all = "", *target = "/incidents.json?limit=7", *last = NULL;
    size_t pages = 0;
    while (target) {
        struct reply r = ask(target);
        ck_assert_uint_eq(r.status, 200);
        assert_header(&r, "X-Total-Count", "54");
        const char *ids = ids_of(body_of(&r), "\"title\":");
        all = arena_printf(client.mem, "%s%s", all, ids);
        last = target;
        target = link_of(&r, "next");
        ck_assert_uint_lt(++pages, 20);
        reply_done(&r);
    }
    ck_assert_uint_eq(pages, 8);
    struct reply whole = ask("/incidents.json?limit=200");
    const char *expected = ids_of(body_of(&whole), "\"title\":");
    assert_text(all, expected);
    ck_assert_uint_eq(count(all, ','), 54);
    reply_done(&whole);

    const char *back = "";
    for (target = last; target;) {
        struct reply r = ask(target);
        back = arena_printf(client.mem, "%s%s", ids_of(body_of(&r), "\"title\":"), back);
        target = link_of(&r, "prev");
        reply_done(&r);
    }
    assert_text(back, expected);
}
END_TEST

/* Every list that an answer points at is there, and as long as it says. */
static const struct {
    const char *target, *total;
} filtered[] = {
    {"/incidents.json?country=JP&year=2019", "3"},
    {"/incidents.json?year=2019,2018", NULL},
    {"/incidents.json?organization=tokyo-toyopet", "1"},
    {"/incidents.json?organization=tokyo-toyopet&party_kind=dealer", "1"},
    {"/incidents.json?organization=tokyo-toyopet&party_kind=automaker", "0"},
    {"/incidents.json?organization=toyota-metro-logic", "0"},
    {"/incidents.json?organization=toyota-metro-logic&reach=group", "0"},
    {"/incidents.json?organization=toyota-metro-logic&reach=all", "1"},
    {"/incidents.json?organization=nobody-of-that-name", "0"},
    {"/incidents.json?actor=apt32", NULL},
    {"/incidents.json?data_class=payment-cards", NULL},
    {"/incidents.json?dataset=bundled", "54"},
    {"/incidents.json?dataset=vcdb", "0"},
    {"/incidents.json?status=withdrawn", "0"},
    {"/organizations.json?owner=toyota-tokyo-sales-holdings", "5"},
    {"/dealers.json?owner=toyota-tokyo-sales-holdings", "4"},
    {"/timeline.json?incident=2019-03-toyota-vietnam", NULL},
};

START_TEST(filters_leave_what_they_say)
{
    struct reply r = ask(filtered[_i].target);
    ck_assert_uint_eq(r.status, 200);
    if (filtered[_i].total)
        assert_header(&r, "X-Total-Count", filtered[_i].total);
    else
        ck_assert_str_ne(header_of(&r, "X-Total-Count"), "0");
    reply_done(&r);
}
END_TEST

START_TEST(a_denial_is_no_match_and_reach_says_through_whom)
{
    struct reply r = ask("/incidents.json?data_class=payment-cards&limit=200");
    ck_assert_ptr_null(strstr(body_of(&r), "2019-03-toyota-japan-sales-subsidiaries"));
    reply_done(&r);
    r = ask("/incidents.json?organization=toyota-metro-logic&reach=all");
    assert_has(body_of(&r),
               "\"via\":[{\"id\":\"toyota-tokyo-sales-holdings\",\"name\":\"Toyota Tokyo Sales Holdings\","
               "\"relation\":\"owned_by\"}]");
    reply_done(&r);
    r = ask("/organizations/toyota-metro-logic.json");
    assert_has(
        body_of(&r),
        "\"role\":\"breached\",\"certainty\":\"suspected\",\"via\":[{\"id\":\"toyota-tokyo-sales-holdings\"");
    assert_has(body_of(&r), "\"inherited\":1");
    reply_done(&r);
}
END_TEST

/* --- prefix, origin, life --- */

START_TEST(a_prefix_stands_before_every_link)
{
    struct reply a = ask("/b/incidents.json"), b = ask("/incidents.json");
    ck_assert_uint_eq(a.status, 200);
    assert_text(body_of(&b), body_of(&a));
    assert_header(&b, "ETag", header_of(&a, "ETag"));
    assert_has(body_of(&a), "\"url\":\"/b/incidents/");
    assert_has(header_of(&a, "Link"), "<https://breaches.example/b/incidents>; rel=\"canonical\"");
    assert_has(header_of(&a, "Link"), "</b/incidents.json?after=");
    struct reply root = ask("/b");
    ck_assert_uint_eq(root.status, 308);
    assert_header(&root, "Location", "/b/");
    struct reply other = ask("/bincidents");
    ck_assert_uint_eq(other.status, 404);
    struct reply slash = ask("/b/dealers/");
    assert_header(&slash, "Location", "/b/dealers");
    struct reply page = ask("/b/");
    ck_assert_uint_eq(page.status, 200);
    for (const char *p = body_of(&page); (p = strstr(p, "href=\"/")); p++)
        ck_assert_msg(strncmp(p, "href=\"/b/", 9) == 0, "%.60s", p);
    reply_done(&a);
    reply_done(&b);
    reply_done(&root);
    reply_done(&other);
    reply_done(&slash);
    reply_done(&page);
}
END_TEST

START_TEST(readiness_ends_with_draining)
{
    struct reply r = ask("/readyz");
    ck_assert_uint_eq(r.status, 200);
    assert_has(body_of(&r), "\"status\":\"ready\"");
    assert_header(&r, "Cache-Control", "no-store");
    reply_done(&r);
    app_drain(client.app);
    r = ask("/readyz");
    ck_assert_uint_eq(r.status, 503);
    assert_has(body_of(&r), "\"status\":\"not_ready\"");
    reply_done(&r);
    r = ask("/incidents.json");
    ck_assert_uint_eq(r.status, 200);
    reply_done(&r);
}
END_TEST

START_TEST(everything_streams_as_lines)
{
    struct reply r = ask("/catalogue.ndjson");
    char buffer[997];
    size_t lines = 0, bytes = 0;
    ssize_t n;
    assert_header(&r, "Content-Type", "application/x-ndjson");
    while ((n = r.stream.read(r.stream.ctx, buffer, sizeof buffer)) > 0) {
        bytes += (size_t)n;
        for (ssize_t i = 0; i < n; i++)
            lines += buffer[i] == '\n';
    }
    ck_assert_int_eq(n, 0);
    ck_assert_uint_gt(bytes, 100000);
    ck_assert_uint_gt(lines, 1 + 54 + 50);
    struct reply again = ask_with("GET", "/catalogue.ndjson", NULL, header_of(&r, "ETag"));
    ck_assert_uint_eq(again.status, 304);
    ck_assert(!again.stream.read);
    reply_done(&again);
    reply_done(&r);
}
END_TEST

/* An answer that does not fit its memory is put off, never a half answer. */
START_TEST(memory_running_out_is_a_503_or_a_whole_answer)
{
    struct reply whole = ask(TOKYO ".json");
    struct arena *plenty = client.mem;
    size_t failed = 0;
    for (size_t room = 0; room < 400000; room = room * 5 / 4 + 64) {
        client.mem = arena_new(room);
        struct reply r = ask(TOKYO ".json");
        ck_assert_msg(r.status == 200 || r.status == 503, "%u", r.status);
        ck_assert_ptr_nonnull(r.body);
        ck_assert(r.status == 200 || reply_find(&r, "Retry-After"));
        failed += r.status == 503;
        if (r.status == 200)
            ck_assert_uint_eq(blob_size(r.body), blob_size(whole.body));
        reply_done(&r);
        arena_free(client.mem);
    }
    client.mem = plenty;
    ck_assert_uint_gt(failed, 5);
    reply_done(&whole);
}
END_TEST

#define LOOP(tc, test, table) tcase_add_loop_test(tc, test, 0, sizeof table / sizeof *table)

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s CATALOGUE-FOLDER\n", argv[0]);
        return 2;
    }
    render_init();
    if (!bundled_build(argv[1]))
        return EXIT_FAILURE;
    Suite *s = suite_create("dispatch");
    TCase *tc = tcase_create("root");
    tcase_add_checked_fixture(tc, open_root, close_client);
    tcase_add_loop_test(tc, every_route_in_every_format, 0, (int)routes_n);
    LOOP(tc, format_follows_suffix_then_accept, negotiations);
    LOOP(tc, addresses_are_answered_rightly, addresses);
    tcase_add_test(tc, style_sheet_is_linked);
    tcase_add_test(tc, a_star_matches_what_there_is);
    tcase_add_test(tc, a_long_target_is_414);
    tcase_add_test(tc, problems_name_every_fault);
    tcase_add_test(tc, an_empty_filter_is_no_filter);
    tcase_add_test(tc, other_forms_of_a_page_are_the_same_page);
    tcase_add_test(tc, pages_neither_lose_nor_repeat);
    LOOP(tc, filters_leave_what_they_say, filtered);
    tcase_add_test(tc, a_denial_is_no_match_and_reach_says_through_whom);
    tcase_add_test(tc, readiness_ends_with_draining);
    tcase_add_test(tc, everything_streams_as_lines);
    tcase_add_test(tc, memory_running_out_is_a_503_or_a_whole_answer);
    suite_add_tcase(s, tc);
    TCase *prefixed = tcase_create("prefix");
    tcase_add_checked_fixture(prefixed, open_prefixed, close_client);
    tcase_add_test(prefixed, a_prefix_stands_before_every_link);
    suite_add_tcase(s, prefixed);
    int status = suite_run(s);
    bundled_remove();
    return status;
}
