/* SPDX-License-Identifier: MIT */
/* Allocations that fail at the word of a test; one thread at a time. */
#include "starve.h"

#include "suite.h"

#include <errno.h>
#include <jansson.h>
#include <malloc.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct {
    bool on, for_good;
    enum starve_whom whom;
    unsigned at, asked, failed;
} state;

void starve_begin(enum starve_whom whom, unsigned n, bool for_good)
{
    state.whom = whom;
    state.for_good = for_good;
    state.at = n;
    state.asked = state.failed = 0;
    state.on = true;
}

void starve_pause(void)
{
    state.on = false;
}

unsigned starve_end(void)
{
    starve_pause();
    return state.failed;
}

/* Whether this allocation is to fail. */
static bool refuse(enum starve_whom whom)
{
    if (!state.on || state.whom != whom)
        return false;
    unsigned n = state.asked++;
    bool fails = n == state.at || (state.for_good && n > state.at);
    state.failed += fails;
    if (fails)
        errno = ENOMEM;
    return fails;
}

/* --- what the linker puts in place of the C library's --- */

void *__real_aligned_alloc(size_t alignment, size_t size);
void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
char *__real_strdup(const char *s);
int __real_vasprintf(char **ret, const char *format, va_list args);

void *__wrap_aligned_alloc(size_t alignment, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);
char *__wrap_strdup(const char *s);
int __wrap_vasprintf(char **ret, const char *format, va_list args);
int __wrap_asprintf(char **ret, const char *format, ...);
int __wrap___vasprintf_chk(char **ret, int flag, const char *format, va_list args);
int __wrap___asprintf_chk(char **ret, int flag, const char *format, ...);

void *__wrap_aligned_alloc(size_t alignment, size_t size)
{
    return refuse(STARVE_OURS) ? NULL : __real_aligned_alloc(alignment, size);
}

void *__wrap_malloc(size_t size)
{
    return refuse(STARVE_OURS) ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
    return refuse(STARVE_OURS) ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
    return refuse(STARVE_OURS) ? NULL : __real_realloc(p, size);
}

char *__wrap_strdup(const char *s)
{
    return refuse(STARVE_OURS) ? NULL : __real_strdup(s);
}

/* What the pointer is after a failure is not defined (asprintf(3)), so it is made one that nobody may free. */
static int refuse_print(char **ret)
{
    *ret = (char *)8;
    return -1;
}

int __wrap_vasprintf(char **ret, const char *format, va_list args)
{
    return refuse(STARVE_OURS) ? refuse_print(ret) : __real_vasprintf(ret, format, args);
}

int __wrap_asprintf(char **ret, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = __wrap_vasprintf(ret, format, args);
    va_end(args);
    return n;
}

int __wrap___vasprintf_chk(char **ret, int flag, const char *format, va_list args)
{
    (void)flag;
    return __wrap_vasprintf(ret, format, args);
}

int __wrap___asprintf_chk(char **ret, int flag, const char *format, ...)
{
    va_list args;
    (void)flag;
    va_start(args, format);
    int n = __wrap_vasprintf(ret, format, args);
    va_end(args);
    return n;
}

/* --- what the libraries are told to use --- */

static void *sqlite_malloc(int size)
{
    return refuse(STARVE_SQLITE) ? NULL : __real_malloc((size_t)size);
}

static void *sqlite_realloc(void *p, int size)
{
    return refuse(STARVE_SQLITE) ? NULL : __real_realloc(p, (size_t)size);
}

static int sqlite_size(void *p)
{
    return p ? (int)malloc_usable_size(p) : 0;
}

static int sqlite_round(int size)
{
    return (size + 7) & ~7;
}

static int sqlite_start(void *ctx)
{
    (void)ctx;
    return SQLITE_OK;
}

static void sqlite_stop(void *ctx)
{
    (void)ctx;
}

static void *jansson_malloc(size_t size)
{
    return refuse(STARVE_JANSSON) ? NULL : __real_malloc(size);
}

void starve_init(void)
{
    static const sqlite3_mem_methods methods = {.xMalloc = sqlite_malloc,
                                                .xFree = free,
                                                .xRealloc = sqlite_realloc,
                                                .xSize = sqlite_size,
                                                .xRoundup = sqlite_round,
                                                .xInit = sqlite_start,
                                                .xShutdown = sqlite_stop};
    if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK)
        abort();
    json_set_alloc_funcs(jansson_malloc, free);
}
