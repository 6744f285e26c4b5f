/* SPDX-License-Identifier: MIT */
/*
 * The front door of libmicrohttpd, the only file that knows it; see httpd.h. One library daemon a thread,
 * each with its own epoll; acceptor.c feeds them. Works with 0.9.75 and 1.0.
 *
 * A request's life: the library calls on_target() with the request line, on_request() when the head is
 * complete, again for each piece of a body, once more when all is there, and on_completed() when the reply
 * is sent or the client gone. The reply is queued on the last of the on_request() calls: queued on the
 * first, the library closes the connection after it, which is what refusals want and nobody else.
 */
#include "httpd.h"

#include "acceptor.h"
#include "intake.h"
#include "tally.h"
#include "util/limits.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STREAM_BLOCK 32768

/* The library's own limit has to be out of reach: 0.9.75 locks up a thread that meets it with a connection
 * from outside. acceptor.c keeps ours. */
#define UNREACHABLE_CONNECTIONS (1u << 24)

/* At the end, idle connections are given up when no request has begun for so long: what a client sent
 * before is read by then. */
#define QUIET_MILLIS 200

struct worker {
    struct httpd *h;
    struct MHD_Daemon *daemon;
    atomic_uint connections;
};

struct httpd {
    struct httpd_config cfg;
    struct worker *workers;
    size_t n_workers, next; /* next: where the acceptor starts looking for the least busy */
    struct acceptor *acceptor;
    struct tally tally;
    atomic_bool quiescing;
};

/* One request, in its own arena. */
struct exchange {
    struct worker *worker;
    struct MHD_Connection *connection;
    struct timespec since;
    struct request req;
    struct reply reply;
    size_t target_length; /* as sent; req.target is no longer than one past the limit */
    uint64_t sent;
    bool counted; /* in the tally */
    bool answered;
};

static void exchange_free(struct exchange *x)
{
    reply_done(&x->reply);
    (void)arena_free(x->req.mem);
}

static struct exchange *exchange_new(struct worker *w, struct MHD_Connection *c, const char *target)
{
    struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    struct exchange *x = mem ? arena_alloc(mem, sizeof *x) : NULL;

    if (!x) {
        (void)arena_free(mem);
        return NULL;
    }
    *x = (struct exchange){.worker = w, .connection = c, .reply = REPLY_INIT, .req.mem = mem};
    x->target_length = strlen(target);
    x->req.target = arena_strndup(
        mem, target, x->target_length > LIMIT_TARGET_BYTES ? LIMIT_TARGET_BYTES + 1 : x->target_length);
    (void)clock_gettime(CLOCK_MONOTONIC, &x->since);
    return x;
}

/* The target before the library decodes it. Its query is cut off in the library's own buffer, which it is
 * about to overwrite anyway: each argument would take a record of the connection's memory, and some hundred
 * arguments exhaust it, which 0.9.75 answers with silence until the idle timeout. */
static void *on_target(void *ctx, const char *uri, struct MHD_Connection *c)
{
    struct exchange *x = exchange_new(ctx, c, uri ? uri : "");
    char *query = uri ? strchr((char *)uri, '?') : NULL;

    if (query && query[1])
        query[1] = '\0';
    return x;
}

static enum MHD_Result collect(void *ctx, enum MHD_ValueKind kind, const char *name, size_t name_size,
                               const char *value, size_t value_size)
{
    (void)kind;
    return intake_add(ctx, name, name_size, value, value_size) ? MHD_YES : MHD_NO;
}

/* 0.9.75 passes on much that is malformed, but it cuts up the head in place, so the bytes are there to see;
 * 1.0 refuses the same by itself. */
static void find_head(const struct exchange *x, struct intake *ret)
{
#if MHD_VERSION < 0x00097701
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

    if (!info)
        return;
    ret->head = x->req.method;
    ret->head_size = info->header_size;
#else
    (void)x;
    (void)ret;
#endif
}

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

/* The reply's body as a response without headers; the blob's reference goes with it. The stream stays with
 * the exchange, which outlives the library's last call of it. */
static struct MHD_Response *response_of(struct exchange *x)
{
    struct reply *r = &x->reply;
    struct MHD_Response *response;

    if (r->stream.read && strcmp(x->req.method, MHD_HTTP_METHOD_HEAD) == 0)
        return bodiless_response(x);
    if (r->stream.read)
        return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, read_stream, x, NULL);
    if (!r->body && r->status == MHD_HTTP_NOT_MODIFIED)
        return bodiless_response(x);
    if (!r->body)
        return MHD_create_response_from_buffer_with_free_callback_cls(0, (void *)"", NULL, NULL);

    response = MHD_create_response_from_buffer_with_free_callback_cls(
        blob_size(r->body), (void *)blob_bytes(r->body), free_blob, r->body);
    if (response) {
        x->sent = blob_size(r->body);
        r->body = NULL;
    }
    return response;
}

