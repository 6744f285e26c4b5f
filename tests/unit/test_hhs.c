/* SPDX-License-Identifier: MIT */
/* The breach portal's table: what its rows mean, and what becomes of odd and broken ones. */
#include "suite.h"

#include "import_fixture.h"
#include "util/limits.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HEADING                                                                                              \
    "Name of Covered Entity,State,Covered Entity Type,Individuals Affected,Breach Submission Date,Type of "  \
    "Breach,"                                                                                                \
    "Location of Breached Information,Business Associate Present,Web Description\r\n"
#define ROW(name, people, date, type, location)                                                              \
    name ",OH,Healthcare Provider," people "," date "," type "," location ",No,\r\n"
#define PLAIN ROW("Plain Clinic", "1234", "02/03/2015", "Theft", "Laptop")

/* Imports TEXT and opens the catalogue. */
static void import_text(struct fixture *f, const char *text)
{
    fixture_init(f);
    fixture_write_bytes(f, "hhs.csv", text, strlen(text));
    fixture_open(f);
}

/* The incident whose title has WORDS; there must be exactly one. */
static struct incident find(struct fixture *f, const char *words)
{
    struct incident x, found = {0};
    const char *position = NULL;
    size_t n = 0;
    while (storage_walk_incidents(f->rd, &position, f->mem, &x) == 0)
        if (strstr(x.row.title, words)) {
            found = x;
            n++;
        }
    ck_assert_msg(n == 1, "%zu records of %s", n, words);
    return found;
}

static const struct import_tally *tally(const struct fixture *f)
{
    for (size_t i = 0; i < f->report->n_tallies; i++)
        if (strcmp(f->report->tallies[i].dataset, "hhs") == 0)
            return &f->report->tallies[i];
    ck_abort_msg("no tally");
    return NULL;
}

static const struct import_finding *only_finding(const struct fixture *f, const char *position,
                                                 const char *reason)
{
    ck_assert_uint_eq(f->report->n_findings, 1);
    const struct import_finding *x = &f->report->findings[0];
    assert_text(x->dataset, "hhs");
    assert_text(x->position, position);
    ck_assert_msg(strstr(x->reason, reason), "\"%s\" lacks \"%s\"", x->reason, reason);
    return x;
}

START_TEST(row_is_a_report_to_the_regulator)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f, "\xef\xbb\xbf" HEADING
                    "\"Smith, Jones \"\"& Co\"\"\",PR,Health Plan,\"12,345\",07/04/2016,\"Loss, Theft\","
                    "\"Laptop, Paper/Films\",Yes,\"One line,\r\nand another.\"\r\n");
    ck_assert_uint_eq(f.report->n_findings, 0);
    struct incident x = find(&f, "Smith");
    assert_text(x.row.title, "Loss and theft reported by Smith, Jones \"& Co\"");
    ck_assert_ptr_nonnull(strstr(x.row.summary, "(a health plan in Puerto Rico)"));
    ck_assert_ptr_nonnull(strstr(x.row.summary, "on 4 July 2016, a breach of protected health information, "
                                                "affecting 12,345 people."));
    ck_assert_ptr_nonnull(strstr(x.row.summary, "\nOne line,\nand another."));
    ck_assert_int_eq(x.row.status, STATUS_CONFIRMED);
    assert_text(x.row.dataset, "hhs");
    assert_text(x.row.added, "2016-07-04T00:00:00Z");
    assert_text(x.row.modified, "2016-07-04T00:00:00Z");
    assert_text(x.notified.text, "2016-07-04");
    ck_assert_int_eq(x.row.date_basis, DATE_NOTIFIED);
    ck_assert_uint_eq(x.n_timeline, 1);
    ck_assert_int_eq(x.timeline[0].kind, EVENT_NOTIFICATION);
    ck_assert(!x.timeline[0].derived);
    ck_assert_uint_eq(x.n_caveats, 1);
    ck_assert_ptr_nonnull(strstr(x.caveats[0].text, "business associate"));
    assert_text(storage_info(f.st)->built, "2016-07-04T00:00:00Z");
}
END_TEST

