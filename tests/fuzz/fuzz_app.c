/* SPDX-License-Identifier: MIT */
/* The daemon behind its sockets, and what holds of every reply. */
#include "fuzz.h"

#include "bundled.h"
#include "load.h"
#include "util/strbuf.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static struct app *the_app;

/* The slot's own word for it is one that a leak checker does not take for a pointer. */
static struct snapshot *held;

static void end(void)
{
    held = snapshot_release(held);
    the_app = app_free(the_app);
    bundled_remove();
}

struct app *fuzz_app(void)
{
    if (the_app)
        return the_app;
    fuzz_must(bundled_build(FUZZ_CATALOGUE), "%s can be imported", FUZZ_CATALOGUE);
    const struct app_config cfg = {.catalogue = bundled_path(),
                                   .base_path = "",
                                   .contact = "mailto:desk@example.org",
                                   .cache_control = "public, max-age=60",
                                   .cache_bytes = 8u << 20,
                                   .query_millis = 60000}; /* a busy machine is no fault */
    char *error = NULL;
    int r = app_new(&cfg, &the_app, &error);
    fuzz_must(r == 0, "it opens: %s", error ? error : "");
    held = snapshot_acquire(the_app->slot);
    (void)atexit(end);
    return the_app;
}

static bool is_printable(const char *s)
{
    for (; *s; s++)
        if ((unsigned char)*s < ' ' || (unsigned char)*s > '~')
            return false;
    return true;
}

static void look_at_headers(const struct request *req, const struct reply *r)
{
    bool known =
        (r->status >= 200 && r->status < 500) || r->status == 501 || r->status == 503 || r->status == 505;
    fuzz_must(known, "%s %s is answered %u", req->method, req->target, r->status);
    fuzz_must(r->n_headers < REPLY_HEADERS, "there is room for all headers of %s", req->target);
    for (size_t i = 0; i < r->n_headers; i++)
        fuzz_must(is_printable(r->headers[i].name) && is_printable(r->headers[i].value),
                  "%s: %s of %s has nothing but printable ASCII", r->headers[i].name, r->headers[i].value,
                  req->target);
}

/* All that R's stream gives. */
static struct fuzz_input pull(const struct request *req, const struct reply *r, bool sound)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    static char buffer[32768];
    ssize_t n;
    while ((n = r->stream.read(r->stream.ctx, buffer, sizeof buffer)) > 0)
        strbuf_add(&b, buffer, (size_t)n);
    fuzz_must(!sound || n == 0, "the stream of %s comes to its end", req->target);
    fuzz_must(n < 0 || r->length == 0 || r->length == b.size, "%s: %zu bytes, not %zu", req->target, b.size,
              (size_t)r->length);
    const char *text = arena_strndup(req->mem, b.size ? b.data : "", b.size);
    fuzz_must(text, "no memory for the %zu bytes of %s", b.size, req->target);
    return (struct fuzz_input){text, b.size};
}

static bool is_json(const char *text, size_t n)
{
    json_t *v = json_loadb(text, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    json_decref(v);
    return v;
}

static bool is_json_lines(const char *text, size_t n)
{
    for (const char *end, *at = text; at < text + n; at = end + 1) {
        end = memchr(at, '\n', (size_t)(text + n - at));
        if (!end || !is_json(at, (size_t)(end - at)))
            return false;
    }
    return true;
}

static bool is_xml(const char *text, size_t n)
{
    const int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING;
    xmlDocPtr doc = n < INT_MAX ? xmlReadMemory(text, (int)n, NULL, NULL, options) : NULL;
    xmlFreeDoc(doc);
    return doc;
}

/* What comes whole and in no coding is of the type that it says. */
static void look_at_body(const struct request *req, struct reply *r, const struct fuzz_input *body)
{
    static const struct {
        const char *type;
        bool (*holds)(const char *text, size_t n);
    } types[] = {
        {"application/x-ndjson", is_json_lines},
        {"json", is_json},
        {"xml", is_xml},
    };
    const struct header *type = reply_find(r, "Content-Type");
    if (body->left == 0 || !type || r->status == 206 || reply_find(r, "Content-Encoding"))
        return;
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strstr(type->value, types[i].type)) {
            fuzz_must(types[i].holds(body->at, body->left), "%s is %s: %.2000s", req->target, type->value,
                      body->at);
            return;
        }
}

void fuzz_ask(struct app *app, const struct request *req, bool sound, struct reply *ret,
              struct fuzz_input *ret_body)
{
    struct fuzz_input body = {"", 0};
    dispatch(app, req, ret);
    look_at_headers(req, ret);
    if (ret->stream.read)
        body = pull(req, ret, sound);
    else if (ret->body)
        body = (struct fuzz_input){blob_bytes(ret->body), blob_size(ret->body)};
    if (sound)
        look_at_body(req, ret, &body);
    *ret_body = body;
}
