using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Reading;
using ClaimsEngine.Storage;
using Npgsql;

namespace ClaimsEngine.Host.Queries;

/// <summary>
/// The certificates of one member: the register says which there are, each is folded from its events, so that what is shown is exact. Only
/// those in the caller's region; a person who neither lives there nor holds one there is not there.
/// </summary>
public sealed class MemberCertificates(ClaimsStorage storage, Records records, CancellationToken cancellation)
{
    /// <summary>Certificates of one person that are read.</summary>
    private const int Most = 1_000;

    private readonly Dictionary<Guid, List<Guid>> known = [];

    /// <summary>Reads the certificates of several people, and what their claims are counted by, in two questions. It only saves
    /// time.</summary>
    public async Task Look(IReadOnlyList<Guid> people)
    {
        foreach (var person in people) known[person] = [];
        await using var command = storage.Sessions.Application.CreateCommand($"""
            SELECT member, id FROM {storage.Options.ReadSchema}.{EnrolmentRegister.Model.Table}
            WHERE recorded_to = 'infinity' AND member = ANY ($1) ORDER BY id DESC
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = people.ToArray() });
        await using (var reader = await command.ExecuteReaderAsync(cancellation))
            while (await reader.ReadAsync(cancellation))
                if (known[reader.GetGuid(0)] is { Count: < Most } ids) ids.Add(reader.GetGuid(1));
        await records.Look(
            [.. people, .. known.Values.SelectMany(ids => ids), .. people.Select(id => BenefitAccount.IdOf(new PersonId(id)))]);
    }

    /// <summary>The person's certificates in the caller's region, newest first; null where the person is none of the caller's.</summary>
    public async Task<IReadOnlyList<Enrolment>?> Of(Guid person)
    {
        var ids = known.TryGetValue(person, out var looked) ? looked : await Ids(person);
        await records.Look([person, .. ids]);
        if (await records.FindAnywhere<Person>(person) is not { } member) return null;
        var seen = new List<Enrolment>();
        foreach (var id in ids)
            if (await records.Find<Enrolment>(id) is { } enrolment) seen.Add(enrolment);
        return seen.Count > 0 || records.By.Sees(member) ? seen : null;
    }

    public async Task<IReadOnlyList<CertificateView>> Views(IEnumerable<Enrolment> enrolments)
    {
        var (shown, views) = (enrolments.ToArray(), new List<CertificateView>());
        await records.Look([.. shown.Select(enrolment => PlanId.Of(enrolment.Plan).Value).Distinct()]);
        foreach (var enrolment in shown)
        {
            var plan = await records.Get<Plan>(PlanId.Of(enrolment.Plan).Value);
            views.Add(CertificateView.Of(enrolment, plan.Version(enrolment.PlanVersion)!.Card));
        }
        return views;
    }

    private async Task<List<Guid>> Ids(Guid person)
    {
        await using var command = storage.Sessions.Application.CreateCommand($"""
            SELECT id FROM {storage.Options.ReadSchema}.{EnrolmentRegister.Model.Table}
            WHERE recorded_to = 'infinity' AND member = $1 ORDER BY id DESC LIMIT {Most}
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = person });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetGuid(0));
        return ids;
    }
}
