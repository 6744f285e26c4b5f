/* SPDX-License-Identifier: MIT */
/*
 * Pages: well-formed whatever the data holds, every link where it should lead, the facts in the order and the
 * words that are promised, and what is not known said as such.
 */
#include "html_check.h"
#include "html_views.h"
#include "sample.h"
#include "suite.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct render_env env = {
    .base = "/b",
    .path = "/incidents",
    .canonical = "https://breachd.example/b/incidents",
    .forms = {[FORMAT_HTML] = {"/b/incidents", "text/html"},
              [FORMAT_JSON] = {"/b/incidents.json", "application/json"}},
    .contact = "mailto:desk@example.org",
    .style = "/b/static/style.css",
    .version = "0.1.0",
    .catalogue = {.id = "5f2c", .built = "2026-01-31T12:00:00Z", .incidents = 54, .organizations = 85},
};

/* The page of V, to be freed. */
static char *page_of(const struct view *v)
{
    struct strbuf out = STRBUF_INIT;
    ck_assert_int_eq(render_view(FORMAT_HTML, v, &env, &out), 0);
    return strbuf_take(&out, NULL);
}

static const char *const texts[] = {
    "plain",
    "</p></main><script>alert(1)</script>",
    "\" onmouseover=\"alert(1)\" x='y'><b>",
    "javascript:alert(1)//<>&amp;&lt;%s%n",
    "https://x.example/\"><img src=x onerror=alert(1)>",
    "\x01\x1f\xc2\x85\xe2\x80\xae",
    "",
};

START_TEST(every_page_is_well_formed)
{
    const struct named_view *views = html_views(texts[_i]);
    for (size_t v = 0; v < N_HTML_VIEWS; v++) {
        char *html = page_of(&views[v].view);
        html_check(views[v].name, html);
        ck_assert_msg(!strstr(html, "javascript:alert(1)//\""), "%s links to a script", views[v].name);
        ck_assert_msg(!strstr(html, "href=\"http://leak.example"), "%s leads to attackers", views[v].name);
        free(html);
    }
}
END_TEST

START_TEST(text_that_is_not_utf8_is_refused)
{
    const struct named_view *views = html_views("a\xff");
    for (size_t v = 0; v < N_HTML_VIEWS; v++) {
        _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
        bool data = views[v].view.kind != VIEW_ABOUT && views[v].view.kind != VIEW_DATA_CLASSES;
        ck_assert_msg(render_view(FORMAT_HTML, &views[v].view, &env, &out) == (data ? -EINVAL : 0), "%s",
                      views[v].name);
    }
}
END_TEST

START_TEST(a_page_over_the_limit_fails)
{
    const struct named_view *views = html_views("plain");
    for (size_t v = 0; v < N_HTML_VIEWS; v++) {
        _cleanup_strbuf_ struct strbuf out = {.limit = 1000};
        ck_assert_int_eq(render_view(FORMAT_HTML, &views[v].view, &env, &out), -ENOMEM);
    }
}
END_TEST

/* Every link stays below the base, in the page, or is a whole URL. */
START_TEST(links_stay_below_the_base)
{
    const struct named_view *views = html_views("plain");
    for (size_t v = 0; v < N_HTML_VIEWS; v++) {
        char *html = page_of(&views[v].view);
        for (const char *p = html; (p = strstr(p, "href=\"/")); p += 6)
            ck_assert_msg(strncmp(p + 6, "/b/", 3) == 0, "%s: %.60s", views[v].name, p);
        for (const char *p = html; (p = strstr(p, "action=\"")); p += 8)
            ck_assert_msg(strncmp(p + 8, "/b/", 3) == 0, "%s: %.60s", views[v].name, p);
        free(html);
    }
}
END_TEST

