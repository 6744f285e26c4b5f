/* SPDX-License-Identifier: MIT */
/* Names of organisations as they are compared; see org_names.h. The tables say what is dropped. */
#include "import/org_names.h"

#include "query/fold.h"
#include "util/ascii.h"
#include "util/strbuf.h"
#include "util/utf8.h"

#include <errno.h>
#include <string.h>

/* Words at the end that say what a company is in law. Countries (two letters each): elsewhere the word may mean
 * something ("spa", "as"), so there it goes only where it was written with dots. */
static const struct {
    const char *words, *countries;
} legal_forms[] = {
    {"inc", NULL},
    {"incorporated", NULL},
    {"corp", NULL},
    {"corporation", NULL},
    {"co", NULL},
    {"company", NULL},
    {"llc", NULL},
    {"l l c", NULL},
    {"llp", NULL},
    {"lllp", NULL},
    {"lp", NULL},
    {"pllc", NULL},
    {"plc", NULL},
    {"ltd", NULL},
    {"limited", NULL},
    {"private limited", NULL},
    {"pvt ltd", NULL},
    {"pty ltd", NULL},
    {"pty limited", NULL},
    {"pte ltd", NULL},
    {"pte limited", NULL},
    {"sdn bhd", NULL},
    {"berhad", NULL},
    {"bhd", NULL},
    {"tbk", NULL},
    {"gmbh", NULL},
    {"mbh", NULL},
    {"aktiengesellschaft", NULL},
    {"kabushiki kaisha", NULL},
    {"godo kaisha", NULL},
    {"oyj", NULL},
    {"aps", NULL},
    {"sarl", NULL},
    {"srl", NULL},
    {"ltda", NULL},
    {"bvba", NULL},
    {"kft", NULL},
    {"zrt", NULL},
    {"nyrt", NULL},
    {"pjsc", NULL},
    {"ojsc", NULL},
    {"jsc", NULL},
    {"sp z oo", NULL},
    {"sp z o o", NULL},
    {"sa de cv", NULL},
    {"sab de cv", NULL},
    {"s a", NULL},
    {"k k", NULL},
    {"株式会社", NULL},
    {"有限会社", NULL},
    {"合同会社", NULL},
    {"股份有限公司", NULL},
    {"有限公司", NULL},
    {"주식회사", NULL},
    {"株", NULL},
    {"sa", "AR BE BO BR CH CL CO CR EC ES FR GR GT LU MX PE PL PT RO UY VE"},
    {"sas", "CO FR"},
    {"spa", "CL DZ IT"},
    {"ag", "AT CH DE LI"},
    {"kg", "AT CH DE"},
    {"ohg", "AT DE"},
    {"ev", "DE"},
    {"se", "AT DE FR NL"},
    {"nv", "BE NL CW"},
    {"bv", "BE NL"},
    {"ab", "FI SE"},
    {"oy", "FI"},
    {"as", "CZ DK EE NO SK TR"},
    {"asa", "NO"},
    {"kk", "JP"},
    {"sro", "CZ SK"},
    {"doo", "BA HR ME RS SI"},
    {"uab", "LT"},
    {"na", "US"},
    {"pa", "US"},
    {"pc", "US"},
    {"psc", "US"},
    {"ulc", "CA US"},
    {"lda", "PT"},
};
#define N_LEGAL_FORMS (sizeof legal_forms / sizeof *legal_forms)

/* Written without a space before or behind the name. */
static const char *const glued_forms[] = {"株式会社",     "有限会社", "合同会社",
                                          "股份有限公司", "有限公司", "주식회사"};

/* In front of the name; countries as above. */
static const struct {
    const char *word, *countries;
} leading[] = {
    {"the", NULL}, {"株式会社", NULL}, {"有限会社", NULL}, {"合同会社", NULL}, {"주식회사", NULL},
    {"pt", "ID"},  {"ooo", "RU"},      {"oao", "RU"},      {"zao", "RU"},      {"pao", "RU"},
};

/* A legal form does not stand behind these: "Bank of Co". */
static const char *const openers[] = {"of", "for", "in", "de", "du", "la", "der"};

