CREATE TABLE IF NOT EXISTS {schema}.import_rejections (
  source  text   NOT NULL,
  row     bigint NOT NULL,
  reason  text   NOT NULL,
  subject text   NOT NULL,
  detail  text   NOT NULL,
  PRIMARY KEY (source, row)
);

COMMENT ON TABLE {schema}.import_rejections IS 'Rows of imported sources of which nothing was stored, and why';
