/* SPDX-License-Identifier: MIT */
/* Searches against texts looked through by hand: enough incidents that common words are stored sets. */
#include "import_fixture.h"
#include "query/search.h"
#include "storage/sets.h"
#include "suite.h"
#include "util/clock.h"
#include "util/limits.h"

#include <stdlib.h>
#include <string.h>

#define N_MADE (SETS_WORD + 1500)

static struct fixture fixture;

/* --- what is searched --- */

/* As written, and as its words are compared. In texts they stand in order of how often they occur. */
static const struct {
    const char *written, *folded;
} lexicon[] = {
    {"the", "the"},
    {"Data", "data"},
    {"of", "of"},
    {"BREACH", "breach"},
    {"Customers", "customers"},
    {"ｄａｔａ", "data"},
    {"Rénault", "renault"},
    {"東京トヨタ自動車", "東京トヨタ自動車"},
    {"dealer's", "dealer s"},
    {"Renault", "renault"},
    {"e-mail", "e mail"},
    {"Straße", "strasse"},
    {"breaches", "breaches"},
    {"トヨタ", "トヨタ"},
    {"car", "car"},
    {"карта", "карта"},
    {"breached", "breached"},
    {"香港", "香港"},
    {"zebra", "zebra"},
    {"現代", "現代"},
};
#define N_LEXICON (sizeof lexicon / sizeof *lexicon)

#define N_TEXTS 5 /* title, group in words, summary, two events */
static struct {
    char texts[N_TEXTS][400]; /* " the data " */
    unsigned org;
    bool listed;
} made[N_MADE];

static const char *const org_written[] = {"Acme Motors", "Ünited Cars", "Bücher"};
static const char *const org_folded[][2] = {
    {" acme motors ", " アクメ "}, {" united cars ", " united cars ltd "}, {" bucher ", " "}};

static uint32_t state;

static unsigned chance(unsigned n)
{
    state = state * 1664525 + 1013904223;
    return (state >> 8) % n;
}

/* The first words are in almost every text, the last ones hardly anywhere. */
static unsigned some_word(void)
{
    unsigned a = chance(N_LEXICON), b = chance(N_LEXICON), c = chance(N_LEXICON);
    return a * b * c / ((N_LEXICON - 1) * (N_LEXICON - 1));
}

static void write_text(struct strbuf *out, char folded[static 400], unsigned words)
{
    strcpy(folded, " ");
    for (unsigned i = 0; i < words; i++) {
        unsigned w = some_word();
        strbuf_addf(out, "%s%s", i ? (chance(5) ? " " : ", ") : "", lexicon[w].written);
        strcat(folded, lexicon[w].folded);
        strcat(folded, " ");
    }
}

static void day_of(size_t i, char ret[static CLOCK_TEXT_SIZE])
{
    clock_format(((int64_t)i + 4000) * 86400, ret);
    ret[10] = '\0';
}

/* The higher its number, the newer an incident. */
static void make_incident(size_t i, struct strbuf *out)
{
    char day[CLOCK_TEXT_SIZE];
    day_of(i, day);
    made[i].org = chance(3);
    made[i].listed = i % 97 != 0;
    strbuf_addf(out, "%s{\"id\":\"made-%zu\",\"status\":\"%s\",", i ? ",\n" : "", i,
                made[i].listed ? "confirmed" : "withdrawn");
    if (!made[i].listed)
        strbuf_adds(out, "\"withdrawn\":{\"at\":\"2020-01-01T00:00:00Z\",\"reason\":\"r\",\"by\":\"b\"},");
    strbuf_adds(out, "\"title\":\"");
    write_text(out, made[i].texts[0], 1 + chance(4));
    strbuf_addf(out,
                "\",\"parties\":[{\"organization\":{\"id\":\"org-%u\"},\"role\":\"breached\",\"certainty\":"
                "\"claimed\"},",
                made[i].org);
    strbuf_adds(out, "{\"organization\":{\"kind\":\"dealer\",\"name\":\"");
    write_text(out, made[i].texts[1], 1 + chance(2));
    strbuf_adds(out, "\"},\"role\":\"disrupted\",\"certainty\":\"claimed\"}],\"summary\":\"");
    write_text(out, made[i].texts[2], 1 + chance(12));
    strbuf_addf(
        out,
        "\",\"dates\":[{\"kind\":\"disclosed\",\"date\":\"%s\",\"certainty\":\"claimed\"}],\"timeline\":[",
        day);
    for (unsigned k = 3; k < N_TEXTS; k++) {
        strbuf_addf(out, "%s{\"kind\":\"%s\",\"date\":\"%s\",\"certainty\":\"claimed\",\"text\":\"",
                    k > 3 ? "," : "", k > 3 ? "leak" : "disclosure", day);
        write_text(out, made[i].texts[k], 1 + chance(6));
        strbuf_adds(out, "\"}");
    }
    strbuf_adds(out, "],\"modified\":\"2020-01-01T00:00:00Z\"}");
}

