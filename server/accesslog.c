/* SPDX-License-Identifier: MIT */
/* Buffers of lines and the thread that writes them; see accesslog.h. */
#include "accesslog.h"

#include "logline.h"
#include "sandbox.h"
#include "util/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SPAN_MILLIS  1000  /* between two writes */
#define LAST_MILLIS  1000  /* for the last one */
#define CALL_BYTES   65536 /* when so many wait in one buffer, the writer does not sleep on */
#define STDERR_NAME  "-"
#define NOWHERE_NAME "off"

/* Lines of one thread. The writer takes them all at once and leaves an empty one, so what is used is the same few pages as long as
 * it keeps up. */
struct buffer {
    _Alignas(64) pthread_mutex_t lock; /* held to copy a line, or to exchange what follows */
    char *bytes;                       /* room for LIMIT_LOG_BUFFER */
    size_t n;
    uint64_t dropped;
    struct logline_second second; /* of its thread alone */
};

struct accesslog {
    const char *path; /* NULL: standard error */
    struct logline_style style;
    int fd;          /* the writer's, once it runs */
    bool is_file;    /* takes any amount at once */
    atomic_int next; /* to write to from now on; -1: none */

    pthread_t thread;
    bool running;
    pthread_mutex_t lock; /* guards `called`, held for no more than that */
    pthread_cond_t news;
    bool called;
    atomic_bool stopping;
    struct timespec deadline; /* of the last writes; set before `stopping` */

    atomic_uint_least64_t lost; /* could not be written */
    atomic_int error;
    uint64_t told; /* of what is lost */
    char *spare;   /* what the next buffer is exchanged for */

    size_t n_buffers;
    struct buffer buffers[];
};

/* --- opening --- */

static int open_file(const char *path)
{
    int fd = open(path, SANDBOX_APPEND_FLAGS, 0640);

    return fd < 0 ? -errno : fd;
}

static bool is_file(int fd)
{
    struct stat st;

    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
}

static struct accesslog *make(size_t writers)
{
    size_t size = sizeof(struct accesslog) + writers * sizeof(struct buffer);
    struct accesslog *log = aligned_alloc(_Alignof(struct accesslog), size);
    pthread_condattr_t monotonic;

    if (!log)
        return NULL;
    memset(log, 0, size);
    log->fd = -1;
    atomic_init(&log->next, -1);
    (void)pthread_mutex_init(&log->lock, NULL);
    (void)pthread_condattr_init(&monotonic);
    (void)pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    (void)pthread_cond_init(&log->news, &monotonic);
    (void)pthread_condattr_destroy(&monotonic);
    return log;
}

static int make_buffers(struct accesslog *log, size_t n)
{
    log->spare = malloc(LIMIT_LOG_BUFFER);
    for (; log->spare && log->n_buffers < n; log->n_buffers++) {
        struct buffer *b = &log->buffers[log->n_buffers];
        b->bytes = malloc(LIMIT_LOG_BUFFER);
        if (!b->bytes)
            return -ENOMEM;
        (void)pthread_mutex_init(&b->lock, NULL);
    }
    return log->spare ? 0 : -ENOMEM;
}

int accesslog_open(const char *where, size_t writers, const struct say *style, struct accesslog **ret)
{
    struct accesslog *log;
    int r;

    *ret = NULL;
    if (strcmp(where, NOWHERE_NAME) == 0)
        return 0;
    log = make(writers);
    if (!log)
        return -ENOMEM;
    log->path = strcmp(where, STDERR_NAME) == 0 ? NULL : where;
    log->style =
        (struct logline_style){.format = style->format, .prefix = log->path ? "" : say_prefix(style)};
    log->fd = log->path ? open_file(log->path) : STDERR_FILENO;
    r = log->fd < 0 ? log->fd : make_buffers(log, writers);
    if (r) {
        (void)accesslog_free(log);
        return r;
    }
    log->is_file = is_file(log->fd);
    *ret = log;
    return 0;
}

