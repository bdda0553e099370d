namespace ClaimsEngine.Specs;

/// <summary>What is wrong with a card beyond its shape: each fault alone, named by its path.</summary>
public class CardRulesSpecs
{
    private static readonly LocalName Name = new("样例", "sample");
    private static readonly PlanCard Sound = SampleCards.TenThousand();
    private static readonly PlanCard Tiered = Sound with { CoverTiers = [new CoverTier("100", Name), new CoverTier("26", Name)] };

    public static readonly TheoryData<string, PlanCard, string> Heads = new()
    {
        { "no benefit", SampleCards.Of(), "benefits" },
        { "no source", Sound with { Sources = [] }, "sources" },
        { "no name", Sound with { Name = new LocalName(" ", "x") }, "name.zh" },
        { "no organiser", Sound with { Organiser = "" }, "organiser" },
        { "an assumption of a part that no card has", Sound with { Assumed = [new Assumption("benefit", "x")] }, "assumed.0.path" },
        { "an assumption of a benefit by its place", Sound with { Assumed = [new Assumption("benefits.0", "x")] }, "assumed.0.path" },
        { "an assumption below a form, where no step stands",
            Sound with { Assumed = [new Assumption("benefits.accidentDeath.lumpSum", "x")] }, "assumed.0.path" },
        { "a reading of a waiting period that is not there",
            Sound with { Readings = [new Assumption("waiting.0", "x")] }, "readings.0.path" },
        { "a missing benefit of no kind", Sound with { NotPublished = ["benefits.flood"] }, "notPublished.0" },
        { "two benefits of one kind", SampleCards.Of(Sound.Benefits[0], Sound.Benefits[0]), "benefits" },
        { "no tier", Sound with { CoverTiers = [] }, "coverTiers" },
        { "a tier twice", Sound with { CoverTiers = [new CoverTier("100", Name), new CoverTier("100", Name)] }, "coverTiers" },
        { "a tier without a code", Sound with { CoverTiers = [new CoverTier("", Name)] }, "coverTiers.0.code" },
        { "a tier of 41 letters", Sound with { CoverTiers = [new CoverTier("100", Name), new CoverTier(new string('x', 41), Name)] },
            "coverTiers.1.code" },
    };

    public static readonly TheoryData<string, PlanCard, string> Eligibilities = new()
    {
        { "no unit", Eligible(new Eligibility(MaxUnits: 0)), "eligibility.maxUnits" },
        { "101 units", Eligible(new Eligibility(MaxUnits: 101)), "eligibility.maxUnits" },
        { "void above no limit", Eligible(new Eligibility(ExcessUnits: ExcessUnits.Void)), "eligibility.excessUnits" },
        { "no occupation", Eligible(new Eligibility(Occupations: [])), "eligibility.occupations" },
        { "no region", Eligible(new Eligibility(Regions: [])), "eligibility.regions" },
        { "no age rule", Eligible(new Eligibility(Ages: [])), "eligibility.ages" },
        { "an age rule that asks for nothing", Eligible(new Eligibility(Ages: [new AgeRule(Sex: Sex.Male)])), "eligibility.ages.0" },
        { "from below birth", Eligible(new Eligibility(Ages: [new AgeRule(From: -1)])), "eligibility.ages.0.from" },
        { "from 151", Eligible(new Eligibility(Ages: [new AgeRule(From: 151)])), "eligibility.ages.0.from" },
        { "to below birth", Eligible(new Eligibility(Ages: [new AgeRule(To: -1)])), "eligibility.ages.0.to" },
        { "to 151", Eligible(new Eligibility(Ages: [new AgeRule(16, 60), new AgeRule(To: 151)])), "eligibility.ages.1.to" },
        { "ages out of order", Eligible(new Eligibility(Ages: [new AgeRule(60, 16)])), "eligibility.ages.0.to" },
        { "nobody takes part", Eligible(new Eligibility(Participation: new Participation(0))), "eligibility.participation.percent" },
        { "more than everybody takes part", Eligible(new Eligibility(Participation: new Participation(101))),
            "eligibility.participation.percent" },
        { "units below one person", Eligible(new Eligibility(Participation: new Participation(50, EveryoneBelow: 0))),
            "eligibility.participation.everyoneBelow" },
        { "late joiners before the start", Eligible(new Eligibility(Entry: new EntryWindow(LateJoinerDays: -1))),
            "eligibility.entry.lateJoinerDays" },
        { "new hires before they are hired", Eligible(new Eligibility(Entry: new EntryWindow(NewHireMonths: -1))),
            "eligibility.entry.newHireMonths" },
    };

