/* SPDX-License-Identifier: MIT */
/*
 * Searches: each term is a set of rows, and a search their intersection, less what is negated. Words that many incidents
 * have are stored sets, as filters' values are (SET_WORD); of all others, and of phrases, the full-text index tells. A
 * beginning is the union of the words that begin so, as long as these are not too many.
 *
 * Nothing that a client wrote is syntax to FTS5: a term becomes one string of tokens, quoted here.
 */
#include "storage/sqlite_words.h"

#include <errno.h>

/* A beginning of more words than that is left to FTS5 whole, which merges all of them. Looking one up takes some 10 µs, so
 * up to here it is at worst as fast, and much faster where common words are among them. */
#define BEGINNINGS_MOST 16000

/* What terms are kept as (set_keep). */
#define KEPT "found"

/* The greatest character, in UTF-8: after everything that begins with what stands before it. */
#define GREATEST "\xf4\x8f\xbf\xbf"

void words_put_term(const struct search_term *t, struct strbuf *out)
{
    strbuf_addc(out, '"');
    for (size_t i = 0; i < t->n; i++) {
        if (i)
            strbuf_addc(out, ' ');
        for (const char *c = t->tokens[i]; *c; c++) {
            if (*c == '"') /* in no token, but who writes queries by hand may err */
                strbuf_addc(out, '"');
            strbuf_addc(out, *c);
        }
    }
    strbuf_adds(out, t->prefix ? "\" *" : "\"");
}

/* Adds to B the rows that statement ID finds for T. */
static int add_matches(struct storage_reader *rd, enum statement id, const struct search_term *t,
                       struct rowset_builder *b)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    words_put_term(t, &text);
    if (text.failed)
        return -ENOMEM;
    _cleanup_row_ struct row r = row_run(rd, id, NULL);
    row_bind_text(&r, ":match", text.data);
    return row_collect(&r, b);
}

static int match(struct storage_reader *rd, enum statement id, const struct search_term *t,
                 const struct rowset **ret)
{
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    int outcome = b ? add_matches(rd, id, t, b) : -ENOMEM;
    return outcome == 0 ? filter_made(rowset_gathered(b, rd->scratch), ret) : outcome;
}

static int add_word(struct storage_reader *rd, const char *word, bool stored, struct rowset_builder *b)
{
    const struct rowset *s;
    const struct search_term t = {.tokens = &word, .n = 1};
    if (!stored)
        return add_matches(rd, STMT_WORDS, &t, b);
    int outcome = set_get(rd, SET_WORD, word, &s);
    if (outcome == 0)
        rowset_add_set(b, s);
    return outcome;
}

/* The words that begin with one, and how many incidents have each. */
struct beginning {
    const char *word;
    size_t incidents;
};

static void read_beginning(struct row *r, void *item)
{
    struct beginning *x = item;
    x->word = row_must_text(r);
    x->incidents = row_size(r);
}

static int list_beginnings(struct storage_reader *rd, const char *begin, struct beginning **ret,
                           size_t *ret_n)
{
    const char *end = arena_printf(rd->scratch, "%s" GREATEST, begin);
    if (!end)
        return -ENOMEM;
    _cleanup_row_ struct row r = row_run(rd, STMT_WORDS_BEGINNING, rd->scratch);
    row_bind_text(&r, ":from", begin);
    row_bind_text(&r, ":to", end);
    row_bind_number(&r, ":limit", BEGINNINGS_MOST + 1);
    return row_all(&r, sizeof **ret, read_beginning, ret, ret_n);
}

int words_beginning(struct storage_reader *rd, const char *begin, size_t *ret)
{
    struct beginning *all;
    size_t n, rows = 0;
    int outcome = list_beginnings(rd, begin, &all, &n);
    for (size_t i = 0; outcome == 0 && i < n; i++)
        rows += all[i].incidents;
    if (outcome == 0)
        *ret = n > BEGINNINGS_MOST ? SIZE_MAX : rows;
    return outcome;
}

static int match_beginning(struct storage_reader *rd, const struct search_term *t, const struct rowset **ret)
{
    _cleanup_rowset_builder_ struct rowset_builder *b = rowset_builder_new();
    struct beginning *all;
    size_t n;
    int outcome = b ? list_beginnings(rd, t->tokens[0], &all, &n) : -ENOMEM;
    if (outcome == 0 && n > BEGINNINGS_MOST)
        return match(rd, STMT_WORDS, t, ret);
    for (size_t i = 0; outcome == 0 && i < n; i++)
        outcome = add_word(rd, all[i].word, all[i].incidents > SETS_WORD, b);
    return outcome == 0 ? filter_made(rowset_gathered(b, rd->scratch), ret) : outcome;
}

static int find_term(struct storage_reader *rd, const struct search_term *t, const struct rowset **ret)
{
    return t->n == 1 && t->prefix ? match_beginning(rd, t, ret) : match(rd, STMT_WORDS, t, ret);
}

/* What is found once is kept: facets, the next page and other filters ask for it again. */
static int words_term(struct storage_reader *rd, const struct search_term *t, const struct rowset **ret)
{
    _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
    int outcome = 0;
    if (t->n == 1 && !t->prefix) {
        outcome = set_get(rd, SET_WORD, t->tokens[0], ret);
        if (outcome != 0 || rowset_count(*ret))
            return outcome;
    }
    words_put_term(t, &text);
    if (text.failed)
        return -ENOMEM;
    if (set_recall(rd, KEPT, text.data, ret))
        return 0;
    outcome = find_term(rd, t, ret);
    return outcome == 0 ? set_keep(rd, KEPT, text.data, *ret, ret) : outcome;
}

static int org_term(struct storage_reader *rd, const struct search_term *t, const struct rowset **ret)
{
    return match(rd, STMT_ORG_WORDS, t, ret);
}

/* Terms that must be there come first: at least one does. */
static int search(struct storage_reader *rd, const struct search *x,
                  int (*find)(struct storage_reader *rd, const struct search_term *t,
                              const struct rowset **ret),
                  const struct rowset **ret)
{
    const struct rowset *s = NULL, *one;
    for (size_t i = 0; i < x->n && (!s || rowset_count(s)); i++) {
        int outcome = find(rd, &x->terms[i], &one);
        if (outcome == 0 && !s)
            s = one;
        else if (outcome == 0)
            outcome = filter_made(x->terms[i].negated ? rowset_subtract(s, one, rd->scratch)
                                                      : rowset_intersect(s, one, rd->scratch),
                                  &s);
        if (outcome != 0)
            return outcome;
    }
    *ret = s ? s : rowset_empty();
    return 0;
}

int filter_words(struct storage_reader *rd, const struct query *q, enum filter f, const struct rowset **ret)
{
    (void)f;
    return search(rd, &q->search, words_term, ret);
}

int filter_org_words(struct storage_reader *rd, const struct query *q, const struct rowset **ret)
{
    return search(rd, &q->search, org_term, ret);
}
