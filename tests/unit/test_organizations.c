/* SPDX-License-Identifier: MIT */
/* Who is who: every rule of organizations.h with the cases that it must not touch, in any order of the inputs. */
#include "import/draft.h"
#include "import/records.h"
#include "import/resolve.h"
#include "suite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOLD_MOST = 5, NATIVES_MOST = 3 };

/* What one record says of its one party. */
struct told {
    const char *dataset, *name, *country, *region, *website, *sector;
    enum role role;
};

struct native_org {
    const char *id, *name, *alias, *country, *region, *website;
};

/* One import: its inputs, and the id that each mention comes to: NULL: a group in words, "": no party at all. */
struct scene {
    const char *about;
    struct told told[TOLD_MOST];
    struct native_org natives[NATIVES_MOST];
    const char *rulings; /* a document, with ' for " */
    const char *want[TOLD_MOST];
};

struct stage {
    struct import_report *report;
    struct catalogue *c;
    size_t records;
};

static void stage_done(struct stage *s)
{
    s->c = catalogue_free(s->c);
    s->report = import_report_free(s->report);
}
#define _cleanup_stage_ __attribute__((cleanup(stage_done)))

static void stage_init(struct stage *s)
{
    *s = (struct stage){.report = import_report_new()};
    s->c = catalogue_new(s->report, P_tmpdir);
    ck_assert_ptr_nonnull(s->c);
    struct dataset *d = catalogue_add_dataset(s->c);
    *d = (struct dataset){.id = "vcdb", .title = "VERIS Community Database"};
}

static const struct origin from = {"in/a", "a", NULL, NULL};

static void add_told(struct stage *s, const struct told *t, const char *id)
{
    struct draft d;
    draft_begin(&d, s->c, t->dataset ? t->dataset : "vcdb", &from);
    d.x.row.id = id;
    d.x.row.title = id;
    struct source *source = draft_source(&d, CLASS_DATASET);
    source->title = id;
    const struct mention m = {.name = t->name,
                              .country = t->country,
                              .region = t->region,
                              .website = t->website,
                              .sector = t->sector};
    (void)draft_mention(&d, t->role, CERTAINTY_CONFIRMED, 1, ORG_OTHER, &m);
    ck_assert_int_eq(draft_end(&d, &s->records), 0);
}

static void add_org(struct stage *s, const struct native_org *o)
{
    struct org_record *rec = catalogue_add_org(s->c);
    rec->fate.from = from;
    rec->x.row = (struct org_row){
        .id = o->id, .name = o->name, .kind = ORG_OTHER, .country = o->country, .region = o->region};
    rec->x.website = o->website;
    if (o->alias) {
        rec->x.names = arena_alloc(s->c->mem, sizeof *rec->x.names);
        *rec->x.names = (struct org_name){.name = o->alias, .type = NAME_ALIAS};
        rec->x.n_names = 1;
    }
}

