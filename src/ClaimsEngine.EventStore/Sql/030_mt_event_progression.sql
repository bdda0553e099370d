CREATE TABLE IF NOT EXISTS {schema}.mt_event_progression (
  name         varchar     NOT NULL CONSTRAINT pkey_mt_event_progression_name PRIMARY KEY,
  last_seq_id  bigint      NULL,
  last_updated timestamptz DEFAULT transaction_timestamp()
);
