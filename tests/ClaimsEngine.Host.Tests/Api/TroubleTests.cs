using System.Net.Http.Headers;
using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Host.Tests.Rosters;
using Npgsql;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>
/// A database whose disk is full, or which is away: every request is told so, nothing is stored by halves, and the same may be sent again.
/// A host of its own, since nobody else is to meet the trouble.
/// </summary>
public sealed class TroubleTests(ApiFixture api, TroubleTests.Troubled troubled) : ApiTest(api), IClassFixture<TroubleTests.Troubled>
{
    private const int Batch = 1_000;

    private Caller Wang => Officer.Through(troubled.Http, troubled.TokenOf("wang", "officer"));

    [Theory]
    [InlineData("mt_events")]
    [InlineData("unique_keys")]
    [InlineData("requests")]
    public async Task On_a_full_disk_a_command_is_507_and_the_same_request_enters_when_there_is_room(string table)
    {
        var (key, person) = (Guid.NewGuid().ToString(), Sample.NewPerson());
        Task<Reply> Enrol() => Wang.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan), key: key);

        var before = await troubled.Ledger();
        await using (await troubled.Full(table))
        {
            for (var again = 0; again < 2; again++) (await Enrol()).IsProblemOf(507, "storage-full");
            (await Wang.Get("/api/programmes")).Is(200);
        }
        Assert.Equal(before, await troubled.Ledger());
        var entered = (await Enrol()).Is(201);
        Assert.False(entered.Replayed);
        // The numbers of the events that found no room are missing in the log. It goes on when they are known to stay away.
        var after = Math.Max(0, long.Parse(entered.Position!) - 150);
        var log = await troubled.As("sun", "auditor", "").Get($"/api/audit/events?limit=200&after={after}", entered.Position);
        var seen = log.Is(200)["events"]!.AsArray();
        Assert.All(seen, item => Assert.NotEqual("tombstone", (string)item!["type"]!));
        Assert.Contains(seen, item => (string)item!["subject"]! == entered.Text("id"));
        Assert.Equal(entered.Body, (await Enrol()).Is(201).Body);
    }

    [Theory]
    [InlineData("long_work")]
    [InlineData("long_work_input")]
    public async Task On_a_full_disk_a_roster_is_not_even_begun(string table)
    {
        var key = Guid.NewGuid().ToString();
        var file = Sheets.Csv(Sheets.Header, Line(Sample.NewPerson()));
        await using (await troubled.Full(table)) (await Send(file, key)).IsProblemOf(507, "storage-full");
        Assert.Equal((1, 1, 0), Counts(await Wang.Ended(await Send(file, key))));
    }

    [Fact]
    public async Task A_roster_for_which_the_room_did_not_suffice_is_refused_and_sent_again_it_goes_on()
    {
        const int rows = Batch + 300;
        var file = Sheets.Csv([Sheets.Header, .. Enumerable.Range(0, rows).Select(_ => Line(Sample.NewPerson()))]);
        Reply refused;
        await using (await troubled.Full("mt_events", after: 2 * Batch + 100)) refused = await Wang.Ended(await Send(file));
        Assert.Equal(("refused", "storage-full"), (refused.Text("status"), (string)refused["problem"]!["code"]!));
        Assert.Equal((rows, Batch, 0), Counts(refused));
        Assert.Equal((long)Batch, await troubled.Ask(
            "SELECT count(*) FROM claims.mt_events WHERE type = 'enrolment_started' AND headers ->> 'requestId' = $1", refused.Text("id")));

        var again = await Wang.Ended(await Send(file));
        Assert.Equal(("done", Batch), (again.Text("status"), (int)again["unchanged"]!));
        Assert.Equal((rows, rows - Batch, 0), Counts(again));
    }

    [Fact]
    public async Task A_roster_accepted_as_a_whole_for_which_there_is_no_room_enrols_nobody_until_it_is_sent_again()
    {
        var file = Sheets.Csv([Sheets.Header, .. Enumerable.Range(0, 20).Select(_ => Line(Sample.NewPerson()))]);
        var before = await troubled.Ledger();
        Reply refused;
        await using (await troubled.Full("mt_events", after: 10))
            refused = await Wang.Ended(await Send(file, accept: "all-or-nothing"));
        Assert.Equal(("refused", "storage-full"), (refused.Text("status"), (string)refused["problem"]!["code"]!));
        Assert.Equal((20, 0, 0), Counts(refused));
        Assert.Equal(before, await troubled.Ledger());
        Assert.Equal((20, 20, 0), Counts(await Wang.Ended(await Send(file, accept: "all-or-nothing"))));
    }

    [Fact]
    public async Task While_the_database_is_away_every_request_is_503_and_then_all_goes_on()
    {
        var (key, person) = (Guid.NewGuid().ToString(), Sample.NewPerson());
        var before = await troubled.Ledger();
        troubled.Way.Close();
        try
        {
            (await Wang.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan), key: key)).IsProblemOf(503, "unavailable");
            (await Wang.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan))).IsProblemOf(503, "unavailable");
            foreach (var path in (string[])["/api/programmes", $"/api/programmes/{Sample.SeededPlan}", $"/api/enrolments/{Guid.NewGuid()}",
                $"/api/rosters/{Guid.NewGuid()}", "/health/ready"])
                (await Wang.Get(path)).IsProblemOf(503, "unavailable");
            (await Send(Sheets.Csv(Sheets.Header, Line(Sample.NewPerson())))).IsProblemOf(503, "unavailable");
            (await Wang.Get("/health/live")).Is(200);
        }
        finally
        {
            troubled.Way.Open();
        }
        Assert.Equal(before, await troubled.Ledger());

        // Connections that are still pooled and dead may be met by some requests yet.
        var entered = await Answered(201, () => Wang.Post("/api/enrolments", Sample.Enrolment(person, Sample.SeededPlan), key: key));
        await Answered(200, () => Wang.Get("/api/enrolments?limit=1", entered.Position));
        Assert.Equal((1, 1, 0), Counts(await Wang.Ended(await Send(Sheets.Csv(Sheets.Header, Line(Sample.NewPerson()))))));

        static Task<Reply> Answered(int status, Func<Task<Reply>> send) =>
            Wait.For(send, reply => reply.Status == status || reply.IsProblemOf(503, "unavailable") is null, "the database is still away");
    }

    private static string Line(Sample.Person person) => $"{person.Name},{person.IdNumber},快递员,620602";

    private Task<Reply> Send(byte[] file, string? key = null, string accept = "good-rows") =>
        Wang.Post($"/api/rosters?programme={troubled.Programme}&accept={accept}",
            new ByteArrayContent(file) { Headers = { ContentType = new MediaTypeHeaderValue("text/csv") } }, key: key);

    private static (int Rows, int Accepted, int Rejected) Counts(Reply ended) =>
        ((int)ended["rows"]!, (int)ended["accepted"]!, (int)ended["rejected"]!);

    /// <summary>A host whose way to its database can be closed, and a database whose tables can be full.</summary>
    public sealed class Troubled(ApiFixture api) : IAsyncLifetime
    {
        private ClaimsHost? host;
        private Database? database;
        private readonly Dictionary<string, string> tokens = [];

        public HttpClient Http { get; private set; } = null!;
        internal Forwarder Way { get; private set; } = null!;
        public string Programme { get; } = Sample.NewCode("troubled");

        public async ValueTask InitializeAsync()
        {
            var direct = await api.NewDatabase();
            database = new Database(direct);
            var way = new NpgsqlConnectionStringBuilder(direct);
            Way = new Forwarder(way.Port);
            (way.Host, way.Port) = ("127.0.0.1", Way.Port);
            host = await api.StartHost(way.ConnectionString, SeedLevel.Reference);
            Http = api.NewClient(host);
            await Ask("""
                CREATE SCHEMA trouble;
                CREATE SEQUENCE trouble.rows;
                CREATE FUNCTION trouble.no_space() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                  IF nextval('trouble.rows') > TG_ARGV[0]::bigint THEN
                    RAISE EXCEPTION 'could not extend file "base/16384/16385": No space left on device' USING ERRCODE = '53100';
                  END IF;
                  RETURN NEW;
                END $$;
                """);
            (await As("zhou", "plan-admin", "").Post("/api/programmes", Sample.Programme(Programme, 100_000))).Is(201);
        }

        public Caller As(string user, string roles, string region) => new(api, Http, TokenOf(user, roles, region), user);

        public string TokenOf(string user, string roles, string region = "620602")
        {
            if (tokens.TryGetValue(user, out var token)) return token;
            var asked = new Caller(api, Http, null, "nobody").Post("/api/dev/tokens", new { user, roles = roles.Split(','), region });
            return tokens[user] = asked.GetAwaiter().GetResult().Is(200).Text("token");
        }

        /// <summary>A table into which no more than so many rows go.</summary>
        /// <returns>to be disposed when there is room again</returns>
        public async Task<IAsyncDisposable> Full(string table, int after = 0)
        {
            await Ask($"""
                SELECT setval('trouble.rows', 1, false);
                CREATE TRIGGER no_space BEFORE INSERT ON claims.{table} FOR EACH ROW EXECUTE FUNCTION trouble.no_space({after});
                """);
            return new Room(() => Ask($"DROP TRIGGER no_space ON claims.{table}"));
        }

        public Task<object?> Ask(string sql, params object[] parameters) => database!.Ask(sql, parameters);

        public Task<string> Ledger() => database!.Ledger();

        public async ValueTask DisposeAsync()
        {
            Http?.Dispose();
            if (host is not null) await host.DisposeAsync();
            if (database is not null) await database.DisposeAsync();
            Way?.Dispose();
        }

        private sealed class Room(Func<Task> make) : IAsyncDisposable
        {
            public async ValueTask DisposeAsync() => await make();
        }
    }
}
