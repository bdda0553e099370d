CREATE TABLE IF NOT EXISTS {schema}.secrets (
  name  text  NOT NULL PRIMARY KEY,
  value bytea NOT NULL CHECK (length(value) = 32)
);
