/* SPDX-License-Identifier: MIT */
/* What inputs are made of: files of any name, folders, archives whole and broken, and formats named outright. */
#include "suite.h"

#include "import_fixture.h"
#include "util/limits.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RECORD(id, title) "{\"id\":\"" id "\",\"title\":\"" title "\",\"status\":\"confirmed\"}"

/* A file inside an archive, or in a folder. */
struct member {
    const char *name, *text;
};

/* In the order a walk does not take. The two of one id differ: the one that a walk meets first stays. */
static const struct member members[] = {
    {"z/last.json", RECORD("twin", "Met last")},
    {"z.JSON", RECORD("z", "Z")},
    {"notes.txt", "not looked at"},
    {".hidden.json", "not looked at"},
    {".git/x.json", "not looked at"},
    {"b/broken.json", "{"},
    {"b/a.json", RECORD("twin", "Met first")},
    {"a.ndjson", RECORD("l1", "L1") "\n" RECORD("l2", "L2") "\n"},
};
#define N_MEMBERS (sizeof members / sizeof *members)

/* How an archive is written. */
struct packing {
    const char *name;
    int (*format)(struct archive *a);
    int (*filter)(struct archive *a);
    const char *options;
};

static const struct packing packings[] = {
    {"x.tar", archive_write_set_format_pax_restricted, archive_write_add_filter_none, NULL},
    {"x.tar.gz", archive_write_set_format_ustar, archive_write_add_filter_gzip, NULL},
    {"x.TGZ", archive_write_set_format_gnutar, archive_write_add_filter_gzip, NULL},
    {"x.tar.xz", archive_write_set_format_pax_restricted, archive_write_add_filter_xz, NULL},
    {"x.tar.bz2", archive_write_set_format_pax_restricted, archive_write_add_filter_bzip2, NULL},
    {"x.tar.zst", archive_write_set_format_pax_restricted, archive_write_add_filter_zstd, NULL},
    {"x.Zip", archive_write_set_format_zip, archive_write_add_filter_none, NULL},
    {"x.zip", archive_write_set_format_zip, archive_write_add_filter_none, "zip:compression=store"},
};
#define N_PACKINGS (sizeof packings / sizeof *packings)

static const struct packing zip = {"x.zip", archive_write_set_format_zip, archive_write_add_filter_none,
                                   NULL};
static const struct packing tar_gz = {"x.tar.gz", archive_write_set_format_ustar,
                                      archive_write_add_filter_gzip, NULL};

static struct archive *pack_begin(struct fixture *f, const struct packing *p, const char *file)
{
    struct archive *a = archive_write_new();
    ck_assert_ptr_nonnull(a);
    ck_assert_int_eq(p->format(a), ARCHIVE_OK);
    ck_assert_int_eq(p->filter(a), ARCHIVE_OK);
    if (p->options && strstr(p->options, "encryption"))
        ck_assert_int_eq(archive_write_set_passphrase(a, "secret"), ARCHIVE_OK);
    if (p->options)
        ck_assert_int_eq(archive_write_set_options(a, p->options), ARCHIVE_OK);
    ck_assert_int_eq(archive_write_open_filename(a, fixture_path(f, file)), ARCHIVE_OK);
    return a;
}

/* REPEAT times TEXT, as one file. */
static void pack_member(struct archive *a, const char *name, const char *text, size_t n, size_t repeat)
{
    struct archive_entry *e = archive_entry_new();
    archive_entry_set_pathname(e, name);
    archive_entry_set_filetype(e, AE_IFREG);
    archive_entry_set_perm(e, 0644);
    archive_entry_set_size(e, (la_int64_t)(n * repeat));
    ck_assert_int_eq(archive_write_header(a, e), ARCHIVE_OK);
    for (size_t i = 0; i < repeat; i++)
        ck_assert_int_eq((int)archive_write_data(a, text, n), (int)n);
    archive_entry_free(e);
}

static void pack_end(struct archive *a)
{
    ck_assert_int_eq(archive_write_close(a), ARCHIVE_OK);
    archive_write_free(a);
}

static void pack(struct fixture *f, const struct packing *p, const char *file, const struct member *what,
                 size_t n)
{
    struct archive *a = pack_begin(f, p, file);
    for (size_t i = 0; i < n; i++)
        pack_member(a, what[i].name, what[i].text, strlen(what[i].text), 1);
    pack_end(a);
}

