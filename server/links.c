/* SPDX-License-Identifier: MIT */
/* URLs that answers contain: pages of a list, filters to remove, the other formats. */
#include "load.h"
#include "model/country.h"
#include "query/cursor.h"
#include "query/params.h"
#include "util/limits.h"
#include "util/percent.h"

#include <errno.h>
#include <string.h>

const char *link_to(const struct load *l, const char *stem, enum format f, const char *query)
{
    /* The root under a prefix is "/b/"; its data has a name of its own. */
    bool root = strcmp(stem, "/") == 0;
    const char *path = root && f != FORMAT_HTML ? "/index" : stem;
    return arena_printf(l->mem, "%s%s%s%s%s", l->app->cfg.base_path, path, format_suffix(f),
                        *query ? "?" : "", query);
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

/* --- filters, said back --- */

static const struct {
    const char *label;
    const struct vocab *vocab;
} filter_labels[_FILTER_N] = {
    [FILTER_ORGANIZATION] = {"organisation", NULL},
    [FILTER_PARTY_KIND] = {"kind of organisation", &vocab_org_kind},
    [FILTER_COUNTRY] = {"country", NULL},
    [FILTER_STATUS] = {"marked", &vocab_status},
    [FILTER_EXPOSURE] = {"marked", &vocab_exposure},
    [FILTER_YEAR] = {"year", NULL},
    [FILTER_DATASET] = {"dataset", NULL},
    [FILTER_KIND] = {"kind", NULL},
    [FILTER_INCIDENT] = {"incident", NULL},
    [FILTER_ACTOR] = {"actor", NULL},
    [FILTER_DATA_CLASS] = {"kind of data", &vocab_data_class},
    [FILTER_OWNER] = {"owner", NULL},
    [FILTER_ROLE] = {"role", &vocab_role},
    [FILTER_SECTOR] = {"sector", NULL},
    [FILTER_ACTION] = {"action", &vocab_action},
    [FILTER_SOURCE_CLASS] = {"source", &vocab_source_class},
    [FILTER_BRAND] = {"brand", NULL},
    [FILTER_TEXT] = {"text", NULL},
    [FILTER_DATE] = {"date", NULL},
    [FILTER_OCCURRED] = {"occurred", NULL},
    [FILTER_DISCOVERED] = {"discovered", NULL},
    [FILTER_CONTAINED] = {"contained", NULL},
    [FILTER_NOTIFIED] = {"notified", NULL},
    [FILTER_DISCLOSED] = {"disclosed", NULL},
    [FILTER_MATCH] = {"dates", NULL},
    [FILTER_AFFECTED_MIN] = {"at least", NULL},
    [FILTER_AFFECTED_MAX] = {"at most", NULL},
    [FILTER_UNIT] = {"counted in", &vocab_unit},
    [FILTER_MODIFIED_SINCE] = {"changed since", NULL},
    [FILTER_REACH] = {"including", &vocab_reach},
    [FILTER_DUPLICATES] = {"repeated records", &query_duplicates},
};

/* What people call VALUE where that is known without asking storage; else VALUE. */
static const char *known_label(const struct load *l, enum filter f, const char *value)
{
    const struct vocab *v = filter_labels[f].vocab;
    if (strcmp(value, QUERY_NONE) == 0)
        return "not known";
    if (f == FILTER_KIND)
        v = l->q.list == QUERY_TIMELINE ? &vocab_event_kind : &vocab_org_kind;
    if (f == FILTER_COUNTRY && country_name(value))
        return country_name(value);
    int i = v ? vocab_find(v, value) : -1;
    return i >= 0 ? vocab_label(v, (unsigned)i) : value;
}

/* An organisation that is not in the catalogue is called by its id. 0, -ENOMEM or STORAGE_E_*. */
static int value_label(const struct load *l, enum filter f, const char *value, const char **ret)
{
    struct organization org;
    *ret = known_label(l, f, value);
    if (f != FILTER_ORGANIZATION && f != FILTER_OWNER)
        return 0;
    int r = storage_get_organization(l->rd, value, l->mem, &org);
    if (r == 0)
        *ret = org.row.name;
    return r == STORAGE_E_NOT_FOUND ? 0 : r;
}

static int fill_filter(const struct load *l, enum filter f, const char *value, struct active_filter *ret)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    const char *label;
    int r = value_label(l, f, value, &label);
    if (r != 0)
        return r;
    query_without(&l->q, f, value, &b);
    if (b.failed)
        return -ENOMEM;
    *ret = (struct active_filter){
        .name = filter_name(f),
        .value = value,
        .name_label = filter_labels[f].label,
        .value_label = label,
        .remove = link_to(l, l->stem, l->format, b.size ? b.data : ""),
    };
    return ret->remove ? 0 : -ENOMEM;
}

/* "country Japan, year 2019 or 2020" */
static const char *query_words(struct arena *mem, const struct active_filter *filters, size_t n)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    strbuf_adds(&b, "");
    for (size_t i = 0; i < n; i++) {
        if (i && strcmp(filters[i].name, filters[i - 1].name) == 0)
            strbuf_addf(&b, " or %s", filters[i].value_label);
        else
            strbuf_addf(&b, "%s%s %s", i ? ", " : "", filters[i].name_label, filters[i].value_label);
    }
    return b.failed ? NULL : arena_strdup(mem, b.data);
}

static int fill_filters(const struct load *l, struct list_info *ret)
{
    size_t n = 0;
    for (unsigned f = 0; f < _FILTER_N; f++)
        n += l->q.filters[f].n;
    struct active_filter *filters = arena_array(l->mem, n, sizeof *filters);
    if (!filters)
        return -ENOMEM;
    size_t at = 0;
    int r = 0;
    for (unsigned f = 0; f < _FILTER_N; f++)
        for (size_t i = 0; i < l->q.filters[f].n && r == 0; i++)
            r = fill_filter(l, (enum filter)f, l->q.filters[f].values[i], &filters[at++]);
    if (r != 0)
        return r;
    ret->filters = filters;
    ret->n_filters = n;
    ret->text = query_words(l->mem, filters, n);
    return ret->text ? 0 : -ENOMEM;
}

int link_list(struct load *l, const struct page_info *page, struct list_info *ret)
{
    *ret = (struct list_info){
        .total = page->total, .limit = l->q.limit, .catalogue_changed = l->q.catalogue_changed};
    if (!(ret->first = page_link(l, NULL, NULL)) ||
        (page->has_next && !(ret->next = page_link(l, "after", &page->last))) ||
        (page->has_prev && !(ret->prev = page_link(l, "before", &page->first))))
        return -ENOMEM;
    l->is_list = true;
    l->total = page->total;
    l->next = ret->next;
    l->prev = ret->prev;
    l->first = ret->first;
    return fill_filters(l, ret);
}

int link_whole_list(struct load *l, size_t n, struct list_info *ret)
{
    l->is_list = true;
    l->total = n;
    l->first = link_to(l, l->stem, l->format, "");
    *ret = (struct list_info){.total = n, .limit = (unsigned)n, .text = "", .first = l->first};
    return l->first ? 0 : -ENOMEM;
}
