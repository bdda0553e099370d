using ClaimsEngine.Enrolments;
using ClaimsEngine.Programmes;
using ClaimsEngine.Storage;
using Npgsql;

namespace ClaimsEngine.Host.Queries;

/// <summary>A programme's certificates and money, for its sponsor: of the caller's region, as known at a moment.</summary>
/// <param name="Region">whose certificates are counted; empty is all</param>
/// <param name="Position">up to which events the register had come</param>
/// <param name="Payers">in the programme's order</param>
public sealed record ProgrammeStanding(
    string Programme, RegionCode Region, Instant AsOf, long Position, CertificateCounts Certificates, IReadOnlyList<PayerStanding> Payers);

/// <summary>How many certificates are in each status; that a period has ended is told by dates, not by a status.</summary>
public sealed record CertificateCounts(long Pending, long InForce, long Cancelled, long Void, long Lapsed);

/// <param name="Due">the payer's shares of every certificate that is pending, in force, or was cancelled within its term</param>
/// <param name="Paid">received on those</param>
/// <param name="Left">due and not yet received</param>
/// <param name="ToReturn">received on certificates that ended without having covered anybody</param>
public sealed record PayerStanding(string Payer, Money Due, Money Paid, Money Left, Money ToReturn);

/// <summary>
/// Counts a programme's certificates by status, and per payer what is due and paid. It reads every certificate of the programme along the
/// register's index, and the payments of those on which something was paid, so the cost grows with the programme; in return an enrolment
/// writes nothing more for it. Places and budget are counted as they are taken (<c>/places</c>) and cost the same to ask for at any size.
/// </summary>
public static class ProgrammeCounts
{
    /// <summary>Whether a certificate's contribution is owed, in SQL.</summary>
    private const string Stands = "(e.status IN ('pending', 'inForce') OR e.last_day IS NOT NULL)";

    /// <param name="asOf">null is now</param>
    public static async Task<ProgrammeStanding> Of(
        Programme programme, RegionCode region, Instant? asOf, ClaimsStorage storage, Instant now, CancellationToken cancellation)
    {
        await using var connection = await storage.Sessions.Application.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var (statuses, units) = (new Dictionary<string, long>(), 0L);
        await using (var counts = Over("e.status, count(*), coalesce(sum(e.units) FILTER (WHERE {0}), 0)::bigint", "", ""))
        await using (var reader = await counts.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
            {
                statuses[reader.GetString(0)] = reader.GetInt64(1);
                units += reader.GetInt64(2);
            }

        var received = new Dictionary<string, (Money Paid, Money ToReturn)>();
        await using (var payments = Over(
            "p.payer, coalesce(sum(p.amount::numeric * 100) FILTER (WHERE {0}), 0)::bigint, "
            + "coalesce(sum(p.amount::numeric * 100) FILTER (WHERE NOT {0}), 0)::bigint",
            "CROSS JOIN LATERAL jsonb_each_text(e.paid) AS p (payer, amount)", "AND e.paid IS NOT NULL"))
        await using (var reader = await payments.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                received[reader.GetString(0)] = (new Money(reader.GetInt64(1)), new Money(reader.GetInt64(2)));

        long Count(EnrolmentStatus status) =>
            statuses.GetValueOrDefault(System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(status.ToString()));
        return new ProgrammeStanding(
            programme.Code, region, asOf ?? now, await storage.Upkeep.PositionOf(connection, cancellation),
            new CertificateCounts(
                Count(EnrolmentStatus.Pending), Count(EnrolmentStatus.InForce), Count(EnrolmentStatus.Cancelled),
                Count(EnrolmentStatus.Void), Count(EnrolmentStatus.Lapsed)),
            [.. programme.Funding.Select(share =>
            {
                var (due, (paid, toReturn)) = (share.Amount * checked((int)units), received.GetValueOrDefault(share.Payer));
                return new PayerStanding(share.Payer, due, paid, due - paid, toReturn);
            })]);

        NpgsqlCommand Over(string columns, string join, string narrower)
        {
            var command = new NpgsqlCommand { Connection = connection };
            var where = ListQuery.AsOf(asOf, command);
            command.Parameters.Add(new NpgsqlParameter { Value = programme.Code });
            command.Parameters.Add(new NpgsqlParameter { Value = region.Value + "%" });
            var last = command.Parameters.Count;
            command.CommandText = $"""
                SELECT {columns.Replace("{0}", Stands, StringComparison.Ordinal)}
                FROM {storage.Options.ReadSchema}.{EnrolmentRegister.Model.Table} e {join}
                WHERE {where} AND e.programme = ${last - 1} AND e.region LIKE ${last} {narrower} GROUP BY 1
                """;
            return command;
        }
    }
}
