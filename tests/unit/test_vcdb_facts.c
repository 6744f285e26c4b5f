/* SPDX-License-Identifier: MIT */
/* What VERIS records say of data, numbers, causes and days, and how oddly they say it. */
#include "vcdb_fixture.h"

#include <stdio.h>
#include <string.h>

START_TEST(test_status)
{
    static const struct {
        const char *said, *confidence;
        enum status status;
        enum certainty fact, date;
        bool note;
    } cases[] = {
        {"'Confirmed'", "null", STATUS_CONFIRMED, CERTAINTY_CONFIRMED, CERTAINTY_CONFIRMED, false},
        {"'confirmed'", "'high'", STATUS_CONFIRMED, CERTAINTY_CONFIRMED, CERTAINTY_CONFIRMED, false},
        {"'Confirmed'", "'Medium'", STATUS_CONFIRMED, CERTAINTY_CLAIMED, CERTAINTY_CLAIMED, true},
        {"'Confirmed'", "'Low'", STATUS_CONFIRMED, CERTAINTY_SUSPECTED, CERTAINTY_SUSPECTED, true},
        {"'Confirmed'", "'None'", STATUS_CONFIRMED, CERTAINTY_UNKNOWN, CERTAINTY_UNKNOWN, true},
        {"'Confirmed'", "'Rather'", STATUS_CONFIRMED, CERTAINTY_UNKNOWN, CERTAINTY_UNKNOWN, true},
        {"'Suspected'", "null", STATUS_SUSPECTED, CERTAINTY_SUSPECTED, CERTAINTY_CONFIRMED, false},
        {"'Near miss'", "null", STATUS_SUSPECTED, CERTAINTY_SUSPECTED, CERTAINTY_CONFIRMED, true},
        {"'Near Miss - nothing lost'", "null", STATUS_SUSPECTED, CERTAINTY_SUSPECTED, CERTAINTY_CONFIRMED,
         true},
        {"'False positive'", "null", STATUS_DISPUTED, CERTAINTY_DENIED, CERTAINTY_CONFIRMED, true},
        {"'Perhaps'", "null", STATUS_CLAIMED, CERTAINTY_CLAIMED, CERTAINTY_CONFIRMED, true},
        {"null", "null", STATUS_CLAIMED, CERTAINTY_CLAIMED, CERTAINTY_CONFIRMED, true},
        {"7", "[]", STATUS_CLAIMED, CERTAINTY_CLAIMED, CERTAINTY_CONFIRMED, true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        (void)snprintf(text, sizeof text,
                       "'security_incident':%s,'confidence':%s,'timeline':{'incident':{'year':2012}},"
                       "'action':{'error':{'variety':['Loss'],'vector':['Unknown']}}",
                       cases[i].said, cases[i].confidence);
        const struct incident *x = read_one(text);
        ck_assert_int_eq(x->row.status, cases[i].status);
        ck_assert_int_eq(x->attack[0].e.certainty, cases[i].fact);
        ck_assert_int_eq(x->dates[0].e.certainty, cases[i].date);
        ck_assert_msg((x->row.status_note != NULL) == cases[i].note, "%s: %s", cases[i].said,
                      x->row.status_note);
    }
}
END_TEST

START_TEST(test_disclosure)
{
    static const struct {
        const char *said, *incident, *data;
        const char *id;
        enum certainty certainty;
    } cases[] = {
        {"'Yes'", "Confirmed", "[]", "unknown", CERTAINTY_CONFIRMED},
        {"'Potentially'", "Confirmed", "null", "unknown", CERTAINTY_SUSPECTED},
        {"'No'", "Confirmed", "[]", "unknown", CERTAINTY_DENIED},
        {"'Unknown'", "Confirmed", "[]", "unknown", CERTAINTY_UNKNOWN},
        {"null", "Confirmed", "[]", "unknown", CERTAINTY_UNKNOWN},
        {"'Maybe'", "Confirmed", "[]", "unknown", CERTAINTY_UNKNOWN},
        {"'Yes'", "Suspected", "[]", "unknown", CERTAINTY_SUSPECTED},
        {"'No'", "Suspected", "[]", "unknown", CERTAINTY_DENIED},
        {"'Yes'", "Confirmed", "[{'variety':'Unknown'}]", "unknown", CERTAINTY_CONFIRMED},
        {"'Potentially'", "Confirmed", "[{'variety':'Bank'}]", "bank-accounts", CERTAINTY_SUSPECTED},
        {"'No'", "Confirmed", "[{'variety':'Payment'}]", "payment-cards", CERTAINTY_DENIED},
        {"'Yes'", "Confirmed", "[{'variety':'Moon rocks'}]", "other", CERTAINTY_UNKNOWN},
        {"'Yes'", "Confirmed", "['Credentials']", "credentials", CERTAINTY_CONFIRMED},
        {"'Yes'", "Confirmed", "'Source code'", "source-code", CERTAINTY_CONFIRMED},
        {"'Yes'", "Confirmed", "[{'variety':'personal'}]", "other", CERTAINTY_CONFIRMED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[512];
        (void)snprintf(
            text, sizeof text,
            "'security_incident':'%s','attribute':{'confidentiality':{'data_disclosure':%s,'data':%s}}",
            cases[i].incident, cases[i].said, cases[i].data);
        const struct incident *x = read_one(text);
        ck_assert_uint_eq(x->n_data_classes, 1);
        assert_text(vocab_id(&vocab_data_class, x->data_classes[0].id), cases[i].id);
        ck_assert_msg(x->data_classes[0].e.certainty == cases[i].certainty, "%s %s", cases[i].said,
                      cases[i].data);
    }
    ck_assert_uint_eq(read_one("'attribute':{'availability':{'variety':['Loss']}}")->n_data_classes, 0);
}
END_TEST

START_TEST(test_varieties_of_data)
{
    static const char *const pairs[][2] = {
        {"Bank", "bank-accounts"},
        {"Classified", "documents"},
        {"Copyrighted", "other"},
        {"Credentials", "credentials"},
        {"Digital certificate", "credentials"},
        {"Internal", "documents"},
        {"Medical", "medical"},
        {"Multi-factor credential", "credentials"},
        {"Other", "other"},
        {"Payment", "payment-cards"},
        {"Secrets", "trade-secrets"},
        {"Source code", "source-code"},
        {"System", "system-data"},
        {"Virtual currency", "other"},
        {"Unknown", "unknown"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char text[256];
        (void)snprintf(text, sizeof text,
                       "'security_incident':'Confirmed','attribute':{'confidentiality':"
                       "{'data_disclosure':'Yes','data':[{'variety':'%s'}]}}",
                       pairs[i][0]);
        const struct incident *x = read_one(text);
        assert_text(vocab_id(&vocab_data_class, x->data_classes[0].id), pairs[i][1]);
        assert_text(x->data_classes[0].text, pairs[i][0]);
        ck_assert_int_eq(x->data_classes[0].e.certainty, CERTAINTY_CONFIRMED);
        ck_assert_uint_eq(got.report->n_findings, 0);
    }
    const struct incident *x =
        read_one("'attribute':{'confidentiality':{'data_disclosure':'Yes','data':["
                 "{'variety':'Personal'},{'variety':'Personal'},{'variety':'Sensitive Personal'}],"
                 "'data_victim':['Employee','Patient','Partner']}}");
    ck_assert_uint_eq(x->n_data_classes, 4);
    assert_text(x->data_classes[2].text, "Sensitive Personal (Employee)");
    assert_text(vocab_id(&vocab_data_class, x->data_classes[0].id), "employee-records");
    assert_text(vocab_id(&vocab_data_class, x->data_classes[1].id), "customer-records");
}
END_TEST

START_TEST(test_numbers)
{
    static const struct {
        const char *total, *kind;
        size_t figures;
    } cases[] = {
        {"1", NULL, 1},
        {"9007199254740991", NULL, 1},
        {"null", NULL, 0},
        {"0", "impossible-number", 0},
        {"-5", "impossible-number", 0},
        {"2.5", "impossible-number", 0},
        {"9007199254740992", "impossible-number", 0},
        {"'12'", "wrong-type", 0},
        {"true", "wrong-type", 0},
        {"[3]", "wrong-type", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(text, sizeof text,
                       "'attribute':{'confidentiality':{'data_disclosure':'Yes',"
                       "'data_total':%s}}",
                       cases[i].total);
        const struct incident *x = read_one(text);
        ck_assert_uint_eq(x->n_figures, cases[i].figures);
        ck_assert_uint_eq(got.report->n_findings, cases[i].kind ? 1 : 0);
        if (cases[i].kind) {
            ck_assert_msg(warnings(cases[i].kind) == 1, "%s: %s", cases[i].total,
                          got.report->findings[0].kind);
            ck_assert(has_caveat(x, "attribute.confidentiality.data_total is "));
        }
    }
    (void)read_one("'attribute':{'confidentiality':{'data_disclosure':'Yes','data_total':5,"
                   "'data':[{'variety':'Bank','amount':9}]}}");
    ck_assert_uint_eq(warnings("part-above-total"), 1);
    const struct incident *x =
        read_one("'attribute':{'confidentiality':{'data_disclosure':'No','data_total':0}}");
    ck_assert_uint_eq(x->n_figures + got.report->n_findings, 0); /* nothing was taken, and it says so */
}
END_TEST

START_TEST(test_day)
{
    static const struct {
        const char *date, *want, *kind;
    } cases[] = {
        {"{'year':2012}", "2012", NULL},
        {"{'year':2012,'month':2}", "2012-02", NULL},
        {"{'year':2012,'month':2,'day':29}", "2012-02-29", NULL},
        {"{'year':2012,'month':null,'day':null}", "2012", NULL},
        {"{'year':2012,'day':15}", "2012", "incomplete-date"},
        {"{'year':2013,'month':2,'day':29}", "null", "impossible-date"},
        {"{'year':2013,'month':4,'day':31}", "null", "impossible-date"},
        {"{'year':2013,'month':13}", "null", "impossible-date"},
        {"{'year':2013,'month':-1}", "null", "impossible-date"},
        {"{'year':2013,'month':1,'day':2013}", "null", "impossible-date"},
        {"{'year':2102,'month':7}", "null", "impossible-date"},
        {"{'year':20020,'month':7}", "null", "impossible-date"},
        {"{'year':203}", "null", "impossible-date"},
        {"{'year':2015}", "null", "impossible-date"}, /* after the record was last changed */
        {"{'month':7}", "null", "impossible-date"},
        {"{'year':2012.5}", "null", "impossible-date"},
        {"{'year':'2012'}", "null", "wrong-type"},
        {"{'year':2012,'month':[]}", "null", "wrong-type"},
        {"{}", "-", NULL},
        {"null", "-", NULL},
        {"'2012-03-04'", "-", "wrong-type"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int notified = 0; notified < 2; notified++) {
            char text[256];
            (void)snprintf(text, sizeof text,
                           notified
                               ? "'plus':{'modified':'2014-05-06T00:00:00Z','timeline':{'notification':%s}}"
                               : "'plus':{'modified':'2014-05-06T00:00:00Z'},'timeline':{'incident':%s}",
                           cases[i].date);
            const struct incident *x = read_one(text);
            const char *date = date_of(x, notified ? DATE_NOTIFIED : DATE_OCCURRED);
            ck_assert_msg(strcmp(date, cases[i].want) == 0, "%s: %s", cases[i].date, date);
            ck_assert_msg(!cases[i].kind || warnings(cases[i].kind) > 0, "%s", cases[i].date);
            ck_assert_msg(cases[i].kind || got.report->n_findings == 0, "%s", cases[i].date);
            if (strcmp(date, "null") == 0) {
                ck_assert_int_eq(x->dates[0].e.certainty, CERTAINTY_UNKNOWN);
                ck_assert(strncmp(x->dates[0].e.note, "As coded:", 9) == 0);
            }
        }
}
END_TEST

START_TEST(test_notified_before)
{
    const struct incident *x =
        read_one("'timeline':{'incident':{'year':2013,'month':5}},"
                 "'plus':{'timeline':{'notification':{'year':2013,'month':4,'day':30}}}");
    assert_text(date_of(x, DATE_NOTIFIED), "null");
    assert_text(x->dates[1].e.note, "As coded: year 2013 month 4 day 30; that is before the incident");
    ck_assert_uint_eq(warnings("impossible-date"), 1);
    x = read_one("'timeline':{'incident':{'year':2013,'month':5}},"
                 "'plus':{'timeline':{'notification':{'year':2013,'month':5,'day':1}}}");
    assert_text(date_of(x, DATE_NOTIFIED), "2013-05-01");
}
END_TEST

START_TEST(test_spans)
{
    static const struct {
        const char *incident, *span, *want, *kind;
    } cases[] = {
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Seconds'}", "[2012-03-01..2012-03-02]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Minutes','value':5}", "[2012-03-01..2012-03-02]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Hours'}", "[2012-03-01..2012-03-02]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Hours','value':48.0}", "[2012-03-03..2012-03-04]",
         NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Days'}", "[2012-03-02..2012-04-01]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Days','value':3}", "2012-03-04", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Days','value':1.5}", "[2012-03-02..2012-03-03]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'day','value':0}", "2012-03-01", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Weeks'}", "[2012-03-08..2012-05-02]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Weeks','value':2}", "[2012-03-11..2012-03-19]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Months'}", "[2012-03-29..2013-03-02]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Months','value':2}", "[2012-04-15..2012-05-17]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Years'}", "[2013-03-01..]", NULL},
        {"{'year':2012,'month':3,'day':1}", "{'unit':'Years','value':1}", "[2012-08-30..2013-08-31]", NULL},
        {"{'year':2012,'month':3}", "{'unit':'Days','value':3}", "[2012-03-04..2012-04-03]", NULL},
        {"{'year':2012}", "{'unit':'Hours'}", "[2012-01-01..2013-01-01]", NULL},
        {"{'year':2012}", "{'unit':'Unknown'}", "null", NULL},
        {"{'year':2012}", "{'unit':'NA'}", "null", NULL},
        {"{'year':2012}", "{'unit':'Never'}", "null", NULL},
        {"{'year':2012}", "{'unit':'Unknown','value':3}", "null", NULL},
        {"{'year':2012}", "{'unit':'Fortnights','value':3}", "null", "unknown-word"},
        {"{'year':2012}", "{'unit':'Days','value':-3}", "null", "impossible-number"},
        {"{'year':2012}", "{'unit':'Days','value':1e300}", "null", "impossible-number"},
        {"{'year':2012}", "{'unit':'Days','value':'3'}", "null", "wrong-type"},
        {"{'year':2012}", "{'value':3}", "-", NULL},
        {"{'year':2012}", "{'unit':[]}", "-", "wrong-type"},
        {"{'year':2012}", "3", "-", "wrong-type"},
        {"{'year':2012}", "{'unit':'Years','value':30}", "null", "impossible-date"},
        {"null", "{'unit':'Days','value':3}", "null", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        for (int contained = 0; contained < 2; contained++) {
            char text[256];
            (void)snprintf(text, sizeof text,
                           "'timeline':{'incident':%s,'%s':%s},'plus':{'modified':'2020-01-01T00:00:00Z'}",
                           cases[i].incident, contained ? "containment" : "discovery", cases[i].span);
            const struct incident *x = read_one(text);
            const char *date = date_of(x, contained ? DATE_CONTAINED : DATE_DISCOVERED);
            ck_assert_msg(strcmp(date, cases[i].want) == 0, "%s: %s", cases[i].span, date);
            ck_assert_msg(cases[i].kind ? warnings(cases[i].kind) == 1 : got.report->n_findings == 0, "%s",
                          cases[i].span);
        }
}
END_TEST

START_TEST(test_spans_together)
{
    const struct incident *x = read_one(
        "'timeline':{'incident':{'year':2012,'month':3,'day':1},'discovery':{'unit':'Months','value':6},"
        "'containment':{'unit':'Days','value':2},'compromise':{'unit':'Days','value':4}}");
    assert_text(date_of(x, DATE_DISCOVERED), "[2012-08-15..2012-09-15]");
    assert_text(date_of(x, DATE_CONTAINED), "null");
    ck_assert_uint_eq(warnings("impossible-date"), 1);
    ck_assert_uint_eq(x->n_timeline, 1);
    ck_assert_int_eq(x->timeline[0].kind, EVENT_INTRUSION);
    assert_text(x->timeline[0].date.text, "2012-02-26");
}
END_TEST

START_TEST(test_record_times)
{
    static const struct {
        const char *written, *want;
    } cases[] = {
        {"'2013-04-12T22:29:56Z'", "2013-04-12T22:29:56Z"},
        {"'2013-04-12T22:29:56.123456Z'", "2013-04-12T22:29:56Z"},
        {"'2013-04-12t22:29:56z'", "2013-04-12T22:29:56Z"},
        {"'2013-04-12T22:29:56+02:00'", "2013-04-12T20:29:56Z"},
        {"'2013-04-12T22:29:56-0530'", "2013-04-13T03:59:56Z"},
        {"'2013-04-12T22:29:56+02'", "2013-04-12T20:29:56Z"},
        {"'2013-04-12T22:29:56'", "2013-04-12T22:29:56Z"},
        {"'2013-04-12 22:29:56 UTC'", "2013-04-12T22:29:56Z"},
        {"'2013-04-12 22:29'", "2013-04-12T22:29:00Z"},
        {"' 2013-04-12 '", "2013-04-12T00:00:00Z"},
        {"'2013/04/12'", "2013-04-12T00:00:00Z"},
        {"'2013-04-12T22:29:60Z'", "2013-04-12T22:29:59Z"},
        {"'2013-02-29T00:00:00Z'", NULL},
        {"'2013-04-12T25:00:00Z'", NULL},
        {"'2013-04-12T22:29:56+99:00'", NULL},
        {"'2102-04-12T22:29:56Z'", NULL},
        {"'12 April 2013'", NULL},
        {"'2013-04'", NULL},
        {"''", NULL},
        {"1365805796", NULL},
        {"null", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[128];
        (void)snprintf(text, sizeof text, "'plus':{'created':%s}", cases[i].written);
        const struct incident *x = read_one(text);
        assert_text(x->row.added, cases[i].want);
        ck_assert_uint_eq(got.report->n_findings,
                          cases[i].want || strcmp(cases[i].written, "null") == 0 ? 0 : 1);
        ck_assert((x->sources[0].published.text != NULL) == (cases[i].want != NULL));
    }
    const struct incident *x =
        read_one("'plus':{'created':'2015-01-01T00:00:00Z','modified':'2014-01-01T00:00:00Z'}");
    assert_text(x->row.modified, "2015-01-01T00:00:00Z");
    ck_assert_uint_eq(warnings("impossible-time"), 1);
}
END_TEST

START_TEST(test_actions)
{
    static const struct {
        const char *action, *title;
        enum action first;
        size_t n;
    } cases[] = {
        {"{'malware':{'variety':['Ransomware'],'vector':['Unknown']}}", "Ransomware (malware)",
         ACTION_MALWARE, 1},
        {"{'error':{'variety':['Disposal error'],'vector':[]}}", "Disposal error", ACTION_ERROR, 1},
        {"{'misuse':{'variety':['Unknown'],'vector':['LAN access']}}", "Misuse", ACTION_MISUSE, 1},
        {"{'physical':{'variety':'Theft'}}", "Theft (physical)", ACTION_PHYSICAL, 1},
        {"{'social':{}}", "Social engineering", ACTION_SOCIAL, 1},
        {"{'environmental':{'variety':['Fire']}}", "Fire (environmental)", ACTION_ENVIRONMENTAL, 1},
        {"{'unknown':{'result':['Infiltrate']}}", "Incident", ACTION_UNKNOWN, 1},
        {"{'sorcery':{'variety':['Curse']}}", "Incident", ACTION_UNKNOWN, 1},
        {"{'hacking':null}", "Incident", 0, 0},
        {"{}", "Incident", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256], title[256];
        (void)snprintf(text, sizeof text, "'victim':{'victim_id':'Acme'},'action':%s", cases[i].action);
        (void)snprintf(title, sizeof title, "%s at Acme", cases[i].title);
        const struct incident *x = read_one(text);
        assert_text(x->row.title, title);
        ck_assert_uint_eq(x->n_attack, cases[i].n);
        if (cases[i].n)
            ck_assert_int_eq(x->attack[0].action, cases[i].first);
    }
    const struct incident *x = read_one("'security_incident':'Confirmed','action':{'unknown':{}}");
    ck_assert_int_eq(x->attack[0].e.certainty, CERTAINTY_UNKNOWN);
    x = read_one("'action':{'social':{'variety':['Phishing','phishing'],'vector':['Email',null,'email']}}");
    ck_assert_uint_eq(x->n_attack, 1);
    assert_text(x->attack[0].vector, "Email");
    x = read_one("'action':{'sorcery':{}}");
    assert_text(x->attack[0].variety, "sorcery");
    ck_assert_int_eq(x->attack[0].e.certainty, CERTAINTY_UNKNOWN);
    ck_assert_uint_eq(warnings("unknown-word"), 1);
}
END_TEST

START_TEST(test_discovery_methods)
{
    ck_assert(has_caveat(read_one("'discovery_method':'Ext - audit'"), "as coded: Ext - audit"));
    ck_assert(has_caveat(read_one("'discovery_method':{'unknown':true}"), "as coded: unknown"));
    ck_assert(has_caveat(read_one("'discovery_method':{'internal':{'variety':['Unknown']},'other':false}"),
                         "as coded: internal, Unknown"));
    ck_assert_uint_eq(read_one("'discovery_method':{'unknown':false}")->n_caveats, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("vcdb_facts");
    TCase *t = tcase_create("records");
    const TTest *tests[] = {
        test_status,           test_disclosure, test_varieties_of_data, test_numbers,      test_day,
        test_notified_before,  test_spans,      test_spans_together,    test_record_times, test_actions,
        test_discovery_methods};
    tcase_add_checked_fixture(t, setup, teardown);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tcase_add_test(t, tests[i]);
    suite_add_tcase(s, t);
    return suite_run(s);
}
