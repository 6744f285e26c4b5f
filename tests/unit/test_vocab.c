/* SPDX-License-Identifier: MIT */
/* The vocabularies are whole, unambiguous and findable; countries and spelling. */
#include "suite.h"

#include "model/country.h"
#include "model/counts.h"
#include "model/model.h"
#include "model/sector.h"
#include "model/spelling.h"
#include "model/vocab.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const struct vocab *vocab;
    const char *name;
    size_t n;
} all[] = {
    {&vocab_certainty, "certainty", _CERTAINTY_N},
    {&vocab_status, "status", _STATUS_N},
    {&vocab_exposure, "exposure", _CERTAINTY_N},
    {&vocab_role, "role", _ROLE_N},
    {&vocab_org_kind, "org_kind", _ORG_N},
    {&vocab_unit, "unit", _UNIT_N},
    {&vocab_qualifier, "qualifier", _QUALIFIER_N},
    {&vocab_scope, "scope", _SCOPE_N},
    {&vocab_data_class, "data_class", 39},
    {&vocab_action, "action", _ACTION_N},
    {&vocab_event_kind, "event_kind", _EVENT_N},
    {&vocab_date_kind, "date_kind", _DATE_N},
    {&vocab_relation, "relation", _RELATION_N},
    {&vocab_actor_kind, "actor_kind", _ACTOR_N},
    {&vocab_source_class, "source_class", _CLASS_N},
    {&vocab_name_type, "name_type", _NAME_N},
    {&vocab_org_relation, "org_relation", _ORG_RELATION_N},
    {&vocab_reach, "reach", _REACH_OF_N},
};

START_TEST(vocab_all_is_the_glossary)
{
    ck_assert_uint_eq(vocab_all_n, sizeof all / sizeof *all);
    for (size_t i = 0; i < vocab_all_n; i++)
        ck_assert_ptr_eq(vocab_all[i], all[i].vocab);
}
END_TEST

static void check_vocab(const struct vocab *v, const char *name, size_t n)
{
    assert_text(v->name, name);
    ck_assert_uint_gt(strlen(v->title), 3);
    ck_assert_uint_eq(v->n, n);
    for (size_t i = 0; i < n; i++) {
        const struct word *w = &v->words[i];
        ck_assert_msg(w->id && w->label && w->definition, "%s %zu has a hole", name, i);
        ck_assert_uint_gt(strlen(w->id), 1);
        ck_assert_uint_eq(strspn(w->id, "abcdefghijklmnopqrstuvwxyz_-"), strlen(w->id));
        ck_assert_uint_gt(strlen(w->label), 1);
        size_t length = strlen(w->definition);
        ck_assert_msg(length > 10 && isupper((unsigned char)w->definition[0]) &&
                          w->definition[length - 1] == '.',
                      "%s %s: %s", name, w->id, w->definition);
        ck_assert_msg(!strstr(w->definition, "  "), "%s %s", name, w->id);
        ck_assert_int_eq(vocab_find(v, w->id), (int)i); /* so no id occurs twice */
        for (size_t j = 0; j < i; j++)
            ck_assert_msg(strcmp(w->label, v->words[j].label) != 0, "%s: label %s twice", name, w->label);
    }
}

START_TEST(vocabularies_are_whole)
{
    check_vocab(all[_i].vocab, all[_i].name, all[_i].n);
}
END_TEST

START_TEST(list_names_are_whole)
{
    check_vocab(&vocab_list_name, "list_name", _LIST_N);
}
END_TEST

START_TEST(exposure_has_the_words_of_certainty)
{
    for (unsigned i = 0; i < _CERTAINTY_N; i++) {
        assert_text(vocab_id(&vocab_exposure, i), vocab_id(&vocab_certainty, i));
        ck_assert_str_ne(vocab_exposure.words[i].definition, vocab_certainty.words[i].definition);
    }
}
END_TEST

