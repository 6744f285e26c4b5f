/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_ACCESSLOG_H
#define BREACHD_SERVER_ACCESSLOG_H

/*
 * The access log: a line a request (logline.h), in a file or on standard error. Threads put lines into buffers of their
 * own; one more thread writes them, in large pieces and at least every second, so no request waits for a disk. Where
 * writing is too slow the buffers fill, and lines are dropped and counted.
 */
#include "httpd.h"
#include "say.h"

#include <sys/types.h>

struct accesslog;

/* Opens WHERE: a path, appended to or made, or "-" for standard error; "off" makes *RET NULL, which all functions here
 * take for a log of nothing. WRITERS: how many threads will add to it. STYLE says how lines are written; it lives as long as the
 * log. 0, -ENOMEM, or another negative errno of open(2). */
int accesslog_open(const char *where, size_t writers, const struct say *style, struct accesslog **ret);

/* The path of its file; NULL: there is none. */
const char *accesslog_path(const struct accesslog *log);

/* Makes its file UID's and GID's, who will open it anew. Where that is not allowed or it is no plain file, it stays as it is. 0 or a
 * negative errno. */
int accesslog_give(const struct accesslog *log, uid_t uid, gid_t gid);

/* Starts the thread that writes. 0 or a negative errno. */
int accesslog_start(struct accesslog *log);

/* Adds O's line; by thread O->worker, one call at a time of each. Never waits for the disk. */
void accesslog_add(struct accesslog *log, const struct httpd_outcome *o);

/* Opens the file of the same name anew, for who has moved the old one away; the old one is written to meanwhile, and still when it
 * fails. 0 or a negative errno. By one thread. */
int accesslog_reopen(struct accesslog *log);

struct accesslog_loss {
    uint64_t lines; /* that are not in the log */
    int error;      /* errno of the last write that failed; 0: writing was too slow */
};

/* What was lost since this was asked last. By one thread. */
struct accesslog_loss accesslog_lost(struct accesslog *log);

/* How many lines are lost so far. From any thread. */
uint64_t accesslog_lost_ever(struct accesslog *log);

/* Writes what waits, for a second at most where nobody takes it, and ends the thread. Nobody may add any more. */
void accesslog_stop(struct accesslog *log);

/* Stops and frees. Accepts NULL; returns NULL. */
struct accesslog *accesslog_free(struct accesslog *log);

#endif
