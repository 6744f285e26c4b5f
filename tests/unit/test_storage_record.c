/* SPDX-License-Identifier: MIT */
/* Whole records, summaries and walks: nothing of a record is lost between the file and the model. */
#include "storage_fixture.h"

#include <string.h>

static struct fixture fixture;
static struct storage *storage;
static struct storage_reader *reader;
static struct arena *mem;

static void set_up(void)
{
    fixture_init(&fixture);
    fixture_catalogue(fixture.path, "abc", NULL);
    storage = fixture_open(fixture.path);
    ck_assert_int_eq(storage_lease(storage, 5000, &reader), 0);
    mem = arena_new(0);
}

static void tear_down(void)
{
    mem = arena_free(mem);
    reader = storage_return(reader);
    storage = storage_free(storage);
    fixture_done(&fixture);
}

static struct incident get(const char *id)
{
    struct incident x;
    ck_assert_int_eq(storage_get_incident(reader, id, mem, &x), 0);
    return x;
}

static unsigned class_index(const char *id)
{
    int index = vocab_find(&vocab_data_class, id);
    ck_assert_int_ge(index, 0);
    return (unsigned)index;
}

START_TEST(a_row)
{
    struct incident_row x = get("newest").row;
    assert_text(x.id, "newest");
    assert_text(x.title, "Title of newest");
    assert_text(x.summary, NULL);
    ck_assert_int_eq(x.status, STATUS_CONFIRMED);
    ck_assert_int_eq(x.exposure, CERTAINTY_CLAIMED);
    assert_text(x.date.text, "2023-05-01");
    ck_assert_int_eq(x.date_basis, DATE_DISCLOSED);
    assert_text(x.organization.id, "acme-auto");
    assert_text(x.organization.name, "Acme Auto");
    ck_assert_int_eq(x.organization.kind, ORG_DEALER);
    assert_text(x.country, "US");
    assert_text(x.sector, "441110");
    assert_text(x.occurred.latest, "2023-04-25");
    assert_text(x.discovered.text, NULL);
    assert_text(x.dataset, "bundled");
    assert_text(x.dataset_record, "r1");
    assert_text(x.added, "2024-01-01T00:00:00Z");
    assert_text(x.modified, "2024-01-02T00:00:00Z");
    assert_text(x.withdrawn.at, NULL);
    ck_assert_uint_eq(x.n_actions, 2);
    ck_assert_uint_eq(x.actions[0], ACTION_HACKING);
    ck_assert_uint_eq(x.actions[1], ACTION_MALWARE);
    ck_assert_uint_eq(x.n_classes, 2);
    ck_assert_uint_eq(x.classes[0].id, class_index("names"));
    ck_assert_int_eq(x.classes[0].certainty, CERTAINTY_SUSPECTED);
    ck_assert_int_eq(x.classes[1].certainty, CERTAINTY_CLAIMED);
}
END_TEST

START_TEST(a_headline_figure)
{
    struct incident_row x = get("newest").row;
    ck_assert(x.affected.known);
    assert_text(x.affected.figure, "people-1");
    ck_assert_int_eq(x.affected.amount.value.value, 3100000);
    ck_assert(!x.affected.amount.min.known && x.affected.amount.max.known);
    ck_assert_int_eq(x.affected.amount.qualifier, QUALIFIER_UP_TO);
    ck_assert_int_eq(x.affected.unit, UNIT_PEOPLE);
    ck_assert_int_eq(x.affected.certainty, CERTAINTY_CLAIMED);
    assert_text(x.affected.asserted_by.name, "Acme");
    ck_assert_int_eq(x.affected.asserted_by.class, CLASS_COMPANY);
    assert_text(x.affected.asserted.text, "2023-05-03");
    assert_text(x.affected.publisher, "ZDNet");
    ck_assert_int_eq(x.affected.source, 1);
    assert_text(x.affected.of, "customers");
    ck_assert_uint_eq(x.affected.others, 1);
    ck_assert_uint_eq(x.dealers_named, 1);
    assert_text(x.dealers_stated.figure, "dealers-1");
    ck_assert_int_eq(x.dealers_stated.scope, SCOPE_DISRUPTED);
    assert_text(x.dealers_stated.publisher, "Acme");
    ck_assert(!get("same-b").row.affected.known);
}
END_TEST

