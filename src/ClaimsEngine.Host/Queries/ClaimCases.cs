using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Notices;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Recoveries;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;
using Npgsql;

namespace ClaimsEngine.Host.Queries;

/// <summary>A claim with all that belongs to it. Who sees no medical facts finds no papers, no reasons in the history, and of the claim
/// what <see cref="ClaimView"/> shows.</summary>
/// <param name="Certificate">null for an office that only assists: it sees no register of another place</param>
/// <param name="Plan">the version that binds the certificate</param>
/// <param name="Papers">those that the claim asks for, then the others that came</param>
/// <param name="History">what happened, oldest first</param>
/// <param name="Originals">what must be seen on paper before an approval; null where the plan asks for none</param>
/// <param name="PublicNotice">of the approval, with the objections against it; null where it was not published, and for who sees no
/// medical facts</param>
/// <param name="Recoveries">of its payouts, oldest first, cancelled ones too; known as far as the read models have got</param>
/// <param name="Payouts">of this claim, reissued ones too, oldest first; known as far as the read models have got</param>
public sealed record ClaimCaseView(
    ClaimView Claim, EnrolmentView? Certificate, CasePlan Plan, IReadOnlyList<CasePaper> Papers, IReadOnlyList<HistoryEntry> History,
    IReadOnlyList<PayoutView> Payouts, CaseOriginals? Originals, PublicNoticeView? PublicNotice,
    IReadOnlyList<RecoveryView> Recoveries);

/// <param name="From">amounts of this and more need the originals</param>
/// <param name="Missing">of the assessed amount, what nobody has seen yet; before the assessment, what an amount of
/// <paramref name="From"/> would lack</param>
public sealed record CaseOriginals(Money From, IReadOnlyList<string> Missing);

/// <param name="Clause">the clause of the benefit that is claimed; null where the card has none</param>
public sealed record CasePlan(string Code, int Version, LocalName Name, string? Clause, string RuleHash);

/// <param name="Required">the claim asks for it: by the plan, or in a request for papers</param>
/// <param name="Missing">it has not come, or has been asked for once more</param>
public sealed record CasePaper(string Kind, bool Required, bool Missing, IReadOnlyList<DocumentView> Files);

/// <summary>Gathers a case. What is shown is folded from events; the register of payouts says only which there are.</summary>
public static class ClaimCases
{
    public static async Task<ClaimCaseView> Of(
        Claim claim, Records records, RecordRoom room, ClaimsStorage storage, Instant? asOf, CancellationToken cancellation)
    {
        var notice = PublicNoticeId.Of(claim.Id).Value;
        var ids = await Ids(storage, PayoutLedger.Model, "claim", [claim.StreamId], cancellation);
        var reclaimed = ids.Count == 0 ? [] : await Ids(storage, RecoveryList.Model, "payout", ids, cancellation);
        await records.Look(
            [claim.Enrolment.Value, PlanId.Of(claim.Plan).Value, notice, .. ClaimView.PeopleOf(claim), .. ids, .. reclaimed]);
        var view = await ClaimView.Of(claim, records);
        var enrolment = await records.Find<Enrolment>(claim.Enrolment.Value);
        var version = (await records.Get<Plan>(PlanId.Of(claim.Plan).Value)).Version(claim.PlanVersion)!;
        var payouts = new List<PayoutView>();
        foreach (var id in ids)
            if (await records.Find<Payout>(id) is { } payout) payouts.Add(await PayoutView.Of(payout, records));
        var recoveries = new List<RecoveryView>();
        foreach (var id in reclaimed)
            if (await records.Find<Recovery>(id) is { } recovery) recoveries.Add(await RecoveryView.Of(recovery, records));
        var events = await room.Events.ReadStream(claim.StreamId, asOf: asOf, cancellation: cancellation);
        var medical = records.By.SeesMedicalFacts;
        return new ClaimCaseView(
            view, enrolment is null ? null : await EnrolmentView.Of(enrolment, records),
            new CasePlan(
                claim.Plan, version.Number, version.Card.Name, medical ? version.Card.BenefitFor(claim.Incident.Kind)?.Clause : null,
                version.RuleHash),
            medical ? [.. Papers(claim, view)] : [],
            [.. events.Select(ClaimHistory.Of).Select(entry => ClaimHistory.For(records.By, entry))], payouts,
            medical && version.Card.Originals is { } rule
                ? new CaseOriginals(rule.From, claim.MissingOriginals(rule, claim.Assessment?.Amount ?? rule.From)) : null,
            medical && await records.Find<PublicNotice>(notice) is { } published ? await PublicNoticeView.Of(published, records) : null,
            recoveries);
    }

    private static IEnumerable<CasePaper> Papers(Claim claim, ClaimView view)
    {
        string[] required = [.. claim.RequiredDocuments.Union(claim.Supplement?.Kinds ?? [])];
        return required.Union(view.Documents.Select(document => document.Kind)).Select(kind => new CasePaper(
            kind, required.Contains(kind), view.MissingDocuments.Contains(kind),
            [.. view.Documents.Where(document => document.Kind == kind)]));
    }

    /// <summary>The rows that name one of these streams. Ids rise with the time at which they were made.</summary>
    /// <param name="column">of the read model; it has an index</param>
    private static async Task<List<Guid>> Ids(
        ClaimsStorage storage, IReadModel model, string column, IReadOnlyList<Guid> named, CancellationToken cancellation)
    {
        await using var command = storage.Sessions.Listing.CreateCommand($"""
            SELECT id FROM {storage.Options.ReadSchema}.{model.Table}
            WHERE recorded_to = 'infinity' AND {column} = ANY($1) ORDER BY id LIMIT 1000
            """);
        command.Parameters.Add(new NpgsqlParameter { Value = named.ToArray() });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var ids = new List<Guid>();
        while (await reader.ReadAsync(cancellation)) ids.Add(reader.GetGuid(0));
        return ids;
    }
}
