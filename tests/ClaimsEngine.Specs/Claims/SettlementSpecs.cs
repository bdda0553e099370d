namespace ClaimsEngine.Specs;

public class SettlementSpecs
{
    private static readonly JsonObject Whole = new()
    {
        ["source"] = "样例市医保中心", ["settlementNumber"] = "SAMPLE-0001", ["idNumber"] = DriversNumber.Value, ["name"] = "陈样例",
        ["admitted"] = "2025-10-20", ["discharged"] = "2025-10-27", ["hospitalGrade"] = 3, ["total"] = "9210.55", ["inScope"] = "8006.20",
        ["ownShare"] = "2873.46", ["illness"] = "other",
    };

    private static readonly OneClick Rules = new(Money.Yuan(3_000), ["insuranceSettlement"]);

    private static (SettlementLine? Line, IReadOnlyList<LineFault> Faults) Read(Action<JsonObject>? change = null)
    {
        var json = Whole.DeepClone().AsObject();
        change?.Invoke(json);
        return SettlementLine.Read(JsonSerializer.SerializeToElement(json));
    }

    private static SettlementLine ALine() => Read().Line!;

    // a line

    [Fact]
    public void A_whole_line_is_one_stay_in_hospital()
    {
        var (line, faults) = Read();
        Assert.Empty(faults);
        Assert.Equal(new Settlement("样例市医保中心", "SAMPLE-0001"), line!.ToSettlement());
        var incident = line.ToIncident();
        Assert.Equal((IncidentKind.Hospitalisation, Day("2025-10-20"), "other"), (incident.Kind, incident.Date, incident.Illness));
        Assert.Equal([new Admission(Day("2025-10-20"), Day("2025-10-27"), 3, Cny("9210.55"), Cny("8006.20"), Cny("2873.46"))],
            incident.Admissions!);
    }

    [Theory]
    [InlineData("hospitalGrade")]
    [InlineData("illness")]
    public void A_line_may_leave_open_what_not_every_plan_reads(string member) => Assert.Empty(Read(json => json.Remove(member)).Faults);