/* The words of the published contract: enum value, word. */
static const struct {
    const struct vocab *vocab;
    unsigned value;
    const char *id;
} words[] = {
    {&vocab_certainty, CERTAINTY_CONFIRMED, "confirmed"},
    {&vocab_certainty, CERTAINTY_CLAIMED, "claimed"},
    {&vocab_certainty, CERTAINTY_SUSPECTED, "suspected"},
    {&vocab_certainty, CERTAINTY_DENIED, "denied"},
    {&vocab_certainty, CERTAINTY_UNKNOWN, "unknown"},
    {&vocab_status, STATUS_CLAIMED, "claimed"},
    {&vocab_status, STATUS_SUSPECTED, "suspected"},
    {&vocab_status, STATUS_CONFIRMED, "confirmed"},
    {&vocab_status, STATUS_DISPUTED, "disputed"},
    {&vocab_status, STATUS_WITHDRAWN, "withdrawn"},
    {&vocab_source_class, CLASS_COMPANY, "company"},
    {&vocab_source_class, CLASS_REGULATOR, "regulator"},
    {&vocab_source_class, CLASS_PRESS, "press"},
    {&vocab_source_class, CLASS_RESEARCHER, "researcher"},
    {&vocab_source_class, CLASS_ATTACKER, "attacker"},
    {&vocab_source_class, CLASS_DATASET, "dataset"},
    {&vocab_source_class, CLASS_AGGREGATOR, "aggregator"},
    {&vocab_date_kind, DATE_OCCURRED, "occurred"},
    {&vocab_date_kind, DATE_DISCOVERED, "discovered"},
    {&vocab_date_kind, DATE_CONTAINED, "contained"},
    {&vocab_date_kind, DATE_NOTIFIED, "notified"},
    {&vocab_date_kind, DATE_DISCLOSED, "disclosed"},
    {&vocab_role, ROLE_BREACHED, "breached"},
    {&vocab_role, ROLE_CUSTOMERS_EXPOSED, "customers_exposed"},
    {&vocab_role, ROLE_DISRUPTED, "disrupted"},
    {&vocab_role, ROLE_VENDOR, "vendor"},
    {&vocab_role, ROLE_FILER, "filer"},
    {&vocab_org_kind, ORG_DEALER, "dealer"},
    {&vocab_org_kind, ORG_DEALER_GROUP, "dealer_group"},
    {&vocab_org_kind, ORG_AUTOMAKER, "automaker"},
    {&vocab_org_kind, ORG_IMPORTER, "importer"},
    {&vocab_org_kind, ORG_FINANCE, "finance"},
    {&vocab_org_kind, ORG_SUPPLIER, "supplier"},
    {&vocab_org_kind, ORG_VENDOR, "vendor"},
    {&vocab_org_kind, ORG_OTHER, "other"},
    {&vocab_unit, UNIT_PEOPLE, "people"},
    {&vocab_unit, UNIT_ACCOUNTS, "accounts"},
    {&vocab_unit, UNIT_RECORDS, "records"},
    {&vocab_unit, UNIT_VEHICLES, "vehicles"},
    {&vocab_unit, UNIT_DEALERS, "dealers"},
    {&vocab_unit, UNIT_ORGANIZATIONS, "organizations"},
    {&vocab_unit, UNIT_FILES, "files"},
    {&vocab_unit, UNIT_MONEY, "money"},
    {&vocab_qualifier, QUALIFIER_EXACT, "exact"},
    {&vocab_qualifier, QUALIFIER_ABOUT, "about"},
    {&vocab_qualifier, QUALIFIER_AT_LEAST, "at_least"},
    {&vocab_qualifier, QUALIFIER_UP_TO, "up_to"},
    {&vocab_qualifier, QUALIFIER_BETWEEN, "between"},
    {&vocab_qualifier, QUALIFIER_PLACEHOLDER, "placeholder"},
    {&vocab_scope, SCOPE_AFFECTED, "affected"},
    {&vocab_scope, SCOPE_SUBSET, "subset"},
    {&vocab_scope, SCOPE_CONTEXT, "context"},
    {&vocab_scope, SCOPE_DISRUPTED, "disrupted"},
    {&vocab_scope, SCOPE_ATTACKER_CLAIM, "attacker_claim"},
    {&vocab_scope, SCOPE_ALTERNATIVE, "alternative"},
    {&vocab_actor_kind, ACTOR_GROUP, "group"},
    {&vocab_actor_kind, ACTOR_STATE, "state"},
    {&vocab_actor_kind, ACTOR_INSIDER, "insider"},
    {&vocab_actor_kind, ACTOR_PERSON, "person"},
    {&vocab_actor_kind, ACTOR_RESEARCHER, "researcher"},
    {&vocab_actor_kind, ACTOR_UNKNOWN, "unknown"},
    {&vocab_action, ACTION_HACKING, "hacking"},
    {&vocab_action, ACTION_MALWARE, "malware"},
    {&vocab_action, ACTION_SOCIAL, "social"},
    {&vocab_action, ACTION_MISUSE, "misuse"},
    {&vocab_action, ACTION_ERROR, "error"},
    {&vocab_action, ACTION_PHYSICAL, "physical"},
    {&vocab_action, ACTION_ENVIRONMENTAL, "environmental"},
    {&vocab_action, ACTION_UNKNOWN, "unknown"},
    {&vocab_event_kind, EVENT_INTRUSION, "intrusion"},
    {&vocab_event_kind, EVENT_DISCOVERY, "discovery"},
    {&vocab_event_kind, EVENT_CONTAINMENT, "containment"},
    {&vocab_event_kind, EVENT_DISCLOSURE, "disclosure"},
    {&vocab_event_kind, EVENT_NOTIFICATION, "notification"},
    {&vocab_event_kind, EVENT_STATEMENT, "statement"},
    {&vocab_event_kind, EVENT_REGULATOR, "regulator"},
    {&vocab_event_kind, EVENT_CLAIM, "claim"},
    {&vocab_event_kind, EVENT_LEAK, "leak"},
    {&vocab_event_kind, EVENT_RESTORATION, "restoration"},
    {&vocab_event_kind, EVENT_ANALYSIS, "analysis"},
    {&vocab_event_kind, EVENT_LAWSUIT, "lawsuit"},
    {&vocab_event_kind, EVENT_SETTLEMENT, "settlement"},
    {&vocab_event_kind, EVENT_OTHER, "other"},
    {&vocab_relation, RELATION_POSSIBLE_LINK, "possible_link"},
    {&vocab_relation, RELATION_SAME_GROUP, "same_group"},
    {&vocab_relation, RELATION_SAME_VENDOR, "same_vendor"},
    {&vocab_relation, RELATION_FOLLOW_UP, "follow_up"},
    {&vocab_relation, RELATION_DUPLICATE_OF, "duplicate_of"},
    {&vocab_relation, RELATION_FOLLOWED_BY, "followed_by"},
    {&vocab_relation, RELATION_HAS_DUPLICATE, "has_duplicate"},
    {&vocab_name_type, NAME_ALIAS, "alias"},
    {&vocab_name_type, NAME_FORMER, "former"},
    {&vocab_name_type, NAME_NATIVE, "native"},
    {&vocab_name_type, NAME_TRADING, "trading"},
    {&vocab_name_type, NAME_MISSPELLING, "misspelling"},
    {&vocab_org_relation, ORG_OWNED_BY, "owned_by"},
    {&vocab_org_relation, ORG_SUPPLIED_BY, "supplied_by"},
    {&vocab_list_name, LIST_DATES, "dates"},
    {&vocab_list_name, LIST_PARTIES, "parties"},
    {&vocab_list_name, LIST_FIGURES, "figures"},
    {&vocab_list_name, LIST_DATA_CLASSES, "data_classes"},
    {&vocab_list_name, LIST_ACTORS, "actors"},
    {&vocab_list_name, LIST_ATTACK, "attack"},
    {&vocab_list_name, LIST_TIMELINE, "timeline"},
    {&vocab_list_name, LIST_RELATED, "related"},
    {&vocab_list_name, LIST_CAVEATS, "caveats"},
    {&vocab_list_name, LIST_CONFLICTS, "conflicts"},
    {&vocab_list_name, LIST_SOURCES, "sources"},
};

