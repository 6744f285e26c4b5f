/* SPDX-License-Identifier: MIT */
/* Opening and checking: every way a file can be wrong, the pool of readers, deadlines, the full check. */
#include "storage/sqlite_file.h"
#include "storage_fixture.h"
#include "util/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static struct fixture fixture;

static void set_up(void)
{
    fixture_init(&fixture);
    fixture_catalogue(fixture.path, "abc", NULL);
}

static void tear_down(void)
{
    fixture_done(&fixture);
}

static void write_at(const char *path, long offset, const void *bytes, size_t n)
{
    FILE *out = fopen(path, "r+");
    ck_assert_ptr_nonnull(out);
    ck_assert_int_eq(fseek(out, offset, SEEK_SET), 0);
    ck_assert_uint_eq(fwrite(bytes, 1, n, out), n);
    ck_assert_int_eq(fclose(out), 0);
}

static long size_of(const char *path)
{
    struct stat st;
    ck_assert_int_eq(stat(path, &st), 0);
    return (long)st.st_size;
}

static void break_missing(const char *path)
{
    ck_assert_int_eq(unlink(path), 0);
}

static void break_empty(const char *path)
{
    ck_assert_int_eq(truncate(path, 0), 0);
}

static void break_folder(const char *path)
{
    break_missing(path);
    ck_assert_int_eq(mkdir(path, 0700), 0);
}

static void break_fifo(const char *path)
{
    break_missing(path);
    ck_assert_int_eq(mkfifo(path, 0600), 0);
}

static void break_short(const char *path)
{
    ck_assert_int_eq(truncate(path, 99), 0);
}

static void break_garbage(const char *path)
{
    char noise[4096];
    memset(noise, 'x', sizeof noise);
    write_at(path, 0, noise, sizeof noise);
}

static void break_application(const char *path)
{
    fixture_run(path, "PRAGMA application_id = 7");
}

static void break_version(const char *path)
{
    fixture_run(path, "PRAGMA user_version = 99");
}

static void break_truncated(const char *path)
{
    ck_assert_int_eq(truncate(path, size_of(path) - 4096), 0);
}

static void break_half_page(const char *path)
{
    ck_assert_int_eq(truncate(path, size_of(path) - 100), 0);
}

static void break_longer(const char *path)
{
    write_at(path, size_of(path), "more", 4);
}

static void break_wal(const char *path)
{
    fixture_run(path, "PRAGMA journal_mode = WAL");
}

static void break_page(const char *path)
{
    char noise[512];
    memset(noise, 0xee, sizeof noise);
    write_at(path, 3 * 4096, noise, sizeof noise);
}

static void break_count(const char *path)
{
    fixture_run(path, "UPDATE catalogue SET events = events - 1");
}

static void break_id(const char *path)
{
    fixture_run(path, "UPDATE catalogue SET id = 'abd'");
}

static void break_schema(const char *path)
{
    fixture_run(path, "CREATE VIEW incident_view AS SELECT 1");
}

static void break_table(const char *path)
{
    fixture_run(path, "DROP TABLE reach");
    fixture_seal(path);
}

static void break_rows(const char *path)
{
    fixture_run(path, "DELETE FROM event WHERE n = (SELECT max(n) FROM event)");
}

static void break_catalogue_row(const char *path)
{
    fixture_run(path, "DELETE FROM catalogue");
}

static void leave_wal(const char *path)
{
    char beside[200];
    (void)snprintf(beside, sizeof beside, "%s-wal", path);
    ck_assert_int_eq(fclose(fopen(beside, "w")), 0);
}

static void leave_journal(const char *path)
{
    char beside[200];
    (void)snprintf(beside, sizeof beside, "%s-journal", path);
    ck_assert_int_eq(fclose(fopen(beside, "w")), 0);
}

