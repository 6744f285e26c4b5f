/* SPDX-License-Identifier: MIT */
/* Finding a compiled-in file. */
#include "files.h"

#include <string.h>

const struct file *file_find(const char *name)
{
    for (size_t i = 0; i < files_n; i++)
        if (strcmp(files[i].name, name) == 0)
            return &files[i];
    return NULL;
}
