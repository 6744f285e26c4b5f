/* SPDX-License-Identifier: MIT */
/* EDTF in words. */
#include "suite.h"

#include "model/edtf.h"

static struct edtf date(const char *text)
{
    struct edtf d = EDTF_UNKNOWN;
    if (text)
        ck_assert_msg(edtf_parse(text, &d) == 0, "%s", text);
    return d;
}

static const struct {
    const char *text, *words;
} said[] = {{NULL, "not known"},
            {"2019-03-29", "29 March 2019"},
            {"2019-01-01", "1 January 2019"},
            {"2019-12-31", "31 December 2019"},
            {"0800-05-06", "6 May 800"},
            {"2019-03", "March 2019"},
            {"2019", "2019"},
            {"2019-03-21~", "about 21 March 2019"},
            {"2019-03~", "about March 2019"},
            {"2019?", "2019 (uncertain)"},
            {"2019%", "about 2019 (uncertain)"},
            {"201X", "some year from 2010 to 2019"},
            {"20XX", "some year from 2000 to 2099"},
            {"2004-XX", "some month of 2004"},
            {"1985-04-XX", "some day of April 1985"},
            {"1985-XX-XX", "some day of 1985"},
            {"2001-21", "spring 2001"},
            {"2001-22", "summer 2001"},
            {"2001-23", "autumn 2001"},
            {"2001-24", "winter 2001"},
            {"2001-21~", "about spring 2001"},
            {"1985-04-12T23:20:30", "12 April 1985, 23:20:30"},
            {"1985-04-12T23:20:30Z", "12 April 1985, 23:20:30 UTC"},
            {"1985-04-12T23:20:30-04", "12 April 1985, 23:20:30 UTC-04"},
            {"1985-04-12T23:20:30+04:30", "12 April 1985, 23:20:30 UTC+04:30"},
            {"2018-10-13/2019-12-13", "from 13 October 2018 to 13 December 2019"},
            {"2019-10-13/2019-12-13", "from 13 October to 13 December 2019"},
            {"2019-10-13/2019-10-20", "from 13 to 20 October 2019"},
            {"2019-10-13~/2019-10-20", "from about 13 to 20 October 2019"},
            {"2019-10-13/2019-10-20~", "from 13 October to about 20 October 2019"},
            {"2019-10-13?/2019-10-20", "from 13 October 2019 (uncertain) to 20 October 2019"},
            {"2019-10-13/2019-10-20?", "from 13 October 2019 to 20 October 2019 (uncertain)"},
            {"2019-03/2019-05", "from March to May 2019"},
            {"2019-03/2019-05-02", "from March 2019 to 2 May 2019"},
            {"2019/2021", "from 2019 to 2021"},
            {"2019-03-29/2019-03-29", "29 March 2019"},
            {"2019-03~/2019-03", "from about March to March 2019"},
            {"2019-03-29/..", "from 29 March 2019 on"},
            {"2019~/..", "from about 2019 on"},
            {"2019-03/", "from March 2019, end not known"},
            {"../2019-03", "up to March 2019"},
            {"/2019-03", "up to March 2019, beginning not known"},
            {"[2021-03..2021-05]", "some time between March and May 2021"},
            {"[2020..2021]", "some time between 2020 and 2021"},
            {"[2020-12-30..2021-01-02]", "some time between 30 December 2020 and 2 January 2021"},
            {"[..2019-03]", "some time up to March 2019"},
            {"[2019-03..]", "some time from March 2019 on"}};

START_TEST(edtf_is_told_in_words)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct edtf d = date(said[_i].text);
    assert_text(edtf_words(&d, mem), said[_i].words);
}
END_TEST

START_TEST(edtf_words_without_memory_are_null)
{
    static const char *const texts[] = {NULL, "2019-03-29", "2019-03~/2019-05?", "../2019", "[2019..]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct edtf d = date(texts[i]);
        for (size_t room = 1; room < 10; room++) {
            _cleanup_arena_ struct arena *mem = arena_new(room);
            ck_assert_ptr_null(edtf_words(&d, mem));
        }
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("edtf words");
    TCase *tc = tcase_create("tables");
    SUITE_LOOP(tc, edtf_is_told_in_words, said);
    suite_add_tcase(s, tc);
    SUITE_ADD(s, "singles", edtf_words_without_memory_are_null);
    return suite_run(s);
}
