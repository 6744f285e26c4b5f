/* SPDX-License-Identifier: MIT */
/* What an import takes over from the catalogue it replaces: times, tombstones, and whether it may replace it at all. */
#include "suite.h"

#include "import/publish.h"
#include "import_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define T1 "2020-01-01T00:00:00Z"
#define T2 "2021-01-01T00:00:00Z"
#define T3 "2022-01-01T00:00:00Z"

#define OTHER_DATASET                                                                                        \
    "'datasets':[{'id':'d','title':'The "                                                                    \
    "set','license':'MIT','url':'https://example.org','retrieved':'2020-05'}]"

/* Writes COUNT records d-0, d-1, … of dataset d to in/NAME, those from SKIP up to COUNT; MORE are members of each. */
static void write_some(struct fixture *f, const char *name, size_t skip, size_t count, const char *more)
{
    const char *text = "{" OTHER_DATASET ",'incidents':[";
    for (size_t i = skip; i < count; i++)
        text = arena_printf(
            f->mem,
            "%s%s{'id':'d-%zu','title':'Title %zu','status':'confirmed','dataset':{'id':'d','record':"
            "'r%zu'}%s}",
            text, i == skip ? "" : ",", i, i, i, more);
    fixture_write(f, name, arena_printf(f->mem, "%s]}", text));
}

/* Imports "in" to "out.db" as built at BUILT, which must succeed, and opens it. */
static void import_at(struct fixture *f, const char *built)
{
    f->built = built;
    fixture_open(f);
}

static struct incident get(struct fixture *f, const char *id)
{
    struct incident x = {0};
    int result = storage_get_incident(f->rd, id, f->mem, &x);
    ck_assert_msg(result == 0, "%s: %d", id, result);
    return x;
}

static void assert_times(struct fixture *f, const char *id, const char *added, const char *modified)
{
    struct incident x = get(f, id);
    ck_assert_msg(strcmp(x.row.added, added) == 0, "%s was added %s, not %s", id, x.row.added, added);
    ck_assert_msg(strcmp(x.row.modified, modified) == 0, "%s was modified %s, not %s", id, x.row.modified,
                  modified);
}

/* The same inputs once more, as built at BUILT: not a byte changes. */
static void assert_settled(struct fixture *f, const char *built)
{
    char command[256];
    (void)snprintf(command, sizeof command, "cp '%s' '%s'", fixture_path(f, "out.db"),
                   fixture_path(f, "copy.db"));
    ck_assert_int_eq(system(command), 0);
    import_at(f, built);
    ck_assert_msg(fixture_same(f, "out.db", "copy.db"), "the same again gives another file");
    ck_assert_uint_eq(f->report->n_gone, 0);
}

static void say(void *ctx, const char *line)
{
    (void)fprintf(ctx, "%s\n", line);
}

static void assert_sound(struct fixture *f)
{
    size_t faults = 99;
    char *error = NULL;
    ck_assert_int_eq(storage_check(fixture_path(f, "out.db"), say, stderr, &faults, &error), 0);
    ck_assert_uint_eq(faults, 0);
}

START_TEST(only_what_changed_takes_a_new_time)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", "{'id':'same','title':'A','status':'claimed'}");
    fixture_write(&f, "b.json", "{'id':'changed','title':'B','status':'claimed'}");
    import_at(&f, T1);
    fixture_write(&f, "b.json", "{'id':'changed','title':'B','status':'confirmed'}");
    fixture_write(&f, "c.json", "{'id':'new','title':'C','status':'claimed'}");
    import_at(&f, T2);
    assert_times(&f, "same", T1, T1);
    assert_times(&f, "changed", T1, T2);
    assert_times(&f, "new", T2, T2);
    assert_settled(&f, T2);
    assert_settled(&f, T1);
}
END_TEST

START_TEST(times_that_are_given_stay)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", "{'id':'a','title':'A','status':'claimed','modified':'" T1 "'}");
    import_at(&f, T2);
    assert_times(&f, "a", T2, T1);
    fixture_write(&f, "a.json", "{'id':'a','title':'B','status':'claimed','modified':'" T1 "'}");
    import_at(&f, T3);
    assert_times(&f, "a", T2, T1);
    fixture_write(&f, "a.json",
                  "{'id':'a','title':'B','status':'claimed','added':'" T1 "','modified':'" T2 "'}");
    import_at(&f, T3);
    assert_times(&f, "a", T1, T2);
}
END_TEST

static void assert_built(const struct fixture *f, const char *want)
{
    assert_text(f->report->built, want);
    assert_text(storage_info(f->st)->built, want);
}

