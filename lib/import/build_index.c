/* SPDX-License-Identifier: MIT */
/*
 * Sets and slices from rows: a table of passes, each one statement that lists rows by number and what is made of each of
 * its columns. A pass reads its table once; memory is that of the sets it makes.
 */
#include "import/build_index.h"

#include "import/build_groups.h"
#include "query/fold.h"
#include "storage/schema.h"
#include "storage/sets.h"
#include "util/clock.h"
#include "util/limits.h"
#include "util/slices.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

/* What is made of a column. */
enum kind {
    VALUE,    /* a set for each text; SET_NONE for NULL */
    PRESENT,  /* as VALUE, but NULL is in no set */
    WORDS,    /* a set for each word of a text; SET_NONE where there is none */
    KEYS,     /* as WORDS, of "names=suspected" the word before "=" */
    PREFIXES, /* a set for each beginning of 2 bytes or more; SET_NONE for NULL */
    FOLDED,   /* as VALUE, folded */
    FLAG,     /* one set, of the rows where it is not 0 or NULL */
    LISTED,   /* as FLAG; and whether what the columns after it say is of a listed incident */
    DATE,     /* EDTF: sets and slices */
    NUMBER,   /* slices; NULL has none */
    TIME,     /* RFC 3339: slices */
    PLACE,    /* no column: slices of the row's place in the listing, from 0 */
    NEWEST,   /* two columns, a sort key: slices */
};

struct column {
    enum kind kind;
    const char *names
        [2]; /* of its sets or slices, "" for none; of the same sets without unlisted incidents, or NULL */
};

#define BOTH(name)                                                                                           \
    {                                                                                                        \
        name, OF_LISTED name                                                                                 \
    }

#define COLUMNS_MOST 32

/* The first column is the row's number, unless it is that of a set (SETS), whose value comes after it, both in order. */
struct pass {
    const char *sql;
    struct column columns[COLUMNS_MOST];
};

