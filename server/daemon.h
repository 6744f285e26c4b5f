/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_DAEMON_H
#define BREACHD_SERVER_DAEMON_H

/* The daemon as it runs: what breachd.c puts together from its settings, life.c keeps and confine.c confines. */
#include "accesslog.h"
#include "admin.h"
#include "app.h"
#include "httpd.h"
#include "notify.h"
#include "options.h"
#include "privileges.h"

#include <signal.h>

/* Everything that runs, in the order in which it was made. */
struct daemon {
    struct options options;
    struct say say;
    sigset_t signals; /* that life_wait() takes */
    struct notify notify;
    struct account account; /* name NULL: stay who we are */
    struct accesslog *log;
    struct listener listeners[LIMIT_LISTENERS];
    size_t n_listeners, n_shared; /* shared ones come first */
    struct listener admin_listener;
    struct metrics *metrics; /* NULL: nobody asks for them */
    struct admin *admin;
    struct app *app;
    char *folder; /* that is read from, without links; NULL: not confined */
    struct sandbox_report sandbox;
    struct httpd *httpd;
};

/* Says what has failed with a negative errno, or a TEXT, which is freed; the exit status. */
int daemon_failed(const struct daemon *d, const char *what, int error);
int daemon_failed_text(const struct daemon *d, char *text, int status);

/* --- confine.c --- */

/* Whether the catalogue lies beneath its folder, links followed: all that the sandbox will let be read. The exit status; says why not. */
int confine_check(struct daemon *d);

/* Enters the sandbox and says what is in force. The exit status. */
int confine(struct daemon *d);

/* Says so where the catalogue lies outside of what can be read by now, as when a link has moved since. */
void confine_hint(const struct daemon *d);

/* --- life.c --- */

/* Blocks the signals that life_wait() waits for, and has the one that ends it by a fault of others say whose. Before there are
 * other threads. */
void life_block_signals(struct daemon *d);

/* Serves on until SIGTERM or SIGINT. Meanwhile the catalogue's path is followed, SIGHUP is obeyed and the service manager is told. */
void life_wait(struct daemon *d);

/* Says how many lines of the access log are lost since it was said last. */
void life_say_lost(struct daemon *d);

#endif
