using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Outbox;
using Npgsql;

namespace ClaimsEngine.Storage.Tests;

/// <summary>Which released batches a bank is told of over its gateway.</summary>
public sealed class BankDeliveryTests(PostgresFixture postgres) : StoreTest(postgres)
{
    [Fact]
    public async Task A_batch_is_told_once_and_neither_a_seeded_one_nor_one_of_a_bank_without_a_gateway()
    {
        var told = Released("a");
        await Write([told, Released("b"), Released("a", quiet: true)]);
        await Write([told]);   // the same page again
        Assert.Equal(told.Stream, await Owner("SELECT id FROM claims.deliveries WHERE channel = 'bank' AND status = 'pending'"));
        Assert.Equal(1L, await Count("claims.deliveries"));
    }

    [Fact]
    public async Task A_release_of_long_ago_waits_for_a_person_who_knows_whether_the_file_was_handed_over()
    {
        await Write([Released("a", hoursAgo: 25)]);
        Assert.Equal("dead too-late", await Owner("SELECT status || ' ' || note FROM claims.deliveries WHERE ended_at IS NOT NULL"));
    }

    private async Task Write(IReadOnlyList<RecordedEvent> page)
    {
        await using var connection = new NpgsqlConnection(Options.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in OutboxPage.Statements(page, Options with { ToldBanks = ["a"] })) batch.BatchCommands.Add(statement);
        await batch.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static RecordedEvent Released(string bank, bool quiet = false, int hoursAgo = 0)
    {
        var at = SystemClock.Instance.GetCurrentInstant() - Duration.FromHours(hoursAgo);
        var headers = new Dictionary<string, string> { [EventMetadata.RegionHeader] = "62" };
        if (quiet) headers[EventMetadata.QuietHeader] = "true";
        return new RecordedEvent(
            Guid.NewGuid(), Guid.NewGuid(), PaymentBatch.StreamType, 2, "payment_batch_released",
            new PaymentBatchReleased("qian", Content: new ReleasedContent(at, bank, 1, Money.Yuan(1), "00")), at, 1,
            new EventMetadata("qian", null, null, headers));
    }
}
