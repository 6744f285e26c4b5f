/* SPDX-License-Identifier: MIT */
/*
 * Have I Been Pwned's list of breaches, in the shape of its API, version 3: an array of objects. What it lists is its own
 * claim, verified by it or not; no organisation admits anything there, so nothing becomes "confirmed".
 */
#include "import/draft.h"
#include "import/html_text.h"
#include "import/reader.h"
#include "util/clock.h"
#include "util/limits.h"
#include "util/num.h"
#include "util/strbuf.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#define DATASET "hibp"

static const struct dataset about = {
    .id = DATASET,
    .title = "Have I Been Pwned: list of breaches",
    .publisher = "Have I Been Pwned",
    .license = "CC BY 4.0",
    .license_spdx = "CC-BY-4.0",
    .license_url = "https://creativecommons.org/licenses/by/4.0/",
    .credit = "Breach list by Have I Been Pwned, https://haveibeenpwned.com",
    .url = "https://haveibeenpwned.com/PwnedWebsites",
};

/* Its words for kinds of data, and ours. What is not here is kept as `other` in its own words. */
static const struct {
    const char *word, *id;
} classes[] = {
    {"Account balances", "bank-accounts"},
    {"Address book contacts", "messages"},
    {"Age groups", "demographics"},
    {"Ages", "demographics"},
    {"Apps installed on devices", "device-network"},
    {"Astrological signs", "demographics"},
    {"Audio recordings", "photos-video"},
    {"Auth tokens", "credentials"},
    {"Avatars", "photos-video"},
    {"Bank account numbers", "bank-accounts"},
    {"Bios", "demographics"},
    {"Biometric data", "biometrics"},
    {"Browser user agent details", "device-network"},
    {"Browsing histories", "online-activity"},
    {"Buying preferences", "purchases"},
    {"Car ownership statuses", "vehicle-data"},
    {"Career levels", "employment"},
    {"Cellular network names", "device-network"},
    {"Charitable donations", "purchases"},
    {"Chat logs", "messages"},
    {"Citizenship statuses", "demographics"},
    {"Clothing sizes", "demographics"},
    {"Credit card CVV", "payment-cards"},
    {"Credit cards", "payment-cards"},
    {"Credit status information", "credit-loans"},
    {"Cryptocurrency wallet addresses", "bank-accounts"},
    {"Cryptocurrency wallet hashes", "bank-accounts"},
    {"Customer feedback", "customer-records"},
    {"Customer interactions", "customer-records"},
    {"Customer service records", "customer-records"},
    {"Dates of birth", "birth-dates"},
    {"Delivery instructions", "purchases"},
    {"Device information", "device-network"},
    {"Device serial numbers", "device-network"},
    {"Device usage tracking data", "device-network"},
    {"Driver's licenses", "driving-licences"},
    {"Education levels", "education"},
    {"Email addresses", "emails"},
    {"Email messages", "messages"},
    {"Employers", "employment"},
    {"Encrypted keys", "credentials"},
    {"Ethnicities", "demographics"},
    {"Family members' names", "family"},
    {"Family members names", "family"},
    {"Family plans", "family"},
    {"Family structure", "family"},
    {"Fax numbers", "phones"},
    {"Financial investments", "bank-accounts"},
    {"Financial transactions", "bank-accounts"},
    {"Flights taken", "location"},
    {"Genders", "gender"},
    {"Geographic locations", "location"},
    {"Government issued IDs", "national-ids"},
    {"HIV statuses", "medical"},
    {"Health insurance information", "medical"},
    {"Historical passwords", "credentials"},
    {"Home ownership statuses", "demographics"},
    {"IMEI numbers", "device-network"},
    {"IMSI numbers", "device-network"},
    {"IP addresses", "device-network"},
    {"Income levels", "payroll"},
    {"Instant messenger identities", "online-activity"},
    {"Job applications", "employment"},
    {"Job titles", "employment"},
    {"Licence plates", "vehicle-ids"},
    {"Licenses plates", "vehicle-ids"},
    {"Living costs", "demographics"},
    {"Loan information", "credit-loans"},
    {"Login histories", "online-activity"},
    {"MAC addresses", "device-network"},
    {"MFA keys", "credentials"},
    {"Marital statuses", "family"},
    {"Mothers maiden names", "security-answers"},
    {"Names", "names"},
    {"Nationalities", "demographics"},
    {"Net worths", "demographics"},
    {"Nicknames", "names"},
    {"Occupations", "employment"},
    {"PINs", "credentials"},
    {"Partial credit card data", "payment-cards"},
    {"Partial dates of birth", "birth-dates"},
    {"Partial phone numbers", "phones"},
    {"Passport numbers", "passports"},
    {"Password hints", "security-answers"},
    {"Password strengths", "credentials"},
    {"Passwords", "credentials"},
    {"Payment histories", "purchases"},
    {"Payment methods", "purchases"},
    {"Personal health data", "medical"},
    {"Phone numbers", "phones"},
    {"Photos", "photos-video"},
    {"Physical addresses", "addresses"},
    {"Physical attributes", "demographics"},
    {"Places of birth", "demographics"},
    {"Political donations", "beliefs-orientation"},
    {"Political views", "beliefs-orientation"},
    {"Private messages", "messages"},
    {"Profile photos", "photos-video"},
    {"Professional skills", "employment"},
    {"Purchases", "purchases"},
    {"Purchasing habits", "purchases"},
    {"Races", "demographics"},
    {"Recovery email addresses", "emails"},
    {"Relationship statuses", "family"},
    {"Religions", "beliefs-orientation"},
    {"SMS messages", "messages"},
    {"Salutations", "names"},
    {"School grades (class levels)", "education"},
    {"Security questions and answers", "security-answers"},
    {"Sexual fetishes", "beliefs-orientation"},
    {"Sexual orientations", "beliefs-orientation"},
    {"Social connections", "online-activity"},
    {"Social media profiles", "online-activity"},
    {"Social security numbers", "national-ids"},
    {"Spouses names", "family"},
    {"Spoken languages", "demographics"},
    {"Support tickets", "customer-records"},
    {"Tattoo status", "demographics"},
    {"Taxation records", "documents"},
    {"Telecommunications carrier", "device-network"},
    {"Time zones", "location"},
    {"Usernames", "credentials"},
    {"Vehicle details", "vehicle-data"},
    {"Vehicle identification numbers (VINs)", "vehicle-ids"},
    {"Website activity", "online-activity"},
    {"Work habits", "employment"},
    {"Years of birth", "birth-dates"},
    {"Years of professional experience", "employment"},
};

