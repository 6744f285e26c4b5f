/* SPDX-License-Identifier: MIT */
/*
 * breachctl: makes, fetches, checks and describes catalogues. Here are the command line and the table of verbs; each
 * verb is in a file of its own (ctl_*.c).
 */
#include "ctl.h"

#include "model/spelling.h"
#include "render/render.h"
#include "util/utf8.h"
#include "version.h"

#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct ctl_verb *const verbs[] = {&ctl_import, &ctl_pull, &ctl_check, &ctl_info};
#define N_VERBS (sizeof verbs / sizeof *verbs)

#define OPTIONS_MOST 8

__attribute__((format(printf, 3, 0))) static void print_line(FILE *out, const char *before,
                                                             const char *format, va_list args)
{
    char *text = NULL;
    if (vasprintf(&text, format, args) < 0)
        text = NULL;
    if (text)
        utf8_tame(text);
    (void)fprintf(out, "%s%s\n", before, text ? text : "out of memory");
    free(text);
}

void ctl_tell(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_line(stdout, "", format, args);
    va_end(args);
}

void ctl_complain(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    print_line(stderr, "breachctl: ", format, args);
    va_end(args);
}

static void print_verb(const struct ctl_verb *v)
{
    (void)printf("  breachctl %s%s %s\n      %s\n", v->name, v->n_options ? " [OPTION]…" : "", v->operands,
                 v->help);
    for (size_t i = 0; i < v->n_options; i++) {
        const struct ctl_option *o = &v->options[i];
        (void)printf("      --%s%s%s  %s", o->name, o->value ? " " : "", o->value ? o->value : "", o->help);
        if (o->variable)
            (void)printf(" (%s)", o->variable);
        (void)putchar('\n');
    }
}

static int print_help(void)
{
    (void)puts("breachctl makes, fetches, checks and describes catalogues of data breaches for breachd.\n");
    for (size_t i = 0; i < N_VERBS; i++)
        print_verb(verbs[i]);
    (void)puts("  breachctl --help | --version\n\n"
               "Exit status: 0 done; 1 failed, and no file was changed; 2 not understood; 3 imported, but "
               "something\n"
               "inside an input was rejected.");
    return CTL_OK;
}

static const struct ctl_verb *find_verb(const char *name)
{
    for (size_t i = 0; i < N_VERBS; i++)
        if (strcmp(verbs[i]->name, name) == 0)
            return verbs[i];
    return NULL;
}

static int complain_verb(const char *name)
{
    const char *near = NULL;
    for (size_t i = 0; i < N_VERBS; i++)
        if (spelling_is_near(name, verbs[i]->name))
            near = verbs[i]->name;
    if (near)
        ctl_complain("unknown command \"%s\"; did you mean \"%s\"?", name, near);
    else
        ctl_complain("unknown command \"%s\"; see breachctl --help", name);
    return CTL_USAGE;
}

static int complain_option(const struct ctl_verb *v, const char *option)
{
    for (size_t i = 0; i < v->n_options; i++)
        if (spelling_is_near(option + strspn(option, "-"), v->options[i].name)) {
            ctl_complain("unknown option %s; did you mean --%s?", option, v->options[i].name);
            return CTL_USAGE;
        }
    ctl_complain("unknown option %s; see breachctl --help", option);
    return CTL_USAGE;
}

/* Whether ARG is `--NAME` or `--NAME=…`; then *ret_value is what follows the sign, or NULL. */
static bool is_option(const char *arg, const char *name, const char **ret_value)
{
    size_t n = strlen(name);
    if (strncmp(arg, "--", 2) != 0 || strncmp(arg + 2, name, n) != 0)
        return false;
    const char *rest = arg + 2 + n;
    *ret_value = *rest == '=' ? rest + 1 : NULL;
    return *rest == '=' || *rest == '\0';
}

struct command {
    const struct ctl_verb *verb;
    const char *values[OPTIONS_MOST];
    const char **operands;
    size_t n_operands;
};

/* The value of option O at ARGV[*at], where `--NAME=` may have given it; a status, or -1 to go on. */
static int take_value(const struct ctl_option *o, int argc, char **argv, int *at, const char **value)
{
    if (!o->value && *value) {
        ctl_complain("--%s takes no value", o->name);
        return CTL_USAGE;
    }
    if (!o->value)
        *value = CTL_ON;
    else if (!*value && *at + 1 < argc)
        *value = argv[++*at];
    if (!*value || !**value) {
        ctl_complain("--%s needs a value: %s", o->name, o->value);
        return CTL_USAGE;
    }
    return -1;
}

