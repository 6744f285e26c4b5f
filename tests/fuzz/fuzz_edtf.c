/* SPDX-License-Identifier: MIT */
/* Dates: any text is refused with a reason, or has bounds that make sense, words, and a plain text with the same bounds. */
#include "fuzz.h"

#include "model/edtf.h"

#include <string.h>

static void look_at_bounds(const char *text, const struct edtf *d)
{
    int32_t first, last;
    bool begins = edtf_day(d->earliest, &first), ends = edtf_day(d->latest, &last);
    fuzz_must(begins || ends, "%s has a bound", text);
    fuzz_must(begins == (*d->earliest != '\0') && ends == (*d->latest != '\0'), "the bounds of %s are days",
              text);
    fuzz_must(!begins || !ends || first <= last, "%s ends after it begins", text);
    fuzz_must(!edtf_is_day(d) || first == last, "%s is a day", text);
    fuzz_must(edtf_compare(d, d) == 0 && edtf_equal(d, d), "%s is itself", text);
}

static void print_and_read(const char *text, const struct edtf *d, struct arena *mem)
{
    struct edtf again;
    const char *plain = edtf_span(d->earliest, d->latest, mem), *words = edtf_words(d, mem);
    fuzz_must(words && *words, "%s has words", text);
    fuzz_must(plain && edtf_parse(plain, &again) == 0, "%s, of %s, is read", plain ? plain : "nothing", text);
    fuzz_must(strcmp(d->earliest, again.earliest) == 0 && strcmp(d->latest, again.latest) == 0,
              "%s has the bounds of %s", plain, text);
    const char *same = edtf_span(again.earliest, again.latest, mem);
    fuzz_must(same && strcmp(plain, same) == 0, "%s is printed as %s", plain, same ? same : "nothing");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    _cleanup_arena_ struct arena *mem = arena_new(0);
    struct fuzz_input in = fuzz_input(data, size);
    const char *text = fuzz_rest(&in, mem, NULL);
    struct edtf d = EDTF_UNKNOWN;
    int r = edtf_parse(text, &d);
    if (r != 0) {
        fuzz_must(*edtf_reason(r) && !d.text, "%s is refused with a reason", text);
        return 0;
    }
    fuzz_must(d.text == text, "%s is kept", text);
    look_at_bounds(text, &d);
    print_and_read(text, &d, mem);
    return 0;
}
