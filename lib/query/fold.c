/* SPDX-License-Identifier: MIT */
/* The front door of utf8proc. */
#include "query/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

const char *fold_text(const char *text, struct arena *mem)
{
    utf8proc_uint8_t *folded = utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)text);
    if (!folded)
        return NULL;
    const char *kept = arena_strdup(mem, (const char *)folded);
    free(folded);
    return kept;
}
