/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_ACTIVATION_H
#define BREACHD_SERVER_ACTIVATION_H

/* Listening sockets that whoever started the process hands over, as sd_listen_fds(3) has it. */
#include "listen.h"

enum {
    ACTIVATION_E_SOCKET = 1, /* what is handed over cannot be served: *reterr has one line */
};

/* Adopts the sockets that LISTEN_FDS counts, from descriptor 3 on, when LISTEN_PID is this process; fills up to ROOM of RET and
 * *ret_n, both by GET. 0, also where there are none; -ENOMEM; or ACTIVATION_E_SOCKET with *reterr (free() it), *ret_n untouched. */
int activation_sockets(char *(*get)(const char *name), struct listener *ret, size_t room, size_t *ret_n,
                       char **reterr);

#endif
