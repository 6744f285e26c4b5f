/* SPDX-License-Identifier: MIT */
/* Memory for what is kept; see keep.h. */
#include "util/keep.h"

#include <stdbool.h>
#include <stdlib.h>
#include <sys/mman.h>

#define PAGE         ((size_t)4096)
#define PAGES_LEAST  (4 * PAGE) /* half a page is lost by having one's own */
#define BLOCK_WEIGHT 24         /* what the allocator adds to a block, its rounding too */

static bool has_pages(size_t size)
{
    return size >= PAGES_LEAST;
}

static size_t in_pages(size_t size)
{
    return (size + PAGE - 1) / PAGE * PAGE;
}

void *keep_alloc(size_t size)
{
    if (!has_pages(size))
        return malloc(size ? size : 1);
    void *pages =
        mmap(NULL, in_pages(size), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    return pages == MAP_FAILED ? NULL : pages;
}

void keep_free(void *memory, size_t size)
{
    if (!memory || !has_pages(size))
        free(memory);
    else
        (void)munmap(memory, in_pages(size));
}

size_t keep_weight(size_t size)
{
    return has_pages(size) ? in_pages(size) : size + BLOCK_WEIGHT;
}
