/* SPDX-License-Identifier: MIT */
/*
 * Inputs of an import, of a text behind a byte that says which format it is taken for: it is read, and its records are tied together.
 * What is published of them is fuzz_publish.c's.
 */
#include "fuzz_read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_input in = fuzz_input(data, size);
    unsigned char choice = fuzz_byte(&in);
    fuzz_read(choice & FUZZ_NAMED ? adapters[choice % adapters_n] : NULL, &in);
    return 0;
}
