/* SPDX-License-Identifier: MIT */
/* Requests of the daemon to itself; see pulse.h. */
#include "pulse.h"

#include "probe.h"

#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static long millis_now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool answers(struct httpd *h, size_t worker, unsigned millis)
{
    int ends[2], status;

    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, ends) < 0)
        return false;
    status = httpd_give(h, worker, ends[1]) ? probe_socket(ends[0], millis) : -1;
    close(ends[0]);
    return status == 200;
}

bool pulse_beats(struct httpd *h, size_t n, unsigned millis)
{
    long end = millis_now() + (long)millis, left = (long)millis;

    for (size_t i = 0; i < n; i++, left = end - millis_now())
        if (left <= 0 || !answers(h, i, (unsigned)left))
            return false;
    return true;
}
