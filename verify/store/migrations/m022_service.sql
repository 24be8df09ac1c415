-- What a message came by is its service; a network is where a post stands.

ALTER TABLE person RENAME COLUMN platform TO service;
ALTER TABLE submission RENAME COLUMN platform TO service;
ALTER TABLE source RENAME COLUMN platform TO service;
ALTER TABLE sighting RENAME COLUMN platform TO service;
ALTER TABLE guess RENAME COLUMN platform TO service;
ALTER TABLE stranger RENAME COLUMN platform TO service;
ALTER TABLE chat_group RENAME COLUMN platform TO service;
