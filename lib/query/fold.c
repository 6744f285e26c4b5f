/* SPDX-License-Identifier: MIT */
/* The front door of utf8proc. */
#include "query/fold.h"

#include <stdlib.h>
#include <utf8proc.h>

static const char *keep(utf8proc_uint8_t *text, struct arena *mem)
{
    if (!text)
        return NULL;
    const char *kept = arena_strdup(mem, (const char *)text);
    free(text);
    return kept;
}

const char *fold_text(const char *text, struct arena *mem)
{
    return keep(utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)text), mem);
}

const char *fold_marks(const char *text, struct arena *mem)
{
    utf8proc_uint8_t *plain = NULL;
    (void)utf8proc_map((const utf8proc_uint8_t *)text, 0, &plain,
                       UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
    return keep(plain, mem);
}

bool fold_is_word(uint32_t c)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}
