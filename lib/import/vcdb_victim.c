/* SPDX-License-Identifier: MIT */
/*
 * Whom a VERIS record concerns: its victim, those hit through it, and a business partner that is named. Which
 * organisation a name stands for is decided later, from name, country, region and sector; what a record does
 * not say so plainly stays in the words of the party's note.
 */
#include "import/org_names.h"
#include "import/vcdb.h"
#include "model/country.h"

#include <ctype.h>
#include <errno.h>
#include <strings.h>

#define NO_NAME "Organisation not named"

/* NAICS digits of TEXT in the arena: two to six, not all of them zero; NULL: it has none. "541511",
 * "92----", "44-45". */
static const char *sector_of(struct vcdb *x, const char *text)
{
    size_t n = text ? strspn(text, "0123456789") : 0;
    size_t rest = text ? strspn(text + n, "-0") : 0;
    if (n < 2 || n > 6 || text[n + rest])
        return NULL;
    const char *digits = arena_strndup(x->d.c->record, text, n);
    if (!digits)
        x->d.error = -ENOMEM;
    return digits && org_is_sector(digits) ? digits : NULL;
}

/* A state or province without the country before it: "us-ca" is "CA", "AU-NSW" is "NSW". NULL: none, or
 * nobody says whose. */
static const char *region_of(struct vcdb *x, const char *text, const char *country)
{
    if (!text || vcdb_is_unknown(text) || !country)
        return NULL;
    if (strncasecmp(text, country, 2) == 0 && text[2] == '-' && text[3])
        text += 3;
    char *kept = arena_strdup(x->d.c->record, text);
    if (!kept)
        x->d.error = -ENOMEM;
    for (char *p = kept; p && strlen(text) <= 3 && *p; p++)
        *p = (char)toupper((unsigned char)*p);
    return kept;
}

/* --- parties --- */

/* Who somebody is, as far as the record says so plainly, and the words for the rest. */
struct profile {
    const char *country, *region, *sector, *words;
};

/* An alpha-2 code in capitals; NULL: it is none. */
static const char *code_of(const char *word, char room[static 3])
{
    if (strlen(word) != 2)
        return NULL;
    for (size_t i = 0; i < 3; i++)
        room[i] = (char)toupper((unsigned char)word[i]);
    return country_name(room) ? room : NULL;
}

/* The one country among W, and how many words of it are none. */
static const char *one_country(struct vcdb *x, const struct vcdb_words *w, bool *ret_plain)
{
    const char *code = NULL;
    size_t n = 0;
    *ret_plain = true;
    for (size_t i = 0; i < w->n; i++) {
        char room[3];
        if (code_of(w->at[i], room)) {
            code = arena_strdup(x->d.c->record, room);
            n++;
        } else {
            *ret_plain = false;
        }
    }
    *ret_plain = *ret_plain && n <= 1;
    return n == 1 ? code : NULL;
}

static struct profile profile_of(struct vcdb *x, const char *country_path, const char *state,
                                 const char *industry)
{
    struct vcdb_words country = vcdb_words(x, country_path);
    const char *region = state ? vcdb_text(x, state, LIMIT_TITLE_BYTES, false) : NULL;
    const char *sector = vcdb_text(x, industry, LIMIT_TITLE_BYTES, false);
    struct profile p = {.sector = sector_of(x, sector)};
    bool plain;
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    p.country = one_country(x, &country, &plain);
    p.region = region_of(x, region, p.country);
    if (!plain)
        vcdb_list(&b, "country", &country, false);
    if (region && !p.region && !vcdb_is_unknown(region))
        strbuf_addf(&b, "%sstate %s", b.size ? "; " : "", region);
    if (sector && !p.sector)
        strbuf_addf(&b, "%sindustry %s", b.size ? "; " : "", sector);
    p.words = vcdb_keep(x, country_path, &b, LIMIT_TEXT_BYTES - 64);
    if (p.words)
        p.words = draft_format(&x->d, "As coded: %s", p.words);
    return p;
}

static void put_group(struct vcdb *x, enum role role, const char *name, const struct profile *p)
{
    struct party *party = draft_party(&x->d, role, x->told, 1);
    if (!party)
        return;
    party->organization = (struct org_ref){.name = name, .kind = org_kind_of(p->sector, role, ORG_OTHER)};
    const char *country = p->country ? country_name(p->country) : NULL;
    party->e.note =
        country || p->sector
            ? draft_format(&x->d, "As coded:%s%s%s%s%s%s", country ? " country " : "", country ? country : "",
                           country && p->region ? ", " : "", country && p->region ? p->region : "",
                           p->sector ? (country ? "; industry " : " industry ") : "",
                           p->sector ? p->sector : "")
            : p->words;
}

static void put_named(struct vcdb *x, enum role role, enum certainty certainty, const char *name,
                      const struct profile *p, const char *note)
{
    const struct mention m = {.name = name, .country = p->country, .region = p->region, .sector = p->sector};
    struct party *party =
        draft_mention(&x->d, role, certainty, 1, org_kind_of(p->sector, role, ORG_OTHER), &m);
    if (party)
        party->e.note = note;
}

/* Whether NAME is meant to name somebody. */
static bool is_name(struct vcdb *x, const char *name)
{
    enum name_sense sense = NAME_NOTHING;
    int r = name && !vcdb_is_unknown(name) ? org_name_sense(name, x->d.c->record, &sense) : 0;
    if (r != 0)
        x->d.error = r;
    return sense != NAME_NOTHING;
}

