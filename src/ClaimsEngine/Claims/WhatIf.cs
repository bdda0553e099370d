using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>
/// Runs decided claims under a draft card, as if it had been in force for the claims given and for none before. It changes nothing. The
/// claims of a member come one after another, in the order of their decisions: the caps and counters of a later claim reckon with what the
/// draft would have paid for the earlier ones. A claim that a person refused stays refused. Where an approver granted less than was
/// assessed, the draft grants no more than that.
/// </summary>
public sealed class WhatIf(PlanCard draft)
{
    private WhatIfMember reckoned = new(default, draft);

    public WhatIfLine Next(DecidedClaim claim)
    {
        if (claim.Member != reckoned.Member) reckoned = new WhatIfMember(claim.Member, draft);
        if (claim.Facts is not { } facts || (!claim.Granted && claim.Assessed is { IsPositive: true }))
            return new WhatIfLine(claim, claim.Approved, WhatIfLine.Kept);
        try
        {
            return Counted(claim, Adjudication.Assess(draft, reckoned.FactsUnder(claim.Enrolment, facts)));
        }
        catch (OverflowException)   // Money is checked
        {
            var refusal = new Refusal(Refuse.InvalidRequest, Refuse.TooMuch);
            return Counted(claim, (null, refusal));
        }
    }

    private WhatIfLine Counted(DecidedClaim claim, (Assessment? Assessment, Refusal? Refusal) under)
    {
        var after = under.Assessment is not { } assessment ? Money.Zero
            : claim.Approved == claim.Assessed ? assessment.Amount : Money.Min(assessment.Amount, claim.Approved);
        reckoned.Count(claim, after, under.Assessment?.Consumed);
        return new WhatIfLine(claim, after, under.Refusal?.ToString());
    }
}
