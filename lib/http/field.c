/* SPDX-License-Identifier: MIT */
/* Tokens, white space and lists of header fields; see field.h. */
#include "http/field.h"

#include "util/ascii.h"

#include <string.h>

struct field_span field_span(const char *text)
{
    return (struct field_span){.at = text, .length = text ? strlen(text) : 0};
}

static bool is_token_char(char c)
{
    return ascii_is_alnum(c) || c == '-' || (c && strchr("!#$%&'*+.^_`|~", c));
}

bool field_is_token(struct field_span s)
{
    for (size_t i = 0; i < s.length; i++)
        if (!is_token_char(s.at[i]))
            return false;
    return s.length > 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t';
}

struct field_span field_trim(struct field_span s)
{
    while (s.length > 0 && is_space(s.at[0])) {
        s.at++;
        s.length--;
    }
    while (s.length > 0 && is_space(s.at[s.length - 1]))
        s.length--;
    return s;
}

bool field_equal(struct field_span a, struct field_span b)
{
    if (a.length != b.length)
        return false;
    for (size_t i = 0; i < a.length; i++)
        if (ascii_lower(a.at[i]) != ascii_lower(b.at[i]))
            return false;
    return true;
}

bool field_is(struct field_span s, const char *word)
{
    return field_equal(s, field_span(word));
}

/* Where the piece that starts at S ends: the separator's place, or the end of the text. */
static size_t find_separator(struct field_span s, char separator)
{
    bool quoted = false;

    for (size_t i = 0; i < s.length; i++) {
        if (quoted && s.at[i] == '\\')
            i++; /* quoted-pair: what follows is neither an end nor a separator */
        else if (s.at[i] == '"')
            quoted = !quoted;
        else if (!quoted && s.at[i] == separator)
            return i;
    }
    return s.length;
}

bool field_next(struct field_span *rest, char separator, struct field_span *ret)
{
    size_t end;

    if (!rest->at)
        return false;

    end = find_separator(*rest, separator);
    *ret = field_trim((struct field_span){.at = rest->at, .length = end});
    if (end < rest->length)
        *rest = (struct field_span){.at = rest->at + end + 1, .length = rest->length - end - 1};
    else
        *rest = (struct field_span){0};
    return true;
}
