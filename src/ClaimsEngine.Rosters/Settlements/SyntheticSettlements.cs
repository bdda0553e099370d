using System.Globalization;
using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;
using ClaimsEngine.Rosters.Importing;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Writing;

namespace ClaimsEngine.Rosters.Settlements;

/// <summary>What a made-up feed is to be.</summary>
/// <param name="Period">days on which the stays lie: the period of cover</param>
/// <param name="Lines">stays in hospital</param>
/// <param name="Sum">of the benefits of all lines, to the fen</param>
/// <param name="Limit">the benefit of one line at most</param>
public sealed record SettlementTarget(DateInterval Period, int Lines, Money Sum, Money Limit)
{
    /// <summary>Hohhot's hospital benefits of 2025: 6,526 of 6.9109 million yuan together (facts.md, F25; exact to the given digits), each
    /// within what its organiser's rules pay without a person.</summary>
    public static SettlementTarget Hohhot
    {
        get
        {
            var year = new DateInterval(new LocalDate(2025, 1, 1), new LocalDate(2025, 12, 31));
            var rules = HandlingRules.For(RegionCode.Of("1501"), year.End).OneClick;
            return new SettlementTarget(year, 6_526, Money.Yuan(6_910_900), rules?.Limit ?? Money.Yuan(3_000));
        }
    }
}

/// <summary>
/// A made-up feed of hospital insurance for a population: many small stays and few large ones, of which some members have several. A pure
/// function of its parameters. What the stays cost follows from the benefits that they shall have: for each the card is asked which own
/// share gives it.
/// </summary>
/// <param name="seed">another number is another feed</param>
/// <param name="members">who may be in hospital</param>
/// <param name="card">by which benefits are computed, each as if nothing had been used: a cap of the period must leave room for the
/// several stays of one member</param>
public sealed class SyntheticSettlements(long seed, Population members, PlanCard card, SettlementTarget target)
{
    /// <summary>Stays of one member.</summary>
    public const int MostStays = 6;

    private const int LongestStay = 20;
    private const string Source = "样例市医保中心";

    private static readonly IReadOnlyList<SettlementColumn> Columns = [.. SettlementLine.Columns.Where(column => column.Name != "illness")];

    /// <summary>Every line, in the order of discharge.</summary>
    /// <exception cref="ArgumentException">So many stays, or such a sum of benefits, cannot be.</exception>
    public IReadOnlyList<SettlementLine> Lines()
    {
        if (target.Period.Length < MostStays * (LongestStay + 1))
            throw new ArgumentException($"the period has fewer than {MostStays * (LongestStay + 1)} days");
        var benefits = Benefits();
        var people = Patients();
        var lines = new List<SettlementLine>(target.Lines);
        foreach (var (person, stays) in members.People(people.Select(one => one.Index)).Zip(people, (person, one) => (person, one.Stays)))
            for (var stay = 0; stay < stays; stay++)
                lines.Add(Line(person, stay, stays, (ulong)lines.Count, benefits[lines.Count]));
        return [.. lines.OrderBy(line => line.Discharged).Select((line, place) => line with
        {
            SettlementNumber = string.Create(CultureInfo.InvariantCulture, $"{target.Period.Start.Year}-{place + 1:000000}"),
        })];
    }

    /// <summary>Writes the feed: CSV with Chinese headings, or JSON Lines.</summary>
    /// <inheritdoc cref="Lines" path="/exception"/>
    public async Task Write(Stream destination, SettlementForm form, CancellationToken cancellation = default)
    {
        var lines = Lines();
        if (form == SettlementForm.JsonLines)
        {
            foreach (var line in lines)
                await destination.WriteAsync(
                    (byte[])[.. JsonSerializer.SerializeToUtf8Bytes(line, ClaimsJson.Options), (byte)'\n'], cancellation);
            await destination.FlushAsync(cancellation);
            return;
        }
        await using var writer = SheetWriter.To(destination, SheetFormat.Csv);
        await writer.Write([.. Columns.Select(column => column.Heading)], cancellation);
        foreach (var line in lines)
            await writer.Write([.. Columns.Select(column => Cell(line, column.Name))], cancellation);
        await writer.Finish(cancellation);
    }

    private static string Cell(SettlementLine line, string column) =>
        JsonSerializer.SerializeToElement(line, ClaimsJson.Options).GetProperty(column).ToString();

