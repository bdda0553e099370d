using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Letters;

/// <summary>What a letter tells of.</summary>
public enum LetterKind
{
    /// <summary>A refusal.</summary>
    Declined,

    Approved,

    /// <summary>A refusal that was upheld or reversed on appeal.</summary>
    AppealDecision,

    /// <summary>A request for papers.</summary>
    Supplement,
}

/// <summary>Writes the letter of a decision from the claim's events as they were then, and from the people's streams.</summary>
public static class LetterOfClaim
{
    private const string Office = "office";

    /// <param name="events">of the claim, from the first on</param>
    /// <param name="version">the letter of the last such decision up to this version of the claim; null for the last one</param>
    /// <returns>null where there is no such decision</returns>
    public static async Task<Letter?> Of(
        IReadOnlyList<RecordedEvent> events, LetterKind kind, long? version, IRecords records)
    {
        if (events.LastOrDefault(recorded => !(recorded.Version > version) && KindOf(recorded.Data) == kind) is not { } decision)
            return null;
        var claim = Fold.Of<Claim>(events.Where(recorded => recorded.Version <= decision.Version).Select(recorded => recorded.Data))!;
        await records.Look([claim.Enrolment.Value, PlanId.Of(claim.Plan).Value, .. ClaimView.PeopleOf(claim)]);
        var card = (await Plan.BoundVersion(records, claim.Plan, claim.PlanVersion)).Card;
        var enrolment = await records.Get<Enrolment>(claim.Enrolment.Value);
        var day = decision.RecordedAt.Date();
        var templates = LetterTemplates.For(claim.Region, day);
        var words = new LetterWords(templates, card);

        var values = new Dictionary<string, string?>
        {
            ["claimant"] = await Name(claim.Claimant), ["member"] = await Name(claim.Member), ["number"] = claim.Number,
            ["certificate"] = enrolment.CertificateNumber, ["plan"] = card.Name.Zh, ["planVersion"] = $"{claim.PlanVersion}",
            ["incident"] = words.Of(claim.Incident), ["submittedOn"] = LetterText.Day(events[0].RecordedAt.Date()),
            ["office"] = templates.OfficeOf(OfficeOf(decision) ?? claim.Region), ["day"] = LetterText.Day(day),
            ["assessed"] = claim.Assessment?.Amount.ToString(), ["exclusions"] = words.Exclusions(claim.Incident),
        };
        var form = Told(decision, claim, events, words, values);
        IReadOnlyList<string>? payees = form == LetterForm.Approved ? await Payees(claim, templates, records) : null;
        var plain = values.ToDictionary(pair => pair.Key, pair => pair.Value is { } value ? LetterText.Plain(value) : null);
        var later = events.Where(recorded => recorded.Version > decision.Version).Select(recorded => recorded.Data);
        return new Letter(
            templates.Letters[form].Title, claim.Number, decision.Version, Supersedes(kind, later) ? templates.Superseded : null,
            [.. templates.Letters[form].Paragraphs.Select(Part).OfType<LetterPart>()], plain["office"]!, plain["day"]!,
            $"{(templates.Region.Value.Length == 0 ? "default" : templates.Region.Value)}/{templates.Version}");

        async Task<string> Name(PersonId person) => (await records.FindAnywhere<Person>(person.Value))?.Name ?? "（姓名已删除）";

        LetterPart? Part(string paragraph) => paragraph switch
        {
            "{steps}" => claim.Assessment is { } assessed ? new LetterPart(Steps: assessed.Steps) : null,
            "{papers}" => new LetterPart(Items: [.. claim.Supplement!.Kinds.Select(templates.PaperOf)]),
            "{payees}" => payees is null ? null : new LetterPart(Items: [.. payees.Select(LetterText.Plain)]),
            _ => LetterTemplates.Filled(paragraph, plain) is { } text ? new LetterPart(text) : null,
        };
    }

