-- Everything a case is made of.

CREATE TABLE person (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  language TEXT NOT NULL,
  UNIQUE (platform, external_id)
) STRICT;
CREATE TABLE "case" (
  id INTEGER PRIMARY KEY,
  opened_at TEXT NOT NULL,
  opened_by INTEGER NOT NULL REFERENCES person
) STRICT;
CREATE TABLE exhibit (
  id INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  received_at TEXT NOT NULL
) STRICT;
CREATE TABLE submission (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  bot_id INTEGER NOT NULL,
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  case_id INTEGER NOT NULL REFERENCES "case",
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  album TEXT NOT NULL,
  received_at TEXT NOT NULL,
  body TEXT NOT NULL,
  known INTEGER NOT NULL,
  UNIQUE (bot_id, chat_id, message_id)
) STRICT;
CREATE INDEX submission_by_case ON submission (case_id);
CREATE INDEX submission_by_exhibit ON submission (exhibit_id);
CREATE INDEX submission_by_album ON submission (album, chat_id) WHERE album <> '';
CREATE TABLE source (
  id INTEGER PRIMARY KEY,
  platform TEXT NOT NULL,
  kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  reliability TEXT CHECK (reliability IN ('A', 'B', 'C', 'D', 'E', 'F')),
  credibility INTEGER CHECK (credibility BETWEEN 1 AND 6),
  UNIQUE (platform, kind, external_id, name)
) STRICT;
CREATE TABLE sighting (
  id INTEGER PRIMARY KEY,
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  case_id INTEGER NOT NULL REFERENCES "case",
  submission_id INTEGER NOT NULL UNIQUE REFERENCES submission,
  source_id INTEGER REFERENCES source,
  platform TEXT NOT NULL,
  source_message_id INTEGER,
  caption TEXT NOT NULL,
  links TEXT NOT NULL,
  posted_at TEXT,
  received_at TEXT NOT NULL
) STRICT;
CREATE INDEX sighting_by_exhibit ON sighting (exhibit_id);
CREATE INDEX sighting_by_case ON sighting (case_id);
CREATE TABLE claim (
  id INTEGER PRIMARY KEY,
  root_id INTEGER REFERENCES claim,
  version INTEGER NOT NULL,
  case_id INTEGER NOT NULL REFERENCES "case",
  exhibit_id INTEGER REFERENCES exhibit,
  submission_id INTEGER REFERENCES submission,
  text TEXT NOT NULL,
  claimant TEXT NOT NULL,
  claimed_at TEXT,
  place TEXT NOT NULL,
  latitude REAL,
  longitude REAL,
  recorded_by INTEGER NOT NULL REFERENCES person,
  recorded_at TEXT NOT NULL,
  key TEXT UNIQUE,
  UNIQUE (root_id, version)
) STRICT;
CREATE INDEX claim_by_case ON claim (case_id);
CREATE TABLE examination (
  id INTEGER PRIMARY KEY,
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  lab_version INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX examination_by_exhibit ON examination (exhibit_id);
CREATE TABLE finding (
  id INTEGER PRIMARY KEY,
  examination_id INTEGER NOT NULL REFERENCES examination,
  case_id INTEGER REFERENCES "case",
  comparisons_version INTEGER,
  check_name TEXT NOT NULL,
  pillar TEXT NOT NULL,
  outcome TEXT NOT NULL,
  body TEXT NOT NULL,
  at TEXT NOT NULL,
  superseded_at TEXT
) STRICT;
CREATE INDEX finding_by_examination ON finding (examination_id);
CREATE TABLE view (
  id INTEGER PRIMARY KEY,
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  kind TEXT NOT NULL,
  at_ms INTEGER,
  corners TEXT
) STRICT;
CREATE UNIQUE INDEX view_once
  ON view (exhibit_id, kind, coalesce(at_ms, -1), coalesce(corners, ''));
CREATE TABLE fingerprint (
  id INTEGER PRIMARY KEY,
  view_id INTEGER NOT NULL REFERENCES view,
  algorithm TEXT NOT NULL,
  version INTEGER NOT NULL,
  hash BLOB NOT NULL,
  quality INTEGER,
  UNIQUE (view_id, algorithm, version)
) STRICT;
CREATE TABLE match (
  id INTEGER PRIMARY KEY,
  examination_id INTEGER NOT NULL REFERENCES examination,
  view_id INTEGER NOT NULL REFERENCES view,
  earlier_view_id INTEGER NOT NULL REFERENCES view,
  method TEXT NOT NULL,
  orientation TEXT NOT NULL,
  distance INTEGER,
  region TEXT,
  earlier_region TEXT,
  expected REAL NOT NULL,
  bound INTEGER NOT NULL,
  found_at TEXT NOT NULL,
  UNIQUE (view_id, earlier_view_id, method)
) STRICT;
CREATE TABLE answer (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES "case",
  item TEXT NOT NULL,
  reply TEXT NOT NULL,
  text TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  examination_id INTEGER REFERENCES examination
) STRICT;
CREATE INDEX answer_by_case ON answer (case_id);
CREATE TABLE note (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES "case",
  text TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  withdrawn_at TEXT,
  key TEXT UNIQUE
) STRICT;
CREATE INDEX note_by_case ON note (case_id);
CREATE TABLE verdict (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES "case",
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  claim_id INTEGER REFERENCES claim,
  rating TEXT NOT NULL,
  reason TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  examination_id INTEGER REFERENCES examination,
  key TEXT UNIQUE
) STRICT;
CREATE INDEX verdict_by_case ON verdict (case_id);
CREATE TABLE label (
  id INTEGER PRIMARY KEY,
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  label TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  UNIQUE (exhibit_id, label)
) STRICT;
CREATE TABLE custody_event (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  subject TEXT NOT NULL,
  previous TEXT NOT NULL,
  hash TEXT NOT NULL UNIQUE
) STRICT;
CREATE VIRTUAL TABLE words USING fts5 (
  folded, text UNINDEXED, kind UNINDEXED, reference UNINDEXED, case_id UNINDEXED, at UNINDEXED,
  tokenize = "unicode61 remove_diacritics 2"
);
