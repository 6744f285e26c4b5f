/* SPDX-License-Identifier: MIT */
/*
 * Query strings, behind a byte that chooses the list: faults are told, and what is understood has a canonical text that is read
 * as the same question, as are those of its orders and of the list without one of its filters.
 */
#include "fuzz.h"

#include "http/target.h"
#include "query/params.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <string.h>

/* 0 or QUERY_E_INVALID; -1 where the text is no query string that gets so far. */
static int read_query(enum query_list list, const char *text, struct arena *mem, struct query *ret)
{
    struct target t;
    struct argument args[LIMIT_ARGUMENTS];
    struct faults faults = {0};
    const char *reason, *raw = arena_join(mem, "/x?", text);
    if (target_parse(raw, strlen(raw), false, mem, &t, &reason) != 0)
        return -1;
    for (size_t i = 0; i < t.n_arguments; i++)
        args[i] = (struct argument){t.arguments[i].name, t.arguments[i].value};
    int r = query_parse(list, args, t.n_arguments, "cafe", mem, ret, &faults);
    fuzz_must(r >= 0, "there is memory");
    fuzz_must(r == 0 || (faults.n > 0 && faults.n <= LIMIT_FAULTS), "%s has %zu faults", text, faults.n);
    for (size_t i = 0; i < faults.n; i++) {
        const struct fault *f = &faults.list[i];
        fuzz_must(f->parameter && *f->detail, "fault %zu of %s says what it is", i, text);
        fuzz_must(!f->value || utf8_is_valid(f->value, strlen(f->value)), "fault %zu of %s is text", i, text);
    }
    return r;
}

static const char *canonical(const struct query *q, struct arena *mem)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    query_canonical(q, false, &b);
    fuzz_must(!b.failed, "there is memory");
    return arena_strndup(mem, b.size ? b.data : "", b.size);
}

static const char *identity(const struct query *q, struct arena *mem)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    fuzz_must(query_identity(q, &b) == 0 && !b.failed, "there is memory");
    return arena_strndup(mem, b.size ? b.data : "", b.size);
}

/* TEXT, a link's, is read and is its own canonical text. Those that became too long by being encoded are no links. */
static void read_again(enum query_list list, const char *text, struct arena *mem, struct query *ret)
{
    if (strlen(text) + strlen("/x?") > LIMIT_TARGET_BYTES)
        return;
    fuzz_must(read_query(list, text, mem, ret) == 0, "%s is read", text);
    const char *again = canonical(ret, mem);
    fuzz_must(strcmp(text, again) == 0, "%s is written as %s", text, again);
}

static void look_at_links(const struct query *q, struct arena *mem)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    struct query other;
    for (enum sort s = 0; s < _SORT_N; s++)
        if (sort_is_of(q->list, s) && (s != SORT_RELEVANCE || q->search.n)) {
            strbuf_reset(&b);
            query_sorted(q, s, &b);
            read_again(q->list, b.size ? b.data : "", mem, &other);
        }
    for (enum filter f = 0; f < _FILTER_N; f++)
        for (size_t i = 0; i < q->filters[f].n && i < 2; i++) {
            strbuf_reset(&b);
            query_without(q, f, q->filters[f].values[i], &b);
            read_again(q->list, b.size ? b.data : "", mem, &other);
        }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct fuzz_input in = fuzz_input(data, size);
    enum query_list list = fuzz_byte(&in) % _QUERY_LIST_N;
    struct query q, again = {0};
    if (read_query(list, fuzz_rest(&in, mem, NULL), mem, &q) != 0)
        return 0;
    const char *text = canonical(&q, mem);
    if (strlen(text) + strlen("/x?") > LIMIT_TARGET_BYTES)
        return 0;
    read_again(list, text, mem, &again);
    fuzz_must(strcmp(identity(&q, mem), identity(&again, mem)) == 0, "cursors of %s are those of its links",
              text);
    look_at_links(&q, mem);
    return 0;
}
