/* SPDX-License-Identifier: MIT */
/*
 * The front door of libmicrohttpd, which only this file and httpd_send.c know; see httpd.h. One library daemon a thread,
 * each with its own epoll; acceptor.c feeds them. Works with 0.9.75 and 1.0.
 *
 * A request's life: the library calls on_target() with the request line, on_request() when the head is
 * complete, again for each piece of a body, once more when all is there, and on_completed() when the reply
 * is sent or the client gone. The reply is queued on the last of the on_request() calls: queued on the
 * first, the library closes the connection after it, which is what refusals want and nobody else.
 */
#include "httpd.h"

#include "acceptor.h"
#include "exchange.h"
#include "httpd_send.h"
#include "intake.h"
#include "tally.h"
#include "util/limits.h"
#include "visit.h"

#include <errno.h>
#include <microhttpd.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>

/* The library's own limit has to be out of reach: 0.9.75 locks up a thread that meets it with a connection
 * from outside. acceptor.c keeps ours. */
#define UNREACHABLE_CONNECTIONS (1u << 24)

/* At the end, idle connections are given up when no request has begun for so long: what a client sent
 * before is read by then. */
#define QUIET_MILLIS 200

struct worker {
    struct httpd *h;
    struct MHD_Daemon *daemon;
    struct exchange_stock stock; /* of its thread alone */
    atomic_uint connections;
};

struct httpd {
    struct httpd_config cfg;
    struct worker *workers;
    size_t n_workers, next; /* next: where the acceptor starts looking for the least busy */
    struct acceptor *acceptor;
    struct tally tally;
    struct visits *visits;
    atomic_bool quiescing;
};

static size_t index_of(const struct worker *w)
{
    return (size_t)(w - w->h->workers);
}

/* Who is at the other end; NULL: was not let in. */
static struct visit *visit_of(struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    return info ? info->socket_context : NULL;
}

/* The target before the library decodes it. Its query is cut off in the library's own buffer, which it is
 * about to overwrite anyway: each argument would take a record of the connection's memory, and some hundred
 * arguments exhaust it, which 0.9.75 answers with silence until the idle timeout. */
static void *on_target(void *ctx, const char *uri, struct MHD_Connection *c)
{
    struct worker *w = ctx;
    struct visit *visit = visit_of(c);
    struct exchange *x = visit ? exchange_new(&w->stock, uri ? uri : "") : NULL;
    char *query = uri ? strchr((char *)uri, '?') : NULL;

    if (x) {
        x->worker = w;
        x->connection = c;
        x->visit = visit;
        watch_turn(&visit->watched, WATCH_REQUEST);
    }
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

/* Near the limit the clients that hold on to their connections would keep the others out. */
static bool is_last(const struct exchange *x)
{
    const struct httpd *h = x->worker->h;

    return x->reply.close || atomic_load(&h->quiescing) ||
           acceptor_open(h->acceptor) * 5ull > h->cfg.connections * 4ull;
}

/* A thread that has little itself does not look at what the others have. */
static bool is_scarce(const struct httpd *h, size_t worker)
{
    return tally_held(&h->tally, worker) > LIMIT_UNTAKEN_LITTLE &&
           tally_held_in_all(&h->tally) > LIMIT_UNTAKEN_BYTES;
}

/* MHD_NO, which closes the connection, when the reply cannot be sent. */
static enum MHD_Result send_reply(struct exchange *x)
{
    watch_turn(&x->visit->watched, WATCH_REPLY);
    if (!httpd_send(x, is_last(x)))
        return MHD_NO;
    x->held = httpd_weight(x);
    tally_hold(&x->worker->h->tally, index_of(x->worker), x->held);
    return MHD_YES;
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

    watch_turn(&x->visit->watched, WATCH_WORK);
    if (x->crowded) {
        cfg->refuse(cfg->ctx, &x->req, 429, "too much is asked at once from this client's address",
                    &x->reply);
        x->reply.close = false; /* the connection is the proxy's, for others too */
    } else {
        cfg->handle(cfg->ctx, &x->req, &x->reply);
    }
    x->reply.close |= last;
    return send_reply(x);
}

static enum MHD_Result on_head(struct exchange *x, const char *target)
{
    struct intake in = {.req = &x->req, .target_length = x->target_length, .target = target};
    struct httpd *h = x->worker->h;
    const struct peer *peer = &x->visit->peer;
    int n = MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, NULL, NULL);
    struct message_fault fault;
    int r;

    x->req.client = peer->address;
    x->req.scarce = is_scarce(h, index_of(x->worker));
    in.proxies = peer->trusted ? h->cfg.proxies : NULL;
    if (intake_reserve(&in, n < 0 ? 0 : (size_t)n) < 0)
        return MHD_NO;
    (void)MHD_get_connection_values_n(x->connection, MHD_HEADER_KIND, collect, &in);
    find_head(x, &in);
    r = intake_check(&in, &fault);
    x->head_bytes = x->target_length + in.weight;
    if (r < 0)
        return MHD_NO;
    if (r)
        return refuse(x, fault.status, fault.reason);
    x->crowded = in.proxies && !visits_admit(h->visits, x->req.client, &x->place);
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
        tally_begin(&x->worker->h->tally, index_of(x->worker));
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

static void tell(struct exchange *x)
{
    const struct httpd *h = x->worker->h;
    struct httpd_outcome o = {
        .req = &x->req,
        .reply = &x->reply,
        .id = exchange_id(x),
        .trace = exchange_trace(x),
        .worker = index_of(x->worker),
        .status = x->answered ? x->reply.status : 0,
        .bytes = x->sent,
        .micros = exchange_micros(x),
    };

    h->cfg.done(h->cfg.ctx, &o);
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
        tell(x);
    if (x->counted)
        tally_end(&h->tally, index_of(x->worker));
    tally_drop(&h->tally, index_of(x->worker), x->held);
    x->place = visits_dismiss(h->visits, x->place);
    watch_turn(&x->visit->watched, WATCH_WAITING);
    exchange_free(&x->worker->stock, x);
}

static struct visit *begin_visit(struct worker *w, struct MHD_Connection *c)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD);
    int fd = info->connect_fd;

    info = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    return visit_begin(w->h->visits, index_of(w), fd, info ? info->client_addr : NULL);
}

