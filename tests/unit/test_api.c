/* SPDX-License-Identifier: MIT */
/* The service's description of itself and its maps, on catalogues that have little or nothing. */
#include "api.h"
#include "client.h"
#include "import_fixture.h"
#include "render/json_sketch.h"
#include "util/clock.h"
#include "util/limits.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static struct fixture fixture;
static struct client client;

/* N organisations, and no incident. */
static void import_organizations(unsigned n)
{
    fixture_init(&fixture);
    for (unsigned i = 0; i < n; i++)
        fixture_write(&fixture, arena_printf(fixture.mem, "o%u.json", i),
                      arena_printf(fixture.mem, "{'organizations':[{'id':'o%u','name':'O %u','kind':'%s'}]}", i, i,
                                   i == 1 ? "dealer" : "vendor"));
    ck_assert_int_eq(fixture_import(&fixture, "served.db"), 0);
}

static void open_with(struct app_config cfg)
{
    cfg.catalogue = fixture_path(&fixture, "served.db");
    cfg.cache_control = "public, max-age=60";
    if (!cfg.base_path)
        cfg.base_path = "";
    client_open_as(&client, &cfg);
}

static void done(void)
{
    client_close(&client);
    fixture_done(&fixture);
}

/* All of a reply's body, streamed or not. */
static const char *text_of(struct reply *r)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    char buffer[64]; /* short, so that a stream is asked often */
    ssize_t n;
    if (!r->stream.read)
        return client_body(&client, r);
    while ((n = r->stream.read(r->stream.ctx, buffer, sizeof buffer)) > 0)
        strbuf_add(&b, buffer, (size_t)n);
    ck_assert_int_eq(n, 0);
    return arena_strndup(client.mem, b.data, b.size);
}

static const char *get(const char *target, unsigned status)
{
    struct reply r = client_ask(&client, "GET", target, NULL, NULL);
    ck_assert_msg(r.status == status, "%s: %u", target, r.status);
    const char *text = text_of(&r);
    reply_done(&r);
    return text;
}

static size_t count(const char *text, const char *part)
{
    size_t n = 0;
    for (const char *at = text; (at = strstr(at, part)); at += strlen(part))
        n++;
    return n;
}

START_TEST(every_route_has_words_and_every_word_a_route)
{
    for (size_t i = 0; i < routes_n; i++) {
        const struct api_doc *doc = api_doc(routes[i].path);
        ck_assert_msg(doc, "%s is not in api_table.c", routes[i].path);
        ck_assert_msg(routes[i].formats || doc->type, "%s: no media type", doc->path);
        ck_assert_msg(!(routes[i].formats & 1u << FORMAT_JSON) || doc->schema, "%s: JSON without a schema", doc->path);
        size_t arguments = 0;
        while (arguments < API_ARGUMENTS && doc->arguments[arguments].name)
            arguments++;
        ck_assert_msg(count(doc->path, "{") == arguments, "%s: %zu arguments", doc->path, arguments);
        for (size_t j = 0; j < arguments; j++)
            ck_assert(strstr(doc->path, doc->arguments[j].name));
        size_t groups = 0;
        for (size_t g = 0; g < api_groups_n; g++)
            groups += strcmp(api_groups[g].name, doc->group) == 0;
        ck_assert_msg(groups == 1, "%s: no group %s", doc->path, doc->group);
    }
    for (size_t i = 0; api_doc_at(i); i++) {
        bool found = false;
        for (size_t j = 0; j < routes_n; j++)
            found = found || strcmp(routes[j].path, api_doc_at(i)->path) == 0;
        ck_assert_msg(found, "%s is no route", api_doc_at(i)->path);
    }
}
END_TEST

static const struct {
    unsigned organizations, files;
} sizes[] = {{1, 1}, {3, 1}, {4, 2}, {6, 2}, {7, 3}}; /* with 3 in a file: at the limit, and one past it */

START_TEST(maps_hold_no_more_than_they_may)
{
    size_t urls = 0;
    import_organizations(sizes[_i].organizations);
    open_with((struct app_config){.sitemap_urls = 3});
    const char *index = get("/sitemap.xml", 200);
    ck_assert_uint_eq(count(index, "/sitemap-organizations-"), sizes[_i].files);
    ck_assert_uint_eq(count(index, "/sitemap-incidents-"), 0);
    for (unsigned i = 1; i <= sizes[_i].files; i++) {
        const char *target = arena_printf(client.mem, "/sitemap-organizations-%u.xml", i);
        assert_has(index, arena_printf(client.mem, "<loc>http://localhost:8080%s</loc>", target));
        const char *file = get(target, 200);
        size_t n = count(file, "<url><loc>");
        ck_assert_uint_le(n, 3);
        ck_assert_uint_ge(n, 1);
        assert_has(file, "</urlset>\n");
        urls += n;
    }
    ck_assert_uint_eq(urls, sizes[_i].organizations);
    get(arena_printf(client.mem, "/sitemap-organizations-%u.xml", sizes[_i].files + 1), 404);
    done();
}
END_TEST

