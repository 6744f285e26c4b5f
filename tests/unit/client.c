/* SPDX-License-Identifier: MIT */
#include "client.h"

#include <string.h>

void client_open(struct client *c, const char *catalogue, const char *base_path, const char *public_url)
{
    struct app_config cfg = {.catalogue = catalogue,
                             .base_path = base_path,
                             .public_url = public_url,
                             .contact = "mailto:desk@example.org",
                             .cache_control = "public, max-age=60"};
    client_open_as(c, &cfg);
}

void client_open_as(struct client *c, const struct app_config *cfg)
{
    char *error = NULL;
    c->mem = arena_new(0);
    ck_assert_msg(app_new(cfg, &c->app, &error) == 0, "%s", error ? error : "");
}

void client_close(struct client *c)
{
    c->app = app_free(c->app);
    c->mem = arena_free(c->mem);
}

struct reply client_ask(struct client *c, const char *method, const char *target, const char *accept,
                        const char *if_none_match)
{
    struct header headers[3] = {{"Host", "localhost:8080"}};
    size_t n = 1;
    if (accept)
        headers[n++] = (struct header){"Accept", accept};
    if (if_none_match)
        headers[n++] = (struct header){"If-None-Match", if_none_match};
    return client_send(c, method, target, headers, n);
}

struct reply client_send(struct client *c, const char *method, const char *target,
                         const struct header *headers, size_t n)
{
    struct request req = {.method = method,
                          .target = target,
                          .version = "HTTP/1.1",
                          .headers = headers,
                          .n_headers = n,
                          .scheme = "http",
                          .mem = c->mem};
    struct reply r;
    req.host = request_header(&req, "Host");
    dispatch(c->app, &req, &r);
    return r;
}

/* All that a stream gives; it can be read once. */
static const char *read_stream(struct client *c, const struct stream *s)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    char buffer[4096];
    ssize_t n;
    while ((n = s->read(s->ctx, buffer, sizeof buffer)) > 0)
        strbuf_add(&b, buffer, (size_t)n);
    ck_assert_int_eq(n, 0);
    return b.size ? arena_strndup(c->mem, b.data, b.size) : "";
}

const char *client_body(struct client *c, const struct reply *r)
{
    if (r->stream.read)
        return read_stream(c, &r->stream);
    return r->body ? arena_strndup(c->mem, blob_bytes(r->body), blob_size(r->body)) : "";
}

const char *header_of(const struct reply *r, const char *name)
{
    const char *found = NULL;
    for (size_t i = 0; i < r->n_headers; i++)
        if (strcasecmp(r->headers[i].name, name) == 0) {
            ck_assert_msg(!found, "%s twice", name);
            found = r->headers[i].value;
        }
    return found;
}

void assert_header(const struct reply *r, const char *name, const char *value)
{
    assert_text(header_of(r, name), value);
}

void assert_has(const char *text, const char *part)
{
    ck_assert_msg(text && strstr(text, part), "no %s in: %.600s", part, text ? text : "(null)");
}

void assert_shared(const struct reply *r)
{
    assert_has(header_of(r, "Content-Security-Policy"), "default-src 'none'");
    assert_header(r, "X-Content-Type-Options", "nosniff");
    ck_assert_ptr_nonnull(header_of(r, "Referrer-Policy"));
    ck_assert_ptr_nonnull(header_of(r, "Permissions-Policy"));
    ck_assert_ptr_nonnull(header_of(r, "Cross-Origin-Resource-Policy"));
}
