/* SPDX-License-Identifier: MIT */
/*
 * Imports, of a text behind a byte that says which format it is taken for, and how far it gets: it is read and its records are
 * tied together, which is quick; or it is published, what is published passes the whole check, and importing it again on top
 * of it finds the same.
 */
#include "fuzz.h"

#include "import/adapter.h"
#include "import/document.h"
#include "import/mark.h"
#include "import/resolve.h"
#include "storage/storage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Whether a format is named, or found out by the content and the name. */
#define NAMED     4
#define TABLE     8
#define PUBLISHED 16

/* --- read --- */

struct reading {
    struct catalogue *c;
    const struct adapter *only;
    struct mark mark;
    size_t records;
};

static int receive(void *ctx, const json_t *v, const struct origin *from)
{
    struct reading *r = ctx;
    return adapters_read_json(r->c, r->only, v, from, &r->records);
}

static void forget(void *ctx)
{
    struct reading *r = ctx;
    mark_return(r->c, &r->mark);
}

static int read_text(struct reading *r, const struct fuzz_input *in)
{
    const struct origin from = {"in/text", "text", NULL, NULL};
    const struct adapter *a = r->only ? r->only : adapter_of_text(in->at, in->left);
    if (a && a->read_text)
        return a->read_text(r->c, in->at, in->left, &from, &r->records);
    const struct document_sink sink = {receive, forget, r};
    struct source_text text = {.bytes = in->at, .n = in->left};
    int result = mark_set(r->c, &r->mark);
    return result == 0 ? document_read(&text, &from, r->c->report, &sink) : result;
}

static void read_and_resolve(const struct adapter *only, const struct fuzz_input *in)
{
    static int (*const stages[])(struct catalogue * c) = {
        adapters_settle, adapters_describe, resolve_records, resolve_duplicates,
        resolve_mirrors, resolve_datasets,  resolve_order};
    _cleanup_report_ struct import_report *report = import_report_new();
    _cleanup_catalogue_ struct catalogue *c = report ? catalogue_new(report, P_tmpdir) : NULL;
    fuzz_must(c, "there is memory");
    struct reading r = {.c = c, .only = only};
    int result = read_text(&r, in);
    for (size_t i = 0; i < sizeof stages / sizeof *stages && result == 0; i++)
        result = stages[i](c);
    fuzz_must(result == 0, "a text is read, or rejected: %d", result);
    for (size_t i = 0; i < report->n_findings; i++)
        fuzz_must(report->findings[i].reason && *report->findings[i].reason, "finding %zu has a reason", i);
    mark_done(&r.mark);
}

/* --- publish --- */

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
        read_and_resolve(only, &in);
    return 0;
}
