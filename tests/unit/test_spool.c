/* SPDX-License-Identifier: MIT */
/* What an import puts aside: records packed and back, bytes in a spool and back, texts kept once. */
#include "import/native.h"
#include "import/pack.h"
#include "import/pool.h"
#include "import/relay.h"
#include "import/spool.h"
#include "model/derive.h"
#include "render/json.h"
#include "suite.h"
#include "util/limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A record with every member that can be given; ' is ". */
#define EVIDENCE                                                                                             \
    "'certainty':'claimed','source':2,'asserted_by':{'name':'Wer','class':'regulator'},'asserted':'2020-02~" \
    "',"                                                                                                     \
    "'note':'a\\nb','quote':'q'"
static const char full[] =
    "{'id':'x','title':'Title','summary':'Sümmary','status':'withdrawn','status_note':'why',"
    "'dataset':{'id':'d','record':'r-1'},'added':'2020-01-01T00:00:00Z','modified':'2021-01-01T00:00:00Z',"
    "'withdrawn':{'at':'2022-01-01T00:00:00Z','reason':'gone','by':'us'},"
    "'sources':[{'n':1,'title':'T','class':'press','url':'https://a.example/','published':'2019?',"
    "'retrieved':'2020-01-01','seen':'excerpt','publisher':'P','description':'D'},{'n':2,'title':'U',"
    "'class':'company'}],"
    "'dates':[{'kind':'occurred','date':'[2019-01..2019-03]'," EVIDENCE
    "},{'kind':'disclosed','certainty':'denied'}],"
    "'parties':[{'organization':{'id':'o'},'role':'filer'," EVIDENCE "},{'organization':{'name':'A group',"
    "'kind':'dealer'},'role':'breached','count':{'qualifier':'between','min':0,'max':9007199254740991},"
    "'certainty':'unknown'}],"
    "'figures':[{'value':5,'unit':'money','currency':'EUR','qualifier':'exact','scope':'context','of':'of',"
    "'organization':{'id':'o'}," EVIDENCE "}],"
    "'data_classes':[{'id':'names','text':'Names'," EVIDENCE "}],"
    "'actors':[{'id':'a','name':'A','names':['B','C'],'kind':'unknown'," EVIDENCE "}],"
    "'attack':[{'action':'hacking','variety':'V','vector':'W'," EVIDENCE "}],"
    "'timeline':[{'date':'2019','kind':'claim','text':'T'," EVIDENCE "}],"
    "'related':[{'incident':{'id':'y'},'relation':'follow_up'," EVIDENCE "}],"
    "'caveats':[{'text':'C','about':'figures','source':1,'asserted_by':{'name':'N','class':'press'},"
    "'asserted':'2019'},{'text':'about nothing'}],"
    "'conflicts':[{'text':'K','about':'dates','sources':[1,2]},{'text':'L'}]}";

static struct arena *mem;
static struct import_report *report;

static void setup(void)
{
    mem = arena_new(0);
    report = import_report_new();
}

static void teardown(void)
{
    mem = arena_free(mem);
    report = import_report_free(report);
}

static struct incident read_record(const char *text)
{
    char *json = arena_strdup(mem, text);
    for (char *p = json; *p; p++)
        *p = *p == '\'' ? '"' : *p;
    json_t *v = json_loads(json, 0, NULL);
    struct reader r = {.mem = mem, .report = report, .from = {.path = "p", .file = "p"}};
    struct incident x = {0};
    ck_assert_ptr_nonnull(v);
    ck_assert_int_eq(reader_object(&r, &native_incident, v, &x), 0);
    ck_assert_msg(r.faults == 0, "%s: %s", report->n_findings ? report->findings[0].field : "",
                  report->n_findings ? report->findings[0].reason : "");
    json_decref(v);
    return x;
}

/* With what follows, since no page shows it without. */
static const char *json_of(const struct incident *x)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    struct incident whole = *x;
    whole.parties[0].organization = whole.figures[0].organization = (struct org_ref){"o", "O", ORG_OTHER};
    whole.related[0].incident.title = "Y";
    ck_assert_int_eq(derive_incident(&whole, mem), 0);
    ck_assert_int_eq(json_incident(&whole, "", false, &b), 0);
    return arena_strndup(mem, b.data, b.size);
}

static void pack(const struct incident *x, struct strbuf *out)
{
    pack_object(out, &native_incident, x);
    ck_assert(!out->failed);
}

