using FsCheck;
using FsCheck.Fluent;

namespace ClaimsEngine.Specs;

/// <summary>Laws of the interpreters over generated cards and facts.</summary>
public class PlanPropertySpecs
{
    // generators: every card is sound by the way it is made, and a law of its own says so

    private static readonly Gen<Money> Amounts = Gen.OneOf(Gen.Choose(1, 2_000), Gen.Choose(1, 1_000_000), Gen.Choose(1, 20_000_000))
        .Select(fen => new Money(fen));
    private static readonly Gen<Money> FromNothing = Gen.Frequency((1, Gen.Constant(Money.Zero)), (4, Amounts));
    private static readonly Gen<int> Percents = Gen.Choose(1, 100);

    private static Gen<T?> Maybe<T>(Gen<T> values) where T : struct =>
        Gen.Frequency((1, Gen.Constant((T?)null)), (2, values.Select(value => (T?)value)));

    private static Gen<T?> Perhaps<T>(Gen<T> values) where T : class =>
        Gen.Frequency((1, Gen.Constant((T?)null)), (2, values.Select(value => (T?)value)));

    private static Gen<T[]> Some<T>(Gen<T> values, int least, int most) =>
        from count in Gen.Choose(least, most) from some in values.ArrayOf(count) select some;

    /// <summary>Tiers from a beginning on, each as wide as it says; the last one has an end or none.</summary>
    private static IReadOnlyList<MedicalTier> TiersFrom(Money begin, IReadOnlyList<(Money Width, int Percent)> parts, bool ends)
    {
        var tiers = new List<MedicalTier>();
        foreach (var (width, percent) in parts)
        {
            tiers.Add(new MedicalTier(begin, percent, begin + width));
            begin += width;
        }
        if (!ends) tiers[^1] = tiers[^1] with { To = null };
        return tiers;
    }

    private static Gen<MedicalRule> Tiered(Per per) =>
        from @base in Gen.Elements(CostBase.OwnShare, CostBase.InScopeOwnShare, CostBase.Total)
        from deductible in Maybe(Amounts)
        from parts in Some(from width in Amounts from percent in Percents select (width, percent), 1, 4)
        from ends in Gen.Elements(true, false)
        select new MedicalRule(@base, per, deductible, TiersFrom(deductible ?? Money.Zero, parts, ends));

    private static Gen<MedicalRule> OneRatio(Per per) =>
        from @base in Gen.Elements(CostBase.OwnShare, CostBase.InScopeOwnShare, CostBase.Total)
        from deductible in Maybe(Amounts)
        from percent in Percents
        select new MedicalRule(@base, per, deductible, Percent: percent);

    private static readonly Gen<MedicalRule> ByOrdinal =
        from deductible in Maybe(Amounts) from ratios in Some(Percents, 5, 6)
            select new MedicalRule(CostBase.OwnShare, Per.Admission, deductible, ByAdmission: ratios);

    private static readonly Gen<MedicalRule> Medicals = Gen.OneOf(
        Tiered(Per.Admission), Tiered(Per.Accident), Tiered(Per.Year), OneRatio(Per.Admission), OneRatio(Per.Accident), OneRatio(Per.Year),
        ByOrdinal);

    private static readonly Gen<Benefit> Benefits = Gen.OneOf(
        from sum in Amounts from funeral in Maybe(Amounts)
            select new Benefit(IncidentKind.AccidentDeath, SampleCards.Clause, LumpSum: new LumpSumRule(sum, Funeral: funeral)),
        from sum in Amounts select new Benefit(IncidentKind.Disability, SampleCards.Clause, ByGrade: new GradeRule("jrt-0083-2013", sum)),
        from mild in Amounts from severe in Amounts select new Benefit(IncidentKind.CriticalIllness, SampleCards.Clause,
            Illness: new IllnessRule([new IllnessAmount(mild, Severity: Severity.Mild), new IllnessAmount(severe)],
                Excluded: [Severity.InSitu])),
        from day in Gen.Choose(1, 100_000) from counting in Gen.Elements(DayCounting.Inclusive, DayCounting.Exclusive)
            from first in Gen.Choose(1, 8)
        from most in Maybe(Gen.Choose(8, 200))
        from counted in Gen.Elements(DaysCounted.Paid, DaysCounted.Stayed)
        select new Benefit(IncidentKind.HospitalDays, SampleCards.Clause,
            Allowance: new AllowanceRule(new Money(day), counting, first, most, counted)),
        from rule in Medicals select new Benefit(IncidentKind.Hospitalisation, SampleCards.Clause, Medical: rule),
        from rule in Medicals select new Benefit(IncidentKind.AccidentMedical, SampleCards.Clause, Medical: rule));

