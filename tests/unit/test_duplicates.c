/* SPDX-License-Identifier: MIT */
/* The same incident in two datasets: what makes a pair sure, and what does not. */
#include "suite.h"

#include "import_fixture.h"

#include <stdio.h>
#include <string.h>

#define ORGS                                                                                                 \
    "'organizations':[{'id':'acme','name':'Acme','kind':'dealer','country':'US'},"                           \
    "{'id':'maker','name':'Maker Holdings','kind':'dealer_group','country':'JP','brands':['Toyota']},"       \
    "{'id':'toyota-jp','name':'Toyota','kind':'other','country':'JP'},"                                      \
    "{'id':'toyota-us','name':'Toyota','kind':'other','country':'US'}],"

/* What one of the two records says. */
struct side {
    const char *org, *date, *figure, *url, *role;
};

static void put_side(struct fixture *f, char *out, size_t room, const char *id, const char *dataset,
                     const char *record, const struct side *s)
{
    (void)f;
    (void)snprintf(out, room,
                   "{'id':'%s','title':'T','status':'claimed','dataset':{'id':'%s','record':'%s'},"
                   "'dates':[{'kind':'disclosed','date':'%s','certainty':'claimed'}],"
                   "'parties':[{'organization':{'id':'%s'},'role':'%s','certainty':'claimed'}],"
                   "'figures':[{%s'unit':'people','scope':'affected','certainty':'claimed'}],"
                   "'sources':[{'n':1,'title':'S','class':'press','url':'%s'}]}",
                   id, dataset, record, s->date, s->org, s->role ? s->role : "breached", s->figure, s->url);
}

#define COUNT(n) "'value':" #n ",'qualifier':'exact',"
#define RECORD   "92879cd6-4037-4390-a023-ba20656b7142"

static const struct {
    const char *what;
    struct side a, b; /* of dataset bundled, of dataset vcdb */
    bool found;
} pairs[] = {
    {"cites the entry",
     {"acme", "2019-03-29", COUNT(5000), "https://example.org/json/" RECORD ".json", NULL},
     {"maker", "2019-02", COUNT(7), "https://b.example/x", NULL},
     false},
    {"cites the entry, and a figure",
     {"acme", "2019-03-29", COUNT(5000), "https://example.org/json/" RECORD ".json", NULL},
     {"maker", "2012", COUNT(5000), "https://b.example/x", NULL},
     true},
    {"brand, figure, source, dates",
     {"maker", "2019-03-29", COUNT(3100000), "https://www.news.example/a/", NULL},
     {"toyota-jp", "2019-03", COUNT(3100000), "http://news.example/a#top", NULL},
     true},
    {"brand of another country",
     {"maker", "2019-03-29", COUNT(3100000), "https://news.example/a", NULL},
     {"toyota-us", "2019-06", COUNT(3100000), "https://news.example/b", NULL},
     false},
    {"same organisation, figure, dates",
     {"acme", "2019-03-29", COUNT(5000), "https://a.example/x", NULL},
     {"acme", "2019-04-20", COUNT(5000), "https://b.example/y", NULL},
     true},
    {"same organisation and dates, another figure",
     {"acme", "2019-03-29", COUNT(5000), "https://a.example/x", NULL},
     {"acme", "2019-03-29", COUNT(5001), "https://b.example/y", NULL},
     false},
    {"same organisation and figure, years apart",
     {"acme", "2019-03-29", COUNT(5000), "https://a.example/x", NULL},
     {"acme", "2021-03-29", COUNT(5000), "https://b.example/y", NULL},
     false},
    {"a small figure agrees by chance",
     {"acme", "2019-03-29", COUNT(12), "https://a.example/x", NULL},
     {"acme", "2019-03-29", COUNT(12), "https://b.example/y", NULL},
     false},
    {"a placeholder agrees with everything",
     {"acme", "2019-03-29", "'value':5000,'qualifier':'placeholder',", "https://a.example/x", NULL},
     {"acme", "2019-03-29", "'value':5000,'qualifier':'placeholder',", "https://b.example/y", NULL},
     false},
    {"same organisation, source, dates",
     {"acme", "2019-03-29", COUNT(5000), "https://a.example/x?id=1", NULL},
     {"acme", "2019-03-29", COUNT(5001), "https://a.example/x?id=1", NULL},
     true},
    {"only the host agrees",
     {"acme", "2019-03-29", COUNT(5000), "https://a.example/", NULL},
     {"acme", "2019-03-29", COUNT(5001), "https://a.example", NULL},
     false},
    {"who only announced it was not hit",
     {"acme", "2019-03-29", COUNT(5000), "https://a.example/x", "filer"},
     {"acme", "2019-03-29", COUNT(5000), "https://b.example/y", NULL},
     false},
};

