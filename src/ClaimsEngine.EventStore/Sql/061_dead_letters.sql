CREATE TABLE IF NOT EXISTS {schema}.dead_letters (
  read_model   text        NOT NULL,
  stream_id    uuid        NOT NULL,
  epoch        smallint    NOT NULL,
  tx_id        xid8        NOT NULL,
  seq_id       bigint      NOT NULL,
  error        text        NOT NULL,
  attempts     integer     NOT NULL,
  first_failed timestamptz NOT NULL DEFAULT clock_timestamp(),
  last_failed  timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (read_model, stream_id)
);

COMMENT ON TABLE {schema}.dead_letters IS 'Streams that a read model holds back because one of their events fails';
