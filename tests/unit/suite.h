/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_SUITE_H
#define BREACHD_TESTS_SUITE_H

/* What every unit test shares: the runner, and a few assertions libcheck lacks. */
#include <check.h>

/* Runs S as meson wants it (TAP on standard output when CK_TAP_LOG_FILE_NAME is "-"); the exit status. */
int suite_run(Suite *s);

/* One suite with one case of TESTS; a test is named once. */
#define SUITE_ADD(suite, case_name, ...)                                                                     \
    do {                                                                                                     \
        TCase *tc_ = tcase_create(case_name);                                                                \
        const TTest *tests_[] = {__VA_ARGS__};                                                               \
        for (unsigned i_ = 0; i_ < sizeof tests_ / sizeof *tests_; i_++)                                     \
            tcase_add_test(tc_, tests_[i_]);                                                                 \
        suite_add_tcase(suite, tc_);                                                                         \
    } while (0)

/* Runs TEST once for each row of TABLE; _i is the row's index. */
#define SUITE_LOOP(tc, test, table) tcase_add_loop_test(tc, test, 0, (int)(sizeof(table) / sizeof *(table)))

/* Both may be NULL; prints both. */
/* For loops of very many: as ck_assert_msg(), but what holds leaves no mark, each of which is a write. */
#define assert_each(holds, ...)                                                                              \
    do {                                                                                                     \
        if (!(holds))                                                                                        \
            ck_abort_msg(__VA_ARGS__);                                                                       \
    } while (0)

#define assert_text(got, want) ck_assert_pstr_eq((got), (want))

#endif