const char *accesslog_path(const struct accesslog *log)
{
    return log ? log->path : NULL;
}

int accesslog_give(const struct accesslog *log, uid_t uid, gid_t gid)
{
    if (!log || !log->path || !log->is_file || fchown(log->fd, uid, gid) == 0)
        return 0;
    return errno == EPERM ? 0 : -errno;
}

/* --- adding; by the threads that serve --- */

static void call_writer(struct accesslog *log)
{
    (void)pthread_mutex_lock(&log->lock);
    log->called = true;
    (void)pthread_cond_signal(&log->news);
    (void)pthread_mutex_unlock(&log->lock);
}

/* Puts LINE behind the others; whether the writer should come for them. */
static bool put(struct buffer *b, const char *line, size_t n)
{
    bool fits, many;

    (void)pthread_mutex_lock(&b->lock);
    fits = n <= LIMIT_LOG_BUFFER - b->n;
    many = fits && b->n < CALL_BYTES && b->n + n >= CALL_BYTES;
    if (fits) {
        memcpy(b->bytes + b->n, line, n);
        b->n += n;
    } else {
        b->dropped++;
    }
    (void)pthread_mutex_unlock(&b->lock);
    return many;
}

void accesslog_add(struct accesslog *log, const struct httpd_outcome *o)
{
    struct buffer *b = log ? &log->buffers[o->worker] : NULL;
    char line[LOGLINE_MOST];
    struct timespec now;

    if (!b)
        return;
    (void)clock_gettime(CLOCK_REALTIME_COARSE, &now); /* to some milliseconds, for a quarter of the time */
    if (put(b, line, logline_write(&log->style, o, now, &b->second, line)))
        call_writer(log);
}

/* --- writing; by the one thread that does --- */

