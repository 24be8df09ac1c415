-- What was seen of a film from its beginning to its end: derived from its original, made again by
-- `reindex`. samples: in MessagePack. searched: whether it was looked
-- for in what was there before. And which stretches of a film a match shows, as JSON.

CREATE TABLE footage (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  version INTEGER NOT NULL,
  seconds REAL NOT NULL,
  wholly INTEGER NOT NULL,
  shots TEXT NOT NULL,
  gaps TEXT NOT NULL,
  samples BLOB NOT NULL,
  searched INTEGER NOT NULL
) STRICT;
ALTER TABLE match ADD COLUMN shown TEXT;
