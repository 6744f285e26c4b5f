/* SPDX-License-Identifier: MIT */
/*
 * The daemon's main: settings, catalogue, sockets, threads, and then it waits for a signal. Signals are
 * blocked before the first thread starts, so that this thread alone takes them, as process 1 too.
 */
#include "accesslog.h"
#include "admin.h"
#include "app.h"
#include "httpd.h"
#include "model/model.h"
#include "options.h"
#include "probe.h"
#include "render/render.h"
#include "snapshot.h"
#include "util/limits.h"
#include "version.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#define EXIT_USAGE 2

/* Beside the connections: catalogue readers, listeners, epoll and event descriptors of the threads. */
#define OTHER_DESCRIPTORS 1024

/* How often the catalogue's path is looked at. */
#define FOLLOW_SECONDS 2

/* Everything that runs, in the order in which it was made. */
struct daemon {
    struct options options;
    struct app *app;
    struct accesslog *log;
    struct listener listeners[LIMIT_LISTENERS];
    struct listener admin_listener;
    struct metrics *metrics; /* NULL: nobody asks for them */
    struct admin *admin;
    struct httpd *httpd;
};

static int failed(const char *what, int error)
{
    (void)fprintf(stderr, "breachd: %s: %s\n", what, strerror(-error));
    return EXIT_FAILURE;
}

/* Says TEXT, which is freed; the exit status. */
static int failed_text(char *text, int status)
{
    (void)fprintf(stderr, "breachd: %s\n", text);
    free(text);
    return status;
}

