/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_IMPORT_ORG_NAMES_H
#define BREACHD_IMPORT_ORG_NAMES_H

/*
 * What identifies an organisation, taken from how a record writes it: names without their dress, places in one
 * spelling, addresses of websites, ids. Pure functions of their arguments; organizations.c compares the results.
 */
#include "model/vocab.h"
#include "util/arena.h"

#include <stdbool.h>

/* What a name can turn out to be. */
enum name_sense {
    NAME_ORGANIZATION,
    NAME_GROUP,   /* words for some organisations or people: "Various hospitals" */
    NAME_NOTHING, /* no words at all: "", "Unknown", "N/A" */
};

/* What org_name_words() of a name makes it. */
enum name_sense org_words_sense(const char *words);

/* NAME is valid UTF-8. *ret untouched on failure. 0 or -ENOMEM. */
int org_name_sense(const char *name, struct arena *mem, enum name_sense *ret);

/*
 * NAME as it is compared: case-folded words with one space between, "&" as "and", apostrophes and the dots of
 * abbreviations gone, without "the" in front and legal forms behind ("Inc."; some, such as "S.p.A.", only written with
 * dots or in COUNTRY where they are law). Never empty where the name has a word. In MEM; NULL when out of memory.
 */
const char *org_name_fold(const char *name, const char *country, struct arena *mem);

/* The words of NAME before anything is dropped, with one space between. In MEM; NULL when out of memory. */
const char *org_name_words(const char *name, struct arena *mem);

/* Both of the above at once, which is half the work. 0 or -ENOMEM. */
int org_name_parts(const char *name, const char *country, struct arena *mem, const char **ret_words,
                   const char **ret_folded);

/* Whether folded NAME says itself that it is the whole country's: "united states postal service". */
bool org_name_is_national(const char *name, const char *country);

/* A state or province of COUNTRY in one spelling: "US-CA", "California" and "CA" are "ca". NULL when out of
 * memory; "" when REGION has no word. */
const char *org_region_fold(const char *country, const char *region, struct arena *mem);

/* The name of a folded region of COUNTRY as it is shown, or NULL where the table has none. Static. */
const char *org_region_name(const char *country, const char *folded);

/* Whether folded NAME is made of words that many have in common: "first national bank". */
bool org_name_is_common(const char *name);

/* Whether equal names in this line of business (NAICS) are one company throughout a country: makers and publishers,
 * not hospitals, schools, banks, shops. */
bool org_sector_is_national(const char *sector);

/* Whether SECTOR is NAICS as the model keeps it: two to six digits, not all of them 0. */
bool org_is_sector(const char *sector);

/* What kind an organisation of SECTOR (or NULL) in ROLE is; OTHERWISE where the table has nothing. */
enum org_kind org_kind_of(const char *sector, enum role role, enum org_kind otherwise);

/* Place in the order from most to least specific kind. */
unsigned org_kind_rank(enum org_kind kind);

/*
 * What of WEBSITE (an address or a bare host) tells organisations apart: host and path in lower case, without "www." and a
 * final slash. "" where it tells nothing: no host, or the front page of a host that many share. NULL when out of memory.
 */
const char *org_site_fold(const char *website, struct arena *mem);

/* Whether folded SITE is under the domain of another country than COUNTRY. */
bool org_site_is_elsewhere(const char *site, const char *country);

/* WEBSITE as an http or https URL, or NULL where it is none; also when out of memory. */
const char *org_site_url(const char *website, struct arena *mem);

/* Names, countries and regions in the form of the functions above; "" where not known. */
struct org_key {
    const char *name, *country, *region;
};

/* The id of K: its name, country and region in ASCII; where that lost a character, or might be read as another key, N more
 * digits of the key's SHA-256 (at least 6). N 0: only where needed. NULL when out of memory. */
const char *org_key_id(const struct org_key *k, size_t n, struct arena *mem);

#endif
