/* SPDX-License-Identifier: MIT */
/*
 * One request, from target to reply: decode, route, negotiate, parse the query, recall what was answered before, compare
 * tags, load, render. Each step either goes on or answers with a problem; the order is the order of the functions below.
 * A request that is repeated to the byte is recalled before the first step.
 */
#include "coded.h"
#include "http/conditional.h"
#include "http/negotiate.h"
#include "http/target.h"
#include "load.h"
#include "query/params.h"
#include "recall.h"
#include "util/limits.h"
#include "util/percent.h"

#include <errno.h>
#include <string.h>

#define METHODS "GET, HEAD, OPTIONS"

/* --- problems --- */

/* A view's own format where it has been chosen; before that a page only for those who ask for pages. */
static bool wants_page(const struct load *l)
{
    if (l->match && l->match->has_suffix)
        return l->match->format == FORMAT_HTML;
    if (l->match && l->match->route->formats && l->stem)
        return l->format == FORMAT_HTML;
    return problem_as_page(request_joined(l->req, "Accept"));
}

static const char *instance_of(const struct load *l)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    if (!l->path)
        return NULL;
    strbuf_adds(&b, l->app->cfg.base_path);
    percent_encode(PERCENT_PATH, l->path, strlen(l->path), &b);
    return b.failed ? NULL : arena_strdup(l->mem, b.data);
}

static struct problem problem_of(unsigned status, const char *detail)
{
    const struct problem_kind *kind = problem_kind(status);
    return (struct problem){
        .type = kind->type, .title = kind->title, .detail = detail, .status = kind->status};
}

/* Running out of memory is a state of this moment, not a fault in the program: whoever comes back is answered. */
static struct problem no_memory(void)
{
    return problem_of(503, "Memory is short; try again in a moment.");
}

/* A problem that cannot be told whole is one of memory. */
static void tell(struct load *l, struct problem p, struct reply *ret)
{
    const char *instance = instance_of(l);
    if (l->path && !instance)
        p = no_memory();
    p.instance = instance;
    problem_reply(l, wants_page(l), &p, ret);
}

static void fail(struct load *l, unsigned status, const char *detail, struct reply *ret)
{
    struct problem p = problem_of(status, detail);
    p.tombstone = l->tombstone;
    tell(l, p, ret);
    if (ret->status == 405)
        reply_header(ret, "Allow", METHODS);
}

static void fail_memory(struct load *l, struct reply *ret)
{
    tell(l, no_memory(), ret);
}

static void fail_parameters(struct load *l, const struct faults *faults, struct reply *ret)
{
    struct problem_error *errors = arena_array(l->mem, faults->n, sizeof *errors);
    const char *detail = arena_printf(l->mem, "%zu fault%s%s in the query", faults->n,
                                      faults->n == 1 ? "" : "s", faults->n == LIMIT_FAULTS ? " or more" : "");
    if (!errors || !detail) {
        fail_memory(l, ret);
        return;
    }
    for (size_t i = 0; i < faults->n; i++)
        errors[i] = (struct problem_error){faults->list[i].parameter, faults->list[i].value,
                                           faults->list[i].detail, faults->list[i].suggestion};
    struct problem p = {.type = "parameters",
                        .title = "Parameters not understood",
                        .detail = detail,
                        .status = 400,
                        .errors = errors,
                        .n_errors = faults->n};
    tell(l, p, ret);
}

/* What each outcome of storage and loaders means in HTTP. */
static void fail_outcome(struct load *l, int outcome, struct reply *ret)
{
    static const struct {
        int outcome;
        unsigned status;
        const char *detail;
    } meanings[] = {
        {STORAGE_E_NOT_FOUND, 404,
         "No such record is in this catalogue. Not listed is not the same as not breached."},
        {STORAGE_E_TIMEOUT, 503, "The answer took too long to find; try again, or ask for less."},
        {STORAGE_E_BUSY, 503, "Too many questions at once; try again in a moment."},
        {STORAGE_E_CORRUPT, 503, "The catalogue file cannot be read as it should."},
        {LOAD_E_UNLOADED, 503, "No catalogue is loaded."},
        {LOAD_E_SCARCE, 503,
         "Clients are slow to take what they asked for, and there is no room for more; try again in a "
         "moment."},
        {LOAD_E_NO_HOST, 400, "Its addresses are absolute: ask with a Host field."},
        {LOAD_E_GONE, 410, "The record was withdrawn; this is what is left of it."},
        {LOAD_E_PRECONDITION, 412, "If-Match names another catalogue than the one that is served now."},
        {LOAD_E_RANGE, 416, "The file ends before the bytes that Range asks for; Content-Range says where."},
    };
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].outcome == outcome) {
            fail(l, meanings[i].status, meanings[i].detail, ret);
            return;
        }
    if (outcome == -ENOMEM)
        fail_memory(l, ret);
    else
        fail(l, 500, NULL, ret);
}

