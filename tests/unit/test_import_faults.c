/* SPDX-License-Identifier: MIT */
/* What the importer refuses, and how it says so: position, field, reason with the mend. */
#include "suite.h"

#include "import_fixture.h"
#include "util/limits.h"

#include <stdio.h>
#include <string.h>

/* A record that is fine, beside which the bad one stands. */
#define GOOD    "{'id':'good','title':'Good','status':'confirmed'}"
#define SOURCES "'sources':[{'n':1,'title':'T','class':'press'}]"

/* Members of an incident that has one fault. */
static const struct fault {
    const char *members, *field, *reason;
} faults[] = {
    /* members */
    {"'titel':'X'", "titel", "did you mean \"title\"?"},
    {"'zzzzzzzzz':1", "zzzzzzzzz", "unknown member; remove it"},
    {"'summary':''", "summary", "is empty"},
    {"'summary':5", "summary", "must be text, not a number"},
    {"'summary':'a\\u0007b'", "summary", "control character"},
    {"'status_note':'a\\u0085b'", "status_note", "control character"},
    {"'dates':{}", "dates", "must be a list, not an object"},
    {"'dates':[5]", "dates[0]", "must be an object, not a number"},
    /* words, ids, times, dates */
    {"'dates':[{'kind':'occured','certainty':'confirmed'}]", "dates[0].kind", "did you mean \"occurred\"?"},
    {"'dates':[{'kind':'q','certainty':'confirmed'}]", "dates[0].kind", "use one of: occurred, discovered"},
    {"'dates':[{'kind':'occurred'}]", "dates[0].certainty", "is missing"},
    {"'dates':[{'kind':'occurred','certainty':'confirmed','date':'2019-13'}]", "dates[0].date",
     "\"2019-13\" "},
    {"'dates':[{'kind':'occurred','certainty':'confirmed','date':{'edtf':'soon'}}]", "dates[0].date",
     "\"soon\" "},
    {"'dates':[{'kind':'occurred','certainty':'confirmed','date':{'etdf':'2019'}}]", "dates[0].date",
     "is no date"},
    {"'added':'yesterday'", "added", "is no time"},
    {"'merged_into':'A b'", "merged_into", "is no id"},
    {"'merged_into':'-a'", "merged_into", "is no id"},
    {"'merged_into':'missing'", "merged_into", "there is no incident \"missing\""},
    {"'merged_into':'bad'", "merged_into", "is this incident itself"},
    {"'withdrawn':{'at':'2020-01-01T00:00:00Z'}", "status", "must be withdrawn"},
    {"'dataset':{'record':'x'}", "dataset.id", "is missing"},
    /* sources */
    {"'sources':[{'n':1,'class':'press'}]", "sources[0]", "neither title nor description"},
    {"'sources':[{'n':0,'title':'T','class':'press'}]", "sources[0].n", "0 is no number of a source"},
    {"'sources':[{'n':1.5,'title':'T','class':'press'}]", "sources[0].n", "must be the number of a source"},
    {"'sources':[{'n':1,'title':'T','class':'press'},{'n':1,'title':'U','class':'press'}]", "sources",
     "number 1 is given to two sources"},
    {"'sources':[{'n':1,'title':'T','class':'press','url':'javascript:alert(1)'}]", "sources[0].url",
     "use http:// or https://"},
    {"'sources':[{'n':1,'title':'T','class':'press','url':'https://a b'}]", "sources[0].url", "is no URL"},
    {"'caveats':[{'text':'T','source':2}]," SOURCES, "caveats[0].source", "there is no source 2"},
    {"'conflicts':[{'text':'T','sources':[1,3]}]," SOURCES, "conflicts[0].sources[1]",
     "there is no source 3"},
    {"'data_classes':[{'id':'names','certainty':'denied','source':9}]", "data_classes[0].source",
     "no source 9"},
    {"'data_classes':[{'id':'names','certainty':'denied','asserted_by':{'name':'X'}}]",
     "data_classes[0].asserted_by.class", "is missing"},
    /* amounts */
    {"'figures':[{'value':-1,'unit':'people','qualifier':'exact','scope':'affected','certainty':'claimed'}]",
     "figures[0].value", "-1 is not between 0 and 9007199254740991"},
    {"'figures':[{'value':9007199254740992,'unit':'people','qualifier':'exact','scope':'affected',"
     "'certainty':'claimed'}]",
     "figures[0].value", "is not between"},
    {"'figures':[{'value':1.5,'unit':'people','qualifier':'exact','scope':'affected','certainty':'claimed'}]",
     "figures[0].value", "must be a whole number, not a fraction"},
    {"'figures':[{'value':'5','unit':'people','qualifier':'exact','scope':'affected','certainty':'claimed'}]",
     "figures[0].value", "must be a whole number, not text"},
    {"'figures':[{'unit':'people','qualifier':'exact','scope':'affected','certainty':'claimed'}]",
     "figures[0].qualifier", "exact takes a value"},
    {"'figures':[{'value':5,'min':4,'unit':'people','qualifier':'exact','scope':'affected','certainty':'"
     "claimed'}]",
     "figures[0].qualifier", "exact takes a value"},
    {"'figures':[{'value':5,'min':5,'unit':'people','qualifier':'up_to','scope':'affected','certainty':'"
     "claimed'}]",
     "figures[0].qualifier", "up_to takes a value"},
    {"'figures':[{'min':9,'max':4,'unit':'people','qualifier':'between','scope':'affected',"
     "'certainty':'claimed'}]",
     "figures[0].qualifier", "between takes min and max, the lower first"},
    {"'figures':[{'value':1,'unit':'money','qualifier':'exact','scope':'context','certainty':'claimed'}]",
     "figures[0].currency", "unit money needs it"},
    {"'figures':[{'value':1,'unit':'people','currency':'USD','qualifier':'exact','scope':'context',"
     "'certainty':'claimed'}]",
     "figures[0].currency", "goes with unit money only"},
    {"'figures':[{'value':1,'unit':'money','currency':'usd','qualifier':'exact','scope':'context',"
     "'certainty':'claimed'}]",
     "figures[0].currency", "is no currency"},
    /* who */
    {"'parties':[{'organization':{'id':'toyta'},'role':'breached','certainty':'confirmed'}]",
     "parties[0].organization.id", "there is no organization \"toyta\"; did you mean \"toyota\"?"},
    {"'parties':[{'organization':{'id':null,'name':'Dealers'},'role':'breached','certainty':'confirmed'}]",
     "parties[0].organization.kind", "is missing"},
    {"'parties':[{'organization':{'id':null},'role':'breached','certainty':'confirmed'}]",
     "parties[0].organization", "neither id nor name"},
    {"'parties':[{'organization':{'id':'toyota'},'role':'breached','certainty':'confirmed',"
     "'count':{'value':5,'qualifier':'exact'}}]",
     "parties[0].count", "belongs to a group in words"},
    /* relations */
    {"'related':[{'incident':{'id':'goo'},'relation':'same_group','certainty':'claimed'}]",
     "related[0].incident.id", "there is no incident \"goo\""},
    {"'related':[{'incident':{'id':'good'},'relation':'followed_by','certainty':'claimed'}]",
     "related[0].relation", "state \"follow_up\" in the other record"},
};

