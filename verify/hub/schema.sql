-- A hub of many desks, version 1. Any PostgreSQL from 14 on; no extension. Run once, by its owner.
--
-- Desks have no right to any table: they call the functions of functions.sql, which see
-- `session_user`. A row-level policy would switch the indexes on expressions off, and `explain`
-- would tell how many rows it hides.
CREATE SCHEMA verify_hub;
REVOKE ALL ON SCHEMA verify_hub FROM PUBLIC;

-- hub: which it is, wherever it stands. version: of all this. epoch: another one from a restore on; era counts them. place: where the
-- log stands, which a restore changes.
CREATE TABLE verify_hub.about (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  hub uuid NOT NULL DEFAULT gen_random_uuid(),
  version integer NOT NULL,
  epoch uuid NOT NULL DEFAULT gen_random_uuid(),
  era integer NOT NULL DEFAULT 1,
  place text NOT NULL,
  tidied_at timestamptz NOT NULL DEFAULT now()
);

-- role: by which the desk logs in, and its name for all others.
CREATE TABLE verify_hub.desk (
  role name PRIMARY KEY,
  invited_at timestamptz NOT NULL DEFAULT now(),
  came_at timestamptz
);

-- What desks shared, and that they took it back, in rows of their own. Nothing is ever deleted;
-- of what was taken back the body is forgotten. xid: of the transaction that wrote it: whoever
-- follows asks for what lies below the oldest one under way, so that none is passed by.
-- key: the desk's own. withdraws: the row that is taken back. first_seen, body: as the desk says;
-- body: docs/hub.md. at: by the clock of the hub.
CREATE TABLE verify_hub.log (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  era integer NOT NULL,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
  desk name NOT NULL REFERENCES verify_hub.desk,
  at timestamptz NOT NULL DEFAULT now(),
  key uuid NOT NULL,
  withdraws bigint UNIQUE REFERENCES verify_hub.log,
  first_seen timestamptz,
  body bytea,
  CHECK (withdraws IS NULL OR body IS NULL)
);
CREATE INDEX log_in_order ON verify_hub.log (era, xid, id);
CREATE UNIQUE INDEX log_once ON verify_hub.log (desk, key) WHERE withdraws IS NULL;

-- PDQ of what was shared, for desks that do not hold the log. Of 31 bits that may differ no more
-- than two lie in one of eight chunks of 22 bits, or no more than one in one of four of 20: the
-- sum of (2 + 1) * 8 and (1 + 1) * 4 is 32.
CREATE TABLE verify_hub.hash (
  entry bigint NOT NULL REFERENCES verify_hub.log,
  hash bit(256) NOT NULL
);
CREATE INDEX hash_of_entry ON verify_hub.hash (entry);
CREATE INDEX hash_0 ON verify_hub.hash (((substring(hash FROM 1 FOR 22))::int4));
CREATE INDEX hash_1 ON verify_hub.hash (((substring(hash FROM 23 FOR 22))::int4));
CREATE INDEX hash_2 ON verify_hub.hash (((substring(hash FROM 45 FOR 22))::int4));
CREATE INDEX hash_3 ON verify_hub.hash (((substring(hash FROM 67 FOR 22))::int4));
CREATE INDEX hash_4 ON verify_hub.hash (((substring(hash FROM 89 FOR 22))::int4));
CREATE INDEX hash_5 ON verify_hub.hash (((substring(hash FROM 111 FOR 22))::int4));
CREATE INDEX hash_6 ON verify_hub.hash (((substring(hash FROM 133 FOR 22))::int4));
CREATE INDEX hash_7 ON verify_hub.hash (((substring(hash FROM 155 FOR 22))::int4));
CREATE INDEX hash_8 ON verify_hub.hash (((substring(hash FROM 177 FOR 20))::int4));
CREATE INDEX hash_9 ON verify_hub.hash (((substring(hash FROM 197 FOR 20))::int4));
CREATE INDEX hash_10 ON verify_hub.hash (((substring(hash FROM 217 FOR 20))::int4));
CREATE INDEX hash_11 ON verify_hub.hash (((substring(hash FROM 237 FOR 20))::int4));
