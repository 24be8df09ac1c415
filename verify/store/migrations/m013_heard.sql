-- When the chat service last answered a request for updates: it keeps them for a while only.
CREATE TABLE heard (
  bot_id INTEGER PRIMARY KEY,
  at TEXT NOT NULL
) STRICT;
-- When a step was sent, so that one that belongs to no update can be forgotten.
ALTER TABLE sent ADD COLUMN sent_at TEXT NOT NULL DEFAULT '';
