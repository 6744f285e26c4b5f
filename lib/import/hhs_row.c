/* SPDX-License-Identifier: MIT */
/* Rows of the breach portal become incidents; see hhs_row.h. Called by hhs.c. */
#include "import/hhs_row.h"

#include "util/limits.h"
#include "util/num.h"
#include "util/strbuf.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define ENTRY 1 /* the source that every fact here has: the portal's entry */

/* A figure of more people than there are is a slip. */
#define PEOPLE_MOST 10000000000

#define YEAR_LEAST 2009

/* One row becoming an incident. */
struct row {
    struct draft *d;
    struct cell cells[_HHS_COLUMN_N];
    const char *name; /* of who reported */
    const char *description, *location;
    const struct hhs_state *state;
    const struct hhs_entity *entity;
    const struct hhs_type *types[8]; /* those whose word is known */
    size_t n_types;
    enum certainty exposure;
    struct edtf date; /* of the report */
    struct count people;
    bool is_placeholder;
};

struct cell hhs_trim(struct cell c)
{
    while (c.n && strchr(" \t\r\n", c.text[0]) && c.text[0])
        c.text++, c.n--;
    while (c.n && strchr(" \t\r\n", c.text[c.n - 1]) && c.text[c.n - 1])
        c.n--;
    return c;
}

static bool take_number(struct cell c, size_t *at, int64_t *ret)
{
    size_t start = *at;
    while (*at < c.n && c.text[*at] >= '0' && c.text[*at] <= '9')
        ++*at;
    return num_parse_i64(c.text + start, *at - start, NUM_LEADING_ZEROS, 0, 99999, ret) == 0;
}

bool hhs_parse_date(struct cell c, int64_t *ret_year, int64_t *ret_month, int64_t *ret_day)
{
    size_t at = 0;
    int64_t parts[3];
    char mark = '\0';
    for (size_t i = 0; i < 3; i++) {
        if (i && (at == c.n || (c.text[at] != '/' && c.text[at] != '-') || (mark && c.text[at] != mark)))
            return false;
        if (i)
            mark = c.text[at++];
        if (!take_number(c, &at, &parts[i]))
            return false;
    }
    if (at < c.n && c.text[at] != ' ' && c.text[at] != 'T')
        return false;
    *ret_year = parts[mark == '/' ? 2 : 0];
    *ret_month = parts[mark == '/' ? 0 : 1];
    *ret_day = parts[mark == '/' ? 1 : 2];
    return *ret_year >= 1000;
}

/* A whole number, thousands set off by commas or not. */
static bool parse_people(struct cell c, int64_t *ret)
{
    char digits[24];
    size_t n = 0;
    for (size_t i = 0; i < c.n; i++) {
        if (c.text[i] == ',' && i && (c.n - i) % 4 == 0)
            continue;
        if (n == sizeof digits)
            return false;
        digits[n++] = c.text[i];
    }
    return num_parse_i64(digits, n, NUM_LEADING_ZEROS, 1, PEOPLE_MOST, ret) == 0;
}

static const char *text_of(struct row *r, enum hhs_column column, size_t most, bool lines)
{
    struct cell c = r->cells[column];
    const char *text = draft_text(r->d, hhs_headings[column].name, c.text, c.n, most, lines);
    return text && hhs_is_none(text) ? NULL : text;
}

/* A word that means nothing here stays in the record as it is. KIND NULL: the warning was given. */
static void keep_words(struct row *r, enum hhs_column column, int list, const char *kind, const char *reason)
{
    const char *words = text_of(r, column, LIMIT_TITLE_BYTES, false), *name = hhs_headings[column].name;
    if (!words)
        return;
    if (kind)
        draft_warn(r->d, kind, name, "\"%.100s\" %s", words, reason);
    (void)draft_caveat(r->d, list, ENTRY, draft_format(r->d, "%s in the source: \"%s\".", name, words));
}

/* --- from cells to meanings --- */

