/* SPDX-License-Identifier: MIT */
/* Whole imports: what becomes of good records, how they are tied together, and what a catalogue file depends
 * on. */
#include "suite.h"

#include "import_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define INCIDENT(id, more)   "{'id':'" id "','title':'About " id "','status':'confirmed'" more "}"
#define ORG(id, kind, links) "{'id':'" id "','name':'" id "','kind':'" kind "','links':[" links "]}"
#define LINK(rel, id)        "{'organization':{'id':'" id "'},'relation':'" rel "','certainty':'confirmed'}"
#define PARTY(id, role)      "{'organization':{'id':'" id "'},'role':'" role "','certainty':'confirmed'}"
#define RELATED(id, rel)     "{'incident':{'id':'" id "'},'relation':'" rel "','certainty':'claimed','note':'N'}"

/* Everything that a record can have, in one document. */
static const char rich[] =
    "{'datasets':[{'id':'bundled','title':'Bundled','license':'CC BY-SA 4.0','license_spdx':'CC-BY-SA-4.0',"
    "'license_url':'https://example.org/l','credit':'Credit','url':'https://"
    "example.org','retrieved':'2020-01'}],"
    "'organizations':[{'id':'holding','name':'Holding','kind':'dealer_group','country':'JP',"
    "'modified':'2020-02-02T00:00:00Z'},"
    "{'id':'dealer','name':'Dealer','kind':'dealer','country':'JP','region':'Kanto','city':'Tokyo','sector':'"
    "4411',"
    "'brands':['Toyota','Lexus'],'website':'https://dealer.example','modified':'2020-02-02T00:00:00Z',"
    "'names':[{'name':'東京','lang':'ja','type':'native','note':'as it writes itself'}],"
    "'sources':[{'n':1,'title':'Register','class':'regulator'}],"
    "'links':[{'organization':{'id':'holding'},'relation':'owned_by','from':'2010','certainty':'confirmed',"
    "'source':1}]}],"
    "'incidents':["
    "{'id':'one','title':'One','summary':'A\\nB','status':'confirmed','status_note':'Said so',"
    "'dataset':{'id':'bundled','record':'r1'},'added':'2020-01-01T01:00:00+01:00','modified':'2020-03-03T00:"
    "00:00Z',"
    "'dates':[{'kind':'occurred','date':'2019-03-21~','certainty':'confirmed','source':2},"
    "{'kind':'disclosed','date':{'edtf':'2019-03-29'},'certainty':'confirmed'}],"
    "'parties':[{'organization':{'id':'dealer'},'role':'breached','certainty':'suspected','source':1,"
    "'asserted_by':{'name':'Toyota','class':'company'},'asserted':'2019-03-29','note':'N','quote':'Q'},"
    "{'organization':{'id':null,'name':'Dealers "
    "elsewhere','kind':'dealer'},'role':'disrupted','certainty':'claimed',"
    "'count':{'value':800,'qualifier':'about'}}],"
    "'figures':[{'value':3100000,'unit':'people','qualifier':'up_to','scope':'affected','of':'customers',"
    "'certainty':'claimed','source':1},"
    "{'min':2,'max':5,'unit':'money','currency':'JPY','qualifier':'between','scope':'context','certainty':'"
    "claimed',"
    "'organization':{'id':'holding'}},"
    "{'value':500,'unit':'files','qualifier':'placeholder','scope':'subset','certainty':'unknown',"
    "'organization':{'id':null,'name':'Somebody','kind':'other'}}],"
    "'data_classes':[{'id':'names','text':'names','certainty':'suspected'},{'id':'payment-cards','certainty':"
    "'denied'}],"
    "'actors':[{'id':'apt32','name':'APT32','names':['OceanLotus'],'kind':'state','certainty':'suspected'}],"
    "'attack':[{'action':'hacking','variety':'Unknown','vector':'Web','certainty':'confirmed'}],"
    "'timeline':[{'date':'2019-03-29','kind':'disclosure','text':'Told','certainty':'confirmed','source':2},"
    "{'date':'2019-03-29','kind':'statement','text':'Also told','certainty':'confirmed'},"
    "{'date':'2018','kind':'intrusion','text':'Made by an import','derived':true,'certainty':'confirmed'}],"
    "'caveats':[{'text':'Not clear','about':'data_classes','source':1}],"
    "'conflicts':[{'text':'They differ','about':'parties','sources':[1,2]}],"
    "'sources':[{'n':2,'title':'T2','description':'D','publisher':'P','url':'https://example.org/2',"
    "'published':'2019-03-29','class':'press','retrieved':'2020','seen':'excerpt'},"
    "{'n':1,'title':'T1','class':'company'}]},"
    "{'id':'two','title':'Two','status':'disputed','dataset':{'id':'bundled'},'modified':'2020-04-04T00:00:"
    "00Z',"
    "'related':[" RELATED("one", "follow_up") "," RELATED("one", "duplicate_of") "," RELATED(
        "one",
        "same_group") "]},"
                      "{'id':'three','title':'Three','status':'withdrawn','dataset':{'id':'bundled'},"
                      "'withdrawn':{'at':'2020-05-05T00:00:00Z','reason':'Wrong','by':'Us'},"
                      "'timeline':[{'date':'2024','kind':'claim','text':'Untrue','certainty':'denied'}]},"
                      "{'id':'four','title':'Four','status':'claimed','dataset':{'id':'bundled'},'"
                      "merged_into':'one'}]}";

