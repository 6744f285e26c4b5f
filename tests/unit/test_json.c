/* SPDX-License-Identifier: MIT */
/*
 * JSON of records and views against the bodies in tests/golden, byte for byte but for their indentation; and
 * what happens to text that needs escaping or is not UTF-8, and to buffers with a limit. What happens when memory
 * runs out is in test_memory.c.
 */
#include "render/api.h"
#include "render/json.h"
#include "sample.h"
#include "suite.h"

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The golden body of NAME as one line: white space outside strings is for readers only. */
static void read_golden(const char *name, struct strbuf *ret)
{
    const char *folder = getenv("BREACHD_TESTS");
    char path[4096];
    snprintf(path, sizeof path, "%s/golden/%s.json", folder ? folder : "tests", name);
    FILE *f = fopen(path, "r");
    ck_assert_msg(f != NULL, "cannot open %s", path);
    bool quoted = false;
    for (int c; (c = fgetc(f)) != EOF;) {
        if (!quoted && strchr(" \n", c))
            continue;
        strbuf_addc(ret, (char)c);
        if (c == '\\')
            strbuf_addc(ret, (char)fgetc(f));
        else if (c == '"')
            quoted = !quoted;
    }
    fclose(f);
}

/* Prints only where they part: libcheck cannot carry whole bodies. */
static void assert_same(const char *got, const char *want)
{
    size_t i = 0;
    while (got[i] && got[i] == want[i])
        i++;
    size_t from = i < 40 ? 0 : i - 40;
    ck_assert_msg(got[i] == want[i], "got …%.80s\nwant …%.80s", got + from, want + from);
}

static void assert_golden(const struct strbuf *got, const char *name)
{
    _cleanup_strbuf_ struct strbuf want = STRBUF_INIT;
    read_golden(name, &want);
    assert_same(got->data, want.data);
}

/* One resource in two forms, one of the service itself, and one parameter of each kind. */
static const struct parameter parameters[] = {
    {.name = "status", .about = "Did it happen.", .example = "claimed,confirmed", .list = true, .most_values = 50,
     .words = {"claimed", "confirmed"}, .n_words = 2},
    {.name = "limit", .about = "Rows.", .example = "100", .is_number = true, .min = 1, .max = 200, .fallback = "25"},
    {.name = "q", .about = "Words.", .example = "toyota", .most_bytes = 1000},
};
static const struct api_list lists[] = {{"things", parameters, 3}};
static const struct api_group groups[] = {{"Things", "What there is."}};
static const struct api_resource resources[] = {
    {.path = "/things/{id}", .name = "getThing", .group = "Things", .title = "A thing", .about = "One of them.",
     .flags = API_VIEW | API_LIST | API_MOVES | API_GONE, .negotiated = true,
     .arguments = {{"id", "Id of a thing.", "^[a-z]+$", "a"}}, .n_arguments = 1,
     .forms = {{"text/html", NULL, "", NULL}, {"application/json", "/things/{id}.json", "", "thing"}}, .n_forms = 2,
     .list = lists},
    {.path = "/readyz", .name = "getReadiness", .group = "Things", .title = "Readiness", .about = "Whether it is.",
     .flags = API_LIVE | API_UNREADY, .forms = {{"application/json", "/readyz", "", "thing"}}, .n_forms = 1},
};
static const struct api_problem problems[] = {{404, "Not there"}, {405, "Not so"}, {500, "Broken"}};
static const struct api api = {.root = "https://breaches.example/b", .version = 1, .groups = groups, .n_groups = 1,
                               .lists = lists, .n_lists = 1, .resources = resources, .n_resources = 2,
                               .problems = problems, .n_problems = 3, .schemas = "{\"thing\":{}}",
                               .schemas_size = 12};
static const struct api_link links[] = {{"service-desc", "https://breaches.example/b/openapi.json", "application/json"},
                                        {"service-doc", "https://breaches.example/b/api", "text/html"}};

static const struct active_filter filters[] = {
    {"country", "JP", "Country", "Japan", "/b/incidents.json?year=2019"},
    {"year", "2019", "Year", "2019", "/b/incidents.json?country=JP"},
};
#define INFO                                                                                                 \
    {                                                                                                        \
        .total = 9, .limit = 2, .next = "/b/incidents.json?after=n", .prev = "/b/incidents.json?before=p",   \
        .first = "/b/incidents.json", .catalogue_changed = true, .text = "in Japan, 2019", .sort = "name",   \
        .filters = filters, .n_filters = 2                                                                   \
    }