static void write_pair(struct fixture *f, const char *members)
{
    fixture_write(f, "a.json",
                  arena_printf(f->mem,
                               "{'organizations':[{'id':'toyota','name':'Toyota','kind':'automaker'}],"
                               "'incidents':[" GOOD ",{'id':'bad','title':'Bad','status':'confirmed',%s}]}",
                               members));
}

static void check_fault(const struct import_finding *x, const char *position, const char *reason)
{
    ck_assert_ptr_nonnull(x);
    assert_text(x->file, "a.json");
    assert_text(x->position, position);
    ck_assert_msg(strstr(x->reason, reason), "\"%s\" lacks \"%s\"", x->reason, reason);
}

START_TEST(fault_rejects_its_record_alone)
{
    const struct fault *want = &faults[_i];
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    /* `status` stands once already: what must differ there is tested by its own rows */
    write_pair(&f, want->members);
    int result = fixture_import(&f, "out.db");
    ck_assert_msg(result == 0, "%s", f.error);
    ck_assert_uint_eq(f.report->rejected, 1);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert_uint_eq(f.report->organizations, 1);
    const struct import_finding *got = fixture_finding(&f, false, want->field);
    ck_assert_msg(got, "%s: no fault of %s, but of %s: %s", want->members, want->field,
                  f.report->findings[0].field, f.report->findings[0].reason);
    check_fault(got, "incidents[1]", want->reason);
}
END_TEST

