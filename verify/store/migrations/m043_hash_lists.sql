-- A list of hashes that somebody shared, as an import brought it. sha256: of its file. upto: its last
-- hash, NULL until all of it is here.
CREATE TABLE hash_list (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  shelf_id INTEGER NOT NULL REFERENCES shelf,
  name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  upto INTEGER,
  UNIQUE (shelf_id, name, sha256)
) STRICT;
-- kind: sha256, md5, sha1, pdq or vpdq. digest: the hash; of vpdq, one of its frames.
CREATE TABLE listed_hash (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  list_id INTEGER NOT NULL REFERENCES hash_list,
  kind TEXT NOT NULL,
  digest BLOB NOT NULL,
  label TEXT NOT NULL,
  source TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX listed_hash_once ON listed_hash (kind, digest, list_id);
CREATE INDEX listed_hash_by_list ON listed_hash (list_id);
-- The frames of a film that vpdq lists. seconds: when it is shown.
CREATE TABLE listed_frame (
  hash_id INTEGER NOT NULL REFERENCES listed_hash,
  number INTEGER NOT NULL,
  quality INTEGER NOT NULL,
  pdq BLOB NOT NULL,
  seconds REAL NOT NULL
) STRICT;
CREATE INDEX listed_frame_by_hash ON listed_frame (hash_id);
-- How an exhibit is named by a list: JSON of what is in verify.records.ListHit and not in the list.
CREATE TABLE list_hit (
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  hash_id INTEGER NOT NULL REFERENCES listed_hash,
  body TEXT NOT NULL,
  PRIMARY KEY (exhibit_id, hash_id)
) STRICT;
CREATE INDEX list_hit_by_hash ON list_hit (hash_id);
-- Up to which hash an exhibit was held against the lists.
CREATE TABLE list_looked (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  upto INTEGER NOT NULL
) STRICT;
-- Digests of originals that lists made necessary.
CREATE TABLE original_digest (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  md5 BLOB NOT NULL,
  sha1 BLOB NOT NULL
) STRICT;
