/* SPDX-License-Identifier: MIT */
/*
 * The OpenAPI 3.1 document (VIEW_API as JSON) and the links of the catalogue of APIs (RFC 9727). All that differs between
 * operations comes from struct api; here is only how OpenAPI says it, and what holds for every answer.
 */
#include "render/api.h"
#include "render/json_views.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* ==== What answers have in common ==== */

static const struct {
    const char *name, *about, *pattern, *example;
    unsigned with,
        without; /* flags of the resources whose 200 carries it: one of `with` (0: all), none of `without` */
} headers[] = {
    {"ETag", "Strong tag of exactly these bytes; send it back as If-None-Match and be answered 304.",
     "^\"[^\"]+\"$", "\"5f2c0a1b5f2c0a1b5f2c0a1b5f2c0a1b\"", 0, API_LIVE},
    {"Last-Modified", "When the catalogue was built; for information.", NULL, "Sat, 31 Jan 2026 12:00:00 GMT",
     API_VIEW, 0},
    {"Cache-Control", "How long the answer may be kept.", NULL, "public, max-age=60", 0, 0},
    {"Link", "Next, previous and first page, other forms, schema, licence and descriptions (RFC 8288).", NULL,
     "</incidents.json?after=abc>; rel=\"next\"", API_VIEW, 0},
    {"X-Total-Count", "How many rows there are on all pages together.", "^[0-9]+$", "54", API_LIST, 0},
};
#define N_HEADERS (sizeof headers / sizeof *headers)

/* Headers of other answers than 200. */
static const struct {
    const char *name, *about,
        *example; /* no example of an address: what it begins with depends on where it is served */
} more_headers[] = {
    {"Content-Location", "Address of the form that was chosen.", NULL},
    {"Content-Range", "Which bytes these are, and of how many.", "bytes 0-99/4096"},
    {"Location", "Where it is.", NULL},
    {"Retry-After", "Seconds after which to try again.", "5"},
    {"Vary", "Request fields that the choice was made by.", "Accept"},
};

/* Beside the flags of a resource, what its operation shows by itself. */
enum {
    MAY_MISS = 1 << 16,  /* has arguments, of which there may be no such */
    BY_ACCEPT = 1 << 17, /* in the form that Accept asks for */
};

/* Answers with what was asked for. */
static const struct {
    const char *status, *about, *header; /* about NULL: the resource's title */
    unsigned with;                       /* one of these; 0: all have it */
    bool problem;                        /* or a problem */
} founds[] = {
    {"200", NULL, NULL, 0, false},
    {"206", "The part that Range asks for.", "Content-Range", API_PARTS, false},
    {"503", "Not ready, and why.", NULL, API_UNREADY, true},
};

/* Other answers of sound requests. */
static const struct {
    unsigned status;
    bool problem;
    const char *name, *about, *header;
    unsigned with, without; /* as above: the operations that may answer so */
} answers[] = {
    {304, false, "NotModified", "What you have is what would be sent.", "ETag", 0, API_LIVE},
    {307, false, "OtherForm", "It is the other kind of organisation: ask there.", "Location", API_MOVES, 0},
    {308, false, "Moved", "The record was merged into another, or is known by another id: ask there.",
     "Location", API_MOVES, 0},
    {400, true, "BadRequest",
     "An unknown parameter or a bad value; each fault is named, with the nearest right word.", NULL, 0, 0},
    {404, true, "NotFound", "There is no such record or address.", NULL, MAY_MISS | API_OPTIONAL, 0},
    {406, true, "NotAcceptable", "None of the forms that Accept allows.", NULL, BY_ACCEPT, 0},
    {410, true, "Gone", "The record was withdrawn; `incident` says when and why.", NULL, API_GONE, 0},
    {412, true, "OtherFile", "If-Match names another catalogue than the one that is served now.", NULL,
     API_PARTS, 0},
    {414, true, "TooLong", "The address is too long: ask for fewer values at once.", NULL, 0, 0},
    {416, true, "NoSuchPart", "It ends before the bytes that Range asks for.", "Content-Range", API_PARTS, 0},
    {429, true, "TooMany", "Too much is asked at once from your address.", "Retry-After", 0, 0},
    {431, true, "TooLarge", "The header fields are too many or too long.", NULL, 0, 0},
    {503, true, "Unavailable", "No catalogue, too much to do, or the question took too long.", "Retry-After",
     0, API_UNREADY},
};
#define N_ANSWERS (sizeof answers / sizeof *answers)

