/* SPDX-License-Identifier: MIT */
/* The sandbox as a whole; see sandbox.h. */
#include "sandbox.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>

const char *const sandbox_modes[_SANDBOX_MODE_N + 1] = {
    [SANDBOX_REQUIRE] = "require", [SANDBOX_TRY] = "try", [SANDBOX_OFF] = "off"};

int sandbox_allow(struct sandbox *sb, enum sandbox_right right, int fd)
{
    if (sb->n == SANDBOX_ALLOWED_MOST)
        return -E2BIG;
    sb->allowed[sb->n++] = (struct sandbox_allowed){right, fd};
    return 0;
}

int sandbox_enforce(const struct sandbox *sb, enum sandbox_mode mode, struct sandbox_report *ret)
{
    struct sandbox_report r = {.mode = mode};

    if (mode != SANDBOX_OFF) {
        int landlock, filter;
        r.no_new_privileges = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
        landlock = sandbox_landlock(sb); /* whose calls the filter does not let through */
        filter = sandbox_filter(sb);
        r.landlock = landlock > 0 ? landlock : 0;
        r.no_landlock = landlock > 0 ? 0 : -landlock;
        r.seccomp = filter == 0;
        r.no_seccomp = -filter;
    }
    *ret = r;
    return mode == SANDBOX_OFF || (r.no_new_privileges && r.landlock && r.seccomp) ? 0 : SANDBOX_E_PARTIAL;
}

/* "; without Landlock (Operation not supported)", or "". */
static void say_missing(const char *name, int error, char *ret, size_t size)
{
    const char *why = error == ENOSYS ? "not in this kernel or build" : strerror(error);

    *ret = '\0';
    if (error)
        (void)snprintf(ret, size, "; without %s (%s)", name, why);
}

char *sandbox_say(const struct sandbox_report *r)
{
    char landlock[32] = "", no_landlock[96], no_seccomp[96], *text;

    if (r->mode == SANDBOX_OFF)
        return strdup("off");
    if (r->landlock)
        (void)snprintf(landlock, sizeof landlock, ", Landlock %d", r->landlock);
    say_missing("Landlock", r->no_landlock, no_landlock, sizeof no_landlock);
    say_missing("seccomp", r->no_seccomp, no_seccomp, sizeof no_seccomp);
    if (asprintf(&text, "%s%s%s%s%s", r->no_new_privileges ? "no new privileges" : "new privileges possible",
                 landlock, r->seccomp ? ", seccomp" : "", no_landlock, no_seccomp) < 0)
        return NULL;
    return text;
}
