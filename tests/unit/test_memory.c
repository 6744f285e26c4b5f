/* SPDX-License-Identifier: MIT */
/*
 * Memory runs out at every allocation in turn: in opening a catalogue, in each question, in each view, in a whole
 * request, in an import. Each time the answer is "out of memory" or right, nothing is left behind (the sanitised run
 * finds what leaks), and the next time all is well. argv: the folder of the bundled catalogue.
 */
#include "accesslog.h"
#include "app.h"
#include "bundled.h"
#include "import/import.h"
#include "metrics_text.h"
#include "render/render.h"
#include "starve.h"
#include "storage/storage.h"
#include "suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *inputs; /* static/catalogue */

/* Our own allocations are few and all fail in turn; of the libraries' thousands one in so many does, enough to meet
 * each kind of call, a prime so as to keep out of step with loops. */
static const unsigned strides[_STARVE_N] = {[STARVE_OURS] = 1, [STARVE_SQLITE] = 67, [STARVE_JANSSON] = 29};

/* What is done again and again; true: as with plenty of memory. False: it said that there was too little. */
typedef bool (*attempt_fn)(void *ctx);

/* Runs ATTEMPT with every allocation of WHOM's failing in turn, until it runs through without asking for the next. */
static void starve(enum starve_whom whom, bool for_good, attempt_fn attempt, void *ctx)
{
    unsigned refused = 0;
    ck_assert(attempt(ctx));
    for (unsigned n = 0;; n += strides[whom]) {
        starve_begin(whom, n, for_good);
        bool right = attempt(ctx);
        if (starve_end() == 0) {
            ck_assert_msg(right, "fails with plenty of memory after %u failures", refused);
            break;
        }
        refused += !right;
    }
    ck_assert(attempt(ctx));
    ck_assert_msg(refused > 0 || whom != STARVE_OURS, "no failure was ever noticed");
}

static void starve_all(attempt_fn attempt, void *ctx)
{
    for (unsigned whom = 0; whom < _STARVE_N; whom++) {
        starve(whom, false, attempt, ctx);
        starve(whom, true, attempt, ctx);
    }
}

/* --- opening --- */

static bool open_and_close(void *ctx)
{
    (void)ctx;
    struct storage *st = NULL;
    char *error = NULL;
    int r = storage_open(bundled_path(), &st, &error);
    starve_pause();
    if (r == 0) {
        ck_assert_ptr_nonnull(storage_info(st)->id);
        storage_free(st);
        return true;
    }
    ck_assert_msg(r == -ENOMEM, "%d %s", r, error ? error : "");
    ck_assert_ptr_null(error);
    ck_assert_ptr_null(st);
    return false;
}

START_TEST(opening)
{
    starve_all(open_and_close, NULL);
}
END_TEST

static bool refuse_to_open(void *ctx)
{
    struct storage *st = NULL;
    char *error = NULL;
    int r = storage_open(ctx, &st, &error);
    starve_pause();
    ck_assert_ptr_null(st);
    ck_assert_msg(r == -ENOMEM || (r == STORAGE_E_REFUSED && error), "%d", r);
    free(error);
    return r == STORAGE_E_REFUSED;
}

START_TEST(refusing_to_open)
{
    starve(STARVE_OURS, false, refuse_to_open, (void *)bundled_folder());
    starve(STARVE_OURS, true, refuse_to_open, "/nowhere/catalogue.db");
}
END_TEST

/* --- questions --- */

#define TOKYO "2019-03-toyota-japan-sales-subsidiaries"
#define OWNER "toyota-tokyo-sales-holdings"

/* A question asked and answered, but not with what the catalogue holds. */
#define WRONG 1000

typedef int (*question_fn)(struct storage_reader *rd, struct arena *mem);

static int ask_incident(struct storage_reader *rd, struct arena *mem)
{
    struct incident x;
    int r = storage_get_incident(rd, TOKYO, mem, &x);
    return r == 0 && !(x.n_sources >= 8) ? WRONG : r;
}

