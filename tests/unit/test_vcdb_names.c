/* SPDX-License-Identifier: MIT */
/* Whom VERIS records name, whom this keeps to itself, and where they point to. */
#include "vcdb_fixture.h"

#include <stdio.h>
#include <string.h>

START_TEST(test_victims)
{
    static const struct {
        const char *victim, *name, *country, *region, *sector, *note; /* note: some words of it */
    } cases[] = {
        {"'victim_id':'Acme','country':['GB']", "Acme", "GB", NULL, NULL, NULL},
        {"'victim_id':'Acme','country':'gb'", "Acme", "GB", NULL, NULL, NULL},
        {"'victim_id':'Acme','country':['US','CA']", "Acme", NULL, NULL, NULL, "country US, CA"},
        {"'victim_id':'Acme','country':['Unknown'],'state':'TX'", "Acme", NULL, NULL, NULL,
         "country Unknown; state TX"},
        {"'victim_id':'Acme','country':['Other']", "Acme", NULL, NULL, NULL, "country Other"},
        {"'victim_id':'Acme','country':['US','Other']", "Acme", "US", NULL, NULL, "country US, Other"},
        {"'victim_id':'Acme','country':['XX']", "Acme", NULL, NULL, NULL, "country XX"},
        {"'victim_id':'Acme','country':['AU'],'state':'AU-NSW'", "Acme", "AU", "NSW", NULL, NULL},
        {"'victim_id':'Acme','country':['US'],'state':'California'", "Acme", "US", "California", NULL, NULL},
        {"'victim_id':'Acme','industry':'000'", "Acme", NULL, NULL, NULL, "industry 000"},
        {"'victim_id':'Acme','industry':'92----'", "Acme", NULL, NULL, "92", NULL},
        {"'victim_id':'Acme','industry':622110", "Acme", NULL, NULL, "622110", NULL},
        {"'victim_id':'Acme','industry':'Banking'", "Acme", NULL, NULL, NULL, "industry Banking"},
        {"'victim_id':'Acme','industry':'6221100'", "Acme", NULL, NULL, NULL, "industry 6221100"},
        {"'victim_id':'  Acme\\t Ltd '", "Acme Ltd", NULL, NULL, NULL, NULL},
        {"'victim_id':360", "360", NULL, NULL, NULL, NULL},
        {"'victim_id':'Unknown','country':['US'],'industry':'52'", "Organisation not named", NULL, NULL, NULL,
         "country United States; industry 52"},
        {"'victim_id':'','industry':'441110'", "Organisation not named", NULL, NULL, NULL, "industry 441110"},
        {"'country':['Unknown']", "Organisation not named", NULL, NULL, NULL, "country Unknown"},
        {"'victim_id':'The Jones family','industry':'814110'", "Private household", NULL, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "'victim':{%s}", cases[i].victim);
        const struct incident *x = read_one(text);
        const struct mention *m = got.c->incidents[0].n_ties ? got.c->incidents[0].ties[0].mention : NULL;
        ck_assert_uint_eq(x->n_parties, 1);
        assert_text(x->parties[0].organization.name, cases[i].name);
        assert_text(m ? m->country : NULL, cases[i].country);
        assert_text(m ? m->region : NULL, cases[i].region);
        assert_text(m ? m->sector : NULL, cases[i].sector);
        ck_assert_msg(!cases[i].note || (x->parties[0].e.note && strstr(x->parties[0].e.note, cases[i].note)),
                      "%s: %s", cases[i].victim, x->parties[0].e.note);
    }
    ck_assert(!has_text(read_one("'victim':{'victim_id':'The Jones family','industry':'814110'}"), "Jones"));
    assert_text(read_one("")->row.title, "Incident at an organisation not named");
}
END_TEST

