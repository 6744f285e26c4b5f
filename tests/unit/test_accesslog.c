/* SPDX-License-Identifier: MIT */
/* Lines of the access log as text, and the log that is written while others add to it. */
#include "accesslog.h"
#include "logline.h"
#include "router.h"
#include "suite.h"
#include "util/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct timespec noon = {.tv_sec = 1769860800, .tv_nsec = 7000000}; /* 2026-01-31T12:00:00.007Z */

static const struct say plain = {.format = SAY_TEXT};
static const struct logline_style text_style = {.format = SAY_TEXT, .prefix = ""};

/* --- lines --- */

static const char *line_of(const char *client, const char *method, const char *target, const char *route,
                           enum reply_cache cache)
{
    static char text[LOGLINE_MOST + 1];
    struct logline_second last = {0};
    struct request req = {.method = method, .target = target, .client = client};
    const struct route row = {.path = route};
    struct reply reply = {.route = route ? &row : NULL, .cache = cache};
    struct httpd_outcome o = {
        .req = &req, .reply = &reply, .id = "id", .status = 200, .bytes = 4643, .micros = 52};
    size_t n = logline_write(&text_style, &o, noon, &last, text);
    ck_assert_uint_le(n, LOGLINE_MOST);
    text[n] = '\0';
    return text;
}

static const struct {
    const char *client, *method, *target, *route, *line;
} lines[] = {
    {"192.0.2.7", "GET", "/incidents/x.json?y=1", "/incidents/{id}",
     "2026-01-31T12:00:00.007Z 192.0.2.7 GET /incidents/{id} /incidents/x.json?y=1 200 4643 52 hit id -\n"},
    {NULL, NULL, "", NULL, "2026-01-31T12:00:00.007Z - - - - 200 4643 52 hit id -\n"},
    {"::1", "G\tT", "/\n \"\\\x7f\xc3\xa9", "/x",
     "2026-01-31T12:00:00.007Z ::1 G\\x09T /x /\\x0a\\x20\"\\x5c\\x7f\\xc3\\xa9 200 4643 52 hit id -\n"},
    {"unix", "GET", "/\x1b[31m", "/x",
     "2026-01-31T12:00:00.007Z unix GET /x /\\x1b[31m 200 4643 52 hit id -\n"},
};

START_TEST(a_line_has_eleven_fields_and_nothing_that_ends_it)
{
    assert_text(
        line_of(lines[_i].client, lines[_i].method, lines[_i].target, lines[_i].route, REPLY_CACHE_HIT),
        lines[_i].line);
}
END_TEST

START_TEST(a_line_is_bounded)
{
    char target[LIMIT_TARGET_BYTES + 1], method[LIMIT_TARGET_BYTES + 1];
    memset(target, '\x01', LIMIT_TARGET_BYTES);
    memset(method, '\x01', LIMIT_TARGET_BYTES);
    target[LIMIT_TARGET_BYTES] = method[LIMIT_TARGET_BYTES] = '\0';
    const char *line = line_of("192.0.2.7", method, target, "/x", REPLY_CACHE_NONE);
    ck_assert_ptr_nonnull(strstr(line, "\\x01... 200 4643 52 none id -\n"));
    memset(target, 'a', LIMIT_LOG_TARGET + 1);
    target[LIMIT_LOG_TARGET] = '\0';
    ck_assert_ptr_null(strstr(line_of("a", "GET", target, "/x", REPLY_CACHE_MISS), "..."));
    target[LIMIT_LOG_TARGET] = 'a';
    target[LIMIT_LOG_TARGET + 1] = '\0';
    ck_assert_ptr_nonnull(
        strstr(line_of("a", "GET", target, "/x", REPLY_CACHE_MISS), "aaa... 200 4643 52 miss id -\n"));
}
END_TEST

START_TEST(a_line_of_json_has_the_same_fields)
{
    static const struct logline_style style = {.format = SAY_JSON, .prefix = "<6>"};
    struct logline_second last = {0};
    struct request req = {.method = "GET", .target = "/\"\\\n\xc3", .client = "::1"};
    struct reply reply = {.cache = REPLY_CACHE_HIT};
    struct httpd_outcome o = {.req = &req,
                              .reply = &reply,
                              .id = "id",
                              .trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
                              .status = 200,
                              .bytes = 4643,
                              .micros = 52};
    char text[LOGLINE_MOST + 1];
    text[logline_write(&style, &o, noon, &last, text)] = '\0';
    assert_text(
        text,
        "<6>{\"time\":\"2026-01-31T12:00:00.007Z\",\"client\":\"::1\",\"method\":\"GET\",\"route\":null,"
        "\"target\":\"/"
        "\\\"\\\\x5c\\\\x0a\\\\xc3\",\"status\":200,\"bytes\":4643,\"micros\":52,\"cache\":\"hit\","
        "\"id\":\"id\",\"traceparent\":\"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\"}\n");
    char target[LIMIT_TARGET_BYTES + 1];
    memset(target, '\x01', LIMIT_TARGET_BYTES);
    target[LIMIT_TARGET_BYTES] = '\0';
    const struct route row = {.path = target};
    reply.route = &row;
    req.target = req.method = req.client = o.trace = target;
    ck_assert_uint_le(logline_write(&style, &o, noon, &last, text), LOGLINE_MOST);
}
END_TEST

