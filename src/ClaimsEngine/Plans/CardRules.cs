using System.Globalization;
using ClaimsEngine.Plans.Rules;

namespace ClaimsEngine.Plans;

/// <summary>What must hold of a card beyond its shape, so that every question has one answer. Every fault is named with its path.</summary>
internal static class CardRules
{
    public static IEnumerable<(string Path, string Reason)> Faults(PlanCard card) =>
    [
        .. Head(card), .. EligibilityFaults(card.Eligibility), .. Prices(card), .. CoverFaults(card), .. WaitingFaults(card),
        .. card.Benefits.SelectMany((benefit, i) => BenefitFaults(card, benefit, $"benefits.{Text(i)}")), .. CapFaults(card), .. ClaimFaults(card), .. Remarks(card),
    ];

    private static IEnumerable<(string, string)> Head(PlanCard card)
    {
        foreach (var (text, path) in new[] { (card.Name.Zh, "name.zh"), (card.Name.En, "name.en"), (card.Organiser, "organiser") })
            if (string.IsNullOrWhiteSpace(text)) yield return (path, "is not empty");
        if (card.Sources.Count == 0 || card.Sources.Any(string.IsNullOrWhiteSpace)) yield return ("sources", "a card cites where its numbers were published");
        if (card.Benefits.Count == 0) yield return ("benefits", "a plan has at least one benefit");
        foreach (var twice in card.Benefits.GroupBy(benefit => benefit.Kind).Where(group => group.Count() > 1))
            yield return ("benefits", $"two benefits for {twice.Key.Code()}");
        if (card.CoverTiers is { Count: 0 }) yield return ("coverTiers", "names one tier at least, or is absent");
        foreach (var twice in (card.CoverTiers ?? []).GroupBy(tier => tier.Code).Where(group => group.Count() > 1))
            yield return ("coverTiers", $"tier '{twice.Key}' stands twice");
        for (var i = 0; i < (card.CoverTiers?.Count ?? 0); i++)
        {
            var (tier, at) = (card.CoverTiers![i], $"coverTiers.{Text(i)}");
            if (tier.Code.Length is 0 or > 40) yield return ($"{at}.code", "a tier is named in 1 to 40 characters");
            if (tier.Months is { } months && months != card.Cover?.Months && card.Cover?.OtherMonths?.Contains(months) != true)
                yield return ($"{at}.months", "is none of the cover's terms");
        }
    }

    private static IEnumerable<(string, string)> EligibilityFaults(Eligibility eligibility)
    {
        if (eligibility.MaxUnits is < 1 or > 100) yield return ("eligibility.maxUnits", "a person may hold 1 to 100 units");
        if (eligibility is { ExcessUnits: ExcessUnits.Void, MaxUnits: null }) yield return ("eligibility.excessUnits", "only units above maxUnits can be void");
        for (var i = 0; i < (eligibility.Ages?.Count ?? 0); i++)
        {
            var (age, at) = (eligibility.Ages![i], $"eligibility.ages.{Text(i)}");
            if (age is { From: null, To: null }) yield return (at, "names from, to or both");
            if (age.From is < 0 or > 150) yield return ($"{at}.from", "an age is 0 to 150");
            if (age.To is < 0 or > 150) yield return ($"{at}.to", "an age is 0 to 150");
            if (age.From > age.To) yield return ($"{at}.to", "lies below from");
        }
        if (eligibility.Occupations is { Count: 0 }) yield return ("eligibility.occupations", "names one occupation at least, or is absent");
        if (eligibility.Regions is { Count: 0 }) yield return ("eligibility.regions", "names one region at least, or is absent");
        if (eligibility.Ages is { Count: 0 }) yield return ("eligibility.ages", "names one age rule at least, or is absent");
        if (eligibility.Participation is { Percent: < 1 or > 100 }) yield return ("eligibility.participation.percent", "1 to 100 per cent take part");
        if (eligibility.Participation is { EveryoneBelow: < 1 }) yield return ("eligibility.participation.everyoneBelow", "1 or more people");
        if (eligibility.Entry is { LateJoinerDays: < 0 }) yield return ("eligibility.entry.lateJoinerDays", "0 days or more");
        if (eligibility.Entry is { NewHireMonths: < 0 }) yield return ("eligibility.entry.newHireMonths", "0 months or more");
    }

