-- Packs of work that is not published. unpublished: 1 where others gave it to this desk alone; of its
-- entries rating, published and link are ''.
ALTER TABLE pack ADD COLUMN unpublished INTEGER NOT NULL DEFAULT 0;
-- ask: whom to ask about it. digest: by which its publisher withdraws it; NULL for what came before.
ALTER TABLE pack_entry ADD COLUMN ask TEXT NOT NULL DEFAULT '';
ALTER TABLE pack_entry ADD COLUMN digest TEXT;
CREATE INDEX pack_entry_by_digest ON pack_entry (digest) WHERE digest IS NOT NULL;
-- The age keys to which others encrypt packs for this desk: the last one is told to them.
CREATE TABLE pack_key (
  id INTEGER PRIMARY KEY,
  public TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL
) STRICT;
-- Packs that this desk gave to others. recipients: age keys, JSON.
CREATE TABLE given_pack (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  recipients TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  given_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  entries INTEGER NOT NULL
) STRICT;
-- What of each case went with it. withdrawal: the pack that takes that back, signed when this one was,
-- for the desk has no key; withdrawn_at: when a wipe took it back; file: where it wrote that then.
CREATE TABLE given_case (
  given_id INTEGER NOT NULL REFERENCES given_pack,
  case_id INTEGER NOT NULL REFERENCES "case",
  withdrawal BLOB NOT NULL,
  withdrawn_at TEXT,
  file TEXT,
  PRIMARY KEY (given_id, case_id)
) STRICT;
-- sha256: of the exhibits.
CREATE TABLE given_exhibit (
  given_id INTEGER NOT NULL,
  case_id INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  PRIMARY KEY (given_id, case_id, sha256),
  FOREIGN KEY (given_id, case_id) REFERENCES given_case
) STRICT;
CREATE INDEX given_exhibit_by_sha256 ON given_exhibit (sha256);
