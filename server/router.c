/* SPDX-License-Identifier: MIT */
/* Matching of paths against the route table. */
#include "router.h"

#include <errno.h>
#include <string.h>

static const struct {
    const char *suffix, *media_type, *content_type;
    bool negotiated, feed, file;
} formats[_FORMAT_N] = {
    [FORMAT_HTML] = {"", "text/html", "text/html; charset=utf-8", .negotiated = true},
    [FORMAT_JSON] = {".json", "application/json", "application/json", .negotiated = true},
    [FORMAT_CSV] = {".csv", "text/csv", "text/csv; charset=utf-8; header=present", .file = true},
    [FORMAT_NDJSON] = {".ndjson", "application/x-ndjson", "application/x-ndjson", .file = true},
    [FORMAT_ATOM] = {".atom", "application/atom+xml", "application/atom+xml; charset=utf-8", .feed = true},
    [FORMAT_ICS] = {".ics", "text/calendar", "text/calendar; charset=utf-8", .feed = true},
};

const char *format_suffix(enum format f)
{
    return formats[f].suffix;
}

const char *format_media_type(enum format f)
{
    return formats[f].media_type;
}

const char *format_content_type(enum format f)
{
    return formats[f].content_type;
}

bool format_is_negotiated(enum format f)
{
    return formats[f].negotiated;
}

bool format_is_feed(enum format f)
{
    return formats[f].feed;
}

bool format_is_file(enum format f)
{
    return formats[f].file;
}

/* Cuts a known suffix off PATH's last segment. False when there is one that is not known. */
static bool cut_suffix(char *path, bool *ret_has, enum format *ret)
{
    char *dot = strrchr(strrchr(path, '/'), '.');
    *ret_has = false;
    if (!dot)
        return true;
    for (unsigned f = 0; f < _FORMAT_N; f++) {
        if (*formats[f].suffix && strcmp(dot, formats[f].suffix) == 0) {
            *ret = (enum format)f;
            *ret_has = true;
            *dot = '\0';
            return true;
        }
    }
    return false;
}

/* Compares one segment; "{…}" in it takes what is not empty between the text before it and the text after it. */
static int match_segment(const char *template, size_t t, const char *path, size_t p, struct arena *mem,
                         const char **ret_argument)
{
    const char *open = memchr(template, '{', t), *close = memchr(template, '}', t);
    *ret_argument = NULL;
    if (!open || !close)
        return t == p && memcmp(template, path, p) == 0 ? 0 : ROUTER_E_NOT_FOUND;
    size_t before = (size_t)(open - template), after = (size_t)(template + t - close) - 1;
    if (p <= before + after || memcmp(template, path, before) != 0 ||
        memcmp(close + 1, path + p - after, after) != 0)
        return ROUTER_E_NOT_FOUND;
    *ret_argument = arena_strndup(mem, path + before, p - before - after);
    return *ret_argument ? 0 : -ENOMEM;
}

static int match_template(const char *template, const char *path, struct arena *mem, const char **arguments)
{
    size_t taken = 0;
    while (*template == '/' && *path == '/') {
        size_t t = strcspn(++template, "/"), p = strcspn(++path, "/");
        const char *argument;
        int r = match_segment(template, t, path, p, mem, &argument);
        if (r != 0)
            return r;
        if (argument && taken == ROUTE_ARGUMENTS)
            return ROUTER_E_NOT_FOUND;
        if (argument)
            arguments[taken++] = argument;
        template += t;
        path += p;
    }
    return *template || *path ? ROUTER_E_NOT_FOUND : 0;
}

/* Fixed resources are matched by their whole name, views without their suffix; the overview's data is /index.json. */
static int match_route(const struct route *r, const char *whole, const char *stem, bool has_suffix,
                       enum format f, struct arena *mem, struct route_match *ret)
{
    struct route_match m = {.route = r};
    const char *path = whole;
    if (r->formats) {
        if (!stem || (has_suffix && !(r->formats & 1u << f)))
            return ROUTER_E_NOT_FOUND;
        m.has_suffix = has_suffix;
        m.format = f;
        path = has_suffix && strcmp(stem, "/index") == 0 ? "/" : stem;
        if (has_suffix && strcmp(stem, "/") == 0)
            return ROUTER_E_NOT_FOUND;
    }
    int rc = match_template(r->path, path, mem, m.arguments);
    if (rc == 0)
        *ret = m;
    return rc;
}

static int match_any(const char *path, struct arena *mem, struct route_match *ret)
{
    char *stem = arena_strdup(mem, path);
    if (!stem)
        return -ENOMEM;
    bool has_suffix;
    enum format f = FORMAT_HTML;
    if (!cut_suffix(stem, &has_suffix, &f))
        stem = NULL;
    for (size_t i = 0; i < routes_n; i++) {
        int r = match_route(&routes[i], path, stem, has_suffix, f, mem, ret);
        if (r != ROUTER_E_NOT_FOUND)
            return r;
    }
    return ROUTER_E_NOT_FOUND;
}

int router_match(const char *path, struct arena *mem, struct route_match *ret)
{
    int r = match_any(path, mem, ret);
    size_t n = strlen(path);
    if (r != ROUTER_E_NOT_FOUND || n < 2 || path[n - 1] != '/')
        return r;
    char *without = arena_strndup(mem, path, n - 1);
    if (!without)
        return -ENOMEM;
    r = match_any(without, mem, ret);
    return r == 0 ? ROUTER_E_SLASH : r;
}
