-- What Marten's Quick modes call: returns the final version, then the seq_id of every event. MT003: wrong version. MT001: archived stream.
CREATE OR REPLACE FUNCTION {schema}.mt_quick_append_events(
  stream uuid, stream_type varchar, tenantid varchar, event_ids uuid[], event_types varchar[], dotnet_types varchar[], bodies jsonb[],
  bdatas bytea[], causation_ids varchar[], correlation_ids varchar[], headers jsonb[], user_names varchar[],
  timestamps timestamptz[], expected_version bigint DEFAULT NULL) RETURNS bigint[] LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
  head    {schema}.mt_streams%ROWTYPE;
  clock   timestamptz := clock_timestamp();
  result  bigint[];
BEGIN
  IF coalesce(expected_version, 0) = 0 THEN
    INSERT INTO {schema}.mt_streams (id, type, version, timestamp, created, tenant_id)
    VALUES (stream, stream_type, 0, clock, clock, coalesce(tenantid, '*DEFAULT*')) ON CONFLICT (id) DO NOTHING;
  END IF;
  SELECT * INTO head FROM {schema}.mt_streams s WHERE s.id = stream FOR UPDATE;
  IF head.is_archived THEN
    RAISE EXCEPTION 'stream % is archived', stream USING ERRCODE = 'MT001';
  END IF;
  IF head.id IS NULL OR (expected_version IS NOT NULL AND head.version <> expected_version) THEN
    RAISE EXCEPTION 'stream % is not at version %', stream, expected_version USING ERRCODE = 'MT003';
  END IF;

  WITH written AS (
    INSERT INTO {schema}.mt_events (seq_id, id, stream_id, version, data, bdata, type, timestamp, tenant_id, mt_dotnet_type,
                                    causation_id, correlation_id, headers, user_name)
    SELECT nextval('{schema}.mt_events_sequence'), e.id, stream, head.version + e.place, e.body, e.bdata, e.type,
           coalesce(e.at, greatest(clock, head.timestamp)), coalesce(tenantid, '*DEFAULT*'), e.dotnet_type,
           e.causation, e.correlation, e.headers, e.user_name
    FROM unnest(event_ids, event_types, dotnet_types, bodies, bdatas, causation_ids, correlation_ids, headers, user_names, timestamps)
      WITH ORDINALITY AS e (id, type, dotnet_type, body, bdata, causation, correlation, headers, user_name, at, place)
    WHERE e.id IS NOT NULL
    RETURNING seq_id)
  SELECT (head.version + count(*)) || array_agg(seq_id ORDER BY seq_id) INTO result FROM written;

  UPDATE {schema}.mt_streams s
  SET version = result[1], timestamp = greatest(clock, head.timestamp, (SELECT max(t) FROM unnest(timestamps) AS t)) WHERE s.id = stream;
  RETURN result;
END $$;
