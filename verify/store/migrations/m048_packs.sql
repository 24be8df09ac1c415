-- Packs of what others checked. key: the fingerprint of the publisher's. digest: SHA-256 of what is
-- signed. whole: 0 until all of it is here and indexed.
CREATE TABLE pack (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL,
  publisher TEXT NOT NULL,
  key TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,
  made_at TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  added_at TEXT NOT NULL,
  entries INTEGER NOT NULL,
  whole INTEGER NOT NULL
) STRICT;
-- Packs that their publisher withdrew, which cannot be added any more.
CREATE TABLE pack_withdrawn (
  key TEXT NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (key, digest)
) STRICT;
-- What a pack says of one picture or film.
CREATE TABLE pack_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  pack_id INTEGER NOT NULL REFERENCES pack,
  rating TEXT NOT NULL,
  checked_by TEXT NOT NULL,
  published TEXT NOT NULL,
  link TEXT NOT NULL,
  claim TEXT NOT NULL
) STRICT;
CREATE INDEX pack_entry_by_pack ON pack_entry (pack_id);
-- pdq: NULL where it would tell no pictures apart.
CREATE TABLE pack_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id INTEGER NOT NULL REFERENCES pack_entry,
  kind TEXT NOT NULL,
  at_ms INTEGER,
  corners TEXT,
  number INTEGER,
  pdq BLOB
) STRICT;
CREATE INDEX pack_view_by_entry ON pack_view (entry_id);
-- body: verify.records.Features as MessagePack.
CREATE TABLE pack_features (
  view_id INTEGER PRIMARY KEY REFERENCES pack_view,
  body BLOB NOT NULL
) STRICT;
-- Which entries show what an exhibit shows. body: JSON of how.
CREATE TABLE pack_hit (
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  entry_id INTEGER NOT NULL REFERENCES pack_entry,
  body TEXT NOT NULL,
  PRIMARY KEY (exhibit_id, entry_id)
) STRICT;
CREATE INDEX pack_hit_by_entry ON pack_hit (entry_id);
-- Up to which pack an exhibit was held against them.
CREATE TABLE pack_looked (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  upto INTEGER NOT NULL
) STRICT;
