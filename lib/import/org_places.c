/* SPDX-License-Identifier: MIT */
/*
 * What else tells organisations apart or together: states, lines of business, websites. Tables, and the few rules
 * around them; see org_names.h.
 */
#include "import/org_names.h"

#include "import/reader.h"
#include "model/country.h"
#include "query/fold.h"
#include "util/ascii.h"

#include <stdlib.h>
#include <string.h>

#define N_OF(a) (sizeof(a) / sizeof *(a))

/* --- states --- */

/* ISO 3166-2:US. */
static const struct state {
    char code[3];
    const char *name;
} states[] = {
    {"ak", "Alaska"},
    {"al", "Alabama"},
    {"ar", "Arkansas"},
    {"as", "American Samoa"},
    {"az", "Arizona"},
    {"ca", "California"},
    {"co", "Colorado"},
    {"ct", "Connecticut"},
    {"dc", "District of Columbia"},
    {"de", "Delaware"},
    {"fl", "Florida"},
    {"ga", "Georgia"},
    {"gu", "Guam"},
    {"hi", "Hawaii"},
    {"ia", "Iowa"},
    {"id", "Idaho"},
    {"il", "Illinois"},
    {"in", "Indiana"},
    {"ks", "Kansas"},
    {"ky", "Kentucky"},
    {"la", "Louisiana"},
    {"ma", "Massachusetts"},
    {"md", "Maryland"},
    {"me", "Maine"},
    {"mi", "Michigan"},
    {"mn", "Minnesota"},
    {"mo", "Missouri"},
    {"mp", "Northern Mariana Islands"},
    {"ms", "Mississippi"},
    {"mt", "Montana"},
    {"nc", "North Carolina"},
    {"nd", "North Dakota"},
    {"ne", "Nebraska"},
    {"nh", "New Hampshire"},
    {"nj", "New Jersey"},
    {"nm", "New Mexico"},
    {"nv", "Nevada"},
    {"ny", "New York"},
    {"oh", "Ohio"},
    {"ok", "Oklahoma"},
    {"or", "Oregon"},
    {"pa", "Pennsylvania"},
    {"pr", "Puerto Rico"},
    {"ri", "Rhode Island"},
    {"sc", "South Carolina"},
    {"sd", "South Dakota"},
    {"tn", "Tennessee"},
    {"tx", "Texas"},
    {"ut", "Utah"},
    {"va", "Virginia"},
    {"vi", "Virgin Islands"},
    {"vt", "Vermont"},
    {"wa", "Washington"},
    {"wi", "Wisconsin"},
    {"wv", "West Virginia"},
    {"wy", "Wyoming"},
};

static const struct state *state_of(const char *words)
{
    if (strcmp(words, "washington dc") == 0)
        words = "dc";
    for (size_t i = 0; i < N_OF(states); i++)
        if (strcmp(states[i].code, words) == 0 || strcasecmp(states[i].name, words) == 0)
            return &states[i];
    return NULL;
}

const char *org_region_fold(const char *country, const char *region, struct arena *mem)
{
    const char *words = org_name_words(region, mem);
    if (!words || !country)
        return words;
    char prefix[] = {ascii_lower(country[0]), ascii_lower(country[0] ? country[1] : 0), ' ', '\0'};
    if (strncmp(words, prefix, 3) == 0)
        words += 3;
    const struct state *s = strcmp(country, "US") == 0 ? state_of(words) : NULL;
    return s ? s->code : words;
}

const char *org_region_name(const char *country, const char *folded)
{
    const struct state *s = strcmp(country, "US") == 0 ? state_of(folded) : NULL;
    return s ? s->name : NULL;
}

/* Countries whose institutions carry the country in front of their name. */
static const struct {
    const char *country, *begins;
} national_names[] = {
    {"US", "united states "},
    {"US", "us "},
};

bool org_name_is_national(const char *name, const char *country)
{
    for (size_t i = 0; i < N_OF(national_names); i++)
        if (strcmp(national_names[i].country, country) == 0 &&
            strncmp(name, national_names[i].begins, strlen(national_names[i].begins)) == 0)
            return true;
    return false;
}

/* --- lines of business --- */

static bool is_below(const char *sector, const char *prefix)
{
    return sector && strncmp(sector, prefix, strlen(prefix)) == 0;
}

/* Manufacturing, non-store retailers, airlines, publishing and telecommunications. */
static const char *const national_sectors[] = {"31", "32", "33", "454", "481", "51"};

bool org_sector_is_national(const char *sector)
{
    for (size_t i = 0; i < N_OF(national_sectors); i++)
        if (is_below(sector, national_sectors[i]))
            return true;
    return false;
}

bool org_is_sector(const char *sector)
{
    size_t n = sector ? strspn(sector, "0123456789") : 0;
    return n >= 2 && n <= 6 && !sector[n] && strspn(sector, "0") < n;
}

/* NAICS of 2012 to 2022; the first row that fits counts. ROLE -1: in any. */
static const struct {
    const char *sector;
    int role;
    enum org_kind kind;
} kinds[] = {
    {"441", -1, ORG_DEALER},     /* motor vehicle and parts dealers: 4411, 4412, 4413 */
    {"3361", -1, ORG_AUTOMAKER}, /* motor vehicles */
    {"3362", -1, ORG_SUPPLIER},  /* bodies and trailers */
    {"3363", -1, ORG_SUPPLIER},  /* parts */
    {"52", -1, ORG_FINANCE},           {"5112", ROLE_VENDOR, ORG_VENDOR}, /* software publishers */
    {"5132", ROLE_VENDOR, ORG_VENDOR},                                    /* the same from 2022 on */
    {"518", ROLE_VENDOR, ORG_VENDOR},                                     /* data processing and hosting */
    {"5415", ROLE_VENDOR, ORG_VENDOR},                                    /* systems design */
};