START_TEST(test_secondary)
{
    static const struct {
        const char *secondary;
        size_t parties;
        const char *first, *last;
    } cases[] = {
        {"{'victim_id':['A Clinic','B Clinic'],'amount':2}", 2, "A Clinic", "B Clinic"},
        {"{'victim_id':['A Clinic; 622110','B Clinic;92']}", 2, "A Clinic", "B Clinic"},
        {"{'victim_id':['A, B, C Clinic'],'amount':3}", 3, "A", "C Clinic"},
        {"{'victim_id':['A Clinic, LLC'],'amount':1}", 1, "A Clinic, LLC", "A Clinic, LLC"},
        {"{'victim_id':['Alpha; Beta; Gamma']}", 3, "Alpha", "Gamma"},
        {"{'victim_id':[';6221']}", 1, "Organisation not named", "Organisation not named"},
        {"{'victim_id':['A Clinic'],'amount':9}", 2, "A Clinic", "Those hit through it, named or not"},
        {"{'victim_id':['A, B','C'],'amount':2}", 2, "A, B", "C"},
        {"{'amount':9}", 1, "Those hit through it", "Those hit through it"},
        {"{'amount':0}", 0, NULL, NULL},
        {"{'amount':-1}", 0, NULL, NULL},
        {"{'victim_id':'A Clinic'}", 1, "A Clinic", "A Clinic"},
        {"{'victim_id':['',null,7,'Unknown']}", 0, NULL, NULL},
        {"[]", 0, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "'victim':{'victim_id':'First','secondary':%s}",
                       cases[i].secondary);
        const struct incident *x = read_one(text);
        ck_assert_msg(x->n_parties == 1 + cases[i].parties, "%s: %zu", cases[i].secondary, x->n_parties);
        if (cases[i].parties) {
            assert_text(x->parties[1].organization.name, cases[i].first);
            assert_text(x->parties[x->n_parties - 1].organization.name, cases[i].last);
            ck_assert_int_eq(x->parties[1].role, ROLE_CUSTOMERS_EXPOSED);
        }
    }
}
END_TEST

START_TEST(test_groups)
{
    static const struct {
        const char *name, *id; /* id NULL: taken for a person */
        enum actor_kind kind;
    } cases[] = {
        {"'Anonymous'", "anonymous", ACTOR_GROUP},
        {"'the CLOP ransomware group'", "clop", ACTOR_GROUP},
        {"'Fancy Bear'", "apt28", ACTOR_STATE},
        {"'Pawn Storm/APT 28'", "apt28", ACTOR_STATE},
        {"'APT 77'", "apt-77", ACTOR_STATE},
        {"'FIN12'", "fin12", ACTOR_GROUP},
        {"'Purple Dragon Crew'", "purple-dragon-crew", ACTOR_GROUP},
        {"'Purple Dragon Crew (PDC)'", "purple-dragon-crew", ACTOR_GROUP},
        {"'Jane Q. Sample'", NULL, 0},
        {"'Jane Sample of Purple Dragon Crew from Town'", NULL, 0},
        {"'@handle_one'", NULL, 0},
        {"'6A323CB8-6DC7-433C-A0F7-3D4850194425'", NULL, 0},
        {"'Crew'", NULL, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "'actor':{'external':{'name':[%s],'variety':['Unknown']}}",
                       cases[i].name);
        const struct incident *x = read_one(text);
        ck_assert_msg(x->n_actors == (cases[i].id ? 1 : 0), "%s", cases[i].name);
        if (cases[i].id) {
            assert_text(x->actors[0].id, cases[i].id);
            ck_assert_int_eq(x->actors[0].kind, cases[i].kind);
            ck_assert_int_eq(x->actors[0].e.certainty, CERTAINTY_CLAIMED);
            ck_assert_uint_eq(got.report->n_findings, 0);
        }
    }
}
END_TEST

START_TEST(test_people)
{
    const struct incident *x =
        read_one("'summary':'Jane Sample took it, said JANE SAMPLE.','victim':{'notes':'Ask Jane Sample'},"
                 "'actor':{'external':{'name':['Jane Sample and John Other','solo'],'variety':['Activist'],"
                 "'notes':'Jane Sample, 36, was seen'}}");
    ck_assert(!has_text(x, "ane Sample") && !has_text(x, "JANE") && !has_text(x, "John") &&
              !has_text(x, "solo"));
    assert_text(x->row.summary, "[name withheld] took it, said [name withheld].");
    ck_assert_uint_eq(x->n_actors, 1);
    assert_text(x->actors[0].name, "Activist (not named)");
    ck_assert_uint_eq(warnings("person-not-named"), 1);
    ck_assert(has_caveat(x, "[name withheld], 36, was seen"));
}
END_TEST

