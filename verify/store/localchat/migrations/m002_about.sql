-- What a message shows or speaks of, noted with it; which files it shows; which cases are wiped.

CREATE TABLE about (
  message_id INTEGER NOT NULL REFERENCES message,
  kind TEXT NOT NULL CHECK (kind IN ('case', 'exhibit', 'claim')),
  number INTEGER NOT NULL,
  PRIMARY KEY (kind, number, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX about_message ON about (message_id);
CREATE TABLE shows (
  unique_id TEXT NOT NULL,
  message_id INTEGER NOT NULL REFERENCES message,
  PRIMARY KEY (unique_id, message_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX shows_message ON shows (message_id);
INSERT OR IGNORE INTO shows (unique_id, message_id)
  SELECT t.value, m.id FROM message m, json_tree(m.body) t
  WHERE t.key = 'file_unique_id' AND t.type = 'text' AND NOT m.deleted;
CREATE TABLE wiped (case_id INTEGER PRIMARY KEY) STRICT;
-- messages up to this one were sent before anything was noted
INSERT OR REPLACE INTO setting (name, value)
  SELECT 'unnoted', coalesce(max(id), 0) FROM message;
