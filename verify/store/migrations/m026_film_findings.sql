-- What only shows when all of a film is decoded, as JSON. Empty until it is watched again.
ALTER TABLE footage ADD COLUMN findings TEXT NOT NULL DEFAULT '[]';
