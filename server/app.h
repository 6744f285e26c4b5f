/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_APP_H
#define BREACHD_SERVER_APP_H

/* The whole daemon behind its sockets: settings, the catalogue in service, and the one function that answers.
 */
#include "http.h"
#include "model/model.h"
#include "reload.h"

struct app_config {
    const char *catalogue;     /* path */
    const char *base_path;     /* "" or "/b", without a slash at its end */
    const char *public_url;    /* "https://breaches.example" without path, or NULL: from the request's Host */
    const char *contact;       /* mailto: or http(s): URL, or NULL */
    const char *cache_control; /* of data and pages */
    size_t cache_bytes;        /* what a catalogue keeps in memory (snapshot_answer_bytes()); 0: no answers */
    unsigned
        query_millis; /* of one request in storage, and before of waiting for it; 0: LIMIT_QUERY_MILLIS */
    unsigned replaced_millis; /* of a reply from a replaced catalogue; 0: LIMIT_REPLACED_SECONDS */
    size_t sitemap_urls;      /* in one map of the site; 0: LIMIT_SITEMAP_URLS */
};

struct app;
struct sandbox_report;

/* Opens the catalogue. 0, -ENOMEM, or APP_E_CATALOGUE with *reterr (free() it): one line. The config is
 * copied by pointer. */
enum { APP_E_CATALOGUE = 1 };
int app_new(const struct app_config *cfg, struct app **ret, char **reterr);

/* What the catalogue in service says of itself, its texts in MEM. 0 or -ENOMEM. */
int app_catalogue(struct app *app, struct arena *mem, struct catalogue_info *ret);

/* Numbers for those who watch the daemon. */
struct app_figures {
    struct catalogue_info catalogue; /* in service, as app_catalogue() has it */
    uint64_t file_bytes;
    const char *loaded; /* when it was put into service, RFC 3339 */
    struct reload_figures reload;
    uint64_t cache_bytes, cache_most, cache_answers, cache_evicted; /* of this catalogue's answers; cache.h */
    bool ready;                                                     /* as /readyz says */
};

/* Texts in MEM. From any thread. 0 or -ENOMEM. */
int app_figures(struct app *app, struct arena *mem, struct app_figures *ret);

/* How the process is confined, for /version and /readyz, which say so from then on; copied. Before there are requests. */
void app_confined(struct app *app, const struct sandbox_report *r);

/* Accepts NULL; returns NULL. No request may be running. */
struct app *app_free(struct app *app);

/*
 * Looks whether another catalogue lies at the path (FORCE: tries it in any case) and takes it into service; requests that run
 * keep the one they began with. 0: nothing new, 1: taken, 2: refused, with *ret_line (free() it), and the old one serves on;
 * or -ENOMEM. By one thread at a time.
 */
int app_reload(struct app *app, bool force, char **ret_line);

/* From now on /readyz says not ready, and other requests are still answered. */
void app_drain(struct app *app);

/* Answers one request; safe from many threads. *ret is always filled: the caller ends it with reply_done().
 */
void dispatch(struct app *app, const struct request *req, struct reply *ret);

/* The reply to a request that was refused before it could be understood. */
void dispatch_refusal(struct app *app, const struct request *req, unsigned status, const char *reason,
                      struct reply *ret);

#endif
