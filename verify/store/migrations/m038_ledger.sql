-- What people say contradicts what else was said of a case's pictures. It is taken back, not deleted.
CREATE TABLE stated_contradiction (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES "case",
  text TEXT NOT NULL,
  reason TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  key TEXT UNIQUE,
  withdrawn_why TEXT NOT NULL DEFAULT '',
  withdrawn_by INTEGER REFERENCES person,
  withdrawn_at TEXT
) STRICT;
CREATE INDEX stated_contradiction_by_case ON stated_contradiction (case_id);