static const struct pass passes[] = {
    {"SELECT i.n, i.listed, i.duplicate_of IS NOT NULL, i.status, i.exposure, i.country, i.sector, i.year, "
     "i.dataset, "
     "i.actions, i.classes, i.affected_unit, f.qualifier, i.affected_size, i.modified, i.org_name IS NULL, "
     "i.org_name IS NULL "
     "FROM incident AS i LEFT JOIN figure AS f ON f.incident = i.n AND f.ordinal = i.affected ORDER BY i.n",
     {{LISTED, {SET_LISTED}},
      {FLAG, {SET_DUPLICATE}},
      {VALUE, BOTH(SET_STATUS)},
      {VALUE, BOTH(SET_EXPOSURE)},
      {VALUE, BOTH(SET_COUNTRY)},
      {PREFIXES, BOTH(SET_SECTOR)},
      {VALUE, BOTH(SET_YEAR)},
      {VALUE, BOTH(SET_DATASET)},
      {WORDS, BOTH(SET_ACTION)},
      {KEYS, BOTH(SET_DATA_CLASS)},
      {VALUE, {SET_UNIT}},
      {PRESENT, {SET_QUALIFIER}},
      {NUMBER, {SLICES_SIZE}},
      {TIME, {SLICES_MODIFIED}},
      {FLAG, {SET_PARTY_KIND}},
      {FLAG, {SET_ROLE}}}},
    {"SELECT n, date, occurred, discovered, contained, notified, disclosed, delay_discovery_min, "
     "delay_discovery_max, "
     "delay_disclosure_min, delay_disclosure_max, delay_total_min, delay_total_max FROM incident ORDER BY n",
     {{DATE, {"date"}},
      {DATE, {"occurred"}},
      {DATE, {"discovered"}},
      {DATE, {"contained"}},
      {DATE, {"notified"}},
      {DATE, {"disclosed"}},
      {NUMBER, {"occurred_to_discovered" SLICES_MIN}},
      {NUMBER, {"occurred_to_discovered" SLICES_MAX}},
      {NUMBER, {"discovered_to_disclosed" SLICES_MIN}},
      {NUMBER, {"discovered_to_disclosed" SLICES_MAX}},
      {NUMBER, {"occurred_to_disclosed" SLICES_MIN}},
      {NUMBER, {"occurred_to_disclosed" SLICES_MAX}}}},
    {"SELECT n FROM incident ORDER BY id", {{PLACE, {SLICES_ID}}}},
    {"SELECT n FROM incident ORDER BY title_key(title), id", {{PLACE, {SLICES_TITLE}}}},
    {"SELECT i.n, i.listed, a.id FROM incident AS i LEFT JOIN actor AS a ON a.incident = i.n ORDER BY i.n",
     {{LISTED, {""}}, {VALUE, BOTH(SET_ACTOR)}}},
    {"SELECT i.n, i.listed, s.class FROM incident AS i LEFT JOIN source AS s ON s.incident = i.n ORDER BY "
     "i.n",
     {{LISTED, {""}}, {VALUE, BOTH(SET_SOURCE_CLASS)}}},
    {"SELECT incident, kind, role, kind || ' ' || role, "
     "organization IS NOT NULL FROM party ORDER BY incident",
     {{PRESENT, {SET_PARTY_KIND}}, {PRESENT, {SET_ROLE}}, {PRESENT, {SET_PARTY}}, {FLAG, {SET_NAMED}}}},
    {"SELECT e.n, e.kind, e.date FROM event AS e WHERE e.n <= (SELECT count(*) FROM event AS x "
     "JOIN incident AS i ON i.n = x.incident WHERE i.listed = 1) ORDER BY e.n",
     {{VALUE, {OF_EVENTS SET_KIND}}, {DATE, {OF_EVENTS "date"}}}},
    {"SELECT o.n, o.kind, o.country, o.owner IS NULL, o.own + o.through + o.inherited, "
     "ifnull(i.sort_earliest, ''), "
     "ifnull(i.sort_latest, '') FROM organization AS o LEFT JOIN incident AS i ON i.n = o.latest ORDER BY "
     "o.n",
     {{VALUE, {OF_ORGANIZATIONS SET_KIND}},
      {VALUE, {OF_ORGANIZATIONS SET_COUNTRY}},
      {FLAG, {OF_ORGANIZATIONS SET_OWNER}},
      {NUMBER, {OF_ORGANIZATIONS SLICES_INCIDENTS}},
      {NEWEST, {OF_ORGANIZATIONS SLICES_NEWEST}}}},
    {"SELECT n FROM organization ORDER BY id", {{PLACE, {OF_ORGANIZATIONS SLICES_ID}}}},
    {"SELECT o.n, b.brand FROM organization AS o LEFT JOIN organization_brand AS b ON b.organization = o.n "
     "ORDER BY o.n",
     {{FOLDED, {OF_ORGANIZATIONS SET_BRAND}}}},
};

/* Sets that are made one by one, since there are too many to have at once: each statement lists values and rows, values in
 * order. Only sets of at least LEAST rows are kept: what smaller ones hold is found by other means. */
static const struct listing {
    const char *name, *sql;
    size_t least;
} listings[] = {
    {SET_ORGANIZATION,
     "SELECT organization || ' ' || role, incident FROM party INDEXED BY party_organization "
     "WHERE organization IS NOT NULL ORDER BY organization, role",
     SETS_LEAST},
    {SET_WORD,
     "SELECT w.word, x.rowid FROM word AS w CROSS JOIN words AS x "
     "WHERE w.incidents > " SETS_WORD_TEXT " AND w.word <> '¦' AND x.words MATCH '\"' || w.word || '\"' "
     "ORDER BY w.word",
     SETS_WORD + 1},
};

/* The least number that slices may hold, by kind: digits that all rows share cost nothing (slices_gathered). */
static int64_t least_of(enum kind kind)
{
    return kind == TIME ? CLOCK_FIRST : kind == DATE ? -719163 : 0;
}

struct indexing {
    sqlite3 *db;
    sqlite3_stmt *set, *slices; /* inserts */
    struct groups *groups;
    struct slices_builder *numbers[COLUMNS_MOST][2];
    struct arena *scratch;
    int64_t place;
    bool listed; /* the present row, in passes that have a column LISTED */
    int code;    /* SQLite's, the first that is not fine */
};

static void note(struct indexing *x, int code)
{
    if (x->code == SQLITE_OK && code != SQLITE_OK)
        x->code = code;
}

/* Adds N to the sets of VALUE that column C has. */
static void add(struct indexing *x, const struct column *c, const char *value, uint32_t n)
{
    if ((*c->names[0] && groups_add(x->groups, c->names[0], value, n) != 0) ||
        (c->names[1] && x->listed && groups_add(x->groups, c->names[1], value, n) != 0))
        note(x, SQLITE_NOMEM);
}

