/* SPDX-License-Identifier: MIT */
/* Numeric addresses; see address.h. */
#include "http/address.h"

#include "util/num.h"

#include <arpa/inet.h>
#include <string.h>

#define BITS     128
#define V4_BEGIN 12 /* bytes before those of an IPv4 address */

static const unsigned char v4_prefix[V4_BEGIN] = {[10] = 0xff, [11] = 0xff};

static bool is_v4(const struct address *a)
{
    return memcmp(a->bytes, v4_prefix, V4_BEGIN) == 0;
}

bool address_parse(struct field_span s, struct address *ret)
{
    char text[ADDRESS_TEXT_SIZE];
    struct address a = {{0}};

    if (s.length == 0 || s.length >= sizeof text || memchr(s.at, '\0', s.length))
        return false;
    memcpy(text, s.at, s.length);
    text[s.length] = '\0';
    if (inet_pton(AF_INET, text, a.bytes + V4_BEGIN) == 1)
        memcpy(a.bytes, v4_prefix, V4_BEGIN);
    else if (inet_pton(AF_INET6, text, a.bytes) != 1)
        return false;
    *ret = a;
    return true;
}

/* Whether A is nothing but zeros from bit FROM on. */
static bool ends_in_zeros(const struct address *a, unsigned from)
{
    for (unsigned i = from; i < BITS; i++)
        if (a->bytes[i / 8] & 0x80 >> i % 8)
            return false;
    return true;
}

bool address_parse_range(struct field_span s, struct address_range *ret)
{
    const char *slash = s.length ? memchr(s.at, '/', s.length) : NULL;
    size_t n = slash ? (size_t)(slash - s.at) : s.length;
    struct address_range r = {.bits = BITS};

    if (!address_parse((struct field_span){.at = s.at, .length = n}, &r.first))
        return false;
    if (slash) {
        bool short_form = !memchr(s.at, ':', n);
        unsigned before = short_form ? V4_BEGIN * 8 : 0;
        uint64_t bits;
        if (num_parse_u64(slash + 1, s.length - n - 1, NUM_PLAIN, 0, BITS - before, &bits))
            return false;
        r.bits = before + (unsigned)bits;
    }
    if (!ends_in_zeros(&r.first, r.bits))
        return false;
    *ret = r;
    return true;
}

bool address_is_in(const struct address *a, const struct address_range *r)
{
    size_t whole = r->bits / 8;
    unsigned rest = r->bits % 8;

    if (memcmp(a->bytes, r->first.bytes, whole) != 0)
        return false;
    return rest == 0 || (a->bytes[whole] ^ r->first.bytes[whole]) >> (8 - rest) == 0;
}

void address_format(const struct address *a, char ret[static ADDRESS_TEXT_SIZE])
{
    bool v4 = is_v4(a);

    (void)inet_ntop(v4 ? AF_INET : AF_INET6, a->bytes + (v4 ? V4_BEGIN : 0), ret, ADDRESS_TEXT_SIZE);
}
