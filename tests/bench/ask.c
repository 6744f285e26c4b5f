/* SPDX-License-Identifier: MIT */
/*
 * Asks the daemon in process, without sockets and without a response cache, and says how long each answer took from an empty arena
 * to a released reply: parsing, storage, rendering and headers.
 *
 * usage: ask CATALOGUE [HEADER-NAME:VALUE]... < TARGETS
 *
 * A target a line, each asked once, in this order. A line each comes back: nanoseconds, status, bytes, X-Total-Count (- when there is
 * none) and the ids of the incidents that a JSON list has, told by their html_url, with commas between.
 */
#include "app.h"
#include "util/strbuf.h"

#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define HEADERS 8

struct asker {
    struct app *app;
    struct header headers[HEADERS];
    size_t n_headers;
};

static int64_t now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static const char *total_of(const struct reply *r)
{
    for (size_t i = 0; i < r->n_headers; i++)
        if (strcasecmp(r->headers[i].name, "X-Total-Count") == 0)
            return r->headers[i].value;
    return "-";
}

/* The ids within BODY as html_url of rows name them. */
static void add_ids(struct strbuf *o, const char *body, size_t size)
{
    static const char mark[] = "\"html_url\":\"/incidents/";
    const char *end = body + size, *at = body;
    while ((at = memmem(at, (size_t)(end - at), mark, sizeof mark - 1))) {
        at += sizeof mark - 1;
        const char *quote = memchr(at, '"', (size_t)(end - at));
        if (!quote)
            return;
        if (!memchr(at, '#', (size_t)(quote - at))) {
            strbuf_addc(o, ',');
            strbuf_add(o, at, (size_t)(quote - at));
        }
        at = quote;
    }
}

static void ask(const struct asker *a, const char *target, struct strbuf *line)
{
    int64_t start = now();
    struct arena *mem = arena_new(0);
    struct request req = {.method = "GET",
                          .target = target,
                          .version = "HTTP/1.1",
                          .headers = a->headers,
                          .n_headers = a->n_headers,
                          .scheme = "http",
                          .host = "localhost",
                          .mem = mem};
    struct reply r;
    if (!mem)
        errx(1, "out of memory");
    dispatch(a->app, &req, &r);
    int64_t answered = now();
    strbuf_addf(line, " %u %zu %s ", r.status, r.body ? blob_size(r.body) : 0, total_of(&r));
    if (r.body)
        add_ids(line, blob_bytes(r.body), blob_size(r.body));
    int64_t looked = now();
    reply_done(&r);
    (void)arena_free(mem);
    (void)printf("%" PRId64 "%s\n", now() - start - (looked - answered), line->data);
}

static void add_header(struct asker *a, char *text)
{
    char *colon = strchr(text, ':');
    if (!colon || a->n_headers == HEADERS)
        errx(2, "%s: is no header", text);
    *colon = '\0';
    a->headers[a->n_headers++] = (struct header){text, colon + 1};
}

int main(int argc, char **argv)
{
    if (argc < 2)
        errx(2, "usage: ask CATALOGUE [HEADER-NAME:VALUE]... < TARGETS");
    struct asker a = {.headers = {{"Host", "localhost"}}, .n_headers = 1};
    for (int i = 2; i < argc; i++)
        add_header(&a, argv[i]);
    struct app_config cfg = {.catalogue = argv[1], .base_path = "", .cache_control = "public, max-age=60"};
    char *error = NULL;
    if (app_new(&cfg, &a.app, &error) != 0)
        errx(1, "%s", error ? error : "out of memory");
    _cleanup_strbuf_ struct strbuf line = STRBUF_INIT;
    char *target = NULL;
    size_t room = 0;
    for (ssize_t n; (n = getline(&target, &room, stdin)) > 0;) {
        target[strcspn(target, "\n")] = '\0';
        strbuf_reset(&line);
        ask(&a, target, &line);
    }
    free(target);
    (void)app_free(a.app);
    return 0;
}
