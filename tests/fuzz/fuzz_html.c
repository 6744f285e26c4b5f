/* SPDX-License-Identifier: MIT */
/* HTML as datasets write it: any bytes are read, and what is UTF-8 becomes UTF-8, links' addresses and words too. */
#include "fuzz.h"

#include "import/html_text.h"
#include "util/utf8.h"

#include <string.h>

struct links {
    bool utf8;
    size_t n;
};

static int link_found(void *ctx, const char *url, const char *text)
{
    struct links *l = ctx;
    fuzz_must(!l->utf8 || (utf8_is_valid(url, strlen(url)) && utf8_is_valid(text, strlen(text))),
              "a link is text");
    return ++l->n == 100 ? -1 : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT, again = STRBUF_INIT;
    bool utf8 = utf8_is_valid((const char *)data, size);
    struct links links = {.utf8 = utf8}, links_again = links;
    int r = html_text((const char *)data, size, &out, link_found, &links);
    fuzz_must(r == (links.n == 100 ? -1 : 0), "it is read: %d, %zu links", r, links.n);
    fuzz_must(!utf8 || utf8_is_valid(out.size ? out.data : "", out.size), "what is left is text");
    fuzz_must(html_text((const char *)data, size, &again, link_found, &links_again) == r &&
                  links.n == links_again.n && out.size == again.size &&
                  (!out.size || memcmp(out.data, again.data, out.size) == 0),
              "it is read the same once more");
    return 0;
}
