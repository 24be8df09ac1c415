-- What a message in a chat shows, or speaks of: noted when the bot sends or edits it, and of what a
-- person wrote when it was worked off.

CREATE TABLE message_about (
  bot_id INTEGER NOT NULL,
  chat_id INTEGER NOT NULL,
  message_id INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('case', 'exhibit', 'claim')),
  number INTEGER NOT NULL,
  PRIMARY KEY (kind, number, bot_id, chat_id, message_id)
) STRICT, WITHOUT ROWID;