/* --- steps --- */

static void redirect(struct load *l, unsigned status, const char *location, struct reply *ret)
{
    ret->status = status;
    reply_header(ret, "Location", location);
    reply_header(ret, "Cache-Control", l->app->cfg.cache_control);
}

/* The arguments as they came, encoded anew. */
static const char *same_query(const struct load *l, const struct target *t)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, "");
    for (size_t i = 0; i < t->n_arguments; i++) {
        strbuf_addc(&b, i ? '&' : '?');
        percent_encode(PERCENT_QUERY, t->arguments[i].name, t->arguments[i].name_length, &b);
        strbuf_addc(&b, '=');
        percent_encode(PERCENT_QUERY, t->arguments[i].value, t->arguments[i].value_length, &b);
    }
    return b.failed ? NULL : arena_strdup(l->mem, b.data);
}

static void redirect_slash(struct load *l, const struct target *t, struct reply *ret)
{
    const char *query = same_query(l, t), *path = instance_of(l);
    const char *location =
        query && path ? arena_printf(l->mem, "%.*s%s", (int)strlen(path) - 1, path, query) : NULL;
    if (!location)
        fail_memory(l, ret);
    else if (strlen(location) > LIMIT_LOCATION_BYTES)
        fail(l, 414, "The address without its last slash is too long.", ret);
    else
        redirect(l, 308, location, ret);
}

/* "/b/x" and "/x" are the same resource; "/b" alone is sent to "/b/". False when answered. */
static bool strip_base(struct load *l, const char *path, struct reply *ret)
{
    const char *base = l->app->cfg.base_path;
    size_t n = strlen(base);
    l->path = path;
    if (!n || strncmp(path, base, n) != 0)
        return true;
    if (path[n] == '/')
        l->path = path + n;
    if (path[n] != '\0')
        return true;
    const char *location = arena_printf(l->mem, "%s/", base);
    if (location)
        redirect(l, 308, location, ret);
    else
        fail_memory(l, ret);
    return false;
}

static bool decode(struct load *l, struct target *ret_target, struct reply *ret)
{
    static const unsigned statuses[] = {[TARGET_E_BAD] = 400,
                                        [TARGET_E_NOT_FOUND] = 404,
                                        [TARGET_E_TOO_LONG] = 414,
                                        [TARGET_E_ARGUMENTS] = 400};
    const char *reason = NULL;
    bool options = strcmp(l->req->method, "OPTIONS") == 0;
    int r = target_parse(l->req->target, strlen(l->req->target), options, l->mem, ret_target, &reason);
    if (r != 0) {
        fail(l, r < 0 ? 503 : statuses[r], reason, ret);
        return false;
    }
    return strip_base(l, ret_target->path, ret);
}

static void reply_options(struct reply *ret)
{
    ret->status = 204;
    reply_header(ret, "Allow", METHODS);
    reply_header(ret, "Access-Control-Allow-Methods", METHODS);
    reply_header(ret, "Access-Control-Allow-Headers", "If-Match, If-None-Match, If-Range, Range");
    reply_header(ret, "Access-Control-Max-Age", "86400");
}

/* Finds the route and sees to the method. False when answered. */
static bool route(struct load *l, const struct target *t, struct reply *ret)
{
    struct route_match *m = arena_alloc(l->mem, sizeof *m);
    bool options = strcmp(l->req->method, "OPTIONS") == 0;
    if (options && strcmp(l->path, "*") == 0) {
        reply_options(ret);
        return false;
    }
    int r = m ? router_match(l->path, l->mem, m) : -ENOMEM;
    if (r < 0 || r == ROUTER_E_NOT_FOUND) {
        fail(l, r < 0 ? 503 : 404, "No resource has this address.", ret);
        return false;
    }
    l->match = m;
    ret->route = m->route;
    if (options)
        reply_options(ret);
    else if (strcmp(l->req->method, "GET") != 0 && strcmp(l->req->method, "HEAD") != 0)
        fail(l, 405, "This service can only be read: GET and HEAD.", ret);
    else if (r == ROUTER_E_SLASH)
        redirect_slash(l, t, ret);
    else
        return true;
    return false;
}