static const struct {
    void (*break_it)(const char *path);
    const char *says;
} refusals[] = {
    {break_missing, "No such file"},
    {break_empty, "is empty"},
    {break_folder, "is not a file"},
    {break_fifo, "is not a file"},
    {break_short, "is not a catalogue"},
    {break_garbage, "is not a catalogue"},
    {break_application, "is not a catalogue"},
    {break_version, "schema 99, this build reads 5; build it again with breachctl import"},
    {break_truncated, "is truncated"},
    {break_half_page, "is truncated"},
    {break_longer, "is damaged"},
    {break_wal, "write-ahead"},
    {break_page, "its pages do not hold together"},
    {break_count, "does not fit its seal"},
    {break_id, "does not fit its seal"},
    {break_schema, "does not fit its seal"},
    {break_table, "its tables are not those of its schema"},
    {break_rows, "rows are missing"},
    {break_catalogue_row, "does not say what it is"},
    {leave_wal, "-wal lies beside it"},
    {leave_journal, "-journal lies beside it"},
};

START_TEST(a_bad_file_is_refused_with_its_reason)
{
    struct storage *st = NULL;
    char *message = NULL;
    refusals[_i].break_it(fixture.path);
    ck_assert_int_eq(storage_open(fixture.path, &st, &message), STORAGE_E_REFUSED);
    ck_assert_ptr_null(st);
    ck_assert_ptr_nonnull(message);
    ck_assert_msg(strstr(message, refusals[_i].says) != NULL, "%s", message);
    ck_assert_msg(strncmp(message, fixture.path, strlen(fixture.path)) == 0, "%s", message);
    ck_assert_msg(!strchr(message, '\n'), "%s", message);
    free(message);
}
END_TEST

START_TEST(what_an_open_catalogue_says)
{
    struct storage *st = fixture_open(fixture.path);
    const struct catalogue_info *info = storage_info(st);
    assert_text(info->id, "abc");
    assert_text(info->built, "2024-01-02T03:04:05Z");
    ck_assert_int_eq(info->schema, 5);
    ck_assert_uint_eq(info->incidents, 8);
    ck_assert_uint_eq(info->organizations, 5);
    ck_assert_uint_eq(info->dealers, 3);
    ck_assert_uint_eq(info->events, 10);
    ck_assert_uint_eq(info->sources, 3);
    ck_assert_uint_eq(info->datasets, 2);
    storage_free(st);
}
END_TEST

START_TEST(any_path_will_do)
{
    static const char *const names[] = {"a b.db", "a?mode=rwc&x=#y.db", "100%41.db", "\xe3\x83\x88\xff.db"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[200], link[200];
        (void)snprintf(path, sizeof path, "%s/%s", fixture.folder, names[i]);
        (void)snprintf(link, sizeof link, "%s/link%zu", fixture.folder, i);
        ck_assert_int_eq(rename(fixture.path, path), 0);
        storage_free(fixture_open(path));
        ck_assert_int_eq(symlink(names[i], link), 0);
        storage_free(fixture_open(link));
        ck_assert_int_eq(rename(path, fixture.path), 0);
    }
}
END_TEST

START_TEST(a_read_only_folder_will_do)
{
    ck_assert_int_eq(chmod(fixture.path, 0444), 0);
    ck_assert_int_eq(chmod(fixture.folder, 0555), 0);
    storage_free(fixture_open(fixture.path));
    ck_assert_int_eq(chmod(fixture.folder, 0755), 0);
}
END_TEST

START_TEST(readers_are_lent_out_once)
{
    struct storage *st = fixture_open(fixture.path);
    struct storage_reader *readers[LIMIT_READERS], *one = NULL;
    for (size_t i = 0; i < LIMIT_READERS; i++) {
        ck_assert_int_eq(storage_lease(st, 1000, &readers[i]), 0);
        for (size_t j = 0; j < i; j++)
            ck_assert_ptr_ne(readers[i], readers[j]);
    }
    ck_assert_int_eq(storage_lease(st, 1, &one), STORAGE_E_BUSY);
    ck_assert_ptr_null(one);
    readers[3] = storage_return(readers[3]);
    ck_assert_int_eq(storage_lease(st, 1, &readers[3]), 0);
    for (size_t i = 0; i < LIMIT_READERS; i++)
        storage_return(readers[i]);
    storage_free(st);
}
END_TEST

static size_t total_of(struct storage_reader *rd)
{
    struct arena *mem = arena_new(0);
    struct incident_page page;
    struct query q = {.list = QUERY_INCIDENTS, .limit = 5};
    ck_assert_int_eq(storage_list_incidents(rd, &q, ROWS_AS_MODEL, mem, &page), 0);
    arena_free(mem);
    return page.page.total;
}

