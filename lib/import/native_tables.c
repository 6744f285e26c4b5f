/* SPDX-License-Identifier: MIT */
/*
 * The native format, member by member. What the service adds to a record when it serves it stands here as
 * FIELD_DERIVED, so that served records are input again.
 */
#include "import/native.h"

#include "import/native_rules.h"
#include "util/limits.h"

#define N_ROWS(rows) (sizeof(rows) / sizeof *(rows))

#define DERIVED(m)                                                                                           \
    {                                                                                                        \
        .name = (m), .kind = FIELD_DERIVED                                                                   \
    }
#define AT(type, member) .offset = offsetof(struct type, member)
#define IN(type, member) .n_offset = offsetof(struct type, member)
#define MUST             .required = true
#define WORD(v)          .kind = FIELD_WORD, .vocab = &vocab_##v, .fallback = WORD_ABSENT
#define LIST(t)          .kind = FIELD_LIST, .table = &(t)
#define EVIDENCE(type)                                                                                       \
    {.name = "certainty", WORD(certainty), MUST, AT(type, e.certainty)},                                     \
        {.name = "source", .kind = FIELD_SOURCE, AT(type, e.source)},                                        \
        {.name = "asserted_by", .kind = FIELD_OBJECT, .table = &asserter, AT(type, e.asserted_by)},          \
        {.name = "asserted", .kind = FIELD_DATE, AT(type, e.asserted)},                                      \
        {.name = "note", .kind = FIELD_TEXT_LONG, AT(type, e.note)},                                         \
    {                                                                                                        \
        .name = "quote", .kind = FIELD_QUOTE, AT(type, e.quote)                                              \
    }
#define TABLE(type, rows) .size = sizeof(struct type), .fields = (rows), .n = N_ROWS(rows)

static const struct field asserter_fields[] = {
    {.name = "name", .kind = FIELD_TEXT, MUST, AT(asserter, name)},
    {.name = "class", WORD(source_class), MUST, AT(asserter, class)},
};
static const struct table asserter = {TABLE(asserter, asserter_fields)};

static const struct field source_fields[] = {
    {.name = "n", .kind = FIELD_NUMBER, MUST, AT(source, n)},
    {.name = "title", .kind = FIELD_TEXT, AT(source, title)},
    {.name = "description", .kind = FIELD_TEXT_LONG, AT(source, description)},
    {.name = "publisher", .kind = FIELD_TEXT, AT(source, publisher)},
    {.name = "url", .kind = FIELD_TEXT, .most = LIMIT_URL_BYTES, AT(source, url)},
    {.name = "published", .kind = FIELD_DATE, AT(source, published)},
    {.name = "class", WORD(source_class), MUST, AT(source, class)},
    {.name = "retrieved", .kind = FIELD_DATE, AT(source, retrieved)},
    {.name = "seen", .kind = FIELD_TEXT, AT(source, seen)},
};
const struct table native_source = {TABLE(source, source_fields), .check = rule_source};

static const struct field org_ref_fields[] = {
    {.name = "id", .kind = FIELD_ID, AT(org_ref, id)},
    {.name = "name", .kind = FIELD_TEXT, AT(org_ref, name)},
    {.name = "kind", WORD(org_kind), AT(org_ref, kind)},
};
static const struct table org_ref = {TABLE(org_ref, org_ref_fields), .check = rule_org_ref};

static const struct field incident_ref_fields[] = {
    {.name = "id", .kind = FIELD_ID, MUST, AT(incident_ref, id)},
    DERIVED("title"),
    DERIVED("status"),
};
static const struct table incident_ref = {TABLE(incident_ref, incident_ref_fields)};

static const struct field amount_fields[] = {
    {.name = "value", .kind = FIELD_COUNT, AT(amount, value)},
    {.name = "min", .kind = FIELD_COUNT, AT(amount, min)},
    {.name = "max", .kind = FIELD_COUNT, AT(amount, max)},
    {.name = "qualifier", WORD(qualifier), MUST, AT(amount, qualifier)},
};
static const struct table amount = {TABLE(amount, amount_fields), .check = rule_amount};