/* The portal opened in 2009: no report is older. */
static void read_date(struct row *r)
{
    int64_t year, month, day;
    if (!hhs_parse_date(r->cells[HHS_SUBMITTED], &year, &month, &day) || year < YEAR_LEAST || !month ||
        !day) {
        keep_words(r, HHS_SUBMITTED, LIST_DATES, "impossible-date", "is no date of a report; left out");
        return;
    }
    r->date = draft_date_of(r->d, hhs_headings[HHS_SUBMITTED].name, year, month, day);
    if (!r->date.text)
        keep_words(r, HHS_SUBMITTED, LIST_DATES, NULL, NULL);
}

/* Reports are due from 500 people on; who does not know the number yet reports the least one that counts. */
static void read_people(struct row *r)
{
    int64_t people;
    if (!parse_people(r->cells[HHS_AFFECTED], &people)) {
        keep_words(r, HHS_AFFECTED, LIST_FIGURES, "impossible-figure", "is no number of people; left out");
        return;
    }
    r->people = COUNT_OF(people);
    r->is_placeholder = people == 500 || people == 501;
}

static void read_state(struct row *r)
{
    const char *code = text_of(r, HHS_STATE, LIMIT_TITLE_BYTES, false);
    r->state = code ? hhs_state_of(code) : NULL;
    if (code && !r->state)
        keep_words(r, HHS_STATE, LIST_PARTIES, "unknown-word", "is no state that is known");
}

static void read_entity(struct row *r)
{
    const char *word = text_of(r, HHS_ENTITY, LIMIT_TITLE_BYTES, false);
    r->entity = word ? hhs_entity_of(word) : NULL;
    if (word && !r->entity)
        keep_words(r, HHS_ENTITY, LIST_PARTIES, "unknown-word", "is no type of entity that is known");
}

static void read_associate(struct row *r)
{
    const char *word = text_of(r, HHS_ASSOCIATE, LIMIT_TITLE_BYTES, false);
    if (word && strcasecmp(word, "Yes") == 0)
        (void)draft_caveat(r->d, LIST_PARTIES, ENTRY,
                           "A business associate was involved; the portal does not say which.");
    else if (word && strcasecmp(word, "No") != 0)
        keep_words(r, HHS_ASSOCIATE, LIST_PARTIES, "unknown-word", "is neither Yes nor No");
}

/* Null as databases dump it may stand before a text, too. */
static void read_description(struct row *r)
{
    struct cell *c = &r->cells[HHS_DESCRIPTION];
    if (c->n > 2 && memcmp(c->text, "\\N", 2) == 0)
        *c = (struct cell){c->text + 2, c->n - 2};
    r->description = text_of(r, HHS_DESCRIPTION, LIMIT_TEXT_BYTES - 2 * LIMIT_TITLE_BYTES, true);
}

/* --- what is put forward --- */

/* Who says it, and when. */
static void say(const struct row *r, struct evidence *e)
{
    if (r->name)
        e->asserted_by = (struct asserter){r->name, CLASS_COMPANY};
    e->asserted = r->date;
}

static void add_source(struct row *r)
{
    struct source *s = draft_source(r->d, CLASS_REGULATOR);
    if (!s)
        return;
    s->title = r->name ? draft_format(r->d, "Breach portal: %s", r->name) : "Breach portal: a report";
    s->publisher = HHS_PUBLISHER;
    s->url = HHS_PORTAL;
    s->seen = "record";
}

static void add_party(struct row *r)
{
    struct mention m = {.name = r->name, .country = "US", .region = r->state ? r->state->region : NULL};
    enum org_kind kind = r->entity ? r->entity->kind : ORG_OTHER;
    struct party *p = draft_mention(r->d, ROLE_BREACHED, CERTAINTY_CONFIRMED, ENTRY, kind, &m);
    const char *entity = text_of(r, HHS_ENTITY, LIMIT_TITLE_BYTES, false);
    if (!p)
        return;
    say(r, &p->e);
    if (entity)
        p->e.note = draft_format(r->d, "%s: %s", hhs_headings[HHS_ENTITY].name, entity);
}

static void add_date(struct row *r)
{
    if (!r->date.text)
        return;
    struct date_fact *f = draft_date(r->d, DATE_NOTIFIED, CERTAINTY_CONFIRMED, ENTRY);
    if (f)
        f->date = r->date;
    struct event *e = draft_event(r->d, EVENT_NOTIFICATION, CERTAINTY_CONFIRMED, ENTRY);
    if (!e)
        return;
    e->date = r->date;
    e->text = r->name ? draft_format(r->d, "%s reported a breach to the " HHS_PUBLISHER ".", r->name)
                      : "A breach was reported to the " HHS_PUBLISHER ".";
}

