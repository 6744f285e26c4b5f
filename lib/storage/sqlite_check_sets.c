/* SPDX-License-Identifier: MIT */
/*
 * Sets and slices against the rows: a statement lists what there must be, in words of its own, not the importer's. Every
 * pair it lists must be in its set, and the sets of a name must have as many members in all as there are pairs; so they
 * agree.
 */
#include "storage/sqlite_check.h"
#include "storage/sqlite_filter.h"

#include <errno.h>
#include <stdio.h>

#define OR_NONE(column, table) "SELECT n, ifnull(" column ", '') FROM " table
#define NOT_IN(table, where)                                                                                 \
    "SELECT n, '' FROM incident AS i WHERE NOT EXISTS (SELECT 1 FROM " table                                 \
    " AS t WHERE t.incident = i.n" where ")"
#define OF_PARTY(value) "SELECT DISTINCT incident, " value " FROM party UNION ALL "
#define DONE            " AND t.certainty <> 'denied'"
#define GOT_OUT         " AND t.certainty IN ('confirmed', 'claimed', 'suspected')"

/* Pairs of a row's number and a value. */
static const struct {
    const char *name, *sql;
} value_sets[] = {
    {SET_LISTED, "SELECT n, '' FROM incident WHERE listed = 1"},
    {SET_DUPLICATE, "SELECT n, '' FROM incident WHERE duplicate_of IS NOT NULL"},
    {SET_STATUS, "SELECT n, status FROM incident"},
    {SET_EXPOSURE, "SELECT n, exposure FROM incident"},
    {SET_DATASET, "SELECT n, dataset FROM incident"},
    {SET_COUNTRY, OR_NONE("country", "incident")},
    {SET_YEAR, OR_NONE("year", "incident")},
    {SET_UNIT, OR_NONE("affected_unit", "incident")},
    {SET_QUALIFIER, "SELECT i.n, f.qualifier FROM incident AS i JOIN figure AS f ON f.incident = i.n "
                    "AND f.ordinal = i.affected"},
    {SET_SECTOR,
     "WITH RECURSIVE prefix (n, text) AS (SELECT n, sector FROM incident WHERE length(sector) >= 2 "
     "UNION ALL SELECT n, substr(text, 1, length(text) - 1) FROM prefix WHERE length(text) > 2) "
     "SELECT n, text FROM prefix UNION ALL SELECT n, '' FROM incident WHERE sector IS NULL"},
    {SET_ACTION, "SELECT DISTINCT t.incident, t.action FROM attack AS t WHERE 1" DONE
                 " UNION ALL " NOT_IN("attack", DONE)},
    {SET_DATA_CLASS, "SELECT DISTINCT t.incident, t.id FROM data_class AS t WHERE 1" GOT_OUT
                     " UNION ALL " NOT_IN("data_class", GOT_OUT)},
    {SET_ACTOR, "SELECT DISTINCT incident, id FROM actor UNION ALL " NOT_IN("actor", "")},
    {SET_SOURCE_CLASS, "SELECT DISTINCT incident, class FROM source UNION ALL " NOT_IN("source", "")},
    {SET_PARTY_KIND, OF_PARTY("kind") NOT_IN("party", "")},
    {SET_ROLE, OF_PARTY("role") NOT_IN("party", "")},
    {SET_PARTY, "SELECT DISTINCT incident, kind || ' ' || role FROM party"},
    {SET_NAMED, "SELECT DISTINCT incident, '' FROM party WHERE organization IS NOT NULL"},
    {SET_ORGANIZATION,
     "SELECT DISTINCT incident, organization || ' ' || role FROM party WHERE (organization, role) IN "
     "(SELECT organization, role FROM party WHERE organization IS NOT NULL "
     "GROUP BY organization, role HAVING count(DISTINCT incident) >= 256)"},
    {SET_WORD,
     "SELECT x.rowid, w.word FROM word AS w CROSS JOIN words AS x ON x.words MATCH '\"' || w.word || '\"' "
     "WHERE w.incidents > " SETS_WORD_TEXT " AND w.word <> '¦'"},
    {OF_EVENTS SET_KIND,
     "SELECT e.n, e.kind FROM event AS e JOIN incident AS i ON i.n = e.incident AND i.listed = 1"},
    {OF_ORGANIZATIONS SET_KIND, "SELECT n, kind FROM organization"},
    {OF_ORGANIZATIONS SET_COUNTRY, OR_NONE("country", "organization")},
    {OF_ORGANIZATIONS SET_OWNER, "SELECT n, '' FROM organization WHERE owner IS NULL"},
};

