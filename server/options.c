/* SPDX-License-Identifier: MIT */
/* The table of the daemon's settings and its one reader; see options.h. */
#include "options.h"

#include "http/field.h"
#include "model/spelling.h"
#include "option_values.h"
#include "util/ascii.h"
#include "util/limits.h"
#include "util/num.h"
#include "util/strbuf.h"
#include "util/utf8.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A number's fallback is the text of it. */
#define TEXT_OF(number) #number
#define TEXT(number)    TEXT_OF(number)

#define VARIABLE_PREFIX "BREACHD_"
#define VARIABLE_SIZE   48
#define SHOWN_MOST      80 /* a bad value is shown no longer than this */

/* ==== The table ==== */

#define WANTED_ADDRESS "ADDR:PORT with a numeric address, [ADDR]:PORT for IPv6, *:PORT or unix:/PATH"

enum kind {
    KIND_TEXT,
    KIND_WORD,
    KIND_NUMBER,
    KIND_SIZE,
    KIND_LISTEN,
    KIND_ADDRESS,
    KIND_PROXIES,
    KIND_ACTION
};

struct option {
    const char *name, *argument; /* argument NULL: takes none */
    enum kind kind;
    size_t at; /* of its member in struct options */
    const char *fallback;
    const char *wanted, *help;
    bool (*is_good)(const char *value); /* of KIND_TEXT */
    const char *const *words;           /* of KIND_WORD, in the order of its enum, up to a NULL */
    unsigned min, max;                  /* of KIND_NUMBER */
    enum options_action action;         /* of KIND_ACTION */
    bool required;
};

#define AT(member) offsetof(struct options, member)

