-- Reports that were made of a case, each by the digest of its file. version: how many verdicts of
-- the case were confirmed then. head: of the custody chain at which it was made.
CREATE TABLE report (
  id INTEGER PRIMARY KEY,
  case_id INTEGER NOT NULL REFERENCES "case",
  version INTEGER NOT NULL,
  profile TEXT NOT NULL,
  language TEXT NOT NULL,
  format TEXT NOT NULL,
  head TEXT NOT NULL,
  sha256 TEXT NOT NULL UNIQUE,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX report_by_case ON report (case_id);
-- To whom one was given, in the words of whoever noted it.
CREATE TABLE report_given (
  report_id INTEGER NOT NULL REFERENCES report,
  name TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  UNIQUE (report_id, name)
) STRICT;