START_TEST(words_are_those_of_the_contract)
{
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        assert_text(vocab_id(words[i].vocab, words[i].value), words[i].id);
        ck_assert_int_eq(vocab_find(words[i].vocab, words[i].id), (int)words[i].value);
    }
}
END_TEST

START_TEST(data_classes_are_the_closed_list_in_order)
{
    static const char *const ids[] = {
        "names",
        "emails",
        "phones",
        "addresses",
        "birth-dates",
        "gender",
        "national-ids",
        "driving-licences",
        "passports",
        "payment-cards",
        "bank-accounts",
        "credit-loans",
        "payroll",
        "credentials",
        "security-answers",
        "medical",
        "employment",
        "education",
        "family",
        "demographics",
        "beliefs-orientation",
        "biometrics",
        "photos-video",
        "messages",
        "online-activity",
        "device-network",
        "location",
        "vehicle-ids",
        "vehicle-data",
        "purchases",
        "customer-ids",
        "customer-records",
        "employee-records",
        "documents",
        "source-code",
        "trade-secrets",
        "system-data",
        "other",
        "unknown",
    };
    ck_assert_uint_eq(vocab_data_class.n, sizeof ids / sizeof *ids);
    for (unsigned i = 0; i < vocab_data_class.n; i++)
        assert_text(vocab_id(&vocab_data_class, i), ids[i]);
}
END_TEST

