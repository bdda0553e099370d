CREATE TABLE IF NOT EXISTS {schema}.unique_keys (
  scope  text NOT NULL,
  value  text NOT NULL,
  holder uuid NOT NULL,
  PRIMARY KEY (scope, value)
);

COMMENT ON TABLE {schema}.unique_keys IS 'Values that one stream at most holds at a time, written in the transaction of the events';