static void make_catalogue(void)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    state = 7;
    fixture_init(&fixture);
    strbuf_adds(&text, "{\"organizations\":[");
    for (unsigned i = 0; i < 3; i++)
        strbuf_addf(&text, "%s{\"id\":\"org-%u\",\"name\":\"%s\",\"kind\":\"dealer\",\"names\":[%s]}",
                    i ? "," : "", i, org_written[i],
                    i == 0   ? "{\"name\":\"アクメ\",\"lang\":\"ja\",\"type\":\"native\"}"
                    : i == 1 ? "{\"name\":\"UNITED CARS Ltd\",\"type\":\"trading\"}"
                             : "");
    strbuf_adds(&text, "],\"incidents\":[");
    for (size_t i = 0; i < N_MADE; i++)
        make_incident(i, &text);
    strbuf_adds(&text, "]}");
    fixture_write_bytes(&fixture, "made.json", text.data, text.size);
    fixture_open(&fixture);
}

static void remove_catalogue(void)
{
    fixture_done(&fixture);
}

/* --- looking by hand --- */

static bool has(size_t i, const char *part)
{
    for (unsigned k = 0; k < N_TEXTS; k++)
        if (strstr(made[i].texts[k], part))
            return true;
    return strstr(org_folded[made[i].org][0], part) || strstr(org_folded[made[i].org][1], part);
}

/* What searches may be made of: the text, and what is looked for. Runs without spaces are found in part. */
static const struct {
    const char *text, *part;
} operands[] = {
    {"the", " the "},
    {"DATA", " data "},
    {"breach", " breach "},
    {"ｃｕｓｔｏｍｅｒｓ", " customers "},
    {"renault", " renault "},
    {"zebra", " zebra "},
    {"nowhere", " nowhere "},
    {"dealer's", " dealer s "},
    {"strasse", " strasse "},
    {"КАРТА", " карта "},
    {"トヨタ", "トヨタ"},
    {"ﾄﾖ", "トヨ"},
    {"タ自", "タ自"},
    {"東京トヨタ自動車", "東京トヨタ自動車"},
    {"車", "車"},
    {"港", "港"},
    {"代", "代"},
    {"アクメ", "アクメ"},
    {"acme", " acme "},
    {"ltd", " ltd "},
    {"bre*", " bre"},
    {"breache*", " breache"},
    {"da*", " da"},
    {"th*", " th"},
    {"zeb*", " zeb"},
    {"xyz*", " xyz"},
    {"\"the data\"", " the data "},
    {"\"data breach\"", " data breach "},
    {"\"breach of the\"", " breach of the "},
    {"\"the bre*\"", " the bre"},
    {"\"united cars\"", " united cars "},
    {"\"cars united\"", " cars united "},
    {"\"zebra zebra\"", " zebra zebra "},
    {"e-mail", " e mail "},
    {"\"data トヨタ\"", " data トヨタ"},
    {"\"自動車 the\"", "自動車 the "},
};
#define N_OPERANDS (sizeof operands / sizeof *operands)

struct asked {
    unsigned operands[4];
    bool negated[4];
    size_t n;
};

static struct asked some_operands(int i)
{
    struct asked x = {.n = 1};
    if (i < (int)N_OPERANDS) {
        x.operands[0] = (unsigned)i;
        return x;
    }
    x.n = 1 + chance(4);
    for (size_t k = 0; k < x.n; k++) {
        x.operands[k] = chance(N_OPERANDS);
        x.negated[k] = k > 0 && chance(3) == 0;
    }
    return x;
}

static bool is_wanted(size_t i, const struct asked *x, bool withdrawn)
{
    if (made[i].listed == withdrawn)
        return false;
    for (size_t k = 0; k < x->n; k++)
        if (has(i, operands[x->operands[k]].part) == x->negated[k])
            return false;
    return true;
}