static const struct {
    const struct vocab *vocab;
    const char *text;
    int found;
    const char *nearest;
} slips[] = {
    {&vocab_status, "confirmed", STATUS_CONFIRMED, "confirmed"},
    {&vocab_status, "Confirmed", -1, "confirmed"},
    {&vocab_status, "confrimed", -1, "confirmed"},
    {&vocab_status, "confirmed ", -1, "confirmed"},
    {&vocab_status, "rumoured", -1, NULL},
    {&vocab_status, "", -1, NULL},
    {&vocab_role, "customers-exposed", -1, "customers_exposed"},
    {&vocab_role, "customers exposed", -1, "customers_exposed"},
    {&vocab_role, "breach", -1, "breached"},
    {&vocab_data_class, "email", -1, "emails"},
    {&vocab_data_class, "payment_cards", -1, "payment-cards"},
    {&vocab_data_class, "x", -1, NULL},
    {&vocab_qualifier, "upto", -1, "up_to"},
    {&vocab_event_kind, "leaks", -1, "leak"},
    {&vocab_date_kind, "discovred", -1, "discovered"}, /* and not the less near "disclosed" */
    {&vocab_action, "hackign", -1, "hacking"},
    {&vocab_action, "ransomware", -1, NULL},
};

START_TEST(slips_find_the_word_meant)
{
    ck_assert_int_eq(vocab_find(slips[_i].vocab, slips[_i].text), slips[_i].found);
    assert_text(vocab_nearest(slips[_i].vocab, slips[_i].text), slips[_i].nearest);
}
END_TEST

START_TEST(words_have_labels)
{
    assert_text(vocab_label(&vocab_role, ROLE_CUSTOMERS_EXPOSED), "customers exposed");
    assert_text(vocab_label(&vocab_qualifier, QUALIFIER_UP_TO), "up to");
    assert_text(vocab_label(&vocab_unit, UNIT_PEOPLE), "people");
}
END_TEST

static const struct {
    const char *a, *b;
    unsigned distance;
    bool near;
} spellings[] = {
    {"", "", 0, true},
    {"", "abc", 3, false},
    {"a", "b", 1, false},
    {"a", "A", 0, true},
    {"ab", "ac", 1, false},
    {"abc", "abd", 1, true},
    {"abc", "ade", 2, false},
    {"us", "usa", 1, true},
    {"contry", "country", 1, true},
    {"CONTRY", "country", 1, true},
    {"coutnry", "country", 1, true}, /* neighbours swapped: one slip */
    {"cuontry", "country", 1, true},
    {"countryy", "country", 1, true},
    {"county", "country", 1, true},
    {"year", "sort", 4, false},
    {"limit", "after", 5, false},
    {"kitten", "sitting", 3, false},
    {"ca", "abc", 3, false}, /* optimal string alignment: no letter is moved and then split */
    {"organisation", "organization", 1, true},
    {"Österreich", "österreich", 1, true}, /* case is folded in ASCII only */
};

START_TEST(spelling_counts_slips)
{
    const char *a = spellings[_i].a, *b = spellings[_i].b;
    ck_assert_msg(spelling_distance(a, b) == spellings[_i].distance, "%s, %s: %u", a, b,
                  spelling_distance(a, b));
    ck_assert_uint_eq(spelling_distance(b, a), spellings[_i].distance);
    ck_assert_msg(!!spelling_is_near(a, b) == spellings[_i].near, "%s, %s", a, b);
    ck_assert_int_eq(!!spelling_is_near(b, a), spellings[_i].near);
}
END_TEST

START_TEST(spelling_of_long_texts_is_far)
{
    char a[66], b[66];
    memset(a, 'a', 65);
    memset(b, 'a', 65);
    a[64] = b[64] = '\0';
    ck_assert_uint_eq(spelling_distance(a, b), 0);
    a[64] = 'a';
    a[65] = '\0';
    ck_assert_uint_eq(spelling_distance(a, b), UINT_MAX);
    ck_assert_uint_eq(spelling_distance(b, a), UINT_MAX);
    ck_assert(!spelling_is_near(a, b));
    ck_assert(!spelling_is_near(a, a));
}
END_TEST

