/* SPDX-License-Identifier: MIT */
/* The reader of the daemon's settings; see options.h. */
#include "options.h"

#include "http/field.h"
#include "model/spelling.h"
#include "options_table.h"
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

#define VARIABLE_PREFIX "BREACHD_"
#define VARIABLE_SIZE   48
#define SHOWN_MOST      80 /* a bad value is shown no longer than this */

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
    bool seen[OPTIONS_MOST];
    char **reterr;
};

/* One line: where the value comes from (NULL: nowhere but here), the value between quotes (NULL: none), cut
 * and without what a terminal would obey, and WHAT is the matter. */
static int fault(struct reading *r, const char *from, const char *value, const char *what)
{
    char shown[SHOWN_MOST + 1] = "";
    size_t n = value ? utf8_truncate(value, strlen(value), SHOWN_MOST) : 0;
    const char *quote = value ? "\"" : "";

    if (n)
        memcpy(shown, value, n);
    utf8_tame(shown);
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

    for (size_t i = 0; i < options_n; i++)
        if (spelling_is_near(name, options_table[i].name) &&
            (!nearest ||
             spelling_distance(name, options_table[i].name) < spelling_distance(name, nearest->name)))
            nearest = &options_table[i];
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
    for (size_t i = 0; i < options_n; i++)
        if (strcmp(options_table[i].name, name) == 0) {
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
    option = &options_table[which];
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
    return take(r, &(struct input){.option = option, .from = from, .value = value ? value : ""});
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
    struct input in = {.option = &options_table[which], .from = name};

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
    for (size_t i = 0; !e && i < options_n && o.action == OPTIONS_RUN; i++)
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
    for (size_t i = 0; i < options_n; i++)
        add_option(&b, &options_table[i]);
    strbuf_adds(&b, "\nEvery option but the last three can be given in the environment: --base-path is\n"
                    "BREACHD_BASE_PATH. The command line wins.\n"
                    "SIGTERM and SIGINT: stop accepting, finish what runs, exit.\n"
                    "Exit status: 0 ended in order, 1 failed, 2 bad option.\n");
    text = strbuf_take(&b, NULL);
    strbuf_done(&b);
    return text;
}