START_TEST(dates_and_delays)
{
    struct incident x = get("newest");
    ck_assert_uint_eq(x.n_dates, 2);
    ck_assert_int_eq(x.dates[1].kind, DATE_OCCURRED);
    assert_text(x.dates[1].date.earliest, "2023-04-20");
    ck_assert_int_eq(x.dates[1].e.certainty, CERTAINTY_CLAIMED);
    ck_assert_int_eq(x.dates[1].e.source, 1);
    assert_text(x.dates[1].e.asserted_by.name, "Acme");
    assert_text(x.dates[1].e.asserted.text, "2023-05-03");
    assert_text(x.dates[1].e.note, "a note");
    assert_text(x.dates[1].e.quote, "words");
    ck_assert_int_eq(x.dates[0].e.source, 0);
    assert_text(x.dates[0].e.asserted_by.name, NULL);
    ck_assert(x.occurred_to_disclosed.known && !x.occurred_to_discovered.known);
    ck_assert_int_eq(x.occurred_to_disclosed.min, 6);
    ck_assert_int_eq(x.occurred_to_disclosed.max, 11);
}
END_TEST

START_TEST(parties_and_figures)
{
    struct incident x = get("newest"), y = get("open-latest");
    ck_assert_uint_eq(x.n_parties, 2);
    assert_text(x.parties[1].organization.id, "delta-parts");
    ck_assert_int_eq(x.parties[1].role, ROLE_VENDOR);
    ck_assert(!x.parties[1].has_count);
    ck_assert_uint_eq(y.n_parties, 1);
    assert_text(y.parties[0].organization.id, NULL);
    assert_text(y.parties[0].organization.name, "dealers in Ohio");
    ck_assert(y.parties[0].has_count);
    ck_assert_int_eq(y.parties[0].count.value.value, 800);
    ck_assert_int_eq(y.parties[0].count.qualifier, QUALIFIER_ABOUT);
    assert_text(y.row.organization.id, NULL);
    assert_text(y.row.organization.name, "dealers in Ohio");
    ck_assert_uint_eq(x.n_figures, 4);
    ck_assert(!x.figures[1].amount.value.known);
    ck_assert_int_eq(x.figures[1].amount.max.value, 20);
    assert_text(x.figures[2].currency, "USD");
    assert_text(x.figures[2].organization.id, NULL);
    assert_text(x.figures[2].organization.name, "the region");
    assert_text(x.figures[0].organization.id, "acme-auto");
}
END_TEST

START_TEST(the_other_lists)
{
    struct incident x = get("newest");
    ck_assert_uint_eq(x.n_data_classes, 4);
    assert_text(x.data_classes[3].text, "financial details");
    ck_assert_int_eq(x.data_classes[3].e.certainty, CERTAINTY_DENIED);
    ck_assert_uint_eq(x.n_actors, 2);
    ck_assert_int_eq(x.actors[0].kind, ACTOR_STATE);
    ck_assert_uint_eq(x.actors[0].n_names, 2);
    assert_text(x.actors[0].names[1], "SeaLotus");
    ck_assert_uint_eq(x.actors[1].n_names, 0);
    ck_assert_uint_eq(x.n_attack, 3);
    assert_text(x.attack[0].variety, "SQLi");
    assert_text(x.attack[0].vector, "Web application");
    ck_assert_uint_eq(x.n_timeline, 3);
    assert_text(x.timeline[0].id, "intrusion-2023-04-20-to-2023-04-25");
    ck_assert(x.timeline[0].derived && !x.timeline[2].derived);
    ck_assert_uint_eq(x.n_related, 1);
    assert_text(x.related[0].incident.id, "same-a");
    assert_text(x.related[0].incident.title, "Title of same-a");
    ck_assert_int_eq(x.related[0].incident.status, STATUS_CONFIRMED);
    ck_assert_uint_eq(x.n_caveats, 2);
    ck_assert_int_eq(x.caveats[0].about, LIST_DATA_CLASSES);
    ck_assert_int_eq(x.caveats[0].source, 1);
    ck_assert_int_eq(x.caveats[1].about, -1);
    ck_assert_int_eq(x.caveats[1].source, 0);
    ck_assert_uint_eq(x.n_conflicts, 2);
    ck_assert_int_eq(x.conflicts[0].about, LIST_PARTIES);
    ck_assert_uint_eq(x.conflicts[0].n_sources, 2);
    ck_assert_int_eq(x.conflicts[0].sources[0], 2);
    ck_assert_int_eq(x.conflicts[0].sources[1], 1);
    ck_assert_uint_eq(x.n_sources, 2);
    ck_assert_int_eq(x.sources[0].class, CLASS_PRESS);
    assert_text(x.sources[0].seen, "excerpt");
    ck_assert_uint_eq(get("undated-b").n_dates, 0);
}
END_TEST

