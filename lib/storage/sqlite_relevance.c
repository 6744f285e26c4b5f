/* SPDX-License-Identifier: MIT */
/*
 * The order by relevance: BM25 (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) as FTS5 computes
 * it, of the terms that tell incidents apart; ties by id. What it costs is bounded: at most LIMIT_RANKED incidents are
 * weighed, and no term does that many have, for it would take long to learn that it tells little. Where there are more, or
 * nothing weighs, the newest come first, and the page says so.
 *
 * Cursor keys: the score, in millionths, and the id; those of the order that stands in for it have three.
 */
#include "storage/sqlite_order.h"
#include "storage/sqlite_words.h"
#include "util/num.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct weighed {
    uint32_t n;
    int64_t score; /* millionths */
    int64_t place; /* of its id among all, where another has the score too */
};

/* All that the search found, in order. */
struct ranking {
    struct weighed *rows;
    size_t n;
    struct slices ids;
};

/* ---- which terms weigh ---- */

/* How many rows must be looked at to weigh T, about. Merging the words of a beginning costs ten times reading one. */
static int effort(struct storage_reader *rd, const struct search_term *t, size_t *ret)
{
    size_t least = SIZE_MAX;
    if (t->n == 1 && t->prefix) {
        int outcome = words_beginning(rd, t->tokens[0], &least);
        *ret = least < SIZE_MAX / 10 ? least * 10 : SIZE_MAX;
        return outcome;
    }
    for (size_t i = 0; i < t->n - t->prefix; i++) {
        int64_t n;
        int outcome = row_lookup(rd, STMT_WORDS_COUNT, t->tokens[i], &n);
        if (outcome != 0 && outcome != STORAGE_E_NOT_FOUND)
            return outcome;
        if (outcome == 0 && (size_t)n < least)
            least = (size_t)n;
    }
    *ret = least;
    return 0;
}

/* The terms that weigh, as FTS5 reads them; ALL: every one that must be there, whatever it costs. */
static int put_terms(struct storage_reader *rd, const struct search *x, bool all, struct strbuf *out)
{
    for (size_t i = 0; i < x->n && !x->terms[i].negated; i++) {
        size_t rows = 0;
        int outcome = all ? 0 : effort(rd, &x->terms[i], &rows);
        if (outcome != 0)
            return outcome;
        if (rows > LIMIT_WEIGHED)
            continue;
        if (out->size)
            strbuf_adds(out, " AND ");
        words_put_term(&x->terms[i], out);
    }
    return out->failed ? -ENOMEM : 0;
}

/* ---- the order ---- */

static int by_score(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    return (x->score < y->score) - (x->score > y->score);
}

static int by_place(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    return (x->place > y->place) - (x->place < y->place);
}

/* Ids cost more than scores, so only ties ask for them. */
static int put_in_order(struct ranking *k)
{
    qsort(k->rows, k->n, sizeof *k->rows, by_score);
    for (size_t i = 0, end; i < k->n; i = end) {
        for (end = i + 1; end < k->n && k->rows[end].score == k->rows[i].score; end++)
            ;
        for (size_t j = i; j < end && end - i > 1; j++)
            if (!slices_value(&k->ids, k->rows[j].n, &k->rows[j].place))
                return STORAGE_E_CORRUPT;
        if (end - i > 1)
            qsort(k->rows + i, end - i, sizeof *k->rows, by_place);
    }
    return 0;
}

static int weigh(struct storage_reader *rd, const char *match, const struct rowset *s, struct ranking *k)
{
    size_t most = rowset_count(s);
    k->rows = arena_array(rd->scratch, most, sizeof *k->rows);
    if (!k->rows)
        return -ENOMEM;
    rd->sought = s;
    _cleanup_row_ struct row r = row_run(rd, STMT_WORDS_WEIGHED, NULL);
    row_bind_text(&r, ":match", match);
    int outcome;
    while ((outcome = row_step(&r)) == 0 && k->n < most) {
        uint32_t n = (uint32_t)row_number(&r);
        k->rows[k->n++] = (struct weighed){.n = n, .score = row_number(&r)};
    }
    outcome = outcome == STORAGE_E_NOT_FOUND ? row_end(&r) : outcome;
    if (outcome == 0 && k->n != most)
        return STORAGE_E_CORRUPT; /* the index does not find what its words say */
    return outcome;
}

