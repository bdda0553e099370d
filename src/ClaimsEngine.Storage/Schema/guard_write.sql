CREATE OR REPLACE FUNCTION {schema}.guard_write(rested uuid[], rested_versions bigint[],
  key_scopes text[], key_values text[], key_holders uuid[], key_takes boolean[],
  pools text[], pool_counts bigint[], pool_limits bigint[],
  reply_caller text, reply_key text)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
-- First statement of a write, before its events: who loses here has cost no sequence value. Arrays are parallel within their group.
-- Refusals raise a SQLSTATE of their own with the 1-based place of the loser in its array as HINT:
-- CE001 a stream that the decision rests on has moved, CE002 key taken, CE003 places exhausted; CE004, without a place: the request was
-- answered before. It is asked first: whoever repeats a request meets the traces of his own command in all that follows.
-- A plan made while the tables were empty would scan them; one made of index look-ups is right at any size.
DECLARE
  met  integer;
  lost bigint;
BEGIN
  IF reply_key IS NOT NULL THEN
    PERFORM FROM {schema}.requests r WHERE r.caller = reply_caller AND r.request_key = reply_key;
    IF FOUND THEN
      RAISE EXCEPTION 'the request was answered before' USING ERRCODE = 'CE004';
    END IF;
  END IF;

  IF cardinality(rested) > 0 THEN
    PERFORM FROM {schema}.mt_streams s JOIN unnest(rested, rested_versions) AS r (id, version) ON s.id = r.id
    WHERE s.version = r.version AND s.is_archived IS NOT TRUE FOR SHARE OF s;
    GET DIAGNOSTICS met = ROW_COUNT;
    IF met < cardinality(rested) THEN
      RAISE EXCEPTION 'a stream that the decision rests on has moved' USING ERRCODE = 'CE001';
    END IF;
  END IF;

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
    GET DIAGNOSTICS met = ROW_COUNT;
    IF met < cardinality(array_positions(key_takes, true)) THEN
      SELECT min(c.place) INTO lost
      FROM unnest(key_scopes, key_values, key_holders, key_takes) WITH ORDINALITY AS c (scope, value, holder, take, place)
      WHERE c.take AND NOT EXISTS (
        SELECT FROM {schema}.unique_keys k WHERE k.scope = c.scope AND k.value = c.value AND k.holder = c.holder);
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
END $function$;