static struct timespec in_millis(long millis)
{
    struct timespec t;

    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_sec += millis / 1000;
    t.tv_nsec += millis % 1000 * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

static long millis_until(const struct timespec *t)
{
    struct timespec now = in_millis(0);

    return (t->tv_sec - now.tv_sec) * 1000 + (t->tv_nsec - now.tv_nsec) / 1000000;
}

/* Whether the reader of a pipe, or whoever it is, takes some more. Once the end has come it is waited for no longer than
 * to the deadline; before that the buffers bound what it costs. */
static bool is_taken(struct accesslog *log)
{
    struct pollfd p = {.fd = log->fd, .events = POLLOUT};

    for (;;) {
        bool over = atomic_load(&log->stopping) && millis_until(&log->deadline) <= 0;
        if (poll(&p, 1, over ? 0 : SPAN_MILLIS / 10) > 0)
            return true;
        if (over)
            return false;
    }
}

static uint64_t count_lines(const char *text, size_t n)
{
    uint64_t lines = 0;

    for (const char *end = text + n; (text = memchr(text, '\n', (size_t)(end - text))); text++)
        lines++;
    return lines;
}

static void lose(struct accesslog *log, const char *text, size_t n, int error)
{
    atomic_store(&log->error, error);
    atomic_fetch_add(&log->lost, count_lines(text, n));
}

/* Writes TEXT, whole lines; what cannot be written is lost. */
static void write_lines(struct accesslog *log, const char *text, size_t n)
{
    while (n) {
        ssize_t done;
        if (!log->is_file && !is_taken(log)) {
            lose(log, text, n, ETIMEDOUT);
            return;
        }
        done = write(log->fd, text, n);
        if (done < 0 && errno != EINTR && errno != EAGAIN) {
            lose(log, text, n, errno);
            return;
        }
        if (done > 0) {
            text += done;
            n -= (size_t)done;
        }
    }
}

/* A pipe gets no more at once than it takes in one piece, since others may write to it too. */
static void write_pieces(struct accesslog *log, const char *text, size_t n)
{
    while (n) {
        size_t piece = n;
        if (!log->is_file && n > LOGLINE_MOST) {
            piece = LOGLINE_MOST;
            while (text[piece - 1] != '\n')
                piece--;
        }
        write_lines(log, text, piece);
        text += piece;
        n -= piece;
    }
}

/* Takes the lines of B and writes them. */
static void write_buffer(struct accesslog *log, struct buffer *b)
{
    char *empty = log->spare;
    size_t n;

    (void)pthread_mutex_lock(&b->lock);
    n = b->n;
    log->spare = b->bytes;
    b->bytes = empty;
    b->n = 0;
    (void)pthread_mutex_unlock(&b->lock);
    write_pieces(log, log->spare, n);
}

static void take_next(struct accesslog *log)
{
    int next = atomic_exchange(&log->next, -1);

    if (next < 0)
        return;
    close(log->fd);
    log->fd = next;
    log->is_file = is_file(next);
}

static void write_all(struct accesslog *log)
{
    take_next(log);
    for (size_t i = 0; i < log->n_buffers; i++)
        write_buffer(log, &log->buffers[i]);
}

/* Until there is news or the time has come; whether it is to go on. */
static bool wait_for_news(struct accesslog *log)
{
    struct timespec until = in_millis(SPAN_MILLIS);

    (void)pthread_mutex_lock(&log->lock);
    while (!log->called && !atomic_load(&log->stopping) &&
           pthread_cond_timedwait(&log->news, &log->lock, &until) != ETIMEDOUT)
        ;
    log->called = false;
    (void)pthread_mutex_unlock(&log->lock);
    return !atomic_load(&log->stopping);
}

static void *run(void *argument)
{
    struct accesslog *log = argument;

    while (wait_for_news(log))
        write_all(log);
    write_all(log);
    return NULL;
}

/* --- life --- */

int accesslog_start(struct accesslog *log)
{
    int r = log ? pthread_create(&log->thread, NULL, run, log) : 0;

    if (log)
        log->running = !r;
    return -r;
}

int accesslog_reopen(struct accesslog *log)
{
    int fd = log && log->path ? open_file(log->path) : -1;

    if (!log || !log->path)
        return 0;
    if (fd < 0)
        return fd;
    fd = atomic_exchange(&log->next, fd);
    if (fd >= 0)
        close(fd); /* one that the writer had no time to take */
    call_writer(log);
    return 0;
}

uint64_t accesslog_lost_ever(struct accesslog *log)
{
    uint64_t all = log ? atomic_load(&log->lost) : 0;

    for (size_t i = 0; log && i < log->n_buffers; i++) {
        (void)pthread_mutex_lock(&log->buffers[i].lock);
        all += log->buffers[i].dropped;
        (void)pthread_mutex_unlock(&log->buffers[i].lock);
    }
    return all;
}

struct accesslog_loss accesslog_lost(struct accesslog *log)
{
    struct accesslog_loss loss = {0};
    uint64_t all = accesslog_lost_ever(log);

    if (!log)
        return loss;
    loss.lines = all - log->told;
    loss.error = atomic_exchange(&log->error, 0);
    log->told = all;
    return loss;
}

void accesslog_stop(struct accesslog *log)
{
    if (!log || !log->running)
        return;
    log->running = false;
    log->deadline = in_millis(LAST_MILLIS);
    atomic_store(&log->stopping, true);
    call_writer(log);
    (void)pthread_join(log->thread, NULL);
}

struct accesslog *accesslog_free(struct accesslog *log)
{
    if (!log)
        return NULL;
    accesslog_stop(log);
    take_next(log);
    if (log->path && log->fd >= 0)
        close(log->fd);
    for (size_t i = 0; i < log->n_buffers; i++) {
        free(log->buffers[i].bytes);
        (void)pthread_mutex_destroy(&log->buffers[i].lock);
    }
    free(log->spare);
    (void)pthread_cond_destroy(&log->news);
    (void)pthread_mutex_destroy(&log->lock);
    free(log);
    return NULL;
}
