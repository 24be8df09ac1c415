-- What coincides among the posts that everybody at the desk may see, by the exhibits concerned:
-- numbers alone, derived from the posts, made again where they changed. body: JSON.
CREATE TABLE coincidence (
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  body TEXT NOT NULL,
  PRIMARY KEY (exhibit_id, body)
) STRICT;
-- By what state of the posts that was computed last; no row where it has to be done again.
CREATE TABLE coincided (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  basis TEXT NOT NULL
) STRICT;
-- That the people of a case were told of a wave, and of how many accounts it was then.
CREATE TABLE wave_told (
  case_id INTEGER NOT NULL REFERENCES "case",
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  accounts INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (case_id, exhibit_id)
) STRICT;