static const struct field date_fields[] = {
    {.name = "kind", WORD(date_kind), MUST, AT(date_fact, kind)},
    {.name = "date", .kind = FIELD_DATE, AT(date_fact, date)},
    EVIDENCE(date_fact),
};
static const struct table date_fact = {TABLE(date_fact, date_fields)};

static const struct field party_fields[] = {
    {.name = "organization", .kind = FIELD_OBJECT, .table = &org_ref, MUST, AT(party, organization)},
    {.name = "role", WORD(role), MUST, AT(party, role)},
    {.name = "count", .kind = FIELD_OBJECT, .table = &amount, AT(party, count), IN(party, has_count)},
    EVIDENCE(party),
};
static const struct table party = {TABLE(party, party_fields), .check = rule_party};

static const struct field figure_fields[] = {
    DERIVED("id"),
    {.name = "value", .kind = FIELD_COUNT, AT(figure, amount.value)},
    {.name = "min", .kind = FIELD_COUNT, AT(figure, amount.min)},
    {.name = "max", .kind = FIELD_COUNT, AT(figure, amount.max)},
    {.name = "unit", WORD(unit), MUST, AT(figure, unit)},
    {.name = "currency", .kind = FIELD_CURRENCY, AT(figure, currency)},
    {.name = "qualifier", WORD(qualifier), MUST, AT(figure, amount.qualifier)},
    {.name = "scope", WORD(scope), MUST, AT(figure, scope)},
    {.name = "of", .kind = FIELD_TEXT_LONG, AT(figure, of)},
    {.name = "organization", .kind = FIELD_OBJECT, .table = &org_ref, AT(figure, organization)},
    EVIDENCE(figure),
};
static const struct table figure = {TABLE(figure, figure_fields), .check = rule_figure};

static const struct field class_fields[] = {
    {.name = "id", WORD(data_class), MUST, AT(data_class, id)},
    {.name = "text", .kind = FIELD_TEXT_LONG, AT(data_class, text)},
    EVIDENCE(data_class),
};
static const struct table data_class = {TABLE(data_class, class_fields)};

static const struct field actor_fields[] = {
    {.name = "id", .kind = FIELD_ID, MUST, AT(actor, id)},
    {.name = "name", .kind = FIELD_TEXT, MUST, AT(actor, name)},
    {.name = "names", .kind = FIELD_TEXTS, AT(actor, names), IN(actor, n_names)},
    {.name = "kind", WORD(actor_kind), MUST, AT(actor, kind)},
    EVIDENCE(actor),
};
static const struct table actor = {TABLE(actor, actor_fields)};

static const struct field attack_fields[] = {
    {.name = "action", WORD(action), MUST, AT(attack, action)},
    {.name = "variety", .kind = FIELD_TEXT, AT(attack, variety)},
    {.name = "vector", .kind = FIELD_TEXT, AT(attack, vector)},
    EVIDENCE(attack),
};
static const struct table attack = {TABLE(attack, attack_fields)};

static const struct field event_fields[] = {
    DERIVED("id"),
    {.name = "date", .kind = FIELD_DATE, AT(event, date)},
    {.name = "kind", WORD(event_kind), MUST, AT(event, kind)},
    {.name = "text", .kind = FIELD_TEXT_LONG, AT(event, text)},
    DERIVED("derived"),
    EVIDENCE(event),
};
const struct table native_event = {TABLE(event, event_fields), .may_be_derived = true};

static const struct field related_fields[] = {
    {.name = "incident", .kind = FIELD_OBJECT, .table = &incident_ref, MUST, AT(related, incident)},
    {.name = "relation", WORD(relation), MUST, AT(related, relation)},
    DERIVED("derived"),
    EVIDENCE(related),
};
static const struct table related = {TABLE(related, related_fields), .check = rule_related,
                                     .may_be_derived = true};