START_TEST(unlisted_and_missing_incidents)
{
    struct incident x = get("tombstone");
    assert_text(x.row.withdrawn.at, "2024-02-01T00:00:00Z");
    assert_text(x.row.withdrawn.reason, "by request");
    assert_text(get("merged").row.merged_into, "same-a");
    assert_text(get("twin").row.duplicate_of, "same-a");
    static const char *const missing[] = {"", "Newest", "newest ", "newest\xff", "'; DROP TABLE incident"};
    for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
        ck_assert_int_eq(storage_get_incident(reader, missing[i], mem, &x), STORAGE_E_NOT_FOUND);
}
END_TEST

START_TEST(an_organization)
{
    struct organization x, y;
    ck_assert_int_eq(storage_get_organization(reader, "acme-auto", mem, &x), 0);
    assert_text(x.row.name, "Acme Auto");
    assert_text(x.row.region, "OH");
    assert_text(x.row.city, "Dayton");
    assert_text(x.website, "https://acme.test/");
    ck_assert_uint_eq(x.row.n_brands, 2);
    assert_text(x.row.brands[1], "Lexus");
    assert_text(x.row.owner.id, "corp-group");
    ck_assert_uint_eq(x.row.own, 2);
    ck_assert_uint_eq(x.row.group, 0);
    ck_assert_uint_eq(x.row.inherited, 1);
    assert_text(x.row.latest.id, "newest");
    assert_text(x.row.latest_date.text, "2023-05-01");
    ck_assert_uint_eq(x.n_names, 2);
    assert_text(x.names[0].name, "アクメ");
    assert_text(x.names[0].lang, "ja");
    ck_assert_int_eq(x.names[1].type, NAME_FORMER);
    ck_assert_uint_eq(x.n_links, 1);
    assert_text(x.links[0].organization.id, "corp-group");
    assert_text(x.links[0].from.text, "2010");
    ck_assert_int_eq(x.links[0].e.source, 1);
    ck_assert_uint_eq(x.n_sources, 1);
    ck_assert_int_eq(storage_get_organization(reader, "eta-motors", mem, &y), 0);
    assert_text(y.row.latest.id, NULL);
    assert_text(y.row.owner.id, NULL);
    ck_assert_int_eq(storage_get_organization(reader, "nobody", mem, &y), STORAGE_E_NOT_FOUND);
}
END_TEST