/* Of these there are sets of listed incidents too. */
static const char *const listed_sets[] = {
    SET_STATUS,  SET_EXPOSURE, SET_COUNTRY,    SET_SECTOR, SET_YEAR,
    SET_DATASET, SET_ACTION,   SET_DATA_CLASS, SET_ACTOR,  SET_SOURCE_CLASS,
};

/* Pairs of a row's number and its own. */
static const struct {
    const char *name, *sql;
} number_slices[] = {
    {SLICES_SIZE, "SELECT n, affected_size FROM incident WHERE affected_size IS NOT NULL"},
    {SLICES_ID, "SELECT n, row_number() OVER (ORDER BY id) - 1 FROM incident"},
    {"occurred_to_discovered" SLICES_MIN,
     "SELECT n, delay_discovery_min FROM incident WHERE delay_discovery_min >= 0"},
    {"occurred_to_discovered" SLICES_MAX,
     "SELECT n, delay_discovery_max FROM incident WHERE delay_discovery_max >= 0"},
    {"discovered_to_disclosed" SLICES_MIN,
     "SELECT n, delay_disclosure_min FROM incident WHERE delay_disclosure_min >= 0"},
    {"discovered_to_disclosed" SLICES_MAX,
     "SELECT n, delay_disclosure_max FROM incident WHERE delay_disclosure_max >= 0"},
    {"occurred_to_disclosed" SLICES_MIN,
     "SELECT n, delay_total_min FROM incident WHERE delay_total_min >= 0"},
    {"occurred_to_disclosed" SLICES_MAX,
     "SELECT n, delay_total_max FROM incident WHERE delay_total_max >= 0"},
    {OF_ORGANIZATIONS SLICES_INCIDENTS, "SELECT n, own + through + inherited FROM organization"},
    {OF_ORGANIZATIONS SLICES_ID, "SELECT n, row_number() OVER (ORDER BY id) - 1 FROM organization"},
    /* strftime() of a number is seconds since 1970; no time here has a fraction. */
    {SLICES_MODIFIED, "SELECT n, CAST(strftime('%s', modified) AS INTEGER) FROM incident"},
};

/* Kinds of dates, and the column of each. */
static const struct {
    const char *name, *sql;
} date_sets[] = {
    {"date", "SELECT n, date FROM incident WHERE date IS NOT NULL"},
    {"occurred", "SELECT n, occurred FROM incident WHERE occurred IS NOT NULL"},
    {"discovered", "SELECT n, discovered FROM incident WHERE discovered IS NOT NULL"},
    {"contained", "SELECT n, contained FROM incident WHERE contained IS NOT NULL"},
    {"notified", "SELECT n, notified FROM incident WHERE notified IS NOT NULL"},
    {"disclosed", "SELECT n, disclosed FROM incident WHERE disclosed IS NOT NULL"},
    {OF_EVENTS "date",
     "SELECT e.n, e.date FROM event AS e JOIN incident AS i ON i.n = e.incident AND i.listed = 1 "
     "WHERE e.date IS NOT NULL"},
};

/* What a step of a check works on, and what it has found. */
struct comparison {
    struct storage_reader *rd;
    const char *name;
    struct slices numbers, latest;
    const struct rowset *known, *firm;
    size_t pairs, firm_pairs, earliest_pairs, latest_pairs;
    bool differs;
};

/* Compares the present row of R, whose first column is N. 0 or an error. */
typedef int (*compare_fn)(struct comparison *c, uint32_t n, struct row *r);