START_TEST(catalogue_holds_what_the_records_say)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", rich);
    fixture_open(&f);
    struct incident x;
    ck_assert_int_eq(storage_get_incident(f.rd, "one", f.mem, &x), 0);
    assert_text(x.row.summary, "A\nB");
    assert_text(x.row.added, "2020-01-01T00:00:00Z");
    ck_assert_int_eq(x.row.exposure, CERTAINTY_SUSPECTED);
    assert_text(x.row.organization.name, "Dealer");
    assert_text(x.row.country, "JP");
    assert_text(x.row.sector, "4411");
    ck_assert_int_eq(x.row.affected.amount.max.value, 3100000);
    ck_assert_uint_eq(x.row.dealers_named, 1);
    ck_assert_int_eq(x.parties[1].count.min.value, 800);
    assert_text(x.parties[1].organization.name, "Dealers elsewhere");
    assert_text(x.figures[1].organization.name, "Holding");
    ck_assert_int_eq(x.sources[0].n, 1);
    ck_assert_uint_eq(x.n_timeline, 3);
    ck_assert(x.timeline[0].derived && x.timeline[0].kind == EVENT_INTRUSION);
    ck_assert_uint_eq(storage_info(f.st)->incidents, 2);
    ck_assert_uint_eq(storage_info(f.st)->dealers, 2);
    assert_text(f.report->built, "2020-04-04T00:00:00Z");
    assert_text(storage_info(f.st)->id, f.report->id);
}
END_TEST

static void say(void *ctx, const char *line)
{
    (void)fprintf(ctx, "%s\n", line);
}

START_TEST(catalogue_passes_its_own_check)
{
    _cleanup_fixture_ struct fixture f;
    size_t faults = 99;
    char *error = NULL;
    fixture_init(&f);
    fixture_write(&f, "a.json", rich);
    fixture_open(&f);
    ck_assert_int_eq(storage_check(fixture_path(&f, "out.db"), say, stderr, &faults, &error), 0);
    ck_assert_uint_eq(faults, 0);
}
END_TEST

START_TEST(same_input_gives_the_same_bytes)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", rich);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_int_eq(fixture_import(&f, "a-longer-name.db"), 0);
    ck_assert(fixture_same(&f, "out.db", "a-longer-name.db"));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert(fixture_same(&f, "out.db", "a-longer-name.db"));
}
END_TEST

START_TEST(what_is_served_gives_the_same_catalogue)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", rich);
    fixture_open(&f);
    const char *id = arena_strdup(f.mem, f.report->id);
    fixture_export(&f);
    ck_assert_int_eq(fixture_import_from(&f, "in2", "out2.db"), 0);
    ck_assert_uint_eq(f.report->n_findings, 0);
    assert_text(f.report->id, id);
}
END_TEST

/* A record that takes no time from `built`. */
#define KEPT INCIDENT("a", ",'added':'2020-01-01T00:00:00Z','modified':'2020-01-01T00:00:00Z'")

START_TEST(identity_turns_on_content_and_on_built)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", KEPT);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    const char *before = arena_strdup(f.mem, f.report->id);
    fixture_write(&f, "a.json", INCIDENT("a", ",'modified':'2020-01-01T00:00:00Z','summary':'S'"));
    ck_assert_int_eq(fixture_import(&f, "other.db"), 0);
    ck_assert_str_ne(before, f.report->id);
    fixture_write(&f, "a.json", "{'catalogue':{'built':'2021-01-01T00:00:00Z'},'incidents':[" KEPT "]}");
    ck_assert_int_eq(fixture_import(&f, "later.db"), 0);
    assert_text(f.report->built, "2021-01-01T00:00:00Z");
    ck_assert_str_ne(before, f.report->id);
    /* what is rejected is of the report, not of the content */
    fixture_write(&f, "a.json", KEPT);
    fixture_write(&f, "b.json", "{");
    ck_assert_int_eq(fixture_import(&f, "rejects.db"), 0);
    assert_text(f.report->id, before);
    ck_assert_uint_eq(f.report->rejected, 1);
}
END_TEST

