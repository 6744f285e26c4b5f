/* SPDX-License-Identifier: MIT */
/* The checks at the door; see intake.h. */
#include "intake.h"

#include "http/target.h"
#include "util/ascii.h"
#include "util/limits.h"

#include <errno.h>
#include <string.h>

int intake_reserve(struct intake *in, size_t n)
{
    in->room = n > LIMIT_HEADERS ? LIMIT_HEADERS + 1 : n;
    in->headers = arena_array(in->req->mem, in->room, sizeof *in->headers);
    in->fields = arena_array(in->req->mem, in->room, sizeof *in->fields);
    return in->headers && in->fields ? 0 : -ENOMEM;
}

/* ": " and the line's end are kept with a field, as NULs. */
static size_t weight_of(const struct message_field *f)
{
    size_t weight = f->name.length + f->value.length + 4 + LIMIT_FIELD_RECORD;
    const char *at = f->value.at, *end = at + f->value.length;

    if (!field_is(f->name, "Cookie"))
        return weight;
    for (; (at = memchr(at, ';', (size_t)(end - at))); at++)
        weight += LIMIT_FIELD_RECORD;
    return weight + f->value.length + LIMIT_FIELD_RECORD;
}

bool intake_add(struct intake *in, const char *name, size_t name_length, const char *value,
                size_t value_length)
{
    const char *text = value ? value : "";

    if (in->n == in->room)
        return false;
    in->headers[in->n] = (struct header){.name = name, .value = text};
    in->fields[in->n] = (struct message_field){
        .name = {.at = name, .length = name_length},
        .value = {.at = text, .length = value_length},
    };
    in->weight += weight_of(&in->fields[in->n++]);
    return true;
}

static int refused(struct message_fault *reterr, unsigned status, const char *reason)
{
    *reterr = (struct message_fault){.status = status, .reason = reason};
    return MESSAGE_E_REFUSED;
}

/* A request line with white space in its target is read differently by different programs (RFC 9112 section
 * 3.2). */
static bool has_gap(const char *target)
{
    size_t n = strlen(target);
    return ascii_clean(target, n, ' ' + 1) < n;
}

/* The common form needs no more: what comes after its slash cannot make a request ambiguous. */
static int read_authority(const struct request *req, struct field_span *ret, struct message_fault *reterr)
{
    bool options = strcmp(req->method, "OPTIONS") == 0;
    struct target target;
    const char *reason;
    int r;

    if (has_gap(req->target))
        return refused(reterr, 400, "the request target has a space or control character");
    if (req->target[0] == '/')
        return 0;
    r = target_parse(req->target, strlen(req->target), options, req->mem, &target, &reason);
    if (r == TARGET_E_BAD)
        return refused(reterr, 400, reason);
    if (!r)
        *ret = field_span(target.authority);
    return r < 0 ? r : 0;
}

/* How it was asked for: by the request itself, or by what is believed of it. */
static int read_way(struct intake *in, struct field_span host, struct message_fault *reterr)
{
    struct request *req = in->req;
    struct forwarded f = {.scheme = ""};
    const char *reason;

    if (in->proxies) {
        const struct forwarded_fields fields = {
            .forwarded = request_joined(req, "Forwarded"),
            .x_for = request_joined(req, "X-Forwarded-For"),
            .x_host = request_joined(req, "X-Forwarded-Host"),
            .x_proto = request_joined(req, "X-Forwarded-Proto"),
        };
        if (forwarded_read(&fields, in->proxies, &f, &reason))
            return refused(reterr, 400, reason);
    }
    if (*f.client)
        req->client = arena_strdup(req->mem, f.client);
    if (*f.host)
        host = field_span(f.host);
    req->scheme = *f.scheme ? f.scheme : "http";
    req->host = host.at ? arena_strndup(req->mem, host.at, host.length) : NULL;
    return arena_failed(req->mem) ? -ENOMEM : 0;
}

/* A place in the head that must be reached part by part. */
struct walk {
    const char *at, *end;
    bool lost;
};

/* The next part is TEXT of LENGTH, and behind it N separator bytes, now NUL. */
static void pass(struct walk *w, const char *text, size_t length, size_t n)
{
    if (w->lost || w->at != text || length + n > (size_t)(w->end - w->at)) {
        w->lost = true;
        return;
    }
    w->at += length;
    for (size_t i = 0; i < n; i++)
        w->lost |= *w->at++ != '\0';
}

static void pass_spaces(struct walk *w)
{
    while (!w->lost && w->at < w->end && (*w->at == ' ' || *w->at == '\t'))
        w->at++;
}

static bool is_tidy(const struct intake *in)
{
    const struct request *req = in->req;
    struct walk w = {.at = in->head, .end = in->head + in->head_size};

    pass(&w, req->method, strlen(req->method), 1);
    pass(&w, in->target, in->target_length, 1);
    pass(&w, req->version, strlen(req->version), 2);
    for (size_t i = 0; i < in->n && !w.lost; i++) {
        const struct message_field *f = &in->fields[i];
        pass(&w, f->name.at, f->name.length, 1);
        pass_spaces(&w);
        pass(&w, f->value.at, f->value.length, 2);
    }
    pass(&w, w.at, 0, 2);
    return !w.lost && w.at == w.end;
}

int intake_check(struct intake *in, struct message_fault *reterr)
{
    struct request *req = in->req;
    struct message_head head = {
        .method = field_span(req->method),
        .version = field_span(req->version),
        .fields = in->fields,
        .n_fields = in->n,
    };
    struct message_facts facts = {0};
    int r;

    req->headers = in->headers;
    req->n_headers = in->n;
    if (in->target_length > LIMIT_TARGET_BYTES)
        return refused(reterr, 414, "the request target is too long");
    if (in->target_length + in->weight > LIMIT_HEAD_BYTES)
        return refused(reterr, 431, "the request line and the header fields are too long");
    r = read_authority(req, &head.authority, reterr);
    if (!r)
        r = message_check(&head, &facts, reterr);
    if (!r && in->head && !is_tidy(in))
        r = refused(reterr, 400, "the request's lines do not end, or are not divided, as they should");
    if (!r && facts.chunked)
        r = refused(reterr, 411, "no request here needs a body, and the length of this one is not given");
    if (!r && facts.content_length > LIMIT_BODY_BYTES)
        r = refused(reterr, 413, "no request here needs a body, and this one is too long to pass over");
    in->has_body = !r && facts.content_length > 0;
    return r ? r : read_way(in, facts.host, reterr);
}
