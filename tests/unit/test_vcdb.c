/* SPDX-License-Identifier: MIT */
/* VERIS records as a whole: every member of one that has them all, ids, what is a record, and the way
 * through the import. */
#include "vcdb_fixture.h"

#include "import/records.h"

#include "import_fixture.h"

#include <stdlib.h>
#include <string.h>

START_TEST(test_row)
{
    const struct incident *x = read_one(WHOLE);
    assert_text(x->row.id, "vcdb-ab12-cd");
    assert_text(x->row.dataset, "vcdb");
    assert_text(x->row.dataset_record, "AB12-cd");
    assert_text(x->row.title, "SQLi (hacking) at Example Motors, 2015");
    assert_text(x->row.summary, "Two lines\nof plain text.");
    ck_assert_int_eq(x->row.status, STATUS_CONFIRMED);
    assert_text(x->row.status_note, NULL);
    assert_text(x->row.added, "2016-01-02T03:04:05Z");
    assert_text(x->row.modified, "2016-02-03T04:05:06Z");
    ck_assert_uint_eq(got.report->n_findings, 0);
    ck_assert_uint_eq(got.records, 1);
}
END_TEST

START_TEST(test_dates)
{
    const struct incident *x = read_one(WHOLE);
    assert_text(date_of(x, DATE_OCCURRED), "2015-03-02");
    assert_text(date_of(x, DATE_DISCOVERED), "2015-03-12");
    assert_text(date_of(x, DATE_CONTAINED), "2015-03-14");
    assert_text(date_of(x, DATE_NOTIFIED), "2015-04");
    assert_text(x->dates[0].e.note, "Time of day as coded: 09:30");
    ck_assert_uint_eq(x->n_timeline, 1);
    assert_text(x->timeline[0].date.text, "[2015-03-12..2015-03-20]");
    ck_assert(has_caveat(x, "from the first action to the compromise: Minutes"));
    ck_assert(has_caveat(x, "How it was discovered, as coded: external, Customer"));
}
END_TEST

START_TEST(test_parties)
{
    const struct incident *x = read_one(WHOLE);
    ck_assert_uint_eq(x->n_parties, 4);
    assert_text(x->parties[0].organization.name, "Example Motors");
    ck_assert_int_eq(x->parties[0].organization.kind, ORG_DEALER);
    ck_assert_int_eq(x->parties[0].role, ROLE_BREACHED);
    assert_text(x->parties[1].organization.name, "Luxury Cars");
    ck_assert_int_eq(x->parties[1].organization.kind, ORG_AUTOMAKER);
    ck_assert_int_eq(x->parties[1].role, ROLE_CUSTOMERS_EXPOSED);
    assert_text(x->parties[2].organization.id, NULL);
    ck_assert(x->parties[2].has_count);
    ck_assert_int_eq(x->parties[2].count.value.value, 3);
    assert_text(x->parties[3].organization.name, "Paper Shredders Inc");
    ck_assert_int_eq(x->parties[3].role, ROLE_VENDOR);
    ck_assert_uint_eq(got.c->incidents[0].n_ties, 3);
    struct mention m[3];
    for (size_t i = 0; i < 3; i++)
        m[i] = *got.c->incidents[0].ties[i].mention;
    assert_text(m[0].country, "US");
    assert_text(m[0].region, "CA");
    assert_text(m[0].sector, "441110");
    assert_text(m[1].sector, "336111");
    assert_text(m[1].country, NULL);
    assert_text(m[2].sector, "561990");
}
END_TEST

START_TEST(test_figures_and_classes)
{
    const struct incident *x = read_one(WHOLE);
    ck_assert_uint_eq(x->n_figures, 3);
    ck_assert_int_eq(x->figures[0].amount.value.value, 1200);
    ck_assert_int_eq(x->figures[0].unit, UNIT_RECORDS);
    ck_assert_int_eq(x->figures[0].scope, SCOPE_AFFECTED);
    ck_assert_int_eq(x->figures[0].amount.qualifier, QUALIFIER_EXACT);
    for (size_t i = 0; i < x->n_figures; i++) /* a number coded is nobody's admission */
        ck_assert_int_eq(x->figures[i].e.certainty, CERTAINTY_CLAIMED);
    ck_assert_int_eq(x->figures[1].amount.value.value, 700);
    ck_assert_int_eq(x->figures[1].scope, SCOPE_SUBSET);
    ck_assert_int_eq(x->figures[2].unit, UNIT_MONEY);
    assert_text(x->figures[2].currency, "USD");
    ck_assert_int_eq(x->figures[2].scope, SCOPE_CONTEXT);
    ck_assert_uint_eq(x->n_data_classes, 2);
    assert_text(vocab_id(&vocab_data_class, x->data_classes[0].id), "customer-records");
    assert_text(x->data_classes[0].text, "Personal (Customer)");
    ck_assert_int_eq(x->data_classes[0].e.certainty, CERTAINTY_CONFIRMED);
    assert_text(vocab_id(&vocab_data_class, x->data_classes[1].id), "medical");
    ck_assert(strstr(x->data_classes[1].e.note, "state Stored"));
}
END_TEST

