namespace ClaimsEngine.Notices;

/// <summary>The public notice (公示) of an approved claim, with the objections to it. It is a stream of its own, so that the authorisation of
/// a payout can rest on it without reading the claim.</summary>
public sealed record PublicNotice(
    PublicNoticeId Id, ClaimId Claim, string ClaimNumber, PersonId Member, string Plan, int PlanVersion, RegionCode Region, Money Amount,
    LocalDate From, LocalDate To, string Rules, string ApprovedBy, IReadOnlyList<Objection> Objections)
    : AggregateState, IAggregate<PublicNotice>
{
    public static string StreamType => "public-notice";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Whose stand-in approved the claim; null for nobody's.</summary>
    public string? ApprovedFor { get; init; }

    /// <summary>Why a payout of the claim may not be authorised on a day; null where it may.</summary>
    public Refusal? Unpayable(LocalDate today) => this switch
    {
        _ when Objections.Any(one => one.Outcome == ObjectionOutcome.Upheld) =>
            new Refusal(Refuse.ObjectionStands, "an objection to the public notice was upheld"),
        _ when Objections.FirstOrDefault(one => one.Outcome is null) is { } open =>
            new Refusal(Refuse.ObjectionOpen, $"objection {open.Number} to the public notice is not decided"),
        _ when today <= To => new Refusal(Refuse.NoticeRunning, $"the last day of the public notice is {To:uuuu-MM-dd}"),
        _ => null,
    };

    public static PublicNotice? Evolve(PublicNotice? state, object @event) => @event switch
    {
        PublicNoticeOpened e => new PublicNotice(
            e.Notice, e.Claim, e.ClaimNumber, e.Member, e.Plan, e.PlanVersion, e.Region, e.Amount, e.From, e.To, e.Rules, e.By, [])
        {
            ApprovedFor = e.OnBehalfOf,
        },
        _ when state is null => null,
        ObjectionRaised e => state with { Objections = [.. state.Objections, new Objection(e.Number, e.Reason, e.By)] },
        ObjectionDismissed e => state.Decided(e.Number, ObjectionOutcome.Dismissed, e.Reason, e.By),
        ObjectionUpheld e => state.Decided(e.Number, ObjectionOutcome.Upheld, e.Reason, e.By),
        _ => state,
    };

    private PublicNotice Decided(int number, ObjectionOutcome outcome, string reason, string by) => this with
    {
        Objections = [.. Objections.Select(one =>
            one.Number == number ? one with { Outcome = outcome, Decision = reason, DecidedBy = by } : one)],
    };
}

/// <summary>What somebody says against a payment that is published.</summary>
/// <param name="Number">of the notice's objections, from 1</param>
/// <param name="By">who recorded it</param>
/// <param name="Outcome">null while it is open; so are the decision's reason and who decided</param>
public sealed record Objection(
    int Number, string Reason, string By, ObjectionOutcome? Outcome = null, string? Decision = null, string? DecidedBy = null);
