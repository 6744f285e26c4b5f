/* SPDX-License-Identifier: MIT */
/*
 * Two daemons in process on one catalogue, one with a cache and one without: whatever is asked, and however often, both
 * say the same. And what the cache keeps, and what it does not.
 */
#include "client.h"
#include "import_fixture.h"
#include "load.h"
#include "recall.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

static struct fixture fixture;
static struct client plain, cached;

static const char first[] =
    "{'organizations':[{'id':'dealer','name':'Dealer','kind':'dealer','country':'JP'}],"
    "'incidents':[{'id':'one','title':'One','status':'confirmed','dataset':{'id':'bundled'},"
    "'parties':[{'organization':{'id':'dealer'},'role':'breached','certainty':'confirmed'}],"
    "'modified':'2020-01-01T00:00:00Z'},"
    "{'id':'two','title':'Two','status':'claimed','dataset':{'id':'bundled'},'modified':'2020-01-02T00:00:"
    "00Z'},"
    "{'id':'back','title':'Taken back','status':'withdrawn','dataset':{'id':'bundled'},"
    "'withdrawn':{'at':'2020-05-05T00:00:00Z','reason':'Wrong','by':'The editors'}},"
    "{'id':'old','title':'Old','status':'claimed','dataset':{'id':'bundled'},'merged_into':'one'}]}";

static const char second[] = "{'incidents':[{'id':'three','title':'Three','status':'claimed',"
                             "'dataset':{'id':'bundled'},'modified':'2021-01-01T00:00:00Z'}]}";

static void open_as(struct client *c, size_t cache_bytes)
{
    struct app_config cfg = {.catalogue = fixture_path(&fixture, "served.db"),
                             .base_path = "",
                             .cache_control = "public, max-age=60",
                             .contact = "mailto:desk@example.org",
                             .cache_bytes = cache_bytes};
    client_open_as(c, &cfg);
}

static void open_clients(void)
{
    fixture_init(&fixture);
    fixture_write(&fixture, "first.json", first);
    ck_assert_int_eq(fixture_import(&fixture, "served.db"), 0);
    open_as(&plain, 0);
    open_as(&cached, 1 << 20);
}

static void close_clients(void)
{
    client_close(&plain);
    client_close(&cached);
    fixture_done(&fixture);
}

static struct cache_figures figures(void)
{
    struct snapshot *snap = snapshot_acquire(cached.app->slot);
    struct cache_figures f = cache_figures(snapshot_cache(snap));
    snapshot_release(snap);
    return f;
}

static struct reply ask(const char *target)
{
    return client_ask(&cached, "GET", target, NULL, NULL);
}

static enum reply_cache result_of(const char *target)
{
    struct reply r = ask(target);
    enum reply_cache result = r.cache;
    reply_done(&r);
    return result;
}

static void assert_same_headers(const struct reply *a, const struct reply *b)
{
    ck_assert_uint_eq(a->n_headers, b->n_headers);
    for (size_t i = 0; i < a->n_headers; i++) {
        assert_text(a->headers[i].name, b->headers[i].name);
        assert_text(a->headers[i].value, b->headers[i].value);
    }
}

static void assert_same_body(const struct reply *a, const struct reply *b)
{
    ck_assert_int_eq(!a->body, !b->body);
    if (!a->body)
        return;
    ck_assert_uint_eq(blob_size(a->body), blob_size(b->body));
    ck_assert_int_eq(memcmp(blob_bytes(a->body), blob_bytes(b->body), blob_size(a->body)), 0);
}

/* --- the same, however often --- */

