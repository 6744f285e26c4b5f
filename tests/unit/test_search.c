/* SPDX-License-Identifier: MIT */
/* Words of texts, and the language of searches. */
#include "query/fold.h"
#include "query/search.h"
#include "query/words.h"
#include "suite.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static struct arena *mem;

static void setup(void)
{
    mem = arena_new(0);
}

static void teardown(void)
{
    mem = arena_free(mem);
}

static const char *tokens_of(const char *text)
{
    struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, "");
    ck_assert_int_eq(words_index(text, mem, &b), 0);
    const char *tokens = arena_strdup(mem, b.data);
    strbuf_done(&b);
    return tokens;
}

static const struct {
    const char *text, *tokens;
} texts[] = {
    {NULL, ""},
    {"", ""},
    {" \t.,;:!?-_*\"'()[]{}<>/\\^~`|@#$%&+=", ""},
    {"Toyota", "toyota"},
    {"ＴＯＹＯＴＡ　ＭＯＴＯＲ", "toyota motor"},
    {"O'Reilly's e-mail, 3.1 million", "o reilly s e mail 3 1 million"},
    {"l’homme", "l homme"},
    {"AT&T snake_case", "at t snake case"},
    {"Rénault Škoda Citroën RÉNAULT", "renault skoda citroen renault"},
    {"Straße STRASSE", "strasse strasse"},
    {"İstanbul ISTANBUL", "istanbul istanbul"},
    {"ΌΜΗΡΟΣ όμηρος", "ομηροσ ομηροσ"},
    {"Ёлка ЙОД", "елка иод"},
    {"tiếng Việt", "tieng viet"},
    {"ﬁle №5 ½", "file no5 1 2"},
    {"e\xcc\x81t\xc2\xad\x65", "ete"},

    {"東京トヨタ自動車", "東京 京ト トヨ ヨタ タ自 自動 動車 車"},
    {"トヨタ", "トヨ ヨタ タ"},
    {"ﾄﾖﾀ", "トヨ ヨタ タ"},
    {"車", "車"},
    {"データ漏洩", "デー ータ タ漏 漏洩 洩"},
    {"ガ か\xe3\x82\x99", "ガ が"},
    {"ト・ヨ", "ト ヨ"},
    {"현대자동차 기아", "현대 대자 자동 동차 차 기아 아"},
    {"佐々木", "佐々 々木 木"},
    {"BMW香港 2019年3月", "bmw 香港 港 2019 年 3 月"},
    {"𠮷野家", "𠮷野 野家 家"},
    {"नमस्ते", "नमस्ते"},
    {"שלום", "שלום"},
    {"🚗 car🚗car", "car car"},
};

START_TEST(texts_have_words)
{
    assert_text(tokens_of(texts[_i].text), texts[_i].tokens);
}
END_TEST

START_TEST(long_words_are_cut)
{
    char text[200];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    ck_assert_uint_eq(strlen(tokens_of(text)), LIMIT_TOKEN_BYTES);
    for (size_t i = 1; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\xc4\x91", 3);
    const char *token = tokens_of(text);
    ck_assert_uint_eq(strlen(token), LIMIT_TOKEN_BYTES - 1);
    ck_assert(utf8_is_valid(token, strlen(token)));
}
END_TEST

/* "a|b c|-d*": terms, tokens. */
static const char *told(const struct search *s)
{
    struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < s->n; i++) {
        const struct search_term *t = &s->terms[i];
        strbuf_addf(&b, "%s%s", i ? "|" : "", t->negated ? "-" : "");
        for (size_t k = 0; k < t->n; k++)
            strbuf_addf(&b, "%s%s", k ? " " : "", t->tokens[k]);
        strbuf_adds(&b, t->prefix ? "*" : "");
    }
    const char *text = arena_strdup(mem, b.data);
    strbuf_done(&b);
    return text;
}