/* The old catalogue answers on, also from readers that are opened later. */
START_TEST(a_replaced_file_is_never_mixed_in)
{
    char other[200];
    struct storage *st = fixture_open(fixture.path);
    struct storage_reader *first = NULL, *second = NULL;
    (void)snprintf(other, sizeof other, "%s/other.db", fixture.folder);
    fixture_catalogue(other, "def",
                      "DELETE FROM party WHERE incident = 8; DELETE FROM reach WHERE incident = 8;"
                      "UPDATE incident SET status = 'withdrawn', listed = 0 WHERE n = 10");
    ck_assert_int_eq(rename(other, fixture.path), 0);
    ck_assert_int_eq(storage_lease(st, 1000, &first), 0);
    ck_assert_int_eq(storage_lease(st, 1000, &second), 0);
    ck_assert_uint_eq(total_of(first), 8);
    ck_assert_uint_eq(total_of(second), 8);
    storage_return(first);
    storage_return(second);
    storage_free(st);
    st = fixture_open(fixture.path);
    ck_assert_int_eq(storage_lease(st, 1000, &first), 0);
    ck_assert_uint_eq(total_of(first), 7);
    storage_return(first);
    storage_free(st);
}
END_TEST

/* Another reader takes no descriptor, so there is one where there are none left. */
START_TEST(readers_take_no_descriptors)
{
    struct rlimit few, limit;
    struct storage *st = fixture_open(fixture.path);
    struct storage_reader *first = NULL, *second = NULL;
    ck_assert_int_eq(getrlimit(RLIMIT_NOFILE, &limit), 0);
    ck_assert_int_eq(storage_lease(st, 1000, &first), 0);
    int lowest = dup(0); /* what the next file would get */
    ck_assert_int_ge(lowest, 0);
    few = (struct rlimit){(rlim_t)lowest, limit.rlim_max};
    ck_assert_int_eq(close(lowest), 0);
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &few), 0);
    ck_assert_int_eq(storage_lease(st, 1000, &second), 0);
    ck_assert_uint_eq(total_of(first), total_of(second));
    ck_assert_int_eq(setrlimit(RLIMIT_NOFILE, &limit), 0);
    storage_return(first);
    storage_return(second);
    storage_free(st);
}
END_TEST

/* SQLite may read some bytes past a page that is damaged: past the mapping there may be nothing. */
START_TEST(the_end_of_the_file_is_not_shown_in_place)
{
    struct catalogue_file *f;
    int fd = open(fixture.path, O_RDONLY | O_CLOEXEC), flags;
    sqlite3_int64 size = size_of(fixture.path);
    ck_assert_int_eq(catalogue_file_new(fd, (uint64_t)size, &f), 0);
    sqlite3_vfs *vfs = sqlite3_vfs_find(catalogue_file_vfs(f));
    ck_assert_ptr_nonnull(vfs);
    sqlite3_file *h = calloc(1, (size_t)vfs->szOsFile);
    ck_assert_ptr_nonnull(h);
    ck_assert_int_eq(
        vfs->xOpen(vfs, CATALOGUE_FILE_NAME, h, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, &flags),
        SQLITE_OK);
    const struct {
        sqlite3_int64 at;
        int n;
        bool shown;
    } parts[] = {{0, 4096, true},
                 {size - 2 * 4096, 4096, true},
                 {size - 4096, 4096, false},
                 {size - 4096, 4096 - 256, true},
                 {size - 4096, 4096 - 255, false},
                 {size, 0, false},
                 {size + 4096, 4096, false},
                 {-4096, 4096, false},
                 {INT64_MAX, INT32_MAX, false}};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        void *page = &page;
        ck_assert_int_eq(h->pMethods->xFetch(h, parts[i].at, parts[i].n, &page), SQLITE_OK);
        ck_assert_msg((page != NULL) == parts[i].shown, "%zu", i);
        ck_assert_int_eq(h->pMethods->xUnfetch(h, parts[i].at, page), SQLITE_OK);
    }
    ck_assert_int_eq(h->pMethods->xClose(h), SQLITE_OK);
    free(h);
    (void)catalogue_file_free(f);
    ck_assert_int_eq(close(fd), 0);
}
END_TEST

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) /* which have memory of their own */
#define HAS_LIMITS
#endif

