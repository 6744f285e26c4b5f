/* SPDX-License-Identifier: MIT */
/*
 * Memory that runs out in a whole program, for LD_PRELOAD. The file that $DROUGHT names is shared with the test that steers
 * (drought.py): while it says so, allocations of all threads are counted, and the one whose number comes up fails, or that and
 * all after it. With `at_main` counting begins at main(), so that what the loader and constructors take does not count.
 * Every way to memory is here, since the C library and all others reach it by these names.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <dlfcn.h>

/* As drought.py writes it: eight-byte words. */
struct drought {
    _Atomic uint64_t on, at, for_good, at_main; /* what to do */
    _Atomic uint64_t asked, failed;             /* what came of it, since `on` */
};

static struct drought *shared;

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void *__libc_memalign(size_t alignment, size_t size);

static bool fails(void)
{
    if (!shared || !atomic_load(&shared->on))
        return false;
    uint64_t n = atomic_fetch_add(&shared->asked, 1), at = atomic_load(&shared->at);
    if (n != at && !(n > at && atomic_load(&shared->for_good)))
        return false;
    atomic_fetch_add(&shared->failed, 1);
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *p, size_t size)
{
    return fails() ? NULL : __libc_realloc(p, size);
}

void *reallocarray(void *p, size_t n, size_t size)
{
    size_t all;
    if (__builtin_mul_overflow(n, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(p, all);
}

void *memalign(size_t alignment, size_t size);
void *memalign(size_t alignment, size_t size)
{
    return fails() ? NULL : __libc_memalign(alignment, size);
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return memalign(alignment, size);
}

int posix_memalign(void **ret, size_t alignment, size_t size)
{
    void *p = memalign(alignment, size);
    if (!p)
        return ENOMEM;
    *ret = p;
    return 0;
}

typedef int (*main_fn)(int argc, char **argv, char **environment);
typedef int (*start_fn)(main_fn main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                        void (*rtld_fini)(void), void *stack_end);

static main_fn real_main;

static int counted_main(int argc, char **argv, char **environment)
{
    const char *path = getenv("DROUGHT");
    int fd = path ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *p = fd < 0 ? MAP_FAILED : mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (p == MAP_FAILED)
        _exit(99);
    (void)close(fd);
    shared = p;
    if (atomic_load(&shared->at_main))
        atomic_store(&shared->on, 1);
    return real_main(argc, argv, environment);
}

int __libc_start_main(main_fn program, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end);
int __libc_start_main(main_fn program, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end)
{
    start_fn next;
    void *symbol = dlsym(RTLD_NEXT, "__libc_start_main");
    memcpy(&next, &symbol, sizeof next);
    real_main = program;
    return next(counted_main, argc, argv, init, fini, rtld_fini, stack_end);
}