START_TEST(the_second_is_that_of_the_line)
{
    struct logline_second last = {0};
    struct request req = {.method = "GET", .target = "/"};
    struct reply reply = {0};
    struct httpd_outcome o = {.req = &req, .reply = &reply};
    char text[LOGLINE_MOST];
    for (unsigned i = 0; i < 3; i++) {
        (void)logline_write(&text_style, &o, (struct timespec){.tv_sec = i / 2, .tv_nsec = 999999999}, &last,
                            text);
        ck_assert_int_eq(memcmp(text, i < 2 ? "1970-01-01T00:00:00.999Z " : "1970-01-01T00:00:01.999Z ", 25),
                         0);
    }
}
END_TEST

/* --- the log --- */

static char folder[] = "/tmp/breachd-accesslog-XXXXXX";
static char path[64], moved[64];

static void set_up(void)
{
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(path, sizeof path, "%s/log", folder);
    (void)snprintf(moved, sizeof moved, "%s/moved", folder);
}

static void tear_down(void)
{
    (void)unlink(path);
    (void)unlink(moved);
    (void)rmdir(folder);
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
}

static void add(struct accesslog *log, size_t worker, const char *target)
{
    struct request req = {.method = "GET", .target = target};
    const struct route row = {.path = "/x"};
    struct reply reply = {.route = &row};
    accesslog_add(log,
                  &(struct httpd_outcome){.req = &req, .reply = &reply, .worker = worker, .status = 200});
}

static char *contents(const char *name)
{
    static char text[8 << 20];
    FILE *f = fopen(name, "r");
    ck_assert_msg(f, "%s: %s", name, strerror(errno));
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    text[n] = '\0';
    return text;
}

