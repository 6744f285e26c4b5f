/* SPDX-License-Identifier: MIT */
/* Header fields, a line each in the order of enum line: whatever they say, what is understood holds together. */
#include "fuzz.h"

#include "http/conditional.h"
#include "http/forwarded.h"
#include "http/host.h"
#include "http/message.h"
#include "http/negotiate.h"
#include "http/range.h"

#include <string.h>

enum line {
    LINE_ACCEPT,
    LINE_CODING,
    LINE_TAGS, /* If-None-Match, If-Match, If-Range */
    LINE_RANGE,
    LINE_FORWARDED,
    LINE_FOR,
    LINE_HOST,
    LINE_PROTO,
    LINE_PROXIES,
    LINE_LENGTH, /* Content-Length */
    LINE_TRANSFER,
    _LINE_N
};

#define TAG "\"cafe-br\""

static void negotiate(const char *accept, const char *coding)
{
    static const char *const types[] = {"text/html", "application/json", "text/csv;charset=utf-8",
                                        "image/svg+xml"};
    static const char *const codings[] = {"br", "zstd", "gzip", "identity"};
    size_t i = 99, n = sizeof types / sizeof *types;
    int r = negotiate_media(accept, types, n, &i);
    fuzz_must(r == NEGOTIATE_E_NONE ? i == 99 : r == 0 && i < n, "%s chooses one, or none: %zu", accept, i);
    fuzz_must(negotiate_coding(coding, codings, 4) < 4, "%s chooses one", coding);
}

/* What is the same to the letter is the same in meaning. */
static void compare_tags(const char *tags)
{
    bool strong = conditional_passes(tags, TAG), weak = conditional_not_modified(tags, TAG);
    bool all = field_is(field_trim(field_span(tags)), "*");
    fuzz_must(!strong || weak, "%s matches strongly, so it matches weakly", tags);
    fuzz_must(all || !conditional_passes(tags, "W/" TAG), "%s does not match a weak tag", tags);
    fuzz_must(!conditional_in_range(tags, TAG) || strong, "%s knows a part of what it matches", tags);
}

static void cut(const char *field)
{
    static const uint64_t sizes[] = {0, 1, 1000, UINT64_C(1) << 40, UINT64_MAX};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        uint64_t first = 0, length = 0;
        if (range_parse(field, sizes[i], &first, &length) == 0)
            fuzz_must(length > 0 && first < sizes[i] && length <= sizes[i] - first, "%s is within %ju", field,
                      (uintmax_t)sizes[i]);
    }
}

static void forward(char *const lines[static _LINE_N])
{
    struct proxies trusted = {.local = true};
    struct field_span ranges = field_span(lines[LINE_PROXIES]), range;
    while (field_next(&ranges, ' ', &range))
        (void)proxies_add(&trusted, range);
    /* An empty line is a field that is not there. */
    const char *in[4];
    for (size_t i = 0; i < 4; i++)
        in[i] = *lines[LINE_FORWARDED + i] ? lines[LINE_FORWARDED + i] : NULL;
    const struct forwarded_fields fields = {in[0], in[1], in[2], in[3]};
    struct forwarded f;
    const char *reason = NULL;
    if (forwarded_read(&fields, &trusted, &f, &reason) != 0) {
        fuzz_must(reason && *reason, "it is refused with a reason");
        return;
    }
    struct address a;
    fuzz_must(!*f.client || address_parse(field_span(f.client), &a), "%s is an address", f.client);
    fuzz_must(!*f.host || host_is_valid(field_span(f.host)), "%s is a host", f.host);
    fuzz_must(!*f.scheme || strcmp(f.scheme, "http") == 0 || strcmp(f.scheme, "https") == 0, "%s is a scheme",
              f.scheme);
}

static void check(char *const lines[static _LINE_N], const size_t sizes[static _LINE_N])
{
    static const struct {
        const char *name;
        enum line line;
    } names[] = {{"Host", LINE_HOST}, {"Content-Length", LINE_LENGTH}, {"Transfer-Encoding", LINE_TRANSFER}};
    struct message_field fields[3];
    size_t n = 0;
    for (size_t i = 0; i < 3; i++)
        if (sizes[names[i].line])
            fields[n++] = (struct message_field){field_span(names[i].name),
                                                 {lines[names[i].line], sizes[names[i].line]}};
    const struct message_head head = {field_span("GET"), field_span("HTTP/1.1"), {0}, fields, n};
    struct message_facts facts;
    struct message_fault fault = {0};
    if (message_check(&head, &facts, &fault) != 0)
        fuzz_must(fault.status >= 400 && fault.reason, "it is refused with %u and a reason", fault.status);
    else
        fuzz_must(host_is_valid(facts.host) && !(facts.chunked && facts.content_length), "%s is a host",
                  lines[LINE_HOST]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct fuzz_input in = fuzz_input(data, size);
    char *lines[_LINE_N];
    size_t sizes[_LINE_N];
    for (size_t i = 0; i < _LINE_N; i++)
        lines[i] = fuzz_line(&in, mem, &sizes[i]);
    negotiate(lines[LINE_ACCEPT], lines[LINE_CODING]);
    compare_tags(lines[LINE_TAGS]);
    cut(lines[LINE_RANGE]);
    forward(lines);
    check(lines, sizes);
    return 0;
}