static const struct facet_choice choices[] = {
    {"JP", "Japan", "/b/incidents.json?country=JP&year=2019", "/b/x", true, true, 9},
    {NULL, "not known", "/b/incidents.json?country=none&year=2019", "/b/x", true, false, 3},
};
static const struct facet_list facets[] = {{FACET_COUNTRY, choices, 2, "/b/more", true},
                                           {FACET_DATA_CLASS, NULL, 0, NULL, true}};
#define FACETED                                                                                              \
    {                                                                                                        \
        .total = 9, .limit = 2, .next = "/b/incidents.json?after=n", .prev = "/b/incidents.json?before=p",   \
        .first = "/b/incidents.json", .catalogue_changed = true, .text = "in Japan, 2019",                   \
        .filters = filters, .n_filters = 2, .sort = "-affected", .facets = facets, .n_facets = 2             \
    }
#define WHOLE(url)                                                                                           \
    {                                                                                                        \
        .total = 1, .limit = 1, .first = (url), .text = ""                                                   \
    }

static struct incident_row rows[2];
static struct naming namings[1];
static const struct view_year years[] = {{"2019", 9}, {NULL, 1}};
static const struct touching_row touching[] = {
    {&sample_bare_incident.row, ROLE_BREACHED, CERTAINTY_SUSPECTED, {0}, false},
    {&sample_bare_incident.row,
     ROLE_VENDOR,
     CERTAINTY_CLAIMED,
     {"toyo-holdings", "Toyo Holdings", ORG_OWNED_BY},
     false},
};
static const struct timeline_item items[] = {
    {{"disclosure-2019-03-29", DAY("2019-03-29"), EVENT_DISCLOSURE, "Told.", false, TOYO_SAYS},
     {"2019-03-toyo", "Toyo", STATUS_CONFIRMED},
     "2026-01-31T12:00:00Z",
     true,
     {.n = 1,
      .title = "Notice",
      .publisher = "Toyo Motor",
      .url = "https://toyo.example/",
      .class = CLASS_COMPANY}},
    {{.id = "leak", .kind = EVENT_LEAK, .text = "Put on a site.", .e = COMPILED},
     {"x", "X", STATUS_CLAIMED},
     "2026-01-30T12:00:00Z",
     true,
     {.n = 2, .url = "http://leak.example/", .class = CLASS_ATTACKER}},
    {{.id = "other", .kind = EVENT_OTHER, .text = "Else.", .e = COMPILED},
     {"x", "X", STATUS_CLAIMED},
     "2026-01-30T12:00:00Z",
     false,
     {.n = 0}},
};
static const struct actor_row actor_rows[] = {
    {"apt99", "APT99", LIST(sample_actor_names), ACTOR_STATE, {1, 2, 3, 4}},
};
static const struct class_row class_rows[] = {{9, {4, 3, 2, 1}}};
static struct figure_sum figure_sums[] = {
    {UNIT_PEOPLE, 2, {true, 3126000}, {[QUALIFIER_ABOUT] = 1, [QUALIFIER_UP_TO] = 1}, {true, 3100000}},
    {UNIT_ACCOUNTS, 1, {false, 0}, {[QUALIFIER_EXACT] = 1}, {false, 0}},
    {UNIT_RECORDS, 1, {true, LIMIT_NUMBER}, {[QUALIFIER_EXACT] = 1}, {true, 0}},
};
static struct statistics_group counted[] = {
    {.value = "2019",
     .incidents = 9,
     .figures = figure_sums,
     .n_figures = 3,
     .without_figure = 6,
     .occurred_to_discovered = {5, 4, {true, 0, 8}, {true, 0, 0}, {true, 1, 9}, {true, 2, 90}},
     .discovered_to_disclosed = {.unknown = 9},
     .occurred_to_disclosed = {1, 8, {true, 7, 7}, {true, 7, 7}, {true, 7, 7}, {true, 7, 7}}},
    {.incidents = 1, .without_figure = 1},
};
static const struct statistics statistics = {FACET_YEAR, true, {.incidents = 10}, counted, 2, 3, 1};
static const struct statistics no_statistics = {.by = FACET_DATA_CLASS};
static const struct view_group shown[] = {{"2019", "/b/incidents.json?duplicates=hide&year=2019", &counted[0]},
                                          {"not known", NULL, &counted[1]}};
