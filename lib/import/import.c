/* SPDX-License-Identifier: MIT */
/* The stages of an import, one after the other: read, resolve, write, verify, publish. */
#include "import/import.h"

#include "import/adapter.h"
#include "import/build.h"
#include "import/catalogue.h"
#include "import/document.h"
#include "import/mark.h"
#include "import/previous.h"
#include "import/publish.h"
#include "import/resolve.h"
#include "import/sequence.h"
#include "import/source.h"
#include "util/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

/* The time of a catalogue of which nothing says when: plainly none of ours. */
#define NEVER "1970-01-01T00:00:00Z"

struct run {
    const struct import_options *o;
    struct catalogue *c;
    const struct adapter *only; /* of this input, where it is named before the path */
    struct source_sink sink;
    size_t values, records; /* read so far; of this input, without a fault */
    struct mark mark;       /* how it was before the text at hand */
    size_t records_before;
};

static void tell(const struct run *r, const char *doing, size_t done, size_t total)
{
    if (r->o->progress)
        r->o->progress(r->o->ctx, doing, done, total);
}

static int fail(char **reterr, const char *path, const char *reason)
{
    char *line = NULL;
    if (asprintf(&line, "%s: %s", path, reason) < 0)
        return -ENOMEM;
    *reterr = line;
    return IMPORT_E_FAILED;
}

static int receive_json(void *ctx, const json_t *v, const struct origin *from)
{
    struct run *r = ctx;
    tell(r, "reading", ++r->values, 0);
    return adapters_read_json(r->c, r->only, v, from, &r->records);
}

/* A table nobody knows. Any other text is taken for JSON, and faulted as that. */
static bool is_strange_table(const char *text, size_t n, const char *file)
{
    const char *dot = strrchr(file, '.');
    size_t i = n >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    while (i < n && strchr(" \t\r\n", text[i]) && text[i])
        i++;
    return dot && strcasecmp(dot, ".csv") == 0 && (i == n || (text[i] != '{' && text[i] != '['));
}

static void forget_json(void *ctx)
{
    struct run *r = ctx;
    mark_return(r->c, &r->mark);
    r->records = r->records_before;
}

static int receive_document(struct run *r, struct source_text *text, const struct origin *from)
{
    const struct document_sink sink = {.emit = receive_json, .forget = forget_json, .ctx = r};
    int result = mark_set(r->c, &r->mark);
    r->records_before = r->records;
    return result != 0 ? result : document_read(text, from, r->c->report, &sink);
}

static int receive_text(void *ctx, struct source_text *text, const struct origin *from)
{
    struct run *r = ctx;
    const struct adapter *a = r->only ? r->only : adapter_of_text(text->bytes, text->n);
    if (a && a->read_text) {
        tell(r, "reading", ++r->values, 0);
        return a->read_text(r->c, text->bytes, text->n, from, &r->records);
    }
    if (is_strange_table(text->bytes, text->n, from->file))
        return source_reject(&r->sink, from, "is a table with the columns of no dataset that is known here");
    return receive_document(r, text, from);
}

/* A slip of the hand that would cost the input. */
static bool is_output(const struct run *r, const char *path)
{
    struct stat input, output;
    return stat(path, &input) == 0 && stat(r->o->output, &output) == 0 && input.st_dev == output.st_dev &&
           input.st_ino == output.st_ino;
}

/* Takes "vcdb:" and the like off INPUT. A file of such a name is ./vcdb:file. */
static const char *path_of(const char *input, const struct adapter **ret_only)
{
    const char *colon = strchr(input, ':');
    *ret_only = colon ? adapter_named(input, (size_t)(colon - input)) : NULL;
    return *ret_only ? colon + 1 : input;
}

/* The dataset that all incidents since the first are of, or NULL. */
static const char *common_dataset(const struct catalogue *c, size_t first)
{
    const char *one = first < c->n_incidents ? c->incidents[first].dataset : NULL;
    for (size_t i = first; i < c->n_incidents && one; i++)
        if (c->incidents[i].dataset != one)
            return NULL;
    return one;
}

/* Reads it, and settles what its parts being read one by one left open: their order, and what broken parts are of. */
static int read_parts(struct run *r, const char *path, char **reterr)
{
    struct sequence_mark records = sequence_mark(r->c);
    struct report_mark findings = report_mark(r->c->report);
    int result = source_read(path, &r->sink, reterr);
    if (result == 0)
        result = sequence_settle(r->c, &records);
    const char *dataset = r->only && r->only->about ? r->only->name : common_dataset(r->c, records.incidents);
    if (result == 0 && dataset)
        result = report_attribute(r->c->report, &findings, dataset);
    return result;
}

static int read_input(struct run *r, const char *input, char **reterr)
{
    const char *path = path_of(input, &r->only);
    r->records = 0;
    if (is_output(r, path))
        return fail(reterr, path, "is an input and the output; name another output");
    int result = read_parts(r, path, reterr);
    if (result == SOURCE_E_UNREADABLE)
        return IMPORT_E_FAILED;
    if (result == 0 && r->records == 0)
        return fail(reterr, path, "holds no record that can be imported");
    return result;
}

/* The time that the inputs ask for: given, or the newest among them; never the clock. */
static int settle_built(struct run *r)
{
    const char *built = r->o->built ? r->o->built : r->c->newest;
    int64_t seconds;
    char text[CLOCK_TEXT_SIZE] = NEVER;
    if (clock_parse(built, &seconds))
        clock_format(seconds, text);
    r->c->built = arena_strdup(r->c->mem, text);
    return r->c->built ? 0 : -ENOMEM;
}

