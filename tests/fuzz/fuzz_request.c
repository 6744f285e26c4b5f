/* SPDX-License-Identifier: MIT */
/*
 * Requests, as a head without its CRs: a request line, then fields, one a line. Taken in as httpd.c does, with a proxy at the
 * other end whose word counts, and answered twice: the second time, when it may come out of the cache, as the first time.
 */
#include "fuzz.h"

#include "intake.h"
#include "util/limits.h"

#include <string.h>

/* Cuts LINE at its first and its last space. What is missing is what most requests have. */
static void read_line(char *line, struct request *ret)
{
    char *first = strchr(line, ' '), *last = strrchr(line, ' ');
    ret->method = first ? line : "GET";
    ret->target = first ? first + 1 : line;
    ret->version = last && last != first ? last + 1 : "HTTP/1.1";
    if (first)
        *first = '\0';
    if (last)
        *last = '\0';
}

static bool add_field(struct intake *in, char *line, size_t size)
{
    char *colon = memchr(line, ':', size), *value = colon ? colon + 1 : line + size;
    size_t length = (size_t)(line + size - value);
    if (colon)
        *colon = '\0';
    for (; length && (*value == ' ' || *value == '\t'); length--)
        value++;
    return intake_add(in, line, colon ? (size_t)(colon - line) : size, value, length);
}

/* As httpd.c: 0, or the reply's status. */
static unsigned take_in(struct fuzz_input input, struct request *req)
{
    static const struct proxies proxies = {.local = true};
    struct message_fault fault;
    size_t size;
    read_line(fuzz_line(&input, req->mem, NULL), req);
    req->client = "unix";
    struct intake in = {.req = req, .target_length = strlen(req->target), .proxies = &proxies};
    fuzz_must(intake_reserve(&in, LIMIT_HEADERS + 1) == 0, "there is memory");
    while (input.left) {
        char *line = fuzz_line(&input, req->mem, &size);
        if (!add_field(&in, line, size))
            break;
    }
    int r = intake_check(&in, &fault);
    fuzz_must(r >= 0, "there is memory");
    return r ? fault.status : 0;
}

static void refuse(const struct request *req, unsigned status)
{
    struct reply r;
    dispatch_refusal(fuzz_app(), req, status, "malformed", &r);
    fuzz_must(r.status == status && r.body && r.close, "a refusal says %u", status);
    reply_done(&r);
}

static void compare(const struct request *req, const struct reply *a, const struct reply *b)
{
    fuzz_must(a->status == b->status && a->n_headers == b->n_headers, "%s: %u, then %u", req->target,
              a->status, b->status);
    for (size_t i = 0; i < a->n_headers; i++)
        fuzz_must(strcmp(a->headers[i].name, b->headers[i].name) == 0 &&
                      strcmp(a->headers[i].value, b->headers[i].value) == 0,
                  "%s: %s: %s, then %s: %s", req->target, a->headers[i].name, a->headers[i].value,
                  b->headers[i].name, b->headers[i].value);
}

static void ask_twice(const struct request *req)
{
    struct reply first, second;
    struct fuzz_input body, again;
    fuzz_ask(fuzz_app(), req, true, &first, &body);
    fuzz_ask(fuzz_app(), req, true, &second, &again);
    compare(req, &first, &second);
    fuzz_must(body.left == again.left && memcmp(body.at, again.at, body.left) == 0,
              "%s is answered a second time as it was the first", req->target);
    reply_done(&second);
    reply_done(&first);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    struct request req = {.scheme = "http", .mem = mem};
    unsigned status = take_in(fuzz_input(data, size), &req);
    if (status)
        refuse(&req, status);
    else
        ask_twice(&req);
    return 0;
}
