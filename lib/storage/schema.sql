-- SPDX-License-Identifier: MIT
--
-- The catalogue: one SQLite file that breachctl builds and breachd only reads. This file creates its tables, on an
-- empty database, before anything is loaded; finish.sql then makes what follows from the rows (totals, indexes).
-- Changing a table's meaning or shape raises user_version, and SCHEMA_VERSION in schema.h with it.
--
-- Throughout:
--   * words of closed vocabularies stand as their ids in data ("customers_exposed"), never as numbers;
--   * dates of the world are EDTF text as stated, NULL when not known; their bounds are derived again when read;
--     our own times are RFC 3339 in UTC;
--   * incident.n, organization.n and event.n count from 1 without a gap and are the default order of their lists, so
--     a page of a list is a range of row ids;
--   * every table of facts is keyed by (incident, ordinal): ordinal counts from 0 in the order of the record;
--   * the evidence of a fact is seven columns, always the same:
--       certainty       confirmed, claimed, suspected, denied or unknown
--       source          n of a source of the same incident; NULL: compiled from the record as a whole
--       asserter        who says so; NULL: the source speaks itself
--       asserter_class  class of the asserter (vocabulary source_class); NULL with it
--       asserted        when it was said, EDTF
--       note, quote     a remark of ours; the source's own words

PRAGMA application_id = 0x42726368; -- "Brch"
PRAGMA user_version = 5;

CREATE TABLE catalogue ( -- what the file says of itself: exactly one row
    one           INTEGER NOT NULL PRIMARY KEY CHECK (one = 1), -- always 1
    id            TEXT NOT NULL,    -- digest over datasets, organisations, incidents and built; lower-case hex
    built         TEXT NOT NULL,    -- when these contents came to be, RFC 3339
    incidents     INTEGER NOT NULL, -- listed incidents
    organizations INTEGER NOT NULL, -- rows of organization
    dealers       INTEGER NOT NULL, -- of these, kind dealer or dealer_group
    events        INTEGER NOT NULL, -- events of listed incidents: event.n from 1 to this
    sources       INTEGER NOT NULL, -- sources of listed incidents
    datasets      INTEGER NOT NULL, -- rows of dataset
    all_incidents INTEGER NOT NULL, -- rows of incident, unlisted ones too: the greatest incident.n
    all_events    INTEGER NOT NULL, -- rows of event: the greatest event.n
    row_format    INTEGER NOT NULL, -- JSON_ROW_FORMAT of the renderer of incident_row; 0: it is empty
    seal          TEXT NOT NULL     -- schema_seal() over the columns above and the text of this schema
) STRICT;

CREATE TABLE dataset ( -- where records come from, and how their import went
    id            TEXT NOT NULL PRIMARY KEY, -- bundled, vcdb, hibp, hhs, ...
    title         TEXT NOT NULL,    -- as a page says it
    publisher     TEXT,             -- who publishes it
    license       TEXT,             -- as people write it: "CC BY-SA 4.0"
    license_spdx  TEXT,             -- SPDX identifier of the licence
    license_url   TEXT,             -- text of the licence
    credit        TEXT,             -- the credit line its licence asks for
    url           TEXT,             -- its home
    retrieved     TEXT,             -- when it was fetched, EDTF
    read          INTEGER NOT NULL, -- records read from it
    imported      INTEGER NOT NULL, -- of these, taken
    rejected      INTEGER NOT NULL, -- of these, refused
    withdrawn     INTEGER NOT NULL, -- withdrawn ones, those too that earlier imports took
    duplicates    INTEGER NOT NULL, -- of those taken, duplicates of another incident
    rejects_total INTEGER NOT NULL  -- all rejects, of which dataset_reject names the first ones
) STRICT, WITHOUT ROWID;