/* The members as files below FOLDER. */
static void unpacked(struct fixture *f, const char *folder)
{
    static const char *const folders[] = {"", "/z", "/b", "/.git"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        ck_assert_int_eq(mkdir(arena_printf(f->mem, "%s/%s%s", f->folder, folder, folders[i]), 0755), 0);
    for (size_t i = 0; i < N_MEMBERS; i++) {
        FILE *file = fopen(arena_printf(f->mem, "%s/%s/%s", f->folder, folder, members[i].name), "w");
        ck_assert_ptr_nonnull(file);
        ck_assert_int_ge(fputs(members[i].text, file), 0);
        ck_assert_int_eq(fclose(file), 0);
    }
}

static void cut(struct fixture *f, const char *file, off_t n)
{
    struct stat st;
    ck_assert_int_eq(stat(fixture_path(f, file), &st), 0);
    ck_assert_int_eq(truncate(fixture_path(f, file), n > 0 ? n : st.st_size + n), 0);
}

static void check_reason(const struct import_finding *x, const char *path_end, const char *reason)
{
    size_t n = strlen(x->path), m = strlen(path_end);
    ck_assert_msg(n >= m && strcmp(x->path + n - m, path_end) == 0, "%s is not at %s", x->path, path_end);
    ck_assert_msg(strstr(x->reason, reason), "\"%s\" lacks \"%s\"", x->reason, reason);
}

START_TEST(archive_gives_what_its_folder_gives)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    unpacked(&f, "folder");
    ck_assert_int_eq(fixture_import_from(&f, "folder", "folder.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 4);
    ck_assert_uint_eq(f.report->n_findings, 2); /* the broken file and the second twin */
    check_reason(&f.report->findings[1], "folder/z/last.json", "twin");

    const char *file = packings[_i].name;
    pack(&f, &packings[_i], file, members, N_MEMBERS);
    ck_assert_int_eq(fixture_import_from(&f, file, "archive.db"), 0);
    ck_assert_msg(fixture_same(&f, "folder.db", "archive.db"), "%s gives another catalogue", file);
    check_reason(&f.report->findings[0], arena_printf(f.mem, "%s/b/broken.json", file), "is not JSON");
    check_reason(&f.report->findings[1], arena_printf(f.mem, "%s/z/last.json", file), "twin");
    assert_text(f.report->findings[0].file, "broken.json");
}
END_TEST

START_TEST(archive_in_a_folder_is_read)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    pack(&f, &zip, "in/x.zip", members, N_MEMBERS);
    fixture_write(&f, "y.json", RECORD("y", "Y"));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 5);
}
END_TEST

/* One file, compressed: its name without the last ending says what it is. */
START_TEST(compressed_file_is_the_file)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    struct packing gz = {"", archive_write_set_format_raw, archive_write_add_filter_gzip, NULL};
    struct member lines = {"lines", RECORD("a", "A") "\n{\n"}, other = {"other", "not looked at"};
    pack(&f, &gz, "in/lines.ndjson.gz", &lines, 1);
    pack(&f, &gz, "in/other.txt.gz", &other, 1);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert_uint_eq(f.report->n_findings, 1);
    check_reason(&f.report->findings[0], "in/lines.ndjson.gz/lines.ndjson", "is not JSON");
    assert_text(f.report->findings[0].position, "line 2");
    /* named itself it is read whatever its name */
    ck_assert_int_eq(rename(fixture_path(&f, "in/lines.ndjson.gz"), fixture_path(&f, "anything")), 0);
    ck_assert_int_eq(fixture_import_from(&f, "anything", "out.db"), 0);
}
END_TEST

/* --- what is wrong with archives --- */

static void make_cut_zip(struct fixture *f)
{
    pack(f, &zip, "in/x.zip", members, N_MEMBERS);
    cut(f, "in/x.zip", 40);
}

static void make_cut_gz(struct fixture *f)
{
    pack(f, &tar_gz, "in/x.tar.gz", members, N_MEMBERS);
    cut(f, "in/x.tar.gz", -30);
}

static void make_garbage(struct fixture *f)
{
    fixture_write_bytes(f, "x.tar.xz",
                        "\xfd"
                        "7zXZ\0garbage garbage",
                        22);
}

static void make_text(struct fixture *f)
{
    fixture_write(f, "x.zip", "just words");
}