START_TEST(records_are_found_in_any_mix_of_files)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "array.JSON", "[" INCIDENT("a", "") "," ORG("o", "vendor", "") "]");
    fixture_write(&f, "lines.json", INCIDENT("b", "") "\n\n{'organizations':[" ORG("p", "vendor", "") "]}\n");
    fixture_write(&f, "one.json", "\xef\xbb\xbf" INCIDENT("c", ""));
    fixture_write(&f, "page.json",
                  "{'data':" INCIDENT("d", "") ",'catalogue':{'built':'2020-01-01T00:00:00Z'}}");
    fixture_write(&f, "notes.txt", "not looked at");
    fixture_write(&f, ".hidden.json", "not looked at");
    ck_assert_int_eq(mkdir(fixture_path(&f, "in/deeper"), 0755), 0);
    fixture_write(&f, "deeper/x.ndjson", INCIDENT("e", ""));
    ck_assert_int_eq(symlink("..", fixture_path(&f, "in/deeper/loop")), 0);
    int result = fixture_import(&f, "out.db");
    ck_assert_msg(result == 0, "%s", f.error);
    ck_assert_uint_eq(f.report->rejected, 0);
    ck_assert_uint_eq(f.report->incidents, 5);
    ck_assert_uint_eq(f.report->organizations, 2);
    assert_text(f.report->built, "1970-01-01T00:00:00Z");
}
END_TEST

/* Every folder links to all others: as many ways as there are orders of them. */
START_TEST(no_folder_is_walked_twice)
{
    _cleanup_fixture_ struct fixture f;
    char name[32], target[32];
    fixture_init(&f);
    for (int i = 0; i < 16; i++) {
        (void)snprintf(name, sizeof name, "in/%d", i);
        ck_assert_int_eq(mkdir(fixture_path(&f, name), 0755), 0);
        for (int k = 0; k < 16; k++) {
            (void)snprintf(name, sizeof name, "in/%d/to-%d", i, k);
            (void)snprintf(target, sizeof target, "../%d", k);
            ck_assert_int_eq(symlink(target, fixture_path(&f, name)), 0);
        }
    }
    fixture_write(&f, "15/x.json", INCIDENT("a", ""));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert_uint_eq(f.report->rejected, 0);
}
END_TEST

START_TEST(of_two_records_with_one_id_the_first_stands)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "1.json", "[" INCIDENT("a", ",'summary':'first'") "," ORG("o", "vendor", "") "]");
    fixture_write(&f, "2.json", "[" ORG("o", "dealer", "") "," INCIDENT("a", ",'summary':'second'") "]");
    fixture_open(&f);
    struct incident x;
    ck_assert_int_eq(storage_get_incident(f.rd, "a", f.mem, &x), 0);
    assert_text(x.row.summary, "first");
    ck_assert_uint_eq(f.report->rejected, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_text(f.report->findings[i].file, "2.json");
        assert_text(f.report->findings[i].field, "id");
    }
    ck_assert_ptr_nonnull(strstr(f.report->findings[1].reason, "1.json, [0]"));
}
END_TEST

START_TEST(rejected_records_do_not_take_others_along)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(
        &f, "a.json",
        "[" INCIDENT("bad", ",'oops':1") "," INCIDENT(
            "good", ",'related':[" RELATED("bad", "same_group") "]") "," ORG("lost", "dealr",
                                                                             "") "," ORG("kept", "dealer",
                                                                                         LINK("owned_by",
                                                                                              "lost")) "]");
    fixture_open(&f);
    struct incident x;
    ck_assert_uint_eq(f.report->rejected, 2);
    ck_assert_int_eq(storage_get_incident(f.rd, "good", f.mem, &x), 0);
    ck_assert_uint_eq(x.n_related, 0);
    assert_text(fixture_finding(&f, true, "related[0]")->kind, "dropped-relation");
    assert_text(fixture_finding(&f, true, "links[0]")->kind, "dropped-link");
}
END_TEST

