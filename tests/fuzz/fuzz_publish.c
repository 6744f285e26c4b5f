/* SPDX-License-Identifier: MIT */
/*
 * Whole imports, of a text behind a byte that says which format it is taken for: what is published passes the whole check, and
 * importing it again on top of it gives the same file.
 */
#include "fuzz_read.h"

#include "storage/storage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of the first byte: whether the file has a table's name. */
#define TABLE 8

static void write_input(const char *path, const struct fuzz_input *in)
{
    FILE *out = fopen(path, "w");
    fuzz_must(out && fwrite(in->at, 1, in->left, out) == in->left && fclose(out) == 0, "%s is written", path);
}

/* What import_run() says. The look at what it wrote is look_at(), which has all that storage_verify() has. */
static int run(const char *input, const char *output)
{
    char *error = NULL;
    _cleanup_report_ struct import_report *report = import_report_new();
    const struct import_options o = {.output = output, .inputs = &input, .n_inputs = 1};
    fuzz_must(report, "there is memory");
    int r = import_run(&o, report, &error);
    fuzz_must(r >= 0 && (r == 0) == !error, "an import says what it lacks: %d", r);
    fuzz_must(!report->unread, "%s", report->unread);
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

static struct fuzz_input bytes_of(const char *path, struct arena *mem)
{
    FILE *in = fopen(path, "r");
    fuzz_must(in && fseek(in, 0, SEEK_END) == 0, "%s is there", path);
    size_t size = (size_t)ftell(in);
    char *bytes = arena_alloc(mem, size);
    rewind(in);
    fuzz_must(bytes && fread(bytes, 1, size, in) == size && fclose(in) == 0, "%s is read", path);
    return (struct fuzz_input){bytes, size};
}

static void publish_twice(const struct adapter *only, bool table, const struct fuzz_input *in)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    const char *path = arena_strdup(mem, fuzz_path(table ? "in.csv" : "in.json"));
    const char *output = arena_strdup(mem, fuzz_path("out.db"));
    const char *input = only ? arena_join(mem, only->name, ":", path) : path;
    write_input(path, in);
    if (run(input, output) == 0) {
        look_at(output);
        struct fuzz_input first = bytes_of(output, mem);
        fuzz_must(run(input, output) == 0, "it is imported again");
        struct fuzz_input again = bytes_of(output, mem);
        fuzz_must(first.left == again.left && memcmp(first.at, again.at, first.left) == 0,
                  "the same again is the same file");
    }
    (void)unlink(output);
    (void)unlink(path);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input in = fuzz_input(data, size);
    unsigned char choice = fuzz_byte(&in);
    publish_twice(choice & FUZZ_NAMED ? adapters[choice % adapters_n] : NULL, choice & TABLE, &in);
    return 0;
}
