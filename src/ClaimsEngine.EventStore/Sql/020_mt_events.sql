-- Marten's table of events, and two columns of ours that have defaults, so that an INSERT by Marten itself still works.
CREATE SEQUENCE IF NOT EXISTS {schema}.mt_events_sequence CACHE 1;

CREATE TABLE IF NOT EXISTS {schema}.mt_events (
  seq_id         bigint       NOT NULL CONSTRAINT pkey_mt_events_seq_id PRIMARY KEY,
  id             uuid         NOT NULL,
  stream_id      uuid         NULL,
  version        bigint       NOT NULL,
  data           jsonb        NOT NULL,
  bdata          bytea        NULL,
  type           varchar(500) NOT NULL,
  timestamp      timestamptz  NOT NULL DEFAULT now(),
  tenant_id      varchar      DEFAULT '*DEFAULT*',
  mt_dotnet_type varchar      NULL,
  correlation_id varchar      NULL,
  causation_id   varchar      NULL,
  headers        jsonb        NULL,
  user_name      varchar      NULL,
  is_archived    boolean      DEFAULT false,
  epoch          smallint     NOT NULL DEFAULT 1,
  tx_id          xid8         NOT NULL DEFAULT pg_current_xact_id(),
  CONSTRAINT pk_mt_events_stream_and_version UNIQUE (stream_id, version)
);

ALTER SEQUENCE {schema}.mt_events_sequence OWNED BY {schema}.mt_events.seq_id;

-- The feed's order. A sequence is not transactional: position order is not commit order.
CREATE INDEX IF NOT EXISTS mt_events_feed ON {schema}.mt_events (epoch, tx_id, seq_id);

COMMENT ON TABLE  {schema}.mt_events IS 'Every event ever recorded; append-only';
COMMENT ON COLUMN {schema}.mt_events.epoch IS 'Rises when the database was restored into another cluster, where transaction ids start again';
COMMENT ON COLUMN {schema}.mt_events.tx_id IS 'The transaction that wrote the event: readers wait until no older transaction is running';
