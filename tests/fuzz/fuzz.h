/* SPDX-License-Identifier: MIT */
#ifndef BREACHD_TESTS_FUZZ_H
#define BREACHD_TESTS_FUZZ_H

/*
 * What the harnesses share. Each is a file fuzz_NAME.c with a LLVMFuzzerTestOneInput(), which is linked twice: with libFuzzer,
 * which makes inputs up (run.sh), and with replay.c, which runs it on those that are kept. A harness does the same with the
 * same input whenever it is run, and aborts where a promise does not hold.
 */
#include "app.h"
#include "util/arena.h"

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is left of an input. */
struct fuzz_input {
    const char *at;
    size_t left;
};

struct fuzz_input fuzz_input(const uint8_t *data, size_t size);

/* The next byte; 0 at the end. */
unsigned char fuzz_byte(struct fuzz_input *in);

/* A text in MEM with a NUL after it: up to the next line end, which is taken off too, or all that is left. *RET_SIZE (may be NULL)
 * tells how long it is: it may hold NULs of its own. */
char *fuzz_line(struct fuzz_input *in, struct arena *mem, size_t *ret_size);
char *fuzz_rest(struct fuzz_input *in, struct arena *mem, size_t *ret_size);

/* The path of file NAME in a folder of the program's own, which goes at its end: below $TMPDIR, else /tmp. */
const char *fuzz_path(const char *name);

/* Ends the program with what does not hold, unless HOLDS. */
#define fuzz_must(holds, ...)                                                                                \
    do {                                                                                                     \
        if (!(holds))                                                                                        \
            fuzz_fail(__FILE__, __LINE__, __VA_ARGS__);                                                      \
    } while (0)
void fuzz_fail(const char *file, int line, const char *format, ...)
    __attribute__((noreturn, format(printf, 3, 4)));

/* The daemon on the bundled catalogue, with a cache: one for all inputs (fuzz_app.c). */
struct app *fuzz_app(void);

/* Asks APP. Of the reply all is read and looked at that every reply promises; SOUND: its catalogue is as an import wrote it,
 * so that the body is what it says it is. The reply is the caller's to end, and lasts as long as *RET_BODY, all of its body. */
void fuzz_ask(struct app *app, const struct request *req, bool sound, struct reply *ret,
              struct fuzz_input *ret_body);

#endif
