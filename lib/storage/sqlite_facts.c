/* SPDX-License-Identifier: MIT */
/* The eleven lists of an incident, each a statement and the function that reads one row of it. */
#include "storage/sqlite_reader.h"

#include <stddef.h>

static void read_org_ref(struct row *r, struct org_ref *ret)
{
    ret->id = row_text(r);
    ret->name = row_text(r);
    ret->kind = (enum org_kind)row_word_or(r, &vocab_org_kind, ORG_OTHER);
}

static void read_amount(struct row *r, struct amount *ret)
{
    ret->value = row_count(r);
    ret->min = row_count(r);
    ret->max = row_count(r);
}

static void read_date_fact(struct row *r, void *item)
{
    struct date_fact *x = item;
    x->kind = row_word(r, &vocab_date_kind);
    x->date = row_date(r);
    row_evidence(r, &x->e);
}

static void read_party(struct row *r, void *item)
{
    struct party *x = item;
    read_org_ref(r, &x->organization);
    x->role = row_word(r, &vocab_role);
    read_amount(r, &x->count);
    int qualifier = row_word_or(r, &vocab_qualifier, -1);
    x->has_count = qualifier >= 0;
    if (x->has_count)
        x->count.qualifier = (enum qualifier)qualifier;
    row_evidence(r, &x->e);
}

static void read_figure(struct row *r, void *item)
{
    struct figure *x = item;
    x->id = row_must_text(r);
    read_amount(r, &x->amount);
    x->amount.qualifier = row_word(r, &vocab_qualifier);
    x->unit = row_word(r, &vocab_unit);
    x->currency = row_text(r);
    x->scope = row_word(r, &vocab_scope);
    x->of = row_text(r);
    read_org_ref(r, &x->organization);
    row_evidence(r, &x->e);
}

static void read_data_class(struct row *r, void *item)
{
    struct data_class *x = item;
    x->id = row_word(r, &vocab_data_class);
    x->text = row_text(r);
    row_evidence(r, &x->e);
}

static int read_inner_texts(struct row *outer, enum statement id, int64_t ordinal, const char *const **ret,
                            size_t *ret_n)
{
    _cleanup_row_ struct row r = row_run_of(outer->rd, id, outer->record, outer->mem);
    row_bind_number(&r, ":ordinal", ordinal);
    return row_texts(&r, ret, ret_n);
}

static void read_int(struct row *r, void *item)
{
    int *n = item;
    *n = (int)row_size(r);
}

static int read_inner_ints(struct row *outer, enum statement id, int64_t ordinal, const int **ret,
                           size_t *ret_n)
{
    _cleanup_row_ struct row r = row_run_of(outer->rd, id, outer->record, outer->mem);
    row_bind_number(&r, ":ordinal", ordinal);
    return row_all(&r, sizeof(int), read_int, ret, ret_n);
}

static void read_actor(struct row *r, void *item)
{
    struct actor *x = item;
    int64_t ordinal = row_number(r);
    x->id = row_must_text(r);
    x->name = row_must_text(r);
    x->kind = row_word(r, &vocab_actor_kind);
    row_evidence(r, &x->e);
    row_fail(r, read_inner_texts(r, STMT_ACTOR_NAMES, ordinal, &x->names, &x->n_names));
}

static void read_attack(struct row *r, void *item)
{
    struct attack *x = item;
    x->action = row_word(r, &vocab_action);
    x->variety = row_text(r);
    x->vector = row_text(r);
    row_evidence(r, &x->e);
}

void read_event(struct row *r, void *item)
{
    struct event *x = item;
    x->id = row_must_text(r);
    x->date = row_date(r);
    x->kind = row_word(r, &vocab_event_kind);
    x->text = row_text(r);
    x->derived = row_number(r) != 0;
    row_evidence(r, &x->e);
}

static void read_related(struct row *r, void *item)
{
    struct related *x = item;
    x->incident.id = row_must_text(r);
    x->incident.title = row_must_text(r);
    x->incident.status = row_word(r, &vocab_status);
    x->relation = row_word(r, &vocab_relation);
    x->derived = row_number(r) != 0;
    row_evidence(r, &x->e);
}

static void read_caveat(struct row *r, void *item)
{
    struct caveat *x = item;
    x->text = row_must_text(r);
    x->about = row_word_or(r, &vocab_list_name, -1);
    x->source = (int)row_size(r);
    row_asserter(r, &x->asserted_by);
    x->asserted = row_date(r);
}

static void read_conflict(struct row *r, void *item)
{
    struct conflict *x = item;
    int64_t ordinal = row_number(r);
    x->text = row_must_text(r);
    x->about = row_word_or(r, &vocab_list_name, -1);
    row_fail(r, read_inner_ints(r, STMT_CONFLICT_SOURCES, ordinal, &x->sources, &x->n_sources));
}

#define LIST(id, member, read_item)                                                                          \
    {                                                                                                        \
        STMT_##id, sizeof *((struct incident *)0)->member, offsetof(struct incident, member),                \
            offsetof(struct incident, n_##member), read_item                                                 \
    }

/* Where each list goes in struct incident. */
static const struct {
    enum statement statement;
    size_t size, items, n;
    row_fn read;
} lists[] = {
    LIST(DATES, dates, read_date_fact),      LIST(PARTIES, parties, read_party),
    LIST(FIGURES, figures, read_figure),     LIST(DATA_CLASSES, data_classes, read_data_class),
    LIST(ACTORS, actors, read_actor),        LIST(ATTACK, attack, read_attack),
    LIST(TIMELINE, timeline, read_event),    LIST(RELATED, related, read_related),
    LIST(CAVEATS, caveats, read_caveat),     LIST(CONFLICTS, conflicts, read_conflict),
    LIST(SOURCES, sources, row_read_source),
};

int load_incident_lists(struct storage_reader *rd, int64_t n, struct incident *x, struct arena *mem)
{
    int outcome = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists && outcome == 0; i++) {
        _cleanup_row_ struct row r = row_run_of(rd, lists[i].statement, n, mem);
        r.record = n;
        size_t *ret_n = (size_t *)(void *)((char *)x + lists[i].n);
        outcome = row_all(&r, lists[i].size, lists[i].read, (char *)x + lists[i].items, ret_n);
    }
    return outcome;
}