START_TEST(facts_say_who_says_them)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f, HEADING PLAIN);
    struct incident x = find(&f, "Plain Clinic");
    ck_assert_uint_eq(x.n_figures, 1);
    ck_assert_int_eq(x.figures[0].amount.qualifier, QUALIFIER_EXACT);
    ck_assert_int_eq(x.figures[0].amount.value.value, 1234);
    ck_assert_int_eq(x.figures[0].e.certainty, CERTAINTY_CONFIRMED);
    assert_text(x.figures[0].e.asserted_by.name, "Plain Clinic");
    assert_text(x.figures[0].e.asserted.text, "2015-02-03");
    ck_assert_int_eq(x.figures[0].e.source, 1);
    ck_assert(x.row.affected.known);
    ck_assert_uint_eq(x.n_sources, 1);
    ck_assert_int_eq(x.sources[0].class, CLASS_REGULATOR);
    ck_assert_ptr_nonnull(x.sources[0].url);
    ck_assert_uint_eq(x.n_data_classes, 1);
    assert_text(vocab_id(&vocab_data_class, x.data_classes[0].id), "medical");
    assert_text(x.data_classes[0].e.note, "Location of Breached Information: Laptop");
    ck_assert_uint_eq(x.n_parties, 1);
    ck_assert_int_eq(x.parties[0].role, ROLE_BREACHED);
    assert_text(x.parties[0].organization.name, "Plain Clinic");
}
END_TEST

START_TEST(dataset_is_credited)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f, HEADING PLAIN);
    struct dataset *datasets;
    size_t n;
    ck_assert_int_eq(storage_list_datasets(f.rd, f.mem, &datasets, &n), 0);
    ck_assert_uint_eq(n, 1);
    assert_text(datasets[0].license, "public domain");
    ck_assert_ptr_nonnull(datasets[0].credit);
    ck_assert_ptr_nonnull(datasets[0].url);
}
END_TEST

/* --- words --- */

static const struct kind_of_breach {
    const char *type, *location;
    enum action action;
    enum certainty attack, exposure;
    const char *title;
} kinds[] = {
    {"Hacking/IT Incident", "Email", ACTION_HACKING, CERTAINTY_CONFIRMED, CERTAINTY_CONFIRMED,
     "Hacking or IT incident reported by X"},
    {"hacking/it incident", "Email", ACTION_HACKING, CERTAINTY_CONFIRMED, CERTAINTY_CONFIRMED,
     "Hacking or IT incident reported by X"},
    {"Loss", "Laptop", ACTION_ERROR, CERTAINTY_CONFIRMED, CERTAINTY_SUSPECTED, "Loss reported by X"},
    {"Improper Disposal", "Paper/Films", ACTION_ERROR, CERTAINTY_CONFIRMED, CERTAINTY_SUSPECTED,
     "Improper disposal reported by X"},
    {"Theft", "Paper/Films", ACTION_PHYSICAL, CERTAINTY_CONFIRMED, CERTAINTY_CONFIRMED,
     "Theft reported by X"},
    {"Theft", "\"Email, Laptop\"", ACTION_PHYSICAL, CERTAINTY_CONFIRMED, CERTAINTY_CONFIRMED,
     "Theft reported by X"},
    {"Theft", "Email", ACTION_UNKNOWN, CERTAINTY_UNKNOWN, CERTAINTY_CONFIRMED, "Theft reported by X"},
    {"Unauthorized Access/Disclosure", "Email", ACTION_UNKNOWN, CERTAINTY_UNKNOWN, CERTAINTY_CONFIRMED,
     "Unauthorized access or disclosure reported by X"},
    {"Other", "Other", ACTION_UNKNOWN, CERTAINTY_UNKNOWN, CERTAINTY_CONFIRMED,
     "Breach of health information reported by X"},
    {"Unknown", "Other", ACTION_UNKNOWN, CERTAINTY_UNKNOWN, CERTAINTY_CONFIRMED,
     "Breach of health information reported by X"},
    {"\"Loss, Improper Disposal, Unknown\"", "Laptop", ACTION_ERROR, CERTAINTY_CONFIRMED, CERTAINTY_CONFIRMED,
     "Loss and improper disposal reported by X"},
};

