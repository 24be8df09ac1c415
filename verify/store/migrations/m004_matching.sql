-- Local features, what proves a match by them, and a person's word on a match.

CREATE TABLE features (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  version INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  points BLOB NOT NULL,
  descriptors BLOB NOT NULL,
  thumbnail BLOB NOT NULL
) STRICT;
ALTER TABLE match ADD COLUMN scale REAL;
ALTER TABLE match ADD COLUMN inliers INTEGER;
ALTER TABLE match ADD COLUMN agreement REAL;
ALTER TABLE match ADD COLUMN map TEXT;
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY,
  match_id INTEGER NOT NULL REFERENCES match,
  same INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX judgement_by_match ON judgement (match_id);
