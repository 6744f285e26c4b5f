/* SPDX-License-Identifier: MIT */
/*
 * The forms above lists: a plain GET form with the fields that are asked for in words, dates and numbers. What facets
 * and links narrow a list by stays in force through hidden fields.
 */
#include "render/html.h"

#include "model/country.h"
#include "util/limits.h"

#include <stdlib.h>
#include <string.h>

/* FIELD_CHOICE: words of which the first is what leaving the field out means. */
enum field_kind {
    FIELD_TEXT,
    FIELD_SEARCH,
    FIELD_NUMBER,
    FIELD_WORDS,
    FIELD_CHOICE,
    FIELD_COUNTRY,
    FIELD_UNIT,
    FIELD_CHECK
};

struct field {
    const char *name, *label;
    enum field_kind kind;
    unsigned group;            /* enum group: of what is less often needed; 0: stands in the first row */
    const struct vocab *words; /* FIELD_WORDS */
    size_t n_words;            /* the first so many; 0: all */
    const char *value;         /* FIELD_CHECK: that of the box when it is ticked */
    const char *hint;          /* what to write, or NULL; of FIELD_SEARCH "": how words are searched for */
    const char *with;          /* the filter that has to be in force for this to mean anything, or NULL */
};

#define DATE_HINT "2019, 2019-03, or a span as in 2019-01/2019-06"

/* What folds away, in groups of its own. */
enum group { GROUP_NONE, GROUP_WHEN, GROUP_SIZE, GROUP_WHO, GROUP_RECORD, _GROUP_N };

static const struct {
    const char *title, *help;
    const char *hint, *hint_id; /* what to write into its fields of text */
} groups[_GROUP_N] = {
    [GROUP_WHEN] = {"When", "/about#filter-dates", "A date is " DATE_HINT ".", "hint-when"},
    [GROUP_SIZE] = {"How many", "/about#filter-sizes", NULL, NULL},
    [GROUP_WHO] = {"Who", NULL, NULL, NULL},
    [GROUP_RECORD] = {"Records", "/about#statistics", NULL, NULL},
};

static const struct field incident_fields[] = {
    {.name = "q", .label = "Search titles, summaries, names and events", .kind = FIELD_SEARCH, .hint = ""},
    {.name = "date", .label = "Date, of any kind", .group = GROUP_WHEN},
    {.name = "occurred", .label = "Occurred", .group = GROUP_WHEN},
    {.name = "discovered", .label = "Discovered", .group = GROUP_WHEN},
    {.name = "contained", .label = "Contained", .group = GROUP_WHEN},
    {.name = "notified", .label = "Notified", .group = GROUP_WHEN},
    {.name = "disclosed", .label = "Disclosed", .group = GROUP_WHEN},
    {.name = "match",
     .label = "Only if it was certainly then",
     .kind = FIELD_CHECK,
     .value = "certain",
     .group = GROUP_WHEN},
    {.name = "affected_min", .label = "Affected, at least", .kind = FIELD_NUMBER, .group = GROUP_SIZE},
    {.name = "affected_max", .label = "Affected, at most", .kind = FIELD_NUMBER, .group = GROUP_SIZE},
    {.name = "unit", .label = "Counted in", .kind = FIELD_UNIT, .group = GROUP_SIZE},
    {.name = "reach",
     .label = "Incidents of",
     .kind = FIELD_CHOICE,
     .words = &vocab_reach,
     .with = "organization",
     .group = GROUP_WHO},
    {.name = "role",
     .label = "An organisation’s part",
     .kind = FIELD_WORDS,
     .words = &vocab_role,
     .group = GROUP_WHO},
    {.name = "source_class",
     .label = "A source that is",
     .kind = FIELD_WORDS,
     .words = &vocab_source_class,
     .group = GROUP_WHO},
    {.name = "modified_since", .label = "Changed here since, as in 2026-01-31", .group = GROUP_RECORD},
    {.name = "duplicates",
     .label = "Hide records that repeat another",
     .kind = FIELD_CHECK,
     .value = "hide",
     .group = GROUP_RECORD},
};
static const struct field organization_fields[] = {
    {.name = "q", .label = "Search names of organisations", .kind = FIELD_SEARCH},
    {.name = "kind", .label = "Kind", .kind = FIELD_WORDS, .words = &vocab_org_kind},
    {.name = "country", .label = "Country", .kind = FIELD_COUNTRY},
    {.name = "brand", .label = "Brand"},
};
static const struct field dealer_fields[] = {
    {.name = "q", .label = "Search names of dealers and groups", .kind = FIELD_SEARCH},
    {.name = "kind",
     .label = "Kind",
     .kind = FIELD_WORDS,
     .words = &vocab_org_kind,
     .n_words = ORG_DEALER_GROUP + 1},
    {.name = "country", .label = "Country", .kind = FIELD_COUNTRY},
    {.name = "brand", .label = "Brand"},
};
static const struct field event_fields[] = {
    {.name = "kind", .label = "Kind of event", .kind = FIELD_WORDS, .words = &vocab_event_kind},
    {.name = "date", .label = "Date", .hint = DATE_HINT},
    {.name = "match", .label = "Only if it was certainly then", .kind = FIELD_CHECK, .value = "certain"},
    {.name = "reach",
     .label = "Events of",
     .kind = FIELD_CHOICE,
     .words = &vocab_reach,
     .with = "organization"},
};

