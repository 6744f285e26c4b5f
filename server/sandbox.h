/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_SERVER_SANDBOX_H
#define BREACHD_SERVER_SANDBOX_H

/*
 * What the process may do from a point on, so that whoever takes it over can do no more: what was open stays so; files are read
 * beneath the folders that are named here, and nothing else is opened; no connection is made and no program run.
 *
 * Two things of the kernel hold that, each alone a good part of it. Landlock knows folders, seccomp knows system calls; both
 * bind the calling thread and the threads that it starts, so this comes before the first one.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stddef.h>

/* How a file is opened to be added to. Nothing else is ever opened but to be read. */
#define SANDBOX_APPEND_FLAGS (O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)

/* Sanitizers need what serving does not, so builds with them have another. */
#ifndef SANDBOX_DEFAULT
#define SANDBOX_DEFAULT "try"
#endif

enum sandbox_mode { SANDBOX_REQUIRE, SANDBOX_TRY, SANDBOX_OFF, _SANDBOX_MODE_N };

/* "require", "try", "off"; NULL after the last. */
extern const char *const sandbox_modes[_SANDBOX_MODE_N + 1];

enum sandbox_right {
    SANDBOX_READ,   /* files beneath are opened to be read */
    SANDBOX_APPEND, /* files beneath are made, and opened with SANDBOX_APPEND_FLAGS */
    SANDBOX_REMOVE, /* files beneath are removed */
    _SANDBOX_RIGHT_N,
};

#define SANDBOX_ALLOWED_MOST 32

/* What is to be allowed; begins as {0}. */
struct sandbox {
    struct sandbox_allowed {
        enum sandbox_right right;
        int fd;
    } allowed[SANDBOX_ALLOWED_MOST];
    size_t n;
};

/* What came of it: what is in force, and for the rest the errno that says why not. */
struct sandbox_report {
    enum sandbox_mode mode;
    bool no_new_privileges;
    int landlock; /* ABI; 0: not in force */
    bool seccomp;
    int no_landlock, no_seccomp;
};

/* Allows RIGHT beneath the folder FD, or of the one file FD (O_PATH is enough), which is the caller's and is open until
 * sandbox_enforce(). 0 or -E2BIG. */
int sandbox_allow(struct sandbox *sb, enum sandbox_right right, int fd);

/* Enforces what can be enforced, for good, by MODE (SANDBOX_OFF: nothing); *ret is always filled. 0, or
 * SANDBOX_E_PARTIAL: there is something that is not in force. */
enum { SANDBOX_E_PARTIAL = 1 };
int sandbox_enforce(const struct sandbox *sb, enum sandbox_mode mode, struct sandbox_report *ret);

/* "no new privileges, Landlock 7, seccomp; without ..." in words, or "off"; free() it. NULL: out of memory. */
char *sandbox_say(const struct sandbox_report *r);

/* Internal to the sandbox: its halves. The ABI that is in force, or a negative errno. */
int sandbox_landlock(const struct sandbox *sb);

/* 0 or a negative errno; -ENOSYS in a build without libseccomp. */
int sandbox_filter(const struct sandbox *sb);

#endif
