-- Cursor and lease in one row: whoever writes a read model locks it and shows the current token.
CREATE TABLE IF NOT EXISTS {schema}.projections (
  read_model   text        NOT NULL PRIMARY KEY,
  epoch        smallint    NOT NULL DEFAULT 0,
  tx_id        xid8        NOT NULL DEFAULT '0',
  seq_id       bigint      NOT NULL DEFAULT 0,
  token        bigint      NOT NULL DEFAULT 0,
  owner        text        NULL,
  leased_until timestamptz NOT NULL DEFAULT '-infinity',
  fingerprint  text        NULL,
  moved_at     timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

COMMENT ON TABLE  {schema}.projections IS 'Where every read model stands in the feed, and who may write it';
COMMENT ON COLUMN {schema}.projections.token IS 'Fencing token, rises with every owner; a writer with an older one is refused';
COMMENT ON COLUMN {schema}.projections.fingerprint IS 'Shape of the table as last built; another one means a rebuild';
