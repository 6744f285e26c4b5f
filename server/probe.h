/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_PROBE_H
#define BREACHD_SERVER_PROBE_H

/* One GET to a running daemon, for `breachd --check URL`: a container's health check without another
 * program in the image. */
enum {
    PROBE_E_URL = 1, /* not an http:// URL */
};

/* Asks URL ("http://host[:port]/path"; no name is looked up but "localhost") and waits at most 3 seconds.
 * The status of the answer; PROBE_E_URL; or a negative errno: -ETIMEDOUT, -ECONNREFUSED, -EPROTO for an
 * answer that is not HTTP. */
int probe_url(const char *url);

/* Asks for /healthz on the connected socket FD, which stays the caller's, and waits at most MILLIS. As probe_url(). */
int probe_socket(int fd, unsigned millis);

#endif
