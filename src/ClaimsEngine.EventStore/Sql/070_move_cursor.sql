-- First statement of every transaction that writes a read model. SQLSTATE CE006: another owner has taken over, or the cursor is not where the
-- writer left it (a crash of the server took back what was not yet on disk): whoever gets it begins anew from the stored cursor.
CREATE OR REPLACE FUNCTION {schema}.move_cursor(
  model text, fence bigint, from_epoch smallint, from_tx xid8, from_seq bigint,
  to_epoch smallint, to_tx xid8, to_seq bigint, lease interval) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  UPDATE {schema}.projections
  SET epoch = to_epoch, tx_id = to_tx, seq_id = to_seq, moved_at = clock_timestamp(), leased_until = clock_timestamp() + lease
  WHERE read_model = model AND token = fence AND (epoch, tx_id, seq_id) = (from_epoch, from_tx, from_seq);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'read model % is written by another owner now', model USING ERRCODE = 'CE006';
  END IF;
  INSERT INTO {schema}.mt_event_progression AS p (name, last_seq_id, last_updated) VALUES (model, to_seq, transaction_timestamp())
  ON CONFLICT (name) DO UPDATE SET last_seq_id = excluded.last_seq_id, last_updated = excluded.last_updated;
  -- Rows and cursor are derived data and move together: after a crash they are simply projected again, so they need not wait for the disk.
  PERFORM set_config('synchronous_commit', 'off', true);
END $$;