static const struct {
    const char *text, *terms, *canonical;
} searches[] = {
    {"toyota", "toyota", "toyota"},
    {"ＴＯＹＯＴＡ", "toyota", "toyota"},
    {"Toyota  breach", "breach|toyota", "breach toyota"},
    {"b a b A", "a|b", "a b"},
    {"\"Toyota Motor\" x", "toyota motor|x", "\"toyota motor\" x"},
    {"\"Toyota\"", "toyota", "toyota"},
    {"＂toyota motor＂　－leak　hack＊", "toyota motor|hack*|-leak", "\"toyota motor\" hack* -leak"},
    {"hack*", "hack*", "hack*"},
    {"hack**", "hack*", "hack*"},
    {"ha*", "ha*", "ha*"},
    {"h*", "h", "h"},
    {"*hack", "hack", "hack"},
    {"ha*ck", "ha ck", "\"ha ck\""},
    {"\"big hack*\"", "big hack*", "\"big hack*\""},
    {"\"big hack\"*", "big hack", "\"big hack\""},
    {"\"big h*\"", "big h", "\"big h\""},
    {"a -b", "a|-b", "a -b"},
    {"-b a", "a|-b", "a -b"},
    {"a -\"b c\" -d*", "a|-b c|-d", "a -\"b c\" -d"},
    {"a --b", "a|-b", "a -b"},
    {"a - b", "a|b", "a b"},
    {"a -", "a", "a"},
    {"a -a", "a|-a", "a -a"},
    {"e-mail", "e mail", "\"e mail\""},
    {"o'reilly", "o reilly", "\"o reilly\""},
    {"o'rei*", "o rei*", "\"o rei*\""},

    {"\"unbalanced", "unbalanced", "unbalanced"},
    {"un\"balanced", "un balanced", "\"un balanced\""},
    {"-\"unbalanced b", "b|-unbalanced", "b -unbalanced"},
    {"foo\"bar baz\"", "bar baz|foo", "\"bar baz\" foo"},
    {"\"\" a \" \" \"", "a", "a"},
    {"title:x", "title x", "\"title x\""},
    {"NEAR(a b, 5)", "b|near a|5", NULL},
    {"a AND b OR NOT c", "a|and|b|c|not|or", "a and b c not or"},
    {"^a {x y} : a + b", "a|b|x|y", "a b x y"},
    {"a) OR words MATCH (\"b", "a|b|match|or|words", "a b match or words"},
    {"'; DROP TABLE words; --", "drop|table|words", "drop table words"},

    {"東京トヨタ", "東京 京ト トヨ ヨタ", "東京トヨタ"},
    {"トヨ*", "トヨ", "トヨ"},
    {"車", "車*", "車"},
    {"-車 bmw", "bmw|-車*", "bmw -車"},
    {"\"bmw 香港\"", "bmw 香港", "\"bmw 香港\""},
    {"bmw香港", "bmw 香港", "\"bmw 香港\""},
    {"\"香港 bmw\"", "香港 港 bmw", "\"香港 bmw\""},
    {"2019年", "2019 年*", "\"2019 年\""},
    {"トヨタ・自動", "トヨ ヨタ タ 自動", "\"トヨタ 自動\""},
};

START_TEST(searches_have_terms)
{
    struct search s;
    const char *canonical, *again;
    ck_assert_int_eq(search_parse(searches[_i].text, mem, &s, &canonical), 0);
    if (searches[_i].canonical) {
        assert_text(told(&s), searches[_i].terms);
        assert_text(canonical, searches[_i].canonical);
    }
    const char *terms = told(&s);
    ck_assert_int_eq(search_parse(canonical, mem, &s, &again), 0);
    assert_text(again, canonical);
    assert_text(told(&s), terms);
}
END_TEST

static const struct {
    const char *text;
    int outcome;
} refused[] = {
    {"", SEARCH_E_NOTHING},
    {"   ", SEARCH_E_NOTHING},
    {"-", SEARCH_E_NOTHING},
    {"*", SEARCH_E_NOTHING},
    {"\"", SEARCH_E_NOTHING},
    {"\"\"", SEARCH_E_NOTHING},
    {"^ : ( ) { }", SEARCH_E_NOTHING},
    {"-a", SEARCH_E_NOTHING},
    {"-a -\"b c\"", SEARCH_E_NOTHING},
    {"🚗", SEARCH_E_NOTHING},
    {"a b c d e f g h i j k l m n o p q", SEARCH_E_MANY},
};

START_TEST(searches_without_words_are_refused)
{
    struct search s;
    const char *canonical;
    ck_assert_int_eq(search_parse(refused[_i].text, mem, &s, &canonical), refused[_i].outcome);
    ck_assert_ptr_nonnull(search_reason(refused[_i].outcome));
}
END_TEST

START_TEST(searches_are_bounded)
{
    char text[LIMIT_TEXT_QUERY_BYTES + 2];
    struct search s;
    const char *canonical;
    memset(text, 'a', sizeof text);
    text[LIMIT_TEXT_QUERY_BYTES + 1] = '\0';
    ck_assert_int_eq(search_parse(text, mem, &s, &canonical), SEARCH_E_LONG);
    text[LIMIT_TEXT_QUERY_BYTES] = '\0';
    ck_assert_int_eq(search_parse(text, mem, &s, &canonical), 0);
    text[0] = '"';
    for (size_t i = 1; i <= LIMIT_TOKENS; i++)
        memcpy(text + 2 * i - 1, "a ", 2);
    strcpy(text + 2 * LIMIT_TOKENS, "\"");
    ck_assert_int_eq(search_parse(text, mem, &s, &canonical), 0);
    strcpy(text + 2 * LIMIT_TOKENS, " b\"");
    ck_assert_int_eq(search_parse(text, mem, &s, &canonical), SEARCH_E_MANY);
}
END_TEST