/* Near the limit the clients that hold on to their connections would keep the others out. */
static bool is_crowded(const struct httpd *h)
{
    return acceptor_open(h->acceptor) > h->cfg.connections / 5 * 4;
}

static bool add_headers(const struct exchange *x, struct MHD_Response *response)
{
    const struct reply *r = &x->reply;
    struct httpd *h = x->worker->h;

    for (size_t i = 0; i < r->n_headers; i++)
        if (MHD_add_response_header(response, r->headers[i].name, r->headers[i].value) != MHD_YES)
            return false;
    if (r->close || atomic_load(&h->quiescing) || is_crowded(h))
        return MHD_add_response_header(response, MHD_HTTP_HEADER_CONNECTION, "close") == MHD_YES;
    return true;
}

/* MHD_NO, which closes the connection, when the reply cannot be sent. */
static enum MHD_Result send_reply(struct exchange *x)
{
    struct MHD_Response *response = response_of(x);
    enum MHD_Result queued = MHD_NO;

    x->answered = true;
    if (response && !add_headers(x, response)) {
        MHD_destroy_response(response);
        reply_done(&x->reply);
        x->reply = (struct reply){.status = 500, .route = x->reply.route, .close = true};
        x->sent = 0;
        response = response_of(x);
        if (response && !add_headers(x, response)) {
            MHD_destroy_response(response);
            response = NULL;
        }
    }
    if (response) {
        queued = MHD_queue_response(x->connection, x->reply.status, response);
        MHD_destroy_response(response);
    }
    return queued;
}

static enum MHD_Result refuse(struct exchange *x, unsigned status, const char *reason)
{
    const struct httpd_config *cfg = &x->worker->h->cfg;

    cfg->refuse(cfg->ctx, &x->req, status, reason, &x->reply);
    x->reply.close = true;
    return send_reply(x);
}

/* LAST: the connection ends with it. */
static enum MHD_Result answer(struct exchange *x, bool last)
{
    const struct httpd_config *cfg = &x->worker->h->cfg;

    cfg->handle(cfg->ctx, &x->req, &x->reply);
    x->reply.close |= last;
    return send_reply(x);
}

static enum MHD_Result on_head(struct exchange *x, const char *target)
{
    struct intake in = {.req = &x->req, .target_length = x->target_length, .target = target};
    int n = MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, NULL, NULL);
    struct message_fault fault;
    int r = intake_reserve(&in, n < 0 ? 0 : (size_t)n);

    if (!r) {
        (void)MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, collect, &in);
        find_head(x, &in);
        r = intake_check(&in, &fault);
    }
    if (r < 0)
        return MHD_NO;
    if (r)
        return refuse(x, fault.status, fault.reason);
    /* After "100 Continue" 0.9.75 takes whatever is there for the body, also where there is none and it is the
     * next request. An answer at once is right as well (RFC 9110 section 10.1.1). */
    if (!in.has_body && request_header(&x->req, MHD_HTTP_HEADER_EXPECT))
        return answer(x, true);
    return MHD_YES;
}

static enum MHD_Result on_request(void *ctx, struct MHD_Connection *c, const char *url, const char *method,
                                  const char *version, const char *upload, size_t *upload_size,
                                  void **con_cls)
{
    struct exchange *x = *con_cls;

    (void)ctx;
    (void)c;
    (void)upload;
    if (!x || !x->req.target) /* out of memory at the request line */
        return MHD_NO;
    if (!x->counted) {
        tally_begin(&x->worker->h->tally);
        x->counted = true;
        x->req.method = method;
        x->req.version = version;
        return on_head(x, url);
    }
    if (*upload_size > 0) { /* a body, which nothing here needs; intake.c bounds it */
        *upload_size = 0;
        return MHD_YES;
    }
    return x->answered ? MHD_YES : answer(x, false);
}

static unsigned long micros_since(const struct timespec *since)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned long)((now.tv_sec - since->tv_sec) * 1000000 + (now.tv_nsec - since->tv_nsec) / 1000);
}

static void on_completed(void *ctx, struct MHD_Connection *c, void **con_cls,
                         enum MHD_RequestTerminationCode how)
{
    struct exchange *x = *con_cls;
    struct httpd *h;

    (void)ctx;
    (void)c;
    (void)how;
    if (!x)
        return;
    *con_cls = NULL;
    h = x->worker->h;
    if (x->counted && h->cfg.done)
        h->cfg.done(h->cfg.ctx, &x->req, x->answered ? x->reply.status : 0, x->reply.route, x->sent,
                    micros_since(&x->since));
    if (x->counted)
        tally_end(&h->tally);
    exchange_free(x);
}