START_TEST(what_touches_an_organization)
{
    struct touching_page page;
    ck_assert_int_eq(storage_list_touching(reader, "corp-group", 25, mem, &page), 0);
    ck_assert_uint_eq(page.total, 3);
    ck_assert_uint_eq(page.n, 3);
    assert_text(page.rows[0].row.id, "open-earliest");
    assert_text(page.rows[0].via.id, NULL);
    ck_assert(!page.rows[0].group);
    assert_text(page.rows[1].row.id, "newest");
    ck_assert(page.rows[1].group);
    assert_text(page.rows[1].via.id, "acme-auto");
    assert_text(page.rows[1].via.name, "Acme Auto");
    ck_assert_int_eq(page.rows[2].role, ROLE_CUSTOMERS_EXPOSED);
    ck_assert_int_eq(storage_list_touching(reader, "acme-auto", 25, mem, &page), 0);
    assert_text(page.rows[2].row.id, "open-earliest");
    ck_assert(!page.rows[2].group);
    ck_assert_int_eq(page.rows[2].via.relation, ORG_OWNED_BY);
    ck_assert_int_eq(storage_list_touching(reader, "corp-group", 2, mem, &page), 0);
    ck_assert_uint_eq(page.n, 2);
    ck_assert_uint_eq(page.total, 3);
    ck_assert_int_eq(storage_list_touching(reader, "corp-group", 0, mem, &page), 0);
    ck_assert_uint_eq(page.n, 0);
    ck_assert_int_eq(storage_list_touching(reader, "nobody", 2, mem, &page), STORAGE_E_NOT_FOUND);
}
END_TEST

START_TEST(rooftops)
{
    struct org_page page;
    ck_assert_int_eq(storage_list_rooftops(reader, "corp-group", 25, mem, &page), 0);
    ck_assert_uint_eq(page.page.total, 1);
    assert_text(page.rows[0].id, "acme-auto");
    ck_assert_int_eq(storage_list_rooftops(reader, "acme-auto", 25, mem, &page), 0);
    ck_assert_uint_eq(page.page.total, 0);
    ck_assert_int_eq(storage_list_rooftops(reader, "nobody", 25, mem, &page), STORAGE_E_NOT_FOUND);
}
END_TEST

START_TEST(actors)
{
    struct actor_row *rows, x;
    size_t n, total;
    struct naming *namings;
    ck_assert_int_eq(storage_list_actors(reader, mem, &rows, &n), 0);
    ck_assert_uint_eq(n, 1); /* the other stands in a withdrawn incident */
    ck_assert_int_eq(storage_get_actor(reader, "apt32", mem, &x), 0);
    assert_text(x.name, "APT32");
    ck_assert_int_eq(x.kind, ACTOR_STATE);
    ck_assert_uint_eq(x.n_names, 3);
    assert_text(x.names[2], "Cobalt Kitty");
    ck_assert_uint_eq(x.incidents.suspected, 2);
    ck_assert_uint_eq(x.incidents.denied, 1);
    ck_assert_uint_eq(x.incidents.confirmed, 0);
    ck_assert_int_eq(storage_get_actor(reader, "insider", mem, &x), STORAGE_E_NOT_FOUND);
    ck_assert_int_eq(storage_list_actor_incidents(reader, "apt32", 1, mem, &namings, &n, &total), 0);
    ck_assert_uint_eq(total, 2);
    ck_assert_uint_eq(n, 1);
    assert_text(namings[0].row.id, "newest");
    ck_assert_int_eq(namings[0].certainty, CERTAINTY_SUSPECTED);
    ck_assert_int_eq(storage_list_actor_incidents(reader, "insider", 1, mem, &namings, &n, &total), 0);
    ck_assert_uint_eq(total, 0);
}
END_TEST

START_TEST(classes)
{
    struct class_row *rows;
    size_t n;
    ck_assert_int_eq(storage_list_classes(reader, mem, &rows, &n), 0);
    ck_assert_uint_eq(n, 3);
    ck_assert_uint_eq(rows[0].id, class_index("names"));
    ck_assert_uint_eq(rows[1].id, class_index("emails"));
    ck_assert_uint_eq(rows[1].incidents.suspected, 1);
    ck_assert_uint_eq(rows[1].incidents.claimed, 1);
    ck_assert_uint_eq(rows[2].incidents.denied, 1);
}
END_TEST