/* Folding what is folded changes nothing, for every character there is. */
START_TEST(folding_is_final)
{
    for (uint32_t c = 0x80; c < 0x110000; c++) {
        char text[16];
        int n = c < 0x800 ? snprintf(text, sizeof text, "%c%c", (int)(0xc0 | c >> 6), (int)(0x80 | (c & 63)))
                : c < 0x10000 ? snprintf(text, sizeof text, "%c%c%c", (int)(0xe0 | c >> 12),
                                         (int)(0x80 | (c >> 6 & 63)), (int)(0x80 | (c & 63)))
                              : snprintf(text, sizeof text, "%c%c%c%c", (int)(0xf0 | c >> 18),
                                         (int)(0x80 | (c >> 12 & 63)), (int)(0x80 | (c >> 6 & 63)),
                                         (int)(0x80 | (c & 63)));
        if (!utf8_is_valid(text, (size_t)n))
            continue;
        const char *once = fold_search(text, mem);
        assert_text(fold_search(once, mem), once);
        if (c % 4096 == 0) {
            teardown();
            setup();
        }
    }
}
END_TEST

/* Bytes that mean something here, thrown together: never a crash, and what is taken is taken again. */
START_TEST(any_text_is_refused_or_canonical)
{
    static const char *const parts[] = {
        "a",    "bc", "-", "\"", "*", " ", "\xc3\xa9", "e\xcc\x81",    "東", "京都", "ﬁ", "½",
        "ＡＢ", "ﷺ",  "'", ":",  "^", "(", "\xcc\x81", "\xe3\x82\x99", "か", "0",    "x", "\t"};
    uint32_t state = 1;
    size_t taken = 0;
    for (int round = 0; round < 40000; round++) {
        struct strbuf b = STRBUF_INIT;
        struct search s;
        const char *canonical, *again;
        for (int i = 0; i < 3 + round % 20; i++) {
            state = state * 1664525 + 1013904223;
            strbuf_adds(&b, parts[(state >> 8) % (sizeof parts / sizeof *parts)]);
        }
        int r = search_parse(b.data, mem, &s, &canonical);
        ck_assert_int_ge(r, 0);
        if (r == 0) {
            taken++;
            const char *terms = told(&s);
            ck_assert_msg(search_parse(canonical, mem, &s, &again) == 0, "%s", b.data);
            ck_assert_msg(strcmp(again, canonical) == 0, "%s: %s, then %s", b.data, canonical, again);
            assert_text(told(&s), terms);
        }
        strbuf_done(&b);
        teardown();
        setup();
    }
    ck_assert_uint_gt(taken, 20000);
}
END_TEST

/* Whatever part of a text one searches for is found in its tokens as a row, the last as a beginning. */
START_TEST(parts_of_runs_are_rows_of_tokens)
{
    const char *text = "東京トヨタ自動車";
    const char *tokens = arena_printf(mem, " %s ", tokens_of(text));
    for (size_t i = 0; text[i]; i += 3)
        for (size_t n = 3; i + n <= strlen(text); n += 3) {
            struct search s;
            const char *canonical;
            ck_assert_int_eq(search_parse(arena_strndup(mem, text + i, n), mem, &s, &canonical), 0);
            ck_assert_uint_eq(s.n, 1);
            ck_assert(s.terms[0].prefix == (n == 3));
            const char *row = told(&s);
            row = arena_printf(mem, " %.*s%s", (int)strcspn(row, "*"), row, n == 3 ? "" : " ");
            ck_assert_msg(strstr(tokens, row) != NULL, "%s", row);
        }
}
END_TEST

START_TEST(memory_running_out_is_an_error)
{
    struct arena *whole = mem;
    for (size_t room = 0; room < 600; room += 9) {
        struct search s;
        const char *canonical;
        mem = arena_new(room);
        int r = search_parse("\"Rénault x*\" 東京 -b", mem, &s, &canonical);
        ck_assert(r <= 0);
        mem = arena_free(mem);
    }
    mem = whole;
}
END_TEST

int main(void)
{
    Suite *s = suite_create("search");
    TCase *tc = tcase_create("search");
    tcase_add_checked_fixture(tc, setup, teardown);
    SUITE_LOOP(tc, texts_have_words, texts);
    tcase_add_test(tc, long_words_are_cut);
    SUITE_LOOP(tc, searches_have_terms, searches);
    SUITE_LOOP(tc, searches_without_words_are_refused, refused);
    tcase_add_test(tc, searches_are_bounded);
    tcase_add_test(tc, folding_is_final);
    tcase_add_test(tc, any_text_is_refused_or_canonical);
    tcase_add_test(tc, parts_of_runs_are_rows_of_tokens);
    tcase_add_test(tc, memory_running_out_is_an_error);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
