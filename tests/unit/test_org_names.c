/* SPDX-License-Identifier: MIT */
/* What identifies an organisation, piece by piece: names, places, lines of business, websites, ids. */
#include "import/org_names.h"
#include "suite.h"

#include <string.h>

static struct arena *mem;

static void set_up(void)
{
    mem = arena_new(0);
    ck_assert_ptr_nonnull(mem);
}

static void tear_down(void)
{
    mem = arena_free(mem);
}

static const struct {
    const char *name, *country, *want;
} names[] = {
    {"First National Bank", "US", "first national bank"},
    {"  FIRST   National\tBank ", "US", "first national bank"},
    {"Acme, Inc.", "US", "acme"},
    {"Acme Incorporated", "", "acme"},
    {"The Acme Company", "US", "acme"},
    {"Acme Co., The", "US", "acme"},
    {"Bank of New York Mellon Corp/The", "US", "bank of new york mellon"},
    {"Tiffany & Co.", "US", "tiffany"},
    {"Johnson & Johnson", "US", "johnson and johnson"},
    {"Acme GmbH & Co. KG", "DE", "acme"},
    {"Acme Pty Ltd", "AU", "acme"},
    {"Acme Private Limited", "IN", "acme"},
    {"Acme Sdn. Bhd.", "MY", "acme"},
    {"Acme Sp. z o.o.", "PL", "acme"},
    {"Acme S.A. de C.V.", "MX", "acme"},
    {"Acme K.K.", "", "acme"},
    {"Acme Kabushiki Kaisha", "JP", "acme"},
    {"株式会社アクメ", "JP", "アクメ"},
    {"アクメ株式会社", "JP", "アクメ"},
    {"ｱｸﾒ㈱", "JP", "アクメ"},
    {"PT Acme Tbk", "ID", "acme"},
    {"Société Acme S.A.", "", "société acme"},
    /* holdings and groups are other companies than what they hold */
    {"Acme Holdings, Inc.", "US", "acme holdings"},
    {"Acme Group Ltd", "GB", "acme group"},
    /* words that are a legal form only in some places, or with dots */
    {"Serenity Spa", "US", "serenity spa"},
    {"Serenity Spa", "IT", "serenity"},
    {"Serenity S.p.A.", "", "serenity"},
    {"Acme AG", "DE", "acme"},
    {"Acme AG", "US", "acme ag"},
    {"Citibank, N.A.", "US", "citibank"},
    {"Acme A/S", "DK", "acme"},
    {"Acme A/S", "", "acme"},
    /* nothing is left of a name that is a form only */
    {"The Company", "US", "company"},
    {"Limited", "GB", "limited"},
    {"The Limited", "US", "limited"},
    {"Bank of Co", "US", "bank of co"},
    /* dots, apostrophes, dashes */
    {"U.S. Bank", "US", "us bank"},
    {"U.S. Bancorp", "US", "us bancorp"},
    {"St.Vincent Hospital", "US", "st vincent hospital"},
    {"St. Vincent Hospital", "US", "st vincent hospital"},
    {"Children's Hospital", "US", "childrens hospital"},
    {"Children\xe2\x80\x99s Hospital", "US", "childrens hospital"},
    {"7-Eleven", "US", "7 eleven"},
    {"Triple\xe2\x80\x93S", "US", "triple s"},
    {"AT&T", "US", "at and t"},
    {"Disney+", "US", "disney plus"},
    {"ＡＣＭＥ", "JP", "acme"},
    {"Straße", "DE", "strasse"},
    {"!!!", "US", ""},
    {"", "", ""},
};

START_TEST(names_lose_their_dress_and_no_more)
{
    assert_text(org_name_fold(names[_i].name, names[_i].country, mem), names[_i].want);
}
END_TEST