/* Every word that links to its definition finds it. */
START_TEST(definitions_are_there)
{
    char *about = page_of(&(struct view){.kind = VIEW_ABOUT});
    const struct named_view *views = html_views("plain");
    for (size_t v = 0; v < N_HTML_VIEWS; v++) {
        char *html = page_of(&views[v].view);
        for (const char *p = html; (p = strstr(p, "\"/b/about#")); p += 10)
            ck_assert_msg(html_has_id(about, p + 10, strcspn(p + 10, "\"")), "%s: %.60s", views[v].name, p);
        free(html);
    }
    for (size_t i = 0; i < vocab_all_n; i++) {
        char id[100];
        snprintf(id, sizeof id, "%s-%s", vocab_all[i]->name, vocab_all[i]->words[0].id);
        for (char *c = id; *c; c++)
            if (*c == '_')
                *c = '-';
        ck_assert_msg(html_has_id(about, id, strlen(id)), "%s", id);
    }
    free(about);
}
END_TEST

static const char *const problem_types[] = {
    "parameters",     "bad-request", "not-found", "gone",        "method",
    "not-acceptable", "too-long",    "too-large", "unavailable", "internal",
};

START_TEST(every_problem_is_explained)
{
    char *about = page_of(&(struct view){.kind = VIEW_ABOUT});
    for (size_t i = 0; i < sizeof problem_types / sizeof *problem_types; i++) {
        char id[40];
        snprintf(id, sizeof id, "problem-%s", problem_types[i]);
        ck_assert_msg(html_has_id(about, id, strlen(id)), "%s", id);
    }
    free(about);
}
END_TEST

/* All of PARTS (NULL ends them) stand in HTML, in this order. */
static void assert_order(const char *html, const char *const *parts)
{
    const char *at = html;
    for (; *parts; parts++) {
        at = strstr(at, *parts);
        ck_assert_msg(at != NULL, "not there, or not in its place: %s", *parts);
        at += strlen(*parts);
    }
}
#define ASSERT_ORDER(html, ...) assert_order((html), (const char *const[]){__VA_ARGS__, NULL})

static const struct view sample_view = {VIEW_INCIDENT, .incident = {&sample_incident, &sample_datasets[0]}};

/* The sample's page, had it been neither withdrawn nor merged. */
static char *kept_page(void)
{
    struct incident x = sample_incident;
    x.row.merged_into = NULL;
    x.row.withdrawn = (struct withdrawal){0};
    return page_of(&(struct view){VIEW_INCIDENT, .incident = {&x, &sample_datasets[0]}});
}

START_TEST(an_incident_is_told_in_order)
{
    char *html = kept_page();
    html_check("sample", html);
    ASSERT_ORDER(
        html, "<h1>Toyo's sales companies",
        "href=\"/b/about#status-confirmed\">Attack confirmed</a> · <a class=\"word\" "
        "href=\"/b/about#exposure-suspected\">data loss suspected</a>",
        ">Claimed:</a> Up to 3.1 million people (3,100,000), says Toyo Motor, 29 March 2019, reported by "
        "ZDNews <a class=\"ref\" href=\"#source-2\">[2]</a>",
        ">3 other figures</a>", "<h2>What is not known</h2>", "What was taken is not clear.",
        "<h2>Affected dealers</h2>", "id=\"party-toyo-tokyo\"", "<h2>Timeline</h2>",
        "id=\"discovery-2019-03-21\"", "id=\"disclosure-2019-03-29\"", "<h2>Figures</h2>",
        "id=\"figure-people-1\"", "<h2>Data</h2>", "Said to be exposed", "Said not to be exposed",
        "<h2>Who and how</h2>", "id=\"actor-apt99\"", "<h2>Where sources disagree</h2>", "Undecided.",
        "<h2>Related incidents</h2>", "<h2>Sources</h2>", "id=\"source-1\"", "<h2>This record</h2>",
        "CC BY-SA 4.0", "the VERIS community");
    free(html);
}
END_TEST