    [Theory]
    [InlineData("source", null, "value-missing")]
    [InlineData("settlementNumber", null, "value-missing")]
    [InlineData("ownShare", null, "value-missing")]
    [InlineData("source", "", "value-invalid")]
    [InlineData("source", "=1", "value-invalid")]
    [InlineData("settlementNumber", "A/1", "value-invalid")]
    [InlineData("settlementNumber", "A\n", "value-invalid")]
    [InlineData("idNumber", "620602199001010020", "value-invalid")]
    [InlineData("name", " 陈样例", "value-invalid")]
    [InlineData("admitted", "20.10.2025", "value-invalid")]
    [InlineData("discharged", "2025-10-19", "value-contradicts")]
    [InlineData("admitted", "1800-01-01", "value-contradicts")]
    [InlineData("total", "9,210.55", "value-invalid")]
    [InlineData("ownShare", "-1.00", "value-contradicts")]
    [InlineData("inScope", "9210.56", "value-contradicts")]
    [InlineData("illness", "a b", "value-invalid")]
    [InlineData("hospitalGrade", "3", "value-invalid")]
    public void A_fault_names_its_column_and_never_what_stands_there(string column, string? value, string code)
    {
        var (line, faults) = Read(json => json[column] = value);
        Assert.Null(line);
        Assert.Contains(faults, fault => (fault.Column, fault.Code) == (column, code));
        Assert.All(faults, fault =>
        {
            Assert.NotEmpty(fault.TextZh);
            if (value is { Length: > 3 }) Assert.DoesNotContain(value, fault.Text + fault.TextZh, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_fault_of_a_line_is_told()
    {
        var (_, faults) = Read(json =>
        {
            json.Remove("name");
            (json["total"], json["diagnosis"]) = ("much", "J18");
        });
        Assert.Equal([("diagnosis", "unknown-member"), ("name", "value-missing"), ("total", "value-invalid")],
            faults.Select(fault => (fault.Column!, fault.Code)).Order());
    }

    [Fact]
    public void A_line_that_is_no_object_is_unreadable() =>
        Assert.Equal("line-unreadable", Assert.Single(SettlementLine.Read(JsonSerializer.SerializeToElement(7)).Faults).Code);

    [Fact]
    public void Every_member_of_a_line_is_a_column() => Assert.Equal(
        typeof(SettlementLine).GetConstructors()[0].GetParameters().Select(parameter => JsonNamingPolicy.CamelCase.ConvertName(
            parameter.Name!)).Order(), SettlementLine.Columns.Select(column => column.Name).Order());

    [Fact]
    public void The_digest_of_a_line_is_that_of_what_it_says()
    {
        Assert.Matches("^[0-9a-f]{64}$", ALine().Sha256());
        Assert.Equal(ALine().Sha256(), Read(json => json["hospitalGrade"] = 3).Line!.Sha256());
        Assert.NotEqual(ALine().Sha256(), Read(json => json["ownShare"] = "2873.47").Line!.Sha256());
    }

    // the certificate

    private static StraightThrough.Held Held(string plan = "sample-hospital", Func<Enrolment, Enrolment>? change = null)
    {
        var enrolment = AnEnrolledTruckDriver() with { Plan = plan };
        return new StraightThrough.Held(change?.Invoke(enrolment) ?? enrolment, Samples.HospitalPlan);
    }

    [Fact]
    public void The_one_certificate_that_covers_the_day_of_admission_is_taken() =>
        Assert.NotNull(StraightThrough.CoverFor(ALine(), null, [Held(), Held(change: one => one with
        {
            CoverFrom = Day("2024-01-01"), CoverTo = Day("2024-12-31"),
        })]).Cover);

    [Fact]
    public void Without_a_certificate_of_a_hospital_plan_in_force_a_person_looks()
    {
        StraightThrough.Held[][] none =
        [
            [], [Held(change: one => one with { Status = EnrolmentStatus.Pending })],
            [Held() with { Card = TheRules().Card }], [Held(change: one => one with { CoverTo = Day("2025-10-19") })],
        ];
        Assert.All(none, held =>
            Assert.Equal(Refuse.NoHospitalCover, StraightThrough.CoverFor(ALine(), null, held).No!.Rule));
    }

    [Fact]
    public void Of_several_certificates_a_person_chooses_unless_the_feed_is_for_one_plan()
    {
        StraightThrough.Held[] two = [Held(), Held("other-hospital")];
        Assert.Equal(Refuse.SeveralCovers, StraightThrough.CoverFor(ALine(), null, two).No!.Rule);
        Assert.Equal("other-hospital", StraightThrough.CoverFor(ALine(), "other-hospital", two).Cover!.Plan);
        Assert.Equal(Refuse.NoHospitalCover, StraightThrough.CoverFor(ALine(), "third", two).No!.Rule);
    }

    // the decision

    private static Claim AnAssessedClaim(string amount = "3000.00") => StateOf<Claim>(
        [Submitted(), .. AllPapers(), Assessed() with { Amount = Cny(amount) }]);

    [Theory]
    [InlineData("3000.00", null)]
    [InlineData("0.01", null)]
    [InlineData("3000.01", "over-straight-through-limit")]
    [InlineData("0.00", "nothing-to-approve")]
    public void Up_to_the_limit_and_above_nothing_a_claim_is_approved_straight_through(string amount, string? code) =>
        Assert.Equal(code, StraightThrough.BeforeApproval(AnAssessedClaim(amount), Rules)?.Code);

    [Fact]
    public void What_is_flagged_not_assessed_or_under_no_rules_goes_to_a_person()
    {
        Assert.Equal(Refuse.ClaimFlagged, StraightThrough.BeforeApproval(
            AnAssessedClaim() with { Flags = [ClaimFlags.IncidentBeforeEnrolment] }, Rules)!.Rule);
        Assert.Equal(Refuse.WrongState, StraightThrough.BeforeApproval(ASubmittedClaim(), Rules)!.Rule);
        Assert.Equal(Refuse.NoStraightThrough, StraightThrough.BeforeApproval(AnAssessedClaim(), null)!.Rule);
    }

    [Fact]
    public void The_reason_of_an_approval_names_the_settlement_the_rules_and_the_limit_and_is_no_longer_than_a_reason_may_be()
    {
        var rules = HandlingRules.For(Liangzhou, Today);
        foreach (var (flags, said) in ((string[]?, string)[])[(null, "no flags"), ([ClaimFlags.IncidentBeforeEnrolment], "imported later")])
        {
            var reason = StraightThrough.Reason(
                ALine() with { SettlementNumber = new string('9', 64) }, rules, AnAssessedClaim() with { Flags = flags });
            foreach (var part in (string[])[new string('9', 64), "default/1", "3000.00", said])
                Assert.Contains(part, reason, StringComparison.Ordinal);
            Assert.InRange(reason.Length, 1, 500);
        }
    }

    [Fact]
    public void A_stay_before_a_certificate_was_imported_is_decided_where_the_rules_allow_it_and_the_list_itself_is_older()
    {
        var claim = AnAssessedClaim() with { Flags = [ClaimFlags.IncidentBeforeEnrolment] };
        var (first, rules) = (claim.Incident.FirstDay, Rules with { ImportedCover = true });
        Assert.Null(StraightThrough.BeforeApproval(claim, rules, Cover(first.PlusDays(-1))));
        Assert.Null(StraightThrough.BeforeApproval(claim, rules, Cover(first)));

        Assert.Equal(Refuse.ClaimFlagged, StraightThrough.BeforeApproval(claim, rules, Cover(first.PlusDays(1)))!.Rule);
        Assert.Equal(Refuse.ClaimFlagged, StraightThrough.BeforeApproval(claim, Rules, Cover(first))!.Rule);
        Assert.Equal(Refuse.ClaimFlagged, StraightThrough.BeforeApproval(claim, rules)!.Rule);
        Assert.Equal(Refuse.ClaimFlagged, StraightThrough.BeforeApproval(
            claim, rules, Cover(first) with { Id = new EnrolmentId(Guid.NewGuid()) })!.Rule);
        foreach (var flags in (string[][])[[ClaimFlags.LikelyDuplicate], [ClaimFlags.IncidentBeforeEnrolment, ClaimFlags.LikelyDuplicate]])
            Assert.Equal(Refuse.ClaimFlagged, StraightThrough.BeforeApproval(claim with { Flags = flags }, rules, Cover(first))!.Rule);

        Enrolment Cover(LocalDate enteredFor) => AnEnrolledTruckDriver() with
        {
            Id = claim.Enrolment, EnrolledOn = Today,
            CertificateNumber = ReferenceNumber.For('E', Liangzhou, enteredFor, claim.Enrolment.Value),
        };
    }

    // the settlement of a claim

    [Fact]
    public void A_settlement_has_one_claim_even_after_that_was_withdrawn()
    {
        var claim = StateOf<Claim>(Submitted() with { Settlement = ALine().ToSettlement() });
        Assert.Equal(ALine().ToSettlement(), claim.Settlement);
        var decision = WithdrawClaimHandler.Handle(
            new WithdrawClaim(claim.Id, "r"), claim, AnEnrolledTruckDriver(), Officer, Today);
        Assert.DoesNotContain(decision.Keys, key => key.Change.Key == claim.Settlement!.ToKey());
    }

    [Fact]
    public void The_key_of_a_settlement_is_taken_before_that_of_a_person() =>
        Assert.True(string.CompareOrdinal(ALine().ToSettlement().ToKey().Scope, Person.Key("hash").Scope) < 0);

    [Fact]
    public void A_line_differs_from_a_claim_when_it_tells_another_person_or_stay()
    {
        var claim = StateOf<Claim>(Submitted(ALine().ToIncident()));
        var member = StateOf<Person>(DriverRegistered());
        Assert.False(StraightThrough.Differs(ALine(), claim, member));
        Assert.True(StraightThrough.Differs(ALine() with { OwnShare = Cny("1.00") }, claim, member));
        Assert.True(StraightThrough.Differs(ALine(), claim, member with { IdNumber = IdentityNumber.Of("150123198004170031") }));
    }
}