#define FIELDS(list)                                                                                         \
    {                                                                                                        \
        (list), sizeof(list) / sizeof *(list)                                                                \
    }
static const struct {
    const struct field *fields;
    size_t n;
} forms[] = {
    [FORM_INCIDENTS] = FIELDS(incident_fields),
    [FORM_STATISTICS] = {incident_fields,
                         sizeof incident_fields / sizeof *incident_fields - 1}, /* none counts twice */
    [FORM_ORGANIZATIONS] = FIELDS(organization_fields),
    [FORM_DEALERS] = FIELDS(dealer_fields),
    [FORM_EVENTS] = FIELDS(event_fields),
    [FORM_NONE] = {NULL, 0},
};

/* The values of NAME that are in force, joined: in data's words by "," or in people's by " or ". NULL:
 * none. */
static const char *active(struct page *p, const struct list_info *info, const char *name, bool labels)
{
    const char *all = NULL;
    for (size_t i = 0; i < info->n_filters; i++) {
        const struct active_filter *f = &info->filters[i];
        if (strcmp(f->name, name) != 0)
            continue;
        const char *one = labels ? f->value_label : f->value;
        all = all ? arena_printf(p->mem, "%s%s%s", all, labels ? " or " : ",", one) : one;
    }
    return all;
}

/* --- fields --- */

static void option(struct page *p, const char *value, const char *text, const char *chosen)
{
    bool on = chosen && strcmp(chosen, value) == 0;
    htmlw_el(&p->w, text, "option", "value", value, "selected", on ? "" : NULL);
}

static void write_words(struct page *p, const struct vocab *words, size_t n, const char *chosen)
{
    for (unsigned i = 0; i < n; i++)
        option(p, words->words[i].id, words_capital(p, words->words[i].label), chosen);
}

static int by_name(const void *a, const void *b)
{
    return strcmp((*(const struct country *const *)a)->name, (*(const struct country *const *)b)->name);
}

static void write_countries(struct page *p, const char *chosen)
{
    const struct country **all = arena_array(p->mem, countries_n, sizeof(struct country *));
    for (size_t i = 0; all && i < countries_n; i++)
        all[i] = &countries[i];
    if (all)
        qsort(all, countries_n, sizeof(struct country *), by_name);
    for (size_t i = 0; all && i < countries_n; i++)
        option(p, all[i]->code, all[i]->name, chosen);
}

static void write_select(struct page *p, const struct list_info *info, const struct field *f, const char *id)
{
    struct htmlw *w = &p->w;
    const char *chosen = active(p, info, f->name, false);
    htmlw_open(w, "select", "id", id, "name", f->name);
    if (f->kind == FIELD_UNIT) {
        write_words(p, &vocab_unit, vocab_unit.n, chosen);
        option(p, "any", "Anything", chosen);
    } else if (f->kind == FIELD_CHOICE) {
        write_words(p, f->words, f->words->n, chosen);
    } else {
        option(p, "", "Any", NULL);
        /* Several values at once are one more choice, so that the form does not lose them. */
        if (chosen && (strchr(chosen, ',') || strcmp(chosen, "none") == 0))
            option(p, chosen, active(p, info, f->name, true), chosen);
        if (f->kind == FIELD_COUNTRY)
            write_countries(p, chosen);
        else
            write_words(p, f->words, f->n_words ? f->n_words : f->words->n, chosen);
    }
    htmlw_close(w, "select");
}