static unsigned count(const char *text, const char *what)
{
    unsigned n = 0;
    for (const char *p = text; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

static struct accesslog *opened(size_t writers)
{
    struct accesslog *log = NULL;
    ck_assert_int_eq(accesslog_open(path, writers, &plain, &log), 0);
    ck_assert_ptr_nonnull(log);
    return log;
}

START_TEST(no_log_takes_all_and_says_nothing)
{
    struct accesslog *log = (struct accesslog *)1;
    ck_assert_int_eq(accesslog_open("off", 2, &plain, &log), 0);
    ck_assert_ptr_null(log);
    ck_assert_int_eq(accesslog_start(log), 0);
    add(log, 0, "/");
    ck_assert_int_eq(accesslog_reopen(log), 0);
    ck_assert_uint_eq(accesslog_lost(log).lines, 0);
    accesslog_stop(log);
    ck_assert_ptr_null(accesslog_free(log));
}
END_TEST

START_TEST(what_cannot_be_opened_is_said)
{
    struct accesslog *log = (struct accesslog *)1;
    ck_assert_int_eq(accesslog_open("/nowhere/log", 1, &plain, &log), -ENOENT);
    ck_assert_int_eq(accesslog_open(folder, 1, &plain, &log), -EISDIR);
}
END_TEST

START_TEST(a_file_is_added_to)
{
    for (unsigned i = 0; i < 2; i++) {
        struct accesslog *log = opened(1);
        ck_assert_int_eq(accesslog_start(log), 0);
        add(log, 0, i ? "/second" : "/first");
        accesslog_free(log);
    }
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    ck_assert_uint_eq(st.st_mode & 07777, 0640 & ~umask(0));
    ck_assert(strstr(contents(path), " /first ") < strstr(contents(path), " /second "));
}
END_TEST

/* Without a writer a buffer holds what it holds; the rest is dropped and counted. */
START_TEST(what_does_not_fit_is_counted)
{
    struct accesslog *log = opened(1);
    char target[LIMIT_LOG_TARGET + 1];
    memset(target, 'a', LIMIT_LOG_TARGET);
    target[LIMIT_LOG_TARGET] = '\0';
    for (unsigned i = 0; i < 10000; i++)
        add(log, 0, target);
    struct accesslog_loss loss = accesslog_lost(log);
    ck_assert_uint_gt(loss.lines, 0);
    ck_assert_int_eq(loss.error, 0);
    ck_assert_uint_eq(accesslog_lost(log).lines, 0);
    ck_assert_int_eq(accesslog_start(log), 0);
    accesslog_stop(log);
    ck_assert_uint_eq(count(contents(path), "\n") + loss.lines, 10000);
    ck_assert_uint_eq(count(contents(path), "Z - GET /x aaa"), 10000 - loss.lines);
    accesslog_free(log);
}
END_TEST

#define ADDED 10000

static struct accesslog *shared;

static void *add_many(void *which)
{
    char target[300];
    for (unsigned i = 0; i < ADDED; i++) {
        (void)snprintf(target, sizeof target, "/%s-%u-%0*u", (const char *)which, i, (int)(i % 200) + 1, i);
        add(shared, *(const char *)which == 'b', target);
    }
    return NULL;
}

/* How many lines of the file, each whole and after those that its thread added before; LAST by thread. */
static unsigned check_lines(const char *name, long last[static 2])
{
    const char *text = contents(name), *stop = text + strlen(text);
    unsigned n = 0;
    /* Functions of strings would have the sanitizer look at all the rest of the text each time. */
    for (const char *line = text, *end; line < stop; line = end + 1, n++) {
        end = memchr(line, '\n', (size_t)(stop - line));
        ck_assert_ptr_nonnull(end);
        const char *target = line + strlen("2026-01-31T12:00:00.007Z - GET /x /");
        ck_assert_int_eq(memcmp(target - 10, "- GET /x /", 10), 0);
        ck_assert_int_eq(memcmp(end - 17, " 200 0 0 none - -", 17), 0);
        long number = 0;
        for (const char *digit = target + 2; *digit >= '0' && *digit <= '9'; digit++)
            number = number * 10 + (*digit - '0');
        ck_assert_int_gt(number, last[*target == 'b']);
        last[*target == 'b'] = number;
    }
    return n;
}

/* Every line is whole and in its thread's order, or counted as lost, also while the file is moved away. */
START_TEST(threads_lines_are_whole_and_in_order)
{
    pthread_t threads[2];
    long last[2] = {-1, -1};
    shared = opened(2);
    ck_assert_int_eq(accesslog_start(shared), 0);
    ck_assert_int_eq(pthread_create(&threads[0], NULL, add_many, "a"), 0);
    ck_assert_int_eq(pthread_create(&threads[1], NULL, add_many, "b"), 0);
    ck_assert_int_eq(rename(path, moved), 0);
    ck_assert_int_eq(accesslog_reopen(shared), 0);
    ck_assert_int_eq(accesslog_reopen(shared), 0);
    for (unsigned i = 0; i < 2; i++)
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    accesslog_stop(shared);
    unsigned n = check_lines(moved, last);
    n += check_lines(path, last);
    ck_assert_uint_eq(n + accesslog_lost(shared).lines, 2 * ADDED);
    accesslog_free(shared);
}
END_TEST

START_TEST(a_disk_that_takes_nothing_is_told)
{
    if (access("/dev/full", W_OK) != 0)
        return;
    struct accesslog *log = NULL;
    ck_assert_int_eq(accesslog_open("/dev/full", 1, &plain, &log), 0);
    ck_assert_int_eq(accesslog_start(log), 0);
    for (unsigned i = 0; i < 100; i++)
        add(log, 0, "/");
    accesslog_stop(log);
    struct accesslog_loss loss = accesslog_lost(log);
    ck_assert_uint_eq(loss.lines, 100);
    ck_assert_int_eq(loss.error, ENOSPC);
    accesslog_free(log);
}
END_TEST

/* A pipe that nobody reads does not keep the end from coming. */
START_TEST(a_pipe_that_nobody_reads_is_given_up)
{
    struct accesslog *log = NULL;
    ck_assert_int_eq(mkfifo(path, 0600), 0);
    int reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    ck_assert_int_ge(reader, 0);
    ck_assert_int_eq(accesslog_open(path, 1, &plain, &log), 0);
    ck_assert_int_eq(accesslog_start(log), 0);
    for (unsigned i = 0; i < 5000; i++)
        add(log, 0, "/a-line-of-some-length-so-that-the-pipe-is-full-sooner");
    accesslog_stop(log);
    struct accesslog_loss loss = accesslog_lost(log);
    ck_assert_uint_gt(loss.lines, 0);
    ck_assert_uint_lt(loss.lines, 5000);
    close(reader);
    accesslog_free(log);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("accesslog");
    TCase *tc = tcase_create("lines"), *log = tcase_create("log");
    SUITE_LOOP(tc, a_line_has_eleven_fields_and_nothing_that_ends_it, lines);
    tcase_add_test(tc, a_line_is_bounded);
    tcase_add_test(tc, a_line_of_json_has_the_same_fields);
    tcase_add_test(tc, the_second_is_that_of_the_line);
    suite_add_tcase(s, tc);
    tcase_add_checked_fixture(log, set_up, tear_down);
    tcase_add_test(log, no_log_takes_all_and_says_nothing);
    tcase_add_test(log, what_cannot_be_opened_is_said);
    tcase_add_test(log, a_file_is_added_to);
    tcase_add_test(log, what_does_not_fit_is_counted);
    tcase_add_test(log, threads_lines_are_whole_and_in_order);
    tcase_add_test(log, a_disk_that_takes_nothing_is_told);
    tcase_add_test(log, a_pipe_that_nobody_reads_is_given_up);
    suite_add_tcase(s, log);
    return suite_run(s);
}
