/* SPDX-License-Identifier: MIT */
/*
 * The daemon's main: settings, catalogue, sockets, threads, and then it waits for a signal. Signals are
 * blocked before the first thread starts, so that this thread alone takes them, as process 1 too.
 */
#include "activation.h"
#include "daemon.h"
#include "model/model.h"
#include "probe.h"
#include "render/render.h"
#include "router.h"
#include "snapshot.h"
#include "util/limits.h"
#include "version.h"

#include <errno.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#define EXIT_USAGE 2

/* Beside the connections: catalogue readers, listeners, epoll and event descriptors of the threads. */
#define OTHER_DESCRIPTORS 1024

int daemon_failed(const struct daemon *d, const char *what, int error)
{
    say(&d->say, SAY_ERROR, "%s: %s", what, strerror(-error));
    return EXIT_FAILURE;
}

int daemon_failed_text(const struct daemon *d, char *text, int status)
{
    say(&d->say, SAY_ERROR, "%s", text);
    free(text);
    return status;
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
        return daemon_failed_text(d, text, EXIT_FAILURE);
    return r ? daemon_failed(d, o->catalogue, r) : EXIT_SUCCESS;
}

static int find_user(struct daemon *d)
{
    static const char *const why[] = {
        [PRIVILEGES_E_UNKNOWN] = "there is no such user",
        [PRIVILEGES_E_ROOT] = "is root itself; name a user that owns nothing, such as nobody",
        [PRIVILEGES_E_NOT_ROOT] = "only root can become another user",
    };
    const char *name = d->options.user;
    int r = name ? privileges_find(name, &d->account) : 0;

    if (r < 0)
        return daemon_failed(d, name, r);
    if (r)
        say(&d->say, SAY_ERROR, "--user: \"%s\": %s", name, why[r]);
    return r ? EXIT_FAILURE : EXIT_SUCCESS;
}

static int open_notify(struct daemon *d)
{
    int r = notify_open(getenv, &d->notify);

    if (r)
        say(&d->say, SAY_WARNING, "NOTIFY_SOCKET: %s; the service manager is told nothing", strerror(-r));
    return EXIT_SUCCESS;
}

/* The log is the user's from the beginning, who will open it anew. */
static int open_log(struct daemon *d)
{
    int r = accesslog_open(d->options.access_log, d->options.threads, &d->say, &d->log);

    if (!r && d->account.name)
        r = accesslog_give(d->log, d->account.uid, d->account.gid);
    return r ? daemon_failed(d, d->options.access_log, r) : EXIT_SUCCESS;
}

static int drop_privileges(struct daemon *d)
{
    int r = d->account.name ? privileges_drop(&d->account) : 0;

    return r ? daemon_failed(d, d->account.name, r) : EXIT_SUCCESS;
}

/* Sockets that are handed over stand in for the default address, and beside those that somebody asked for. */
static int open_listeners(struct daemon *d)
{
    const struct options *o = &d->options;
    char *text = NULL;
    int r = activation_sockets(getenv, d->listeners, LIMIT_LISTENERS, &d->n_listeners, &text);

    d->n_shared = d->n_listeners;
    if (!r && d->n_shared && o->listen_is_default)
        return EXIT_SUCCESS;
    for (size_t i = 0; !r && i < o->n_listen; i++) {
        if (d->n_listeners == LIMIT_LISTENERS)
            return daemon_failed(d, o->listen[i].text, -E2BIG);
        r = listen_open(&o->listen[i], &d->listeners[d->n_listeners], &text);
        d->n_listeners += !r;
    }
    if (r > 0)
        return daemon_failed_text(d, text, EXIT_FAILURE);
    return r ? daemon_failed(d, "cannot listen", r) : EXIT_SUCCESS;
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
        return daemon_failed_text(d, text, EXIT_FAILURE);
    if (!r)
        r = metrics_new(d->options.threads, &d->metrics);
    if (!r)
        r = admin_new(&d->admin);
    return r ? daemon_failed(d, d->options.admin.text, r) : EXIT_SUCCESS;
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
        return daemon_failed(d, "cannot start to serve metrics", r);
    say_start(&d->say, SAY_INFO, "metrics and probes at %s", d->admin_listener.url);
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
    const char *route = o->reply->route ? o->reply->route->path : NULL;

    metrics_count(d->metrics, o);
    accesslog_add(d->log, o);
    if ((o->status != 500 && o->status != 503) || (route && strcmp(route, "/readyz") == 0))
        return;
    say(&d->say, SAY_ERROR, "answered %s %s with %u after %lu us (request %s)", o->req->method,
        route ? route : "(no route)", o->status, o->micros, o->id);
}

