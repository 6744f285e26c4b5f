/* SPDX-License-Identifier: MIT */
/* What settings may be; see option_values.h. */
#include "option_values.h"

#include "http/host.h"
#include "util/ascii.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <string.h>

static bool is_plain(const char *s, const char *extra)
{
    for (; *s; s++)
        if (!ascii_is_alnum(*s) && !strchr(extra, *s))
            return false;
    return true;
}

bool value_is_path(const char *s)
{
    return *s && utf8_is_valid(s, strlen(s));
}

/* Written into every link as it is, so it may hold nothing that would have to be encoded. */
bool value_is_base_path(const char *s)
{
    size_t n = strlen(s);

    if (n == 0)
        return true;
    return n <= LIMIT_VALUE_BYTES && s[0] == '/' && s[n - 1] != '/' && !strstr(s, "//") && !strstr(s, "/.") &&
           is_plain(s, "/-._~");
}

/* The part after the scheme, or NULL. */
static const char *after_http(const char *s)
{
    if (strncmp(s, "http://", 7) == 0)
        return s + 7;
    return strncmp(s, "https://", 8) == 0 ? s + 8 : NULL;
}

bool value_is_origin(const char *s)
{
    const char *host = after_http(s);

    return host && host_is_valid(field_span(host));
}

static bool is_url(const char *s)
{
    const char *host = after_http(s);
    size_t n = host ? strcspn(host, "/?#") : 0;

    return host && host_is_valid((struct field_span){.at = host, .length = n}) &&
           is_plain(host + n, "-._~:/?#[]@!$&'()*+,;=%");
}

bool value_is_contact(const char *s)
{
    const char *at = strchr(s, '@');

    if (strlen(s) > LIMIT_VALUE_BYTES)
        return false;
    if (strncmp(s, "mailto:", 7) == 0)
        return at && at > s + 7 && at[1] && is_plain(s + 7, "-._~@!$&'*+=%");
    return is_url(s);
}

/* RFC 9111 section 5.2: tokens, "=" and quoted strings; anything visible but nothing that ends a line. */
bool value_is_field_value(const char *s)
{
    return *s && strlen(s) <= LIMIT_VALUE_BYTES && is_plain(s, " -_=,;.\"") && s[0] != ' ';
}
