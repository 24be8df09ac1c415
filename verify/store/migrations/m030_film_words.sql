-- What was read in frames of a film, as JSON: [[milliseconds, text], ...]. Derived from its original.
CREATE TABLE film_words (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  texts TEXT NOT NULL
) STRICT;
