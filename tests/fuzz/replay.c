/* SPDX-License-Identifier: MIT */
/*
 * Runs a harness on inputs that are kept, without libFuzzer: one case each, in TAP, named before it is run, so that the last line
 * tells which one broke it.
 *
 * usage: replay-NAME FOLDER...
 */
#include "fuzz.h"

#include <dirent.h>
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void run(const char *path, unsigned n)
{
    (void)printf("# %s\n", path);
    (void)fflush(stdout);
    FILE *in = fopen(path, "r");
    if (!in || fseek(in, 0, SEEK_END) != 0)
        err(1, "%s", path);
    size_t size = (size_t)ftell(in);
    rewind(in);
    /* Of its very size, so that what reads beyond it is seen to. */
    uint8_t *data = malloc(size ? size : 1);
    if (!data || fread(data, 1, size, in) != size)
        err(1, "%s", path);
    (void)fclose(in);
    (void)LLVMFuzzerTestOneInput(data, size);
    free(data);
    (void)printf("ok %u - %s\n", n, strrchr(path, '/') + 1);
}

static int is_input(const struct dirent *d)
{
    return d->d_name[0] != '.';
}

int main(int argc, char **argv)
{
    unsigned n = 0;
    for (int i = 1; i < argc; i++) {
        struct dirent **list;
        int found = scandir(argv[i], &list, is_input, alphasort);
        if (found < 0)
            continue; /* no crash of it is known */
        for (int k = 0; k < found; k++) {
            char path[4096];
            (void)snprintf(path, sizeof path, "%s/%s", argv[i], list[k]->d_name);
            run(path, ++n);
            free(list[k]);
        }
        free(list);
    }
    (void)printf("1..%u\n", n);
    return n == 0;
}
