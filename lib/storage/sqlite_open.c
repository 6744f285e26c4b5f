/* SPDX-License-Identifier: MIT */
/*
 * Opening a catalogue: everything that can be wrong with a file is found here, before it serves, and told in
 * one line with what to do about it. First what the bare bytes tell, so that a file that is no catalogue never
 * reaches SQLite; then what the tables tell.
 */
#include "storage/sqlite_reader.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_SIZE 100 /* https://www.sqlite.org/fileformat2.html section 1.3 */
#define BUILD_AGAIN "build it again with breachctl import"

/* Sets *RETERR to "PATH: ..." and returns STORAGE_E_REFUSED, or -ENOMEM. */
__attribute__((format(printf, 3, 4))) static int refuse(char **reterr, const char *path, const char *format,
                                                        ...)
{
    va_list args;
    va_start(args, format);
    char *text = strbuf_told(path, format, args);
    va_end(args);
    if (!text)
        return -ENOMEM;
    *reterr = text;
    return STORAGE_E_REFUSED;
}

static uint32_t big_endian(const unsigned char *bytes, size_t n)
{
    uint32_t value = 0;
    for (size_t i = 0; i < n; i++)
        value = value << 8 | bytes[i];
    return value;
}

/* The header's page size is 1 for 65,536. */
static uint64_t header_size(const unsigned char h[static HEADER_SIZE])
{
    uint32_t page = big_endian(h + 16, 2);
    return (uint64_t)big_endian(h + 28, 4) * (page == 1 ? 65536 : page);
}

/* What the first bytes of a file of SIZE bytes tell. */
static int check_header(const char *path, const unsigned char h[static HEADER_SIZE], uint64_t size,
                        char **reterr)
{
    if (memcmp(h, "SQLite format 3", 16) != 0 || big_endian(h + 68, 4) != SCHEMA_APPLICATION_ID)
        return refuse(reterr, path, "is not a catalogue; make one with breachctl import");
    uint32_t version = big_endian(h + 60, 4);
    if (version != SCHEMA_VERSION)
        return refuse(reterr, path, "schema %u, this build reads %d; " BUILD_AGAIN, version, SCHEMA_VERSION);
    uint64_t want = header_size(h);
    if (size < want)
        return refuse(reterr, path, "is truncated: %llu bytes of %llu; copy it or " BUILD_AGAIN,
                      (unsigned long long)size, (unsigned long long)want);
    if (size > want)
        return refuse(reterr, path, "is damaged: %llu bytes where %llu belong; " BUILD_AGAIN,
                      (unsigned long long)size, (unsigned long long)want);
    if (h[18] != 1 || h[19] != 1)
        return refuse(reterr, path, "is in write-ahead mode, not as published; " BUILD_AGAIN);
    return 0;
}

static void close_file(const int *fd)
{
    if (*fd >= 0)
        (void)close(*fd);
}
#define _cleanup_file_ __attribute__((cleanup(close_file)))

static int read_header(const char *path, int fd, unsigned char ret[static HEADER_SIZE], uint64_t *ret_size,
                       char **reterr)
{
    struct stat st;
    ssize_t n = -1;
    int failed = fstat(fd, &st) < 0 ? errno : 0;
    if (!failed && S_ISREG(st.st_mode) && (n = pread(fd, ret, HEADER_SIZE, 0)) < 0)
        failed = errno;
    if (failed)
        return refuse(reterr, path, "cannot be read: %s", strerror(failed));
    if (!S_ISREG(st.st_mode))
        return refuse(reterr, path, "is not a file");
    if (st.st_size == 0)
        return refuse(reterr, path, "is empty; make a catalogue with breachctl import");
    if (n < HEADER_SIZE)
        return refuse(reterr, path, "is not a catalogue; make one with breachctl import");
    *ret_size = (uint64_t)st.st_size;
    return 0;
}

