/* SPDX-License-Identifier: MIT */
/*
 * Single records as JSON, as json.h promises them: the importer digests them, exports write them line by line.
 */
#include "render/json.h"

#include "render/json_shapes.h"

int json_incident(const struct incident *x, const char *base, bool urls, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, base, urls);
    jw_incident(&w, w.root, x);
    return jw_finish(&w, false, out);
}

int json_row(const struct incident_row *x, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, "", false);
    jw_incident_members(&w, w.root, x);
    int r = jw_finish(&w, false, out);
    if (r == 0)
        strbuf_cut(out, out->size - 1); /* its last members are put where it is served */
    return r;
}

int json_organization(const struct organization *x, const char *base, bool urls, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, base, urls);
    jw_org_row(&w, w.root, &x->row);
    jw_org_names_and_links(&w, w.root, x);
    jw_list(&w, w.root, "sources", x->sources, x->n_sources, jw_source);
    return jw_finish(&w, false, out);
}

int json_datasets(const struct dataset *rows, size_t n, const char *base,
                  const struct catalogue_info *catalogue, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, base, true);
    jw_list(&w, w.root, "datasets", rows, n, catalogue ? jw_dataset_row : jw_dataset);
    if (catalogue)
        jw_catalogue(&w, w.root, catalogue);
    return jw_finish(&w, false, out);
}