    /// <summary>Adds what only this kind of decision has, and says which text tells it.</summary>
    private static LetterForm Told(
        RecordedEvent decision, Claim claim, IReadOnlyList<RecordedEvent> events, LetterWords words, Dictionary<string, string?> values)
    {
        switch (decision.Data)
        {
            case ClaimRefused refused:
                (values["reason"], values["clause"]) = (refused.Reason, refused.Clause);
                values["appealUntil"] = refused.AppealableUntil is { } last ? LetterText.Day(last) : null;
                values["appealTime"] = LetterWords.Of(HandlingRules.For(claim.Region, decision.RecordedAt.Date()).Appeal);
                values["appealTo"] = OfficeOf(decision) is { } office ? words.Templates.OfficeOf(office.Above()) : null;
                return LetterForm.Declined;
            case ClaimApproved approved:
                (values["reason"], values["amount"]) = (approved.Reason, approved.Amount.ToString());
                values["amountInWords"] = ChineseCapitals.Of(approved.Amount);
                return approved.Amount.IsPositive ? LetterForm.Approved : LetterForm.Counted;
            case SupplementRequested asked:
                (values["note"], values["answerBy"]) = (asked.Text, LetterText.Day(asked.Deadline.DueOn));
                return LetterForm.Supplement;
        }
        var refusal = events.Last(recorded => recorded.Version < decision.Version && recorded.Data is ClaimRefused);
        values["refusedOn"] = LetterText.Day(refusal.RecordedAt.Date());
        values["refusedBy"] = words.Templates.OfficeOf(OfficeOf(refusal) ?? claim.Region);
        values["appealReason"] = claim.Appeal!.Reason;
        if (decision.Data is RefusalReversed reversed)
        {
            (values["reason"], values["nextBy"]) = (reversed.Reason, LetterText.Day(reversed.Deadline.DueOn));
            return LetterForm.AppealReversed;
        }
        var upheld = (RefusalUpheld)decision.Data;
        (values["reason"], values["clause"]) = (upheld.Reason, upheld.Clause);
        return LetterForm.AppealUpheld;
    }

    private static async Task<IReadOnlyList<string>> Payees(Claim claim, LetterTemplates templates, IRecords records)
    {
        var payees = new List<string>();
        foreach (var (person, account, relation, amount) in claim.Heirs is { } heirs
            ? heirs.Select(heir => (heir.Person, heir.Account, (Relation?)heir.Relation,
                claim.Outcome!.Payouts?.FirstOrDefault(part => part.Heir == heir.Person)?.Amount ?? Money.Zero))
            : [(claim.Payee, claim.Account, claim.Payee == claim.Member ? Relation.Self : claim.Relation, claim.Outcome!.Amount!.Value)])
        {
            var found = await records.FindAnywhere<Person>(person.Value);
            var paidTo = found?.AccountOf(account) is { } known ? $"，{known.Bank} {known.Number.Masked}" : "";
            payees.Add($"{found?.Name ?? "（姓名已删除）"}（{templates.Relations[relation!.Value]}）：{amount}元{paidTo}");
        }
        return payees;
    }

    private static LetterKind? KindOf(object @event) => @event switch
    {
        ClaimRefused => LetterKind.Declined,
        ClaimApproved => LetterKind.Approved,
        RefusalUpheld or RefusalReversed => LetterKind.AppealDecision,
        SupplementRequested => LetterKind.Supplement,
        _ => null,
    };

    /// <summary>Whether a later fact took the decision's ground away. Papers that came, or a claim that ended, do not make a letter
    /// wrong.</summary>
    private static bool Supersedes(LetterKind kind, IEnumerable<object> later) => later.Any(fact => kind switch
    {
        LetterKind.Declined => fact is RefusalReversed or ClaimReopened,
        LetterKind.AppealDecision => fact is ClaimReopened,
        _ => false,
    });

    /// <summary>Where the person acted; null for events of before it was noted.</summary>
    private static RegionCode? OfficeOf(RecordedEvent recorded) =>
        (recorded.Data as ClaimRefused)?.ByRegion is { } told ? told
        : recorded.Metadata.Headers.TryGetValue(Office, out var code) && RegionCode.TryParse(code, out var region, out _) ? region : null;
}