static const struct problem_error errors[] = {
    {"contry", "JP", "unknown parameter", "country"},
    {"limit", "0", "is not a number from 1 to 200", NULL},
};
static const char *const libraries[] = {"libmicrohttpd", "1.0.1", "sqlite", "3.46.1", "jansson", "2.14"};
static const struct view_check checks[] = {
    {"catalogue", "ok", NULL},
    {"reload", "warn", "refused catalogue.db at 2026-01-31T12:00:00Z: schema 4, this build reads 3"},
};

#define PROBLEM_400                                                                                          \
    {                                                                                                        \
        .type = "parameters", .title = "Parameters not understood", .status = 400,                           \
        .detail = "2 faults in the query", .instance = "/b/incidents.json", .errors = errors, .n_errors = 2  \
    }

/* Every view, under base "/b". */
static const struct {
    const char *golden;
    bool unloaded; /* no catalogue is served */
    struct view view;
} cases[] = {
    {"overview",
     false,
     {VIEW_OVERVIEW,
      .overview =
          {.totals = {.incidents = 54, .organizations = 85, .dealers = 27, .events = 195, .sources = 300},
           .by_year = years,
           .latest = rows,
           .largest = rows + 1,
           .dealers = &sample_org.row,
           .n_years = 2,
           .n_latest = 2,
           .n_largest = 1,
           .n_dealers = 1}}},
    {"incidents", false, {VIEW_INCIDENTS, .incidents = {.rows = rows, .n = 2, .info = FACETED}}},
    {"incidents-empty",
     false,
     {VIEW_INCIDENTS,
      .incidents = {.info = {.limit = 25, .first = "/b/incidents.json", .text = "", .sort = "-date"}}}},
    {"incident", false, {VIEW_INCIDENT, .incident = {&sample_incident, sample_datasets}}},
    {"incident-timeline",
     false,
     {VIEW_INCIDENT_TIMELINE,
      .incident_timeline = {&sample_incident, items, 1, WHOLE("/b/incidents/2019-03-toyo/timeline.json")}}},
    {"organizations", false, {VIEW_ORGANIZATIONS, .organizations = {true, &sample_org.row, 1, INFO}}},
    {"organization",
     false,
     {VIEW_ORGANIZATION,
      .organization = {&sample_org, &sample_bare_org.row, touching, items, 1, 2, 1, 1, 30, 7, {0}}}},
    {"organization-bare", false, {VIEW_ORGANIZATION, .organization = {.organization = &sample_bare_org}}},
    {"timeline", false, {VIEW_TIMELINE, .timeline = {items, 3, INFO}}},
    {"actors", false, {VIEW_ACTORS, .actors = {actor_rows, 1, WHOLE("/b/actors.json")}}},
    {"actor", false, {VIEW_ACTOR, .actor = {actor_rows, namings, 1, 40}}},
    {"data-classes",
     false,
     {VIEW_DATA_CLASSES, .data_classes = {class_rows, 1, WHOLE("/b/data-classes.json")}}},
    {"datasets", false, {VIEW_DATASETS, .datasets = {sample_datasets, 1, WHOLE("/b/datasets.json")}}},
    {"dataset", false, {VIEW_DATASET, .dataset = {sample_datasets + 1}}},
    {"statistics",
     false,
     {VIEW_STATISTICS, .statistics = {.counts = &statistics, .groups = shown, .info = INFO}}},
    {"statistics-empty",
     false,
     {VIEW_STATISTICS, .statistics = {.counts = &no_statistics, .info = WHOLE("/b/statistics.json")}}},
    {"openapi", false, {VIEW_API, .api = &api}},
    {"linkset", false, {VIEW_LINKSET, .linkset = {"https://breaches.example/b/", links, 2}}},
    {"problem-400", false, {VIEW_PROBLEM, .problem = PROBLEM_400}},
    {"problem-404",
     true,
     {VIEW_PROBLEM, .problem = {.type = "not-found", .title = "Not found", .status = 404}}},
    {"problem-410",
     false,
     {VIEW_PROBLEM, .problem = {.type = "withdrawn",
                                .title = "Withdrawn",
                                .status = 410,
                                .instance = "/b/incidents/2019-03-toyo.json",
                                .tombstone = &sample_incident.row}}},
    {"version",
     false,
     {VIEW_VERSION, .version = {"breachd", "0.1.0", "27b9cd2", "2026-01-31T12:00:00Z", "2026-01-31T12:00:01Z",
                                libraries, 3, 1, {0}}}},
    {"version-confined",
     true,
     {VIEW_VERSION, .version = {.name = "breachd",
                                .version = "0.1.0",
                                .revision = "27b9cd2",
                                .started = "2026-01-31T12:00:00Z",
                                .api = 1,
                                .sandbox = {"try", true, true, 7}}}},
    {"version-unloaded",
     true,
     {VIEW_VERSION, .version = {.name = "breachd", .version = "0.1.0", .started = "2026-01-31T12:00:00Z"}}},
    {"ready", false, {VIEW_READY, .ready = {true, checks, 2}}},
    {"ready-not", true, {VIEW_READY, .ready = {false, checks, 0}}},
    {"health", true, {.kind = VIEW_HEALTH}},
};
#define N_CASES ((int)(sizeof cases / sizeof *cases))

