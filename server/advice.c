/* SPDX-License-Identifier: MIT */
/*
 * What to try instead where a list is empty: how much there is without each of its filters, and with each of the words that
 * were searched for by itself, if need be with only its beginning, as a slip is likeliest in the rest.
 */
#include "load.h"
#include "query/narrow.h"
#include "query/search.h"
#include "storage/storage.h"
#include "util/limits.h"
#include "util/utf8.h"

#include <errno.h>
#include <string.h>

static int count(const struct load *l, struct query *q, size_t *ret)
{
    struct incident_page incidents = {0};
    struct org_page orgs = {0};
    struct event_page events = {0};
    int r = -EINVAL;
    if (q->list == QUERY_STATISTICS)
        *q = query_counted(q);
    q->limit = 1;
    q->full = false;
    if (q->list == QUERY_INCIDENTS)
        r = storage_list_incidents(l->rd, q, ROWS_AS_MODEL, l->mem, &incidents);
    else if (q->list == QUERY_TIMELINE)
        r = storage_list_events(l->rd, q, l->mem, &events);
    else if (q->list == QUERY_DEALERS || q->list == QUERY_ORGANIZATIONS)
        r = storage_list_organizations(l->rd, q, l->mem, &orgs);
    *ret = incidents.page.total + orgs.page.total + events.page.total; /* two of them are none */
    return r;
}

/* What LIST would have without one of its filters. */
static int count_without(const struct load *l, const struct active_filter *f, size_t *ret)
{
    struct query q = l->q;
    enum filter filter = 0;
    while (strcmp(filter_name(filter), f->name) != 0)
        filter++;
    int r = narrow_remove(&q, filter, f->value, l->mem);
    return r == 0 ? count(l, &q, ret) : r;
}

static int advise_filters(const struct load *l, struct list_info *ret)
{
    size_t n = ret->n_filters < LIMIT_TRIED ? ret->n_filters : LIMIT_TRIED;
    size_t *without = arena_array(l->mem, n, sizeof *without);
    int r = without ? 0 : -ENOMEM;
    for (size_t i = 0; i < n && r == 0; i++)
        r = count_without(l, &ret->filters[i], &without[i]);
    ret->without = without;
    ret->n_without = n;
    return r;
}

/* --- words --- */

/* Adds TEXT to RET if anything is found with it in place of the text searched for. Whether it is: *ret_found. */
static int try_text(const struct load *l, const char *text, struct list_info *ret, struct text_choice *to,
                    bool *ret_found)
{
    struct query q = l->q;
    const char *canonical;
    const char **values = arena_array(l->mem, 1, sizeof *values);
    int r = text && values ? search_parse(text, l->mem, &q.search, &canonical) : -ENOMEM;
    if (r != 0)
        return r < 0 ? r : 0;
    values[0] = canonical;
    q.filters[FILTER_TEXT] = (struct filter_values){values, 1};
    query_settle(&q);
    struct text_choice found = {.text = canonical, .url = link_asking(l, l->stem, &q)};
    r = found.url ? count(l, &q, &found.count) : -ENOMEM;
    *ret_found = r == 0 && found.count;
    if (*ret_found)
        to[ret->n_instead++] = found;
    return r;
}

/* The word alone, where there were others; else shorter and shorter beginnings of it. */
static int try_word(const struct load *l, const struct search_term *t, struct list_info *ret,
                    struct text_choice *to)
{
    const char *word = t->tokens[0];
    size_t n = strlen(word);
    bool found = false;
    int r = l->q.search.n > 1 && !t->prefix ? try_text(l, word, ret, to, &found) : 0;
    for (unsigned i = 0; i < LIMIT_SHORTENED && r == 0 && !found; i++) {
        n = n ? utf8_truncate(word, strlen(word), n - 1) : 0;
        if (utf8_count(word, n) < LIMIT_BEGINNING)
            break;
        r = try_text(l, arena_printf(l->mem, "%.*s*", (int)n, word), ret, to, &found);
    }
    return r;
}

static int advise_words(const struct load *l, struct list_info *ret)
{
    struct text_choice *choices = arena_array(l->mem, LIMIT_TRIED, sizeof *choices);
    int r = choices ? 0 : -ENOMEM;
    for (size_t i = 0; i < l->q.search.n && i < LIMIT_TRIED && r == 0; i++) {
        const struct search_term *t = &l->q.search.terms[i];
        if (t->n == 1 && !t->negated)
            r = try_word(l, t, ret, choices);
    }
    ret->instead = choices;
    return r;
}

int advice_for_empty(const struct load *l, struct list_info *ret)
{
    int r = advise_filters(l, ret);
    return r == 0 ? advise_words(l, ret) : r;
}
