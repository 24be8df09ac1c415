-- Where the words of a note, a caption or a finding stand in the full text.
-- Deleting by columns that full text does not index would read the whole table.

CREATE TABLE findable (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  reference INTEGER NOT NULL
) STRICT;
CREATE INDEX findable_by_reference ON findable (kind, reference);
INSERT INTO findable SELECT rowid, kind, reference FROM words;
