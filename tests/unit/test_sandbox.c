/* SPDX-License-Identifier: MIT */
/*
 * From inside the sandbox: what somebody who has taken the process over would try, and what serving needs. Each attempt is made in a
 * process of its own, which enters the sandbox for good.
 */
#include "sandbox.h"
#include "suite.h"

#include <arpa/inet.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLONE_NEWUSER_FLAG 0x10000000

/* A folder that may be read, with a file; one beside it that may not, with another; and what was open before. */
static char folder[] = "/tmp/breachd-sandbox-XXXXXX";
static char readable[96], in_it[96], other[96], beside[96], new_file[96], in_new_place[96];
static int opened, listener, stream, datagram;
static struct sockaddr_in port;

static void make_file(const char *path)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, "text", 4), 4);
    close(fd);
}

static void set_up(void)
{
    socklen_t size = sizeof port;
    ck_assert_ptr_nonnull(mkdtemp(folder));
    (void)snprintf(readable, sizeof readable, "%s/readable", folder);
    (void)snprintf(in_it, sizeof in_it, "%s/readable/file", folder);
    (void)snprintf(new_file, sizeof new_file, "%s/readable/new", folder);
    (void)snprintf(other, sizeof other, "%s/other", folder);
    (void)snprintf(beside, sizeof beside, "%s/other/file", folder);
    (void)snprintf(in_new_place, sizeof in_new_place, "%s/other/new", folder);
    ck_assert_int_eq(mkdir(readable, 0700), 0);
    ck_assert_int_eq(mkdir(other, 0700), 0);
    make_file(in_it);
    make_file(beside);
    opened = open(in_it, O_RDWR | O_CLOEXEC);
    listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    stream = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    datagram = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    port = (struct sockaddr_in){.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    ck_assert_int_eq(bind(listener, (struct sockaddr *)&port, sizeof port), 0);
    ck_assert_int_eq(listen(listener, 1), 0);
    ck_assert_int_eq(getsockname(listener, (struct sockaddr *)&port, &size), 0);
}

static void tear_down(void)
{
    const char *const files[] = {in_it, new_file, beside, in_new_place};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        (void)unlink(files[i]);
    (void)rmdir(readable);
    (void)rmdir(other);
    (void)rmdir(folder);
    memcpy(folder + strlen(folder) - 6, "XXXXXX", 6);
    close(opened);
    close(listener);
    close(stream);
    close(datagram);
}

/* --- going in --- */

/* What is there to enforce: nothing is said of a kernel or a build that has not got it. */
static bool has_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
}

