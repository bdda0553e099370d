namespace ClaimsEngine.Specs;

/// <summary>What holds for every seeded card.</summary>
public class SeedCardSpecs
{
    public static TheoryData<string> Files => [.. Cards.Files().Select(file => Path.GetFileName(file)!)];

    public static TheoryData<string, int, IncidentKind> Benefits
    {
        get
        {
            var all = new TheoryData<string, int, IncidentKind>();
            foreach (var code in Cards.Codes)
                foreach (var version in Cards.Plan(code).Versions)
                    foreach (var benefit in version.Card.Benefits) all.Add(code, version.Number, benefit.Kind);
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_card_is_read_without_faults_and_stands_under_its_own_name(string file)
    {
        var seed = JsonSerializer.Deserialize<Cards.Seed>(File.ReadAllText(Repository.Seeds("plans", file)), ClaimsJson.Options)!;
        Assert.Equal($"{seed.Code}.v{seed.Version}.json", file);
        Assert.Equal([], CardReading.Read(seed.Card).Faults);
    }

    [Fact]
    public void Versions_are_numbered_without_gaps_and_begin_one_after_the_other() => Assert.All(Cards.Codes, code =>
    {
        var versions = Cards.Plan(code).Versions;
        Assert.Equal(Enumerable.Range(1, versions.Count), versions.Select(version => version.Number));
        Assert.Equal(versions.Select(version => version.EffectiveFrom).Distinct().Order(),
            versions.Select(version => version.EffectiveFrom));
    });

    [Theory]
    [MemberData(nameof(Files))]
    public void A_card_cites_its_source_in_its_head_and_with_every_benefit(string file)
    {
        var card = Repository.Json(Repository.Seeds("plans", file))["card"]!;
        Assert.All(card["sources"]!.AsArray(), source => Assert.Matches("^(plans|facts)[.]md ", source!.GetValue<string>()));
        var assumed = card["assumed"]!.AsArray().Select(part => part!["path"]!.GetValue<string>()).ToArray();
        Assert.All(card["benefits"]!.AsArray(), benefit =>
            Assert.Matches(assumed.Contains("benefits") ? "^assumed: " : @"^P\d \([SU]\d+", benefit!["clause"]!.GetValue<string>()));
    }

    [Theory]
    [MemberData(nameof(Benefits))]
    public void A_minimal_quote_is_an_amount_whose_steps_add_up_or_names_what_is_not_published(string code, int number, IncidentKind kind)
    {
        var card = Cards.Card(code, number);
        foreach (var tier in card.BenefitFor(kind)!.CoverTiers ?? card.CoverTiers?.Select(tier => tier.Code) ?? [null!])
        {
            var (quote, refusal) = Cards.MinimalQuote(code, number, kind, tier);
            if (refusal is not null)
            {
                Assert.Equal(Refuse.NotPublished, refusal.Rule);
                Assert.All(refusal.Faults!, fault => Assert.Contains(fault.Field, card.NotPublished!));
                continue;
            }
            Assert.Equal(quote!.Payable, Money.Sum(quote.Steps.Select(step => step.Adds ?? Money.Zero)));
            Assert.Equal(("payable", quote.Payable.ToString()), (quote.Steps[^1].Rule, quote.Steps[^1].Output));
            Assert.All(quote.Steps, step =>
                Assert.All((string[])[step.Rule, step.Clause, step.Input, step.Output, step.Text, step.TextZh], Assert.NotEmpty));
            Assert.NotEmpty(quote.Documents);
            Assert.Equal((code, number, Cards.Plan(code).Version(number)!.RuleHash), (quote.Plan, quote.PlanVersion, quote.RuleHash));
        }
    }

    [Fact]
    public void No_more_is_assumed_than_this_but_for_lists_of_documents() =>
        Assert.Equal(
        [
            "gansu-2022-new-employment: benefits.accidentDeath", "gansu-2025-new-employment: benefits", "gansu-2025-new-employment: caps",
            "gansu-2025-new-employment: eligibility", "henan-2024-truck-drivers: benefits.disability.table",
            "hohhot-2025-hospital: benefits", "hohhot-2025-hospital: caps",
            "hohhot-2025-hospital: cover", "hohhot-2025-hospital: prices", "hohhot-2025-xinkang: benefits", "hohhot-2025-xinkang: cover",
            "hohhot-2025-xinkang: prices",
            "shanghai-2006-accident: benefits.accidentDeath", "shanxi-2026-drivers: benefits", "shanxi-2026-drivers: cover",
            "shanxi-2026-drivers: eligibility.occupations", "shanxi-2026-drivers: prices",
        ],
            Cards.Codes.SelectMany(code => Cards.Card(code).Assumed!.Where(part => part.Path != "documents")
                .Select(part => $"{code}: {part.Path}")));

    [Fact]
    public void Every_plan_that_others_call_by_its_code_is_there() => Assert.Empty(new[]
    {
        "gansu-2025-new-employment", "gansu-2022-new-employment", "zhangjiajie-2014-hospital", "yunnan-2011-hospital",
        "weihai-2013-hospital", "fuzhou-2012-hospital",
        "zhongshan-2019-hospital", "hubei-2025-hospital", "hubei-2025-critical-illness", "beijing-2011-hospital-days",
        "zhongshan-2019-hospital-days",
        "tianjin-2019-critical-illness", "binzhou-2015-womens-illness", "yinjian-2018-womens-illness", "sichuan-2020-hospital",
        "sichuan-2020-accident",
        "sichuan-2020-critical-illness", "shanghai-2006-accident", "shanghai-2019-basic-b", "henan-2024-truck-drivers",
        "qingdao-2025-new-employment", "cceia-2011-accident",
        "hohhot-2025-hospital", "hohhot-2025-xinkang", "shanxi-2026-drivers",
    }.Except(Cards.Codes));
}
