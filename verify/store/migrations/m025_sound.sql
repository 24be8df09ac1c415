-- What is heard in a film or a recording: derived from its original, made again by `reindex`.
CREATE TABLE sound (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  version INTEGER NOT NULL,
  seconds REAL NOT NULL,
  silent INTEGER NOT NULL,
  wholly INTEGER NOT NULL,
  times BLOB NOT NULL,
  tones BLOB NOT NULL
) STRICT;
-- Two exhibits with the same sound: the later one as it came, and where it runs in each.
CREATE TABLE same_sound (
  exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  earlier_exhibit_id INTEGER NOT NULL REFERENCES exhibit,
  passages TEXT NOT NULL,
  found_at TEXT NOT NULL,
  PRIMARY KEY (exhibit_id, earlier_exhibit_id)
) STRICT;
CREATE INDEX same_sound_earlier ON same_sound (earlier_exhibit_id);
