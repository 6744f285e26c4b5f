/* SPDX-License-Identifier: MIT */
/* What is counted of requests, by several threads at once, and the text that is made of it. */
#include "metrics_text.h"
#include "router.h"
#include "suite.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static struct metrics *new_metrics(size_t threads)
{
    struct metrics *m;
    ck_assert_int_eq(metrics_new(threads, &m), 0);
    return m;
}

static void count(struct metrics *m, size_t worker, const struct route *route, const char *method, unsigned status,
                  unsigned long micros)
{
    struct request req = {.method = method, .target = "/"};
    struct reply reply = {.route = route, .cache = REPLY_CACHE_MISS};
    struct httpd_outcome o = {
        .req = &req, .reply = &reply, .worker = worker, .status = status, .bytes = 3, .micros = micros};
    metrics_count(m, &o);
}

static const char *text_of(const struct figures *x)
{
    static char *text;
    struct strbuf b = STRBUF_INIT;
    metrics_text(x, &b);
    free(text);
    text = strbuf_take(&b, NULL);
    ck_assert_ptr_nonnull(text);
    return text;
}

static const char *text_with(const struct metrics *m)
{
    struct figures x = {.requests = m,
                        .app = {.catalogue = {.id = "5f2c", .built = "2026-01-31T12:00:00Z"}, .loaded = ""}};
    return text_of(&x);
}

static void assert_has(const char *text, const char *line)
{
    const char *at = strstr(text, line);
    ck_assert_msg(at && (at == text || at[-1] == '\n') && at[strlen(line)] == '\n', "no line %s in\n%s", line,
                  text);
}

static void assert_lacks(const char *text, const char *part)
{
    ck_assert_msg(!strstr(text, part), "%s in\n%.800s", part, text);
}

START_TEST(nobody_need_count)
{
    count(NULL, 0, &routes[0], "GET", 200, 1);
    ck_assert_ptr_null(metrics_free(NULL));
}
END_TEST

START_TEST(requests_are_told_by_route_method_and_status)
{
    struct metrics *m = new_metrics(2);
    count(m, 0, &routes[1], "GET", 200, 1);
    count(m, 1, &routes[1], "GET", 200, 1);
    count(m, 1, &routes[1], "HEAD", 404, 1);
    count(m, 0, NULL, "PROPFIND", 999, 1);
    count(m, 0, NULL, "GET", 0, 1);
    const char *text = text_with(m);
    assert_has(text, "breachd_http_requests_total{route=\"/incidents\",method=\"GET\",code=\"200\"} 2");
    assert_has(text, "breachd_http_requests_total{route=\"/incidents\",method=\"HEAD\",code=\"404\"} 1");
    assert_has(text, "breachd_http_requests_total{route=\"none\",method=\"other\",code=\"other\"} 1");
    assert_has(text, "breachd_http_requests_total{route=\"none\",method=\"GET\",code=\"none\"} 1");
    assert_has(text, "breachd_http_response_bytes_total{route=\"/incidents\"} 9");
    assert_has(text, "breachd_cache_requests_total{result=\"miss\"} 5");
    assert_has(text, "breachd_cache_requests_total{result=\"hit\"} 0");
    assert_lacks(text, "PROPFIND");
    assert_lacks(text, "/dealers");
    metrics_free(m);
}
END_TEST

START_TEST(there_are_no_more_labels_than_routes)
{
    struct metrics *m = new_metrics(1);
    count(m, 0, &routes[routes_n - 1], "GET", 200, 1);
    count(m, 0, NULL, "GET", 404, 1);
    const char *text = text_with(m);
    assert_lacks(text, "route=\"none\",method=\"GET\",code=\"200\"");
    assert_has(text, "breachd_http_requests_total{route=\"none\",method=\"GET\",code=\"404\"} 1");
    ck_assert_uint_eq(metrics_routes(), routes_n + 1);
    metrics_free(m);
}
END_TEST

static const struct {
    unsigned long micros;
    const char *below, *within; /* the largest bound that it is above, and the smallest that it is not */
} times[] = {
    {0, NULL, "0.0001"},   {100, NULL, "0.0001"},    {101, "0.0001", "0.00025"},  {25000, "0.01", "0.025"},
    {2500000, "1", "2.5"}, {2500001, "2.5", "+Inf"}, {4000000000, "2.5", "+Inf"},
};

START_TEST(times_are_in_classes)
{
    struct metrics *m = new_metrics(1);
    char line[128];
    count(m, 0, &routes[0], "GET", 200, times[_i].micros);
    const char *text = text_with(m);
    (void)snprintf(line, sizeof line, "breachd_http_request_duration_seconds_bucket{route=\"/\",le=\"%s\"} 1",
                   times[_i].within);
    assert_has(text, line);
    if (times[_i].below) {
        (void)snprintf(line, sizeof line,
                       "breachd_http_request_duration_seconds_bucket{route=\"/\",le=\"%s\"} 0",
                       times[_i].below);
        assert_has(text, line);
    }
    (void)snprintf(line, sizeof line, "breachd_http_request_duration_seconds_sum{route=\"/\"} %lu.%06lu",
                   times[_i].micros / 1000000, times[_i].micros % 1000000);
    assert_has(text, line);
    assert_has(text, "breachd_http_request_duration_seconds_count{route=\"/\"} 1");
    metrics_free(m);
}
END_TEST

