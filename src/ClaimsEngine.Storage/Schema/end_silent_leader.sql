CREATE OR REPLACE FUNCTION {schema}.end_silent_leader(silence interval) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
-- Wolverine's leader, which shares the work out among the processes, holds a lock by a session that it uses at every health check. A
-- process that stands still (stopped, its machine paused) keeps the session and the lock for ever, and nobody takes its work over. After a
-- silence the session is ended. The engine's own role may not end sessions, so this runs as the owner and ends no others.
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
WHERE datname = current_database() AND application_name LIKE 'wolverine-advisory-lock:%'
  AND state = 'idle' AND clock_timestamp() - state_change > silence
$$;