static void on_connection(void *ctx, struct MHD_Connection *c, void **socket_context,
                          enum MHD_ConnectionNotificationCode what)
{
    struct worker *w = ctx;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        *socket_context = begin_visit(w, c);
        atomic_fetch_add(&w->connections, 1);
        return;
    }
    *socket_context = visit_end(w->h->visits, index_of(w), *socket_context);
    atomic_fetch_sub(&w->connections, 1);
    acceptor_left(w->h->acceptor);
    if (atomic_load(&w->h->quiescing))
        tally_nudge(&w->h->tally);
}

/* The worker for what comes in on the processor where FD's packets do, so that a connection, its packets and its thread stay together
 * (SO_INCOMING_CPU, socket(7)); OTHERWISE where that is not known. */
static struct worker *nearest(struct httpd *h, int fd, struct worker *otherwise)
{
    int cpu = -1;
    socklen_t size = sizeof cpu;

    if (getsockopt(fd, SOL_SOCKET, SO_INCOMING_CPU, &cpu, &size) < 0 || cpu < 0)
        return otherwise;
    return &h->workers[(size_t)cpu % h->n_workers];
}

static struct worker *least_busy(struct httpd *h)
{
    struct worker *least = &h->workers[h->next % h->n_workers];

    for (size_t i = 1; i < h->n_workers; i++) {
        struct worker *w = &h->workers[(h->next + i) % h->n_workers];
        if (atomic_load(&w->connections) < atomic_load(&least->connections))
            least = w;
    }
    h->next++;
    return least;
}

/* How many connections a worker may have before it is too many for another, where the least busy one has N. */
static unsigned still_even(unsigned n)
{
    return n + n / 2 + 8;
}

static bool take_connection(void *ctx, int fd, const struct sockaddr *address, socklen_t size)
{
    struct httpd *h = ctx;
    struct worker *least = least_busy(h), *w = nearest(h, fd, least);

    if (atomic_load(&w->connections) > still_even(atomic_load(&least->connections)))
        w = least;
    return MHD_add_connection(w->daemon, fd, address, size) == MHD_YES; /* closes fd when it fails */
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
    exchange_stock_init(&w->stock);
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
    size_t n = h->cfg.threads;
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
        .n_shared = h->cfg.n_shared,
        .limit = h->cfg.connections,
        .take = take_connection,
        .count = count_connections,
        .ctx = h,
    };
    const struct visits_config visits = {
        .threads = h->cfg.threads,
        .connections = h->cfg.connections,
        .per_address = h->cfg.per_address,
        .idle_seconds = h->cfg.idle_seconds,
        .request_seconds = h->cfg.request_seconds,
        .proxies = h->cfg.proxies,
    };
    int r = acceptor_new(&cfg, &h->acceptor);

    if (!r)
        r = visits_new(&visits, &h->visits);
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
    h->cfg.threads = cfg->threads ? cfg->threads : 1;
    r = tally_init(&h->tally, h->cfg.threads);
    if (r) {
        free(h);
        return r;
    }
    r = start(h);
    if (r) {
        (void)httpd_free(h);
        return r;
    }
    *ret = h;
    return 0;
}

bool httpd_give(struct httpd *h, size_t worker, int fd)
{
    const struct sockaddr_un nameless = {.sun_family = AF_UNIX};
    socklen_t size = sizeof nameless.sun_family;

    acceptor_came(h->acceptor);
    if (MHD_add_connection(h->workers[worker].daemon, fd, (const struct sockaddr *)&nameless, size) ==
        MHD_YES)
        return true;
    acceptor_left(h->acceptor);
    return false;
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

void httpd_figures(const struct httpd *h, struct httpd_figures *ret)
{
    struct visits_figures visits;

    visits_figures(h->visits, &visits);
    *ret = (struct httpd_figures){
        .connections = acceptor_open(h->acceptor),
        .connections_most = h->cfg.connections,
        .in_flight = tally_in_flight(&h->tally),
        .untaken = tally_held_in_all(&h->tally),
        .full = acceptor_full(h->acceptor),
        .late = visits.late,
        .crowded = visits.crowded,
    };
}

struct httpd *httpd_free(struct httpd *h)
{
    if (!h)
        return NULL;
    if (h->acceptor)
        acceptor_stop(h->acceptor);
    for (struct worker *w = h->workers; w != h->workers + h->n_workers; w++) {
        MHD_stop_daemon(w->daemon);
        exchange_stock_done(&w->stock);
    }
    (void)acceptor_free(h->acceptor);
    (void)visits_free(h->visits);
    tally_done(&h->tally);
    free(h->workers);
    free(h);
    return NULL;
}

const char *httpd_library_version(void)
{
    return MHD_get_version();
}
