/* SPDX-License-Identifier: MIT */
/* URLs that answers contain: pages of a list, the same list asked differently, the other formats. */
#include "load.h"
#include "query/cursor.h"
#include "query/narrow.h"
#include "util/limits.h"
#include "util/percent.h"

#include <errno.h>
#include <string.h>

const char *link_to(const struct load *l, const char *stem, enum format f, const char *query)
{
    /* The root under a prefix is "/b/"; its data has a name of its own. */
    bool root = strcmp(stem, "/") == 0;
    const char *path = root && f != FORMAT_HTML ? "/index" : stem;
    return arena_join(l->mem, l->app->cfg.base_path, path, format_suffix(f), *query ? "?" : "", query);
}

/* What the rest of L's query is in form F: a feed has a list's filters alone, a file all of it; on pages CSV is for
 * spreadsheets. */
static struct query form_query(const struct load *l, enum format f)
{
    struct query x = format_is_feed(f) ? query_filters(&l->q) : l->q;
    x.excel = f == FORMAT_CSV && (l->q.excel || l->format == FORMAT_HTML);
    if (format_is_file(f) && !format_is_file(l->format)) {
        x.facets = 0;
        x.full = l->q.full && f == FORMAT_NDJSON;
        x.limit = LIMIT_PAGE_DEFAULT;
        x.after.n = x.before.n = 0;
        query_settle(&x);
    }
    return x;
}

const char *link_form(const struct load *l, enum format f)
{
    struct load as = *l;
    if (l->query)
        as.q = form_query(l, f);
    const char *query = l->query ? link_query(&as) : "";
    return query ? link_to(l, l->stem, f, query) : NULL;
}

const char *link_path(struct arena *mem, const char *folder, const char *id)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, folder);
    percent_encode(PERCENT_SEGMENT, id, strlen(id), &b);
    return b.failed ? NULL : arena_strdup(mem, b.data);
}

/* The canonical query plus one cursor. */
static const char *page_query(const struct load *l, const char *name, const struct cursor *c)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT, identity = STRBUF_INIT;
    query_canonical(&l->q, false, &b);
    if (c) {
        strbuf_addf(&b, "%s%s=", b.size ? "&" : "", name);
        if (query_identity(&l->q, &identity) < 0)
            return NULL;
        cursor_encode(c, identity.data, snapshot_info(l->snap)->id, &b);
    }
    return b.failed ? NULL : arena_strdup(l->mem, b.size ? b.data : "");
}

const char *link_query(const struct load *l)
{
    const struct cursor *c = l->q.after.n ? &l->q.after : l->q.before.n ? &l->q.before : NULL;
    return page_query(l, l->q.after.n ? "after" : "before", l->snap ? c : NULL);
}

static const char *page_link(const struct load *l, const char *name, const struct cursor *c)
{
    const char *query = page_query(l, name, c);
    return query ? link_to(l, l->stem, l->format, query) : NULL;
}

/* --- the same list, asked a little differently: from its first page, in the format asked for --- */

const char *link_asking(const struct load *l, const char *stem, const struct query *q)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    query_canonical(q, false, &b);
    return b.failed ? NULL : link_to(l, stem, l->format, b.size ? b.data : "");
}

/* The list that B, a canonical query, asks for. */
static const char *link_same(const struct load *l, const struct strbuf *b)
{
    return b->failed ? NULL : link_to(l, l->stem, l->format, b->size ? b->data : "");
}

const char *link_without(const struct load *l, enum filter f, const char *value)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    query_without(&l->q, f, value, &b);
    return link_same(l, &b);
}

const char *link_alone(const struct load *l, enum filter f, const char *value)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    struct query q = l->q;
    q.facets = 0;
    if (f == FILTER_ORGANIZATION)
        q.filters[FILTER_REACH].n = 0;
    query_with(&q, f, value, &b);
    return link_same(l, &b);
}

const char *link_sorted(const struct load *l, enum sort s)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    query_sorted(&l->q, s, &b);
    return link_same(l, &b);
}

const char *link_beside(const struct load *l, enum filter f, const char *value)
{
    struct query q = l->q;
    q.facets = 0;
    return narrow_add(&q, f, value, l->mem) == 0 ? link_asking(l, l->stem, &q) : NULL;
}

const char *link_facet(const struct load *l, enum facet f)
{
    struct query q = l->q;
    q.facets = 1u << f;
    q.facet_limit = LIMIT_FACET_MOST;
    return link_asking(l, l->stem, &q);
}

/* The statistics of the incidents that Q asks for. */
static const char *link_statistics(const struct load *l)
{
    struct query q = query_default(QUERY_STATISTICS);
    memcpy(q.filters, l->q.filters, sizeof q.filters);
    return link_asking(l, "/statistics", &q);
}

static int fill_pages(struct load *l, const struct page_info *page, struct list_info *ret)
{
    bool paged = !format_is_feed(l->format);
    if (!(ret->first = page_link(l, NULL, NULL)) || !(ret->clear = link_to(l, l->stem, l->format, "")) ||
        (paged && page->has_next && !(ret->next = page_link(l, "after", &page->last))) ||
        (paged && page->has_prev && !(ret->prev = page_link(l, "before", &page->first))))
        return -ENOMEM;
    l->is_list = true;
    l->total = page->total;
    l->next = ret->next;
    l->prev = ret->prev;
    l->first = paged ? ret->first : NULL;
    return 0;
}

/* What only pages show. */
static int fill_offers(struct load *l, const struct page_info *page, struct list_info *ret)
{
    if (l->q.list == QUERY_INCIDENTS && page->total && !(ret->statistics = link_statistics(l)))
        return -ENOMEM;
    int r = orders_of_list(l, page->sort, ret);
    return r == 0 && !page->total ? advice_for_empty(l, ret) : r;
}

int link_list(struct load *l, const struct page_info *page, struct list_info *ret)
{
    if (l->q.walk) {
        *ret = (struct list_info){.total = page->total};
        l->is_list = true;
        l->total = page->total;
        l->more = page->has_next;
        return 0;
    }
    bool by_default = l->q.sort == sort_default(l->q.list, l->q.filters[FILTER_TEXT].n);
    *ret = (struct list_info){.total = page->total,
                              .limit = l->q.limit,
                              .catalogue_changed = l->q.catalogue_changed,
                              .sort = sort_word(page->sort),
                              .sort_asked = by_default ? NULL : sort_word(l->q.sort),
                              .sort_instead = l->q.sort == SORT_RELEVANCE && page->sort != SORT_RELEVANCE};
    int r = fill_pages(l, page, ret);
    if (r == 0)
        r = said_filters(l, ret);
    if (r == 0 && l->format == FORMAT_HTML)
        r = fill_offers(l, page, ret);
    return r;
}

int link_whole_list(struct load *l, size_t n, struct list_info *ret)
{
    l->is_list = true;
    l->total = n;
    l->first = link_to(l, l->stem, l->format, "");
    *ret = (struct list_info){.total = n, .limit = (unsigned)n, .text = "", .first = l->first};
    return l->first ? 0 : -ENOMEM;
}