static int ask_incidents(struct storage_reader *rd, struct arena *mem)
{
    static const char *const owner = OWNER, *const group = "group", *const kind = "dealer_group";
    struct query q = {.list = QUERY_INCIDENTS, .limit = 25};
    struct incident_page page;
    q.filters[FILTER_ORGANIZATION] = (struct filter_values){&owner, 1};
    q.filters[FILTER_REACH] = (struct filter_values){&group, 1};
    q.filters[FILTER_PARTY_KIND] = (struct filter_values){&kind, 1};
    int r = storage_list_incidents(rd, &q, ROWS_AS_MODEL, mem, &page);
    return r == 0 && !(page.n >= 1) ? WRONG : r;
}

static int ask_organization(struct storage_reader *rd, struct arena *mem)
{
    struct organization x;
    int r = storage_get_organization(rd, OWNER, mem, &x);
    return r == 0 && !(strcmp(x.row.id, OWNER) == 0) ? WRONG : r;
}

static int ask_touching(struct storage_reader *rd, struct arena *mem)
{
    struct touching_page page;
    int r = storage_list_touching(rd, OWNER, 25, mem, &page);
    return r == 0 && !(page.n >= 1) ? WRONG : r;
}

static int ask_rooftops(struct storage_reader *rd, struct arena *mem)
{
    struct org_page page;
    int r = storage_list_rooftops(rd, OWNER, 25, mem, &page);
    return r == 0 && !(page.n >= 4) ? WRONG : r;
}

static int ask_events(struct storage_reader *rd, struct arena *mem)
{
    static const char *const tokyo = TOKYO;
    struct query q = {.list = QUERY_TIMELINE, .limit = 25};
    struct event_page page;
    q.filters[FILTER_INCIDENT] = (struct filter_values){&tokyo, 1};
    int r = storage_list_events(rd, &q, mem, &page);
    return r == 0 && !(page.n >= 5) ? WRONG : r;
}

static int ask_overview(struct storage_reader *rd, struct arena *mem)
{
    struct overview o;
    int r = storage_overview(rd, 10, mem, &o);
    return r == 0 && !(o.n_latest == 10) ? WRONG : r;
}

static int ask_vocabularies(struct storage_reader *rd, struct arena *mem)
{
    struct actor_row *actors;
    struct class_row *classes;
    struct dataset *datasets;
    size_t n;
    int r = storage_list_actors(rd, mem, &actors, &n);
    if (r == 0)
        r = storage_list_classes(rd, mem, &classes, &n);
    if (r == 0)
        r = storage_list_datasets(rd, mem, &datasets, &n);
    return r == 0 && n != 1 ? WRONG : r;
}

static const question_fn questions[] = {ask_incident, ask_incidents, ask_organization, ask_touching,
                                        ask_rooftops, ask_events,    ask_overview,     ask_vocabularies};

struct asking {
    struct storage *st;
    question_fn question;
};

static bool lease_and_ask(void *ctx)
{
    const struct asking *a = ctx;
    _cleanup_reader_ struct storage_reader *rd = NULL;
    _cleanup_arena_ struct arena *mem = arena_new(0);
    int r = mem ? storage_lease(a->st, 10000, &rd) : -ENOMEM;
    if (r == 0)
        r = a->question(rd, mem);
    starve_pause();
    ck_assert_msg(r == 0 || r == -ENOMEM, "%d", r);
    return r == 0;
}

START_TEST(asking)
{
    struct asking a = {.question = questions[_i]};
    char *error = NULL;
    ck_assert_int_eq(storage_open(bundled_path(), &a.st, &error), 0);
    starve_all(lease_and_ask, &a);
    storage_free(a.st);
}
END_TEST

