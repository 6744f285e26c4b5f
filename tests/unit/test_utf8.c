/* SPDX-License-Identifier: MIT */
/* Well-formedness and cutting of UTF-8. */
#include "suite.h"
#include "util/utf8.h"

#include <string.h>

static const struct {
    const char *text;
    size_t bytes;
    uint32_t character;
} characters[] = {
    {"A", 1, 0x41},
    {"\x7f", 1, 0x7f},
    {"\xc2\x80", 2, 0x80},
    {"\xc3\xbc", 2, 0xfc},
    {"\xdf\xbf", 2, 0x7ff},
    {"\xe0\xa0\x80", 3, 0x800},
    {"\xe3\x83\x88", 3, 0x30c8},
    {"\xed\x9f\xbf", 3, 0xd7ff},
    {"\xee\x80\x80", 3, 0xe000},
    {"\xef\xbf\xbf", 3, 0xffff},
    {"\xf0\x90\x80\x80", 4, 0x10000},
    {"\xf0\x9f\x9a\x97", 4, 0x1f697},
    {"\xf4\x8f\xbf\xbf", 4, 0x10ffff},
};

START_TEST(utf8_reads_characters)
{
    uint32_t got = 0;
    ck_assert_uint_eq(utf8_decode(characters[_i].text, strlen(characters[_i].text), &got),
                      characters[_i].bytes);
    ck_assert_uint_eq(got, characters[_i].character);
    ck_assert(utf8_is_valid(characters[_i].text, strlen(characters[_i].text)));
    for (size_t n = 0; n < characters[_i].bytes; n++) /* cut short */
        ck_assert_uint_eq(utf8_decode(characters[_i].text, n, &got), 0);
}
END_TEST

static const char *const bad[] = {
    "\x80",                     /* continuation alone */
    "\xbf",                     /* the same */
    "\xc0\x80",                 /* NUL, too long */
    "\xc0\xaf",                 /* slash, too long */
    "\xc1\xbf",                 /* U+007F, too long */
    "\xe0\x80\xaf",             /* slash in three */
    "\xe0\x9f\xbf",             /* U+07FF in three */
    "\xf0\x80\x80\xaf",         /* slash in four */
    "\xf0\x8f\xbf\xbf",         /* U+FFFF in four */
    "\xed\xa0\x80",             /* first surrogate */
    "\xed\xbf\xbf",             /* last surrogate */
    "\xed\xa0\xbd\xed\xba\x97", /* a pair of them (CESU-8) */
    "\xf4\x90\x80\x80",         /* U+110000 */
    "\xf5\x80\x80\x80",
    "\xf8\x88\x80\x80\x80", /* five bytes */
    "\xff",
    "\xfe",
    "\xc3",  /* cut short */
    "\xc3(", /* no continuation */
    "\xe3\x83",
    "\xe3\x83(",
    "\xe3(\x88",
    "\xf0\x9f\x9a",
    "\xf0\x9f\x9a(",
    "\xf0\x9f(\x97",
    "Z\xfcrich",     /* Latin-1 */
    "\x83g\x83\x88", /* Shift JIS */
};

START_TEST(utf8_refuses)
{
    char text[64] = "ok ";
    ck_assert(!utf8_is_valid(bad[_i], strlen(bad[_i])));
    strcat(text, bad[_i]);
    ck_assert(!utf8_is_valid(text, strlen(text)));
    strcat(text, " ok");
    ck_assert(!utf8_is_valid(text, strlen(text)));
}
END_TEST

START_TEST(utf8_takes_empty_text_and_nul)
{
    uint32_t got = 7;
    ck_assert(utf8_is_valid("", 0));
    ck_assert(utf8_is_valid(NULL, 0));
    ck_assert(utf8_is_valid("a\0b", 3));
    ck_assert_uint_eq(utf8_decode("", 1, &got), 1);
    ck_assert_uint_eq(got, 0);
    ck_assert_uint_eq(utf8_decode("\xc0\x80", 2, &got), 0);
    ck_assert_uint_eq(got, 0);
    ck_assert_uint_eq(utf8_decode("x", 1, NULL), 1);
}
END_TEST

