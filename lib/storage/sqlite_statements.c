/* SPDX-License-Identifier: MIT */
/*
 * The list of statements. Columns are read in the order they stand here (sqlite_row.c reads from left to
 * right), so a statement and the function that reads it change together. Every page and every set is found by
 * a row number or an index; what may scan a table is listed, with its reason, in tests/unit/test_storage_plan.c.
 */
#include "storage/sqlite_statements.h"

/* The evidence columns of table alias T, as row_evidence reads them. */
#define EVIDENCE(t)                                                                                          \
    t ".certainty, " t ".source, " t ".asserter, " t ".asserter_class, " t ".asserted, " t ".note, " t       \
      ".quote"

/* A source, as row_source reads it. */
/* A tie that is one at present, as org_link_holds() has it. */
#define HOLDS "until IS NULL AND certainty <> 'denied'"

#define SOURCE(t)                                                                                            \
    t ".n, " t ".title, " t ".description, " t ".publisher, " t ".url, " t ".published, " t ".class, " t     \
      ".retrieved, " t ".seen"

/* A figure with who says it and where, as row_affected reads it. */
#define AFFECTED(f, s)                                                                                       \
    f ".id, " f ".value, " f ".minimum, " f ".maximum, " f ".qualifier, " f ".unit, " f ".scope, " f         \
      ".certainty, " f ".asserter, " f ".asserter_class, " f ".asserted, " s ".publisher, " f ".source, " f  \
      ".counted"

/* The figure of incident i that column ORDINAL points at. */
#define JOIN_FIGURE(f, s, ordinal)                                                                           \
    " LEFT JOIN figure AS " f " ON " f ".incident = i.n AND " f ".ordinal = i." ordinal                      \
    " LEFT JOIN source AS " s " ON " s ".incident = i.n AND " s ".n = " f ".source"

#define OF_INCIDENT(table) " FROM " table " AS t WHERE t.incident = :n ORDER BY t.ordinal"

#define CERTAINTIES "confirmed, claimed, suspected, denied"

#define DATASET_COLUMNS                                                                                      \
    "id, title, publisher, license, license_spdx, license_url, credit, url, retrieved, read, imported, "     \
    "rejected, withdrawn, duplicates, rejects_total"

#define S(id, text) [STMT_##id] = {#id, text}