    private static IEnumerable<(string, string)> Prices(PlanCard card)
    {
        if (card.Prices is { Count: 0 }) yield return ("prices", "names one price at least, or is absent and named in notPublished");
        if (card.Prices is null && !IsUnpublished(card, "prices")) yield return ("prices", "is absent, and notPublished does not name it");
        for (var i = 0; i < (card.Prices?.Count ?? 0); i++)
        {
            var (line, at) = (card.Prices![i], $"prices.{Text(i)}");
            if (!line.PerUnit.IsPositive) yield return ($"{at}.perUnit", "the contribution is more than 0.00");
            if (line.CoverTier is not null && card.TierOf(line.CoverTier) is null) yield return ($"{at}.coverTier", "is no tier of the card");
            if (line.Months is < 1 or > 120) yield return ($"{at}.months", "cover lasts 1 to 120 months");
            else if (line.Months is { } term && card.Cover is { } cover && term != cover.Months && cover.OtherMonths?.Contains(term) != true)
                yield return ($"{at}.months", "is none of the cover's terms");
            if (line.Refunded && card.Refund != RefundKind.AtExpiry) yield return ($"{at}.refunded", "the card's refund is not atExpiry");
            for (var earlier = 0; earlier < i; earlier++)
                if (Hides(card.Prices[earlier], line)) yield return (at, $"is never reached: line {earlier + 1} holds whenever it does");
        }
        if (card.Refund == RefundKind.AtExpiry && !(card.Prices ?? []).Any(line => line.Refunded)) yield return ("refund", "no price line is refunded");
        if (card.Funding is not { } funding) yield break;
        if (funding.Kinds.Count == 0) yield return ("funding.kinds", "names who may pay");
        for (var i = 0; i < (funding.Shares?.Count ?? 0); i++)
            if (!funding.Shares![i].Amount.IsPositive) yield return ($"funding.shares.{Text(i)}.amount", "a share is more than 0.00");
        if (funding.Shares is null) yield break;
        for (var i = 0; i < (card.Prices?.Count ?? 0); i++)
        {
            var line = card.Prices![i];
            var shares = Price.SharesFor(card, new PriceFacts(line.CoverTier, line.HighRisk ?? false, line.UnionCard ?? false, line.Renewing ?? false, line.Employer, line.Sex, line.Months));
            if (Money.Sum(shares.Select(share => share.Amount)) is var sum && sum != line.PerUnit)
                yield return ("funding.shares", $"the shares for prices.{Text(i)} add up to {sum}, not to {line.PerUnit}");
        }
    }

    private static bool Hides(PriceLine earlier, PriceLine later) =>
        (earlier.CoverTier is null || earlier.CoverTier == later.CoverTier) && (earlier.HighRisk is null || earlier.HighRisk == later.HighRisk)
        && (earlier.UnionCard is null || earlier.UnionCard == later.UnionCard) && (earlier.Renewing is null || earlier.Renewing == later.Renewing)
        && (earlier.Employer is null || earlier.Employer == later.Employer) && (earlier.Sex is null || earlier.Sex == later.Sex)
        && (earlier.Months is null || earlier.Months == later.Months);

    private static IEnumerable<(string, string)> CoverFaults(PlanCard card)
    {
        if (card.Cover is null && !IsUnpublished(card, "cover")) yield return ("cover", "is absent, and notPublished does not name it");
        if (card.Cover is not { } cover) yield break;
        if (cover.Months is < 1 or > 120) yield return ("cover.months", "cover lasts 1 to 120 months");
        for (var i = 0; i < (cover.OtherMonths?.Count ?? 0); i++)
        {
            if (cover.OtherMonths![i] is < 1 or > 120) yield return ($"cover.otherMonths.{Text(i)}", "cover lasts 1 to 120 months");
            if (cover.OtherMonths[i] == cover.Months || cover.OtherMonths.Take(i).Contains(cover.OtherMonths[i])) yield return ($"cover.otherMonths.{Text(i)}", "this term stands twice");
        }
        if (cover.Renewal is { GraceDays: < 0 or > 366 }) yield return ("cover.renewal.graceDays", "0 to 366 days");
    }