static void make_nothing(struct fixture *f)
{
    fixture_write(f, "x.zip", "");
}

static void make_encrypted(struct fixture *f)
{
    struct packing secret = zip;
    secret.options = "zip:encryption=zipcrypt";
    pack(f, &secret, "in/x.zip", members, N_MEMBERS);
}

static void make_nested(struct fixture *f)
{
    static const struct member inner = {"folder/inner.Tar.gz", "not looked at"};
    pack(f, &zip, "in/x.zip", &inner, 1);
}

/* NAME holds some more than what any archive may. */
static void make_bomb(struct fixture *f, const struct packing *p, const char *file, const char *name)
{
    static const char zeros[1u << 20];
    struct archive *a = pack_begin(f, p, file);
    pack_member(a, name, zeros, sizeof zeros, (LIMIT_ARCHIVE_SMALL >> 20) + 2);
    pack_end(a);
}

static void make_zip_bomb(struct fixture *f)
{
    make_bomb(f, &zip, "in/x.zip", "a.json");
}

static void make_skipped_bomb(struct fixture *f)
{
    make_bomb(f, &tar_gz, "in/x.tar.gz", "not-looked-at.bin");
}

static void make_long_name(struct fixture *f)
{
    char name[LIMIT_PATH_BYTES + 16];
    memset(name, 'a', sizeof name);
    memcpy(name + sizeof name - 6, ".json", 6);
    const struct packing pax = {"", archive_write_set_format_pax, archive_write_add_filter_none, NULL};
    struct member x = {name, "{}"};
    pack(f, &pax, "in/x.tar", &x, 1);
}

static const struct broken {
    void (*make)(struct fixture *f);
    const char *path, *reason;
} broken[] = {
    {make_cut_zip, "in/x.zip", "cannot be unpacked"},
    {make_cut_gz, "in/x.tar.gz", "cannot be unpacked"},
    {make_garbage, "in/x.tar.xz", "cannot be unpacked"},
    {make_text, "in/x.zip", "is no archive"},
    {make_nothing, "in/x.zip", "cannot be unpacked"},
    {make_encrypted, "in/x.zip", "is encrypted"},
    {make_nested, "in/x.zip/folder/inner.Tar.gz", "unpack it first"},
    {make_zip_bomb, "in/x.zip", "far more than its own size"},
    {make_skipped_bomb, "in/x.tar.gz", "far more than its own size"},
    {make_long_name, "in/x.tar", "name is too long"},
};

/* The archive is one reject, and what else there is in the folder is read. */
START_TEST(broken_archive_is_one_reject)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    broken[_i].make(&f);
    fixture_write(&f, "y.json", RECORD("y", "Y"));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    size_t whole = 0; /* of the archive that was cut, some members are read, and one of those is broken */
    for (size_t i = 0; i < f.report->n_findings; i++)
        if (!strstr(f.report->findings[i].path, "/b/broken.json") &&
            !strstr(f.report->findings[i].path, "/z/last.json")) {
            check_reason(&f.report->findings[i], broken[_i].path, broken[_i].reason);
            whole++;
        }
    ck_assert_uint_eq(whole, 1);
    ck_assert_uint_ge(f.report->incidents, 1);
}
END_TEST

START_TEST(empty_archive_holds_no_record)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    for (size_t i = 0; i < N_PACKINGS; i++) {
        pack(&f, &packings[i], "empty", members, 0);
        ck_assert_int_eq(fixture_import_from(&f, "empty", "out.db"), IMPORT_E_FAILED);
        ck_assert_msg(strstr(f.error, "holds no record"), "%s: %s", packings[i].name, f.error);
    }
    ck_assert_int_ne(access(fixture_path(&f, "out.db"), F_OK), 0);
}
END_TEST

START_TEST(members_that_lead_outside_are_passed_over)
{
    static const struct member odd[] = {{"../up.json", "{"}, {"./here.json", RECORD("here", "Here")}};
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    pack(&f, &tar_gz, "x.tar.gz", odd, 2);
    ck_assert_int_eq(fixture_import_from(&f, "x.tar.gz", "out.db"), 0);
    ck_assert_uint_eq(f.report->n_findings, 0);
    ck_assert_uint_eq(f.report->incidents, 1);
}
END_TEST

/* --- files and folders --- */

