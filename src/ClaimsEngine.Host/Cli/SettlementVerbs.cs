using ClaimsEngine.Host.Seeding;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters.Settlements;
using Spectre.Console;

namespace ClaimsEngine.Host.Cli;

/// <summary>What <c>settlements</c> is asked for.</summary>
/// <param name="Sum">yuan as text; null is in proportion to the lines</param>
/// <param name="To">null is standard output</param>
/// <param name="Seed">of the population, and of the feed</param>
internal sealed record SettlementsOrder(int Lines, string? Sum, SettlementForm Form, FileInfo? To, long Seed);

/// <summary>The verb <c>settlements</c>: a feed for the members of Hohhot's made-up population.</summary>
internal static class SettlementVerbs
{
    private const string Plan = "hohhot-2025-hospital";

    public static async Task<int> Generate(SettlementsOrder order, CancellationToken cancellation)
    {
        var whole = SettlementTarget.Hohhot;
        var sum = order.Sum is not { } text ? new Money(whole.Sum.Fen * order.Lines / whole.Lines)
            : Money.TryParse(text, out var amount, out var error) ? amount : throw new UsageException($"--sum: {error}");
        var target = whole with { Lines = order.Lines, Sum = sum };
        var card = CardReading.OfRecord(SeedFiles.Plans.Last(plan => plan.Code == Plan).Card);
        var feed = new SyntheticSettlements(order.Seed, Population.Hohhot(order.Seed), card, target);
        try
        {
            await using var to = order.To?.Create() ?? System.Console.OpenStandardOutput();
            await feed.Write(to, order.Form, cancellation);
        }
        catch (ArgumentException impossible)
        {
            throw new UsageException(impossible.Message);
        }
        if (order.To is { } file)
            AnsiConsole.WriteLine($"{target.Lines:N0} made-up stays with benefits of {target.Sum} yuan together in {file.FullName}");
        return 0;
    }
}
