-- Exhibits of the archive that are preserved and described, and still to be compared and read.
-- views: what a comparison needs of them and is kept until then; NULL where the lab sees them again.
-- compared: 1 for a film of which sounds and words are still out.
CREATE TABLE uncompared (
  exhibit_id INTEGER PRIMARY KEY REFERENCES exhibit,
  person_id INTEGER NOT NULL REFERENCES person,
  views BLOB,
  compared INTEGER NOT NULL DEFAULT 0
) STRICT;