static struct query query_of(const struct asked *x, enum sort sort)
{
    struct query q = query_default(QUERY_INCIDENTS);
    struct strbuf text = STRBUF_INIT;
    const char **value = arena_array(fixture.mem, 1, sizeof *value);
    for (size_t k = 0; k < x->n; k++)
        strbuf_addf(&text, "%s%s%s", k ? " " : "", x->negated[k] ? "-" : "", operands[x->operands[k]].text);
    ck_assert_int_eq(search_parse(text.data, fixture.mem, &q.search, value), 0);
    q.filters[FILTER_TEXT] = (struct filter_values){value, 1};
    q.sort = sort;
    q.limit = LIMIT_PAGE_MOST;
    strbuf_done(&text);
    return q;
}

static size_t number_of(const char *id)
{
    return strtoul(id + strlen("made-"), NULL, 10);
}

/* --- tests --- */

START_TEST(searches_find_what_is_there)
{
    state = (uint32_t)_i;
    static const char *const withdrawn[] = {"withdrawn"};
    struct asked x = some_operands(_i);
    struct query q = query_of(&x, SORT_NEWEST);
    struct incident_page page;
    bool unlisted = _i % 7 == 3;
    if (unlisted)
        q.filters[FILTER_STATUS] = (struct filter_values){withdrawn, 1};
    ck_assert_int_eq(storage_list_incidents(fixture.rd, &q, ROWS_AS_MODEL, fixture.mem, &page), 0);
    size_t total = 0;
    for (size_t i = N_MADE; i-- > 0;) {
        if (!is_wanted(i, &x, unlisted))
            continue;
        if (total < page.n)
            ck_assert_msg(number_of(page.rows[total].id) == i, "%s: %s instead of made-%zu",
                          q.filters[FILTER_TEXT].values[0], page.rows[total].id, i);
        total++;
    }
    ck_assert_msg(page.page.total == total, "%s: %zu instead of %zu", q.filters[FILTER_TEXT].values[0],
                  page.page.total, total);
    ck_assert_uint_eq(page.n, total < q.limit ? total : q.limit);
}
END_TEST

/* Walked to the end and back, an order by relevance has each incident once. */
START_TEST(relevance_is_an_order)
{
    state = (uint32_t)_i;
    struct asked x = some_operands(_i * 3 + 4);
    struct query q = query_of(&x, SORT_RELEVANCE);
    struct incident_page page;
    const char **ids = arena_array(fixture.mem, N_MADE + 1, sizeof *ids);
    bool *seen = arena_array(fixture.mem, N_MADE, sizeof *seen);
    size_t n = 0, wanted = 0;
    for (size_t i = 0; i < N_MADE; i++)
        wanted += is_wanted(i, &x, false);
    q.limit = 1 + (unsigned)wanted / 7;
    if (q.limit > LIMIT_PAGE_MOST || wanted > 2000)
        q.limit = LIMIT_PAGE_MOST;
    for (int pages = 0; pages < 20; pages++) {
        ck_assert_int_eq(storage_list_incidents(fixture.rd, &q, ROWS_AS_MODEL, fixture.mem, &page), 0);
        ck_assert_uint_eq(page.page.total, wanted);
        ck_assert(page.page.sort == (wanted > LIMIT_RANKED ? SORT_NEWEST : SORT_RELEVANCE) || wanted == 0);
        for (size_t i = 0; i < page.n; i++) {
            size_t number = number_of(page.rows[i].id);
            ck_assert(is_wanted(number, &x, false) && !seen[number]);
            seen[number] = true;
            ids[n++] = page.rows[i].id;
        }
        if (!page.page.has_next)
            break;
        q.after = page.page.last;
    }
    ck_assert(n == wanted || page.page.has_next);
    q.after.n = 0;
    for (size_t at = n - page.n; page.page.has_prev && page.n; at -= page.n) {
        q.before = page.page.first;
        ck_assert_int_eq(storage_list_incidents(fixture.rd, &q, ROWS_AS_MODEL, fixture.mem, &page), 0);
        ck_assert_uint_le(page.n, at);
        for (size_t i = 0; i < page.n; i++)
            assert_text(page.rows[i].id, ids[at - page.n + i]);
        q.before.n = 0;
    }
}
END_TEST

