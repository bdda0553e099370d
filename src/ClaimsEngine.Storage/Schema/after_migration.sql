-- What Marten's schema objects can't say: comments for people, and who may do what. Runs after every migration.
COMMENT ON TABLE  {schema}.mt_streams IS 'Head of every event stream: its type and the version of its last event';
COMMENT ON TABLE  {schema}.mt_events IS 'Every event ever recorded; append-only';
COMMENT ON TABLE  {schema}.unique_keys IS 'Values that one stream at most holds at a time, written in the transaction of the events';
COMMENT ON TABLE  {schema}.places IS 'Places taken of every quota; the row is locked until COMMIT, so that a limit is exact';
COMMENT ON TABLE  {schema}.requests IS
  'Which answer was given to a request with an Idempotency-Key: a resource at a version, shown again from its events';
COMMENT ON COLUMN {schema}.requests.shown IS 'The version of every other stream of which something was shown, such as the person''s';
COMMENT ON TABLE  {schema}.long_work IS
  'Work that outlives its request: how far it is, how it ended. Deleted some days after its end, with its output and its Idempotency-Key';
COMMENT ON COLUMN {schema}.long_work.region IS 'Who sees this region sees the work';
COMMENT ON COLUMN {schema}.long_work.request_key IS 'Idempotency-Key that started it; it stands in requests, with the hash of the body';
COMMENT ON COLUMN {schema}.long_work.done IS 'Steps done of total, in whatever the work counts';
COMMENT ON COLUMN {schema}.long_work.instruction IS 'What is to be done, as it was asked';
COMMENT ON COLUMN {schema}.long_work.checkpoint IS 'How far it is, for the process that goes on with it after another was killed';
COMMENT ON COLUMN {schema}.long_work.result IS 
  'What the work found: an object, shown as members of the answer; json and not jsonb, so that they keep their order';
COMMENT ON COLUMN {schema}.long_work.problem IS 'Why it was refused or failed, as a problem document';
COMMENT ON COLUMN {schema}.long_work.process IS 'The process that runs it; nobody else may write to it';
COMMENT ON COLUMN {schema}.long_work.heartbeat IS 'Last sign of life of that process; after a silence another process takes the work over';
COMMENT ON TABLE  {schema}.long_work_input IS 'The file that a long work reads, in parts from 0';
COMMENT ON TABLE  {schema}.long_work_output IS 'What a long work writes for download, in parts from 0';
COMMENT ON TABLE  {schema}.uploads IS 'Files of claims that are on their way, which may break off and go on; deleted when whole, or a day after';
COMMENT ON COLUMN {schema}.uploads.received IS 'Bytes of length that are here; the next one goes on there';
COMMENT ON TABLE  {schema}.upload_parts IS 'What has come of an upload, each piece at its place in the file';
COMMENT ON TABLE  {schema}.paper_drafts IS
  'Digests of files that are being stored and that no claim may have yet; what a killed process left is deleted with them';
COMMENT ON TABLE  {schema}.imports IS 'How far every source was imported';
COMMENT ON COLUMN {schema}.imports.last_row IS 'Every row up to this one was stored or rejected, none after it was';
COMMENT ON COLUMN {schema}.imports.streams IS 'Streams that the source began';
COMMENT ON COLUMN {schema}.imports.position IS 'Place in the feed of the last of its events';
COMMENT ON TABLE  {schema}.import_rejections IS 'Rows of imported sources of which nothing was stored, and why';
COMMENT ON TABLE  {schema}.read_models IS 'The shape that the table of each read model was last built with; another one means a rebuild';
COMMENT ON COLUMN {schema}.read_models.token IS
  'Of the row *: rises with every rebuild and replay; a page that was folded before is refused';
COMMENT ON TABLE  {schema}.dead_letters IS 'Streams that a read model holds back because one of their events fails';
COMMENT ON TABLE  {schema}.deliveries IS
  'What is told outside: an event to a webhook, a notice to a person, a batch to its bank. Written with the read models, so that none is lost or told twice';
COMMENT ON COLUMN {schema}.deliveries.channel IS 'webhook, notice or bank';
COMMENT ON COLUMN {schema}.deliveries.target IS 'The webhook, the claim that a notice is about, or the batch';
COMMENT ON COLUMN {schema}.deliveries.type IS 'Public name of the event, or payment-batch.released';
COMMENT ON COLUMN {schema}.deliveries.status IS 'pending, delivered, dead, cancelled, unsent, noAddress or told';
COMMENT ON COLUMN {schema}.deliveries.next_at IS
  'When it is tried next; while it is being tried, when it is tried again should the sender die; infinity while its webhook is paused';
COMMENT ON COLUMN {schema}.deliveries.answer IS 'HTTP status of the last answer; null where none came';
COMMENT ON COLUMN {schema}.deliveries.note IS 'Why the last try failed, or how a person was told by hand';

INSERT INTO {schema}.read_models (name, fingerprint) VALUES ('*', '') ON CONFLICT DO NOTHING;

-- Tables belong to the owner, so the role can't alter them. Events are append-only.
GRANT USAGE ON SCHEMA {schema} TO {role};
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA {schema} TO {role};
REVOKE EXECUTE ON FUNCTION {schema}.end_silent_leader(interval) FROM PUBLIC;
REVOKE UPDATE, DELETE ON {schema}.mt_events FROM {role};
REVOKE DELETE ON {schema}.mt_streams, {schema}.secrets FROM {role};
REVOKE UPDATE ON {schema}.secrets FROM {role};
