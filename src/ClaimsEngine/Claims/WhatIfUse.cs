using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

/// <summary>How much more (or less) than recorded an enrolment would have used by now, had the draft card been in force.</summary>
internal sealed record WhatIfUse(Money Used, IReadOnlyDictionary<IncidentKind, KindUse> Benefits)
{
    public static readonly WhatIfUse None = new(Money.Zero, new Dictionary<IncidentKind, KindUse>());

    public WhatIfUse With(IncidentKind kind, Money used, Consumption? before, Consumption? after)
    {
        var (was, becomes) = (before ?? new Consumption(), after ?? new Consumption());
        var own = Benefits.GetValueOrDefault(kind) ?? new KindUse(kind, Money.Zero);
        var accidents = own.Accidents;
        if (was.Accident is { } earlier) accidents = (earlier with { OwnShare = Money.Zero - earlier.OwnShare }).AddedTo(accidents);
        if (becomes.Accident is { } later) accidents = later.AddedTo(accidents);
        return new WhatIfUse(Used + used, new Dictionary<IncidentKind, KindUse>(Benefits)
        {
            [kind] = new KindUse(
                kind, own.Amount + used,
                (own.Days ?? 0) + becomes.Days - was.Days,
                (own.Admissions ?? 0) + becomes.Admissions - was.Admissions,
                Difference(own.Deductible, was.Deductible, becomes.Deductible),
                Difference(own.OwnShare, was.OwnShare, becomes.OwnShare),
                accidents),
        });
    }

    /// <summary>What a benefit would have used, from what is recorded of it.</summary>
    public KindUse Of(KindUse recorded)
    {
        if (!Benefits.TryGetValue(recorded.Kind, out var change)) return recorded;
        return recorded with
        {
            Amount = Money.Max(Money.Zero, recorded.Amount + change.Amount),
            Days = KindUse.Counted(Math.Max(0, (recorded.Days ?? 0) + (change.Days ?? 0))),
            Admissions = KindUse.Counted(Math.Max(0, (recorded.Admissions ?? 0) + (change.Admissions ?? 0))),
            Deductible = Sum(recorded.Deductible, change.Deductible),
            OwnShare = Sum(recorded.OwnShare, change.OwnShare),
            Accidents = (change.Accidents ?? []).Aggregate(recorded.Accidents, (all, use) => use.AddedTo(all)),
        };
    }

    private static Money? Difference(Money? so, Money? was, Money? becomes) =>
        so is null && was is null && becomes is null ? null : (so ?? Money.Zero) + (becomes ?? Money.Zero) - (was ?? Money.Zero);

    private static Money? Sum(Money? recorded, Money? change) =>
        recorded is null && change is null ? null : Money.Max(Money.Zero, (recorded ?? Money.Zero) + (change ?? Money.Zero));
}
