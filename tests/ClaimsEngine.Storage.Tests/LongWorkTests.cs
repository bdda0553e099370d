using ClaimsEngine.Storage.LongWork;

namespace ClaimsEngine.Storage.Tests;

public sealed class LongWorkTests(PostgresFixture postgres) : StoreTest(postgres)
{
    private LongWorks Works => Node.Works;

    protected override IReadOnlyList<IReadModel> ReadModels => [];

    [Fact]
    public async Task A_new_work_runs_with_nothing_done()
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Works.Start(id, "sample", "li", "6206", """{"do":"this"}""", null, null));
        var work = (await Works.Find(id))!;
        Assert.Equal((id, "sample", "li", "6206", WorkStatus.Running), (work.Id, work.Kind, work.Caller, work.Region, work.Status));
        Assert.Equal((0L, null, null, null, null), (work.Done, work.Total, work.Result, work.Problem, work.FinishedAt));
        Assert.Equal(0, await Works.OutputLength(id));
        Assert.Null(await Works.Find(Guid.NewGuid()));
    }

    [Fact]
    public async Task One_key_sent_to_two_processes_at_once_starts_one_work()
    {
        var second = await Open();
        LongWorks[] processes = [Works, second.Works];
        for (var round = 0; round < 10; round++)
        {
            var key = $"k{round}";
            var started = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                var id = Guid.CreateVersion7();
                return (Id: id, Won: await processes[i % 2].Start(id, "sample", "li", "", "{}", null, Reply("li", key, id)));
            }));
            var winner = Assert.Single(started, one => one.Won);
            Assert.Equal(Reply("li", key, winner.Id), await Keys.FindReply("li", key));
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
        var (command, work) = (Guid.NewGuid(), Guid.CreateVersion7());
        var write = Samples.Append(command, 0, Samples.Opened());
        write.Reply = new StoredReply("li", "command", "hash", 201, command, 1);
        await Write(write);
        Assert.False(await Works.Start(work, "sample", "li", "", "{}", null, Reply("li", "command", work)));
        Assert.Null(await Works.Find(work));

        Assert.True(await Works.Start(work, "sample", "li", "", "{}", null, Reply("li", "work", work)));
        var late = Samples.Append(Guid.NewGuid(), 0, Samples.Opened());
        late.Reply = new StoredReply("li", "work", "other", 201, Guid.NewGuid(), 1);
        Assert.IsType<AnsweredBefore>(await Try(late));
        Assert.Equal(Reply("li", "work", work), await Keys.FindReply("li", "work"));
        Assert.Equal(1, await Count("claims.mt_events"));
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
        var second = await Open();
        var id = await Started();
        Assert.False(await second.Works.Report(id, 1, 1));
        Assert.False(await second.Works.Finish(id, WorkStatus.Done, 1, 1));
        await CanNotBeWrittenTo(second.Works, id);
        Assert.Equal(WorkStatus.Running, (await Works.Find(id))!.Status);
    }

    [Fact]
    public async Task A_work_that_nobody_has_taken_is_taken_by_one_process_and_by_no_other()
    {
        var second = await Open();
        var id = Guid.CreateVersion7();
        Assert.True(await Works.Start(id, "sample", "li", "6206", """{"do":"this"}""", null, null));
        Assert.Equal([id], await Works.Orphans());
        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => (i % 2 == 0 ? Works : second.Works).Claim(id)));
        // A process may take again what it has already; of two processes one has it.
        Assert.InRange(taken.Count(work => work is not null), 1, 6);
        Assert.True(taken.Where((_, i) => i % 2 == 0).All(work => work is null) || taken.Where((_, i) => i % 2 == 1).All(work =>
            work is null));
        var work = taken.OfType<ClaimedWork>().First();
        Assert.Equal(("sample", "li", """{"do":"this"}""", null), (work.Kind, work.Caller, work.Instruction, work.Checkpoint));
        Assert.Empty(await Works.Orphans());
    }

    [Fact]
    public async Task After_a_silence_another_process_goes_on_at_the_checkpoint_and_the_first_can_write_nothing_more()
    {
        var second = await Open();
        var (silent, alive, ended) = (await Started(), await Started(), await Started());
        await Works.Note(silent, """{"row":7}""");
        await Works.Report(silent, 7, 20);
        await Works.Finish(ended, WorkStatus.Done, 0, null);
        foreach (var id in (Guid[])[silent, alive, ended]) await Backdate("heartbeat", id, "2 hours");
        await Works.Report(alive, 1, null);

        Assert.Equal([silent], await second.Works.Orphans());
        Assert.Null(await second.Works.Claim(alive));
        Assert.Null(await second.Works.Claim(ended));
        var taken = (await second.Works.Claim(silent))!;
        Assert.Equal(("""{"row":7}""", 7L, 20L), (taken.Checkpoint, taken.Done, taken.Total));

        Assert.False(await Works.Report(silent, 8, null));
        Assert.False(await Works.Finish(silent, WorkStatus.Done, 8, null));
        await Assert.ThrowsAsync<TakenOverException>(() => Works.Note(silent, "{}"));
        await CanNotBeWrittenTo(Works, silent);
        Assert.True(await second.Works.Report(silent, 9, 20));
        Assert.True(await second.Works.Finish(silent, WorkStatus.Done, 20, 20));
    }

    [Fact]
    public async Task A_work_that_is_given_up_is_taken_by_another_at_once()
    {
        var second = await Open();
        var id = await Started();
        Assert.Null(await second.Works.Claim(id));
        await Works.Note(id, """{"row":3}""");
        await Works.Release(id);
        Assert.Equal([id], await second.Works.Orphans());
        Assert.Equal("""{"row":3}""", (await second.Works.Claim(id))!.Checkpoint);
        Assert.False(await Works.Report(id, 4, null));
    }

    [Fact]
    public async Task What_is_stored_of_a_work_and_what_is_noted_as_stored_are_one_thing()
    {
        var second = await Open();
        var id = await Started();
        Task<WriteOutcome> Step(Node node, int row) =>
            node.Bulk.Write(Samples.Write(Samples.New()), CancellationToken.None,
                connection => node.Works.Note(connection, id, $$"""{"row":{{row}}}"""));
        Assert.IsType<Stored>(await Step(Node, 1));
        await Works.Release(id);
        Assert.Equal("""{"row":1}""", (await second.Works.Claim(id))!.Checkpoint);
        await Assert.ThrowsAsync<TakenOverException>(() => Step(Node, 2));
        Assert.Equal(1, await Count("claims.mt_events"));
        Assert.IsType<Stored>(await Step(second, 2));
        Assert.Equal(2, await Count("claims.mt_events"));
    }

    [Fact]
    public async Task The_file_that_a_work_reads_comes_back_as_it_was_sent_and_is_dropped_at_the_end()
    {
        var sent = new byte[2 * LongWorks.PartBytes + 77];
        new Random(2).NextBytes(sent);
        var id = Guid.CreateVersion7();
        Assert.True(await Works.Start(id, "sample", "li", "", "{}", new MemoryStream(sent), null));
        Assert.NotNull(await Works.Claim(id));
        using var read = new MemoryStream();
        await Works.CopyInput(id, read);
        Assert.Equal(sent, read.ToArray());
        Assert.Equal(3, await Count("claims.long_work_input"));
        await Works.Finish(id, WorkStatus.Done, 1, 1);
        Assert.Equal(0, await Count("claims.long_work_input"));
    }

    [Fact]
    public async Task Who_takes_a_work_over_writes_its_output_from_the_beginning()
    {
        var second = await Open();
        var id = await Started();
        await using (var output = await Works.WriteOutput(id)) await output.WriteAsync(new byte[LongWorks.PartBytes + 10]);
        await Works.Release(id);
        await second.Works.Claim(id);
        await using (var output = await second.Works.WriteOutput(id)) await output.WriteAsync(new byte[] { 1, 2, 3 });
        using var read = new MemoryStream();
        await Works.CopyOutput(id, read);
        Assert.Equal([1, 2, 3], read.ToArray());
    }

    [Fact]
    public async Task Output_of_some_megabytes_comes_back_as_it_was_written_in_parts_of_equal_size()
    {
        var random = new Random(1);
        var written = new byte[5 * LongWorks.PartBytes + 12_345];
        random.NextBytes(written);
        var (id, other) = (await Started(), await Started());
        await using (var noise = await Works.WriteOutput(other)) await noise.WriteAsync(written.AsMemory(0, 1000));
        await using (var output = await Works.WriteOutput(id))
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
            await using var lines = new StreamWriter(await Works.WriteOutput(id));
            await lines.WriteLineAsync("案件,金额");
            await lines.FlushAsync();
            Assert.Equal(0, await Works.OutputLength(id));
        }
        else
        {
            using var lines = new StreamWriter(await Works.WriteOutput(id));
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
        var output = await Works.WriteOutput(await Started());
        await output.DisposeAsync();
        await output.DisposeAsync();
        Assert.False(output.CanWrite);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => output.WriteAsync(new byte[1]).AsTask());
    }

    [Fact]
    public async Task What_ended_long_ago_is_deleted_with_output_and_key_and_nothing_else_is()
    {
        var (old, interrupted, young, running) = (await Started("li", "old"), await Started("li"), await Started("li", "young"),
            await Started("li", "running"));
        await using (var output = await Works.WriteOutput(old)) await output.WriteAsync(new byte[10]);
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
        Assert.Null(await Keys.FindReply("li", "old"));
        Assert.NotNull(await Keys.FindReply("li", "young"));
        Assert.Equal(0, await Works.Purge(TimeSpan.FromDays(30)));
        await Started("li", "old");   // the key is free again
    }

    private static StoredReply Reply(string caller, string key, Guid work) => new(caller, key, "hash", 202, work, 0);

    private async Task<Guid> Started(string caller = "li", string? key = null)
    {
        var id = Guid.CreateVersion7();
        Assert.True(await Works.Start(id, "sample", caller, "", "{}", null, key is null ? null : Reply(caller, key, id)));
        Assert.NotNull(await Works.Claim(id));
        return id;
    }

    private async Task<(long Done, long? Total)> Progress(Guid id) => (await Works.Find(id)) is { } work ? (work.Done, work.Total)
        : default;

    private Task<object?> Backdate(string column, Guid id, string by) =>
        Owner($"UPDATE claims.long_work SET {column} = {column} - interval '{by}' WHERE id = '{id}'");

    private static async Task CanNotBeWrittenTo(LongWorks works, Guid id)
    {
        var output = await works.WriteOutput(id);
        await Assert.ThrowsAsync<TakenOverException>(() => output.WriteAsync(new byte[LongWorks.PartBytes]).AsTask());
    }
}