/* An immutable file is read without its journal, so one that has a journal would be read wrong. */
static int check_beside(const char *path, const char *real, char **reterr)
{
    static const char *const endings[] = {"-wal", "-journal"};
    for (size_t i = 0; i < 2; i++) {
        char *beside;
        if (asprintf(&beside, "%s%s", real, endings[i]) < 0)
            return -ENOMEM;
        bool exists = access(beside, F_OK) == 0;
        free(beside);
        if (exists)
            return refuse(reterr, path,
                          "a file ending in %s lies beside it: it is being written or was left "
                          "half-written; " BUILD_AGAIN,
                          endings[i]);
    }
    return 0;
}

/* The row of catalogue, as stored. */
struct stored {
    struct schema_seal facts;
    const char *seal;
};

static int load_stored(struct storage_reader *rd, struct arena *mem, struct stored *ret)
{
    _cleanup_row_ struct row r = row_run(rd, STMT_CATALOGUE, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    struct stored x = {.facts.id = row_must_text(&r), .facts.built = row_must_text(&r)};
    int64_t *const counts[] = {&x.facts.incidents,     &x.facts.organizations, &x.facts.dealers,
                               &x.facts.events,        &x.facts.sources,       &x.facts.datasets,
                               &x.facts.all_incidents, &x.facts.all_events,    &x.facts.row_format};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        *counts[i] = (int64_t)row_size(&r);
    x.seal = row_must_text(&r);
    outcome = row_end(&r);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

/* Whether the stored seal is that of the stored facts and of the schema as it stands. */
static int check_seal(struct storage_reader *rd, const struct stored *stored, struct arena *mem)
{
    const char *const *shape;
    size_t n;
    char seal[DIGEST_HEX_SIZE];
    int outcome = reader_texts(rd, schema_shape_sql, mem, &shape, &n);
    if (outcome == 0)
        outcome = schema_seal(&stored->facts, shape, n, seal);
    if (outcome == 0 && strcmp(seal, stored->seal) != 0)
        outcome = STORAGE_E_CORRUPT;
    return outcome;
}

/* Row numbers run from 1 without a gap, so the greatest is the count. */
static int check_most(struct storage_reader *rd, enum statement id, int64_t want)
{
    _cleanup_row_ struct row r = row_run(rd, id, NULL);
    int outcome = row_step(&r);
    if (outcome == 0 && row_number(&r) != want)
        outcome = STORAGE_E_CORRUPT;
    return outcome;
}

static int check_counts(struct storage_reader *rd, const struct schema_seal *s)
{
    int outcome = check_most(rd, STMT_MOST_INCIDENT, s->all_incidents);
    if (outcome == 0)
        outcome = check_most(rd, STMT_MOST_EVENT, s->all_events);
    if (outcome == 0)
        outcome = check_most(rd, STMT_MOST_ORGANIZATION, s->organizations);
    if (outcome == 0 && (s->events > s->all_events || s->incidents > s->all_incidents))
        outcome = STORAGE_E_CORRUPT;
    return outcome;
}

static int check_pages(struct storage_reader *rd, struct arena *mem)
{
    const char *const *lines;
    size_t n;
    int outcome = reader_texts(rd, "PRAGMA quick_check(1)", mem, &lines, &n);
    if (outcome == 0 && (n != 1 || strcmp(lines[0], "ok") != 0))
        outcome = STORAGE_E_CORRUPT;
    return outcome;
}

/* All that the first reader tells of the file. *RET_WHAT says what was being looked at when it failed. */
static int check_contents(struct storage_reader *rd, uint64_t size, struct arena *mem, struct stored *ret,
                          const char **ret_what)
{
    *ret_what = "its pages do not hold together";
    int outcome = size <= LIMIT_CHECK_WHOLE_BYTES ? check_pages(rd, mem) : 0;
    if (outcome != 0)
        return outcome;
    *ret_what = "its tables are not those of its schema";
    outcome = reader_prepare(rd);
    if (outcome != 0)
        return outcome;
    *ret_what = "it does not say what it is";
    outcome = load_stored(rd, mem, ret);
    if (outcome != 0)
        return outcome;
    *ret_what = "it does not fit its seal";
    outcome = check_seal(rd, ret, mem);
    if (outcome != 0)
        return outcome;
    *ret_what = "rows are missing";
    return check_counts(rd, &ret->facts);
}

static void set_info(struct storage *st, const struct stored *x)
{
    st->all_incidents = (size_t)x->facts.all_incidents;
    st->all_events = (size_t)x->facts.all_events;
    st->info = (struct catalogue_info){
        .id = x->facts.id,
        .built = x->facts.built,
        .schema = SCHEMA_VERSION,
        .row_format = (int)x->facts.row_format,
        .incidents = (size_t)x->facts.incidents,
        .organizations = (size_t)x->facts.organizations,
        .dealers = (size_t)x->facts.dealers,
        .events = (size_t)x->facts.events,
        .sources = (size_t)x->facts.sources,
        .datasets = (size_t)x->facts.datasets,
    };
}

/* The set that every list begins with, and so the first that is damaged for all to see. */
static int check_listed(struct storage_reader *rd, const struct storage *st)
{
    const struct rowset *listed;
    int outcome = set_get(rd, SET_LISTED, SET_NONE, &listed);
    if (outcome == 0 && rowset_count(listed) != st->info.incidents)
        outcome = STORAGE_E_CORRUPT;
    sets_release(rd);
    return outcome;
}

/* Fills ST from its file and leaves one reader in the pool. */
static int fill(struct storage *st, char **reterr)
{
    __attribute__((cleanup(reader_cleanup))) struct storage_reader *rd = NULL;
    struct stored stored;
    const char *what = "it cannot be read";
    int outcome = reader_open(st->as_read, &rd);
    if (outcome == 0)
        outcome = check_contents(rd, st->size, st->mem, &stored, &what);
    if (outcome == 0) {
        set_info(st, &stored);
        rd->owner = st;
        what = "its sets do not agree with its rows";
        outcome = check_listed(rd, st);
    }
    if (outcome == 0) {
        what = "it cannot be read";
        outcome = reader_settle(rd);
    }
    if (outcome < 0)
        return outcome;
    if (outcome > 0)
        return refuse(reterr, st->path, "is damaged: %s; " BUILD_AGAIN, what);
    st->idle[0] = rd;
    st->n_idle = st->n_open = 1;
    rd = NULL;
    return 0;
}

/* An empty handle for the SIZE bytes of the file that FD, still the caller's, is open on. */
static int make_handle(const char *path, int fd, uint64_t size, struct storage **ret)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct storage *st = mem ? arena_alloc(mem, sizeof *st) : NULL;
    pthread_condattr_t monotonic;
    if (!st)
        return -ENOMEM;
    *st = (struct storage){.mem = mem, .path = arena_strdup(mem, path), .file = -1, .size = size};
    if (!st->path || catalogue_file_new(fd, size, &st->as_read) != 0)
        return -ENOMEM;
    st->sets = set_cache_new(LIMIT_SETS_BYTES);
    if (!st->sets) {
        (void)catalogue_file_free(st->as_read);
        return -ENOMEM;
    }
    /* None of these can fail on Linux. */
    (void)pthread_mutex_init(&st->lock, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&st->returned, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    mem = NULL;
    *ret = st;
    return 0;
}

static void free_text(char **text)
{
    free(*text);
}

int storage_open(const char *path, struct storage **ret, char **reterr)
{
    unsigned char header[HEADER_SIZE];
    uint64_t size = 0;
    struct storage *st;
    __attribute__((cleanup(free_text))) char *real = realpath(path, NULL);
    if (!real)
        return errno == ENOMEM ? -ENOMEM : refuse(reterr, path, "cannot be opened: %s", strerror(errno));
    _cleanup_file_ int fd = open(real, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return refuse(reterr, path, "cannot be opened: %s", strerror(errno));
    int outcome = read_header(path, fd, header, &size, reterr);
    if (outcome == 0)
        outcome = check_beside(path, real, reterr);
    if (outcome == 0)
        outcome = check_header(path, header, size, reterr);
    if (outcome == 0)
        outcome = make_handle(path, fd, size, &st);
    if (outcome != 0)
        return outcome;
    st->file = fd;
    fd = -1;
    outcome = fill(st, reterr);
    if (outcome != 0) {
        storage_free(st);
        return outcome;
    }
    *ret = st;
    return 0;
}
