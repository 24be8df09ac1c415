-- What desks may call, and all that they may do. Each runs with the rights of the hub's owner and
-- knows the desk by `session_user`, which no statement of a desk can change. Run again by every
-- `hub init`.

-- Where the log stands: a restore from a dump gives the table another number, one from a copy of
-- the files another timeline, another server another system.
CREATE OR REPLACE FUNCTION verify_hub.place() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RETURN (
    SELECT concat_ws(' ', s.system_identifier, c.timeline_id, 'verify_hub.log'::regclass::oid)
    FROM pg_control_system() s, pg_control_checkpoint() c
  );
EXCEPTION WHEN insufficient_privilege THEN  -- some who rent servers out do not tell
  RETURN 'verify_hub.log'::regclass::oid::text;
END
$$;

CREATE OR REPLACE FUNCTION verify_hub.demand_desk() RETURNS name
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM verify_hub.desk WHERE role = session_user) THEN
    RAISE insufficient_privilege USING MESSAGE = 'this role is no desk of the hub';
  END IF;
  RETURN session_user;
END
$$;

-- What the desk needs to know before all else, and whether the hub still has the row that it
-- followed to. A hub that finds itself restored begins another epoch.
CREATE OR REPLACE FUNCTION verify_hub.greet(upto bigint)
RETURNS TABLE (version integer, hub uuid, epoch uuid, desk text, known boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me name := verify_hub.demand_desk();
BEGIN
  UPDATE verify_hub.about a SET epoch = gen_random_uuid(), era = a.era + 1, place = verify_hub.place()
    WHERE a.place <> verify_hub.place();
  UPDATE verify_hub.desk d SET came_at = now()
    WHERE d.role = me AND (d.came_at IS NULL OR d.came_at < now() - interval '1 hour');
  RETURN QUERY SELECT a.version, a.hub, a.epoch, me::text,
    upto = 0 OR EXISTS (SELECT 1 FROM verify_hub.log l WHERE l.id = upto)
    FROM verify_hub.about a;
END
$$;

-- Share a picture, once under a key of the desk's own. What is said of when and by whom is the
-- hub's, but for when the desk saw it first, which cannot lie in the future.
CREATE OR REPLACE FUNCTION verify_hub.share(
  own_key uuid, seen timestamptz, entry bytea, hashes bytea[]
) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me name := verify_hub.demand_desk();
  number bigint;
BEGIN
  IF octet_length(entry) NOT BETWEEN 1 AND 1048576 OR cardinality(hashes) > 64
    OR own_key IS NULL OR entry IS NULL OR hashes IS NULL
    OR seen IS NULL OR seen < '1990-01-01'
    OR EXISTS (SELECT 1 FROM unnest(hashes) one WHERE octet_length(one) IS DISTINCT FROM 32)
  THEN
    RAISE invalid_parameter_value USING MESSAGE = 'no entry of a hub';
  END IF;
  INSERT INTO verify_hub.log (era, desk, key, first_seen, body)
    SELECT a.era, me, own_key, least(seen, now()), entry FROM verify_hub.about a
    ON CONFLICT DO NOTHING RETURNING id INTO number;
  IF number IS NULL THEN
    RETURN (SELECT id FROM verify_hub.log
      WHERE desk = me AND key = own_key AND withdraws IS NULL);
  END IF;
  INSERT INTO verify_hub.hash
    SELECT number, ('x' || encode(one, 'hex'))::bit(256) FROM unnest(hashes) one;
  RETURN number;
END
$$;

-- Take back what this desk shared; false where the hub has nothing of this desk under the key.
CREATE OR REPLACE FUNCTION verify_hub.withdraw(own_key uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me name := verify_hub.demand_desk();
  number bigint;
BEGIN
  SELECT id INTO number FROM verify_hub.log
    WHERE desk = me AND key = own_key AND withdraws IS NULL;
  IF number IS NULL THEN
    RETURN false;
  END IF;
  INSERT INTO verify_hub.log (era, desk, key, withdraws)
    SELECT a.era, me, own_key, number FROM verify_hub.about a ON CONFLICT DO NOTHING;
  DELETE FROM verify_hub.hash WHERE entry = number;
  RETURN true;
END
$$;

-- The rows behind a place in the log, in its order, as far as no transaction that is under way can
-- still write before them. Of what this desk shared, and of what was taken back, without the body.
-- withdrawals_alone: for desks that do not hold the log.
CREATE OR REPLACE FUNCTION verify_hub.follow(
  last_era integer, last_xid text, upto bigint, withdrawals_alone boolean, most integer
) RETURNS TABLE (
  era integer, xid text, id bigint, desk text, key uuid, at timestamptz, withdrawal boolean,
  first_seen timestamptz, body bytea
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  me name := verify_hub.demand_desk();
BEGIN
  RETURN QUERY
    SELECT l.era, l.xid::text, l.id, l.desk::text, l.key, l.at, l.withdraws IS NOT NULL,
      l.first_seen,
      CASE WHEN l.desk <> me
        AND NOT EXISTS (SELECT 1 FROM verify_hub.log w WHERE w.withdraws = l.id) THEN l.body END
    FROM verify_hub.log l
    WHERE (l.era, l.xid, l.id) > (last_era, last_xid::xid8, upto)
      AND (l.era < (SELECT a.era FROM verify_hub.about a)
        OR l.xid < pg_snapshot_xmin(pg_current_snapshot()))
      AND (l.withdraws IS NOT NULL OR NOT withdrawals_alone)
    ORDER BY l.era, l.xid, l.id
    LIMIT least(most, 1000);
END
$$;

-- How many rows lie behind a place in the log, counted to 100,000; how many of them cannot be
-- followed yet, and since when the oldest of these waits for a transaction to end.
CREATE OR REPLACE FUNCTION verify_hub.behind(last_era integer, last_xid text, upto bigint)
RETURNS TABLE (entries bigint, held_back bigint, since timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM verify_hub.demand_desk();
  RETURN QUERY
    SELECT count(*), count(*) FILTER (WHERE one.held), min(one.at) FILTER (WHERE one.held)
    FROM (
      SELECT l.at, l.era = a.era AND l.xid >= pg_snapshot_xmin(pg_current_snapshot()) AS held
      FROM verify_hub.log l, verify_hub.about a
      WHERE (l.era, l.xid, l.id) > (last_era, last_xid::xid8, upto)
      ORDER BY l.era, l.xid, l.id LIMIT 100000
    ) one;
END
$$;

-- All values that differ from one in so many bits at most.
CREATE OR REPLACE FUNCTION verify_hub.probes(value integer, width integer, within integer)
RETURNS integer[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(value # mask) FROM (
    SELECT 0 AS mask
    UNION ALL SELECT 1 << a FROM generate_series(0, width - 1) a WHERE within >= 1
    UNION ALL SELECT (1 << a) | (1 << b) FROM generate_series(0, width - 1) a,
      generate_series(0, width - 1) b WHERE b > a AND within >= 2
  ) masks
$$;

-- The probes of all hashes in one of their chunks.
CREATE OR REPLACE FUNCTION verify_hub.chunk(
  asked bit(256)[], first integer, width integer, within integer
) RETURNS integer[]
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp AS $$
  SELECT array_agg(DISTINCT probe)
  FROM unnest(asked) one,
    unnest(verify_hub.probes((substring(one FROM first FOR width))::int4, width, within)) probe
$$;

-- What others shared that lies within 31 bits of any of these hashes, exactly; for desks that do
-- not hold the log, which tell the hub what they look at by asking.
CREATE OR REPLACE FUNCTION verify_hub.near(hashes bytea[])
RETURNS TABLE (
  id bigint, desk text, key uuid, at timestamptz, first_seen timestamptz, body bytea
)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_indexscan = off AS $$
DECLARE
  me name := verify_hub.demand_desk();
  asked bit(256)[] := ARRAY(
    SELECT ('x' || encode(one, 'hex'))::bit(256) FROM unnest(hashes[1:64]) one
    WHERE octet_length(one) = 32);
  p0 integer[]; p1 integer[]; p2 integer[]; p3 integer[]; p4 integer[]; p5 integer[];
  p6 integer[]; p7 integer[]; p8 integer[]; p9 integer[]; p10 integer[]; p11 integer[];
BEGIN
  p0 := verify_hub.chunk(asked, 1, 22, 2); p1 := verify_hub.chunk(asked, 23, 22, 2);
  p2 := verify_hub.chunk(asked, 45, 22, 2); p3 := verify_hub.chunk(asked, 67, 22, 2);
  p4 := verify_hub.chunk(asked, 89, 22, 2); p5 := verify_hub.chunk(asked, 111, 22, 2);
  p6 := verify_hub.chunk(asked, 133, 22, 2); p7 := verify_hub.chunk(asked, 155, 22, 2);
  p8 := verify_hub.chunk(asked, 177, 20, 1); p9 := verify_hub.chunk(asked, 197, 20, 1);
  p10 := verify_hub.chunk(asked, 217, 20, 1); p11 := verify_hub.chunk(asked, 237, 20, 1);
  RETURN QUERY
    SELECT l.id, l.desk::text, l.key, l.at, l.first_seen, l.body
    FROM verify_hub.log l
    WHERE l.desk <> me AND l.body IS NOT NULL AND l.id IN (
      SELECT h.entry FROM verify_hub.hash h
      WHERE ((substring(h.hash FROM 1 FOR 22))::int4 = ANY (p0)
        OR (substring(h.hash FROM 23 FOR 22))::int4 = ANY (p1)
        OR (substring(h.hash FROM 45 FOR 22))::int4 = ANY (p2)
        OR (substring(h.hash FROM 67 FOR 22))::int4 = ANY (p3)
        OR (substring(h.hash FROM 89 FOR 22))::int4 = ANY (p4)
        OR (substring(h.hash FROM 111 FOR 22))::int4 = ANY (p5)
        OR (substring(h.hash FROM 133 FOR 22))::int4 = ANY (p6)
        OR (substring(h.hash FROM 155 FOR 22))::int4 = ANY (p7)
        OR (substring(h.hash FROM 177 FOR 20))::int4 = ANY (p8)
        OR (substring(h.hash FROM 197 FOR 20))::int4 = ANY (p9)
        OR (substring(h.hash FROM 217 FOR 20))::int4 = ANY (p10)
        OR (substring(h.hash FROM 237 FOR 20))::int4 = ANY (p11))
      AND EXISTS (SELECT 1 FROM unnest(asked) one WHERE bit_count(h.hash # one) <= 31)
      LIMIT 200
    );
END
$$;

-- Forget the bodies of what was taken back, once a night, whichever desk comes first.
CREATE OR REPLACE FUNCTION verify_hub.tidy() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM verify_hub.demand_desk();
  IF NOT EXISTS (SELECT 1 FROM verify_hub.about WHERE tidied_at < now() - interval '20 hours') THEN
    RETURN false;
  END IF;
  UPDATE verify_hub.about SET tidied_at = now() WHERE tidied_at < now() - interval '20 hours';
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE verify_hub.log l SET body = NULL, first_seen = NULL
    WHERE l.body IS NOT NULL AND l.id IN (SELECT w.withdraws FROM verify_hub.log w);
  DELETE FROM verify_hub.hash h WHERE h.entry IN (SELECT w.withdraws FROM verify_hub.log w);
  RETURN true;
END
$$;

-- End what a desk left open for two minutes, for which all others wait; as far as the hub's owner
-- may. A desk can switch its own limit off, but not this.
CREATE OR REPLACE FUNCTION verify_hub.unblock() RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM verify_hub.demand_desk();
  BEGIN
    RETURN (
      SELECT count(pg_terminate_backend(a.pid)) FROM pg_stat_activity a
      JOIN verify_hub.desk d ON d.role = a.usename
      WHERE a.datname = current_database() AND a.pid <> pg_backend_pid()
        AND a.xact_start < now() - interval '2 minutes'
    );
  EXCEPTION WHEN insufficient_privilege THEN
    RETURN 0;
  END;
END
$$;

-- Rights. The role of all desks is one of the whole server; each hub asks who is invited to it.
DO $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'verify_hub_desk') THEN
    CREATE ROLE verify_hub_desk NOLOGIN;
  END IF;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO verify_hub_desk', current_database());
END
$$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- Large objects belong to whoever makes them, and would be a place to leave things for others.
REVOKE EXECUTE ON FUNCTION
  lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea), lo_put(oid, bigint, bytea),
  lo_open(oid, integer), lowrite(integer, bytea)
FROM PUBLIC;
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA verify_hub FROM PUBLIC;
GRANT USAGE ON SCHEMA verify_hub TO verify_hub_desk;
GRANT EXECUTE ON FUNCTION
  verify_hub.greet(bigint),
  verify_hub.share(uuid, timestamptz, bytea, bytea[]),
  verify_hub.withdraw(uuid),
  verify_hub.follow(integer, text, bigint, boolean, integer),
  verify_hub.behind(integer, text, bigint),
  verify_hub.near(bytea[]),
  verify_hub.tidy(),
  verify_hub.unblock()
TO verify_hub_desk;
