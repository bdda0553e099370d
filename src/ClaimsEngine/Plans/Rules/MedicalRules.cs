namespace ClaimsEngine.Plans.Rules;

/// <summary>
/// Shares of a base in marginal tiers. What a tier pays between two positions of an accumulating base is the difference of its rounded
/// payments up to them, so that many small claims are paid what one large one would be, to the fen.
/// </summary>
internal static class MedicalRules
{
    public static Refusal? Apply(PlanReading reading, Benefit benefit, MedicalRule rule, CaseFacts facts, Worksheet sheet)
    {
        if (facts.Admissions is not { Count: > 0 } admissions)
            return Incomplete("the rule reads the cost of each admission", "incident.admissions");
        if (!rule.HasRatios)
        {
            sheet.IsNotPublished($"{facts.Kind.Path()}.tiers");
            return null;
        }
        var path = facts.Kind.Path();
        var use = (facts.Counters ?? new Counters()).Of(facts.Kind);
        var counted = 0;
        var accumulated = Money.Zero;
        foreach (var place in Order(admissions))
        {
            var admission = admissions[place];
            if (BelowGrade(benefit, admission, place, path, sheet, out var missing))
            {
                if (missing is not null) return missing;
                continue;
            }
            if (BaseOf(reading, rule, admission, place, path, sheet, out var cost) is { } absent) return absent;
            counted++;
            if (rule.Per != Per.Admission) accumulated += cost;
            else if (rule.ByAdmission is { } ratios) ByOrdinal(rule, ratios, use.Admissions!.Value + counted, cost, path, sheet);
            else Pay(rule, Money.Zero, cost, path, sheet);
        }
        if (rule.Per == Per.Admission) sheet.Consumed = new Consumption(Admissions: counted);
        else
        {
            // what other benefits used is none of this one's position
            var begin = PositionOf(rule, facts.Counters?.Benefits is null ? facts.Used : use.Amount, use, facts.Date);
            if (begin.IsPositive) sheet.Note($"{path}.accumulated", $"{begin} + {accumulated}", (begin + accumulated).ToString(),
                $"Before this claim {begin} yuan had accumulated; with it {begin + accumulated} yuan.",
                $"此前已累计{begin}元，本次累计至{begin + accumulated}元。");
            Pay(rule, begin, begin + accumulated, path, sheet);
            var deductible = rule.Deductible ?? Money.Zero;
            sheet.Consumed = rule.Per == Per.Year
                ? new Consumption(Admissions: counted,
                    Deductible: Money.Min(begin + accumulated, deductible) - Money.Min(begin, deductible), OwnShare: accumulated)
                : new Consumption(Admissions: counted, Accident: new AccidentUse(facts.Date, accumulated));
        }
        return null;
    }

    /// <summary>How far the base had accumulated before; told, or reckoned back from the deductible and the benefit used.</summary>
    private static Money PositionOf(MedicalRule rule, Money used, KindUse use, LocalDate accident)
    {
        if (rule.Per == Per.Year && use.OwnShare is { } known) return known;
        if (rule.Per == Per.Accident && use.Accidents?.FirstOrDefault(one => one.Date == accident) is { } earlier) return earlier.OwnShare;
        var position = Money.Min(use.Deductible ?? Money.Zero, rule.Deductible ?? Money.Zero);
        if (rule.Per != Per.Year || !used.IsPositive) return position;
        foreach (var tier in TiersOf(rule))
        {
            var whole = tier.To is { } to ? (to - tier.From).Percent(tier.Percent) : used;
            if (tier.To is not null && used >= whole)
            {
                used -= whole;
                position = tier.To.Value;
                continue;
            }
            if (used.IsPositive) position = tier.From + new Money((used.Fen * 100 + tier.Percent - 1) / tier.Percent);
            break;
        }
        return position;
    }

    private static void ByOrdinal(MedicalRule rule, IReadOnlyList<int> ratios, int ordinal, Money cost, string path, Worksheet sheet)
    {
        if (ordinal > ratios.Count)
        {
            sheet.IsNotPublished($"{path}.byAdmission.{ordinal}");
            return;
        }
        var counted = AboveDeductible(rule, Money.Zero, cost, path, sheet);
        var percent = ratios[ordinal - 1];
        var sum = counted.Percent(percent);
        sheet.Add(sum, $"{path}.byAdmission", $"{counted} × {percent} %",
            $"Admission {ordinal} of the cover period is paid at {percent} %: {sum} yuan.",
            $"保障期内第{ordinal}次住院，给付比例{percent}%，计{sum}元。");
    }

    private static void Pay(MedicalRule rule, Money from, Money to, string path, Worksheet sheet)
    {
        var counted = AboveDeductible(rule, from, to, path, sheet);
        if (rule.Percent is { } percent)
        {
            var sum = Between(new MedicalTier(rule.Deductible ?? Money.Zero, percent), from, to, out var input);
            sheet.Add(sum, $"{path}.percent", input, $"Of {counted} yuan {percent} % is paid: {sum} yuan.",
                $"{counted}元按{percent}%给付，计{sum}元。");
            return;
        }
        var tiers = rule.Tiers!;
        for (var i = 0; i < tiers.Count; i++)
        {
            var tier = tiers[i];
            if (to <= tier.From || (tier.To is { } end && from >= end)) continue;
            var sum = Between(tier, from, to, out var input);
            var (till, tillZh) = tier.To is { } top ? ($"from {tier.From} to {top} yuan", $"{tier.From}元至{top}元部分")
                : ($"above {tier.From} yuan", $"{tier.From}元以上部分");
            sheet.Add(sum, $"{path}.tiers.{i}", input,
                $"Of the part {till} {tier.Percent} % is paid: {sum} yuan.", $"{tillZh}按{tier.Percent}%给付，计{sum}元。");
        }
        if (tiers[^1].To is { } ceiling && to > ceiling)
            sheet.Note($"{path}.tiers", $"{to} − {ceiling}", "0.00", $"What lies above {ceiling} yuan is not counted.",
                $"{ceiling}元以上部分不计。");
    }