/* ---- writing ---- */

static void write_set(struct indexing *x, const char *name, const char *value, const struct rowset *s)
{
    char label[SCHEMA_LABEL_SIZE];
    _cleanup_strbuf_ struct strbuf bytes = STRBUF_INIT;
    if (!s) {
        note(x, SQLITE_NOMEM);
        return;
    }
    if (!schema_label(name, value, label))
        return;
    rowset_save(s, label, &bytes);
    if (bytes.failed)
        note(x, SQLITE_NOMEM);
    if (x->code != SQLITE_OK)
        return;
    note(x, sqlite3_bind_text(x->set, 1, name, -1, SQLITE_STATIC));
    note(x, sqlite3_bind_text(x->set, 2, value, -1, SQLITE_STATIC));
    note(x, sqlite3_bind_int64(x->set, 3, (sqlite3_int64)rowset_count(s)));
    note(x, sqlite3_bind_blob64(x->set, 4, bytes.data, bytes.size, SQLITE_STATIC));
    int code = sqlite3_step(x->set);
    note(x, code == SQLITE_DONE ? sqlite3_reset(x->set) : code);
}

static void write_slices(struct indexing *x, const char *name, const struct slices_builder *b)
{
    struct slices s;
    char digit[4];
    if (!slices_gathered(b, x->scratch, &s)) {
        note(x, SQLITE_NOMEM);
        return;
    }
    write_set(x, name, SLICES_KNOWN, s.known);
    for (unsigned i = 0; i < s.n; i++) {
        (void)snprintf(digit, sizeof digit, "%02u", i & 63);
        write_set(x, name, digit, s.digits[i]);
    }
    note(x, sqlite3_bind_text(x->slices, 1, name, -1, SQLITE_STATIC));
    note(x, sqlite3_bind_int64(x->slices, 2, s.least));
    note(x, sqlite3_bind_int64(x->slices, 3, s.n));
    if (x->code == SQLITE_OK) {
        int code = sqlite3_step(x->slices);
        note(x, code == SQLITE_DONE ? sqlite3_reset(x->slices) : code);
    }
    arena_reset_to(x->scratch, LIMIT_SET_BYTES);
}

static void write_groups(struct indexing *x)
{
    size_t n;
    const struct group *all = groups_sorted(x->groups, &n);
    for (size_t i = 0; i < n && x->code == SQLITE_OK; i++) {
        write_set(x, all[i].name, all[i].value, rowset_gathered(all[i].rows, x->scratch));
        arena_reset_to(x->scratch, LIMIT_SET_BYTES);
    }
}

/* ---- reading ---- */

/* Adds N to the set of each word of TEXT, up to END of each. */
static void add_words(struct indexing *x, const struct column *c, const char *text, const char *end,
                      uint32_t n)
{
    char word[LIMIT_ID_BYTES + 1];
    if (!*text)
        add(x, c, SET_NONE, n);
    while (*text) {
        size_t whole = strcspn(text, " "), length = strcspn(text, end);
        (void)snprintf(word, sizeof word, "%.*s", (int)length, text);
        add(x, c, word, n);
        text += whole + (text[whole] != '\0');
    }
}

static void add_prefixes(struct indexing *x, const struct column *c, const char *text, uint32_t n)
{
    char prefix[16];
    for (size_t i = 2; i <= strlen(text) && i < sizeof prefix; i++) {
        (void)snprintf(prefix, sizeof prefix, "%.*s", (int)i, text);
        add(x, c, prefix, n);
    }
}

static void add_bound(struct indexing *x, size_t column, unsigned which, const char bound[static 11],
                      uint32_t n)
{
    int32_t day;
    if (edtf_day(bound, &day))
        slices_add(x->numbers[column][which], n, day);
}

static void add_date(struct indexing *x, const struct column *c, size_t column, const char *text, uint32_t n)
{
    struct edtf date;
    if (edtf_parse(text, &date) != 0) {
        note(x, SQLITE_MISMATCH);
        return;
    }
    add(x, c, DATE_KNOWN, n);
    if (!date.approximate && !date.uncertain)
        add(x, c, DATE_FIRM, n);
    add_bound(x, column, 0, date.earliest, n);
    add_bound(x, column, 1, date.latest, n);
}