static bool has_filter(void)
{
    pid_t child = fork();
    int status = 0;
    struct sandbox sb = {0};
    if (child == 0)
        _exit(sandbox_filter(&sb) == 0);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

enum halves { LANDLOCK = 1, FILTER = 2, BOTH = 3 };

static void enter(enum halves halves, const struct sandbox_allowed *more)
{
    struct sandbox sb = {0};
    int fd = open(readable, O_PATH | O_CLOEXEC), r = 0;
    (void)sandbox_allow(&sb, SANDBOX_READ, fd);
    if (more && more->fd >= 0)
        (void)sandbox_allow(&sb, more->right, more->fd);
    (void)prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    if (halves & LANDLOCK)
        r = sandbox_landlock(&sb) > 0 ? 0 : 1;
    if (!r && halves & FILTER)
        r = sandbox_filter(&sb);
    close(fd);
    if (r)
        _exit(255);
}

/* The errno of ATTEMPT inside the sandbox, 0 when it succeeds. -1 - N: it ended by signal N. */
static int inside(enum halves halves, const struct sandbox_allowed *more, int (*attempt)(void))
{
    pid_t child = fork();
    int status = 0;
    ck_assert_int_ge(child, 0);
    if (child == 0) {
        enter(halves, more);
        errno = 0;
        _exit(attempt() < 0 ? errno : 0);
    }
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_msg(!WIFEXITED(status) || WEXITSTATUS(status) != 255, "the sandbox could not be entered");
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1 - WTERMSIG(status);
}

/* --- what must not be --- */

static int make_in_folder(void)
{
    return open(new_file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}
static int make_elsewhere(void)
{
    return open(in_new_place, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}
static int append_elsewhere(void)
{
    return open(beside, SANDBOX_APPEND_FLAGS, 0640);
}
static int write_file(void)
{
    return open(in_it, O_WRONLY | O_CLOEXEC);
}
static int change_file(void)
{
    return open(in_it, O_RDWR | O_CLOEXEC);
}
static int cut_file(void)
{
    return open(in_it, O_RDONLY | O_TRUNC | O_CLOEXEC);
}
static int cut_by_path(void)
{
    return truncate(in_it, 0);
}
static int unnamed_file(void)
{
    return open(readable, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
}
static int cut_what_is_open(void)
{
    return ftruncate(opened, 0);
}
static int passwords(void)
{
    return open("/etc/passwd", O_RDONLY | O_CLOEXEC);
}
static int file_beside(void)
{
    return open(beside, O_RDONLY | O_CLOEXEC);
}
static int up_and_beside(void)
{
    char path[128];
    (void)snprintf(path, sizeof path, "%s/../other/file", readable);
    return open(path, O_RDONLY | O_CLOEXEC);
}
static int list_root(void)
{
    return open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}
static int own_memory(void)
{
    return open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
}
static int remove_file(void)
{
    return unlink(in_it);
}
static int remove_at(void)
{
    return unlinkat(AT_FDCWD, in_it, 0);
}
static int rename_file(void)
{
    return rename(in_it, new_file);
}
static int link_file(void)
{
    return link(beside, new_file);
}
static int symlink_file(void)
{
    return symlink("/etc/passwd", new_file);
}
static int make_folder(void)
{
    return mkdir(new_file, 0700);
}
static int open_file_to_all(void)
{
    return chmod(in_it, 0777);
}
static int new_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0);
}
static int new_raw_socket(void)
{
    return socket(AF_NETLINK, SOCK_RAW, 0);
}
static int connect_out(void)
{
    return connect(stream, (const struct sockaddr *)&port, sizeof port);
}
static int send_out(void)
{
    return (int)sendto(datagram, "x", 1, 0, (const struct sockaddr *)&port, sizeof port);
}
/* An unconnected letter needs a socket of its own; one of a pair takes a name as well. */
static int send_from_a_pair(void)
{
    int ends[2];
    struct sockaddr_un to = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    struct iovec text = {(char *)"x", 1};
    struct msghdr letter = {.msg_name = &to, .msg_namelen = sizeof to, .msg_iov = &text, .msg_iovlen = 1};
    if (socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends) < 0)
        return -1;
    (void)sendmsg(ends[0], &letter, MSG_NOSIGNAL);
    return 0;
}
static int pair_of_another_family(void)
{
    int ends[2];
    return socketpair(AF_TIPC, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
}
static int bind_port(void)
{
    struct sockaddr_in any = {.sin_family = AF_INET};
    return bind(stream, (const struct sockaddr *)&any, sizeof any);
}
static int run_program(void)
{
    char *argv[] = {(char *)"true", NULL};
    return execve("/bin/true", argv, argv + 1);
}
static int run_open_program(void)
{
    char *argv[] = {(char *)"true", NULL};
    return (int)syscall(SYS_execveat, opened, "", argv, argv + 1, AT_EMPTY_PATH);
}
static int new_process(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child;
}
static int new_process_that_runs(void)
{
    char *argv[] = {(char *)"true", NULL};
    pid_t child;
    errno = posix_spawn(&child, "/bin/true", NULL, NULL, argv, argv + 1);
    return errno ? -1 : 0;
}
static int by_shell(void)
{
    return system("true") == 0 ? 0 : -1;
}
static int trace_parent(void)
{
    return (int)ptrace(PTRACE_ATTACH, getppid(), NULL, NULL);
}
static int be_traced(void)
{
    return (int)ptrace(PTRACE_TRACEME, 0, NULL, NULL);
}
static int read_parent(void)
{
    struct iovec at = {.iov_base = folder, .iov_len = 1};
    return (int)process_vm_readv(getppid(), &at, 1, &at, 1, 0);
}
static int signal_parent(void)
{
    return kill(getppid(), SIGCONT);
}
static int signal_thread(void)
{
    return (int)syscall(SYS_tgkill, getppid(), getppid(), SIGCONT);
}
static int map_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) ==
                   MAP_FAILED
               ? -1
               : 0;
}
static int make_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page == MAP_FAILED ? 0 : mprotect(page, 4096, PROT_READ | PROT_EXEC);
}
static int file_in_memory(void)
{
    return (int)syscall(SYS_memfd_create, "x", 0);
}
static int become_root(void)
{
    return setresuid(0, 0, 0);
}
static int new_user_space(void)
{
    return (int)syscall(SYS_unshare, CLONE_NEWUSER_FLAG);
}
static int ring(void)
{
    return (int)syscall(SYS_io_uring_setup, 1, NULL);
}
static int program_kernel(void)
{
    return (int)syscall(SYS_bpf, 0, NULL, 0);
}
static int key(void)
{
    return (int)syscall(SYS_keyctl, 0, 0, 0, 0, 0);
}
static int mount_over(void)
{
    return (int)syscall(SYS_mount, "none", readable, "tmpfs", 0, NULL);
}
static int change_root(void)
{
    return chroot(readable);
}
static int raise_limit(void)
{
    struct rlimit limit = {0, 0};
    return setrlimit(RLIMIT_CORE, &limit);
}
static int be_dumped(void)
{
    return prctl(PR_SET_DUMPABLE, 1, 0, 0, 0);
}

