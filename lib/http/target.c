/* SPDX-License-Identifier: MIT */
/* Decoding of request targets; see target.h. */
#include "http/target.h"

#include "http/host.h"
#include "util/ascii.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <errno.h>
#include <string.h>

/* One parse: the raw pieces after splitting, and where results go. */
struct parse {
    struct arena *mem;
    const char **reason;
    struct field_span authority, path, query; /* raw */
};

static int refuse(struct parse *p, int outcome, const char *reason)
{
    *p->reason = reason;
    return outcome;
}

/* WHERE names the part: "the path", "an argument's value". NUMBER counts arguments from 1; 0 for none. */
static int refuse_part(struct parse *p, const char *what, const char *where, size_t number)
{
    const char *reason = number ? arena_printf(p->mem, "%s in %s of query argument %zu", what, where, number)
                                : arena_printf(p->mem, "%s in %s", what, where);

    return reason ? refuse(p, TARGET_E_BAD, reason) : -ENOMEM;
}

static int hex_value(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *at = c ? strchr(digits, ascii_lower(c)) : NULL;
    return at ? (int)(at - digits) : -1;
}

/* The byte that "%XX" at TEXT stands for, or -1. */
static int unescape(const char *text, size_t length)
{
    if (length < 3 || hex_value(text[1]) < 0 || hex_value(text[2]) < 0)
        return -1;
    return hex_value(text[1]) << 4 | hex_value(text[2]);
}

static bool is_control(int byte)
{
    return byte < 0x20 || byte == 0x7f;
}

struct part {
    const char *where;
    size_t number;
    bool plus_is_space;
};

static int decode(struct parse *p, struct field_span raw, const struct part *part, struct field_span *ret)
{
    char *text = arena_alloc(p->mem, raw.length + 1);
    size_t n = 0;

    if (!text)
        return -ENOMEM;
    for (size_t i = 0; i < raw.length; i++) {
        int byte = (unsigned char)raw.at[i];

        if (byte == '%') {
            byte = unescape(raw.at + i, raw.length - i);
            if (byte < 0)
                return refuse_part(p, "\"%\" without two hexadecimal digits", part->where, part->number);
            if (is_control(byte))
                return refuse_part(p, "an escaped control character", part->where, part->number);
            i += 2;
        } else if (byte == '+' && part->plus_is_space) {
            byte = ' ';
        }
        text[n++] = (char)byte;
    }
    if (!utf8_is_valid(text, n))
        return refuse_part(p, "bytes that are not UTF-8", part->where, part->number);

    *ret = (struct field_span){.at = text, .length = n};
    return 0;
}

/* What may stand nowhere in a target, escaped or not being another matter. */
static int check_raw(struct parse *p, struct field_span raw)
{
    if (raw.length == 0)
        return refuse(p, TARGET_E_BAD, "the request target is empty");
    if (raw.length > LIMIT_TARGET_BYTES)
        return refuse(p, TARGET_E_TOO_LONG, "the request target is too long");
    for (size_t i = 0; i < raw.length; i++) {
        if (raw.at[i] == '#')
            return refuse(p, TARGET_E_BAD, "the request target has a \"#\": fragments are not sent");
        if (raw.at[i] == ' ' || is_control((unsigned char)raw.at[i]))
            return refuse(p, TARGET_E_BAD, "the request target has a space or control character");
    }
    return 0;
}

static struct field_span skip(struct field_span s, size_t n)
{
    return (struct field_span){.at = s.at + n, .length = s.length - n};
}

/* Takes "scheme://authority" off RAW. */
static int split_authority(struct parse *p, struct field_span *raw)
{
    static const char *const schemes[] = {"http://", "https://"};
    struct field_span rest = {0};
    size_t n = 0;

    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
        size_t length = strlen(schemes[i]);

        if (raw->length >= length && field_is((struct field_span){raw->at, length}, schemes[i]))
            rest = skip(*raw, length);
    }
    if (!rest.at)
        return refuse(p, TARGET_E_BAD, "the request target is neither a path nor an http URL");
    while (n < rest.length && rest.at[n] != '/' && rest.at[n] != '?')
        n++;
    p->authority = (struct field_span){.at = rest.at, .length = n};
    if (!host_is_valid(p->authority))
        return refuse(p, TARGET_E_BAD, "the request target's host is not a host name or address");
    *raw = skip(rest, n);
    return 0;
}

static int split(struct parse *p, struct field_span raw)
{
    const char *mark;
    int r;

    if (raw.at[0] != '/') {
        r = split_authority(p, &raw);
        if (r)
            return r;
    }
    mark = raw.length > 0 ? memchr(raw.at, '?', raw.length) : NULL;
    p->path = raw;
    if (mark) {
        p->path.length = (size_t)(mark - raw.at);
        p->query = skip(raw, p->path.length + 1);
    }
    if (p->path.length == 0)
        p->path = field_span("/");
    return 0;
}

