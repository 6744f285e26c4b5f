/* SPDX-License-Identifier: MIT */
/* The daemon's settings: where they come from, what they may be, and what is said about the others. */
#include "options.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>

/* The environment of a case: "NAME=value" texts up to a NULL. */
static const char *const *environment;

static char *get(const char *name)
{
    size_t n = strlen(name);

    for (size_t i = 0; environment && environment[i]; i++)
        if (strncmp(environment[i], name, n) == 0 && environment[i][n] == '=')
            return (char *)(environment[i] + n + 1);
    return NULL;
}

/* Parses WORDS up to a NULL. */
static int parse(const char *const *words, const char *const *env, struct options *ret, char **reterr)
{
    char *argv[16] = {(char *)"breachd"};
    int n = 1;

    for (; words[n - 1]; n++)
        argv[n] = (char *)words[n - 1];
    environment = env;
    return options_parse(n, argv, get, ret, reterr);
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NONE       ((const char *const[]){NULL})

START_TEST(defaults_fill_what_is_not_given)
{
    struct options o;
    char *text = NULL;

    ck_assert_int_eq(parse(WORDS("--catalogue", "c.db"), NONE, &o, &text), 0);
    ck_assert_int_eq(o.action, OPTIONS_RUN);
    assert_text(o.catalogue, "c.db");
    assert_text(o.base_path, "");
    assert_text(o.cache_control, "public, max-age=60");
    assert_text(o.access_log, "-");
    ck_assert_int_eq(o.log_format, SAY_TEXT);
    assert_text(sandbox_modes[o.sandbox], SANDBOX_DEFAULT);
    ck_assert_ptr_null(o.user);
    ck_assert(o.listen_is_default);
    ck_assert_uint_eq(o.cache_bytes, 64 << 20);
    ck_assert_ptr_null(o.public_url);
    ck_assert_ptr_null(o.contact);
    ck_assert_uint_eq(o.n_listen, 1);
    assert_text(o.listen[0].text, "127.0.0.1:8080");
    ck_assert_ptr_null(o.admin.text);
    ck_assert_uint_eq(o.connections, LIMIT_CONNECTIONS);
    ck_assert_uint_eq(o.idle_seconds, LIMIT_IDLE_SECONDS);
    ck_assert_uint_eq(o.drain_seconds, LIMIT_DRAIN_SECONDS);
    ck_assert_uint_eq(o.per_address, 0);
    ck_assert_uint_eq(o.request_seconds, LIMIT_REQUEST_SECONDS);
    ck_assert_uint_eq(o.query_millis, LIMIT_QUERY_MILLIS);
    ck_assert_uint_ge(o.threads, 1);
    options_done(&o);
}
END_TEST

START_TEST(the_command_line_beats_the_environment)
{
    struct options o;
    char *text = NULL;

    ck_assert_int_eq(parse(WORDS("--threads=3", "--listen", "[::1]:0", "--listen", "unix:/run/b"),
                           WORDS("BREACHD_CATALOGUE=e.db", "BREACHD_THREADS=many", "BREACHD_BASE_PATH=/b",
                                 "BREACHD_LISTEN=127.0.0.1:1,nonsense", "BREACHD_CONTACT="),
                           &o, &text),
                     0);
    assert_text(o.catalogue, "e.db");
    assert_text(o.base_path, "/b");
    ck_assert_ptr_null(o.contact);
    ck_assert_uint_eq(o.threads, 3);
    ck_assert_uint_eq(o.n_listen, 2);
    ck_assert(!o.listen_is_default);
    ck_assert_int_eq(o.listen[0].address.ss_family, AF_INET6);
    ck_assert_int_eq(o.listen[1].address.ss_family, AF_UNIX);
    options_done(&o);
}
END_TEST

START_TEST(a_list_in_the_environment_is_cut_at_commas)
{
    struct options o;
    char *text = NULL;

    ck_assert_int_eq(
        parse(WORDS("--catalogue", "c"), WORDS("BREACHD_LISTEN=127.0.0.1:1,*:2,unix:x"), &o, &text), 0);
    ck_assert_uint_eq(o.n_listen, 3);
    ck_assert(!o.listen_is_default);
    assert_text(o.listen[1].text, "*:2");
    ck_assert(o.listen[1].any);
    options_done(&o);
}
END_TEST

static const struct {
    const char *text;
    uint64_t bytes;
} sizes[] = {
    {"0", 0},
    {"0G", 0},
    {"1", 1},
    {"65536", 65536},
    {"64K", 65536},
    {"1M", 1 << 20},
    {"3G", 3ull << 30},
    {"1024G", 1ull << 40},
    {"1099511627776", 1ull << 40},
};

START_TEST(sizes_are_bytes_or_their_multiples)
{
    struct options o;
    char *text = NULL;

    ck_assert_int_eq(parse(WORDS("--catalogue", "c", "--cache-size", sizes[_i].text), WORDS(NULL), &o, &text),
                     0);
    ck_assert_uint_eq(o.cache_bytes, sizes[_i].bytes);
    options_done(&o);
}
END_TEST

START_TEST(proxies_are_listed_at_once_or_one_by_one)
{
    struct options o;
    char *text = NULL;

    ck_assert_int_eq(
        parse(WORDS("--catalogue", "c", "--trusted-proxy", "127.0.0.1, fd00::/8", "--trusted-proxy=unix"),
              WORDS("BREACHD_TRUSTED_PROXY=nonsense"), &o, &text),
        0);
    ck_assert_uint_eq(o.proxies.n, 2);
    ck_assert(o.proxies.local);
    options_done(&o);
    ck_assert_int_eq(parse(WORDS("--catalogue", "c"), WORDS("BREACHD_TRUSTED_PROXY=::1,unix"), &o, &text), 0);
    ck_assert_uint_eq(o.proxies.n, 1);
    ck_assert(o.proxies.local);
    options_done(&o);
}
END_TEST

START_TEST(actions_need_nothing_else)
{
    static const struct {
        const char *words[3];
        enum options_action action;
    } cases[] = {
        {{"--help"}, OPTIONS_HELP},
        {{"--version", "--nonsense"}, OPTIONS_VERSION},
        {{"--check", "http://127.0.0.1/"}, OPTIONS_CHECK},
    };
    const char *const *env = WORDS("BREACHD_THREADS=many", "BREACHD_HELP=1");
    struct options o;
    char *text = NULL;

    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        ck_assert_int_eq(parse(cases[i].words, env, &o, &text), 0);
        ck_assert_int_eq(o.action, cases[i].action);
        options_done(&o);
    }
    text = options_help();
    ck_assert_ptr_nonnull(strstr(text, "--drain-timeout SECONDS"));
    free(text);
}
END_TEST