static const struct {
    enum name_sense sense;
    const char *name;
} senses[] = {
    {NAME_NOTHING, ""},
    {NAME_NOTHING, " - "},
    {NAME_NOTHING, "???"},
    {NAME_NOTHING, "Unknown"},
    {NAME_NOTHING, "UNKNOWN."},
    {NAME_NOTHING, "N/A"},
    {NAME_NOTHING, "n.a."},
    {NAME_NOTHING, "None"},
    {NAME_NOTHING, "Undisclosed"},
    {NAME_NOTHING, "not disclosed"},
    {NAME_GROUP, "Various"},
    {NAME_GROUP, "Multiple"},
    {NAME_GROUP, "Multiple victims"},
    {NAME_GROUP, "several banks"},
    {NAME_GROUP, "Several Unnamed LEA"},
    {NAME_GROUP, "Unnamed hotel"},
    {NAME_GROUP, "Unidentified Dental Practice"},
    {NAME_GROUP, "unknown (german steel mill)"},
    {NAME_GROUP, "Chinese Government (unknown)"},
    {NAME_GROUP, "Unknown Medical Center in the UK"},
    {NAME_GROUP, "Customers"},
    {NAME_GROUP, "customers of Acme"},
    {NAME_GROUP, "Acme customers"},
    {NAME_GROUP, "Banks"},
    {NAME_GROUP, "Hospital"},
    {NAME_GROUP, "Gas stations"},
    {NAME_GROUP, "companies"},
    {NAME_GROUP, "the general public"},
    {NAME_GROUP, "A bank"},
    {NAME_GROUP, "Two hospitals"},
    {NAME_GROUP, "Government"},
    {NAME_GROUP, "Mass Event"},
    {NAME_ORGANIZATION, "Multiple Sclerosis Society"},
    {NAME_ORGANIZATION, "Multiple Listing Service"},
    {NAME_ORGANIZATION, "Unknown Worlds Entertainment"},
    {NAME_ORGANIZATION, "Government of Nunavut"},
    {NAME_ORGANIZATION, "Hospital for Special Surgery"},
    {NAME_ORGANIZATION, "Bank of America"},
    {NAME_ORGANIZATION, "Citizens Bank"},
    {NAME_ORGANIZATION, "Members 1st Federal Credit Union"},
    {NAME_ORGANIZATION, "Employees Retirement System of Texas"},
    {NAME_ORGANIZATION, "Two Men and a Truck"},
    {NAME_ORGANIZATION, "Four Hospital"},
    {NAME_ORGANIZATION, "Target"},
    {NAME_ORGANIZATION, "Three"},
    {NAME_ORGANIZATION, "G"},
    {NAME_ORGANIZATION, "A-Plus"},
    {NAME_ORGANIZATION, "National Center for Victims of Crime"},
};

START_TEST(words_for_nobody_are_told_from_names)
{
    enum name_sense sense = 99;
    ck_assert_int_eq(org_name_sense(senses[_i].name, mem, &sense), 0);
    ck_assert_msg(sense == senses[_i].sense, "\"%s\" is %d", senses[_i].name, sense);
}
END_TEST

static const struct {
    const char *country, *region, *want;
} regions[] = {
    {"US", "CA", "ca"},       {"US", "US-CA", "ca"},        {"US", "California", "ca"},
    {"US", "D.C", "dc"},      {"US", "new york", "ny"},     {"US", "Washington", "wa"},
    {"CA", "CA-ON", "on"},    {"CA", "Ontario", "ontario"}, {"JP", "Tokyo", "tokyo"},
    {"US", "Wyoming ", "wy"}, {"US", "Alabama", "al"},      {"US", "-", ""},
};

START_TEST(states_have_one_spelling)
{
    assert_text(org_region_fold(regions[_i].country, regions[_i].region, mem), regions[_i].want);
}
END_TEST

START_TEST(some_names_and_trades_are_a_whole_countrys)
{
    ck_assert(org_name_is_national("united states postal service", "US"));
    ck_assert(org_name_is_national("us army", "US"));
    ck_assert(!org_name_is_national("us army", "CA"));
    ck_assert(!org_name_is_national("usa today", "US"));
    ck_assert(!org_name_is_national("first national bank", "US"));
    ck_assert(org_sector_is_national("511210"));
    ck_assert(org_sector_is_national("336111"));
    ck_assert(!org_sector_is_national("622110"));
    ck_assert(!org_sector_is_national("522110"));
    ck_assert(!org_sector_is_national("445"));
    ck_assert(!org_sector_is_national(NULL));
}
END_TEST