static void block_signals(sigset_t *ret)
{
    (void)sigemptyset(ret);
    (void)sigaddset(ret, SIGTERM);
    (void)sigaddset(ret, SIGINT);
    (void)sigaddset(ret, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, ret, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

/* As many descriptors as the connections may need, where the system allows; fewer make clients wait. */
static void raise_descriptors(unsigned connections)
{
    struct rlimit limit;
    rlim_t wanted = (rlim_t)connections + OTHER_DESCRIPTORS;

    if (getrlimit(RLIMIT_NOFILE, &limit) < 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
    (void)setrlimit(RLIMIT_NOFILE, &limit);
}

static int open_catalogue(struct daemon *d)
{
    const struct options *o = &d->options;
    struct app_config cfg = {
        .catalogue = o->catalogue,
        .base_path = o->base_path,
        .public_url = o->public_url,
        .contact = o->contact,
        .cache_control = o->cache_control,
        .cache_bytes = o->cache_bytes,
        .query_millis = o->query_millis,
    };
    char *text = NULL;
    int r = app_new(&cfg, &d->app, &text);

    if (r == APP_E_CATALOGUE)
        return failed_text(text, EXIT_FAILURE);
    return r ? failed(o->catalogue, r) : EXIT_SUCCESS;
}

static int open_log(struct daemon *d)
{
    int r = accesslog_open(d->options.access_log, d->options.threads, &d->log);

    return r ? failed(d->options.access_log, r) : EXIT_SUCCESS;
}

static int open_listeners(struct daemon *d)
{
    for (size_t i = 0; i < d->options.n_listen; i++) {
        char *text = NULL;
        int r = listen_open(&d->options.listen[i], &d->listeners[i], &text);
        if (r == LISTEN_E_SYSTEM)
            return failed_text(text, EXIT_FAILURE);
        if (r)
            return failed(d->options.listen[i].text, r);
    }
    return EXIT_SUCCESS;
}

/* The admin listener, and the numbers that it shows. */
static int open_admin(struct daemon *d)
{
    char *text = NULL;
    int r;

    if (!d->options.admin.text)
        return EXIT_SUCCESS;
    r = listen_open(&d->options.admin, &d->admin_listener, &text);
    if (r == LISTEN_E_SYSTEM)
        return failed_text(text, EXIT_FAILURE);
    if (!r)
        r = metrics_new(d->options.threads, &d->metrics);
    if (!r)
        r = admin_new(&d->admin);
    return r ? failed(d->options.admin.text, r) : EXIT_SUCCESS;
}

static int start_admin(struct daemon *d)
{
    struct admin_config cfg = {.app = d->app, .metrics = d->metrics, .httpd = d->httpd, .log = d->log};
    int socket = d->admin_listener.fd, r;

    if (!d->admin)
        return EXIT_SUCCESS;
    d->admin_listener.fd = -1;
    r = admin_start(d->admin, &cfg, socket);
    if (r)
        return failed("cannot start to serve metrics", r);
    (void)fprintf(stderr, "breachd %s: metrics and probes at %s\n", BREACHD_VERSION, d->admin_listener.url);
    return EXIT_SUCCESS;
}

static void handle(void *ctx, const struct request *req, struct reply *ret)
{
    struct daemon *d = ctx;

    dispatch(d->app, req, ret);
}

static void refuse(void *ctx, const struct request *req, unsigned status, const char *reason,
                   struct reply *ret)
{
    struct daemon *d = ctx;

    dispatch_refusal(d->app, req, status, reason, ret);
}

/* Failures of our own are said; 501 and 505 are the client's, and not being ready is no failure. */
static void done(void *ctx, const struct httpd_outcome *o)
{
    struct daemon *d = ctx;
    const char *route = o->reply->route;

    metrics_count(d->metrics, o);
    accesslog_add(d->log, o);
    if ((o->status != 500 && o->status != 503) || (route && strcmp(route, "/readyz") == 0))
        return;
    (void)fprintf(stderr, "breachd: answered %s %s with %u after %lu us (request %s)\n", o->req->method,
                  route ? route : "(no route)", o->status, o->micros, o->id);
}

static int start_httpd(struct daemon *d)
{
    int sockets[LIMIT_LISTENERS];
    struct httpd_config cfg = {
        .sockets = sockets,
        .n_sockets = d->options.n_listen,
        .threads = d->options.threads,
        .connections = d->options.connections,
        .per_address = d->options.per_address,
        .idle_seconds = d->options.idle_seconds,
        .request_seconds = d->options.request_seconds,
        .proxies = &d->options.proxies,
        .handle = handle,
        .refuse = refuse,
        .done = done,
        .ctx = d,
    };
    int r;

    for (size_t i = 0; i < d->options.n_listen; i++) {
        sockets[i] = d->listeners[i].fd;
        d->listeners[i].fd = -1;
    }
    r = accesslog_start(d->log);
    if (!r)
        r = httpd_start(&cfg, &d->httpd);
    return r ? failed("cannot start to serve", r) : EXIT_SUCCESS;
}

static unsigned long long in_mib(unsigned long long bytes)
{
    return (bytes + (1 << 20) - 1) >> 20;
}

/* What the settings come to, at most: for those who give a container its memory. What is kept is of each catalogue in service. */
static void say_memory(const struct options *o)
{
    (void)fprintf(stderr,
                  "breachd %s: memory for %u connections of %u KiB: %llu MiB, for kept answers: %llu MiB, "
                  "for stored sets: %llu MiB, for %u readers: %llu MiB\n",
                  BREACHD_VERSION, o->connections, LIMIT_CONNECTION_POOL / 1024,
                  in_mib((unsigned long long)o->connections * LIMIT_CONNECTION_POOL),
                  in_mib(snapshot_answer_bytes(o->cache_bytes)), in_mib(LIMIT_SETS_BYTES), LIMIT_READERS,
                  in_mib(LIMIT_READERS * (LIMIT_READER_KIB * 1024ULL + LIMIT_SCRATCH_BYTES)));
}

static int say_serving(const struct daemon *d)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct catalogue_info info = {0};
    int r = mem ? app_catalogue(d->app, mem, &info) : -ENOMEM;

    if (r)
        return failed(d->options.catalogue, r);
    say_memory(&d->options);
    (void)fprintf(stderr, "breachd %s: serving %s (%zu incidents, id %.8s) at", BREACHD_VERSION,
                  d->options.catalogue, info.incidents, info.id);
    for (size_t i = 0; i < d->options.n_listen; i++)
        (void)fprintf(stderr, "%s %s", i ? "," : "", d->listeners[i].url);
    (void)fprintf(stderr, "\n");
    return EXIT_SUCCESS;
}

/* Takes a new catalogue into service where there is one, and says what came of it. */
static void follow_catalogue(struct daemon *d, bool force)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct catalogue_info info;
    char *line = NULL;
    int r = app_reload(d->app, force, &line);

    if (r < 0)
        (void)failed(d->options.catalogue, r);
    else if (line)
        (void)failed_text(line, 0);
    else if (r > 0 && mem && app_catalogue(d->app, mem, &info) == 0)
        (void)fprintf(stderr, "breachd: now serving %s (%zu incidents, id %.8s)\n", d->options.catalogue,
                      info.incidents, info.id);
    else if (r > 0) /* short of memory by now */
        (void)fprintf(stderr, "breachd: now serving %s\n", d->options.catalogue);
}

static void say_lost(struct daemon *d)
{
    struct accesslog_loss loss = accesslog_lost(d->log);

    if (loss.lines)
        (void)fprintf(stderr, "breachd: %s: %llu lines of the access log are lost: %s\n",
                      d->options.access_log, (unsigned long long)loss.lines,
                      loss.error ? strerror(loss.error) : "they cannot be written as fast as they come");
}

static void reopen_log(struct daemon *d)
{
    int r = accesslog_reopen(d->log);

    if (r)
        (void)failed(d->options.access_log, r);
}

/* Until SIGTERM or SIGINT; meanwhile the catalogue's path is followed. */
static void wait_for_end(struct daemon *d, const sigset_t *signals)
{
    const struct timespec span = {.tv_sec = FOLLOW_SECONDS};

    for (;;) {
        int which = sigtimedwait(signals, NULL, &span);
        if (which == SIGTERM || which == SIGINT)
            return;
        if (which == SIGHUP)
            reopen_log(d);
        if (which == SIGHUP || (which < 0 && errno == EAGAIN))
            follow_catalogue(d, which == SIGHUP);
        say_lost(d);
    }
}

static void end(struct daemon *d)
{
    /* Socket files go first, so that nobody finds one that is about to close. */
    for (size_t i = 0; i < LIMIT_LISTENERS; i++)
        listen_done(&d->listeners[i]);
    if (d->httpd) {
        app_drain(d->app);
        httpd_quiesce(d->httpd);
        if (!httpd_drain(d->httpd, d->options.drain_seconds))
            (void)fprintf(stderr, "breachd: some requests still ran after %u seconds and were cut off\n",
                          d->options.drain_seconds);
    }
    d->admin = admin_free(d->admin);
    listen_done(&d->admin_listener);
    d->httpd = httpd_free(d->httpd);
    d->metrics = metrics_free(d->metrics);
    accesslog_stop(d->log);
    say_lost(d);
    d->log = accesslog_free(d->log);
    d->app = app_free(d->app);
}

static int serve(struct daemon *d)
{
    sigset_t signals;
    int status;

    render_init();
    block_signals(&signals);
    raise_descriptors(d->options.connections);
    for (size_t i = 0; i < LIMIT_LISTENERS; i++)
        d->listeners[i] = LISTENER_INIT;
    d->admin_listener = LISTENER_INIT;

    status = open_catalogue(d);
    if (!status)
        status = open_log(d);
    if (!status)
        status = open_listeners(d);
    if (!status)
        status = open_admin(d);
    if (!status)
        status = start_httpd(d);
    if (!status)
        status = start_admin(d);
    if (!status)
        status = say_serving(d);
    if (!status)
        wait_for_end(d, &signals);
    end(d);
    return status;
}

static int help(void)
{
    char *text = options_help();
    bool written = text && fputs(text, stdout) >= 0 && fflush(stdout) == 0;

    free(text);
    return written ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int check(const char *url)
{
    int r = probe_url(url);

    if (r == 200)
        return EXIT_SUCCESS;
    if (r == PROBE_E_URL) {
        (void)fprintf(stderr,
                      "breachd: --check: \"%.80s\" is not http://HOST[:PORT]/PATH with a numeric "
                      "host or localhost\n",
                      url);
        return EXIT_USAGE;
    }
    if (r < 0)
        return failed(url, r);
    (void)fprintf(stderr, "breachd: %s: answered %d\n", url, r);
    return EXIT_FAILURE;
}

/* What is kept for long and what comes and goes lie apart, or the heap grows by holes: memory as large as a stored set is the
 * system's to give and take, whatever was freed before. */
static void settle_heap(void)
{
    (void)mallopt(M_MMAP_THRESHOLD, 128 << 10);
}

int main(int argc, char **argv)
{
    struct daemon d = {0};
    char *text = NULL;
    settle_heap();
    int r = options_parse(argc, argv, getenv, &d.options, &text), status = EXIT_SUCCESS;

    if (r == OPTIONS_E_FAULT)
        return failed_text(text, EXIT_USAGE);
    if (r)
        return failed("options", r);
    switch (d.options.action) {
    case OPTIONS_HELP:
        status = help();
        break;
    case OPTIONS_VERSION:
        status = printf("breachd %s (%s), libmicrohttpd %s\n", BREACHD_VERSION, BREACHD_REVISION,
                        httpd_library_version()) < 0;
        break;
    case OPTIONS_CHECK:
        status = check(d.options.check);
        break;
    case OPTIONS_RUN:
        status = serve(&d);
        break;
    }
    options_done(&d.options);
    return status;
}
