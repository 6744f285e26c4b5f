/* SPDX-License-Identifier: MIT */
/* The CSV column of the matrix: the rows that JSON has, each member that is one value in a column of its own. */
#include "render/csv.h"
#include "render/json_views.h"

#include <errno.h>

static void put_header(const struct csv_columns *columns, bool excel, struct strbuf *out)
{
    if (excel)
        strbuf_adds(out, CSV_BYTE_ORDER_MARK);
    for (size_t i = 0; i < columns->n; i++) {
        if (i)
            strbuf_addc(out, ',');
        json_cell_name(columns->paths[i], out);
    }
    strbuf_adds(out, "\r\n");
}

static int put_row(const struct csv_columns *columns, const struct strbuf *json, bool excel,
                   struct strbuf *out)
{
    struct json_cells cells;
    _cleanup_strbuf_ struct strbuf cell = STRBUF_INIT;
    int r = json_cells_read(json->data, &cells) ? 0 : -EINVAL;
    for (size_t i = 0; i < columns->n && r == 0; i++) {
        strbuf_reset(&cell);
        bool text = json_cell(&cells, columns->paths[i], &cell);
        if (i)
            strbuf_addc(out, ',');
        if (cell.size)
            csv_cell(cell.data, cell.size, excel && text, out);
        r = cell.failed ? -ENOMEM : 0;
    }
    strbuf_adds(out, "\r\n");
    return r;
}

static int table(const struct view *v, const struct csv_columns *columns, const struct render_env *env,
                 struct strbuf *out)
{
    struct json_rows rows = {0};
    _cleanup_strbuf_ struct strbuf json = STRBUF_INIT;
    int r = json_rows_of(v, &rows) ? 0 : -EINVAL;
    if (!env->going_on)
        put_header(columns, env->excel, out);
    for (size_t i = 0; i < rows.n && r == 0; i++) {
        strbuf_reset(&json);
        r = json_row_of(&rows, i, env->base, &json);
        if (r == 0)
            r = put_row(columns, &json, env->excel, out);
    }
    return r;
}

#define TABLE(name, columns)                                                                                 \
    static int name(const struct view *v, const struct render_env *env, struct strbuf *out)                  \
    {                                                                                                        \
        return table(v, &(columns), env, out);                                                               \
    }

TABLE(incidents, csv_incident)
TABLE(organizations, csv_organization)
TABLE(events, csv_event)
TABLE(actors, csv_actor)
TABLE(data_classes, csv_class)
TABLE(datasets, csv_dataset)
TABLE(statistics, csv_group)

const render_fn render_csv_views[_VIEW_N] = {
    [VIEW_INCIDENTS] = incidents,
    [VIEW_INCIDENT_TIMELINE] = events,
    [VIEW_ORGANIZATIONS] = organizations,
    [VIEW_TIMELINE] = events,
    [VIEW_ACTORS] = actors,
    [VIEW_ACTOR] = actors,
    [VIEW_DATA_CLASSES] = data_classes,
    [VIEW_DATASETS] = datasets,
    [VIEW_DATASET] = datasets,
    [VIEW_STATISTICS] = statistics,
};