static const struct {
    const char *code, *name;
} named[] = {
    {"JP", "Japan"},
    {"AU", "Australia"},
    {"VN", "Vietnam"},
    {"US", "United States"},
    {"GB", "United Kingdom"},
    {"KR", "South Korea"},
    {"TW", "Taiwan"},
    {"HK", "Hong Kong"},
    {"AD", "Andorra"},
    {"ZW", "Zimbabwe"},
    {"TR", "Türkiye"},
    {"CD", "Democratic Republic of the Congo"},
    {"MF", "Saint Martin"},
    {"SX", "Sint Maarten"},
    {"jp", NULL},
    {"Jp", NULL},
    {"UK", NULL},
    {"EU", NULL},
    {"XX", NULL},
    {"ZZ", NULL},
    {"", NULL},
    {"J", NULL},
    {"JPN", NULL},
    {"JP ", NULL},
    {"AN", NULL},
    {"SU", NULL},
    {"XK", NULL},
    {"A\xff", NULL},
};

START_TEST(countries_are_found_by_code)
{
    assert_text(country_name(named[_i].code), named[_i].name);
}
END_TEST

START_TEST(countries_have_articles)
{
    assert_text(country_article("US"), "the ");
    assert_text(country_article("NL"), "the ");
    assert_text(country_article("JP"), "");
}
END_TEST

/* Every code is found by halves, so the table is sorted; no name is given twice; and none is missing. */
START_TEST(countries_are_all_there)
{
    static const char *names[26 * 26];
    size_t n = 0;
    for (char a = 'A'; a <= 'Z'; a++)
        for (char b = 'A'; b <= 'Z'; b++) {
            const char *name = country_name((char[]){a, b, '\0'});
            if (!name)
                continue;
            for (size_t i = 0; i < n; i++)
                ck_assert_str_ne(names[i], name);
            names[n++] = name;
        }
    ck_assert_uint_eq(n, 249);
    ck_assert_uint_eq(countries_n, 249);
}
END_TEST

static const struct {
    enum facet facet;
    const char *value, *name, *label;
} facet_labels[] = {
    {FACET_COUNTRY, "JP", NULL, "Japan"},
    {FACET_COUNTRY, NULL, NULL, "not known"},
    {FACET_ACTION, NULL, NULL, "none recorded"},
    {FACET_ACTION, "unknown", NULL, "not known"},
    {FACET_SECTOR, "44", NULL, "shops: cars, food, building, furniture and health"},
    {FACET_ACTION, "error", NULL, "error"},
    {FACET_PARTY_KIND, "dealer_group", NULL, "dealer group"},
    {FACET_DATA_CLASS, "birth-dates", NULL, "dates of birth"},
    {FACET_YEAR, "2019", NULL, "2019"},
    {FACET_ACTOR, "apt32", "APT32", "APT32"},
    {FACET_DATASET, "vcdb", NULL, "vcdb"},
};

START_TEST(counted_values_have_names)
{
    assert_text(facet_label(facet_labels[_i].facet, facet_labels[_i].value, facet_labels[_i].name),
                facet_labels[_i].label);
}
END_TEST

START_TEST(sectors_are_named_by_their_beginning)
{
    assert_text(sector_name("441110"), "car dealers");
    assert_text(sector_name("336"), sector_name("33"));
    ck_assert_ptr_null(sector_name("99"));
    ck_assert_ptr_null(sector_name("3"));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("vocab");
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, vocabularies_are_whole, all);
    SUITE_LOOP(tc, slips_find_the_word_meant, slips);
    SUITE_LOOP(tc, spelling_counts_slips, spellings);
    SUITE_LOOP(tc, countries_are_found_by_code, named);
    SUITE_LOOP(tc, counted_values_have_names, facet_labels);
    suite_add_tcase(s, tc);
    SUITE_ADD(s, "singles", vocab_all_is_the_glossary, list_names_are_whole,
              exposure_has_the_words_of_certainty, words_are_those_of_the_contract,
              data_classes_are_the_closed_list_in_order, words_have_labels,
              sectors_are_named_by_their_beginning, spelling_of_long_texts_is_far, countries_are_all_there,
              countries_have_articles);
    return suite_run(s);
}
