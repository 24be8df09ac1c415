-- How far covered pictures go by themselves for a person, and beyond how many a day to say so.
CREATE TABLE chosen (person_id INTEGER PRIMARY KEY, by_itself TEXT NOT NULL, beyond INTEGER NOT NULL);
-- How many covered pictures a person opened on a day; never which.
CREATE TABLE opened (
    person_id INTEGER NOT NULL,
    day TEXT NOT NULL,
    pictures INTEGER NOT NULL,
    PRIMARY KEY (person_id, day)
);
