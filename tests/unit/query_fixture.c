/* SPDX-License-Identifier: MIT */
/* Queries from text and back. */
#include "query_fixture.h"

#include "util/limits.h"

#include <check.h>
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct query_fixture fixture;

void query_setup(void)
{
    fixture.mem = arena_new(0);
}

void query_teardown(void)
{
    fixture.mem = arena_free(fixture.mem);
}

static char *decode(char *text)
{
    char *to = text;
    for (const char *p = text; *p; p++) {
        char hex[3] = {0};
        if (*p == '%' && isxdigit((unsigned char)p[1]) && isxdigit((unsigned char)p[2])) {
            memcpy(hex, p + 1, 2);
            *to++ = (char)strtol(hex, NULL, 16);
            p += 2;
        } else
            *to++ = *p;
    }
    *to = '\0';
    return text;
}

size_t query_split(const char *text, struct argument *ret)
{
    size_t n = 0;
    char *save = NULL, *copy = arena_strdup(fixture.mem, text);
    for (char *p = strtok_r(copy, "&", &save); p; p = strtok_r(NULL, "&", &save)) {
        char *eq = strchr(p, '=');
        *eq = '\0';
        ck_assert_uint_lt(n, LIMIT_ARGUMENTS);
        ret[n++] = (struct argument){decode(p), decode(eq + 1)};
    }
    return n;
}

int query_read(enum query_list list, const char *text, struct query *q, struct faults *f)
{
    struct argument args[LIMIT_ARGUMENTS];
    size_t n = query_split(text, args);
    return query_parse(list, args, n, "cafe", fixture.mem, q, f);
}

const char *query_text(const struct query *q, bool with_place)
{
    struct strbuf b = STRBUF_INIT;
    query_canonical(q, with_place, &b);
    ck_assert(!b.failed);
    const char *text = arena_strdup(fixture.mem, b.size ? b.data : "");
    strbuf_done(&b);
    return text;
}