static const char *const no_maps[] = {"/sitemap-organizations-0.xml",  "/sitemap-organizations-01.xml",
                                      "/sitemap-organizations-.xml",   "/sitemap-organizations-1",
                                      "/sitemap-incidents-1.xml",      "/sitemap-.xml",
                                      "/sitemap-dealers-1.xml",        "/sitemap-organizations-99999999999.xml",
                                      "/sitemap-organizations-1.xmlx", "/xsitemap-pages.xml"};

START_TEST(other_maps_are_not_there)
{
    import_organizations(2);
    open_with((struct app_config){0});
    get(no_maps[_i], 404);
    done();
}
END_TEST

START_TEST(maps_say_whole_addresses)
{
    import_organizations(2);
    open_with((struct app_config){.base_path = "/b", .public_url = "https://breaches.example"});
    assert_has(get("/b/sitemap.xml", 200), "<loc>https://breaches.example/b/sitemap-pages.xml</loc>");
    const char *file = get("/sitemap-organizations-1.xml", 200);
    assert_has(file, "<url><loc>https://breaches.example/b/dealers/o1</loc><lastmod>");
    assert_has(file, "<url><loc>https://breaches.example/b/organizations/o0</loc><lastmod>");
    assert_has(get("/sitemap-pages.xml", 200), "<loc>https://breaches.example/b/api</loc>");
    assert_has(get("/robots.txt", 200), "\nSitemap: https://breaches.example/b/sitemap.xml\n");
    assert_has(get("/robots.txt", 200), "\nDisallow: /b/*?\n");
    done();
}
END_TEST

/* What is absolute needs something to begin with; a name with "&" in it is one. */
START_TEST(maps_need_a_host)
{
    import_organizations(1);
    open_with((struct app_config){0});
    struct reply none = client_send(&client, "GET", "/sitemap.xml", NULL, 0);
    ck_assert_uint_eq(none.status, 400);
    assert_has(text_of(&none), "Host");
    reply_done(&none);
    const struct header host = {"Host", "a&b.example"};
    struct reply odd = client_send(&client, "GET", "/sitemap.xml", &host, 1);
    assert_has(text_of(&odd), "<loc>http://a&amp;b.example/sitemap-pages.xml</loc>");
    reply_done(&odd);
    done();
}
END_TEST

START_TEST(reference_of_an_empty_catalogue_says_so)
{
    import_organizations(1);
    open_with((struct app_config){0});
    const char *page = get("/api", 200);
    assert_has(page, "none yet, so there is nothing to show");
    ck_assert_ptr_null(strstr(page, ", status 4"));
    ck_assert_ptr_null(strstr(page, ", status 5"));
    assert_has(page, "http://localhost:8080/incidents.json?limit=1");
    assert_has(page, "\"total\": 0");
    assert_has(page, "/organizations/o0.json");
    done();
}
END_TEST

START_TEST(security_text_is_from_the_contact)
{
    import_organizations(1);
    open_with((struct app_config){.contact = "mailto:desk@example.org"});
    int64_t expires, now = (int64_t)time(NULL);
    char *text = arena_strdup(client.mem, get("/.well-known/security.txt", 200));
    assert_has(text, "Contact: mailto:desk@example.org\n");
    assert_has(text, "\nCanonical: http://localhost:8080/.well-known/security.txt\n");
    char *line = strstr(text, "\nExpires: ");
    ck_assert_ptr_nonnull(line);
    line[10 + CLOCK_TEXT_SIZE - 1] = '\0';
    ck_assert(clock_parse(line + 10, &expires));
    ck_assert_int_ge(expires, now + 30 * 86400);
    ck_assert_int_le(expires, now + 32 * 86400);
    assert_has(get("/api", 200), "/.well-known/security.txt");
    assert_has(get("/openapi.json", 200), "\"/.well-known/security.txt\":{");
    done();
}
END_TEST

/* Nothing leads to what is not there; RFC 9116 wants https. */
START_TEST(without_a_contact_there_is_no_security_text)
{
    import_organizations(1);
    open_with((struct app_config){.contact = _i ? "http://example.org/" : NULL});
    get("/.well-known/security.txt", 404);
    ck_assert_ptr_null(strstr(get("/api", 200), "security.txt"));
    ck_assert_ptr_null(strstr(get("/openapi.json", 200), "security.txt"));
    ck_assert_ptr_null(strstr(get("/.well-known/api-catalog", 200), "security.txt"));
    done();
}
END_TEST

