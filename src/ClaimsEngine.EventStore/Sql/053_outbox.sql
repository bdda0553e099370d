CREATE TABLE IF NOT EXISTS {schema}.outbox (
  id              uuid        NOT NULL PRIMARY KEY,
  kind            text        NOT NULL,
  body            jsonb       NOT NULL,
  enqueued_at     timestamptz NOT NULL,
  sent_at         timestamptz NULL,
  attempts        integer     NOT NULL DEFAULT 0,
  next_attempt_at timestamptz NULL,
  last_error      text        NULL
);

CREATE INDEX IF NOT EXISTS outbox_waiting ON {schema}.outbox (enqueued_at) WHERE sent_at IS NULL;

COMMENT ON TABLE {schema}.outbox IS 'Messages to the outside, stored with the events and sent afterwards under their own id';
