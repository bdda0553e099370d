-- Age in seconds of the oldest transaction that holds the feed back. SECURITY DEFINER: the application's role may not see other sessions.
CREATE OR REPLACE FUNCTION {schema}.oldest_transaction() RETURNS double precision LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog AS $$
  SELECT coalesce(extract(epoch FROM clock_timestamp() - min(started)), 0)::double precision
  FROM (SELECT xact_start AS started FROM pg_stat_activity WHERE backend_xid IS NOT NULL
        UNION ALL SELECT prepared FROM pg_prepared_xacts) AS running
$$;
