/* SPDX-License-Identifier: MIT */
/* The rows that an import renders are what the renderer makes of the rows that storage reads. */
#include "bundled.h"
#include "render/json.h"
#include "storage/storage.h"
#include "suite.h"

#include <string.h>

static const char *path;

/* Q's answers in both forms; how many there are. */
static size_t compare(struct storage_reader *rd, struct query *q)
{
    size_t n = 0;
    for (bool more = true; more;) {
        _cleanup_arena_ struct arena *mem = arena_new(0);
        struct incident_page rows, rendered;
        ck_assert_int_eq(storage_list_incidents(rd, q, ROWS_AS_MODEL, mem, &rows), 0);
        ck_assert_int_eq(storage_list_incidents(rd, q, ROWS_AS_JSON, mem, &rendered), 0);
        ck_assert_uint_eq(rows.n, rendered.n);
        for (size_t i = 0; i < rows.n; i++) {
            _cleanup_strbuf_ struct strbuf text = STRBUF_INIT;
            ck_assert_int_eq(json_row(&rows.rows[i], &text), 0);
            ck_assert_uint_eq(rendered.json[i].size, text.size);
            ck_assert_mem_eq(rendered.json[i].text, text.data, text.size);
            ck_assert_int_eq(rendered.json[i].has_via, rows.rows[i].has_via);
            ck_assert_uint_eq(rendered.json[i].n_via, rows.rows[i].n_via);
        }
        n += rows.n;
        more = rows.page.has_next;
        static char keys[CURSOR_KEYS][1024];
        q->after = rows.page.last;
        for (size_t i = 0; i < q->after.n; i++)
            q->after.keys[i] = strcpy(keys[i], rows.page.last.keys[i]);
    }
    return n;
}

START_TEST(rows_are_rendered_alike)
{
    struct storage *st;
    struct storage_reader *rd;
    char *message = NULL;
    ck_assert_int_eq(storage_open(path, &st, &message), 0);
    ck_assert_int_eq(storage_info(st)->row_format, JSON_ROW_FORMAT);
    ck_assert_int_eq(storage_lease(st, 60000, &rd), 0);
    static const char *const withdrawn = "withdrawn", *const all = "all",
                             *const toyota = "toyota-tokyo-sales-holdings";
    struct query q = query_default(QUERY_INCIDENTS);
    ck_assert_uint_eq(compare(rd, &q), storage_info(st)->incidents);
    q = query_default(QUERY_INCIDENTS);
    q.filters[FILTER_STATUS] = (struct filter_values){&withdrawn, 1};
    compare(rd, &q);
    q = query_default(QUERY_INCIDENTS);
    q.filters[FILTER_ORGANIZATION] = (struct filter_values){&toyota, 1};
    q.filters[FILTER_REACH] = (struct filter_values){&all, 1};
    ck_assert_uint_gt(compare(rd, &q), 0);
    storage_return(rd);
    storage_free(st);
}
END_TEST

int main(int argc, char **argv)
{
    if (argc != 2 || !bundled_build(argv[1]))
        return 2;
    path = bundled_path();
    Suite *s = suite_create("json_rows");
    SUITE_ADD(s, "rows", rows_are_rendered_alike);
    int failed = suite_run(s);
    bundled_remove();
    return failed;
}
