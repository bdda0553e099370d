using ClaimsEngine.Enrolments;

namespace ClaimsEngine.Contributions;

public enum CallStatus { Open, Closed }

/// <summary>A numbered call (缴费通知) for what one payer owes on certificates of a programme. It says what was owed when it was made;
/// what was paid since stands with each certificate.</summary>
public sealed record ContributionCall(
    ContributionCallId Id, string Number, string Plan, string Programme, string Payer, string? Employer, RegionCode Region,
    LocalDate CalledOn, LocalDate DueOn, Money Total, IReadOnlyList<CallLine> Lines, CallStatus Status, string CalledBy)
    : AggregateState, IAggregate<ContributionCall>
{
    public static string StreamType => "contribution_call";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Why it was closed; null while it is open.</summary>
    public string? CloseReason { get; init; }

    /// <summary>A share is in one open call at most.</summary>
    public static UniqueKey ShareKey(EnrolmentId enrolment, string payer) => new("open-call", $"{enrolment}/{payer}");

    public static ContributionCall? Evolve(ContributionCall? state, object @event) => @event switch
    {
        ContributionCalled e => new ContributionCall(e.Call, e.Number, e.Plan, e.Programme, e.Payer, e.Employer, e.Region, e.CalledOn,
            e.DueOn, e.Total, [], CallStatus.Open, e.By),
        _ when state is null => null,
        CallLinesListed e => state with { Lines = [.. state.Lines, .. e.Lines] },
        ContributionCallClosed e => state with { Status = CallStatus.Closed, CloseReason = e.Reason },
        _ => state,
    };
}

/// <summary>One line of a file of payments.</summary>
/// <param name="CertificateNumber">of a certificate of the call; <c>all</c> for one transfer that pays all that is left of the call</param>
/// <param name="Amount">above 0.00</param>
/// <param name="Reference">of the transfer or receipt</param>
/// <param name="PaidOn">business day on which the money came in</param>
public sealed record CallPayment(string CertificateNumber, Money Amount, string Reference, LocalDate PaidOn)
{
    public bool IsForAll => CertificateNumber is "all" or "全部";
}

/// <summary>What a line of a file of payments means, certificate by certificate.</summary>
public static class CallPayments
{
    /// <summary>
    /// The amounts that one transfer for the whole call pays: of each certificate what is left of the payer's share. Those that were
    /// recorded under the same reference before count with what was recorded, so that a file that is sent again, or gone on with, says the
    /// same.
    /// </summary>
    /// <param name="enrolments">the certificates of the call, as they stand now</param>
    /// <returns>amount of each certificate that is paid by it; or why the line is not taken</returns>
    public static (IReadOnlyList<(Enrolment Enrolment, Money Amount)> Parts, Refusal? No) OfAll(
        string payer, CallPayment line, IReadOnlyList<Enrolment> enrolments)
    {
        var parts = new List<(Enrolment, Money)>();
        foreach (var enrolment in enrolments)
        {
            var amount = enrolment.Paid.FirstOrDefault(paid => paid.Payer == payer && paid.Reference == line.Reference)?.Amount
                ?? (enrolment.IsLive ? Left(enrolment, payer) : Money.Zero);
            if (amount.IsPositive) parts.Add((enrolment, amount));
        }
        return Money.Sum(parts.Select(part => part.Item2)) is var all && all != line.Amount
            ? ([], new Refusal(Refuse.ShareExceeded, $"{all} yuan is left of the call", "amount")) : (parts, null);
    }

    /// <summary>What is left of the payer's share.</summary>
    public static Money Left(Enrolment enrolment, string payer) =>
        Money.Sum(enrolment.Funding.Where(share => share.Payer == payer).Select(share => share.Amount)) - enrolment.PaidBy(payer);
}
