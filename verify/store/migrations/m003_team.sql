-- Roles, invitations, assignments, confidential cases, verdicts by two.

ALTER TABLE person ADD COLUMN role TEXT;
CREATE TABLE invite (
  id INTEGER PRIMARY KEY,
  code_digest TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL,
  made_by INTEGER REFERENCES person,
  expires_at TEXT NOT NULL,
  used_by INTEGER REFERENCES person
) STRICT;
CREATE TABLE guess (
  platform TEXT NOT NULL,
  external_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX guess_by_time ON guess (at);
CREATE TABLE stranger (
  platform TEXT NOT NULL,
  external_id TEXT NOT NULL,
  name TEXT NOT NULL,
  first_at TEXT NOT NULL,
  last_at TEXT NOT NULL,
  messages INTEGER NOT NULL,
  answered_at TEXT,
  blocked_at TEXT,
  PRIMARY KEY (platform, external_id)
) STRICT;
CREATE TABLE chat_group (
  platform TEXT NOT NULL,
  chat_id INTEGER NOT NULL,
  enabled_by INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  PRIMARY KEY (platform, chat_id)
) STRICT;
ALTER TABLE "case" ADD COLUMN status TEXT NOT NULL DEFAULT 'open';
ALTER TABLE "case" ADD COLUMN priority TEXT NOT NULL DEFAULT 'normal';
ALTER TABLE "case" ADD COLUMN assignee_id INTEGER REFERENCES person;
ALTER TABLE "case" ADD COLUMN due_at TEXT;
ALTER TABLE "case" ADD COLUMN confidential INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "case" ADD COLUMN merged_into INTEGER REFERENCES "case";
CREATE TABLE case_member (
  case_id INTEGER NOT NULL REFERENCES "case",
  person_id INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (case_id, person_id)
) STRICT;
CREATE TABLE tag (
  case_id INTEGER NOT NULL REFERENCES "case",
  name TEXT NOT NULL,
  PRIMARY KEY (case_id, name)
) STRICT;
CREATE TABLE watcher (
  case_id INTEGER NOT NULL REFERENCES "case",
  person_id INTEGER NOT NULL REFERENCES person,
  PRIMARY KEY (case_id, person_id)
) STRICT;
CREATE TABLE related (
  case_id INTEGER NOT NULL REFERENCES "case",
  other_id INTEGER NOT NULL REFERENCES "case",
  PRIMARY KEY (case_id, other_id)
) STRICT;
CREATE TABLE notice (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person,
  case_id INTEGER NOT NULL REFERENCES "case",
  sentence TEXT NOT NULL,
  at TEXT NOT NULL,
  sent_at TEXT
) STRICT;
CREATE INDEX notice_waiting ON notice (id) WHERE sent_at IS NULL;
ALTER TABLE verdict ADD COLUMN state TEXT NOT NULL DEFAULT 'confirmed';
ALTER TABLE verdict ADD COLUMN decided_by INTEGER REFERENCES person;
ALTER TABLE verdict ADD COLUMN decided_at TEXT;
ALTER TABLE verdict ADD COLUMN remark TEXT NOT NULL DEFAULT '';