    private static Gen<Caps> CapsAbove(Money least) =>
        from three in Amounts.ArrayOf(3) from claim in Gen.Elements(true, false) from period in Gen.Elements(true, false)
            from lifetime in Gen.Elements(true, false)
        from unit in Maybe(Amounts) from across in Maybe(Amounts)
        let rising = three.Order().Select(amount => amount + least).ToArray()
        select new Caps(claim ? rising[0] : null, period ? rising[1] : null, unit + least, lifetime ? rising[2] : null,
            across is { } most ? new GroupCap("g", most + least) : null);

    private static readonly Gen<PlanCard> Cards =
        from benefit in Benefits
        let deductible = benefit.Medical?.Deductible ?? Money.Zero
        from ownClaim in Maybe(Amounts) from ownPeriod in Maybe(Amounts)
            from once in Gen.Frequency((5, Gen.Constant(false)), (1, Gen.Constant(true)))
        from caps in CapsAbove(deductible)
        from days in Gen.Choose(0, 60) from reduced in Maybe(Gen.Choose(1, 60)) from percent in Gen.Choose(1, 99)
        from counting in Gen.Elements(DayCounting.Inclusive, DayCounting.Exclusive)
        from less in Gen.Elements(true, false) from within in Gen.Elements(true, false) from @void in Gen.Elements(true, false)
        select SampleCards.Of(benefit with { Once = once,
            Cap = new BenefitCap(ownClaim + deductible, ownClaim > ownPeriod ? ownClaim + deductible : ownPeriod + deductible) }) with
        {
            Caps = caps,
            Waiting = [new WaitingPeriod([benefit.Kind], "样例第七条", days, counting, Trigger.Incident, reduced + days,
                reduced is null ? null : percent)],
            Coordination = new Coordination(less ? ["relief"] : null, within),
            Eligibility = @void ? new Eligibility(MaxUnits: 3, ExcessUnits: ExcessUnits.Void) : new Eligibility(),
        };

    /// <summary>Stays one after another, some of them beginning on the day the last one ended.</summary>
    private static readonly Gen<Admission[]> Stays =
        (from gap in Gen.Choose(0, 20) from length in Gen.Choose(0, 40) from total in FromNothing from scope in Gen.Choose(0, 100)
            from share in Gen.Choose(0, 100)
         select (gap, length, total, scope, share)).ArrayOf(3).Select(parts =>
        {
            var (day, stays) = (SampleFacts.June1, new List<Admission>());
            foreach (var (gap, length, total, scope, share) in parts)
            {
                day = day.PlusDays(gap);
                stays.Add(new Admission(day, day.PlusDays(length), 3, total, total.Percent(scope), total.Percent(share)));
                day = day.PlusDays(length);
            }
            return stays.ToArray();
        });

    private static readonly Gen<Counters> Uses =
        from days in Gen.Choose(0, 250) from admissions in Gen.Choose(0, 2) from deductible in Maybe(Amounts)
            from share in Maybe(FromNothing) from used in FromNothing
        from lifetime in Maybe(FromNothing) from across in Maybe(FromNothing) from kind in Gen.Elements(Enum.GetValues<IncidentKind>())
        select new Counters(days, admissions, deductible, share, [new KindUse(kind, used)], lifetime, across);

    private static Gen<CaseFacts> FactsFor(PlanCard card) =>
        from units in Gen.Choose(1, 5) from used in FromNothing from uses in Perhaps(Uses) from day in Gen.Choose(0, 200)
            from grade in Gen.Choose(1, 10)
        from severity in Gen.Elements(Severity.Mild, Severity.Severe, Severity.InSitu) from stays in Stays from count in Gen.Choose(1, 3)
            from paid in Maybe(FromNothing)
        let kind = card.Benefits[0].Kind
        select new CaseFacts(kind, SampleFacts.Year2025.From.PlusDays(day), units, used,
            kind == IncidentKind.Disability ? grade : null, SampleFacts.Year2025,
            Severity: kind == IncidentKind.CriticalIllness ? severity : null, Admissions: [.. stays.Take(count)],
            OtherPayments: paid is { } amount ? [new OtherPayment("relief", amount)] : null, Counters: uses);

