/* SPDX-License-Identifier: MIT */
/* The watching thread; see watch.h. */
#include "watch.h"

#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

_Static_assert(_WATCH_PHASE_N == 4, "a phase is two bits of a turn");

/* One serving thread's connections. The lock is that thread's but once a second. */
struct list {
    _Alignas(64) pthread_mutex_t lock;
    struct watched *first;
};

struct watch {
    struct watch_config cfg;
    struct list *lists;
    _Atomic uint64_t n_cut;
    pthread_t thread;
    bool running, stopping; /* stopping: under the lock */
    pthread_mutex_t lock;
    pthread_cond_t changed;
};

/* ==== Looking ==== */

static struct timespec now(void)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return t;
}

/* How much of all that was sent the other end has acknowledged. False: that kind of socket does not know. */
static bool bytes_taken(int fd, uint64_t *ret)
{
    struct tcp_info info = {0};
    socklen_t size = sizeof info;

    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0 ||
        size < offsetof(struct tcp_info, tcpi_bytes_acked) + sizeof info.tcpi_bytes_acked)
        return false;
    *ret = info.tcpi_bytes_acked;
    return true;
}

/* Whether E's client has taken enough since it was last measured; measures it anew. */
static bool keeps_up(const struct watch *w, struct watched *e, uint64_t second)
{
    uint64_t taken, least = (uint64_t)w->cfg.least_rate * w->cfg.seconds[WATCH_REPLY];
    bool slow;

    if (!bytes_taken(e->fd, &taken))
        return true;
    slow = e->measured && taken - e->taken < least;
    e->taken = taken;
    e->measured = true;
    e->since = second;
    return !slow;
}

static bool is_late(const struct watch *w, struct watched *e, uint64_t second)
{
    unsigned turn = atomic_load_explicit(&e->turn, memory_order_relaxed), phase = turn & 3;
    unsigned limit = w->cfg.seconds[phase];

    if (turn != e->seen) {
        e->seen = turn;
        e->since = second;
        e->measured = false;
        return false;
    }
    return limit && second - e->since >= limit && (phase != WATCH_REPLY || !keeps_up(w, e, second));
}

/* 0.9.75 can miss that a client ends when that comes together with its last request, and would keep the connection for the
 * idle time. What ends later is told anew, so one look at a connection that has begun to wait is enough. */
static bool is_gone(const struct watched *e, uint64_t second)
{
    char byte;

    return (e->seen & 3) == WATCH_WAITING && second - e->since == 1 &&
           recv(e->fd, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0;
}

/* What the client has not taken is thrown away when the library closes the socket; it would stay in the kernel for long. */
static void cut(struct watch *w, struct watched *e)
{
    const struct linger at_once = {.l_onoff = 1};

    e->cut = true;
    atomic_fetch_add(&w->n_cut, 1);
    (void)setsockopt(e->fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    (void)shutdown(e->fd, SHUT_RDWR);
}

/* The descriptor is the connection's own as long as it is listed, and the lock is held. */
static void look(struct watch *w, struct list *l, uint64_t second)
{
    pthread_mutex_lock(&l->lock);
    for (struct watched *e = l->first; e; e = e->next) {
        if (!e->cut && is_late(w, e, second))
            cut(w, e);
        else if (is_gone(e, second))
            (void)shutdown(e->fd, SHUT_RDWR);
    }
    pthread_mutex_unlock(&l->lock);
}

/* Until the next second of the clock. False: it is the end. */
static bool sleep_a_second(struct watch *w)
{
    struct timespec until = now();
    int r = 0;

    until.tv_sec++;
    pthread_mutex_lock(&w->lock);
    while (!w->stopping && r != ETIMEDOUT)
        r = pthread_cond_timedwait(&w->changed, &w->lock, &until);
    pthread_mutex_unlock(&w->lock);
    return r == ETIMEDOUT;
}

/* Seconds are counted as they are looked at, so that none is held against a client in which this thread did not run. */
static void *run(void *argument)
{
    struct watch *w = argument;

    for (uint64_t second = 0; sleep_a_second(w); second++)
        for (size_t i = 0; i < w->cfg.lists; i++)
            look(w, &w->lists[i], second);
    return NULL;
}

/* ==== Life ==== */

static void init_locks(struct watch *w)
{
    pthread_condattr_t monotonic;

    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&w->changed, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    (void)pthread_mutex_init(&w->lock, NULL);
    for (size_t i = 0; i < w->cfg.lists; i++)
        (void)pthread_mutex_init(&w->lists[i].lock, NULL);
}

int watch_new(const struct watch_config *cfg, struct watch **ret)
{
    struct watch *w = calloc(1, sizeof *w);
    int r;

    if (w)
        w->lists = aligned_alloc(_Alignof(struct list), cfg->lists * sizeof(struct list));
    if (!w || !w->lists) {
        free(w);
        return -ENOMEM;
    }
    w->cfg = *cfg;
    for (size_t i = 0; i < cfg->lists; i++)
        w->lists[i] = (struct list){.first = NULL};
    init_locks(w);
    r = pthread_create(&w->thread, NULL, run, w);
    w->running = !r;
    if (r)
        (void)watch_free(w);
    else
        *ret = w;
    return -r;
}

static void stop(struct watch *w)
{
    if (!w->running)
        return;
    w->running = false;
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    (void)pthread_cond_signal(&w->changed);
    pthread_mutex_unlock(&w->lock);
    (void)pthread_join(w->thread, NULL);
}

struct watch *watch_free(struct watch *w)
{
    if (!w)
        return NULL;
    stop(w);
    for (size_t i = 0; i < w->cfg.lists; i++)
        (void)pthread_mutex_destroy(&w->lists[i].lock);
    (void)pthread_mutex_destroy(&w->lock);
    (void)pthread_cond_destroy(&w->changed);
    free(w->lists);
    free(w);
    return NULL;
}

/* Its first turn is one that was not seen yet. */
void watch_add(struct watch *w, size_t list, struct watched *e, int fd)
{
    struct list *l = &w->lists[list];

    *e = (struct watched){.fd = fd};
    watch_turn(e, WATCH_WAITING);
    pthread_mutex_lock(&l->lock);
    e->next = l->first;
    e->link = &l->first;
    if (e->next)
        e->next->link = &e->next;
    l->first = e;
    pthread_mutex_unlock(&l->lock);
}

void watch_remove(struct watch *w, size_t list, struct watched *e)
{
    struct list *l = &w->lists[list];

    pthread_mutex_lock(&l->lock);
    *e->link = e->next;
    if (e->next)
        e->next->link = e->link;
    pthread_mutex_unlock(&l->lock);
}

uint64_t watch_cut(const struct watch *w)
{
    return atomic_load(&w->n_cut);
}