static const struct field caveat_fields[] = {
    {.name = "text", .kind = FIELD_TEXT_LONG, MUST, AT(caveat, text)},
    {.name = "about", WORD(list_name), AT(caveat, about)},
    {.name = "source", .kind = FIELD_SOURCE, AT(caveat, source)},
    {.name = "asserted_by", .kind = FIELD_OBJECT, .table = &asserter, AT(caveat, asserted_by)},
    {.name = "asserted", .kind = FIELD_DATE, AT(caveat, asserted)},
};
static const struct table caveat = {TABLE(caveat, caveat_fields)};

static const struct field conflict_fields[] = {
    {.name = "text", .kind = FIELD_TEXT_LONG, MUST, AT(conflict, text)},
    {.name = "about", WORD(list_name), AT(conflict, about)},
    {.name = "sources", .kind = FIELD_CITED, AT(conflict, sources), IN(conflict, n_sources)},
};
static const struct table conflict = {TABLE(conflict, conflict_fields)};

static const struct field withdrawal_fields[] = {
    {.name = "at", .kind = FIELD_TIME, MUST, AT(withdrawal, at)},
    {.name = "reason", .kind = FIELD_TEXT_LONG, AT(withdrawal, reason)},
    {.name = "by", .kind = FIELD_TEXT, AT(withdrawal, by)},
};
static const struct table withdrawal = {TABLE(withdrawal, withdrawal_fields)};

/* Lies flat in the incident. */
static const struct field origin_fields[] = {
    {.name = "id", .kind = FIELD_ID, MUST, AT(incident, row.dataset)},
    {.name = "record", .kind = FIELD_TEXT, AT(incident, row.dataset_record)},
};
static const struct table dataset_ref = {TABLE(incident, origin_fields)};

static const struct field incident_fields[] = {
    /* sources come first: later members are checked against their numbers */
    {.name = "sources",
     .kind = FIELD_SOURCES,
     .table = &native_source,
     AT(incident, sources),
     IN(incident, n_sources)},
    {.name = "id", .kind = FIELD_ID, MUST, AT(incident, row.id)},
    {.name = "title", .kind = FIELD_TEXT, MUST, AT(incident, row.title)},
    {.name = "summary", .kind = FIELD_TEXT_LONG, AT(incident, row.summary)},
    {.name = "status", WORD(status), MUST, AT(incident, row.status)},
    {.name = "status_note", .kind = FIELD_TEXT_LONG, AT(incident, row.status_note)},
    {.name = "dataset", .kind = FIELD_OBJECT, .table = &dataset_ref},
    {.name = "added", .kind = FIELD_TIME, AT(incident, row.added)},
    {.name = "modified", .kind = FIELD_TIME, AT(incident, row.modified)},
    {.name = "withdrawn", .kind = FIELD_OBJECT, .table = &withdrawal, AT(incident, row.withdrawn)},
    {.name = "merged_into", .kind = FIELD_ID, AT(incident, row.merged_into)},
    {.name = "dates", LIST(date_fact), AT(incident, dates), IN(incident, n_dates)},
    {.name = "parties", LIST(party), AT(incident, parties), IN(incident, n_parties)},
    {.name = "figures", LIST(figure), AT(incident, figures), IN(incident, n_figures)},
    {.name = "data_classes", LIST(data_class), AT(incident, data_classes), IN(incident, n_data_classes)},
    {.name = "actors", LIST(actor), AT(incident, actors), IN(incident, n_actors)},
    {.name = "attack", LIST(attack), AT(incident, attack), IN(incident, n_attack)},
    {.name = "timeline", LIST(native_event), AT(incident, timeline), IN(incident, n_timeline)},
    {.name = "related", LIST(related), AT(incident, related), IN(incident, n_related)},
    {.name = "caveats", LIST(caveat), AT(incident, caveats), IN(incident, n_caveats)},
    {.name = "conflicts", LIST(conflict), AT(incident, conflicts), IN(incident, n_conflicts)},
    DERIVED("exposure"),
    DERIVED("date"),
    DERIVED("organization"),
    DERIVED("country"),
    DERIVED("sector"),
    DERIVED("occurred"),
    DERIVED("discovered"),
    DERIVED("contained"),
    DERIVED("notified"),
    DERIVED("disclosed"),
    DERIVED("affected"),
    DERIVED("dealers"),
    DERIVED("actions"),
    DERIVED("duplicate_of"),
    DERIVED("delays"),
    DERIVED("via"),
    DERIVED("url"),
    DERIVED("html_url"),
    DERIVED("$schema"),
};
const struct table native_incident = {TABLE(incident, incident_fields), .check = rule_incident};