    private static IEnumerable<(string, string)> WaitingFaults(PlanCard card)
    {
        var seen = new HashSet<IncidentKind>();
        for (var i = 0; i < (card.Waiting?.Count ?? 0); i++)
        {
            var (waiting, at) = (card.Waiting![i], $"waiting.{Text(i)}");
            if (waiting.Kinds.Count == 0) yield return ($"{at}.kinds", "names one kind of incident at least");
            foreach (var kind in waiting.Kinds)
            {
                if (!seen.Add(kind)) yield return ($"{at}.kinds", $"{kind.Code()} has two waiting periods");
                if (card.BenefitFor(kind) is null) yield return ($"{at}.kinds", $"the plan has no benefit for {kind.Code()}");
            }
            if (waiting.Days is < 0 or > 3660) yield return ($"{at}.days", "0 to 3660 days");
            if (waiting.ReducedToDay <= waiting.Days) yield return ($"{at}.reducedToDay", "lies before the end of the waiting period");
            if (waiting.ReducedToDay > 3660) yield return ($"{at}.reducedToDay", "up to 3660 days");
            if (waiting is { ReducedToDay: null, ReducedPercent: not null }) yield return ($"{at}.reducedPercent", "there is no reduced period");
            if (waiting.ReducedPercent is < 1 or > 99) yield return ($"{at}.reducedPercent", "a reduced benefit is 1 to 99 per cent");
            if (waiting is { ReducedToDay: not null, ReducedPercent: null } && !IsUnpublished(card, $"{at}.reducedPercent"))
                yield return ($"{at}.reducedPercent", "is absent, and notPublished does not name it");
            if (waiting.Trigger == Trigger.PathologyReport && waiting.Kinds.Any(kind => kind is not (IncidentKind.CriticalIllness or IncidentKind.WomensIllness)))
                yield return ($"{at}.trigger", "only an illness has a pathology report");
            foreach (var (code, _) in waiting.Triggers ?? new Dictionary<string, Trigger>())
                if (!waiting.Kinds.Any(kind => card.BenefitFor(kind)?.Illness is { Catalogue: { } name } && IllnessCatalogue.Find(name)?.Class(code) is not null))
                    yield return ($"{at}.triggers.{code}", "is no class of the plan's illness catalogue");
        }
    }

    private static IEnumerable<(string, string)> BenefitFaults(PlanCard card, Benefit benefit, string at)
    {
        if (benefit.Clause.Length is 0 or > 400) yield return ($"{at}.clause", "says where the plan's text has it, in 1 to 400 characters");
        if (benefit.Forms > 1) yield return (at, "has one of lumpSum, byGrade, illness, medical and allowance");
        if (benefit.Forms == 0 && !IsUnpublished(card, benefit.Kind.Path()))
            yield return (at, $"says nothing of what is paid, and notPublished does not name {benefit.Kind.Path()}");
        if (benefit.MinHospitalGrade is < 1 or > 3) yield return ($"{at}.minHospitalGrade", "a hospital's grade is 1 to 3");
        if (benefit.MinHospitalGrade is not null && benefit.Medical is null && benefit.Allowance is null) yield return ($"{at}.minHospitalGrade", "only admissions have a hospital");
        var fits = benefit.Kind switch
        {
            IncidentKind.Hospitalisation or IncidentKind.AccidentMedical => benefit.Medical is not null,
            IncidentKind.HospitalDays => benefit.Allowance is not null,
            IncidentKind.CriticalIllness or IncidentKind.WomensIllness => benefit.Illness is not null,
            IncidentKind.Disability => benefit.ByGrade is not null,
            _ => benefit.LumpSum is not null,
        };
        if (benefit.Forms == 1 && !fits) yield return (at, $"this form does not fit {benefit.Kind.Code()}");
        if (benefit.Cap is { PerClaim: { IsPositive: false } }) yield return ($"{at}.cap.perClaim", "a cap is more than 0.00");
        if (benefit.Cap?.PerClaim > benefit.Cap?.PerPeriod) yield return ($"{at}.cap.perClaim", "lies above perPeriod");
        if (benefit.Cap is { PerPeriod: { IsPositive: false } }) yield return ($"{at}.cap.perPeriod", "a cap is more than 0.00");
        if (benefit.CoverTiers is { Count: 0 }) yield return ($"{at}.coverTiers", "names one tier at least, or is absent");
        for (var i = 0; i < (benefit.CoverTiers?.Count ?? 0); i++)
            if ((card.CoverTiers ?? []).All(tier => tier.Code != benefit.CoverTiers![i])) yield return ($"{at}.coverTiers.{Text(i)}", "is no tier of the card");
        var form = benefit switch
        {
            { LumpSum: { } rule } => LumpSumFaults(card, rule, benefit.Kind, $"{at}.lumpSum"),
            { ByGrade: { } rule } => GradeFaults(card, rule, $"{at}.byGrade"),
            { Illness: { } rule } => IllnessFaults(card, rule, benefit.Kind, $"{at}.illness"),
            { Medical: { } rule } => MedicalFaults(card, benefit, rule, $"{at}.medical"),
            { Allowance: { } rule } => AllowanceFaults(rule, $"{at}.allowance"),
            _ => [],
        };
        foreach (var fault in form) yield return fault;
    }

