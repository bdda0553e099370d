using System.Text;
using Weasel.Core;
using Weasel.Postgresql;
using Weasel.Postgresql.Functions;
using Weasel.Postgresql.Tables;
using Table = Weasel.Postgresql.Tables.Table;

namespace ClaimsEngine.Storage.Schema;

/// <summary>
/// What we keep beside Marten's and Wolverine's tables, as Marten schema objects: Marten makes and migrates them with its own. The tables
/// of the read models are not among them, since a change of their shape means a rebuild (see <see cref="Projections.Rebuild"/>).
/// </summary>
internal static class Tables
{
    private const string Now = "clock_timestamp()";

    public static IReadOnlyList<ISchemaObject> Of(StorageOptions options)
    {
        Table Named(string name) => new(new PostgresqlObjectName(options.Schema, name, SchemaUtils.IdentifierUsage.General));

        var keys = Named("unique_keys");
        keys.AddColumn("scope", "text").AsPrimaryKey();
        keys.AddColumn("value", "text").AsPrimaryKey();
        keys.AddColumn("holder", "uuid").NotNull();

        var places = Named("places");
        places.AddColumn("pool", "text").AsPrimaryKey();
        places.AddColumn("taken", "bigint").NotNull();

        var requests = Named("requests");
        requests.AddColumn("caller", "text").AsPrimaryKey();
        requests.AddColumn("request_key", "text").AsPrimaryKey();
        requests.AddColumn("body_hash", "text").NotNull();
        requests.AddColumn("status", "integer").NotNull();
        requests.AddColumn("resource", "uuid").NotNull();
        requests.AddColumn("version", "bigint").NotNull();
        requests.AddColumn("position", "bigint").NotNull().DefaultValue(0);
        requests.AddColumn("shown", "json");
        requests.AddColumn("recorded_at", "timestamptz").NotNull().DefaultValueByExpression(Now);

        var secrets = Named("secrets");
        secrets.AddColumn("name", "text").AsPrimaryKey();
        secrets.AddColumn("value", "bytea").NotNull();

        var work = Named("long_work");
        work.AddColumn("id", "uuid").AsPrimaryKey();
        work.AddColumn("kind", "text").NotNull();
        work.AddColumn("caller", "text").NotNull();
        work.AddColumn("region", "text").NotNull();
        work.AddColumn("request_key", "text");
        work.AddColumn("status", "text").NotNull();
        work.AddColumn("done", "bigint").NotNull().DefaultValue(0);
        work.AddColumn("total", "bigint");
        work.AddColumn("instruction", "json");
        work.AddColumn("checkpoint", "json");
        work.AddColumn("result", "json");
        work.AddColumn("problem", "json");
        work.AddColumn("process", "text").NotNull();
        work.AddColumn("heartbeat", "timestamptz").NotNull().DefaultValueByExpression(Now);
        work.AddColumn("started_at", "timestamptz").NotNull().DefaultValueByExpression(Now);
        work.AddColumn("finished_at", "timestamptz");
        // Not on heartbeat: what changes with every beat stays out of indexes.
        work.Indexes.Add(new IndexDefinition("long_work_running") { Columns = ["started_at"], Predicate = "status = 'running'" });
        work.Indexes.Add(new IndexDefinition("long_work_finished") { Columns = ["finished_at"], Predicate = "status <> 'running'" });

        Table Parts(string name)
        {
            var parts = Named(name);
            parts.AddColumn("work", "uuid").AsPrimaryKey();
            parts.AddColumn("part", "integer").AsPrimaryKey();
            parts.AddColumn("bytes", "bytea").NotNull();
            return parts;
        }

        var uploads = Named("uploads");
        uploads.AddColumn("id", "uuid").AsPrimaryKey();
        uploads.AddColumn("claim", "uuid").NotNull();
        uploads.AddColumn("caller", "text").NotNull();
        foreach (var text in (string[])["kind", "file_name"]) uploads.AddColumn(text, "text").NotNull();
        foreach (var count in (string[])["length", "received"]) uploads.AddColumn(count, "bigint").NotNull();
        uploads.AddColumn("moved_at", "timestamptz").NotNull().DefaultValueByExpression(Now);

        var pieces = Named("upload_parts");
        pieces.AddColumn("upload", "uuid").AsPrimaryKey();
        pieces.AddColumn("place", "bigint").AsPrimaryKey();
        pieces.AddColumn("bytes", "bytea").NotNull();

        var drafts = Named("paper_drafts");
        drafts.AddColumn("sha256", "text").AsPrimaryKey();
        drafts.AddColumn("noted_at", "timestamptz").NotNull().DefaultValueByExpression(Now);

        var imports = Named("imports");
        imports.AddColumn("source", "text").AsPrimaryKey();
        foreach (var count in (string[])["last_row", "rows", "rejected", "streams", "events", "position"])
            imports.AddColumn(count, "bigint").NotNull().DefaultValue(0);
        imports.AddColumn("started_at", "timestamptz").NotNull().DefaultValueByExpression(Now);
        imports.AddColumn("moved_at", "timestamptz").NotNull().DefaultValueByExpression(Now);

        var rejections = Named("import_rejections");
        rejections.AddColumn("source", "text").AsPrimaryKey();
        rejections.AddColumn("row", "bigint").AsPrimaryKey();
        foreach (var text in (string[])["reason", "subject", "detail"]) rejections.AddColumn(text, "text").NotNull();

        var models = Named("read_models");
        models.AddColumn("name", "text").AsPrimaryKey();
        models.AddColumn("fingerprint", "text").NotNull();
        models.AddColumn("token", "bigint").NotNull().DefaultValue(0);

        var letters = Named("dead_letters");
        letters.AddColumn("read_model", "text").AsPrimaryKey();
        letters.AddColumn("stream_id", "uuid").AsPrimaryKey();
        letters.AddColumn("seq_id", "bigint").NotNull();
        letters.AddColumn("error", "text").NotNull();
        letters.AddColumn("attempts", "integer").NotNull();
        letters.AddColumn("first_failed", "timestamptz").NotNull().DefaultValueByExpression(Now);
        letters.AddColumn("last_failed", "timestamptz").NotNull().DefaultValueByExpression(Now);

        var deliveries = Named("deliveries");
        deliveries.AddColumn("id", "uuid").AsPrimaryKey();
        foreach (var text in (string[])["channel", "type", "region", "status"]) deliveries.AddColumn(text, "text").NotNull();
        foreach (var id in (string[])["target", "event", "stream"]) deliveries.AddColumn(id, "uuid").NotNull();
        foreach (var number in (string[])["version", "position"]) deliveries.AddColumn(number, "bigint").NotNull();
        deliveries.AddColumn("recorded_at", "timestamptz").NotNull();
        deliveries.AddColumn("attempts", "integer").NotNull().DefaultValue(0);
        deliveries.AddColumn("next_at", "timestamptz").NotNull().DefaultValueByExpression(Now);
        deliveries.AddColumn("answer", "integer");
        deliveries.AddColumn("note", "text");
        deliveries.AddColumn("ended_at", "timestamptz");
        deliveries.Indexes.Add(
            new IndexDefinition("deliveries_due") { Columns = ["channel", "next_at"], Predicate = "status = 'pending'" });
        deliveries.Indexes.Add(new IndexDefinition("deliveries_of") { Columns = ["target", "position"] });
        deliveries.Indexes.Add(new IndexDefinition("deliveries_in") { Columns = ["channel", "status", "position"] });

        return
        [
            deliveries, keys, places, requests, secrets, work, Parts("long_work_input"), Parts("long_work_output"), uploads, pieces,
            drafts, imports, rejections, models, letters,
            FunctionOf(options, "guard_write"), FunctionOf(options, "end_bulk_write"), FunctionOf(options, "enter_page"),
            FunctionOf(options, "end_silent_leader"),
        ];
    }

    /// <summary>The embedded SQL of that name, with the names of schemas and role filled in.</summary>
    public static string Sql(StorageOptions options, string name)
    {
        using var reader = new StreamReader(typeof(Tables).Assembly.GetManifestResourceStream($"{name}.sql")!, Encoding.UTF8);
        return options.Fill(reader.ReadToEnd());
    }

    private static Function FunctionOf(StorageOptions options, string name) =>
        new(new PostgresqlObjectName(options.Schema, name, SchemaUtils.IdentifierUsage.General), Sql(options, name));
}