#ifdef HAS_LIMITS
static rlim_t address_space_in_use(void)
{
    unsigned long pages = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    ck_assert_ptr_nonnull(f);
    ck_assert_int_eq(fscanf(f, "%lu", &pages), 1);
    (void)fclose(f);
    return (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

/* Memory that was freed is there again without the system, so only the mapping fails. */
START_TEST(what_cannot_be_mapped_is_read)
{
    struct rlimit limit, none;
    struct storage_reader *rd = NULL;
    struct stat st_file;
    ck_assert_int_eq(mallopt(M_MMAP_THRESHOLD, 64 << 20), 1);
    ck_assert_int_eq(mallopt(M_TRIM_THRESHOLD, 64 << 20), 1);
    void *volatile heap = malloc(32 << 20);
    ck_assert_ptr_nonnull(heap);
    free(heap);
    ck_assert_int_eq(getrlimit(RLIMIT_AS, &limit), 0);
    ck_assert_int_eq(stat(fixture.path, &st_file), 0);
    none = (struct rlimit){address_space_in_use() + (rlim_t)st_file.st_size / 2, limit.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &none), 0);
    void *mapped = mmap(NULL, (size_t)st_file.st_size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct storage *st = fixture_open(fixture.path);
    ck_assert_int_eq(setrlimit(RLIMIT_AS, &limit), 0);
    ck_assert(mapped == MAP_FAILED);
    ck_assert_int_eq(storage_lease(st, 1000, &rd), 0);
    ck_assert_uint_eq(total_of(rd), 8);
    storage_return(rd);
    storage_free(st);
}
END_TEST
#endif

static void *ask_often(void *ctx)
{
    struct storage *st = ctx;
    size_t wrong = 0;
    for (int i = 0; i < 100; i++) {
        struct storage_reader *rd;
        if (storage_lease(st, 60000, &rd) != 0)
            return (void *)1;
        wrong += total_of(rd) != 8;
        storage_return(rd);
    }
    return wrong ? (void *)1 : NULL;
}

START_TEST(many_threads)
{
    pthread_t threads[LIMIT_READERS + 4];
    struct storage *st = fixture_open(fixture.path);
    for (size_t i = 0; i < LIMIT_READERS + 4; i++)
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_often, st), 0);
    for (size_t i = 0; i < LIMIT_READERS + 4; i++) {
        void *wrong;
        ck_assert_int_eq(pthread_join(threads[i], &wrong), 0);
        ck_assert_ptr_null(wrong);
    }
    storage_free(st);
}
END_TEST

START_TEST(a_question_past_its_time_ends)
{
    static const char many[] =
        "WITH RECURSIVE c(x) AS (SELECT 10 UNION ALL SELECT x + 1 FROM c WHERE x < 60000) "
        "INSERT INTO party (incident, ordinal, organization, name, kind, role, certainty) "
        "SELECT 1, x, 1, 'Acme Auto', 'dealer', 'vendor', 'claimed' FROM c";
    static const char *const id[] = {"acme-auto"};
    char path[200];
    struct storage_reader *rd;
    struct arena *mem = arena_new(0);
    struct incident_page page = {.n = 77};
    struct query q = {.list = QUERY_INCIDENTS, .limit = 5};
    q.filters[FILTER_ORGANIZATION] = (struct filter_values){.values = id, .n = 1};
    (void)snprintf(path, sizeof path, "%s/many.db", fixture.folder);
    fixture_catalogue(path, "many", many);
    struct storage *st = fixture_open(path);
    ck_assert_int_eq(storage_lease(st, 0, &rd), 0);
    ck_assert_int_eq(storage_list_incidents(rd, &q, ROWS_AS_MODEL, mem, &page), STORAGE_E_TIMEOUT);
    ck_assert_uint_eq(page.n, 77);
    storage_return(rd);
    ck_assert_int_eq(storage_lease(st, 60000, &rd), 0); /* the same reader, none the worse */
    ck_assert_int_eq(storage_list_incidents(rd, &q, ROWS_AS_MODEL, mem, &page), 0);
    ck_assert_uint_eq(page.page.total, 2);
    storage_return(rd);
    storage_free(st);
    arena_free(mem);
}
END_TEST