static int render_case(int i, struct strbuf *out)
{
    struct render_env env = {.base = "/b", .path = "/", .style = "/b/static/style.css", .version = "0.1.0"};
    if (!cases[i].unloaded)
        env.catalogue = sample_catalogue;
    return render_view(FORMAT_JSON, &cases[i].view, &env, out);
}

START_TEST(views_are_golden)
{
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    ck_assert_int_eq(render_case(_i, &out), 0);
    ck_assert_int_eq(out.data[out.size - 1], '\n');
    strbuf_cut(&out, out.size - 1);
    assert_golden(&out, cases[_i].golden);
}
END_TEST

START_TEST(records_are_golden)
{
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    ck_assert_int_eq(json_incident(&sample_bare_incident, "", true, &out), 0);
    assert_golden(&out, "record-incident-bare");
    strbuf_reset(&out);
    ck_assert_int_eq(json_organization(&sample_org, "", false, &out), 0);
    assert_golden(&out, "record-organization");
    strbuf_reset(&out);
    ck_assert_int_eq(json_datasets(sample_datasets, 2, "", &sample_catalogue, &out), 0);
    assert_golden(&out, "record-datasets");
    strbuf_reset(&out);
    ck_assert_int_eq(json_datasets(sample_datasets, 2, "", NULL, &out), 0);
    assert_golden(&out, "record-datasets-bare");
}
END_TEST

/* The page and the record are one: what a page has in `data` is the record with URLs. */
START_TEST(page_holds_the_record)
{
    _cleanup_strbuf_ struct strbuf page = STRBUF_INIT, record = STRBUF_INIT;
    ck_assert_int_eq(render_case(3, &page), 0);
    ck_assert_int_eq(json_incident(&sample_incident, "/b", true, &record), 0);
    ck_assert_int_eq(strncmp(page.data, "{\"data\":", 8), 0);
    ck_assert_int_eq(strncmp(page.data + 8, record.data, record.size), 0);
    strbuf_reset(&page);
    struct view list = {VIEW_INCIDENTS,
                        .incidents = {.whole = &sample_incident, .n = 1, .info = WHOLE("/b/incidents.json")}};
    ck_assert_int_eq(render_view(FORMAT_JSON, &list, &(struct render_env){.base = "/b"}, &page), 0);
    ck_assert_int_eq(strncmp(page.data, "{\"data\":[", 9), 0);
    ck_assert_int_eq(strncmp(page.data + 9, record.data, record.size), 0);
    strbuf_reset(&record);
    ck_assert_int_eq(json_incident(&sample_incident, "/b", false, &record), 0);
    ck_assert_ptr_null(strstr(record.data, "html_url"));
    ck_assert_ptr_null(strstr(record.data, "/b/"));
}
END_TEST

/* How many rejects V shows of its one dataset. */
static size_t shown_rejects(const struct view *v)
{
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    ck_assert_int_eq(render_view(FORMAT_JSON, v, &(struct render_env){.base = ""}, &out), 0);
    json_t *root = json_loadb(out.data, out.size, 0, NULL), *data = json_object_get(root, "data");
    const json_t *set = json_is_array(data) ? json_array_get(data, 0) : data;
    const json_t *rejects = json_object_get(set, "rejects");
    ck_assert_int_eq(json_integer_value(json_object_get(rejects, "total")), 99);
    size_t n = json_array_size(json_object_get(rejects, "data"));
    json_decref(root);
    return n;
}

