-- The application's role, and the schema of the read models, which it owns: it makes, renames and drops their tables when they are rebuilt.
CREATE SCHEMA IF NOT EXISTS {schema};

DO $$
BEGIN
  CREATE ROLE {role} NOLOGIN;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL;  -- roles belong to the cluster: another database of it may have made the role, perhaps this very moment
END $$;

DO $$
BEGIN
  IF NOT pg_has_role(current_user, '{role}', 'MEMBER') THEN
    GRANT {role} TO CURRENT_USER;
  END IF;
END $$;

-- So that the daemon sees whose transactions are open; who may not grant this goes without, since transaction ids tell as well.
DO $$
BEGIN
  GRANT pg_read_all_stats TO {role};
EXCEPTION WHEN insufficient_privilege THEN
  NULL;
END $$;

CREATE SCHEMA IF NOT EXISTS {read};
ALTER SCHEMA {read} OWNER TO {role};
