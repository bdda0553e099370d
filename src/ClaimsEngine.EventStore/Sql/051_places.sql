CREATE TABLE IF NOT EXISTS {schema}.places (
  pool  text   NOT NULL PRIMARY KEY,
  taken bigint NOT NULL CHECK (taken >= 0)
) WITH (fillfactor = 50);

COMMENT ON TABLE {schema}.places IS 'Places taken of every quota; the row is locked until COMMIT, so that a limit is exact';
