/* SPDX-License-Identifier: MIT */
/* Digests of a file: right, the same for a replica, other for another file; of a large one in the background. */
#include "checksum.h"
#include "suite.h"
#include "util/digest.h"
#include "util/limits.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A file of SIZE bytes, all zero but for that at AT. */
static int make_file(uint64_t size, uint64_t at)
{
    int fd = memfd_create("checksum", MFD_CLOEXEC);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(ftruncate(fd, (off_t)size), 0);
    ck_assert_int_eq(pwrite(fd, "x", 1, (off_t)at), 1);
    return fd;
}

/* Its digest by way of one block of memory. */
static void digest_of(int fd, size_t size, char ret[static DIGEST_BASE64_SIZE])
{
    char *all = malloc(size);
    struct digest *d = digest_new();
    ck_assert_int_eq(pread(fd, all, size, 0), (ssize_t)size);
    digest_add(d, all, size);
    digest_base64(d, ret);
    digest_free(d);
    free(all);
}

START_TEST(base64_is_rfc_4648)
{
    struct digest *d = digest_new();
    char text[DIGEST_BASE64_SIZE];
    digest_add(d, "abc", 3);
    digest_base64(d, text);
    assert_text(text, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    digest_free(d);
}
END_TEST

static const uint64_t sizes[] = {100, 65536, 65537, 1000003, LIMIT_DIGEST_AT_ONCE};

START_TEST(a_small_file_is_digested_at_once)
{
    char want[DIGEST_BASE64_SIZE];
    int fd = make_file(sizes[_i], sizes[_i] - 1);
    struct checksum *c = checksum_new(fd, sizes[_i]);
    digest_of(fd, sizes[_i], want);
    assert_text(checksum_whole(c), want);
    assert_text(checksum_whole(c), want);
    checksum_free(c);
    close(fd);
}
END_TEST

START_TEST(a_large_file_is_digested_behind_the_scenes)
{
    size_t size = LIMIT_DIGEST_AT_ONCE + 1;
    char want[DIGEST_BASE64_SIZE];
    int fd = make_file(size, 5);
    struct checksum *c = checksum_new(fd, size);
    const char *got;
    while (!(got = checksum_whole(c))) /* the case's own time bounds this */
        sched_yield();
    digest_of(fd, size, want);
    assert_text(got, want);
    checksum_free(c);
    close(fd);
}
END_TEST

/* It is let go of before it is done: nothing is left running. */
START_TEST(what_runs_can_be_stopped)
{
    int fd = make_file((uint64_t)1 << 40, 5);
    struct checksum *c = checksum_new(fd, (uint64_t)1 << 40);
    ck_assert_ptr_null(checksum_whole(c));
    checksum_free(c);
    close(fd);
}
END_TEST

START_TEST(a_file_that_ends_early_has_none)
{
    int fd = make_file(1000, 5);
    struct checksum *c = checksum_new(fd, 1001);
    ck_assert_ptr_null(checksum_whole(c));
    ck_assert_ptr_null(checksum_sample(c));
    checksum_free(c);
    close(fd);
}
END_TEST

static char *sample_of(int fd, uint64_t size)
{
    struct checksum *c = checksum_new(fd, size);
    char *sample = strdup(checksum_sample(c));
    assert_text(checksum_sample(c), sample);
    checksum_free(c);
    close(fd);
    return sample;
}

START_TEST(samples_tell_files_apart)
{
    static const uint64_t size = 10000000;
    char *one = sample_of(make_file(size, 0), size), *replica = sample_of(make_file(size, 0), size);
    char *first = sample_of(make_file(size, 4095), size), *last = sample_of(make_file(size, size - 1), size);
    char *middle = sample_of(make_file(size, size / 64 * 32), size);
    assert_text(one, replica);
    ck_assert_str_ne(one, first);
    ck_assert_str_ne(one, last);
    ck_assert_str_ne(one, middle);
    free(one);
    free(replica);
    free(first);
    free(last);
    free(middle);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("checksum");
    SUITE_ADD(s, "checksum", base64_is_rfc_4648, a_large_file_is_digested_behind_the_scenes,
              what_runs_can_be_stopped, a_file_that_ends_early_has_none, samples_tell_files_apart);
    TCase *loops = tcase_create("sizes");
    SUITE_LOOP(loops, a_small_file_is_digested_at_once, sizes);
    suite_add_tcase(s, loops);
    return suite_run(s);
}
