/* SPDX-License-Identifier: MIT */
/* The cache of answers by itself: what it keeps, what it lets go of, and that it never takes more than it may. */
#include "cache.h"

#include "router.h"
#include "suite.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MIB ((size_t)1 << 20)

static const struct route row = {.path = "/test"};

/* An answer whose body is SIZE bytes that begin with TEXT. */
static struct answer *answer_of(const char *text, size_t size)
{
    struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, text);
    while (b.size < size)
        strbuf_addc(&b, '.');
    struct reply r = {.status = 200, .route = &row, .body = blob_from(&b)};
    reply_header(&r, "ETag", text);
    struct answer *a = answer_new(&r);
    ck_assert_ptr_nonnull(a);
    reply_done(&r);
    return a;
}

static void put(struct cache *c, const char *key, size_t size)
{
    struct answer *a = answer_of(key, size);
    cache_put(c, key, strlen(key), a);
    answer_release(a);
}

/* Whether KEY leads to the answer that was made for WANTED. */
static bool leads_to(struct cache *c, const char *key, const char *wanted)
{
    struct reply r = REPLY_INIT;
    struct answer *a = cache_get(c, key, strlen(key));
    if (!a)
        return false;
    answer_take(a, &r);
    ck_assert_uint_eq(r.status, 200);
    ck_assert_ptr_eq(r.route, &row);
    ck_assert_uint_eq(r.n_headers, 1);
    assert_text(r.headers[0].value, wanted);
    ck_assert_int_eq(memcmp(blob_bytes(r.body), wanted, strlen(wanted)), 0);
    reply_done(&r);
    return true;
}

static bool has(struct cache *c, const char *key)
{
    return leads_to(c, key, key);
}

static const char *numbered(char text[static 32], const char *name, unsigned n)
{
    (void)snprintf(text, 32, "%s-%u", name, n);
    return text;
}

static struct cache *cache_of(size_t bytes)
{
    struct cache *c = NULL;
    ck_assert_int_eq(cache_new(bytes, &c), 0);
    ck_assert_ptr_nonnull(c);
    return c;
}

START_TEST(what_is_put_is_found_by_its_whole_key)
{
    struct cache *c = cache_of(MIB);
    char key[32];
    for (unsigned i = 0; i < 100; i++)
        put(c, numbered(key, "key", i), 500);
    for (unsigned i = 0; i < 100; i++)
        ck_assert(has(c, numbered(key, "key", i)));
    ck_assert(!has(c, "key-100"));
    ck_assert(!has(c, "key-"));
    ck_assert(!has(c, ""));
    ck_assert_ptr_null(cache_get(c, "key-1", 4));
    ck_assert_uint_eq(cache_figures(c).answers, 100);
    ck_assert_uint_eq(cache_figures(c).evicted, 0);
    cache_free(c);
}
END_TEST

START_TEST(the_first_answer_to_a_key_stays)
{
    struct cache *c = cache_of(MIB);
    struct answer *other = answer_of("other", 10);
    put(c, "key", 500);
    cache_put(c, "key", 3, other);
    ck_assert(has(c, "key"));
    ck_assert_uint_eq(cache_figures(c).answers, 1);
    answer_release(other);
    cache_free(c);
}
END_TEST

START_TEST(links_lead_as_far_as_one_step)
{
    struct cache *c = cache_of(MIB);
    char most[CACHE_LINK_BYTES + 1];
    cache_link(c, "early", 5, "key", 3);
    ck_assert(!has(c, "early"));
    put(c, "key", 500);
    ck_assert(leads_to(c, "early", "key"));
    cache_link(c, "late", 4, "early", 5);
    ck_assert(!has(c, "late"));
    memset(most, 'x', sizeof most);
    struct answer *a = answer_of("most", 10);
    cache_put(c, most, CACHE_LINK_BYTES, a);
    cache_put(c, most, CACHE_LINK_BYTES + 1, a);
    answer_release(a);
    cache_link(c, "to-most", 7, most, CACHE_LINK_BYTES);
    cache_link(c, "to-more", 7, most, CACHE_LINK_BYTES + 1);
    ck_assert(leads_to(c, "to-most", "most"));
    ck_assert(!leads_to(c, "to-more", "most"));
    ck_assert_uint_eq(cache_figures(c).links, 3);
    cache_free(c);
}
END_TEST

