/* SPDX-License-Identifier: MIT */
/*
 * Replies as libmicrohttpd's responses; the other half of its front door, for httpd.c. An answer that many replies share
 * is made a response once, and sending it takes no memory; any other reply is made one for itself.
 */
#include "httpd_send.h"

#include "answer.h"
#include "util/limits.h"

#include <microhttpd.h>
#include <string.h>

#define STREAM_BLOCK 32768

static void free_blob(void *blob)
{
    (void)blob_release(blob);
}

/* With MHD_USE_TURBO the library notices its own verdict only at the socket's next event. */
static void hang_up(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);

    if (info)
        (void)shutdown(info->connect_fd, SHUT_RDWR);
}

static ssize_t read_stream(void *ctx, uint64_t position, char *buffer, size_t room)
{
    struct exchange *x = ctx;
    ssize_t n = x->reply.stream.read(x->reply.stream.ctx, buffer, room);

    (void)position;
    if (n > 0)
        x->sent += (uint64_t)n;
    if (n < 0) {
        hang_up(x->connection);
        return MHD_CONTENT_READER_END_WITH_ERROR;
    }
    return n ? n : MHD_CONTENT_READER_END_OF_STREAM;
}

/* A reply that is only a head, of a length that nobody knows: it may not say "Content-Length: 0" (RFC 9110
 * section 8.6). 0.9.75 leaves that out only by closing the connection; "chunked", which it would say
 * otherwise, makes some clients of a 304 wait for a body, and to HEAD it sends the last chunk indeed. */
static struct MHD_Response *bodiless_response(struct exchange *x)
{
#if MHD_VERSION >= 0x00097701
    struct MHD_Response *r =
        MHD_create_response_from_buffer_with_free_callback_cls(0, (void *)"", NULL, NULL);
    enum MHD_ResponseFlags flags = MHD_RF_HEAD_ONLY_RESPONSE;
#else
    struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 1, read_stream, x, NULL);
    enum MHD_ResponseFlags flags = MHD_RF_HTTP_1_0_COMPATIBLE_STRICT;
#endif

    (void)x;
    if (r && MHD_set_response_options(r, flags, MHD_RO_END) != MHD_YES) {
        MHD_destroy_response(r);
        return NULL;
    }
    return r;
}

/* A response of BODY without headers; it has a reference of its own. */
static struct MHD_Response *body_response(struct blob *body)
{
    struct MHD_Response *response = MHD_create_response_from_buffer_with_free_callback_cls(
        blob_size(body), (void *)blob_bytes(body), free_blob, body);

    if (response)
        (void)blob_acquire(body);
    return response;
}

/* The reply's body as a response without headers. The stream stays with the exchange, which outlives the
 * library's last call of it. */
static struct MHD_Response *response_of(struct exchange *x)
{
    const struct reply *r = &x->reply;

    if (r->stream.read && r->length)
        return MHD_create_response_from_callback(r->length, STREAM_BLOCK, read_stream, x, NULL);
    if (r->stream.read && strcmp(x->req.method, MHD_HTTP_METHOD_HEAD) == 0)
        return bodiless_response(x);
    if (r->stream.read)
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, x, NULL);
    if (r->body)
        return body_response(r->body);
    if (r->status == MHD_HTTP_NOT_MODIFIED)
        return bodiless_response(x);
    return MHD_create_response_from_buffer_with_free_callback_cls(0, (void *)"", NULL, NULL);
}

/* Whether H is left out, for want of room beside a request's head of so many bytes: the reply that refuses it for its length says no
 * more than what it is, and others leave out what only points elsewhere and can be long. */
static bool is_spared(size_t head_bytes, const struct header *h)
{
    if (head_bytes > LIMIT_HEAD_BYTES)
        return !header_is(h, MHD_HTTP_HEADER_CONTENT_TYPE);
    return head_bytes > LIMIT_HEAD_USUAL &&
           (header_is(h, MHD_HTTP_HEADER_LINK) || header_is(h, MHD_HTTP_HEADER_CONTENT_LOCATION));
}

