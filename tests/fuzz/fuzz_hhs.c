/* SPDX-License-Identifier: MIT */
/* The table of the breach portal, the one format that is no JSON: rows, cells, and what its words are made into. */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct fuzz_input in = fuzz_input(data, size);
    (void)adapter_of_text(in.at, in.left);
    fuzz_read(&adapter_hhs, &in);
    return 0;
}