    private static IEnumerable<(string, string)> LumpSumFaults(PlanCard card, LumpSumRule rule, IncidentKind kind, string at)
    {
        if (rule is { PerUnit: null, ByCoverTier: null }) yield return ($"{at}.perUnit", $"is absent, and so is byCoverTier; name {kind.Path()} in notPublished instead of the form");
        if (rule.PerUnit is { IsPositive: false }) yield return ($"{at}.perUnit", "a benefit is more than 0.00");
        if (rule.Funeral is { IsPositive: false }) yield return ($"{at}.funeral", "a benefit is more than 0.00");
        foreach (var fault in TierFaults(card, rule.ByCoverTier, at)) yield return fault;
    }

    private static IEnumerable<(string, string)> GradeFaults(PlanCard card, GradeRule rule, string at)
    {
        if (GradeTable.Find(rule.Table) is null) yield return ($"{at}.table", $"there is no grade table '{rule.Table}'");
        if (rule is { PerUnit: null, ByCoverTier: null } && !IsUnpublished(card, IncidentKind.Disability.Path())) yield return ($"{at}.perUnit", "is absent, and notPublished does not name benefits.disability");
        if (rule.PerUnit is { IsPositive: false }) yield return ($"{at}.perUnit", "a benefit is more than 0.00");
        foreach (var fault in TierFaults(card, rule.ByCoverTier, at)) yield return fault;
    }

    private static IEnumerable<(string, string)> TierFaults(PlanCard card, IReadOnlyDictionary<string, Money>? sums, string at)
    {
        if (sums is { Count: 0 }) yield return ($"{at}.byCoverTier", "names one tier at least, or is absent");
        foreach (var (code, sum) in sums ?? new Dictionary<string, Money>())
        {
            if ((card.CoverTiers ?? []).All(tier => tier.Code != code)) yield return ($"{at}.byCoverTier.{code}", "is no tier of the card");
            if (!sum.IsPositive) yield return ($"{at}.byCoverTier.{code}", "a benefit is more than 0.00");
        }
    }

    private static IEnumerable<(string, string)> IllnessFaults(PlanCard card, IllnessRule rule, IncidentKind kind, string at)
    {
        var catalogue = rule.Catalogue is { } name ? IllnessCatalogue.Find(name) : null;
        if (rule.Catalogue is not null && catalogue is null) yield return ($"{at}.catalogue", $"there is no illness catalogue '{rule.Catalogue}'");
        if (rule.Amounts.Count == 0 && !IsUnpublished(card, $"{kind.Path()}.amounts")) yield return ($"{at}.amounts", $"is empty, and notPublished does not name {kind.Path()}.amounts");
        for (var i = 0; i < rule.Amounts.Count; i++)
        {
            var (amount, path) = (rule.Amounts[i], $"{at}.amounts.{Text(i)}");
            if (!amount.PerUnit.IsPositive) yield return ($"{path}.perUnit", "a benefit is more than 0.00");
            if (amount.Class is not null && catalogue?.Class(amount.Class) is null) yield return ($"{path}.class", "is no class of the catalogue");
            if (amount.Severity is { } severity && rule.Excluded?.Contains(severity) == true) yield return ($"{path}.severity", "is excluded by the same benefit");
            // without severity is severe, wherever a severity is asked for
            if (rule.Amounts.Take(i).Any(earlier =>
                (earlier.Class is null || earlier.Class == amount.Class) && (earlier.Severity ?? Severity.Severe) == (amount.Severity ?? Severity.Severe)))
                yield return (path, "is never reached: an earlier line holds whenever it does");
        }
    }

