namespace ClaimsEngine.Specs;

/// <summary>The sample claim of the truck driver, decided on 20 November 2025, and its letters.</summary>
public class LetterSpecs
{
    private static readonly Actor National = new("sample-approver-national", [Role.Approver], RegionCode.National);

    [Fact]
    public async Task A_refusal_is_told_with_its_grounds_its_clause_its_steps_and_how_to_appeal()
    {
        var (world, claim) = Refused();
        var letter = (await Letter(world, claim, LetterKind.Declined))!;
        Assert.Equal(("互助保障金不予给付决定书", null, "甘肃省职工互助保障经办机构", "2025年11月20日", "default/1"),
            (letter.Title, letter.Notice, letter.Office, letter.Day, letter.Template));
        var text = Text(letter);
        foreach (var told in (string[])
        [
            "陈样例：", letter.Number, "第1版", "意外伤残，2025年10月20日，伤残1级", "理由：不属于保障责任", "依据条款：第五条", "核算金额为120000.00元",
            "60日内", "2026年1月19日", "全国职工互助保障经办机构",
        ])
            Assert.Contains(told, text);
        var steps = Assert.Single(letter.Parts, part => part.Steps is not null).Steps!;
        Assert.Equal(world.All<Claim>().Single().Assessment!.Steps, steps);
    }