    private static readonly Gen<(PlanCard Card, CaseFacts Facts)> Cases = from card in Cards
        from facts in FactsFor(card) select (card, facts);

    private static Assessment Assess(PlanCard card, CaseFacts facts)
    {
        var (assessment, refusal) = Adjudication.Assess(card, facts);
        Assert.True(refusal is null, $"refused: {refusal}");
        return assessment!;
    }

    // laws

    [Fact]
    public void A_generated_card_is_sound_and_is_read_as_it_was_written() =>
        Property.Holds(Cards, card =>
        {
            var (read, faults) = CardReading.Read(card.Json());
            Assert.Empty(faults);
            Assert.True(JsonElement.DeepEquals(card.Json(), read!.Json()));
            Assert.Equal(CardReading.Hash(card.Json()), CardReading.Hash(read!.Json()));
        });

    [Fact]
    public void What_is_payable_is_never_below_nothing_and_never_above_any_cap_and_neither_is_it_with_what_was_used() =>
        Property.Holds(Cases, at =>
        {
            var (card, facts) = at;
            var amount = Assess(card, facts).Amount;
            Assert.True(amount >= Money.Zero);
            void Held(Money? cap, Money used)
            {
                if (cap is not { } most) return;
                Assert.True(amount <= most, $"{amount} is above the cap of {most}");
                Assert.True(!amount.IsPositive || used + amount <= most, $"{used} used and {amount} payable are above the cap of {most}");
            }
            var counted = card.Eligibility.MaxUnits is { } limit ? Math.Min(limit, facts.Units) : facts.Units;
            Held(card.Benefits[0].Cap!.PerClaim, Money.Zero);
            Held(card.Benefits[0].Cap!.PerPeriod, facts.Counters?.UsedFor(facts.Kind) ?? Money.Zero);
            Held(card.Caps!.PerClaim, Money.Zero);
            Held(card.Caps.PerUnit is { } unit ? unit * counted : null, facts.Used);
            Held(card.Caps.PerPeriod, facts.Used);
            Held(card.Caps.PerLifetime, facts.Counters?.Lifetime ?? Money.Zero);
            Held(card.Caps.AcrossPlans?.Amount, facts.Counters?.AcrossPlans ?? Money.Zero);
        }, runs: 2_000);

    [Fact]
    public void What_the_steps_add_makes_the_amount_and_the_last_one_says_it() =>
        Property.Holds(Cases, at =>
        {
            var (amount, steps, _) = Assess(at.Card, at.Facts);
            Assert.Equal(amount, Money.Sum(steps.Select(step => step.Adds ?? Money.Zero)));
            Assert.Equal(("payable", amount.ToString()), (steps[^1].Rule, steps[^1].Output));
            Assert.Single(steps, step => step.Rule == "payable");
        }, runs: 2_000);

    [Fact]
    public void The_same_card_and_facts_give_the_same_bytes_also_when_both_were_stored_and_read_again() =>
        Property.Holds(Cases, at =>
        {
            static byte[] Bytes(object value) => JsonSerializer.SerializeToUtf8Bytes(value, value.GetType(), ClaimsJson.Options);
            var facts = JsonSerializer.Deserialize<CaseFacts>(Bytes(at.Facts), ClaimsJson.Options)!;
            var card = CardReading.OfRecord(JsonSerializer.Deserialize<JsonElement>(Bytes(at.Card.Json())));
            Assert.Equal(Bytes(Assess(at.Card, at.Facts)), Bytes(Assess(at.Card, at.Facts)));
            Assert.Equal(Bytes(Assess(at.Card, at.Facts)), Bytes(Assess(card, facts)));
        }, runs: 500);