static void add_folded(struct indexing *x, const struct column *c, const char *text, uint32_t n)
{
    const char *folded = fold_text(text, x->scratch);
    if (folded)
        add(x, c, folded, n);
    else
        note(x, SQLITE_NOMEM);
    arena_reset_to(x->scratch, LIMIT_SET_BYTES);
}

static void add_text(struct indexing *x, const struct column *c, size_t column, const char *text, uint32_t n)
{
    int64_t seconds;
    if (c->kind == WORDS)
        add_words(x, c, text, " ", n);
    else if (c->kind == KEYS)
        add_words(x, c, text, " =", n);
    else if (c->kind == PREFIXES)
        add_prefixes(x, c, text, n);
    else if (c->kind == FOLDED)
        add_folded(x, c, text, n);
    else if (c->kind == DATE)
        add_date(x, c, column, text, n);
    else if (c->kind == TIME && clock_parse(text, &seconds))
        slices_add(x->numbers[column][0], n, seconds);
    else if (c->kind == VALUE || c->kind == PRESENT)
        add(x, c, text, n);
}

/* What column C of the present row of ST adds; *AT is the first column of the statement that is its. */
static void add_column(struct indexing *x, sqlite3_stmt *st, const struct column *c, size_t column, int *at,
                       uint32_t n)
{
    if (c->kind == PLACE) {
        slices_add(x->numbers[column][0], n, x->place);
        return;
    }
    bool null = sqlite3_column_type(st, *at) == SQLITE_NULL;
    const char *text = (const char *)sqlite3_column_text(st, *at);
    int64_t number = sqlite3_column_int64(st, *at);
    ++*at;
    if (!null && !text) {
        note(x, SQLITE_NOMEM);
    } else if (c->kind == NEWEST) {
        int64_t newest = schema_newest(text, (const char *)sqlite3_column_text(st, (*at)++));
        if (newest >= 0)
            slices_add(x->numbers[column][0], n, newest);
    } else if (c->kind == FLAG || c->kind == LISTED) {
        x->listed = c->kind == LISTED ? number != 0 : x->listed;
        if (number)
            add(x, c, SET_NONE, n);
    } else if (c->kind == NUMBER) {
        if (!null)
            slices_add(x->numbers[column][0], n, number);
    } else if (!null) {
        add_text(x, c, column, text, n);
    } else if (c->kind == VALUE || c->kind == PREFIXES || c->kind == FOLDED) {
        add(x, c, SET_NONE, n);
    }
}

static void read_rows(struct indexing *x, const struct pass *p)
{
    sqlite3_stmt *st = NULL;
    int code = SQLITE_DONE;
    note(x, sqlite3_prepare_v2(x->db, p->sql, -1, &st, NULL));
    for (x->place = 0; x->code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW; x->place++) {
        uint32_t n = (uint32_t)sqlite3_column_int64(st, 0);
        int at = 1;
        for (size_t i = 0; i < COLUMNS_MOST && p->columns[i].names[0]; i++)
            add_column(x, st, &p->columns[i], i, &at, n);
    }
    (void)sqlite3_finalize(st);
    if (code != SQLITE_DONE)
        note(x, code);
}

static bool has_numbers(enum kind kind)
{
    return kind >= DATE;
}

static void begin_pass(struct indexing *x, const struct pass *p)
{
    x->groups = groups_new();
    bool whole = x->groups != NULL;
    for (size_t i = 0; i < COLUMNS_MOST && p->columns[i].names[0]; i++)
        for (unsigned k = 0; k < 2 && has_numbers(p->columns[i].kind); k++)
            whole = (x->numbers[i][k] = slices_builder_new(least_of(p->columns[i].kind))) && whole;
    if (!whole)
        note(x, SQLITE_NOMEM);
}

static void write_numbers(struct indexing *x, const struct column *c, size_t i)
{
    if (c->kind == DATE) {
        char name[64];
        (void)snprintf(name, sizeof name, "%s" SLICES_EARLIEST, c->names[0]);
        write_slices(x, name, x->numbers[i][0]);
        (void)snprintf(name, sizeof name, "%s" SLICES_LATEST, c->names[0]);
        write_slices(x, name, x->numbers[i][1]);
    } else if (has_numbers(c->kind)) {
        write_slices(x, c->names[0], x->numbers[i][0]);
    }
}

