/* SPDX-License-Identifier: MIT */
/* The table of rules; what stands in schema.sql and finish.sql as a comment is a row here. */
#include "storage/sqlite_check.h"

#define NO_NUMBER(table)                                                                                     \
    "SELECT '" table "' FROM (SELECT count(*) AS rows, max(n) AS last, min(n) AS first FROM " table ") "     \
    "WHERE rows <> ifnull(last, 0) OR ifnull(first, 1) <> 1"

#define COUNT(column, sql) "SELECT '" column "' FROM catalogue WHERE " column " <> (" sql ")"

#define REACHED(reach)                                                                                       \
    "(SELECT count(*) FROM reach AS r WHERE r.organization = o.n AND r.reach = '" reach "')"

/* What a column of incidents has, counted, against the sets of its values. */
#define STORED(column)                                                                                       \
    "SELECT '" column " ' || iif(value = '', 'not known', value) FROM ("                                     \
    "SELECT ifnull(" column ", '') AS value, count(*) FROM incident GROUP BY 1 "                             \
    "EXCEPT SELECT value, count FROM rowset WHERE name = '" column "')"

#define LISTED "(SELECT n FROM incident WHERE listed = 1)"

const struct check_rule check_rules[] = {
    {"has row numbers with a gap", NO_NUMBER("incident")},
    {"has row numbers with a gap", NO_NUMBER("event")},
    {"has row numbers with a gap", NO_NUMBER("organization")},
    {"stands at the wrong place among incidents",
     "SELECT id FROM (SELECT id, sort_earliest AS a, sort_latest AS b, lag(sort_earliest) OVER w AS pa, "
     "lag(sort_latest) OVER w AS pb, lag(id) OVER w AS tie FROM incident WINDOW w AS (ORDER BY n)) "
     "WHERE pa < a OR (pa = a AND (pb < b OR (pb = b AND tie >= id)))"},
    {"stands at the wrong place among organisations",
     "SELECT id FROM (SELECT id, folded AS a, lag(folded) OVER w AS pa, lag(id) OVER w AS tie "
     "FROM organization WINDOW w AS (ORDER BY n)) WHERE pa > a OR (pa = a AND tie >= id)"},
    {"has an event at the wrong place in the timeline",
     "SELECT id || '#' || event FROM (SELECT i.id, e.id AS event, e.sort_earliest AS a, e.sort_latest AS b, "
     "e.ordinal AS o, i.listed, lag(e.sort_earliest) OVER w AS pa, lag(e.sort_latest) OVER w AS pb, "
     "lag(i.id) OVER w AS pi, lag(e.ordinal) OVER w AS po, lag(i.listed) OVER w AS pl "
     "FROM event AS e JOIN incident AS i ON i.n = e.incident WINDOW w AS (ORDER BY e.n)) "
     "WHERE pl < listed OR (pl = listed AND (pa < a OR (pa = a AND (pb < b OR (pb = b AND "
     "(pi < id OR (pi = id AND po <= o)))))))"},

    {"is counted wrong", COUNT("incidents", "SELECT count(*) FROM incident WHERE listed = 1")},
    {"is counted wrong", COUNT("organizations", "SELECT count(*) FROM organization")},
    {"is counted wrong",
     COUNT("dealers", "SELECT count(*) FROM organization WHERE kind IN ('dealer', 'dealer_group')")},
    {"is counted wrong", COUNT("events", "SELECT count(*) FROM event WHERE incident IN " LISTED)},
    {"is counted wrong", COUNT("sources", "SELECT count(*) FROM source WHERE incident IN " LISTED)},
    {"is counted wrong", COUNT("datasets", "SELECT count(*) FROM dataset")},
    {"is counted wrong", COUNT("all_incidents", "SELECT count(*) FROM incident")},
    {"is counted wrong", COUNT("all_events", "SELECT count(*) FROM event")},

    {"is marked as listed, or not, against its status",
     "SELECT id FROM incident WHERE listed <> (withdrawn_at IS NULL AND merged_into IS NULL "
     "AND status <> 'withdrawn')"},
    {"is filed under another year than its date's",
     "SELECT id FROM incident WHERE year IS NOT CASE sort_earliest WHEN '' THEN NULL WHEN '0000-00-00' "
     "THEN substr(sort_latest, 1, 4) ELSE substr(sort_earliest, 1, 4) END"},
    {"does not show its first party",
     "SELECT i.id FROM incident AS i LEFT JOIN party AS p ON p.incident = i.n AND p.ordinal = 0 "
     "WHERE i.organization IS NOT p.organization OR i.org_name IS NOT p.name OR i.org_kind IS NOT p.kind"},
    {"does not show its organisation's country and sector",
     "SELECT i.id FROM incident AS i LEFT JOIN organization AS o ON o.n = i.organization "
     "WHERE i.country IS NOT o.country OR i.sector IS NOT o.sector"},
    {"has a party that is not as its organisation's record says",
     "SELECT i.id FROM party AS p JOIN organization AS o ON o.n = p.organization "
     "JOIN incident AS i ON i.n = p.incident WHERE p.name <> o.name OR p.kind <> o.kind"},
    {"is sorted by another size than its headline figure",
     "SELECT i.id FROM incident AS i LEFT JOIN figure AS f ON f.incident = i.n AND f.ordinal = i.affected "
     "WHERE i.affected_unit IS NOT f.unit OR i.affected_size IS NOT coalesce(f.value, f.maximum, f.minimum)"},
    {"is a duplicate of another incident than it relates to",
     "SELECT i.id FROM incident AS i WHERE i.duplicate_of IS NOT NULL AND NOT EXISTS (SELECT 1 FROM related "
     "AS r "
     "JOIN incident AS t ON t.n = r.target WHERE r.incident = i.n AND r.relation = 'duplicate_of' "
     "AND t.id = i.duplicate_of)"},

    {"answers for another organisation, and has a record of its own",
     "SELECT a.id FROM organization_alias AS a WHERE a.id IN (SELECT id FROM organization)"},
    {"has an owner that no link states",
     "SELECT o.id FROM organization AS o WHERE o.owner IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
     "organization_link AS l WHERE l.organization = o.n AND l.target = o.owner AND l.relation = 'owned_by' "
     "AND l.until IS NULL AND l.certainty <> 'denied')"},
    {"counts its incidents wrong",
     "SELECT o.id FROM organization AS o WHERE o.own <> " REACHED("own") " OR o.through <> " REACHED(
         "group") " OR o.inherited "
                  "<> " REACHED("inherited")},
    {"does not reach an incident that names it, or reaches one that does not",
     "SELECT o.id FROM organization AS o WHERE EXISTS (SELECT p.incident FROM party AS p "
     "WHERE p.organization = o.n AND p.incident IN " LISTED " EXCEPT SELECT r.incident FROM reach AS r "
     "WHERE r.organization = o.n AND r.reach = 'own') OR EXISTS (SELECT r.incident FROM reach AS r WHERE "
     "r.organization = o.n AND r.reach = 'own' EXCEPT SELECT p.incident FROM party AS p "
     "WHERE p.organization = o.n AND p.incident IN " LISTED ")"},
    {"reaches an incident through one that it does not concern",
     "SELECT o.id FROM reach AS r JOIN organization AS o ON o.n = r.organization WHERE r.reach <> 'own' "
     "AND NOT EXISTS (SELECT 1 FROM reach AS v WHERE v.organization = r.via AND v.incident = r.incident "
     "AND v.reach = 'own')"},
    {"has another part in an incident than its record says",
     "SELECT o.id FROM reach AS r JOIN organization AS o ON o.n = r.organization WHERE NOT EXISTS (SELECT 1 "
     "FROM party AS p WHERE p.incident = r.incident AND p.organization = ifnull(r.via, r.organization) "
     "AND p.role = r.role AND p.certainty = r.certainty)"},
    {"is not the latest of its organisation",
     "SELECT o.id FROM organization AS o WHERE o.latest IS NOT (SELECT r.incident FROM reach AS r "
     "WHERE r.organization = o.n ORDER BY CASE r.reach WHEN 'own' THEN 0 WHEN 'group' THEN 1 ELSE 2 END, "
     "r.incident LIMIT 1)"},
    {"has other incidents than its stored set", STORED("year")},
    {"has other incidents than its stored set", STORED("country")},
    {"has other incidents than its stored set", STORED("status")},
    {"has other incidents than its stored set", STORED("exposure")},
    {"has other incidents than its stored set", STORED("dataset")},
    {"is summed up, but no listed incident names it",
     "SELECT p.id FROM actor_profile AS p WHERE NOT EXISTS (SELECT 1 FROM actor AS a "
     "WHERE a.id = p.id AND a.incident IN " LISTED ")"},
    {"is named by a listed incident, but not summed up",
     "SELECT DISTINCT a.id FROM actor AS a WHERE a.incident IN " LISTED " AND NOT EXISTS "
     "(SELECT 1 FROM actor_profile AS p WHERE p.id = a.id)"},
    {"is a data class summed up wrong",
     "SELECT DISTINCT c.id FROM data_class AS c WHERE c.incident IN " LISTED " AND NOT EXISTS "
     "(SELECT 1 FROM data_class_total AS t WHERE t.id = c.id AND (c.certainty = 'unknown' OR "
     "CASE c.certainty WHEN 'confirmed' THEN t.confirmed WHEN 'claimed' THEN t.claimed "
     "WHEN 'suspected' THEN t.suspected ELSE t.denied END > 0))"},
    {"has a fact in other places than from 0 on",
     "SELECT i.id FROM incident AS i WHERE "
     "(SELECT count(*) <> ifnull(max(ordinal) + 1, 0) FROM party WHERE incident = i.n) OR "
     "(SELECT count(*) <> ifnull(max(ordinal) + 1, 0) FROM figure WHERE incident = i.n) OR "
     "(SELECT count(*) <> ifnull(max(ordinal) + 1, 0) FROM date_fact WHERE incident = i.n) OR "
     "(SELECT count(*) <> ifnull(max(ordinal) + 1, 0) FROM event WHERE incident = i.n)"},
};

const size_t check_rules_n = sizeof check_rules / sizeof *check_rules;