    public static readonly TheoryData<string, PlanCard, string> PricesAndCover = new()
    {
        { "no price", Sound with { Prices = [] }, "prices" },
        { "a price that is neither there nor said to be missing", Sound with { Prices = null }, "prices" },
        { "a price of nothing", Priced(new PriceLine(Money.Zero)), "prices.0.perUnit" },
        { "a price of a tier that is none", Tiered with { Prices = [new PriceLine(Money.Yuan(50), "50")] }, "prices.0.coverTier" },
        { "a price of a tier where there are none", Priced(new PriceLine(Money.Yuan(50), "50")), "prices.0.coverTier" },
        { "a price for no month", Priced(new PriceLine(Money.Yuan(50), Months: 0)), "prices.0.months" },
        { "a price for 121 months", Priced(new PriceLine(Money.Yuan(50), Months: 121)), "prices.0.months" },
        { "refunded though the plan refunds nothing", Priced(new PriceLine(Money.Yuan(410), Refunded: true)), "prices.0.refunded" },
        { "a line behind one without conditions",
            Priced(new PriceLine(Money.Yuan(50)), new PriceLine(Money.Yuan(40), UnionCard: true)), "prices.1" },
        { "a line behind its equal",
            Priced(new PriceLine(Money.Yuan(50), Months: 12), new PriceLine(Money.Yuan(40), Months: 12)), "prices.1" },
        { "a price for a term that cover does not have", Priced(new PriceLine(Money.Yuan(50), Months: 7)), "prices.0.months" },
        { "a line behind a wider one", Priced(new PriceLine(Money.Yuan(50), Sex: Sex.Male),
            new PriceLine(Money.Yuan(40), Sex: Sex.Male, Renewing: true)), "prices.1" },
        { "nothing that is refunded at expiry", Sound with { Refund = RefundKind.AtExpiry }, "refund" },
        { "nobody who pays", Sound with { Funding = new FundingRule([]) }, "funding.kinds" },
        { "shares below the price", Sound with { Funding = Shares(Money.Yuan(20), Money.Yuan(29)) }, "funding.shares" },
        { "shares above the price", Sound with { Funding = Shares(Money.Yuan(20), Money.Yuan(31)) }, "funding.shares" },
        { "a cover that is neither there nor said to be missing", Sound with { Cover = null }, "cover" },
        { "no month of cover", Sound with { Cover = new Cover(CoverStart.NextDay, 0) }, "cover.months" },
        { "121 months of cover", Sound with { Cover = new Cover(CoverStart.NextDay, 121) }, "cover.months" },
        { "another term of no month", Sound with { Cover = new Cover(CoverStart.NextDay, 12, [6, 0]) }, "cover.otherMonths.1" },
        { "another term that is the plan's own", Sound with { Cover = new Cover(CoverStart.NextDay, 12, [12]) }, "cover.otherMonths.0" },
        { "another term twice", Sound with { Cover = new Cover(CoverStart.NextDay, 12, [6, 24, 6]) }, "cover.otherMonths.2" },
        { "a grace below nothing", Sound with { Cover = new Cover(CoverStart.NextDay, 12, Renewal: new Renewal(-1)) },
            "cover.renewal.graceDays" },
        { "a grace of more than a year", Sound with { Cover = new Cover(CoverStart.NextDay, 12, Renewal: new Renewal(367)) },
            "cover.renewal.graceDays" },
    };

    private static readonly WaitingPeriod Thirty = new(
        [IncidentKind.AccidentDeath], "样例第七条", 30, DayCounting.Inclusive, Trigger.Incident);