static void end_pass(struct indexing *x)
{
    x->groups = groups_free(x->groups);
    for (size_t i = 0; i < COLUMNS_MOST; i++)
        for (unsigned k = 0; k < 2; k++)
            x->numbers[i][k] = slices_builder_free(x->numbers[i][k]);
}

static void make_pass(struct indexing *x, const struct pass *p)
{
    begin_pass(x, p);
    if (x->code == SQLITE_OK)
        read_rows(x, p);
    if (x->code == SQLITE_OK)
        write_groups(x);
    for (size_t i = 0; i < COLUMNS_MOST && p->columns[i].names[0] && x->code == SQLITE_OK; i++)
        write_numbers(x, &p->columns[i], i);
    end_pass(x);
}

/* One set of a listing, as its rows come by. */
struct part {
    char value[LIMIT_ID_BYTES + 1];
    struct rowset_builder *rows;
};

static void end_part(struct indexing *x, const struct listing *l, struct part *p)
{
    if (!p->rows)
        return;
    const struct rowset *s = rowset_gathered(p->rows, x->scratch);
    if (!s || rowset_count(s) >= l->least)
        write_set(x, l->name, p->value, s);
    p->rows = rowset_builder_free(p->rows);
    arena_reset_to(x->scratch, LIMIT_SET_BYTES);
}

static void begin_part(struct indexing *x, const char *value, struct part *p)
{
    (void)snprintf(p->value, sizeof p->value, "%s", value);
    p->rows = rowset_builder_new();
    if (!p->rows)
        note(x, SQLITE_NOMEM);
}

static void make_listing(struct indexing *x, const struct listing *l)
{
    sqlite3_stmt *st = NULL;
    struct part p = {0};
    int code = SQLITE_DONE;
    note(x, sqlite3_prepare_v2(x->db, l->sql, -1, &st, NULL));
    while (x->code == SQLITE_OK && (code = sqlite3_step(st)) == SQLITE_ROW) {
        const char *value = (const char *)sqlite3_column_text(st, 0);
        if (!value) {
            note(x, SQLITE_NOMEM);
            break;
        }
        if (!p.rows || strcmp(value, p.value) != 0) {
            end_part(x, l, &p);
            begin_part(x, value, &p);
        }
        if (p.rows)
            rowset_add(p.rows, (uint32_t)sqlite3_column_int64(st, 1));
    }
    if (code != SQLITE_DONE)
        note(x, code);
    end_part(x, l, &p);
    (void)sqlite3_finalize(st);
}

/* SQL's title_key(title). */
static void title_key(sqlite3_context *call, int n, sqlite3_value **values)
{
    (void)n;
    _cleanup_arena_ struct arena *mem = arena_new(0);
    const char *title = (const char *)sqlite3_value_text(values[0]);
    const char *key = mem && title ? schema_title_key(title, mem) : NULL;
    if (key)
        sqlite3_result_text(call, key, -1, SQLITE_TRANSIENT);
    else
        sqlite3_result_error_nomem(call);
}

int build_index(struct sqlite3 *db)
{
    struct indexing x = {.db = db, .scratch = arena_new(0)};
    if (!x.scratch)
        return SQLITE_NOMEM;
    note(&x, sqlite3_create_function(db, "title_key", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, NULL, title_key,
                                     NULL, NULL));
    note(&x, sqlite3_prepare_v3(db, "INSERT INTO rowset (name, value, count, bytes) VALUES (?, ?, ?, ?)", -1,
                                SQLITE_PREPARE_PERSISTENT, &x.set, NULL));
    note(&x, sqlite3_prepare_v3(db, "INSERT INTO slices (name, least, digits) VALUES (?, ?, ?)", -1,
                                SQLITE_PREPARE_PERSISTENT, &x.slices, NULL));
    for (size_t i = 0; i < sizeof passes / sizeof *passes && x.code == SQLITE_OK; i++)
        make_pass(&x, &passes[i]);
    for (size_t i = 0; i < sizeof listings / sizeof *listings && x.code == SQLITE_OK; i++)
        make_listing(&x, &listings[i]);
    (void)sqlite3_finalize(x.set);
    (void)sqlite3_finalize(x.slices);
    arena_free(x.scratch);
    return x.code;
}
