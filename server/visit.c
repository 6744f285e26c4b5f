/* SPDX-License-Identifier: MIT */
/* Who is let in and for how long; see visit.h. */
#include "visit.h"

#include "http/date.h"
#include "util/limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct visits {
    struct visits_config cfg;
    struct watch *watch;
    struct crowd *crowd; /* NULL: addresses are not counted */
    _Atomic uint64_t n_crowded;
};

/* An idle connection is the library's to close, after idle_seconds. When it still waits for a request line then, something
 * has come, so a request began within that time. */
static int start(struct visits *v)
{
    const struct visits_config *cfg = &v->cfg;
    const struct watch_config watch = {
        .lists = cfg->threads,
        .seconds =
            {
                [WATCH_WAITING] = cfg->idle_seconds + cfg->request_seconds,
                [WATCH_REQUEST] = cfg->request_seconds,
                [WATCH_REPLY] = cfg->request_seconds,
            },
        .least_rate = LIMIT_REPLY_RATE,
    };
    int r = 0;

    if (cfg->per_address)
        r = crowd_new(cfg->per_address, cfg->connections, &v->crowd);
    return r ? r : watch_new(&watch, &v->watch);
}

int visits_new(const struct visits_config *cfg, struct visits **ret)
{
    struct visits *v = calloc(1, sizeof *v);
    int r;

    if (!v)
        return -ENOMEM;
    v->cfg = *cfg;
    r = start(v);
    if (r)
        (void)visits_free(v);
    else
        *ret = v;
    return r;
}

struct visits *visits_free(struct visits *v)
{
    if (!v)
        return NULL;
    (void)watch_free(v->watch);
    (void)crowd_free(v->crowd);
    free(v);
    return NULL;
}

/* 429 and not 503: it is this client that has to wait, and a proxy that tries another server after a 503 should not. What
 * it sent is read, or the kernel would answer it with a reset, which can overtake the reply. */
static void turn_away(int fd)
{
    static const char body[] =
        "{\"type\":\"about:blank\",\"title\":\"Too many connections from one address\","
        "\"status\":429}\n";
    char date[DATE_TEXT_SIZE], text[512], sent[4096];
    int n;

    date_format(time(NULL), date);
    n = snprintf(text, sizeof text,
                 "HTTP/1.1 429 Too Many Requests\r\nDate: %s\r\nContent-Type: application/problem+json\r\n"
                 "Content-Length: %zu\r\nRetry-After: " LIMIT_RETRY "\r\nCache-Control: no-store\r\n"
                 "X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n%s",
                 date, sizeof body - 1, body);
    for (int i = 0; i < 8 && recv(fd, sent, sizeof sent, MSG_DONTWAIT) > 0; i++)
        ;
    (void)!send(fd, text, (size_t)n, MSG_DONTWAIT | MSG_NOSIGNAL);
}

/* Whether one more may be there from where V's connection comes. */
static bool let_in(struct visits *v, struct visit *visit, const struct sockaddr *address)
{
    struct address a;

    if (!v->crowd || visit->peer.trusted || !peer_address(address, &a))
        return true;
    visit->place = crowd_enter(v->crowd, &a);
    if (!visit->place)
        atomic_fetch_add(&v->n_crowded, 1);
    return visit->place;
}

struct visit *visit_begin(struct visits *v, size_t who, int fd, const struct sockaddr *address)
{
    struct visit *visit = calloc(1, sizeof *visit);

    if (visit)
        peer_init(&visit->peer, address, v->cfg.proxies);
    if (visit && let_in(v, visit, address)) {
        watch_add(v->watch, who, &visit->watched, fd);
        return visit;
    }
    if (visit)
        turn_away(fd);
    (void)shutdown(fd, SHUT_RDWR);
    free(visit);
    return NULL;
}

struct visit *visit_end(struct visits *v, size_t who, struct visit *visit)
{
    if (!visit)
        return NULL;
    watch_remove(v->watch, who, &visit->watched);
    (void)crowd_leave(v->crowd, visit->place);
    free(visit);
    return NULL;
}

bool visits_admit(struct visits *v, const char *client, struct crowd_place **ret_place)
{
    struct address a;

    *ret_place = NULL;
    if (!v->crowd || !client || !address_parse(field_span(client), &a) ||
        (v->cfg.proxies && proxies_has(v->cfg.proxies, &a)))
        return true;
    *ret_place = crowd_enter(v->crowd, &a);
    if (!*ret_place)
        atomic_fetch_add(&v->n_crowded, 1);
    return *ret_place;
}

struct crowd_place *visits_dismiss(struct visits *v, struct crowd_place *place)
{
    return crowd_leave(v->crowd, place);
}

void visits_figures(const struct visits *v, struct visits_figures *ret)
{
    *ret = (struct visits_figures){.late = watch_cut(v->watch), .crowded = atomic_load(&v->n_crowded)};
}