START_TEST(built_moves_on_with_the_content_and_never_back)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", "{'id':'a','title':'A','status':'claimed'}");
    import_at(&f, T2);
    assert_built(&f, T2);
    import_at(&f, T1);
    assert_built(&f, T2);
    fixture_write(&f, "a.json", "{'id':'a','title':'B','status':'claimed'}");
    import_at(&f, T1);
    assert_built(&f, "2021-01-01T00:00:01Z");
    assert_times(&f, "a", T2, "2021-01-01T00:00:01Z");
    assert_settled(&f, T1);
    assert_settled(&f, NULL);
    /* a later time is nobody's change */
    import_at(&f, T3);
    assert_built(&f, T3);
    assert_times(&f, "a", T2, "2021-01-01T00:00:01Z");
}
END_TEST

START_TEST(what_is_no_record_is_content_too)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", "{'id':'a','title':'A','status':'claimed','dataset':{'id':'d'}}");
    fixture_write(&f, "d.json", "{'datasets':[{'id':'d','title':'One','license':'MIT'}]}");
    import_at(&f, T1);
    fixture_write(&f, "d.json", "{'datasets':[{'id':'d','title':'One','license':'CC0'}]}");
    import_at(&f, T1);
    assert_built(&f, "2020-01-01T00:00:01Z");
    assert_times(&f, "a", T1, T1);
    fixture_write(&f, "o.json", "{'id':'o','name':'O','kind':'dealer'}");
    import_at(&f, T1);
    assert_built(&f, "2020-01-01T00:00:02Z");
    ck_assert_int_eq(unlink(fixture_path(&f, "in/o.json")), 0);
    import_at(&f, T1);
    assert_built(&f, "2020-01-01T00:00:03Z");
    assert_settled(&f, T1);
}
END_TEST

#define DEALER "'organizations':[{'id':'o','name':'O','kind':'dealer'%s}]"
#define AT_O   "'parties':[{'organization':{'id':'o'},'role':'breached','certainty':'confirmed'}]"

static void write_dealer(struct fixture *f, const char *more, const char *incidents)
{
    fixture_write(f, "a.json", arena_printf(f->mem, "{" DEALER ",'incidents':[%s]}", more, incidents));
}

START_TEST(an_organization_changes_by_its_own_record)
{
    _cleanup_fixture_ struct fixture f;
    struct organization o;
    static const struct {
        const char *more, *incidents, *modified;
    } steps[] = {
        {"", "{'id':'a','title':'A','status':'claimed'}", T1},
        {"", "{'id':'a','title':'A','status':'claimed'," AT_O "}", T1},
        {",'city':'Rome'", "{'id':'a','title':'A','status':'claimed'," AT_O "}", T3},
        {",'city':'Rome','modified':'" T2 "'", "{'id':'a','title':'A','status':'claimed'}", T2},
    };
    static const char *const built[] = {T1, T2, T3, T3};
    fixture_init(&f);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        write_dealer(&f, steps[i].more, steps[i].incidents);
        import_at(&f, built[i]);
        ck_assert_int_eq(storage_get_organization(f.rd, "o", f.mem, &o), 0);
        assert_text(o.row.modified, steps[i].modified);
    }
}
END_TEST

static void assert_tombstone(struct fixture *f, const char *id, const char *at, const char *reason,
                             const char *by)
{
    struct incident x = get(f, id);
    ck_assert_int_eq(x.row.status, STATUS_WITHDRAWN);
    ck_assert(!incident_is_listed(&x.row));
    assert_text(x.row.withdrawn.at, at);
    assert_text(x.row.withdrawn.reason, reason);
    assert_text(x.row.withdrawn.by, by);
    ck_assert_uint_eq(x.n_sources + x.n_dates + x.n_parties + x.n_timeline, 0);
}