static void write_input(struct page *p, const struct list_info *info, const struct field *f, const char *id,
                        const char *hint)
{
    bool search = f->kind == FIELD_SEARCH;
    htmlw_empty(&p->w, "input", "type", search ? "search" : "text", "id", id, "name", f->name, "value",
                active(p, info, f->name, false), "inputmode", f->kind == FIELD_NUMBER ? "numeric" : NULL,
                "autocomplete", "off", "dir", search ? "auto" : NULL, "aria-describedby", hint);
}

/* How words are searched for. */
static void write_syntax(struct page *p)
{
    struct htmlw *w = &p->w;
    htmlw_text(w, "All words must occur. ");
    htmlw_el(w, "\"data breach\"", "code");
    htmlw_text(w, " finds the words in a row, ");
    htmlw_el(w, "toyo*", "code");
    htmlw_text(w, " what begins so, and ");
    htmlw_el(w, "-vietnam", "code");
    htmlw_text(w, " leaves a word out. ");
    htmlw_open(w, "a");
    htmlw_url(w, "href", "%p/about#search", p->env->base);
    htmlw_text(w, "How lists are searched and narrowed");
    htmlw_close(w, "a");
}

/* What is to be written into a field. */
static void write_hint(struct page *p, const struct field *f)
{
    struct htmlw *w = &p->w;
    if (!f->hint)
        return;
    htmlw_open(w, "p", "class", "hint", "id", words_id(p, "hint", f->name));
    if (f->kind == FIELD_SEARCH)
        write_syntax(p);
    else
        htmlw_say(w, "%s: %s", f->label, f->hint);
    htmlw_close(w, "p");
}

static void write_check(struct page *p, const struct list_info *info, const struct field *f, const char *id)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "div", "class", "field check");
    htmlw_empty(w, "input", "type", "checkbox", "id", id, "name", f->name, "value", f->value, "checked",
                active(p, info, f->name, false) ? "" : NULL);
    htmlw_el(w, f->label, "label", "for", id);
    htmlw_close(w, "div");
}

/* Where the words of a field's choices are explained. */
static void write_meaning(struct page *p, const struct field *f)
{
    const struct vocab *words = f->kind == FIELD_UNIT ? &vocab_unit : f->words;
    const char *id = words ? words_id(p, words->name, NULL) : NULL;
    if (id)
        part_help(p, arena_printf(p->mem, "/about#%s", id), f->label);
}

static void write_field(struct page *p, const struct list_info *info, const struct field *f)
{
    struct htmlw *w = &p->w;
    const char *id = words_id(p, "filter", f->name),
               *hint = f->hint ? words_id(p, "hint", f->name) : groups[f->group].hint_id;
    if (f->kind == FIELD_CHECK) {
        write_check(p, info, f, id);
        return;
    }
    htmlw_open(w, "div", "class", f->kind == FIELD_SEARCH ? "field search" : "field");
    htmlw_el(w, f->label, "label", "for", id);
    write_meaning(p, f);
    if (f->words || f->kind == FIELD_COUNTRY || f->kind == FIELD_UNIT)
        write_select(p, info, f, id);
    else
        write_input(p, info, f, id, hint);
    htmlw_close(w, "div");
}

/* --- the form --- */

static bool is_shown(struct page *p, const struct list_info *info, const struct field *f)
{
    return !f->with || active(p, info, f->with, false);
}

static bool shows(struct page *p, const struct list_info *info, enum list_form form, const char *name)
{
    for (size_t i = 0; i < forms[form].n; i++)
        if (strcmp(forms[form].fields[i].name, name) == 0)
            return is_shown(p, info, &forms[form].fields[i]);
    return false;
}

static void hide(struct page *p, const char *name, const char *value)
{
    htmlw_empty(&p->w, "input", "type", "hidden", "name", name, "value", value);
}

