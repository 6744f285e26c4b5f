/* SPDX-License-Identifier: MIT */
/*
 * What parameters are, told to people and to programs: each reader of values has one row that says what it takes, each
 * parameter one that says what it is for. tests/unit/test_params.c fails where one is missing.
 */
#include "model/counts.h"
#include "query/params_parts.h"
#include "util/limits.h"

#include <string.h>

#define TEXT_OF(number) #number
#define TEXT(number)    TEXT_OF(number)

/* ==== What each reader takes ==== */

typedef void (*tell_fn)(const struct param *spec, enum query_list list, struct parameter *ret);

static void add_word(struct parameter *p, const char *word)
{
    if (p->n_words < PARAMETER_WORDS)
        p->words[p->n_words++] = word;
}

static void tell_word(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)list;
    ret->vocab = spec->vocab;
    for (unsigned i = 0; i < spec->vocab->n; i++)
        add_word(ret, vocab_id(spec->vocab, i));
    if (spec->flags & PARAM_NONE)
        add_word(ret, QUERY_NONE);
}

static void tell_choice(const struct param *spec, enum query_list list, struct parameter *ret)
{
    tell_word(spec, list, ret);
    ret->fallback = vocab_id(spec->vocab, 0);
}

static void tell_unit(const struct param *spec, enum query_list list, struct parameter *ret)
{
    tell_word(spec, list, ret);
    add_word(ret, "any");
    ret->fallback = vocab_id(spec->vocab, UNIT_PEOPLE);
}

static void tell_id(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->pattern = "^[a-z0-9][a-z0-9-]*$";
    ret->most_bytes = LIMIT_ID_BYTES;
}

static void tell_country(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->pattern = "^([A-Za-z]{2}|none)$";
}

static void tell_sector(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->pattern = "^([0-9]{2,6}|none)$";
}

static void tell_year(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->pattern = "^([0-9]{4}|none)$";
}

static void tell_date(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->pattern = "^([0-9XYTZ~?%:+./\\[\\]-]+|none)$";
    ret->most_bytes = LIMIT_VALUE_BYTES;
}

static void tell_since(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->pattern = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2}([Tt][0-9:.]+([Zz]|[+-][0-9:]+))?)?)?$";
}

static void tell_brand(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->most_bytes = LIMIT_VALUE_BYTES;
}

static void tell_search(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->most_bytes = LIMIT_TEXT_QUERY_BYTES;
}

static void tell_cursor(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    ret->most_bytes = LIMIT_CURSOR_BYTES;
}

static void tell_number(struct parameter *ret, uint64_t min, uint64_t max, const char *fallback)
{
    ret->is_number = true;
    ret->min = min;
    ret->max = max;
    ret->fallback = fallback;
}

static void tell_size(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    tell_number(ret, 0, LIMIT_NUMBER, NULL);
}

static void tell_limit(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    tell_number(ret, 1, LIMIT_PAGE_MOST, TEXT(LIMIT_PAGE_DEFAULT));
}

static void tell_facet_limit(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    tell_number(ret, 1, LIMIT_FACET_MOST, TEXT(LIMIT_FACET_DEFAULT));
}

static void tell_sort(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec;
    for (unsigned s = 0; s < _SORT_N; s++)
        if (sort_is_of(list, (enum sort)s))
            add_word(ret, sort_word((enum sort)s));
    ret->fallback = sort_word(sort_default(list, false));
}

static void tell_facet(const struct param *spec, enum query_list list, struct parameter *ret)
{
    tell_word(spec, list, ret);
    ret->vocab = NULL; /* its words are names of filters, and explained there */
}

static void tell_by(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec;
    for (unsigned f = 0; f < _FACET_N; f++)
        if (facet_is_grouping((enum facet)f))
            add_word(ret, vocab_id(&vocab_facet, f));
    ret->fallback = vocab_id(&vocab_facet, query_default(list).by);
}

static void tell_detail(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    add_word(ret, "full");
}