static const struct {
    const char *method, *target;
    struct header headers[3];
    unsigned status;
} requests[] = {
    {"GET", "/", {{"Host", "a"}}, 200},
    {"GET", "/", {{"Host", "b"}}, 200},
    {"GET", "/", {{"Host", "a"}, {"Accept", "application/json"}}, 200},
    {"HEAD", "/", {{"Host", "a"}}, 200},
    {"OPTIONS", "/", {{"Host", "a"}}, 204},
    {"POST", "/", {{"Host", "a"}}, 405},
    {"GET", "/index.json", {{"Host", "a"}}, 200},
    {"GET", "/index.json", {{"Host", "b"}}, 200},
    {"GET", "/incidents", {{"Host", "a"}, {"Accept", "text/html"}}, 200},
    {"GET",
     "/incidents",
     {{"Host", "a"}, {"accept", "text/html;q=0.1"}, {"ACCEPT", "application/json"}},
     200},
    {"GET", "/incidents", {{"Host", "a"}, {"Accept", "image/png"}}, 406},
    {"GET", "/incidents.json", {{"Host", "a"}, {"Accept", "image/png"}}, 200},
    {"GET", "/incidents?status=claimed", {{"Host", "a"}}, 200},
    {"GET", "/incidents?status=claimed&utm_source=x&limit=25", {{"Host", "a"}}, 200},
    {"GET", "/incidents?status=claimed&limit=1", {{"Host", "a"}}, 200},
    {"GET", "/incidents.json?status=cl%61imed", {{"Host", "a"}}, 200},
    {"GET", "/incidents.json?status=nonsense", {{"Host", "a"}}, 400},
    {"GET", "http://a/incidents.json", {{"Host", "a"}}, 200},
    {"GET", "/incidents/one", {{NULL, NULL}}, 200},
    {"GET", "/incidents/one.json", {{"Host", "a"}, {"If-None-Match", "\"other\""}}, 200},
    {"GET", "/incidents/back", {{"Host", "a"}}, 410},
    {"GET", "/incidents/old", {{"Host", "a"}}, 308},
    {"GET", "/incidents/none", {{"Host", "a"}}, 404},
    {"GET", "/dealers/dealer.json", {{"Host", "a"}, {"X-Other", "Accept"}}, 200},
    {"GET", "/organizations/dealer.json", {{"Host", "a"}}, 307},
    {"GET", "/incidents", {{"Host", "a"}, {"Accept-Encoding", "gzip"}}, 200},
    {"GET", "/incidents", {{"Host", "a"}, {"Accept-Encoding", "br"}}, 200},
    {"HEAD", "/incidents", {{"Host", "a"}, {"Accept-Encoding", "zstd"}}, 200},
    {"GET", "/datasets.json", {{"Host", "a"}, {"Accept-Encoding", "gzip"}}, 200},
    {"GET", "/healthz", {{"Host", "a"}}, 200},
    {"GET", "/schemas/incident.json", {{"Host", "a"}}, 200},
};
#define REQUESTS (sizeof requests / sizeof *requests)

static struct reply send(struct client *c, size_t i)
{
    size_t n = 0;
    while (n < 3 && requests[i].headers[n].name)
        n++;
    return client_send(c, requests[i].method, requests[i].target, requests[i].headers, n);
}

START_TEST(with_and_without_a_cache_the_same_is_said)
{
    for (unsigned round = 0; round < 3; round++)
        for (size_t i = 0; i < REQUESTS; i++) {
            struct reply a = send(&plain, i), b = send(&cached, i);
            ck_assert_msg(a.status == requests[i].status, "%s: %u", requests[i].target, a.status);
            ck_assert_msg(b.status == a.status, "%s: %u", requests[i].target, b.status);
            ck_assert_ptr_eq(b.route, a.route);
            assert_same_headers(&b, &a);
            assert_same_body(&b, &a);
            ck_assert_int_eq(a.cache, REPLY_CACHE_NONE);
            reply_done(&a);
            reply_done(&b);
        }
}
END_TEST

START_TEST(a_repeated_view_is_a_hit_and_nothing_else_is)
{
    ck_assert_int_eq(result_of("/incidents.json"), REPLY_CACHE_MISS);
    ck_assert_int_eq(result_of("/incidents.json"), REPLY_CACHE_HIT);
    ck_assert_int_eq(result_of("/incidents.json?limit=25"), REPLY_CACHE_HIT);
    ck_assert_int_eq(result_of("/incidents.json?limit=24"), REPLY_CACHE_MISS);
    ck_assert_uint_eq(figures().answers, 2);
    static const char *const never[] = {"/incidents/none.json",
                                        "/incidents/back.json",
                                        "/incidents/old.json",
                                        "/incidents.json?x=1",
                                        "/healthz",
                                        "/version",
                                        "/catalogue.ndjson",
                                        "/.well-known/security.txt", /* it expires */
                                        "/nope"};
    for (size_t i = 0; i < 2 * sizeof never / sizeof *never; i++)
        ck_assert_int_eq(result_of(never[i / 2]), REPLY_CACHE_NONE);
    ck_assert_uint_eq(figures().answers, 2);
}
END_TEST

START_TEST(long_requests_are_known_by_what_they_mean)
{
    char target[LIMIT_REPEAT_BYTES + 100] = "/incidents.json?utm_source=";
    memset(target + strlen(target), 'x', sizeof target - strlen(target) - 1);
    ck_assert_int_eq(result_of(target), REPLY_CACHE_MISS);
    ck_assert_int_eq(result_of(target), REPLY_CACHE_HIT);
    ck_assert_int_eq(result_of("/incidents.json"), REPLY_CACHE_HIT);
    ck_assert_uint_eq(figures().answers, 1);
    ck_assert_uint_eq(figures().links, 1);
}
END_TEST