START_TEST(type_tells_the_action_and_the_exposure)
{
    const struct kind_of_breach *k = &kinds[_i];
    _cleanup_fixture_ struct fixture f;
    char text[1024];
    (void)snprintf(text, sizeof text, HEADING "X,OH,Health Plan,700,1/2/2015,%s,%s,No,None\r\n", k->type,
                   k->location);
    import_text(&f, text);
    ck_assert_uint_eq(f.report->n_findings, 0);
    struct incident x = find(&f, "X");
    assert_text(x.row.title, k->title);
    ck_assert_int_eq(x.attack[0].action, k->action);
    ck_assert_int_eq(x.attack[0].e.certainty, k->attack);
    ck_assert_int_eq(x.row.exposure, k->exposure);
    ck_assert_ptr_null(strstr(x.row.summary, "None"));
}
END_TEST

START_TEST(threshold_is_no_count)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f, HEADING ROW("At 500", "500", "02/03/2015", "Loss", "Other")
                        ROW("At 501", "501", "02/03/2015", "Loss", "Other")
                            ROW("At 502", "502", "02/03/2015", "Loss", "Other"));
    static const enum qualifier want[] = {QUALIFIER_PLACEHOLDER, QUALIFIER_PLACEHOLDER, QUALIFIER_EXACT};
    static const char *const names[] = {"At 500", "At 501", "At 502"};
    for (size_t i = 0; i < 3; i++) {
        struct incident x = find(&f, names[i]);
        ck_assert_int_eq(x.figures[0].amount.qualifier, want[i]);
        ck_assert(x.figures[0].amount.min.known == (want[i] == QUALIFIER_EXACT));
        ck_assert((strstr(x.row.summary, "not known yet") != NULL) == (want[i] == QUALIFIER_PLACEHOLDER));
    }
}
END_TEST

/* Cells that cannot be as they stand: a warning, and the words stay in the record. */
static const struct odd {
    const char *row, *field, *kind, *caveat;
} odd[] = {
    {ROW("X", "-5", "02/03/2015", "Loss", "Other"), "Individuals Affected", "impossible-figure", "\"-5\""},
    {ROW("X", "0", "02/03/2015", "Loss", "Other"), "Individuals Affected", "impossible-figure", "\"0\""},
    {ROW("X", "many", "02/03/2015", "Loss", "Other"), "Individuals Affected", "impossible-figure",
     "\"many\""},
    {ROW("X", "\"1,23\"", "02/03/2015", "Loss", "Other"), "Individuals Affected", "impossible-figure",
     "\"1,23\""},
    {ROW("X", "99999999999", "02/03/2015", "Loss", "Other"), "Individuals Affected", "impossible-figure",
     "\"99999999999\""},
    {ROW("X", "99999999999999999999999999", "02/03/2015", "Loss", "Other"), "Individuals Affected",
     "impossible-figure", "\"99999999999999999999999999\""},
    {ROW("X", "600", "02/30/2015", "Loss", "Other"), "Breach Submission Date", "impossible-date",
     "\"02/30/2015\""},
    {ROW("X", "600", "13/01/2015", "Loss", "Other"), "Breach Submission Date", "impossible-date",
     "\"13/01/2015\""},
    {ROW("X", "600", "01/01/2102", "Loss", "Other"), "Breach Submission Date", "impossible-date",
     "\"01/01/2102\""},
    {ROW("X", "600", "01/01/0015", "Loss", "Other"), "Breach Submission Date", "impossible-date",
     "\"01/01/0015\""},
    {ROW("X", "600", "01/01/1999", "Loss", "Other"), "Breach Submission Date", "impossible-date",
     "\"01/01/1999\""},
    {ROW("X", "600", "01-01/2015", "Loss", "Other"), "Breach Submission Date", "impossible-date",
     "\"01-01/2015\""},
    {ROW("X", "600", "soon", "Loss", "Other"), "Breach Submission Date", "impossible-date", "\"soon\""},
    {ROW("X", "600", "01/02/2015", "Teleportation", "Other"), "Type of Breach", "unknown-word", NULL},
    {"X,ZZ,Health Plan,600,01/02/2015,Loss,Other,No,\r\n", "State", "unknown-word", "\"ZZ\""},
    {"X,OH,Wizard,600,01/02/2015,Loss,Other,No,\r\n", "Covered Entity Type", "unknown-word", "\"Wizard\""},
    {"X,OH,Health Plan,600,01/02/2015,Loss,Other,Perhaps,\r\n", "Business Associate Present", "unknown-word",
     "\"Perhaps\""},
};

