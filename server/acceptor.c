/* SPDX-License-Identifier: MIT */
/* The accepting thread; see acceptor.h. */
#include "acceptor.h"

#include "util/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Out of descriptors or memory: accept() fails at once and the client stays in the queue, so try again
 * after a moment instead of spinning. */
#define SHORTAGE_MILLIS 100
#define RECOUNT_MILLIS  1000

/* A handshake that has begun is over by then. */
#define HANDSHAKE_MILLIS 20

/* After this many from one socket the others have their turn. */
#define ROUND 64

struct acceptor {
    struct acceptor_config cfg;
    unsigned backlog;
    int sockets[LIMIT_LISTENERS];
    int wake; /* eventfd: something changed that the thread should look at */
    pthread_t thread;
    bool running;
    atomic_bool stopping, waiting; /* waiting: for a connection to end */
    atomic_uint open;
    _Atomic uint64_t full;
};

static void wake(struct acceptor *a)
{
    uint64_t one = 1;

    (void)!write(a->wake, &one, sizeof one); /* fails only when it is about to wake anyway */
}

static void close_all(const int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        close(fds[i]);
}

static void close_sockets(struct acceptor *a)
{
    close_all(a->sockets, a->cfg.n_sockets);
    a->cfg.n_sockets = 0;
}

/* Waits for the first N of FDS, of which the first is the wake-up call, which is answered. False: nothing
 * happened in that time. */
static bool wait_for(struct acceptor *a, struct pollfd *fds, size_t n, int millis)
{
    uint64_t ignored;
    int r;

    for (size_t i = 0; i < n; i++)
        fds[i].revents = 0;
    r = poll(fds, n, millis);
    if (r > 0 && fds[0].revents)
        (void)!read(a->wake, &ignored, sizeof ignored);
    return r != 0;
}

enum round { ROUND_DONE, ROUND_MORE, ROUND_SHORTAGE };

/* accept(2), "Error handling": an error of the connection itself is reported by accept(), and the next one
 * may be well. */
static enum round after_failure(int error)
{
    static const int of_one_client[] = {EINTR,       ECONNABORTED, EPROTO,       EPERM,      ENETDOWN,
                                        ENOPROTOOPT, EHOSTDOWN,    EHOSTUNREACH, EOPNOTSUPP, ENETUNREACH};

    if (error == EAGAIN)
        return ROUND_DONE;
    for (size_t i = 0; i < sizeof of_one_client / sizeof *of_one_client; i++)
        if (error == of_one_client[i])
            return ROUND_MORE;
    return ROUND_SHORTAGE;
}

static enum round accept_one(struct acceptor *a, int listener)
{
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    int fd = accept4(listener, (struct sockaddr *)&address, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);

    if (fd < 0)
        return after_failure(errno);

    /* Counted before it is handed over: it may be over before take() returns. */
    atomic_fetch_add(&a->open, 1);
    if (!a->cfg.take(a->cfg.ctx, fd, (struct sockaddr *)&address, size))
        atomic_fetch_sub(&a->open, 1);
    return ROUND_MORE;
}

static bool is_full(struct acceptor *a)
{
    return atomic_load(&a->open) >= a->cfg.limit;
}

static enum round accept_some(struct acceptor *a, int listener)
{
    enum round r = ROUND_MORE;

    for (unsigned i = 0; i < ROUND && r == ROUND_MORE && !is_full(a); i++)
        r = accept_one(a, listener);
    return r;
}

/* The flag goes up before the second look, so that whoever leaves in between sees it. */
static void wait_for_room(struct acceptor *a, struct pollfd *fds)
{
    bool woken = true;

    atomic_store(&a->waiting, true);
    if (is_full(a) && !atomic_load(&a->stopping))
        woken = wait_for(a, fds, 1, RECOUNT_MILLIS);
    atomic_store(&a->waiting, false);

    /* A connection that the library gave up for want of memory is never reported to be over. */
    if (!woken)
        atomic_store(&a->open, a->cfg.count(a->cfg.ctx));
}

/* From now on the kernel drops requests to connect (a segment with SYN), so that nobody gets connected between
 * our last look at the queue and the closing of the socket; such a client asks again and finds the port
 * closed. Where the kernel refuses the filter, that short moment remains. */
static void turn_away(int listener)
{
    static const unsigned flags_at = 13, syn = 0x02; /* RFC 9293 section 3.1 */
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_B | BPF_ABS, flags_at),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, syn, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, 0),
        BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
    };
    struct sock_fprog program = {.len = sizeof code / sizeof *code, .filter = code};
    int domain = 0;
    socklen_t size = sizeof domain;

    if (getsockopt(listener, SOL_SOCKET, SO_DOMAIN, &domain, &size) == 0 && domain != AF_UNIX)
        (void)setsockopt(listener, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof program);
}

