-- What people say that an exhibit shows: it is covered as long as one that holds has not ended.
-- holds: 0 where somebody says that a caption's words are wrong about it. case_id: where it was
-- said; it covers the same bytes everywhere. off_asked_by: who wants another's mark off.
CREATE TABLE mark (
    id INTEGER PRIMARY KEY,
    exhibit_id INTEGER NOT NULL REFERENCES exhibit (id),
    case_id INTEGER REFERENCES "case" (id),
    kind TEXT NOT NULL,
    holds INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL,
    off_asked_by INTEGER REFERENCES person (id),
    ended_by INTEGER REFERENCES person (id),
    ended_at TEXT
);
CREATE UNIQUE INDEX mark_stands ON mark (exhibit_id, kind) WHERE ended_at IS NULL;
-- What was taken out of another exhibit bears its marks.
CREATE INDEX submission_derived ON submission (service) WHERE service = 'derived';