static const struct {
    const char *words[6], *env[2], *says;
} bad[] = {
    {{NULL}, {NULL}, "--catalogue: is not given, nor is BREACHD_CATALOGUE"},
    {{"--catalogue"}, {NULL}, "--catalogue: needs a value"},
    {{"--catalogue", ""}, {NULL}, "--catalogue: \"\" is not the path"},
    {{"--catalogue", "a", "--catalogue", "b"}, {NULL}, "--catalogue: is given more than once"},
    {{"--catalog", "x"}, {NULL}, "\"--catalog\" is not an option; did you mean --catalogue?"},
    {{"--lisen=127.0.0.1:1"}, {NULL}, "did you mean --listen?"},
    {{"--catalogue=c", "--admin-listen=9180"}, {NULL}, "--admin-listen: \"9180\" is not ADDR:PORT"},
    {{"--admin-listen=*:1", "--admin-listen=*:2"}, {NULL}, "--admin-listen: is given more than once"},
    {{"--zzzzzzzz"}, {NULL}, "\"--zzzzzzzz\" is not an option; --help lists them"},
    {{"catalogue.db"}, {NULL}, "\"catalogue.db\" is not an option"},
    {{"-h"}, {NULL}, "\"-h\" is not an option"},
    {{"--help=yes"}, {NULL}, "--help: takes no value"},
    {{"--threads", "0"}, {NULL}, "--threads: \"0\" is not a number from 1 to 256"},
    {{"--threads", "257"}, {NULL}, "--threads: \"257\""},
    {{"--threads", "+4"}, {NULL}, "--threads: \"+4\""},
    {{"--threads", " 4"}, {NULL}, "--threads: \" 4\""},
    {{"--threads", "4x"}, {NULL}, "--threads: \"4x\""},
    {{"--catalogue", "c"}, {"BREACHD_THREADS=0"}, "BREACHD_THREADS: \"0\" is not a number from 1 to 256"},
    {{"--catalogue", "c"}, {"BREACHD_LISTEN=127.0.0.1:1,"}, "BREACHD_LISTEN: \"\" is not ADDR:PORT"},
    {{"--catalogue", "c"}, {"BREACHD_LISTEN=a,127.0.0.1:1"}, "BREACHD_LISTEN: \"a\" is not ADDR:PORT"},
    {{"--catalogue", "c"}, {"BREACHD_IDLE_TIMEOUT=0"}, "BREACHD_IDLE_TIMEOUT: \"0\" is not a number from 1"},
    {{"--sandbox", "on"}, {NULL}, "--sandbox: \"on\" is not require, try or off"},
    {{"--sandbox", ""}, {NULL}, "--sandbox: \"\" is not require, try or off"},
    {{"--log-format=xml"}, {NULL}, "--log-format: \"xml\" is not text or json"},
    {{"--catalogue=c"}, {"BREACHD_LOG_FORMAT=JSON"}, "BREACHD_LOG_FORMAT: \"JSON\" is not text or json"},
    {{"--user="}, {NULL}, "--user: \"\" is not the name of a user"},
    {{"--listen", ""}, {NULL}, "--listen: \"\" is not ADDR:PORT"},
    {{"--listen", "8080"}, {NULL}, "--listen: \"8080\""},
    {{"--listen", ":8080"}, {NULL}, "--listen: \":8080\""},
    {{"--listen", "127.0.0.1"}, {NULL}, "--listen: \"127.0.0.1\""},
    {{"--listen", "127.0.0.1:"}, {NULL}, "--listen: \"127.0.0.1:\""},
    {{"--listen", "127.0.0.1:65536"}, {NULL}, "--listen: \"127.0.0.1:65536\""},
    {{"--listen", "127.0.0.1:080"}, {NULL}, "--listen: \"127.0.0.1:080\""},
    {{"--listen", "127.1:80"}, {NULL}, "--listen: \"127.1:80\""},
    {{"--listen", "::1:80"}, {NULL}, "--listen: \"::1:80\""},
    {{"--listen", "[::1]"}, {NULL}, "--listen: \"[::1]\""},
    {{"--listen", "[127.0.0.1]:80"}, {NULL}, "--listen: \"[127.0.0.1]:80\""},
    {{"--listen", "[]:80"}, {NULL}, "--listen: \"[]:80\""},
    {{"--listen", "localhost:80"}, {NULL}, "--listen: \"localhost:80\""},
    {{"--listen", "unix:"}, {NULL}, "--listen: \"unix:\""},
    {{"--listen", "unix:/0123456789012345678901234567890123456789012345678901234567890123456789012345678901"
                  "23456789012345678901234567"},
     {NULL},
     "...\" is not ADDR:PORT"},
    {{"--base-path", "b"}, {NULL}, "--base-path: \"b\" is not a path"},
    {{"--base-path", "/"}, {NULL}, "--base-path: \"/\" is not a path"},
    {{"--base-path", "/b/"}, {NULL}, "--base-path: \"/b/\""},
    {{"--base-path", "//b"}, {NULL}, "--base-path: \"//b\""},
    {{"--base-path", "/a/../b"}, {NULL}, "--base-path: \"/a/../b\""},
    {{"--base-path", "/b?c"}, {NULL}, "--base-path: \"/b?c\""},
    {{"--base-path", "/<b>"}, {NULL}, "--base-path: \"/<b>\""},
    {{"--public-url", "breaches.example"}, {NULL}, "--public-url: \"breaches.example\" is not http://"},
    {{"--public-url", "https://breaches.example/"}, {NULL}, "--public-url:"},
    {{"--public-url", "https://user@breaches.example"}, {NULL}, "--public-url:"},
    {{"--public-url", "ftp://breaches.example"}, {NULL}, "--public-url:"},
    {{"--trusted-proxy", ""}, {NULL}, "--trusted-proxy: \"\" is not unix, an address"},
    {{"--trusted-proxy", "10.0.0.0/8,localhost"}, {NULL}, "--trusted-proxy: \"localhost\" is not unix, an"},
    {{"--trusted-proxy", "10.0.0.1/8"}, {NULL}, "--trusted-proxy: \"10.0.0.1/8\""},
    {{"--trusted-proxy", "unix,"}, {NULL}, "--trusted-proxy: \"\""},
    {{"--catalogue", "c"},
     {"BREACHD_TRUSTED_PROXY=::1/129"},
     "BREACHD_TRUSTED_PROXY: \"::1/129\" is not unix"},
    {{"--trusted-proxy",
      "::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,"
      "::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::1,::2"},
     {NULL},
     "--trusted-proxy: \"::2\" is one more than can be trusted"},
    {{"--contact", "someone@example.org"}, {NULL}, "--contact: \"someone@example.org\" is not a mailto:"},
    {{"--contact", "mailto:someone"}, {NULL}, "--contact:"},
    {{"--contact", "javascript:alert(1)"}, {NULL}, "--contact:"},
    {{"--contact", "https://example.org/\"x"}, {NULL}, "--contact:"},
    {{"--cache-size", "-1"}, {NULL}, "--cache-size: \"-1\" is not a number of bytes"},
    {{"--cache-size", "M"}, {NULL}, "--cache-size: \"M\""},
    {{"--cache-size", "1.5G"}, {NULL}, "--cache-size: \"1.5G\""},
    {{"--cache-size", "64MB"}, {NULL}, "--cache-size: \"64MB\""},
    {{"--cache-size", "64m"}, {NULL}, "--cache-size: \"64m\""},
    {{"--cache-size", "1025G"}, {NULL}, "--cache-size: \"1025G\""},
    {{"--cache-size", "1099511627777"}, {NULL}, "--cache-size: \"1099511627777\""},
    {{"--cache-size", ""}, {NULL}, "--cache-size: \"\""},
    {{"--access-log", ""}, {NULL}, "--access-log: \"\" is not a path"},
    {{"--cache-control", "no-store\r\nX: y"}, {NULL}, "--cache-control: \"no-store??X: y\" is not"},
};

