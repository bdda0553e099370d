CREATE TABLE IF NOT EXISTS {schema}.requests (
  caller      text        NOT NULL,
  request_key text        NOT NULL,
  body_hash   text        NOT NULL,
  status      integer     NOT NULL,
  location    text        NULL,
  etag        bigint      NULL,
  body        text        NOT NULL,
  epoch       smallint    NOT NULL,
  tx_id       xid8        NOT NULL,
  seq_id      bigint      NOT NULL,
  event_id    uuid        NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (caller, request_key)
);

COMMENT ON TABLE  {schema}.requests IS 'Answers given to requests with an Idempotency-Key, to be given again';
COMMENT ON COLUMN {schema}.requests.event_id IS 'Last event that the request wrote: tells a lost reply from another answer';
