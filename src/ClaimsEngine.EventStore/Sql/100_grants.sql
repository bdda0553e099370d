-- The application's role. Tables belong to the owner: the role (and Marten's AutoCreate with it) can't alter them, and events are append-only.
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

GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT                 ON {schema}.mt_events            TO {role};
GRANT SELECT, INSERT, UPDATE         ON {schema}.mt_streams           TO {role};
GRANT USAGE, SELECT                  ON SEQUENCE {schema}.mt_events_sequence TO {role};
GRANT SELECT, INSERT, UPDATE         ON {schema}.mt_event_progression TO {role};
GRANT SELECT                         ON {schema}.cluster_epoch        TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.unique_keys          TO {role};
GRANT SELECT, INSERT, UPDATE         ON {schema}.places               TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.requests             TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.outbox               TO {role};
GRANT SELECT, INSERT                 ON {schema}.secrets              TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.long_work            TO {role};
GRANT SELECT, INSERT                 ON {schema}.long_work_output     TO {role};
GRANT SELECT, INSERT, UPDATE         ON {schema}.imports              TO {role};
GRANT SELECT, INSERT                 ON {schema}.import_rejections    TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.projections          TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON {schema}.dead_letters         TO {role};

-- Read models are derived data: the role makes, renames and drops their tables when they are rebuilt.
CREATE SCHEMA IF NOT EXISTS {read};
ALTER SCHEMA {read} OWNER TO {role};