START_TEST(rejects_are_cut_in_lists_only)
{
    static struct reject many[LIMIT_EMBEDDED + 5];
    for (size_t i = 0; i < LIMIT_EMBEDDED + 5; i++)
        many[i] = (struct reject){.file = "f", .reason = "r"};
    struct dataset x = {.id = "x", .rejects = many, .n_rejects = LIMIT_EMBEDDED + 5, .n_rejects_total = 99};
    const struct view list = {VIEW_DATASETS, .datasets = {&x, 1, WHOLE("/datasets.json")}};
    ck_assert_uint_eq(shown_rejects(&list), LIMIT_EMBEDDED);
    const struct view one = {VIEW_DATASET, .dataset = {&x}};
    ck_assert_uint_eq(shown_rejects(&one), LIMIT_EMBEDDED + 5);
}
END_TEST

/* Text comes back from a strict parser as it was. */
START_TEST(text_survives)
{
    static const char *const texts[] = {
        "",
        "plain",
        "\"quoted\" \\ / <b>&amp;</b>",
        "\x01\x08\t\n\f\r\x1f\x7f",
        "\xc2\x80 \xe2\x80\xa8\xe2\x80\xa9 \xef\xbf\xbe",
        "\xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x9a\x97 \xf4\x8f\xbf\xbf",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct incident x = sample_incident;
        x.row.title = texts[i];
        _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
        ck_assert_int_eq(json_incident(&x, "", true, &out), 0);
        json_t *root = json_loadb(out.data, out.size, JSON_REJECT_DUPLICATES, NULL);
        assert_text(json_string_value(json_object_get(root, "title")), texts[i]);
        json_decref(root);
    }
}
END_TEST

static const char *const bad_texts[] = {
    "\xff", "a\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\x80",
};

/* Nothing is written, wherever the text stands. */
START_TEST(bad_text_is_refused)
{
    const char *bad = bad_texts[_i];
    struct reject reject = {.file = "f", .reason = bad};
    struct warning_count warning = {bad, 1};
    const struct dataset sets[] = {
        {.id = bad},
        {.id = "x", .rejects = &reject, .n_rejects = 1},
        {.id = "x", .warnings = &warning, .n_warnings = 1},
    };
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    strbuf_adds(&out, "before");
    for (size_t i = 0; i < 3; i++)
        ck_assert_int_eq(json_datasets(sets + i, 1, "", &sample_catalogue, &out), -EINVAL);
    struct incident x = sample_incident;
    x.row.id = bad;
    ck_assert_int_eq(json_incident(&x, "", false, &out), -EINVAL);
    x = sample_incident;
    struct event event = sample_timeline[0];
    event.e.quote = bad;
    x.timeline = &event;
    x.n_timeline = 1;
    ck_assert_int_eq(json_incident(&x, "", true, &out), -EINVAL);
    const struct view v = {VIEW_INCIDENT, .incident = {.incident = &x}};
    ck_assert_int_eq(render_view(FORMAT_JSON, &v, &(struct render_env){.base = ""}, &out), -EINVAL);
    assert_text(out.data, "before");
}
END_TEST

START_TEST(values_outside_their_vocabulary_are_refused)
{
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    struct incident x = sample_incident;
    x.row.status = _STATUS_N;
    ck_assert_int_eq(json_incident(&x, "", true, &out), -EINVAL);
    x = sample_incident;
    struct data_class class = {.id = 4711, .text = "x"};
    x.data_classes = &class;
    x.n_data_classes = 1;
    ck_assert_int_eq(json_incident(&x, "", true, &out), -EINVAL);
    struct class_row row = {.id = 4711};
    const struct view v = {VIEW_DATA_CLASSES, .data_classes = {&row, 1, WHOLE("/data-classes.json")}};
    ck_assert_int_eq(render_view(FORMAT_JSON, &v, &(struct render_env){.base = ""}, &out), -EINVAL);
    ck_assert_uint_eq(out.size, 0);
}
END_TEST

/* A key from data that came twice would hide its twin. */
START_TEST(repeated_keys_are_refused)
{
    static const struct warning_count twice[] = {{"identical", 1}, {"identical", 2}};
    const struct dataset x = {.id = "x", .warnings = twice, .n_warnings = 2};
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    ck_assert_int_eq(json_datasets(&x, 1, "", &sample_catalogue, &out), -EINVAL);
}
END_TEST

