using ClaimsEngine.Enrolments;
using ClaimsEngine.Programmes;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries;

/// <summary>A programme's certificates and money, for its sponsor: of the caller's region, as known at a moment.</summary>
/// <param name="Region">whose certificates are counted; empty is all</param>
/// <param name="Position">up to which events the register had come</param>
/// <param name="Payers">in the programme's order</param>
public sealed record ProgrammeStanding(
    string Programme, RegionCode Region, Instant AsOf, long Position, CertificateCounts Certificates, IReadOnlyList<PayerStanding> Payers);

/// <summary>How many certificates are in each status; that a period has ended is told by dates, not by a status.</summary>
public sealed record CertificateCounts(long Pending, long InForce, long Cancelled, long Void, long Lapsed);

/// <param name="Due">the payer's shares of every certificate that is pending, in force, or was cancelled within its term with
/// nothing to be paid back</param>
/// <param name="Paid">received on those</param>
/// <param name="Left">due and not yet received</param>
/// <param name="ToReturn">received on the others, which ended</param>
public sealed record PayerStanding(string Payer, Money Due, Money Paid, Money Left, Money ToReturn);

/// <summary>
/// Counts a programme's certificates by status, and per payer what is due and paid, from totals that are kept beside the register: the cost
/// does not grow with the number of certificates. Places and budget are counted as they are taken (<c>/places</c>).
/// </summary>
public static class ProgrammeCounts
{
    /// <param name="asOf">null is now</param>
    public static async Task<ProgrammeStanding> Of(
        Programme programme, RegionCode region, Instant? asOf, ClaimsStorage storage, Instant now, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.Open(storage, cancellation);
        TotalsFilter[] where = [new(nameof(EnrolmentRow.Programme), TotalsMatch.Equal, programme.Code),
            .. region.Level > 0 ? (TotalsFilter[])[new(nameof(EnrolmentRow.Region), TotalsMatch.Prefix, region)] : []];
        var (statuses, units) = (new Dictionary<string, long>(), 0L);
        foreach (var group in await Ask([nameof(EnrolmentRow.Status), nameof(EnrolmentRow.Stands)], nameof(EnrolmentRow.Units), null))
        {
            var status = (string)group.Keys[0]!;
            statuses[status] = statuses.GetValueOrDefault(status) + group.Count;
            if (group.Keys[1] is true) units += group.Sums[0];
        }

        var received = new Dictionary<string, (Money Paid, Money ToReturn)>();
        foreach (var group in await Ask(
            [nameof(EnrolmentRow.Stands), $"{nameof(EnrolmentRow.Paid)}.Key"], $"{nameof(EnrolmentRow.Paid)}.Value",
            nameof(EnrolmentRow.Paid)))
        {
            var (payer, sum) = ((string)group.Keys[1]!, new Money(group.Sums[0]));
            var (paid, toReturn) = received.GetValueOrDefault(payer);
            received[payer] = group.Keys[0] is true ? (paid + sum, toReturn) : (paid, toReturn + sum);
        }

        long Count(EnrolmentStatus status) => statuses.GetValueOrDefault(Name(status));
        return new ProgrammeStanding(
            programme.Code, region, asOf ?? now, await snapshot.Position(cancellation),
            new CertificateCounts(
                Count(EnrolmentStatus.Pending), Count(EnrolmentStatus.InForce), Count(EnrolmentStatus.Cancelled),
                Count(EnrolmentStatus.Void), Count(EnrolmentStatus.Lapsed)),
            [.. programme.Funding.Select(share =>
            {
                var (due, (paid, toReturn)) = (share.Amount * checked((int)units), received.GetValueOrDefault(share.Payer));
                return new PayerStanding(share.Payer, due, paid, due - paid, toReturn);
            })]);

        Task<IReadOnlyList<TotalsGroup>> Ask(string[] by, string sum, string? spread) => snapshot.Ask(
            EnrolmentRegister.Model, new TotalsQuestion(by, [sum]) { Where = where, AsOf = asOf, Spread = spread }, now, cancellation);
    }

    private static string Name(EnrolmentStatus status) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
