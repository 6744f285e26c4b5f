-- SPDX-License-Identifier: MIT
-- A small catalogue that has one of everything storage must tell apart; run between schema.sql and finish.sql.

INSERT INTO dataset (id, title, publisher, license, license_spdx, license_url, credit, url, retrieved,
    read, imported, rejected, withdrawn, duplicates, rejects_total) VALUES
    ('bundled', 'Bundled', 'Us', 'CC BY-SA 4.0', 'CC-BY-SA-4.0', 'https://licence.test/', 'Credit', NULL, '2024-01-02',
     8, 8, 0, 1, 0, 0),
    ('vcdb', 'VCDB', NULL, NULL, NULL, NULL, NULL, NULL, NULL, 4, 2, 2, 0, 1, 2);
INSERT INTO dataset_warning VALUES ('vcdb', 'impossible-date', 3), ('vcdb', 'attacker-url', 1);
INSERT INTO dataset_reject VALUES ('vcdb', 0, 'a.json', 'line 3', 'id', 'is not an id'),
    ('vcdb', 1, 'b.json', NULL, NULL, 'is not JSON');

INSERT INTO organization (n, id, name, folded, kind, country, region, city, sector, website, modified, digest, owner) VALUES
    (1, 'acme-auto', 'Acme Auto', 'acme auto', 'dealer', 'US', 'OH', 'Dayton', '441110', 'https://acme.test/',
     '2024-01-01T00:00:00Z', '', 3),
    (2, 'big-cars', 'Big Cars', 'big cars', 'dealer', 'JP', NULL, NULL, NULL, NULL, '2024-01-01T00:00:00Z', '', NULL),
    (3, 'corp-group', 'Corp Group', 'corp group', 'dealer_group', 'US', NULL, NULL, NULL, NULL,
     '2024-01-01T00:00:00Z', '', NULL),
    (4, 'delta-parts', 'delta parts', 'delta parts', 'supplier', 'DE', NULL, NULL, NULL, NULL,
     '2024-01-01T00:00:00Z', '', NULL),
    (5, 'eta-motors', 'Eta Motors', 'eta motors', 'automaker', NULL, NULL, NULL, NULL, NULL,
     '2024-01-01T00:00:00Z', '', NULL);
INSERT INTO organization_name VALUES (1, 0, 'アクメ', 'ja', 'native', NULL), (1, 1, 'Acme', NULL, 'former', 'until 2010');
INSERT INTO organization_brand VALUES (1, 0, 'Toyota'), (1, 1, 'Lexus');
INSERT INTO organization_source (organization, n, title, class, published) VALUES
    (1, 1, 'Annual report', 'company', '2020');
INSERT INTO organization_link VALUES
    (1, 0, 3, 'owned_by', '2010', NULL, 'confirmed', 1, NULL, NULL, NULL, NULL, NULL),
    (3, 0, 4, 'supplied_by', NULL, NULL, 'claimed', NULL, 'Delta', 'company', '2021-05', 'a note', NULL);

-- The default order: open latest before closed, ties by id, open earliest after all years, unknown last.
INSERT INTO incident (n, id, title, summary, status, exposure, date, date_basis, sort_earliest, sort_latest, year,
    disclosed, dataset, dataset_record, duplicate_of, added, modified, digest, withdrawn_at, withdrawn_reason, merged_into, listed,
    affected_others, dealers_named, dealers_others, actions, classes)
SELECT n, id, 'Title of ' || id, NULL, status, 'unknown', date, iif(date IS NULL, NULL, 'disclosed'), a, b,
    CASE WHEN a = '' THEN NULL WHEN a = '0000-00-00' THEN substr(b, 1, 4) ELSE substr(a, 1, 4) END, date,
    dataset, 'r' || n, duplicate_of, '2024-01-01T00:00:00Z', '2024-01-02T00:00:00Z', '', withdrawn_at,
    iif(withdrawn_at IS NULL, NULL, 'by request'), merged_into, withdrawn_at IS NULL AND merged_into IS NULL,
    0, 0, 0, '', ''