/* ==== Schemas of parameters ==== */

static void put_ref(struct jw *w, struct jw_level *o, const char *kind, const char *name, const char *more)
{
    jw_link(w, o, "$ref", "#/components/", kind, "/", name, more);
}

/* TEXT as a value of P: numbers bare. */
static void put_value(struct jw *w, struct jw_level *o, const char *key, const struct parameter *p,
                      const char *text)
{
    int64_t n = 0;
    if (!text)
        return;
    for (const char *c = text; p->is_number && *c; c++)
        n = n * 10 + (*c - '0');
    if (p->is_number)
        jw_integer(w, o, key, n);
    else
        jw_text(w, o, key, text);
}

static void put_one_schema(struct jw *w, struct jw_level *o, const struct parameter *p)
{
    jw_text(w, o, "type", p->is_number ? "integer" : "string");
    if (p->is_number) {
        jw_integer(w, o, "minimum", (int64_t)p->min);
        jw_integer(w, o, "maximum", (int64_t)p->max);
    }
    if (p->n_words)
        jw_texts(w, o, "enum", p->words, p->n_words);
    if (p->pattern)
        jw_text(w, o, "pattern", p->pattern);
    if (p->most_bytes)
        jw_integer(w, o, "maxLength", p->most_bytes);
    put_value(w, o, "default", p, p->fallback);
}

/* The values of a list are parted by commas, in the example as in a query. */
static void put_examples(struct jw *w, struct jw_level *o, const struct parameter *p)
{
    const char *at = p->example;
    if (!at)
        return;
    if (!p->list) {
        put_value(w, o, "example", p, at);
        return;
    }
    struct jw_level *array = jw_array(w, o, "example");
    for (size_t n; *at; at += n + (at[n] == ',')) {
        char value[128];
        n = strcspn(at, ",");
        if (n < sizeof value) {
            memcpy(value, at, n);
            value[n] = '\0';
            jw_text(w, array, NULL, value);
        }
    }
}

static void put_parameter(struct jw *w, struct jw_level *parameters, const struct api_list *list,
                          const struct parameter *p)
{
    char key[96];
    size_t n = strlen(list->name), m = strlen(p->name);
    if (n + m + 2 > sizeof key)
        return;
    memcpy(key, list->name, n);
    key[n] = '.';
    memcpy(key + n + 1, p->name, m + 1);
    struct jw_level *o = jw_object(w, parameters, key);
    jw_text(w, o, "name", p->name);
    jw_text(w, o, "in", "query");
    jw_text(w, o, "description", p->about);
    if (p->list) {
        jw_text(w, o, "style", "form");
        jw_bool(w, o, "explode", false);
    }
    struct jw_level *schema = jw_object(w, o, "schema");
    if (p->list) {
        jw_text(w, schema, "type", "array");
        jw_integer(w, schema, "maxItems", p->most_values);
        schema = jw_object(w, schema, "items");
    }
    put_one_schema(w, schema, p);
    put_examples(w, o, p);
}

/* ==== Operations ==== */

static void put_argument(struct jw *w, struct jw_level *parameters, const struct api_argument *a)
{
    struct jw_level *o = jw_object(w, parameters, NULL);
    jw_text(w, o, "name", a->name);
    jw_text(w, o, "in", "path");
    jw_bool(w, o, "required", true);
    jw_text(w, o, "description", a->about);
    struct jw_level *schema = jw_object(w, o, "schema");
    jw_text(w, schema, "type", "string");
    jw_text(w, schema, "pattern", a->pattern);
    jw_text(w, o, "example", a->example);
}