static int64_t score_of(const struct cursor *c)
{
    int64_t score;
    bool good = num_parse_i64(c->keys[0], strlen(c->keys[0]), NUM_PLAIN, 0, INT64_MAX, &score) == 0;
    return good ? score : 0;
}

/* Where the id of C stands among all ids; PAST: and just after it. */
static int place_of(struct storage_reader *rd, const struct ranking *k, const char *id, bool past,
                    int64_t *ret)
{
    int64_t n, place;
    int outcome = row_lookup(rd, STMT_INCIDENT_NUMBER, id, &n);
    bool there = outcome == 0;
    if (outcome == STORAGE_E_NOT_FOUND)
        outcome = row_lookup(rd, STMT_INCIDENT_NEXT, id, &n);
    if (outcome == STORAGE_E_NOT_FOUND) {
        *ret = INT64_MAX;
        return 0;
    }
    if (outcome == 0 && !slices_value(&k->ids, (uint32_t)n, &place))
        outcome = STORAGE_E_CORRUPT;
    if (outcome == 0)
        *ret = place + (there && past);
    return outcome;
}

static int ranked_rank(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                       const struct cursor *c, bool past, size_t *ret)
{
    const struct ranking *k = o->ranking;
    int64_t score = score_of(c), place, own;
    size_t i = 0;
    (void)s;
    int outcome = place_of(rd, k, c->keys[c->n - 1], past, &place);
    while (outcome == 0 && i < k->n && k->rows[i].score > score)
        i++;
    for (; outcome == 0 && i < k->n && k->rows[i].score == score; i++) {
        if (!slices_value(&k->ids, k->rows[i].n, &own))
            outcome = STORAGE_E_CORRUPT;
        else if (own >= place)
            break;
    }
    if (outcome == 0)
        *ret = i;
    return outcome;
}

static int ranked_select(struct storage_reader *rd, const struct order *o, const struct rowset *s,
                         size_t start, size_t n, uint32_t *ret)
{
    (void)rd;
    (void)s;
    for (size_t i = 0; i < n; i++)
        ret[i] = o->ranking->rows[start + i].n;
    return 0;
}

static int ranked_key(struct storage_reader *rd, const struct order *o, uint32_t n, struct arena *mem,
                      struct cursor *ret)
{
    const struct ranking *k = o->ranking;
    struct cursor c = {.n = 2};
    size_t i = 0;
    while (i + 1 < k->n && k->rows[i].n != n)
        i++;
    _cleanup_row_ struct row r = row_run_of(rd, STMT_INCIDENT_ID, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    c.keys[0] = arena_printf(mem, "%" PRId64, k->rows[i].score);
    c.keys[1] = row_must_text(&r);
    outcome = c.keys[0] ? row_end(&r) : -ENOMEM;
    if (outcome == 0)
        *ret = c;
    return outcome;
}

static const struct order_way ranked = {ranked_rank, ranked_select, ranked_key};

/* A cursor goes on in the order that it was made in: one of this order has two keys. */
static bool is_wanted(const struct query *q, size_t matches, bool *ret_forced)
{
    const struct cursor *c = q->after.n ? &q->after : &q->before;
    *ret_forced = c->n == 2;
    return *ret_forced || (c->n == 0 && matches <= LIMIT_RANKED);
}

int order_by_relevance(struct storage_reader *rd, const struct query *q, const struct rowset *s,
                       struct order *o)
{
    _cleanup_strbuf_ struct strbuf match = STRBUF_INIT;
    bool forced;
    if (!is_wanted(q, rowset_count(s), &forced))
        return 0;
    int outcome = put_terms(rd, &q->search, false, &match);
    if (outcome == 0 && !match.size && forced)
        outcome = put_terms(rd, &q->search, true, &match);
    if (outcome != 0 || !match.size)
        return outcome;
    struct ranking *k = arena_alloc(rd->scratch, sizeof *k);
    if (!k)
        return -ENOMEM;
    outcome = slices_get(rd, SLICES_ID, &k->ids);
    if (outcome == 0)
        outcome = weigh(rd, match.data, s, k);
    if (outcome == 0)
        outcome = put_in_order(k);
    if (outcome != 0)
        return outcome;
    o->way = &ranked;
    o->ranking = k;
    o->sort = SORT_RELEVANCE;
    return 0;
}