START_TEST(a_claim_follows_how_sure_it_is)
{
    char *html = page_of(&sample_view);
    ASSERT_ORDER(html, "class=\"sure sure-claimed\" href=\"/b/about#certainty-claimed\">Claimed:</a> "
                       "<a href=\"/b/dealers/toyo-tokyo\">Toyo Tokyo</a>");
    ASSERT_ORDER(
        html,
        ">Not known:</a> <span class=\"unnamed\">Toyo dealerships in the United States</span> (about 800 "
        "dealers)");
    ASSERT_ORDER(
        html, ">Claimed:</a> <strong>up to 3.1 million people (3,100,000)</strong>",
        "says Toyo Motor (<a class=\"word\" href=\"/b/about#source-class-company\">company</a>), <time "
        "datetime=\"2019-03-29\">29 March 2019</time>, <a class=\"ref\" href=\"#source-2\">source [2]</a>",
        "a ceiling", "<blockquote><p>\"up to 3.1 million\"</p>");
    ASSERT_ORDER(
        html,
        ">Denied:</a> <a class=\"word\" href=\"/b/about#data-class-payment-cards\">payment cards</a> – "
        "“financial details”",
        ">Toyo Motor [1]</a>");
    ASSERT_ORDER(html,
                 ">Suspected:</a> <a href=\"/b/actors/apt99\">APT99</a> (also OceanTurtle, Ocean Turtle)");
    ASSERT_ORDER(html, "From occurrence to discovery</dt>\n<dd>0 to 20 days",
                 "From discovery to disclosure</dt>\n<dd>8 days");
    ck_assert_ptr_null(strstr(html, "From occurrence to disclosure"));
    free(html);
}
END_TEST

START_TEST(a_conflict_stands_beside_what_it_is_about)
{
    char *html = page_of(&sample_view);
    ASSERT_ORDER(html, "<h2>Affected dealers</h2>", "id=\"conflict-1\"", "The press names nine dealers",
                 ">Toyo Motor [1]</a> and <a class=\"ref\" href=\"#source-2\">", "<h2>Timeline</h2>",
                 "<h2>Where sources disagree</h2>", "id=\"conflict-2\"", "<h2>Related incidents</h2>");
    free(html);
}
END_TEST

START_TEST(previews_carry_the_headline)
{
    char *html = kept_page();
    ASSERT_ORDER(
        html, "<meta property=\"og:title\" content=\"Toyo&#39;s sales companies",
        "<meta property=\"og:description\" content=\"Attack confirmed · data loss suspected. Claimed: Up to "
        "3.1 million "
        "people (3,100,000), says Toyo Motor, 29 March 2019, reported by ZDNews.\">");
    ASSERT_ORDER(html, "<link rel=\"stylesheet\" href=\"/b/static/style.css\">",
                 "<link rel=\"canonical\" href=\"https://breachd.example/b/incidents\">",
                 "<link rel=\"alternate\" type=\"application/json\" href=\"/b/incidents.json\">");
    free(html);
}
END_TEST

START_TEST(a_page_links_its_other_forms)
{
    char *html = kept_page();
    ASSERT_ORDER(html, "<main", "<nav class=\"forms\" id=\"formats\"", "This page as",
                 "<a type=\"application/json\" href=\"/b/incidents.json\">JSON</a> for programs", "</main>");
    free(html);
    html = page_of(&(struct view){VIEW_PROBLEM, .problem = {.type = "gone", .title = "Gone", .status = 410}});
    ck_assert_msg(!strstr(html, "incidents.json"), "a problem has no other form at its address");
    free(html);
}
END_TEST

START_TEST(unknown_is_never_zero)
{
    char *html = page_of(&(struct view){VIEW_INCIDENT, .incident = {&sample_bare_incident, NULL}});
    html_check("bare", html);
    ASSERT_ORDER(html, ">Incident claimed</a> · ", ">data loss not known</a>",
                 "The number of people affected is not known.", "<dd>not known</dd>", "none named",
                 "No dealer is named in this record.", "No event is recorded.", "No figure is known.",
                 "Which data were affected is not known.", "Nobody is named", "No source");
    const char *main = strstr(html, "<main");
    const char *end = strstr(html, "id=\"record\"");
    for (const char *p = main; p < end; p++)
        ck_assert_msg(!(p[0] == '>' && p[1] == '0'), "a zero: %.40s", p);
    free(html);
}
END_TEST

