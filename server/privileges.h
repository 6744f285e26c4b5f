/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_PRIVILEGES_H
#define BREACHD_SERVER_PRIVILEGES_H

/* Who the daemon runs as. */
#include <sys/types.h>

struct account {
    const char *name;
    uid_t uid;
    gid_t gid;
};

enum {
    PRIVILEGES_E_UNKNOWN = 1, /* there is no such user */
    PRIVILEGES_E_ROOT,        /* that is root, who is to be dropped */
    PRIVILEGES_E_NOT_ROOT,    /* only root can become somebody else */
};

/* Finds the user NAME, which is kept by pointer. PRIVILEGES_E_* or a negative errno. One that the process is already is found as well. */
int privileges_find(const char *name, struct account *ret);

/* Becomes A with its groups, in every respect and for good, and makes sure that there is no way back. 0, or a negative errno, after
 * which the process is nobody in particular and should end. */
int privileges_drop(const struct account *a);

#endif
