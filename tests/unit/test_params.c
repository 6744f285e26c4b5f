/* SPDX-License-Identifier: MIT */
/* What parameters are said to be, against what is read: /api and /openapi.json are made of it. */
#include "query/params_parts.h"
#include "query_fixture.h"
#include "suite.h"

#include <string.h>

static bool accepts(enum query_list list, const char *name, const char *value)
{
    struct query q;
    struct faults f = {0};
    struct argument arguments[] = {{name, value}, {"q", "toyota"}};
    /* an order by relevance wants a text */
    size_t n = strcmp(value, "relevance") == 0 ? 2 : 1;
    return query_parse(list, arguments, n, "cafe", fixture.mem, &q, &f) == 0;
}

static void check_words(enum query_list list, const struct parameter *p)
{
    for (size_t i = 0; i < p->n_words; i++)
        ck_assert_msg(accepts(list, p->name, p->words[i]), "%s=%s is refused", p->name, p->words[i]);
    if (p->n_words)
        ck_assert_msg(!accepts(list, p->name, "no-such-word"), "%s takes other words than are told", p->name);
}

static void check_number(enum query_list list, const struct parameter *p)
{
    ck_assert(accepts(list, p->name, arena_printf(fixture.mem, "%llu", (unsigned long long)p->min)));
    ck_assert(accepts(list, p->name, arena_printf(fixture.mem, "%llu", (unsigned long long)p->max)));
    ck_assert(!accepts(list, p->name, arena_printf(fixture.mem, "%llu", (unsigned long long)p->max + 1)));
    if (p->min)
        ck_assert(!accepts(list, p->name, arena_printf(fixture.mem, "%llu", (unsigned long long)p->min - 1)));
}

/* A default is what leaving it out means: the same canonical question. */
static void check_fallback(enum query_list list, const struct parameter *p)
{
    struct query q;
    struct faults f = {0};
    struct argument one = {p->name, p->fallback};
    ck_assert_msg(query_parse(list, &one, 1, "cafe", fixture.mem, &q, &f) == 0, "%s=%s", p->name, p->fallback);
    ck_assert_msg(*query_text(&q, false) == '\0', "%s=%s is not the default: %s", p->name, p->fallback,
                  query_text(&q, false));
}

static void check_lengths(enum query_list list, const struct parameter *p)
{
    char *value = arena_alloc(fixture.mem, p->most_bytes + 2);
    if (strcmp(p->name, "after") == 0 || strcmp(p->name, "before") == 0 || p->pattern)
        return; /* not any text will do */
    memset(value, 'a', p->most_bytes);
    if (p->most_bytes > 64)
        for (size_t i = 30; i < p->most_bytes; i += 31)
            value[i] = ' '; /* words have a length too */
    bool terms = strcmp(p->name, "q") == 0;
    ck_assert_msg(terms || accepts(list, p->name, value), "%s", p->name);
    value[p->most_bytes] = 'a';
    ck_assert_msg(!accepts(list, p->name, value), "%s is longer than told", p->name);
}

START_TEST(each_parameter_is_told_as_it_is_read)
{
    struct parameter p;
    enum query_list list = (enum query_list)_i;
    for (size_t i = 0; query_parameter(list, i, &p); i++) {
        ck_assert_msg(p.about && *p.about, "%s says nothing about itself: params_info.c", p.name);
        ck_assert_msg(p.n_words || p.pattern || p.is_number || p.most_bytes, "%s has no kind: params_info.c", p.name);
        ck_assert_msg(p.n_words < PARAMETER_WORDS, "%s has too many words", p.name);
        if (p.example)
            ck_assert_msg(accepts(list, p.name, p.example), "the example of %s is refused", p.name);
        else
            ck_assert_msg(strcmp(p.name, "after") == 0 || strcmp(p.name, "before") == 0, "%s has no example", p.name);
        check_words(list, &p);
        if (p.is_number)
            check_number(list, &p);
        if (p.fallback)
            check_fallback(list, &p);
        if (p.most_bytes)
            check_lengths(list, &p);
        bool several = accepts(list, p.name, p.example ? arena_printf(fixture.mem, "%s,%s", p.example, p.example) : "");
        ck_assert_msg(!p.list || several, "%s takes no list", p.name);
    }
}
END_TEST

START_TEST(all_parameters_are_told)
{
    struct parameter p;
    for (unsigned list = 0; list < _QUERY_LIST_N; list++) {
        size_t i = 0;
        for (; param_at(list, i); i++) {
            ck_assert(query_parameter(list, i, &p));
            assert_text(p.name, param_name(param_at(list, i)));
        }
        ck_assert(!query_parameter(list, i, &p));
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("params");
    TCase *tc = tcase_create("told");
    tcase_add_checked_fixture(tc, query_setup, query_teardown);
    tcase_add_loop_test(tc, each_parameter_is_told_as_it_is_read, 0, _QUERY_LIST_N);
    tcase_add_test(tc, all_parameters_are_told);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
