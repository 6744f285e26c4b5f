/* SPDX-License-Identifier: MIT */
/* Checking host[:port]; see host.h. */
#include "http/host.h"

#include "util/ascii.h"
#include "util/num.h"

#include <arpa/inet.h>
#include <string.h>

#define NAME_BYTES 255 /* RFC 1035 section 2.3.4 */

/* Cuts S, which is not empty, at the colon before the port; without one the port is absent. */
static void split(struct field_span s, struct field_span *ret_name, struct field_span *ret_port)
{
    const char *from = s.at, *end = s.at + s.length, *colon;

    if (s.at[0] == '[') {
        const char *bracket = memchr(s.at, ']', s.length);

        from = bracket ? bracket + 1 : end;
        colon = from < end && *from == ':' ? from : NULL;
    } else {
        colon = memchr(from, ':', s.length);
    }
    *ret_name = (struct field_span){.at = s.at, .length = (size_t)((colon ? colon : end) - s.at)};
    *ret_port = (struct field_span){0};
    if (colon)
        *ret_port = (struct field_span){.at = colon + 1, .length = (size_t)(end - colon - 1)};
}

static bool is_name_char(char c)
{
    return ascii_is_alnum(c) || c == '-' || c == '_';
}

static bool is_name(struct field_span s)
{
    char last = '.';

    if (s.length == 0 || s.length > NAME_BYTES)
        return false;
    for (size_t i = 0; i < s.length; i++) {
        if (s.at[i] == '.' ? last == '.' : !is_name_char(s.at[i]))
            return false;
        last = s.at[i];
    }
    return true;
}

static bool is_bracketed(struct field_span s)
{
    char text[INET6_ADDRSTRLEN];
    struct in6_addr address;

    if (s.length < 2 || s.at[s.length - 1] != ']' || s.length - 2 >= sizeof text)
        return false;
    memcpy(text, s.at + 1, s.length - 2);
    text[s.length - 2] = '\0';
    return strlen(text) == s.length - 2 && inet_pton(AF_INET6, text, &address) == 1;
}

bool host_is_valid(struct field_span s)
{
    struct field_span name, port;
    uint64_t number;

    if (s.length == 0)
        return false;
    split(s, &name, &port);
    if (port.length > 5 ||
        (port.length > 0 && num_parse_u64(port.at, port.length, NUM_LEADING_ZEROS, 0, 65535, &number)))
        return false;
    return s.at[0] == '[' ? is_bracketed(name) : is_name(name);
}

bool host_conflicts(struct field_span a, struct field_span b)
{
    struct field_span name_a, port_a, name_b, port_b;

    split(a, &name_a, &port_a);
    split(b, &name_b, &port_b);
    if (!field_equal(name_a, name_b))
        return true;
    return port_a.length > 0 && port_b.length > 0 && !field_equal(port_a, port_b);
}