START_TEST(nothing_is_kept_in_no_room)
{
    struct cache *none = (struct cache *)1;
    ck_assert_int_eq(cache_new(0, &none), 0);
    ck_assert_ptr_null(none);
    put(none, "key", 10);
    cache_link(none, "a", 1, "key", 3);
    ck_assert(!has(none, "key"));
    ck_assert_uint_eq(cache_figures(none).bytes, 0);
    cache_close(none);
    ck_assert_ptr_null(cache_free(none));
    struct cache *tiny = cache_of(1);
    put(tiny, "key", 10);
    ck_assert(!has(tiny, "key"));
    cache_free(tiny);
}
END_TEST

/* One that would take more than a quarter of the room is not kept, and drives nothing out. */
START_TEST(what_is_too_large_is_not_kept)
{
    struct cache *c = cache_of(MIB);
    put(c, "small", 500);
    put(c, "large", MIB / 4 - 16384);
    put(c, "larger", MIB / 4);
    ck_assert(has(c, "small"));
    ck_assert(has(c, "large"));
    ck_assert(!has(c, "larger"));
    cache_free(c);
}
END_TEST

static const size_t sizes[] = {100000, MIB, 4 * MIB, 8 * MIB, 9 * MIB + 12345};

START_TEST(the_bound_holds_after_each_answer)
{
    struct cache *c = cache_of(sizes[_i]);
    char key[32];
    size_t most = 0;
    for (unsigned i = 0; i < 20000; i++) {
        put(c, numbered(key, "flood", i), 100 + i % 7 * 300);
        cache_link(c, key + 1, strlen(key) - 1, key, strlen(key));
        size_t now = cache_figures(c).bytes;
        most = now > most ? now : most;
    }
    ck_assert_uint_le(most, sizes[_i]);
    ck_assert_msg(most > sizes[_i] / 10 * 8, "only %zu of %zu are used", most, sizes[_i]);
    ck_assert_uint_gt(cache_figures(c).evicted, 0);
    cache_free(c);
}
END_TEST

/* What has been asked for stays through a flood of ten times the cache's size. */
START_TEST(a_flood_leaves_what_is_in_demand)
{
    struct cache *c = cache_of(4 * MIB);
    char key[32];
    for (unsigned round = 0; round < 2; round++)
        for (unsigned i = 0; i < 500; i++)
            if (!has(c, numbered(key, "hot", i)))
                put(c, key, 1000);
    for (unsigned i = 0; i < 40000; i++)
        put(c, numbered(key, "flood", i), 1000);
    unsigned kept = 0;
    for (unsigned i = 0; i < 500; i++)
        kept += has(c, numbered(key, "hot", i));
    ck_assert_uint_eq(kept, 500);
    cache_free(c);
}
END_TEST

/* What is no longer asked for makes room in the end: new demand drives it out. */
START_TEST(old_demand_makes_room_for_new)
{
    struct cache *c = cache_of(4 * MIB);
    char key[32];
    for (const char *const *name = (const char *const[]){"old", "new", NULL}; *name; name++)
        for (unsigned round = 0; round < 12; round++)
            for (unsigned i = 0; i < 1500; i++)
                if (!has(c, numbered(key, *name, i)))
                    put(c, key, 1000);
    unsigned kept = 0;
    for (unsigned i = 0; i < 1500; i++)
        kept += has(c, numbered(key, "new", i));
    ck_assert_uint_gt(kept, 1400);
    cache_free(c);
}
END_TEST