START_TEST(datasets)
{
    struct dataset *rows, x;
    size_t n;
    ck_assert_int_eq(storage_list_datasets(reader, mem, &rows, &n), 0);
    ck_assert_uint_eq(n, 2);
    assert_text(rows[0].license_spdx, "CC-BY-SA-4.0");
    ck_assert_uint_eq(rows[0].n_warnings, 0);
    ck_assert_int_eq(storage_get_dataset(reader, "vcdb", mem, &x), 0);
    ck_assert_uint_eq(x.counts.read, 4);
    ck_assert_uint_eq(x.counts.rejected, 2);
    ck_assert_uint_eq(x.n_warnings, 2);
    assert_text(x.warnings[1].kind, "impossible-date");
    ck_assert_uint_eq(x.warnings[1].n, 3);
    ck_assert_uint_eq(x.n_rejects, 2);
    ck_assert_uint_eq(x.n_rejects_total, 2);
    assert_text(x.rejects[0].field, "id");
    assert_text(x.rejects[1].position, NULL);
    ck_assert_int_eq(storage_get_dataset(reader, "hibp", mem, &x), STORAGE_E_NOT_FOUND);
}
END_TEST

START_TEST(the_overview)
{
    struct overview x;
    ck_assert_int_eq(storage_overview(reader, 2, mem, &x), 0);
    ck_assert_uint_eq(x.n_years, 4); /* 2019, 2022, 2023, unknown; 2020 has a duplicate only */
    assert_text(x.by_year[0].year, "2019");
    assert_text(x.by_year[1].year, "2022");
    ck_assert_uint_eq(x.by_year[1].incidents, 3);
    assert_text(x.by_year[3].year, NULL);
    ck_assert_uint_eq(x.totals.incidents, 7);
    ck_assert_uint_eq(x.totals.dealers, 3);
    ck_assert_uint_eq(x.n_latest, 2);
    assert_text(x.latest[0].id, "newest");
    ck_assert_uint_eq(x.n_largest, 2);
    assert_text(x.largest[0].id, "same-a");
    assert_text(x.largest[1].id, "newest");
    ck_assert_uint_eq(x.n_dealers, 2);
    assert_text(x.dealers[0].id, "acme-auto");
    assert_text(x.dealers[1].id, "big-cars");
}
END_TEST

START_TEST(walks)
{
    const char *position = NULL, *ids = "";
    struct incident x;
    struct organization o;
    int outcome;
    while ((outcome = storage_walk_incidents(reader, &position, mem, &x)) == 0) {
        assert_text(position, x.row.id);
        ids = arena_printf(mem, "%s %s", ids, x.row.id);
    }
    ck_assert_int_eq(outcome, STORAGE_E_NOT_FOUND);
    assert_text(ids,
                " merged newest open-earliest open-latest same-a same-b tombstone twin undated-a undated-b");
    uint32_t place = 0;
    for (ids = ""; (outcome = storage_next_incident(reader, &place, mem, &x)) == 0;)
        ids = arena_printf(mem, "%s %s", ids, x.row.id);
    ck_assert_int_eq(outcome, STORAGE_E_NOT_FOUND);
    assert_text(ids,
                " newest open-latest same-a same-b tombstone merged twin open-earliest undated-a undated-b");
    position = NULL;
    for (ids = ""; (outcome = storage_walk_organizations(reader, &position, mem, &o)) == 0;)
        ids = arena_printf(mem, "%s %s", ids, o.row.id);
    ck_assert_int_eq(outcome, STORAGE_E_NOT_FOUND);
    assert_text(ids, " acme-auto big-cars corp-group delta-parts eta-motors");
}
END_TEST

int main(void)
{
    Suite *s = suite_create("storage_record");
    TCase *tc = tcase_create("records");
    const TTest *tests[] = {a_row,
                            a_headline_figure,
                            dates_and_delays,
                            parties_and_figures,
                            the_other_lists,
                            unlisted_and_missing_incidents,
                            an_organization,
                            what_touches_an_organization,
                            rooftops,
                            actors,
                            classes,
                            datasets,
                            the_overview,
                            walks};
    tcase_add_checked_fixture(tc, set_up, tear_down);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tcase_add_test(tc, tests[i]);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
