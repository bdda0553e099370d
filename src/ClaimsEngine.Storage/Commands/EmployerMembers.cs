using ClaimsEngine.Enrolments;
using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Storage.Reading;
using Npgsql;
using NpgsqlTypes;

namespace ClaimsEngine.Storage.Commands;

/// <summary>How many of an employer are members already, by the register of enrolments.</summary>
public sealed class EmployerMembers(ReadModelUpkeep readModels, EventReader events, Sessions sessions, StorageOptions options)
{
    private const int Page = 1_000;

    /// <summary>Certificates in force and pending; of women alone where the cover counts women.</summary>
    /// <param name="patience">how long it waits for the register to get to what is recorded</param>
    /// <exception cref="RegisterBehindException">
    /// The register did not get there in that time; nothing can be said of who is a member.
    /// </exception>
    public async Task<MemberCount> Count(ListedCover cover, TimeSpan patience, CancellationToken cancellation)
    {
        if (!await readModels.WaitForNewest(patience, cancellation)) throw new RegisterBehindException();

        var held = await Certificates(cover, cancellation);
        if (!cover.Women) return new MemberCount(held.Count, held.Values.LongCount(inForce => inForce));
        // The register holds no sex; the certificates do.
        var (women, covered) = (0L, 0L);
        foreach (var page in held.Keys.Chunk(Page))
            foreach (var (stream, recorded) in await events.ReadStreams(page, cancellation))
                if (Fold.Of<Enrolment>(recorded.Select(one => one.Data))!.Sex == Sex.Female)
                {
                    women++;
                    if (held[stream]) covered++;
                }
        return new MemberCount(women, covered);
    }

    /// <returns>certificates in force or pending, and whether they are in force</returns>
    private async Task<Dictionary<Guid, bool>> Certificates(ListedCover cover, CancellationToken cancellation)
    {
        await using var command = sessions.Listing.CreateCommand($"""
            SELECT id, status = 'inForce' FROM {options.ReadSchema}.{EnrolmentRegister.Model.Table}
            WHERE recorded_to = 'infinity' AND employer = $1 AND plan = $2 AND programme IS NOT DISTINCT FROM $3
              AND cover_to >= $4 AND status IN ('inForce', 'pending')
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = cover.Employer });
        command.Parameters.Add(new NpgsqlParameter { Value = cover.Plan });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)cover.Programme ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new NpgsqlParameter { Value = cover.From.ToDateOnly() });
        var held = new Dictionary<Guid, bool>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) held[reader.GetGuid(0)] = reader.GetBoolean(1);
        return held;
    }
}

/// <summary>The read models do not get to what is recorded: the same may be asked again later.</summary>
public sealed class RegisterBehindException() : InvalidOperationException("the read models do not get to what is recorded");