static void add_figure(struct row *r)
{
    struct figure *f =
        r->people.known
            ? draft_figure(r->d, r->is_placeholder ? CERTAINTY_UNKNOWN : CERTAINTY_CONFIRMED, ENTRY)
            : NULL;
    if (!f)
        return;
    f->unit = UNIT_PEOPLE;
    f->scope = SCOPE_AFFECTED;
    f->of = "individuals affected";
    f->amount.value = r->people;
    f->amount.qualifier = r->is_placeholder ? QUALIFIER_PLACEHOLDER : QUALIFIER_EXACT;
    say(r, &f->e);
    if (r->is_placeholder)
        f->e.note = "Reports are due from 500 people on; this figure is given while the number is not known.";
    else
        f->amount.min = f->amount.max = r->people;
}

/* Takes the first word off a list with commas; NULL: it was blank. */
static const char *next_word(struct row *r, enum hhs_column column, struct cell *list)
{
    const char *comma = memchr(list->text, ',', list->n), *start = list->text;
    size_t n = comma ? (size_t)(comma - start) : list->n, taken = n + (comma != NULL);
    *list = (struct cell){start + taken, list->n - taken};
    return draft_text(r->d, hhs_headings[column].name, start, n, LIMIT_TITLE_BYTES, false);
}

static bool has_thing(struct row *r)
{
    bool found = false;
    for (struct cell left = r->cells[HHS_LOCATION]; left.n && !found;) {
        const char *word = next_word(r, HHS_LOCATION, &left);
        found = word && hhs_is_thing(word);
    }
    return found;
}

/* TYPE NULL: the word is not known. */
static void add_attack(struct row *r, const char *word, const struct hhs_type *type)
{
    bool told = type && (!type->of_things || has_thing(r));
    struct attack *a = draft_attack(r->d, told ? type->action : ACTION_UNKNOWN,
                                    told ? type->attack : CERTAINTY_UNKNOWN, ENTRY);
    if (!a)
        return;
    a->variety = type ? type->variety : word;
    a->e.note = draft_format(r->d, "%s: %s", hhs_headings[HHS_TYPE].name, word);
    say(r, &a->e);
}

static void read_type(struct row *r, const char *word)
{
    const struct hhs_type *type = hhs_type_of(word);
    add_attack(r, word, type);
    if (!type)
        draft_warn(r->d, "unknown-word", hhs_headings[HHS_TYPE].name, "\"%.100s\" is no type that is known",
                   word);
    if (!type || r->n_types == sizeof r->types / sizeof *r->types)
        return;
    r->types[r->n_types++] = type;
    if (type->exposure < r->exposure)
        r->exposure = type->exposure;
}

/* What is of no known type is admitted no less. */
static void read_types(struct row *r)
{
    r->exposure = CERTAINTY_UNKNOWN;
    for (struct cell left = r->cells[HHS_TYPE]; left.n;) {
        const char *word = next_word(r, HHS_TYPE, &left);
        if (word)
            read_type(r, word);
    }
    if (r->exposure == CERTAINTY_UNKNOWN)
        r->exposure = CERTAINTY_CONFIRMED;
}

static void add_class(struct row *r)
{
    struct data_class *x = draft_class(r->d, "medical", r->exposure, ENTRY);
    r->location = text_of(r, HHS_LOCATION, LIMIT_TITLE_BYTES, false);
    if (!x)
        return;
    x->text = "protected health information";
    say(r, &x->e);
    if (r->location)
        x->e.note = draft_format(r->d, "%s: %s", hhs_headings[HHS_LOCATION].name, r->location);
}

/* --- sentences --- */

/* "loss, theft and improper disposal", or nothing. */
static void put_types(const struct row *r, struct strbuf *out)
{
    size_t left = 0, told = 0;
    for (size_t i = 0; i < r->n_types; i++)
        left += r->types[i]->plain != NULL;
    for (size_t i = 0; i < r->n_types; i++)
        if (r->types[i]->plain) {
            strbuf_adds(out, !told ? "" : left == 1 ? " and " : ", ");
            strbuf_adds(out, r->types[i]->plain);
            told++, left--;
        }
}

