CREATE TABLE IF NOT EXISTS {schema}.long_work_output (
  work  uuid    NOT NULL REFERENCES {schema}.long_work (id) ON DELETE CASCADE,
  part  integer NOT NULL CHECK (part >= 0),
  bytes bytea   NOT NULL,
  PRIMARY KEY (work, part)
);

COMMENT ON TABLE {schema}.long_work_output IS 'What a long work writes for download, in parts from 0: written while it runs, sent part by part, never whole in memory';
