/* SPDX-License-Identifier: MIT */
/* Cells of CSV, members of JSON rows as cells, and that the columns of every table are the members of its rows. */
#include "render/csv.h"
#include "suite.h"

#include <stdlib.h>
#include <string.h>

static void assert_cell(const char *text, bool guard, const char *want)
{
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    strbuf_adds(&out, ""); /* an empty cell is no missing one */
    csv_cell(text, strlen(text), guard, &out);
    ck_assert_str_eq(out.data, want);
}

START_TEST(cells_are_quoted_where_they_must_be)
{
    static const char *const cells[][2] = {
        {"", ""},
        {"plain", "plain"},
        {" two words ", " two words "},
        {"a,b", "\"a,b\""},
        {"say \"no\"", "\"say \"\"no\"\"\""},
        {"\"", "\"\"\"\""},
        {"\"\"a", "\"\"\"\"\"a\""},
        {"two\nlines", "\"two\nlines\""},
        {"two\r\nlines", "\"two\r\nlines\""},
        {"cr\r", "\"cr\r\""},
        {"semi;colon\ttab", "semi;colon\ttab"},
        {"東京トヨペット", "東京トヨペット"},
        {"=1+1", "=1+1"},
        {"-5", "-5"},
        {"@x,y", "\"@x,y\""},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        assert_cell(cells[i][0], false, cells[i][1]);
}
END_TEST

START_TEST(formulas_are_guarded_where_asked)
{
    static const char *const cells[][2] = {
        {"=1+1", "'=1+1"},
        {"+49 30", "'+49 30"},
        {"-5", "'-5"},
        {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "'\tx"},
        {"\rx", "\"'\rx\""},
        {"=\"a\"", "\"'=\"\"a\"\"\""},
        {"=a,b", "\"'=a,b\""},
        {"plain", "plain"},
        {"a=b", "a=b"},
        {"'=1", "'=1"},
        {" =1", " =1"},
        {"", ""},
        {"2-3", "2-3"},
    };
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++)
        assert_cell(cells[i][0], true, cells[i][1]);
}
END_TEST

START_TEST(members_become_cells)
{
    static const char row[] =
        "{\"id\":\"x\",\"n\":-12,\"b\":true,\"f\":false,\"nil\":null,\"o\":{\"a\":{\"b\":\"deep\"}},"
        "\"t\":[\"one\",\"t|wo\",\"back\\\\slash\"],\"l\":[{\"id\":\"p\",\"v\":1},{\"id\":null,\"v\":2}],"
        "\"none\":[],\"m\":{\"kind\":3,\"a|b\":1},\"w\":\"as|is\\\\\",\"e\":\"q\\\"n\\nt\\tu\\u001Fx\\u007fé/"
        "\"}";
    static const struct {
        const char *path, *want;
        bool text;
    } cells[] = {
        {"id", "x", true},
        {"n", "-12", false},
        {"b", "true", false},
        {"f", "false", false},
        {"nil", "", false},
        {"nil/deeper", "", false},
        {"missing", "", false},
        {"o/a/b", "deep", true},
        {"o/a/c", "", false},
        {"t[]", "one|t\\|wo|back\\\\slash", true},
        {"l[]/id", "p|", true},
        {"l[]/v", "1|2", true},
        {"none[]/id", "", true},
        {"missing[]", "", true},
        {"m{}", "kind=3|a\\|b=1", true},
        {"w", "as|is\\", true},
        {"e", "q\"n\nt\tu\x1fx\x7fé/", true},
    };
    struct json_cells c;
    ck_assert(json_cells_read(row, &c));
    for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
        _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
        strbuf_adds(&out, "");
        bool text = json_cell(&c, cells[i].path, &out);
        ck_assert_msg(strcmp(out.data, cells[i].want) == 0, "%s: %s", cells[i].path, out.data);
        ck_assert_msg(text == cells[i].text, "%s", cells[i].path);
    }
}
END_TEST

/* However a row is cut, reading it ends within it. */
START_TEST(cut_rows_are_no_rows)
{
    static const char row[] =
        "{\"id\":\"x\\u001F\",\"l\":[{\"id\":\"p\"},{\"id\":null}],\"m\":{\"k\":3},\"n\":[1,2]}";
    static const char *const paths[] = {"id", "l[]/id", "m{}", "m/k", "n[]", "id/x", "id[]", "id{}", "l/id"};
    for (size_t n = 0; n < sizeof row; n++) {
        struct json_cells c;
        char *text = strndup(row, n); /* of its own size, for AddressSanitizer */
        ck_assert_int_eq(json_cells_read(text, &c), n == sizeof row - 1);
        for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
            _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
            json_cell(&c, paths[i], &out);
        }
        free(text);
    }
    static const char *const others[] = {"", "[]", "{}", "{\"a\"}", "{\"a\":", "\"a\"", "null"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct json_cells c;
        ck_assert_msg(!json_cells_read(others[i], &c), "%s", others[i]);
    }
}
END_TEST

START_TEST(columns_have_names_of_their_own)
{
    const struct csv_columns *const tables[] = {&csv_incident, &csv_organization, &csv_event, &csv_actor,
                                                &csv_class,    &csv_dataset,      &csv_group};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        _cleanup_strbuf_ struct strbuf seen = STRBUF_INIT;
        strbuf_addc(&seen, ',');
        for (size_t i = 0; i < tables[t]->n; i++) {
            _cleanup_strbuf_ struct strbuf name = STRBUF_INIT;
            strbuf_addc(&name, ',');
            json_cell_name(tables[t]->paths[i], &name);
            strbuf_addc(&name, ',');
            ck_assert_msg(!strstr(seen.data, name.data), "%s twice", name.data);
            ck_assert_ptr_null(strpbrk(name.data, "/[]{}"));
            strbuf_adds(&seen, name.data + 1);
        }
    }
}
END_TEST

int main(void)
{
    Suite *s = suite_create("csv");
    SUITE_ADD(s, "csv", cells_are_quoted_where_they_must_be, formulas_are_guarded_where_asked,
              members_become_cells, cut_rows_are_no_rows, columns_have_names_of_their_own);
    return suite_run(s);
}