static int compare_rows(struct comparison *c, const char *sql, compare_fn compare)
{
    struct row r;
    _cleanup_arena_ struct arena *mem = arena_new(0);
    int outcome = mem ? row_run_text(c->rd, sql, mem, &r) : -ENOMEM;
    if (outcome != 0)
        return outcome;
    while (!c->differs && (outcome = row_step(&r)) == 0) {
        uint32_t n = (uint32_t)row_number(&r);
        c->pairs++;
        outcome = compare(c, n, &r);
        if (outcome != 0)
            break;
        arena_reset(mem);
    }
    row_finish(&r);
    return outcome == STORAGE_E_NOT_FOUND ? 0 : outcome;
}

static int compare_value(struct comparison *c, uint32_t n, struct row *r)
{
    const struct rowset *s;
    const char *value = row_must_text(r);
    int outcome = set_get(c->rd, c->name, value, &s);
    c->differs = outcome == 0 && !rowset_has(s, n);
    if (c->pairs % 4096 == 0) /* sets in use stay in memory */
        sets_release(c->rd);
    return outcome;
}

/* How many members the sets of NAME have in all. */
static int count_members(struct storage_reader *rd, const char *name, size_t *ret)
{
    const struct set_head *heads;
    const struct rowset *s;
    size_t n, members = 0;
    int outcome = sets_list(rd, name, &heads, &n);
    for (size_t i = 0; i < n && outcome == 0; i++) {
        outcome = set_get(rd, name, heads[i].value, &s);
        members += outcome == 0 ? rowset_count(s) : 0;
    }
    *ret = members;
    return outcome;
}

static int check_values(struct storage_reader *rd, const char *name, const char *sql, struct verdict *v)
{
    struct comparison c = {.rd = rd, .name = name};
    size_t members = 0;
    int outcome = compare_rows(&c, sql, compare_value);
    sets_release(rd);
    if (outcome == 0)
        outcome = count_members(rd, name, &members);
    if (outcome == 0 && (c.differs || members != c.pairs))
        outcome = check_fault(v, "%s: its stored sets do not agree with the rows", name);
    return outcome;
}

/* Whether OF_LISTED NAME has of VALUE what is listed of the set of NAME; adds how much that is. */
static int compare_listed(struct storage_reader *rd, const char *name, const char *value, size_t *want,
                          bool *ret_same)
{
    const struct rowset *all, *some, *listed;
    char of_listed[64];
    (void)snprintf(of_listed, sizeof of_listed, OF_LISTED "%s", name);
    int outcome = set_get(rd, name, value, &all);
    if (outcome == 0)
        outcome = set_get(rd, of_listed, value, &some);
    if (outcome == 0)
        outcome = set_get(rd, SET_LISTED, SET_NONE, &listed);
    if (outcome != 0)
        return outcome;
    size_t count = rowset_intersect_count(all, listed);
    *want += count;
    *ret_same = rowset_count(some) == count && rowset_intersect_count(all, some) == count &&
                rowset_intersect_count(listed, some) == count;
    return 0;
}

static int check_listed(struct storage_reader *rd, const char *name, const char *sql, struct verdict *v)
{
    char of_listed[64];
    const struct set_head *heads;
    size_t n, members = 0, want = 0;
    bool same = true;
    (void)sql;
    (void)snprintf(of_listed, sizeof of_listed, OF_LISTED "%s", name);
    int outcome = sets_list(rd, name, &heads, &n);
    for (size_t i = 0; i < n && outcome == 0 && same; i++)
        outcome = compare_listed(rd, name, heads[i].value, &want, &same);
    if (outcome == 0)
        outcome = count_members(rd, of_listed, &members);
    if (outcome == 0 && (!same || members != want))
        outcome =
            check_fault(v, "%s: its stored sets of listed incidents do not agree with the others", name);
    return outcome;
}

static int compare_number(struct comparison *c, uint32_t n, struct row *r)
{
    int64_t want = row_number(r), stored;
    c->differs = !slices_value(&c->numbers, n, &stored) || stored != want;
    return 0;
}

