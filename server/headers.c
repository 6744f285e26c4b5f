/* SPDX-License-Identifier: MIT */
/* Header fields of replies: what all share, what a view's answer has, and the entity tag that makes a 304. */
#include "api.h"
#include "http/conditional.h"
#include "http/date.h"
#include "load.h"
#include "util/digest.h"
#include "util/limits.h"
#include "version.h"

#include <string.h>

static const struct header security_headers[] = {
    {"Content-Security-Policy", "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
                                "base-uri 'none'; frame-ancestors 'none'"},
    {"X-Content-Type-Options", "nosniff"},
    {"Referrer-Policy", "no-referrer"},
    {"Permissions-Policy", "camera=(), geolocation=(), microphone=(), browsing-topics=()"},
};

/* Data may be read from any origin; pages and their style sheet are ours alone. */
void headers_shared(struct reply *ret)
{
    for (size_t i = 0; i < sizeof security_headers / sizeof *security_headers; i++)
        reply_header(ret, security_headers[i].name, security_headers[i].value);
    const struct header *found = reply_find(ret, "Content-Type");
    const char *type = found ? found->value : "";
    bool page = strncmp(type, "text/html", 9) == 0 || strncmp(type, "text/css", 8) == 0;
    reply_header(ret, "Cross-Origin-Resource-Policy", page ? "same-origin" : "cross-origin");
    if (page)
        return;
    reply_header(ret, "Access-Control-Allow-Origin", "*");
    reply_header(ret, "Access-Control-Expose-Headers",
                 "Link, ETag, Last-Modified, X-Total-Count, Retry-After, Content-Location, Accept-Ranges, "
                 "Content-Range, Repr-Digest, X-Request-Id");
}

/* --- entity tags --- */

const char *headers_etag(const struct load *l)
{
    char hex[DIGEST_HEX_SIZE];
    _cleanup_strbuf_ struct strbuf query = STRBUF_INIT;
    _cleanup_digest_ struct digest *d = digest_new();
    query_canonical(&l->q, true, &query);
    if (!d || query.failed)
        return NULL;
    const char *const parts[] = {
        snapshot_info(l->snap)->id,
        snapshot_report(l->snap),
        l->stem,
        query.size ? query.data : "",
        format_suffix(l->format),
        BREACHD_VERSION "+" BREACHD_REVISION,
        l->app->cfg.base_path,
        l->app->cfg.contact,
        l->format == FORMAT_HTML || format_is_feed(l->format) ? l->origin
                                                              : NULL, /* they have absolute URLs */
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        digest_add_string(d, parts[i]);
    digest_hex(d, hex);
    return arena_printf(l->mem, "\"%.32s\"", hex);
}

void headers_make_conditional(const struct request *req, struct reply *ret)
{
    const char *known = ret->status == 200 ? request_joined(req, "If-None-Match") : NULL;
    const struct header *tag = known ? reply_find(ret, "ETag") : NULL;
    if (!tag || !conditional_not_modified(known, tag->value))
        return;
    ret->status = 304;
    struct reply stream = {.stream = ret->stream};
    reply_done(&stream);
    ret->stream = (struct stream){0};
}

/* --- Link (RFC 8288) --- */

/* Whether URL, from data, can stand between angle brackets in a field: ASCII without what ends or breaks it. */
static bool is_plain_url(const char *url)
{
    for (const char *p = url; *p; p++)
        if (*p <= ' ' || *p >= 0x7f || *p == '<' || *p == '>' || *p == '"' || *p == '\\')
            return false;
    return true;
}

/* ORIGIN and TYPE, the media type, may be "". Without a URL that can stand there nothing is added, nor where it would be
 * too much. */
static void add_link(struct strbuf *b, const char *origin, const char *url, const char *rel, const char *type)
{
    size_t before = b->size;
    if (!url || !is_plain_url(url))
        return;
    const char *const pieces[] = {
        before ? ", <" : "<", origin, url, ">; rel=\"", rel, "\"", *type ? "; type=\"" : "", type,
        *type ? "\"" : ""};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        strbuf_adds(b, pieces[i]);
    if (b->size > LIMIT_FIELD_BYTES)
        strbuf_cut(b, before);
}

/* What describes the answer and the service, and under which terms it may be used: where no one dataset's licence holds, the list of
 * them. */
static void add_descriptions(struct strbuf *b, const struct load *l)
{
    const char *base = l->app->cfg.base_path;
    const struct route *r = l->match->route;
    const struct api_doc *doc = l->format == FORMAT_JSON ? api_doc(r->path) : NULL;
    if (doc && doc->schema)
        add_link(b, "", arena_join(l->mem, base, "/schemas/answers.json#/$defs/", doc->schema), "describedby",
                 "application/schema+json");
    if (r->schema && l->format == FORMAT_JSON)
        add_link(b, "", arena_join(l->mem, base, "/schemas/", r->schema, ".json"), "describedby",
                 "application/schema+json");
    add_link(b, "", arena_join(l->mem, base, "/openapi.json"), "service-desc",
             "application/vnd.oai.openapi+json");
    add_link(b, "", arena_join(l->mem, base, "/api"), "service-doc", "text/html");
    add_link(b, "", l->license ? l->license : arena_join(l->mem, base, "/datasets"), "license", "");
}

static const char *link_header(const struct load *l)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    const struct route *r = l->match->route;
    add_link(&b, "", l->next, "next", "");
    add_link(&b, "", l->prev, "prev", "");
    add_link(&b, "", l->first, "first", "");
    if (l->origin)
        add_link(&b, l->origin, link_form(l, FORMAT_HTML), "canonical", "");
    for (unsigned f = 0; f < _FORMAT_N; f++)
        if (f != l->format && r->formats & 1u << f)
            add_link(&b, "", link_form(l, (enum format)f), "alternate", format_media_type((enum format)f));
    add_descriptions(&b, l);
    return b.failed || !b.size ? NULL : arena_strdup(l->mem, b.data);
}

