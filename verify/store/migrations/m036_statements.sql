-- What people state of accounts. kind: reliable, with a grade from A to F as value; or speaks for,
-- successor of, rival of, same hands, with an account's name. look_again: a day, or "".
CREATE TABLE account_statement (
  id INTEGER PRIMARY KEY,
  account_id INTEGER NOT NULL REFERENCES account,
  kind TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  look_again TEXT NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX account_statement_by_account ON account_statement (account_id);
