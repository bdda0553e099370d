-- One row: the cluster in which the database lives now. A new system identifier means a restored copy, and the epoch rises.
CREATE TABLE IF NOT EXISTS {schema}.cluster_epoch (
  only_row          boolean  NOT NULL PRIMARY KEY DEFAULT true CHECK (only_row),
  epoch             smallint NOT NULL,
  system_identifier bigint   NOT NULL
);