    [Fact]
    public async Task A_paragraph_of_which_nothing_is_known_is_left_out()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        world.Do(Approver, new RefuseClaim(claim, "不属于保障责任")).The<ClaimRefused>();
        var letter = (await Letter(world, claim, LetterKind.Declined))!;
        Assert.All(["依据条款", "核算金额", "除外责任"], none => Assert.DoesNotContain(none, Text(letter)));
        Assert.DoesNotContain(letter.Parts, part => part.Steps is not null);
        Assert.DoesNotContain('{', Text(letter));
    }

    [Fact]
    public async Task An_approval_is_told_with_its_amount_in_capital_numerals_and_to_whom_it_is_paid()
    {
        var world = Journey.ToAnApprovedClaim(out _);
        var letter = (await Letter(world, world.All<Claim>().Single().Id, LetterKind.Approved))!;
        Assert.Contains("人民币壹拾贰万元整（¥120000.00元）", Text(letter));
        var payee = Assert.Single(letter.Parts.SelectMany(part => part.Items ?? []));
        Assert.StartsWith("陈样例（本人）：120000.00元，样例银行武威凉州支行", payee);
        Assert.DoesNotContain(DriversAccountDetails.Number.Value, payee);
    }

    [Fact]
    public async Task Each_of_several_heirs_is_named_with_the_own_part()
    {
        var world = World.WithAProgramme();
        var enrolment = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        var claim = Journey.ToADeathWithAllPapers(world, enrolment);
        world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>();
        var approved = world.Do(Approver, new ApproveClaim(claim, Money.Yuan(120_000), "材料齐全")).The<ClaimApproved>();
        var letter = (await Letter(world, claim, LetterKind.Approved))!;
        var payees = Assert.Single(letter.Parts, part => part.Items is not null).Items!;
        Assert.Equal(3, payees.Count);
        Assert.All(payees.Zip(approved.Payouts!), pair => Assert.Contains($"：{pair.Second.Amount}元", pair.First));
    }

    [Fact]
    public async Task A_decision_on_an_appeal_is_told_with_what_it_was_about()
    {
        foreach (var (outcome, told) in ((AppealOutcome, string)[])
            [(AppealOutcome.Upheld, "维持原不予给付决定"), (AppealOutcome.Reversed, "撤销原不予给付决定")])
        {
            var (world, claim) = Refused();
            world.Do(Officer, new AppealRefusal(claim, "病理报告在卷")).The<ClaimAppealed>();
            world.Do(National, new DecideAppeal(claim, outcome, "复核结论"));
            var text = Text((await Letter(world, claim, LetterKind.AppealDecision))!);
            Assert.All([told, "病理报告在卷", "理由：复核结论", "甘肃省职工互助保障经办机构于2025年11月20日"], part => Assert.Contains(part, text));
        }
    }

    [Fact]
    public async Task A_request_for_papers_names_them_in_Chinese_and_until_when()
    {
        var world = World.WithAProgramme();
        var enrolment = world.Do(Officer, new Enrol(Journey.TheDriver, ProgrammeCode)).The<EnrolmentStarted>().Enrolment;
        var claim = world.Do(Officer, new SubmitClaim(enrolment, GradeOneDisability,
            new ClaimantDetails("陈样例", DriversNumber, Relation.Self, DriversAccountDetails))).The<ClaimSubmitted>().Claim;
        world.Do(Officer, new RequestSupplement(claim, null, "请提供原件")).The<SupplementRequested>();
        var letter = (await Letter(world, claim, LetterKind.Supplement))!;
        Assert.Equal(["情况说明", "身份证件", "伤残鉴定书", "银行账户证明"], Assert.Single(letter.Parts, part => part.Items is not null).Items!);
        Assert.Contains("说明：请提供原件", Text(letter));
        Assert.Contains("2025年12月20日", Text(letter));
    }

    [Fact]
    public async Task The_letter_of_an_earlier_refusal_is_written_again_and_says_that_it_no_longer_holds()
    {
        var (world, claim) = Refused();
        var first = world.All<Claim>().Single().StreamVersion;
        var then = Text((await Letter(world, claim, LetterKind.Declined))!);
        world.Do(Officer, new AppealRefusal(claim, "病理报告在卷"));
        world.Do(National, new DecideAppeal(claim, AppealOutcome.Reversed, "复核结论"));
        world.Do(Officer, new AssessClaim(claim));
        world.Do(Approver with { Id = "sample-approver-2" }, new RefuseClaim(claim, "另一理由", "第六条")).The<ClaimRefused>();

        var again = (await Letter(world, claim, LetterKind.Declined, first))!;
        Assert.Equal((then, first, true), (Text(again), again.Version, again.Notice is not null));
        var last = (await Letter(world, claim, LetterKind.Declined))!;
        Assert.Contains("另一理由", Text(last));
        Assert.Null(last.Notice);
        Assert.Null(await Letter(world, claim, LetterKind.Declined, first - 1));
        Assert.Null(await Letter(world, claim, LetterKind.Approved));
    }

    [Fact]
    public async Task What_people_have_written_is_never_read_as_a_name_of_a_value_and_turns_no_direction()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        world.Do(Approver, new RefuseClaim(claim, "{member}\u202E{{number}}\u0007\r\n<b>$1", "\u200F第五条\u2066")).The<ClaimRefused>();
        var text = Text((await Letter(world, claim, LetterKind.Declined))!);
        Assert.Contains("理由：{member}{{number}}  <b>$1", text);
        Assert.Contains("依据条款：第五条\n", text);
    }

    [Fact]
    public async Task A_reason_of_a_million_letters_is_written_whole()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        var reason = new string('长', 1_000_000);
        var events = world.Stream(claim.Value).ToList();
        events.Add(World.Recorded(TheRefusal with { Reason = reason }, claim.Value, "claim", events.Count + 1, world.Now));
        Assert.Contains(reason, Text((await LetterOfClaim.Of(events, LetterKind.Declined, null, world))!));
    }

    [Fact]
    public void Every_text_of_the_seeds_is_without_a_fault_and_names_every_paper_that_a_seeded_plan_asks_for()
    {
        Assert.NotEmpty(LetterTemplates.All);
        Assert.All(LetterTemplates.All, texts => Assert.Empty(texts.Faults()));
        var kinds = Directory.GetFiles(Repository.Seeds("plans"), "*.v*.json").Select(Repository.Json)
            .SelectMany(plan => plan["card"]!["documents"]!.AsObject()).SelectMany(papers => papers.Value!.AsArray())
            .Select(kind => (string)kind!).Distinct().ToArray();
        Assert.NotEmpty(kinds);
        Assert.All(LetterTemplates.All, texts => Assert.Subset(texts.Papers.Keys.ToHashSet(), kinds.ToHashSet()));
    }

    [Theory]
    [InlineData("理由：{reson}", "knows no {reson}")]
    [InlineData("步骤{steps}", "stands alone")]
    [InlineData("理由：{reason", "brace")]
    [InlineData("应补{papers}", "knows no {papers}")]
    public void A_faulty_text_is_found(string paragraph, string fault)
    {
        var texts = LetterTemplates.All[0];
        var letter = texts.Letters[LetterForm.Declined];
        var changed = texts with
        {
            Letters = new Dictionary<LetterForm, LetterTemplate>(texts.Letters)
            {
                [LetterForm.Declined] = letter with { Paragraphs = [.. letter.Paragraphs, paragraph] },
            },
        };
        Assert.Contains(changed.Faults(), found => found.Contains(fault));
    }

    [Fact]
    public void A_letter_that_is_missing_or_does_not_tell_what_it_is_for_is_found()
    {
        var texts = LetterTemplates.All[0];
        var lacking = texts with
        {
            Letters = new Dictionary<LetterForm, LetterTemplate> { [LetterForm.Declined] = new LetterTemplate("书", ["{claimant}"]) },
        };
        Assert.Contains("Approved: is missing", lacking.Faults());
        Assert.Contains("Declined: lacks {appealUntil}", lacking.Faults());
    }

    private static (World World, ClaimId Claim) Refused()
    {
        var world = World.WithAProgramme();
        var claim = Journey.ToAClaimWithAllPapers(world);
        world.Do(Officer, new AssessClaim(claim)).The<ClaimAssessed>();
        world.Do(Approver, new RefuseClaim(claim, "不属于保障责任", "第五条")).The<ClaimRefused>();
        return (world, claim);
    }

    private static Task<Letter?> Letter(World world, ClaimId claim, LetterKind kind, long? version = null) =>
        LetterOfClaim.Of(world.Stream(claim.Value), kind, version, world);

    private static string Text(Letter letter) => string.Concat(letter.Parts.Select(part => $"{part.Text}\n"));
}
