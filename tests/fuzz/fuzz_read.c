/* SPDX-License-Identifier: MIT */
/* Texts read and their records tied together; see fuzz_read.h. */
#include "fuzz_read.h"

#include "import/document.h"
#include "import/mark.h"
#include "import/resolve.h"

#include <stdio.h>
#include <string.h>

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

void fuzz_read(const struct adapter *only, const struct fuzz_input *in)
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
