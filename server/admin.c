/* SPDX-License-Identifier: MIT */
/* The second, small HTTP server; see admin.h. */
#include "admin.h"

#include "metrics_text.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct admin {
    struct admin_config cfg;
    struct process *process; /* of the serving thread alone, once that runs */
    struct httpd *httpd;
};

/* --- /metrics --- */

static int collect(const struct admin *a, struct arena *mem, struct figures *ret)
{
    *ret = (struct figures){.requests = a->cfg.metrics, .log_lost = accesslog_lost_ever(a->cfg.log)};
    process_read(a->process, &ret->process);
    httpd_figures(a->cfg.httpd, &ret->http);
    return app_figures(a->cfg.app, mem, &ret->app);
}

static int metrics_reply(struct admin *a, const struct request *req, struct reply *ret)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    struct figures x;
    int r = collect(a, req->mem, &x);

    if (r)
        return r;
    metrics_text(&x, &text);
    ret->body = blob_from(&text);
    if (!ret->body)
        return -ENOMEM;
    ret->status = 200;
    reply_header(ret, "Content-Type", METRICS_TEXT_TYPE);
    reply_header(ret, "Cache-Control", "no-store");
    reply_header(ret, "X-Content-Type-Options", "nosniff");
    return 0;
}

/* --- requests --- */

/* As httpd_config has it: refusals close their connection there. */
static void refuse(void *ctx, const struct request *req, unsigned status, const char *reason,
                   struct reply *ret)
{
    const struct admin *a = ctx;

    dispatch_refusal(a->cfg.app, req, status, reason, ret);
}

static bool is_path(const struct request *req, const char *path)
{
    size_t n = strlen(path);

    return strncmp(req->target, path, n) == 0 && (req->target[n] == '\0' || req->target[n] == '?');
}

static bool is_probe(const struct request *req)
{
    return is_path(req, "/healthz") || is_path(req, "/readyz") || is_path(req, "/version");
}

static void handle(void *ctx, const struct request *req, struct reply *ret)
{
    struct admin *a = ctx;
    bool reads = strcmp(req->method, "GET") == 0 || strcmp(req->method, "HEAD") == 0;

    if (is_probe(req))
        dispatch(a->cfg.app, req, ret);
    else if (!is_path(req, "/metrics"))
        refuse(a, req, 404, "Here are only /metrics, /healthz, /readyz and /version.", ret);
    else if (!reads)
        refuse(a, req, 405, "Metrics can only be read: GET and HEAD.", ret);
    else if (metrics_reply(a, req, ret) != 0)
        refuse(a, req, 500, NULL, ret);
}

/* --- life --- */

int admin_new(struct admin **ret)
{
    struct admin *a = calloc(1, sizeof *a);

    if (!a || process_new(&a->process)) {
        free(a);
        return -ENOMEM;
    }
    *ret = a;
    return 0;
}

int admin_start(struct admin *a, const struct admin_config *cfg, int socket)
{
    struct httpd_config own = {
        .sockets = &socket,
        .n_sockets = 1,
        .threads = 1,
        .connections = LIMIT_ADMIN_CONNECTIONS,
        .idle_seconds = LIMIT_IDLE_SECONDS,
        .request_seconds = LIMIT_REQUEST_SECONDS,
        .handle = handle,
        .refuse = refuse,
        .ctx = a,
    };

    a->cfg = *cfg;
    return httpd_start(&own, &a->httpd);
}

struct admin *admin_free(struct admin *a)
{
    if (!a)
        return NULL;
    if (a->httpd) {
        httpd_quiesce(a->httpd);
        (void)httpd_drain(a->httpd, 1);
    }
    (void)httpd_free(a->httpd);
    process_free(a->process);
    free(a);
    return NULL;
}