CREATE TABLE dataset_warning ( -- how often the import warned, by kind
    dataset TEXT NOT NULL REFERENCES dataset (id), -- the dataset
    kind    TEXT NOT NULL,    -- kind of the warning, a word
    count   INTEGER NOT NULL, -- how often
    PRIMARY KEY (dataset, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE dataset_reject ( -- what the import refused, in the order met
    dataset  TEXT NOT NULL REFERENCES dataset (id), -- the dataset
    ordinal  INTEGER NOT NULL, -- from 0
    file     TEXT NOT NULL,    -- base name of the file, never a local path
    position TEXT,             -- where in the file: a line, a record number
    field    TEXT,             -- the member at fault; NULL: the record or the file as a whole
    reason   TEXT NOT NULL,    -- one clause
    PRIMARY KEY (dataset, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE organization ( -- companies, dealers and others; n in order of folded, then id (both by bytes)
    n         INTEGER NOT NULL PRIMARY KEY, -- place in the default order, from 1
    id        TEXT NOT NULL UNIQUE, -- permanent
    name      TEXT NOT NULL,    -- as shown
    folded    TEXT NOT NULL,    -- name, case-folded: the sort key
    kind      TEXT NOT NULL,    -- vocabulary org_kind
    country   TEXT,             -- ISO 3166-1 alpha-2
    region    TEXT,             -- state or province
    city      TEXT,             -- town
    sector    TEXT,             -- NAICS
    website   TEXT,             -- URL
    modified  TEXT NOT NULL,    -- RFC 3339
    digest    TEXT NOT NULL,    -- of the content, for the next import: whether the record has changed since
    owner     INTEGER REFERENCES organization (n) DEFERRABLE INITIALLY DEFERRED, -- derived: the present owner
    own       INTEGER NOT NULL DEFAULT 0, -- filled by finish.sql: rows of reach with reach own
    through   INTEGER NOT NULL DEFAULT 0, -- filled by finish.sql: with reach group
    inherited INTEGER NOT NULL DEFAULT 0, -- filled by finish.sql: with reach inherited
    latest    INTEGER REFERENCES incident (n) DEFERRABLE INITIALLY DEFERRED
                                          -- filled by finish.sql: its newest incident, own before group before inherited
) STRICT;

CREATE TABLE organization_alias ( -- ids that lead to an organisation which has another one
    id           TEXT NOT NULL PRIMARY KEY, -- never an organization.id
    organization INTEGER NOT NULL REFERENCES organization (n) -- where it leads
) STRICT, WITHOUT ROWID;

CREATE TABLE organization_name ( -- other names of an organisation
    organization INTEGER NOT NULL REFERENCES organization (n), -- whose
    ordinal      INTEGER NOT NULL, -- from 0, in the order of the record
    name         TEXT NOT NULL,    -- the other name
    lang         TEXT,             -- BCP 47
    type         TEXT NOT NULL,    -- vocabulary name_type
    note         TEXT,             -- why it is here
    PRIMARY KEY (organization, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE organization_brand ( -- brands an organisation sells or makes
    organization INTEGER NOT NULL REFERENCES organization (n), -- whose
    ordinal      INTEGER NOT NULL, -- from 0, in the order of the record
    brand        TEXT NOT NULL,    -- as written
    PRIMARY KEY (organization, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE organization_source ( -- sources of an organisation's record
    organization INTEGER NOT NULL REFERENCES organization (n), -- whose
    n            INTEGER NOT NULL, -- number within the record, from 1, permanent
    title        TEXT,             -- title of the page or document
    description  TEXT,             -- what it is, in words
    publisher    TEXT,             -- who publishes it
    url          TEXT,             -- where it is
    published    TEXT,             -- EDTF
    class        TEXT NOT NULL,    -- vocabulary source_class
    retrieved    TEXT,             -- EDTF
    seen         TEXT,             -- how much of it was seen: "excerpt"
    PRIMARY KEY (organization, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE organization_link ( -- ownership and supply, only as stated
    organization   INTEGER NOT NULL REFERENCES organization (n), -- the one owned or supplied
    ordinal        INTEGER NOT NULL, -- from 0, in the order of the record
    target         INTEGER NOT NULL REFERENCES organization (n), -- its owner or supplier
    relation       TEXT NOT NULL,    -- owned_by, supplied_by
    since          TEXT,             -- from when, EDTF
    until          TEXT,             -- until when, EDTF
    certainty      TEXT NOT NULL,    -- evidence; source is a number of organization_source
    source         INTEGER,          -- evidence
    asserter       TEXT,             -- evidence
    asserter_class TEXT,             -- evidence
    asserted       TEXT,             -- evidence
    note           TEXT,             -- evidence
    quote          TEXT,             -- evidence
    PRIMARY KEY (organization, ordinal),
    FOREIGN KEY (organization, source) REFERENCES organization_source (organization, n) DEFERRABLE INITIALLY DEFERRED
) STRICT, WITHOUT ROWID;

-- Incidents, listed and unlisted, and all that a row of a list shows of them, so that a page reads no list.
-- n in order of (sort_earliest, sort_latest) descending, then id ascending, all by bytes.
CREATE TABLE incident ( -- one incident
    n              INTEGER NOT NULL PRIMARY KEY, -- place in the default order, from 1
    id             TEXT NOT NULL UNIQUE, -- permanent
    title          TEXT NOT NULL,    -- plain text
    summary        TEXT,             -- plain text
    status         TEXT NOT NULL,    -- did it happen: vocabulary status
    status_note    TEXT,             -- the sentence that decided
    exposure       TEXT NOT NULL,    -- derived: did data get out, vocabulary exposure
    date           TEXT,             -- derived: first known of disclosed, notified, discovered, occurred; EDTF
    date_basis     TEXT,             -- derived: which of these; NULL when date is
    sort_earliest  TEXT NOT NULL,    -- derived: schema_sort_key() of date
    sort_latest    TEXT NOT NULL,    -- derived: as above
    year           TEXT,             -- derived: schema_year() of date, four digits
    organization   INTEGER REFERENCES organization (n), -- derived: of the first party; NULL: unnamed or none
    org_name       TEXT,             -- derived: name of the first party, also when unnamed; NULL: no party
    org_kind       TEXT,             -- derived: its kind
    country        TEXT,             -- derived: country of organization
    sector         TEXT,             -- derived: sector of organization
    occurred       TEXT,             -- derived: first date fact of the kind, EDTF
    discovered     TEXT,             -- derived, as above
    contained      TEXT,             -- derived, as above
    notified       TEXT,             -- derived, as above
    disclosed      TEXT,             -- derived, as above
    affected       INTEGER,          -- derived: ordinal of the headline figure (rule headline-1)
    affected_unit  TEXT,             -- derived: its unit
    affected_size  INTEGER,          -- derived: its value, else maximum, else minimum: the sort key of size
    affected_others INTEGER NOT NULL, -- derived: how many rival figures
    dealers_named  INTEGER NOT NULL, -- derived: distinct dealers touched
    dealers_stated INTEGER,          -- derived: ordinal of the figure that states their number
    dealers_others INTEGER NOT NULL, -- derived: how many figures rival that one
    actions        TEXT NOT NULL,    -- derived: ids of distinct actions, a space between, in order of first mention
    classes        TEXT NOT NULL,    -- derived: "names=suspected emails=claimed": each class's strongest certainty
    delay_discovery_min INTEGER,     -- derived: days from occurred to discovered, least; NULL: cannot tell
    delay_discovery_max INTEGER,     -- derived: most
    delay_disclosure_min INTEGER,    -- derived: days from discovered to disclosed, least; NULL: cannot tell
    delay_disclosure_max INTEGER,    -- derived: most
    delay_total_min INTEGER,         -- derived: days from occurred to disclosed, least; NULL: cannot tell
    delay_total_max INTEGER,         -- derived: most
    dataset        TEXT NOT NULL REFERENCES dataset (id), -- where the record comes from
    dataset_record TEXT,             -- its id there
    duplicate_of   TEXT REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED, -- derived: the listed incident it repeats
    added          TEXT NOT NULL,    -- RFC 3339
    modified       TEXT NOT NULL,    -- RFC 3339
    digest         TEXT NOT NULL,    -- of the content, for the next import: whether the record has changed since
    withdrawn_at   TEXT,             -- RFC 3339; NULL: not withdrawn
    withdrawn_reason TEXT,           -- why
    withdrawn_by   TEXT,             -- by whom
    merged_into    TEXT REFERENCES incident (id) DEFERRABLE INITIALLY DEFERRED, -- the incident that took it up
    listed         INTEGER NOT NULL CHECK (listed IN (0, 1)) -- derived: 0 when withdrawn or merged
) STRICT;

CREATE TABLE incident_row ( -- incidents as a list shows them, rendered in advance: opaque to all but the renderer
    n    INTEGER NOT NULL PRIMARY KEY REFERENCES incident (n), -- which
    json TEXT NOT NULL     -- json_row()
) STRICT;

CREATE TABLE source ( -- sources of an incident, in order of n
    incident    INTEGER NOT NULL REFERENCES incident (n), -- whose
    n           INTEGER NOT NULL, -- number within the record, from 1, permanent
    title       TEXT,             -- title of the page or document
    description TEXT,             -- what it is, in words
    publisher   TEXT,             -- who publishes it
    url         TEXT,             -- where it is
    published   TEXT,             -- EDTF
    class       TEXT NOT NULL,    -- vocabulary source_class
    retrieved   TEXT,             -- EDTF
    seen        TEXT,             -- how much of it was seen: "excerpt"
    PRIMARY KEY (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE date_fact ( -- list dates: when it occurred, was discovered, ...
    incident       INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal        INTEGER NOT NULL, -- from 0; the first of a kind is the headline, rivals follow
    kind           TEXT NOT NULL,    -- vocabulary date_kind
    date           TEXT,             -- EDTF
    certainty      TEXT NOT NULL,    -- evidence
    source         INTEGER,          -- evidence
    asserter       TEXT,             -- evidence
    asserter_class TEXT,             -- evidence
    asserted       TEXT,             -- evidence
    note           TEXT,             -- evidence
    quote          TEXT,             -- evidence
    PRIMARY KEY (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE party ( -- list parties: who was hit, exposed, disrupted, or spoke
    incident        INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal         INTEGER NOT NULL, -- from 0; the first party is the headline organisation
    organization    INTEGER REFERENCES organization (n), -- NULL: an unnamed group
    name            TEXT NOT NULL,    -- name of the organisation, or the group in words
    kind            TEXT NOT NULL,    -- its kind, vocabulary org_kind
    role            TEXT NOT NULL,    -- vocabulary role
    count_value     INTEGER,          -- size of an unnamed group as stated
    count_minimum   INTEGER,          -- bound it implies
    count_maximum   INTEGER,          -- bound it implies
    count_qualifier TEXT,             -- vocabulary qualifier; NULL: no count is stated
    certainty       TEXT NOT NULL,    -- evidence
    source          INTEGER,          -- evidence
    asserter        TEXT,             -- evidence
    asserter_class  TEXT,             -- evidence
    asserted        TEXT,             -- evidence
    note            TEXT,             -- evidence
    quote           TEXT,             -- evidence
    PRIMARY KEY (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE figure ( -- list figures: how many, of what, says who
    incident       INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal        INTEGER NOT NULL, -- from 0
    id             TEXT NOT NULL,    -- derived: "people-1", unique in the incident
    value          INTEGER,          -- the number as stated
    minimum        INTEGER,          -- bound it implies
    maximum        INTEGER,          -- bound it implies
    unit           TEXT NOT NULL,    -- vocabulary unit
    currency       TEXT,             -- ISO 4217, with unit money
    qualifier      TEXT NOT NULL,    -- vocabulary qualifier
    scope          TEXT NOT NULL,    -- vocabulary scope
    counted        TEXT,             -- what is counted, in words (member "of")
    organization   INTEGER REFERENCES organization (n), -- whose number it is; NULL: the incident's, or a group's
    org_name       TEXT,             -- name of that organisation, or the group in words; NULL: none
    org_kind       TEXT,             -- its kind
    certainty      TEXT NOT NULL,    -- evidence
    source         INTEGER,          -- evidence
    asserter       TEXT,             -- evidence
    asserter_class TEXT,             -- evidence
    asserted       TEXT,             -- evidence
    note           TEXT,             -- evidence
    quote          TEXT,             -- evidence
    PRIMARY KEY (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE data_class ( -- list data_classes: what was in it, denied ones too
    incident       INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal        INTEGER NOT NULL, -- from 0
    id             TEXT NOT NULL,    -- closed list data_class
    text           TEXT,             -- the source's words for it
    certainty      TEXT NOT NULL,    -- evidence
    source         INTEGER,          -- evidence
    asserter       TEXT,             -- evidence
    asserter_class TEXT,             -- evidence
    asserted       TEXT,             -- evidence
    note           TEXT,             -- evidence
    quote          TEXT,             -- evidence
    PRIMARY KEY (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor ( -- list actors: who is said to have done it; two assertions about one actor are two rows
    incident       INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal        INTEGER NOT NULL, -- from 0
    id             TEXT NOT NULL,    -- shared by all incidents that name the actor
    name           TEXT NOT NULL,    -- as shown
    kind           TEXT NOT NULL,    -- vocabulary actor_kind
    certainty      TEXT NOT NULL,    -- evidence
    source         INTEGER,          -- evidence
    asserter       TEXT,             -- evidence
    asserter_class TEXT,             -- evidence
    asserted       TEXT,             -- evidence
    note           TEXT,             -- evidence
    quote          TEXT,             -- evidence
    PRIMARY KEY (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor_name ( -- other names of an actor, as one fact gives them
    incident INTEGER NOT NULL, -- whose
    actor    INTEGER NOT NULL, -- ordinal of the fact in actor
    ordinal  INTEGER NOT NULL, -- from 0
    name     TEXT NOT NULL,    -- the other name
    PRIMARY KEY (incident, actor, ordinal),
    FOREIGN KEY (incident, actor) REFERENCES actor (incident, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE attack ( -- list attack: how, in the words of VERIS
    incident       INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal        INTEGER NOT NULL, -- from 0
    action         TEXT NOT NULL,    -- vocabulary action
    variety        TEXT,             -- VERIS variety
    vector         TEXT,             -- VERIS vector
    certainty      TEXT NOT NULL,    -- evidence
    source         INTEGER,          -- evidence
    asserter       TEXT,             -- evidence
    asserter_class TEXT,             -- evidence
    asserted       TEXT,             -- evidence
    note           TEXT,             -- evidence
    quote          TEXT,             -- evidence
    PRIMARY KEY (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

-- n: first the events of listed incidents (1 to catalogue.events), in order of (sort_earliest, sort_latest, incident
-- id, ordinal), all descending by bytes and number; then the events of unlisted ones, in the same order.
CREATE TABLE event ( -- list timeline
    n              INTEGER NOT NULL PRIMARY KEY, -- place in the default order of the timeline, from 1
    incident       INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal        INTEGER NOT NULL, -- from 0, oldest first within the incident
    id             TEXT NOT NULL,    -- derived: "disclosure-2019-03-29", unique in the incident
    date           TEXT,             -- EDTF
    sort_earliest  TEXT NOT NULL,    -- derived: schema_sort_key() of date
    sort_latest    TEXT NOT NULL,    -- derived: as above
    kind           TEXT NOT NULL,    -- vocabulary event_kind
    text           TEXT,             -- what happened
    derived        INTEGER NOT NULL CHECK (derived IN (0, 1)), -- 1: made from a date fact
    certainty      TEXT NOT NULL,    -- evidence
    source         INTEGER,          -- evidence
    asserter       TEXT,             -- evidence
    asserter_class TEXT,             -- evidence
    asserted       TEXT,             -- evidence
    note           TEXT,             -- evidence
    quote          TEXT,             -- evidence
    UNIQUE (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT;

CREATE TABLE related ( -- list related: ties to other incidents, mirrored ones too
    incident       INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal        INTEGER NOT NULL, -- from 0
    target         INTEGER NOT NULL REFERENCES incident (n) DEFERRABLE INITIALLY DEFERRED, -- the other incident
    relation       TEXT NOT NULL,    -- vocabulary relation
    derived        INTEGER NOT NULL CHECK (derived IN (0, 1)), -- 1: found or mirrored by the import
    certainty      TEXT NOT NULL,    -- evidence
    source         INTEGER,          -- evidence
    asserter       TEXT,             -- evidence
    asserter_class TEXT,             -- evidence
    asserted       TEXT,             -- evidence
    note           TEXT,             -- evidence
    quote          TEXT,             -- evidence
    PRIMARY KEY (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE caveat ( -- list caveats: reservations that hang on no single fact
    incident       INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal        INTEGER NOT NULL, -- from 0
    text           TEXT NOT NULL,    -- the reservation
    about          TEXT,             -- vocabulary list_name; NULL: the incident
    source         INTEGER,          -- n of a source; NULL: none
    asserter       TEXT,             -- who says so; NULL: the source speaks itself
    asserter_class TEXT,             -- class of the asserter; NULL with it
    asserted       TEXT,             -- when it was said, EDTF
    PRIMARY KEY (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict ( -- list conflicts: where sources disagree
    incident INTEGER NOT NULL REFERENCES incident (n), -- whose
    ordinal  INTEGER NOT NULL, -- from 0
    text     TEXT NOT NULL,    -- what they disagree on
    about    TEXT,             -- vocabulary list_name; NULL: the incident
    PRIMARY KEY (incident, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE conflict_source ( -- the sources that disagree
    incident INTEGER NOT NULL, -- whose
    conflict INTEGER NOT NULL, -- ordinal in conflict
    ordinal  INTEGER NOT NULL, -- from 0
    source   INTEGER NOT NULL, -- n of a source of the incident
    PRIMARY KEY (incident, conflict, ordinal),
    FOREIGN KEY (incident, conflict) REFERENCES conflict (incident, ordinal),
    FOREIGN KEY (incident, source) REFERENCES source (incident, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE reach ( -- which listed incidents touch which organisations; a pair once, own before group before inherited
    organization INTEGER NOT NULL REFERENCES organization (n), -- the one asked about
    reach        TEXT NOT NULL CHECK (reach IN ('own', 'group', 'inherited')), -- own party, through what it owns, ...
    incident     INTEGER NOT NULL REFERENCES incident (n), -- a listed incident
    role         TEXT NOT NULL,    -- role of organization, or of the one it is reached through; its first in the record
    certainty    TEXT NOT NULL,    -- of that party in that role
    via          INTEGER REFERENCES organization (n), -- the party it is reached through; NULL with reach own
    via_relation TEXT,             -- vocabulary org_relation: how organization and via are tied; NULL with reach own
    PRIMARY KEY (organization, reach, incident)
) STRICT, WITHOUT ROWID;

CREATE TABLE actor_profile ( -- filled by finish.sql: actors over all listed incidents, as their newest incident names them
    id        TEXT NOT NULL PRIMARY KEY, -- actor.id
    name      TEXT NOT NULL,    -- as shown
    kind      TEXT NOT NULL,    -- vocabulary actor_kind
    confirmed INTEGER NOT NULL, -- listed incidents with a fact of this certainty
    claimed   INTEGER NOT NULL, -- as above
    suspected INTEGER NOT NULL, -- as above
    denied    INTEGER NOT NULL  -- as above
) STRICT, WITHOUT ROWID;

CREATE TABLE actor_profile_name ( -- filled by finish.sql: other names of an actor, in order of first mention
    actor   TEXT NOT NULL REFERENCES actor_profile (id), -- whose
    ordinal INTEGER NOT NULL, -- from 1
    name    TEXT NOT NULL,    -- never actor_profile.name
    PRIMARY KEY (actor, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE data_class_total ( -- filled by finish.sql: data classes over all listed incidents
    id        TEXT NOT NULL PRIMARY KEY, -- data_class.id
    confirmed INTEGER NOT NULL, -- listed incidents with a fact of this certainty
    claimed   INTEGER NOT NULL, -- as above
    suspected INTEGER NOT NULL, -- as above
    denied    INTEGER NOT NULL  -- as above
) STRICT, WITHOUT ROWID;

-- Sets of row numbers: for each value of each filter the rows that have it, and the digits of slices. What there is and
-- what it is called: sets.h. Made from the rows after everything else is in.
CREATE TABLE rowset ( -- with row ids: a key beside long bytes would have them read whole wherever it is compared
    n     INTEGER NOT NULL PRIMARY KEY,
    name  TEXT NOT NULL,    -- "country", "event/kind"
    value TEXT NOT NULL,    -- "JP"; '' is "not known"
    count INTEGER NOT NULL, -- how many rows
    bytes BLOB NOT NULL,    -- rowset_save(), labelled with name and value
    UNIQUE (name, value)
) STRICT;

CREATE TABLE slices ( -- numbers of rows, digit by digit: rowset has the sets of each
    name   TEXT NOT NULL PRIMARY KEY, -- "occurred.earliest"
    least  INTEGER NOT NULL,          -- what the digits count from
    digits INTEGER NOT NULL           -- how many binary digits there are
) STRICT, WITHOUT ROWID;

-- What is searched, as the tokens of query/words.h with a space between: already folded, so that SQLite's tokenizer has
-- nothing left to do but part them. "¦" stands between two texts of one column. No text is kept, only its index.
CREATE VIRTUAL TABLE words USING fts5 ( -- rowid: incident.n
    title, -- its title
    names, -- its parties' names, other names of theirs too
    text,  -- its summary and the texts of its events
    content = '', tokenize = 'ascii'
);

CREATE VIRTUAL TABLE organization_words USING fts5 ( -- rowid: organization.n
    names, -- its name, its other names
    content = '', columnsize = 0, tokenize = 'ascii'
);

CREATE TABLE word ( -- each token in words
    word      TEXT NOT NULL PRIMARY KEY, -- the token
    incidents INTEGER NOT NULL           -- how many have it
) STRICT, WITHOUT ROWID;
