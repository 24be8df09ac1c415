-- Sources that only the holders of a key can read. public: an age key. body: encrypted to such keys.
CREATE TABLE sealing_key (
  id INTEGER PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person,
  public TEXT NOT NULL UNIQUE,
  at TEXT NOT NULL
) STRICT;
CREATE TABLE sealed (
  id INTEGER PRIMARY KEY,
  submission_id INTEGER NOT NULL REFERENCES submission,
  body BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX sealed_by_submission ON sealed (submission_id);
-- Chats in which all that comes is sealed, and what of it is not worked off yet.
CREATE TABLE sealed_chat (
  service TEXT NOT NULL,
  chat_id INTEGER NOT NULL,
  person_id INTEGER NOT NULL REFERENCES person,
  at TEXT NOT NULL,
  PRIMARY KEY (service, chat_id)
) STRICT;
CREATE TABLE sealed_arrival (
  bot_id INTEGER NOT NULL,
  update_id INTEGER NOT NULL,
  person_id INTEGER REFERENCES person,
  submission_id INTEGER REFERENCES submission,
  PRIMARY KEY (bot_id, update_id)
) STRICT;
