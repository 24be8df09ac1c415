-- Cases that were wiped, originals still to be removed, what one person sent lately.

ALTER TABLE "case" ADD COLUMN wiped_at TEXT;
CREATE TABLE doomed (sha256 TEXT PRIMARY KEY) STRICT;
CREATE INDEX submission_by_person ON submission (person_id, received_at);