/* The first reader is out, so that each attempt opens a second, which is too little memory for. */
START_TEST(asking_with_a_new_reader)
{
    struct asking a = {.question = ask_organization};
    struct storage_reader *first = NULL;
    char *error = NULL;
    for (unsigned n = 0; n < 5; n++) {
        ck_assert_int_eq(storage_open(bundled_path(), &a.st, &error), 0);
        ck_assert_int_eq(storage_lease(a.st, 10000, &first), 0);
        starve_begin(STARVE_SQLITE, n * n * 61, true);
        ck_assert(!lease_and_ask(&a));
        ck_assert_uint_gt(starve_end(), 0);
        ck_assert(lease_and_ask(&a)); /* the place in the pool was given back */
        storage_return(first);
        storage_free(a.st);
    }
}
END_TEST

/* --- requests --- */

static struct {
    const char *target;
    unsigned status;
} requests[] = {
    {"/incidents/" TOKYO, 200},
    {"/incidents/" TOKYO ".json", 200},
    {"/incidents/" TOKYO "/timeline.json", 200},
    {"/incidents/" TOKYO "/timeline.ics", 200},
    {"/incidents.atom?country=JP", 200},
    {"/timeline.atom?kind=leak", 200},
    {"/dealers/" OWNER ".atom", 200},
    {"/catalogue.db", 200},
    {"/incidents?country=JP&year=2019&organization=" OWNER "&reach=all", 200},
    {"/incidents.json?limit=3&country=jp,us", 200},
    {"/dealers/" OWNER ".json", 200},
    {"/statistics?by=data_class&data_class=names", 200},
    {"/statistics.json?country=JP", 200},
    {"/incidents?country=JP,none&year=1999&match=certain&date=1999&affected_min=10", 200},
    {"/incidents.json?facet=country,year&facet_limit=2&organization=tokyo-toyopet&reach=all", 200},
    {"/dealers?q=toyo*&sort=-incidents", 200},
    {"/dealers?q=tokyo+toyopett", 200},
    {"/timeline?incident=" TOKYO "&kind=disclosure", 200},
    {"/actors.json", 200},
    {"/incidents.csv?limit=3&csv=excel", 200},
    {"/dealers.ndjson?limit=5", 200},
    {"/data-classes", 200},
    {"/datasets/bundled.json", 200},
    {"/", 200},
    {"/about", 200},
    {"/incidents.json?contry=JP&year=x", 400},
    {"/incidents/nobody.json", 404},
    {"/nothing", 404},
    {"/incidents/" TOKYO "/", 308},
    {"/version", 200},
    {"/readyz", 200},
    {"/robots.txt", 200},
    {"/schemas/incident.json", 200},
};

struct asked {
    struct app *app;
    const char *target;
    unsigned status;
    struct blob *right; /* the body, once it is known */
};

static bool same_body(const struct blob *a, const struct blob *b)
{
    return a && b ? blob_size(a) == blob_size(b) && memcmp(blob_bytes(a), blob_bytes(b), blob_size(a)) == 0
                  : a == b;
}

/* Whole and right, or an error that says so: never half an answer. */
static bool request_once(void *ctx)
{
    static const struct header headers[] = {{"Host", "localhost:8080"}, {"Accept", "text/html"}};
    struct asked *a = ctx;
    _cleanup_arena_ struct arena *mem = arena_new(0);
    if (!mem)
        return false;
    struct request req = {.method = "GET",
                          .target = a->target,
                          .version = "HTTP/1.1",
                          .headers = headers,
                          .n_headers = 2,
                          .scheme = "http",
                          .host = "localhost:8080",
                          .mem = mem};
    struct reply r;
    dispatch(a->app, &req, &r);
    starve_pause();
    bool right = r.status == a->status;
    ck_assert_msg(right || r.status == 503, "%s: %u", a->target, r.status);
    if (right && !a->right && r.body)
        a->right = blob_acquire(r.body);
    right = right && same_body(r.body, a->right);
    ck_assert_msg(right || r.status == 503, "%s: %u with another body", a->target, r.status);
    reply_done(&r);
    return right;
}