START_TEST(test_notes_on_actors)
{
    static const struct {
        const char *note;
        bool kept;
    } cases[] = {
        {"Former employee, fired the week before.", true},
        {"Likely Russian-speaking attackers", true},
        {"The student was 19-year-old, of the 3rd year", true},
        {"IT staff", true},
        {"student", true},
        {"Mueller was one of the owners", false},
        {"mueller", false},
        {"hacker known as mueller", false},
        {"posted by st0rm", false},
        {"the actor \\u00c9mile", false},
        {"see mueller@example.com", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "'actor':{'internal':{'variety':['Unknown'],'notes':'%s'}}",
                       cases[i].note);
        const struct incident *x = read_one(text);
        ck_assert_msg(has_caveat(x, "Note on the actor: ") == cases[i].kept, "%s", cases[i].note);
        ck_assert_uint_eq(warnings("person-not-named"), cases[i].kept ? 0 : 1);
        ck_assert(has_caveat(x, "Actor, as coded: internal; variety Unknown"));
    }
}
END_TEST

START_TEST(test_actors_by_part)
{
    const struct incident *x = read_one("'actor':{'external':{'variety':['State-affiliated','Force majeure'],"
                                        "'country':['KP']},'internal':{'variety':['Wizard']},'unknown':{}}");
    ck_assert_uint_eq(x->n_actors, 2);
    assert_text(x->actors[0].id, "veris-external-state-affiliated-kp");
    assert_text(x->actors[0].name, "State-affiliated actor, North Korea");
    ck_assert_int_eq(x->actors[0].kind, ACTOR_STATE);
    assert_text(x->actors[1].name, "Wizard (insider)");
    ck_assert_int_eq(x->actors[1].e.certainty, CERTAINTY_UNKNOWN);
    ck_assert_uint_eq(warnings("unknown-word"), 1);
    ck_assert(has_caveat(x, "Actor, as coded: unknown"));
    x = read_one(
        "'actor':{'external':{'variety':['Unknown','Other'],'motive':['Fun'],'country':['Unknown']}}");
    ck_assert_uint_eq(x->n_actors, 0);
    ck_assert(has_caveat(x, "Actor, as coded: external; variety Unknown, Other; motive Fun"));
    x = read_one("'actor':{'partner':{'notes':'Paper Shredders Inc','industry':'000'}}");
    assert_text(x->parties[x->n_parties - 1].organization.name, "Paper Shredders Inc");
    ck_assert_int_eq(x->parties[x->n_parties - 1].role, ROLE_VENDOR);
    ck_assert_uint_eq(read_one("'actor':{'partner':{'notes':'Jane Sample'}}")->n_parties, 1);
}
END_TEST

