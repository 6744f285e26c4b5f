/* SPDX-License-Identifier: MIT */
/* Requests in flight and their memory; see exchange.h. */
#include "exchange.h"

#include "http/traceparent.h"
#include "util/ascii.h"
#include "util/limits.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

/* A thread that does not wait has one request at a time; slow readers have more. */
#define STOCK_MOST 16

#define ID_MOST 64

/* Ids count up from a place of their own in each thread, so that they are not twice in a log, nor after the next start. */
void exchange_stock_init(struct exchange_stock *s)
{
    *s = (struct exchange_stock){0};
    (void)!getrandom(&s->ids, sizeof s->ids, GRND_NONBLOCK);
}

static void discard(struct exchange *x)
{
    (void)arena_free(x->req.mem);
    free(x);
}

void exchange_stock_done(struct exchange_stock *s)
{
    for (struct exchange *x = s->free, *next; x; x = next) {
        next = x->next;
        discard(x);
    }
    *s = (struct exchange_stock){0};
}

static struct exchange *make(void)
{
    struct exchange *x = malloc(sizeof *x);

    if (!x)
        return NULL;
    x->req.mem = arena_new(LIMIT_REQUEST_MEMORY);
    if (x->req.mem)
        return x;
    free(x);
    return NULL;
}

static struct exchange *from_stock(struct exchange_stock *s)
{
    struct exchange *x = s->free;

    if (!x)
        return make();
    s->free = x->next;
    s->n--;
    return x;
}

struct exchange *exchange_new(struct exchange_stock *s, const char *target)
{
    struct exchange *x = from_stock(s);
    size_t n = strlen(target);

    if (!x)
        return NULL;
    x->req = (struct request){.mem = x->req.mem};
    reply_init(&x->reply);
    x->target_length = n;
    x->head_bytes = x->held = 0;
    x->sent = 0;
    x->counted = x->answered = x->crowded = false;
    x->place = NULL;
    x->req.target = arena_strndup(x->req.mem, target, n > LIMIT_TARGET_BYTES ? LIMIT_TARGET_BYTES + 1 : n);
    (void)clock_gettime(CLOCK_MONOTONIC, &x->since);
    x->next = NULL;
    x->id[EXCHANGE_ID_SIZE - 1] = '\0';
    for (uint64_t id = s->ids++, i = EXCHANGE_ID_SIZE - 1; i-- > 0; id >>= 4)
        x->id[i] = "0123456789abcdef"[id & 15];
    return x;
}

void exchange_free(struct exchange_stock *s, struct exchange *x)
{
    reply_done(&x->reply);
    if (s->n == STOCK_MOST) {
        discard(x);
        return;
    }
    arena_reset(x->req.mem);
    x->next = s->free;
    s->free = x;
    s->n++;
}

unsigned long exchange_micros(const struct exchange *x)
{
    struct timespec now;

    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (unsigned long)((now.tv_sec - x->since.tv_sec) * 1000000 +
                           (now.tv_nsec - x->since.tv_nsec) / 1000);
}

static bool is_id(const char *s)
{
    size_t n = 0;

    while (n <= ID_MOST && (ascii_is_alnum(s[n]) || (s[n] && strchr("._-", s[n]))))
        n++;
    return n >= 1 && n <= ID_MOST && !s[n];
}

const char *exchange_id(struct exchange *x)
{
    const char *theirs = request_header(&x->req, "X-Request-Id");

    return theirs && is_id(theirs) ? theirs : x->id;
}

bool exchange_is_named(struct exchange *x)
{
    return exchange_id(x) != x->id;
}

const char *exchange_trace(const struct exchange *x)
{
    const char *found = NULL;

    for (size_t i = 0; i < x->req.n_headers; i++)
        if (header_is(&x->req.headers[i], "traceparent")) {
            if (found)
                return NULL;
            found = x->req.headers[i].value;
        }
    return found && traceparent_is_valid(found) ? found : NULL;
}