FROM (SELECT column1 AS n, column2 AS id, column3 AS status, column4 AS date, column5 AS a, column6 AS b,
             column7 AS dataset, column8 AS duplicate_of, column9 AS withdrawn_at, column10 AS merged_into FROM (VALUES
    (1, 'newest', 'confirmed', '2023-05-01', '2023-05-01', '2023-05-01', 'bundled', NULL, NULL, NULL),
    (2, 'open-latest', 'claimed', '[2022-01-01..]', '2022-01-01', '9999-99-99', 'vcdb', NULL, NULL, NULL),
    (3, 'same-a', 'confirmed', '2022-01-01', '2022-01-01', '2022-01-01', 'bundled', NULL, NULL, NULL),
    (4, 'same-b', 'disputed', '2022-01-01', '2022-01-01', '2022-01-01', 'bundled', NULL, NULL, NULL),
    (5, 'tombstone', 'withdrawn', '2021-06', '2021-06-01', '2021-06-30', 'bundled', NULL, '2024-02-01T00:00:00Z', NULL),
    (6, 'merged', 'confirmed', '2021-03', '2021-03-01', '2021-03-31', 'bundled', NULL, NULL, 'same-a'),
    (7, 'twin', 'suspected', '2020', '2020-01-01', '2020-12-31', 'vcdb', 'same-a', NULL, NULL),
    (8, 'open-earliest', 'suspected', '[..2019-12-31]', '0000-00-00', '2019-12-31', 'bundled', NULL, NULL, NULL),
    (9, 'undated-a', 'claimed', NULL, '', '', 'bundled', NULL, NULL, NULL),
    (10, 'undated-b', 'claimed', NULL, '', '', 'bundled', NULL, NULL, NULL)));

INSERT INTO source (incident, n, title, publisher, url, published, class, seen) VALUES
    (1, 1, NULL, 'ZDNet', 'https://zdnet.test/', '2023-05-03', 'press', 'excerpt'),
    (1, 2, 'Statement', 'Acme', NULL, NULL, 'company', NULL), (3, 1, 'Court record', NULL, NULL, NULL, 'regulator', NULL);
INSERT INTO date_fact (incident, ordinal, kind, date, certainty)
SELECT n, 0, 'disclosed', date, 'confirmed' FROM incident WHERE date IS NOT NULL;
INSERT INTO date_fact VALUES
    (1, 1, 'occurred', '2023-04-20/2023-04-25', 'claimed', 1, 'Acme', 'company', '2023-05-03', 'a note', 'words');
UPDATE incident SET occurred = '2023-04-20/2023-04-25', delay_total_min = 6, delay_total_max = 11 WHERE n = 1;

INSERT INTO party (incident, ordinal, organization, name, kind, role, certainty) VALUES
    (1, 0, 1, 'Acme Auto', 'dealer', 'breached', 'confirmed'),
    (1, 1, 4, 'delta parts', 'supplier', 'vendor', 'suspected'),
    (3, 0, 1, 'Acme Auto', 'dealer', 'customers_exposed', 'claimed'),
    (3, 1, 2, 'Big Cars', 'dealer', 'breached', 'denied'),
    (5, 0, 1, 'Acme Auto', 'dealer', 'breached', 'claimed'),
    (7, 0, 2, 'Big Cars', 'dealer', 'disrupted', 'claimed'),
    (8, 0, 3, 'Corp Group', 'dealer_group', 'breached', 'claimed');
INSERT INTO party VALUES
    (2, 0, NULL, 'dealers in Ohio', 'dealer', 'disrupted', 800, 800, 800, 'about', 'claimed', NULL, NULL, NULL, NULL, NULL,
     NULL);
UPDATE incident SET (organization, org_name, org_kind) =
    (SELECT p.organization, p.name, p.kind FROM party AS p WHERE p.incident = incident.n AND p.ordinal = 0);