START_TEST(requests_answered)
{
    struct app_config cfg = {.catalogue = bundled_path(),
                             .base_path = "",
                             .contact = "mailto:desk@example.org",
                             .cache_control = "no-cache"};
    struct asked a = {.target = requests[_i].target, .status = requests[_i].status};
    char *error = NULL;
    ck_assert_int_eq(app_new(&cfg, &a.app, &error), 0);
    starve(STARVE_OURS, false, request_once, &a);
    starve(STARVE_OURS, true, request_once, &a);
    starve(STARVE_SQLITE, false, request_once, &a);
    starve(STARVE_JANSSON, false, request_once, &a);
    starve(STARVE_JANSSON, true, request_once, &a);
    blob_release(a.right);
    app_free(a.app);
}
END_TEST

/* What came for a page in a coding: in it, plain, or an error. */
static const char *coded_once(struct app *app, const char *accepted)
{
    const struct header headers[] = {{"Accept-Encoding", accepted}};
    _cleanup_arena_ struct arena *mem = arena_new(0);
    if (!mem)
        return "none";
    struct request req = {.method = "GET",
                          .target = "/incidents",
                          .version = "HTTP/1.1",
                          .headers = headers,
                          .n_headers = 1,
                          .scheme = "http",
                          .host = "localhost:8080",
                          .mem = mem};
    struct reply r;
    dispatch(app, &req, &r);
    starve_pause();
    bool said = reply_find(&r, "Content-Encoding");
    bool zipped = r.body && memcmp(blob_bytes(r.body), "\x1f\x8b", 2) == 0;
    bool tagged = r.status == 200 && strstr(reply_find(&r, "ETag")->value, "-gzip\"");
    ck_assert(said == zipped && said == tagged);
    ck_assert_msg(r.status == 200 || r.status == 503, "%u", r.status);
    const char *outcome = r.status != 200 ? "error" : zipped ? "zipped" : "plain";
    reply_done(&r);
    return outcome;
}

/* A coding that cannot be made is done without, and not for longer than that: made with the page (0), or of the kept one. */
START_TEST(codings_made)
{
    struct app_config cfg = {
        .catalogue = bundled_path(), .base_path = "", .cache_control = "no-cache", .cache_bytes = 4 << 20};
    unsigned failed = 1, plain = 0;
    for (unsigned n = 0; failed; n++) {
        struct app *app;
        char *error = NULL;
        ck_assert_int_eq(app_new(&cfg, &app, &error), 0);
        if (_i)
            assert_text(coded_once(app, "identity"), "plain");
        starve_begin(STARVE_OURS, n, false);
        plain += strcmp(coded_once(app, "gzip"), "plain") == 0;
        failed = starve_end();
        assert_text(coded_once(app, "gzip"), "zipped");
        assert_text(coded_once(app, "gzip"), "zipped");
        app_free(app);
    }
    ck_assert_uint_gt(plain, 0);
}
END_TEST

/* An answer that cannot be kept is given all the same, one that lacks something is never kept, and what is kept needs no
 * memory to be given again. */
START_TEST(answers_kept)
{
    struct app_config cfg = {
        .catalogue = bundled_path(), .base_path = "", .cache_control = "no-cache", .cache_bytes = 4 << 20};
    struct asked a = {.target = _i ? "/incidents?country=JP" : "/incidents/" TOKYO ".json", .status = 200};
    unsigned failed = 1, wrong = 0;
    for (unsigned n = 0; failed; n++) {
        char *error = NULL;
        ck_assert_int_eq(app_new(&cfg, &a.app, &error), 0);
        starve_begin(STARVE_OURS, n, false);
        wrong += !request_once(&a);
        failed = starve_end();
        ck_assert(request_once(&a));
        ck_assert(request_once(&a));
        starve_begin(STARVE_OURS, 1, true); /* 0 is the request's own */
        ck_assert(request_once(&a));
        ck_assert_uint_eq(starve_end(), 0);
        app_free(a.app);
    }
    ck_assert_uint_gt(wrong, 0);
    blob_release(a.right);
}
END_TEST

