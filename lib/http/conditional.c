/* SPDX-License-Identifier: MIT */
/* Entity tags and If-None-Match; see conditional.h. */
#include "http/conditional.h"

#include "http/field.h"
#include "util/limits.h"

#include <string.h>

/* RFC 9110 section 8.8.3: no space, no quote and no control character; a backslash is a character like
 * others, so this is no quoted-string and field_next() would cut it wrongly. */
static bool is_tag_char(char c)
{
    unsigned char byte = (unsigned char)c;

    return byte == 0x21 || (byte >= 0x23 && byte != 0x7f);
}

/* Takes an entity tag off the start of *TEXT; the answer is its opaque part with the quotes, absent when
 * there is none. */
static struct field_span take_tag(const char **text)
{
    const char *start = *text, *end;

    if (strncmp(start, "W/", 2) == 0)
        start += 2;
    if (*start != '"')
        return (struct field_span){0};
    end = start + 1;
    while (is_tag_char(*end))
        end++;
    if (*end != '"')
        return (struct field_span){0};

    *text = end + 1;
    return (struct field_span){.at = start, .length = (size_t)(end + 1 - start)};
}

static bool same_tag(struct field_span a, struct field_span b)
{
    return a.at && b.at && a.length == b.length && memcmp(a.at, b.at, a.length) == 0;
}

/* Whether the list at TEXT has ETAG, or is "*". */
static bool list_has(const char *text, const char *etag, bool strongly)
{
    struct field_span own, tag;

    if (*etag == '"' && strcmp(text, etag) == 0) /* what nearly all say */
        return true;
    bool own_weak = *etag == 'W';
    own = take_tag(&etag);
    if (field_is(field_trim(field_span(text)), "*"))
        return true;

    for (size_t n = 0; n < LIMIT_LIST_MEMBERS; n++) {
        text += strspn(text, ", \t"); /* empty members are allowed (section 5.6.1.2) */
        bool weak = *text == 'W';
        tag = take_tag(&text);
        if (!tag.at)
            return false;
        text += strspn(text, " \t");
        if (*text != ',' && *text != '\0')
            return false;
        if (same_tag(own, tag) && !(strongly && (weak || own_weak)))
            return true;
    }
    return false;
}

bool conditional_not_modified(const char *if_none_match, const char *etag)
{
    return if_none_match && list_has(if_none_match, etag, false);
}

bool conditional_passes(const char *if_match, const char *etag)
{
    return !if_match || list_has(if_match, etag, true);
}

bool conditional_in_range(const char *if_range, const char *etag)
{
    struct field_span tag = field_trim(field_span(if_range));

    return !if_range || (tag.length == strlen(etag) && memcmp(tag.at, etag, tag.length) == 0);
}