START_TEST(a_record_with_everything_comes_back)
{
    _cleanup_strbuf_ struct strbuf first = STRBUF_INIT, again = STRBUF_INIT;
    const struct incident x = read_record(full);
    struct incident y = {0};
    pack(&x, &first);
    struct packed p = {first.data, first.size};
    ck_assert_int_eq(unpack_object(&p, &native_incident, mem, &y), 0);
    ck_assert_uint_eq(p.left, 0);
    /* bounds of dates, words that are absent, and all else that JSON does not show */
    ck_assert_int_eq(memcmp(x.dates[0].date.earliest, y.dates[0].date.earliest, 11), 0);
    ck_assert(y.parties[0].e.asserted.approximate && !y.parties[0].e.asserted.uncertain);
    ck_assert_int_eq(y.caveats[1].about, -1);
    ck_assert(y.parties[1].has_count && !y.parties[0].has_count);
    ck_assert(y.parties[1].count.min.known && y.parties[1].count.min.value == 0);
    ck_assert(!y.parties[1].count.value.known);
    pack(&y, &again);
    ck_assert_uint_eq(again.size, first.size);
    ck_assert_int_eq(memcmp(again.data, first.data, first.size), 0);
    assert_text(json_of(&y), json_of(&x));
}
END_TEST

START_TEST(an_empty_record_comes_back)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    const struct incident x = {0};
    struct incident y = {0};
    pack(&x, &b);
    struct packed p = {b.data, b.size};
    ck_assert_int_eq(unpack_object(&p, &native_incident, mem, &y), 0);
    ck_assert_ptr_null(y.row.title);
    ck_assert_uint_eq(y.n_sources, 0);
}
END_TEST

/* Every cut and every changed byte: refused, or some other record, never a read beyond the bytes (they are copied so that the
 * sanitised run sees one). */
START_TEST(damaged_bytes_do_no_harm)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    const struct incident x = read_record(full);
    pack(&x, &b);
    size_t refused = 0;
    for (size_t i = 0; i < b.size; i++) {
        struct incident y = {0};
        char *bytes = malloc(i ? i : 1);
        if (i)
            memcpy(bytes, b.data, i);
        struct packed p = {bytes, i};
        ck_assert_int_eq(unpack_object(&p, &native_incident, mem, &y), PACK_E_DAMAGED);
        free(bytes);
    }
    for (size_t i = 0; i < b.size; i++) {
        struct incident y = {0};
        char *bytes = malloc(b.size);
        memcpy(bytes, b.data, b.size);
        bytes[i] = (char)(bytes[i] ^ 0xff);
        struct packed p = {bytes, b.size};
        int result = unpack_object(&p, &native_incident, mem, &y);
        ck_assert(result == 0 || result == PACK_E_DAMAGED);
        refused += result != 0 || p.left;
        free(bytes);
    }
    ck_assert_uint_gt(refused, b.size / 8);
}
END_TEST

