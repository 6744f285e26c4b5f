/* SPDX-License-Identifier: MIT */
/* Organisations: as a list shows them, whole, what they own, and which incidents touch them. */
#include "storage/sqlite_filter.h"

#include <errno.h>
#include <string.h>

static void read_org_row(struct row *r, struct org_row *x)
{
    x->id = row_must_text(r);
    x->name = row_must_text(r);
    x->kind = row_word(r, &vocab_org_kind);
    x->country = row_text(r);
    x->region = row_text(r);
    x->city = row_text(r);
    x->sector = row_text(r);
    x->owner.id = row_text(r);
    x->owner.name = row_text(r);
    x->owner.kind = (enum org_kind)row_word_or(r, &vocab_org_kind, ORG_OTHER);
    x->own = row_size(r);
    x->group = row_size(r);
    x->inherited = row_size(r);
    x->latest.id = row_text(r);
    x->latest.title = row_text(r);
    x->latest.status = (enum status)row_word_or(r, &vocab_status, 0);
    x->latest_date = row_date(r);
    x->modified = row_must_text(r);
}

static int load_org_row(struct storage_reader *rd, int64_t n, struct arena *mem, struct org_row *ret)
{
    _cleanup_row_ struct row r = row_run_of(rd, STMT_ORG_ROW, n, mem);
    int outcome = row_must_step(&r);
    if (outcome != 0)
        return outcome;
    struct org_row x = {0};
    read_org_row(&r, &x);
    outcome = row_end(&r);
    _cleanup_row_ struct row brands = row_run_of(rd, STMT_ORG_BRANDS, n, mem);
    if (outcome == 0)
        outcome = row_texts(&brands, &x.brands, &x.n_brands);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

int load_org_rows(struct storage_reader *rd, const uint32_t *numbers, size_t n, struct arena *mem,
                  struct org_row **ret)
{
    struct org_row *rows = arena_array(mem, n, sizeof *rows);
    int outcome = rows ? 0 : -ENOMEM;
    for (size_t i = 0; i < n && outcome == 0; i++)
        outcome = load_org_row(rd, (int64_t)numbers[i], mem, &rows[i]);
    if (outcome == 0)
        *ret = rows;
    return outcome;
}

static void read_name(struct row *r, void *item)
{
    struct org_name *x = item;
    x->name = row_must_text(r);
    x->lang = row_text(r);
    x->type = row_word(r, &vocab_name_type);
    x->note = row_text(r);
}

static void read_link(struct row *r, void *item)
{
    struct org_link *x = item;
    x->organization.id = row_must_text(r);
    x->organization.name = row_must_text(r);
    x->organization.kind = row_word(r, &vocab_org_kind);
    x->relation = row_word(r, &vocab_org_relation);
    x->from = row_date(r);
    x->until = row_date(r);
    row_evidence(r, &x->e);
}

static int load_website(struct storage_reader *rd, int64_t n, struct arena *mem, const char **ret)
{
    _cleanup_row_ struct row r = row_run_of(rd, STMT_ORG_WEBSITE, n, mem);
    int outcome = row_step(&r);
    if (outcome == 0)
        *ret = row_text(&r);
    return outcome == 0 ? row_end(&r) : outcome;
}

static int load_organization(struct storage_reader *rd, int64_t n, struct arena *mem,
                             struct organization *ret)
{
    struct organization x = {0};
    _cleanup_row_ struct row names = row_run_of(rd, STMT_ORG_NAMES, n, mem);
    _cleanup_row_ struct row links = row_run_of(rd, STMT_ORG_LINKS, n, mem);
    _cleanup_row_ struct row sources = row_run_of(rd, STMT_ORG_SOURCES, n, mem);
    int outcome = load_org_row(rd, n, mem, &x.row);
    if (outcome == 0)
        outcome = load_website(rd, n, mem, &x.website);
    if (outcome == 0)
        outcome = row_all(&names, sizeof *x.names, read_name, &x.names, &x.n_names);
    if (outcome == 0)
        outcome = row_all(&links, sizeof *x.links, read_link, &x.links, &x.n_links);
    if (outcome == 0)
        outcome = row_all(&sources, sizeof *x.sources, row_read_source, &x.sources, &x.n_sources);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

int storage_get_organization(struct storage_reader *rd, const char *id, struct arena *mem,
                             struct organization *ret)
{
    reader_begin(rd);
    int64_t n;
    int outcome = row_lookup(rd, STMT_ORG_NUMBER, id, &n);
    return outcome == 0 ? load_organization(rd, n, mem, ret) : outcome;
}

int storage_get_organization_alias(struct storage_reader *rd, const char *id, struct arena *mem,
                                   struct org_ref *ret)
{
    reader_begin(rd);
    _cleanup_row_ struct row r = row_run(rd, STMT_ORG_ALIAS, mem);
    row_bind_text(&r, ":id", id);
    int outcome = row_step(&r);
    if (outcome != 0)
        return outcome;
    struct org_ref x = {.id = row_must_text(&r), .name = row_must_text(&r)};
    x.kind = row_word(&r, &vocab_org_kind);
    outcome = row_end(&r);
    if (outcome == 0)
        *ret = x;
    return outcome;
}

int storage_walk_organizations(struct storage_reader *rd, const char **position, struct arena *mem,
                               struct organization *ret)
{
    reader_begin(rd);
    int64_t n;
    int outcome = row_lookup(rd, STMT_ORG_NEXT, *position ? *position : "", &n);
    struct organization x;
    if (outcome == 0)
        outcome = load_organization(rd, n, mem, &x);
    if (outcome == 0 && *position && strcmp(x.row.id, *position) <= 0)
        outcome = STORAGE_E_CORRUPT; /* an index that is not the table's would lead round for ever */
    if (outcome != 0)
        return outcome;
    *position = x.row.id;
    *ret = x;
    return 0;
}

int storage_list_rooftops(struct storage_reader *rd, const char *id, size_t limit, struct arena *mem,
                          struct org_page *ret)
{
    reader_begin(rd);
    int64_t n;
    uint32_t *numbers;
    const struct rowset *owned;
    struct org_page page = {0};
    int outcome = row_lookup(rd, STMT_ORG_NUMBER, id, &n);
    if (outcome == 0)
        outcome = collect_of(rd, STMT_ORG_SET_OWNER, n, &owned);
    if (outcome == 0)
        outcome = select_rows(owned, 0, limit, mem, &numbers, &page.n);
    if (outcome == 0)
        outcome = load_org_rows(rd, numbers, page.n, mem, &page.rows);
    if (outcome != 0)
        return outcome;
    page.page.total = rowset_count(owned);
    page.page.has_next = page.page.total > page.n;
    *ret = page;
    return 0;
}

/* A row of reach; the incident's own row is loaded when the statement is done. */
struct touch {
    int64_t incident;
    enum role role;
    enum certainty certainty;
    struct via via;
};

static void read_touch(struct row *r, void *item)
{
    struct touch *x = item;
    x->incident = row_number(r);
    x->role = row_word(r, &vocab_role);
    x->certainty = row_word(r, &vocab_certainty);
    x->via.id = row_text(r);
    x->via.name = row_text(r);
    x->via.relation = (enum org_relation)row_word_or(r, &vocab_org_relation, 0);
}

/* Appends the incidents of one reach to PAGE, which has room for LIMIT. */
static int add_touching(struct storage_reader *rd, int64_t n, const char *reach, size_t limit,
                        struct arena *mem, bool group, struct touching_page *page)
{
    _cleanup_row_ struct row r = row_run_of(rd, STMT_TOUCHING, n, mem);
    row_bind_text(&r, ":reach", reach);
    row_bind_number(&r, ":limit", (int64_t)(limit - page->n));
    struct touch *touches = NULL;
    size_t n_touches = 0;
    int outcome = row_all(&r, sizeof *touches, read_touch, &touches, &n_touches);
    for (size_t i = 0; i < n_touches && outcome == 0; i++) {
        struct touching *t = &page->rows[page->n];
        t->role = touches[i].role;
        t->certainty = touches[i].certainty;
        t->via = touches[i].via;
        t->group = group;
        outcome = load_incident_row(rd, touches[i].incident, mem, &t->row);
        page->n += outcome == 0;
    }
    return outcome;
}

int storage_list_touching(struct storage_reader *rd, const char *id, size_t limit, struct arena *mem,
                          struct touching_page *ret)
{
    static const char *const reaches[] = {"own", "group", "inherited"};
    reader_begin(rd);
    int64_t n;
    struct org_row org;
    struct touching_page page = {0};
    int outcome = row_lookup(rd, STMT_ORG_NUMBER, id, &n);
    if (outcome == 0)
        outcome = load_org_row(rd, n, mem, &org);
    if (outcome != 0)
        return outcome;
    page.rows = arena_array(mem, limit, sizeof *page.rows);
    if (!page.rows)
        return -ENOMEM;
    for (size_t i = 0; i < 3 && outcome == 0; i++)
        outcome = add_touching(rd, n, reaches[i], limit, mem, i == 1, &page);
    if (outcome != 0)
        return outcome;
    page.total = org.own + org.group + org.inherited;
    *ret = page;
    return 0;
}
