/* SPDX-License-Identifier: MIT */
/*
 * Maps of the site for crawlers (sitemaps.org): /sitemap.xml names the files, each of which has at most so many addresses as
 * the protocol allows. A file of records is a span of their places in the default order, so that making it costs the same
 * wherever it lies; it is made while it is sent, and leases a reader only while it fetches the next few addresses.
 */
#include "fixed.h"
#include "storage/storage.h"
#include "util/limits.h"
#include "util/num.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#define XMLNS " xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n"
#define XML   "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

/* What a file of records can hold, "incidents" of /sitemap-incidents-1.xml. */
static const struct {
    const char *name;
    enum address_kind kind;
} kinds[] = {{"incidents", ADDRESS_INCIDENT}, {"organizations", ADDRESS_ORGANIZATION}};
#define N_KINDS (sizeof kinds / sizeof *kinds)

static int64_t most_urls(const struct load *l)
{
    return l->app->cfg.sitemap_urls ? (int64_t)l->app->cfg.sitemap_urls : LIMIT_SITEMAP_URLS;
}

/* --- writing --- */

static void add_escaped(struct strbuf *b, const char *text)
{
    static const char *const names[] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&apos;"};
    for (const char *p = text; *p; p++) {
        unsigned char c = (unsigned char)*p;
        if (c < sizeof names / sizeof *names && names[c])
            strbuf_adds(b, names[c]);
        else
            strbuf_addc(b, *p);
    }
}

/* ELEMENT is "url" or "sitemap"; PATH NULL: memory ran out for it; MODIFIED NULL: not known. */
static void add_entry(struct strbuf *b, const char *element, const char *root, const char *path,
                      const char *modified)
{
    b->failed = b->failed || !path;
    if (!path)
        return;
    strbuf_addf(b, "<%s><loc>", element);
    add_escaped(b, root);
    add_escaped(b, path);
    strbuf_adds(b, "</loc>");
    if (modified)
        strbuf_addf(b, "<lastmod>%s</lastmod>", modified);
    strbuf_addf(b, "</%s>\n", element);
}

/* What all addresses begin with. 0, -ENOMEM or LOAD_E_NO_HOST. */
static int root_of(const struct load *l, const char **ret)
{
    if (!l->origin)
        return LOAD_E_NO_HOST;
    *ret = arena_printf(l->mem, "%s%s", l->origin, l->app->cfg.base_path);
    return *ret ? 0 : -ENOMEM;
}

static int finish(struct load *l, struct reply *ret)
{
    const char *tag = headers_etag(l);
    if (!tag)
        return -ENOMEM;
    ret->status = 200;
    reply_header(ret, "Content-Type", "application/xml");
    reply_header(ret, "ETag", tag);
    reply_header(ret, "Cache-Control", l->app->cfg.cache_control);
    return 0;
}

static int finish_body(struct load *l, struct strbuf *body, struct reply *ret)
{
    if (body->failed || !(ret->body = blob_from(body)))
        return -ENOMEM;
    return finish(l, ret);
}

/* --- the index --- */

static int add_files(struct load *l, struct storage_reader *rd, size_t kind, const char *root,
                     struct strbuf *b)
{
    int64_t last = 0, most = most_urls(l);
    int r = storage_count_addresses(rd, kinds[kind].kind, l->mem, &last);
    for (int64_t n = 1; r == 0 && (n - 1) * most < last; n++) {
        const char *path = arena_printf(l->mem, "/sitemap-%s-%lld.xml", kinds[kind].name, (long long)n);
        add_entry(b, "sitemap", root, path, snapshot_info(l->snap)->built);
    }
    return r;
}

int sitemap_index(struct load *l, struct reply *ret)
{
    const char *root;
    _cleanup_reader_ struct storage_reader *rd = NULL;
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    if (!l->snap)
        return LOAD_E_UNLOADED;
    int r = root_of(l, &root);
    if (r == 0)
        r = load_lease(l, &rd);
    if (r != 0)
        return r;
    strbuf_adds(&b, XML "<sitemapindex" XMLNS);
    add_entry(&b, "sitemap", root, "/sitemap-pages.xml", snapshot_info(l->snap)->built);
    for (size_t i = 0; r == 0 && i < N_KINDS; i++)
        r = add_files(l, rd, i, root, &b);
    strbuf_adds(&b, "</sitemapindex>\n");
    return r == 0 ? finish_body(l, &b, ret) : r;
}

/* --- pages that are no records' --- */

static void add_pages(const char *root, const char *built, struct strbuf *b)
{
    for (size_t i = 0; i < routes_n; i++)
        if (routes[i].formats & 1u << FORMAT_HTML && !strchr(routes[i].path, '{'))
            add_entry(b, "url", root, routes[i].path, built);
}

/* Actors and datasets: a file holds all there will ever be; what is too many is found through /actors. */
static int add_profiles(struct load *l, const char *root, struct strbuf *b)
{
    _cleanup_reader_ struct storage_reader *rd = NULL;
    struct actor_row *actors = NULL;
    struct dataset *datasets = NULL;
    size_t n_actors = 0, n_datasets = 0, room = (size_t)most_urls(l);
    int r = load_lease(l, &rd);
    if (r == 0)
        r = storage_list_datasets(rd, l->mem, &datasets, &n_datasets);
    if (r == 0)
        r = storage_list_actors(rd, l->mem, &actors, &n_actors);
    room -= routes_n < room ? routes_n : room;
    for (size_t i = 0; r == 0 && i < n_datasets && room; i++, room--)
        add_entry(b, "url", root, arena_printf(l->mem, "/datasets/%s", datasets[i].id), NULL);
    for (size_t i = 0; r == 0 && i < n_actors && room; i++, room--)
        add_entry(b, "url", root, arena_printf(l->mem, "/actors/%s", actors[i].id), NULL);
    return r;
}