UPDATE incident SET (country, sector) =
    (SELECT o.country, o.sector FROM organization AS o WHERE o.n = incident.organization);
UPDATE incident SET dealers_named = 1 WHERE n IN (1, 3, 5, 7, 8);

INSERT INTO figure VALUES
    (1, 0, 'people-1', 3100000, NULL, 3100000, 'people', NULL, 'up_to', 'affected', 'customers', 1, 'Acme Auto', 'dealer',
     'claimed', 1, 'Acme', 'company', '2023-05-03', NULL, NULL),
    (1, 1, 'people-2', NULL, 10, 20, 'people', NULL, 'between', 'alternative', NULL, NULL, NULL, NULL,
     'claimed', 1, 'Someone', 'attacker', NULL, NULL, NULL),
    (1, 2, 'money-1', 5, 5, 5, 'money', 'USD', 'exact', 'context', 'the fine', NULL, 'the region', 'other',
     'confirmed', 2, NULL, NULL, NULL, NULL, NULL),
    (1, 3, 'dealers-1', 8, 8, 8, 'dealers', NULL, 'exact', 'disrupted', 'dealers', NULL, NULL, NULL,
     'confirmed', 2, NULL, NULL, NULL, NULL, NULL),
    (3, 0, 'people-1', 5000000, 5000000, 5000000, 'people', NULL, 'exact', 'affected', NULL, NULL, NULL, NULL,
     'confirmed', 1, NULL, NULL, NULL, NULL, NULL),
    (7, 0, 'people-1', 9000000, 9000000, 9000000, 'people', NULL, 'exact', 'affected', NULL, NULL, NULL, NULL,
     'confirmed', NULL, NULL, NULL, NULL, NULL, NULL);
UPDATE incident SET affected = 0, affected_unit = 'people', affected_size = 3100000, affected_others = 1,
    dealers_stated = 3, exposure = 'suspected', classes = 'names=suspected emails=claimed', actions = 'hacking malware'
    WHERE n = 1;
UPDATE incident SET exposure = 'claimed' WHERE n = 1;
UPDATE incident SET affected = 0, affected_unit = 'people', affected_size = 5000000, exposure = 'confirmed' WHERE n = 3;
UPDATE incident SET affected = 0, affected_unit = 'people', affected_size = 9000000, exposure = 'confirmed' WHERE n = 7;

INSERT INTO data_class VALUES
    (1, 0, 'names', 'customer names', 'suspected', 1, NULL, NULL, NULL, NULL, NULL),
    (1, 1, 'emails', NULL, 'suspected', 1, NULL, NULL, NULL, NULL, NULL),
    (1, 2, 'emails', 'mail', 'claimed', 2, NULL, NULL, NULL, NULL, NULL),
    (1, 3, 'payment-cards', 'financial details', 'denied', 2, NULL, NULL, NULL, NULL, NULL),
    (5, 0, 'medical', NULL, 'confirmed', NULL, NULL, NULL, NULL, NULL, NULL);