static const struct option options[] = {
    {.name = "catalogue",
     .argument = "FILE",
     .kind = KIND_TEXT,
     .at = AT(catalogue),
     .is_good = value_is_path,
     .required = true,
     .wanted = "the path of a catalogue file",
     .help = "the catalogue to serve, as made by breachctl import"},
    {.name = "listen",
     .argument = "ADDR:PORT",
     .kind = KIND_LISTEN,
     .fallback = "127.0.0.1:8080",
     .wanted = WANTED_ADDRESS,
     .help = "where to listen: 127.0.0.1:8080, [::1]:8080, *:8080 (every address), unix:/run/breachd.sock; "
             "may be given several times, in the variable separated by commas"},
    {.name = "admin-listen",
     .argument = "ADDRESS",
     .kind = KIND_ADDRESS,
     .at = AT(admin),
     .wanted = WANTED_ADDRESS,
     .help = "where to serve /metrics, and /healthz, /readyz and /version as well, apart from the public "
             "(default: nowhere)"},
    {.name = "base-path",
     .argument = "PATH",
     .kind = KIND_TEXT,
     .at = AT(base_path),
     .fallback = "",
     .is_good = value_is_base_path,
     .wanted = "a path such as /breaches, without a slash at its end",
     .help = "the prefix of every link, when a proxy serves the daemon beneath a path"},
    {.name = "public-url",
     .argument = "URL",
     .kind = KIND_TEXT,
     .at = AT(public_url),
     .is_good = value_is_origin,
     .wanted = "http:// or https:// and a host, without a path",
     .help = "the origin under which people reach the daemon, for absolute links"},
    {.name = "trusted-proxy",
     .argument = "LIST",
     .kind = KIND_PROXIES,
     .wanted = "unix, an address or a range such as 10.0.0.0/8 or fd00::/8, with no bits behind the prefix",
     .help = "whose Forwarded or X-Forwarded-For, -Proto and -Host fields are believed: addresses, ranges "
             "such as 10.0.0.0/8, unix for socket files; separated by commas or given several times"},
    {.name = "contact",
     .argument = "URL",
     .kind = KIND_TEXT,
     .at = AT(contact),
     .is_good = value_is_contact,
     .wanted = "a mailto:, http:// or https:// URL",
     .help = "where errors in records are reported; shown on every record page and in security.txt"},
    {.name = "cache-control",
     .argument = "VALUE",
     .kind = KIND_TEXT,
     .at = AT(cache_control),
     .fallback = "public, max-age=60",
     .is_good = value_is_field_value,
     .wanted = "the value of a Cache-Control field",
     .help = "Cache-Control of pages and data"},
    {.name = "cache-size",
     .argument = "SIZE",
     .kind = KIND_SIZE,
     .at = AT(cache_bytes),
     .fallback = TEXT(LIMIT_CACHE),
     .wanted = "a number of bytes up to 1024G, alone or with K, M or G",
     .help = "memory that each catalogue in service keeps, half of it or more for answers; 0: no answers are "
             "kept"},
    {.name = "access-log",
     .argument = "FILE",
     .kind = KIND_TEXT,
     .at = AT(access_log),
     .fallback = "-",
     .is_good = value_is_path,
     .wanted = "a path, - for standard error, or off",
     .help = "a line for each request, to a file, - (standard error) or off; SIGHUP opens the file anew"},
    {.name = "log-format",
     .argument = "FORMAT",
     .kind = KIND_WORD,
     .at = AT(log_format),
     .words = say_formats,
     .fallback = "text",
     .wanted = "text or json",
     .help = "of the access log and of standard error: text, or json (a JSON object a line)"},
    {.name = "user",
     .argument = "NAME",
     .kind = KIND_TEXT,
     .at = AT(user),
     .is_good = value_is_path,
     .wanted = "the name of a user",
     .help = "started as root, become this user for good once the log and the addresses are open"},
    {.name = "sandbox",
     .argument = "MODE",
     .kind = KIND_WORD,
     .at = AT(sandbox),
     .words = sandbox_modes,
     .fallback = SANDBOX_DEFAULT,
     .wanted = "require, try or off",
     .help = "give up, before serving, all that serving does not need: require (or end), try (what the "
             "kernel has), off"},
    {.name = "threads",
     .argument = "N",
     .kind = KIND_NUMBER,
     .at = AT(threads),
     .min = 1,
     .max = 256,
     .help = "threads that answer requests (default: one a processor)"},
    {.name = "connections",
     .argument = "N",
     .kind = KIND_NUMBER,
     .at = AT(connections),
     .min = 8,
     .max = 1000000,
     .fallback = TEXT(LIMIT_CONNECTIONS),
     .help = "connections at a time; more wait"},
    {.name = "connections-per-address",
     .argument = "N",
     .kind = KIND_NUMBER,
     .at = AT(per_address),
     .min = 1,
     .max = 1000000,
     .help = "of those, as many from one IPv4 address or IPv6 /64, and as many requests at a time for one "
             "client of a "
             "trusted proxy; more are answered with 429 (default: any number)"},
    {.name = "idle-timeout",
     .argument = "SECONDS",
     .kind = KIND_NUMBER,
     .at = AT(idle_seconds),
     .min = 1,
     .max = 3600,
     .fallback = TEXT(LIMIT_IDLE_SECONDS),
     .help = "close a connection after so long without a byte"},
    {.name = "request-timeout",
     .argument = "SECONDS",
     .kind = KIND_NUMBER,
     .at = AT(request_seconds),
     .min = 1,
     .max = 3600,
     .fallback = TEXT(LIMIT_REQUEST_SECONDS),
     .help = "cut off who sends no whole request in so long, or takes a reply for as long and then slower "
             "than " TEXT(LIMIT_REPLY_RATE) " bytes a second"},
    {.name = "query-timeout",
     .argument = "MILLIS",
     .kind = KIND_NUMBER,
     .at = AT(query_millis),
     .min = 1,
     .max = 60000,
     .fallback = TEXT(LIMIT_QUERY_MILLIS),
     .help = "milliseconds that a question may wait for a reader of the catalogue, and that it may take; "
             "then 503"},
    {.name = "drain-timeout",
     .argument = "SECONDS",
     .kind = KIND_NUMBER,
     .at = AT(drain_seconds),
     .min = 0,
     .max = 3600,
     .fallback = TEXT(LIMIT_DRAIN_SECONDS),
     .help = "on SIGTERM, wait so long at most for requests that run"},
    {.name = "check",
     .argument = "URL",
     .kind = KIND_ACTION,
     .at = AT(check),
     .action = OPTIONS_CHECK,
     .help = "ask a running daemon, http://HOST:PORT/healthz; exit 0 when it answers 200, else 1"},
    {.name = "help", .kind = KIND_ACTION, .action = OPTIONS_HELP, .help = "print this text"},
    {.name = "version", .kind = KIND_ACTION, .action = OPTIONS_VERSION, .help = "print the version"},
};