START_TEST(long_titles_are_cut_at_a_word)
{
    struct incident x = sample_bare_incident;
    x.row.title =
        "A title that is a good deal longer than the seventy characters which search results show of it";
    char *html = page_of(&(struct view){VIEW_INCIDENT, .incident = {&x, NULL}});
    ASSERT_ORDER(html, "<title>A title that is a good deal longer than the seventy characters which…</title>",
                 "<h1>A title", "show of it</h1>");
    free(html);
}
END_TEST

static const struct active_filter in_force[] = {
    {"country", "DE", "country", "Germany", "/b/incidents?country=JP&date=2019&q=a%22b"},
    {"country", "JP", "country", "Japan", "/b/incidents?country=DE&date=2019&q=a%22b"},
    {"date", "2019", "date", "2019", "/b/incidents?country=DE,JP&q=a%22b"},
    {"q", "a\"b", "text", "“a\"b”", "/b/incidents?country=DE,JP&date=2019"},
};

START_TEST(a_list_says_its_filters_and_pages)
{
    struct view v = {VIEW_INCIDENTS, .incidents = {.rows = &sample_incident.row,
                                                   .n = 1,
                                                   .info = {.total = 2150,
                                                            .limit = 7,
                                                            .next = "/b/incidents?after=n&limit=7",
                                                            .prev = "/b/incidents?before=p",
                                                            .first = "/b/incidents?limit=7",
                                                            .text = "in Germany or Japan, dated 2019",
                                                            .filters = in_force,
                                                            .n_filters = 4,
                                                            .clear = "/b/incidents",
                                                            .statistics = "/b/statistics?date=2019",
                                                            .sort = "title",
                                                            .sort_asked = "title"}}};
    char *html = page_of(&v);
    html_check("list", html);
    ASSERT_ORDER(html, "<title>Incidents in Germany or Japan, dated 2019",
                 "<link rel=\"next\" href=\"/b/incidents?after=n&amp;limit=7\">",
                 "<form class=\"filter\" role=\"search\" method=\"get\" action=\"/b/incidents\">",
                 "<label for=\"filter-q\">", "type=\"search\" id=\"filter-q\" name=\"q\" value=\"a&quot;b\"",
                 "<details class=\"more-fields\" open>", "name=\"date\" value=\"2019\"",
                 "<input type=\"hidden\" name=\"country\" value=\"DE,JP\">",
                 "<input type=\"hidden\" name=\"sort\" value=\"title\">",
                 "<input type=\"hidden\" name=\"limit\" value=\"7\">",
                 "2,150 incidents in Germany or Japan, dated 2019",
                 "href=\"/b/statistics?date=2019\">Statistics of these",
                 "Country: Germany <a class=\"remove\" "
                 "href=\"/b/incidents?country=JP&amp;date=2019&amp;q=a%22b\">remove",
                 "<a href=\"/b/incidents\">Remove all</a>", ">First page</a>", ">Previous page</a>",
                 ">Next page</a>");
    ck_assert_ptr_null(strstr(html, "name=\"date\" value=\"2019\">\n<input type=\"hidden\" name=\"date\""));
    free(html);
}
END_TEST