#define OF(function)                                                                                         \
    {                                                                                                        \
#function, function                                                                                  \
    }

static const struct {
    const char *name;
    int (*attempt)(void);
} forbidden[] = {
    OF(make_in_folder),   OF(make_elsewhere),
    OF(append_elsewhere), OF(write_file),
    OF(change_file),      OF(cut_file),
    OF(cut_by_path),      OF(unnamed_file),
    OF(cut_what_is_open), OF(passwords),
    OF(file_beside),      OF(up_and_beside),
    OF(list_root),        OF(own_memory),
    OF(remove_file),      OF(remove_at),
    OF(rename_file),      OF(link_file),
    OF(symlink_file),     OF(make_folder),
    OF(open_file_to_all), OF(new_socket),
    OF(new_raw_socket),   OF(connect_out),
    OF(send_out),         OF(bind_port),
    OF(send_from_a_pair), OF(pair_of_another_family),
    OF(run_program),      OF(run_open_program),
    OF(new_process),      OF(new_process_that_runs),
    OF(by_shell),         OF(trace_parent),
    OF(be_traced),        OF(read_parent),
    OF(signal_parent),    OF(signal_thread),
    OF(map_code),         OF(make_code),
    OF(file_in_memory),   OF(become_root),
    OF(new_user_space),   OF(ring),
    OF(program_kernel),   OF(key),
    OF(mount_over),       OF(change_root),
    OF(raise_limit),      OF(be_dumped),
};

START_TEST(nothing_else_can_be_done)
{
    if (!has_landlock() || !has_filter())
        return;
    int error = inside(BOTH, NULL, forbidden[_i].attempt);
    ck_assert_msg(error == EPERM || error == EACCES, "%s: %s", forbidden[_i].name,
                  error > 0 ? strerror(error)
                  : error   ? "ended by a signal"
                            : "succeeded");
}
END_TEST

/* --- what must be --- */

