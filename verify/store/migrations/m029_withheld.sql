-- Exhibits that nobody may hold: neither examined, indexed, handed out nor backed up.
CREATE TABLE withheld (
    exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit (id),
    person_id INTEGER NOT NULL REFERENCES person (id),
    at TEXT NOT NULL
);
-- By which such files are known: sha256, md5, sha1 and pdq, in lower-case hex.
CREATE TABLE withheld_hash (
    algorithm TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (algorithm, hash)
);
-- The one person to whom they are shown; nobody where there is no row.
CREATE TABLE withheld_to (person_id INTEGER PRIMARY KEY REFERENCES person (id));
