/* SPDX-License-Identifier: MIT */
#include "import_fixture.h"

#include "suite.h"

#include "render/json.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

void fixture_init(struct fixture *f)
{
    *f = (struct fixture){.folder = "/tmp/breachd-import-XXXXXX"};
    ck_assert_ptr_nonnull(mkdtemp(f->folder));
    f->mem = arena_new(0);
    ck_assert_ptr_nonnull(f->mem);
    ck_assert_int_eq(mkdir(fixture_path(f, "in"), 0755), 0);
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *place)
{
    (void)st, (void)type, (void)place;
    return remove(path);
}

static void forget(struct fixture *f)
{
    f->report = import_report_free(f->report);
    free(f->error);
    f->error = NULL;
    f->rd = storage_return(f->rd);
    f->st = storage_free(f->st);
}

void fixture_done(struct fixture *f)
{
    forget(f);
    (void)nftw(f->folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    f->mem = arena_free(f->mem);
}

const char *fixture_path(struct fixture *f, const char *name)
{
    return arena_printf(f->mem, "%s/%s", f->folder, name);
}

void fixture_write_bytes(struct fixture *f, const char *name, const char *bytes, size_t n)
{
    FILE *file = fopen(arena_printf(f->mem, "%s/in/%s", f->folder, name), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, n, file), n);
    ck_assert_int_eq(fclose(file), 0);
}

void fixture_write(struct fixture *f, const char *name, const char *text)
{
    char *json = arena_strdup(f->mem, text);
    for (char *c = json; *c; c++)
        if (*c == '\'')
            *c = '"';
    fixture_write_bytes(f, name, json, strlen(json));
}

static int is_sound(const char *path, char **reterr)
{
    struct storage *st = NULL;
    int result = storage_open(path, &st, reterr);
    storage_free(st);
    return result;
}

int fixture_import_input(struct fixture *f, const char *input, const char *output)
{
    const char *inputs[] = {input};
    struct import_options o = {.output = fixture_path(f, output),
                               .inputs = inputs,
                               .n_inputs = 1,
                               .built = f->built,
                               .allow_shrink = !f->strict,
                               .is_sound = is_sound};
    forget(f);
    f->report = import_report_new();
    ck_assert_ptr_nonnull(f->report);
    return import_run(&o, f->report, &f->error);
}

int fixture_import_from(struct fixture *f, const char *input, const char *output)
{
    return fixture_import_input(f, fixture_path(f, input), output);
}

int fixture_import(struct fixture *f, const char *output)
{
    return fixture_import_from(f, "in", output);
}

static void open_output(struct fixture *f, const char *output)
{
    char *error = NULL;
    int outcome = storage_open(fixture_path(f, output), &f->st, &error);
    ck_assert_msg(outcome == 0, "%s", error);
    ck_assert_int_eq(storage_lease(f->st, 10000, &f->rd), 0);
}

void fixture_open(struct fixture *f)
{
    int result = fixture_import(f, "out.db");
    ck_assert_msg(result == 0, "%s", f->error);
    open_output(f, "out.db");
}

static void write_line(FILE *file, int result, struct strbuf *line)
{
    ck_assert_int_eq(result, 0);
    ck_assert_int_ge(fprintf(file, "%s\n", line->data), 0);
    strbuf_reset(line);
}

void fixture_export(struct fixture *f)
{
    ck_assert_int_eq(mkdir(fixture_path(f, "in2"), 0755), 0);
    FILE *file = fopen(fixture_path(f, "in2/catalogue.ndjson"), "w");
    ck_assert_ptr_nonnull(file);
    _cleanup_strbuf_ struct strbuf line = STRBUF_INIT;
    struct dataset *datasets;
    struct organization org;
    struct incident incident;
    size_t n;
    const char *position = NULL;
    ck_assert_int_eq(storage_list_datasets(f->rd, f->mem, &datasets, &n), 0);
    write_line(file, json_datasets(datasets, n, "", storage_info(f->st), &line), &line);
    while (storage_walk_organizations(f->rd, &position, f->mem, &org) == 0)
        write_line(file, json_organization(&org, "", true, &line), &line);
    position = NULL;
    while (storage_walk_incidents(f->rd, &position, f->mem, &incident) == 0)
        write_line(file, json_incident(&incident, "", true, &line), &line);
    ck_assert_int_eq(fclose(file), 0);
}

static bool same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

const struct import_finding *fixture_finding(const struct fixture *f, bool warning, const char *field)
{
    for (size_t i = 0; i < f->report->n_findings; i++)
        if (f->report->findings[i].warning == warning && same(f->report->findings[i].field, field))
            return &f->report->findings[i];
    return NULL;
}

bool fixture_same(struct fixture *f, const char *a, const char *b)
{
    FILE *x = fopen(fixture_path(f, a), "r"), *y = fopen(fixture_path(f, b), "r");
    ck_assert(x && y);
    int c, d;
    do {
        c = getc(x);
        d = getc(y);
    } while (c == d && c != EOF);
    (void)fclose(x);
    (void)fclose(y);
    return c == d;
}
