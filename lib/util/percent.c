/* SPDX-License-Identifier: MIT */
/* The one percent-encoder. */
#include "util/percent.h"

#include "util/ascii.h"

#include <stdbool.h>
#include <string.h>

static bool is_unreserved(char c)
{
    return ascii_is_alnum(c) || (c && strchr("-._~", c));
}

void percent_encode(enum percent_part part, const char *bytes, size_t length, struct strbuf *out)
{
    static const char *const kept[] = {[PERCENT_SEGMENT] = "", [PERCENT_PATH] = "/", [PERCENT_QUERY] = ",:/"};
    static const char digits[] = "0123456789ABCDEF";
    for (size_t i = 0; i < length; i++) {
        unsigned byte = (unsigned char)bytes[i];
        if (is_unreserved(bytes[i]) || (byte && strchr(kept[part], bytes[i]))) {
            strbuf_addc(out, bytes[i]);
        } else {
            strbuf_addc(out, '%');
            strbuf_addc(out, digits[byte >> 4]);
            strbuf_addc(out, digits[byte & 15]);
        }
    }
}
