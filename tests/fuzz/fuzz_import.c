/* SPDX-License-Identifier: MIT */
/*
 * Imports, of a text behind a byte that says which format it is taken for, and how far it gets: it is read and its records are
 * tied together, which is quick; or it is published, what is published passes the whole check, and importing it again on top
 * of it finds the same.
 */
#include "fuzz_read.h"

#include "storage/storage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether a format is named, or found out by the content and the name. */
#define NAMED     4
#define TABLE     8
#define PUBLISHED 16

static void write_input(const char *path, const struct fuzz_input *in)
{
    FILE *out = fopen(path, "w");
    fuzz_must(out && fwrite(in->at, 1, in->left, out) == in->left && fclose(out) == 0, "%s is written", path);
}

/* What import_run() says; the catalogue's id in MEM. */
static int run(const char *input, const char *output, struct arena *mem, const char **ret_id)
{
    char *error = NULL;
    _cleanup_report_ struct import_report *report = import_report_new();
    const struct import_options o = {.output = output,
                                     .inputs = &input,
                                     .n_inputs = 1,
                                     .is_sound = storage_verify,
                                     .verify = storage_verify};
    fuzz_must(report, "there is memory");
    int r = import_run(&o, report, &error);
    fuzz_must(r >= 0 && (r == 0) == !error, "an import says what it lacks: %d", r);
    fuzz_must(!error || !strstr(error, "own check"), "%s", error);
    fuzz_must(!report->unread, "%s", report->unread);
    if (r == 0)
        *ret_id = arena_strdup(mem, report->id);
    free(error);
    return r;
}

static void say(void *ctx, const char *line)
{
    (void)ctx;
    (void)fprintf(stderr, "%s\n", line);
}

static void look_at(const char *output)
{
    size_t faults = 0;
    char *error = NULL;
    int r = storage_check(output, say, NULL, &faults, &error);
    fuzz_must(r == 0 && faults == 0, "what was imported passes the check: %zu faults, %s", faults,
              error ? error : "");
}

static void publish_twice(const struct adapter *only, bool table, const struct fuzz_input *in)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    const char *path = arena_strdup(mem, fuzz_path(table ? "in.csv" : "in.json"));
    const char *output = arena_strdup(mem, fuzz_path("out.db")), *id, *again;
    const char *input = only ? arena_join(mem, only->name, ":", path) : path;
    write_input(path, in);
    if (run(input, output, mem, &id) == 0) {
        look_at(output);
        fuzz_must(run(input, output, mem, &again) == 0 && strcmp(id, again) == 0, "%s is %s again", id,
                  again);
    }
    (void)unlink(output);
    (void)unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input in = fuzz_input(data, size);
    unsigned char choice = fuzz_byte(&in);
    const struct adapter *only = choice & NAMED ? adapters[choice % adapters_n] : NULL;
    if (choice & PUBLISHED)
        publish_twice(only, choice & TABLE, &in);
    else
        fuzz_read(only, &in);
    return 0;
}