START_TEST(buffer_limit_is_kept)
{
    _cleanup_strbuf_ struct strbuf whole = STRBUF_INIT;
    ck_assert_int_eq(render_case(_i, &whole), 0);
    for (size_t less = 1; less < whole.size; less = less * 2 + 1) {
        _cleanup_strbuf_ struct strbuf out = {.limit = whole.size - less};
        ck_assert_int_eq(render_case(_i, &out), -ENOMEM);
        ck_assert(out.failed);
        ck_assert_uint_eq(out.size, 0);
    }
    _cleanup_strbuf_ struct strbuf exact = {.limit = whole.size};
    ck_assert_int_eq(render_case(_i, &exact), 0);
    assert_same(exact.data, whole.data);
}
END_TEST

START_TEST(record_over_the_limit_leaves_nothing)
{
    _cleanup_strbuf_ struct strbuf out = {.limit = 500};
    strbuf_adds(&out, "before");
    ck_assert_int_eq(json_incident(&sample_incident, "", true, &out), -ENOMEM);
    assert_text(out.data, "before");
}
END_TEST

/* As another writer does it: what may stand as it is does. */
START_TEST(texts_are_escaped)
{
    char text[] = "x\"\\/\x7f\xe2\x80\xa8 \xf0\x9f\x9a\x97";
    text[0] = (char)_i;
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT, want = STRBUF_INIT;
    ck_assert_int_eq(json_datasets(&(struct dataset){.id = "x", .title = text}, 1, "", NULL, &out), 0);
    json_t *value = json_string(text);
    char *dump = json_dumps(value, JSON_ENCODE_ANY);
    strbuf_addf(&want, "\"title\":%s,", dump);
    ck_assert_msg(strstr(out.data, want.data) != NULL, "got %s, want %s", out.data, want.data);
    free(dump);
    json_decref(value);
}
END_TEST

/* Keys from data that only look alike. */
START_TEST(keys_are_escaped)
{
    static const struct warning_count kinds[] = {{"b", 1}, {"a\",\"b", 2}, {"{\"b", 3}, {"", 4}, {"b\n", 5}};
    const struct dataset x = {.id = "x", .warnings = kinds, .n_warnings = 5};
    _cleanup_strbuf_ struct strbuf out = STRBUF_INIT;
    ck_assert_int_eq(json_datasets(&x, 1, "", &sample_catalogue, &out), 0);
    ck_assert(strstr(out.data, "{\"b\":1,\"a\\\",\\\"b\":2,\"{\\\"b\":3,\"\":4,\"b\\n\":5}") != NULL);
}
END_TEST

/* Every supported JSON view has a golden body above. */
START_TEST(every_view_is_tested)
{
    bool seen[_VIEW_N] = {false};
    for (int i = 0; i < N_CASES; i++)
        seen[cases[i].view.kind] = true;
    for (unsigned v = 0; v < _VIEW_N; v++)
        ck_assert_msg(seen[v] == render_supports(FORMAT_JSON, v), "view %u", v);
}
END_TEST

int main(void)
{
    render_init();
    rows[0] = sample_incident.row;
    rows[1] = sample_bare_incident.row;
    namings[0] = (struct naming){sample_bare_incident.row, CERTAINTY_SUSPECTED};
    Suite *s = suite_create("json");
    SUITE_ADD(s, "records", records_are_golden, page_holds_the_record, rejects_are_cut_in_lists_only,
              text_survives, record_over_the_limit_leaves_nothing,
              values_outside_their_vocabulary_are_refused, repeated_keys_are_refused, keys_are_escaped,
              every_view_is_tested);
    TCase *each = tcase_create("each view");
    tcase_add_loop_test(each, views_are_golden, 0, N_CASES);
    tcase_add_loop_test(each, buffer_limit_is_kept, 0, N_CASES);
    suite_add_tcase(s, each);
    TCase *bad = tcase_create("bad text");
    SUITE_LOOP(bad, bad_text_is_refused, bad_texts);
    suite_add_tcase(s, bad);
    TCase *characters = tcase_create("escapes");
    tcase_add_loop_test(characters, texts_are_escaped, 1, 0x80);
    suite_add_tcase(s, characters);
    return suite_run(s);
}