struct lines {
    size_t n;
    char all[8192];
};

static void keep_line(void *ctx, const char *line)
{
    struct lines *l = ctx;
    size_t used = strlen(l->all);
    l->n++;
    (void)snprintf(l->all + used, sizeof l->all - used, "%s\n", line);
}

START_TEST(a_good_catalogue_passes_the_check)
{
    struct lines lines = {0};
    size_t faults = 77;
    char *message = NULL;
    ck_assert_int_eq(storage_check(fixture.path, keep_line, &lines, &faults, &message), 0);
    ck_assert_msg(faults == 0 && lines.n == 0, "%s", lines.all);
    break_truncated(fixture.path);
    faults = 77;
    ck_assert_int_eq(storage_check(fixture.path, keep_line, &lines, &faults, &message), STORAGE_E_REFUSED);
    ck_assert_uint_eq(faults, 77);
    free(message);
}
END_TEST

/* One change each to a sound catalogue, and what the check must say of it. */
static const struct {
    const char *change, *says;
} changes[] = {
    {"UPDATE incident SET date = '2023-05-02' WHERE n = 1", "newest: its date, as stored,"},
    {"UPDATE incident SET date = '2023-05-02' WHERE n = 1", "newest is sorted by another date"},
    {"UPDATE incident SET exposure = 'denied' WHERE n = 1", "newest: its exposure"},
    {"UPDATE incident SET affected_others = 2 WHERE n = 1", "newest: its headline figure"},
    {"UPDATE incident SET affected = 1 WHERE n = 1", "newest: its headline figure"},
    {"UPDATE incident SET affected_size = 1 WHERE n = 1", "newest is sorted by another size"},
    {"UPDATE incident SET dealers_named = 0 WHERE n = 3", "same-a: its number of dealers"},
    {"UPDATE incident SET actions = '' WHERE n = 1", "newest: its row of actions"},
    {"UPDATE incident SET classes = 'names=suspected' WHERE n = 1", "newest: its row of data classes"},
    {"UPDATE incident SET delay_total_min = 5 WHERE n = 1", "newest: its set of delays"},
    {"UPDATE incident SET disclosed = NULL WHERE n = 1", "newest: its row of dates"},
    {"UPDATE figure SET minimum = 4 WHERE incident = 1 AND ordinal = 0", "newest: its list of figures"},
    {"UPDATE event SET id = 'x' WHERE n = 1", "newest: its timeline"},
    {"UPDATE incident SET listed = 0 WHERE n = 4", "same-b is marked as listed, or not"},
    {"UPDATE incident SET org_name = 'x' WHERE n = 1", "newest does not show its first party"},
    {"UPDATE incident SET country = 'JP' WHERE n = 1", "newest does not show its organisation's country"},
    {"UPDATE party SET name = 'x' WHERE incident = 3 AND ordinal = 1", "same-a has a party that is not"},
    {"UPDATE incident SET id = 'zz' WHERE n = 3", "same-b stands at the wrong place"},
    {"UPDATE incident SET sort_earliest = '2024' WHERE n = 4", "stands at the wrong place"},
    {"UPDATE organization SET folded = 'zz' WHERE n = 1", "big-cars stands at the wrong place"},
    {"UPDATE event SET sort_earliest = '2024' WHERE n = 2", "has an event at the wrong place"},
    {"UPDATE event SET sort_latest = '2024' WHERE n = 2",
     "newest has an event that is sorted by another date"},
    {"UPDATE incident SET year = '2020' WHERE n = 8", "open-earliest is filed under another year"},
    {"UPDATE organization SET owner = 2 WHERE n = 4", "delta-parts has an owner that no link states"},
    {"UPDATE organization SET own = 9 WHERE n = 1", "acme-auto counts its incidents wrong"},
    {"UPDATE organization SET latest = 3 WHERE n = 1", "acme-auto is not the latest"},
    {"DELETE FROM reach WHERE organization = 2 AND incident = 7", "big-cars does not reach an incident"},
    {"UPDATE reach SET via = 5 WHERE reach = 'inherited'", "acme-auto reaches an incident through one"},
    {"UPDATE incident SET actions = 'x', country = 'FR' WHERE n = 2",
     "country: its stored sets do not agree"},
    {"DELETE FROM rowset WHERE name = 'status' AND value = 'claimed'",
     "status: its stored sets do not agree"},
    {"UPDATE rowset SET bytes = (SELECT bytes FROM rowset WHERE name = 'status' AND value = 'claimed') "
     "WHERE name = 'status' AND value = 'disputed'",
     "status: a stored set is damaged"},
    {"UPDATE rowset SET bytes = CAST(substr(bytes, 1, length(bytes) - 1) || x'ff' AS BLOB) WHERE name = "
     "'action'",
     "action: a stored set is damaged"},
    {"UPDATE slices SET least = least + 1 WHERE name = 'size'", "size: its stored slices do not agree"},
    {"UPDATE slices SET least = least + 1 WHERE name = 'occurred.latest'",
     "occurred: its stored sets do not"},
    {"UPDATE slices SET digits = 64 WHERE name = 'id'", "id: a stored set is damaged"},
    {"DELETE FROM slices WHERE name = 'modified'", "modified: a stored set is damaged"},
    {"UPDATE organization_brand SET brand = 'x'; UPDATE organization SET kind = 'other' WHERE n = 5",
     "organization/kind: its stored sets do not agree"},
    {"UPDATE rowset SET count = 9 WHERE name = 'year' AND value = '2022'",
     "year 2022 has other incidents than its stored set"},
    {"DELETE FROM rowset WHERE name = 'country' AND value = ''",
     "country not known has other incidents than its stored set"},
    {"UPDATE data_class_total SET claimed = 0 WHERE id = 'emails'", "emails is a data class summed up wrong"},
    {"DELETE FROM actor_profile", "apt32 is named by a listed incident, but not summed up"},
    {"INSERT INTO actor_profile VALUES ('x', 'x', 'state', 1, 0, 0, 0)", "x is summed up, but no"},
    {"UPDATE incident SET duplicate_of = 'same-b' WHERE n = 7", "twin is a duplicate of another"},
    {"UPDATE party SET ordinal = 5 WHERE incident = 3 AND ordinal = 1", "same-a has a fact in other places"},
    {"UPDATE related SET target = 99 WHERE incident = 1", "refers to a row that is not there"},
    {"UPDATE catalogue SET sources = 9", "sources is counted wrong"},
    {"UPDATE incident SET status = 'perhaps' WHERE n = 4", "a row does not read as the schema says"},
    {"UPDATE incident SET occurred = 'yesterday' WHERE n = 4", "a row does not read as the schema says"},
    {"UPDATE incident SET summary = CAST(x'61c328' AS TEXT) WHERE n = 4",
     "a row does not read as the schema"},
    {"UPDATE incident SET summary = CAST(x'610062' AS TEXT) WHERE n = 4",
     "a row does not read as the schema"},
    {"UPDATE organization SET city = CAST(x'ff' AS TEXT) WHERE n = 1", "a row does not read as the schema"},
    {"UPDATE dataset SET credit = CAST(x'ff' AS TEXT)", "a row does not read as the schema says"},
};