START_TEST(faults_name_the_option_and_the_value)
{
    struct options o = {.action = OPTIONS_HELP};
    char *text = NULL;

    ck_assert_int_eq(parse(bad[_i].words, bad[_i].env, &o, &text), OPTIONS_E_FAULT);
    ck_assert_msg(strstr(text, bad[_i].says) != NULL, "%s\nwanted: %s", text, bad[_i].says);
    ck_assert_ptr_null(strchr(text, '\n'));
    ck_assert_int_eq(o.action, OPTIONS_HELP);
    free(text);
}
END_TEST

START_TEST(good_values_are_taken)
{
    static const char *const good[][2] = {
        {"--base-path", "/b"},
        {"--base-path", "/a/b-c_d.e~f"},
        {"--public-url", "https://breaches.example"},
        {"--public-url", "http://[::1]:8080"},
        {"--contact", "mailto:breaches+report@example.org"},
        {"--contact", "https://example.org/report?about=breaches"},
        {"--cache-control", "public, max-age=60, stale-while-revalidate=600"},
        {"--listen", "0.0.0.0:0"},
        {"--listen", "[::ffff:1.2.3.4]:65535"},
        {"--listen", "unix:relative.sock"},
        {"--drain-timeout", "0"},
        {"--connections", "8"},
        {"--admin-listen", "*:9180"},
        {"--admin-listen", "unix:/run/admin.sock"},
    };

    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct options o;
        char *text = NULL;
        int r = parse(WORDS("--catalogue", "c", good[i][0], good[i][1]), NONE, &o, &text);
        ck_assert_msg(r == 0, "%s %s: %s", good[i][0], good[i][1], text);
        options_done(&o);
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("options");
    TCase *faults = tcase_create("values");

    SUITE_ADD(s, "sources", defaults_fill_what_is_not_given, the_command_line_beats_the_environment,
              a_list_in_the_environment_is_cut_at_commas, proxies_are_listed_at_once_or_one_by_one,
              actions_need_nothing_else, good_values_are_taken);
    SUITE_LOOP(faults, sizes_are_bytes_or_their_multiples, sizes);
    SUITE_LOOP(faults, faults_name_the_option_and_the_value, bad);
    suite_add_tcase(s, faults);
    return suite_run(s);
}
