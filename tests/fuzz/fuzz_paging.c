/* SPDX-License-Identifier: MIT */
/*
 * Cursors that fit the query and say anything: a byte that chooses list and direction, the query's line, and then the keys, a
 * line each. It is asked like any other page, and the answer is a page or a fault.
 */
#include "fuzz.h"

#include "http/target.h"
#include "load.h"
#include "query/cursor.h"
#include "query/params.h"
#include "util/limits.h"

#include <string.h>

static const struct {
    const char *path;
    enum query_list list;
} lists[] = {{"/incidents.json", QUERY_INCIDENTS},
             {"/dealers.json", QUERY_DEALERS},
             {"/organizations.json", QUERY_ORGANIZATIONS},
             {"/timeline.json", QUERY_TIMELINE}};

/* What cursors of the query are bound to; NULL: it is none. */
static const char *identity_of(const char *target, enum query_list list, struct arena *mem)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    struct target t;
    struct argument args[LIMIT_ARGUMENTS];
    struct query q;
    struct faults faults;
    const char *reason;
    if (target_parse(target, strlen(target), false, mem, &t, &reason) != 0)
        return NULL;
    for (size_t i = 0; i < t.n_arguments; i++)
        args[i] = (struct argument){t.arguments[i].name, t.arguments[i].value};
    if (query_parse(list, args, t.n_arguments, "", mem, &q, &faults) != 0 || query_identity(&q, &b) != 0)
        return NULL;
    return arena_strdup(mem, b.data);
}

static void ask(const char *target, struct arena *mem)
{
    struct request req = {
        .method = "GET", .target = target, .version = "HTTP/1.1", .scheme = "http", .host = "x", .mem = mem};
    struct reply r;
    struct fuzz_input body;
    fuzz_ask(fuzz_app(), &req, true, &r, &body);
    fuzz_must(r.status == 200 || r.status == 400 || r.status == 414 || r.status == 503, "%s is answered %u",
              target, r.status);
    reply_done(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    _cleanup_strbuf_ struct strbuf target = STRBUF_INIT;
    struct fuzz_input in = fuzz_input(data, size);
    unsigned char choice = fuzz_byte(&in);
    size_t i = choice & 3;
    strbuf_addf(&target, "%s?%s", lists[i].path, fuzz_line(&in, mem, NULL));
    const char *identity = identity_of(target.data, lists[i].list, mem);
    if (!identity)
        return 0;
    struct cursor c = {0};
    while (c.n < CURSOR_KEYS && in.left)
        c.keys[c.n++] = fuzz_line(&in, mem, NULL);
    _cleanup_snapshot_ struct snapshot *snap = snapshot_acquire(fuzz_app()->slot);
    strbuf_adds(&target, choice & 4 ? "&before=" : "&after=");
    cursor_encode(&c, identity, choice & 8 ? "another" : snapshot_info(snap)->id, &target);
    fuzz_must(!target.failed, "there is memory");
    ask(target.data, mem);
    return 0;
}