START_TEST(the_check_finds_a_change)
{
    struct lines lines = {0};
    size_t faults = 0;
    char *message = NULL;
    fixture_run(fixture.path, changes[_i].change);
    fixture_seal(fixture.path);
    ck_assert_int_eq(storage_check(fixture.path, keep_line, &lines, &faults, &message), 0);
    ck_assert_uint_ge(faults, 1);
    ck_assert_uint_eq(faults, lines.n);
    ck_assert_msg(strstr(lines.all, changes[_i].says) != NULL, "%s: %s", changes[_i].change, lines.all);
}
END_TEST

START_TEST(a_new_file_is_looked_at)
{
    char *message = NULL;
    ck_assert_int_eq(storage_verify(fixture.path, &message), 0);
    ck_assert_ptr_null(message);
    fixture_run(fixture.path, "UPDATE related SET target = 99 WHERE incident = 1");
    fixture_seal(fixture.path);
    ck_assert_int_eq(storage_verify(fixture.path, &message), STORAGE_E_REFUSED);
    ck_assert_msg(strstr(message, "refers to a row that is not there") != NULL, "%s", message);
    free(message);
    break_truncated(fixture.path);
    ck_assert_int_eq(storage_verify(fixture.path, &message), STORAGE_E_REFUSED);
    ck_assert_msg(strstr(message, "is truncated") != NULL, "%s", message);
    free(message);
}
END_TEST

