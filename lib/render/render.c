/* SPDX-License-Identifier: MIT */
/*
 * The matrix [format][view], and the one rule about links that every format shares. The server asks here; the
 * columns live with their formats.
 */
#include "render/render.h"

#include "render/matrix.h"
#include "util/utf8.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

static const render_fn *const columns[_FORMAT_N] = {
    [FORMAT_HTML] = render_html_views,
    [FORMAT_JSON] = render_json_views,
    [FORMAT_CSV] = render_csv_views,
    [FORMAT_NDJSON] = render_ndjson_views,
    [FORMAT_ATOM] = render_atom_views,
    [FORMAT_ICS] = render_ics_views,
};

static render_fn cell(enum format f, enum view_kind v)
{
    if ((unsigned)f >= _FORMAT_N || (unsigned)v >= _VIEW_N)
        return NULL;
    return columns[f][v];
}

bool render_supports(enum format f, enum view_kind v)
{
    return cell(f, v) != NULL;
}

int render_view(enum format f, const struct view *v, const struct render_env *env, struct strbuf *out)
{
    render_fn render = cell(f, v->kind);
    if (!render)
        return -EINVAL;
    size_t size = out->size;
    int r = render(v, env, out);
    if (r == 0 && out->failed)
        r = -ENOMEM;
    if (r < 0)
        strbuf_cut(out, size);
    return r;
}

/* C0, DEL and C1 control characters, and the space (RFC 3986 section 2 has none of them). */
static bool is_unfit(uint32_t c)
{
    return c <= 0x20 || (c >= 0x7f && c <= 0x9f);
}

bool render_link_ok(const char *url)
{
    if (!url)
        return false;
    size_t scheme = strncasecmp(url, "https://", 8) == 0 ? 8 : strncasecmp(url, "http://", 7) == 0 ? 7 : 0;
    if (!scheme || !url[scheme] || strchr("/?#", url[scheme]))
        return false;
    size_t n = strlen(url);
    for (size_t i = 0, taken; i < n; i += taken) {
        uint32_t c;
        taken = utf8_decode(url + i, n - i, &c);
        if (!taken || is_unfit(c))
            return false;
    }
    return true;
}