static const struct field name_fields[] = {
    {.name = "name", .kind = FIELD_TEXT, MUST, AT(org_name, name)},
    {.name = "lang", .kind = FIELD_LANGUAGE, AT(org_name, lang)},
    {.name = "type", WORD(name_type), MUST, AT(org_name, type)},
    {.name = "note", .kind = FIELD_TEXT_LONG, AT(org_name, note)},
};
static const struct table org_name = {TABLE(org_name, name_fields)};

static const struct field link_fields[] = {
    {.name = "organization", .kind = FIELD_OBJECT, .table = &org_ref, MUST, AT(org_link, organization)},
    {.name = "relation", WORD(org_relation), MUST, AT(org_link, relation)},
    {.name = "from", .kind = FIELD_DATE, AT(org_link, from)},
    {.name = "until", .kind = FIELD_DATE, AT(org_link, until)},
    EVIDENCE(org_link),
};
static const struct table org_link = {TABLE(org_link, link_fields), .check = rule_link};

static const struct field organization_fields[] = {
    {.name = "sources",
     .kind = FIELD_SOURCES,
     .table = &native_source,
     AT(organization, sources),
     IN(organization, n_sources)},
    {.name = "id", .kind = FIELD_ID, MUST, AT(organization, row.id)},
    {.name = "name", .kind = FIELD_TEXT, MUST, AT(organization, row.name)},
    {.name = "kind", WORD(org_kind), MUST, AT(organization, row.kind)},
    {.name = "country", .kind = FIELD_COUNTRY, AT(organization, row.country)},
    {.name = "region", .kind = FIELD_TEXT, AT(organization, row.region)},
    {.name = "city", .kind = FIELD_TEXT, AT(organization, row.city)},
    {.name = "brands", .kind = FIELD_TEXTS, AT(organization, row.brands), IN(organization, row.n_brands)},
    {.name = "sector", .kind = FIELD_SECTOR, AT(organization, row.sector)},
    {.name = "modified", .kind = FIELD_TIME, AT(organization, row.modified)},
    {.name = "website", .kind = FIELD_URL, AT(organization, website)},
    {.name = "names", LIST(org_name), AT(organization, names), IN(organization, n_names)},
    {.name = "links", LIST(org_link), AT(organization, links), IN(organization, n_links)},
    DERIVED("owner"),
    DERIVED("incidents"),
    DERIVED("latest"),
    DERIVED("rooftops"),
    DERIVED("touching"),
    DERIVED("events"),
    DERIVED("url"),
    DERIVED("html_url"),
    DERIVED("$schema"),
};
const struct table native_organization = {TABLE(organization, organization_fields)};

static const struct field dataset_fields[] = {
    {.name = "id", .kind = FIELD_ID, MUST, AT(dataset, id)},
    {.name = "title", .kind = FIELD_TEXT, MUST, AT(dataset, title)},
    {.name = "publisher", .kind = FIELD_TEXT, AT(dataset, publisher)},
    {.name = "license", .kind = FIELD_TEXT, AT(dataset, license)},
    {.name = "license_spdx", .kind = FIELD_TEXT, AT(dataset, license_spdx)},
    {.name = "license_url", .kind = FIELD_URL, AT(dataset, license_url)},
    {.name = "credit", .kind = FIELD_TEXT_LONG, AT(dataset, credit)},
    {.name = "url", .kind = FIELD_URL, AT(dataset, url)},
    {.name = "retrieved", .kind = FIELD_DATE, AT(dataset, retrieved)},
    DERIVED("counts"),
    DERIVED("warnings"),
    DERIVED("rejects"),
    DERIVED("html_url"),
};
const struct table native_dataset = {TABLE(dataset, dataset_fields)};