static const struct {
    const char *sector;
    enum role role;
    enum org_kind want;
} kinds[] = {
    {"4411", ROLE_BREACHED, ORG_DEALER},     {"441310", ROLE_BREACHED, ORG_DEALER},
    {"441", ROLE_BREACHED, ORG_DEALER},      {"44", ROLE_BREACHED, ORG_OTHER},
    {"442110", ROLE_BREACHED, ORG_OTHER},    {"336111", ROLE_BREACHED, ORG_AUTOMAKER},
    {"336212", ROLE_BREACHED, ORG_SUPPLIER}, {"336390", ROLE_BREACHED, ORG_SUPPLIER},
    {"336411", ROLE_BREACHED, ORG_OTHER},    {"522110", ROLE_BREACHED, ORG_FINANCE},
    {"511210", ROLE_VENDOR, ORG_VENDOR},     {"511210", ROLE_BREACHED, ORG_OTHER},
    {"541512", ROLE_VENDOR, ORG_VENDOR},     {"423110", ROLE_BREACHED, ORG_OTHER},
    {"000", ROLE_BREACHED, ORG_OTHER},       {NULL, ROLE_VENDOR, ORG_OTHER},
};

START_TEST(kinds_follow_the_line_of_business)
{
    ck_assert_int_eq(org_kind_of(kinds[_i].sector, kinds[_i].role, ORG_OTHER), kinds[_i].want);
}
END_TEST

