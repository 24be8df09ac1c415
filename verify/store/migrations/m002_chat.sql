-- What the chat must remember across a kill.

CREATE TABLE inbox (
  bot_id INTEGER NOT NULL,
  update_id INTEGER NOT NULL,
  body TEXT NOT NULL,
  received_at TEXT NOT NULL,
  failures INTEGER NOT NULL DEFAULT 0,
  done_at TEXT,
  PRIMARY KEY (bot_id, update_id)
) STRICT;
CREATE INDEX inbox_waiting ON inbox (bot_id, update_id) WHERE done_at IS NULL;
CREATE TABLE sent (
  bot_id INTEGER NOT NULL,
  update_id INTEGER NOT NULL,
  step TEXT NOT NULL,
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  PRIMARY KEY (bot_id, update_id, step)
) STRICT;
CREATE TABLE button (
  token TEXT PRIMARY KEY,
  person_id INTEGER NOT NULL REFERENCES person,
  chat_id INTEGER NOT NULL,
  action TEXT NOT NULL,
  made_at TEXT NOT NULL,
  UNIQUE (person_id, chat_id, action)
) STRICT;
CREATE TABLE bot_message (
  bot_id INTEGER NOT NULL,
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  case_id INTEGER NOT NULL REFERENCES "case",
  exhibit_id INTEGER REFERENCES exhibit,
  purpose TEXT NOT NULL,
  PRIMARY KEY (bot_id, chat_id, message_id)
) STRICT;
CREATE INDEX bot_message_by_case ON bot_message (case_id, chat_id);
CREATE TABLE open_case (
  person_id INTEGER NOT NULL REFERENCES person,
  chat_id INTEGER NOT NULL,
  case_id INTEGER NOT NULL REFERENCES "case",
  PRIMARY KEY (person_id, chat_id)
) STRICT;
