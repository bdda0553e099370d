using System.Runtime.CompilerServices;
using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage;
using Npgsql;

namespace ClaimsEngine.Host.Queries;

/// <summary>
/// The decided claims of a plan and period with the facts of their assessments, a member's after another's in the order of decision: what a
/// what-if reads. One statement on one snapshot, streamed, so that memory does not grow with the claims.
/// </summary>
/// <param name="From">first day of decision</param>
/// <param name="To">last day of decision, inclusive</param>
/// <param name="Region">only claims in it</param>
public sealed record DecidedClaims(string Plan, LocalDate From, LocalDate To, RegionCode Region)
{
    private const string Decided = "c.recorded_to = 'infinity' AND c.status IN ('approved', 'refused') AND c.plan = $1 "
        + "AND c.decided_on BETWEEN $2 AND $3 AND c.region LIKE $4";

    /// <summary>How many there are.</summary>
    public async Task<long> Count(NpgsqlConnection connection, StorageOptions options, CancellationToken cancellation)
    {
        await using var command = Command($"SELECT count(*) FROM {options.ReadSchema}.claims c WHERE {Decided}", connection);
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }

    public async IAsyncEnumerable<DecidedClaim> Read(NpgsqlConnection connection, StorageOptions options,
        [EnumeratorCancellation] CancellationToken cancellation)
    {
        // the last assessment before the decision; an enrolment's cover for facts that were recorded without it
        await using var command = Command($"""
            SELECT d.number, d.member, d.enrolment, d.region, d.incident_kind, d.decided_on, d.approved_amount,
                   a.amount, a.facts, a.consumed, e.cover_from, e.cover_to
            FROM (SELECT c.id, c.number, c.member, c.enrolment, c.region, c.incident_kind, c.decided_on, c.approved_amount, c.recorded_from
                  FROM {options.ReadSchema}.claims c WHERE {Decided}) d
            LEFT JOIN {options.ReadSchema}.assessments a ON a.id = d.id AND a.recorded_to = 'infinity'
            LEFT JOIN {options.ReadSchema}.enrolments e ON e.id = d.enrolment AND e.recorded_to = 'infinity'
            ORDER BY d.member, d.recorded_from, d.id
            """, connection);
        command.CommandTimeout = 0;   // a year of a province is sorted before its first row comes
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var (approved, facts) = (Amount(reader, 6), Json<CaseFacts>(reader, 8));
            if (facts is { Cover: null } && !reader.IsDBNull(10))
                facts = facts with { Cover = new CoverFacts(Date(reader, 10), Date(reader, 11)) };
            yield return new DecidedClaim(
                reader.GetString(0), new PersonId(reader.GetGuid(1)), new EnrolmentId(reader.GetGuid(2)),
                RegionCode.Of(reader.GetString(3)), Enum.Parse<IncidentKind>(reader.GetString(4), ignoreCase: true), Date(reader, 5),
                approved is not null, approved ?? Money.Zero, Amount(reader, 7), facts, Json<Consumption>(reader, 9));
        }
    }

    private NpgsqlCommand Command(string sql, NpgsqlConnection connection)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Plan });
        command.Parameters.Add(new NpgsqlParameter { Value = From.ToDateOnly() });
        command.Parameters.Add(new NpgsqlParameter { Value = To.ToDateOnly() });
        command.Parameters.Add(new NpgsqlParameter { Value = Region.Value + "%" });   // digits only: nothing to escape
        return command;
    }

    private static Money? Amount(NpgsqlDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : new Money(reader.GetInt64(column));

    private static T? Json<T>(NpgsqlDataReader reader, int column) where T : class =>
        reader.IsDBNull(column) ? null : JsonSerializer.Deserialize<T>(reader.GetFieldValue<byte[]>(column), ClaimsJson.Options);

    private static LocalDate Date(NpgsqlDataReader reader, int column) => LocalDate.FromDateOnly(reader.GetFieldValue<DateOnly>(column));
}
