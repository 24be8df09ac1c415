-- Until when a case or a source is kept, and the legal hold that stops a wipe. until: the last day;
-- NULL for none. reminded: the day of which people were told that it is over.
CREATE TABLE keep (
  kind TEXT NOT NULL CHECK (kind IN ('case', 'source')),
  reference INTEGER NOT NULL,
  until TEXT,
  held INTEGER NOT NULL DEFAULT 0,
  reminded TEXT,
  PRIMARY KEY (kind, reference)
) STRICT;