START_TEST(test_references)
{
    static const struct {
        const char *text;
        const char *urls[3]; /* of sources 2, 3, 4; "" for one without */
        const char *words;   /* description of source 2, or NULL */
        enum source_class class;
    } cases[] = {
        {"'https://a.example/1'", {"https://a.example/1"}, NULL, CLASS_PRESS},
        {"'http://a.example/1;http://b.example/2;'",
         {"http://a.example/1", "http://b.example/2"},
         NULL,
         CLASS_PRESS},
        {"'http://a.example/1, http://b.example/2'",
         {"http://a.example/1", "http://b.example/2"},
         NULL,
         CLASS_PRESS},
        {"'http://a.example/1,http://b.example/2'",
         {"http://a.example/1", "http://b.example/2"},
         NULL,
         CLASS_PRESS},
        {"'\\nhttp://a.example/1\\r\\n  http://b.example/2'",
         {"http://a.example/1", "http://b.example/2"},
         NULL,
         CLASS_PRESS},
        {"'http://a.example/1,2,3.html'", {"http://a.example/1,2,3.html"}, NULL, CLASS_PRESS},
        {"'http://a.example/?a=1&amp;b=2'", {"http://a.example/?a=1&amp;b=2"}, NULL, CLASS_PRESS},
        {"'http://a.example/?a&amp;b'", {"http://a.example/?a&amp;b"}, NULL, CLASS_PRESS},
        {"'http://a.example/x;id=5'", {"http://a.example/x;id=5"}, NULL, CLASS_PRESS},
        {"'http://a.example/x.jsf;jsessionid=AB12.w'", {"http://a.example/x.jsf"}, NULL, CLASS_PRESS},
        {"'http://a.example/1; http://a.example/1'", {"http://a.example/1"}, NULL, CLASS_PRESS},
        {"'http://http://a.example/1'", {"http://a.example/1"}, NULL, CLASS_PRESS},
        {"'http://web.example/2010/http://a.example/1'",
         {"http://web.example/2010/http://a.example/1"},
         NULL,
         CLASS_PRESS},
        {"'(see http://a.example/1)'", {"http://a.example/1"}, "(see", CLASS_PRESS},
        {"'http://a.example/1_(2)'", {"http://a.example/1_(2)"}, NULL, CLASS_PRESS},
        {"'http://a.example/1 February 4, 2012'", {"http://a.example/1"}, "February 4, 2012", CLASS_PRESS},
        {"'\\ufeffhttp://a.example/1'", {"http://a.example/1"}, NULL, CLASS_PRESS},
        {"'www.a.example/1'", {""}, "www.a.example/1", CLASS_PRESS},
        {"'A newspaper of 3 May'", {""}, "A newspaper of 3 May", CLASS_PRESS},
        {"'CASE_0001; http://a.example/1'", {"", "http://a.example/1"}, "CASE_0001", CLASS_PRESS},
        {"'http://a.example/{x}'", {""}, "http://a.example/{x}", CLASS_PRESS},
        {"'https://www.oag.state.md.us/x.pdf'", {"https://www.oag.state.md.us/x.pdf"}, NULL, CLASS_REGULATOR},
        {"'https://police.govt.nz/x'", {"https://police.govt.nz/x"}, NULL, CLASS_REGULATOR},
        {"'https://notgov.example/x'", {"https://notgov.example/x"}, NULL, CLASS_PRESS},
        {"'http://vcdb.org/pdf/x.pdf'", {"http://vcdb.org/pdf/x.pdf"}, NULL, CLASS_DATASET},
        {"'http://pastebin.com/AbC'", {""}, NULL, CLASS_ATTACKER},
        {"'http://abcdef.onion/leak'", {""}, NULL, CLASS_ATTACKER},
        {"['http://a.example/1','http://b.example/2']",
         {"http://a.example/1", "http://b.example/2"},
         NULL,
         CLASS_PRESS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        (void)snprintf(text, sizeof text, "'reference':%s", cases[i].text);
        const struct incident *x = read_one(text);
        size_t n = 0;
        while (n < 3 && cases[i].urls[n])
            n++;
        ck_assert_msg(x->n_sources == 1 + n, "%s: %zu", cases[i].text, x->n_sources);
        for (size_t k = 0; k < n; k++) {
            const char *url = x->sources[k + 1].url ? x->sources[k + 1].url : "";
            ck_assert_msg(strcmp(url, cases[i].urls[k]) == 0, "%s: %s", cases[i].text, url);
            ck_assert_int_eq(x->sources[k + 1].n, (int)k + 2);
        }
        ck_assert_msg(x->sources[1].class == cases[i].class, "%s", cases[i].text);
        if (cases[i].words)
            assert_text(x->sources[1].description, cases[i].words);
        ck_assert(!has_text(x, "AbC") && !has_text(x, "abcdef.onion/"));
    }
}
END_TEST

START_TEST(test_reference_days)
{
    const struct incident *x =
        read_one("'reference':'http://a.example/1 (20140202);http://b.example/2(20140203) "
                 "http://c.example/3 (2014-05-07T04:06:42.248Z); "
                 "http://d.example/4 (20149999)'");
    static const char *const want[] = {"2014-02-02", "2014-02-03", "2014-05-07", NULL};
    ck_assert_uint_eq(x->n_sources, 5);
    for (size_t i = 0; i < 4; i++)
        assert_text(x->sources[i + 1].retrieved.text, want[i]);
    assert_text(x->sources[2].url, "http://b.example/2");
    assert_text(x->sources[4].description, "(20149999)");
    x = read_one("'reference':'file:///Users/somebody/x.pdf;https://a.example/1'");
    ck_assert(!has_text(x, "somebody"));
    ck_assert_uint_eq(x->n_sources, 2);
    ck_assert_uint_eq(read_one("'reference':' ; ,; '")->n_sources, 1);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("vcdb_names");
    TCase *t = tcase_create("records");
    const TTest *tests[] = {test_victims,         test_secondary,      test_groups,     test_people,
                            test_notes_on_actors, test_actors_by_part, test_references, test_reference_days};
    tcase_add_checked_fixture(t, setup, teardown);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tcase_add_test(t, tests[i]);
    suite_add_tcase(s, t);
    return suite_run(s);
}