START_TEST(a_list_offers_facets_and_orders)
{
    static const struct facet_choice countries[] = {
        {"JP", "Japan", "/b/incidents?country=JP", "/b/incidents?country=DE,JP", true, false, 1200},
        {"DE", "germany", "/b/incidents?country=DE", "/b/incidents", true, true, 7},
        {NULL, "not known", "/b/incidents?country=none", "/b/incidents?country=DE,none", true, false, 3}};
    static const struct facet_choice years[] = {{"2019", "2019", "/b/y2", "/b/y2", false, true, 0},
                                                {"2011", "2011", "/b/y1", "/b/y1", true, false, 9},
                                                {NULL, "not known", "/b/y3", "/b/y3", true, false, 1}};
    static const struct facet_choice lone[] = {{"bundled", "Bundled", "/b/d", "/b/d", true, false, 9}};
    const struct facet_list facets[] = {{FACET_COUNTRY, countries, 3, "/b/incidents?facet=country", false},
                                        {FACET_DATASET, lone, 1, NULL, false},
                                        {FACET_YEAR, years, 3, NULL, false}};
    const struct order_choice orders[] = {{"newest", "/b/incidents", true},
                                          {"title", "/b/incidents?sort=title", false}};
    struct view v = {VIEW_INCIDENTS, .incidents = {.info = {.total = 2,
                                                            .limit = 25,
                                                            .text = "",
                                                            .orders = orders,
                                                            .n_orders = 2,
                                                            .facets = facets,
                                                            .n_facets = 3}}};
    char *html = page_of(&v);
    html_check("facets", html);
    ASSERT_ORDER(html, "<details class=\"facets\">", "href=\"#found\"",
                 "<h2>Year <a class=\"help\" href=\"/b/about#date-basis\">",
                 "aria-current=\"true\" href=\"/b/y2\">2019",
                 "href=\"/b/y1\">2011</a> <span class=\"count\">9</span>", "href=\"/b/y3\">Not known",
                 "<h2>Country</h2>",
                 "href=\"/b/incidents?country=DE,JP\">Japan</a> <span class=\"count\">1,200</span>",
                 "aria-current=\"true\" href=\"/b/incidents\">Germany<span class=\"unseen\"> (in force: "
                 "remove)</span></a>",
                 "href=\"/b/incidents?facet=country#facet-country\">More", "id=\"found\"", "2 incidents",
                 "aria-current=\"true\" href=\"/b/incidents\">Newest</a>",
                 "href=\"/b/incidents?sort=title\">Title</a>");
    ck_assert_msg(!strstr(html, "<h2>Dataset</h2>"), "a facet of one value offers nothing");
    free(html);
}
END_TEST

START_TEST(a_row_says_what_became_of_its_record)
{
    struct incident_row row = sample_incident.row;
    struct view v = {VIEW_INCIDENTS,
                     .incidents = {.rows = &row, .n = 1, .info = {.total = 1, .limit = 25, .text = ""}}};
    char *html = page_of(&v);
    ASSERT_ORDER(html, "Record merged into another", "href=\"/b/incidents/2019-03-toyo-other\"");
    ck_assert_ptr_null(strstr(html, "3.1 million people"));
    free(html);
    row.merged_into = NULL;
    row.status = STATUS_WITHDRAWN;
    html = page_of(&v);
    ASSERT_ORDER(html, ">Record withdrawn<", "Withdrawn on 2 February 2026: entered twice");
    ck_assert_ptr_null(strstr(html, "3.1 million people"));
    free(html);
}
END_TEST

START_TEST(several_values_survive_the_form)
{
    struct view v = {
        VIEW_ORGANIZATIONS,
        .organizations = {.info = {.limit = 25, .text = "x", .filters = in_force, .n_filters = 2}}};
    char *html = page_of(&v);
    ASSERT_ORDER(html, "<option value=\"DE,JP\" selected>Germany or Japan</option>");
    ck_assert_ptr_null(strstr(html, "<option value=\"JP\" selected"));
    free(html);
}
END_TEST

static struct figure_sum people[] = {
    {UNIT_PEOPLE, 2, {true, 3126000}, {[QUALIFIER_ABOUT] = 1, [QUALIFIER_UP_TO] = 1}, {true, 3100000}}};
static struct statistics_group years[] = {
    {.value = "2019",
     .incidents = 8,
     .figures = people,
     .n_figures = 1,
     .without_figure = 6,
     .occurred_to_discovered = {5, 3, {true, 0, 8}, {true, 0, 0}, {true, 1, 1}, {true, 2, 90}},
     .discovered_to_disclosed = {.unknown = 8}},
    {.incidents = 1,
     .without_figure = 1,
     .occurred_to_discovered = {.unknown = 1},
     .occurred_to_disclosed = {1, 0, {true, 7, 7}, {true, 7, 7}, {true, 7, 7}, {true, 7, 7}}},
};