static const struct {
    const char *text, *shown;
} sketches[] = {
    {"{}", "{}"},
    {"[]", "[]"},
    {"{\"a\":null,\"b\":[1,2,3]}", "{\n  \"a\": null,\n  \"b\": [\n    1,\n    …\n  ]\n}"},
    {"{\"a\":{\"b\":{\"c\":1}}}", "{\n  \"a\": {\n    \"b\": {…}\n  }\n}"},
    {"[[[\"]\",\"}\"]],2]", "[\n  [\n    […]\n  ],\n  …\n]"},
    {"{\"a\\\"}\":\"x\\\\\"}", "{\n  \"a\\\"}\": \"x\\\\\"\n}"},
    {"{\"a\":[1,{\"b\":\"c", "{\n  \"a\": [\n    1,\n    …\n  ]\n}"}, /* cut off */
    {"-1.5e3", "-1.5e3"},
};

START_TEST(sketches_show_what_an_answer_is_made_of)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    json_sketch(sketches[_i].text, strlen(sketches[_i].text), 2, &b);
    assert_text(b.data, sketches[_i].shown);
}
END_TEST

/* Examples are answers within an answer, whose reader they share: when all others are out there is none to wait for. The file is
 * taken away, so that no second one can be opened. */
START_TEST(reference_needs_one_reader)
{
    import_organizations(2);
    open_with((struct app_config){.public_url = "https://a.example"});
    ck_assert_int_eq(unlink(fixture_path(&fixture, "served.db")), 0);
    assert_has(get("/api", 200), "/catalogue.ndjson");
    assert_has(get("/catalogue.ndjson", 200), "\"o1\"");
    done();
}
END_TEST

/* Wherever a text is cut off, the sketch ends. */
START_TEST(sketches_of_any_beginning_end)
{
    static const char text[] = "{\"a\":[{\"b\":\"\\\"c\\\\\"},[1,2]],\"d\":{\"e\":[true,null]},\"f\":-1}";
    for (size_t n = 1; n < sizeof text; n++) {
        _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
        char *copy = strndup(text, n); /* its own memory, so that reading on is seen */
        json_sketch(copy, n, 2, &b);
        ck_assert_uint_gt(b.size, 0);
        free(copy);
    }
}
END_TEST

static struct reply stream_in(const char *accepted, const char *coding)
{
    const struct header header = {"Accept-Encoding", accepted};
    struct reply r = client_send(&client, "GET", "/catalogue.ndjson", &header, 1);
    ck_assert_uint_eq(r.status, 200);
    assert_header(&r, "Vary", "Accept-Encoding");
    assert_header(&r, "Content-Encoding", coding);
    return r;
}

/* At the limit and one past it: who comes then has the same plain, and who comes when one is over has it coded again. */
START_TEST(so_many_streams_are_coded_at_once)
{
    struct reply held[LIMIT_CODED_STREAMS];
    import_organizations(1);
    open_with((struct app_config){0});
    for (size_t i = 0; i < LIMIT_CODED_STREAMS; i++)
        held[i] = stream_in(i % 2 ? "gzip" : "zstd", i % 2 ? "gzip" : "zstd");
    for (unsigned i = 0; i < 2; i++) {
        struct reply plain = stream_in("gzip", NULL);
        assert_has(text_of(&plain), "\"o0\"");
        ck_assert_ptr_null(strstr(header_of(&plain, "ETag"), "gzip"));
        reply_done(&plain);
    }
    reply_done(&held[0]);
    held[0] = stream_in("br, gzip", "gzip");
    for (size_t i = 0; i < LIMIT_CODED_STREAMS; i++)
        reply_done(&held[i]);
    done();
}
END_TEST

int main(void)
{
    Suite *s = suite_create("api");
    SUITE_ADD(s, "words", every_route_has_words_and_every_word_a_route, reference_of_an_empty_catalogue_says_so, reference_needs_one_reader,
              so_many_streams_are_coded_at_once,
              security_text_is_from_the_contact);
    SUITE_ADD(s, "maps", maps_say_whole_addresses, maps_need_a_host);
    TCase *each = tcase_create("each");
    SUITE_LOOP(each, maps_hold_no_more_than_they_may, sizes);
    SUITE_LOOP(each, other_maps_are_not_there, no_maps);
    SUITE_LOOP(each, sketches_show_what_an_answer_is_made_of, sketches);
    tcase_add_loop_test(each, without_a_contact_there_is_no_security_text, 0, 2);
    tcase_add_test(each, sketches_of_any_beginning_end);
    suite_add_tcase(s, each);
    return suite_run(s);
}