static void fail_negotiation(struct load *l, const char *const *offers, size_t n, struct reply *ret)
{
    const char *all = "";
    for (size_t i = 0; i < n && all; i++)
        all = arena_printf(l->mem, "%s%s%s", all, i ? ", " : "", offers[i]);
    if (all)
        all = arena_printf(l->mem, "This resource comes as %s; the Accept header allows none of that.", all);
    fail(l, 406, all, ret);
}

/* By suffix, or by Accept among the route's formats. False when answered. */
static bool negotiate(struct load *l, struct reply *ret)
{
    const char *offers[_FORMAT_N];
    enum format found[_FORMAT_N];
    size_t n = 0, chosen = 0;
    const struct route_match *m = l->match;
    l->stem = l->path;
    if (!m->route->formats)
        return true;
    if (m->has_suffix) {
        l->format = m->format;
        const char *stem = arena_strndup(l->mem, l->path, strlen(l->path) - strlen(format_suffix(m->format)));
        l->stem = stem && strcmp(stem, "/index") == 0 ? "/" : stem;
        if (!stem)
            fail_memory(l, ret);
        return stem;
    }
    for (unsigned f = 0; f < _FORMAT_N; f++)
        if (m->route->formats & 1u << f && format_is_negotiated((enum format)f)) {
            found[n] = (enum format)f;
            offers[n++] = format_media_type((enum format)f);
        }
    int r = negotiate_media(request_joined(l->req, "Accept"), offers, n, &chosen);
    l->format = r == 0 ? found[chosen] : FORMAT_JSON;
    if (r != 0)
        fail_negotiation(l, offers, n, ret);
    return r == 0;
}

/* What the form makes of the query. */
static void settle_form(struct load *l)
{
    if (format_is_feed(l->format))
        l->q = query_filters(&l->q);
    l->q.open_ended = format_is_file(l->format);
    if (l->format != FORMAT_CSV)
        l->q.excel = false;
    if (l->q.open_ended)
        l->q.facets = 0;
    query_settle(&l->q);
}

/* Faults are one problem; false when answered. */
static bool parse(struct load *l, const struct target *t, struct reply *ret)
{
    struct faults faults;
    struct argument *args = arena_array(l->mem, t->n_arguments, sizeof *args);
    int r = args ? 0 : -ENOMEM;
    for (size_t i = 0; r == 0 && i < t->n_arguments; i++)
        args[i] = (struct argument){t->arguments[i].name, t->arguments[i].value};
    if (r == 0)
        r = query_parse(l->match->route->query, args, t->n_arguments,
                        l->snap ? snapshot_info(l->snap)->id : "", l->mem, &l->q, &faults);
    if (r == 0)
        settle_form(l);
    if (r == 0 && !(l->query = link_query(l)))
        r = -ENOMEM;
    if (r == QUERY_E_INVALID)
        fail_parameters(l, &faults, ret);
    else if (r != 0)
        fail_memory(l, ret);
    return r == 0;
}

static void reply_moved(struct load *l, struct reply *ret)
{
    const char *location = link_to(l, l->location, l->match->has_suffix ? l->format : FORMAT_HTML, "");
    if (location)
        redirect(l, l->moved_status, location, ret);
    else
        fail_memory(l, ret);
}

static int load_body(struct load *l, struct reply *ret)
{
    struct view v;
    int r = l->match->route->load(l, &v);
    return r == 0 ? app_render(l, l->format, &v, &ret->body) : r;
}

int load_lease(const struct load *l, struct storage_reader **ret)
{
    return l->req->scarce ? LOAD_E_SCARCE : snapshot_lease(l->snap, ret);
}

static void load_and_render(struct load *l, const char *tag, struct reply *ret)
{
    _cleanup_reader_ struct storage_reader *rd = NULL;
    int r = l->rd ? 0 : load_lease(l, &rd);
    if (rd)
        l->rd = rd;
    if (r == 0)
        r = rows_are_streamed(l) ? rows_begin(l, ret) : load_body(l, ret);
    if (r == LOAD_E_MOVED) {
        reply_moved(l, ret);
        return;
    }
    if (r != 0) {
        fail_outcome(l, r, ret);
        return;
    }
    ret->status = 200;
    headers_view(l, tag, ret);
    headers_loaded(l, ret);
}

/* Routes with a view: the tag is known before any storage is touched. "*" matches whatever there is (RFC 9110
 * section 13.1.2), so whether there is anything has to be seen first. */
