-- Called by the owner at every start. The epoch that new events get is a constant default of the column, which costs an insert nothing.
CREATE OR REPLACE FUNCTION {schema}.enter_cluster() RETURNS smallint LANGUAGE plpgsql AS $$
DECLARE
  here     bigint := (SELECT system_identifier FROM pg_control_system());
  known    bigint;
  entered  smallint;
BEGIN
  SELECT c.system_identifier, c.epoch INTO known, entered FROM {schema}.cluster_epoch c;
  IF known IS NULL THEN
    entered := 1;
    INSERT INTO {schema}.cluster_epoch (epoch, system_identifier) VALUES (entered, here);
  ELSIF known <> here THEN
    entered := entered + 1;
    UPDATE {schema}.cluster_epoch SET epoch = entered, system_identifier = here;
    EXECUTE format('ALTER TABLE {schema}.mt_events ALTER COLUMN epoch SET DEFAULT %s', entered);
  END IF;
  RETURN entered;
END $$;

REVOKE EXECUTE ON FUNCTION {schema}.enter_cluster() FROM PUBLIC;
