/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_PEER_H
#define BREACHD_SERVER_PEER_H

/* Who is at the other end of a connection. */
#include "http/forwarded.h"

#include <sys/socket.h>

struct peer {
    char address[ADDRESS_TEXT_SIZE]; /* numeric, or "unix" */
    bool trusted;                    /* its word counts about whom it asks for */
};

/* The numeric address of ADDRESS, which may be NULL. False: it has none, as a socket file. */
bool peer_address(const struct sockaddr *address, struct address *ret);

/* ADDRESS is NULL, or of another family, where it is a socket file; PROXIES may be NULL. */
void peer_init(struct peer *ret, const struct sockaddr *address, const struct proxies *proxies);

#endif
