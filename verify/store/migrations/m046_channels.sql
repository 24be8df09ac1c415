-- Channels that the bot is a member of. enabled_by: who had their posts kept, NULL while nobody did.
CREATE TABLE channel (
  service TEXT NOT NULL,
  chat_id INTEGER NOT NULL,
  title TEXT NOT NULL,
  heard_at TEXT NOT NULL,
  enabled_by INTEGER REFERENCES person,
  enabled_at TEXT,
  PRIMARY KEY (service, chat_id)
) STRICT;
-- What became of a post. edited: at when, as verify.records.Post has it, and its text before; shelf_id
-- is NULL. gone: it stood no longer in the export that this shelf holds, which came in at that moment.
CREATE TABLE post_event (
  id INTEGER PRIMARY KEY,
  post_id INTEGER NOT NULL REFERENCES post,
  kind TEXT NOT NULL CHECK (kind IN ('edited', 'gone')),
  at TEXT NOT NULL,
  text TEXT NOT NULL,
  shelf_id INTEGER REFERENCES shelf,
  UNIQUE (post_id, kind, at, text)
) STRICT;
CREATE INDEX post_event_by_shelf ON post_event (shelf_id);
