CREATE OR REPLACE FUNCTION {schema}.end_bulk_write(import_source text, from_row bigint, to_row bigint,
  row_count bigint, stream_count bigint, event_count bigint, at_position bigint, first_position bigint,
  guarded uuid[], guarded_versions bigint[],
  pools text[], pool_changes bigint[], pool_lows bigint[], pool_highs bigint[],
  rejected_rows bigint[], reasons text[], subjects text[], details text[])
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
AS $function$
-- Last statement of every transaction that writes in bulk, after its streams, events and keys: what locks rows that live traffic wants
-- comes here, a moment before COMMIT. A large append is of no source. SQLSTATE CE007: something is not as the batch took it to be, so that
-- it has to be judged again. CE008: another process imports the same source. A plan made while the tables were empty would scan them; one
-- made of index look-ups is right at any size.
DECLARE
  met  integer;
  mark bigint;
BEGIN
  -- Streams that decisions rest on without writing to them.
  IF cardinality(guarded) > 0 THEN
    PERFORM FROM {schema}.mt_streams s JOIN unnest(guarded, guarded_versions) AS g (id, version) ON s.id = g.id
    WHERE s.version = g.version AND s.is_archived IS NOT TRUE FOR SHARE OF s;
    GET DIAGNOSTICS met = ROW_COUNT;
    IF met < cardinality(guarded) THEN
      RAISE EXCEPTION 'a stream that the batch rests on has moved' USING ERRCODE = 'CE007';
    END IF;
  END IF;

  IF cardinality(pools) > 0 THEN
    INSERT INTO {schema}.places (pool, taken) SELECT p.pool, 0 FROM unnest(pools) AS p (pool)
    WHERE NOT EXISTS (SELECT FROM {schema}.places q WHERE q.pool = p.pool)
    ON CONFLICT (pool) DO NOTHING;

    -- Every row of the batch has its places, one after the other, if and only if so many are taken before the first.
    UPDATE {schema}.places q SET taken = q.taken + p.change
    FROM unnest(pools, pool_changes, pool_lows, pool_highs) AS p (pool, change, low, high)
    WHERE q.pool = p.pool AND q.taken BETWEEN p.low AND p.high;
    GET DIAGNOSTICS met = ROW_COUNT;
    IF met < cardinality(pools) THEN
      RAISE EXCEPTION 'a pool has not enough places for all rows of the batch' USING ERRCODE = 'CE007';
    END IF;
  END IF;

  -- Marten's daemon may have taken the numbers for a gap that nobody fills any more, and passed them over: its evidence can miss a
  -- transaction that began while it looked. Then no read model would ever see the events, so they are stored again under later numbers.
  -- The lock keeps the mark where it is until COMMIT.
  SELECT last_seq_id INTO mark FROM {schema}.mt_event_progression WHERE name = 'HighWaterMark' FOR SHARE;
  IF mark >= first_position THEN
    RAISE EXCEPTION 'the feed has passed over the numbers of the batch' USING ERRCODE = 'CE007';
  END IF;

  IF import_source IS NULL THEN
    RETURN;
  END IF;

  INSERT INTO {schema}.import_rejections (source, row, reason, subject, detail)
  SELECT import_source, r.row, r.reason, r.subject, r.detail
  FROM unnest(rejected_rows, reasons, subjects, details) AS r (row, reason, subject, detail);

  UPDATE {schema}.imports i
  SET last_row = to_row, rows = i.rows + row_count, rejected = i.rejected + cardinality(rejected_rows), streams = i.streams + stream_count,
      events = i.events + event_count, position = at_position, moved_at = clock_timestamp()
  WHERE i.source = import_source AND i.last_row = from_row;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'source % is being imported by another process', import_source USING ERRCODE = 'CE008';
  END IF;
END $function$;