UPDATE incident SET exposure = 'confirmed', classes = 'medical=confirmed' WHERE n = 5;
INSERT INTO actor VALUES
    (1, 0, 'apt32', 'APT32', 'state', 'suspected', 1, 'FireEye', 'researcher', NULL, NULL, NULL),
    (1, 1, 'apt32', 'APT32', 'state', 'denied', 2, NULL, NULL, NULL, NULL, NULL),
    (3, 0, 'apt32', 'OceanLotus', 'group', 'suspected', NULL, NULL, NULL, NULL, NULL, NULL),
    (5, 0, 'insider', 'An insider', 'insider', 'claimed', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO actor_name VALUES (1, 0, 0, 'OceanLotus'), (1, 0, 1, 'SeaLotus'), (3, 0, 0, 'APT32'), (3, 0, 1, 'Cobalt Kitty');
INSERT INTO attack VALUES
    (1, 0, 'hacking', 'SQLi', 'Web application', 'claimed', 1, NULL, NULL, NULL, NULL, NULL),
    (1, 1, 'malware', NULL, NULL, 'claimed', NULL, NULL, NULL, NULL, NULL, NULL),
    (1, 2, 'hacking', NULL, NULL, 'claimed', NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO related VALUES
    (1, 0, 3, 'possible_link', 0, 'suspected', NULL, NULL, NULL, NULL, NULL, NULL),
    (3, 0, 1, 'possible_link', 1, 'suspected', NULL, NULL, NULL, NULL, NULL, NULL),
    (7, 0, 3, 'duplicate_of', 1, 'confirmed', NULL, NULL, NULL, NULL, 'same people', NULL);
INSERT INTO caveat VALUES (1, 0, 'What was taken is not clear', 'data_classes', 1, 'Acme', 'company', '2023-05-03'),
    (1, 1, 'No other incident is known', NULL, NULL, NULL, NULL, NULL);
INSERT INTO conflict VALUES (1, 0, 'They disagree', 'parties'), (1, 1, 'Again', NULL);
INSERT INTO conflict_source VALUES (1, 0, 0, 2), (1, 0, 1, 1), (1, 1, 0, 1);

-- Events: what was told, and one of each date; newest numbered 1 once all are in.
CREATE TEMP TABLE told (incident, ordinal, id, date, a, b, kind, text, derived, certainty, source);
INSERT INTO told VALUES
    (1, 2, 'statement-2023-05-02', '2023-05-02', '2023-05-02', '2023-05-02', 'statement', 'Acme spoke.', 0, 'confirmed', 1),
    (1, 0, 'intrusion-2023-04-20-to-2023-04-25', '2023-04-20/2023-04-25', '2023-04-20', '2023-04-25', 'intrusion',
     'The date given for the incident.', 1, 'claimed', 1),
    (3, 0, 'leak-2022-01-01', '2022-01-01', '2022-01-01', '2022-01-01', 'leak', 'It leaked.', 0, 'claimed', NULL),
    (9, 0, 'other-undated', NULL, '', '', 'other', 'Something.', 0, 'claimed', NULL);
INSERT INTO told
SELECT n, CASE n WHEN 1 THEN 1 WHEN 3 THEN 1 ELSE 0 END,
    CASE id WHEN 'open-latest' THEN 'disclosure-within-2022-01-01-open'
            WHEN 'open-earliest' THEN 'disclosure-within-open-2019-12-31' ELSE 'disclosure-' || date END,
    date, sort_earliest, sort_latest, 'disclosure', 'The date given for its becoming public.', 1, 'confirmed', NULL
FROM incident WHERE date IS NOT NULL;
INSERT INTO event (n, incident, ordinal, id, date, sort_earliest, sort_latest, kind, text, derived, certainty, source)
SELECT row_number() OVER (ORDER BY i.listed DESC, t.a DESC, t.b DESC, i.id DESC, t.ordinal DESC),
    t.incident, t.ordinal, t.id, t.date, t.a, t.b, t.kind, t.text, t.derived, t.certainty, t.source
FROM told AS t JOIN incident AS i ON i.n = t.incident;
DROP TABLE told;

INSERT INTO reach VALUES
    (1, 'own', 1, 'breached', 'confirmed', NULL, NULL), (1, 'own', 3, 'customers_exposed', 'claimed', NULL, NULL),
    (1, 'inherited', 8, 'breached', 'claimed', 3, 'owned_by'),
    (2, 'own', 3, 'breached', 'denied', NULL, NULL), (2, 'own', 7, 'disrupted', 'claimed', NULL, NULL),
    (3, 'own', 8, 'breached', 'claimed', NULL, NULL), (3, 'group', 1, 'breached', 'confirmed', 1, 'owned_by'),
    (3, 'group', 3, 'customers_exposed', 'claimed', 1, 'owned_by'),
    (4, 'own', 1, 'vendor', 'suspected', NULL, NULL);
