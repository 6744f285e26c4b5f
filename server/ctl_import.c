/* SPDX-License-Identifier: MIT */
/* breachctl import: settings, progress, and the report in words; the work is lib/import's. */
#include "ctl.h"

#include "import/import.h"
#include "storage/storage.h"
#include "util/clock.h"
#include "util/num.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Warnings of one kind that are shown; all are counted. */
#define WARNINGS_SHOWN 20

enum { OPTION_OUTPUT, OPTION_BUILT, _OPTION_N };

static const struct ctl_option options[_OPTION_N] = {
    [OPTION_OUTPUT] = {"output", "FILE", "BREACHCTL_OUTPUT", "the catalogue to make or replace"},
    [OPTION_BUILT] = {"built", "TIME", "BREACHCTL_BUILT",
                      "when these contents came to be, as 2026-01-31T12:00:00Z;\n"
                      "                    else SOURCE_DATE_EPOCH, else the newest record's time"},
};

struct progress {
    bool on, shown;
    struct timespec start;
    int64_t told; /* milliseconds after start */
};

static int64_t millis_since(const struct timespec *start)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)(now.tv_sec - start->tv_sec) * 1000 + (now.tv_nsec - start->tv_nsec) / 1000000;
}

/* On a terminal, for work that takes more than a second, five times a second. */
static void show_progress(void *ctx, const char *doing, size_t done, size_t total)
{
    struct progress *p = ctx;
    int64_t now = p->on ? millis_since(&p->start) : 0;
    if (!p->on || now < 1000 || now - p->told < 200)
        return;
    (void)fprintf(stderr, "\r\033[K%s", doing);
    if (done)
        (void)fprintf(stderr, " %zu", done);
    if (total)
        (void)fprintf(stderr, " of %zu", total);
    (void)fflush(stderr);
    p->told = now;
    p->shown = true;
}

static void end_progress(const struct progress *p)
{
    if (p->shown)
        (void)fputs("\r\033[K", stderr);
}

/* FILE: POSITION.FIELD: rejected: REASON */
static void print_finding(const struct import_finding *f)
{
    const char *position = f->position ? f->position : "", *field = f->field ? f->field : "";
    bool line = strncmp(position, "line ", 5) == 0 && !strchr(position, ':');
    const char *between = *position && *field ? (line ? ": " : ".") : "";
    (void)fprintf(stderr, "%s: %s%s%s%s%s: %s\n", f->path, position, between, field,
                  *position || *field ? ": " : "", f->warning ? "warning" : "rejected", f->reason);
}

/* How many warnings of F's kind stand before it, up to the number shown. */
static size_t earlier(const struct import_report *r, size_t i)
{
    size_t n = 0;
    for (size_t k = 0; k < i && n < WARNINGS_SHOWN; k++)
        n += r->findings[k].warning && strcmp(r->findings[k].kind, r->findings[i].kind) == 0;
    return n;
}

static void print_findings(const struct import_report *r)
{
    size_t left_out = 0;
    for (size_t i = 0; i < r->n_findings; i++)
        if (!r->findings[i].warning || earlier(r, i) < WARNINGS_SHOWN)
            print_finding(&r->findings[i]);
        else
            left_out++;
    if (left_out)
        (void)fprintf(stderr, "and %zu more warnings of these kinds\n", left_out);
}

static void print_tallies(const struct import_report *r)
{
    for (size_t i = 0; i < r->n_tallies; i++) {
        const struct import_tally *t = &r->tallies[i];
        (void)printf("%s: %zu read, %zu imported, %zu rejected, %zu warned\n", t->dataset, t->read,
                     t->imported, t->rejected, t->warned);
    }
}

/* The first fault, kept for the reason; the rest is counted by storage_check. */
static void keep_first(void *ctx, const char *line)
{
    char **first = ctx;
    if (!*first)
        *first = strdup(line);
}

static int verify(const char *path, char **reterr)
{
    char *first = NULL;
    size_t faults = 0;
    int result = storage_check(path, keep_first, &first, &faults, reterr);
    if (result == 0 && faults) {
        *reterr = first;
        return 1;
    }
    free(first);
    return result;
}

/* The time of --built, else of SOURCE_DATE_EPOCH, in RET; "" when neither is set. A status, or -1 to go on. */
static int settle_built(const char *built, char ret[static CLOCK_TEXT_SIZE])
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    int64_t seconds;
    *ret = '\0';
    if (built && !clock_parse(built, &seconds)) {
        ctl_complain("--built (or BREACHCTL_BUILT): \"%s\" is no time; write it as 2026-01-31T12:00:00Z",
                     built);
        return CTL_USAGE;
    }
    if (!built && epoch && *epoch &&
        num_parse_i64(epoch, strlen(epoch), NUM_PLAIN, 0, CLOCK_LAST, &seconds) != 0) {
        ctl_complain("SOURCE_DATE_EPOCH: \"%s\" is no number of seconds since 1970", epoch);
        return CTL_USAGE;
    }
    if (built || (epoch && *epoch))
        clock_format(seconds, ret);
    return -1;
}

static int conclude(int result, const struct import_report *r, char *error)
{
    print_findings(r);
    if (result != 0) {
        ctl_complain("%s", error ? error : result > 0 ? "the import failed" : strerror(-result));
        free(error);
        return CTL_FAILED;
    }
    print_tallies(r);
    return r->rejected ? CTL_PARTLY : CTL_OK;
}

static int run(const char *const *values, const char *const *operands, size_t n)
{
    char built[CLOCK_TEXT_SIZE];
    if (!values[OPTION_OUTPUT]) {
        ctl_complain("import needs --output FILE (or BREACHCTL_OUTPUT)");
        return CTL_USAGE;
    }
    int status = settle_built(values[OPTION_BUILT], built);
    if (status >= 0)
        return status;
    struct progress progress = {.on = isatty(STDERR_FILENO) == 1};
    (void)clock_gettime(CLOCK_MONOTONIC, &progress.start);
    struct import_options o = {.output = values[OPTION_OUTPUT],
                               .inputs = operands,
                               .n_inputs = n,
                               .built = *built ? built : NULL,
                               .verify = verify,
                               .progress = show_progress,
                               .ctx = &progress};
    _cleanup_report_ struct import_report *report = import_report_new();
    char *error = NULL;
    if (!report) {
        ctl_complain("out of memory");
        return CTL_FAILED;
    }
    int result = import_run(&o, report, &error);
    end_progress(&progress);
    return conclude(result, report, error);
}

const struct ctl_verb ctl_import = {
    .name = "import",
    .operands = "INPUT…",
    .help = "makes a catalogue of files and folders in the native format, whole or not at all",
    .options = options,
    .n_options = _OPTION_N,
    .operands_least = 1,
    .operands_most = (size_t)-1,
    .run = run,
};
