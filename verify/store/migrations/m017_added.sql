-- What people added to a sighting after its file came: links to where the picture stood, and
-- accounts that are named in it.

CREATE TABLE sighting_added (
  id INTEGER PRIMARY KEY,
  sighting_id INTEGER NOT NULL REFERENCES sighting,
  kind TEXT NOT NULL CHECK (kind IN ('link', 'account')),
  value TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  UNIQUE (sighting_id, kind, value)
) STRICT;
