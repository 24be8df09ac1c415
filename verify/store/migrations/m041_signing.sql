-- The keys by which the desk signs what it hands out: the public halves. gone_at: since when it
-- signs nothing by one, which was lost or gave way to another.
CREATE TABLE signing_key (
  fingerprint TEXT PRIMARY KEY,
  public TEXT NOT NULL,
  made_at TEXT NOT NULL,
  gone_at TEXT
) STRICT;
