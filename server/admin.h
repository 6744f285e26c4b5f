/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_ADMIN_H
#define BREACHD_SERVER_ADMIN_H

/*
 * The listener for those who run the daemon: /metrics, and the probes that the public one has too. It has a thread and
 * connections of its own, so it answers however busy the public one is.
 */
#include "accesslog.h"
#include "app.h"
#include "metrics.h"

/* All of it outlives the admin. */
struct admin_config {
    struct app *app;
    const struct metrics *metrics;
    const struct httpd *httpd; /* the public one */
    struct accesslog *log;     /* or NULL */
};

struct admin;

/* Opens what cannot be opened later, when the process may open nothing more. 0 or -ENOMEM. */
int admin_new(struct admin **ret);

/* Serves at SOCKET, which is listening and taken over. The config is copied. As httpd_start(). */
int admin_start(struct admin *a, const struct admin_config *cfg, int socket);

/* Answers what was asked, stops, and frees. Accepts NULL; returns NULL. */
struct admin *admin_free(struct admin *a);

#endif
