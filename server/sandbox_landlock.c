/* SPDX-License-Identifier: MIT */
/*
 * The half of the sandbox that knows folders: Landlock, by the kernel's own calls. The kernel's header of the build may be older than
 * the kernel that runs it, so what is needed of it is written down here, by the ABI that it came with.
 */
#include "sandbox.h"

#include <errno.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define ASK_ABI      1u
#define PATH_BENEATH 1

/* https://docs.kernel.org/userspace-api/landlock.html, "Filesystem flags" */
enum {
    EXECUTE = 1 << 0,
    WRITE_FILE = 1 << 1,
    READ_FILE = 1 << 2,
    REMOVE_FILE = 1 << 5,
    MAKE_REG = 1 << 8,
};
#define OF_FILES ((uint64_t)(EXECUTE | WRITE_FILE | READ_FILE))

/* From each ABI on, what can be forbidden: to files, to TCP (bind, connect), to what lies outside of the sandbox (abstract sockets,
 * signals). All of it is. */
static const struct {
    int abi;
    uint64_t files, net, scoped;
} forbidden[] = {
    {1, 0x1fff, 0, 0},  /* to run, write, read, list, remove and make files */
    {2, 1 << 13, 0, 0}, /* to link and rename across folders */
    {3, 1 << 14, 0, 0}, /* to truncate */
    {4, 0, 0x3, 0},     /* to bind and connect TCP */
    {5, 1 << 15, 0, 0}, /* devices' ioctl */
    {6, 0, 0, 0x3},     /* abstract sockets, signals */
};

static const uint64_t rights[_SANDBOX_RIGHT_N] = {
    [SANDBOX_READ] = READ_FILE,
    [SANDBOX_APPEND] = WRITE_FILE | MAKE_REG,
    [SANDBOX_REMOVE] = REMOVE_FILE,
};

/* The kernel takes a longer one too, if what it does not know is zero. */
struct ruleset {
    uint64_t files, net, scoped;
};

struct beneath {
    uint64_t allowed;
    int32_t fd;
} __attribute__((packed));

static int allow(int ruleset, const struct sandbox_allowed *a)
{
    struct beneath rule = {.allowed = rights[a->right], .fd = a->fd};
    struct stat st;

    if (fstat(a->fd, &st) < 0)
        return -errno;
    if (!S_ISDIR(st.st_mode))
        rule.allowed &= OF_FILES;
    if (!rule.allowed || syscall(SYS_landlock_add_rule, ruleset, PATH_BENEATH, &rule, 0) == 0)
        return 0;
    return errno == EBADFD ? 0 : -errno; /* what lies in no folder, as a pipe does, is not forbidden */
}

static int restrict_by(int ruleset, const struct sandbox *sb)
{
    int r = 0;

    for (size_t i = 0; !r && i < sb->n; i++)
        r = allow(ruleset, &sb->allowed[i]);
    if (!r && syscall(SYS_landlock_restrict_self, ruleset, 0) < 0)
        r = -errno;
    return r;
}

int sandbox_landlock(const struct sandbox *sb)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, ASK_ABI), fd;
    struct ruleset all = {0};
    int r;

    if (abi < 0)
        return -errno;
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden && forbidden[i].abi <= abi; i++) {
        all.files |= forbidden[i].files;
        all.net |= forbidden[i].net;
        all.scoped |= forbidden[i].scoped;
    }
    fd = syscall(SYS_landlock_create_ruleset, &all, sizeof all, 0);
    if (fd < 0)
        return -errno;
    r = restrict_by((int)fd, sb);
    close((int)fd);
    return r ? r : (int)abi;
}
