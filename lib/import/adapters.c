/* SPDX-License-Identifier: MIT */
/* The formats that inputs come in, and which of them a value or a text is. Called by import.c. */
#include "import/adapter.h"

#include <errno.h>
#include <string.h>

const struct adapter *const adapters[] = {
    &adapter_hhs,
    &adapter_hibp,
    &adapter_vcdb,
    &adapter_native,
};
const size_t adapters_n = sizeof adapters / sizeof *adapters;

const struct adapter *adapter_named(const char *name, size_t n)
{
    for (size_t i = 0; i < adapters_n; i++)
        if (strlen(adapters[i]->name) == n && memcmp(adapters[i]->name, name, n) == 0)
            return adapters[i];
    return NULL;
}

const struct adapter *adapter_of_text(const char *text, size_t n)
{
    enum { HEAD = 4096 };
    for (size_t i = 0; i < adapters_n; i++)
        if (adapters[i]->knows_text && adapters[i]->knows_text(text, n < HEAD ? n : HEAD))
            return adapters[i];
    return NULL;
}

static const struct adapter *of_json(const json_t *v)
{
    for (size_t i = 0; i < adapters_n; i++)
        if (adapters[i]->knows_json && adapters[i]->knows_json(v))
            return adapters[i];
    return NULL;
}

static int reject(struct catalogue *c, const struct origin *from, const char *reason)
{
    int result = report_add(c->report, from, NULL, NULL, reason);
    return result != 0 ? result : report_count(c->report, from->dataset, true, false);
}

int adapters_read_json(struct catalogue *c, const struct adapter *only, const json_t *v,
                       const struct origin *from, size_t *ret_records)
{
    const struct adapter *a = only ? only : of_json(v);
    if (!a || !a->read_json)
        return reject(c, from, "is JSON, which no record of this dataset is");
    return a->read_json(c, v, from, ret_records);
}

int adapters_settle(struct catalogue *c)
{
    int result = 0;
    for (size_t i = 0; i < adapters_n && result == 0; i++)
        if (adapters[i]->settle)
            result = adapters[i]->settle(c);
    return result;
}

static bool is_described(const struct catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->n_datasets; i++)
        if (strcmp(c->datasets[i].id, id) == 0)
            return true;
    return false;
}

static bool is_of(const char *dataset, const char *id)
{
    return dataset && strcmp(dataset, id) == 0;
}

/* Whether any record was read of the dataset, imported or not. */
static bool is_met(const struct catalogue *c, const char *id)
{
    for (size_t i = 0; i < c->n_incidents; i++)
        if (is_of(c->incidents[i].dataset, id))
            return true;
    for (size_t i = 0; i < c->report->n_tallies; i++)
        if (is_of(c->report->tallies[i].dataset, id))
            return true;
    return false;
}

int adapters_describe(struct catalogue *c)
{
    for (size_t i = 0; i < adapters_n; i++) {
        const struct dataset *about = adapters[i]->about;
        if (!about || is_described(c, about->id) || !is_met(c, about->id))
            continue;
        struct dataset *d = catalogue_add_dataset(c);
        if (!d)
            return -ENOMEM;
        *d = *about;
    }
    return 0;
}
