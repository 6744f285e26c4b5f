/* SPDX-License-Identifier: MIT */
/* breachctl check and info: what lib/storage finds in a catalogue, in words. */
#include "ctl.h"

#include "storage/storage.h"
#include "util/limits.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static int complain(int result, char *error)
{
    ctl_complain("%s", error ? error : result < 0 ? strerror(-result) : "the catalogue cannot be read");
    free(error);
    return CTL_FAILED;
}

static void say(void *ctx, const char *line)
{
    ctl_tell("%s: %s", (const char *)ctx, line);
}

static int check(const char *const *values, const char *const *operands, size_t n)
{
    (void)values, (void)n;
    char *error = NULL;
    size_t faults = 0;
    int result = storage_check(operands[0], say, (void *)operands[0], &faults, &error);
    if (result != 0)
        return complain(result, error);
    if (faults == 0)
        ctl_tell("%s: no fault found", operands[0]);
    return faults ? CTL_FAILED : CTL_OK;
}

static void print_dataset(const struct dataset *d)
{
    ctl_tell("dataset: %s, %zu read, %zu imported, %zu rejected, %s", d->id, d->counts.read,
             d->counts.imported, d->counts.rejected, d->license ? d->license : "licence not stated");
}

static int print_datasets(struct storage *st, struct arena *mem)
{
    _cleanup_reader_ struct storage_reader *rd = NULL;
    struct dataset *rows = NULL;
    size_t n = 0;
    int result = storage_lease(st, LIMIT_QUERY_MILLIS, &rd);
    if (result == 0)
        result = storage_list_datasets(rd, mem, &rows, &n);
    for (size_t i = 0; result == 0 && i < n; i++)
        print_dataset(&rows[i]);
    return result;
}

static void print_info(const struct catalogue_info *c)
{
    const struct {
        const char *name;
        size_t n;
    } counts[] = {{"incidents", c->incidents}, {"organizations", c->organizations},
                  {"dealers", c->dealers},     {"events", c->events},
                  {"sources", c->sources},     {"datasets", c->datasets}};
    ctl_tell("id: %s", c->id);
    ctl_tell("built: %s", c->built);
    ctl_tell("schema: %d", c->schema);
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        ctl_tell("%s: %zu", counts[i].name, counts[i].n);
}

static int info(const char *const *values, const char *const *operands, size_t n)
{
    (void)values, (void)n;
    char *error = NULL;
    struct storage *st = NULL;
    int result = storage_open(operands[0], &st, &error);
    if (result != 0)
        return complain(result, error);
    _cleanup_arena_ struct arena *mem = arena_new(0);
    print_info(storage_info(st));
    result = mem ? print_datasets(st, mem) : -ENOMEM;
    st = storage_free(st);
    return result != 0 ? complain(result, NULL) : CTL_OK;
}

const struct ctl_verb ctl_check = {
    .name = "check",
    .operands = "FILE",
    .help = "looks through a catalogue page by page and rule by rule, and says what is wrong",
    .operands_least = 1,
    .operands_most = 1,
    .run = check,
};

const struct ctl_verb ctl_info = {
    .name = "info",
    .operands = "FILE",
    .help = "says what a catalogue is and how much it holds",
    .operands_least = 1,
    .operands_most = 1,
    .run = info,
};