START_TEST(test_attack_and_actors)
{
    const struct incident *x = read_one(WHOLE);
    ck_assert_uint_eq(x->n_attack, 3);
    ck_assert_int_eq(x->attack[0].action, ACTION_HACKING);
    assert_text(x->attack[0].variety, "SQLi");
    assert_text(x->attack[0].vector, "Web application");
    assert_text(x->attack[0].e.note, "As coded: result Infiltrate; weakness CVE-2020-0001");
    assert_text(x->attack[1].variety, NULL);
    ck_assert(strstr(x->attack[1].e.note, "variety Unknown"));
    ck_assert_int_eq(x->attack[2].action, ACTION_SOCIAL);
    assert_text(x->attack[2].vector, "Email; Phone");
    ck_assert_uint_eq(x->n_actors, 2);
    assert_text(x->actors[0].id, "veris-external-organized-crime");
    ck_assert_int_eq(x->actors[0].kind, ACTOR_GROUP);
    assert_text(x->actors[1].name, "End-user (insider)");
    ck_assert_int_eq(x->actors[1].kind, ACTOR_INSIDER);
    ck_assert(strstr(x->actors[1].e.note, "change of job Let go"));
    ck_assert(has_caveat(x, "Assets, as coded: S - Database (2)"));
    ck_assert(has_caveat(x, "integrity Alter behavior; availability Loss; for 4 Days"));
    ck_assert(has_caveat(x, "Actor, as coded: a business partner"));
}
END_TEST

START_TEST(test_notes)
{
    static const char *const said[] = {"Note: A remark.",
                                       "Note on the victim: About the victim",
                                       "Note on the hacking: By night",
                                       "Note on the data: Old",
                                       "Note on the discovery: By chance",
                                       "Note on the cost: A fine",
                                       "Note on those hit through it: Of others",
                                       "Note on the actor: Likely many attackers."};
    const struct incident *x = read_one(WHOLE);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        ck_assert_msg(has_caveat(x, said[i]), "%s", said[i]);
    x = read_one("'notes':'attribute.confidentiality.data was empty and removed by script. Kept.',"
                 "'asset':{'notes':'Two boxesFollowing enumerations present before veris 1.3.3 removed: x.'},"
                 "'action':{'error':{'notes':'VERIS 1.3.7: Removed\\nA real one','variety':['Omission']}},"
                 "'victim':{'notes':'auto-filled Unknown'}");
    ck_assert(has_caveat(x, "Note: Kept."));
    ck_assert(has_caveat(x, "Note on the assets: Two boxes"));
    ck_assert(has_caveat(x, "Note on the error: A real one"));
    ck_assert(!has_caveat(x, "veris") && !has_caveat(x, "auto-filled") && !has_caveat(x, "script"));
}
END_TEST

START_TEST(test_allow_list)
{
    const struct incident *x = read_one(WHOLE);
    ck_assert(!has_text(x, "SECRETNAME"));
    ck_assert(has_text(x, "Paper Shredders Inc")); /* the search finds what is there */
}
END_TEST

START_TEST(test_own_entry)
{
    const struct source *s = &read_one(WHOLE)->sources[0];
    ck_assert_int_eq(s->n, 1);
    ck_assert_int_eq(s->class, CLASS_DATASET);
    assert_text(s->publisher, "VERIS Community Database");
    assert_text(s->url, "https://github.com/vz-risk/VCDB/blob/master/data/json/validated/" FILE_NAME);
    assert_text(s->published.text, "2016-01-02");
}
END_TEST

