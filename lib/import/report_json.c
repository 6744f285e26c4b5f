/* SPDX-License-Identifier: MIT */
/* The whole report as JSON, for machines: every finding, where breachctl shows people the first ones. One finding a line. Called
 * by breachctl. */
#include "import/import.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>

/* One value of a finding; jansson has no word for "text or null". */
static json_t *text(const char *s)
{
    return s ? json_string(s) : json_null();
}

/* A value as it stands, or -ENOMEM where there is none. V is taken. */
static int put(FILE *out, json_t *v)
{
    if (!v)
        return -ENOMEM;
    int result = json_dumpf(v, out, JSON_COMPACT | JSON_ENCODE_ANY) == 0 ? 0 : ferror(out) ? -EIO : -ENOMEM;
    json_decref(v);
    return result;
}

/* Before item I of a list. */
static void begin_item(FILE *out, size_t i)
{
    (void)fputs(i ? ",\n" : "\n", out);
}

static int put_head(FILE *out, const struct import_report *r, const char *error)
{
    (void)fprintf(out, "{\"published\":%s,\"error\":", error ? "false" : "true");
    int result = put(out, text(error));
    (void)fputs(",\"unread\":", out);
    if (result == 0)
        result = put(out, text(r->unread));
    (void)fputs(",\"catalogue\":", out);
    if (result == 0)
        result = put(out, error ? json_null()
                                : json_pack("{s:s,s:s,s:I,s:I}", "id", r->id, "built", r->built, "incidents",
                                            (json_int_t)r->incidents, "organizations",
                                            (json_int_t)r->organizations));
    return result;
}

static int put_tallies(FILE *out, const struct import_report *r)
{
    int result = 0;
    (void)fputs(",\n\"datasets\":[", out);
    for (size_t i = 0; i < r->n_tallies && result == 0; i++) {
        const struct import_tally *t = &r->tallies[i];
        begin_item(out, i);
        result = put(out, json_pack("{s:s,s:I,s:I,s:I,s:I}", "id", t->dataset, "read", (json_int_t)t->read,
                                    "imported", (json_int_t)t->imported, "rejected", (json_int_t)t->rejected,
                                    "warned", (json_int_t)t->warned));
    }
    return result;
}

static json_t *finding(const struct import_finding *f)
{
    json_t *v = json_pack("{s:o,s:o,s:o,s:o,s:o}", "dataset", text(f->dataset), "file", text(f->path),
                          "position", text(f->position), "field", text(f->field), "reason", text(f->reason));
    if (v && f->warning && json_object_set_new(v, "kind", text(f->kind)) != 0) {
        json_decref(v);
        return NULL;
    }
    return v;
}

static int put_findings(FILE *out, const struct import_report *r, bool warnings)
{
    int result = 0;
    size_t n = 0;
    (void)fprintf(out, "],\n\"%s\":[", warnings ? "warnings" : "rejects");
    for (size_t i = 0; i < r->n_findings && result == 0; i++)
        if (r->findings[i].warning == warnings) {
            begin_item(out, n++);
            result = put(out, finding(&r->findings[i]));
        }
    return result;
}

static int put_gone(FILE *out, const struct import_report *r)
{
    int result = 0;
    (void)fputs("],\n\"withdrawn\":[", out);
    for (size_t i = 0; i < r->n_gone && result == 0; i++) {
        begin_item(out, i);
        result = put(out, json_pack("{s:s,s:s}", "dataset", r->gone[i].dataset, "id", r->gone[i].id));
    }
    (void)fputs("]}\n", out);
    return result;
}

int import_report_write(const struct import_report *r, const char *error, FILE *out)
{
    int result = put_head(out, r, error);
    if (result == 0)
        result = put_tallies(out, r);
    if (result == 0)
        result = put_findings(out, r, false);
    if (result == 0)
        result = put_findings(out, r, true);
    if (result == 0)
        result = put_gone(out, r);
    return result == 0 && (fflush(out) != 0 || ferror(out)) ? -EIO : result;
}