START_TEST(what_is_gone_leaves_a_tombstone)
{
    _cleanup_fixture_ struct fixture f;
    struct dataset *datasets;
    size_t n;
    fixture_init(&f);
    f.strict = true;
    write_some(&f, "a.json", 0, 10, ",'summary':'S','sources':[{'n':1,'title':'T','class':'press'}]");
    import_at(&f, T1);
    write_some(&f, "a.json", 1, 10, ",'summary':'S','sources':[{'n':1,'title':'T','class':'press'}]");
    import_at(&f, T2);
    ck_assert_uint_eq(f.report->n_gone, 1);
    assert_text(f.report->gone[0].id, "d-0");
    assert_text(f.report->gone[0].dataset, "d");
    assert_tombstone(&f, "d-0", T2, "gone from dataset", "The set");
    struct incident x = get(&f, "d-0");
    assert_text(x.row.title, "Title 0");
    assert_text(x.row.dataset_record, "r0");
    assert_text(x.row.summary, NULL);
    assert_times(&f, "d-0", T1, T2);
    assert_times(&f, "d-1", T1, T1);
    ck_assert_uint_eq(storage_info(f.st)->incidents, 9);
    ck_assert_int_eq(storage_list_datasets(f.rd, f.mem, &datasets, &n), 0);
    ck_assert_uint_eq(datasets[0].counts.imported, 9);
    ck_assert_uint_eq(datasets[0].counts.read, 9);
    ck_assert_uint_eq(datasets[0].counts.withdrawn, 1);
    ck_assert_uint_eq(f.report->tallies[0].read, 9);
    assert_sound(&f);
    assert_settled(&f, T2);
    /* it outlasts what else changes, and is itself no loss any more */
    write_some(&f, "a.json", 1, 9, ",'summary':'S','sources':[{'n':1,'title':'T','class':'press'}]");
    f.strict = false;
    import_at(&f, T3);
    assert_tombstone(&f, "d-0", T2, "gone from dataset", "The set");
    assert_times(&f, "d-0", T1, T2);
    assert_tombstone(&f, "d-9", T3, "gone from dataset", "The set");
    assert_settled(&f, T3);
}
END_TEST

START_TEST(what_comes_back_is_listed_again)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    write_some(&f, "a.json", 0, 3, "");
    import_at(&f, T1);
    write_some(&f, "a.json", 1, 3, "");
    import_at(&f, T2);
    write_some(&f, "a.json", 0, 3, "");
    import_at(&f, T3);
    struct incident x = get(&f, "d-0");
    ck_assert(incident_is_listed(&x.row));
    assert_text(x.row.withdrawn.at, NULL);
    assert_times(&f, "d-0", T1, T3);
    ck_assert_uint_eq(storage_info(f.st)->incidents, 3);
}
END_TEST

START_TEST(what_cannot_be_read_any_more_says_so)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    write_some(&f, "a.json", 0, 3, "");
    fixture_write(&f, "b.json", "{'id':'b','title':'B','status':'claimed'}");
    fixture_write(&f, "c.json", "{'id':'c','title':'C','status':'claimed'}");
    import_at(&f, T1);
    fixture_write(&f, "b.json", "{'id':'b','title':'B','status':'clamed'}");
    fixture_write(&f, "c.json", "{'id':'c','title':'C','status':'claimed','merged_into':'nobody'}");
    import_at(&f, T2);
    assert_tombstone(&f, "b", T2, "no longer readable: its import was rejected", NULL);
    assert_tombstone(&f, "c", T2, "no longer readable: its import was rejected", NULL);
    assert_settled(&f, T2);
}
END_TEST

/* Of HELD records GONE disappear. */
static const struct {
    size_t held, gone;
    bool refused;
} shrinks[] = {{10, 1, false}, {9, 1, true}, {20, 2, false}, {20, 3, true}, {30, 3, false}, {3, 0, false}};

START_TEST(a_run_that_would_withdraw_much_is_refused)
{
    _cleanup_fixture_ struct fixture f;
    size_t held = shrinks[_i].held, gone = shrinks[_i].gone;
    fixture_init(&f);
    f.strict = true;
    write_some(&f, "a.json", 0, held, "");
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_int_eq(fixture_import(&f, "before.db"), 0);
    write_some(&f, "a.json", gone, held, "");
    int result = fixture_import(&f, "out.db");
    ck_assert_int_eq(result, shrinks[_i].refused ? IMPORT_E_SHRINKS : 0);
    if (!shrinks[_i].refused)
        return;
    const char *want = arena_printf(f.mem, "%zu of the %zu records of dataset \"d\"", gone, held);
    ck_assert_msg(strstr(f.error, want) && strstr(f.error, "10 %"), "%s", f.error);
    ck_assert(fixture_same(&f, "out.db", "before.db"));
    ck_assert_uint_eq(f.report->n_gone, gone);
    f.strict = false;
    import_at(&f, NULL);
    ck_assert_uint_eq(storage_info(f.st)->incidents, held - gone);
}
END_TEST