    public static readonly TheoryData<string, PlanCard, string> Waitings = new()
    {
        { "before nothing", Waiting(Thirty with { Kinds = [] }), "waiting.0.kinds" },
        { "before a benefit that is none",
            Waiting(Thirty with { Kinds = [IncidentKind.AccidentDeath, IncidentKind.IllnessDeath] }), "waiting.0.kinds" },
        { "twice before one kind", Waiting(Thirty, Thirty), "waiting.1.kinds" },
        { "days below nothing", Waiting(Thirty with { Days = -1 }), "waiting.0.days" },
        { "more than ten years", Waiting(Thirty with { Days = 3661 }), "waiting.0.days" },
        { "reduced before the waiting ends", Waiting(Thirty with { ReducedToDay = 29, ReducedPercent = 50 }), "waiting.0.reducedToDay" },
        { "reduced on the day the waiting ends", Waiting(Thirty with { ReducedToDay = 30, ReducedPercent = 50 }),
            "waiting.0.reducedToDay" },
        { "reduced for more than ten years", Waiting(Thirty with { ReducedToDay = 3661, ReducedPercent = 50 }), "waiting.0.reducedToDay" },
        { "a share without a reduced period", Waiting(Thirty with { ReducedPercent = 50 }), "waiting.0.reducedPercent" },
        { "reduced to nothing", Waiting(Thirty with { ReducedToDay = 90, ReducedPercent = 0 }), "waiting.0.reducedPercent" },
        { "reduced to all", Waiting(Thirty with { ReducedToDay = 90, ReducedPercent = 100 }), "waiting.0.reducedPercent" },
        { "a share that is neither there nor said to be missing", Waiting(Thirty with { ReducedToDay = 90 }), "waiting.0.reducedPercent" },
        { "a trigger for a class where there is no illness",
            Waiting(Thirty with { Triggers = new Dictionary<string, Trigger> { ["cancer"] = Trigger.PathologyReport } }),
            "waiting.0.triggers.cancer" },
        {
            "a trigger for a class that the catalogue has not",
            SampleCards.Critical(new IllnessRule([new IllnessAmount(Money.Yuan(1))], "tianjin-critical-16")) with
            {
                Waiting =
                [
                    new WaitingPeriod([IncidentKind.CriticalIllness], "样例第七条", 30, DayCounting.Inclusive, Trigger.Admission,
                        Triggers: new Dictionary<string, Trigger> { ["cancer"] = Trigger.PathologyReport, ["stroke"] = Trigger.Admission }),
                ],
            },
            "waiting.0.triggers.stroke"
        },
    };

