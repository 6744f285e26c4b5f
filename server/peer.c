/* SPDX-License-Identifier: MIT */
/* Addresses of connections; see peer.h. */
#include "peer.h"

#include <netinet/in.h>
#include <string.h>

bool peer_address(const struct sockaddr *address, struct address *ret)
{
    static const unsigned char prefix[12] = {[10] = 0xff, [11] = 0xff};
    const struct sockaddr_in *v4 = (const void *)address;
    const struct sockaddr_in6 *v6 = (const void *)address;

    if (!address)
        return false;
    switch (address->sa_family) {
    case AF_INET:
        memcpy(ret->bytes, prefix, sizeof prefix);
        memcpy(ret->bytes + sizeof prefix, &v4->sin_addr, sizeof v4->sin_addr);
        return true;
    case AF_INET6:
        memcpy(ret->bytes, &v6->sin6_addr, sizeof ret->bytes);
        return true;
    default:
        return false;
    }
}

void peer_init(struct peer *ret, const struct sockaddr *address, const struct proxies *proxies)
{
    struct address a;

    if (peer_address(address, &a)) {
        address_format(&a, ret->address);
        ret->trusted = proxies && proxies_has(proxies, &a);
    } else {
        memcpy(ret->address, "unix", sizeof "unix");
        ret->trusted = proxies && proxies->local;
    }
}
