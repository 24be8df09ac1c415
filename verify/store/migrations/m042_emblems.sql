-- A logo, flag or seal that a person marked by a box, in fractions of the picture's sides.
CREATE TABLE emblem (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  case_id INTEGER NOT NULL REFERENCES "case",
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  name TEXT NOT NULL,
  left_ REAL NOT NULL,
  top REAL NOT NULL,
  right_ REAL NOT NULL,
  bottom REAL NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL
) STRICT;
-- Where else it stood.
CREATE TABLE emblem_found (
  emblem_id INTEGER NOT NULL REFERENCES emblem,
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  PRIMARY KEY (emblem_id, exhibit_id)
) STRICT;
CREATE INDEX emblem_found_by_exhibit ON emblem_found (exhibit_id);
-- Up to which emblem an exhibit was looked through.
CREATE TABLE emblem_looked (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  upto INTEGER NOT NULL
) STRICT;