#define N_OF(a) (sizeof(a) / sizeof *(a))

struct piece {
    const char *s;
    size_t n;
    bool dotted; /* was "S.A." */
};

struct pieces {
    struct piece *items;
    size_t n;
};

static bool is(const struct piece *w, const char *s)
{
    return strlen(s) == w->n && memcmp(w->s, s, w->n) == 0;
}

static bool is_law_in(const char *countries, const char *country)
{
    if (!countries)
        return true;
    for (const char *at = country && strlen(country) == 2 ? strstr(countries, country) : NULL; at;
         at = strstr(at + 1, country))
        if (at == countries || at[-1] == ' ')
            return true;
    return false;
}

/* --- words --- */

/* A folded text being taken apart; OUT is as long as the text and more, since "&" becomes "and". */
struct cutter {
    const char *s;
    size_t left;
    struct strbuf out;
    bool open;         /* a word is being written */
    bool dotted;       /* with dots in it */
    size_t characters; /* since its last dot */
};

static bool is_apostrophe(uint32_t c)
{
    return c == '\'' || c == '`' || c == 0x2018 || c == 0x2019 || c == 0x2bc || c == 0x2032;
}

/* Whether exactly one letter or digit follows, as in what a dot abbreviates. */
static bool single_follows(const struct cutter *k)
{
    uint32_t c = 0, d = 0;
    size_t n = utf8_decode(k->s, k->left, &c);
    if (n == 0 || !fold_is_word(c))
        return false;
    return utf8_decode(k->s + n, k->left - n, &d) == 0 || !fold_is_word(d);
}

/* A word ends; one with dots is marked by a byte that no text has. */
static void close_word(struct cutter *k)
{
    if (!k->open)
        return;
    if (k->dotted)
        strbuf_addc(&k->out, '\x01');
    strbuf_addc(&k->out, ' ');
    k->open = k->dotted = false;
    k->characters = 0;
}

/* Takes what most names are made of at once. */
static bool take_plain(struct cutter *k)
{
    size_t n = 0;
    while (n < k->left && ascii_is_alnum(k->s[n]))
        n++;
    if (n == 0)
        return false;
    strbuf_add(&k->out, k->s, n);
    k->s += n;
    k->left -= n;
    k->open = true;
    k->characters += n;
    return true;
}

static void take(struct cutter *k)
{
    uint32_t c = 0xfffd;
    if (take_plain(k))
        return;
    size_t n = utf8_decode(k->s, k->left, &c);
    const char *at = k->s;
    n = n ? n : 1;
    k->s += n;
    k->left -= n;
    if (fold_is_word(c)) {
        strbuf_add(&k->out, at, n);
        k->open = true;
        k->characters++;
    } else if (is_apostrophe(c) && k->open) {
        return;
    } else if ((c == '.' || c == '/') && k->characters == 1 && single_follows(k)) {
        k->dotted = true;
        k->characters = 0;
    } else {
        close_word(k);
        if (c == '&' || c == '+') {
            strbuf_adds(&k->out, c == '&' ? "and" : "plus");
            k->open = true;
            close_word(k);
        }
    }
}

static int split(const char *text, struct arena *mem, struct pieces *ret)
{
    struct pieces w = {.items = arena_array(mem, strlen(text) / 2 + 1, sizeof *w.items)};
    if (!w.items)
        return -ENOMEM;
    for (const char *s = text; *s;) {
        size_t n = strcspn(s, " ");
        bool dotted = n > 0 && s[n - 1] == '\x01';
        if (n > dotted)
            w.items[w.n++] = (struct piece){.s = s, .n = n - dotted, .dotted = dotted};
        s += n + (s[n] == ' ');
    }
    *ret = w;
    return 0;
}

/* NAME as words. */
static int cut(const char *name, struct arena *mem, struct pieces *ret)
{
    const char *folded = fold_text(name, mem);
    if (!folded)
        return -ENOMEM;
    struct cutter k = {.s = folded, .left = strlen(folded), .out = STRBUF_INIT};
    while (k.left)
        take(&k);
    close_word(&k);
    const char *text = k.out.failed ? NULL : arena_strndup(mem, k.out.data ? k.out.data : "", k.out.size);
    strbuf_done(&k.out);
    return text ? split(text, mem, ret) : -ENOMEM;
}

