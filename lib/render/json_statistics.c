/* SPDX-License-Identifier: MIT */
/* Statistics as JSON: {data: {by, exclusive, all, groups, left_out}, query, catalogue}. */
#include "render/json_views.h"

#include "render/json_shapes.h"

/* The qualifiers that a sum tells apart; a placeholder is in no sum. */
static const enum qualifier hedges[] = {QUALIFIER_EXACT, QUALIFIER_ABOUT, QUALIFIER_AT_LEAST, QUALIFIER_UP_TO,
                                        QUALIFIER_BETWEEN};

static void put_sum(struct jw *w, struct jw_level *o, const void *item)
{
    const struct figure_sum *x = item;
    jw_word(w, o, "unit", &vocab_unit, x->unit);
    jw_size(w, o, "incidents", x->incidents);
    jw_count(w, o, "sum", x->sum);
    for (size_t i = 0; i < sizeof hedges / sizeof *hedges; i++)
        jw_size(w, o, vocab_id(&vocab_qualifier, hedges[i]), x->by_qualifier[hedges[i]]);
}

static void put_quantiles(struct jw *w, struct jw_level *o, const char *key, const struct quantiles *x)
{
    const struct {
        const char *key;
        const struct delay *days;
    } quantiles[] = {{"median", &x->median}, {"q1", &x->q1}, {"q3", &x->q3}, {"p90", &x->p90}};
    struct jw_level *q = jw_object(w, o, key);
    jw_size(w, q, "n", x->n);
    jw_size(w, q, "unknown", x->unknown);
    for (size_t i = 0; i < sizeof quantiles / sizeof *quantiles; i++)
        jw_delay(w, q, quantiles[i].key, quantiles[i].days);
}

static void put_counts(struct jw *w, struct jw_level *o, const struct statistics_group *x)
{
    jw_size(w, o, "incidents", x->incidents);
    jw_list(w, o, "figures", x->figures, x->n_figures, put_sum);
    jw_size(w, o, "without_figure", x->without_figure);
    struct jw_level *delays = jw_object(w, o, "delays");
    put_quantiles(w, delays, "occurred_to_discovered", &x->occurred_to_discovered);
    put_quantiles(w, delays, "discovered_to_disclosed", &x->discovered_to_disclosed);
    put_quantiles(w, delays, "occurred_to_disclosed", &x->occurred_to_disclosed);
}

void json_put_group(struct jw *w, struct jw_level *o, const void *group)
{
    const struct view_group *x = group;
    jw_text(w, o, "value", x->counts->value);
    jw_text(w, o, "label", x->label);
    jw_text(w, o, "url", x->url);
    put_counts(w, o, x->counts);
}

int json_statistics(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    const struct statistics *x = v->statistics.counts;
    struct jw w;
    jw_begin(&w, env->base, true);
    struct jw_level *data = jw_object(&w, w.root, "data");
    jw_word(&w, data, "by", &vocab_facet, x->by);
    jw_bool(&w, data, "exclusive", x->exclusive);
    put_counts(&w, jw_object(&w, data, "all"), &x->all);
    jw_list(&w, data, "groups", v->statistics.groups, x->n, json_put_group);
    struct jw_level *left_out = jw_object(&w, data, "left_out");
    jw_size(&w, left_out, "duplicates", x->left_out_duplicates);
    jw_size(&w, left_out, "withdrawn", x->left_out_withdrawn);
    json_put_query(&w, &v->statistics.info);
    jw_catalogue(&w, w.root, &env->catalogue);
    return jw_finish(&w, true, out);
}
