/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_OPTIONS_H
#define BREACHD_SERVER_OPTIONS_H

/*
 * The daemon's settings, from one table: the command line, which wins, then the environment
 * (`--base-path` is BREACHD_BASE_PATH), then defaults. Nothing is opened here.
 */
#include "http/forwarded.h"
#include "listen.h"
#include "sandbox.h"
#include "say.h"
#include "util/limits.h"

#include <stddef.h>
#include <stdint.h>

enum {
    OPTIONS_E_FAULT = 1, /* *reterr has one line: the option or variable, the bad value, what is wanted */
};

enum options_action { OPTIONS_RUN, OPTIONS_HELP, OPTIONS_VERSION, OPTIONS_CHECK };

/* All texts are those of the command line, the environment or static, but those of listen. */
struct options {
    enum options_action action;
    const char *check; /* URL to ask, of OPTIONS_CHECK */

    const char *catalogue;
    const char *base_path, *public_url, *contact, *cache_control; /* as in struct app_config */
    struct listen_address listen[LIMIT_LISTENERS];
    size_t n_listen;             /* at least 1 */
    bool listen_is_default;      /* nobody asked for it */
    struct listen_address admin; /* text NULL: none */
    struct proxies proxies;
    unsigned threads, connections, idle_seconds, drain_seconds;
    unsigned per_address; /* 0: any number */
    unsigned request_seconds, query_millis;
    uint64_t cache_bytes;
    const char *access_log; /* as in accesslog.h */
    enum say_format log_format;
    enum sandbox_mode sandbox;
    const char *user; /* to become, or NULL */

    char *listen_text; /* a copy of the variable that LISTEN points into, or NULL */
};

/* Fills *ret from ARGV (argv[0] is passed over) and GETENV. --help, --version and --check end the matter where
 * they stand: neither the environment nor what is missing counts then. An empty variable counts as not set.
 * 0, -ENOMEM, or OPTIONS_E_FAULT with *reterr (free() it). */
int options_parse(int argc, char *const *argv, char *(*getenv)(const char *name), struct options *ret,
                  char **reterr);

void options_done(struct options *o);

/* The text of --help; free() it. NULL: out of memory. */
char *options_help(void);

#endif
