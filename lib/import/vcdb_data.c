/* SPDX-License-Identifier: MIT */
/*
 * What was taken, in a VERIS record: attribute.confidentiality, and sums of money in impact. data_disclosure
 * says of all of it how sure it is: Yes as sure as the record, Potentially suspected, No denied, Unknown or
 * nothing unknown. Numbers are as VCDB codes them, which is why they count as exact.
 */
#include "import/vcdb.h"

#include "import/reader.h"
#include "util/limits.h"

#include <string.h>
#include <strings.h>

#define CONFIDENTIALITY "attribute.confidentiality"

/* The varieties of VERIS 1.3.0 to 1.4.1, and ours. What is not here is kept as `other` in its own words. */
static const struct {
    const char *word, *id;
} classes[] = {
    {"Bank", "bank-accounts"},
    {"Classified", "documents"},
    {"Copyrighted", "other"},
    {"Credentials", "credentials"},
    {"Digital certificate", "credentials"},
    {"Internal", "documents"},
    {"Medical", "medical"},
    {"Multi-factor credential", "credentials"},
    {"Other", "other"},
    {"Payment", "payment-cards"},
    {"Secrets", "trade-secrets"},
    {"Source code", "source-code"},
    {"System", "system-data"},
    {"Unknown", "unknown"},
    {"Virtual currency", "other"},
};

/* Whose data: "Personal" data of these are what our list calls so. */
static const struct {
    const char *word, *id;
} victims[] = {
    {"Customer", "customer-records"},
    {"Patient", "customer-records"},
    {"Student", "customer-records"},
    {"Employee", "employee-records"},
};

static const struct {
    const char *word;
    enum certainty certainty;
} disclosures[] = {
    {"Yes", CERTAINTY_CONFIRMED},
    {"Potentially", CERTAINTY_SUSPECTED},
    {"No", CERTAINTY_DENIED},
    {"Unknown", CERTAINTY_UNKNOWN},
};

/* What holds for all data of the record. */
struct data {
    enum certainty certainty;
    struct vcdb_words whose;
    const char *note; /* what was coded of them */
};

static struct data data_of(struct vcdb *x)
{
    struct data d = {.certainty = CERTAINTY_UNKNOWN, .whose = vcdb_words(x, CONFIDENTIALITY ".data_victim")};
    const char *word = vcdb_text(x, CONFIDENTIALITY ".data_disclosure", LIMIT_TITLE_BYTES, false);
    struct vcdb_words state = vcdb_words(x, CONFIDENTIALITY ".state");
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    bool found = false;
    for (size_t i = 0; word && i < sizeof disclosures / sizeof *disclosures; i++)
        if (strcasecmp(word, disclosures[i].word) == 0) {
            d.certainty = vcdb_weaker(x->sure, disclosures[i].certainty);
            found = true;
        }
    if (word && !found)
        draft_warn(&x->d, "unknown-word", CONFIDENTIALITY ".data_disclosure",
                   "\"%.*s\" is no word of VERIS for it", VCDB_SHOWN(word));
    strbuf_addf(&b, "As coded: disclosed %s", word ? word : "not stated");
    vcdb_list(&b, "data of", &d.whose, false);
    vcdb_list(&b, "state", &state, true);
    d.note = vcdb_keep(x, CONFIDENTIALITY, &b, LIMIT_TEXT_BYTES);
    return d;
}

/* --- classes --- */

static void add_class(struct vcdb *x, const struct data *d, const char *id, const char *text,
                      enum certainty certainty)
{
    unsigned word = (unsigned)vocab_find(&vocab_data_class, id);
    for (size_t i = 0; i < x->d.x.n_data_classes; i++) {
        const struct data_class *c = &x->d.x.data_classes[i];
        if (c->id == word && strcasecmp(c->text ? c->text : "", text ? text : "") == 0)
            return;
    }
    struct data_class *c = draft_class(&x->d, id, certainty, 1);
    if (c) {
        c->text = text;
        c->e.note = d->note;
    }
}

/* Personal data of whom it says: a row for each of our classes, and `other` where it says nobody we know. */
static void put_personal(struct vcdb *x, const struct data *d, const char *word)
{
    bool any = false;
    for (size_t i = 0; i < d->whose.n; i++)
        for (size_t k = 0; k < sizeof victims / sizeof *victims; k++)
            if (strcasecmp(d->whose.at[i], victims[k].word) == 0) {
                add_class(x, d, victims[k].id, draft_format(&x->d, "%s (%s)", word, victims[k].word),
                          d->certainty);
                any = true;
            }
    if (!any)
        add_class(x, d, "other", word, d->certainty);
}

static void put_class(struct vcdb *x, const struct data *d, const char *word)
{
    if (strcasecmp(word, "Personal") == 0 || strcasecmp(word, "Sensitive personal") == 0) {
        put_personal(x, d, word);
        return;
    }
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (strcasecmp(word, classes[i].word) == 0) {
            add_class(x, d, classes[i].id, word, d->certainty);
            return;
        }
    draft_warn(&x->d, "unknown-word", CONFIDENTIALITY ".data",
               "\"%.*s\" is no variety of VERIS; kept in words", VCDB_SHOWN(word));
    add_class(x, d, "other", word, CERTAINTY_UNKNOWN);
}