/* Whether a decoded path could be one of ours. */
static bool is_plain(struct field_span path)
{
    const char *segment = path.at + 1, *end = path.at + path.length, *next;

    if (memchr(path.at, '\\', path.length))
        return false;
    for (; segment < end; segment = next + 1) {
        struct field_span s;

        next = memchr(segment, '/', (size_t)(end - segment));
        s = (struct field_span){.at = segment, .length = (size_t)((next ? next : end) - segment)};
        if (s.length == 0 || field_is(s, ".") || field_is(s, ".."))
            return false;
        if (!next)
            break;
    }
    return true;
}

static size_t count_slashes(struct field_span s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.length; i++)
        n += s.at[i] == '/';
    return n;
}

/* *ret_plain is false for a path that names nothing: it has to wait until the query has been found
 * well-formed. */
static int decode_path(struct parse *p, struct field_span *ret, bool *ret_plain)
{
    struct field_span path;
    size_t slashes;
    int r;

    r = decode(p, p->path, &(struct part){.where = "the path"}, &path);
    if (r)
        return r;
    slashes = count_slashes(path);
    /* a slash that was escaped is one more after decoding */
    *ret_plain = is_plain(path) && slashes <= LIMIT_SEGMENTS && slashes == count_slashes(p->path);
    *ret = path;
    return 0;
}

/* The next non-empty piece between "&". Not field_next(): quotes mean nothing in a query. */
static bool next_piece(struct field_span *rest, struct field_span *ret)
{
    while (rest->length > 0) {
        const char *mark = memchr(rest->at, '&', rest->length);
        size_t n = mark ? (size_t)(mark - rest->at) : rest->length;

        *ret = (struct field_span){.at = rest->at, .length = n};
        *rest = skip(*rest, mark ? n + 1 : n);
        if (n > 0)
            return true;
    }
    return false;
}

static int decode_argument(struct parse *p, struct field_span piece, size_t number,
                           struct target_argument *ret)
{
    const char *equals = memchr(piece.at, '=', piece.length);
    struct field_span name = piece, value = {0};
    int r;

    if (equals) {
        name.length = (size_t)(equals - piece.at);
        value = skip(piece, name.length + 1);
    }
    r = decode(p, name, &(struct part){"the name", number, true}, &name);
    if (r)
        return r;
    r = decode(p, value, &(struct part){"the value", number, true}, &value);
    if (r)
        return r;
    *ret = (struct target_argument){name.at, name.length, value.at, value.length};
    return 0;
}

static int decode_arguments(struct parse *p, const struct target_argument **ret, size_t *ret_n)
{
    struct field_span rest = p->query, piece;
    struct target_argument *arguments;
    size_t n = 0;
    int r;

    while (next_piece(&rest, &piece))
        n++;
    if (n > LIMIT_ARGUMENTS)
        return refuse(p, TARGET_E_ARGUMENTS, "the query has too many arguments");
    arguments = arena_array(p->mem, n, sizeof *arguments);
    if (!arguments)
        return -ENOMEM;

    rest = p->query;
    for (size_t i = 0; i < n && next_piece(&rest, &piece); i++) {
        r = decode_argument(p, piece, i + 1, &arguments[i]);
        if (r)
            return r;
    }
    *ret = arguments;
    *ret_n = n;
    return 0;
}

static int decode_all(struct parse *p, struct target *ret)
{
    struct target t = {0};
    struct field_span path;
    bool plain;
    int r;

    r = decode_path(p, &path, &plain);
    if (r)
        return r;
    r = decode_arguments(p, &t.arguments, &t.n_arguments);
    if (r)
        return r;
    if (!plain)
        return refuse(p, TARGET_E_NOT_FOUND, "no resource has a path like this");

    t.path = path.at;
    t.path_length = path.length;
    if (p->authority.at) {
        t.authority = arena_strndup(p->mem, p->authority.at, p->authority.length);
        if (!t.authority)
            return -ENOMEM;
    }
    *ret = t;
    return 0;
}

int target_parse(const char *raw, size_t length, bool options, struct arena *mem, struct target *ret,
                 const char **reterr_reason)
{
    struct parse p = {.mem = mem, .reason = reterr_reason};
    struct field_span text = {.at = raw, .length = length};
    int r;

    r = check_raw(&p, text);
    if (r)
        return r;
    if (options && field_is(text, "*")) {
        *ret = (struct target){.path = "*", .path_length = 1};
        return 0;
    }
    r = split(&p, text);
    if (r)
        return r;
    return decode_all(&p, ret);
}
