using ClaimsEngine.EventStore;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;
using Npgsql;

namespace ClaimsEngine.Host.Rosters.Enrolling;

/// <summary>How many of a unit are members already, by the register of enrolments.</summary>
internal static class UnitMembers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <param name="from">first day of cover; certificates that have ended before do not count</param>
    /// <exception cref="TimeoutException">The register does not get to what is recorded; nothing can be said of who is a member.</exception>
    public static async Task<long> Count(ClaimsDatabase database, RosterTerms terms, LocalDate from, CancellationToken cancellation)
    {
        var options = database.Options;
        await using var newest = database.Application.CreateCommand(
            $"SELECT epoch, tx_id, seq_id FROM {options.Schema}.mt_events ORDER BY epoch DESC, tx_id DESC, seq_id DESC LIMIT 1");
        var position = FeedPosition.Start;
        await using (var reader = await newest.ExecuteReaderAsync(cancellation))
            if (await reader.ReadAsync(cancellation)) position = new FeedPosition(reader.GetInt16(0), reader.GetFieldValue<ulong>(1), reader.GetInt64(2));
        if (!await database.Projector.WaitFor(EnrolmentRegister.Model.Table, position, Patience)) throw new TimeoutException("the register of enrolments does not get to what is recorded");

        // the register holds no sex: it stands in the first event of the certificate
        var women = terms.Eligibility.Participation?.Of == ParticipationBase.Women;
        await using var command = database.Application.CreateCommand($"""
            SELECT count(*) FROM {options.ReadSchema}.enrolments e
            {(women ? $"JOIN {options.Schema}.mt_events m ON m.stream_id = e.id AND m.version = 1 AND m.data ->> 'sex' = 'female'" : "")}
            WHERE e.recorded_to = 'infinity' AND e.unit = $1 AND e.plan = $2 AND e.programme IS NOT DISTINCT FROM $3 AND e.cover_to >= $4 AND e.status IN ('inForce', 'pending')
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = terms.Unit!.Code });
        command.Parameters.Add(new NpgsqlParameter { Value = terms.Plan });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)terms.Programme ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = from.ToDateOnly() });
        return (long)(await command.ExecuteScalarAsync(cancellation))!;
    }
}
