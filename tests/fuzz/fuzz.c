/* SPDX-License-Identifier: MIT */
/* Inputs taken apart, and the end where something does not hold. */
#include "fuzz.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct fuzz_input fuzz_input(const uint8_t *data, size_t size)
{
    return (struct fuzz_input){size ? (const char *)data : "", size};
}

unsigned char fuzz_byte(struct fuzz_input *in)
{
    if (in->left == 0)
        return 0;
    in->left--;
    return (unsigned char)*in->at++;
}

static char *take(struct fuzz_input *in, size_t n, struct arena *mem, size_t *ret_size)
{
    char *text = arena_alloc(mem, n + 1);
    fuzz_must(text, "no memory for %zu bytes of input", n);
    memcpy(text, in->at, n);
    in->at += n;
    in->left -= n;
    if (ret_size)
        *ret_size = n;
    return text;
}

char *fuzz_line(struct fuzz_input *in, struct arena *mem, size_t *ret_size)
{
    const char *end = memchr(in->at, '\n', in->left);
    char *text = take(in, end ? (size_t)(end - in->at) : in->left, mem, ret_size);
    (void)fuzz_byte(in);
    return text;
}

char *fuzz_rest(struct fuzz_input *in, struct arena *mem, size_t *ret_size)
{
    return take(in, in->left, mem, ret_size);
}

static char folder[256];

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *place)
{
    (void)st, (void)type, (void)place;
    return remove(path);
}

static void end(void)
{
    (void)nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

const char *fuzz_path(const char *name)
{
    static char path[sizeof folder + 64];
    if (!*folder) {
        const char *above = getenv("TMPDIR");
        (void)snprintf(folder, sizeof folder, "%s/breachd-fuzz-XXXXXX", above ? above : "/tmp");
        fuzz_must(mkdtemp(folder), "%s can be made", folder);
        (void)atexit(end);
    }
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

void fuzz_fail(const char *file, int line, const char *format, ...)
{
    va_list args;
    (void)fprintf(stderr, "%s:%d: does not hold: ", file, line);
    va_start(args, format);
    (void)vfprintf(stderr, format, args);
    va_end(args);
    (void)fputc('\n', stderr);
    abort();
}