START_TEST(an_incident_needs_its_organizations)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(
        &f, "a.json",
        "[" ORG("lost", "dealr", "") "," ORG("astray", "dealer", LINK("owned_by", "nowhere")) "," INCIDENT(
            "x", ",'parties':[" PARTY("lost", "breached") "," PARTY("astray",
                                                                    "filer") "]") "," INCIDENT("y", "") "]");
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert_uint_eq(f.report->organizations, 0);
    static const char *const fields[] = {"parties[0].organization.id", "parties[1].organization.id"};
    for (size_t i = 0; i < 2; i++)
        ck_assert_ptr_nonnull(strstr(fixture_finding(&f, false, fields[i])->reason, "itself rejected"));
}
END_TEST

START_TEST(circles_are_broken)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(
        &f, "a.json",
        "[" ORG("a", "dealer", LINK("owned_by", "b")) "," ORG("b", "dealer", LINK("owned_by", "c")) "," ORG("c", "dealer", LINK("owned_by", "a")) "," ORG(
            "self", "dealer",
            LINK(
                "owned_by",
                "self")) "," INCIDENT("x",
                                      ",'related':[" RELATED(
                                          "y",
                                          "duplicate_of") "]") "," INCIDENT("y",
                                                                            ",'related':"
                                                                            "[" RELATED(
                                                                                "x",
                                                                                "duplicate_"
                                                                                "of") "]") "," INCIDENT("m",
                                                                                                        ",'"
                                                                                                        "merg"
                                                                                                        "ed_"
                                                                                                        "into"
                                                                                                        "':'"
                                                                                                        "n'") "," INCIDENT("n",
                                                                                                                           ",'merged_into':'x'") "]");
    fixture_open(&f);
    static const char *const reasons[] = {"goes round in a circle", "goes round in a circle",
                                          "go round in a circle", "was merged itself; name \"x\""};
    ck_assert_uint_eq(f.report->rejected, 4);
    for (size_t i = 0, k = 0; i < f.report->n_findings; i++)
        if (!f.report->findings[i].warning) {
            ck_assert_msg(strstr(f.report->findings[i].reason, reasons[k]), "%s",
                          f.report->findings[i].reason);
            k++;
        }
    struct organization o;
    ck_assert_int_eq(storage_get_organization(f.rd, "a", f.mem, &o), 0);
    assert_text(o.row.owner.id, "b");
    ck_assert_int_eq(storage_get_organization(f.rd, "c", f.mem, &o), STORAGE_E_NOT_FOUND);
}
END_TEST

/* The relation of REL to ID that X has, or NULL. */
static const struct related *relation(const struct incident *x, const char *id, enum relation rel)
{
    for (size_t i = 0; i < x->n_related; i++)
        if (strcmp(x->related[i].incident.id, id) == 0 && x->related[i].relation == rel)
            return &x->related[i];
    return NULL;
}

START_TEST(relations_are_seen_from_both_sides)
{
    _cleanup_fixture_ struct fixture f;
    struct incident a, b;
    fixture_init(&f);
    fixture_write(
        &f, "a.json",
        "[" INCIDENT(
            "a",
            ",'related':[" RELATED("b", "follow_up") "," RELATED("b", "possible_link") "," RELATED(
                "b",
                "same_vendor") "," RELATED("b",
                                           "duplicate_of") "]") "," INCIDENT("b",
                                                                             ",'related':[" RELATED(
                                                                                 "a",
                                                                                 "same_vendor") "]") "]");
    fixture_open(&f);
    ck_assert_int_eq(storage_get_incident(f.rd, "a", f.mem, &a), 0);
    ck_assert_int_eq(storage_get_incident(f.rd, "b", f.mem, &b), 0);
    ck_assert_uint_eq(a.n_related, 4);
    ck_assert_uint_eq(b.n_related, 4);
    ck_assert(!relation(&b, "a", RELATION_SAME_VENDOR)->derived);
    static const enum relation mirrored[] = {RELATION_FOLLOWED_BY, RELATION_POSSIBLE_LINK,
                                             RELATION_HAS_DUPLICATE};
    for (size_t i = 0; i < 3; i++) {
        const struct related *r = relation(&b, "a", mirrored[i]);
        ck_assert(r && r->derived && r->e.source == 0);
        assert_text(r->e.note, "As the record of the other incident states: N");
        assert_text(r->incident.title, "About a");
    }
    assert_text(a.row.duplicate_of, "b");
    ck_assert_ptr_null(b.row.duplicate_of);
}
END_TEST

