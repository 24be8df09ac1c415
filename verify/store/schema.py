"""The tables of a desk, as migrations. A migration that has landed is never edited.

Times are ISO 8601 text in UTC; bodies are the JSON of a record in `verify.records`.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("desk")

_FIRST = """
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
"""

_CHAT = """
CREATE TABLE inbox (
  bot_id INTEGER NOT NULL,
  update_id INTEGER NOT NULL,
  body TEXT NOT NULL,
  received_at TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  done_at TEXT,
  PRIMARY KEY (bot_id, update_id)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (bot_id, update_id) WHERE done_at IS NULL;
CREATE TABLE sent (
  bot_id INTEGER NOT NULL,
  update_id INTEGER NOT NULL,
  step TEXT NOT NULL,
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (bot_id, update_id, step)
) STRICT;
CREATE TABLE button (
  token TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person,
  chat_id INTEGER NOT NULL,
  action TEXT NOT NULL,
  made_at TEXT NOT NULL,
  UNIQUE (person_id, chat_id, action)
) STRICT;
CREATE TABLE bot_message (
  bot_id INTEGER NOT NULL,
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  case_id INTEGER NOT NULL REFERENCES "case",
  exhibit_id INTEGER REFERENCES exhibit,
  purpose TEXT NOT NULL,
  PRIMARY KEY (bot_id, chat_id, message_id)
) STRICT;
CREATE INDEX bot_message_by_case ON bot_message (case_id, chat_id);
CREATE TABLE open_case (
  person_id INTEGER NOT NULL REFERENCES person,
  chat_id INTEGER NOT NULL,
  case_id INTEGER NOT NULL REFERENCES "case",
  PRIMARY KEY (person_id, chat_id)
) STRICT;
"""

_TEAM = """
ALTER TABLE person ADD COLUMN role TEXT;
CREATE TABLE invite (
  id INTEGER PRIMARY KEY,
  code_digest TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  made_by INTEGER REFERENCES person,
  expires_at TEXT NOT NULL,
  used_by INTEGER REFERENCES person
) STRICT;
CREATE TABLE guess (
  platform TEXT NOT NULL,
  external_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX guess_by_time ON guess (at);
CREATE TABLE stranger (
  platform TEXT NOT NULL,
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  messages INTEGER NOT NULL,
  answered_at TEXT,
  blocked_at TEXT,
  PRIMARY KEY (platform, external_id)
) STRICT;
CREATE TABLE chat_group (
  platform TEXT NOT NULL,
  chat_id INTEGER NOT NULL,
  enabled_by INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  PRIMARY KEY (platform, chat_id)
) STRICT;
ALTER TABLE "case" ADD COLUMN status TEXT NOT NULL DEFAULT 'open';
ALTER TABLE "case" ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal';
ALTER TABLE "case" ADD COLUMN assignee_id INTEGER REFERENCES person;
ALTER TABLE "case" ADD COLUMN due_at TEXT;
ALTER TABLE "case" ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN merged_into INTEGER REFERENCES "case";
CREATE TABLE case_member (
  case_id INTEGER NOT NULL REFERENCES "case",
  person_id INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (case_id, person_id)
) STRICT;
CREATE TABLE tag (
  case_id INTEGER NOT NULL REFERENCES "case",
  name TEXT NOT NULL,
  PRIMARY KEY (case_id, name)
) STRICT;
CREATE TABLE watcher (
  case_id INTEGER NOT NULL REFERENCES "case",
  person_id INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (case_id, person_id)
) STRICT;
CREATE TABLE related (
  case_id INTEGER NOT NULL REFERENCES "case",
  other_id INTEGER NOT NULL REFERENCES "case",
  PRIMARY KEY (case_id, other_id)
) STRICT;
CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person,
  case_id INTEGER NOT NULL REFERENCES "case",
  sentence TEXT NOT NULL,
  at TEXT NOT NULL,
  sent_at TEXT
) STRICT;
CREATE INDEX notice_waiting ON notice (id) WHERE sent_at IS NULL;
ALTER TABLE verdict ADD COLUMN state TEXT NOT NULL DEFAULT 'confirmed';
ALTER TABLE verdict ADD COLUMN decided_by INTEGER REFERENCES person;
ALTER TABLE verdict ADD COLUMN decided_at TEXT;
ALTER TABLE verdict ADD COLUMN remark TEXT NOT NULL DEFAULT '';
"""

_MATCHING = """
CREATE TABLE features (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  version INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  points BLOB NOT NULL,
  descriptors BLOB NOT NULL,
  thumbnail BLOB NOT NULL
) STRICT;
ALTER TABLE match ADD COLUMN scale REAL;
ALTER TABLE match ADD COLUMN inliers INTEGER;
ALTER TABLE match ADD COLUMN agreement REAL;
ALTER TABLE match ADD COLUMN map TEXT;
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES match,
  same INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX judgement_by_match ON judgement (match_id);
"""

_CLAIMED = """
ALTER TABLE claim ADD COLUMN date_stated INTEGER NOT NULL DEFAULT 0;
ALTER TABLE claim ADD COLUMN place_stated INTEGER NOT NULL DEFAULT 0;
"""

# Deleting by columns that full text does not index would read the whole table.
_FINDABLE = """
CREATE TABLE findable (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  reference INTEGER NOT NULL
) STRICT;
CREATE INDEX findable_by_reference ON findable (kind, reference);
INSERT INTO findable SELECT rowid, kind, reference FROM words;
"""

_SAFETY = """
ALTER TABLE "case" ADD COLUMN wiped_at TEXT;
CREATE TABLE doomed (sha256 TEXT PRIMARY KEY) STRICT;
CREATE INDEX submission_by_person ON submission (person_id, received_at);
"""

# What a wipe has to go on with after a kill: ids alone, no words.
_BEGUN = """
CREATE TABLE wipe_begun (
  case_id INTEGER PRIMARY KEY REFERENCES "case",
  person_id INTEGER NOT NULL REFERENCES person,
  around TEXT NOT NULL
) STRICT;
"""


def _run(db: Database, script: str) -> None:
    # not executescript: that would commit the migration's own transaction
    for statement in script.split(";\n"):
        if statement.strip():
            db.conn.execute(statement)


@migrations()
def m001_desk(db: Database) -> None:
    """Everything a case is made of."""
    _run(db, _FIRST)


@migrations()
def m002_chat(db: Database) -> None:
    """What the chat must remember across a kill."""
    _run(db, _CHAT)


@migrations()
def m003_team(db: Database) -> None:
    """Roles, invitations, assignments, confidential cases, verdicts by two."""
    _run(db, _TEAM)


@migrations()
def m004_matching(db: Database) -> None:
    """Local features, what proves a match by them, and a person's word on a match."""
    _run(db, _MATCHING)


@migrations()
def m005_claimed(db: Database) -> None:
    """Whether a person stated the date and the place of a claim."""
    _run(db, _CLAIMED)


@migrations()
def m006_findable(db: Database) -> None:
    """Where the words of a note, a caption or a finding stand in the full text."""
    _run(db, _FINDABLE)


@migrations()
def m007_safety(db: Database) -> None:
    """Cases that were wiped, originals still to be removed, what one person sent lately."""
    _run(db, _SAFETY)


@migrations()
def m008_no_labels(db: Database) -> None:
    """A table that nothing ever wrote to."""
    _run(db, "DROP TABLE label")


@migrations()
def m009_begun(db: Database) -> None:
    """Wipes that have begun and are not at their end."""
    _run(db, _BEGUN)