/* --- figures --- */

/* A number is the coder's reading of what was written: "up to" and "about" are not coded. So it is claimed at most. */
static void put_figure(struct vcdb *x, const struct data *d, int64_t n, enum scope scope, const char *of,
                       const char *note)
{
    struct figure *f = n > 0 ? draft_figure(&x->d, vcdb_weaker(d->certainty, CERTAINTY_CLAIMED), 1) : NULL;
    if (!f)
        return;
    f->amount = (struct amount){
        .value = COUNT_OF(n), .min = COUNT_OF(n), .max = COUNT_OF(n), .qualifier = QUALIFIER_EXACT};
    f->unit = UNIT_RECORDS;
    f->scope = scope;
    f->of = of;
    f->e.note = note;
}

/* Zero of what is said to be taken counts nothing. */
static bool amount_at(struct vcdb *x, const char *path, const json_t *v, const struct data *d, int64_t *ret)
{
    if (!vcdb_count(x, path, v, ret))
        return false;
    if (*ret == 0 && d->certainty != CERTAINTY_DENIED)
        vcdb_odd(x, "impossible-number", path, v, "counts nothing");
    return *ret > 0;
}

struct item {
    const char *word;
    int64_t amount; /* 0: none */
};

/* One member of the list: an object, or as older schemas have it the word alone. */
static struct item item_at(struct vcdb *x, const struct data *d, const json_t *v)
{
    static const char path[] = CONFIDENTIALITY ".data";
    const json_t *word = json_is_object(v) ? json_object_get(v, "variety") : v;
    struct item item = {0};
    if (json_is_string(word))
        item.word = vcdb_clean(x, path, json_string_value(word), LIMIT_TITLE_BYTES, false);
    else if (word && !json_is_null(word))
        vcdb_odd(x, "wrong-type", path, word, "is no variety of data");
    if (!json_is_object(v) || !amount_at(x, path, json_object_get(v, "amount"), d, &item.amount))
        item.amount = 0;
    return item;
}

static size_t put_items(struct vcdb *x, const struct data *d, int64_t total)
{
    const json_t *list = vcdb_get(x, CONFIDENTIALITY ".data");
    size_t n = json_is_array(list) ? json_array_size(list) : list != NULL;
    if (n > VCDB_WORDS) {
        draft_warn(&x->d, "cut", CONFIDENTIALITY ".data", "has %zu members; %d are read", n, VCDB_WORDS);
        n = VCDB_WORDS;
    }
    bool above = false;
    for (size_t i = 0; i < n; i++) {
        struct item item = item_at(x, d, json_is_array(list) ? json_array_get(list, i) : list);
        if (item.word)
            put_class(x, d, item.word);
        if (item.amount && (n > 1 || item.amount != total))
            put_figure(x, d, item.amount, SCOPE_SUBSET,
                       draft_format(&x->d, "records with data of the variety %s",
                                    item.word ? item.word : "not stated"),
                       "VCDB's coding");
        above |= total && item.amount > total;
    }
    if (above)
        draft_warn(&x->d, "part-above-total", CONFIDENTIALITY ".data_total",
                   "is less than the amount of one variety; both are kept");
    return n;
}

void vcdb_put_data(struct vcdb *x)
{
    if (!json_is_object(vcdb_get(x, CONFIDENTIALITY)))
        return;
    struct data d = data_of(x);
    int64_t total = 0;
    if (amount_at(x, CONFIDENTIALITY ".data_total", vcdb_get(x, CONFIDENTIALITY ".data_total"), &d, &total))
        put_figure(x, &d, total, SCOPE_AFFECTED, "records of data", "VCDB's coding of the total");
    (void)put_items(x, &d, total);
    if (x->d.x.n_data_classes == 0)
        add_class(x, &d, "unknown", NULL, d.certainty);
}

/* --- money --- */

static bool is_currency(const char *s)
{
    return strlen(s) == 3 && strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == 3;
}

void vcdb_put_impact(struct vcdb *x)
{
    const json_t *amount = vcdb_get(x, "impact.overall_amount");
    const char *currency = vcdb_text(x, "impact.iso_currency_code", LIMIT_TITLE_BYTES, false);
    int64_t n;
    if (!vcdb_count(x, "impact.overall_amount", amount, &n) || n == 0)
        return;
    if (!currency || !is_currency(currency)) {
        const char *text = draft_format(&x->d, "Cost as coded, without a currency that is known: %lld%s%s",
                                        (long long)n, currency ? " " : "", currency ? currency : "");
        if (text)
            (void)draft_caveat(&x->d, LIST_FIGURES, 1, text);
        return;
    }
    struct figure *f = draft_figure(&x->d, vcdb_weaker(x->sure, CERTAINTY_CLAIMED), 1);
    if (!f)
        return;
    f->amount = (struct amount){
        .value = COUNT_OF(n), .min = COUNT_OF(n), .max = COUNT_OF(n), .qualifier = QUALIFIER_EXACT};
    f->unit = UNIT_MONEY;
    f->currency = currency;
    f->scope = SCOPE_CONTEXT;
    f->of = "overall cost";
    f->e.note = "VCDB's coding";
}