START_TEST(statistics_say_what_they_count_and_leave_out)
{
    struct statistics x = {FACET_YEAR, true, years[0], years, 2, 3, 1};
    x.all.incidents = 9;
    const struct view_group groups[] = {{"2019", "/b/incidents?duplicates=hide&year=2019", &years[0]},
                                        {"not known", NULL, &years[1]}};
    const struct view_grouping groupings[] = {{FACET_YEAR, "/b/statistics"},
                                              {FACET_STATUS, "/b/statistics?by=status"}};
    const struct active_filter filter = {"country", "JP", "country", "Japan", "/b/statistics"};
    struct view v = {
        VIEW_STATISTICS,
        .statistics = {&x,
                       groups,
                       "/b/incidents?duplicates=hide",
                       groupings,
                       2,
                       {.total = 9, .text = "in Japan", .filters = &filter, .n_filters = 1, .by = "year"}}};
    char *html = page_of(&v);
    html_check("statistics", html);
    ASSERT_ORDER(
        html, "<title>Statistics by year: incidents in Japan", "counts of reports, not of breaches",
        "<a aria-current=\"true\" href=\"/b/statistics\">By year</a>", "By status</a>",
        "<input type=\"hidden\" name=\"by\" value=\"year\">", "9 incidents",
        "Country: Japan <a class=\"remove\" href=\"/b/statistics\">remove",
        "Left out: 3 records that repeat another and 1 withdrawn or merged record.",
        "href=\"/b/about#statistics\"", "<caption id=\"figures-caption\">",
        "<th scope=\"row\"><a href=\"/b/incidents?duplicates=hide&amp;year=2019\">2019</a></th>",
        "<td>8</td>", "<p>3,126,000 people in 2 incidents, of which 1 is an estimate and 1 is a ceiling</p>",
        "<td>6</td>", "<th scope=\"row\">Not known</th>", "<td>1</td>", "not known</p>", "<td>1</td>",
        "<a href=\"/b/incidents?duplicates=hide\">All</a></th>", "<td>9</td>",
        "<caption id=\"delays-caption\">",
        "<td>Median 0 to 8 days<p class=\"note\">quartiles the same day and "
        "1 day; nine in ten within 2 to 90 days; known of 5, not known of 3</p>",
        "<td><p class=\"note\">not known</p>", "<td>Median 7 days<p class=\"note\">known of all 1</p>");
    ck_assert_ptr_null(strstr(html, "several groups"));
    free(html);
    x.exclusive = false;
    x.left_out_duplicates = x.left_out_withdrawn = 0;
    html = page_of(&v);
    ASSERT_ORDER(html, "An incident can stand in several groups");
    ck_assert_ptr_null(strstr(html, "Left out"));
    free(html);
}
END_TEST

START_TEST(an_empty_list_claims_nothing_and_advises)
{
    const size_t without[] = {0, 3, 1200};
    const struct text_choice instead[] = {{"a*", "/b/x?q=a*", 1}};
    struct view v = {VIEW_INCIDENTS, .incidents = {.info = {.limit = 25,
                                                            .text = "in Germany or Japan, dated 2019",
                                                            .filters = in_force,
                                                            .n_filters = 4,
                                                            .without = without,
                                                            .n_without = 3,
                                                            .instead = instead,
                                                            .n_instead = 1}}};
    char *html = page_of(&v);
    html_check("empty", html);
    ASSERT_ORDER(html, "No incidents found in Germany or Japan, dated 2019.",
                 "all 54 incidents and 85 organisations", "built 31 January 2026",
                 "href=\"/b/x?q=a*\">With the text “a*”</a>: 1 incident",
                 "href=\"/b/incidents?country=DE&amp;date=2019&amp;q=a%22b\">Without country Japan</a>: 3 "
                 "incidents",
                 "Without date 2019</a>: 1,200 incidents", "Check the spelling",
                 "Not listed is not the same as not breached", "href=\"/b/dealers?q=a%22b\"",
                 "href=\"/b/organizations?q=a%22b\"");
    ck_assert_ptr_null(strstr(html, "Without country Germany"));
    ck_assert_ptr_null(strstr(html, "Next page"));
    free(html);
}
END_TEST