static void put_parameters(struct jw *w, struct jw_level *o, const struct api_resource *r)
{
    if (!r->n_arguments && !r->list)
        return;
    struct jw_level *parameters = jw_array(w, o, "parameters");
    for (size_t i = 0; i < r->n_arguments; i++)
        put_argument(w, parameters, &r->arguments[i]);
    for (size_t i = 0; r->list && i < r->list->n; i++)
        jw_link(w, jw_object(w, parameters, NULL), "$ref", "#/components/parameters/", r->list->name, ".",
                r->list->parameters[i].name);
}

/* Whether what is there WITH one of these flags (0: with any) and WITHOUT all of those is there with FLAGS. */
static bool applies(unsigned flags, unsigned with, unsigned without)
{
    return (!with || flags & with) && !(flags & without);
}

static struct jw_level *put_headers(struct jw *w, struct jw_level *o, const struct api_resource *r,
                                    bool negotiated)
{
    struct jw_level *fields = jw_object(w, o, "headers");
    for (size_t i = 0; i < N_HEADERS; i++)
        if (applies(r->flags, headers[i].with, headers[i].without))
            put_ref(w, jw_object(w, fields, headers[i].name), "headers", headers[i].name, "");
    if (negotiated) {
        put_ref(w, jw_object(w, fields, "Vary"), "headers", "Vary", "");
        put_ref(w, jw_object(w, fields, "Content-Location"), "headers", "Content-Location", "");
    }
    return fields;
}

static void put_media(struct jw *w, struct jw_level *content, const struct api_form *f)
{
    struct jw_level *schema = jw_object(w, jw_object(w, content, f->type), "schema");
    if (f->schema)
        put_ref(w, schema, "schemas", f->schema, "");
    else
        jw_text(w, schema, "type",
                strstr(f->type, "json") && !strstr(f->type, "ndjson") ? "object" : "string");
}

/* A problem is told as a page to whoever asked for a page. */
static void put_problem(struct jw *w, struct jw_level *content)
{
    put_ref(w, jw_object(w, jw_object(w, content, "application/problem+json"), "schema"), "schemas",
            "problem", "");
    jw_text(w, jw_object(w, jw_object(w, content, "text/html"), "schema"), "type", "string");
}

/* An answer with what was asked for; FORM NULL: in any form. */
static void put_found(struct jw *w, struct jw_level *responses, size_t i, const struct api_resource *r,
                      const struct api_form *form)
{
    const char *header = founds[i].header;
    struct jw_level *o = jw_object(w, responses, founds[i].status);
    jw_text(w, o, "description", founds[i].about ? founds[i].about : r->title);
    struct jw_level *fields = put_headers(w, o, r, !form && r->n_forms > 1);
    if (header)
        put_ref(w, jw_object(w, fields, header), "headers", header, "");
    struct jw_level *content = jw_object(w, o, "content");
    if (form)
        put_media(w, content, form);
    for (size_t f = 0; !form && f < r->n_forms; f++)
        put_media(w, content, &r->forms[f]);
    if (founds[i].problem)
        put_problem(w, content);
}

static void put_status(struct jw *w, struct jw_level *responses, unsigned status, const char *answer)
{
    char text[16];
    (void)snprintf(text, sizeof text, "%u", status);
    put_ref(w, jw_object(w, responses, text), "responses", answer, "");
}

static void put_responses(struct jw *w, struct jw_level *operation, const struct api_resource *r,
                          const struct api_form *form)
{
    unsigned flags = r->flags | (r->n_arguments ? MAY_MISS : 0u) | (!form && r->negotiated ? BY_ACCEPT : 0u);
    struct jw_level *responses = jw_object(w, operation, "responses");
    for (size_t i = 0; i < sizeof founds / sizeof *founds; i++)
        if (applies(flags, founds[i].with, 0))
            put_found(w, responses, i, r, form);
    for (size_t i = 0; i < N_ANSWERS; i++)
        if (applies(flags, answers[i].with, answers[i].without))
            put_status(w, responses, answers[i].status, answers[i].name);
    put_ref(w, jw_object(w, responses, "default"), "responses", "Problem", "");
}

