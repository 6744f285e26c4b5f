-- SPDX-License-Identifier: MIT
--
-- Run once by the importer after every row of schema.sql's tables is in (reach too; catalogue comes after this, since
-- its seal covers the indexes): first what can be summed up from the rows, then the indexes, which cost less to build
-- at the end than to keep while loading. No ANALYZE: every statement of the daemon is constant and its plan pinned by
-- a test, and plans must not turn on what was imported.

UPDATE organization SET
    own       = (SELECT count(*) FROM reach AS r WHERE r.organization = organization.n AND r.reach = 'own'),
    through   = (SELECT count(*) FROM reach AS r WHERE r.organization = organization.n AND r.reach = 'group'),
    inherited = (SELECT count(*) FROM reach AS r WHERE r.organization = organization.n AND r.reach = 'inherited'),
    latest    = (SELECT r.incident FROM reach AS r WHERE r.organization = organization.n
                 ORDER BY CASE r.reach WHEN 'own' THEN 0 WHEN 'group' THEN 1 ELSE 2 END, r.incident LIMIT 1);

-- Name and kind are those of the row with the least (incident, ordinal): beside min(), SQLite takes bare columns from
-- the row that is the minimum. An incident has at most LIMIT_FACTS (2,000) actors.
INSERT INTO actor_profile (id, name, kind, confirmed, claimed, suspected, denied)
SELECT id, name, kind, confirmed, claimed, suspected, denied FROM (
    SELECT a.id AS id, a.name AS name, a.kind AS kind, min(a.incident * 4096 + a.ordinal),
           count(DISTINCT CASE a.certainty WHEN 'confirmed' THEN a.incident END) AS confirmed,
           count(DISTINCT CASE a.certainty WHEN 'claimed'   THEN a.incident END) AS claimed,
           count(DISTINCT CASE a.certainty WHEN 'suspected' THEN a.incident END) AS suspected,
           count(DISTINCT CASE a.certainty WHEN 'denied'    THEN a.incident END) AS denied
      FROM actor AS a JOIN incident AS i ON i.n = a.incident AND i.listed = 1
     GROUP BY a.id);

INSERT INTO actor_profile_name (actor, ordinal, name)
SELECT id, row_number() OVER (PARTITION BY id ORDER BY first), name FROM (
    SELECT a.id AS id, x.name AS name, min((x.incident * 4096 + x.actor) * 4096 + x.ordinal) AS first
      FROM actor_name AS x
      JOIN actor AS a ON a.incident = x.incident AND a.ordinal = x.actor
      JOIN incident AS i ON i.n = a.incident AND i.listed = 1
      JOIN actor_profile AS p ON p.id = a.id AND p.name <> x.name
     GROUP BY a.id, x.name);

INSERT INTO data_class_total (id, confirmed, claimed, suspected, denied)
SELECT c.id,
       count(DISTINCT CASE c.certainty WHEN 'confirmed' THEN c.incident END),
       count(DISTINCT CASE c.certainty WHEN 'claimed'   THEN c.incident END),
       count(DISTINCT CASE c.certainty WHEN 'suspected' THEN c.incident END),
       count(DISTINCT CASE c.certainty WHEN 'denied'    THEN c.incident END)
  FROM data_class AS c JOIN incident AS i ON i.n = c.incident AND i.listed = 1
 GROUP BY c.id;

CREATE INDEX incident_size ON incident (affected_unit, affected_size DESC) WHERE listed = 1 AND duplicate_of IS NULL;
CREATE INDEX party_organization ON party (organization, role);
CREATE INDEX actor_profile_order ON actor_profile (name, id);
CREATE UNIQUE INDEX reach_pair ON reach (organization, incident);
CREATE INDEX organization_link_target ON organization_link (target);
CREATE INDEX organization_owner ON organization (owner) WHERE owner IS NOT NULL;
CREATE INDEX organization_most_hit ON organization (own DESC) WHERE kind IN ('dealer', 'dealer_group') AND own > 0;
CREATE INDEX organization_largest ON organization (own DESC, kind);
CREATE INDEX rowset_counts ON rowset (name, value, count);
CREATE INDEX rowset_largest ON rowset (name, count DESC, value);
