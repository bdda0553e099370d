CREATE TABLE IF NOT EXISTS {schema}.long_work (
  id          uuid        NOT NULL PRIMARY KEY,
  kind        text        NOT NULL,
  caller      text        NOT NULL,
  region      text        NOT NULL,
  request_key text        NULL,
  status      text        NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'done', 'refused', 'failed', 'interrupted')),
  done        bigint      NOT NULL DEFAULT 0 CHECK (done >= 0),
  total       bigint      NULL CHECK (total >= 0),
  result      json        NULL,
  problem     json        NULL,
  process     text        NOT NULL,
  heartbeat   timestamptz NOT NULL DEFAULT clock_timestamp(),
  started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz NULL,
  CHECK ((status = 'running') = (finished_at IS NULL))
) WITH (fillfactor = 50);

-- not on heartbeat: what changes with every beat stays out of indexes
CREATE INDEX IF NOT EXISTS long_work_running  ON {schema}.long_work (started_at)  WHERE status = 'running';
CREATE INDEX IF NOT EXISTS long_work_finished ON {schema}.long_work (finished_at) WHERE status <> 'running';

COMMENT ON TABLE  {schema}.long_work IS 'Work that outlives its request: how far it is, how it ended. Deleted some days after its end, with its output and its Idempotency-Key';
COMMENT ON COLUMN {schema}.long_work.region IS 'Who sees this region sees the work';
COMMENT ON COLUMN {schema}.long_work.request_key IS 'Idempotency-Key that started it; it stands in requests, where those of commands stand, with the hash of the body';
COMMENT ON COLUMN {schema}.long_work.done IS 'Steps done of total, in whatever the work counts';
COMMENT ON COLUMN {schema}.long_work.result IS 'What the work found: an object, shown as members of the answer; json and not jsonb, so that they keep their order';
COMMENT ON COLUMN {schema}.long_work.problem IS 'Why it was refused or failed, as a problem document';
COMMENT ON COLUMN {schema}.long_work.process IS 'The process that runs it; nobody else may write to it';
COMMENT ON COLUMN {schema}.long_work.heartbeat IS 'Last sign of life of that process; after a long silence the work is interrupted';
