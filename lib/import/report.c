/* SPDX-License-Identifier: MIT */
/* The report of an import: what was found, and how many records of which dataset. Every stage writes to it,
 * build.c stores it, breachctl prints it. */
#include "import/report.h"

#include "util/utf8.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int grow(void *items, size_t n, size_t *room, size_t size)
{
    if (n < *room)
        return 0;
    size_t more = *room ? *room * 2 : 16;
    void *old;
    memcpy(&old, items, sizeof old);
    void *grown = reallocarray(old, more, size);
    if (!grown)
        return -ENOMEM;
    memcpy(items, &grown, sizeof grown);
    *room = more;
    return 0;
}

struct import_report *import_report_new(void)
{
    struct import_report *r = calloc(1, sizeof *r);
    if (!r)
        return NULL;
    r->mem = arena_new(0);
    return r->mem ? r : import_report_free(r);
}

struct import_report *import_report_free(struct import_report *r)
{
    if (!r)
        return NULL;
    free(r->findings);
    free(r->tallies);
    free(r->gone);
    r->mem = arena_free(r->mem);
    free(r);
    return NULL;
}

/* As arena_strdup, but names of files and excerpts of broken input go to terminals and into JSON; failing is told apart from
 * NULL. */
static int keep(struct arena *mem, const char *s, const char **ret)
{
    char *copy = arena_strdup(mem, s);
    if (s && !copy)
        return -ENOMEM;
    if (copy)
        utf8_tame(copy);
    *ret = copy;
    return 0;
}

const char *report_text(struct import_report *r, const char *s)
{
    const char *kept = NULL;
    return keep(r->mem, s, &kept) == 0 ? kept : NULL;
}

struct origin origin_below(const struct origin *from, const char *list, size_t i,
                           char text[static ORIGIN_SIZE])
{
    const char *before = from->position ? from->position : "";
    const char *between = !*before ? "" : *before != '[' ? ": " : *list ? "." : "";
    struct origin at = *from;
    (void)snprintf(text, ORIGIN_SIZE, "%s%s%s[%zu]", before, between, list, i);
    at.position = text;
    return at;
}

int report_add(struct import_report *r, const struct origin *from, const char *kind, const char *field,
               const char *reason)
{
    struct import_finding f = {.warning = kind != NULL, .kind = kind, .path = from->path, .file = from->file};
    if (grow(&r->findings, r->n_findings, &r->room_findings, sizeof *r->findings) != 0 ||
        keep(r->mem, from->dataset, &f.dataset) != 0 || keep(r->mem, from->position, &f.position) != 0 ||
        keep(r->mem, field, &f.field) != 0 || keep(r->mem, reason, &f.reason) != 0)
        return -ENOMEM;
    r->findings[r->n_findings++] = f;
    return 0;
}

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

struct import_tally *report_tally(struct import_report *r, const char *dataset)
{
    for (size_t i = 0; i < r->n_tallies; i++)
        if (same_text(r->tallies[i].dataset, dataset))
            return &r->tallies[i];
    struct import_tally t = {0};
    if (grow(&r->tallies, r->n_tallies, &r->room_tallies, sizeof *r->tallies) != 0 ||
        keep(r->mem, dataset, &t.dataset) != 0)
        return NULL;
    r->tallies[r->n_tallies] = t;
    return &r->tallies[r->n_tallies++];
}

int report_count(struct import_report *r, const char *dataset, bool rejected, bool warned)
{
    struct import_tally *t = report_tally(r, dataset);
    if (!t)
        return -ENOMEM;
    t->read++;
    t->rejected += rejected;
    t->imported += !rejected;
    t->warned += warned && !rejected;
    r->rejected += rejected;
    return 0;
}

int report_gone(struct import_report *r, const char *dataset, const char *id)
{
    struct import_gone x = {0};
    if (grow(&r->gone, r->n_gone, &r->room_gone, sizeof *r->gone) != 0 ||
        keep(r->mem, dataset, &x.dataset) != 0 || keep(r->mem, id, &x.id) != 0)
        return -ENOMEM;
    r->gone[r->n_gone++] = x;
    return 0;
}

static int by_dataset(const void *a, const void *b)
{
    const struct import_tally *x = a, *y = b;
    return strcmp(x->dataset, y->dataset);
}

/* The tally of what belongs to no dataset, or NULL. */
static struct import_tally *unknown_tally(const struct import_report *r)
{
    for (size_t i = 0; i < r->n_tallies; i++)
        if (!r->tallies[i].dataset)
            return &r->tallies[i];
    return NULL;
}

struct report_mark report_mark(const struct import_report *r)
{
    const struct import_tally *unknown = unknown_tally(r);
    return (struct report_mark){r->n_findings, unknown ? *unknown : (struct import_tally){0}};
}

int report_attribute(struct import_report *r, const struct report_mark *mark, const char *dataset)
{
    const char *kept;
    if (keep(r->mem, dataset, &kept) != 0)
        return -ENOMEM;
    for (size_t i = mark->findings; i < r->n_findings; i++)
        if (!r->findings[i].dataset)
            r->findings[i].dataset = kept;
    struct import_tally *unknown = unknown_tally(r);
    if (!unknown || unknown->read == mark->unknown.read)
        return 0;
    const struct import_tally all = *unknown;
    *unknown = mark->unknown;
    struct import_tally *to = report_tally(r, kept); /* which may move the other */
    if (!to)
        return -ENOMEM;
    to->read += all.read - mark->unknown.read;
    to->imported += all.imported - mark->unknown.imported;
    to->rejected += all.rejected - mark->unknown.rejected;
    to->warned += all.warned - mark->unknown.warned;
    return 0;
}

int report_finish(struct import_report *r, const char *fallback)
{
    struct report_mark start = {0};
    int result = report_attribute(r, &start, fallback);
    struct import_tally *unknown = unknown_tally(r);
    if (unknown)
        *unknown = r->tallies[--r->n_tallies];
    if (result == 0 && r->n_tallies > 1)
        qsort(r->tallies, r->n_tallies, sizeof *r->tallies, by_dataset);
    return result;
}