    [Fact]
    public void Raising_an_own_share_never_lowers_the_benefit() =>
        Property.Holds(from at in Cases.Where(at => at.Card.Benefits[0].Medical is not null) from place in Gen.Choose(0, 2)
            from more in Amounts select (at, place, more), one =>
        {
            var ((card, facts), place, more) = one;
            place %= facts.Admissions!.Count;
            var raised = facts with
            {
                // the whole cost rises with it, so that the facts still fit together
                Admissions = [.. facts.Admissions.Select((stay, i) =>
                    i != place ? stay : stay with { Total = stay.Total + more, OwnShare = stay.OwnShare + more })],
            };
            var (before, after) = (Assess(card, facts).Amount, Assess(card, raised).Amount);
            Assert.True(after >= before, $"{after} is less than {before}");
        }, runs: 2_000);

    /// <summary>To the fen, whatever the tiers: what a piece is paid is the difference of the rounded payments up to its ends.</summary>
    [Fact]
    public void Over_the_year_any_pieces_are_paid_exactly_what_the_whole_is() =>
        Property.Holds(
            from rule in Gen.OneOf(Tiered(Per.Year), OneRatio(Per.Year)) from cap in Maybe(Amounts) from shares in Some(FromNothing, 1, 8)
            from cuts in Gen.Elements(true, false).ArrayOf(8) select (rule, cap, shares, cuts), at =>
        {
            var card = SampleCards.Hospital(at.rule with { Base = CostBase.OwnShare })
                with { Caps = new Caps(PerPeriod: at.cap + (at.rule.Deductible ?? Money.Zero)) };
            var stays = SampleFacts.Stays([.. at.shares.Select(share => share.ToString())]).Admissions!;
            var whole = Assess(card, SampleFacts.Stays() with { Admissions = stays }).Amount;

            var (used, counters, claim) = (Money.Zero, new Counters(), new List<Admission>());
            for (var i = 0; i < stays.Count; i++)
            {
                claim.Add(stays[i]);
                if (!at.cuts[i] && i < stays.Count - 1) continue;
                var piece = Assess(card, (SampleFacts.Stays() with { Admissions = [.. claim], Used = used }).With(counters));
                (used, counters) = (used + piece.Amount, counters.After(IncidentKind.Hospitalisation, piece.Amount, piece.Consumed));
                claim.Clear();
            }
            Assert.Equal(whole, used);
            Assert.Equal(Money.Sum(at.shares), counters.Of(IncidentKind.Hospitalisation).OwnShare);
            Assert.Equal(Money.Min(Money.Sum(at.shares), at.rule.Deductible ?? Money.Zero),
                counters.Of(IncidentKind.Hospitalisation).Deductible);
        }, runs: 2_000);

    /// <summary>
    /// Where ratios do not fall, the parts of a stay reach no better tiers than the whole does, and each takes its own deductible. Tiers
    /// begin and end at whole yuan, as all published ones do, so that only the last tier of each part is rounded: that is one fen for each
    /// further admission at most.
    /// </summary>
    [Fact]
    public void Per_admission_splitting_a_stay_pays_no_more_where_ratios_do_not_fall_but_for_one_fen_of_rounding_each() =>
        Property.Holds(from widths in Some(Gen.Choose(1, 20_000), 1, 4) from ratios in Percents.ArrayOf(4)
            from deductible in Maybe(Gen.Choose(1, 2_000))
            from ends in Gen.Elements(true, false)
            from shares in Some(FromNothing, 2, 6) select (widths, ratios, deductible, ends, shares), at =>
        {
            var begin = at.deductible is { } yuan ? Money.Yuan(yuan) : (Money?)null;
            var rising = at.ratios.Order().ToArray();
            var card = SampleCards.Hospital(new MedicalRule(CostBase.OwnShare, Per.Admission, begin,
                TiersFrom(begin ?? Money.Zero, [.. at.widths.Select((width, i) => (Money.Yuan(width), rising[i]))], ends: false)));
            var whole = Assess(card, SampleFacts.Stays(Money.Sum(at.shares).ToString())).Amount;
            var parts = Assess(card, SampleFacts.Stays([.. at.shares.Select(share => share.ToString())])).Amount;
            Assert.True(parts <= whole + new Money(at.shares.Length - 1), $"{parts} for {at.shares.Length} parts is more than {whole}");
        }, runs: 2_000);

