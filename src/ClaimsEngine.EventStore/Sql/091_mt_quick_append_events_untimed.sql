CREATE OR REPLACE FUNCTION {schema}.mt_quick_append_events(
  stream uuid, stream_type varchar, tenantid varchar, event_ids uuid[], event_types varchar[], dotnet_types varchar[], bodies jsonb[],
  bdatas bytea[], causation_ids varchar[], correlation_ids varchar[], headers jsonb[], user_names varchar[],
  expected_version bigint DEFAULT NULL) RETURNS bigint[] LANGUAGE sql AS $$
  SELECT {schema}.mt_quick_append_events(stream, stream_type, tenantid, event_ids, event_types, dotnet_types, bodies, bdatas,
    causation_ids, correlation_ids, headers, user_names, ARRAY[]::timestamptz[], expected_version)
$$;