enum org_kind org_kind_of(const char *sector, enum role role, enum org_kind otherwise)
{
    for (size_t i = 0; i < N_OF(kinds); i++)
        if (is_below(sector, kinds[i].sector) && (kinds[i].role < 0 || kinds[i].role == (int)role))
            return kinds[i].kind;
    return otherwise;
}

unsigned org_kind_rank(enum org_kind kind)
{
    static const unsigned char ranks[_ORG_N] = {
        [ORG_DEALER_GROUP] = 0, [ORG_DEALER] = 1, [ORG_AUTOMAKER] = 2, [ORG_IMPORTER] = 3,
        [ORG_SUPPLIER] = 4,     [ORG_VENDOR] = 5, [ORG_FINANCE] = 6,   [ORG_OTHER] = 7,
    };
    return ranks[kind];
}

/* --- websites --- */

/* Whose front pages are many people's. */
static const char *const shared_hosts[] = {
    "about.me",
    "amazon.com",
    "apple.com",
    "archive.org",
    "bit.ly",
    "blogger.com",
    "blogspot.com",
    "bitbucket.org",
    "discord.com",
    "discord.gg",
    "docs.google.com",
    "drive.google.com",
    "dropbox.com",
    "ebay.com",
    "etsy.com",
    "facebook.com",
    "forums.com",
    "geocities.com",
    "github.com",
    "github.io",
    "gitlab.com",
    "gmail.com",
    "godaddy.com",
    "google.com",
    "gov.uk",
    "instagram.com",
    "linkedin.com",
    "linktr.ee",
    "live.com",
    "mail.ru",
    "medium.com",
    "microsoft.com",
    "myshopify.com",
    "myspace.com",
    "ok.ru",
    "outlook.com",
    "pastebin.com",
    "patreon.com",
    "pinterest.com",
    "proboards.com",
    "reddit.com",
    "shopify.com",
    "sites.google.com",
    "sourceforge.net",
    "squarespace.com",
    "substack.com",
    "t.co",
    "t.me",
    "telegram.me",
    "telegram.org",
    "tiktok.com",
    "tripod.com",
    "tumblr.com",
    "twitter.com",
    "vimeo.com",
    "vk.com",
    "wa.me",
    "webs.com",
    "weebly.com",
    "weibo.com",
    "whatsapp.com",
    "wikipedia.org",
    "wix.com",
    "wixsite.com",
    "wordpress.com",
    "x.com",
    "yahoo.com",
    "youtube.com",
};

/* Steps over PREFIX, in any letter case. */
static const char *past(const char *s, const char *prefix)
{
    size_t n = strlen(prefix);
    return strncasecmp(s, prefix, n) == 0 ? s + n : s;
}

/* A host with a dot inside. */
static bool is_host(const char *s, size_t n)
{
    const char *dot = memchr(s, '.', n);
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] < 0x80 && !ascii_is_alnum(s[i]) && s[i] != '-' && s[i] != '.')
            return false;
    return dot && dot > s && dot < s + n - 1;
}

static bool is_shared(const char *site)
{
    for (size_t i = 0; i < N_OF(shared_hosts); i++)
        if (strcmp(site, shared_hosts[i]) == 0)
            return true;
    return false;
}

const char *org_site_fold(const char *website, struct arena *mem)
{
    const char *folded = fold_text(website, mem);
    if (!folded)
        return NULL;
    const char *host = past(past(past(folded, "https://"), "http://"), "www.");
    size_t n = strcspn(host, "/?#:"), dots = 0;
    while (n > dots && host[n - 1 - dots] == '.')
        dots++;
    if (!is_host(host, n - dots))
        return "";
    const char *path = host + n;
    if (*path == ':')
        path += strcspn(path, "/?#");
    size_t length = strcspn(path, "?#");
    while (length && path[length - 1] == '/')
        length--;
    const char *site = arena_printf(mem, "%.*s%.*s", (int)(n - dots), host, (int)length, path);
    return site && is_shared(site) ? "" : site;
}

/* Top-level domains of countries that are in use all over the world. */
static const char world_domains[] =
    " ac ai am as bz cc cd co cx fm gg gl gs im io la li ly me ms mu nu pw sc sh "
    "so st su sx tc tf tk tl tm to tv vc vg ws ";

bool org_site_is_elsewhere(const char *site, const char *country)
{
    size_t n = strcspn(site, "/");
    if (n < 4 || site[n - 3] != '.')
        return false;
    const char *domain = site + n - 2;
    const char inside[] = {' ', domain[0], domain[1], ' ', '\0'};
    bool kingdom = strncmp(domain, "uk", 2) == 0;
    const char code[] = {kingdom ? 'G' : ascii_upper(domain[0]), kingdom ? 'B' : ascii_upper(domain[1]),
                         '\0'};
    return !strstr(world_domains, inside) && country_name(code) && strcmp(code, country) != 0;
}

const char *org_site_url(const char *website, struct arena *mem)
{
    if (reader_is_url(website))
        return website;
    const char *url = is_host(website, strlen(website)) ? arena_printf(mem, "https://%s", website) : NULL;
    return url && reader_is_url(url) ? url : NULL;
}