    private static IEnumerable<(string, string)> MedicalFaults(PlanCard card, Benefit benefit, MedicalRule rule, string at)
    {
        var forms = (rule.Tiers is null ? 0 : 1) + (rule.Percent is null ? 0 : 1) + (rule.ByAdmission is null ? 0 : 1);
        if (forms > 1 || (forms == 0 && !IsUnpublished(card, $"{benefit.Kind.Path()}.tiers"))) yield return (at, "has one of tiers, percent and byAdmission");
        if (rule.Deductible is { IsPositive: false }) yield return ($"{at}.deductible", "a deductible is more than 0.00");
        if (rule.Percent is < 1 or > 100) yield return ($"{at}.percent", "a ratio is 1 to 100 per cent");
        if (rule.ByAdmission is { Count: 0 }) yield return ($"{at}.byAdmission", "names the ratio of the first admission at least");
        if (rule.ByAdmission is not null && rule.Per != Per.Admission) yield return ($"{at}.per", "ratios by admission are per admission");
        for (var i = 0; i < (rule.ByAdmission?.Count ?? 0); i++)
            if (rule.ByAdmission![i] is < 1 or > 100) yield return ($"{at}.byAdmission.{Text(i)}", "a ratio is 1 to 100 per cent");
        foreach (var fault in MedicalTierFaults(rule, at)) yield return fault;
        if (rule.Deductible is not { } deductible) yield break;
        foreach (var (cap, path) in new[]
        {
            (benefit.Cap?.PerClaim, $"{at[..at.LastIndexOf('.')]}.cap.perClaim"), (benefit.Cap?.PerPeriod, $"{at[..at.LastIndexOf('.')]}.cap.perPeriod"),
            (card.Caps?.PerClaim, "caps.perClaim"), (card.Caps?.PerPeriod, "caps.perPeriod"), (card.Caps?.PerLifetime, "caps.perLifetime"), (card.Caps?.PerUnit, "caps.perUnit"),
            (card.Caps?.AcrossPlans?.Amount, "caps.acrossPlans.amount"),
        })
            if (cap < deductible) yield return (path, $"the cap lies below the deductible of {deductible}");
    }

    private static IEnumerable<(string, string)> MedicalTierFaults(MedicalRule rule, string at)
    {
        if (rule.Tiers is not { } tiers) yield break;
        if (tiers.Count == 0) yield return ($"{at}.tiers", "names one tier at least");
        var expected = rule.Deductible ?? Money.Zero;
        for (var i = 0; i < tiers.Count; i++)
        {
            var (tier, path) = (tiers[i], $"{at}.tiers.{Text(i)}");
            if (tier.Percent is < 1 or > 100) yield return ($"{path}.percent", "a ratio is 1 to 100 per cent");
            if (tier.From < expected) yield return ($"{path}.from", i == 0 ? $"lies below the deductible of {expected}" : $"overlaps the tier before it, which ends at {expected}");
            if (tier.From > expected) yield return ($"{path}.from", i == 0 ? $"the first tier begins at {expected}" : $"leaves a gap after {expected}");
            if (tier.To <= tier.From) yield return ($"{path}.to", "a tier ends above its beginning");
            if (tier.To is null && i < tiers.Count - 1) yield return ($"{path}.to", "only the last tier has no end");
            expected = tier.To ?? tier.From;
        }
    }