START_TEST(an_organisation_keeps_ways_apart)
{
    const struct touching_row touching[] = {
        {&sample_incident.row, ROLE_BREACHED, CERTAINTY_SUSPECTED, {0}, false},
        {&sample_incident.row,
         ROLE_VENDOR,
         CERTAINTY_CLAIMED,
         {"toyo-shop", "Toyo Shop", ORG_OWNED_BY},
         true},
        {&sample_incident.row,
         ROLE_VENDOR,
         CERTAINTY_CLAIMED,
         {"toyo-holdings", "Toyo Holdings", ORG_OWNED_BY},
         false},
    };
    struct view v = {VIEW_ORGANIZATION, .organization = {.organization = &sample_org,
                                                         .touching = touching,
                                                         .n_touching = 3,
                                                         .total_touching = 30}};
    char *html = page_of(&v);
    html_check("organisation", html);
    ASSERT_ORDER(html, "<p class=\"native\" lang=\"ja\">\xe6\x9d\xb1\xe4\xba\xac</p>", "Its own",
                 ">Suspected:<", "breached", "Of what it owns", ">Toyo Shop</a>",
                 "Through owners and suppliers", "owned by", ">Toyo Holdings</a>", "3 of 30 are shown.",
                 "href=\"/b/incidents?organization=toyo-tokyo&amp;reach=all\"",
                 "lang=\"ja\">\xe6\x9d\xb1\xe4\xba\xac</bdi>");
    free(html);
}
END_TEST

START_TEST(a_problem_names_each_fault)
{
    const struct problem_error errors[] = {{"contry", "JP", "unknown parameter", "country"},
                                           {"limit", "0", "is not a number from 1 to 200", NULL}};
    struct view v = {VIEW_PROBLEM, .problem = {.type = "parameters",
                                               .title = "Parameters not understood",
                                               .status = 400,
                                               .detail = "2 faults",
                                               .errors = errors,
                                               .n_errors = 2}};
    char *html = page_of(&v);
    ASSERT_ORDER(html, "content=\"noindex\"", "<code>contry</code> = <code>JP</code>: unknown parameter.",
                 "Did you mean <code>country</code>?", "<code>limit</code>", "/b/about#problem-parameters");
    ck_assert_ptr_null(strstr(html, "rel=\"canonical\""));
    free(html);
}
END_TEST

START_TEST(a_tombstone_says_when_and_why)
{
    struct view v = {
        VIEW_PROBLEM,
        .problem = {.type = "gone", .title = "Withdrawn", .status = 410, .tombstone = &sample_incident.row}};
    char *html = page_of(&v);
    ASSERT_ORDER(html, "<h1>Withdrawn: Toyo's sales companies", "2 February 2026", "entered twice",
                 "the editors");
    ck_assert_ptr_null(strstr(html, "3,100,000"));
    free(html);
}
END_TEST

int main(void)
{
    Suite *s = suite_create("html");
    SUITE_ADD(s, "pages", text_that_is_not_utf8_is_refused, a_page_over_the_limit_fails,
              links_stay_below_the_base, definitions_are_there, every_problem_is_explained);
    SUITE_ADD(s, "incident", an_incident_is_told_in_order, a_claim_follows_how_sure_it_is,
              a_conflict_stands_beside_what_it_is_about, previews_carry_the_headline,
              a_page_links_its_other_forms, unknown_is_never_zero, long_titles_are_cut_at_a_word);
    SUITE_ADD(s, "others", a_list_says_its_filters_and_pages, a_row_says_what_became_of_its_record,
              several_values_survive_the_form, an_empty_list_claims_nothing_and_advises,
              a_list_offers_facets_and_orders, statistics_say_what_they_count_and_leave_out,
              an_organisation_keeps_ways_apart, a_problem_names_each_fault, a_tombstone_says_when_and_why);
    TCase *loops = tcase_create("hostile");
    SUITE_LOOP(loops, every_page_is_well_formed, texts);
    suite_add_tcase(s, loops);
    return suite_run(s);
}