#define OPTIONS_N (sizeof options / sizeof *options)

static void variable_of(const struct option *o, char ret[static VARIABLE_SIZE])
{
    size_t n = (size_t)snprintf(ret, VARIABLE_SIZE, VARIABLE_PREFIX "%s", o->name);

    for (size_t i = strlen(VARIABLE_PREFIX); i < n; i++)
        ret[i] = ret[i] == '-' ? '_' : ascii_upper(ret[i]);
}

/* ==== Reading ==== */

/* One value on its way into the settings. */
struct input {
    const struct option *option;
    const char *from; /* "--threads" or "BREACHD_THREADS" */
    const char *value;
};

struct reading {
    struct options *o;
    bool seen[OPTIONS_N];
    char **reterr;
};

/* One line: where the value comes from (NULL: nowhere but here), the value between quotes (NULL: none), cut
 * and without what a terminal would obey, and WHAT is the matter. */
static int fault(struct reading *r, const char *from, const char *value, const char *what)
{
    char shown[SHOWN_MOST + 1] = "";
    size_t n = value ? utf8_truncate(value, strlen(value), SHOWN_MOST) : 0;
    const char *quote = value ? "\"" : "";

    for (size_t i = 0; i < n; i++)
        shown[i] = (unsigned char)value[i] < 0x20 || value[i] == 0x7f ? '?' : value[i];
    if (asprintf(r->reterr, "%s%s%s%s%s%s%s%s", from ? from : "", from ? ": " : "", quote, shown,
                 value && value[n] ? "..." : "", quote, value ? " " : "", what) < 0)
        return -ENOMEM;
    return OPTIONS_E_FAULT;
}

static int fault_wanted(struct reading *r, const struct input *in)
{
    char what[256];

    if (in->option->kind == KIND_NUMBER)
        (void)snprintf(what, sizeof what, "is not a number from %u to %u", in->option->min, in->option->max);
    else
        (void)snprintf(what, sizeof what, "is not %s", in->option->wanted);
    return fault(r, in->from, in->value, what);
}

static int take_listen(struct reading *r, const struct input *in)
{
    struct options *o = r->o;

    if (o->n_listen == LIMIT_LISTENERS)
        return fault(r, in->from, in->value, "is one address more than can be listened on");
    if (listen_parse(in->value, &o->listen[o->n_listen]))
        return fault_wanted(r, in);
    o->listen_is_default = in->value == in->option->fallback;
    o->n_listen++;
    return 0;
}

/* A fault names the one that is wrong. */
static int take_proxies(struct reading *r, const struct input *in)
{
    struct field_span rest = field_span(in->value), item;
    char text[SHOWN_MOST + 1];
    int e = 0;

    while (!e && field_next(&rest, ',', &item))
        e = proxies_add(&r->o->proxies, item);
    (void)snprintf(text, sizeof text, "%.*s", (int)item.length, item.at);
    if (e == PROXIES_E_FULL)
        return fault(r, in->from, text, "is one more than can be trusted");
    return e ? fault_wanted(r, &(struct input){.option = in->option, .from = in->from, .value = text}) : 0;
}