/* A word or date that is not one ends the question with an error, not with a wrong answer. */
START_TEST(what_does_not_read_is_an_error)
{
    struct arena *mem = arena_new(0);
    struct storage_reader *rd;
    struct incident x = {.row.id = "untouched"};
    fixture_run(fixture.path, "UPDATE figure SET unit = 'apples' WHERE incident = 3");
    struct storage *st = fixture_open(fixture.path);
    ck_assert_int_eq(storage_lease(st, 1000, &rd), 0);
    ck_assert_int_eq(storage_get_incident(rd, "same-a", mem, &x), STORAGE_E_CORRUPT);
    assert_text(x.row.id, "untouched");
    ck_assert_int_eq(storage_get_incident(rd, "newest", mem, &x), 0);
    storage_return(rd);
    storage_free(st);
    arena_free(mem);
}
END_TEST

/* Walks all of a catalogue; more steps than it has rows fail the test. */
static int walk_all(struct storage *st)
{
    struct arena *mem = arena_new(0);
    struct storage_reader *rd;
    struct incident x;
    struct organization o;
    const char *position = NULL;
    size_t steps = 0;
    int outcome;
    ck_assert_int_eq(storage_lease(st, 1000, &rd), 0);
    while ((outcome = storage_walk_incidents(rd, &position, mem, &x)) == 0)
        ck_assert_uint_lt(++steps, 100);
    position = NULL;
    if (outcome == STORAGE_E_NOT_FOUND)
        while ((outcome = storage_walk_organizations(rd, &position, mem, &o)) == 0)
            ck_assert_uint_lt(++steps, 100);
    storage_return(rd);
    arena_free(mem);
    return outcome;
}

/* Where in the file TEXT stands next after AT, or -1. */
static long find_text(const char *path, const char *text, long at)
{
    static char bytes[4 << 20];
    FILE *in = fopen(path, "r");
    ck_assert_ptr_nonnull(in);
    size_t size = fread(bytes, 1, sizeof bytes, in);
    (void)fclose(in);
    ck_assert_uint_lt(size, sizeof bytes);
    const char *found = memmem(bytes + at + 1, size - (size_t)at - 1, text, strlen(text));
    return found ? (long)(found - bytes) : -1;
}

/* An index may say another id than the row it leads to: the pages hold together all the same. */
START_TEST(a_walk_ends)
{
    static const char *const ids[] = {"eta-motors", "undated-b"};
    size_t corrupt = 0;
    for (size_t i = 0; i < 2; i++)
        for (long at = -1; (at = find_text(fixture.path, ids[i], at)) >= 0;) {
            struct storage *st;
            char *message = NULL;
            write_at(fixture.path, at, "a", 1);
            if (storage_open(fixture.path, &st, &message) == 0) {
                corrupt += walk_all(st) == STORAGE_E_CORRUPT;
                storage_free(st);
            }
            free(message);
            write_at(fixture.path, at, ids[i], 1);
        }
    ck_assert_uint_ge(corrupt, 2);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("storage_open");
    TCase *tc = tcase_create("open");
    const TTest *tests[] = {what_an_open_catalogue_says,
                            any_path_will_do,
                            a_read_only_folder_will_do,
                            readers_are_lent_out_once,
                            a_replaced_file_is_never_mixed_in,
                            readers_take_no_descriptors,
                            the_end_of_the_file_is_not_shown_in_place,
#ifdef HAS_LIMITS
                            what_cannot_be_mapped_is_read,
#endif
                            many_threads,
                            a_question_past_its_time_ends,
                            a_good_catalogue_passes_the_check,
                            a_new_file_is_looked_at,
                            what_does_not_read_is_an_error,
                            a_walk_ends};
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, a_bad_file_is_refused_with_its_reason, 0,
                        (int)(sizeof refusals / sizeof *refusals));
    SUITE_LOOP(tc, the_check_finds_a_change, changes);
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++)
        tcase_add_test(tc, tests[i]);
    suite_add_tcase(s, tc);
    return suite_run(s);
}
