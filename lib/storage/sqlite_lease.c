/* SPDX-License-Identifier: MIT */
/*
 * The pool of readers of one catalogue: opened when first needed, up to LIMIT_READERS, lent out one a request.
 * A pool, not a thread's own connection, so that it closes with its catalogue.
 */
#include "storage/sqlite_reader.h"

#include <assert.h>
#include <errno.h>
#include <time.h>
#include <unistd.h>

#define NANOSECONDS 1000000000

int64_t reader_now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * NANOSECONDS + t.tv_nsec;
}

void reader_begin(struct storage_reader *rd)
{
    sets_release(rd);
    rd->deadline = reader_now() + (int64_t)rd->millis * 1000000;
}

/* A further reader, opened outside the lock; its place in n_open is taken already. */
static int open_another(struct storage *st, struct storage_reader **ret)
{
    struct storage_reader *rd = NULL;
    int outcome = reader_open(st->as_read, &rd);
    if (outcome == 0)
        outcome = reader_prepare(rd);
    if (outcome == 0)
        outcome = reader_settle(rd);
    if (outcome == 0) {
        rd->owner = st;
        *ret = rd;
        return 0;
    }
    reader_close(rd);
    return outcome;
}

/* With the lock held: waits for a reader to come back, until DEADLINE. 0 or STORAGE_E_BUSY. */
static int wait_for_return(struct storage *st, int64_t deadline)
{
    struct timespec until = {.tv_sec = deadline / NANOSECONDS, .tv_nsec = deadline % NANOSECONDS};
    return pthread_cond_timedwait(&st->returned, &st->lock, &until) == ETIMEDOUT ? STORAGE_E_BUSY : 0;
}

/* With the lock held: an idle reader, or leave to open one (*ret stays NULL; counted in n_open), or
 * STORAGE_E_BUSY. */
static int take_idle(struct storage *st, int64_t deadline, struct storage_reader **ret)
{
    while (!st->n_idle && st->n_open >= LIMIT_READERS) {
        int outcome = wait_for_return(st, deadline);
        if (outcome != 0 && !st->n_idle)
            return outcome;
    }
    if (st->n_idle)
        *ret = st->idle[--st->n_idle];
    else
        st->n_open++;
    return 0;
}

/* Gives back the place of a reader that could not be opened. The first one, opened with the catalogue, is always there to wait
 * for. */
static void give_up_place(struct storage *st)
{
    pthread_mutex_lock(&st->lock);
    st->n_open--;
    pthread_cond_signal(&st->returned);
    pthread_mutex_unlock(&st->lock);
}

/* A reader that somebody gives back until DEADLINE. 0 or STORAGE_E_BUSY. */
static int take_returned(struct storage *st, int64_t deadline, struct storage_reader **ret)
{
    int outcome = 0;
    pthread_mutex_lock(&st->lock);
    while (!st->n_idle && outcome == 0)
        outcome = wait_for_return(st, deadline);
    if (st->n_idle) {
        *ret = st->idle[--st->n_idle];
        outcome = 0;
    }
    pthread_mutex_unlock(&st->lock);
    return outcome;
}

static int take_any(struct storage *st, int64_t deadline, struct storage_reader **ret)
{
    pthread_mutex_lock(&st->lock);
    int outcome = take_idle(st, deadline, ret);
    pthread_mutex_unlock(&st->lock);
    if (outcome != 0 || *ret)
        return outcome;
    outcome = open_another(st, ret);
    if (outcome == 0)
        return 0;
    give_up_place(st);
    return outcome == -ENOMEM ? outcome : take_returned(st, deadline, ret);
}

int storage_lease(struct storage *st, unsigned millis, struct storage_reader **ret)
{
    struct storage_reader *rd = NULL;
    int outcome = take_any(st, reader_now() + (int64_t)millis * 1000000, &rd);
    if (outcome == 0 && rd->shaken) {
        outcome = reader_mend(rd);
        if (outcome != 0)
            storage_return(rd);
    }
    if (outcome != 0)
        return outcome;
    rd->millis = millis;
    *ret = rd;
    return 0;
}

struct storage_reader *storage_return(struct storage_reader *rd)
{
    if (!rd)
        return NULL;
    struct storage *st = rd->owner;
    sets_release(rd);
    rd->deadline = INT64_MAX;
    pthread_mutex_lock(&st->lock);
    st->idle[st->n_idle++] = rd;
    pthread_cond_signal(&st->returned);
    pthread_mutex_unlock(&st->lock);
    return NULL;
}

struct storage *storage_free(struct storage *st)
{
    if (!st)
        return NULL;
    assert(st->n_idle == st->n_open);
    for (size_t i = 0; i < st->n_idle; i++)
        reader_close(st->idle[i]);
    set_cache_free(st->sets);
    (void)catalogue_file_free(st->as_read);
    if (st->file >= 0)
        (void)close(st->file);
    pthread_cond_destroy(&st->returned);
    pthread_mutex_destroy(&st->lock);
    struct arena *mem = st->mem;
    arena_free(mem);
    return NULL;
}

const struct catalogue_info *storage_info(const struct storage *st)
{
    return &st->info;
}

int storage_file(const struct storage *st, uint64_t *ret_size)
{
    *ret_size = st->size;
    return st->file;
}