/* A fault in the file that is being replaced, met while it was read. */
static int broken(const struct run *r, int result, char **reterr)
{
    return result == PREVIOUS_E_BROKEN
               ? fail(reterr, r->o->output, "is damaged; move it away to start without what it knows")
               : result;
}

static int bury(struct run *r, char **reterr)
{
    char *reason = NULL;
    int result = r->c->previous ? previous_bury(r->c, r->c->previous, r->o->allow_shrink, &reason) : 0;
    if (result == PREVIOUS_E_SHRINKS) {
        result = fail(reterr, r->o->output, reason) == IMPORT_E_FAILED ? IMPORT_E_SHRINKS : -ENOMEM;
        free(reason);
    }
    return result == IMPORT_E_SHRINKS ? result : broken(r, result, reterr);
}

static int resolve(struct run *r, char **reterr)
{
    static int (*const stages[])(struct catalogue * c) = {
        resolve_duplicates,
        resolve_mirrors,
        resolve_datasets,
        resolve_order,
    };
    tell(r, "resolving", 0, 0);
    int result = adapters_settle(r->c);
    if (result == 0)
        result = adapters_describe(r->c);
    if (result == 0)
        result = resolve_records(r->c);
    if (result == 0)
        result = bury(r, reterr);
    for (size_t i = 0; i < sizeof stages / sizeof *stages && result == 0; i++)
        result = stages[i](r->c);
    if (result == 0)
        result = settle_built(r);
    return result != 0 ? result : broken(r, previous_begin(r->c), reterr);
}

static int write_file(struct run *r, const struct publish *p, char **reterr)
{
    char *reason = NULL;
    tell(r, "writing", 0, 0);
    int result = build_write(r->c, publish_path(p), &reason);
    if (result == BUILD_E_FAILED) {
        result = fail(reterr, r->o->output, reason);
        free(reason);
    }
    return result;
}

static int verify(struct run *r, const struct publish *p, char **reterr)
{
    char *reason = NULL;
    if (!r->o->verify)
        return 0;
    tell(r, "checking", 0, 0);
    int result = r->o->verify(publish_path(p), &reason);
    if (result > 0) {
        result = fail(reterr, "the new catalogue does not pass its own check",
                      reason ? reason : "no reason given");
        free(reason);
    }
    return result;
}

static int conclude(struct run *r)
{
    struct import_report *report = r->c->report;
    report->id = arena_strdup(report->mem, r->c->id);
    report->built = arena_strdup(report->mem, r->c->built);
    report->incidents = r->c->n_incidents;
    report->organizations = r->c->n_orgs;
    return report->id && report->built ? 0 : -ENOMEM;
}

/* Whether a file is there to be replaced: empty ones, as mktemp(1) makes them, are nothing. */
static int is_there(const struct run *r, bool *ret, char **reterr)
{
    struct stat st;
    int fd = open(r->o->output, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 && errno == ENOENT) {
        *ret = false;
        return 0;
    }
    int result = fd >= 0 && fstat(fd, &st) == 0 ? 0 : fail(reterr, r->o->output, strerror(errno));
    if (fd >= 0)
        (void)close(fd);
    if (result == 0)
        *ret = st.st_size > 0;
    return result;
}

/* Opens what is to be replaced, or takes note of why it cannot be read. */
static int look_back(struct run *r, char **reterr)
{
    struct import_report *report = r->c->report;
    char *reason = NULL;
    bool there;
    int result = is_there(r, &there, reterr);
    if (result != 0 || !there)
        return result;
    if (r->o->is_sound)
        result = r->o->is_sound(r->o->output, &reason);
    if (result == 0)
        result = previous_open(r->o->output, &r->c->previous);
    if (result > 0) {
        report->unread = arena_strdup(report->mem, reason ? reason : "cannot be read as a catalogue");
        result = report->unread ? 0 : -ENOMEM;
    }
    free(reason);
    return result;
}

static int read_inputs(struct run *r, char **reterr)
{
    int result = 0;
    for (size_t i = 0; i < r->o->n_inputs && result == 0; i++)
        result = read_input(r, r->o->inputs[i], reterr);
    return result;
}

static int make(struct run *r, struct publish *p, char **reterr)
{
    int result = look_back(r, reterr);
    if (result == 0)
        result = read_inputs(r, reterr);
    if (result == 0)
        result = resolve(r, reterr);
    if (result == 0 && r->c->n_incidents + r->c->n_orgs + r->c->n_datasets == 0)
        result = fail(reterr, r->o->output, "no record is left to publish");
    if (result == 0)
        result = write_file(r, p, reterr);
    if (result == 0)
        result = verify(r, p, reterr);
    if (result == 0)
        result = publish_commit(p, reterr);
    return result;
}

int import_run(const struct import_options *o, struct import_report *report, char **reterr)
{
    _cleanup_publish_ struct publish *p = NULL;
    int result = publish_begin(o->output, &p, reterr);
    if (result != 0)
        return result;
    _cleanup_catalogue_ struct catalogue *c = catalogue_new(report, publish_folder(p));
    struct run r = {.o = o, .c = c};
    if (!c)
        return -ENOMEM;
    r.sink = (struct source_sink){.report = report, .emit = receive_text, .ctx = &r};
    result = make(&r, p, reterr);
    mark_done(&r.mark);
    c->previous = previous_close(c->previous);
    if (result < 0 && result != -ENOMEM)
        result = fail(reterr, o->output, strerror(-result));
    if (result > 0 && report_finish(report, "local") != 0)
        return -ENOMEM;
    return result != 0 ? result : conclude(&r);
}
