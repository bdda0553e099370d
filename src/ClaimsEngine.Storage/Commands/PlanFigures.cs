using System.Text.Json;
using ClaimsEngine.Books;
using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Storage.Commands;

/// <summary>A plan's books as a closing needs them, from the sums that are kept beside the journal.</summary>
public sealed class PlanFigures(ClaimsStorage storage)
{
    /// <summary>The books as they are now; null where no entry stands in them.</summary>
    /// <param name="through">covers are counted as far as they were posted up to this month; null for all months</param>
    /// <param name="patience">how long it waits for the journal to get to what is recorded</param>
    /// <exception cref="RegisterBehindException">The journal did not get there in that time.</exception>
    public async Task<BookFigures?> Of(string plan, BookMonth? through, TimeSpan patience, CancellationToken cancellation)
    {
        if (!await storage.Upkeep.WaitForNewest(patience, cancellation)) throw new RegisterBehindException();
        await using var snapshot = await Snapshot.Open(storage, cancellation);
        var filter = new BookFilter(plan);
        Task<IReadOnlyList<BookSum>> Sums(BookFilter which, params IReadOnlyList<BookKey> by) =>
            BookSums.Of(snapshot, storage.Options, which, by, null, cancellation);

        var balances = await Sums(filter, BookKey.PlanYear, BookKey.Account);
        if (balances.Count == 0) return null;
        var regions = await Sums(filter, BookKey.Region);
        var covers = new Dictionary<(int, string?, string, DateOnly, DateOnly), (Money Unearned, Money Earned)>();
        foreach (var account in (BookAccount[])[BookAccount.UnearnedContributions, BookAccount.ContributionsEarned])
            foreach (var sum in await Sums(filter with { Account = account }, BookKey.PlanYear, BookKey.Programme, BookKey.Region,
                BookKey.CoverFrom, BookKey.CoverTo, BookKey.Period))
            {
                if (sum.Keys[3] is not DateOnly from || through is { } last && BookMonth.Of(sum.Text(5)) > last) continue;
                var key = ((int)(long)sum.Keys[0]!, (string?)sum.Keys[1], sum.Text(2), from, (DateOnly)sum.Keys[4]!);
                var (unearned, earned) = covers.GetValueOrDefault(key);
                covers[key] = account == BookAccount.UnearnedContributions
                    ? (unearned - sum.Balance, earned) : (unearned, earned - sum.Balance);
            }
        return new BookFigures(
            await snapshot.Position(cancellation), await Steps(snapshot, plan, cancellation),
            [.. regions.Select(sum => RegionCode.Of(sum.Text(0)))],
            [.. covers.Where(own => own.Value != (Money.Zero, Money.Zero)).Select(own => new CoverFigure(
                own.Key.Item1, own.Key.Item2, RegionCode.Of(own.Key.Item3), LocalDate.FromDateOnly(own.Key.Item4),
                LocalDate.FromDateOnly(own.Key.Item5), own.Value.Unearned, own.Value.Earned))],
            [.. balances.Where(sum => sum.Balance != Money.Zero).Select(sum =>
                new BookBalance((int)(long)sum.Keys[0]!, AccountOf(sum.Text(1)), sum.Balance))]);
    }

    /// <summary>An account by its name in the journal.</summary>
    public static BookAccount AccountOf(string name) => JsonSerializer.Deserialize<BookAccount>($"\"{name}\"", ClaimsJson.Options);

    private async Task<int> Steps(Snapshot snapshot, string plan, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(
            $"SELECT steps FROM {storage.Options.ReadSchema}.{PlanBooksList.Model.Table} WHERE recorded_to = 'infinity' AND plan = $1",
            snapshot.Connection);
        command.Parameters.Add(new NpgsqlParameter { Value = plan });
        return await command.ExecuteScalarAsync(cancellation) is int steps ? steps : 0;
    }
}