START_TEST(test_ids)
{
    static const struct {
        const char *file, *position, *id, *url_end; /* id: as it begins, when it ends in * */
    } cases[] = {
        {"0001AA7F-C601.json", NULL, "vcdb-0001aa7f-c601", "/validated/0001AA7F-C601.json"},
        {"a.JSON", NULL, "vcdb-a", "/validated/a.JSON"},
        {"a.json.gz", NULL, "vcdb-a", "/validated/a.json"},
        {"a copy.json", NULL, "vcdb-a-copy", "/validated/a%20copy.json"},
        {"a_copy.json", NULL, "vcdb-a-copy-*", "/validated/a_copy.json"},
        {"\xc3\xa9.json", NULL, "vcdb-*", "/validated/%C3%A9.json"},
        {"list.json", "[0]", "vcdb-n-1", "/VCDB"},
        {"list.ndjson", "line 1", "vcdb-n-1", "/VCDB"},
        {"list.ndjson", NULL, "vcdb-n-1", "/VCDB"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        teardown();
        setup();
        read_at("{'schema_version':'1.3.7','incident_id':'N-1'}", cases[i].file, cases[i].position);
        ck_assert_int_eq(adapter_vcdb.settle(got.c), 0);
        ck_assert_uint_eq(got.c->n_incidents, 1);
        const struct incident *x = record(0);
        size_t n = strcspn(cases[i].id, "*");
        ck_assert_msg(strncmp(x->row.id, cases[i].id, n) == 0 && (cases[i].id[n] || !x->row.id[n]), "%s: %s",
                      cases[i].file, x->row.id);
        const char *url = x->sources[0].url;
        ck_assert_msg(strcmp(url + strlen(url) - strlen(cases[i].url_end), cases[i].url_end) == 0, "%s", url);
    }
}
END_TEST

START_TEST(test_repeated_numbers)
{
    read_at("{'schema_version':'1.3.7','incident_id':'One'}", "l.ndjson", "line 1");
    read_at("{'schema_version':'1.3.7','incident_id':'Two','summary':'a'}", "l.ndjson", "line 2");
    read_at("{'schema_version':'1.3.7','incident_id':'two','summary':'b'}", "l.ndjson", "line 3");
    read_at("{'schema_version':'1.3.7','incident_id':'Three','summary':'c'}", "l.ndjson", "line 4");
    read_at("{'summary':'c','incident_id':'Three','schema_version':'1.3.7'}", "l.ndjson", "line 5");
    read_at("{'schema_version':'1.3.7','incident_id':'Four'}", "four.json", NULL);
    ck_assert_int_eq(adapter_vcdb.settle(got.c), 0);
    ck_assert_uint_eq(got.c->n_incidents, 5);
    assert_text(got.c->incidents[0].id, "vcdb-one");
    ck_assert_uint_eq(strlen(got.c->incidents[1].id), strlen("vcdb-two-01234567"));
    ck_assert_uint_eq(strlen(got.c->incidents[2].id), strlen("vcdb-two-01234567"));
    ck_assert_str_ne(got.c->incidents[1].id, got.c->incidents[2].id);
    assert_text(got.c->incidents[3].id, "vcdb-three");
    struct origin from;
    ck_assert_int_eq(record_origin(got.c, &got.c->incidents[3], got.mem, &from), 0);
    assert_text(from.position, "line 4");
    assert_text(got.c->incidents[4].id, "vcdb-four");
    ck_assert_uint_eq(warnings("identical"), 1);
}
END_TEST

START_TEST(test_without_number)
{
    read_at("{'schema_version':'1.3.7','victim':{}}", "list.json", "[0]");
    ck_assert_uint_eq(got.c->n_incidents, 0);
    ck_assert_uint_eq(got.report->rejected, 1);
    read_at("'a text'", "list.json", "[1]");
    ck_assert_uint_eq(got.report->rejected, 2);
    ck_assert_int_eq(adapter_vcdb.settle(got.c), 0);
}
END_TEST

START_TEST(test_knows)
{
    static const struct {
        const char *text;
        bool known;
    } cases[] = {
        {"{'schema_version':'1.4.1','incident_id':'x'}", true},
        {"{'schema_version':1.3,'victim':{}}", true},
        {"{'schema_version':'1.3.4','action':{}}", true},
        {"{'schema_version':'1.3.4'}", false},
        {"{'incident_id':'x','victim':{},'action':{}}", false},
        {"['schema_version']", false},
        {"7", false},
        {"null", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *v = value_of(cases[i].text);
        ck_assert_msg(adapter_vcdb.knows_json(v) == cases[i].known, "%s", cases[i].text);
        json_decref(v);
    }
}
END_TEST

START_TEST(test_import)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "AB12-cd.JSON", "{'schema_version':'1.3.7'," WHOLE "}");
    fixture_write(&f, "list.json",
                  "[{'schema_version':'1.3.7','incident_id':'same','summary':'a'},"
                  "{'schema_version':'1.3.7','incident_id':'same','summary':'b'},"
                  "{'schema_version':'1.3.7','incident_id':'lone'}]");
    fixture_open(&f);
    ck_assert_uint_eq(f.report->incidents, 4);
    ck_assert_uint_eq(f.report->n_findings, 0);
    const char *id = strdup(f.report->id);
    fixture_export(&f);
    ck_assert_int_eq(fixture_import_from(&f, "in2", "again.db"), 0);
    ck_assert_uint_eq(f.report->n_findings, 0);
    assert_text(f.report->id, id);
    free((char *)id);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("vcdb");
    TCase *t = tcase_create("records");
    const TTest *tests[] = {test_row,
                            test_dates,
                            test_parties,
                            test_figures_and_classes,
                            test_attack_and_actors,
                            test_notes,
                            test_allow_list,
                            test_own_entry,
                            test_ids,
                            test_repeated_numbers,
                            test_without_number,
                            test_knows};
    tcase_add_checked_fixture(t, setup, teardown);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tcase_add_test(t, tests[i]);
    suite_add_tcase(s, t);
    SUITE_ADD(s, "import", test_import);
    return suite_run(s);
}