static int check_numbers(struct storage_reader *rd, const char *name, const char *sql, struct verdict *v)
{
    struct comparison c = {.rd = rd, .name = name};
    int outcome = slices_get(rd, name, &c.numbers);
    if (outcome == 0)
        outcome = compare_rows(&c, sql, compare_number);
    if (outcome == 0 && (c.differs || rowset_count(c.numbers.known) != c.pairs))
        outcome = check_fault(v, "%s: its stored slices do not agree with the rows", name);
    return outcome;
}

/* Whether the number of row N in S is the day of BOUND, or none where it is open. */
static bool same_bound(const struct slices *s, uint32_t n, const char bound[static 11], size_t *pairs)
{
    int32_t day;
    int64_t stored;
    if (!edtf_day(bound, &day))
        return !slices_value(s, n, &stored);
    ++*pairs;
    return slices_value(s, n, &stored) && stored == day;
}

static int compare_date(struct comparison *c, uint32_t n, struct row *r)
{
    struct edtf date = row_date(r);
    bool firm = !date.approximate && !date.uncertain;
    c->firm_pairs += firm;
    c->differs = !rowset_has(c->known, n) || rowset_has(c->firm, n) != firm ||
                 !same_bound(&c->numbers, n, date.earliest, &c->earliest_pairs) ||
                 !same_bound(&c->latest, n, date.latest, &c->latest_pairs);
    return 0;
}

static int check_dates(struct storage_reader *rd, const char *name, const char *sql, struct verdict *v)
{
    struct comparison c = {.rd = rd, .name = name};
    char bound[64];
    int outcome = set_get(rd, name, DATE_KNOWN, &c.known);
    if (outcome == 0)
        outcome = set_get(rd, name, DATE_FIRM, &c.firm);
    (void)snprintf(bound, sizeof bound, "%s" SLICES_EARLIEST, name);
    if (outcome == 0)
        outcome = slices_get(rd, bound, &c.numbers);
    (void)snprintf(bound, sizeof bound, "%s" SLICES_LATEST, name);
    if (outcome == 0)
        outcome = slices_get(rd, bound, &c.latest);
    if (outcome == 0)
        outcome = compare_rows(&c, sql, compare_date);
    if (outcome != 0)
        return outcome;
    if (c.differs || rowset_count(c.known) != c.pairs || rowset_count(c.firm) != c.firm_pairs ||
        rowset_count(c.numbers.known) != c.earliest_pairs || rowset_count(c.latest.known) != c.latest_pairs)
        outcome = check_fault(v, "%s: its stored sets do not agree with the rows", name);
    return outcome;
}

/* One check, or, where something stored is damaged, its fault. */
static int check_one(struct storage_reader *rd,
                     int (*check)(struct storage_reader *, const char *, const char *, struct verdict *),
                     const char *name, const char *sql, struct verdict *v)
{
    reader_begin(rd);
    int outcome = check(rd, name, sql, v);
    return outcome == STORAGE_E_CORRUPT ? check_fault(v, "%s: a stored set is damaged", name) : outcome;
}

#define ROWS_OF(table) (sizeof(table) / sizeof *(table))

int check_sets(struct storage_reader *rd, struct verdict *v)
{
    int outcome = 0;
    for (size_t i = 0; i < ROWS_OF(value_sets) && outcome == 0; i++)
        outcome = check_one(rd, check_values, value_sets[i].name, value_sets[i].sql, v);
    for (size_t i = 0; i < ROWS_OF(listed_sets) && outcome == 0; i++)
        outcome = check_one(rd, check_listed, listed_sets[i], NULL, v);
    for (size_t i = 0; i < ROWS_OF(number_slices) && outcome == 0; i++)
        outcome = check_one(rd, check_numbers, number_slices[i].name, number_slices[i].sql, v);
    for (size_t i = 0; i < ROWS_OF(date_sets) && outcome == 0; i++)
        outcome = check_one(rd, check_dates, date_sets[i].name, date_sets[i].sql, v);
    return outcome;
}