/* What a withdrawn or merged record says is counted by nobody else, so it is not left out of counts where it is repeated. */
START_TEST(what_is_not_listed_is_not_repeated)
{
    static const char
        input
            [] =
                "[" INCIDENT("a", ",'related':[" RELATED("gone", "duplicate_of") "," RELATED("b", "duplicate_"
                                                                                                  "of") "]") "," INCIDENT(
                    "b",
                    ",'related':[" RELATED(
                        "into",
                        "duplicate_of") "]") "," INCIDENT("into",
                                                          ",'merged_into':'c'") "," INCIDENT("c",
                                                                                             "") ",{'id':'"
                                                                                                 "gone','"
                                                                                                 "title':'"
                                                                                                 "Gone','"
                                                                                                 "status':'"
                                                                                                 "withdrawn',"
                                                                                                 "'withdrawn'"
                                                                                                 ":{'at':'"
                                                                                                 "2020-05-"
                                                                                                 "05T00:00:"
                                                                                                 "00Z','"
                                                                                                 "reason':'"
                                                                                                 "Wrong','by'"
                                                                                                 ":'Us'}}]";
    _cleanup_fixture_ struct fixture f;
    struct incident a, b;
    fixture_init(&f);
    fixture_write(&f, "a.json", input);
    fixture_open(&f);
    ck_assert_int_eq(storage_get_incident(f.rd, "a", f.mem, &a), 0);
    ck_assert_int_eq(storage_get_incident(f.rd, "b", f.mem, &b), 0);
    assert_text(a.row.duplicate_of, "b");
    ck_assert_ptr_null(b.row.duplicate_of);
    ck_assert_uint_eq(b.n_related, 2);
}
END_TEST

/* Who reaches how much: holding owns group owns dealer; dms supplies group; old owned dealer once; that other owns it is
 * denied. */
/* clang-format off */
static const char family[] =
    "[" ORG("holding", "dealer_group", "")
    "," ORG("group", "dealer_group", LINK("owned_by", "holding") "," LINK("supplied_by", "dms"))
    "," ORG("dealer", "dealer", LINK("owned_by", "group")
            ",{'organization':{'id':'old'},'relation':'owned_by','until':'2015','certainty':'confirmed'}"
            ",{'organization':{'id':'other'},'relation':'owned_by','certainty':'denied'}")
    "," ORG("dms", "vendor", "")
    "," ORG("old", "dealer_group", "")
    "," ORG("other", "dealer_group", "")
    "," INCIDENT("at-dealer", ",'parties':[" PARTY("dealer", "customers_exposed") "," PARTY("dealer", "disrupted") "]")
    "," INCIDENT("at-dms", ",'parties':[" PARTY("dms", "vendor") "," PARTY("holding", "disrupted") "]")
    "," INCIDENT("at-group", ",'parties':[" PARTY("group", "breached") "]")
    "," INCIDENT("at-old", ",'parties':[" PARTY("old", "breached") "]")
    "," INCIDENT("gone", ",'merged_into':'at-old','parties':[" PARTY("dealer", "breached") "]") "]";
/* clang-format on */

static const struct {
    const char *id;
    size_t own, group, inherited;
    const char *latest;
} reached[] = {
    {"holding", 1, 2, 0, "at-dms"}, {"group", 1, 1, 1, "at-group"}, {"dealer", 1, 0, 2, "at-dealer"},
    {"dms", 1, 0, 0, "at-dms"},     {"old", 1, 0, 0, "at-old"},     {"other", 0, 0, 0, NULL},
};

START_TEST(incidents_reach_up_and_down_the_family)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", family);
    fixture_open(&f);
    for (size_t i = 0; i < sizeof reached / sizeof *reached; i++) {
        struct organization o;
        ck_assert_int_eq(storage_get_organization(f.rd, reached[i].id, f.mem, &o), 0);
        ck_assert_msg(o.row.own == reached[i].own && o.row.group == reached[i].group &&
                          o.row.inherited == reached[i].inherited,
                      "%s: %zu %zu %zu", o.row.id, o.row.own, o.row.group, o.row.inherited);
        assert_text(o.row.latest.id, reached[i].latest);
    }
    struct touching_page page;
    ck_assert_int_eq(storage_list_touching(f.rd, "dealer", 10, f.mem, &page), 0);
    ck_assert_uint_eq(page.total, 3);
    ck_assert_int_eq(page.rows[0].role, ROLE_CUSTOMERS_EXPOSED);
    /* the owner's owner is as near as its supplier comes: ownership goes first */
    for (size_t i = 1; i < 3; i++) {
        bool group = strcmp(page.rows[i].row.id, "at-group") == 0;
        assert_text(page.rows[i].via.id, group ? "group" : "holding");
        ck_assert_int_eq(page.rows[i].via.relation, ORG_OWNED_BY);
    }
}
END_TEST