/* An enum is as wide as unsigned. */
static int take_word(struct reading *r, const struct input *in, unsigned *ret)
{
    for (unsigned i = 0; in->option->words[i]; i++)
        if (strcmp(in->option->words[i], in->value) == 0) {
            *ret = i;
            return 0;
        }
    return fault_wanted(r, in);
}

static int take(struct reading *r, const struct input *in)
{
    const struct option *option = in->option;
    char *member = (char *)r->o + option->at;
    uint64_t number;

    switch (option->kind) {
    case KIND_LISTEN:
        return take_listen(r, in);
    case KIND_ADDRESS:
        return listen_parse(in->value, (struct listen_address *)(void *)member) ? fault_wanted(r, in) : 0;
    case KIND_PROXIES:
        return take_proxies(r, in);
    case KIND_WORD:
        return take_word(r, in, (unsigned *)(void *)member);
    case KIND_NUMBER:
        if (num_parse_u64(in->value, strlen(in->value), NUM_PLAIN, option->min, option->max, &number))
            return fault_wanted(r, in);
        *(unsigned *)(void *)member = (unsigned)number;
        return 0;
    case KIND_SIZE:
        return num_parse_size(in->value, LIMIT_CACHE_MOST, (uint64_t *)(void *)member) ? fault_wanted(r, in)
                                                                                       : 0;
    case KIND_TEXT:
        if (!option->is_good(in->value))
            return fault_wanted(r, in);
        *(const char **)(void *)member = in->value;
        return 0;
    case KIND_ACTION:
        r->o->action = option->action;
        if (option->argument)
            *(const char **)(void *)member = in->value;
        return 0;
    }
    return 0;
}

static int fault_unknown(struct reading *r, const char *word, const char *name)
{
    const struct option *nearest = NULL;
    char what[128];

    for (size_t i = 0; i < OPTIONS_N; i++)
        if (spelling_is_near(name, options[i].name) &&
            (!nearest || spelling_distance(name, options[i].name) < spelling_distance(name, nearest->name)))
            nearest = &options[i];
    if (nearest)
        (void)snprintf(what, sizeof what, "is not an option; did you mean --%s?", nearest->name);
    else
        (void)snprintf(what, sizeof what, "is not an option; --help lists them");
    return fault(r, NULL, word, what);
}

/* Splits WORD ("--name" or "--name=value") and finds its option. *ret_value NULL: none in the word. */
static int find_option(struct reading *r, const char *word, size_t *ret, const char **ret_value)
{
    const char *equals = strchr(word, '=');
    char name[64];
    size_t n = equals ? (size_t)(equals - word) : strlen(word);

    if (strncmp(word, "--", 2) != 0)
        return fault(r, NULL, word, "is not an option; --help lists them");
    n -= 2;
    if (n >= sizeof name)
        n = sizeof name - 1;
    memcpy(name, word + 2, n);
    name[n] = '\0';
    for (size_t i = 0; i < OPTIONS_N; i++)
        if (strcmp(options[i].name, name) == 0) {
            *ret = i;
            *ret_value = equals ? equals + 1 : NULL;
            return 0;
        }
    return fault_unknown(r, word, name);
}

static int read_word(struct reading *r, char *const *argv, int argc, int *i)
{
    char from[64];
    const char *value = NULL;
    size_t which = 0;
    const struct option *option;
    int e = find_option(r, argv[*i], &which, &value);

    if (e)
        return e;
    option = &options[which];
    (void)snprintf(from, sizeof from, "--%s", option->name);
    if (!option->argument && value)
        return fault(r, from, NULL, "takes no value");
    if (option->argument && !value) {
        if (*i + 1 >= argc)
            return fault(r, from, NULL, "needs a value; --help says which");
        value = argv[++*i];
    }
    if (r->seen[which] && option->kind != KIND_LISTEN && option->kind != KIND_PROXIES)
        return fault(r, from, NULL, "is given more than once");
    r->seen[which] = true;
    return take(r, &(struct input){.option = option, .from = from, .value = value});
}