/* --- codings --- */

/* What the cache had to do with TARGET for one who accepts the coding ACCEPTED. */
static enum reply_cache coded_result(const char *target, const char *accepted, const char *expected)
{
    const struct header h[] = {{"Host", "localhost:8080"}, {"Accept-Encoding", accepted}};
    struct reply r = client_send(&cached, "GET", target, h, 2);
    enum reply_cache result = r.cache;
    ck_assert_uint_eq(r.status, 200);
    assert_header(&r, "Content-Encoding", expected);
    reply_done(&r);
    return result;
}

START_TEST(each_coding_is_made_once)
{
    static const char *const codings[] = {"gzip", "br", "zstd"};
    size_t bytes = 0;
    for (size_t i = 0; i < 3; i++) {
        ck_assert_int_eq(coded_result("/incidents", codings[i], codings[i]), REPLY_CACHE_MISS);
        ck_assert_int_eq(coded_result("/incidents", codings[i], codings[i]), REPLY_CACHE_HIT);
        ck_assert_uint_eq(figures().answers, i + 1);
        ck_assert_uint_gt(figures().bytes, bytes);
        bytes = figures().bytes;
    }
    ck_assert_int_eq(coded_result("/incidents", "gzip;q=1, compress", "gzip"), REPLY_CACHE_HIT);
    ck_assert_int_eq(result_of("/incidents"), REPLY_CACHE_MISS);
    ck_assert_uint_eq(figures().answers, 4);
}
END_TEST

/* The catalogue's readers are all away: what is answered all the same was not looked up. */
START_TEST(codings_are_made_of_what_is_kept)
{
    struct snapshot *snap = snapshot_acquire(cached.app->slot);
    struct storage_reader *away[LIMIT_READERS];
    ck_assert_int_eq(result_of("/incidents"), REPLY_CACHE_MISS);
    for (size_t i = 0; i < LIMIT_READERS; i++)
        ck_assert_int_eq(storage_lease(snapshot_storage(snap), 1000, &away[i]), 0);
    ck_assert_int_eq(coded_result("/incidents", "gzip", "gzip"), REPLY_CACHE_MISS);
    ck_assert_int_eq(coded_result("/incidents?utm_source=x", "br", "br"), REPLY_CACHE_MISS);
    for (size_t i = 0; i < LIMIT_READERS; i++)
        storage_return(away[i]);
    snapshot_release(snap);
    ck_assert_uint_eq(figures().answers, 3);
}
END_TEST

START_TEST(whom_no_reader_is_left_for_is_told_when_to_come_again)
{
    struct app_config cfg = cached.app->cfg;
    struct client hurried = {0};
    cfg.query_millis = 1;
    client_open_as(&hurried, &cfg);
    struct snapshot *snap = snapshot_acquire(hurried.app->slot);
    struct storage_reader *away[LIMIT_READERS];
    for (size_t i = 0; i < LIMIT_READERS; i++)
        ck_assert_int_eq(storage_lease(snapshot_storage(snap), 1000, &away[i]), 0);
    for (int i = 0; i < 2; i++) { /* and once one is back it is answered */
        struct reply r = client_ask(&hurried, "GET", "/incidents.json", NULL, NULL);
        ck_assert_uint_eq(r.status, i ? 200 : 503);
        assert_header(&r, "Retry-After", i ? NULL : "5");
        reply_done(&r);
        storage_return(away[i]);
    }
    for (size_t i = 2; i < LIMIT_READERS; i++)
        storage_return(away[i]);
    snapshot_release(snap);
    client_close(&hurried);
}
END_TEST

START_TEST(small_answers_are_kept_once)
{
    ck_assert_int_eq(coded_result("/datasets.json", "gzip", NULL), REPLY_CACHE_MISS);
    ck_assert_int_eq(coded_result("/datasets.json", "gzip", NULL), REPLY_CACHE_HIT);
    ck_assert_int_eq(result_of("/datasets.json"), REPLY_CACHE_HIT);
    (void)coded_result("/datasets.json", "br", NULL);
    ck_assert_uint_eq(figures().answers, 1);
}
END_TEST

/* --- tags --- */

