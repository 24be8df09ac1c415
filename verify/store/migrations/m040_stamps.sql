-- That somebody outside said when the custody record existed (RFC 3161). text: what is stamped;
-- events, head: how many there were and the hash of the last. request, reply: as they were sent and
-- received; reply and stamped_at are NULL while none came. authority: its address, '' for a file.
CREATE TABLE stamp (
  id INTEGER PRIMARY KEY,
  events INTEGER NOT NULL,
  head TEXT NOT NULL,
  text TEXT NOT NULL,
  request BLOB NOT NULL,
  reply BLOB,
  authority TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  stamped_at TEXT
) STRICT;