/* Takes the option at ARGV[*at], and its value; a status, or -1 to go on. */
static int take_option(struct command *c, int argc, char **argv, int *at)
{
    const char *value;
    for (size_t i = 0; i < c->verb->n_options; i++) {
        if (!is_option(argv[*at], c->verb->options[i].name, &value))
            continue;
        int status = take_value(&c->verb->options[i], argc, argv, at, &value);
        if (status >= 0)
            return status;
        if (c->values[i]) {
            ctl_complain("--%s is given twice", c->verb->options[i].name);
            return CTL_USAGE;
        }
        c->values[i] = value;
        return -1;
    }
    return complain_option(c->verb, argv[*at]);
}

static int take_arguments(struct command *c, int argc, char **argv)
{
    bool options_end = false;
    for (int i = 0; i < argc; i++) {
        if (options_end || argv[i][0] != '-' || !argv[i][1]) {
            c->operands[c->n_operands++] = argv[i];
            continue;
        }
        if (strcmp(argv[i], "--") == 0) {
            options_end = true;
            continue;
        }
        if (strcmp(argv[i], "--help") == 0)
            return print_help();
        int status = take_option(c, argc, argv, &i);
        if (status >= 0)
            return status;
    }
    return -1;
}

/* What the variable of a switch means: CTL_ON, NULL, or neither. */
static bool read_switch(const char *value, const char **ret)
{
    static const char *const on[] = {"1", "yes", "true"}, *const off[] = {"0", "no", "false"};
    for (size_t i = 0; i < sizeof on / sizeof *on; i++)
        if (strcmp(value, on[i]) == 0 || strcmp(value, off[i]) == 0) {
            *ret = strcmp(value, on[i]) == 0 ? CTL_ON : NULL;
            return true;
        }
    return false;
}

/* The command line wins over the environment; an empty variable counts as not set. A status, or -1 to go on. */
static int take_environment(struct command *c)
{
    for (size_t i = 0; i < c->verb->n_options; i++) {
        const char *variable = c->verb->options[i].variable;
        const char *value = variable && !c->values[i] ? getenv(variable) : NULL;
        if (!value || !*value)
            continue;
        c->values[i] = value;
        if (!c->verb->options[i].value && !read_switch(value, &c->values[i])) {
            ctl_complain("%s: \"%s\" is neither yes nor no", variable, value);
            return CTL_USAGE;
        }
    }
    return -1;
}

static int run_verb(const struct ctl_verb *verb, int argc, char **argv)
{
    struct command c = {.verb = verb, .operands = calloc((size_t)argc + 1, sizeof *c.operands)};
    if (!c.operands) {
        ctl_complain("out of memory");
        return CTL_FAILED;
    }
    int status = take_arguments(&c, argc, argv);
    if (status < 0)
        status = take_environment(&c);
    if (status < 0 && (c.n_operands < verb->operands_least || c.n_operands > verb->operands_most)) {
        ctl_complain("%s takes %s; see breachctl --help", verb->name, verb->operands);
        status = CTL_USAGE;
    }
    if (status < 0)
        status = verb->run(c.values, c.operands, c.n_operands);
    free(c.operands);
    return status;
}

static int run(int argc, char **argv)
{
    if (argc < 2) {
        ctl_complain("nothing to do; see breachctl --help");
        return CTL_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0)
        return print_help();
    if (strcmp(argv[1], "--version") == 0) {
        (void)puts("breachctl " BREACHD_VERSION " (" BREACHD_REVISION ")");
        return CTL_OK;
    }
    const struct ctl_verb *verb = find_verb(argv[1]);
    return verb ? run_verb(verb, argc - 2, argv + 2) : complain_verb(argv[1]);
}

int main(int argc, char **argv)
{
    /* a file size limit is then an error like a full disk, not the end of the process */
    (void)signal(SIGXFSZ, SIG_IGN);
    render_init();
    int status = run(argc, argv);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        ctl_complain("cannot write to standard output");
        return status == CTL_OK ? CTL_FAILED : status;
    }
    return status;
}