    public static readonly TheoryData<string, PlanCard, string> Benefits = new()
    {
        { "no clause", Sound.With(benefit => benefit with { Clause = "" }), "benefits.0.clause" },
        { "a clause of 401 letters", Sound.With(benefit => benefit with { Clause = new string('条', 401) }), "benefits.0.clause" },
        { "two forms", Sound.With(benefit => benefit with { ByGrade = new GradeRule("jrt-0083-2013", Money.Yuan(1)) }), "benefits.0" },
        { "no form, and not said to be missing", Sound.With(benefit => benefit with { LumpSum = null }), "benefits.0" },
        { "a hospital of grade 0", Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 70), 0),
            "benefits.0.minHospitalGrade" },
        { "a hospital of grade 4", Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 70), 4),
            "benefits.0.minHospitalGrade" },
        { "a hospital for a death", Sound.With(benefit => benefit with { MinHospitalGrade = 2 }), "benefits.0.minHospitalGrade" },
        { "a cap of nothing for a claim", Sound.With(benefit => benefit with { Cap = new BenefitCap(PerClaim: Money.Zero) }),
            "benefits.0.cap.perClaim" },
        { "a cap of nothing in the period", Sound.With(benefit => benefit with { Cap = new BenefitCap(PerPeriod: Money.Zero) }),
            "benefits.0.cap.perPeriod" },
        { "a lump sum for a stay", Misfit(IncidentKind.Hospitalisation), "benefits.0" },
        { "a lump sum for days", Misfit(IncidentKind.HospitalDays), "benefits.0" },
        { "a lump sum for an illness", Misfit(IncidentKind.CriticalIllness), "benefits.0" },
        { "a lump sum for a women's illness", Misfit(IncidentKind.WomensIllness), "benefits.0" },
        { "a lump sum for treatment", Misfit(IncidentKind.AccidentMedical), "benefits.0" },
        { "a lump sum for a disability", Misfit(IncidentKind.Disability), "benefits.0" },
        { "tiers for a death", SampleCards.Of(new Benefit(IncidentKind.IllnessDeath, SampleCards.Clause,
            Medical: new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 70))), "benefits.0" },
        { "a lump sum of no sum", SampleCards.DeathByAccident(new LumpSumRule(Funeral: Money.Yuan(1))), "benefits.0.lumpSum.perUnit" },
        { "a lump sum of nothing", SampleCards.DeathByAccident(new LumpSumRule(Money.Zero)), "benefits.0.lumpSum.perUnit" },
        { "a funeral for nothing", SampleCards.DeathByAccident(new LumpSumRule(Money.Yuan(1), Funeral: Money.Zero)),
            "benefits.0.lumpSum.funeral" },
        { "a sum of a tier that is none",
            SampleCards.DeathByAccident(new LumpSumRule(Money.Yuan(1), Sums("50", "1.00"))) with { CoverTiers = Tiered.CoverTiers },
            "benefits.0.lumpSum.byCoverTier.50" },
        { "a sum of a tier where there are none", SampleCards.DeathByAccident(new LumpSumRule(Money.Yuan(1), Sums("100", "1.00"))),
            "benefits.0.lumpSum.byCoverTier.100" },
        { "a tier's sum of nothing",
            SampleCards.DeathByAccident(new LumpSumRule(Money.Yuan(1), Sums("100", "0.00"))) with { CoverTiers = Tiered.CoverTiers },
            "benefits.0.lumpSum.byCoverTier.100" },
        { "a missing table", SampleCards.Disability(new GradeRule("jrt-0083-2099", Money.Yuan(1))), "benefits.0.byGrade.table" },
        { "a graded sum that is neither there nor said to be missing", SampleCards.Disability(new GradeRule("jrt-0083-2013")),
            "benefits.0.byGrade.perUnit" },
        { "a graded sum of nothing", SampleCards.Disability(new GradeRule("jrt-0083-2013", Money.Zero)), "benefits.0.byGrade.perUnit" },
        { "a graded sum of a tier that is none",
            SampleCards.Disability(new GradeRule("jrt-0083-2013", null, Sums("50", "1.00"))) with { CoverTiers = Tiered.CoverTiers },
            "benefits.0.byGrade.byCoverTier.50" },
    };

    public static readonly TheoryData<string, PlanCard, string> Illnesses = new()
    {
        { "a missing catalogue", Critical("none", new IllnessAmount(Money.Yuan(1))), "benefits.0.illness.catalogue" },
        { "sums that are neither there nor said to be missing", Critical("tianjin-critical-16"), "benefits.0.illness.amounts" },
        { "a sum of nothing", Critical("tianjin-critical-16", new IllnessAmount(Money.Zero)), "benefits.0.illness.amounts.0.perUnit" },
        { "a class that the catalogue has not", Critical("tianjin-critical-16", new IllnessAmount(Money.Yuan(1), "stroke")),
            "benefits.0.illness.amounts.0.class" },
        { "a class without a catalogue", Critical(null, new IllnessAmount(Money.Yuan(1), "cancer")), "benefits.0.illness.amounts.0.class" },
        {
            "a sum for what is excluded",
            SampleCards.Critical(new IllnessRule(
                [new IllnessAmount(Money.Yuan(2), Severity: Severity.Severe), new IllnessAmount(Money.Yuan(1), Severity: Severity.InSitu)],
                Excluded: [Severity.InSitu])),
            "benefits.0.illness.amounts.1.severity"
        },
        { "a class behind every class",
            Critical("tianjin-critical-16", new IllnessAmount(Money.Yuan(1)), new IllnessAmount(Money.Yuan(2), "cancer")),
            "benefits.0.illness.amounts.1" },
        { "a severity twice", Critical(null, new IllnessAmount(Money.Yuan(1), Severity: Severity.Mild),
            new IllnessAmount(Money.Yuan(2), Severity: Severity.Mild)),
            "benefits.0.illness.amounts.1" },
        { "a sum without severity behind severe",
            Critical(null, new IllnessAmount(Money.Yuan(1), Severity: Severity.Severe), new IllnessAmount(Money.Yuan(2))),
            "benefits.0.illness.amounts.1" },
        { "severe behind a sum without severity",
            Critical(null, new IllnessAmount(Money.Yuan(1)), new IllnessAmount(Money.Yuan(2), Severity: Severity.Severe)),
            "benefits.0.illness.amounts.1" },
    };

    public static readonly TheoryData<string, PlanCard, string> Medicals = new()
    {
        { "tiers and one ratio", Medical(new MedicalRule(CostBase.OwnShare, Per.Admission, Tiers: [new MedicalTier(Money.Zero, 50)],
            Percent: 70)), "benefits.0.medical" },
        { "one ratio and ratios by admission", Medical(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 70, ByAdmission: [80])),
            "benefits.0.medical" },
        { "no ratio, and not said to be missing", Medical(new MedicalRule(CostBase.OwnShare, Per.Admission)), "benefits.0.medical" },
        { "a deductible of nothing", Medical(new MedicalRule(CostBase.OwnShare, Per.Admission, Money.Zero, Percent: 70)),
            "benefits.0.medical.deductible" },
        { "a ratio of 0", Medical(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 0)), "benefits.0.medical.percent" },
        { "a ratio above 100", Medical(new MedicalRule(CostBase.OwnShare, Per.Admission, Percent: 101)), "benefits.0.medical.percent" },
        { "no ratio of the first admission", Medical(new MedicalRule(CostBase.OwnShare, Per.Admission, ByAdmission: [])),
            "benefits.0.medical.byAdmission" },
        { "a second ratio above 100", Medical(new MedicalRule(CostBase.OwnShare, Per.Admission, ByAdmission: [80, 101])),
            "benefits.0.medical.byAdmission.1" },
        { "ratios by admission over the year", Medical(new MedicalRule(CostBase.OwnShare, Per.Year, ByAdmission: [80, 70])),
            "benefits.0.medical.per" },
        { "no tier", Medical(Tiers()), "benefits.0.medical.tiers" },
        { "a tier's ratio of 0", Medical(Tiers((0, 0, null))), "benefits.0.medical.tiers.0.percent" },
        { "a tier's ratio above 100", Medical(Tiers((0, 101, null))), "benefits.0.medical.tiers.0.percent" },
        { "a first tier above nothing", Medical(Tiers((1, 50, null))), "benefits.0.medical.tiers.0.from" },
        { "a first tier below the deductible", Medical(Tiers((0, 50, null)) with { Deductible = Money.Yuan(800) }),
            "benefits.0.medical.tiers.0.from" },
        { "a first tier above the deductible", Medical(Tiers((900, 50, null)) with { Deductible = Money.Yuan(800) }),
            "benefits.0.medical.tiers.0.from" },
        { "overlapping tiers", Medical(Tiers((0, 50, 5_000), (4_999, 60, null))), "benefits.0.medical.tiers.1.from" },
        { "a gap between tiers", Medical(Tiers((0, 50, 5_000), (5_001, 60, null))), "benefits.0.medical.tiers.1.from" },
        { "tiers out of order", Medical(Tiers((0, 50, 5_000), (5_000, 60, 4_000))), "benefits.0.medical.tiers.1.to" },
        { "an empty tier", Medical(Tiers((0, 50, 5_000), (5_000, 60, 5_000))), "benefits.0.medical.tiers.1.to" },
        { "a cap for a claim below the deductible", Deducted() with { Caps = new Caps(PerClaim: Money.Yuan(9_999)) }, "caps.perClaim" },
        { "a cap in the period below the deductible", Deducted() with { Caps = new Caps(PerPeriod: Money.Yuan(9_999)) }, "caps.perPeriod" },
        { "a cap of a unit below the deductible", Deducted() with { Caps = new Caps(PerUnit: Money.Yuan(9_999)) }, "caps.perUnit" },
        { "a cap across plans below the deductible", Deducted() with { Caps = new Caps(AcrossPlans: new GroupCap("g", Money.Yuan(9_999))) },
            "caps.acrossPlans.amount" },
        { "a cap across plans for a benefit that is not there", Sound with { Caps =
            new Caps(AcrossPlans: new GroupCap("g", Money.Yuan(1), [IncidentKind.IllnessDeath])) }, "caps.acrossPlans.kinds" },
        { "a claim's cap above the period's", Sound.With(benefit => benefit with { Cap = new BenefitCap(Money.Yuan(2), Money.Yuan(1)) }),
            "benefits.0.cap.perClaim" },
        { "nobody whose payments are taken off", Sound with { Coordination = new Coordination(Less: []) }, "coordination.less" },
        { "stays of fewer days than the first paid one",
            Allowance(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 4, 3, DaysCounted.Stayed)), "benefits.0.allowance.maxDays" },
        { "a cap in a lifetime below the deductible",
            Deducted() with { Caps = new Caps(PerLifetime: Money.Yuan(9_999)) }, "caps.perLifetime" },
        { "the benefit's cap for a claim below its deductible",
            Deducted().With(benefit => benefit with { Cap = new BenefitCap(PerClaim: Money.Yuan(9_999)) }),
            "benefits.0.cap.perClaim" },
        { "the benefit's cap in the period below its deductible",
            Deducted().With(benefit => benefit with { Cap = new BenefitCap(PerPeriod: Money.Yuan(9_999)) }),
            "benefits.0.cap.perPeriod" },
        { "an allowance of nothing", Allowance(new AllowanceRule(Money.Zero, DayCounting.Exclusive)), "benefits.0.allowance.perDay" },
        { "paid from day 0", Allowance(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 0)), "benefits.0.allowance.firstPaidDay" },
        { "paid from day 367", Allowance(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 367)),
            "benefits.0.allowance.firstPaidDay" },
        { "at most no day", Allowance(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 1, 0)), "benefits.0.allowance.maxDays" },
        { "at most 3661 days", Allowance(new AllowanceRule(Money.Yuan(40), DayCounting.Exclusive, 1, 3661)),
            "benefits.0.allowance.maxDays" },
    };

    public static readonly TheoryData<string, PlanCard, string> CapsAndClaims = new()
    {
        { "a cap of nothing for a claim", Sound with { Caps = new Caps(PerClaim: Money.Zero) }, "caps.perClaim" },
        { "a cap of nothing in the period", Sound with { Caps = new Caps(PerPeriod: Money.Zero) }, "caps.perPeriod" },
        { "a cap of nothing for a unit", Sound with { Caps = new Caps(PerUnit: Money.Zero) }, "caps.perUnit" },
        { "a cap of nothing in a lifetime", Sound with { Caps = new Caps(PerLifetime: Money.Zero) }, "caps.perLifetime" },
        { "a cap of nothing across plans", Sound with { Caps = new Caps(AcrossPlans: new GroupCap("g", Money.Zero)) },
            "caps.acrossPlans.amount" },
        { "a group without a name", Sound with { Caps = new Caps(AcrossPlans: new GroupCap("", Money.Yuan(1))) },
            "caps.acrossPlans.group" },
        { "a group of 61 letters", Sound with { Caps = new Caps(AcrossPlans: new GroupCap(new string('g', 61), Money.Yuan(1))) },
            "caps.acrossPlans.group" },
        { "more for a claim than in the period",
            Sound with { Caps = new Caps(PerClaim: Money.Yuan(2), PerPeriod: Money.Yuan(1)) }, "caps.perClaim" },
        { "more in the period than in a lifetime",
            Sound with { Caps = new Caps(PerPeriod: Money.Yuan(2), PerLifetime: Money.Yuan(1)) }, "caps.perPeriod" },
        { "one kind that excludes itself",
            Sound with { NotBoth = [[IncidentKind.AccidentDeath, IncidentKind.AccidentDeath]] }, "notBoth.0" },
        { "a kind without benefit that is excluded",
            Sound with { NotBoth = [[IncidentKind.AccidentDeath, IncidentKind.Disability]] }, "notBoth.0" },
        { "an exclusion twice", Sound with { Exclusions = [new Exclusion("war", Name), new Exclusion("war", Name)] }, "exclusions" },
        { "an exclusion without a code", Sound with { Exclusions = [new Exclusion("", Name)] }, "exclusions.0.code" },
        { "told within no day", Sound with { ClaimWindow = new ClaimWindow(NoticeDays: 0) }, "claimWindow.noticeDays" },
        { "applied for within no month", Sound with { ClaimWindow = new ClaimWindow(ApplicationMonths: 0) },
            "claimWindow.applicationMonths" },
        { "no documents named", Sound with { Documents = Papers() }, "documents" },
        { "an empty list of documents", Sound with { Documents = Papers((IncidentKind.AccidentDeath, [])) }, "documents" },
        { "documents for what has no benefit",
            Sound with { Documents = Papers((IncidentKind.AccidentDeath, ["a"]), (IncidentKind.Disability, ["a"])) }, "documents" },
        { "a document twice", Sound with { Documents = Papers((IncidentKind.AccidentDeath, ["a", "a"])) }, "documents.accidentDeath" },
        { "a document without a name", Sound with { Documents = Papers((IncidentKind.AccidentDeath, ["a", ""])) },
            "documents.accidentDeath" },
        { "a document that is any other", Sound with { Documents = Papers((IncidentKind.AccidentDeath, ["other"])) },
            "documents.accidentDeath" },
        { "nobody who decides", Sound with { Review = [] }, "review" },
        { "a last line with a limit", Sound with { Review = [new ReviewLevel(UnionLevel.City, Money.Yuan(1))] }, "review.0.upTo" },
        { "a first line without a limit",
            Sound with { Review = [new ReviewLevel(UnionLevel.District), new ReviewLevel(UnionLevel.City)] }, "review.0.upTo" },
        { "limits that do not rise", Sound with { Review = [
            new ReviewLevel(UnionLevel.District, Money.Yuan(2)), new ReviewLevel(UnionLevel.City, Money.Yuan(2)),
            new ReviewLevel(UnionLevel.Province)] }, "review.1.upTo" },
        { "a limit of nothing",
            Sound with { Review = [new ReviewLevel(UnionLevel.District, Money.Zero), new ReviewLevel(UnionLevel.City)] }, "review.0.upTo" },
        { "higher amounts decided further down",
            Sound with { Review = [new ReviewLevel(UnionLevel.City, Money.Yuan(2)), new ReviewLevel(UnionLevel.District)] },
            "review.1.level" },
    };

    public static readonly TheoryData<string, PlanCard, string> Remarks = new()
    {
        { "the same path twice", Sound with { Prices = null, NotPublished = ["prices", "prices"] }, "notPublished" },
        { "prices that stand there", Sound with { NotPublished = ["prices"] }, "notPublished.0" },
        { "a cover that stands there", Sound with { NotPublished = ["eligibility.ages", "cover"] }, "notPublished.1" },
        { "caps that stand there", Sound with { Caps = new Caps(), NotPublished = ["caps"] }, "notPublished.0" },
        { "a benefit that stands there", Sound with { NotPublished = ["benefits.accidentDeath"] }, "notPublished.0" },
        { "a graded sum that stands there", SampleCards.Disability(new GradeRule("jrt-0083-2013", Money.Yuan(1))) with { NotPublished =
            ["benefits.disability"] },
            "notPublished.0" },
        { "a ratio that stands there", Medical(Tiers((0, 50, null))) with { NotPublished = ["benefits.hospitalisation.tiers"] },
            "notPublished.0" },
        { "a reduced share that stands there",
            Waiting(Thirty with { ReducedToDay = 90, ReducedPercent = 50 }) with { NotPublished = ["waiting.0.reducedPercent"] },
            "notPublished.0" },
    };

    [Theory]
    [MemberData(nameof(Heads))]
    [MemberData(nameof(Eligibilities))]
    [MemberData(nameof(PricesAndCover))]
    [MemberData(nameof(Waitings))]
    [MemberData(nameof(Benefits))]
    [MemberData(nameof(Illnesses))]
    [MemberData(nameof(Medicals))]
    [MemberData(nameof(CapsAndClaims))]
    [MemberData(nameof(Remarks))]
    public void A_fault_is_named_by_its_path(string what, PlanCard card, string path)
    {
        var faults = card.Faults();
        Assert.True(faults is [var (named, reason)] && named == path && reason.Length > 0, $"{what}: {string.Join("; ", faults)}");
    }

    public static readonly TheoryData<string, PlanCard> SoundOnes = new()
    {
        { "everything but a benefit unpublished",
            Sound with { Prices = null, Cover = null, NotPublished = ["prices", "cover", "caps", "eligibility", "waiting"] } },
        { "a benefit of which only the name is known",
            Sound.With(benefit => benefit with { LumpSum = null }) with { NotPublished = ["benefits.accidentDeath"] } },
        { "a table without its sum",
            SampleCards.Disability(new GradeRule("jrt-0083-2013")) with { NotPublished = ["benefits.disability"] } },
        { "a medical rule without its ratios",
            Medical(new MedicalRule(CostBase.OwnShare, Per.Admission)) with { NotPublished = ["benefits.hospitalisation.tiers"] } },
        { "a reduced period without its share",
            Waiting(Thirty with { ReducedToDay = 90 }) with { NotPublished = ["waiting.0.reducedPercent"] } },
        { "prices narrowing to wider", Priced(
            new PriceLine(Money.Yuan(45), UnionCard: true, Sex: Sex.Female), new PriceLine(Money.Yuan(50), UnionCard: true),
            new PriceLine(Money.Yuan(55))) },
        { "a refund at expiry", Priced(new PriceLine(Money.Yuan(410), Refunded: true)) with { Refund = RefundKind.AtExpiry } },
        { "no refund said to be none", Sound with { Refund = RefundKind.None } },
        { "shares that add up", Sound with { Funding = Shares(Money.Yuan(20), Money.Yuan(30)) } },
        { "a cap at the deductible", Deducted() with { Caps = new Caps(PerPeriod: Money.Yuan(10_000)) } },
        { "tiers that follow each other",
            Medical(Tiers((800, 30, 10_000), (10_000, 60, 100_000), (100_000, 80, 150_000)) with { Deductible = Money.Yuan(800) }) },
        { "a sum for mild beside one without severity",
            Critical(null, new IllnessAmount(Money.Yuan(2)), new IllnessAmount(Money.Yuan(1), Severity: Severity.Mild)) },
        { "the last ones in range", Sound with { Cover = new Cover(CoverStart.NextDay, 120, [1], new Renewal(366)),
            Eligibility = new Eligibility([new AgeRule(0, 150)], MaxUnits: 100) } },
        { "one level that decides all", Sound with { Review = [new ReviewLevel(UnionLevel.Province)] } },
    };

    [Theory]
    [MemberData(nameof(SoundOnes))]
    public void What_is_sound_has_no_fault(string what, PlanCard card) =>
        Assert.True(card.Faults().Count == 0, $"{what}: {string.Join("; ", card.Faults())}");

    [Fact]
    public void A_share_of_nothing_is_named_beside_the_sum_that_it_spoils() => Assert.Equal(
        ["funding.shares.1.amount"], (Sound with { Funding = Shares(Money.Yuan(50), Money.Zero) }).Faults().Select(fault => fault.Path));

    [Fact]
    public void Each_price_has_shares_that_make_it_up()
    {
        var faults = (Sound with
        {
            Prices = [new PriceLine(Money.Yuan(45), UnionCard: true), new PriceLine(Money.Yuan(55))],
            Funding = new FundingRule([FundingKind.Union, FundingKind.Member],
                [new FundingPart(Name, Money.Yuan(40)), new FundingPart(Name, Money.Yuan(5), UnionCard: true)]),
        }).Faults();
        Assert.Equal([("funding.shares", "the shares for prices.1 add up to 40.00, not to 55.00")], faults);
    }

    [Fact]
    public void A_tier_in_the_middle_without_end_leaves_the_next_one_nowhere() => Assert.Equal(
        ["benefits.0.medical.tiers.0.to", "benefits.0.medical.tiers.1.from"],
        Medical(Tiers((0, 50, null), (5_000, 60, null))).Faults().Select(fault => fault.Path));

    [Fact]
    public void Faults_of_every_part_are_named_in_the_order_of_the_card() => Assert.Equal(
        ["eligibility.maxUnits", "prices.0.perUnit", "cover.months", "waiting.0.days", "benefits.0.clause", "caps.perClaim",
            "claimWindow.noticeDays", "notPublished.0"],
        (Sound.With(benefit => benefit with { Clause = "" }) with
        {
            Eligibility = new Eligibility(MaxUnits: 0), Prices = [new PriceLine(Money.Zero)], Cover = new Cover(CoverStart.NextDay, 0),
            Waiting = [Thirty with { Days = -1 }],
            Caps = new Caps(PerClaim: Money.Zero), ClaimWindow = new ClaimWindow(0), NotPublished = ["cover"],
        }).Faults().Select(fault => fault.Path));

    [Fact]
    public void A_gap_and_an_overlap_are_told_with_the_amount_where_the_tier_should_begin()
    {
        Assert.Equal("leaves a gap after 5000.00", Medical(Tiers((0, 50, 5_000), (5_001, 60, null))).Faults().Single().Reason);
        Assert.Equal("overlaps the tier before it, which ends at 5000.00",
            Medical(Tiers((0, 50, 5_000), (4_999, 60, null))).Faults().Single().Reason);
        Assert.Equal("the cap lies below the deductible of 10000.00",
            (Deducted() with { Caps = new Caps(PerPeriod: Money.Yuan(1)) }).Faults().Single().Reason);
        Assert.Equal("is never reached: line 1 holds whenever it does",
            Priced(new PriceLine(Money.Yuan(50)), new PriceLine(Money.Yuan(40))).Faults().Single().Reason);
    }

    private static PlanCard Eligible(Eligibility eligibility) => Sound with { Eligibility = eligibility };

    private static PlanCard Priced(params PriceLine[] lines) => Sound with { Prices = lines };

    private static FundingRule Shares(params Money[] amounts) =>
        new([FundingKind.Union, FundingKind.Member], [.. amounts.Select(amount => new FundingPart(Name, amount))]);

    private static PlanCard Waiting(params WaitingPeriod[] periods) => Sound with { Waiting = periods };

    private static PlanCard Misfit(IncidentKind kind) =>
        SampleCards.Of(new Benefit(kind, SampleCards.Clause, LumpSum: new LumpSumRule(Money.Yuan(1))));

    private static PlanCard Hospital(MedicalRule rule, int grade) => SampleCards.Hospital(rule, grade);

    private static PlanCard Medical(MedicalRule rule) => SampleCards.Hospital(rule);

    private static PlanCard Deducted() => SampleCards.OverTheYear() with { Caps = null };

    private static PlanCard Allowance(AllowanceRule rule) => SampleCards.HospitalDays(rule);

    private static PlanCard Critical(string? catalogue, params IllnessAmount[] amounts) =>
        SampleCards.Critical(new IllnessRule(amounts, catalogue));

    private static MedicalRule Tiers(params (int From, int Percent, int? To)[] tiers) => new(CostBase.OwnShare, Per.Admission,
        Tiers: [.. tiers.Select(tier => new MedicalTier(Money.Yuan(tier.From), tier.Percent, tier.To is { } to ? Money.Yuan(to) : null))]);

    private static Dictionary<string, Money> Sums(string tier, string sum) => new() { [tier] = Cny(sum) };

    private static Dictionary<IncidentKind, IReadOnlyList<string>> Papers(params (IncidentKind Kind, string[] Names)[] papers) =>
        papers.ToDictionary(paper => paper.Kind, IReadOnlyList<string> (paper) => paper.Names);
}