/* Accepts whoever has connected, and whose handshake is under way, and closes the socket. The limit does not
 * hold here: these came before it was decided to stop. */
static void finish(struct acceptor *a, struct pollfd *p)
{
    unsigned n = 0;

    turn_away(p->fd);
    do {
        while (n++ < a->backlog && accept_one(a, p->fd) == ROUND_MORE)
            ;
    } while (n < a->backlog && poll(p, 1, HANDSHAKE_MILLIS) > 0);
    close(p->fd);
}

static void *run(void *argument)
{
    struct acceptor *a = argument;
    struct pollfd fds[1 + LIMIT_LISTENERS] = {{.fd = a->wake, .events = POLLIN}};

    for (size_t i = 0; i < a->cfg.n_sockets; i++)
        fds[1 + i] = (struct pollfd){.fd = a->sockets[i], .events = POLLIN};

    while (!atomic_load(&a->stopping)) {
        bool shortage = false;

        if (is_full(a)) {
            atomic_fetch_add(&a->full, 1);
            wait_for_room(a, fds);
            continue;
        }
        (void)wait_for(a, fds, 1 + a->cfg.n_sockets, -1);
        for (size_t i = 1; i <= a->cfg.n_sockets; i++)
            if (fds[i].revents)
                shortage |= accept_some(a, fds[i].fd) == ROUND_SHORTAGE;
        if (shortage)
            (void)wait_for(a, fds, 1, SHORTAGE_MILLIS);
    }

    for (size_t i = 0; i < a->cfg.n_sockets; i++)
        if (i < a->cfg.n_shared)
            close(a->sockets[i]);
        else
            finish(a, &fds[1 + i]);
    a->cfg.n_sockets = 0;
    return NULL;
}

/* Sets the sockets' queues too: where there may be more connections, more wait. */
static int prepare(struct acceptor *a)
{
    for (size_t i = 0; i < a->cfg.n_sockets; i++)
        if (fcntl(a->sockets[i], F_SETFL, O_NONBLOCK) < 0 || listen(a->sockets[i], (int)a->backlog) < 0)
            return -errno;
    a->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    return a->wake < 0 ? -errno : 0;
}

int acceptor_new(const struct acceptor_config *cfg, struct acceptor **ret)
{
    struct acceptor *a = cfg->n_sockets > LIMIT_LISTENERS ? NULL : calloc(1, sizeof *a);
    int r;

    if (!a) {
        close_all(cfg->sockets, cfg->n_sockets);
        return cfg->n_sockets > LIMIT_LISTENERS ? -E2BIG : -ENOMEM;
    }
    a->cfg = *cfg;
    a->cfg.sockets = NULL;
    a->backlog =
        cfg->limit > LIMIT_BACKLOG / LIMIT_BACKLOG_TIMES ? cfg->limit * LIMIT_BACKLOG_TIMES : LIMIT_BACKLOG;
    a->wake = -1;
    memcpy(a->sockets, cfg->sockets, cfg->n_sockets * sizeof *cfg->sockets);
    r = prepare(a);
    if (r) {
        (void)acceptor_free(a);
        return r;
    }
    *ret = a;
    return 0;
}

int acceptor_start(struct acceptor *a)
{
    int r = pthread_create(&a->thread, NULL, run, a);

    a->running = !r;
    return -r;
}

void acceptor_came(struct acceptor *a)
{
    atomic_fetch_add(&a->open, 1);
}

void acceptor_left(struct acceptor *a)
{
    atomic_fetch_sub(&a->open, 1);
    if (atomic_load(&a->waiting))
        wake(a);
}

unsigned acceptor_open(const struct acceptor *a)
{
    return atomic_load(&a->open);
}

uint64_t acceptor_full(const struct acceptor *a)
{
    return atomic_load(&a->full);
}

void acceptor_stop(struct acceptor *a)
{
    if (!a->running)
        return;
    a->running = false;
    atomic_store(&a->stopping, true);
    wake(a);
    (void)pthread_join(a->thread, NULL);
}

struct acceptor *acceptor_free(struct acceptor *a)
{
    if (!a)
        return NULL;
    acceptor_stop(a);
    close_sockets(a);
    if (a->wake >= 0)
        close(a->wake);
    free(a);
    return NULL;
}