/* The stream of everything breaks off where memory ends; it never goes on with a line left out. */
static bool stream_once(void *ctx)
{
    struct asked *a = ctx;
    _cleanup_arena_ struct arena *mem = arena_new(0);
    if (!mem)
        return false;
    struct request req = {.method = "GET", .target = a->target, .version = "HTTP/1.1", .mem = mem};
    struct reply r;
    char buffer[16384];
    ssize_t n = -1;
    size_t whole = 0;
    dispatch(a->app, &req, &r);
    if (r.status == 200)
        while ((n = r.stream.read(r.stream.ctx, buffer, sizeof buffer)) > 0)
            whole += (size_t)n;
    reply_done(&r);
    starve_pause();
    if (n == 0 && !a->status)
        a->status = (unsigned)whole;
    ck_assert_msg(n < 0 || whole == a->status, "%zu bytes of %u", whole, a->status);
    return n == 0;
}

START_TEST(everything_streamed)
{
    struct app_config cfg = {.catalogue = bundled_path(), .base_path = "", .cache_control = "no-cache"};
    static const char *const targets[] = {"/catalogue.ndjson", "/incidents.ndjson",
                                          "/incidents.csv?sort=title", "/timeline.csv?csv=excel",
                                          "/organizations.ndjson?q=toyota"};
    struct asked a = {.target = targets[_i]};
    char *error = NULL;
    ck_assert_int_eq(app_new(&cfg, &a.app, &error), 0);
    ck_assert(stream_once(&a));
    for (unsigned n = 0; n < 4000; n += 397) {
        starve_begin(n % 2 ? STARVE_SQLITE : STARVE_JANSSON, n, false);
        bool right = stream_once(&a);
        ck_assert(starve_end() == 0 || !right);
    }
    starve_begin(STARVE_OURS, _i ? 5 : 20, false);
    ck_assert(!stream_once(&a));
    ck_assert_uint_eq(starve_end(), 1);
    if (_i)
        starve(STARVE_OURS, false, stream_once, &a);
    ck_assert(stream_once(&a));
    app_free(a.app);
}
END_TEST

/* What came for a stream in coding ACCEPTED: all of it coded or plain, some of it, or an error. */
static const char *coded_stream_once(struct app *app, const char *accepted, size_t sizes[2])
{
    const struct header headers[] = {{"Accept-Encoding", accepted}};
    _cleanup_arena_ struct arena *mem = arena_new(0);
    if (!mem)
        return "none";
    const struct request req = {.method = "GET", .target = "/organizations.ndjson?q=toyota", .version = "HTTP/1.1",
                                .headers = headers, .n_headers = 1, .mem = mem};
    struct reply r;
    char buffer[1000]; /* less than comes at once */
    ssize_t n = 0;
    size_t whole = 0;
    dispatch(app, &req, &r);
    while (r.status == 200 && (n = r.stream.read(r.stream.ctx, buffer, sizeof buffer)) > 0)
        whole += (size_t)n;
    starve_pause();
    bool coded = reply_find(&r, "Content-Encoding");
    ck_assert_msg(r.status == 200 || r.status == 503, "%u", r.status);
    ck_assert(r.status != 200 || coded == (strstr(reply_find(&r, "ETag")->value, accepted) != NULL));
    const char *outcome = r.status != 200 ? "error" : n < 0 ? "broken" : coded ? "coded" : "plain";
    if (r.status == 200 && n == 0) {
        ck_assert_msg(!sizes[coded] || sizes[coded] == whole, "%s: %zu, not %zu", outcome, whole, sizes[coded]);
        sizes[coded] = whole;
    }
    reply_done(&r);
    return outcome;
}

