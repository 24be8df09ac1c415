-- Views that look alike where they overlap, which is too little for a match.
CREATE TABLE resemblance (
  id INTEGER PRIMARY KEY,
  view_id INTEGER NOT NULL REFERENCES view,
  earlier_view_id INTEGER NOT NULL REFERENCES view,
  orientation TEXT NOT NULL,
  region TEXT NOT NULL,
  earlier_region TEXT NOT NULL,
  map TEXT NOT NULL,
  scale REAL NOT NULL,
  inliers INTEGER NOT NULL,
  agreement REAL NOT NULL,
  expected REAL NOT NULL,
  bound INTEGER NOT NULL,
  found_at TEXT NOT NULL,
  UNIQUE (view_id, earlier_view_id)
) STRICT;
CREATE INDEX resemblance_by_earlier_view ON resemblance (earlier_view_id);