/* A variable that holds a list is cut at its commas. */
static int read_list(struct reading *r, struct input *in)
{
    int e = 0;

    r->o->listen_text = strdup(in->value);
    if (!r->o->listen_text)
        return -ENOMEM;
    for (char *rest = r->o->listen_text; !e && rest;) {
        in->value = strsep(&rest, ",");
        e = take(r, in);
    }
    return e;
}

static int read_variable(struct reading *r, size_t which, char *(*get)(const char *name))
{
    char name[VARIABLE_SIZE];
    struct input in = {.option = &options[which], .from = name};

    if (in.option->kind == KIND_ACTION || r->seen[which])
        return 0;
    variable_of(in.option, name);
    in.value = get(name);
    if (in.value && *in.value)
        return in.option->kind == KIND_LISTEN ? read_list(r, &in) : take(r, &in);
    if (in.option->required) {
        char from[64], what[128];
        (void)snprintf(from, sizeof from, "--%s", in.option->name);
        (void)snprintf(what, sizeof what, "is not given, nor is %s; wanted is %s", name, in.option->wanted);
        return fault(r, from, NULL, what);
    }
    in.value = in.option->fallback;
    return in.value ? take(r, &in) : 0;
}

static unsigned processors(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);

    return n < 1 ? 1 : n > 256 ? 256 : (unsigned)n;
}

int options_parse(int argc, char *const *argv, char *(*get)(const char *name), struct options *ret,
                  char **reterr)
{
    struct options o = {.threads = processors()};
    struct reading r = {.o = &o, .reterr = reterr};
    int e = 0;

    for (int i = 1; !e && i < argc && o.action == OPTIONS_RUN; i++)
        e = read_word(&r, argv, argc, &i);
    for (size_t i = 0; !e && i < OPTIONS_N && o.action == OPTIONS_RUN; i++)
        e = read_variable(&r, i, get);
    if (e) {
        options_done(&o);
        return e;
    }
    *ret = o;
    return 0;
}

void options_done(struct options *o)
{
    free(o->listen_text);
    *o = (struct options){0};
}

/* ==== Help ==== */

/* Words of TEXT in lines of at most 56 columns, each after the first indented by 26. */
static void add_wrapped(struct strbuf *b, const char *text)
{
    size_t column = 0;

    while (*text) {
        size_t n = strcspn(text, " ");
        if (column && column + 1 + n > 56) {
            strbuf_addf(b, "\n%26s", "");
            column = 0;
        }
        if (column)
            strbuf_addc(b, ' ');
        strbuf_add(b, text, n);
        column += n + (column > 0);
        text += n;
        text += strspn(text, " ");
    }
    strbuf_addc(b, '\n');
}

static void add_option(struct strbuf *b, const struct option *o)
{
    char left[64], help[512];
    const char *sep = o->fallback && *o->fallback ? " (default: " : "";

    (void)snprintf(left, sizeof left, "--%s%s%s", o->name, o->argument ? " " : "",
                   o->argument ? o->argument : "");
    (void)snprintf(help, sizeof help, "%s%s%s%s", o->help, sep, *sep ? o->fallback : "", *sep ? ")" : "");
    strbuf_addf(b, "  %-23s ", left);
    add_wrapped(b, help);
}

char *options_help(void)
{
    struct strbuf b = STRBUF_INIT;
    char *text;

    strbuf_adds(&b, "usage: breachd --catalogue FILE [--listen ADDR:PORT]... [options]\n"
                    "Serves a catalogue of data breaches as web pages and data, and never writes.\n\n");
    for (size_t i = 0; i < OPTIONS_N; i++)
        add_option(&b, &options[i]);
    strbuf_adds(&b, "\nEvery option but the last three can be given in the environment: --base-path is\n"
                    "BREACHD_BASE_PATH. The command line wins.\n"
                    "SIGTERM and SIGINT: stop accepting, finish what runs, exit.\n"
                    "Exit status: 0 ended in order, 1 failed, 2 bad option.\n");
    text = strbuf_take(&b, NULL);
    strbuf_done(&b);
    return text;
}
