-- Whether an answer to the checklist is what the desk proposed, accepted by a person.
ALTER TABLE answer ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0;
