-- Wipes that have begun and are not at their end.
-- What a wipe has to go on with after a kill: ids alone, no words.

CREATE TABLE wipe_begun (
  case_id INTEGER PRIMARY KEY REFERENCES "case",
  person_id INTEGER NOT NULL REFERENCES person,
  around TEXT NOT NULL
) STRICT;
