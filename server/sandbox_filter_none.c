/* SPDX-License-Identifier: MIT */
/* In place of sandbox_filter.c in a build without libseccomp. */
#include "sandbox.h"

#include <errno.h>

int sandbox_filter(const struct sandbox *sb)
{
    (void)sb;
    return -ENOSYS;
}