    private static IEnumerable<(string, string)> AllowanceFaults(AllowanceRule rule, string at)
    {
        if (!rule.PerDay.IsPositive) yield return ($"{at}.perDay", "a benefit is more than 0.00");
        if (rule.FirstPaidDay is < 1 or > 366) yield return ($"{at}.firstPaidDay", "the first paid day is 1 to 366");
        if (rule.MaxDays is < 1 or > 3660) yield return ($"{at}.maxDays", "1 to 3660 days");
        if (rule.MaxDaysCount == DaysCounted.Stayed && rule.MaxDays < rule.FirstPaidDay) yield return ($"{at}.maxDays", "no day is ever paid: the stay's first paid day lies beyond");
    }

    private static IEnumerable<(string, string)> CapFaults(PlanCard card)
    {
        if (card.Caps is { } caps)
        {
            if (caps.PerClaim is { IsPositive: false }) yield return ("caps.perClaim", "a cap is more than 0.00");
            if (caps.PerPeriod is { IsPositive: false }) yield return ("caps.perPeriod", "a cap is more than 0.00");
            if (caps.PerUnit is { IsPositive: false }) yield return ("caps.perUnit", "a cap is more than 0.00");
            if (caps.PerLifetime is { IsPositive: false }) yield return ("caps.perLifetime", "a cap is more than 0.00");
            if (caps.AcrossPlans is { Amount.IsPositive: false }) yield return ("caps.acrossPlans.amount", "a cap is more than 0.00");
            if (caps.AcrossPlans is { Group.Length: 0 or > 60 }) yield return ("caps.acrossPlans.group", "a group is named in 1 to 60 characters");
            if (caps.AcrossPlans?.Kinds is { } kinds && (kinds.Count == 0 || kinds.Any(kind => card.BenefitFor(kind) is null)))
                yield return ("caps.acrossPlans.kinds", "names benefits of the plan, or is absent");
            if (caps.PerClaim > caps.PerPeriod) yield return ("caps.perClaim", "lies above perPeriod");
            if (caps.PerPeriod > caps.PerLifetime) yield return ("caps.perPeriod", "lies above perLifetime");
        }
        for (var i = 0; i < (card.NotBoth?.Count ?? 0); i++)
        {
            var group = card.NotBoth![i];
            if (group.Distinct().Count() < 2) yield return ($"notBoth.{Text(i)}", "names two kinds at least");
            else if (group.Distinct().Count() < group.Count) yield return ($"notBoth.{Text(i)}", "names a kind twice");
            if (card.NotBoth.Take(i).Any(earlier => earlier.Intersect(group).Any())) yield return ($"notBoth.{Text(i)}", "a kind stands in one group only");
            foreach (var kind in group.Where(kind => card.BenefitFor(kind) is null)) yield return ($"notBoth.{Text(i)}", $"the plan has no benefit for {kind.Code()}");
        }
    }

    private static IEnumerable<(string, string)> ClaimFaults(PlanCard card)
    {
        foreach (var twice in (card.Exclusions ?? []).GroupBy(exclusion => exclusion.Code).Where(group => group.Count() > 1))
            yield return ("exclusions", $"'{twice.Key}' stands twice");
        for (var i = 0; i < (card.Exclusions?.Count ?? 0); i++)
            if (card.Exclusions![i].Code.Length is 0 or > 60) yield return ($"exclusions.{Text(i)}.code", "a code has 1 to 60 characters");
        if (card.Coordination?.Less is { } less && (less.Count == 0 || less.Any(source => source.Length is 0 or > 60))) yield return ("coordination.less", "names sources in 1 to 60 characters, or is absent");
        if (card.ClaimWindow is { NoticeDays: < 1 }) yield return ("claimWindow.noticeDays", "1 day or more");
        if (card.ClaimWindow is { ApplicationMonths: < 1 }) yield return ("claimWindow.applicationMonths", "1 month or more");
        foreach (var benefit in card.Benefits)
            if (!card.Documents.TryGetValue(benefit.Kind, out var documents) || documents.Count == 0) yield return ("documents", $"no documents are named for {benefit.Kind.Code()}");
        foreach (var (kind, names) in card.Documents)
        {
            if (names.Distinct().Count() != names.Count || names.Any(name => name.Length is 0 or > 60 || name == "other"))
                yield return ($"documents.{kind.Code()}", "document kinds are named once, in 1 to 60 characters, and are not 'other'");
            if (card.BenefitFor(kind) is null) yield return ("documents", $"documents are named for {kind.Code()}, which has no benefit");
        }
        if (card.Review is { Count: 0 }) yield return ("review", "names who decides, or is absent");
        var before = Money.Zero;
        for (var i = 0; i < (card.Review?.Count ?? 0); i++)
        {
            var level = card.Review![i];
            if (level.UpTo is null != (i == card.Review.Count - 1)) yield return ($"review.{Text(i)}.upTo", "every line but the last has a limit");
            if (level.UpTo <= before) yield return ($"review.{Text(i)}.upTo", "the limits rise");
            if (i > 0 && level.Level > card.Review[i - 1].Level) yield return ($"review.{Text(i)}.level", "higher amounts are not decided further down");
            before = level.UpTo ?? before;
        }
    }

