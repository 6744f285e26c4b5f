/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_QUERY_FIXTURE_H
#define BREACHD_TESTS_QUERY_FIXTURE_H

/* Queries from text and back. All memory is the arena's, which each test has anew. */
#include "query/params.h"

struct query_fixture {
    struct arena *mem;
};
extern struct query_fixture fixture;

void query_setup(void);
void query_teardown(void);

/* "a=1&b=%20" as arguments, decoded. At most LIMIT_ARGUMENTS. */
size_t query_split(const char *text, struct argument *ret);

/* Parses TEXT, of catalogue "cafe". */
int query_read(enum query_list list, const char *text, struct query *q, struct faults *f);

const char *query_text(const struct query *q, bool with_place);

#endif