static int start_httpd(struct daemon *d)
{
    int sockets[LIMIT_LISTENERS];
    struct httpd_config cfg = {
        .sockets = sockets,
        .n_sockets = d->n_listeners,
        .n_shared = d->n_shared,
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

    for (size_t i = 0; i < d->n_listeners; i++) {
        sockets[i] = d->listeners[i].fd;
        d->listeners[i].fd = -1;
    }
    r = accesslog_start(d->log);
    if (!r)
        r = httpd_start(&cfg, &d->httpd);
    return r ? daemon_failed(d, "cannot start to serve", r) : EXIT_SUCCESS;
}

static unsigned long long in_mib(unsigned long long bytes)
{
    return (bytes + (1 << 20) - 1) >> 20;
}

/* What the settings come to, at most: for those who give a container its memory. What is kept is of each catalogue in service. */
static void say_memory(const struct daemon *d)
{
    const struct options *o = &d->options;

    say_start(&d->say, SAY_INFO,
              "memory for %u connections of %u KiB: %llu MiB, for kept answers: %llu MiB, "
              "for stored sets: %llu MiB, for %u readers: %llu MiB, for replies on their way: %u MiB",
              o->connections, LIMIT_CONNECTION_POOL / 1024,
              in_mib((unsigned long long)o->connections * LIMIT_CONNECTION_POOL),
              in_mib(snapshot_answer_bytes(o->cache_bytes)), in_mib(LIMIT_SETS_BYTES), LIMIT_READERS,
              in_mib(LIMIT_READERS * (LIMIT_READER_KIB * 1024ULL + LIMIT_SCRATCH_BYTES)),
              LIMIT_UNTAKEN_BYTES >> 20);
}

/* "at http://127.0.0.1:8080, unix:/run/b.sock": the last line of a start. */
static int say_serving(struct daemon *d)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    _cleanup_strbuf_ struct strbuf urls = STRBUF_INIT;
    struct catalogue_info info = {0};
    int r = mem ? app_catalogue(d->app, mem, &info) : -ENOMEM;

    for (size_t i = 0; i < d->n_listeners; i++)
        strbuf_addf(&urls, "%s%s", i ? ", " : "", d->listeners[i].url);
    if (!r && urls.failed)
        r = -ENOMEM;
    if (r)
        return daemon_failed(d, d->options.catalogue, r);
    say_memory(d);
    say_start(&d->say, SAY_INFO, "serving %s (%zu incidents, id %.8s) at %s", d->options.catalogue,
              info.incidents, info.id, urls.data);
    return EXIT_SUCCESS;
}

static void end(struct daemon *d)
{
    notify_tell(&d->notify, "STOPPING=1\nSTATUS=finishing what runs");
    /* Socket files go first, so that nobody finds one that is about to close. */
    for (size_t i = 0; i < LIMIT_LISTENERS; i++)
        listen_done(&d->listeners[i]);
    if (d->httpd) {
        app_drain(d->app);
        httpd_quiesce(d->httpd);
        if (!httpd_drain(d->httpd, d->options.drain_seconds))
            say(&d->say, SAY_WARNING, "some requests still ran after %u seconds and were cut off",
                d->options.drain_seconds);
    }
    d->admin = admin_free(d->admin);
    listen_done(&d->admin_listener);
    d->httpd = httpd_free(d->httpd);
    d->metrics = metrics_free(d->metrics);
    accesslog_stop(d->log);
    life_say_lost(d);
    d->log = accesslog_free(d->log);
    d->app = app_free(d->app);
    free(d->folder);
    notify_done(&d->notify);
}

/* All that needs rights comes before they are given up, all that needs to be free before the sandbox, and that before there are
 * threads. */
static int serve(struct daemon *d)
{
    static int (*const steps[])(struct daemon *) = {
        open_notify,   find_user,      open_log, open_listeners, open_admin,  drop_privileges,
        confine_check, open_catalogue, confine,  start_httpd,    start_admin, say_serving,
    };
    int status = EXIT_SUCCESS;

    d->say = say_to(d->options.log_format, getenv("JOURNAL_STREAM"));
    d->notify = NOTIFY_INIT;
    render_init();
    life_block_signals(d);
    raise_descriptors(d->options.connections);
    for (size_t i = 0; i < LIMIT_LISTENERS; i++)
        d->listeners[i] = LISTENER_INIT;
    d->admin_listener = LISTENER_INIT;

    for (size_t i = 0; !status && i < sizeof steps / sizeof *steps; i++)
        status = steps[i](d);
    if (!status)
        life_wait(d);
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

static int check(const struct daemon *d)
{
    const char *url = d->options.check;
    int r = probe_url(url);

    if (r == 200)
        return EXIT_SUCCESS;
    if (r < 0)
        return daemon_failed(d, url, r);
    if (r != PROBE_E_URL)
        say(&d->say, SAY_ERROR, "%s: answered %d", url, r);
    else
        say(&d->say, SAY_ERROR,
            "--check: \"%.80s\" is not http://HOST[:PORT]/PATH with a numeric host or localhost", url);
    return r == PROBE_E_URL ? EXIT_USAGE : EXIT_FAILURE;
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
        return daemon_failed_text(&d, text, EXIT_USAGE);
    if (r)
        return daemon_failed(&d, "options", r);
    switch (d.options.action) {
    case OPTIONS_HELP:
        status = help();
        break;
    case OPTIONS_VERSION:
        status = printf("breachd %s (%s), libmicrohttpd %s\n", BREACHD_VERSION, BREACHD_REVISION,
                        httpd_library_version()) < 0;
        break;
    case OPTIONS_CHECK:
        status = check(&d);
        break;
    case OPTIONS_RUN:
        status = serve(&d);
        break;
    }
    options_done(&d.options);
    return status;
}
