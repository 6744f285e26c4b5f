/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_PROCESS_H
#define BREACHD_SERVER_PROCESS_H

/*
 * What the system says of this process. The files in /proc are opened once and then only read again, so that it can be
 * asked where nothing more can be opened.
 */
#include <stdint.h>

struct process;

/* Opens them. What is not there is not told later. 0 or -ENOMEM. */
int process_new(struct process **ret);

/* Accepts NULL; returns NULL. */
struct process *process_free(struct process *p);

#define PROCESS_UNKNOWN UINT64_MAX

/* Each PROCESS_UNKNOWN, or negative, where the system does not say. */
struct process_figures {
    double cpu_seconds; /* of all threads, in the kernel too */
    double started;     /* seconds since 1970 */
    uint64_t resident_bytes, virtual_bytes, threads;
    uint64_t descriptors, descriptors_most; /* open now; the limit */
};

/* By one thread at a time. */
void process_read(struct process *p, struct process_figures *ret);

#endif