static void reply_view(struct load *l, struct reply *ret)
{
    if (recall_same(l, ret))
        return;
    const char *tag = headers_etag(l), *known = request_joined(l->req, "If-None-Match");
    const char *own = tag ? coded_tag(l->mem, tag, l->coding) : NULL;
    bool any = known && strcmp(known, "*") == 0;
    if (!own) {
        fail_memory(l, ret);
    } else if (!any && conditional_not_modified(known, own)) {
        ret->status = 304;
        headers_view(l, tag, ret);
    } else {
        load_and_render(l, tag, ret);
    }
}

/* Of these what has a tag is kept, for the sake of its codings. */
static void reply_fixed(struct load *l, struct reply *ret)
{
    if (recall_same(l, ret))
        return;
    int r = l->match->route->reply(l, ret);
    if (r == 0)
        return;
    ret->body = blob_release(ret->body); /* it may have got that far */
    fail_outcome(l, r, ret);
}

/* Whether a resource with bytes of its own has them from the catalogue. */
static bool needs_catalogue(const struct route *r)
{
    return r->reply == export_reply || r->reply == download_reply;
}

static void answer(struct load *l, struct reply *ret)
{
    struct target target;
    if (!decode(l, &target, ret) || !route(l, &target, ret) || !negotiate(l, ret) || !parse(l, &target, ret))
        return;
    const struct route *r = l->match->route;
    l->coding = coding_choose(request_joined(l->req, "Accept-Encoding"), rows_are_streamed(l));
    if (!r->formats && (l->snap || !needs_catalogue(r)))
        reply_fixed(l, ret);
    else if (!l->snap)
        fail(l, 503, "No catalogue is loaded.", ret);
    else
        reply_view(l, ret);
}

/* What is worked out about every request begins so. */
static struct load begin(struct app *app, const struct request *req, struct snapshot *snap)
{
    return (struct load){.app = app,
                         .mem = req->mem,
                         .req = req,
                         .snap = snap,
                         .coding = CODING_IDENTITY,
                         .q = {.list = QUERY_PLAIN, .limit = LIMIT_PAGE_DEFAULT}};
}

static const char *origin_of(const struct load *l)
{
    if (l->app->cfg.public_url)
        return l->app->cfg.public_url;
    return l->req->host ? arena_printf(l->mem, "%s://%s", l->req->scheme, l->req->host) : NULL;
}

/* A reply for which memory ran out somewhere on the way lacks something, a header or a choice that the client made,
 * even where it looks whole. */
static void answer_whole(struct load *l, struct reply *ret)
{
    l->origin = origin_of(l);
    answer(l, ret);
    if (ret->status >= 500 || !arena_failed(l->mem))
        return;
    const struct route *route = ret->route;
    reply_done(ret);
    reply_init(ret);
    ret->route = route;
    fail_memory(l, ret);
}

static void work_out(struct app *app, const struct request *req, struct snapshot *snap, struct repeat *repeat,
                     struct reply *ret)
{
    struct load l = begin(app, req, snap);
    l.repeat = repeat;
    answer_whole(&l, ret);
    if (ret->answer)
        return;
    headers_shared(ret);
    coded_reply(&l, ret);
    recall_keep(&l, ret);
}

void dispatch_within(const struct load *l, const char *target, struct reply *ret)
{
    const struct request req = {.method = "GET", .target = target, .version = l->req->version, .mem = l->mem};
    struct repeat none = {.n = 0};
    struct load within = begin(l->app, &req, l->snap);
    within.repeat = &none;
    within.rd = l->rd;
    within.origin = l->origin;
    reply_init(ret);
    answer(&within, ret);
}

void dispatch(struct app *app, const struct request *req, struct reply *ret)
{
    _cleanup_snapshot_ struct snapshot *snap = snapshot_acquire(app->slot);
    struct repeat repeat;
    reply_init(ret);
    if (!recall_repeat(snap, req, &repeat, ret))
        work_out(app, req, snap, &repeat, ret);
    headers_make_conditional(req, ret);
}

void dispatch_refusal(struct app *app, const struct request *req, unsigned status, const char *reason,
                      struct reply *ret)
{
    _cleanup_snapshot_ struct snapshot *snap = snapshot_acquire(app->slot);
    struct load l = begin(app, req, snap);
    reply_init(ret);
    fail(&l, status, reason, ret);
    ret->close = true;
    headers_shared(ret);
}