/* Records that stay may go on naming one that is gone: it was there, so that is no slip of the pen. */
START_TEST(relations_to_what_is_gone_are_left_out)
{
    static const char related[] =
        ",'related':[{'incident':{'id':'%s'},'relation':'follow_up','certainty':'confirmed'}]";
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "b.json",
                  arena_printf(f.mem, "{'id':'b','title':'B','status':'confirmed'%s}",
                               arena_printf(f.mem, related, "d-0")));
    write_some(&f, "a.json", 0, 20, "");
    import_at(&f, T1);
    ck_assert_uint_eq(get(&f, "b").n_related, 1);
    ck_assert_uint_eq(get(&f, "d-0").n_related, 1);
    write_some(&f, "a.json", 1, 20, "");
    import_at(&f, T2);
    ck_assert_uint_eq(f.report->rejected, 0);
    ck_assert_uint_eq(get(&f, "b").n_related, 0);
    const struct import_finding *w = fixture_finding(&f, true, "related[0]");
    ck_assert_ptr_nonnull(w);
    assert_text(w->kind, "dropped-relation");
    ck_assert_ptr_nonnull(strstr(w->reason, "is gone from its dataset"));
    assert_settled(&f, T2);
    /* one that was never there is one */
    fixture_write(&f, "b.json",
                  arena_printf(f.mem, "{'id':'b','title':'B','status':'confirmed'%s}",
                               arena_printf(f.mem, related, "d-77")));
    import_at(&f, T3);
    ck_assert_uint_eq(f.report->rejected, 1);
}
END_TEST

START_TEST(a_dataset_without_its_input_is_all_gone)
{
    _cleanup_fixture_ struct fixture f;
    struct dataset *datasets;
    size_t n;
    fixture_init(&f);
    f.strict = true;
    write_some(&f, "a.json", 0, 5, "");
    fixture_write(&f, "b.json", "{'id':'b','title':'B','status':'claimed'}");
    import_at(&f, T1);
    ck_assert_int_eq(unlink(fixture_path(&f, "in/a.json")), 0);
    ck_assert_int_eq(fixture_import(&f, "out.db"), IMPORT_E_SHRINKS);
    ck_assert_msg(strstr(f.error, "5 of the 5 records of dataset \"d\""), "%s", f.error);
    f.strict = false;
    import_at(&f, T2);
    assert_tombstone(&f, "d-4", T2, "gone from dataset", "The set");
    ck_assert_uint_eq(f.report->n_findings, 0);
    ck_assert_int_eq(storage_list_datasets(f.rd, f.mem, &datasets, &n), 0);
    ck_assert_uint_eq(n, 2);
    assert_text(datasets[0].license, "MIT");
    assert_text(datasets[0].url, "https://example.org");
    assert_text(datasets[0].retrieved.text, "2020-05");
    assert_sound(&f);
    f.strict = true;
    assert_settled(&f, T2);
}
END_TEST

START_TEST(tombstones_travel_with_what_is_served)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    write_some(&f, "a.json", 0, 4, "");
    import_at(&f, T1);
    write_some(&f, "a.json", 1, 4, ",'summary':'S'");
    import_at(&f, T2);
    const char *id = arena_strdup(f.mem, f.report->id);
    fixture_export(&f);
    f.built = NULL;
    ck_assert_int_eq(fixture_import_from(&f, "in2", "new.db"), 0);
    assert_text(f.report->id, id);
    ck_assert_int_eq(fixture_import_from(&f, "in2", "out.db"), 0);
    assert_text(f.report->id, id);
    ck_assert_uint_eq(f.report->n_gone, 0);
    ck_assert_uint_eq(f.report->n_findings, 0);
}
END_TEST

/* Files that may lie where a catalogue is to be, and whether the report has a word on them. */
static const struct {
    const char *command;
    bool told;
} strange[] = {
    {"printf nonsense > '%s'", true},
    {": > '%s'", false},
    {"rm '%s'", false},
    {"truncate -s 50000 '%s'", true},
    {"printf '\\1' | dd bs=1 seek=63 conv=notrunc status=none of='%s'",
     true}, /* another version of the schema */
};

START_TEST(what_is_no_catalogue_is_replaced_as_if_not_there)
{
    _cleanup_fixture_ struct fixture f;
    char command[256];
    fixture_init(&f);
    f.strict = true;
    write_some(&f, "a.json", 0, 4, "");
    import_at(&f, T1);
    (void)snprintf(command, sizeof command, strange[_i].command, fixture_path(&f, "out.db"));
    ck_assert_int_eq(system(command), 0);
    write_some(&f, "a.json", 1, 4, "");
    import_at(&f, T2);
    ck_assert_int_eq(f.report->unread != NULL, strange[_i].told);
    assert_times(&f, "d-1", T2, T2);
    struct incident x;
    ck_assert_int_eq(storage_get_incident(f.rd, "d-0", f.mem, &x), STORAGE_E_NOT_FOUND);
}
END_TEST

/* --- who may write --- */

