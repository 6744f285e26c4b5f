/* SPDX-License-Identifier: MIT */
/* /proc, held open; see process.h. */
#include "process.h"

#include "util/num.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

struct process {
    int stat; /* proc_pid_stat(5); -1: not there */
    DIR *descriptors;
    double booted; /* seconds since 1970 */
};

static double seconds_by(clockid_t clock)
{
    struct timespec t = {0};

    (void)clock_gettime(clock, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int process_new(struct process **ret)
{
    struct process *p = malloc(sizeof *p);

    if (!p)
        return -ENOMEM;
    p->stat = open("/proc/self/stat", O_RDONLY | O_CLOEXEC);
    p->descriptors = opendir("/proc/self/fd");
    p->booted = seconds_by(CLOCK_REALTIME) - seconds_by(CLOCK_BOOTTIME);
    *ret = p;
    return 0;
}

struct process *process_free(struct process *p)
{
    if (!p)
        return NULL;
    if (p->stat >= 0)
        close(p->stat);
    if (p->descriptors)
        closedir(p->descriptors);
    free(p);
    return NULL;
}

/* Fields of proc_pid_stat(5), counted from 1. */
enum { STAT_STATE = 3, STAT_THREADS = 20, STAT_START = 22, STAT_VIRTUAL = 23, STAT_RESIDENT = 24, STAT_N };

/* The name in brackets, which may hold anything, comes before the fields. */
static bool parse_stat(char *text, uint64_t ret[static STAT_N])
{
    char *rest = strrchr(text, ')');
    int i = STAT_STATE;

    for (rest = rest && rest[1] ? rest + 2 : NULL; rest && i < STAT_N; i++) {
        const char *word = strsep(&rest, " \n");
        if (num_parse_u64(word, strlen(word), NUM_PLAIN, 0, UINT64_MAX, &ret[i]))
            ret[i] = 0; /* the state, and what is negative */
    }
    return i == STAT_N;
}

static void read_stat(const struct process *p, struct process_figures *ret)
{
    char text[1024];
    uint64_t fields[STAT_N];
    ssize_t n = p->stat < 0 ? -1 : pread(p->stat, text, sizeof text - 1, 0);

    if (n <= 0)
        return;
    text[n] = '\0';
    if (!parse_stat(text, fields))
        return;
    ret->resident_bytes = fields[STAT_RESIDENT] * (uint64_t)sysconf(_SC_PAGESIZE);
    ret->virtual_bytes = fields[STAT_VIRTUAL];
    ret->threads = fields[STAT_THREADS];
    ret->started = p->booted + (double)fields[STAT_START] / (double)sysconf(_SC_CLK_TCK);
}

/* "." and ".." are not descriptors. */
static uint64_t count_descriptors(DIR *descriptors)
{
    uint64_t n = 0;

    if (!descriptors)
        return PROCESS_UNKNOWN;
    rewinddir(descriptors);
    for (const struct dirent *e; (e = readdir(descriptors));)
        n += e->d_name[0] != '.';
    return n;
}

void process_read(struct process *p, struct process_figures *ret)
{
    struct rlimit limit = {0};

    *ret = (struct process_figures){
        .cpu_seconds = seconds_by(CLOCK_PROCESS_CPUTIME_ID),
        .started = -1,
        .resident_bytes = PROCESS_UNKNOWN,
        .virtual_bytes = PROCESS_UNKNOWN,
        .threads = PROCESS_UNKNOWN,
        .descriptors = count_descriptors(p->descriptors),
    };
    read_stat(p, ret);
    (void)getrlimit(RLIMIT_NOFILE, &limit);
    ret->descriptors_most = limit.rlim_cur;
}