static int read_file(void)
{
    char text[4];
    int fd = open(in_it, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    return fd < 0 ? -1 : pread(fd, text, 4, 0) == 4 && memcmp(text, "text", 4) == 0 ? close(fd) : -1;
}
static int map_file(void)
{
    int fd = open(in_it, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    const char *text = fd < 0 ? MAP_FAILED : mmap(NULL, 4, PROT_READ, MAP_SHARED, fd, 0);
    return text != MAP_FAILED && *text == 't' ? 0 : -1;
}
static int find_file(void)
{
    struct stat st;
    char *real = realpath(in_it, NULL);
    return real && stat(real, &st) == 0 && access(new_file, F_OK) < 0 && errno == ENOENT ? 0 : -1;
}
static void *nothing(void *ctx)
{
    return ctx;
}
static int run_thread(void)
{
    pthread_t thread;
    errno = pthread_create(&thread, NULL, nothing, NULL);
    return errno ? -1 : pthread_join(thread, NULL);
}
static int talk_to_oneself(void)
{
    int ends[2];
    char c;
    return socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0 &&
                   send(ends[0], "x", 1, MSG_NOSIGNAL) == 1 && recv(ends[1], &c, 1, 0) == 1
               ? 0
               : -1;
}
static int use_memory(void)
{
    char *p = malloc(64 << 20);
    if (p)
        memset(p, 1, 64 << 20);
    free(p);
    return p ? 0 : -1;
}

static const struct {
    const char *name;
    int (*attempt)(void);
} allowed[] = {OF(read_file),  OF(map_file),        OF(find_file),
               OF(run_thread), OF(talk_to_oneself), OF(use_memory)};

START_TEST(serving_goes_on)
{
    if (!has_landlock() || !has_filter())
        return;
    int error = inside(BOTH, NULL, allowed[_i].attempt);
    ck_assert_msg(error == 0, "%s: %s", allowed[_i].name, error > 0 ? strerror(error) : "ended by a signal");
}
END_TEST

/* A fault still ends the process as one. */
static int give_up(void)
{
    (void)signal(SIGABRT, SIG_DFL);
    abort();
}

START_TEST(abort_is_still_abort)
{
    if (has_filter())
        ck_assert_int_eq(inside(BOTH, NULL, give_up), -1 - SIGABRT);
}
END_TEST

/* --- what is asked for besides --- */

static int append_to_old(void)
{
    int fd = open(beside, SANDBOX_APPEND_FLAGS, 0640);
    return fd >= 0 && write(fd, "!", 1) == 1 ? 0 : -1;
}
static int append_to_new(void)
{
    int fd = open(in_new_place, SANDBOX_APPEND_FLAGS, 0640);
    return fd >= 0 && write(fd, "!", 1) == 1 ? 0 : -1;
}
static int remove_beside(void)
{
    return unlinkat(AT_FDCWD, beside, 0);
}
static int append_in_folder(void)
{
    return open(in_it, SANDBOX_APPEND_FLAGS, 0640);
}
static int write_beside(void)
{
    return open(beside, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
}

static const struct {
    enum sandbox_right right;
    int (*attempt)(void);
    bool succeeds;
} others[] = {
    {SANDBOX_APPEND, append_to_old, true},     {SANDBOX_APPEND, append_to_new, true},
    {SANDBOX_APPEND, append_in_folder, false}, {SANDBOX_APPEND, write_beside, false},
    {SANDBOX_APPEND, file_beside, false},      {SANDBOX_APPEND, remove_beside, false},
    {SANDBOX_REMOVE, remove_beside, true},     {SANDBOX_REMOVE, remove_at, false},
    {SANDBOX_REMOVE, append_to_old, false},    {SANDBOX_REMOVE, file_beside, false},
};

START_TEST(a_right_is_what_it_says_and_where)
{
    if (!has_landlock() || !has_filter())
        return;
    struct sandbox_allowed more = {others[_i].right, open(other, O_PATH | O_CLOEXEC)};
    int error = inside(BOTH, &more, others[_i].attempt);
    close(more.fd);
    if (others[_i].succeeds)
        ck_assert_int_eq(error, 0);
    else
        ck_assert_msg(error == EPERM || error == EACCES, "%d", error);
}
END_TEST

/* A device that is opened again; a pipe that lies in no folder. */
START_TEST(a_single_file_can_be_allowed)
{
    if (!has_landlock())
        return;
    int ends[2];
    ck_assert_int_eq(pipe(ends), 0);
    struct sandbox_allowed one = {SANDBOX_APPEND, open(beside, O_PATH | O_CLOEXEC)},
                           piped = {SANDBOX_APPEND, ends[1]};
    ck_assert_int_eq(inside(LANDLOCK, &one, append_to_old), 0);
    ck_assert_int_eq(inside(LANDLOCK, &one, append_to_new), EACCES);
    ck_assert_int_eq(inside(LANDLOCK, &piped, read_file), 0);
    close(one.fd);
    close(ends[0]);
    close(ends[1]);
}
END_TEST

/* --- each half by itself --- */

START_TEST(each_half_holds_alone)
{
    if (has_landlock()) {
        ck_assert_int_eq(inside(LANDLOCK, NULL, passwords), EACCES);
        ck_assert_int_eq(inside(LANDLOCK, NULL, make_in_folder), EACCES);
        ck_assert_int_eq(inside(LANDLOCK, NULL, run_program), EACCES);
        ck_assert_int_eq(inside(LANDLOCK, NULL, remove_at), EACCES);
        ck_assert_int_eq(inside(LANDLOCK, NULL, read_file), 0);
    }
    if (has_filter()) {
        ck_assert_int_eq(inside(FILTER, NULL, make_in_folder), EPERM);
        ck_assert_int_eq(inside(FILTER, NULL, make_elsewhere), EPERM);
        ck_assert_int_eq(inside(FILTER, NULL, run_program), EPERM);
        ck_assert_int_eq(inside(FILTER, NULL, new_process), EPERM);
        ck_assert_int_eq(inside(FILTER, NULL, connect_out), EPERM);
        ck_assert_int_eq(inside(FILTER, NULL, read_file), 0);
    }
}
END_TEST

/* --- the whole --- */

static int report_is_right(void)
{
    struct sandbox sb = {0};
    struct sandbox_report r;
    int e = sandbox_enforce(&sb, SANDBOX_TRY, &r);
    bool whole = r.no_new_privileges && r.landlock > 0 && r.seccomp;
    char *text = sandbox_say(&r);
    return text && r.mode == SANDBOX_TRY && r.no_new_privileges && (e == 0) == whole &&
                   (strstr(text, "without") == NULL) == whole
               ? 0
               : -1;
}

START_TEST(what_is_in_force_is_reported)
{
    struct sandbox sb = {0};
    struct sandbox_report r;
    pid_t child = fork();
    int status = 0;
    if (child == 0)
        _exit(report_is_right() == 0 ? 0 : 1);
    ck_assert_int_eq(waitpid(child, &status, 0), child);
    ck_assert_int_eq(status, 0);
    ck_assert_int_eq(sandbox_enforce(&sb, SANDBOX_OFF, &r), 0);
    ck_assert(r.mode == SANDBOX_OFF && !r.no_new_privileges && !r.landlock && !r.seccomp);
    ck_assert_int_eq(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0), 0);
    char *text = sandbox_say(&r);
    assert_text(text, "off");
    free(text);
}
END_TEST

START_TEST(what_is_missing_is_said)
{
    struct sandbox_report r = {
        .mode = SANDBOX_TRY, .no_new_privileges = true, .seccomp = true, .no_landlock = ENOSYS};
    char *text = sandbox_say(&r);
    assert_text(text, "no new privileges, seccomp; without Landlock (not in this kernel or build)");
    free(text);
    struct sandbox sb = {0};
    for (unsigned i = 0; i < SANDBOX_ALLOWED_MOST; i++)
        ck_assert_int_eq(sandbox_allow(&sb, SANDBOX_READ, 0), 0);
    ck_assert_int_eq(sandbox_allow(&sb, SANDBOX_READ, 0), -E2BIG);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("sandbox");
    TCase *tc = tcase_create("inside");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    SUITE_LOOP(tc, nothing_else_can_be_done, forbidden);
    SUITE_LOOP(tc, serving_goes_on, allowed);
    tcase_add_test(tc, abort_is_still_abort);
    SUITE_LOOP(tc, a_right_is_what_it_says_and_where, others);
    tcase_add_test(tc, a_single_file_can_be_allowed);
    tcase_add_test(tc, each_half_holds_alone);
    tcase_add_test(tc, what_is_in_force_is_reported);
    tcase_add_test(tc, what_is_missing_is_said);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