START_TEST(a_304_comes_with_its_body_once_it_is_known)
{
    struct reply whole = client_ask(&plain, "GET", "/incidents", NULL, NULL);
    const char *tag = header_of(&whole, "ETag");
    struct reply cold = client_ask(&cached, "GET", "/incidents", NULL, tag);
    ck_assert_uint_eq(cold.status, 304);
    ck_assert_ptr_null(cold.body);
    ck_assert_uint_eq(figures().answers, 0);
    ck_assert_int_eq(result_of("/incidents"), REPLY_CACHE_MISS);
    static const char *const tags[] = {"*", NULL, "W/", "\"a\", "};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++) {
        const char *known = i == 0 ? "*" : arena_printf(cached.mem, "%s%s", tags[i] ? tags[i] : "", tag);
        struct reply warm = client_ask(&cached, "GET", "/incidents", NULL, known);
        ck_assert_uint_eq(warm.status, 304);
        ck_assert_int_eq(warm.cache, REPLY_CACHE_HIT);
        assert_same_headers(&warm, &whole);
        assert_same_body(&warm, &whole);
        for (size_t h = 0; h < cold.n_headers; h++)
            assert_header(&warm, cold.headers[h].name, cold.headers[h].value);
        reply_done(&warm);
    }
    reply_done(&cold);
    reply_done(&whole);
}
END_TEST

/* --- catalogues --- */

START_TEST(a_new_catalogue_begins_with_nothing)
{
    char *line = NULL;
    struct reply before = ask("/incidents.json");
    ck_assert_int_eq(result_of("/incidents.json"), REPLY_CACHE_HIT);
    fixture_write(&fixture, "second.json", second);
    ck_assert_int_eq(fixture_import(&fixture, "served.db"), 0);
    ck_assert_int_eq(app_reload(cached.app, false, &line), 1);
    ck_assert_uint_eq(figures().answers, 0);
    struct reply after = ask("/incidents.json");
    ck_assert_int_eq(after.cache, REPLY_CACHE_MISS);
    ck_assert_str_ne(header_of(&after, "ETag"), header_of(&before, "ETag"));
    assert_header(&after, "X-Total-Count", "3");
    assert_header(&before, "X-Total-Count", "2"); /* and who still sends it may */
    assert_has(client_body(&cached, &before), "\"total\":2");
    ck_assert_int_eq(result_of("/incidents.json"), REPLY_CACHE_HIT);
    reply_done(&before);
    reply_done(&after);
}
END_TEST

/* More incidents than are made at once. */
static void write_many(void)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    for (unsigned i = 0; i < LIMIT_BATCH + 6; i++)
        strbuf_addf(&text, "%s{'id':'i%u','title':'I %u','status':'claimed','dataset':{'id':'bundled'}}",
                    i ? "," : "{'incidents':[", i, i);
    strbuf_adds(&text, "]}");
    fixture_write(&fixture, "many.json", text.data);
    ck_assert_int_eq(fixture_import(&fixture, "served.db"), 0);
}

/* A reader who dawdles would keep every catalogue on the disk. */
START_TEST(what_goes_on_with_a_replaced_catalogue_ends)
{
    static const char *const targets[] = {"/catalogue.db", "/catalogue.ndjson", "/incidents.csv"};
    const struct timespec moment = {.tv_nsec = 2000000};
    struct app_config cfg = {.catalogue = fixture_path(&fixture, "served.db"),
                             .base_path = "",
                             .cache_control = "no-cache",
                             .replaced_millis = 1};
    struct client c;
    char buffer[4096], *line = NULL;
    write_many();
    client_open_as(&c, &cfg);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct reply r = client_ask(&c, "GET", targets[i], NULL, NULL);
        ck_assert_uint_eq(r.status, 200);
        ck_assert_int_eq(r.stream.read(r.stream.ctx, buffer, 1), 1);
        ck_assert_int_eq(app_reload(c.app, true, &line), 1);
        (void)nanosleep(&moment, NULL);
        ssize_t n;
        while ((n = r.stream.read(r.stream.ctx, buffer, sizeof buffer)) > 0)
            ;
        ck_assert_msg(n < 0, "%s", targets[i]);
        reply_done(&r);
    }
    client_close(&c);
}
END_TEST

int main(void)
{
    render_init();
    Suite *s = suite_create("recall");
    TCase *tc = tcase_create("recall");
    tcase_add_checked_fixture(tc, open_clients, close_clients);
    tcase_add_test(tc, with_and_without_a_cache_the_same_is_said);
    tcase_add_test(tc, a_repeated_view_is_a_hit_and_nothing_else_is);
    tcase_add_test(tc, long_requests_are_known_by_what_they_mean);
    tcase_add_test(tc, each_coding_is_made_once);
    tcase_add_test(tc, codings_are_made_of_what_is_kept);
    tcase_add_test(tc, whom_no_reader_is_left_for_is_told_when_to_come_again);
    tcase_add_test(tc, small_answers_are_kept_once);
    tcase_add_test(tc, a_304_comes_with_its_body_once_it_is_known);
    tcase_add_test(tc, a_new_catalogue_begins_with_nothing);
    tcase_add_test(tc, what_goes_on_with_a_replaced_catalogue_ends);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