/* What the form does not show goes on holding. */
static void write_hidden(struct page *p, const struct list_info *info, enum list_form form)
{
    for (size_t i = 0; i < info->n_filters; i++) {
        const char *name = info->filters[i].name;
        bool again = false;
        for (size_t j = 0; j < i; j++)
            again = again || strcmp(info->filters[j].name, name) == 0;
        if (!again && !shows(p, info, form, name))
            hide(p, name, active(p, info, name, false));
    }
    if (info->by)
        hide(p, "by", info->by);
    if (info->sort_asked)
        hide(p, "sort", info->sort_asked);
    if (info->limit != LIMIT_PAGE_DEFAULT)
        hide(p, "limit", arena_printf(p->mem, "%u", info->limit));
}

static void write_fields(struct page *p, const struct list_info *info, enum list_form form, enum group group)
{
    for (size_t i = 0; i < forms[form].n; i++) {
        const struct field *f = &forms[form].fields[i];
        if (f->group == group && is_shown(p, info, f))
            write_field(p, info, f);
    }
}

/* How many fields of GROUP are shown, and whether one is in force. */
static size_t count_fields(struct page *p, const struct list_info *info, enum list_form form,
                           enum group group, bool *ret_active)
{
    size_t n = 0;
    for (size_t i = 0; i < forms[form].n; i++) {
        const struct field *f = &forms[form].fields[i];
        if (f->group != group || !is_shown(p, info, f))
            continue;
        *ret_active = *ret_active || active(p, info, f->name, false);
        n++;
    }
    return n;
}

static void write_group(struct page *p, const struct list_info *info, enum list_form form, enum group group)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "fieldset");
    htmlw_open(w, "legend");
    htmlw_text(w, groups[group].title);
    part_help(p, groups[group].help, groups[group].title);
    htmlw_close(w, "legend");
    htmlw_open(w, "div", "class", "fields");
    write_fields(p, info, form, group);
    htmlw_close(w, "div");
    if (groups[group].hint)
        htmlw_el(w, groups[group].hint, "p", "class", "hint", "id", groups[group].hint_id);
    htmlw_close(w, "fieldset");
}

/* Behind a summary, which stands open while anything in it is in force. */
static void write_folded(struct page *p, const struct list_info *info, enum list_form form)
{
    struct htmlw *w = &p->w;
    size_t shown[_GROUP_N], all = 0;
    bool open = false;
    for (unsigned g = GROUP_NONE + 1; g < _GROUP_N; g++)
        all += shown[g] = count_fields(p, info, form, g, &open);
    if (!all)
        return;
    htmlw_open(w, "details", "class", "more-fields", "open", open ? "" : NULL);
    htmlw_el(w, "Dates, numbers and more", "summary");
    for (unsigned g = GROUP_NONE + 1; g < _GROUP_N; g++)
        if (shown[g])
            write_group(p, info, form, g);
    htmlw_close(w, "details");
}

void search_form(struct page *p, const struct list_info *info, enum list_form form)
{
    struct htmlw *w = &p->w;
    if (form == FORM_NONE)
        return;
    htmlw_open(w, "form", "class", "filter", "role", "search", "method", "get");
    htmlw_url(w, "action", "%p%p", p->env->base, p->env->path ? p->env->path : "");
    htmlw_open(w, "div", "class", "fields");
    write_fields(p, info, form, GROUP_NONE);
    htmlw_el(w, form == FORM_EVENTS ? "Filter" : "Search", "button", "type", "submit");
    htmlw_close(w, "div");
    for (size_t i = 0; i < forms[form].n; i++) /* beneath the row, where they push no field out of it */
        if (!forms[form].fields[i].group)
            write_hint(p, &forms[form].fields[i]);
    write_folded(p, info, form);
    write_hidden(p, info, form);
    htmlw_close(w, "form");
}

void search_box(struct page *p, const char *path, const char *id, const char *label)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "form", "class", "filter", "role", "search", "aria-label", label, "method", "get");
    htmlw_url(w, "action", "%p%p", p->env->base, path);
    htmlw_open(w, "div", "class", "fields");
    htmlw_open(w, "div", "class", "field search");
    htmlw_el(w, label, "label", "for", id);
    htmlw_empty(w, "input", "type", "search", "id", id, "name", "q", "autocomplete", "off", "dir", "auto");
    htmlw_close(w, "div");
    htmlw_el(w, "Search", "button", "type", "submit");
    htmlw_close(w, "div");
    htmlw_close(w, "form");
}
