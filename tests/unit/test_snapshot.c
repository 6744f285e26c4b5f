/* SPDX-License-Identifier: MIT */
/* The slot with the catalogue in service: many take and let go while others are put in, and each lives as long as it is held. */
#include "import_fixture.h"
#include "snapshot.h"
#include "suite.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* More than the slot's word can count. */
#define TAKEN 200000

static struct fixture fixture;
static struct snapshot_slot *slot;

static void load(void)
{
    char *error = NULL;
    ck_assert_msg(snapshot_load(slot, fixture_path(&fixture, "out.db"), &error) == 0, "%s",
                  error ? error : "");
}

static void set_up(void)
{
    fixture_init(&fixture);
    fixture_write(&fixture, "a.json",
                  "{'incidents':[{'id':'one','title':'One','status':'claimed','dataset':{'id':'bundled'}}]}");
    ck_assert_int_eq(fixture_import(&fixture, "out.db"), 0);
    slot = snapshot_slot_new(1 << 20, 0, 0);
    ck_assert_ptr_nonnull(slot);
}

static void tear_down(void)
{
    slot = snapshot_slot_free(slot);
    fixture_done(&fixture);
}

START_TEST(an_empty_slot_has_none)
{
    for (unsigned i = 0; i < TAKEN; i++)
        ck_assert_ptr_null(snapshot_acquire(slot));
    load();
    struct snapshot *snap = snapshot_acquire(slot);
    ck_assert_uint_eq(snapshot_info(snap)->incidents, 1);
    snapshot_release(snap);
}
END_TEST

START_TEST(what_is_held_lives_on)
{
    load();
    struct snapshot *first = snapshot_acquire(slot), *again = snapshot_again(first);
    load();
    struct snapshot *second = snapshot_acquire(slot);
    ck_assert_ptr_ne(first, second);
    snapshot_release(first);
    ck_assert_uint_eq(snapshot_info(again)->incidents, 1);
    snapshot_release(again);
    snapshot_release(second);
    second = snapshot_acquire(slot);
    slot = snapshot_slot_free(slot);
    ck_assert_uint_eq(snapshot_info(second)->incidents, 1);
    snapshot_release(second);
    slot = snapshot_slot_new(0, 0, 0);
}
END_TEST

START_TEST(what_was_replaced_is_over_in_time)
{
    const struct timespec moment = {.tv_nsec = 1000000};
    load();
    struct snapshot *first = snapshot_acquire(slot);
    load();
    ck_assert(!snapshot_is_over(first)); /* in an hour */
    snapshot_release(first);
    slot = snapshot_slot_free(slot);
    slot = snapshot_slot_new(1 << 20, 0, 1);
    load();
    first = snapshot_acquire(slot);
    (void)nanosleep(&moment, NULL);
    ck_assert(!snapshot_is_over(first));
    load();
    while (!snapshot_is_over(first)) /* or the test takes too long */
        (void)nanosleep(&moment, NULL);
    struct snapshot *second = snapshot_acquire(slot);
    ck_assert(!snapshot_is_over(second));
    snapshot_release(first);
    snapshot_release(second);
}
END_TEST

START_TEST(many_may_hold_it_at_a_time)
{
    static struct snapshot *held[TAKEN];
    load();
    for (unsigned i = 0; i < TAKEN; i++)
        held[i] = snapshot_acquire(slot);
    load();
    for (unsigned i = 0; i < TAKEN; i++) {
        ck_assert_uint_eq(snapshot_info(held[i])->incidents, 1);
        snapshot_release(held[i]);
    }
}
END_TEST

static atomic_bool over;

static void *take_and_let_go(void *unused)
{
    unsigned long n = 0;
    while (!atomic_load(&over) || n < TAKEN) {
        struct snapshot *a = snapshot_acquire(slot), *b = snapshot_acquire(slot);
        if (snapshot_info(a)->incidents + snapshot_info(b)->incidents != 2)
            return "wrong";
        snapshot_release(a);
        snapshot_release(b);
        n++;
    }
    return unused;
}

START_TEST(threads_take_it_while_it_changes)
{
    pthread_t threads[3];
    load();
    for (unsigned i = 0; i < 3; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, take_and_let_go, NULL), 0);
    for (unsigned i = 0; i < 50; i++)
        load();
    atomic_store(&over, true);
    for (unsigned i = 0; i < 3; i++) {
        void *said = NULL;
        ck_assert_int_eq(pthread_join(threads[i], &said), 0);
        ck_assert_ptr_null(said);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("snapshot");
    TCase *tc = tcase_create("slot");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, an_empty_slot_has_none);
    tcase_add_test(tc, what_is_held_lives_on);
    tcase_add_test(tc, what_was_replaced_is_over_in_time);
    tcase_add_test(tc, many_may_hold_it_at_a_time);
    tcase_add_test(tc, threads_take_it_while_it_changes);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
