-- The hub that this desk joined, in one row. desk: its name there. era, xid, upto: the last row of
-- the log that is here. round: which time the log is read from its beginning. trouble: JSON of why
-- the last visit failed.
CREATE TABLE hub (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  hub TEXT NOT NULL,
  epoch TEXT NOT NULL,
  desk TEXT NOT NULL,
  era INTEGER NOT NULL,
  xid TEXT NOT NULL,
  upto INTEGER NOT NULL,
  round INTEGER NOT NULL,
  followed_at TEXT,
  behind INTEGER NOT NULL,
  held_back INTEGER NOT NULL,
  held_since TEXT,
  trouble TEXT,
  failed_at TEXT
) STRICT;
-- What this desk shared, and what waits to be sent. key: by which the hub knows it. hub: which; ""
-- until the first visit. exhibit_id: NULL where it was wiped. body: as it goes; empty once it is
-- taken back. sent_at, gone_at: when the hub had it, and when it had that it is taken back.
CREATE TABLE hub_shared (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  hub TEXT NOT NULL,
  exhibit_id INTEGER REFERENCES exhibit,
  first_seen TEXT NOT NULL,
  body BLOB NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  shared_at TEXT NOT NULL,
  sent_at TEXT,
  withdrawn_at TEXT,
  gone_at TEXT
) STRICT;
CREATE INDEX hub_shared_by_exhibit ON hub_shared (exhibit_id);
-- What other desks shared. round: in which the log had it last.
CREATE TABLE hub_entry (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  desk TEXT NOT NULL,
  key TEXT NOT NULL,
  round INTEGER NOT NULL,
  first_seen TEXT NOT NULL,
  shared_at TEXT NOT NULL,
  ask TEXT NOT NULL,
  rating TEXT NOT NULL,
  held INTEGER NOT NULL,
  UNIQUE (desk, key)
) STRICT;
CREATE INDEX hub_entry_to_hold ON hub_entry (id) WHERE NOT held;
-- As of packs.
CREATE TABLE hub_view (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  entry_id INTEGER NOT NULL REFERENCES hub_entry,
  kind TEXT NOT NULL,
  at_ms INTEGER,
  corners TEXT,
  number INTEGER,
  pdq BLOB
) STRICT;
CREATE INDEX hub_view_by_entry ON hub_view (entry_id);
CREATE TABLE hub_features (
  view_id INTEGER PRIMARY KEY REFERENCES hub_view,
  body BLOB NOT NULL
) STRICT;
-- Which entries show what an exhibit shows. body: JSON of how.
CREATE TABLE hub_hit (
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  entry_id INTEGER NOT NULL REFERENCES hub_entry,
  body TEXT NOT NULL,
  PRIMARY KEY (exhibit_id, entry_id)
) STRICT;
CREATE INDEX hub_hit_by_entry ON hub_hit (entry_id);
-- The exhibits that were held against all that is here of the hub.
CREATE TABLE hub_looked (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit
) STRICT;
