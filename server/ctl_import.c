/* SPDX-License-Identifier: MIT */
/* breachctl import: settings, progress, and the report in words; the work is lib/import's. */
#include "ctl.h"

#include "import/import.h"
#include "import/publish.h"
#include "storage/storage.h"
#include "util/clock.h"
#include "util/num.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Warnings of one kind that are shown; all are counted. */
#define WARNINGS_SHOWN 20

enum { OPTION_OUTPUT, OPTION_BUILT, OPTION_ALLOW_SHRINK, OPTION_REPORT, _OPTION_N };

static const struct ctl_option options[_OPTION_N] = {
    [OPTION_OUTPUT] = {"output", "FILE", "BREACHCTL_OUTPUT", "the catalogue to make or replace"},
    [OPTION_BUILT] = {"built", "TIME", "BREACHCTL_BUILT",
                      "when these contents came to be, as 2026-01-31T12:00:00Z;\n"
                      "                    else SOURCE_DATE_EPOCH, else the newest record's time"},
    [OPTION_ALLOW_SHRINK] = {"allow-shrink", NULL, "BREACHCTL_ALLOW_SHRINK",
                             "withdraw records that are gone, even more than 10 % of a dataset"},
    [OPTION_REPORT] = {"report", "FILE", "BREACHCTL_REPORT", "write all that was found as JSON"},
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

/* How many warnings of one kind and dataset were met. Kinds are a few words, so looking through them is quick. */
struct kinds {
    struct kind {
        const char *kind, *dataset;
        size_t n;
    } * kinds;
    size_t n;
};

/* Counts F; how many of its kind there are by now. Without memory for another kind all of it is shown. */
static size_t count_kind(struct kinds *k, const struct import_finding *f)
{
    for (size_t i = 0; i < k->n; i++)
        if (strcmp(k->kinds[i].kind, f->kind) == 0 && strcmp(k->kinds[i].dataset, f->dataset) == 0)
            return ++k->kinds[i].n;
    struct kind *more = reallocarray(k->kinds, k->n + 1, sizeof *more);
    if (!more)
        return 1;
    k->kinds = more;
    k->kinds[k->n++] = (struct kind){f->kind, f->dataset, 1};
    return 1;
}

static void print_findings(const struct import_report *r)
{
    struct kinds kinds = {0};
    for (size_t i = 0; i < r->n_findings; i++)
        if (!r->findings[i].warning || count_kind(&kinds, &r->findings[i]) <= WARNINGS_SHOWN)
            print_finding(&r->findings[i]);
    for (size_t i = 0; i < kinds.n; i++)
        if (kinds.kinds[i].n > WARNINGS_SHOWN)
            (void)fprintf(stderr, "%s: %zu more warnings of kind %s\n", kinds.kinds[i].dataset,
                          kinds.kinds[i].n - WARNINGS_SHOWN, kinds.kinds[i].kind);
    free(kinds.kinds);
}

/* How many records of the dataset of the one at FIRST are gone; 0: an earlier one is of it. */
static size_t count_gone(const struct import_report *r, size_t first)
{
    size_t n = 0;
    for (size_t i = 0; i < r->n_gone; i++)
        if (strcmp(r->gone[i].dataset, r->gone[first].dataset) == 0) {
            if (i < first)
                return 0;
            n++;
        }
    return n;
}

/* What this import withdrew, one line a dataset. */
static void print_gone(const struct import_report *r)
{
    for (size_t i = 0; i < r->n_gone; i++) {
        size_t n = count_gone(r, i);
        if (n)
            (void)fprintf(stderr, "%s: %zu record%s gone, now withdrawn: %s%s\n", r->gone[i].dataset, n,
                          n == 1 ? "" : "s", r->gone[i].id, n == 1 ? "" : ", …");
    }
}

static void print_tallies(const struct import_report *r)
{
    for (size_t i = 0; i < r->n_tallies; i++) {
        const struct import_tally *t = &r->tallies[i];
        (void)printf("%s: %zu read, %zu imported, %zu rejected, %zu warned\n", t->dataset, t->read,
                     t->imported, t->rejected, t->warned);
    }
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

/* Whether a file that is to be replaced is a catalogue one can go by. */
static int is_sound(const char *path, char **reterr)
{
    struct storage *st = NULL;
    int result = storage_open(path, &st, reterr);
    storage_free(st);
    return result;
}

/* What went wrong in one line; NULL: nothing did. free() it. */
static char *explain(int result, char *error)
{
    char *line = NULL;
    if (result == 0)
        return NULL;
    if (result == IMPORT_E_SHRINKS &&
        asprintf(&line,
                 "%s; nothing was published: add the missing input, or allow it with "
                 "--allow-shrink",
                 error) >= 0) {
        free(error);
        return line;
    }
    return error ? error : strdup(result > 0 ? "the import failed" : strerror(-result));
}

/* Brings the report to its file. ERROR: why nothing was published, or NULL. A status. */
static int write_report(struct publish *p, const struct import_report *r, const char *error)
{
    char *fault = NULL;
    FILE *out = fopen(publish_path(p), "we");
    int result = out ? import_report_write(r, error, out) : -errno;
    if (out && fclose(out) != 0 && result == 0)
        result = -errno;
    if (result == 0)
        result = publish_commit(p, &fault);
    if (result == 0)
        return CTL_OK;
    ctl_complain("the report: %s", fault ? fault : strerror(-result));
    free(fault);
    return CTL_FAILED;
}

static int conclude(const struct import_report *r, const char *output, const char *error)
{
    print_findings(r);
    if (r->unread) {
        const char *advice = strrchr(r->unread, ';');
        (void)fprintf(stderr, "%s: nothing of the old file is carried over: %.*s\n", output,
                      (int)(advice ? advice - r->unread : (ptrdiff_t)strlen(r->unread)), r->unread);
    }
    if (error) {
        ctl_complain("%s", error);
        return CTL_FAILED;
    }
    print_gone(r);
    print_tallies(r);
    return r->rejected ? CTL_PARTLY : CTL_OK;
}

static int run_import(const struct import_options *o, struct publish *file)
{
    _cleanup_report_ struct import_report *report = import_report_new();
    if (!report) {
        ctl_complain("out of memory");
        return CTL_FAILED;
    }
    char *error = NULL;
    int result = import_run(o, report, &error);
    end_progress(o->ctx);
    error = explain(result, error);
    int status = conclude(report, o->output, error);
    if (result != 0)
        status = CTL_FAILED;
    int written = file ? write_report(file, report, error) : CTL_OK;
    free(error);
    return written == CTL_OK ? status : written;
}

static int run(const char *const *values, const char *const *operands, size_t n)
{
    char built[CLOCK_TEXT_SIZE], *error = NULL;
    if (!values[OPTION_OUTPUT]) {
        ctl_complain("import needs --output FILE (or BREACHCTL_OUTPUT)");
        return CTL_USAGE;
    }
    if (values[OPTION_REPORT] && strcmp(values[OPTION_REPORT], values[OPTION_OUTPUT]) == 0) {
        ctl_complain("--report and --output name one file; they are two files");
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
                               .allow_shrink = values[OPTION_ALLOW_SHRINK] != NULL,
                               .is_sound = is_sound,
                               .verify = storage_verify,
                               .progress = show_progress,
                               .ctx = &progress};
    /* before anything is read, so that no import is in vain */
    _cleanup_publish_ struct publish *file = NULL;
    int result = values[OPTION_REPORT] ? publish_begin(values[OPTION_REPORT], &file, &error) : 0;
    if (result != 0) {
        ctl_complain("the report: %s", error ? error : strerror(-result));
        free(error);
        return CTL_FAILED;
    }
    return run_import(&o, file);
}

const struct ctl_verb ctl_import = {
    .name = "import",
    .operands = "INPUT…",
    .help = "makes a catalogue, whole or not at all, of files, folders and archives in the native format or "
            "as VCDB,\n"
            "      Have I Been Pwned and HHS publish them (vcdb:, hibp:, hhs: or native: before "
            "INPUT says which)",
    .options = options,
    .n_options = _OPTION_N,
    .operands_least = 1,
    .operands_most = (size_t)-1,
    .run = run,
};