/* An answer that somebody holds outlives its place; the sanitised run sees to the rest. */
START_TEST(what_goes_is_freed_when_the_last_lets_go)
{
    struct cache *c = cache_of(100000);
    char key[32];
    put(c, "held", 1000);
    struct answer *held = cache_get(c, "held", 4);
    ck_assert_ptr_nonnull(held);
    for (unsigned i = 0; i < 3000; i++)
        put(c, numbered(key, "flood", i), 1000);
    cache_free(c);
    struct reply r = REPLY_INIT;
    answer_take(held, &r);
    assert_text(r.headers[0].value, "held");
    ck_assert_uint_eq(blob_size(r.body), 1000);
    reply_done(&r);
}
END_TEST

START_TEST(a_closed_cache_is_empty_and_stays_so)
{
    struct cache *c = cache_of(MIB);
    put(c, "before", 1000);
    cache_link(c, "link", 4, "before", 6);
    cache_close(c);
    ck_assert(!has(c, "before"));
    ck_assert(!has(c, "link"));
    put(c, "after", 1000);
    ck_assert(!has(c, "after"));
    struct cache_figures f = cache_figures(c);
    ck_assert(f.bytes == 0 && f.answers == 0 && f.links == 0);
    cache_close(c);
    cache_free(c);
}
END_TEST

/* --- forms --- */

static unsigned made, freed;

static void *make_form(const struct reply *r)
{
    made++;
    return strdup(r->headers[0].value);
}

static void free_form(void *form)
{
    freed++;
    free(form);
}

START_TEST(a_form_is_made_once)
{
    static const struct answer_form kind = {make_form, free_form};
    struct reply r = REPLY_INIT;
    answer_take(answer_of("tag", 10), &r);
    const char *form = answer_form(r.answer, &kind, &r);
    assert_text(form, "tag");
    ck_assert_ptr_eq(answer_form(r.answer, &kind, &r), form);
    ck_assert_uint_eq(made, 1);
    ck_assert_uint_eq(freed, 0);
    reply_done(&r);
    ck_assert_uint_eq(freed, 1);
}
END_TEST

/* --- several threads --- */

static void *ask_and_put(void *argument)
{
    struct cache *c = argument;
    char key[32];
    unsigned seed = (unsigned)(uintptr_t)&key / 4096;
    for (unsigned i = 0; i < 20000; i++) {
        seed = seed * 1103515245 + 12345;
        numbered(key, i % 3 ? "hot" : "cold", seed / 65536 % (i % 3 ? 50 : 5000));
        if (has(c, key))
            continue;
        put(c, key, 200 + i % 1000);
        cache_link(c, key + 1, strlen(key) - 1, key, strlen(key));
    }
    return NULL;
}

START_TEST(threads_get_right_answers_and_the_bound_holds)
{
    struct cache *c = cache_of(500000);
    pthread_t threads[4];
    for (unsigned i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_and_put, c), 0);
    for (unsigned i = 0; i < 1000; i++)
        ck_assert_uint_le(cache_figures(c).bytes, 500000);
    ck_assert_int_eq(pthread_join(threads[0], NULL), 0);
    cache_close(c);
    for (unsigned i = 1; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    ck_assert_uint_eq(cache_figures(c).bytes, 0);
    cache_free(c);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("cache");
    TCase *bound = tcase_create("bound");

    SUITE_ADD(s, "keeping", what_is_put_is_found_by_its_whole_key, the_first_answer_to_a_key_stays,
              links_lead_as_far_as_one_step, nothing_is_kept_in_no_room, what_is_too_large_is_not_kept);
    SUITE_LOOP(bound, the_bound_holds_after_each_answer, sizes);
    suite_add_tcase(s, bound);
    SUITE_ADD(s, "letting go", a_flood_leaves_what_is_in_demand, old_demand_makes_room_for_new,
              what_goes_is_freed_when_the_last_lets_go, a_closed_cache_is_empty_and_stays_so);
    SUITE_ADD(s, "forms", a_form_is_made_once);
    SUITE_ADD(s, "threads", threads_get_right_answers_and_the_bound_holds);
    return suite_run(s);
}
