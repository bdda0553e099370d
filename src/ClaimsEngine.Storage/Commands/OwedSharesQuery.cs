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
        var free = new List<ShareOwed>();
        for (string? after = null; free.Count <= question.Most;)
        {
            var page = await Left(question, after, cancellation);
            var called = await keys.OwnersOf(
                [.. page.Select(share => ContributionCall.ShareKey(share.Enrolment, question.Payer))], cancellation);
            free.AddRange(page.Where(share => !called.ContainsKey(ContributionCall.ShareKey(share.Enrolment, question.Payer))));
            if (page.Count < Page) break;
            after = page[^1].CertificateNumber;
        }
        if (free.Count > question.Most + 1) free.RemoveRange(question.Most + 1, free.Count - question.Most - 1);
        return free;
    }

    /// <summary>The next page of shares that are left, in an open call or not.</summary>
    private async Task<List<ShareOwed>> Left(OwedShares question, string? after, CancellationToken cancellation)
    {
        await using var command = sessions.Listing.CreateCommand($"""
            SELECT e.id, e.certificate_number, e.region, s.share ->> 'left'
            FROM {options.ReadSchema}.{EnrolmentRegister.Model.Table} e CROSS JOIN LATERAL jsonb_array_elements(e.standings) AS s (share)
            WHERE e.recorded_to = 'infinity' AND e.programme = $1 AND e.owing AND e.region LIKE $2
              AND ($3::text IS NULL OR e.employer = $3) AND s.share ->> 'payer' = $4 AND s.share ->> 'left' <> '0.00'
              AND ($6::text IS NULL OR e.certificate_number > $6)
            ORDER BY e.certificate_number LIMIT $5
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = question.Programme });
        command.Parameters.Add(new NpgsqlParameter { Value = question.Within.Value + "%" });   // digits only: nothing to escape
        command.Parameters.Add(new NpgsqlParameter
        {
            Value = (object?)question.Employer ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text,
        });
        command.Parameters.Add(new NpgsqlParameter { Value = question.Payer });
        command.Parameters.Add(new NpgsqlParameter { Value = Page });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)after ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
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
