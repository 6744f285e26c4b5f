/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_PULSE_H
#define BREACHD_SERVER_PULSE_H

/* Whether requests are answered indeed, for the watchdog: not whether the process is there, but whether it does its work. */
#include "httpd.h"

/* Asks each of N workers of H for /healthz, on a connection of its own that no limit holds up, and waits at most MILLIS for all of them
 * together. By one thread; not once H is being stopped. */
bool pulse_beats(struct httpd *h, size_t n, unsigned millis);

#endif