static const char *kept(struct row *r, struct strbuf *b)
{
    const char *text = b->failed ? NULL : arena_strdup(r->d->c->record, b->data);
    if (!text)
        r->d->error = -ENOMEM;
    return text;
}

/* "Theft and loss reported by Example Clinic" */
static void write_title(struct row *r)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    put_types(r, &b);
    if (!b.size)
        strbuf_adds(&b, "breach of health information");
    strbuf_addf(&b, " reported by %s",
                r->name     ? r->name
                : r->entity ? r->entity->plain
                            : "a healthcare entity");
    if (!r->name && r->state)
        strbuf_addf(&b, " in %s", r->state->name);
    if (!b.failed && b.data[0] >= 'a' && b.data[0] <= 'z')
        b.data[0] = (char)(b.data[0] - 'a' + 'A');
    const char *whole = kept(r, &b);
    r->d->x.row.title =
        whole ? draft_text(r->d, hhs_headings[HHS_NAME].name, whole, SIZE_MAX, LIMIT_TITLE_BYTES, false)
              : NULL;
}

/* 1234567 as "1,234,567". */
static void put_number(struct strbuf *b, int64_t n)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, n);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0)
            strbuf_addc(b, ',');
        strbuf_addc(b, digits[i]);
    }
}

/* "Example Clinic (a healthcare provider in Ohio)" */
static void put_reporter(const struct row *r, struct strbuf *b)
{
    strbuf_adds(b, r->name ? r->name : "An entity that is not named");
    if (r->entity && r->state)
        strbuf_addf(b, " (%s in %s)", r->entity->plain, r->state->name);
    else if (r->entity)
        strbuf_addf(b, " (%s)", r->entity->plain);
    else if (r->state)
        strbuf_addf(b, " (in %s)", r->state->name);
}

static void put_people(const struct row *r, struct strbuf *b)
{
    if (!r->people.known)
        return;
    strbuf_adds(b, r->is_placeholder ? " The number of people affected is not known yet: it is given as "
                                     : ", affecting ");
    put_number(b, r->people.value);
    strbuf_adds(b, r->is_placeholder      ? ", which stands for that."
                   : r->people.value == 1 ? " person."
                                          : " people.");
}

static void write_summary(struct row *r)
{
    _cleanup_strbuf_ struct strbuf b = STRBUF_INIT;
    const char *date = edtf_words(&r->date, r->d->c->record);
    put_reporter(r, &b);
    strbuf_adds(&b, " reported to the " HHS_PUBLISHER);
    if (r->date.text && date)
        strbuf_addf(&b, ", on %s,", date);
    strbuf_adds(&b, " a breach of protected health information");
    if (!r->people.known || r->is_placeholder)
        strbuf_addc(&b, '.');
    put_people(r, &b);
    if (r->location)
        strbuf_addf(&b, " Where the information was: %s.", r->location);
    if (r->description)
        strbuf_addf(&b, "\n%s", r->description);
    r->d->x.row.summary = kept(r, &b);
}

/* --- all of it --- */

static void read_cells(struct row *r)
{
    r->name =
        text_of(r, HHS_NAME, LIMIT_TITLE_BYTES - 120, false); /* a title takes it with words before it */
    read_date(r);
    add_source(r);
    read_people(r);
    read_state(r);
    read_entity(r);
    read_associate(r);
    read_description(r);
    add_party(r);
    add_date(r);
    add_figure(r);
    read_types(r);
    add_class(r);
    write_title(r);
    write_summary(r);
}

/* Record times are the day of the report: the portal shows no other. */
static void set_row(struct row *r, const char *record)
{
    struct incident_row *x = &r->d->x.row;
    x->id = draft_format(r->d, "hhs-%s", record);
    x->dataset_record = record;
    x->status = STATUS_CONFIRMED;
    if (r->date.text)
        x->added = x->modified = draft_format(r->d, "%sT00:00:00Z", r->date.text);
}

void hhs_row_read(struct draft *d, const struct cell *cells, const char *record)
{
    struct row r = {.d = d};
    memcpy(r.cells, cells, sizeof r.cells);
    read_cells(&r);
    set_row(&r, record);
}