    /// <summary>Who is in hospital, and how often: three in four stays are of different members, the others fall on some of
    /// these.</summary>
    private (int Index, int Stays)[] Patients()
    {
        if (target.Lines < 1 || target.Lines > (long)members.Members * MostStays)
            throw new ArgumentException($"{members.Members:N0} members have 1 to {(long)members.Members * MostStays:N0} stays");
        var count = Math.Min(members.Members, (int)(target.Lines * 3L / 4) + 1);
        var stays = new int[count];
        Array.Fill(stays, 1);
        for (var more = count; more < target.Lines; more++)
        {
            var place = (int)(Chance(30, (ulong)more) % (ulong)count);
            while (stays[place] == MostStays) place = (place + 1) % count;
            stays[place]++;
        }
        var shuffle = new Permutation((ulong)members.Members, unchecked((ulong)seed));
        return [.. stays.Select((number, place) => ((int)shuffle[(ulong)place], number))];
    }

    /// <summary>
    /// Benefits with a long tail, from 0.01 to the limit, that add up to the fen. An even chance u becomes u / (u + a(1 - u)) of the limit;
    /// a is searched so that the sum fits, and the last lines take up the rest.
    /// </summary>
    private Money[] Benefits()
    {
        var (count, sum, limit) = (target.Lines, target.Sum.Fen, target.Limit.Fen);
        if (sum < count || sum > (Int128)count * limit)
            throw new ArgumentException($"{count:N0} benefits of at most {target.Limit} yuan do not add up to {target.Sum} yuan");
        var chances = Enumerable.Range(0, count).Select(i => Chance(31, (ulong)i) / (ulong.MaxValue + 1.0)).ToArray();
        long[] Spread(double a) => Array.ConvertAll(chances, u => 1 + (long)((limit - 1) * (u / (u + (a * (1 - u))))));
        var (low, high) = (1e-12, 1e12);
        for (var round = 0; round < 100; round++)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = Spread(middle).Sum() > sum ? (middle, high) : (low, middle);
        }
        var benefits = Spread(high);
        var rest = sum - benefits.Sum();
        for (var i = count - 1; rest != 0; i--)
        {
            var change = Math.Clamp(rest, 1 - benefits[i], limit - benefits[i]);
            (benefits[i], rest) = (benefits[i] + change, rest - change);
        }
        return Array.ConvertAll(benefits, fen => new Money(fen));
    }

    /// <summary>One of a member's stays. Each lies in a part of the period of its own, so that no two touch.</summary>
    private SettlementLine Line(PersonDetails person, int stay, int stays, ulong place, Money benefit)
    {
        var part = target.Period.Length / stays;
        var days = 2 + (int)(Chance(32, place) % (ulong)(Math.Min(LongestStay, part - 1) - 1));
        var admitted = target.Period.Start.PlusDays((stay * part) + (int)(Chance(33, place) % (ulong)(part - days)));
        var grade = 1 + (int)(Chance(34, place) % 3);
        var line = new SettlementLine(Source, "0", person.IdNumber, person.Name, admitted, admitted.PlusDays(days),
            Money.Zero, Money.Zero, Money.Zero, grade);
        var share = OwnShareFor(line, benefit);
        var inScope = share.Percent(200 + (int)(Chance(35, place) % 200));
        return line with { OwnShare = share, InScope = inScope, Total = inScope.Percent(103 + (int)(Chance(36, place) % 30)) };
    }

    /// <summary>The smallest own share of which the card gives this benefit.</summary>
    private Money OwnShareFor(SettlementLine line, Money benefit)
    {
        var (low, high) = (0L, Math.Max(1, benefit.Fen));   // of the one less is given, of the other enough
        while (BenefitOf(line, high) < benefit)
        {
            if (high > benefit.Fen * 1000) throw new ArgumentException($"no own share has a benefit of {benefit} yuan under the card");
            (low, high) = (high, high * 2);
        }
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = BenefitOf(line, middle) < benefit ? (middle, high) : (low, middle);
        }
        return BenefitOf(line, high) == benefit ? new Money(high)
            : throw new ArgumentException($"no own share has a benefit of {benefit} yuan under the card");
    }

    private Money BenefitOf(SettlementLine line, long ownShare)
    {
        var share = new Money(ownShare);
        var incident = (line with { OwnShare = share, InScope = share, Total = share }).ToIncident();
        var cover = new CoverFacts(target.Period.Start, target.Period.End);
        var (assessment, refusal) = Adjudication.Assess(card, CaseFacts.Of(incident, 1, Money.Zero, cover));
        return assessment?.Amount ?? throw new ArgumentException($"the card has no benefit of a stay in hospital: {refusal}");
    }

    private ulong Chance(ulong stream, ulong index) => Scramble.Of(unchecked((ulong)seed), stream, index);
}
