/* SPDX-License-Identifier: MIT */
/*
 * The main thread's life while others serve: it takes the signals, looks at the catalogue's path, and tells the service manager how
 * things are.
 */
#include "daemon.h"

#include "model/model.h"
#include "pulse.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* How often the catalogue's path is looked at. */
#define FOLLOW_NANOS 2000000000ull

#define SECOND 1000000000ull

/* What was cut short in place is no longer there where it is mapped. There is nothing to go on with: the handler is for one time, and the
 * signal ends the process. */
static void on_cut(int which)
{
    static const char line[] =
        "breachd: the catalogue became shorter while it was served; put a new one in its place by renaming\n";

    (void)which;
    (void)!write(STDERR_FILENO, line, sizeof line - 1);
}

static void on_cut_json(int which)
{
    static const char line[] = "{\"level\":\"error\",\"message\":\"the catalogue became shorter while it was "
                               "served; put a new one in its "
                               "place by renaming\"}\n";

    (void)which;
    (void)!write(STDERR_FILENO, line, sizeof line - 1);
}

void life_block_signals(struct daemon *d)
{
    const struct sigaction cut = {.sa_handler = d->say.format == SAY_JSON ? on_cut_json : on_cut,
                                  .sa_flags = (int)SA_RESETHAND};

    (void)sigaction(SIGBUS, &cut, NULL);
    (void)sigemptyset(&d->signals);
    (void)sigaddset(&d->signals, SIGTERM);
    (void)sigaddset(&d->signals, SIGINT);
    (void)sigaddset(&d->signals, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &d->signals, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static uint64_t nanos_now(void)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * SECOND + (uint64_t)now.tv_nsec;
}

/* --- the catalogue --- */

/* What is served, for the service manager; EVENT comes before it ("READY=1\n" or ""). */
static void tell_status(const struct daemon *d, const char *event)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct catalogue_info info;

    if (mem && app_catalogue(d->app, mem, &info) == 0)
        notify_tell(&d->notify, "%sSTATUS=serving %zu incidents, id %.8s", event, info.incidents, info.id);
    else if (*event)
        notify_tell(&d->notify, "%s", event);
}

/* Takes a new catalogue into service where there is one, and says what came of it. */
static void follow_catalogue(struct daemon *d, bool force)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct catalogue_info info;
    char *line = NULL;
    int r = app_reload(d->app, force, &line);

    if (r < 0) {
        (void)daemon_failed(d, d->options.catalogue, r);
    } else if (line) {
        notify_tell(&d->notify, "STATUS=%s", line);
        (void)daemon_failed_text(d, line, 0);
        confine_hint(d);
    } else if (r > 0 && mem && app_catalogue(d->app, mem, &info) == 0) {
        say(&d->say, SAY_NOTICE, "now serving %s (%zu incidents, id %.8s)", d->options.catalogue,
            info.incidents, info.id);
        tell_status(d, "");
    } else if (r > 0) { /* short of memory by now */
        say(&d->say, SAY_NOTICE, "now serving %s", d->options.catalogue);
    }
}

/* --- the log --- */

void life_say_lost(struct daemon *d)
{
    struct accesslog_loss loss = accesslog_lost(d->log);

    if (loss.lines)
        say(&d->say, SAY_WARNING, "%s: %llu lines of the access log are lost: %s", d->options.access_log,
            (unsigned long long)loss.lines,
            loss.error ? strerror(loss.error) : "they cannot be written as fast as they come");
}

static void reopen_log(struct daemon *d)
{
    int r = accesslog_reopen(d->log);

    if (r)
        (void)daemon_failed(d, d->options.access_log, r);
}

/* --- signals and signs of life --- */

static void reload(struct daemon *d)
{
    notify_reloading(&d->notify);
    reopen_log(d);
    follow_catalogue(d, true);
    tell_status(d, "READY=1\n");
}

/* A sign of life when a quarter of the watchdog's time is over, and a further quarter of it was spent at most on seeing that
 * requests are answered. *LAST: when there was one. */
static void keep_watchdog(const struct daemon *d, uint64_t *last)
{
    uint64_t patience = d->notify.watchdog * 1000 / 4;

    if (!patience || nanos_now() - *last < patience)
        return;
    if (pulse_beats(d->httpd, d->options.threads, (unsigned)(patience / 1000000))) {
        *last = nanos_now();
        notify_tell(&d->notify, "WATCHDOG=1");
    } else {
        say(&d->say, SAY_ERROR, "a request of its own was not answered; the watchdog is not told to go on");
    }
}

/* The next signal, or -1 when it is time to look around. */
static int next_signal(const struct daemon *d)
{
    uint64_t watchdog = d->notify.watchdog * 1000 / 4;
    uint64_t nanos = watchdog && watchdog < FOLLOW_NANOS ? watchdog : FOLLOW_NANOS;
    struct timespec span = {.tv_sec = (time_t)(nanos / SECOND), .tv_nsec = (long)(nanos % SECOND)};

    return sigtimedwait(&d->signals, NULL, &span);
}

void life_wait(struct daemon *d)
{
    uint64_t last = nanos_now();

    tell_status(d, "READY=1\n");
    for (;;) {
        int which = next_signal(d);
        if (which == SIGTERM || which == SIGINT)
            return;
        if (which == SIGHUP)
            reload(d);
        else if (which < 0 && errno == EAGAIN)
            follow_catalogue(d, false);
        life_say_lost(d);
        keep_watchdog(d, &last);
    }
}
