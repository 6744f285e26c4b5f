/* SPDX-License-Identifier: MIT */
/*
 * Reads search texts. The text is folded first, so that the operators of wide forms (＂, －, ＊) work too, and the canonical
 * text is made of the folded pieces: reading it again gives the same.
 */
#include "query/search.h"

#include "query/fold.h"
#include "query/words.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define SPACES " \t\n\r\f\v"

/* One operand of the text. */
struct operand {
    const char *text;
    size_t size;
    bool negated;
};

/* A term and its canonical text, by which terms are ordered. */
struct named_term {
    struct search_term term;
    const char *text;
};

struct reader {
    struct arena *mem;
    struct named_term terms[LIMIT_TERMS];
    size_t n, n_tokens;
};

/* --- operands --- */

/* The closing quote of a phrase that begins at P, or NULL. */
static const char *closing(const char *p)
{
    return *p == '"' ? strchr(p + 1, '"') : NULL;
}

static bool next_operand(const char **at, struct operand *ret)
{
    const char *p = *at + strspn(*at, SPACES);
    if (!*p)
        return false;
    *ret = (struct operand){.negated = *p == '-'};
    p += ret->negated;
    const char *end = closing(p);
    if (end) {
        ret->text = p + 1;
        ret->size = (size_t)(end - p) - 1;
        *at = end + 1;
        return true;
    }
    for (end = p; *end && !strchr(SPACES, *end) && (end == p || !closing(end)); end++)
        ;
    ret->text = p;
    ret->size = (size_t)(end - p);
    *at = end;
    return true;
}

/* --- tokens --- */

/* What is being made of one operand. */
struct draft {
    struct reader *reader;
    const char *tokens[LIMIT_TOKENS];
    size_t n, pieces;
    struct strbuf text;
    int error;
};

static void add_token(struct draft *d, const char *text, size_t size)
{
    if (d->n == LIMIT_TOKENS)
        d->error = SEARCH_E_MANY;
    else if (!(d->tokens[d->n++] = arena_strndup(d->reader->mem, text, size)))
        d->error = -ENOMEM;
}

/* Within a phrase a run must end where it ends there; at the phrase's end it may go on. */
static void add_run(struct draft *d, const struct piece *run, bool last)
{
    for (size_t at = 0, next; at < run->size && !d->error; at = next) {
        size_t size = words_token(run, at, &next);
        if (at == 0 || next < run->size || !last)
            add_token(d, run->text + at, size);
    }
}

static void add_piece(struct draft *d, const struct piece *x, bool last)
{
    if (d->pieces++)
        strbuf_addc(&d->text, ' ');
    strbuf_add(&d->text, x->text, x->size);
    if (x->run)
        add_run(d, x, last);
    else
        add_token(d, x->text, x->size);
}

/* Whether X, the last piece of TEXT, is only a beginning: of a run that is one character, always; *ret_starred: because
 * stars follow. */
static bool is_beginning(const struct piece *x, const char *rest, bool *ret_starred)
{
    size_t characters = utf8_count(x->text, x->size);
    *ret_starred = !x->run && characters > 1 && *rest == '*' && rest[strspn(rest, "*")] == '\0';
    return *ret_starred || (x->run && characters == 1);
}

static int finish(struct draft *d, bool negated, bool prefix, bool starred)
{
    struct reader *r = d->reader;
    if (starred)
        strbuf_addc(&d->text, '*');
    if (d->error)
        return d->error;
    if (r->n == LIMIT_TERMS || r->n_tokens + d->n > LIMIT_TOKENS)
        return SEARCH_E_MANY;
    const char **tokens = arena_array(r->mem, d->n, sizeof *tokens);
    const char *quote = d->pieces > 1 ? "\"" : "";
    const char *text = d->text.failed
                           ? NULL
                           : arena_printf(r->mem, "%s%s%s%s", negated ? "-" : "", quote, d->text.data, quote);
    if (!tokens || !text)
        return -ENOMEM;
    memcpy(tokens, d->tokens, d->n * sizeof *tokens);
    r->n_tokens += d->n;
    r->terms[r->n++] = (struct named_term){{tokens, d->n, prefix, negated}, text};
    return 0;
}

/* An operand without words means nothing. */
static int add_operand(struct reader *r, const struct operand *o)
{
    const char *at = arena_strndup(r->mem, o->text, o->size);
    struct draft d = {.reader = r};
    struct piece x, next;
    if (!at)
        return -ENOMEM;
    if (!words_next(&at, &x))
        return 0;
    const char *rest = at;
    for (; words_next(&at, &next); x = next, rest = at)
        add_piece(&d, &x, false);
    bool starred, prefix = is_beginning(&x, rest, &starred);
    add_piece(&d, &x, true);
    int outcome = finish(&d, o->negated, prefix, starred);
    strbuf_done(&d.text);
    return outcome;
}

/* --- the whole --- */

/* What must be there comes first. */
static int compare_terms(const void *a, const void *b)
{
    const struct named_term *x = a, *y = b;
    if (x->term.negated != y->term.negated)
        return x->term.negated - y->term.negated;
    return strcmp(x->text, y->text);
}

static int settle(struct reader *r, struct search *ret, const char **ret_canonical)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    struct search_term *terms = arena_array(r->mem, r->n, sizeof *terms);
    size_t n = 0;
    qsort(r->terms, r->n, sizeof *r->terms, compare_terms);
    for (size_t i = 0; i < r->n && terms; i++) {
        if (i && strcmp(r->terms[i].text, r->terms[i - 1].text) == 0)
            continue;
        if (n)
            strbuf_addc(&text, ' ');
        strbuf_adds(&text, r->terms[i].text);
        terms[n++] = r->terms[i].term;
    }
    if (!n || terms[0].negated)
        return terms ? SEARCH_E_NOTHING : -ENOMEM;
    if (text.failed)
        return -ENOMEM;
    if (text.size > LIMIT_TEXT_QUERY_BYTES)
        return SEARCH_E_LONG;
    const char *canonical = arena_strdup(r->mem, text.data);
    if (!canonical)
        return -ENOMEM;
    *ret = (struct search){terms, n};
    *ret_canonical = canonical;
    return 0;
}

int search_parse(const char *text, struct arena *mem, struct search *ret, const char **ret_canonical)
{
    struct reader r = {.mem = mem};
    struct operand o;
    if (strlen(text) > LIMIT_TEXT_QUERY_BYTES)
        return SEARCH_E_LONG;
    const char *at = fold_search(text, mem);
    int outcome = at ? 0 : -ENOMEM;
    while (outcome == 0 && next_operand(&at, &o))
        outcome = add_operand(&r, &o);
    return outcome ? outcome : settle(&r, ret, ret_canonical);
}

const char *search_reason(int outcome)
{
    static const char *const reasons[] = {
        [SEARCH_E_NOTHING] = "no word to search for",
        [SEARCH_E_LONG] = "too long",
        [SEARCH_E_MANY] = "too many words",
    };
    return reasons[outcome];
}
