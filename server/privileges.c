/* SPDX-License-Identifier: MIT */
/* From root to a user; see privileges.h. */
#include "privileges.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <unistd.h>

int privileges_find(const char *name, struct account *ret)
{
    const struct passwd *p;

    errno = 0;
    p = getpwnam(name); /* there are no other threads yet */
    if (!p)
        return errno && errno != ENOENT && errno != ESRCH ? -errno : PRIVILEGES_E_UNKNOWN;
    if (p->pw_uid == 0)
        return PRIVILEGES_E_ROOT;
    if (geteuid() != 0 && geteuid() != p->pw_uid)
        return PRIVILEGES_E_NOT_ROOT;
    *ret = (struct account){.name = name, .uid = p->pw_uid, .gid = p->pw_gid};
    return 0;
}

static bool is_for_good(const struct account *a)
{
    uid_t uid[3] = {0};
    gid_t gid[3] = {0};

    if (getresuid(&uid[0], &uid[1], &uid[2]) < 0 || getresgid(&gid[0], &gid[1], &gid[2]) < 0)
        return false;
    for (unsigned i = 0; i < 3; i++)
        if (uid[i] != a->uid || gid[i] != a->gid)
            return false;
    return setuid(0) < 0 && seteuid(0) < 0;
}

int privileges_drop(const struct account *a)
{
    if (geteuid() != 0)
        return 0;
    if (initgroups(a->name, a->gid) < 0 || setresgid(a->gid, a->gid, a->gid) < 0 ||
        setresuid(a->uid, a->uid, a->uid) < 0)
        return -errno;
    return is_for_good(a) ? 0 : -EPERM;
}
