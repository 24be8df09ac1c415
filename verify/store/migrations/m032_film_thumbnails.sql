-- The thumbnails of a film's samples, an array of msgpack. None until it is watched again.
ALTER TABLE footage ADD COLUMN thumbnails BLOB NOT NULL DEFAULT x'90';
