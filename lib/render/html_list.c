/* SPDX-License-Identifier: MIT */
/*
 * What every list says around its rows: how many, filtered by what and how to undo it, a plain GET form,
 * paging, and for an empty list what was looked for.
 */
#include "render/html.h"

#include "model/country.h"
#include "util/limits.h"

#include <stdlib.h>
#include <string.h>

enum field_kind { FIELD_WORDS, FIELD_COUNTRY, FIELD_YEAR };

struct field {
    const char *name, *label;
    enum field_kind kind;
    const struct vocab *words; /* FIELD_WORDS */
    size_t n_words;            /* the first so many; 0: all */
};

static const struct field incident_fields[] = {
    {"country", "Country", FIELD_COUNTRY, NULL, 0},
    {"year", "Year", FIELD_YEAR, NULL, 0},
    {"status", "Did it happen?", FIELD_WORDS, &vocab_status, 0},
    {"exposure", "Did data get out?", FIELD_WORDS, &vocab_exposure, 0},
    {"party_kind", "Organisation involved", FIELD_WORDS, &vocab_org_kind, 0},
};
static const struct field organization_fields[] = {
    {"kind", "Kind", FIELD_WORDS, &vocab_org_kind, 0},
    {"country", "Country", FIELD_COUNTRY, NULL, 0},
};
static const struct field dealer_fields[] = {
    {"kind", "Kind", FIELD_WORDS, &vocab_org_kind, ORG_DEALER_GROUP + 1},
    {"country", "Country", FIELD_COUNTRY, NULL, 0},
};
static const struct field event_fields[] = {
    {"kind", "Kind of event", FIELD_WORDS, &vocab_event_kind, 0},
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

static void option(struct page *p, const char *value, const char *text, const char *chosen)
{
    bool on = chosen && strcmp(chosen, value) == 0;
    htmlw_el(&p->w, text, "option", "value", value, "selected", on ? "" : NULL);
}

static void write_words(struct page *p, const struct field *f, const char *chosen)
{
    size_t n = f->n_words ? f->n_words : f->words->n;
    for (unsigned i = 0; i < n; i++)
        option(p, f->words->words[i].id, words_capital(p, f->words->words[i].label), chosen);
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
    option(p, "", "Any", NULL);
    /* Several values at once are one more choice, so that the form does not lose them. */
    if (chosen && (strchr(chosen, ',') || strcmp(chosen, "none") == 0))
        option(p, chosen, active(p, info, f->name, true), chosen);
    if (f->kind == FIELD_COUNTRY)
        write_countries(p, chosen);
    else
        write_words(p, f, chosen);
    htmlw_close(w, "select");
}

static void write_field(struct page *p, const struct list_info *info, const struct field *f)
{
    struct htmlw *w = &p->w;
    const char *id = words_id(p, "filter", f->name);
    htmlw_open(w, "div", "class", "field");
    htmlw_el(w, f->label, "label", "for", id);
    if (f->kind == FIELD_YEAR)
        htmlw_empty(w, "input", "type", "text", "id", id, "name", f->name, "inputmode", "numeric", "size",
                    "8", "autocomplete", "off", "value", active(p, info, f->name, false));
    else
        write_select(p, info, f, id);
    htmlw_close(w, "div");
}

static bool has_field(enum list_form form, const char *name)
{
    for (size_t i = 0; i < forms[form].n; i++)
        if (strcmp(forms[form].fields[i].name, name) == 0)
            return true;
    return false;
}

/* Filters that the form does not show go on holding. */
static void write_hidden(struct page *p, const struct list_info *info, enum list_form form)
{
    struct htmlw *w = &p->w;
    for (size_t i = 0; i < info->n_filters; i++) {
        const char *name = info->filters[i].name;
        bool again = false;
        for (size_t j = 0; j < i; j++)
            again = again || strcmp(info->filters[j].name, name) == 0;
        if (!again && !has_field(form, name))
            htmlw_empty(w, "input", "type", "hidden", "name", name, "value", active(p, info, name, false));
    }
    if (info->limit != LIMIT_PAGE_DEFAULT)
        htmlw_empty(w, "input", "type", "hidden", "name", "limit", "value",
                    arena_printf(p->mem, "%u", info->limit));
}

static void write_form(struct page *p, const struct list_info *info, enum list_form form)
{
    struct htmlw *w = &p->w;
    if (form == FORM_NONE)
        return;
    htmlw_open(w, "form", "class", "filter", "method", "get");
    htmlw_url(w, "action", "%p%p", p->env->base, p->env->path ? p->env->path : "");
    for (size_t i = 0; i < forms[form].n; i++)
        write_field(p, info, &forms[form].fields[i]);
    write_hidden(p, info, form);
    htmlw_el(w, "Filter", "button", "type", "submit");
    htmlw_close(w, "form");
}

/* Each filter in words, with a way out of it. */
static void write_filters(struct page *p, const struct list_info *info)
{
    struct htmlw *w = &p->w;
    if (!info->n_filters)
        return;
    htmlw_open(w, "ul", "class", "filters", "aria-label", "Filters in force");
    for (size_t i = 0; i < info->n_filters; i++) {
        const struct active_filter *f = &info->filters[i];
        htmlw_open(w, "li");
        htmlw_say(w, "%s: %s ", words_capital(p, f->name_label), f->value_label);
        htmlw_open(w, "a");
        htmlw_url(w, "href", "%p", f->remove);
        htmlw_text(w, "remove");
        htmlw_open(w, "span", "class", "unseen");
        htmlw_say(w, " the filter %s %s", f->name_label, f->value_label);
        htmlw_close(w, "span");
        htmlw_close(w, "a");
        htmlw_close(w, "li");
    }
    htmlw_close(w, "ul");
}

void list_begin(struct page *p, const struct list_info *info, enum list_form form, const char *one,
                const char *many)
{
    struct htmlw *w = &p->w;
    write_form(p, info, form);
    if (info->total)
        htmlw_el(w, words_count(p, info->total, one, many), "p", "class", "total");
    write_filters(p, info);
    if (info->catalogue_changed)
        htmlw_el(
            w,
            "The catalogue was replaced while you were turning pages. This page goes on at the same place "
            "in the new one.",
            "p", "class", "notice");
}

static void write_paging(struct page *p, const struct list_info *info)
{
    struct htmlw *w = &p->w;
    if (!info->next && !info->prev)
        return;
    htmlw_open(w, "nav", "class", "paging", "aria-label", "Pages");
    htmlw_open(w, "ul");
    part_way(p, NULL, info->prev ? info->first : NULL, "First page");
    part_way(p, "prev", info->prev, "Previous page");
    part_way(p, "next", info->next, "Next page");
    htmlw_close(w, "ul");
    htmlw_close(w, "nav");
}

static void write_empty(struct page *p, const struct list_info *info, const char *many)
{
    struct htmlw *w = &p->w;
    htmlw_open(w, "div", "class", "empty");
    htmlw_open(w, "p");
    bool filtered = info->text && *info->text;
    htmlw_say(w, "No %s found", many);
    htmlw_say(w, "%s%s.", filtered ? " with " : "", filtered ? info->text : "");
    const struct catalogue_info *c = &p->env->catalogue;
    if (c->id)
        htmlw_say(w, " Searched: all %s and %s of the catalogue built %s.",
                  words_count(p, c->incidents, "incident", "incidents"),
                  words_count(p, c->organizations, "organisation", "organisations"), words_day(p, c->built));
    htmlw_close(w, "p");
    part_not_listed(p);
    htmlw_close(w, "div");
}

void list_end(struct page *p, const struct list_info *info, const char *many)
{
    if (!info->total)
        write_empty(p, info, many);
    write_paging(p, info);
}
