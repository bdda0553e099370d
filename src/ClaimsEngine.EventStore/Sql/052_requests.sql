CREATE TABLE IF NOT EXISTS {schema}.requests (
  caller      text        NOT NULL,
  request_key text        NOT NULL,
  body_hash   text        NOT NULL,
  status      integer     NOT NULL,
  resource    uuid        NOT NULL,
  version     bigint      NOT NULL,
  epoch       smallint    NOT NULL,
  tx_id       xid8        NOT NULL,
  seq_id      bigint      NOT NULL,
  event_id    uuid        NULL,
  recorded_at timestamptz NOT NULL,
  PRIMARY KEY (caller, request_key)
);

COMMENT ON TABLE  {schema}.requests IS 'Which answer was given to a request with an Idempotency-Key: a resource at a version, shown again from its events. No copy of personal data';
COMMENT ON COLUMN {schema}.requests.event_id IS 'Last event that the request wrote: tells a lost reply from another answer';