/* FORM NULL: in any form, by Accept. */
static void put_operation(struct jw *w, struct jw_level *paths, const char *path,
                          const struct api_resource *r, const struct api_form *form)
{
    struct jw_level *o = jw_object(w, jw_object(w, paths, path), "get");
    jw_link(w, o, "operationId", r->name, form ? form->name : r->n_forms > 1 ? "Page" : "");
    if (form && *form->name)
        jw_link(w, o, "summary", r->title, " as ", form->name);
    else
        jw_link(w, o, "summary", r->title, form || r->n_forms < 2 ? "" : ", as a page or by Accept");
    jw_text(w, o, "description", r->about);
    jw_text(w, jw_array(w, o, "tags"), NULL, r->group);
    put_parameters(w, o, r);
    put_responses(w, o, r, form);
}

static void put_paths(struct jw *w, const struct api *api)
{
    struct jw_level *paths = jw_object(w, w->root, "paths");
    for (size_t i = 0; i < api->n_resources; i++) {
        const struct api_resource *r = &api->resources[i];
        if (r->negotiated)
            put_operation(w, paths, r->path, r, NULL);
        for (size_t f = 0; f < r->n_forms; f++)
            if (r->forms[f].path)
                put_operation(w, paths, r->forms[f].path, r, &r->forms[f]);
    }
}

/* ==== Components ==== */

static void put_header(struct jw *w, struct jw_level *all, const char *name, const char *about,
                       const char *pattern, const char *example)
{
    struct jw_level *o = jw_object(w, all, name), *schema;
    jw_text(w, o, "description", about);
    schema = jw_object(w, o, "schema");
    jw_text(w, schema, "type", "string");
    if (pattern)
        jw_text(w, schema, "pattern", pattern);
    if (example)
        jw_text(w, o, "example", example);
}

static void put_answer(struct jw *w, struct jw_level *all, size_t i)
{
    struct jw_level *o = jw_object(w, all, answers[i].name);
    jw_text(w, o, "description", answers[i].about);
    if (answers[i].header)
        put_ref(w, jw_object(w, jw_object(w, o, "headers"), answers[i].header), "headers", answers[i].header,
                "");
    if (answers[i].problem)
        put_problem(w, jw_object(w, o, "content"));
}

static bool is_answer(unsigned status)
{
    size_t i = 0;
    while (i < N_ANSWERS && answers[i].status != status)
        i++;
    return i < N_ANSWERS;
}

/* All that no sound request meets, or nobody should, in one: what says so is the list of problems itself. */
static void put_other_problems(struct jw *w, struct jw_level *all, const struct api *api)
{
    _cleanup_strbuf_ struct strbuf about = STRBUF_INIT;
    struct jw_level *o = jw_object(w, all, "Problem");
    strbuf_adds(&about, "Anything else that may go wrong.");
    for (size_t i = 0; i < api->n_problems; i++)
        if (!is_answer(api->problems[i].status))
            strbuf_addf(&about, " %u: %s.", api->problems[i].status, api->problems[i].title);
    if (about.failed && !w->error)
        w->error = -ENOMEM;
    jw_text(w, o, "description", about.data);
    put_problem(w, jw_object(w, o, "content"));
}

