/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_LOGLINE_H
#define BREACHD_SERVER_LOGLINE_H

/*
 * One request as one line of the access log:
 *
 *   2026-01-31T12:00:00.123Z 192.0.2.7 GET /incidents/{id} /incidents/x.json?y=1 200 4643 52 hit 5f2c0a1b00000001 -
 *
 * time, client, method, route, target, status, bytes of the body, microseconds, what the cache did (hit, miss, none),
 * request id, traceparent; one space between two, none within. What has no value is "-"; a status 0 is a client that left
 * before there was an answer. Or as a JSON object, with the same fields by their names and null for what has no value.
 */
#include "httpd.h"
#include "say.h"
#include "util/clock.h"

#include <time.h>

/* No line is longer, its end included: what is written at once to a pipe, by several, stays whole (PIPE_BUF). */
#define LOGLINE_MOST 4096

/* The second that was written last, so that it is not worked out for each line; begins as {0}. */
struct logline_second {
    int64_t second;
    char text[CLOCK_TEXT_SIZE]; /* "": none yet */
};

struct logline_style {
    enum say_format format;
    const char *prefix; /* of every line; up to 3 bytes */
};

/* Writes the line of O, which ended at NOW, with its "\n"; its length. Nothing that a client sends can end a line, add a
 * field or do something to a terminal: all but visible ASCII, and the backslash, is written as \xNN, which JSON has
 * with two backslashes. */
size_t logline_write(const struct logline_style *style, const struct httpd_outcome *o, struct timespec now,
                     struct logline_second *last, char ret[static LOGLINE_MOST]);

#endif