static const char *class_id(const char *word)
{
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcasecmp(classes[i].word, word) == 0)
            return classes[i].id;
    return "other";
}

/* What a flag says beside the facts. */
static const struct {
    const char *name, *text;
    int about;
} flags[] = {
    {"IsFabricated",
     "Have I Been Pwned marks the breach as fabricated: the data is not what it is said to be", LIST_FIGURES},
    {"IsSensitive",
     "Have I Been Pwned marks the breach as sensitive: it tells only owners of an address whether it is in "
     "it",
     -1},
    {"IsRetired", "Retired from Have I Been Pwned: the data was permanently removed there", -1},
    {"IsSpamList", "A list used for spam, says Have I Been Pwned; no breach of a system need lie behind it",
     LIST_PARTIES},
    {"IsMalware",
     "Data collected by malware, says Have I Been Pwned; the domain named need not have been breached",
     LIST_PARTIES},
    {"IsStealerLog",
     "Logs of information stealers, says Have I Been Pwned; the sites they name need not have been breached",
     LIST_PARTIES},
};

static bool is_set(const json_t *v, const char *name)
{
    return json_is_true(json_object_get(v, name));
}

/* A member that should be text, or NULL; another type is a warning. */
static const char *text_of(struct draft *d, const json_t *v, const char *name)
{
    const json_t *member = json_object_get(v, name);
    if (member && !json_is_string(member) && !json_is_null(member))
        draft_warn(d, "wrong-type", name, "is %s, not a text; left out", reader_type(member));
    return json_string_value(member);
}

/* --- dates and times --- */

static int64_t digits(const char *s, size_t n)
{
    int64_t value = -1;
    return num_parse_i64(s, n, NUM_LEADING_ZEROS, 0, 9999, &value) == 0 ? value : -1;
}

/* "2019-03-29", or what begins so. */
static struct edtf day_of(struct draft *d, const char *name, const char *text)
{
    int64_t year = -1, month = -1, day = -1;
    if (text && strlen(text) >= 10 && text[4] == '-' && text[7] == '-') {
        year = digits(text, 4);
        month = digits(text + 5, 2);
        day = digits(text + 8, 2);
    }
    if (text && *text && (year < 0 || month < 1 || day < 1)) {
        draft_warn(d, "impossible-date", name, "\"%.40s\" is no date; left out", text);
        return EDTF_UNKNOWN;
    }
    return text && *text ? draft_date_of(d, name, year, month, day) : EDTF_UNKNOWN;
}