static void put_components(struct jw *w, const struct api *api)
{
    struct jw_level *components = jw_object(w, w->root, "components");
    struct jw_level *parameters = jw_object(w, components, "parameters");
    for (size_t l = 0; l < api->n_lists; l++)
        for (size_t i = 0; i < api->lists[l].n; i++)
            put_parameter(w, parameters, &api->lists[l], &api->lists[l].parameters[i]);
    struct jw_level *fields = jw_object(w, components, "headers");
    for (size_t i = 0; i < N_HEADERS; i++)
        put_header(w, fields, headers[i].name, headers[i].about, headers[i].pattern, headers[i].example);
    for (size_t i = 0; i < sizeof more_headers / sizeof *more_headers; i++)
        put_header(w, fields, more_headers[i].name, more_headers[i].about, NULL, more_headers[i].example);
    struct jw_level *responses = jw_object(w, components, "responses");
    for (size_t i = 0; i < N_ANSWERS; i++)
        put_answer(w, responses, i);
    put_other_problems(w, responses, api);
    jw_json(w, components, "schemas", api->schemas, api->schemas_size);
}

/* ==== The document ==== */

#define ABOUT                                                                                                \
    "Data-breach incidents, the dealers and other organisations they touch, and their timelines. Every "     \
    "fact carries who says so, "                                                                             \
    "how sure, and where from; null is not known, an empty list is none recorded.\n\n"                       \
    "Everything is read with GET (HEAD and OPTIONS work everywhere), without a key, from any origin. A "     \
    "page and its data differ by "                                                                           \
    "suffix only; without a suffix `Accept` chooses. Several values of one parameter, separated by commas "  \
    "or repeated, mean any of "                                                                              \
    "them; different parameters mean all of them. Unknown parameters are refused, never ignored.\n\n"        \
    "Within version 1 members, words, parameters and addresses may be added; none is renamed, retyped or "   \
    "removed: read past what you "                                                                           \
    "do not know."

static void put_info(struct jw *w, const struct api *api, const struct render_env *env)
{
    struct jw_level *info = jw_object(w, w->root, "info");
    jw_text(w, info, "title", "breachd");
    jw_text(w, info, "summary", "What is known about data breaches, and who says so.");
    jw_text(w, info, "description", ABOUT);
    char major[2] = {(char)('0' + api->version), '\0'};
    jw_text(w, info, "version", major);
    struct jw_level *license = jw_object(w, info, "license");
    jw_text(w, license, "name", "Each dataset has its own licence");
    jw_link(w, license, "url", api->root, "/datasets");
    if (env->contact) {
        struct jw_level *contact = jw_object(w, info, "contact");
        bool mail = strncmp(env->contact, "mailto:", 7) == 0;
        jw_text(w, contact, mail ? "email" : "url", env->contact + (mail ? 7 : 0));
    }
}

static void put_group(struct jw *w, struct jw_level *o, const void *item)
{
    const struct api_group *x = item;
    jw_text(w, o, "name", x->name);
    jw_text(w, o, "description", x->about);
}

int json_openapi(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    const struct api *api = v->api;
    struct jw w;
    jw_begin(&w, "", true);
    jw_text(&w, w.root, "openapi", "3.1.0");
    put_info(&w, api, env);
    jw_link(&w, jw_object(&w, jw_array(&w, w.root, "servers"), NULL), "url", *api->root ? api->root : "/");
    jw_array(&w, w.root, "security");
    jw_list(&w, w.root, "tags", api->groups, api->n_groups, put_group);
    struct jw_level *docs = jw_object(&w, w.root, "externalDocs");
    jw_text(&w, docs, "description", "Reference with real answers");
    jw_link(&w, docs, "url", api->root, "/api");
    put_paths(&w, api);
    put_components(&w, api);
    return jw_finish(&w, true, out);
}

int json_linkset(const struct view *v, const struct render_env *env, struct strbuf *out)
{
    (void)env;
    struct jw w;
    jw_begin(&w, "", true);
    struct jw_level *context = jw_object(&w, jw_array(&w, w.root, "linkset"), NULL);
    jw_text(&w, context, "anchor", v->linkset.anchor);
    for (size_t i = 0; i < v->linkset.n; i++) {
        const struct api_link *x = &v->linkset.links[i];
        struct jw_level *target = jw_object(&w, jw_array(&w, context, x->rel), NULL);
        jw_text(&w, target, "href", x->url);
        jw_text(&w, target, "type", x->type);
    }
    return jw_finish(&w, true, out);
}
