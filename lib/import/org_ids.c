/* SPDX-License-Identifier: MIT */
/* Ids of organisations that datasets name: readable, and a function of the key alone; see org_names.h. */
#include "import/org_names.h"

#include "model/country.h"
#include "query/fold.h"
#include "util/ascii.h"
#include "util/digest.h"
#include "util/limits.h"
#include "util/strbuf.h"

#include <string.h>

enum { DIGITS_LEAST = 6, DIGITS_MOST = 32 };

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* Appends S with every run of other characters as one "-". True if only spaces between words were changed. */
static bool add_slug(struct strbuf *b, const char *s)
{
    bool kept = true, gap = b->size > 0;
    for (; *s; s++) {
        if (!is_plain(*s)) {
            kept = kept && *s == ' ';
            gap = gap || b->size > 0;
            continue;
        }
        if (gap)
            strbuf_addc(b, '-');
        strbuf_addc(b, *s);
        gap = false;
    }
    return kept;
}

/* Whether the last word of a key that names no region could be taken for its country: "Bank of US" and "Bank of"
 * in the US. */
static bool is_ambiguous(const struct org_key *k)
{
    const char *last = strrchr(k->name, ' ');
    if (*k->region)
        return strlen(k->region) > 3;
    return last && strlen(last) == 3 &&
           country_name((const char[]){ascii_upper(last[1]), ascii_upper(last[2]), 0});
}

static bool digest_key(const struct org_key *k, char ret[static DIGEST_HEX_SIZE])
{
    _cleanup_digest_ struct digest *d = digest_new();
    if (!d)
        return false;
    digest_add_string(d, k->name);
    digest_add_string(d, k->country);
    digest_add_string(d, k->region);
    digest_hex(d, ret);
    return true;
}

const char *org_key_id(const struct org_key *k, size_t n, struct arena *mem)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    const char *name = fold_marks(k->name, mem), *region = fold_marks(k->region, mem);
    const char country[] = {ascii_lower(k->country[0]), ascii_lower(*k->country ? k->country[1] : 0), 0};
    if (!name || !region)
        return NULL;
    bool kept = add_slug(&b, name) && strcmp(name, k->name) == 0 && b.size > 0;
    kept = add_slug(&b, country) && kept;
    kept = add_slug(&b, region) && strcmp(region, k->region) == 0 && kept;
    if (b.size + 1 + DIGITS_MOST > LIMIT_ID_BYTES) {
        strbuf_cut(&b, LIMIT_ID_BYTES - 1 - DIGITS_MOST);
        while (b.data[b.size - 1] == '-')
            strbuf_cut(&b, b.size - 1);
        kept = false;
    }
    if (n == 0 && (!kept || is_ambiguous(k)))
        n = DIGITS_LEAST;
    char hex[DIGEST_HEX_SIZE] = "";
    if (n > 0 && !digest_key(k, hex))
        return NULL;
    if (n > 0)
        strbuf_addf(&b, "%s%.*s", b.size ? "-" : "", (int)(n < DIGITS_MOST ? n : DIGITS_MOST), hex);
    return b.failed ? NULL : arena_strndup(mem, b.data, b.size);
}