static int pages_file(struct load *l, const char *root, struct reply *ret)
{
    _cleanup_strbuf_ struct strbuf b = {.limit = LIMIT_REPLY_BYTES};
    strbuf_adds(&b, XML "<urlset" XMLNS);
    add_pages(root, snapshot_info(l->snap)->built, &b);
    int r = add_profiles(l, root, &b);
    strbuf_adds(&b, "</urlset>\n");
    return r == 0 ? finish_body(l, &b, ret) : r;
}

/* --- files of records --- */

struct sending {
    struct snapshot *snap;
    enum address_kind kind;
    int64_t at, last;   /* places sent, and to be sent */
    bool begun, ended;  /* the lines around them */
    struct strbuf text; /* not yet sent, from `sent` on */
    size_t sent;
    char root[];
};

static void add_record(struct sending *x, const struct record_address *a, struct arena *mem)
{
    const char *folder = x->kind == ADDRESS_INCIDENT ? "incidents"
                         : a->is_dealer              ? "dealers"
                                                     : "organizations";
    const char *path = arena_printf(mem, "/%s/%s", folder, a->id);
    add_entry(&x->text, "url", x->root, path, a->modified);
}

/* The next few addresses. 0 or an error. */
static int add_batch(struct sending *x)
{
    _cleanup_reader_ struct storage_reader *rd = NULL;
    _cleanup_arena_ struct arena *mem = arena_new(LIMIT_REQUEST_MEMORY);
    const struct record_range range = {x->at, x->last, LIMIT_SITEMAP_BATCH};
    struct record_address *rows = NULL;
    size_t n = 0;
    int r = mem ? snapshot_lease(x->snap, &rd) : -ENOMEM;
    if (r == 0)
        r = storage_list_addresses(rd, x->kind, &range, mem, &rows, &n);
    for (size_t i = 0; r == 0 && i < n; i++)
        add_record(x, &rows[i], mem);
    if (r == 0)
        x->at = n ? rows[n - 1].n : x->last;
    return r;
}

/* More text to send. 0, 1 at the end, or negative. */
static int next_text(struct sending *x)
{
    if (x->ended)
        return 1;
    int r = 0;
    strbuf_reset(&x->text);
    x->sent = 0;
    if (!x->begun)
        strbuf_adds(&x->text, XML "<urlset" XMLNS);
    x->begun = true;
    if (x->at < x->last)
        r = add_batch(x);
    x->ended = x->at >= x->last;
    if (x->ended)
        strbuf_adds(&x->text, "</urlset>\n");
    return r != 0 || x->text.failed ? -EIO : 0;
}

static ssize_t sending_read(void *ctx, char *buffer, size_t room)
{
    struct sending *x = ctx;
    int r = 0;
    while (r == 0 && x->sent == x->text.size)
        r = next_text(x);
    if (r != 0)
        return r > 0 ? 0 : -1;
    size_t left = x->text.size - x->sent, n = left > room ? room : left;
    memcpy(buffer, x->text.data + x->sent, n);
    x->sent += n;
    return (ssize_t)n;
}

static void sending_free(void *ctx)
{
    struct sending *x = ctx;
    snapshot_release(x->snap);
    strbuf_done(&x->text);
    free(x);
}

static int records_file(struct load *l, const char *root, enum address_kind kind, uint64_t file,
                        struct reply *ret)
{
    _cleanup_reader_ struct storage_reader *rd = NULL;
    int64_t last = 0, most = most_urls(l), after = (int64_t)(file - 1) * most;
    int r = load_lease(l, &rd);
    if (r == 0)
        r = storage_count_addresses(rd, kind, l->mem, &last);
    if (r != 0)
        return r;
    if (after >= last)
        return STORAGE_E_NOT_FOUND;
    struct sending *x = calloc(1, sizeof *x + strlen(root) + 1);
    if (!x)
        return -ENOMEM;
    memcpy(x->root, root, strlen(root) + 1);
    x->snap = snapshot_again(l->snap);
    x->kind = kind;
    x->at = after;
    x->last = after + most < last ? after + most : last;
    ret->stream = (struct stream){sending_read, sending_free, x, LIMIT_STREAM_BYTES};
    return finish(l, ret);
}

/* "incidents-3" */
static bool parse_part(const char *part, enum address_kind *ret, uint64_t *ret_file)
{
    for (size_t i = 0; i < N_KINDS; i++) {
        size_t n = strlen(kinds[i].name);
        if (strncmp(part, kinds[i].name, n) != 0 || part[n] != '-')
            continue;
        *ret = kinds[i].kind;
        return num_parse_u64(part + n + 1, strlen(part + n + 1), NUM_PLAIN, 1, UINT32_MAX, ret_file) == 0;
    }
    return false;
}

int sitemap_file(struct load *l, struct reply *ret)
{
    const char *root, *part = l->match->arguments[0];
    enum address_kind kind;
    uint64_t file;
    if (!l->snap)
        return LOAD_E_UNLOADED;
    int r = root_of(l, &root);
    if (r != 0)
        return r;
    if (strcmp(part, "pages") == 0)
        return pages_file(l, root, ret);
    return parse_part(part, &kind, &file) ? records_file(l, root, kind, file, ret) : STORAGE_E_NOT_FOUND;
}
