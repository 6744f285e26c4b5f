/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_HTTP_ADDRESS_H
#define BREACHD_HTTP_ADDRESS_H

/*
 * Numeric addresses and ranges of them. One of IPv4 is the IPv6 address that stands for it (::ffff:192.0.2.1), so that it
 * is the same however it came.
 */
#include "http/field.h"

#include <stdbool.h>

struct address {
    unsigned char bytes[16];
};

/* All addresses that begin with so many bits of FIRST. */
struct address_range {
    struct address first;
    unsigned bits;
};

/* 192.0.2.1 or 2001:db8::1; no brackets, no port, no zone. *ret is untouched when S is none. */
bool address_parse(struct field_span s, struct address *ret);

/* An address, or one with "/" and a number of bits: 10.0.0.0/8, fd00::/8. One that has bits behind those is none: it may
 * as well be the number that is wrong. */
bool address_parse_range(struct field_span s, struct address_range *ret);

bool address_is_in(const struct address *a, const struct address_range *r);

#define ADDRESS_TEXT_SIZE 46 /* INET6_ADDRSTRLEN */

/* The usual text, of IPv4 its own. */
void address_format(const struct address *a, char ret[static ADDRESS_TEXT_SIZE]);

#endif
