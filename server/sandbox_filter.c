/* SPDX-License-Identifier: MIT */
/*
 * The half of the sandbox that knows system calls: a list of those that serving needs, by libseccomp, whose front door this is. Any other
 * fails with EPERM, as if it were forbidden to the user: a C library of tomorrow that tries a new one falls back to the old, where
 * a process that is killed would not.
 */
#include "sandbox.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

/* What may be done whatever the arguments. What is asked for on every request stays out of the table below: the kernel remembers
 * such an answer and runs no filter for it. */
static const int plain[] = {
    /* what is open */
    SCMP_SYS(close),
    SCMP_SYS(fadvise64),
    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    SCMP_SYS(getdents64),
    SCMP_SYS(_llseek),
    SCMP_SYS(lseek),
    SCMP_SYS(pread64),
    SCMP_SYS(read),
    SCMP_SYS(readv),
    SCMP_SYS(write),
    SCMP_SYS(writev),
    /* looking at paths */
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(fstatat64),
    SCMP_SYS(getcwd),
    SCMP_SYS(lstat),
    SCMP_SYS(lstat64),
    SCMP_SYS(newfstatat),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(stat),
    SCMP_SYS(stat64),
    SCMP_SYS(statx),
    /* connections that others make */
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(getpeername),
    SCMP_SYS(getsockname),
    SCMP_SYS(getsockopt),
    SCMP_SYS(listen),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(sendmsg),
    SCMP_SYS(setsockopt),
    SCMP_SYS(shutdown),
    /* waiting */
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_nanosleep_time64),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(eventfd2),
    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),
    SCMP_SYS(nanosleep),
    SCMP_SYS(pipe2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(ppoll_time64),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(sched_yield),
    /* memory */
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(mremap),
    SCMP_SYS(munmap),
    /* threads and signals */
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(gettid),
    SCMP_SYS(rseq),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(rt_sigtimedwait_time64),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(sigreturn),
    /* what the process is and what it has used */
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_gettime64),
    SCMP_SYS(getegid),
    SCMP_SYS(geteuid),
    SCMP_SYS(getgid),
    SCMP_SYS(getpid),
    SCMP_SYS(getrandom),
    SCMP_SYS(getrusage),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getuid),
    SCMP_SYS(sysinfo),
    SCMP_SYS(time),
    SCMP_SYS(uname),
};

#define WORD 0xffffffffu /* an int argument; what is above it may be anything */

#define NOT_TO_READ (O_ACCMODE | O_CREAT | O_TRUNC | O_APPEND | O_PATH)
#define NEW_SPACES                                                                                           \
    (CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID |            \
     CLONE_NEWNET)

/* What may be done where argument `at`, under `mask`, is `is`. */
struct rule {
    int call;
    unsigned at;
    uint64_t mask, is;
};

static const struct rule rules[] = {
    {SCMP_SYS(openat), 2, NOT_TO_READ, O_RDONLY},
    {SCMP_SYS(mmap), 2, PROT_EXEC, 0},
    {SCMP_SYS(mmap2), 2, PROT_EXEC, 0},
    {SCMP_SYS(mprotect), 2, PROT_EXEC, 0},
    {SCMP_SYS(clone), 0, CLONE_THREAD | NEW_SPACES, CLONE_THREAD}, /* no process */
    {SCMP_SYS(fcntl), 1, WORD, F_GETFD},
    {SCMP_SYS(fcntl), 1, WORD, F_SETFD},
    {SCMP_SYS(fcntl), 1, WORD, F_GETFL},
    {SCMP_SYS(fcntl), 1, WORD, F_SETFL},
    {SCMP_SYS(fcntl64), 1, WORD, F_GETFD},
    {SCMP_SYS(fcntl64), 1, WORD, F_SETFD},
    {SCMP_SYS(fcntl64), 1, WORD, F_GETFL},
    {SCMP_SYS(fcntl64), 1, WORD, F_SETFL},
    {SCMP_SYS(prctl), 0, WORD, PR_SET_NAME},
    {SCMP_SYS(prlimit64), 2, UINT64_MAX, 0}, /* asking for limits, not setting them */
    {SCMP_SYS(sendto), 4, UINT64_MAX, 0},    /* to whom the socket is connected, no other address */
};

/* The same of each right. */
static const struct rule of_right[_SANDBOX_RIGHT_N] = {
    [SANDBOX_READ] = {SCMP_SYS(openat), 2, NOT_TO_READ, O_RDONLY},
    [SANDBOX_APPEND] = {SCMP_SYS(openat), 2, WORD & ~(uint32_t)O_LARGEFILE,
                        SANDBOX_APPEND_FLAGS & ~O_LARGEFILE},
    [SANDBOX_REMOVE] = {SCMP_SYS(unlinkat), 2, WORD, 0},
};

static int add_rule(scmp_filter_ctx filter, const struct rule *r)
{
    struct scmp_arg_cmp where = {r->at, SCMP_CMP_MASKED_EQ, r->mask, r->is};

    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, r->call, 1, &where);
}

/* Of streams alone: from one of a pair that sends letters they go to whoever has a name. */
static int add_pairs(scmp_filter_ctx filter)
{
    const uint64_t kind = WORD & ~(uint32_t)(SOCK_CLOEXEC | SOCK_NONBLOCK);
    const struct scmp_arg_cmp where[] = {{0, SCMP_CMP_MASKED_EQ, WORD, AF_UNIX},
                                         {1, SCMP_CMP_MASKED_EQ, kind, SOCK_STREAM}};

    return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(socketpair), 2, where);
}

static int add_rules(scmp_filter_ctx filter, const struct sandbox *sb)
{
    const struct rule own_signals = {SCMP_SYS(tgkill), 0, WORD, (uint64_t)getpid()}; /* abort() */
    bool added[_SANDBOX_RIGHT_N] = {[SANDBOX_READ] = true};
    int r = add_rule(filter, &own_signals);

    if (!r)
        r = add_pairs(filter);
    for (size_t i = 0; !r && i < sizeof plain / sizeof *plain; i++)
        r = seccomp_rule_add(filter, SCMP_ACT_ALLOW, plain[i], 0);
    for (size_t i = 0; !r && i < sizeof rules / sizeof *rules; i++)
        r = add_rule(filter, &rules[i]);
    for (size_t i = 0; !r && i < sb->n; i++) {
        enum sandbox_right right = sb->allowed[i].right;
        if (!added[right])
            r = add_rule(filter, &of_right[right]);
        added[right] = true;
    }
    /* Its arguments are out of a filter's sight; told that there is none, the C library takes clone. */
    return r ? r : seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
}

int sandbox_filter(const struct sandbox *sb)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    int r;

    if (!filter)
        return -ENOMEM;
    /* Without the first, older kernels slow the whole process down against a weakness of processors that concerns those who run
     * foreign code; without the second, which older libraries lack, calls are compared one by one. */
    (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_SSB, 1);
    (void)seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    r = add_rules(filter, sb);
    if (!r)
        r = seccomp_load(filter);
    seccomp_release(filter);
    return r;
}