/* What can be sent in no coding is sent without, what was begun in one breaks off, and either holds on to nothing. */
START_TEST(streams_coded)
{
    static const char *const codings[] = {"gzip", "zstd"};
    struct app_config cfg = {.catalogue = bundled_path(), .base_path = "", .cache_control = "no-cache"};
    size_t sizes[2] = {0};
    unsigned failed = 1, plain = 0, broken = 0;
    struct app *app;
    char *error = NULL;
    ck_assert_int_eq(app_new(&cfg, &app, &error), 0);
    for (unsigned n = 0; failed; n++) {
        starve_begin(STARVE_OURS, n, false);
        const char *outcome = coded_stream_once(app, codings[_i], sizes);
        failed = starve_end();
        plain += strcmp(outcome, "plain") == 0;
        broken += strcmp(outcome, "broken") == 0;
        assert_text(coded_stream_once(app, codings[_i], sizes), "coded");
    }
    ck_assert_uint_gt(plain, 0);
    ck_assert_uint_gt(broken, 0);
    ck_assert_uint_lt(sizes[1], sizes[0]);
    app_free(app);
}
END_TEST

static bool start_and_end(void *ctx)
{
    struct app_config cfg = {
        .catalogue = bundled_path(), .base_path = "", .cache_control = "no-cache", .cache_bytes = 16 << 20};
    struct app *app = NULL;
    char *error = NULL;
    (void)ctx;
    int r = app_new(&cfg, &app, &error);
    starve_pause();
    ck_assert_msg(r == 0 || r == -ENOMEM, "%d %s", r, error ? error : "");
    ck_assert(r == 0 || !app);
    app_free(app);
    return r == 0;
}

START_TEST(starting)
{
    starve(STARVE_OURS, false, start_and_end, NULL);
    starve(STARVE_OURS, true, start_and_end, NULL);
}
END_TEST

/* A catalogue that there was no memory for is taken at a later look, not forgotten. */
START_TEST(reloading)
{
    char other[256], command[1200];
    (void)snprintf(other, sizeof other, "%s/other.db", bundled_folder());
    (void)snprintf(command, sizeof command, "cp '%s' '%s'", bundled_path(), other);
    ck_assert_int_eq(system(command), 0);
    struct app_config cfg = {.catalogue = other, .base_path = "", .cache_control = "no-cache"};
    struct app *app = NULL;
    char *error = NULL, *line = NULL;
    ck_assert_int_eq(app_new(&cfg, &app, &error), 0);
    (void)snprintf(command, sizeof command, "cp '%s' '%s.new' && mv '%s.new' '%s'", bundled_path(), other,
                   other, other);
    ck_assert_int_eq(system(command), 0);
    starve_begin(STARVE_OURS, 0, true);
    int r = app_reload(app, false, &line);
    ck_assert_uint_gt(starve_end(), 0);
    ck_assert_int_eq(r, -ENOMEM);
    ck_assert_ptr_null(line);
    ck_assert_int_eq(app_reload(app, false, &line), 1);
    ck_assert_int_eq(app_reload(app, false, &line), 0);
    app_free(app);
    ck_assert_int_eq(unlink(other), 0);
}
END_TEST

static bool log_and_end(void *ctx)
{
    struct accesslog *log = NULL;
    (void)ctx;
    int r = accesslog_open("/dev/null", 2, &(struct say){.format = SAY_TEXT}, &log);
    starve_pause();
    ck_assert(r == 0 || r == -ENOMEM);
    ck_assert(r == 0 || !log);
    accesslog_free(log);
    return r == 0;
}

static bool watch(void *ctx)
{
    struct figures x = {.app = {.catalogue = {.id = "5f2c", .built = ""}, .loaded = ""}};
    struct strbuf text = STRBUF_INIT;
    struct metrics *m = NULL;
    struct process *p = NULL;
    (void)ctx;
    int r = metrics_new(2, &m);
    if (r == 0)
        r = process_new(&p);
    if (r == 0) {
        x.requests = m;
        process_read(p, &x.process);
        metrics_text(&x, &text);
    }
    starve_pause();
    bool good = r == 0 && !text.failed;
    ck_assert(r == 0 || r == -ENOMEM);
    strbuf_done(&text);
    process_free(p);
    metrics_free(m);
    return good;
}

START_TEST(watching)
{
    starve(STARVE_OURS, false, watch, NULL);
    starve(STARVE_OURS, true, watch, NULL);
}
END_TEST

START_TEST(logging)
{
    starve(STARVE_OURS, false, log_and_end, NULL);
    starve(STARVE_OURS, true, log_and_end, NULL);
}
END_TEST