static void import_pair(struct fixture *f, const struct side *a, const struct side *b, const char *other)
{
    char one[1500], two[1500], text[4000];
    put_side(f, one, sizeof one, "a-bundled", "bundled", "a-bundled", a);
    put_side(f, two, sizeof two, "b-other", other, RECORD, b);
    (void)snprintf(text, sizeof text, "{" ORGS "'incidents':[%s,%s]}", one, two);
    fixture_write(f, "a.json", text);
    fixture_open(f);
}

START_TEST(sure_pairs_are_found_and_no_others)
{
    _cleanup_fixture_ struct fixture f;
    struct incident a, b;
    fixture_init(&f);
    import_pair(&f, &pairs[_i].a, &pairs[_i].b, "vcdb");
    ck_assert_int_eq(storage_get_incident(f.rd, "a-bundled", f.mem, &a), 0);
    ck_assert_int_eq(storage_get_incident(f.rd, "b-other", f.mem, &b), 0);
    ck_assert_msg((b.row.duplicate_of != NULL) == pairs[_i].found, "%s", pairs[_i].what);
    ck_assert_ptr_null(a.row.duplicate_of);
    if (!pairs[_i].found)
        return;
    assert_text(b.row.duplicate_of, "a-bundled");
    ck_assert_uint_eq(b.n_related, 1);
    ck_assert(b.related[0].derived);
    ck_assert_int_eq(b.related[0].e.certainty, CERTAINTY_SUSPECTED);
    ck_assert_ptr_nonnull(strstr(b.related[0].e.note, "Found by comparing the records: "));
    ck_assert_uint_eq(a.n_related, 1);
    ck_assert_int_eq(a.related[0].relation, RELATION_HAS_DUPLICATE);
    ck_assert(a.related[0].derived);
    static const char *const hide = "hide";
    struct query q = {.list = QUERY_INCIDENTS, .limit = 10};
    struct incident_page page;
    ck_assert_int_eq(storage_list_incidents(f.rd, &q, ROWS_AS_MODEL, f.mem, &page), 0);
    ck_assert_uint_eq(page.page.total, 2);
    q.filters[FILTER_DUPLICATES] = (struct filter_values){&hide, 1};
    ck_assert_int_eq(storage_list_incidents(f.rd, &q, ROWS_AS_MODEL, f.mem, &page), 0);
    ck_assert_uint_eq(page.page.total, 1);
    assert_text(page.rows[0].id, "a-bundled");
}
END_TEST

START_TEST(within_a_dataset_nothing_is_found)
{
    _cleanup_fixture_ struct fixture f;
    const struct side same = {"acme", "2019-03-29", COUNT(5000), "https://a.example/x", NULL};
    struct incident b;
    fixture_init(&f);
    import_pair(&f, &same, &same, "bundled");
    ck_assert_int_eq(storage_get_incident(f.rd, "b-other", f.mem, &b), 0);
    ck_assert_ptr_null(b.row.duplicate_of);
}
END_TEST

/* What was found is made anew from the exported records, not taken over. */
START_TEST(found_ones_survive_a_round_trip)
{
    _cleanup_fixture_ struct fixture f;
    const struct side same = {"acme", "2019-03-29", COUNT(5000), "https://a.example/x", NULL};
    fixture_init(&f);
    import_pair(&f, &same, &same, "vcdb");
    const char *id = arena_strdup(f.mem, f.report->id);
    fixture_export(&f);
    ck_assert_int_eq(fixture_import_from(&f, "in2", "out2.db"), 0);
    assert_text(f.report->id, id);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("duplicates");
    TCase *tc = tcase_create("duplicates");
    SUITE_LOOP(tc, sure_pairs_are_found_and_no_others, pairs);
    tcase_add_test(tc, within_a_dataset_nothing_is_found);
    tcase_add_test(tc, found_ones_survive_a_round_trip);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