#define MANY 100000

struct counter {
    struct metrics *m;
    size_t worker;
};

static void *count_many(void *argument)
{
    const struct counter *c = argument;
    for (size_t i = 0; i < MANY; i++)
        count(c->m, c->worker, &routes[i % routes_n], "GET", 200, i);
    return NULL;
}

START_TEST(threads_lose_nothing_and_readers_see_no_less_than_before)
{
    struct counter c[4];
    pthread_t threads[4];
    struct metrics *m = new_metrics(4);
    struct metrics_route r;
    uint64_t before = 0;
    for (size_t i = 0; i < 4; i++) {
        c[i] = (struct counter){m, i};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, count_many, &c[i]), 0);
    }
    for (size_t i = 0; i < 1000; i++) {
        metrics_read(m, 0, &r);
        assert_each(r.requests[0][1] >= before, "%llu after %llu", (unsigned long long)r.requests[0][1],
                    (unsigned long long)before);
        before = r.requests[0][1];
    }
    for (size_t i = 0; i < 4; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    uint64_t all = 0;
    for (size_t i = 0; i < metrics_routes(); i++) {
        metrics_read(m, i, &r);
        all += r.requests[0][1];
    }
    ck_assert_uint_eq(all, 4 * MANY);
    metrics_free(m);
}
END_TEST

START_TEST(what_is_not_known_is_left_out)
{
    struct metrics *m = new_metrics(1);
    struct figures x = {
        .requests = m,
        .app = {.catalogue = {.id = "5f2c", .built = "2026-01-31T12:00:00Z"}, .loaded = "soon"},
        .process = {.started = -1, .resident_bytes = PROCESS_UNKNOWN, .descriptors = 0}};
    const char *text = text_of(&x);
    assert_has(text, "breachd_catalogue_built_timestamp_seconds 1769860800");
    assert_has(text, "process_open_fds 0");
    assert_lacks(text, "\nbreachd_catalogue_loaded_timestamp_seconds ");
    assert_lacks(text, "\nprocess_start_time_seconds ");
    assert_lacks(text, "\nprocess_resident_memory_bytes ");
    metrics_free(m);
}
END_TEST

/* --- the process --- */

static struct process_figures read_process(struct process *p)
{
    struct process_figures f;
    process_read(p, &f);
    return f;
}

static void *wait_for_byte(void *fd)
{
    char byte;
    (void)!read(*(const int *)fd, &byte, 1);
    return NULL;
}

/* From descriptors that were opened before: what they say is what is so now. */
START_TEST(the_process_is_read_anew_each_time)
{
    struct process *p;
    pthread_t thread;
    int ends[2], more[10];
    ck_assert_int_eq(process_new(&p), 0);
    struct process_figures a = read_process(p);
    ck_assert_uint_ne(a.descriptors, PROCESS_UNKNOWN);
    ck_assert_uint_ge(a.descriptors, 3);
    ck_assert_uint_ge(a.threads, 1);
    ck_assert_uint_gt(a.resident_bytes, 0);
    ck_assert_uint_gt(a.virtual_bytes, a.resident_bytes);

    ck_assert_int_eq(pipe(ends), 0);
    for (size_t i = 0; i < 10; i++)
        more[i] = dup(ends[0]);
    ck_assert_int_eq(pthread_create(&thread, NULL, wait_for_byte, &ends[0]), 0);
    size_t size = 64u << 20;
    void *memory =
        mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    ck_assert_ptr_ne(memory, MAP_FAILED);
    struct process_figures b = read_process(p);
    ck_assert_uint_eq(b.descriptors, a.descriptors + 12);
    ck_assert_uint_gt(b.threads, a.threads); /* a sanitizer may have one of its own */
    ck_assert_uint_ge(b.resident_bytes, a.resident_bytes + size / 2);
    ck_assert(b.cpu_seconds > a.cpu_seconds);
    ck_assert(b.started == a.started);

    ck_assert_int_eq(write(ends[1], "x", 1), 1);
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
    for (size_t i = 0; i < 10; i++)
        close(more[i]);
    close(ends[0]);
    close(ends[1]);
    ck_assert_uint_eq(read_process(p).descriptors, a.descriptors);
    ck_assert_int_eq(munmap(memory, size), 0);
    process_free(p);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("metrics");
    TCase *loops = tcase_create("times");
    SUITE_ADD(s, "counting", nobody_need_count, requests_are_told_by_route_method_and_status,
              there_are_no_more_labels_than_routes, threads_lose_nothing_and_readers_see_no_less_than_before,
              what_is_not_known_is_left_out, the_process_is_read_anew_each_time);
    SUITE_LOOP(loops, times_are_in_classes, times);
    suite_add_tcase(s, loops);
    return suite_run(s);
}
