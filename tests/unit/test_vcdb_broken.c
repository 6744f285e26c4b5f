/* SPDX-License-Identifier: MIT */
/* A VERIS record with anything anywhere: each member replaced by each wrong value, one at a time. */
#include "vcdb_fixture.h"

#include "util/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Values that members are replaced by. */
static json_t *wrong_value(size_t i)
{
    enum { LONG = 70000, MANY = 150 };
    static const char *const texts[] = {
        "null",
        "true",
        "false",
        "0",
        "1",
        "-1",
        "1.5",
        "1e300",
        "9223372036854775807",
        "''",
        "' '",
        "'x'",
        "'Unknown'",
        "'\\u0001\\u0085'",
        "'\\u00e9\\ud83d\\ude97; , . ('",
        "'http://'",
        "'%s%n'",
        "[]",
        "[[]]",
        "[null]",
        "[1,true,{}]",
        "['a','a','b']",
        "{}",
        "{'variety':7}",
        "{'a':{'b':[{}]}}",
        "{'variety':{'x':1},'unit':{},'year':{}}",
    };
    size_t n = sizeof texts / sizeof *texts;
    if (i < n)
        return value_of(texts[i]);
    if (i == n) { /* a long text whose cut would split characters */
        char *text = malloc(LONG + 1);
        for (size_t k = 0; k + 1 < LONG; k += 2)
            memcpy(text + k, "\xc3\xa9", 2);
        text[LONG] = '\0';
        json_t *v = json_string(text);
        free(text);
        return v;
    }
    if (i > n + 2)
        return NULL;
    json_t *list = json_array();
    for (int k = 0; k < MANY; k++) {
        char word[32];
        (void)snprintf(word, sizeof word, "Word %d", k);
        json_t *v = i == n + 1 ? json_string(word) : json_pack("{s:s,s:i}", "variety", word, "amount", k - 5);
        json_array_append_new(list, v);
    }
    return list;
}

static void try_record(const json_t *v, const char *what, size_t variant)
{
    teardown();
    setup();
    read_value(v, "f.json", NULL);
    ck_assert_msg(got.records + got.report->rejected == 1, "%s, %zu: %zu records, %zu rejected", what,
                  variant, got.records, got.report->rejected);
    if (got.c->n_incidents)
        check_record(record(0));
    for (size_t i = 0; i < got.report->n_findings; i++)
        ck_assert(utf8_is_valid(got.report->findings[i].reason, strlen(got.report->findings[i].reason)));
}

static size_t tried;

/* Replaces each member and item below AT, one at a time, by each wrong value, and takes it away. */
static void break_below(json_t *root, json_t *at)
{
    const char *name;
    json_t *member;
    void *next;
    json_object_foreach_safe(at, next, name, member)
    {
        json_t *wrong;
        json_incref(member);
        for (size_t i = 0; (wrong = wrong_value(i)); i++, tried++) {
            json_object_set_new(at, name, wrong);
            try_record(root, name, i);
        }
        json_object_set_new(at, name, member); /* the same key stays in its place */
        break_below(root, json_object_get(at, name));
    }
    for (size_t k = 0; k < json_array_size(at); k++) {
        json_t *item = json_incref(json_array_get(at, k)), *wrong;
        for (size_t i = 0; (wrong = wrong_value(i)); i++, tried++) {
            json_array_set_new(at, k, wrong);
            try_record(root, "item", i);
        }
        json_array_set_new(at, k, item);
        break_below(root, json_array_get(at, k));
    }
}

START_TEST(test_broken)
{
    json_t *root = value_of("{'schema_version':'1.3.7'," WHOLE "}");
    tried = 0;
    break_below(root, root);
    ck_assert_uint_gt(tried, 3000);
    try_record(root, "whole", 0); /* and it is whole again */
    ck_assert_uint_eq(got.report->n_findings, 0);
    json_decref(root);
}
END_TEST

/* More members than are read: what is left is kept, and it says so. */
START_TEST(test_many)
{
    enum { MANY = 2500 };
    static const char *const paths[][3] = {{"victim", "secondary", "victim_id"},
                                           {"attribute", "confidentiality", "data"},
                                           {"action", "hacking", "variety"}};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        json_t *list = json_array();
        for (int k = 0; k < MANY; k++)
            json_array_append_new(list, json_sprintf("Word %d", k));
        json_t *v = json_pack("{s:s,s:{s:{s:o}}}", "schema_version", "1.4.1", paths[i][0], paths[i][1],
                              paths[i][2], list);
        try_record(v, paths[i][2], 0);
        ck_assert_uint_eq(got.c->n_incidents, 1);
        ck_assert_uint_eq(warnings("cut"), 1);
        json_decref(v);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("vcdb_broken");
    TCase *t = tcase_create("records");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_set_timeout(t, 300);
    tcase_add_test(t, test_broken);
    tcase_add_test(t, test_many);
    suite_add_tcase(s, t);
    return suite_run(s);
}
