-- What one import put into the archive. It is kept like a case that nobody opened, numbered below
-- zero: "case".id is -shelf.id. what: a digest of the path that it came from.
CREATE TABLE shelf (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person,
  what TEXT NOT NULL,
  begun_at TEXT NOT NULL,
  ended_at TEXT,
  undone_at TEXT
) STRICT;
-- Who posts on a network. key: the id that never changes, else the handle or the name.
CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  key TEXT NOT NULL,
  person INTEGER NOT NULL,
  UNIQUE (network, key)
) STRICT;
-- What stood somewhere. at: as verify.records.Post has it. earliest, latest: within which seconds
-- since 1970 it was posted, NULL where nothing tells. links, hashtags: JSON.
CREATE TABLE post (
  id INTEGER PRIMARY KEY,
  network TEXT NOT NULL,
  place TEXT NOT NULL,
  place_name TEXT NOT NULL,
  place_kind TEXT NOT NULL,
  external_id TEXT NOT NULL,
  account_id INTEGER REFERENCES account,
  name TEXT NOT NULL,
  handle TEXT NOT NULL,
  at TEXT NOT NULL,
  resolution_s INTEGER NOT NULL,
  earliest INTEGER,
  latest INTEGER,
  edited_at TEXT NOT NULL,
  text TEXT NOT NULL,
  links TEXT NOT NULL,
  hashtags TEXT NOT NULL,
  client TEXT NOT NULL,
  forwarded_from TEXT NOT NULL,
  reply_to TEXT NOT NULL,
  link TEXT NOT NULL,
  missing INTEGER NOT NULL,
  UNIQUE (network, place, external_id)
) STRICT;
CREATE INDEX post_by_account ON post (account_id, earliest);
CREATE INDEX post_by_time ON post (earliest);
CREATE TABLE post_shelf (
  post_id INTEGER NOT NULL REFERENCES post,
  shelf_id INTEGER NOT NULL REFERENCES shelf,
  PRIMARY KEY (post_id, shelf_id)
) STRICT;
CREATE INDEX post_shelf_by_shelf ON post_shelf (shelf_id);
-- The files of a post: each is a sighting of an exhibit.
CREATE TABLE post_media (
  post_id INTEGER NOT NULL REFERENCES post,
  number INTEGER NOT NULL,
  submission_id INTEGER NOT NULL REFERENCES submission,
  PRIMARY KEY (post_id, number)
) STRICT;
CREATE INDEX post_media_by_submission ON post_media (submission_id);
-- What somebody saw of an account. kind: seen, renamed, suspended, deleted, back or unreachable.
CREATE TABLE account_event (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  link TEXT NOT NULL,
  note TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  recorded_at TEXT NOT NULL
) STRICT;
CREATE INDEX account_event_by_account ON account_event (account_id);
-- What a verdict rested on: how many exhibits there were, and since when its picture was known.
CREATE TABLE basis (
  verdict_id INTEGER PRIMARY KEY REFERENCES verdict,
  pictures INTEGER NOT NULL,
  first_at TEXT NOT NULL
) STRICT;
-- That people were told what contradicts a verdict, by the check that said so.
CREATE TABLE contradiction (
  verdict_id INTEGER NOT NULL REFERENCES verdict,
  check_name TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (verdict_id, check_name)
) STRICT;