/* A household is people: it is not named. */
static bool is_household(const char *sector)
{
    return sector && strncmp(sector, "814", 3) == 0;
}

static void put_secondary(struct vcdb *x);

const char *vcdb_put_victim(struct vcdb *x)
{
    const char *name = vcdb_text(x, "victim.victim_id", LIMIT_TITLE_BYTES - 200, false);
    struct profile p = profile_of(x, "victim.country", "victim.state", "victim.industry");
    bool named = is_name(x, name);
    if (named && is_household(p.sector)) {
        draft_warn(&x->d, "person-not-named", "victim.victim_id",
                   "is a private household; its name is left out");
        name = "Private household";
        put_group(x, ROLE_BREACHED, name, &p);
    } else if (named) {
        put_named(x, ROLE_BREACHED, x->told, name, &p, p.words);
    } else {
        put_group(x, ROLE_BREACHED, NO_NAME, &p);
    }
    put_secondary(x);
    return named ? name : "an organisation not named";
}

/* --- those hit through it --- */

/* Takes the NAICS digits behind the last semicolon off NAME, which is cut there: "Dealer; 441110". */
static const char *take_sector(struct vcdb *x, char *name)
{
    char *semicolon = strrchr(name, ';');
    if (!semicolon)
        return NULL;
    const char *digits = semicolon + 1 + strspn(semicolon + 1, " ");
    const char *sector = sector_of(x, digits);
    if (sector || !*digits)
        *semicolon = '\0';
    return sector;
}

static size_t put_one(struct vcdb *x, const char *text)
{
    char *name = arena_strdup(x->d.c->record, text);
    if (!name) {
        x->d.error = -ENOMEM;
        return 0;
    }
    struct profile p = {.sector = take_sector(x, name)};
    const char *clean =
        draft_text(&x->d, "victim.secondary.victim_id", name, SIZE_MAX, LIMIT_TITLE_BYTES, false);
    if (is_name(x, clean))
        put_named(x, ROLE_CUSTOMERS_EXPOSED, x->told, clean, &p,
                  "Hit through the first victim, as VCDB codes it");
    else if (p.sector)
        put_group(x, ROLE_CUSTOMERS_EXPOSED, NO_NAME, &p);
    else
        return 0;
    return 1;
}

static size_t parts_of(const char *text, char separator)
{
    size_t n = 1;
    for (; *text; text++)
        n += *text == separator;
    return n;
}

/* Several names in one text: at semicolons, when what stands behind the last is no industry; at commas
 * only when their number is the one that the record states. */
static size_t put_text(struct vcdb *x, const char *text, bool alone, int64_t amount)
{
    const char *last = strrchr(text, ';');
    bool many = last && last[1] && !sector_of(x, last + 1 + strspn(last + 1, " "));
    char separator = many ? ';' : ',';
    if (!many && !(alone && amount > 1 && (int64_t)parts_of(text, ',') == amount))
        return put_one(x, text);
    size_t put = 0;
    while (text) {
        const char *end = strchr(text, separator);
        const char *one = arena_strndup(x->d.c->record, text, end ? (size_t)(end - text) : strlen(text));
        put += one ? put_one(x, one) : 0;
        text = end ? end + 1 : NULL;
    }
    return put;
}

/* How many were hit beyond those named; they need not be organisations. */
static void put_rest(struct vcdb *x, int64_t amount, size_t named)
{
    if (amount <= 0 || (uint64_t)amount <= named)
        return;
    struct party *party = draft_party(&x->d, ROLE_CUSTOMERS_EXPOSED, x->told, 1);
    if (!party)
        return;
    party->organization = (struct org_ref){
        .name = named ? "Those hit through it, named or not" : "Those hit through it", .kind = ORG_OTHER};
    party->has_count = true;
    party->count = (struct amount){.value = COUNT_OF(amount),
                                   .min = COUNT_OF(amount),
                                   .max = COUNT_OF(amount),
                                   .qualifier = QUALIFIER_EXACT};
    party->e.note = "VCDB's coding (victim.secondary); it may count organisations or people";
}

static void put_secondary(struct vcdb *x)
{
    struct vcdb_words ids = vcdb_words(x, "victim.secondary.victim_id");
    int64_t amount = 0;
    size_t named = 0;
    if (!vcdb_count(x, "victim.secondary.amount", vcdb_get(x, "victim.secondary.amount"), &amount))
        amount = 0;
    for (size_t i = 0; i < ids.n; i++)
        named += put_text(x, ids.at[i], ids.n == 1, amount);
    put_rest(x, amount, named);
}

/* --- partners --- */

static void put_vendor(struct vcdb *x, const char *name, const struct profile *p)
{
    put_named(x, ROLE_VENDOR, x->sure, name, p,
              p->words ? p->words : "Coded as the business partner through whom it came about");
}

void vcdb_put_partner(struct vcdb *x, const struct vcdb_words *names, const char *note)
{
    struct profile p = profile_of(x, "actor.partner.country", NULL, "actor.partner.industry");
    bool any = false;
    for (size_t i = 0; i < names->n; i++)
        if (is_name(x, names->at[i])) {
            put_vendor(x, names->at[i], &p);
            any = true;
        }
    if (!any && note && vcdb_is_company(note))
        put_vendor(x, note, &p);
}
