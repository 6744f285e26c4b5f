/* SPDX-License-Identifier: MIT */
/*
 * Single records as JSON, as json.h promises them: the importer digests them, exports write them line by line.
 */
#include "render/json.h"

#include "render/json_shapes.h"
#include "util/limits.h"

int json_incident(const struct incident *x, const char *base, bool urls, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, base, urls);
    jw_incident(&w, w.root, x);
    return jw_finish(&w, false, out);
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

static void put_dataset(struct jw *w, struct json_t *o, const void *item)
{
    jw_dataset(w, o, item);
}

static void put_dataset_with_report(struct jw *w, struct json_t *o, const void *item)
{
    jw_dataset(w, o, item);
    jw_dataset_report(w, o, item, LIMIT_EMBEDDED);
}

int json_datasets(const struct dataset *rows, size_t n, const char *base,
                  const struct catalogue_info *catalogue, struct strbuf *out)
{
    struct jw w;
    jw_begin(&w, base, true);
    jw_list(&w, w.root, "datasets", rows, n, catalogue ? put_dataset_with_report : put_dataset);
    if (catalogue)
        jw_catalogue(&w, w.root, catalogue);
    return jw_finish(&w, false, out);
}