static const char *time_of(struct draft *d, const json_t *v, const char *name)
{
    const char *text = text_of(d, v, name);
    int64_t seconds;
    char form[CLOCK_TEXT_SIZE];
    if (!text)
        return NULL;
    if (!clock_parse(text, &seconds)) {
        draft_warn(d, "impossible-time", name, "\"%.40s\" is no time (RFC 3339); left out", text);
        return NULL;
    }
    clock_format(seconds, form);
    return draft_format(d, "%s", form);
}

/* --- parts of a record --- */

static const char *id_of(struct draft *d, const char *name)
{
    char *id = (char *)draft_format(d, DATASET "-%s", name);
    for (char *p = id; p && *p; p++) {
        if (*p >= 'A' && *p <= 'Z')
            *p = (char)(*p - 'A' + 'a');
        else if (!((*p >= 'a' && *p <= 'z') || (*p >= '0' && *p <= '9')))
            *p = '-';
    }
    return id;
}

static void put_entry(struct draft *d, const json_t *v, const char *name)
{
    struct source *s = draft_source(d, CLASS_DATASET);
    if (!s)
        return;
    s->title = draft_format(d, "Entry \"%.200s\" of the list of breaches", name);
    s->publisher = about.publisher;
    s->url = draft_format(d, "https://haveibeenpwned.com/api/v3/breach/%s", name);
    if (s->url && !reader_is_url(s->url))
        s->url = NULL;
    s->published = day_of(d, "AddedDate", text_of(d, v, "AddedDate"));
}

/* A link of the description is a source of the record; the same address only once. */
static int put_link(void *ctx, const char *url, const char *text)
{
    struct draft *d = ctx;
    if (!reader_is_url(url) || strlen(url) > LIMIT_URL_BYTES)
        return 0;
    for (size_t i = 0; i < d->x.n_sources; i++)
        if (d->x.sources[i].url && strcmp(d->x.sources[i].url, url) == 0)
            return 0;
    const char *host = strstr(url, "//") + 2;
    int n = (int)strcspn(host, "/:?#");
    struct source *s = draft_source(d, CLASS_PRESS);
    if (!s)
        return d->error;
    s->publisher = draft_format(d, "%.*s", strncasecmp(host, "www.", 4) == 0 ? n - 4 : n,
                                strncasecmp(host, "www.", 4) == 0 ? host + 4 : host);
    s->url = draft_format(d, "%s", url);
    s->title = draft_text(d, "Description", text, SIZE_MAX, LIMIT_TITLE_BYTES, false);
    if (!s->title)
        s->description = "Linked from the entry";
    return d->error;
}

static void put_description(struct draft *d, const json_t *v)
{
    const char *html = text_of(d, v, "Description");
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    if (!html)
        return;
    int r = html_text(html, strlen(html), &b, put_link, d);
    if (r != 0)
        d->error = r;
    else if (b.size)
        d->x.row.summary = draft_text(d, "Description", b.data, b.size, LIMIT_TEXT_BYTES, false);
    const char *url = text_of(d, v, "DisclosureUrl");
    if (url && *url)
        (void)put_link(d, url, "Disclosure");
}

static void put_count(struct draft *d, const json_t *v, enum certainty certainty)
{
    const json_t *count = json_object_get(v, "PwnCount");
    json_int_t n = json_is_integer(count) ? json_integer_value(count) : -1;
    if (n < 0 || n > LIMIT_NUMBER) {
        draft_warn(d, "impossible-number", "PwnCount", "is no count of accounts; left out");
        return;
    }
    struct figure *f = draft_figure(d, certainty, 1);
    if (!f)
        return;
    f->amount = (struct amount){
        .value = COUNT_OF(n), .min = COUNT_OF(n), .max = COUNT_OF(n), .qualifier = QUALIFIER_EXACT};
    f->unit = UNIT_ACCOUNTS;
    f->scope = SCOPE_AFFECTED;
    f->of = "accounts in the data";
}

