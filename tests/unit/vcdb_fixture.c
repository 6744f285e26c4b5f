/* SPDX-License-Identifier: MIT */
#include "vcdb_fixture.h"

#include "import/reader.h"
#include "import/records.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct vcdb_read got;

void setup(void)
{
    got.report = import_report_new();
    got.c = catalogue_new(got.report, P_tmpdir);
    got.mem = arena_new(0);
    got.records = 0;
    ck_assert(got.report && got.c && got.mem);
}

void teardown(void)
{
    got.c = catalogue_free(got.c);
    got.mem = arena_free(got.mem);
    got.report = import_report_free(got.report);
}

json_t *value_of(const char *text)
{
    char *json = strdup(text);
    for (char *p = json; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    json_error_t error;
    json_t *v = json_loads(json, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(v != NULL, "%s: %s", error.text, json);
    free(json);
    return v;
}

void read_value(const json_t *v, const char *file, const char *position)
{
    const struct origin from = {file, file, position, NULL};
    ck_assert_int_eq(adapter_vcdb.read_json(got.c, v, &from, &got.records), 0);
}

void read_at(const char *text, const char *file, const char *position)
{
    json_t *v = value_of(text);
    read_value(v, file, position);
    json_decref(v);
}

const struct incident *record(size_t i)
{
    struct incident *x = arena_alloc(got.mem, sizeof *x);
    ck_assert_int_eq(record_load(got.c, &got.c->incidents[i], got.mem, x), 0);
    return x;
}

const struct incident *read_one(const char *members)
{
    teardown();
    setup();
    char *text = NULL;
    ck_assert_int_ge(asprintf(&text, "{'schema_version':'1.3.7'%s%s}", *members ? "," : "", members), 0);
    read_at(text, FILE_NAME, NULL);
    free(text);
    ck_assert_uint_eq(got.c->n_incidents, 1);
    return record(0);
}

size_t warnings(const char *kind)
{
    size_t n = 0;
    for (size_t i = 0; i < got.report->n_findings; i++)
        n += got.report->findings[i].warning && strcmp(got.report->findings[i].kind, kind) == 0;
    return n;
}

bool has_caveat(const struct incident *x, const char *words)
{
    for (size_t i = 0; i < x->n_caveats; i++)
        if (strstr(x->caveats[i].text, words))
            return true;
    return false;
}

const char *date_of(const struct incident *x, enum date_kind kind)
{
    for (size_t i = 0; i < x->n_dates; i++)
        if (x->dates[i].kind == kind)
            return x->dates[i].date.text ? x->dates[i].date.text : "null";
    return "-";
}

struct visitor {
    const char *words; /* to look for; NULL: texts are checked */
    bool found;
};

static void visit(struct visitor *w, const char *text, size_t most, const char *what)
{
    if (!text)
        return;
    size_t n = strlen(text);
    if (w->words) {
        w->found |= strstr(text, w->words) != NULL;
        return;
    }
    ck_assert_msg(n > 0 && n <= most, "%s has %zu bytes", what, n);
    ck_assert_msg(utf8_is_valid(text, n), "%s is not UTF-8", what);
    for (size_t i = 0; i < n; i++)
        ck_assert_msg((unsigned char)text[i] >= 0x20 || (text[i] == '\n' && most > LIMIT_TITLE_BYTES),
                      "%s holds a control character", what);
}

static void visit_evidence(struct visitor *w, const struct incident *x, const struct evidence *e)
{
    ck_assert_int_ge(e->source, 1);
    ck_assert_uint_le((size_t)e->source, x->n_sources);
    ck_assert(e->certainty < _CERTAINTY_N);
    visit(w, e->note, LIMIT_TEXT_BYTES, "note");
}

static void visit_lists(struct visitor *w, const struct incident *x)
{
    for (size_t i = 0; i < x->n_dates; i++)
        visit_evidence(w, x, &x->dates[i].e);
    for (size_t i = 0; i < x->n_parties; i++) {
        visit(w, x->parties[i].organization.name, LIMIT_TITLE_BYTES, "party");
        visit_evidence(w, x, &x->parties[i].e);
    }
    for (size_t i = 0; i < x->n_figures; i++) {
        visit(w, x->figures[i].of, LIMIT_TEXT_BYTES, "of");
        ck_assert(x->figures[i].amount.value.known && x->figures[i].amount.value.value > 0);
        ck_assert((x->figures[i].unit == UNIT_MONEY) == (x->figures[i].currency != NULL));
        visit_evidence(w, x, &x->figures[i].e);
    }
    for (size_t i = 0; i < x->n_data_classes; i++) {
        visit(w, x->data_classes[i].text, LIMIT_TEXT_BYTES, "data class");
        visit_evidence(w, x, &x->data_classes[i].e);
    }
    for (size_t i = 0; i < x->n_actors; i++) {
        ck_assert_msg(reader_is_id(x->actors[i].id), "%s", x->actors[i].id);
        visit(w, x->actors[i].name, LIMIT_TITLE_BYTES + 64, "actor");
        visit_evidence(w, x, &x->actors[i].e);
    }
    for (size_t i = 0; i < x->n_attack; i++) {
        visit(w, x->attack[i].variety, LIMIT_TITLE_BYTES, "variety");
        visit(w, x->attack[i].vector, LIMIT_TITLE_BYTES, "vector");
        visit_evidence(w, x, &x->attack[i].e);
    }
    for (size_t i = 0; i < x->n_timeline; i++) {
        visit(w, x->timeline[i].text, LIMIT_TEXT_BYTES, "event");
        visit_evidence(w, x, &x->timeline[i].e);
    }
    for (size_t i = 0; i < x->n_caveats; i++)
        visit(w, x->caveats[i].text, LIMIT_TEXT_BYTES, "caveat");
}

/* Every text of a record; it is as native input would have to be. */
static void visit_record(struct visitor *w, const struct incident *x)
{
    ck_assert(x->row.title != NULL && reader_is_id(x->row.id));
    visit(w, x->row.title, LIMIT_TITLE_BYTES, "title");
    visit(w, x->row.summary, LIMIT_TEXT_BYTES, "summary");
    visit(w, x->row.status_note, LIMIT_TEXT_BYTES, "status_note");
    visit(w, x->row.dataset_record, LIMIT_TITLE_BYTES, "record");
    ck_assert_uint_ge(x->n_sources, 1);
    for (size_t i = 0; i < x->n_sources; i++) {
        const struct source *s = &x->sources[i];
        ck_assert(s->title || s->description);
        ck_assert(!s->url || (reader_is_url(s->url) && s->class != CLASS_ATTACKER));
        visit(w, s->title, LIMIT_TITLE_BYTES, "source title");
        visit(w, s->description, LIMIT_TEXT_BYTES, "source");
        visit(w, s->publisher, LIMIT_TITLE_BYTES, "publisher");
        visit(w, s->url, LIMIT_URL_BYTES, "url");
    }
    visit_lists(w, x);
}

bool has_text(const struct incident *x, const char *words)
{
    struct visitor w = {.words = words};
    visit_record(&w, x);
    return w.found;
}

void check_record(const struct incident *x)
{
    struct visitor w = {0};
    visit_record(&w, x);
}
