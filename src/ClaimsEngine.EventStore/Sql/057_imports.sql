-- One row a source, moved in the transaction that stores a batch of it: what is stored and what is noted as stored are never two things.
CREATE TABLE IF NOT EXISTS {schema}.imports (
  source     text        NOT NULL PRIMARY KEY,
  last_row   bigint      NOT NULL DEFAULT 0,
  rows       bigint      NOT NULL DEFAULT 0,
  rejected   bigint      NOT NULL DEFAULT 0,
  streams    bigint      NOT NULL DEFAULT 0,
  events     bigint      NOT NULL DEFAULT 0,
  epoch      smallint    NOT NULL DEFAULT 0,
  tx_id      xid8        NOT NULL DEFAULT '0',
  seq_id     bigint      NOT NULL DEFAULT 0,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  moved_at   timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (fillfactor = 50);

COMMENT ON TABLE  {schema}.imports IS 'How far every source was imported';
COMMENT ON COLUMN {schema}.imports.last_row IS 'Every row up to this one was stored or rejected, none after it was';
COMMENT ON COLUMN {schema}.imports.streams IS 'Streams that the source began';
COMMENT ON COLUMN {schema}.imports.tx_id IS 'With epoch and seq_id: place in the feed of the last of its events';
