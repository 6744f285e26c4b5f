/* SPDX-License-Identifier: MIT */
/* The NDJSON column of the matrix: the rows that JSON has in `data`, one a line. */
#include "render/json_views.h"

#include <errno.h>

static int lines(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    struct json_rows rows = {0};
    int r = json_rows_of(v, &rows) ? 0 : -EINVAL;
    for (size_t i = 0; i < rows.n && r == 0; i++)
        r = json_row_of(&rows, i, env->base, out);
    return r;
}

const render_fn render_ndjson_views[_VIEW_N] = {
    [VIEW_INCIDENTS] = lines,
    [VIEW_ORGANIZATIONS] = lines,
    [VIEW_TIMELINE] = lines,
};
