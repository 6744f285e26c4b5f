/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_METRICS_TEXT_H
#define BREACHD_SERVER_METRICS_TEXT_H

/* What is known of the running daemon, as Prometheus reads it. Pure: the same numbers, the same bytes. */
#include "app.h"
#include "metrics.h"
#include "process.h"
#include "util/strbuf.h"

#define METRICS_TEXT_TYPE "text/plain; version=0.0.4; charset=utf-8"

struct figures {
    const struct metrics *requests;
    struct httpd_figures http;
    struct app_figures app;
    struct process_figures process;
    uint64_t log_lost; /* lines */
};

/* Writes all families with their HELP and TYPE to OUT: the exposition format 0.0.4. A strbuf tells its own failures. */
void metrics_text(const struct figures *x, struct strbuf *out);

#endif