START_TEST(odd_cell_is_a_warning_and_kept_in_words)
{
    const struct odd *o = &odd[_i];
    _cleanup_fixture_ struct fixture f;
    char text[1024];
    (void)snprintf(text, sizeof text, HEADING "%s", o->row);
    import_text(&f, text);
    struct incident x = find(&f, "X");
    ck_assert_uint_eq(tally(&f)->rejected, 0);
    ck_assert_uint_eq(tally(&f)->warned, 1);
    const struct import_finding *w = fixture_finding(&f, true, o->field);
    ck_assert_msg(w, "no warning of %s", o->field);
    assert_text(w->kind, o->kind);
    assert_text(w->position, "line 2");
    if (o->caveat) {
        ck_assert_uint_eq(x.n_caveats, 1);
        ck_assert_msg(strstr(x.caveats[0].text, o->caveat), "\"%s\" lacks %s", x.caveats[0].text, o->caveat);
    } else {
        assert_text(x.attack[0].variety, "Teleportation");
        ck_assert_int_eq(x.attack[0].e.certainty, CERTAINTY_UNKNOWN);
    }
    if (strcmp(o->kind, "impossible-figure") == 0) {
        ck_assert_uint_eq(x.n_figures, 0);
        ck_assert(!x.row.affected.known);
    }
    if (strcmp(o->kind, "impossible-date") == 0) {
        ck_assert_uint_eq(x.n_dates, 0);
        ck_assert_ptr_null(x.row.date.text);
        assert_text(storage_info(f.st)->built, "1970-01-01T00:00:00Z");
    }
}
END_TEST

/* Cells that say nothing are no fault. */
START_TEST(blank_cells_are_not_known)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f, HEADING "Blank House,,,,02/03/2015,,Other,,\\\\\r\n"
                            ",TX,Health Plan,700,02/03/2015,Loss,Other,,\\NTold all the same.\r\n");
    ck_assert_uint_eq(f.report->n_findings, 0);
    struct incident x = find(&f, "Blank House");
    ck_assert_uint_eq(x.n_figures + x.n_attack + x.n_caveats, 0);
    assert_text(x.row.title, "Breach of health information reported by Blank House");
    ck_assert_ptr_null(strchr(x.row.summary, '\\'));
    x = find(&f, "in Texas");
    assert_text(x.row.title, "Loss reported by a health plan in Texas");
    ck_assert_uint_eq(x.n_parties, 0);
    ck_assert_ptr_null(x.figures[0].e.asserted_by.name);
    ck_assert_ptr_nonnull(strstr(x.row.summary, "\nTold all the same."));
}
END_TEST

START_TEST(bytes_that_are_no_text_are_mended)
{
    static const char text[] =
        HEADING "Caf\xe9 \x01\0Clinic\xc2\xa0 ,OH,Health Plan,700,02/03/2015,Loss,Other,No,\r\n";
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write_bytes(&f, "x.csv", text, sizeof text - 1);
    fixture_open(&f);
    struct incident x = find(&f, "Loss");
    assert_text(x.parties[0].organization.name, "Caf\xef\xbf\xbd Clinic");
}
END_TEST

/* --- the table --- */

START_TEST(columns_are_found_by_name)
{
    _cleanup_fixture_ struct fixture f;
    import_text(
        &f,
        "location of breached information, Type of Breach ,\"Breach Submission Date\",Individuals Affected,"
        "STATE,Name of Covered Entity\n"
        "Laptop,Theft,2015-02-03,1234,OH,Plain Clinic\n\n   \n"
        "Laptop,Theft,2015-02-04 10:00,1234,OH,Last one");
    ck_assert_uint_eq(f.report->n_findings, 0);
    ck_assert_uint_eq(tally(&f)->imported, 2);
    struct incident x = find(&f, "Plain Clinic");
    struct fixture g;
    import_text(&g, HEADING PLAIN);
    assert_text(find(&g, "Plain Clinic").row.id, x.row.id); /* neither form nor other columns matter */
    fixture_done(&g);
    assert_text(find(&f, "Last one").notified.text, "2015-02-04");
}
END_TEST

