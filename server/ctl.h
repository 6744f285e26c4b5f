/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_CTL_H
#define BREACHD_SERVER_CTL_H

/* What the verbs of breachctl share: exit statuses, and one reader of options by tables. */
#include <stddef.h>

enum ctl_status {
    CTL_OK = 0,
    CTL_FAILED = 1,
    CTL_USAGE = 2,
    CTL_PARTLY = 3, /* built, but something inside an input was rejected */
};

/* An option `--name VALUE`; VARIABLE is its environment variable. VALUE NULL: a switch, whose value is CTL_ON or NULL; its
 * variable is 1, yes or true, or 0, no or false. */
struct ctl_option {
    const char *name, *value, *variable, *help;
};

struct ctl_verb {
    const char *name, *operands, *help;
    const struct ctl_option *options;
    size_t n_options;
    size_t operands_least, operands_most;
    /* VALUES: one a row of OPTIONS, NULL where not given; OPERANDS: N of them. The exit status. */
    int (*run)(const char *const *values, const char *const *operands, size_t n);
};

#define CTL_ON "yes"

extern const struct ctl_verb ctl_import, ctl_pull, ctl_check, ctl_info;

/* One line on standard output; one on standard error, after "breachctl: ". What a server or a file made them say is kept from driving
 * the terminal. */
void ctl_tell(const char *format, ...) __attribute__((format(printf, 1, 2)));
void ctl_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