    /// <summary>What is left of the base after the deductible, with a step where there is one.</summary>
    private static Money AboveDeductible(MedicalRule rule, Money from, Money to, string path, Worksheet sheet)
    {
        if (rule.Deductible is not { } deductible) return to - from;
        var left = Money.Max(Money.Zero, to - deductible) - Money.Max(Money.Zero, from - deductible);
        var (over, zh) = rule.Per switch
        {
            Per.Year => ("accumulated over the year's admissions", "年度累计起付线"),
            Per.Accident => ("of each accident", "每次事故免赔额"),
            _ => ("of each admission", "每次住院起付线"),
        };
        var taken = to - from - left;
        sheet.Note($"{path}.deductible", $"{to - from} − {taken}", left.ToString(),
            $"The first {deductible} yuan {over} are not counted, of this claim {taken} yuan: {left} yuan are.",
            $"{zh}{deductible}元，本次扣除{taken}元，计入{left}元。");
        return left;
    }

    /// <summary>What one tier pays between two positions of the base.</summary>
    private static Money Between(MedicalTier tier, Money from, Money to, out string input)
    {
        var upper = Money.Max(Money.Zero, (tier.To is { } end ? Money.Min(to, end) : to) - tier.From);
        var lower = Money.Max(Money.Zero, from - tier.From);
        var paid = upper.Percent(tier.Percent);
        input = lower.IsPositive ? $"{upper} × {tier.Percent} % − {lower} × {tier.Percent} %" : $"{upper} × {tier.Percent} %";
        return lower.IsPositive ? paid - lower.Percent(tier.Percent) : paid;
    }

    private static Refusal? BaseOf(
        PlanReading reading, MedicalRule rule, Admission admission, int place, string path, Worksheet sheet, out Money cost)
    {
        cost = Money.Zero;
        var given = rule.Base == CostBase.Total ? admission.Total : admission.OwnShare;
        if (given is not { } whole)
        {
            var member = rule.Base == CostBase.Total ? "total" : "ownShare";
            return Incomplete($"the rule reads {member} of each admission",
                $"incident.admissions.{place}.{member}");
        }
        if (reading.AsksForWhatIsNotTold && rule.Base == CostBase.InScopeOwnShare && admission.InScope is null)
            return Incomplete("the rule reads inScope of each admission: only the own share in scope is paid",
                $"incident.admissions.{place}.inScope");
        cost = rule.Base == CostBase.InScopeOwnShare && admission.InScope is { } scope ? Money.Min(whole, scope) : whole;
        var (what, zh) = rule.Base switch
        {
            CostBase.Total => ("the insured cost in total", "参保医疗费用总额"),
            CostBase.InScopeOwnShare => ("the member's own share in scope", "范围内个人自付"),
            _ => ("the member's own share after basic insurance", "基本医保报销后个人自付"),
        };
        var (day, guessed) = (admission.Admitted.Iso(), reading.AsksForWhatIsNotTold && LeavesScopeOpen(rule, admission));
        sheet.Note($"{path}.base", cost == whole ? whole.ToString() : $"min({whole}, {admission.InScope})", cost.ToString(),
            $"Admission of {day}: {what} is {cost} yuan.{(guessed ? " What of it lies in scope is not told; all of it is counted." : "")}",
            $"{day}入院：{zh}{cost}元。{(guessed ? "未告知其中医保范围内金额，全部计入。" : "")}", guessed: guessed);
        return null;
    }

    /// <summary>Whether the plan's text speaks of the own share without a word of the insurance's scope, and what lies in scope is not told
    /// either: all of it is counted, and marked as a guess.</summary>
    internal static bool LeavesScopeOpen(MedicalRule rule, Admission admission) =>
        rule.Base == CostBase.OwnShare && admission.InScope is null;

    /// <summary>Whether an admission is not counted for its hospital's grade.</summary>
    internal static bool BelowGrade(Benefit benefit, Admission admission, int place, string path, Worksheet sheet, out Refusal? missing)
    {
        missing = null;
        if (benefit.MinHospitalGrade is not { } least) return false;
        if (admission.HospitalGrade is not { } grade)
        {
            missing = Incomplete("the rule reads the hospital's grade",
                $"incident.admissions.{place}.hospitalGrade");
            return true;
        }
        if (grade >= least) return false;
        sheet.Note($"{path}.minHospitalGrade", $"{grade} < {least}", "0.00",
            $"The hospital has grade {grade}; only grade {least} or better counts.", $"医院等级为{grade}级，须{least}级及以上，不计。");
        return true;
    }

    /// <summary>Places of the admissions, earliest first: facts come in any order, ordinals do not.</summary>
    internal static IEnumerable<int> Order(IReadOnlyList<Admission> admissions) =>
        admissions.Count == 1 ? [0] : Enumerable.Range(0, admissions.Count).OrderBy(place => admissions[place].Admitted)
            .ThenBy(place => admissions[place].Discharged);

    private static IReadOnlyList<MedicalTier> TiersOf(MedicalRule rule) =>
        rule.Tiers ?? [new MedicalTier(rule.Deductible ?? Money.Zero, rule.Percent!.Value)];

    private static Refusal Incomplete(string detail, string field) => new(Refuse.IncidentIncomplete, detail, field);
}