START_TEST(one_import_at_a_time_to_one_output)
{
    _cleanup_fixture_ struct fixture f;
    struct publish *other = NULL;
    char *error = NULL;
    fixture_init(&f);
    write_some(&f, "a.json", 0, 4, "");
    import_at(&f, T1);
    ck_assert_int_eq(symlink("out.db", fixture_path(&f, "link.db")), 0);
    ck_assert_int_eq(publish_begin(fixture_path(&f, "link.db"), &other, &error), 0);
    ck_assert_int_eq(fixture_import(&f, "out.db"), IMPORT_E_FAILED);
    ck_assert_msg(strstr(f.error, "another import or pull is at work on it"), "%s", f.error);
    ck_assert_int_eq(access(publish_path(other), F_OK), 0);
    ck_assert_int_eq(fixture_import(&f, "neighbour.db"), 0);
    publish_free(other);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
}
END_TEST

START_TEST(what_a_killed_import_left_is_removed)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    const char *left = fixture_path(&f, ".out.db.import"), *other = fixture_path(&f, ".other.db.import");
    write_some(&f, "a.json", 0, 4, "");
    for (int good = 0; good < 2; good++) {
        for (int i = 0; i < 2; i++) {
            FILE *file = fopen(i ? other : left, "w");
            ck_assert_ptr_nonnull(file);
            ck_assert_int_ge(fputs("half a catalogue", file), 0);
            ck_assert_int_eq(fclose(file), 0);
        }
        ck_assert_int_eq(fixture_import_from(&f, good ? "in" : "nowhere", "out.db"),
                         good ? 0 : IMPORT_E_FAILED);
        ck_assert_int_ne(access(left, F_OK), 0);
        ck_assert_int_eq(access(other, F_OK), 0);
    }
}
END_TEST

/* --- the report --- */

static char *report_text(struct fixture *f, const char *error)
{
    char *text = NULL;
    size_t n = 0;
    FILE *out = open_memstream(&text, &n);
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(import_report_write(f->report, error, out), 0);
    ck_assert_int_eq(fclose(out), 0);
    return text;
}

START_TEST(the_report_as_json)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    write_some(&f, "a.json", 0, 2, "");
    import_at(&f, T1);
    write_some(&f, "a.json", 1, 2,
               ",'sources':[{'n':1,'title':'T','class':'attacker','url':'http://x.onion'}]");
    fixture_write(&f, "b.json", "{'id':");
    import_at(&f, T1);
    char *text = report_text(&f, NULL);
    const char *const parts[] = {
        "{\"published\":true,\"error\":null,\"unread\":null,\"catalogue\":{\"id\":\"",
        "\"built\":\"2020-01-01T00:00:01Z\",\"incidents\":2,\"organizations\":0}",
        "{\"id\":\"d\",\"read\":2,\"imported\":1,\"rejected\":1,\"warned\":1}",
        "\"position\":\"line 1, column 6\",\"field\":null,\"reason\":\"",
        "\"position\":\"incidents[0]\",\"field\":\"sources[0].url\",\"reason\":\"left out",
        "\"kind\":\"attacker-url\"",
        "\"withdrawn\":[\n{\"dataset\":\"d\",\"id\":\"d-0\"}]}",
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        ck_assert_msg(strstr(text, parts[i]), "no %s in %s", parts[i], text);
    free(text);
    text = report_text(&f, "no \"luck\"");
    ck_assert_ptr_nonnull(strstr(
        text, "{\"published\":false,\"error\":\"no \\\"luck\\\"\",\"unread\":null,\"catalogue\":null"));
    free(text);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("import previous");
    SUITE_ADD(s, "times", only_what_changed_takes_a_new_time, times_that_are_given_stay,
              built_moves_on_with_the_content_and_never_back, what_is_no_record_is_content_too,
              an_organization_changes_by_its_own_record);
    SUITE_ADD(s, "tombstones", what_is_gone_leaves_a_tombstone, what_comes_back_is_listed_again,
              what_cannot_be_read_any_more_says_so, relations_to_what_is_gone_are_left_out,
              a_dataset_without_its_input_is_all_gone, tombstones_travel_with_what_is_served);
    TCase *tables = tcase_create("tables");
    tcase_add_loop_test(tables, a_run_that_would_withdraw_much_is_refused, 0,
                        sizeof shrinks / sizeof *shrinks);
    tcase_add_loop_test(tables, what_is_no_catalogue_is_replaced_as_if_not_there, 0,
                        sizeof strange / sizeof *strange);
    suite_add_tcase(s, tables);
    SUITE_ADD(s, "writing", one_import_at_a_time_to_one_output, what_a_killed_import_left_is_removed,
              the_report_as_json);
    return suite_run(s);
}
