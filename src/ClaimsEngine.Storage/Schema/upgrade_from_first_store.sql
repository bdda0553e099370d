-- A database that the first store of this engine made, before Marten's own migration. Nothing of an event changes; the order in which its
-- feed was published is kept in feed_before, so that an old cursor (epoch, transaction, sequence) can still be found. Read models are made
-- anew.
DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_stat_activity
             WHERE datname = current_database() AND application_name = 'claims-engine' AND pid <> pg_backend_pid()) THEN
    RAISE EXCEPTION 'another process of the engine works on this database: stop it, then start again' USING ERRCODE = 'CE010';
  END IF;
END $$;

CREATE TABLE IF NOT EXISTS {schema}.feed_before AS SELECT seq_id, epoch, tx_id FROM {schema}.mt_events;
CREATE INDEX IF NOT EXISTS feed_before_order ON {schema}.feed_before (epoch, tx_id, seq_id);
COMMENT ON TABLE {schema}.feed_before IS 'Order of the feed before Marten was the store: (epoch, tx_id, seq_id) was a reader''s cursor';

DO $$
DECLARE
  ours regprocedure;
BEGIN
  FOR ours IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
              WHERE n.nspname = '{schema}' AND p.proname IN (
                'append_events', 'end_bulk_write', 'move_cursor', 'oldest_transaction', 'enter_cluster', 'mt_quick_append_events')
  LOOP
    EXECUTE format('DROP FUNCTION %s', ours);
  END LOOP;
  IF to_regclass('{schema}.outbox') IS NOT NULL THEN
    IF EXISTS (SELECT FROM {schema}.outbox WHERE sent_at IS NULL) THEN
      RAISE EXCEPTION 'messages wait in {schema}.outbox that no version of the engine has sent: look at them before the upgrade'
        USING ERRCODE = 'CE010';
    END IF;
    DROP TABLE {schema}.outbox;
  END IF;
END $$;

DROP INDEX IF EXISTS {schema}.mt_events_feed;
ALTER TABLE {schema}.mt_events DROP COLUMN epoch, DROP COLUMN tx_id;
DROP TABLE IF EXISTS {schema}.cluster_epoch, {schema}.projections, {schema}.dead_letters, {schema}.migrations;
ALTER TABLE {schema}.long_work_output DROP CONSTRAINT IF EXISTS long_work_output_work_fkey;
ALTER TABLE {schema}.requests RENAME COLUMN seq_id TO position;
ALTER TABLE {schema}.requests DROP COLUMN epoch, DROP COLUMN tx_id, DROP COLUMN event_id;
ALTER TABLE {schema}.imports RENAME COLUMN seq_id TO position;
ALTER TABLE {schema}.imports DROP COLUMN epoch, DROP COLUMN tx_id;
UPDATE {schema}.long_work SET status = 'interrupted', finished_at = clock_timestamp() WHERE status = 'running';
UPDATE {schema}.mt_streams SET type = 'employer' WHERE type = 'unit';
DROP TABLE IF EXISTS {read}.units;

-- All that was ever appended has been committed or given up: no old gap in the sequence is waited for.
DELETE FROM {schema}.mt_event_progression;
INSERT INTO {schema}.mt_event_progression (name, last_seq_id)
SELECT name, (SELECT coalesce(max(seq_id), 0) FROM {schema}.mt_events)
FROM unnest(ARRAY['HighWaterMark', 'read-models:All']) AS names (name);