static const struct {
    const char *bytes;
    size_t n;
} numbers[] = {
    {"", 0},
    {"\x80", 1},
    {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02", 10}, /* beyond 64 bits */
    {"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01", 11},
};

START_TEST(numbers_are_bounded)
{
    struct packed p = {numbers[_i].bytes, numbers[_i].n};
    uint64_t n = 7;
    ck_assert_int_eq(unpack_number(&p, &n), PACK_E_DAMAGED);
    ck_assert_uint_eq(n, 7);
}
END_TEST

START_TEST(numbers_of_every_size_come_back)
{
    for (unsigned shift = 0; shift < 64; shift++)
        for (int off = -1; off <= 1; off++) {
            _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
            uint64_t want = (UINT64_C(1) << shift) + (uint64_t)(int64_t)off, got = 0;
            pack_number(&b, want);
            struct packed p = {b.data, b.size};
            ck_assert_int_eq(unpack_number(&p, &got), 0);
            ck_assert(got == want && p.left == 0);
        }
}
END_TEST

/* --- spools --- */

/* More than is held in memory, in pieces of many sizes, looked at in any order while more is added. */
START_TEST(a_spool_gives_back_what_it_was_given)
{
    enum { PIECES = 3000, MOST = 20000 };
    _cleanup_spool_ struct spool *s = spool_new(P_tmpdir);
    static char piece[MOST], back[MOST];
    static uint64_t places[PIECES];
    ck_assert_ptr_nonnull(s);
    for (size_t i = 0; i < PIECES; i++) {
        size_t n = i * 7919 % MOST;
        memset(piece, (int)(i & 0x7f), n);
        ck_assert_int_eq(spool_add(s, piece, n, &places[i]), 0);
        size_t k = i * 31 % (i + 1), n_back = k * 7919 % MOST;
        ck_assert_int_eq(spool_get(s, places[k], n_back, back), 0);
        for (size_t j = 0; j < n_back; j += 97)
            ck_assert_int_eq(back[j], (char)(k & 0x7f));
    }
    ck_assert_int_eq(spool_get(s, places[PIECES - 1], MOST * 2, back), -EIO);
    ck_assert_int_eq(spool_get(s, UINT64_MAX, 1, back), -EIO);
}
END_TEST

START_TEST(a_spool_without_a_folder_says_so)
{
    _cleanup_spool_ struct spool *s = spool_new("/nowhere/at/all");
    static char piece[1 << 20];
    uint64_t at;
    int result = 0;
    for (size_t i = 0; i < 64 && result == 0; i++)
        result = spool_add(s, piece, sizeof piece, &at);
    ck_assert_int_eq(result, -ENOENT);
}
END_TEST

/* --- relays --- */

struct listener {
    uint64_t next, sum;
    bool orderly;
};

/* Takes numbers of eight bytes, which must come one after the other. */
static void listen_to(void *ctx, const char *bytes, size_t n)
{
    struct listener *l = ctx;
    for (size_t i = 0; i < n; i += sizeof(uint64_t)) {
        uint64_t number;
        memcpy(&number, bytes + i, sizeof number);
        l->orderly &= number == l->next++;
        l->sum += number;
    }
}

static const uint64_t counts[] = {0, 1, 1000, 3000000};

START_TEST(a_relay_loses_and_mixes_nothing)
{
    struct listener l = {.orderly = true};
    _cleanup_relay_ struct relay *r = relay_new(listen_to, &l);
    ck_assert_ptr_nonnull(r);
    for (unsigned turn = 0; turn < 2; turn++) { /* it goes on after a drain */
        for (uint64_t i = 0; i < counts[_i]; i++) {
            uint64_t number = turn * counts[_i] + i;
            strbuf_add(relay_out(r), &number, sizeof number);
            relay_cut(r);
        }
        ck_assert_int_eq(relay_drain(r), 0);
        ck_assert(l.orderly && l.next == (turn + 1) * counts[_i]);
    }
}
END_TEST

START_TEST(a_relay_says_what_could_not_be_written)
{
    struct listener l = {.orderly = true};
    _cleanup_relay_ struct relay *r = relay_new(listen_to, &l);
    relay_out(r)->failed = true;
    relay_cut(r);
    ck_assert_int_eq(relay_drain(r), -ENOMEM);
    ck_assert_uint_eq(l.next, 0);
}
END_TEST

/* --- pools --- */

START_TEST(equal_texts_are_one)
{
    enum { TEXTS = 5000 };
    struct pool *p = pool_new(mem);
    static const char *kept[TEXTS];
    for (size_t i = 0; i < TEXTS; i++)
        kept[i] = pool_text(p, arena_printf(mem, "text %zu", i));
    for (size_t i = 0; i < TEXTS; i++) {
        const char *text = arena_printf(mem, "text %zu", i);
        assert_text(kept[i], text);
        ck_assert_ptr_eq(pool_text(p, text), kept[i]);
    }
    ck_assert_ptr_ne(kept[0], kept[1]);
    assert_text(pool_text(p, ""), "");
    ck_assert_ptr_null(pool_text(p, NULL));
    pool_free(p);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("spool");
    TCase *t = tcase_create("packing");
    tcase_add_checked_fixture(t, setup, teardown);
    tcase_add_test(t, a_record_with_everything_comes_back);
    tcase_add_test(t, an_empty_record_comes_back);
    tcase_add_test(t, damaged_bytes_do_no_harm);
    tcase_add_test(t, numbers_of_every_size_come_back);
    tcase_add_test(t, a_spool_gives_back_what_it_was_given);
    tcase_add_test(t, a_spool_without_a_folder_says_so);
    tcase_add_test(t, a_relay_says_what_could_not_be_written);
    tcase_add_test(t, equal_texts_are_one);
    suite_add_tcase(s, t);
    TCase *tables = tcase_create("tables");
    SUITE_LOOP(tables, numbers_are_bounded, numbers);
    SUITE_LOOP(tables, a_relay_loses_and_mixes_nothing, counts);
    suite_add_tcase(s, tables);
    return suite_run(s);
}
