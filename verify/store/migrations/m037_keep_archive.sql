-- Imports of posts and accounts have a day and a hold, too.
CREATE TABLE kept (
  kind TEXT NOT NULL CHECK (kind IN ('case', 'source', 'import', 'account')),
  reference INTEGER NOT NULL,
  until TEXT,
  held INTEGER NOT NULL DEFAULT 0,
  reminded TEXT,
  PRIMARY KEY (kind, reference)
) STRICT;
INSERT INTO kept SELECT kind, reference, until, held, reminded FROM keep;
DROP TABLE keep;
ALTER TABLE kept RENAME TO keep;
