/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_FORWARDED_H
#define BREACHD_HTTP_FORWARDED_H

/*
 * What proxies say of a request that they pass on: for whom, and what that one asked for. In Forwarded (RFC 7239) each adds
 * an element; X-Forwarded-For, which is older, does the same for the client alone, and X-Forwarded-Proto and -Host are
 * set by the last. Anybody can send such fields: read them only where the peer is a proxy whose word counts.
 */
#include "http/address.h"
#include "http/host.h"
#include "util/limits.h"

/* Whose word counts. */
struct proxies {
    struct address_range ranges[LIMIT_PROXIES];
    size_t n;
    bool local; /* whoever comes by a socket file */
};

enum {
    PROXIES_E_SYNTAX = 1, /* no address, no range, not "unix" */
    PROXIES_E_FULL,
};

/* Adds what S names: an address or range as address.h has them, or "unix". 0 or PROXIES_E_*. */
int proxies_add(struct proxies *p, struct field_span s);

bool proxies_has(const struct proxies *p, const struct address *a);

/* Fields of a request, NULL for those that are not there; repeated ones joined by commas. */
struct forwarded_fields {
    const char *forwarded, *x_for, *x_host, *x_proto;
};

/* "" is what nobody said. */
struct forwarded {
    char client
        [ADDRESS_TEXT_SIZE]; /* numeric, without port; also "" for one that is unknown or has a made-up name */
    char host[HOST_SIZE];    /* host[:port], good for links */
    const char *scheme;      /* "http", "https" or "" */
};

enum { FORWARDED_E_BAD = 1 };

/*
 * Reads what a peer among TRUSTED sent. Believed is its own element, which is the last, and while the one that an element
 * is for is itself among TRUSTED, the element before, whose words then go before; the same of the addresses of
 * X-Forwarded-For. Of X-Forwarded-Host and -Proto the last member counts.
 *
 * FORWARDED_E_BAD with *reterr_reason, one plain clause: a Forwarded that is not one to the letter (a client may have sent a
 * quote without an end, to hide what the proxy adds behind it); a host that is none, a scheme but http and https;
 * a Forwarded that does not say what the other fields do, as when a proxy sets these and passes on that of a client.
 */
int forwarded_read(const struct forwarded_fields *in, const struct proxies *trusted, struct forwarded *ret,
                   const char **reterr_reason);

#endif