static bool add_headers(const struct reply *r, size_t head_bytes, struct MHD_Response *response)
{
    for (size_t i = 0; i < r->n_headers; i++)
        if (!is_spared(head_bytes, &r->headers[i]) &&
            MHD_add_response_header(response, r->headers[i].name, r->headers[i].value) != MHD_YES)
            return false;
    return true;
}

/* Whether the reply says what the request is called: the client's own name comes back, and who was told of a fault can tell its name to
 * whoever reads the log. Others do without, for what is shared says the same to all. */
static bool is_named(struct exchange *x)
{
    return x->reply.status >= 400 || exchange_is_named(x);
}

/* A response for this reply alone; NULL: cannot be had. */
static struct MHD_Response *own_response(struct exchange *x, bool last)
{
    struct MHD_Response *response = response_of(x);

    if (response && add_headers(&x->reply, x->head_bytes, response) &&
        (!is_named(x) || MHD_add_response_header(response, "X-Request-Id", exchange_id(x)) == MHD_YES) &&
        (!last || MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES))
        return response;
    if (response)
        MHD_destroy_response(response);
    return NULL;
}

/* The response that all replies with this answer share. The library counts who sends it, and once it is made
 * nothing is added to it. */
static void *make_shared(const struct reply *r)
{
    struct MHD_Response *response = body_response(r->body);

    if (!response || add_headers(r, 0, response))
        return response;
    MHD_destroy_response(response);
    return NULL;
}

static void free_shared(void *response)
{
    MHD_destroy_response(response);
}

static struct MHD_Response *shared_response(struct exchange *x)
{
    static const struct answer_form form = {make_shared, free_shared};

    return x->reply.answer ? answer_form(x->reply.answer, &form, &x->reply) : NULL;
}

/* Bytes of the body that will be sent; a stream counts its own. */
static uint64_t body_size(const struct exchange *x)
{
    bool head = strcmp(x->req.method, MHD_HTTP_METHOD_HEAD) == 0;

    return x->reply.body && !head && x->reply.status != MHD_HTTP_NOT_MODIFIED ? blob_size(x->reply.body) : 0;
}

/* Whether R has no header that the library refuses for what it says; then it was memory that was short. */
static bool is_sound(const struct reply *r)
{
    for (size_t i = 0; i < r->n_headers; i++)
        if (!*r->headers[i].value || strpbrk(r->headers[i].value, "\r\n"))
            return false;
    return true;
}

/* In place of a reply that cannot be sent. */
static void make_bare(struct reply *r)
{
    bool sound = is_sound(r);
    const struct route *route = r->route;

    reply_done(r);
    *r = (struct reply){.status = sound ? 503 : 500, .route = route};
    if (sound)
        reply_header(r, "Retry-After", LIMIT_RETRY);
}

size_t httpd_weight(const struct exchange *x)
{
    const struct stream *s = &x->reply.stream;

    return arena_size(x->req.mem) + x->sent + (s->read ? STREAM_BLOCK + s->holds : 0);
}

bool httpd_send(struct exchange *x, bool last)
{
    struct MHD_Response *shared = last || x->head_bytes > LIMIT_HEAD_USUAL || is_named(x)
                                      ? NULL
                                      : shared_response(x),
                        *own = NULL;
    bool queued;

    x->answered = true;
    x->sent = body_size(x);
    if (!shared && !(own = own_response(x, last))) {
        make_bare(&x->reply);
        x->sent = 0;
        own = own_response(x, true);
    }
    if (!shared && !own)
        return false;
    queued = MHD_queue_response(x->connection, x->reply.status, shared ? shared : own) == MHD_YES;
    if (own)
        MHD_destroy_response(own);
    return queued;
}