static void put_classes(struct draft *d, const json_t *v, enum certainty certainty)
{
    const json_t *list = json_object_get(v, "DataClasses"), *item;
    size_t i;
    if (list && !json_is_array(list) && !json_is_null(list))
        draft_warn(d, "wrong-type", "DataClasses", "is %s, not a list; left out", reader_type(list));
    json_array_foreach(list, i, item)
    {
        const char *text =
            draft_text(d, "DataClasses", json_string_value(item), SIZE_MAX, LIMIT_TITLE_BYTES, false);
        struct data_class *c = text ? draft_class(d, class_id(text), certainty, 1) : NULL;
        if (c)
            c->text = text;
        if (!text)
            draft_warn(d, "wrong-type", "DataClasses", "item %zu is no text; left out", i);
    }
}

/* The site is the one breached; with lists of spam, malware and stealers nobody is said to be. */
static void put_party(struct draft *d, const json_t *v, const char *title, enum certainty certainty)
{
    bool collected = is_set(v, "IsSpamList") || is_set(v, "IsMalware") || is_set(v, "IsStealerLog");
    const char *domain = draft_text(d, "Domain", text_of(d, v, "Domain"), SIZE_MAX, 253, false);
    if (collected)
        return;
    const struct mention m = {.name = title,
                              .website = domain ? draft_format(d, "https://%s/", domain) : NULL};
    (void)draft_mention(d, ROLE_BREACHED, certainty, 1, ORG_OTHER, &m);
}

static void put_flags(struct draft *d, const json_t *v)
{
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (is_set(v, flags[i].name))
            (void)draft_caveat(d, flags[i].about, 1, flags[i].text);
    if (is_set(v, "IsMalware") || is_set(v, "IsStealerLog"))
        (void)draft_attack(d, ACTION_MALWARE, CERTAINTY_CLAIMED, 1);
    if (!is_set(v, "IsVerified"))
        (void)draft_caveat(d, -1, 1, "Have I Been Pwned could not verify that the data is genuine");
}

static void put_occurred(struct draft *d, const json_t *v, enum certainty certainty)
{
    struct edtf day = day_of(d, "BreachDate", text_of(d, v, "BreachDate"));
    struct date_fact *f = day.text ? draft_date(d, DATE_OCCURRED, certainty, 1) : NULL;
    if (f)
        f->date = day;
}

static void put_facts(struct draft *d, const json_t *v, const char *title)
{
    bool fabricated = is_set(v, "IsFabricated"), verified = is_set(v, "IsVerified");
    enum certainty certainty = verified && !fabricated ? CERTAINTY_CLAIMED : CERTAINTY_SUSPECTED;
    d->x.row.status = fabricated ? STATUS_DISPUTED : verified ? STATUS_CLAIMED : STATUS_SUSPECTED;
    put_occurred(d, v, certainty);
    put_party(d, v, title, certainty);
    put_count(d, v, certainty);
    put_classes(d, v, certainty);
    put_flags(d, v);
}

static bool knows(const json_t *v)
{
    return json_is_string(json_object_get(v, "Name")) && json_object_get(v, "PwnCount") &&
           json_object_get(v, "BreachDate");
}

static int read_breach(struct catalogue *c, const json_t *v, const struct origin *from, size_t *ret_records)
{
    struct draft d;
    draft_begin(&d, c, DATASET, from);
    const char *name =
        draft_text(&d, "Name", text_of(&d, v, "Name"), SIZE_MAX, LIMIT_ID_BYTES - sizeof DATASET, false);
    const char *title =
        draft_text(&d, "Title", text_of(&d, v, "Title"), SIZE_MAX, LIMIT_TITLE_BYTES - 60, false);
    if (!name) {
        draft_reject(&d, "Name", "is missing or no text; every breach of the list has one");
        return draft_end(&d, ret_records);
    }
    title = title ? title : name;
    d.x.row.id = id_of(&d, name);
    d.x.row.dataset_record = name;
    d.x.row.title = draft_format(&d, "%s: accounts listed by Have I Been Pwned", title);
    d.x.row.added = time_of(&d, v, "AddedDate");
    d.x.row.modified = time_of(&d, v, "ModifiedDate");
    put_entry(&d, v, name);
    put_description(&d, v);
    put_facts(&d, v, title);
    return draft_end(&d, ret_records);
}

const struct adapter adapter_hibp = {
    .name = DATASET,
    .about = &about,
    .knows_json = knows,
    .read_json = read_breach,
};