    [Fact]
    public void Being_moved_to_another_hospital_never_adds_a_day() =>
        Property.Holds(from counting in Gen.Elements(DayCounting.Inclusive, DayCounting.Exclusive) from first in Gen.Choose(1, 8)
            from most in Maybe(Gen.Choose(1, 100))
            from counted in Gen.Elements(DaysCounted.Paid, DaysCounted.Stayed) from length in Gen.Choose(0, 60)
                from cut in Gen.Choose(0, 60)
            select (new AllowanceRule(new Money(1), counting, first, most, counted), length, cut), at =>
        {
            var (rule, length, cut) = at;
            var (from, to) = (SampleFacts.June1, SampleFacts.June1.PlusDays(length));
            var moved = from.PlusDays(Math.Min(cut, length));
            var whole = Assess(SampleCards.HospitalDays(rule), SampleFacts.Days() with { Admissions = [new Admission(from, to)] }).Amount;
            var parts = Assess(SampleCards.HospitalDays(rule),
                SampleFacts.Days() with { Admissions = [new Admission(from, moved), new Admission(moved, to)] }).Amount;
            Assert.True(parts <= whole, $"{parts} days in two hospitals are more than {whole}");
            if (rule.FirstPaidDay == 1) Assert.Equal(whole, parts);
        }, runs: 1_000);

    [Fact]
    public void Stays_given_in_another_order_are_paid_the_same() =>
        Property.Holds(from at in Cases.Where(at => at.Card.Benefits[0] is { Medical: not null } or { Allowance: not null })
            from seed in Gen.Choose(0, int.MaxValue)
            select (at, seed), one =>
        {
            var ((card, facts), seed) = one;
            var shuffled = facts with { Admissions =
                [.. facts.Admissions!.OrderBy(stay => HashCode.Combine(seed, stay.Admitted.DayOfYear, stay.Discharged.DayOfYear))] };
            Assert.Equal(Assess(card, facts).Amount, Assess(card, shuffled).Amount);
        }, runs: 1_000);

    [Fact]
    public void A_higher_grade_number_and_a_lesser_injury_never_raise_the_benefit() =>
        Property.Holds(from grades in Gen.Choose(1, 10).ArrayOf(3) from place in Gen.Choose(0, 2) from worse in Gen.Choose(0, 9)
            select (grades, place, worse), at =>
        {
            var card = SampleCards.Disability(new GradeRule("jrt-0083-2013", Money.Yuan(10_000)));
            string[] parts = ["leftHand", "rightHand", "eye"];
            Money Of(IEnumerable<int> grades) =>
                Assess(card, SampleFacts.Disability([.. grades.Select((grade, i) => new Injury(grade, parts[i]))])).Amount;
            var lesser = at.grades.Select((grade, i) => i == at.place ? Math.Min(10, grade + at.worse) : grade);
            Assert.True(Of(lesser) <= Of(at.grades));
            Assert.True(Assess(card, SampleFacts.Disability(Math.Min(10, at.grades[0] + at.worse))).Amount <= Assess(card,
                SampleFacts.Disability(at.grades[0])).Amount);
        }, runs: 500);

    // lump-sum/1

    [Fact]
    public void In_format_1_what_is_payable_never_passes_the_cap_and_a_higher_grade_number_never_raises_it() =>
        Property.Holds(
            from sum in Amounts from cap in Amounts from units in Gen.Choose(1, 5) from used in FromNothing from grade in Gen.Choose(1, 9)
            select (sum, cap, units, used, grade), at =>
        {
            var card = APlanOfFormat1().Version(1)!.Card with
            {
                Caps = new Caps(PerPeriod: at.cap),
                Benefits = [new Benefit(IncidentKind.Disability, "sample", ByGrade: new GradeRule("jrt-0083-2013", at.sum))],
            };
            Money Of(int grade)
            {
                var (amount, steps, _) = Assess(card, new CaseFacts(IncidentKind.Disability, IncidentDay, at.units, at.used, grade));
                Assert.InRange(amount.Fen, 0, at.cap.Fen);
                Assert.True(!amount.IsPositive || at.used + amount <= at.cap);
                Assert.Equal(amount.ToString(), steps[^1].Output);
                return amount;
            }
            Assert.True(Of(at.grade + 1) <= Of(at.grade));
        });
}