void headers_built(struct load *l, struct reply *ret)
{
    char date[DATE_TEXT_SIZE];
    int64_t built;
    if (!clock_parse(snapshot_info(l->snap)->built, &built))
        return;
    date_format(built, date);
    reply_header(ret, "Last-Modified", arena_strdup(l->mem, date));
}

/* attachment; filename="breachd-incidents-2026-01-31.csv": what it is of, and the day of the catalogue. */
static const char *disposition(const struct load *l)
{
    static const char kept[] = "abcdefghijklmnopqrstuvwxyz0123456789-";
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, "attachment; filename=\"breachd");
    for (const char *p = l->stem; *p; p++)
        strbuf_addc(&b, strchr(kept, *p) ? *p : '-');
    strbuf_addf(&b, "-%.10s%s\"", snapshot_info(l->snap)->built, format_suffix(l->format));
    return b.failed ? NULL : arena_strdup(l->mem, b.data);
}

void headers_view(struct load *l, const char *tag, struct reply *ret)
{
    reply_header(ret, "Content-Type", format_content_type(l->format));
    if (format_is_file(l->format))
        reply_header(ret, "Content-Disposition", disposition(l));
    reply_header(ret, "ETag", tag);
    reply_header(ret, "Cache-Control", l->app->cfg.cache_control);
    headers_built(l, ret);
    if (!l->match->has_suffix) {
        reply_header(ret, "Vary", "Accept");
        const char *location = link_to(l, l->stem, l->format, l->query);
        reply_header(ret, "Content-Location",
                     location && strlen(location) <= LIMIT_FIELD_BYTES ? location : NULL);
    }
}

void headers_loaded(struct load *l, struct reply *ret)
{
    reply_header(ret, "Link", link_header(l));
    if (l->is_list)
        reply_header(ret, "X-Total-Count", arena_printf(l->mem, "%zu", l->total));
}