static void tell_csv(const struct param *spec, enum query_list list, struct parameter *ret)
{
    (void)spec, (void)list;
    add_word(ret, "excel");
}

static const struct {
    read_fn read;
    tell_fn tell;
} readers[] = {
    {read_after, tell_cursor},
    {read_before, tell_cursor},
    {read_brand, tell_brand},
    {read_by, tell_by},
    {read_choice, tell_choice},
    {read_country, tell_country},
    {read_csv, tell_csv},
    {read_date, tell_date},
    {read_detail, tell_detail},
    {read_facet, tell_facet},
    {read_facet_limit, tell_facet_limit},
    {read_id, tell_id},
    {read_limit, tell_limit},
    {read_search, tell_search},
    {read_sector, tell_sector},
    {read_since, tell_since},
    {read_size, tell_size},
    {read_sort, tell_sort},
    {read_unit, tell_unit},
    {read_word, tell_word},
    {read_year, tell_year},
};

/* ==== What each parameter is for ==== */

#define IN(list)      (1u << (list))
#define ORGANIZATIONS (IN(QUERY_DEALERS) | IN(QUERY_ORGANIZATIONS))
#define ANYWHERE      (~0u)

/* The first row that has the name and the list says it. */
static const struct {
    const char *name;
    unsigned lists;
    const char *about, *example;
} texts[] = {
    {"q", ORGANIZATIONS, "Words that all occur in the organisation's names, in any script.", "toyota"},
    {"q", ANYWHERE,
     "Words that all occur in title, summary, names of organisations or events. “\"data breach\"” are words "
     "in a row, "
     "“toyo*” words that begin so, “-vietnam” leaves out.",
     "toyota \"sales subsidiaries\""},
    {"organization", IN(QUERY_TIMELINE),
     "Ids of organisations: events of incidents that name one of them, and of others as far as `reach` goes.",
     "toyota-motor-corporation"},
    {"organization", ANYWHERE, "Ids of organisations that an incident names; `none`: it names none.",
     "toyota-motor-corporation"},
    {"reach", ANYWHERE,
     "How far `organization` goes: its own incidents, those of what it owns too, or those through its owners "
     "and "
     "suppliers too.",
     "all"},
    {"role", ANYWHERE, "The part that a party has in the incident; with `organization`, of that same party.",
     "breached"},
    {"party_kind", ANYWHERE, "What kind of organisation a party is; with `organization`, of that same party.",
     "dealer"},
    {"country", ORGANIZATIONS, "Country of the organisation, two letters of ISO 3166-1.", "JP"},
    {"country", ANYWHERE, "Country of the organisation named first, two letters of ISO 3166-1.", "JP"},
    {"sector", ANYWHERE,
     "Line of business of the organisation named first: the first two to six digits of NAICS.", "4411"},
    {"action", ANYWHERE, "How it came about, in the words of VERIS.", "hacking"},
    {"actor", ANYWHERE, "Ids of actors that an incident names.", "apt32"},
    {"data_class", ANYWHERE,
     "Kinds of data whose loss is confirmed, claimed or suspected; what is denied never matches.",
     "payment-cards"},
    {"status", ANYWHERE,
     "Whether it happened. Withdrawn and merged records are only listed when `withdrawn` is asked for.",
     "confirmed"},
    {"exposure", ANYWHERE, "Whether data got out.", "suspected"},
    {"source_class", ANYWHERE, "What kind of source any of the incident's sources is.", "regulator"},
    {"dataset", ANYWHERE, "Ids of the datasets that records come from.", "bundled"},
    {"year", ANYWHERE,
     "Year of the incident's date: the first known of disclosed, notified, discovered, occurred.", "2019"},
    {"date", IN(QUERY_TIMELINE), "When the event was, in EDTF: a year, month, day or a span of them.",
     "2019-01/2019-06"},
    {"date", ANYWHERE,
     "The first known of disclosed, notified, discovered, occurred, in EDTF: a year, month, day or a span of "
     "them.",
     "2019-01/2019-06"},
    {"occurred", ANYWHERE, "When it happened, in EDTF.", "2019-03"},
    {"discovered", ANYWHERE, "When it was noticed, in EDTF.", "2019-03-21"},
    {"contained", ANYWHERE, "When it was stopped, in EDTF.", "2019"},
    {"notified", ANYWHERE, "When an authority or the people affected were told, in EDTF.", "2019-04"},
    {"disclosed", ANYWHERE, "When it became public, in EDTF.", "2019-03-29"},
    {"match", ANYWHERE,
     "Whether a date may have been then, or certainly was. What is approximate or uncertain is never "
     "certain.",
     "certain"},
    {"affected_min", ANYWHERE, "The headline figure is at least this, in `unit`.", "1000"},
    {"affected_max", ANYWHERE, "The headline figure is at most this, in `unit`.", "1000000"},
    {"unit", ANYWHERE,
     "What `affected_min`, `affected_max` and an order by `affected` count; `any`: whatever it is.",
     "accounts"},
    {"modified_since", ANYWHERE,
     "Records that changed then or later: a date, or a time of RFC 3339. Withdrawn and merged ones are among "
     "them.",
     "2026-01-01"},
    {"duplicates", ANYWHERE, "Whether records that repeat another are shown.", "hide"},
    {"facet", ANYWHERE, "Counts the list by the values of these, each under every filter but its own.",
     "country,year"},
    {"facet_limit", ANYWHERE, "How many values of a facet are told, beside the unknown one.", "50"},
    {"detail", ANYWHERE,
     "Whole records in `data` instead of rows; then `limit` is at most " TEXT(LIMIT_FULL) ".", "full"},
    {"kind", IN(QUERY_TIMELINE), "What kind of event it is.", "disclosure"},
    {"kind", ANYWHERE, "What kind of organisation it is.", "dealer_group"},
    {"brand", ANYWHERE, "Brands that it sells or makes; case makes no difference.", "Toyota"},
    {"owner", ANYWHERE, "Ids of present owners.", "toyota-motor-corporation"},
    {"incident", ANYWHERE, "Ids of incidents.", "2019-03-toyota-japan-sales-subsidiaries"},
    {"by", ANYWHERE, "What incidents are counted by.", "country"},
    {"sort", IN(QUERY_INCIDENTS),
     "The order; a word with “-” in front is the falling one. `relevance`, with `q` only, is then the "
     "default. "
     "`query.sort` says which was used.",
     "-affected"},
    {"sort", IN(QUERY_TIMELINE), "The order; a word with “-” in front is the falling one.", "-date"},
    {"sort", ANYWHERE,
     "The order; a word with “-” in front is the falling one. `query.sort` says which was used.",
     "-incidents"},
    {"csv", ANYWHERE,
     "Of CSV alone: `excel` is for spreadsheets, with a byte order mark, and a “'” before texts that would "
     "be formulas.",
     "excel"},
    {"limit", ANYWHERE,
     "Rows on a page. CSV and NDJSON are no pages but the whole list where there is no limit.", "100"},
    {"after", ANYWHERE, "The page after this mark, taken from `page.next`. Marks are opaque.", NULL},
    {"before", ANYWHERE, "The page before this mark, taken from `page.prev`. Marks are opaque.", NULL},
};

static void tell_kind(const struct param *spec, enum query_list list, struct parameter *ret)
{
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (readers[i].read == spec->read) {
            readers[i].tell(spec, list, ret);
            return;
        }
}

static void tell_text(enum query_list list, struct parameter *ret)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].name, ret->name) == 0 && texts[i].lists & IN(list)) {
            ret->about = texts[i].about;
            ret->example = texts[i].example;
            return;
        }
}

bool query_parameter(enum query_list list, size_t place, struct parameter *ret)
{
    const struct param *spec = param_at(list, place);
    if (!spec)
        return false;
    *ret = (struct parameter){.name = param_name(spec), .list = spec->flags & PARAM_LIST};
    ret->most_values = ret->list ? LIMIT_VALUES : 0;
    tell_kind(spec, list, ret);
    tell_text(list, ret);
    return true;
}
