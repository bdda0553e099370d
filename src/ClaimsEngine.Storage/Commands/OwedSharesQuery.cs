using ClaimsEngine.Contributions;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.Reading;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.Commands;

/// <summary>What a payer owes on certificates of a programme, by the register of enrolments.</summary>
public sealed class OwedSharesQuery(ReadModelUpkeep readModels, KeyReader keys, Sessions sessions, StorageOptions options)
{
    private const int Page = 5_000;

    /// <summary>The shares that are left and in no open call, in the order of the certificates' numbers.</summary>
    /// <param name="patience">how long it waits for the register to get to what is recorded</param>
    /// <exception cref="RegisterBehindException">The register did not get there in that time.</exception>
    public async Task<IReadOnlyList<ShareOwed>> Of(OwedShares question, TimeSpan patience, CancellationToken cancellation)
    {
        if (!await readModels.WaitForNewest(patience, cancellation)) throw new RegisterBehindException();
        var owed = await Left(question, cancellation);
        var free = new List<ShareOwed>(owed.Count);
        foreach (var page in owed.Chunk(Page))
        {
            var called = await keys.OwnersOf(
                [.. page.Select(share => ContributionCall.ShareKey(share.Enrolment, question.Payer))], cancellation);
            free.AddRange(page.Where(share => !called.ContainsKey(ContributionCall.ShareKey(share.Enrolment, question.Payer))));
        }
        return free;
    }

    private async Task<List<ShareOwed>> Left(OwedShares question, CancellationToken cancellation)
    {
        await using var command = sessions.Listing.CreateCommand($"""
            SELECT e.id, e.certificate_number, e.region, s.share ->> 'left'
            FROM {options.ReadSchema}.{EnrolmentRegister.Model.Table} e CROSS JOIN LATERAL jsonb_array_elements(e.standings) AS s (share)
            WHERE e.recorded_to = 'infinity' AND e.programme = $1 AND e.owing AND e.region LIKE $2
              AND ($3::text IS NULL OR e.employer = $3) AND s.share ->> 'payer' = $4 AND s.share ->> 'left' <> '0.00'
            ORDER BY e.certificate_number LIMIT $5
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = question.Programme });
        command.Parameters.Add(new NpgsqlParameter { Value = question.Within.Value + "%" });   // digits only: nothing to escape
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = (object?)question.Employer ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text,
        });
        command.Parameters.Add(new NpgsqlParameter { Value = question.Payer });
        command.Parameters.Add(new NpgsqlParameter { Value = question.Most + 1 });
        var owed = new List<ShareOwed>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            owed.Add(new ShareOwed(new EnrolmentId(reader.GetGuid(0)), reader.GetString(1), RegionCode.Of(reader.GetString(2)),
                Yuan(reader.GetString(3))));
        return owed;
    }

    private static Money Yuan(string text) =>
        Money.TryParse(text, out var amount, out var error) ? amount : throw new FormatException(error);
}