START_TEST(names_decide_in_folders_and_content_elsewhere)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.JSON", RECORD("a", "A"));
    fixture_write(&f, "b.NdJson", RECORD("b", "B"));
    fixture_write(&f, "c.jsonl", RECORD("c", "C"));
    fixture_write(&f, "d.txt", RECORD("d", "D"));
    fixture_write(&f, "noending", RECORD("e", "E"));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 3);
    ck_assert_int_eq(fixture_import_from(&f, "in/noending", "alone.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 1);
}
END_TEST

START_TEST(strange_table_is_one_reject)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "README.csv", "name,size\na,1\n");
    fixture_write(&f, "nothing.csv", "");
    fixture_write(&f, "json.csv", RECORD("a", "A"));
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert_uint_eq(f.report->rejected, 2);
    check_reason(&f.report->findings[0], "in/README.csv", "columns of no dataset");
}
END_TEST

START_TEST(folder_that_links_to_itself_ends)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", RECORD("a", "A"));
    ck_assert_int_eq(symlink("..", fixture_path(&f, "in/up")), 0);
    ck_assert_int_eq(symlink(".", fixture_path(&f, "in/loop")), 0);
    ck_assert_int_eq(symlink("lost", fixture_path(&f, "in/lost.json")), 0);
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert_uint_eq(f.report->rejected, 1);
    check_reason(&f.report->findings[0], "lost.json", "cannot be read");
}
END_TEST

/* --- formats named outright --- */

START_TEST(format_named_before_the_path_overrules)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json", RECORD("a", "A"));
    ck_assert_int_eq(
        fixture_import_input(&f, arena_printf(f.mem, "native:%s", fixture_path(&f, "in")), "out.db"), 0);
    ck_assert_uint_eq(f.report->incidents, 1);
    ck_assert_int_eq(
        fixture_import_input(&f, arena_printf(f.mem, "hhs:%s", fixture_path(&f, "in")), "out.db"),
        IMPORT_E_FAILED);
    ck_assert_uint_eq(f.report->n_findings, 1);
    assert_text(f.report->findings[0].dataset, "hhs");
    ck_assert_int_eq(
        fixture_import_input(&f, arena_printf(f.mem, "nobody:%s", fixture_path(&f, "in")), "out.db"),
        IMPORT_E_FAILED);
}
END_TEST

START_TEST(file_named_like_a_format_is_reached)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "hhs:a.json", RECORD("a", "A"));
    ck_assert_int_eq(chdir(fixture_path(&f, "in")), 0);
    ck_assert_int_eq(fixture_import_input(&f, "./hhs:a.json", "out.db"), 0);
    ck_assert_int_eq(fixture_import_input(&f, "hhs:a.json", "out.db"), IMPORT_E_FAILED);
    ck_assert_int_eq(chdir("/"), 0);
}
END_TEST

START_TEST(broken_file_counts_for_what_lies_beside_it)
{
    _cleanup_fixture_ struct fixture f;
    fixture_init(&f);
    fixture_write(&f, "a.json",
                  "[{'datasets':[{'id':'aaa','title':'A'},{'id':'bbb','title':'B'}]},"
                  "{'id':'a','title':'A','status':'confirmed','dataset':{'id':'bbb'}}]");
    fixture_write(&f, "b.json", "{");
    ck_assert_int_eq(fixture_import(&f, "out.db"), 0);
    assert_text(f.report->findings[0].dataset, "bbb");
    ck_assert_uint_eq(f.report->n_tallies, 2);
    ck_assert_uint_eq(f.report->tallies[1].rejected, 1);
    ck_assert_uint_eq(f.report->tallies[1].read, 2);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("import sources");
    TCase *tables = tcase_create("tables");
    tcase_set_timeout(tables, 60);
    tcase_add_loop_test(tables, archive_gives_what_its_folder_gives, 0, N_PACKINGS);
    SUITE_LOOP(tables, broken_archive_is_one_reject, broken);
    suite_add_tcase(s, tables);
    SUITE_ADD(s, "archives", archive_in_a_folder_is_read, compressed_file_is_the_file,
              empty_archive_holds_no_record, members_that_lead_outside_are_passed_over);
    SUITE_ADD(s, "files", names_decide_in_folders_and_content_elsewhere, strange_table_is_one_reject,
              folder_that_links_to_itself_ends, format_named_before_the_path_overrules,
              file_named_like_a_format_is_reached, broken_file_counts_for_what_lies_beside_it);
    return suite_run(s);
}