/* --- imports --- */

struct importing {
    const char *input, *output;
    struct stat before;
};

/* The output is replaced whole or not at all, and nothing is left beside it. */
static bool import_once(void *ctx)
{
    struct importing *x = ctx;
    _cleanup_report_ struct import_report *report = import_report_new();
    char *error = NULL;
    if (!report)
        return false;
    struct import_options o = {.output = x->output, .inputs = &x->input, .n_inputs = 1, .allow_shrink = true};
    int r = import_run(&o, report, &error);
    starve_pause();
    free(error);
    struct stat now;
    ck_assert_int_eq(stat(x->output, &now), 0);
    if (r != 0)
        ck_assert_uint_eq(now.st_ino, x->before.st_ino);
    x->before = now;
    return r == 0 && report->rejected == 0;
}

START_TEST(importing)
{
    char input[256], output[256], command[600];
    struct importing x = {.input = input, .output = output};
    (void)snprintf(input, sizeof input, "%s/in", bundled_folder());
    (void)snprintf(output, sizeof output, "%s/out.db", bundled_folder());
    (void)snprintf(command, sizeof command,
                   "mkdir -p '%s/in/incidents' && cp '%s'/*.json '%s/in' && cp '%s'/incidents/" TOKYO
                   ".json '%s/in/incidents' && cp '%s' '%s'",
                   bundled_folder(), inputs, bundled_folder(), inputs, bundled_folder(), bundled_path(),
                   output);
    ck_assert_int_eq(system(command), 0);
    ck_assert_int_eq(stat(output, &x.before), 0);
    for (unsigned n = 0; n < 600; n += 23) {
        starve_begin(STARVE_OURS, n, n % 2);
        bool right = import_once(&x);
        ck_assert(starve_end() == 0 || !right || n % 2 == 0);
    }
    for (unsigned n = 0; n < 20000; n += 997) {
        starve_begin(n % 2 ? STARVE_SQLITE : STARVE_JANSSON, n, true);
        (void)import_once(&x);
        (void)starve_end();
    }
    ino_t last = x.before.st_ino;
    (void)import_once(&x);
    ck_assert_msg(x.before.st_ino != last, "fails with plenty of memory");
    (void)snprintf(command, sizeof command, "ls -A '%s' | grep -v -x -e in -e out.db -e catalogue.db",
                   bundled_folder());
    ck_assert_msg(system(command) != 0, "something was left beside the output");
    (void)snprintf(command, sizeof command, "rm -rf '%s/in' '%s'", bundled_folder(), output);
    ck_assert_int_eq(system(command), 0);
}
END_TEST

/* --- the whole --- */

int main(int argc, char **argv)
{
    if (argc != 2) {
        fprintf(stderr, "usage: %s CATALOGUE-FOLDER\n", argv[0]);
        return 2;
    }
    inputs = argv[1];
    starve_init();
    render_init();
    if (!bundled_build(inputs))
        return EXIT_FAILURE;
    Suite *s = suite_create("memory");
    TCase *tc = tcase_create("memory");
    tcase_set_timeout(tc, 240);
    tcase_add_test(tc, opening);
    tcase_add_test(tc, refusing_to_open);
    SUITE_LOOP(tc, asking, questions);
    tcase_add_test(tc, asking_with_a_new_reader);
    SUITE_LOOP(tc, requests_answered, requests);
    tcase_add_loop_test(tc, answers_kept, 0, 2);
    tcase_add_loop_test(tc, codings_made, 0, 2);
    tcase_add_test(tc, logging);
    tcase_add_test(tc, watching);
    tcase_add_loop_test(tc, everything_streamed, 0, 5);
    tcase_add_loop_test(tc, streams_coded, 0, 2);
    tcase_add_test(tc, starting);
    tcase_add_test(tc, reloading);
    tcase_add_test(tc, importing);
    suite_add_tcase(s, tc);
    int status = suite_run(s);
    bundled_remove();
    return status;
}
