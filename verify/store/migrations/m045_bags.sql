-- Bags of other desks that were taken in, each once, into a case of its own. shelf_id: the number of
-- the import. digest: the SHA-256 of tags, the tag manifest. made_on, their_case, profile, head,
-- signed_by: as the bag says. key_known: whether a key that this desk knows signed it. files: how
-- many came. tags, signature, record: tag manifest, its signature, custody record, as they came.
-- words: what the other desk says, JSON.
CREATE TABLE bag (
  shelf_id INTEGER PRIMARY KEY REFERENCES shelf,
  case_id INTEGER NOT NULL REFERENCES "case",
  digest TEXT NOT NULL UNIQUE,
  made_on TEXT NOT NULL,
  their_case INTEGER NOT NULL,
  profile TEXT NOT NULL,
  head TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  key_known INTEGER NOT NULL,
  stamps INTEGER NOT NULL,
  files INTEGER NOT NULL,
  tags BLOB NOT NULL,
  signature BLOB NOT NULL,
  record TEXT NOT NULL,
  words TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX bag_by_case ON bag (case_id);