static void add_document(struct stage *s, const char *text)
{
    char *json = arena_strdup(s->c->mem, text);
    for (char *p = json; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    json_t *v = json_loads(json, 0, NULL);
    ck_assert_msg(v != NULL, "%s", json);
    ck_assert_int_eq(adapter_native.read_json(s->c, v, &from, &s->records), 0);
    json_decref(v);
}

static const char *told_id(struct stage *s, size_t i)
{
    return arena_printf(s->c->mem, "vcdb-%zu", i);
}

/* The inputs of SCENE: TURN says in which order. */
static void play(struct stage *s, const struct scene *scene, size_t turn)
{
    stage_init(s);
    for (size_t k = 0; k < NATIVES_MOST; k++) {
        size_t i = turn & 1 ? NATIVES_MOST - 1 - k : k;
        if (scene->natives[i].id)
            add_org(s, &scene->natives[i]);
    }
    for (size_t k = 0; k < TOLD_MOST; k++) {
        size_t i = (turn & 2 ? TOLD_MOST - 1 - k : k + turn / 4) % TOLD_MOST;
        if (scene->told[i].name)
            add_told(s, &scene->told[i], told_id(s, i));
    }
    if (scene->rulings)
        add_document(s, scene->rulings);
    ck_assert_int_eq(resolve_records(s->c), 0);
}

/* Incident AT as it is published. */
static const struct incident *finished(struct stage *s, size_t at)
{
    struct incident *x = arena_alloc(s->c->mem, sizeof *x);
    ck_assert_int_eq(record_finish(s->c, at, s->c->mem, x), 0);
    return x;
}

/* The organisation that mention I came to, as in scene.want. */
static const char *got(struct stage *s, size_t i)
{
    size_t at = catalogue_find_incident(s->c, told_id(s, i));
    ck_assert_uint_ne(at, NOBODY);
    const struct incident *x = finished(s, at);
    return x->n_parties ? x->parties[0].organization.id : "";
}

static const struct organization *org(struct stage *s, const char *id)
{
    size_t at = catalogue_find_org(s->c, id);
    ck_assert_msg(at != NOBODY, "there is no %s", id);
    return &s->c->orgs[at].x;
}

static const char *alias_of(struct stage *s, const char *id)
{
    for (size_t i = 0; i < s->c->n_org_aliases; i++)
        if (strcmp(s->c->org_aliases[i].id, id) == 0)
            return s->c->org_aliases[i].organization;
    return NULL;
}

#define TOLD(name_, country_)                                                                                \
    {                                                                                                        \
        .name = (name_), .country = (country_)                                                               \
    }
#define IN(name_, region_)                                                                                   \
    {                                                                                                        \
        .name = (name_), .country = "US", .region = (region_), .sector = "522110"                            \
    }
#define HHS(name_, region_)                                                                                  \
    {                                                                                                        \
        .dataset = "hhs", .name = (name_), .country = "US", .region = (region_)                              \
    }
#define SITE(name_, website_)                                                                                \
    {                                                                                                        \
        .dataset = "hibp", .name = (name_), .website = (website_)                                            \
    }

static const struct scene scenes[] = {
    {.about = "one spelling or another, in one country",
     .told = {TOLD("Acme, Inc.", "US"), TOLD("ACME Corporation", "US"), TOLD("The Acme Co.", "US")},
     .want = {"acme-us", "acme-us", "acme-us"}},
    {.about = "one name in two countries",
     .told = {TOLD("First National Bank", "US"), TOLD("First National Bank", "ZA")},
     .want = {"first-national-bank-us", "first-national-bank-za"}},
    {.about = "one name in two states",
     .told = {HHS("First National Bank", "TX"), HHS("First National Bank", "Ohio"),
              HHS("First National Bank, Inc.", "Texas")},
     .want = {"first-national-bank-us-tx", "first-national-bank-us-oh", "first-national-bank-us-tx"}},
    {.about = "a state said elsewhere counts too, where names recur",
     .told = {IN("First National Bank", "TX"), IN("First National Bank", "US-OH"),
              HHS("First National Bank", "TX")},
     .want = {"first-national-bank-us-tx", "first-national-bank-us-oh", "first-national-bank-us-tx"}},
    {.about = "a maker is one in all states",
     .told = {{.name = "Acme", .country = "US", .region = "CA", .sector = "511210"},
              {.name = "Acme", .country = "US", .region = "WA", .sector = "511210"}},
     .want = {"acme-us", "acme-us"}},
    {.about = "and so is what is named after the country",
     .told = {IN("United States Postal Service", "DC"), IN("United States Postal Service", "FL")},
     .want = {"united-states-postal-service-us", "united-states-postal-service-us"}},
    {.about = "but not in HHS",
     .told = {HHS("US Renal Care", "TX"), HHS("US Renal Care", "CA")},
     .want = {"us-renal-care-us-tx", "us-renal-care-us-ca"}},
    {.about = "no state, one candidate",
     .told = {TOLD("Cooper Hospital", "US"), HHS("Cooper Hospital", "ME")},
     .want = {"cooper-hospital-us", "cooper-hospital-us"}},
    {.about = "no state, two candidates",
     .told = {TOLD("Cooper Hospital", "US"), HHS("Cooper Hospital", "ME"), HHS("Cooper Hospital", "FL")},
     .want = {"cooper-hospital-us", "cooper-hospital-us-me", "cooper-hospital-us-fl"}},
    {.about = "no country, one candidate",
     .told = {TOLD("Adobe", NULL), TOLD("Adobe Inc.", "US")},
     .want = {"adobe-us", "adobe-us"}},
    {.about = "no country, two candidates",
     .told = {TOLD("Adobe", NULL), TOLD("Adobe Inc.", "US"), TOLD("Adobe", "DE")},
     .want = {"adobe", "adobe-us", "adobe-de"}},
    {.about = "no country, two states",
     .told = {TOLD("Cooper", NULL), HHS("Cooper", "ME"), HHS("Cooper", "FL")},
     .want = {"cooper", "cooper-us-me", "cooper-us-fl"}},
    {.about = "no country, none of the name",
     .told = {TOLD("Adobe", NULL), TOLD("Adobe Systems", "US")},
     .want = {"adobe", "adobe-systems-us"}},
    {.about = "a name that many have lacks nothing for being the only one here",
     .told = {TOLD("First National Bank", NULL), TOLD("First National Bank", "US"),
              HHS("First National Bank", "TX"), TOLD("Ministry of Justice", NULL),
              TOLD("Ministry of Justice", "GB")},
     .want = {"first-national-bank", "first-national-bank-us", "first-national-bank-us-tx",
              "ministry-of-justice", "ministry-of-justice-gb"}},
    {.about = "a website under another country's domain speaks against the only candidate",
     .told = {SITE("Wendys", "https://wendys.com.ph/"), TOLD("Wendy's", "US"),
              SITE("Bells", "https://bells.co.uk"), TOLD("Bells", "GB"), SITE("Wendys", "https://wendys.io")},
     .want = {"wendys", "wendys-us", "bells-gb", "bells-gb", "wendys"}},
    {.about = "and one under a domain that all the world uses does not",
     .told = {SITE("Last.fm", "https://last.fm/"), TOLD("Last.fm", "GB")},
     .want = {"last-fm-gb-2fcc7f", "last-fm-gb-2fcc7f"}},
    {.about = "a country that is none",
     .told = {TOLD("Adobe", "XX"), TOLD("Adobe", "US")},
     .want = {"adobe-us", "adobe-us"}},
    {.about = "websites that are equal",
     .told = {SITE("Bell (2014)", "https://www.bell.ca/"), SITE("Bell (2017)", "http://bell.ca")},
     .want = {"bell-2014", "bell-2014"}},
    {.about = "websites that differ, or are everybody's",
     .told = {SITE("One", "https://one.example/"), SITE("Two", "https://two.example/"),
              SITE("Three Mobile", "https://facebook.com"),
              SITE("Four Seasons", "https://www.facebook.com/")},
     .want = {"one", "two", "three-mobile", "four-seasons"}},
    {.about = "a website brings the country",
     .told = {SITE("Acme forum", "https://acme.example"),
              {.name = "Acme", .country = "US", .website = "https://acme.example"}},
     .want = {"acme-us", "acme-us"}},
    {.about = "websites that differ speak against the only candidate",
     .told = {SITE("Bolt", "https://bolt.example"),
              {.name = "Bolt", .country = "EE", .website = "https://bolt.other.example"}},
     .want = {"bolt", "bolt-ee"}},
    {.about = "a native record, by name, alias and website",
     .told = {TOLD("Toyota Motor Corp.", "JP"), TOLD("TMC", "JP"), SITE("Toyota cars", "toyota.example"),
              TOLD("Toyota Motor", "US"), TOLD("TMC", NULL)},
     .natives = {{"toyota", "Toyota Motor Corporation", "TMC", "JP", NULL, "https://www.toyota.example/"}},
     .want = {"toyota", "toyota", "toyota", "toyota-motor-us", "toyota"}},
    {.about = "a native record with a state, and one of another",
     .told = {IN("Locklear Dodge", "AL"), IN("Locklear Dodge", "GA"), TOLD("Locklear Dodge", NULL)},
     .natives = {{"locklear", "Locklear Dodge", NULL, "US", "Alabama", NULL}},
     .want = {"locklear", "locklear-dodge-us-ga", "locklear-dodge"}},
    {.about = "a native record without a country is found when it is the only one",
     .told = {TOLD("Sanuker", "CN")},
     .natives = {{"sanuker", "Sanuker", NULL, NULL, NULL, NULL}},
     .want = {"sanuker"}},
    {.about = "a name of two native records finds neither",
     .told = {TOLD("Oceania", "AU"), TOLD("Oceania", NULL)},
     .natives = {{"oceania-cars", "Oceania Cars", "Oceania", "AU", NULL, NULL},
                 {"oceania-loans", "Oceania Loans", "Oceania", "AU", NULL, NULL}},
     .want = {"oceania-au", "oceania"}},
    {.about = "a website of two native records finds neither",
     .told = {SITE("Oceania shop", "https://oceania.example")},
     .natives = {{"cars", "Oceania Cars", NULL, "AU", NULL, "https://oceania.example"},
                 {"loans", "Oceania Loans", NULL, "AU", NULL, "https://oceania.example"}},
     .want = {"oceania-shop"}},
    {.about = "a native id that another organisation has is not taken",
     .told = {TOLD("Acme", "US")},
     .natives = {{"acme-us", "Quite Another", NULL, "US", NULL, NULL}},
     .want = {"acme-us-37f794120009b81866f3d8f0"}},
    {.about = "said to be the same",
     .told = {TOLD("Wal-Mart", "US"), TOLD("Walmart", "US")},
     .rulings = "{'same':[['walmart-us','wal-mart-us']]}",
     .want = {"wal-mart-us", "wal-mart-us"}},
    {.about = "said to be a native one",
     .told = {TOLD("Wal-Mart", "US"), TOLD("Walmart", "US")},
     .natives = {{"walmart", "Walmart", NULL, "US", NULL, NULL}},
     .rulings = "{'same':[['walmart','wal-mart-us']]}",
     .want = {"walmart", "walmart"}},
    {.about = "said not to be the same, against name, website and country",
     .told = {TOLD("Acme", NULL), TOLD("Acme", "US"), SITE("One Shop", "https://shop.example"),
              SITE("Two Shop", "https://shop.example")},
     .natives = {{"acme-co", "Acme", NULL, "US", NULL, NULL}},
     .rulings = "{'not_same':[['acme','acme-us','acme-co'],['one-shop','two-shop']]}",
     .want = {"acme", "acme-us", "one-shop", "two-shop"}},
    {.about = "what is not the same binds what is said to be",
     .told = {TOLD("Alpha", "US"), TOLD("Beta", "US"), TOLD("Gamma", "US")},
     .rulings =
         "{'same':[['alpha-us','beta-us'],['beta-us','gamma-us']],'not_same':[['alpha-us','gamma-us']]}",
     .want = {"alpha-us", "alpha-us", "gamma-us"}},
    {.about = "a country by website is a country",
     .told = {SITE("Acme", "https://acme.example"),
              {.name = "Acme Forum", .country = "US", .website = "https://acme.example"},
              TOLD("Acme", "DE")},
     .want = {"acme-forum-us", "acme-forum-us", "acme-de"}},
    {.about = "a state by website is a state",
     .told = {{.name = "Acme", .country = "US", .website = "https://acme.example"},
              {.name = "Acme Shop", .country = "US", .region = "TX", .website = "https://acme.example"},
              IN("Acme", "CA")},
     .want = {"acme-us", "acme-us", "acme-us-ca"}},
    {.about = "a website by ruling is a website",
     .told = {TOLD("Bolt", NULL),
              SITE("Bolt App", "https://app.example"),
              {.name = "Bolt", .country = "EE", .website = "https://bolt.example"}},
     .rulings = "{'same':[['bolt','bolt-app']]}",
     .want = {"bolt", "bolt", "bolt-ee"}},
    {.about = "what is kept apart stays so through others",
     .told = {{.name = "Beta", .country = "US", .website = "https://beta.example"},
              TOLD("Alpha", "US"),
              {.name = "Gamma", .country = "US", .website = "https://beta.example"}},
     .rulings = "{'same':[['beta-us','alpha-us']],'not_same':[['alpha-us','gamma-us']]}",
     .want = {"alpha-us", "alpha-us", "gamma-us"}},
    {.about = "an id is the native record's before it is a key's",
     .told = {TOLD("Zed", "US"), TOLD("Acme", "US")},
     .natives = {{"acme-us", "Quite Another", NULL, "US", NULL, NULL}},
     .rulings = "{'same':[['acme-us','zed-us']]}",
     .want = {"acme-us", "acme-us-37f794120009b81866f3d8f0"}},
    {.about = "nobody",
     .told = {TOLD("Unknown", "US"), TOLD("N/A", NULL), TOLD("Several banks", "US"),
              TOLD("Unnamed hotel", "US"), TOLD("!!!", "US")},
     .want = {"", "", NULL, NULL, ""}},
};

START_TEST(each_mention_finds_its_organisation)
{
    const struct scene *scene = &scenes[_i];
    for (size_t turn = 0; turn < 20; turn++) {
        _cleanup_stage_ struct stage s;
        play(&s, scene, turn);
        for (size_t i = 0; i < TOLD_MOST; i++) {
            if (!scene->told[i].name)
                continue;
            const char *id = got(&s, i);
            ck_assert_msg(id == scene->want[i] || (id && scene->want[i] && strcmp(id, scene->want[i]) == 0),
                          "%s, turn %zu: \"%s\" is %s, not %s", scene->about, turn, scene->told[i].name, id,
                          scene->want[i]);
        }
    }
}
END_TEST

/* Everything that the catalogue says of organisations, as one text. */
static const char *dump(struct stage *s)
{
    const char *all = "";
    for (size_t i = 0; i < s->c->n_orgs; i++) {
        const struct organization *x = &s->c->orgs[i].x;
        all = arena_printf(s->c->mem, "%s%s|%s|%d|%s|%s|%s|%s|%s|%s\n", all, x->row.id, x->row.name,
                           (int)x->row.kind, x->row.country, x->row.region, x->row.city, x->row.sector,
                           x->website, x->n_sources ? x->sources[0].title : NULL);
        for (size_t k = 0; k < x->n_names; k++)
            all = arena_printf(s->c->mem, "%s  %s: %s\n", all, x->names[k].name, x->names[k].note);
    }
    for (size_t i = 0; i < s->c->n_org_aliases; i++)
        all = arena_printf(s->c->mem, "%s%s > %s\n", all, s->c->org_aliases[i].id,
                           s->c->org_aliases[i].organization);
    return all;
}

START_TEST(order_makes_no_difference)
{
    _cleanup_stage_ struct stage first;
    play(&first, &scenes[_i], 0);
    const char *want = dump(&first);
    for (size_t turn = 1; turn < 20; turn++) {
        _cleanup_stage_ struct stage s;
        play(&s, &scenes[_i], turn);
        assert_text(dump(&s), want);
    }
}
END_TEST

/* Each scene on its own, then all of them in one import: where nothing joins, nothing changes. */
START_TEST(ids_stay_when_inputs_are_added)
{
    static const struct told ours[] = {TOLD("Acme, Inc.", "US"),
                                       HHS("First National Bank", "TX"),
                                       TOLD("Société Générale", "FR"),
                                       TOLD("東京トヨペット", "JP"),
                                       SITE("Adobe", "https://adobe.example"),
                                       TOLD("Toys R Us", NULL)},
                             more[] = {TOLD("Acme", "GB"),
                                       TOLD("Acme", "DE"),
                                       HHS("First National Bank", "OH"),
                                       TOLD("Societe Generale", "FR"),
                                       TOLD("大阪トヨペット", "JP"),
                                       SITE("Adobe Shop", "https://shop.example"),
                                       TOLD("Toys R", "US")};
    enum { OURS = sizeof ours / sizeof *ours, MORE = sizeof more / sizeof *more };
    _cleanup_stage_ struct stage alone, together;
    stage_init(&alone);
    stage_init(&together);
    for (size_t i = 0; i < MORE; i++)
        add_told(&together, &more[i], told_id(&together, 100 + i));
    for (size_t i = 0; i < OURS; i++) {
        add_told(&alone, &ours[i], told_id(&alone, i));
        add_told(&together, &ours[i], told_id(&together, i));
    }
    ck_assert_int_eq(resolve_records(alone.c), 0);
    ck_assert_int_eq(resolve_records(together.c), 0);
    ck_assert_uint_eq(together.c->n_orgs, OURS + MORE);
    for (size_t i = 0; i < OURS; i++)
        assert_text(got(&together, i), got(&alone, i));
}
END_TEST

/* What joins goes on answering: an id that was given is the organisation's, or leads to it. */
START_TEST(ids_that_were_given_lead_on)
{
    static const struct scene before = {.told = {TOLD("Adobe", NULL), TOLD("Cooper", "US")}},
                              after = {.told = {TOLD("Adobe", NULL), TOLD("Cooper", "US"),
                                                TOLD("Adobe", "US"), HHS("Cooper", "ME"),
                                                TOLD("Toyota Motor", "JP")},
                                       .natives = {{"toyota", "Toyota Motor", NULL, "JP", NULL, NULL}}};
    _cleanup_stage_ struct stage a, b;
    play(&a, &before, 0);
    play(&b, &after, 0);
    assert_text(got(&a, 0), "adobe");
    assert_text(alias_of(&b, "adobe"), "adobe-us");
    assert_text(got(&a, 1), "cooper-us");
    assert_text(got(&b, 1), "cooper-us");
    assert_text(alias_of(&b, "cooper-us-me"), "cooper-us");
    assert_text(alias_of(&b, "toyota-motor-jp"), "toyota");
    ck_assert_ptr_null(alias_of(&b, "adobe-us"));
    ck_assert_ptr_null(alias_of(&a, "adobe"));
    _cleanup_stage_ struct stage taken;
    static const struct scene other = {.told = {TOLD("Acme", "US")},
                                       .natives = {{"acme-us", "Quite Another", NULL, "US", NULL, NULL}}};
    play(&taken, &other, 0);
    ck_assert_ptr_null(alias_of(&taken, "acme-us"));
}
END_TEST

static const char *note_of(const struct organization *x, const char *name)
{
    for (size_t i = 0; i < x->n_names; i++)
        if (strcmp(x->names[i].name, name) == 0)
            return x->names[i].note;
    return NULL;
}

START_TEST(every_join_says_why)
{
    static const struct scene scene = {
        .told = {TOLD("Acme, Inc.", "US"),
                 TOLD("Acme", "US"),
                 TOLD("Acme", "US"),
                 TOLD("ACME", NULL),
                 {.name = "Acme forum", .country = "US", .region = "CA", .website = "https://acme.example"}},
        .natives = {{"toyota", "Toyota", "Toyota Cars", "JP", NULL, "https://acme.example"}}};
    _cleanup_stage_ struct stage s;
    play(&s, &scene, 0);
    const struct organization *acme = org(&s, "acme-us"), *toyota = org(&s, "toyota");
    assert_text(acme->row.name, "Acme");
    ck_assert_uint_eq(acme->n_names, 2);
    assert_text(note_of(acme, "Acme, Inc."),
                "VERIS Community Database writes it so; joined by name and country");
    assert_text(
        note_of(acme, "ACME"),
        "VERIS Community Database writes it so; joined by name, which no other organisation here has");
    ck_assert_uint_eq(toyota->n_names, 2);
    ck_assert_ptr_null(note_of(toyota, "Toyota Cars"));
    assert_text(note_of(toyota, "Acme forum"), "VERIS Community Database writes it so; joined by website");
}
END_TEST

START_TEST(a_join_of_equal_spellings_says_why_too)
{
    static const struct scene scene = {.told = {TOLD("Adobe", NULL), TOLD("Adobe", "US"),
                                                TOLD("Toyota", "JP"), TOLD("Audi", NULL),
                                                TOLD("Vier Ringe", NULL)},
                                       .natives = {{"toyota", "Toyota", NULL, "JP", NULL, NULL},
                                                   {"audi", "Audi", "Vier Ringe", "DE", NULL, NULL}}};
    _cleanup_stage_ struct stage s;
    play(&s, &scene, 0);
    ck_assert_ptr_nonnull(note_of(org(&s, "adobe-us"), "Adobe"));
    ck_assert_ptr_nonnull(note_of(org(&s, "audi"), "Audi"));
    ck_assert_uint_eq(org(&s, "audi")->n_names, 2);
    ck_assert_uint_eq(org(&s, "toyota")->n_names, 0);
}
END_TEST

static void add_full(struct stage *s, const char *id, const char *modified, const struct mention *m,
                     enum role role)
{
    struct draft d;
    draft_begin(&d, s->c, "vcdb", &from);
    d.x.row.id = id;
    d.x.row.title = id;
    d.x.row.modified = modified;
    for (int i = 0; i < 2; i++)
        draft_source(&d, CLASS_DATASET)->title = arena_printf(s->c->mem, "%s, source %d", id, i + 1);
    (void)draft_mention(&d, role, CERTAINTY_CONFIRMED, 1, ORG_OTHER, m);
    ck_assert_int_eq(draft_end(&d, &s->records), 0);
}

START_TEST(of_two_spellings_as_frequent_the_first_by_bytes_is_the_name)
{
    static const struct scene scene = {.told = {TOLD("Acme", "US"), TOLD("ACME", "US")}};
    for (size_t turn = 0; turn < 4; turn++) {
        _cleanup_stage_ struct stage s;
        play(&s, &scene, turn);
        assert_text(org(&s, "acme-us")->row.name, "ACME");
    }
}
END_TEST

START_TEST(a_record_is_what_most_say)
{
    static const struct mention one = {.name = "Acme",
                                       .country = "US",
                                       .region = "CA",
                                       .city = "Fresno",
                                       .website = "acme.example",
                                       .sector = "441110"},
                                two = {.name = "ACME",
                                       .country = "US",
                                       .region = "California",
                                       .city = "Fresno",
                                       .sector = "452000"},
                                three = {.name = "ACME", .country = "US", .region = "CA", .sector = "452000"};
    _cleanup_stage_ struct stage s;
    stage_init(&s);
    add_full(&s, "c", "2020-01-01T00:00:00Z", &one, ROLE_BREACHED);
    add_full(&s, "b", "2022-01-01T00:00:00Z", &two, ROLE_BREACHED);
    add_full(&s, "d", NULL, &three, ROLE_BREACHED);
    ck_assert_int_eq(resolve_records(s.c), 0);
    const struct organization *x = org(&s, "acme-us-ca");
    assert_text(x->row.name, "ACME");
    assert_text(x->row.country, "US");
    assert_text(x->row.region, "California");
    assert_text(x->row.city, "Fresno");
    assert_text(x->row.sector, "441110"); /* what made it the dealer that it is */
    ck_assert_int_eq(x->row.kind, ORG_DEALER);
    assert_text(x->row.modified, "2022-01-01T00:00:00Z");
    assert_text(x->website, "https://acme.example");
    ck_assert_uint_eq(x->n_sources, 1);
    ck_assert_int_eq(x->sources[0].n, 1);
    assert_text(x->sources[0].title, "b, source 1");
    ck_assert_int_eq(finished(&s, 0)->parties[0].organization.kind, ORG_DEALER);
    assert_text(finished(&s, 2)->parties[0].organization.name, "ACME");
}
END_TEST

START_TEST(places_that_disagree_are_left_out)
{
    static const struct mention
        one = {.name = "Acme", .country = "US", .region = "CA", .city = "Fresno", .sector = "511210"},
        two = {.name = "Acme", .country = "US", .region = "WA", .city = "Seattle", .sector = "000"};
    static const struct mention three = {
        .name = "Acme", .country = "US", .region = "WA", .city = "Seattle", .sector = "5112"};
    _cleanup_stage_ struct stage s;
    stage_init(&s);
    add_full(&s, "a", NULL, &one, ROLE_BREACHED);
    add_full(&s, "b", NULL, &three, ROLE_VENDOR);
    ck_assert_int_eq(resolve_records(s.c), 0);
    ck_assert_ptr_null(org(&s, "acme-us")->row.region);
    ck_assert_ptr_null(org(&s, "acme-us")->row.city);
    ck_assert_int_eq(org(&s, "acme-us")->row.kind, ORG_VENDOR);
    stage_done(&s);
    stage_init(&s);
    add_full(&s, "a", NULL, &two, ROLE_BREACHED);
    ck_assert_int_eq(resolve_records(s.c), 0);
    ck_assert_ptr_null(org(&s, "acme-us-wa")->row.sector);
    ck_assert_ptr_null(org(&s, "acme-us-wa")->row.modified);
}
END_TEST

START_TEST(parties_that_are_nobody_leave_the_others_in_place)
{
    _cleanup_stage_ struct stage s;
    stage_init(&s);
    struct draft d;
    static const char *const parties[] = {"Unknown", "Acme", "N/A", "Various banks", "Zeta"};
    draft_begin(&d, s.c, "vcdb", &from);
    d.x.row.id = d.x.row.title = "x";
    (void)draft_source(&d, CLASS_DATASET);
    for (size_t i = 0; i < sizeof parties / sizeof *parties; i++)
        (void)draft_mention(&d, ROLE_BREACHED, CERTAINTY_CONFIRMED, 1, ORG_OTHER,
                            &(struct mention){.name = parties[i], .country = "US"});
    ck_assert_int_eq(draft_end(&d, &s.records), 0);
    ck_assert_int_eq(resolve_records(s.c), 0);
    const struct incident *x = finished(&s, 0);
    ck_assert_uint_eq(x->n_parties, 3);
    assert_text(x->parties[0].organization.id, "acme-us");
    ck_assert_ptr_null(x->parties[1].organization.id);
    assert_text(x->parties[1].organization.name, "Various banks");
    assert_text(x->parties[2].organization.id, "zeta-us");
    ck_assert_uint_eq(s.c->n_orgs, 2);
}
END_TEST

/* Rulings that cannot be followed, each rejected alone: what the report says of them. */
static const struct {
    const char *document, *field, *reason;
} faults[] = {
    {"{'same':[['acme-us','acmee-gb']]}", "[1]",
     "there is no organization \"acmee-gb\"; did you mean \"acme-gb\"?"},
    {"{'not_same':[['nothing-like-it','acme-gb']]}", "[0]",
     "there is no organization \"nothing-like-it\" in the inputs; add it, or correct the id"},
    {"{'same':[['one','two']]}", NULL,
     "\"one\" and \"two\" cannot be one: both are records of native input, or a `not_same` parts them"},
    {"{'same':[['acme-us']]}", NULL, "must be a list of 2 to 100 ids of organizations"},
    {"{'same':['acme-us']}", NULL, "must be a list of 2 to 100 ids of organizations"},
    {"{'same':[['acme-us',7]]}", "[1]", "must be the id of an organization, not a number"},
    {"{'same':[['acme-us','Acme GB']]}", "[1]", "\"Acme GB\" is no id; ids have a-z, 0-9 and - only"},
    {"{'not_same':[['acme-us','acme-us']]}", "[1]", "\"acme-us\" stands here twice"},
};

START_TEST(rulings_that_cannot_be_followed_are_rejected)
{
    struct scene scene = {
        .told = {TOLD("Acme", "US"), TOLD("Acme", "GB")},
        .natives = {{"one", "One", NULL, "US", NULL, NULL}, {"two", "Two", NULL, "US", NULL, NULL}},
        .rulings = faults[_i].document};
    _cleanup_stage_ struct stage s;
    play(&s, &scene, 0);
    ck_assert_uint_eq(s.report->rejected, 1);
    ck_assert_uint_eq(s.report->n_findings, 1);
    ck_assert(!s.report->findings[0].warning);
    assert_text(s.report->findings[0].field, faults[_i].field);
    assert_text(s.report->findings[0].reason, faults[_i].reason);
    assert_text(got(&s, 0), "acme-us");
    assert_text(got(&s, 1), "acme-gb");
}
END_TEST

START_TEST(owners_are_found_again_among_more_organisations)
{
    static const struct scene scene = {.told = {TOLD("Aaa", "US"), TOLD("Mmm", "US"), TOLD("Zzz", "US")}};
    _cleanup_stage_ struct stage s;
    stage_init(&s);
    add_document(
        &s,
        "{'organizations':[{'id':'holding','name':'Holding','kind':'other'},{'id':'dealer','name':'Dealer',"
        "'kind':'dealer','links':[{'organization':{'id':'holding'},'relation':'owned_by',"
        "'certainty':'confirmed'}]}]}");
    for (size_t i = 0; i < 3; i++)
        add_told(&s, &scene.told[i], told_id(&s, i));
    ck_assert_int_eq(resolve_records(s.c), 0);
    const struct org_record *dealer = &s.c->orgs[catalogue_find_org(s.c, "dealer")];
    ck_assert_uint_eq(dealer->owner, catalogue_find_org(s.c, "holding"));
}
END_TEST

#define LOOP(tcase, test, table) tcase_add_loop_test(tcase, test, 0, (int)(sizeof(table) / sizeof *(table)))

int main(void)
{
    Suite *s = suite_create("organizations");
    SUITE_ADD(s, "ids", ids_stay_when_inputs_are_added, ids_that_were_given_lead_on);
    SUITE_ADD(s, "records", every_join_says_why, a_join_of_equal_spellings_says_why_too,
              of_two_spellings_as_frequent_the_first_by_bytes_is_the_name, a_record_is_what_most_say,
              places_that_disagree_are_left_out, parties_that_are_nobody_leave_the_others_in_place,
              owners_are_found_again_among_more_organisations);
    TCase *t = tcase_create("scenes");
    LOOP(t, each_mention_finds_its_organisation, scenes);
    LOOP(t, order_makes_no_difference, scenes);
    LOOP(t, rulings_that_cannot_be_followed_are_rejected, faults);
    suite_add_tcase(s, t);
    return suite_run(s);
}