/* What is in the title counts more than what is in the text; of equals the id decides. */
START_TEST(titles_weigh_more)
{
    struct asked x = {.operands = {5}, .n = 1};
    struct query q = query_of(&x, SORT_RELEVANCE);
    struct incident_page page;
    ck_assert_int_eq(storage_list_incidents(fixture.rd, &q, ROWS_AS_MODEL, fixture.mem, &page), 0);
    ck_assert_uint_gt(page.n, 5);
    ck_assert(strstr(made[number_of(page.rows[0].id)].texts[0], " zebra ") != NULL);
    for (size_t i = 1; i < page.n; i++) {
        size_t a = number_of(page.rows[i - 1].id), b = number_of(page.rows[i].id);
        bool equal = true;
        for (unsigned k = 0; k < N_TEXTS; k++)
            equal = equal && strcmp(made[a].texts[k], made[b].texts[k]) == 0;
        if (equal && made[a].org == made[b].org)
            ck_assert_str_lt(page.rows[i - 1].id, page.rows[i].id);
    }
}
END_TEST

/* What is written by hand into a query is no syntax either. */
START_TEST(tokens_are_never_syntax)
{
    static const char *const tokens[] = {"\"", "title:data", "NEAR(the data)",    "data\" OR \"the",
                                         "*",  "^the",       "{title}",           "-the",
                                         "",   "the*",       "; DROP TABLE words"};
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        for (int prefix = 0; prefix < 2; prefix++) {
            const struct search_term term = {.tokens = &tokens[i], .n = 1, .prefix = prefix};
            struct query q = query_default(QUERY_INCIDENTS);
            struct incident_page page;
            q.search = (struct search){&term, 1};
            q.filters[FILTER_TEXT] = (struct filter_values){&tokens[i], 1};
            q.sort = SORT_RELEVANCE;
            ck_assert_int_eq(storage_list_incidents(fixture.rd, &q, ROWS_AS_MODEL, fixture.mem, &page), 0);
            q.list = QUERY_DEALERS;
            struct org_page orgs;
            ck_assert_int_eq(storage_list_organizations(fixture.rd, &q, fixture.mem, &orgs), 0);
        }
}
END_TEST

static const struct {
    const char *text, *ids;
} names[] = {
    {"acme", "org-0"},         {"アク", "org-0"},         {"united", "org-1"},  {"ÜNITED LTD", "org-1"},
    {"\"cars ltd\"", "org-1"}, {"cars ltd acme", ""},     {"motors -acme", ""}, {"buc*", "org-2"},
    {"motors*", "org-0"},      {"\"motors アクメ\"", ""},
};

START_TEST(organizations_are_found_by_their_names)
{
    struct query q = query_default(QUERY_ORGANIZATIONS);
    struct org_page page;
    const char *canonical;
    struct strbuf ids = STRBUF_INIT;
    ck_assert_int_eq(search_parse(names[_i].text, fixture.mem, &q.search, &canonical), 0);
    q.filters[FILTER_TEXT] = (struct filter_values){&canonical, 1};
    ck_assert_int_eq(storage_list_organizations(fixture.rd, &q, fixture.mem, &page), 0);
    strbuf_adds(&ids, "");
    for (size_t i = 0; i < page.n; i++)
        strbuf_addf(&ids, "%s%s", i ? " " : "", page.rows[i].id);
    assert_text(ids.data, names[_i].ids);
    strbuf_done(&ids);
}
END_TEST

static void never(void *ctx, const char *line)
{
    (void)ctx;
    ck_abort_msg("%s", line);
}

START_TEST(stored_words_are_those_of_the_index)
{
    size_t faults = 1;
    char *error = NULL;
    ck_assert_int_eq(storage_check(fixture_path(&fixture, "out.db"), never, NULL, &faults, &error), 0);
    ck_assert_uint_eq(faults, 0);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("words");
    TCase *tc = tcase_create("words");
    tcase_add_unchecked_fixture(tc, make_catalogue, remove_catalogue);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, searches_find_what_is_there, 0, 160);
    tcase_add_loop_test(tc, relevance_is_an_order, 0, 30);
    tcase_add_test(tc, titles_weigh_more);
    tcase_add_test(tc, tokens_are_never_syntax);
    tcase_add_test(tc, stored_words_are_those_of_the_index);
    SUITE_LOOP(tc, organizations_are_found_by_their_names, names);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
