CREATE OR REPLACE FUNCTION {schema}.enter_page(seen bigint, after_position bigint, last_position bigint, event_count bigint)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
AS $function$
-- First statement of ours in a transaction that writes a page of events into the read models. It waits for a rebuild or a replay that is at
-- its swap, and refuses a page that was folded before it: the page is then folded again on the rows as they are now. It also refuses a page
-- that lacks an event between the progress it was folded on and its end: an event may become visible after the page was loaded, or the
-- progress may not be what the daemon takes it for. A page is refused as a serialization failure (40001), which Marten's daemon and
-- Wolverine take for one that passes: after any other SQLSTATE the read models would stand still until somebody restarts the process.
BEGIN
  PERFORM FROM {schema}.read_models WHERE name = '*' AND token = seen FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'the read models were changed by a rebuild or a replay meanwhile' USING ERRCODE = '40001';
  END IF;
  IF event_count <> (SELECT count(*) FROM {schema}.mt_events
                     WHERE seq_id > after_position AND seq_id <= last_position AND type <> 'tombstone' AND is_archived IS NOT TRUE) THEN
    RAISE EXCEPTION 'the page after % up to % lacks events', after_position, last_position USING ERRCODE = '40001';
  END IF;
  -- Rows and progress are derived data and move together: after a crash they are simply projected again, so they need not wait for the
  -- disk.
  PERFORM set_config('synchronous_commit', 'off', true);
END $function$;
