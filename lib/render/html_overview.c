/* SPDX-License-Identifier: MIT */
/* The front page: how much there is, by year, the latest, the largest, and who is named most. */
#include "render/chart.h"
#include "util/num.h"

#include <string.h>

void html_overview_head(struct page *p, const struct view *v)
{
    const struct catalogue_info *t = &v->overview.totals;
    const char *incidents = words_count(p, t->incidents, "incident", "incidents");
    const char *dealers =
        words_count(p, t->dealers, "car dealer or dealer group", "car dealers and dealer groups");
    p->title = SITE_TAGLINE;
    p->description =
        incidents && dealers
            ? arena_printf(p->mem, "%s, %s: what is known, who says so, how sure, and where from.", incidents,
                           dealers)
            : NULL;
}

static void write_totals(struct page *p, const struct catalogue_info *t)
{
    const struct {
        size_t n;
        const char *one, *many, *path;
    } totals[] = {
        {t->incidents, "incident", "incidents", "/incidents"},
        {t->organizations, "organisation", "organisations", "/organizations"},
        {t->dealers, "dealer or dealer group", "dealers and dealer groups", "/dealers"},
        {t->events, "dated event", "dated events", "/timeline"},
        {t->sources, "source cited", "sources cited", "/about#sources"},
        {t->datasets, "dataset", "datasets", "/datasets"},
    };
    struct htmlw *w = &p->w;
    htmlw_open(w, "ul", "class", "totals");
    for (size_t i = 0; i < sizeof totals / sizeof *totals; i++) {
        htmlw_open(w, "li");
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p%p", p->env->base, totals[i].path);
        htmlw_el(w, say_number((int64_t)totals[i].n, p->mem), "strong");
        htmlw_say(w, " %s", totals[i].n == 1 ? totals[i].one : totals[i].many);
        htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
}

static void write_all(struct page *p, const char *path, const char *text)
{
    htmlw_open(&p->w, "p", "class", "more");
    htmlw_open(&p->w, "a");
    htmlw_url(&p->w, "href", "%p%p", p->env->base, path);
    htmlw_text(&p->w, text);
    htmlw_close(&p->w, "a");
    htmlw_close(&p->w, "p");
}

static void write_year(struct page *p, const struct view_year *y)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "tr");
    htmlw_open(w, "th", "scope", "row");
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/incidents?year=%q", p->env->base, y->value ? y->value : "none");
    htmlw_text(w, y->value ? y->value : "not known");
    htmlw_close(w, "a");
    htmlw_close(w, "th");
    htmlw_el(w, say_number((int64_t)y->incidents, p->mem), "td");
    htmlw_close(w, "tr");
}

/* The numbers behind the drawing, each with the list that it counts. */
static void write_year_table(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "details");
    htmlw_el(w, "The numbers as a table", "summary");
    part_table_open(p, "years", "Incidents by year", "Year", "Incidents");
    htmlw_open(w, "tbody");
    for (size_t i = 0; i < v->overview.n_years; i++)
        write_year(p, &v->overview.by_year[i]);
    htmlw_close(w, "tbody");
    htmlw_close(w, "table");
    htmlw_close(w, "details");
}

static void write_years(struct page *p, const struct view *v)
{
    size_t n = v->overview.n_years, unknown = 0, drawn = 0;
    struct chart_year *years = arena_array(p->mem, n, sizeof *years);
    for (size_t i = 0; years && i < n; i++)
        drawn += chart_year_of(v->overview.by_year[i].value, v->overview.by_year[i].incidents, &years[drawn],
                               &unknown);
    part_section_open(p, "years", "By year");
    chart_begin(p, "Incidents by the year of disclosure, where it is known; else of notification, discovery "
                   "or occurrence");
    if (years)
        chart_years(p,
                    &(struct chart_text){
                        "years-drawing", "Incidents by year",
                        "A column for each year, as high as there are incidents. The table beneath has "
                        "the numbers."},
                    years, drawn, unknown, "incident", "incidents", MARK_EXACT);
    chart_end(p, unknown ? 1u << SIGN_UNKNOWN : 0);
    write_year_table(p, v);
    write_all(p, "/statistics", "Counts by country, kind of data and others, with figures and delays");
    part_section_close(p);
}

static void write_latest(struct page *p, const struct view *v)
{
    part_section_open(p, "latest", "Latest");
    part_cards(p, v->overview.latest, v->overview.n_latest, 3);
    write_all(p, "/incidents", "All incidents");
    part_section_close(p);
}

static void write_largest(struct page *p, const struct view *v)
{
    if (!v->overview.n_largest)
        return;
    part_section_open(p, "largest", "Most people affected");
    htmlw_el(&p->w,
             "By the headline figure of each incident. A ceiling (“up to”) is not a count; read who says it "
             "before "
             "comparing.",
             "p", "class", "note");
    part_cards(p, v->overview.largest, v->overview.n_largest, 3);
    part_section_close(p);
}

static void write_dealers(struct page *p, const struct view *v)
{
    if (!v->overview.n_dealers)
        return;
    part_section_open(p, "dealers", "Dealers most often named");
    htmlw_el(&p->w,
             "By the number of incidents that name them, then by name. Who reports more is named more; see "
             "what is "
             "said of each.",
             "p", "class", "note");
    part_org_cards(p, v->overview.dealers, v->overview.n_dealers, 3);
    write_all(p, "/dealers", "All dealers and dealer groups");
    part_section_close(p);
}

void html_overview_body(struct page *p, const struct view *v)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "div", "class", "lead front");
    htmlw_el(w, "What is known about data breaches, and who says so", "h1");
    htmlw_el(w,
             "Every figure, date and name here stands beside the one who puts it forward, how sure they are, "
             "and the "
             "source. Figures that disagree stand side by side. Nothing unknown is written as zero.",
             "p", "class", "summary");
    write_totals(p, &v->overview.totals);
    htmlw_close(w, "div");
    htmlw_open(w, "div", "class", "boxes");
    search_box(p, "/dealers", "find-dealer", "Is a dealer or dealer group named?");
    search_box(p, "/incidents", "find-incident", "Search all incidents");
    htmlw_close(w, "div");
    write_years(p, v);
    write_latest(p, v);
    write_largest(p, v);
    write_dealers(p, v);
}
