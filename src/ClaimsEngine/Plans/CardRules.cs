using ClaimsEngine.Plans.CardFaults;

namespace ClaimsEngine.Plans;

/// <summary>What must hold of a card beyond its shape, so that every question has one answer. Every fault is named with its path.</summary>
internal static class CardRules
{
    public static IEnumerable<(string Path, string Reason)> Faults(PlanCard card)
    {
        // lists are compared item by item: one that is too long is refused before that
        var tooLong = BoundFaults.OfLists(card).Take(Refusal.MostFaults).ToArray();
        return tooLong.Length > 0 ? tooLong
            : HeadFaults.Of(card).Concat(EligibilityFaults.Of(card.Eligibility)).Concat(PriceFaults.Of(card)).Concat(CoverFaults.Of(card))
                .Concat(WaitingFaults.Of(card))
                .Concat(card.Benefits.SelectMany((benefit, i) => BenefitFaults.Of(card, benefit, $"benefits.{i}")))
                .Concat(CapFaults.Of(card)).Concat(ClaimFaults.Of(card)).Concat(RemarkFaults.Of(card)).Concat(BoundFaults.OfAmounts(card));
    }
}
