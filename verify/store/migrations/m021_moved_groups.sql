-- A group that became a supergroup has another number there; the old one leads to it.
ALTER TABLE chat_group ADD COLUMN moved_to INTEGER;
