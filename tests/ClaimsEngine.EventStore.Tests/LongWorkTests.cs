using ClaimsEngine.EventStore.LongWork;
using ClaimsEngine.Ports;
using Xunit;

namespace ClaimsEngine.EventStore.Tests;

public sealed class LongWorkTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private LongWorks Works => Database.LongWorks;

    protected override IReadOnlyList<IReadModel> ReadModels => [];

    [Fact]
    public async Task A_new_work_runs_with_nothing_done()
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Works.Start(id, "sample", "li", "6206"));
        var work = (await Works.Find(id))!;
        Assert.Equal((id, "sample", "li", "6206", WorkStatus.Running), (work.Id, work.Kind, work.Caller, work.Region, work.Status));
        Assert.Equal((0L, null, null, null, null), (work.Done, work.Total, work.Result, work.Problem, work.FinishedAt));
        Assert.Equal(0, await Works.OutputLength(id));
        Assert.Null(await Works.Find(Guid.NewGuid()));
    }

    [Fact]
    public async Task One_key_sent_to_two_processes_at_once_starts_one_work()
    {
        await using var second = await Open();
        LongWorks[] processes = [Works, second.LongWorks];
        for (var round = 0; round < 10; round++)
        {
            var key = $"k{round}";
            var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                var id = Guid.CreateVersion7();
                return (Id: id, Won: await processes[i % 2].Start(id, "sample", "li", "", Reply("li", key, id)));
            }));
            var winner = Assert.Single(started, one => one.Won);
            Assert.Equal(Reply("li", key, winner.Id), await Events.FindReply("li", key));
        }
        Assert.Equal(10L, await Owner("SELECT count(*) FROM claims.long_work"));
    }

    [Fact]
    public async Task Keys_of_two_callers_never_meet_and_works_without_a_key_are_as_many_as_are_started()
    {
        await Started("li", "same");
        await Started("wang", "same");
        await Started("li");
        await Started("li");
        Assert.Equal(4L, await Owner("SELECT count(*) FROM claims.long_work"));
    }

    [Fact]
    public async Task A_key_stands_for_a_command_or_a_work_and_never_for_both()
    {
        var (command, work) = (Samples.Append(Guid.NewGuid(), 0, Samples.Opened()), Guid.CreateVersion7());
        await Write(command with { Reply = new StoredReply("li", "command", "hash", 201, command.Streams[0].Stream, 1) });
        Assert.False(await Works.Start(work, "sample", "li", "", Reply("li", "command", work)));
        Assert.Null(await Works.Find(work));

        await Works.Start(work, "sample", "li", "", Reply("li", "work", work));
        var late = Samples.Append(Guid.NewGuid(), 0, Samples.Opened()) with { Reply = new StoredReply("li", "work", "other", 201, Guid.NewGuid(), 1) };
        Assert.Equal(Reply("li", "work", work), Assert.IsType<AlreadyAnswered>(await Events.Append(late)).Reply);
    }

    [Fact]
    public async Task A_report_says_how_far_it_is()
    {
        var id = await Started();
        Assert.True(await Works.Report(id, 7, null));
        Assert.Equal((7L, null), await Progress(id));
        Assert.True(await Works.Report(id, 8, 20));
        Assert.Equal((8L, 20L), await Progress(id));
    }

    [Theory]
    [InlineData(WorkStatus.Done, """{"sum":"1.00","by":1}""", null)]
    [InlineData(WorkStatus.Refused, """{"rows": 3}""", """{"code": "unknown-plan"}""")]
    [InlineData(WorkStatus.Failed, null, """{"code": "internal-error"}""")]
    [InlineData(WorkStatus.Interrupted, null, null)]
    public async Task A_work_ends_once(WorkStatus end, string? result, string? problem)
    {
        var id = await Started();
        Assert.True(await Works.Finish(id, end, 3, 4, result, problem));
        var work = (await Works.Find(id))!;
        Assert.Equal((end, 3L, 4L, result, problem), (work.Status, work.Done, work.Total, work.Result, work.Problem));
        Assert.True(work.FinishedAt >= work.StartedAt);

        Assert.False(await Works.Finish(id, WorkStatus.Failed, 0, null));
        Assert.False(await Works.Report(id, 9, 9));
        await CanNotBeWrittenTo(Works, id);
        Assert.Equal(work, await Works.Find(id));
    }

    [Fact]
    public async Task Nobody_but_its_own_process_writes_to_a_work()
    {
        await using var second = await Open();
        var id = await Started();
        Assert.False(await second.LongWorks.Report(id, 1, 1));
        Assert.False(await second.LongWorks.Finish(id, WorkStatus.Done, 1, 1));
        await CanNotBeWrittenTo(second.LongWorks, id);
        Assert.Equal(WorkStatus.Running, (await Works.Find(id))!.Status);
    }

    [Fact]
    public async Task A_work_whose_process_fell_silent_is_interrupted_by_whoever_looks_and_its_process_can_do_nothing_more()
    {
        await using var second = await Open();
        var (silent, alive, ended) = (await Started(), await Started(), await Started());
        await Works.Finish(ended, WorkStatus.Done, 0, null);
        await Backdate("heartbeat", silent, "2 hours");
        await Backdate("heartbeat", alive, "2 hours");
        await Works.Report(alive, 1, null);

        Assert.Equal(1, await second.LongWorks.Interrupt(Hour));
        Assert.Equal([WorkStatus.Interrupted, WorkStatus.Running, WorkStatus.Done],
            [(await Works.Find(silent))!.Status, (await Works.Find(alive))!.Status, (await Works.Find(ended))!.Status]);
        Assert.NotNull((await Works.Find(silent))!.FinishedAt);
        Assert.False(await Works.Report(silent, 1, null));
        await CanNotBeWrittenTo(Works, silent);
        Assert.Equal(0, await second.LongWorks.Interrupt(Hour));
    }

    [Fact]
    public async Task Output_of_some_megabytes_comes_back_as_it_was_written_in_parts_of_equal_size()
    {
        var random = new Random(1);
        var written = new byte[5 * LongWorks.PartBytes + 12_345];
        random.NextBytes(written);
        var (id, other) = (await Started(), await Started());
        await using (var noise = Works.WriteOutput(other)) await noise.WriteAsync(written.AsMemory(0, 1000));
        await using (var output = Works.WriteOutput(id))
        {
            for (var at = 0; at < written.Length;)
            {
                var bit = written.AsMemory(at, Math.Min(random.Next(1, 700_000), written.Length - at));
                if (random.Next(2) == 0) await output.WriteAsync(bit);
                else output.Write(bit.Span);
                output.Flush();
                at += bit.Length;
            }
            Assert.Equal(5L * LongWorks.PartBytes, await Works.OutputLength(id));   // what is full is stored while the work goes on
        }

        Assert.Equal(written.Length, await Works.OutputLength(id));
        Assert.Equal(6L, await Owner($"SELECT count(*) FROM claims.long_work_output WHERE work = '{id}'"));
        using var read = new MemoryStream();
        await Works.CopyOutput(id, read);
        Assert.Equal(written, read.ToArray());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_writer_of_lines_that_is_closed_leaves_the_last_part_behind(bool asynchronously)
    {
        var id = await Started();
        if (asynchronously)
        {
            await using var lines = new StreamWriter(Works.WriteOutput(id));
            await lines.WriteLineAsync("案件,金额");
            await lines.FlushAsync();
            Assert.Equal(0, await Works.OutputLength(id));
        }
        else
        {
            using var lines = new StreamWriter(Works.WriteOutput(id));
            lines.WriteLine("案件,金额");
            lines.Flush();
        }
        using var read = new MemoryStream();
        await Works.CopyOutput(id, read);
        Assert.Equal("案件,金额" + Environment.NewLine, System.Text.Encoding.UTF8.GetString(read.ToArray()));
    }

    [Fact]
    public async Task Output_that_is_closed_takes_nothing_more()
    {
        var output = Works.WriteOutput(await Started());
        await output.DisposeAsync();
        await output.DisposeAsync();
        Assert.False(output.CanWrite);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => output.WriteAsync(new byte[1]).AsTask());
    }

    [Fact]
    public async Task What_ended_long_ago_is_deleted_with_output_and_key_and_nothing_else_is()
    {
        var (old, interrupted, young, running) = (await Started("li", "old"), await Started("li"), await Started("li", "young"), await Started("li", "running"));
        await using (var output = Works.WriteOutput(old)) await output.WriteAsync(new byte[10]);
        await Works.Finish(old, WorkStatus.Done, 1, 1);
        await Works.Finish(interrupted, WorkStatus.Interrupted, 1, 1);
        await Works.Finish(young, WorkStatus.Done, 1, 1);
        foreach (var id in (Guid[])[old, interrupted]) await Backdate("finished_at", id, "31 days");
        await Backdate("started_at", running, "31 days");

        Assert.Equal(2, await Works.Purge(TimeSpan.FromDays(30)));
        Assert.Null(await Works.Find(old));
        Assert.Null(await Works.Find(interrupted));
        Assert.Equal(0L, await Owner("SELECT count(*) FROM claims.long_work_output"));
        Assert.NotNull(await Works.Find(young));
        Assert.NotNull(await Works.Find(running));
        Assert.Null(await Events.FindReply("li", "old"));
        Assert.NotNull(await Events.FindReply("li", "young"));
        Assert.Equal(0, await Works.Purge(TimeSpan.FromDays(30)));
        await Started("li", "old");   // the key is free again
    }

    private static StoredReply Reply(string caller, string key, Guid work) => new(caller, key, "hash", 202, work, 0);

    private async Task<Guid> Started(string caller = "li", string? key = null)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Works.Start(id, "sample", caller, "", key is null ? null : Reply(caller, key, id)));
        return id;
    }

    private async Task<(long Done, long? Total)> Progress(Guid id) => (await Works.Find(id)) is { } work ? (work.Done, work.Total) : default;

    private Task<object?> Backdate(string column, Guid id, string by) => Owner($"UPDATE claims.long_work SET {column} = {column} - interval '{by}' WHERE id = '{id}'");

    private static async Task CanNotBeWrittenTo(LongWorks works, Guid id)
    {
        var output = works.WriteOutput(id);
        await Assert.ThrowsAsync<InvalidOperationException>(() => output.WriteAsync(new byte[LongWorks.PartBytes]).AsTask());
    }
}
