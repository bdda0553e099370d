namespace ClaimsEngine.Recoveries;

public enum RecoveryStatus
{
    /// <summary>One person asks money back; a second has not confirmed it yet.</summary>
    Opened,

    /// <summary>The amount is owed. No instalments are agreed.</summary>
    Confirmed,

    /// <summary>It comes back by instalments.</summary>
    InInstalments,

    /// <summary>All of it came back.</summary>
    Closed,

    /// <summary>What did not come back was given up.</summary>
    WrittenOff,

    /// <summary>It was not confirmed.</summary>
    Cancelled,
}

/// <summary>Why money is asked back.</summary>
public enum RecoveryCause
{
    Fraud,

    /// <summary>More was paid than was due.</summary>
    Overpayment,

    /// <summary>The same was paid twice.</summary>
    Duplicate,

    Other,
}

/// <summary>One case of asking paid money back (追回): opened → confirmed by a second person → by instalments or at once → closed with the
/// last fen, or written off by two people. Always: owed = repaid + written off + outstanding.</summary>
/// <param name="Amount">what is owed</param>
public sealed record Recovery(
    RecoveryId Id, string Number, PayoutId Payout, ClaimId? Claim, string? ClaimNumber, PersonId? Payee, string? Plan, string? Programme,
    RegionCode Region, Money Amount, RecoveryCause Cause, string Reason, LocalDate OpenedOn, string PaidOutBy, string OpenedBy,
    RecoveryStatus Status) : AggregateState, IAggregate<Recovery>
{
    public static string StreamType => "recovery";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Whose stand-in approved the payout; null for nobody's.</summary>
    public string? PaidOutFor { get; init; }

    /// <summary>Whose stand-in opened it; null for nobody's.</summary>
    public string? OpenedFor { get; init; }

    /// <summary>The organisation that was paid; null where a person was.</summary>
    public PayerId? Organisation { get; init; }

    public string? ConfirmedBy { get; init; }

    /// <summary>The plan in force; empty for none.</summary>
    public IReadOnlyList<Instalment> Instalments { get; init; } = [];

    /// <summary>What had come back before that plan.</summary>
    public Money RepaidBefore { get; init; } = Money.Zero;

    /// <summary>Every transfer that came back, in order.</summary>
    public IReadOnlyList<RepaymentReceived> Repayments { get; init; } = [];

    public Money Repaid { get; init; } = Money.Zero;

    public Money WrittenOff { get; init; } = Money.Zero;

    /// <summary>The proposal to give the rest up; null for none.</summary>
    public WriteOffProposed? Proposal { get; init; }

    /// <summary>How it ended; null while it is open, and where all came back.</summary>
    public RecoveryEnd? End { get; init; }

    public Money Outstanding => Status == RecoveryStatus.Cancelled ? Money.Zero : Amount - Repaid - WrittenOff;

    /// <summary>Confirmed, and not yet at its end: money is awaited.</summary>
    public bool IsOwed => Status is RecoveryStatus.Confirmed or RecoveryStatus.InInstalments;

    public Refusal NotOwed() => Refuse.WrongStateOf("recovery", Status, "confirmed", "inInstalments");

    /// <summary>The first day on which money is due by the plan and has not come; null for none.</summary>
    public LocalDate? DueOn => IsOwed ? NextDue(Instalments, Repaid - RepaidBefore) : null;

    /// <summary>A payout has one recovery at most that is not at its end.</summary>
    public static UniqueKey LiveKey(PayoutId payout) => new("live-recovery", payout.ToString());

    /// <summary>One transfer of a bank is one repayment, in whatever case its reference is typed. References of one province's banks do not
    /// repeat.</summary>
    public static UniqueKey ReferenceKey(RegionCode region, string reference) =>
        new("repayment", $"{region.Province}/{reference.ToUpperInvariant()}");

    /// <summary>The day of the first instalment that so much does not cover; null where all are covered.</summary>
    /// <param name="paid">since the plan was made</param>
    public static LocalDate? NextDue(IReadOnlyList<Instalment> instalments, Money paid)
    {
        foreach (var instalment in instalments)
        {
            if (paid < instalment.Amount) return instalment.DueOn;
            paid -= instalment.Amount;
        }
        return null;
    }

    public static Recovery? Evolve(Recovery? state, object @event) => @event switch
    {
        RecoveryOpened e => new Recovery(
            e.Recovery, e.Number, e.Payout, e.Claim, e.ClaimNumber, e.Payee, e.Plan, e.Programme, e.Region, e.Amount, e.Cause, e.Reason,
            e.OpenedOn, e.PaidOutBy, e.By, RecoveryStatus.Opened)
        {
            PaidOutFor = e.PaidOutFor, OpenedFor = e.OnBehalfOf, Organisation = e.Organisation,
        },
        _ when state is null => null,
        RecoveryConfirmed e => state with { Status = RecoveryStatus.Confirmed, ConfirmedBy = e.By },
        RecoveryCancelled e => state with { Status = RecoveryStatus.Cancelled, End = new RecoveryEnd(e.Reason, e.By) },
        InstalmentsAgreed e => state with
        {
            Status = RecoveryStatus.InInstalments, Instalments = e.Instalments, RepaidBefore = e.Repaid,
        },
        RepaymentReceived e => state with
        {
            Repayments = [.. state.Repayments, e], Repaid = state.Repaid + e.Amount,
            Status = state.Outstanding == e.Amount ? RecoveryStatus.Closed : state.Status,
        },
        WriteOffProposed e => state with { Proposal = e },
        WriteOffApproved e => state with
        {
            Status = RecoveryStatus.WrittenOff, WrittenOff = e.Amount, End = new RecoveryEnd(e.Reason, e.By),
        },
        _ => state,
    };
}

/// <summary>How a recovery ended without all of the money.</summary>
public sealed record RecoveryEnd(string Reason, string By);