START_TEST(all_faults_of_a_record_are_told_at_once)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    write_pair(&f, "'added':'x','modified':'y','dates':[{'kind':'z','certainty':'q'}]");
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->n_findings, 4);
    ck_assert_uint_eq(f.report->rejected, 1);
}
END_TEST

START_TEST(quotations_are_bounded_in_characters)
{
    _cleanup_fixture_ struct fixture f;
    char quote[LIMIT_QUOTE_CHARS * 3 + 4] = "";
    for (int i = 0; i < LIMIT_QUOTE_CHARS; i++)
        strcat(quote, "東");
    fixture_init(&f);
    write_pair(
        &f, arena_printf(f.mem, "'data_classes':[{'id':'names','certainty':'claimed','quote':'%s'}]", quote));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->rejected, 0);
    strcat(quote, "x");
    write_pair(
        &f, arena_printf(f.mem, "'data_classes':[{'id':'names','certainty':'claimed','quote':'%s'}]", quote));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    check_fault(fixture_finding(&f, false, "data_classes[0].quote"), "incidents[1]", "has 301 characters");
}
END_TEST

/* Files that are no input as a whole, beside a good one. */
static const struct {
    const char *text, *position, *reason;
} files[] = {
    {"{'id':'x',", "line 1, column 10", "is not JSON"},
    {"", "line 1, column 0", "is not JSON"},
    {"{'id':'x','id':'y','title':'T','status':'confirmed'}", "line 1, column 14", "duplicate object key"},
    {"{'id':'x\\u0000','title':'T','status':'confirmed'}", "line 1, column 15", "\\u0000"},
    {"5", NULL, "is no object"},
    {"[[1]]", "[0]", "is no object"},
    {"{'id':'x'}", NULL, "is no incident"},
    {"{'incidents':[],'organisations':[]}", NULL, "did you mean \"organizations\"?"},
    {"{'id':'\xff','title':'T','status':'confirmed'}", "line 1, column 7", "is not JSON"},
    {"{'datasets':[{'id':'d','title':'D','licence':'MIT'}]}", "datasets[0]", "did you mean \"license\"?"},
};

START_TEST(file_that_is_no_input_is_one_reject)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "good.json", GOOD);
    fixture_write(&f, "a.json", files[_i].text);
    int result = fixture_import(&f, "out.db");
    ck_assert_msg(result == 0, "%s", f.error);
    ck_assert_uint_eq(f.report->rejected, 1);
    ck_assert_uint_eq(f.report->n_findings, 1);
    check_fault(&f.report->findings[0], files[_i].position, files[_i].reason);
    ck_assert_uint_eq(f.report->tallies[0].read, 2);
    ck_assert_uint_eq(f.report->tallies[0].imported, 1);
}
END_TEST

START_TEST(nesting_is_bounded)
{
    enum { DEPTH = 10000 };
    _cleanup_fixture_ struct fixture f;
    char text[2 * DEPTH];
    fixture_init(&f);
    memset(text, '[', DEPTH);
    memset(text + DEPTH, ']', DEPTH);
    fixture_write(&f, "good.json", GOOD);
    fixture_write_bytes(&f, "a.json", text, sizeof text);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    check_fault(&f.report->findings[0], NULL, "is nested too deep");
    /* brackets in text are no nesting */
    memset(text, '[', LIMIT_JSON_DEPTH + 1);
    text[LIMIT_JSON_DEPTH + 1] = '\0';
    fixture_write(&f, "a.json",
                  arena_printf(f.mem, "{'id':'x','title':'\\\\\\'%s','status':'claimed'}", text));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->rejected, 0);
}
END_TEST

