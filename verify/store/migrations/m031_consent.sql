-- What was asked of a source and answered, event by event. named: 1 with the name, 0 without.
CREATE TABLE consent (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES "case",
  event TEXT NOT NULL CHECK (event IN ('asked', 'given', 'refused', 'withdrawn')),
  use TEXT NOT NULL CHECK (use IN ('checking', 'publishing')),
  named INTEGER,
  until TEXT NOT NULL DEFAULT '',
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  key TEXT UNIQUE
) STRICT;
CREATE INDEX consent_by_case ON consent (case_id);
