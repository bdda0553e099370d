-- Everything of one or several appends in one transaction, or nothing; one call, one round trip. Arrays are parallel within their group.
-- Refusals raise a SQLSTATE of their own with the 1-based place of the loser in its array as HINT:
-- CE001 version conflict, CE002 key taken, CE003 places exhausted, CE004 request already answered, CE005 stream archived.
CREATE OR REPLACE FUNCTION {schema}.append_events(
  streams uuid[], stream_types varchar[], expected bigint[], counts integer[],
  event_ids uuid[], event_streams integer[], event_versions bigint[], event_types varchar[], dotnet_types varchar[], bodies jsonb[],
  users varchar[], causations varchar[], correlations varchar[], header_sets jsonb[],
  key_scopes text[], key_values text[], key_holders uuid[], key_takes boolean[],
  pools text[], pool_counts bigint[], pool_limits bigint[],
  reply_callers text[], reply_keys text[], reply_hashes text[], reply_statuses integer[], reply_resources uuid[],
  reply_versions bigint[], reply_events integer[],
  message_ids uuid[], message_kinds text[], message_bodies jsonb[],
  OUT at_epoch smallint, OUT at_tx xid8, OUT at_seqs bigint[], OUT at_times timestamptz[])
LANGUAGE plpgsql
-- A plan made while the tables were empty would scan them; one made of index look-ups is right at any size.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
#variable_conflict use_column
DECLARE
  clock  timestamptz := clock_timestamp();
  fresh  integer := cardinality(array_positions(expected, 0));
  won    bigint[];
  begun  uuid[];
  lost   bigint;
  taken  bigint;