START_TEST(sectors_have_the_form_of_naics)
{
    static const char *const good[] = {"44", "4411", "441110", "92"}, *const bad[] = {"",       "4",
                                                                                      "000",    "000000",
                                                                                      "44111x", "4411100",
                                                                                      "n/a"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        ck_assert_msg(org_is_sector(good[i]), "%s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        ck_assert_msg(!org_is_sector(bad[i]), "%s", bad[i]);
    ck_assert(!org_is_sector(NULL));
}
END_TEST

static const struct {
    const char *website, *want;
} sites[] = {
    {"https://www.example.com/", "example.com"},
    {"http://EXAMPLE.com", "example.com"},
    {"example.com", "example.com"},
    {"https://example.com:443/?from=here#top", "example.com"},
    {"https://example.com./", "example.com"},
    {"https://example.com/dept/", "example.com/dept"},
    {"https://forum.example.com", "forum.example.com"},
    {"https://facebook.com/", ""},
    {"https://www.facebook.com/acme", "facebook.com/acme"},
    {"https://www.gov.uk/", ""},
    {"localhost", ""},
    {"", ""},
    {"https://", ""},
    {"not a host.com", ""},
    {".com", ""},
    {"com.", ""},
};

START_TEST(websites_are_compared_by_host_and_path)
{
    assert_text(org_site_fold(sites[_i].website, mem), sites[_i].want);
}
END_TEST

static const struct {
    const char *site, *country;
    bool want;
} elsewhere[] = {
    {"wendys.com.ph", "US", true},
    {"wendys.com.ph", "PH", false},
    {"bells.co.uk", "GB", false},
    {"bells.co.uk/shop", "US", true},
    {"bells.com", "US", false},
    {"last.fm", "GB", false},
    {"bell.ca", "US", true},
    {"bell.ca", "CA", false},
    {"bell.xx", "CA", false},
    {"bell.example", "CA", false},
    {"", "CA", false},
    {"ca", "US", false},
};

START_TEST(some_websites_are_in_other_countries)
{
    ck_assert_int_eq(org_site_is_elsewhere(elsewhere[_i].site, elsewhere[_i].country), elsewhere[_i].want);
}
END_TEST

START_TEST(common_names_are_made_of_common_words)
{
    static const char *const yes[] = {"first national bank", "ministry of justice", "st marys hospital",
                                      "academy", "womens works"},
                             *const no[] = {"adobe", "first national bank of omaha", "health net", "zoo",
                                            "a word that is far too long to be in any table of words"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        ck_assert_msg(org_name_is_common(yes[i]), "%s", yes[i]);
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        ck_assert_msg(!org_name_is_common(no[i]), "%s", no[i]);
}
END_TEST

START_TEST(states_are_shown_by_name)
{
    assert_text(org_region_name("US", "ca"), "California");
    assert_text(org_region_name("US", "district of columbia"), "District of Columbia");
    ck_assert_ptr_null(org_region_name("US", "on"));
    ck_assert_ptr_null(org_region_name("CA", "ca"));
}
END_TEST

START_TEST(websites_are_shown_as_addresses)
{
    assert_text(org_site_url("https://example.com/", mem), "https://example.com/");
    assert_text(org_site_url("example.com", mem), "https://example.com");
    ck_assert_ptr_null(org_site_url("example", mem));
    ck_assert_ptr_null(org_site_url("javascript:alert(1)", mem));
}
END_TEST

/* A want that ends in "-#" stands for six digits. */
static const struct {
    const char *name, *country, *region, *want;
} ids[] = {
    {"first national bank", "US", "", "first-national-bank-us"},
    {"first national bank", "US", "tx", "first-national-bank-us-tx"},
    {"adobe", "", "", "adobe"},
    {"at and t", "US", "", "at-and-t-us"},
    {"société générale", "FR", "", "societe-generale-fr-#"},
    {"東京トヨペット", "JP", "", "jp-#"},
    {"東京", "", "", "#"},
    {"acme 東京", "JP", "", "acme-jp-#"},
    /* what could be read as another key */
    {"toys r us", "", "", "toys-r-us-#"},
    {"bank of us", "CA", "", "bank-of-us-ca-#"},
    {"acme", "AU", "new south wales", "acme-au-new-south-wales-#"},
};

START_TEST(ids_are_slugs_of_keys)
{
    const struct org_key k = {ids[_i].name, ids[_i].country, ids[_i].region};
    const char *id = org_key_id(&k, 0, mem), *want = ids[_i].want;
    size_t n = strlen(want);
    if (want[n - 1] != '#') {
        assert_text(id, want);
        return;
    }
    ck_assert_msg(strlen(id) == n - 1 + 6 && strncmp(id, want, n - 1) == 0, "%s", id);
    ck_assert_uint_eq(strspn(id + n - 1, "0123456789abcdef"), 6);
}
END_TEST

START_TEST(ids_of_unlike_keys_differ)
{
    static const struct org_key keys[] = {
        {"société", "FR", ""}, {"societe", "FR", ""},  {"sociétè", "FR", ""},  {"東京", "JP", ""},
        {"大阪", "JP", ""},    {"acme us", "", ""},    {"acme", "US", ""},     {"acme us", "CA", ""},
        {"acme", "US", "ca"},  {"acme", "US", "ca b"}, {"acme us ca", "", ""},
    };
    enum { N = sizeof keys / sizeof *keys };
    for (size_t i = 0; i < N; i++)
        for (size_t k = i + 1; k < N; k++)
            ck_assert_str_ne(org_key_id(&keys[i], 0, mem), org_key_id(&keys[k], 0, mem));
}
END_TEST

START_TEST(ids_are_bounded)
{
    char name[600];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    const char *one = org_key_id(&(struct org_key){name, "US", ""}, 0, mem);
    name[sizeof name - 2] = 'y';
    const char *other = org_key_id(&(struct org_key){name, "US", ""}, 24, mem);
    ck_assert_uint_le(strlen(one), 128);
    ck_assert_uint_le(strlen(other), 128);
    ck_assert_str_ne(one, org_key_id(&(struct org_key){name, "US", ""}, 0, mem));
}
END_TEST

int main(void)
{
    Suite *s = suite_create("org_names");
    TCase *t = tcase_create("pieces");
    tcase_add_checked_fixture(t, set_up, tear_down);
    SUITE_LOOP(t, names_lose_their_dress_and_no_more, names);
    SUITE_LOOP(t, some_websites_are_in_other_countries, elsewhere);
    tcase_add_test(t, common_names_are_made_of_common_words);
    tcase_add_test(t, states_are_shown_by_name);
    SUITE_LOOP(t, words_for_nobody_are_told_from_names, senses);
    SUITE_LOOP(t, states_have_one_spelling, regions);
    SUITE_LOOP(t, kinds_follow_the_line_of_business, kinds);
    SUITE_LOOP(t, websites_are_compared_by_host_and_path, sites);
    SUITE_LOOP(t, ids_are_slugs_of_keys, ids);
    tcase_add_test(t, some_names_and_trades_are_a_whole_countrys);
    tcase_add_test(t, sectors_have_the_form_of_naics);
    tcase_add_test(t, websites_are_shown_as_addresses);
    tcase_add_test(t, ids_of_unlike_keys_differ);
    tcase_add_test(t, ids_are_bounded);
    suite_add_tcase(s, t);
    return suite_run(s);
}
