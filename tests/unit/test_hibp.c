/* SPDX-License-Identifier: MIT */
/* Have I Been Pwned's list: every member and flag, every oddity, on records made for the purpose. */
#include "import/adapter.h"
#include "import/draft.h"
#include "import/html_text.h"
#include "import/records.h"
#include "suite.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

static struct import_report *report;
static struct catalogue *c;
static struct arena *mem;
static struct incident read;
static size_t records;

static void setup(void)
{
    report = import_report_new();
    c = catalogue_new(report, P_tmpdir);
    mem = arena_new(0);
    records = 0;
}

static void teardown(void)
{
    c = catalogue_free(c);
    mem = arena_free(mem);
    report = import_report_free(report);
}

/* Reads TEXT, JSON with ' for ". */
static void read_one(const char *text)
{
    char *json = strdup(text);
    for (char *p = json; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    json_t *v = json_loads(json, JSON_ALLOW_NUL | JSON_DECODE_ANY, NULL);
    ck_assert_msg(v != NULL, "%s", json);
    const struct origin from = {"in/list.json", "list.json", "[0]", NULL};
    ck_assert_int_eq(adapter_hibp.read_json(c, v, &from, &records), 0);
    json_decref(v);
    free(json);
}

#define REST                                                                                                 \
    "'BreachDate':'2020-03-22','AddedDate':'2020-11-15T00:59:50Z','ModifiedDate':'2021-01-02T03:04:05Z',"    \
    "'PwnCount':8661578,'DataClasses':['Email addresses','Passwords','Shoe sizes'],"
#define VERIFIED "'IsVerified':true,'IsFabricated':false"

static const struct incident *only(void)
{
    ck_assert_uint_eq(c->n_incidents, 1);
    ck_assert_int_eq(record_load(c, &c->incidents[0], mem, &read), 0);
    return &read;
}

static size_t warnings(const char *kind)
{
    size_t n = 0;
    for (size_t i = 0; i < report->n_findings; i++)
        n += report->findings[i].warning && strcmp(report->findings[i].kind, kind) == 0;
    return n;
}

START_TEST(a_record_is_mapped)
{
    read_one("{'Name':'PSX-Scene','Title':'PSX Scene','Domain':'psx-scene.example'," REST
             "'Description':'In 2020, <a href=\\\"https://news.example/a?b=1&amp;c\\\">a site</a> lost "
             "&quot;it&quot;.<br>It &lt;is&gt; "
             "old.<script>alert(1)</script> <a href=\\\"javascript:x\\\">no</a> <a "
             "href=\\\"https://news.example/a?b=1&amp;c\\\">again</a>'," VERIFIED "}");
    const struct incident *x = only();
    assert_text(x->row.id, "hibp-psx-scene");
    assert_text(x->row.dataset, "hibp");
    assert_text(x->row.dataset_record, "PSX-Scene");
    assert_text(x->row.title, "PSX Scene: accounts listed by Have I Been Pwned");
    assert_text(x->row.summary, "In 2020, a site lost \"it\". It <is> old. no again");
    assert_text(x->row.added, "2020-11-15T00:59:50Z");
    assert_text(x->row.modified, "2021-01-02T03:04:05Z");
    ck_assert_int_eq(x->row.status, STATUS_CLAIMED);
    ck_assert_uint_eq(x->n_sources, 2);
    ck_assert_int_eq(x->sources[0].class, CLASS_DATASET);
    assert_text(x->sources[0].published.text, "2020-11-15");
    assert_text(x->sources[1].url, "https://news.example/a?b=1&c");
    assert_text(x->sources[1].publisher, "news.example");
    ck_assert_uint_eq(x->n_dates, 1);
    ck_assert_int_eq(x->dates[0].kind, DATE_OCCURRED);
    assert_text(x->dates[0].date.text, "2020-03-22");
    ck_assert_uint_eq(x->n_figures, 1);
    ck_assert_int_eq(x->figures[0].amount.value.value, 8661578);
    ck_assert_int_eq(x->figures[0].unit, UNIT_ACCOUNTS);
    ck_assert_int_eq(x->figures[0].e.certainty, CERTAINTY_CLAIMED);
    ck_assert_uint_eq(x->n_data_classes, 3);
    assert_text(vocab_id(&vocab_data_class, x->data_classes[0].id), "emails");
    assert_text(vocab_id(&vocab_data_class, x->data_classes[1].id), "credentials");
    assert_text(vocab_id(&vocab_data_class, x->data_classes[2].id), "other");
    assert_text(x->data_classes[2].text, "Shoe sizes");
    ck_assert_uint_eq(x->n_parties, 1);
    ck_assert_uint_eq(c->incidents[0].n_ties, 1);
    assert_text(c->incidents[0].ties[0].mention->name, "PSX Scene");
    assert_text(c->incidents[0].ties[0].mention->website, "https://psx-scene.example/");
    ck_assert_uint_eq(records, 1);
    ck_assert_uint_eq(report->n_findings, 0);
}
END_TEST

static const struct {
    const char *flags;
    enum status status;
    enum certainty certainty;
    size_t parties, caveats, attack;
} marked[] = {
    {"'IsVerified':true", STATUS_CLAIMED, CERTAINTY_CLAIMED, 1, 0, 0},
    {"'IsVerified':false", STATUS_SUSPECTED, CERTAINTY_SUSPECTED, 1, 1, 0},
    {"'IsFabricated':true,'IsVerified':true", STATUS_DISPUTED, CERTAINTY_SUSPECTED, 1, 1, 0},
    {"'IsVerified':true,'IsRetired':true", STATUS_CLAIMED, CERTAINTY_CLAIMED, 1, 1, 0},
    {"'IsVerified':true,'IsSensitive':true", STATUS_CLAIMED, CERTAINTY_CLAIMED, 1, 1, 0},
    {"'IsVerified':true,'IsSpamList':true", STATUS_CLAIMED, CERTAINTY_CLAIMED, 0, 1, 0},
    {"'IsVerified':true,'IsMalware':true", STATUS_CLAIMED, CERTAINTY_CLAIMED, 0, 1, 1},
    {"'IsVerified':true,'IsStealerLog':true", STATUS_CLAIMED, CERTAINTY_CLAIMED, 0, 1, 1},
};

START_TEST(flags_become_status_and_certainty)
{
    char text[1024];
    (void)snprintf(text, sizeof text, "{'Name':'x','Title':'X'," REST "%s}", marked[_i].flags);
    read_one(text);
    const struct incident *x = only();
    ck_assert_int_eq(x->row.status, marked[_i].status);
    ck_assert_int_eq(x->figures[0].e.certainty, marked[_i].certainty);
    ck_assert_uint_eq(x->n_parties, marked[_i].parties);
    ck_assert_uint_eq(x->n_caveats, marked[_i].caveats);
    ck_assert_uint_eq(x->n_attack, marked[_i].attack);
}
END_TEST

static const struct {
    const char *members, *kind;
} odd[] = {
    {"'BreachDate':'2019-02-30'", "impossible-date"},
    {"'BreachDate':'2102-01-01'", "impossible-date"},
    {"'BreachDate':'2019'", "impossible-date"},
    {"'BreachDate':'soon'", "impossible-date"},
    {"'BreachDate':7", "wrong-type"},
    {"'PwnCount':-1", "impossible-number"},
    {"'PwnCount':1.5", "impossible-number"},
    {"'PwnCount':'many'", "impossible-number"},
    {"'PwnCount':99999999999999999", "impossible-number"},
    {"'ModifiedDate':'yesterday'", "impossible-time"},
    {"'DataClasses':'Names'", "wrong-type"},
    {"'DataClasses':[1]", "wrong-type"},
    {"'Title':{}", "wrong-type"},
    {"'Description':[]", "wrong-type"},
    {"'Domain':false", "wrong-type"},
};

START_TEST(oddities_are_warnings_and_stay_out)
{
    char text[1024];
    (void)snprintf(text, sizeof text, "{'Name':'x',%s,'IsVerified':true}", odd[_i].members);
    read_one(text);
    (void)only();
    ck_assert_uint_eq(warnings(odd[_i].kind), 1);
    ck_assert(c->incidents[0].warned);
}
END_TEST

START_TEST(a_record_without_a_name_is_rejected_alone)
{
    read_one("{'Name':7," REST VERIFIED "}");
    read_one("{'Name':'   '," REST VERIFIED "}");
    ck_assert_uint_eq(c->n_incidents, 0);
    ck_assert_uint_eq(records, 0);
    read_one("{'Name':'y'," REST VERIFIED "}");
    ck_assert_uint_eq(c->n_incidents, 1);
    ck_assert_uint_eq(report->rejected, 2);
}
END_TEST

START_TEST(it_knows_its_own)
{
    static const struct {
        const char *json;
        bool known;
    } cases[] = {
        {"{\"Name\":\"x\",\"PwnCount\":1,\"BreachDate\":\"2020-01-01\"}", true},
        {"{\"Name\":\"x\"}", false},
        {"{\"id\":\"x\",\"title\":\"t\"}", false},
        {"[]", false},
        {"3", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        json_t *v = json_loads(cases[i].json, JSON_DECODE_ANY, NULL);
        ck_assert_int_eq(adapter_hibp.knows_json(v), cases[i].known);
        json_decref(v);
    }
}
END_TEST

static int count_links(void *ctx, const char *url, const char *text)
{
    (void)url;
    (void)text;
    ++*(size_t *)ctx;
    return 0;
}

START_TEST(html_of_any_kind_becomes_text)
{
    static const struct {
        const char *html, *text;
        size_t links;
    } cases[] = {
        {"plain", "plain", 0},
        {"a<p>b</p>c", "a\nbc", 0},
        {"<a href=x>l</a><a name=y>m</a>", "lm", 1},
        {"&eacute;&#x6771;", "\xc3\xa9\xe6\x9d\xb1", 0},
        {"<b><i>un</b>closed", "unclosed", 0},
        {"<style>p{}</style>x<script>y</script>", "x", 0},
        {"", "", 0},
        {"<!-- c -->x", "x", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
        size_t links = 0;
        ck_assert_int_eq(html_text(cases[i].html, strlen(cases[i].html), &b, count_links, &links), 0);
        const char *got = b.size ? b.data : "";
        while (*got == '\n')
            got++;
        assert_text(got, cases[i].text);
        ck_assert_uint_eq(links, cases[i].links);
    }
}
END_TEST

/* Deep nesting must neither crash nor take for ever. */
START_TEST(html_nested_deeply_is_harmless)
{
    _cleanup_strbuf_ struct strbuf html = STRBUF_INIT, out = STRBUF_INIT;
    for (int i = 0; i < 100000; i++)
        strbuf_adds(&html, "<b>");
    strbuf_adds(&html, "deep");
    ck_assert_int_eq(html_text(html.data, html.size, &out, NULL, NULL), 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("hibp");
    TCase *tc = tcase_create("hibp");
    tcase_add_checked_fixture(tc, setup, teardown);
    tcase_add_test(tc, a_record_is_mapped);
    SUITE_LOOP(tc, flags_become_status_and_certainty, marked);
    SUITE_LOOP(tc, oddities_are_warnings_and_stay_out, odd);
    tcase_add_test(tc, a_record_without_a_name_is_rejected_alone);
    tcase_add_test(tc, it_knows_its_own);
    tcase_add_test(tc, html_of_any_kind_becomes_text);
    tcase_add_test(tc, html_nested_deeply_is_harmless);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