static const struct {
    const char *name, *text;
} statements[_STMT_N] = {
    S(CATALOGUE, "SELECT id, built, incidents, organizations, dealers, events, sources, datasets, "
                 "all_incidents, all_events, row_format, seal FROM catalogue"),
    S(MOST_INCIDENT, "SELECT max(n) FROM incident"),
    S(MOST_EVENT, "SELECT max(n) FROM event"),
    S(MOST_ORGANIZATION, "SELECT max(n) FROM organization"),

    S(INCIDENT_NUMBER, "SELECT n FROM incident WHERE id = :id"),
    S(INCIDENT_NEXT, "SELECT n, id FROM incident WHERE id > :id ORDER BY id LIMIT 1"),
    S(INCIDENT_KEY, "SELECT sort_earliest, sort_latest, id FROM incident WHERE n = :n"),
    S(INCIDENT_ID, "SELECT id FROM incident WHERE n = :n"),
    S(INCIDENT_TITLE, "SELECT title, id FROM incident WHERE n = :n"),
    S(INCIDENT_ADDRESSES, "SELECT n, id, modified, 0 FROM incident "
                          "WHERE n > :from AND n <= :to AND listed = 1 ORDER BY n LIMIT :limit"),
    S(INCIDENT_ROW,
      "SELECT i.id, i.title, i.summary, i.status, i.status_note, i.exposure, i.date, i.date_basis, o.id, "
      "i.org_name, i.org_kind, i.country, i.sector, i.occurred, i.discovered, i.disclosed, " //
      AFFECTED("f", "fs") ", i.affected_others, i.dealers_named, " AFFECTED(
          "d", "ds") ", i.dealers_others, i.actions, i.classes, i.dataset, i.dataset_record, "
                     "i.duplicate_of, i.added, i.modified, i.withdrawn_at, i.withdrawn_reason, "
                     "i.withdrawn_by, i.merged_into "
                     "FROM incident AS i LEFT JOIN organization AS o ON o.n = i.organization" //
      JOIN_FIGURE("f", "fs", "affected") JOIN_FIGURE("d", "ds", "dealers_stated") " WHERE i.n = :n"),
    S(INCIDENT_REST, "SELECT contained, notified, delay_discovery_min, delay_discovery_max, "
                     "delay_disclosure_min, delay_disclosure_max, delay_total_min, delay_total_max "
                     "FROM incident WHERE n = :n"),
    S(DATES, "SELECT t.kind, t.date, " EVIDENCE("t") OF_INCIDENT("date_fact")),
    S(PARTIES, "SELECT o.id, t.name, t.kind, t.role, t.count_value, t.count_minimum, t.count_maximum, "
               "t.count_qualifier, " EVIDENCE("t") " FROM party AS t LEFT JOIN organization AS o "
                                                   "ON o.n = t.organization "
                                                   "WHERE t.incident = :n ORDER BY t.ordinal"),
    S(FIGURES, "SELECT t.id, t.value, t.minimum, t.maximum, t.qualifier, t.unit, t.currency, t.scope, "
               "t.counted, o.id, t.org_name, t.org_kind, " EVIDENCE(
                   "t") " FROM figure AS t LEFT JOIN organization AS o ON o.n = t.organization "
                        "WHERE t.incident = :n ORDER BY t.ordinal"),
    S(DATA_CLASSES, "SELECT t.id, t.text, " EVIDENCE("t") OF_INCIDENT("data_class")),
    S(ACTORS, "SELECT t.ordinal, t.id, t.name, t.kind, " EVIDENCE("t") OF_INCIDENT("actor")),
    S(ACTOR_NAMES, "SELECT name FROM actor_name WHERE incident = :n AND actor = :ordinal ORDER BY ordinal"),
    S(ACTOR_CERTAINTY, "SELECT certainty FROM actor WHERE incident = :n AND id = :value ORDER BY ordinal"),
    S(ATTACK, "SELECT t.action, t.variety, t.vector, " EVIDENCE("t") OF_INCIDENT("attack")),
    S(TIMELINE, "SELECT t.id, t.date, t.kind, t.text, t.derived, " EVIDENCE("t") OF_INCIDENT("event")),
    S(RELATED, "SELECT i.id, i.title, i.status, t.relation, t.derived, " EVIDENCE(
                   "t") " FROM related AS t CROSS JOIN incident AS i ON i.n = t.target "
                        "WHERE t.incident = :n ORDER BY t.ordinal"),
    S(CAVEATS, "SELECT t.text, t.about, t.source, t.asserter, t.asserter_class, t.asserted" //
      OF_INCIDENT("caveat")),
    S(CONFLICTS, "SELECT t.ordinal, t.text, t.about" OF_INCIDENT("conflict")),
    S(CONFLICT_SOURCES,
      "SELECT source FROM conflict_source WHERE incident = :n AND conflict = :ordinal ORDER BY ordinal"),
    S(SOURCES, "SELECT " SOURCE("t") " FROM source AS t WHERE t.incident = :n ORDER BY t.n"),

    S(ROWSET, "SELECT count, bytes FROM rowset WHERE name = :name AND value = :value"),
    S(ROWSETS, "SELECT value, count FROM rowset WHERE name = :name ORDER BY value"),
    S(ROWSETS_LARGEST, "SELECT count, value FROM rowset WHERE name = :name ORDER BY count DESC"),
    S(SLICES, "SELECT least, digits FROM slices WHERE name = :name"),
    S(SET_ORGANIZATION, "SELECT incident FROM party WHERE organization = :n AND role = :role"),
    S(PARTY_ORGANIZATIONS,
      "SELECT organization, kind, role FROM party WHERE incident = :n AND organization IS NOT NULL"),
    S(VIA, "SELECT v.id, v.name, r.via_relation FROM organization AS o "
           "CROSS JOIN reach AS r ON r.organization = o.n AND r.incident = :n "
           "AND (:inherited OR r.reach <> 'inherited') "
           "CROSS JOIN organization AS v ON v.n = r.via WHERE o.id = :value"),
    S(SET_LARGEST, "SELECT n FROM incident WHERE listed = 1 AND duplicate_of IS NULL "
                   "AND affected_unit = 'people' AND affected_size IS NOT NULL "
                   "ORDER BY affected_size DESC, n LIMIT :limit"),

    S(WORDS, "SELECT rowid FROM words WHERE words MATCH :match"),
    S(WORDS_WEIGHED, "SELECT rowid, CAST(-1e6 * bm25(words, 8, 4, 1) AS INTEGER) FROM words "
                     "WHERE words MATCH :match AND sought(rowid)"),
    S(WORDS_COUNT, "SELECT incidents FROM word WHERE word = :id"),
    S(WORDS_BEGINNING, "SELECT word, incidents FROM word WHERE word >= :from AND word < :to LIMIT :limit"),
    S(ORG_WORDS, "SELECT rowid FROM organization_words WHERE organization_words MATCH :match"),

    S(EVENT_KEY, "SELECT e.sort_earliest, e.sort_latest, i.id, e.ordinal FROM event AS e "
                 "CROSS JOIN incident AS i ON i.n = e.incident WHERE e.n = :n"),
    S(EVENT_ROW, "SELECT e.id, e.date, e.kind, e.text, e.derived, " EVIDENCE("e") //
      ", i.id, i.title, i.status, i.modified, " SOURCE(
          "s") " FROM event AS e CROSS JOIN incident AS i ON i.n = e.incident "
               "LEFT JOIN source AS s ON s.incident = e.incident AND s.n = e.source WHERE e.n = :n"),
    S(EVENT_KEYS, "SELECT sort_earliest, sort_latest FROM event WHERE incident = :n ORDER BY ordinal"),
    S(EVENT_INCIDENT, "SELECT incident FROM event WHERE n = :n"),
    S(EVENT_SET_INCIDENT, "SELECT n FROM event WHERE incident = :n"),

    S(ORG_NUMBER, "SELECT n FROM organization WHERE id = :id"),
    S(ORG_ALIAS, "SELECT o.id, o.name, o.kind FROM organization_alias AS a "
                 "CROSS JOIN organization AS o ON o.n = a.organization WHERE a.id = :id"),
    S(ORG_NEXT, "SELECT n, id FROM organization WHERE id > :id ORDER BY id LIMIT 1"),
    S(ORG_KEY, "SELECT folded, id FROM organization WHERE n = :n"),
    S(ORG_ID, "SELECT id FROM organization WHERE n = :n"),
    S(ORG_ADDRESSES, "SELECT n, id, modified, kind IN ('dealer', 'dealer_group') FROM organization "
                     "WHERE n > :from AND n <= :to ORDER BY n LIMIT :limit"),
    S(ORG_NAME, "SELECT name FROM organization WHERE id = :id"),
    S(ORG_NEWEST, "SELECT ifnull(i.sort_earliest, ''), ifnull(i.sort_latest, '') FROM organization AS o "
                  "LEFT JOIN incident AS i ON i.n = o.latest WHERE o.n = :n"),
    S(ORG_LARGEST, "SELECT n, own, kind FROM organization INDEXED BY organization_largest ORDER BY own DESC"),
    S(ORG_ROW, "SELECT o.id, o.name, o.kind, o.country, o.region, o.city, o.sector, w.id, w.name, w.kind, "
               "o.own, o.through, o.inherited, i.id, i.title, i.status, i.date, o.modified "
               "FROM organization AS o LEFT JOIN organization AS w ON w.n = o.owner "
               "LEFT JOIN incident AS i ON i.n = o.latest WHERE o.n = :n"),
    S(ORG_WEBSITE, "SELECT website FROM organization WHERE n = :n"),
    S(ORG_BRANDS, "SELECT brand FROM organization_brand WHERE organization = :n ORDER BY ordinal"),
    S(ORG_NAMES,
      "SELECT name, lang, type, note FROM organization_name WHERE organization = :n ORDER BY ordinal"),
    S(ORG_LINKS, "SELECT o.id, o.name, o.kind, t.relation, t.since, t.until, " EVIDENCE(
                     "t") " FROM organization_link AS t CROSS JOIN organization AS o ON o.n = t.target "
                          "WHERE t.organization = :n ORDER BY t.ordinal"),
    S(ORG_SOURCES,
      "SELECT " SOURCE("t") " FROM organization_source AS t WHERE t.organization = :n ORDER BY t.n"),
    S(ORG_KIND, "SELECT kind FROM organization WHERE n = :n"),
    S(ORG_HOLDINGS, "SELECT organization FROM organization_link WHERE target = :n "
                    "AND relation = 'owned_by' AND " HOLDS),
    S(ORG_OWNERS, "SELECT target FROM organization_link WHERE organization = :n "
                  "AND relation = 'owned_by' AND " HOLDS),
    S(ORG_SUPPLIERS, "SELECT target FROM organization_link WHERE organization = :n "
                     "AND relation = 'supplied_by' AND " HOLDS),
    S(ORG_SET_OWNER, "SELECT n FROM organization WHERE owner = :n"),
    S(ORG_SET_OWNED, "SELECT o.n FROM organization AS w CROSS JOIN organization AS o ON o.owner = w.n "
                     "WHERE w.id = :value"),
    S(ORG_MOST_HIT, "SELECT n FROM organization INDEXED BY organization_most_hit "
                    "WHERE kind IN ('dealer', 'dealer_group') AND own > 0 "
                    "ORDER BY own DESC, n LIMIT :limit"),
    S(TOUCHING, "SELECT r.incident, r.role, r.certainty, v.id, v.name, r.via_relation FROM reach AS r "
                "LEFT JOIN organization AS v ON v.n = r.via "
                "WHERE r.organization = :n AND r.reach = :reach ORDER BY r.incident LIMIT :limit"),

    S(PROFILES, "SELECT id, name, kind, " CERTAINTIES " FROM actor_profile ORDER BY name, id"),
    S(PROFILE, "SELECT id, name, kind, " CERTAINTIES " FROM actor_profile WHERE id = :id"),
    S(PROFILE_NAME, "SELECT name FROM actor_profile WHERE id = :id"),
    S(PROFILE_NAMES, "SELECT name FROM actor_profile_name WHERE actor = :id ORDER BY ordinal"),
    S(CLASS_TOTALS, "SELECT id, " CERTAINTIES " FROM data_class_total"),
    S(DATASETS, "SELECT " DATASET_COLUMNS " FROM dataset ORDER BY id"),
    S(DATASET, "SELECT " DATASET_COLUMNS " FROM dataset WHERE id = :id"),
    S(DATASET_TITLE, "SELECT title FROM dataset WHERE id = :id"),
    S(WARNINGS, "SELECT kind, count FROM dataset_warning WHERE dataset = :id ORDER BY kind"),
    S(REJECTS,
      "SELECT file, position, field, reason FROM dataset_reject WHERE dataset = :id ORDER BY ordinal"),
};

const char *statement_text(enum statement id)
{
    return statements[id].text;
}

const char *statement_name(enum statement id)
{
    return statements[id].name;
}