START_TEST(datasets_tell_how_their_import_went)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(
        &f, "a.json",
        "{'datasets':[{'id':'d','title':'D'}],'incidents':[" INCIDENT("a", ",'dataset':{'id':'d'}") "," INCIDENT(
            "b",
            ",'dataset':{'id':'d'},'oops':1") "," INCIDENT("c",
                                                           ",'dataset':{'id':'e'}") "," INCIDENT("x",
                                                                                                 "") "]}");
    fixture_open(&f);
    struct dataset *rows;
    size_t n;
    ck_assert_int_eq(storage_list_datasets(f.rd, f.mem, &rows, &n), 0);
    ck_assert_uint_eq(n, 3);
    assert_text(rows[0].id, "d");
    ck_assert_uint_eq(rows[0].counts.read, 2);
    ck_assert_uint_eq(rows[0].counts.rejected, 1);
    assert_text(rows[0].rejects[0].file, "a.json");
    assert_text(rows[0].rejects[0].position, "incidents[1]");
    assert_text(rows[0].rejects[0].field, "oops");
    assert_text(rows[1].id, "e");
    assert_text(rows[1].warnings[0].kind, "dataset-not-described");
    assert_text(rows[2].id, "local");
}
END_TEST

/* Inputs of which nothing can be published. */
static const struct {
    const char *text, *error;
} empty[] = {
    {NULL, "holds no record"},
    {"{'incidents':[]}", "holds no record"},
    {"{", "holds no record"},
    {"{'id':'x','title':'T','status':'claimed','merged_into':'y'}", "no record is left"},
};

START_TEST(nothing_is_published_when_nothing_was_read)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    if (empty[_i].text)
        fixture_write(&f, "a.json", empty[_i].text);
    ck_assert_int_eq(fixture_import(&f, "out.db"), IMPORT_E_FAILED);
    ck_assert_msg(strstr(f.error, empty[_i].error), "%s", f.error);
    ck_assert_int_ne(access(fixture_path(&f, "out.db"), F_OK), 0);
    ck_assert_int_eq(fixture_import_from(&f, "missing", "out.db"), IMPORT_E_FAILED);
    ck_assert_ptr_nonnull(strstr(f.error, "No such file"));
}
END_TEST

static int refuse(const char *path, char **reterr)
{
    ck_assert_int_eq(access(path, R_OK), 0);
    *reterr = strdup("not good enough");
    return 1;
}

START_TEST(what_does_not_pass_is_not_published)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", INCIDENT("a", ""));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_int_eq(fixture_import(&f, "before.db"), 0);
    fixture_write(&f, "a.json", INCIDENT("b", ""));
    const char *inputs[] = {fixture_path(&f, "in")};
    struct import_options o = {.output = fixture_path(&f, "out.db"),
                               .inputs = inputs,
                               .n_inputs = 1,
                               .allow_shrink = true,
                               .verify = refuse};
    _cleanup_report_ struct import_report *report = import_report_new();
    char *error = NULL;
    ck_assert_int_eq(import_run(&o, report, &error), IMPORT_E_FAILED);
    ck_assert_ptr_nonnull(strstr(error, "not good enough"));
    free(error);
    ck_assert(fixture_same(&f, "out.db", "before.db"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("import");
    SUITE_ADD(s, "whole", catalogue_holds_what_the_records_say, catalogue_passes_its_own_check,
              same_input_gives_the_same_bytes, what_is_served_gives_the_same_catalogue,
              identity_turns_on_content_and_on_built, records_are_found_in_any_mix_of_files,
              no_folder_is_walked_twice, of_two_records_with_one_id_the_first_stands,
              rejected_records_do_not_take_others_along, an_incident_needs_its_organizations,
              circles_are_broken, relations_are_seen_from_both_sides, what_is_not_listed_is_not_repeated,
              incidents_reach_up_and_down_the_family, datasets_tell_how_their_import_went,
              what_does_not_pass_is_not_published);
    TCase *tables = tcase_create("nothing");
    SUITE_LOOP(tables, nothing_is_published_when_nothing_was_read, empty);
    suite_add_tcase(s, tables);
    return suite_run(s);
}