START_TEST(unknown_column_is_one_warning)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f,
                "Case Number,State,Name of Covered Entity,State,Individuals Affected,Breach Submission Date,"
                "Type of Breach,Location of Breached Information\n"
                "C1,OH,A,TX,700,02/03/2015,Loss,Other\nC2,OH,B,TX,700,02/03/2015,Loss,Other\n");
    ck_assert_uint_eq(f.report->n_findings, 2);
    ck_assert_ptr_nonnull(strstr(fixture_finding(&f, true, "Case Number")->reason, "not known"));
    ck_assert_ptr_nonnull(strstr(fixture_finding(&f, true, "State")->reason, "the first one counts"));
    ck_assert_ptr_nonnull(strstr(find(&f, "by A").row.summary, "Ohio"));
}
END_TEST

START_TEST(missing_column_is_one_reject_that_names_it)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "x.csv",
                  "Name of Covered Entity,State,Individuals Affected,Type of Breach\nA,OH,700,Loss\n");
    fixture_write(&f, "y.csv", HEADING PLAIN);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    const struct import_finding *x = only_finding(&f, NULL, "\"Breach Submission Date\"");
    ck_assert_ptr_nonnull(strstr(x->reason, "\"Location of Breached Information\""));
    ck_assert_uint_eq(tally(&f)->rejected, 1);
    ck_assert_uint_eq(tally(&f)->imported, 1);
}
END_TEST

/* Rows that cannot be read, between two that can. */
static const struct bad_row {
    const char *text, *reason;
} bad_rows[] = {
    {"X,OH,Health Plan,700\r\n", "fewer cells"},
    {"X,OH,Health Plan,700,02/03/2015,Loss,Other,No,Text, and more\r\n", "more cells"},
    {"\"X,OH,Health Plan,700,02/03/2015,Loss,Other,No,Text\r\n", "not closed"},
    {"X,OH,Health Plan,700,02/03/2015,Loss,Other,No,\"Text\r\n", "not closed"},
};

START_TEST(bad_row_is_rejected_alone)
{
    _cleanup_fixture_ struct fixture f;
    char text[2048];
    (void)snprintf(text, sizeof text, HEADING "%s%s%s", PLAIN, bad_rows[_i].text,
                   ROW("After", "700", "02/03/2015", "Loss", "Other"));
    import_text(&f, text);
    (void)only_finding(&f, "line 3", bad_rows[_i].reason);
    ck_assert_uint_eq(tally(&f)->read, 3);
    ck_assert_uint_eq(tally(&f)->rejected, 1);
    (void)find(&f, "Plain Clinic");
    (void)find(&f, "After");
}
END_TEST

START_TEST(quotation_marks_without_end_are_given_up_in_the_end)
{
    enum { ROWS = 200 };
    static const char row[] = "X,OH,\"Health Plan\n";
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    char *text = malloc(sizeof HEADING PLAIN + ROWS * sizeof row);
    ck_assert_ptr_nonnull(text);
    strcpy(text, HEADING PLAIN);
    for (size_t i = 0; i < ROWS; i++)
        strcat(text, row);
    fixture_write_bytes(&f, "x.csv", text, strlen(text));
    free(text);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(tally(&f)->imported, 1);
    ck_assert_uint_ge(tally(&f)->rejected, 1);
}
END_TEST

START_TEST(huge_cell_is_one_reject)
{
    enum { HUGE_BYTES = 10 << 20 };
    static const char before[] = HEADING "X,OH,Health Plan,700,02/03/2015,Loss,Other,No,\"";
    static const char after[] = "\"\r\n" PLAIN;
    static char text[sizeof before + sizeof after + HUGE_BYTES];
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    memset(text, 'a', sizeof text);
    memcpy(text, before, sizeof before - 1);
    memcpy(text + sizeof text - sizeof after, after, sizeof after - 1);
    fixture_write_bytes(&f, "x.csv", text, sizeof text - 1);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    (void)only_finding(&f, "line 2", "larger than a record");
    ck_assert_uint_eq(tally(&f)->imported, 1);
}
END_TEST

/* --- ids --- */