    private static IEnumerable<(string, string)> Remarks(PlanCard card)
    {
        foreach (var (remarks, name) in new[] { (card.Assumed, "assumed"), (card.Readings, "readings") })
            for (var i = 0; i < (remarks?.Count ?? 0); i++)
                if (Astray(card, remarks![i].Path) is { } reason) yield return ($"{name}.{Text(i)}.path", reason);
        for (var i = 0; i < (card.NotPublished?.Count ?? 0); i++)
            if (Astray(card, card.NotPublished![i], mayBeAbsent: true) is { } reason) yield return ($"notPublished.{Text(i)}", reason);
        foreach (var twice in (card.NotPublished ?? []).GroupBy(path => path).Where(group => group.Count() > 1)) yield return ("notPublished", $"'{twice.Key}' stands twice");
        for (var i = 0; i < (card.NotPublished?.Count ?? 0); i++)
        {
            var path = card.NotPublished![i];
            var there = path switch
            {
                "prices" => card.Prices is not null,
                "cover" => card.Cover is not null,
                "caps" => card.Caps is not null,
                _ => card.Benefits.Any(benefit =>
                        (benefit.Kind.Path() == path && IsSaid(benefit)) || ($"{benefit.Kind.Path()}.tiers" == path && benefit.Medical is { HasRatios: true }))
                    || (card.Waiting ?? []).Where((waiting, place) => $"waiting.{Text(place)}.reducedPercent" == path && waiting.ReducedPercent is not null).Any(),
            };
            if (there) yield return ($"notPublished.{Text(i)}", $"{path} stands in the card");
        }
    }

    /// <summary>Why a path names nothing that a step or a refusal could name: a typo here would hide an assumption.</summary>
    private static string? Astray(PlanCard card, string path, bool mayBeAbsent = false)
    {
        var parts = path.Split('.');
        if (!Members.Contains(parts[0])) return $"'{parts[0]}' is no part of a card";
        if (parts[0] == "waiting" && parts.Length > 1) return int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var place) && place < (card.Waiting?.Count ?? 0) ? null : "there is no such waiting period";
        if (parts[0] != "benefits" || parts.Length == 1) return null;
        if (!mayBeAbsent && card.Benefits.All(benefit => benefit.Kind.Code() != parts[1])) return $"the plan has no benefit for '{parts[1]}'; benefits are named by their kind";
        if (mayBeAbsent && Enum.GetValues<IncidentKind>().All(kind => kind.Code() != parts[1])) return $"'{parts[1]}' is no kind of benefit";
        return parts.Length > 2 && parts[2] is "medical" or "illness" or "lumpSum" or "byGrade" or "allowance" ? "rules are named without their form: benefits.hospitalisation.percent" : null;
    }

    private static readonly HashSet<string> Members =
        [.. typeof(PlanCard).GetProperties().Select(property => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(property.Name))];

    private static bool IsSaid(Benefit benefit) => benefit.Forms > 0 && benefit.ByGrade is not { PerUnit: null, ByCoverTier: null };

    private static bool IsUnpublished(PlanCard card, string path) => card.NotPublished?.Contains(path) == true;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