static const char *join(const struct pieces *w, struct arena *mem)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    for (size_t i = 0; i < w->n; i++) {
        if (i)
            strbuf_addc(&b, ' ');
        strbuf_add(&b, w->items[i].s, w->items[i].n);
    }
    return b.failed ? NULL : arena_strndup(mem, b.data ? b.data : "", b.size);
}

/* --- what is dropped --- */

/* How many words at the end of W are WORDS, leaving at least one; 0: they are not. */
static size_t ends_in(const struct pieces *w, const char *words)
{
    size_t n = 1;
    for (const char *s = words; *s; s++)
        n += *s == ' ';
    if (w->n <= n)
        return 0;
    for (size_t i = 0; i < n; i++) {
        size_t length = strcspn(words, " ");
        const struct piece *have = &w->items[w->n - n + i];
        if (have->n != length || memcmp(have->s, words, length) != 0)
            return 0;
        words += length + (words[length] == ' ');
    }
    return n;
}

static bool opens(const struct piece *w)
{
    for (size_t i = 0; i < N_OF(openers); i++)
        if (is(w, openers[i]))
            return true;
    return false;
}

static size_t legal_form(const struct pieces *w, const char *country)
{
    size_t longest = 0;
    for (size_t i = 0; i < N_LEGAL_FORMS; i++) {
        size_t n = ends_in(w, legal_forms[i].words);
        if (n > longest && (w->items[w->n - 1].dotted || is_law_in(legal_forms[i].countries, country)) &&
            !opens(&w->items[w->n - n - 1]))
            longest = n;
    }
    return longest;
}

/* "Tiffany & Co." is "tiffany", "Kroger Co., The" is "kroger". */
static void drop_behind(struct pieces *w, const char *country)
{
    size_t n;
    if (w->n > 1 && is(&w->items[w->n - 1], "the"))
        w->n--;
    while ((n = legal_form(w, country)) > 0) {
        w->n -= n;
        if (w->n > 1 && is(&w->items[w->n - 1], "and"))
            w->n--;
    }
}

static void drop_before(struct pieces *w, const char *country)
{
    for (size_t i = 0; i < N_OF(leading); i++)
        if (w->n > 1 && is(&w->items[0], leading[i].word) && is_law_in(leading[i].countries, country)) {
            w->items++;
            w->n--;
            return;
        }
}

static void drop_glued(struct piece *w)
{
    for (size_t i = 0; i < N_OF(glued_forms); i++) {
        size_t n = strlen(glued_forms[i]);
        if (w->n > n && memcmp(w->s + w->n - n, glued_forms[i], n) == 0) {
            w->n -= n;
            return;
        }
        if (w->n > n && memcmp(w->s, glued_forms[i], n) == 0) {
            w->s += n;
            w->n -= n;
            return;
        }
    }
}

const char *org_name_words(const char *name, struct arena *mem)
{
    struct pieces w;
    return cut(name, mem, &w) == 0 ? join(&w, mem) : NULL;
}

/* What is left of W without its dress. */
static const char *fold(struct pieces *w, const char *country, struct arena *mem)
{
    drop_before(w, country);
    drop_behind(w, country);
    for (size_t i = 0; i < w->n; i++)
        drop_glued(&w->items[i]);
    return join(w, mem);
}

const char *org_name_fold(const char *name, const char *country, struct arena *mem)
{
    struct pieces w;
    return cut(name, mem, &w) == 0 ? fold(&w, country, mem) : NULL;
}

int org_name_parts(const char *name, const char *country, struct arena *mem, const char **ret_words,
                   const char **ret_folded)
{
    struct pieces w;
    int result = cut(name, mem, &w);
    const char *words = result == 0 ? join(&w, mem) : NULL;
    const char *folded = words ? fold(&w, country, mem) : NULL;
    if (!folded)
        return -ENOMEM;
    *ret_words = words;
    *ret_folded = folded;
    return 0;
}