static bool has_id_of_length(struct fixture *f, const char *words, size_t n)
{
    struct incident x = find(f, words);
    return strncmp(x.row.id, "hhs-", 4) == 0 && strlen(x.row.id) == 4 + n &&
           strspn(x.row.id + 4, "0123456789abcdef") == n && strcmp(x.row.dataset_record, x.row.id + 4) == 0;
}

START_TEST(ids_are_as_long_as_they_must)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f, HEADING PLAIN "T,OH,Health Plan,700,02/03/2015,Loss,Other,No,figure\r\n"
                                  "T,OH,Health Plan,800,02/03/2015,Loss,Other,No,rest a\r\n"
                                  "T,OH,Health Plan,800,02/03/2015,Loss,Other,No,rest b\r\n");
    ck_assert_uint_eq(f.report->n_findings, 0);
    ck_assert(has_id_of_length(&f, "Plain Clinic", 12));
    const char *position = NULL;
    struct incident x;
    size_t figure = 0, rest = 0;
    while (storage_walk_incidents(f.rd, &position, f.mem, &x) == 0) {
        figure += strstr(x.row.summary, "\nfigure") && strlen(x.row.id) == 4 + 16;
        rest += strstr(x.row.summary, "\nrest") && strlen(x.row.id) == 4 + 20;
    }
    ck_assert_uint_eq(figure, 1);
    ck_assert_uint_eq(rest, 2);
}
END_TEST

START_TEST(same_row_again_is_imported_once)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f, HEADING PLAIN PLAIN);
    const struct import_finding *x = only_finding(&f, "line 3", "same as another row");
    assert_text(x->kind, "identical");
    ck_assert_uint_eq(tally(&f)->read, 2);
    ck_assert_uint_eq(tally(&f)->imported, 2);
    ck_assert_uint_eq(tally(&f)->warned, 1);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert(has_id_of_length(&f, "Plain Clinic", 12));
}
END_TEST

START_TEST(order_of_rows_does_not_matter)
{
    static const char a[] =
        ROW("A", "700", "02/03/2015", "Loss", "Other") ROW("A", "800", "02/03/2015", "Loss", "Other"),
                      b[] = ROW("A", "800", "02/03/2015", "Loss", "Other")
                          ROW("A", "700", "02/03/2015", "Loss", "Other");
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "x.csv", arena_printf(f.mem, HEADING "%s", a));
    ck_assert_int_eq(fixture_import(&f, "a.db"), 0);
    fixture_write(&f, "x.csv", arena_printf(f.mem, HEADING "%s", b));
    ck_assert_int_eq(fixture_import(&f, "b.db"), 0);
    ck_assert(fixture_same(&f, "a.db", "b.db"));
}
END_TEST

START_TEST(served_records_are_input_again)
{
    _cleanup_fixture_ struct fixture f;
    import_text(&f, HEADING PLAIN ROW("At 500", "500", "02/03/2015", "Bad Luck", "Other")
                        ROW("X", "-1", "2102-01-01", "Loss", "Other"));
    const char *id = arena_strdup(f.mem, f.report->id);
    fixture_export(&f);
    ck_assert_int_eq(fixture_import_from(&f, "in2", "again.db"), 0);
    assert_text(f.report->id, id);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("hhs");
    TCase *tables = tcase_create("tables");
    tcase_set_timeout(tables, 60);
    SUITE_LOOP(tables, type_tells_the_action_and_the_exposure, kinds);
    SUITE_LOOP(tables, odd_cell_is_a_warning_and_kept_in_words, odd);
    SUITE_LOOP(tables, bad_row_is_rejected_alone, bad_rows);
    suite_add_tcase(s, tables);
    SUITE_ADD(s, "rows", row_is_a_report_to_the_regulator, facts_say_who_says_them, dataset_is_credited,
              threshold_is_no_count, blank_cells_are_not_known, bytes_that_are_no_text_are_mended);
    SUITE_ADD(s, "table", columns_are_found_by_name, unknown_column_is_one_warning,
              missing_column_is_one_reject_that_names_it, quotation_marks_without_end_are_given_up_in_the_end,
              huge_cell_is_one_reject);
    SUITE_ADD(s, "ids", ids_are_as_long_as_they_must, same_row_again_is_imported_once,
              order_of_rows_does_not_matter, served_records_are_input_again);
    return suite_run(s);
}