static void on_connection(void *ctx, struct MHD_Connection *c, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct worker *w = ctx;

    (void)c;
    (void)socket_context;
    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        atomic_fetch_add(&w->connections, 1);
        return;
    }
    atomic_fetch_sub(&w->connections, 1);
    acceptor_left(w->h->acceptor);
    if (atomic_load(&w->h->quiescing))
        tally_nudge(&w->h->tally);
}

static bool take_connection(void *ctx, int fd, const struct sockaddr *address, socklen_t size)
{
    struct httpd *h = ctx;
    struct worker *least = NULL;

    for (size_t i = 0; i < h->n_workers; i++) {
        struct worker *w = &h->workers[(h->next + i) % h->n_workers];
        if (!least || atomic_load(&w->connections) < atomic_load(&least->connections))
            least = w;
    }
    h->next++;
    return MHD_add_connection(least->daemon, fd, address, size) == MHD_YES; /* closes fd when it fails */
}

static unsigned count_connections(void *ctx)
{
    struct httpd *h = ctx;
    unsigned n = 0;

    for (size_t i = 0; i < h->n_workers; i++)
        n += atomic_load(&h->workers[i].connections);
    return n;
}

static int start_worker(struct httpd *h, struct worker *w)
{
    struct MHD_OptionItem options[] = {
#if MHD_VERSION >= 0x00097701
        {MHD_OPTION_CLIENT_DISCIPLINE_LVL, 3, NULL}, /* the strictest */
#else
        {MHD_OPTION_STRICT_FOR_CLIENT, 0, NULL}, /* what 1 adds is answered twice; intake.c does it */
#endif
        {MHD_OPTION_CONNECTION_LIMIT, UNREACHABLE_CONNECTIONS, NULL},
        {MHD_OPTION_CONNECTION_MEMORY_LIMIT, LIMIT_CONNECTION_POOL, NULL},
        {MHD_OPTION_CONNECTION_TIMEOUT, (intptr_t)h->cfg.idle_seconds, NULL},
        {MHD_OPTION_END, 0, NULL},
    };

    w->h = h;
    w->daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_USE_ITC |
                             MHD_USE_NO_LISTEN_SOCKET | MHD_USE_TURBO,
                         0, NULL, NULL, on_request, NULL, MHD_OPTION_URI_LOG_CALLBACK, on_target, w,
                         MHD_OPTION_NOTIFY_COMPLETED, on_completed, NULL, MHD_OPTION_NOTIFY_CONNECTION,
                         on_connection, w, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
    return w->daemon ? 0 : errno ? -errno : -EIO;
}

static int start_workers(struct httpd *h)
{
    size_t n = h->cfg.threads ? h->cfg.threads : 1;
    int r = 0;

    h->workers = calloc(n, sizeof *h->workers);
    if (!h->workers)
        return -ENOMEM;
    for (size_t i = 0; i < n && !r; i++) {
        errno = 0;
        r = start_worker(h, &h->workers[i]);
        h->n_workers += !r;
    }
    return r;
}

/* The acceptor comes first, as it owns the sockets, and starts last, when everybody knows it. */
static int start(struct httpd *h)
{
    struct acceptor_config cfg = {
        .sockets = h->cfg.sockets,
        .n_sockets = h->cfg.n_sockets,
        .limit = h->cfg.connections,
        .take = take_connection,
        .count = count_connections,
        .ctx = h,
    };
    int r = acceptor_new(&cfg, &h->acceptor);

    if (!r)
        r = start_workers(h);
    return r ? r : acceptor_start(h->acceptor);
}

int httpd_start(const struct httpd_config *cfg, struct httpd **ret)
{
    struct httpd *h = calloc(1, sizeof *h);
    int r;

    if (!h)
        return -ENOMEM;
    h->cfg = *cfg;
    tally_init(&h->tally);
    r = start(h);
    if (r) {
        (void)httpd_free(h);
        return r;
    }
    *ret = h;
    return 0;
}

void httpd_quiesce(struct httpd *h)
{
    atomic_store(&h->quiescing, true);
    acceptor_stop(h->acceptor);
}

static bool is_deserted(void *ctx)
{
    struct httpd *h = ctx;

    return acceptor_open(h->acceptor) == 0;
}

bool httpd_drain(struct httpd *h, unsigned seconds)
{
    return tally_wait(&h->tally, seconds, QUIET_MILLIS, is_deserted, h);
}

struct httpd *httpd_free(struct httpd *h)
{
    if (!h)
        return NULL;
    if (h->acceptor)
        acceptor_stop(h->acceptor);
    for (size_t i = 0; i < h->n_workers; i++)
        MHD_stop_daemon(h->workers[i].daemon);
    (void)acceptor_free(h->acceptor);
    tally_done(&h->tally);
    free(h->workers);
    free(h);
    return NULL;
}

const char *httpd_library_version(void)
{
    return MHD_get_version();
}