START_TEST(utf8_counts_characters)
{
    ck_assert_uint_eq(utf8_count("", 0), 0);
    ck_assert_uint_eq(utf8_count("Z\xc3\xbcrich", 7), 6);
    ck_assert_uint_eq(utf8_count("\xe3\x83\x88\xe3\x83\xa8\xe3\x82\xbf", 9), 3);
    ck_assert_uint_eq(utf8_count("\xf0\x9f\x9a\x97!", 5), 2);
    ck_assert_uint_eq(utf8_count("\xff\xff", 2), 2);
}
END_TEST

static const struct {
    const char *text;
    size_t most, want;
} cuts[] = {
    {"abc", 0, 0},
    {"abc", 2, 2},
    {"abc", 3, 3},
    {"abc", 9, 3},
    {"", 5, 0},
    {"", 0, 0},
    {"Z\xc3\xbcrich", 1, 1},
    {"Z\xc3\xbcrich", 2, 1},
    {"Z\xc3\xbcrich", 3, 3},
    {"\xe3\x83\x88\xe3\x83\xa8", 1, 0},
    {"\xe3\x83\x88\xe3\x83\xa8", 2, 0},
    {"\xe3\x83\x88\xe3\x83\xa8", 3, 3},
    {"\xe3\x83\x88\xe3\x83\xa8", 5, 3},
    {"\xf0\x9f\x9a\x97!", 3, 0},
    {"\xf0\x9f\x9a\x97!", 4, 4},
    {"a\xf0\x9f\x9a\x97", 4, 1},
    {"\x80\x80\x80\x80\x80\x80\x80\x80", 6, 6}, /* not UTF-8: cut anywhere */
    {"\x80\x80\x80\x80", 1, 1},
};

START_TEST(utf8_cuts_between_characters)
{
    ck_assert_uint_eq(utf8_truncate(cuts[_i].text, strlen(cuts[_i].text), cuts[_i].most), cuts[_i].want);
}
END_TEST

START_TEST(utf8_takes_the_first_characters)
{
    ck_assert_uint_eq(utf8_prefix("abc", 3, 2), 2);
    ck_assert_uint_eq(utf8_prefix("abc", 3, 9), 3);
    ck_assert_uint_eq(utf8_prefix("\xe3\x83\x88\xe3\x83\xa8!", 7, 2), 6);
    ck_assert_uint_eq(utf8_prefix("\xe3\x83", 2, 1), 1); /* not UTF-8: a byte is a character */
    ck_assert_uint_eq(utf8_prefix("", 0, 5), 0);
}
END_TEST

START_TEST(utf8_tames_what_is_not_printable)
{
    static const struct {
        const char *text, *want;
    } cases[] = {
        {"Z\xc3\xbcrich \xf0\x9f\x9a\x97", "Z\xc3\xbcrich \xf0\x9f\x9a\x97"},
        {"\x1b[2J\x07", "?[2J?"},
        {"two\nlines\t\x7f", "two?lines??"},
        {"\xc2\x9b"
         "2J\xc2\x80\xc2\xa0",
         "??2J??\xc2\xa0"}, /* U+009B begins what U+001B [ does */
        {"\xe3\x83\xff\xe3", "????"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        (void)strcpy(text, cases[i].text);
        utf8_tame(text);
        ck_assert_str_eq(text, cases[i].want);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("utf8");
    SUITE_ADD(s, "text", utf8_takes_empty_text_and_nul, utf8_counts_characters,
              utf8_takes_the_first_characters, utf8_tames_what_is_not_printable);
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, utf8_reads_characters, characters);
    SUITE_LOOP(tc, utf8_refuses, bad);
    SUITE_LOOP(tc, utf8_cuts_between_characters, cuts);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