BEGIN
  IF cardinality(reply_keys) > 0 THEN
    SELECT min(r.place) INTO lost
    FROM unnest(reply_callers, reply_keys) WITH ORDINALITY AS r (caller, request_key, place)
    WHERE EXISTS (SELECT FROM {schema}.requests q WHERE q.caller = r.caller AND q.request_key = r.request_key);
    IF lost IS NOT NULL THEN
      RAISE EXCEPTION 'request already answered' USING ERRCODE = 'CE004', HINT = lost::text;
    END IF;
  END IF;

  -- Heads first: whoever loses here has cost no sequence value and holds no lock but those it waited for.
  IF fresh > 0 THEN
    WITH started AS (
      INSERT INTO {schema}.mt_streams (id, type, version, timestamp, created)
      SELECT a.id, a.type, a.count, clock, clock
      FROM unnest(streams, stream_types, expected, counts) AS a (id, type, expected, count)
      WHERE a.expected = 0
      ON CONFLICT (id) DO NOTHING
      RETURNING id)
    SELECT array_agg(id) INTO begun FROM started;
    IF coalesce(cardinality(begun), 0) < fresh THEN
      SELECT min(a.place) INTO lost FROM unnest(streams, expected) WITH ORDINALITY AS a (id, expected, place)
      WHERE a.expected = 0 AND a.id <> ALL (coalesce(begun, '{}'));
      RAISE EXCEPTION 'stream % exists already', streams[lost] USING ERRCODE = 'CE001', HINT = lost::text;
    END IF;
  END IF;

  IF fresh < cardinality(streams) THEN
    WITH moved AS (
      UPDATE {schema}.mt_streams s
      SET version = s.version + a.count, timestamp = CASE WHEN a.count > 0 THEN greatest(clock, s.timestamp) ELSE s.timestamp END
      FROM unnest(streams, expected, counts) WITH ORDINALITY AS a (id, expected, count, place)
      WHERE a.expected > 0 AND s.id = a.id AND s.version = a.expected AND s.is_archived IS NOT TRUE
      RETURNING a.place, s.timestamp)
    SELECT array_agg(h.place), array_agg(h.at ORDER BY h.place) INTO won, at_times
    FROM (SELECT m.place, m.timestamp FROM moved m
          UNION ALL
          SELECT a.place, clock FROM unnest(expected) WITH ORDINALITY AS a (expected, place) WHERE a.expected = 0) AS h (place, at);
    IF coalesce(cardinality(won), 0) < cardinality(streams) THEN
      SELECT min(a.place) INTO lost FROM unnest(streams) WITH ORDINALITY AS a (id, place) WHERE a.place <> ALL (coalesce(won, '{}'));
      IF EXISTS (SELECT FROM {schema}.mt_streams s WHERE s.id = streams[lost] AND s.is_archived) THEN
        RAISE EXCEPTION 'stream % is archived', streams[lost] USING ERRCODE = 'CE005', HINT = lost::text;
      END IF;
      RAISE EXCEPTION 'stream % is not at version %', streams[lost], expected[lost] USING ERRCODE = 'CE001', HINT = lost::text;
    END IF;
  ELSE
    at_times := array_fill(clock, ARRAY[fresh]);
  END IF;

  IF cardinality(event_ids) > 0 THEN
    WITH written AS (
      INSERT INTO {schema}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type,
                                      user_name, causation_id, correlation_id, headers)
      SELECT nextval('{schema}.mt_events_sequence'), e.id, streams[e.stream], e.version, e.body, e.type, at_times[e.stream], e.dotnet_type,
             e.user_name, e.causation, e.correlation, e.headers
      FROM unnest(event_ids, event_streams, event_versions, event_types, dotnet_types, bodies, users, causations, correlations, header_sets)
        WITH ORDINALITY AS e (id, stream, version, type, dotnet_type, body, user_name, causation, correlation, headers, place)
      RETURNING seq_id, epoch)
    SELECT array_agg(seq_id ORDER BY seq_id), max(epoch) INTO at_seqs, at_epoch FROM written;
  ELSE
    SELECT c.epoch INTO at_epoch FROM {schema}.cluster_epoch c;
  END IF;
  at_tx := pg_current_xact_id();

  IF cardinality(key_scopes) > 0 THEN
    DELETE FROM {schema}.unique_keys k
    USING unnest(key_scopes, key_values, key_holders, key_takes) AS c (scope, value, holder, take)
    WHERE NOT c.take AND k.scope = c.scope AND k.value = c.value AND k.holder = c.holder;

    -- The update that changes nothing locks a key that this holder has already, and counts it.
    INSERT INTO {schema}.unique_keys AS k (scope, value, holder)
    SELECT c.scope, c.value, c.holder
    FROM unnest(key_scopes, key_values, key_holders, key_takes) AS c (scope, value, holder, take)
    WHERE c.take
    ON CONFLICT (scope, value) DO UPDATE SET holder = k.holder WHERE k.holder = excluded.holder;
    GET DIAGNOSTICS taken = ROW_COUNT;
    -- Only who has lost asks which key it was: rosters take 100,000 keys at once, and no join of two lists of them is quick without a hash.
    IF taken < cardinality(array_positions(key_takes, true)) THEN
      SELECT min(c.place) INTO lost
      FROM unnest(key_scopes, key_values, key_holders, key_takes) WITH ORDINALITY AS c (scope, value, holder, take, place)
      WHERE c.take AND NOT EXISTS (SELECT FROM {schema}.unique_keys k WHERE k.scope = c.scope AND k.value = c.value AND k.holder = c.holder);
      RAISE EXCEPTION 'key % is taken', key_scopes[lost] USING ERRCODE = 'CE002', HINT = lost::text;
    END IF;
  END IF;

  IF cardinality(pools) > 0 THEN
    INSERT INTO {schema}.places (pool, taken) SELECT p.pool, 0 FROM unnest(pools) AS p (pool)
    WHERE NOT EXISTS (SELECT FROM {schema}.places q WHERE q.pool = p.pool)
    ON CONFLICT (pool) DO NOTHING;

    -- Giving back is never refused for a limit that was lowered meanwhile.
    WITH moved AS (
      UPDATE {schema}.places q SET taken = q.taken + p.count
      FROM unnest(pools, pool_counts, pool_limits) WITH ORDINALITY AS p (pool, count, bound, place)
      WHERE q.pool = p.pool AND q.taken + p.count >= 0 AND (p.count < 0 OR q.taken + p.count <= p.bound)
      RETURNING p.place)
    SELECT min(p.place) INTO lost FROM unnest(pools) WITH ORDINALITY AS p (pool, place)
    WHERE NOT EXISTS (SELECT FROM moved m WHERE m.place = p.place);
    IF lost IS NOT NULL THEN
      RAISE EXCEPTION 'pool % has not enough places', pools[lost] USING ERRCODE = 'CE003', HINT = lost::text;
    END IF;
  END IF;

  IF cardinality(reply_keys) > 0 THEN
    WITH stored AS (
      INSERT INTO {schema}.requests (caller, request_key, body_hash, status, resource, version, epoch, tx_id, seq_id, event_id, recorded_at)
      SELECT r.caller, r.request_key, r.hash, r.status, r.resource, r.version,
             CASE WHEN r.event > 0 THEN at_epoch ELSE 0 END, CASE WHEN r.event > 0 THEN at_tx ELSE '0'::xid8 END,
             CASE WHEN r.event > 0 THEN at_seqs[r.event] ELSE 0 END, CASE WHEN r.event > 0 THEN event_ids[r.event] END,
             CASE WHEN r.event > 0 THEN at_times[event_streams[r.event]] ELSE clock END
      FROM unnest(reply_callers, reply_keys, reply_hashes, reply_statuses, reply_resources, reply_versions, reply_events)
        AS r (caller, request_key, hash, status, resource, version, event)
      ON CONFLICT (caller, request_key) DO NOTHING
      RETURNING caller, request_key)
    SELECT min(r.place) INTO lost
    FROM unnest(reply_callers, reply_keys) WITH ORDINALITY AS r (caller, request_key, place)
    WHERE NOT EXISTS (SELECT FROM stored s WHERE s.caller = r.caller AND s.request_key = r.request_key);
    IF lost IS NOT NULL THEN
      RAISE EXCEPTION 'request already answered' USING ERRCODE = 'CE004', HINT = lost::text;
    END IF;
  END IF;

  IF cardinality(message_ids) > 0 THEN
    INSERT INTO {schema}.outbox (id, kind, body, enqueued_at)
    SELECT m.id, m.kind, m.body, clock FROM unnest(message_ids, message_kinds, message_bodies) AS m (id, kind, body);
  END IF;

  IF cardinality(streams) = 0 THEN
    at_times := ARRAY[clock];
  END IF;
END $$;