/* An array is read item by item, and yet it is one text: what is broken gives nothing. */
static const struct {
    const char *text, *position, *reason;
} arrays[] = {
    {"[" GOOD ",\n " GOOD, "line 2, column 50", "']' expected near end of file"},
    {"[" GOOD ",\n {'id':'b','title':'B',", "line 2, column 23", "is not JSON"},
    {"\n[" GOOD " " GOOD "]", "line 2, column 52", "']' expected near '{'"},
    {"[" GOOD ",]", "line 1, column 52", "unexpected token near ']'"},
    {"[" GOOD "] 5", "line 1, column 53", "end of file expected near '5'"},
    {"[" GOOD ",{'id':'b','id':'b'}]", "line 1, column 65", "duplicate object key"},
};

START_TEST(broken_arrays_give_nothing)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "z.json", "{'id':'other','title':'Other','status':'claimed'}");
    fixture_write(&f, "a.json", arrays[_i].text);
    int result = fixture_import(&f, "out.db");
    ck_assert_msg(result == 0, "%s", f.error);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert_uint_eq(f.report->rejected, 1);
    ck_assert_uint_eq(f.report->n_findings, 1);
    check_fault(&f.report->findings[0], arrays[_i].position, arrays[_i].reason);
    ck_assert_uint_eq(f.report->tallies[0].read, 2);
}
END_TEST

START_TEST(empty_arrays_are_no_fault)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", " [ ] ");
    fixture_write(&f, "z.json", "[" GOOD "]");
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->rejected, 0);
    ck_assert_uint_eq(f.report->incidents, 1);
}
END_TEST

START_TEST(lines_are_rejected_one_by_one)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", "\n" GOOD "\r\n{'id':\n\n{'id':'b','title':5,'status':'claimed'}\n");
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->rejected, 2);
    ck_assert_uint_eq(f.report->incidents, 1);
    check_fault(fixture_finding(&f, false, NULL), "line 3", "is not JSON");
    check_fault(fixture_finding(&f, false, "title"), "line 5", "must be text");
}
END_TEST

START_TEST(organizations_have_faults_too)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json",
                  "{'organizations':[{'id':'a','name':'A','kind':'dealr','country':'XX','website':'ftp://x',"
                  "'sector':'4','names':[{'name':'B','type':'alias','lang':'Japanese!'}],'owner':{'any':1}},"
                  "{'id':'ok','name':'OK','kind':'dealer','country':'JP','sector':'4411',"
                  "'names':[{'name':'東京','type':'native','lang':'ja'}]}]}");
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    static const char *const fields[] = {"kind", "country", "website", "sector", "names[0].lang"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        ck_assert_msg(fixture_finding(&f, false, fields[i]), "%s", fields[i]);
    ck_assert_uint_eq(f.report->n_findings, 5);
    ck_assert_uint_eq(f.report->organizations, 1);
}
END_TEST

START_TEST(attackers_addresses_are_left_out)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json",
                  "{'id':'x','title':'T','status':'claimed','modified':'2020-01-01T00:00:00Z',"
                  "'sources':[{'n':1,'title':'Leak site','class':'attacker','url':'http://leak.onion/x'}]}");
    fixture_open(&f);
    struct incident x;
    ck_assert_int_eq(storage_get_incident(f.rd, "x", f.mem, &x), 0);
    ck_assert_ptr_null(x.sources[0].url);
    const struct import_finding *w = fixture_finding(&f, true, "sources[0].url");
    ck_assert_ptr_nonnull(w);
    assert_text(w->kind, "attacker-url");
    ck_assert_uint_eq(f.report->tallies[0].warned, 1);
    ck_assert_uint_eq(f.report->rejected, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("import faults");
    TCase *tables = tcase_create("tables");
    tcase_set_timeout(tables, 60);
    SUITE_LOOP(tables, fault_rejects_its_record_alone, faults);
    SUITE_LOOP(tables, file_that_is_no_input_is_one_reject, files);
    SUITE_LOOP(tables, broken_arrays_give_nothing, arrays);
    suite_add_tcase(s, tables);
    SUITE_ADD(s, "rules", all_faults_of_a_record_are_told_at_once, quotations_are_bounded_in_characters,
              nesting_is_bounded, empty_arrays_are_no_fault, lines_are_rejected_one_by_one,
              organizations_have_faults_too, attackers_addresses_are_left_out);
    return suite_run(s);
}
