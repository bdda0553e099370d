-- Marten's table of stream heads, as Marten 9 with StreamIdentity.AsGuid makes it.
CREATE TABLE IF NOT EXISTS {schema}.mt_streams (
  id          uuid        NOT NULL CONSTRAINT pkey_mt_streams_id PRIMARY KEY,
  type        varchar     NULL,
  version     bigint      NULL,
  timestamp   timestamptz NOT NULL DEFAULT now(),
  created     timestamptz NOT NULL DEFAULT now(),
  tenant_id   varchar     DEFAULT '*DEFAULT*',
  is_archived boolean     DEFAULT false
) WITH (fillfactor = 80);  -- heads are updated in place (HOT) with every append

COMMENT ON TABLE {schema}.mt_streams IS 'Head of every event stream: its type and the version of its last event';
