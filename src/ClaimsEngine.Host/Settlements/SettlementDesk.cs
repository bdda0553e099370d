using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Settlements;

/// <summary>A feed while it is carried out.</summary>
/// <param name="Work">its id</param>
/// <param name="Trace">of the request that sent it</param>
/// <param name="Sender">submits the claims; nothing outside this region is seen or touched</param>
/// <param name="Plan">only certificates of this plan; null for any</param>
public sealed record SettlementJob(Guid Work, string Trace, Actor Sender, string? Plan, CancellationToken Cancellation)
{
    public Actor Assessor { get; } = Sender with { Id = StraightThrough.Assessor, Roles = [Role.Officer] };

    /// <summary>With the approval limit of the sender's union level.</summary>
    public Actor Approver { get; } = Sender with { Id = StraightThrough.Approver, Roles = [Role.Approver] };

    /// <summary>Of one command of one line: a feed that is gone on with after a kill does nothing twice.</summary>
    public string KeyOf(int line, string step) => $"settlements/{Work:N}/{line}/{step}";
}

/// <summary>The storage is full: the feed stops here.</summary>
internal sealed class StorageFullException() : Exception("the storage is full");

/// <summary>
/// Carries one line of a feed as far as it goes without a person. Every step is one of the commands that people give, sent through the
/// same desk, so that no rule is asked in another way. What was reached is read from the claim itself: a line that was cut off goes on
/// from there.
/// </summary>
public sealed class SettlementDesk(CommandDesk desk, RecordRoom room, ClaimsStorage storage, IClock clock)
{
    /// <summary>How often a command is sent again when others change the same things at that moment.</summary>
    private const int Tries = 5;

    public async Task<SettlementLineResult> Carry(SettlementJob job, int number, SettlementLine line)
    {
        if (await Earlier(job, line) is not { } claim)
        {
            if (await Submit(job, number, line) is { } no) return Routed(number, line, null, no);
            claim = (await Earlier(job, line))!;
        }
        else if (!await IsOf(job, number, claim)) return await Compared(job, number, line, claim);
        return await Handle(job, number, line, claim);
    }

    /// <summary>The claim of the settlement, as far as the sender sees it.</summary>
    private async Task<Claim?> Earlier(SettlementJob job, SettlementLine line) =>
        await room.Keys.OwnerOf(line.ToSettlement().ToKey(), job.Cancellation) is { } owner
            ? await Records(job).Find<Claim>(owner) : null;

    /// <summary>Whether this line of this feed made the claim, before it was cut off.</summary>
    private async Task<bool> IsOf(SettlementJob job, int number, Claim claim) =>
        (await room.Keys.FindReply(job.Sender.Id, job.KeyOf(number, "submission"), job.Cancellation))?.Resource == claim.StreamId;

    private async Task<SettlementLineResult> Compared(SettlementJob job, int number, SettlementLine line, Claim claim) =>
        StraightThrough.Differs(line, claim, await Records(job).Get<Person>(claim.Member.Value))
            ? Result(number, line, SettlementOutcome.Differs, claim, new Refusal(
                Refuse.SettlementDiffers, "the settlement came before for another person or with other dates or amounts"))
            : Result(number, line, SettlementOutcome.Known, claim);

    /// <returns>why the line did not become a claim; null if it did</returns>
    private async Task<Refusal?> Submit(SettlementJob job, int number, SettlementLine line)
    {
        var records = Records(job);
        var certificates = new MemberCertificates(storage, records, job.Cancellation);
        // Of a number that nobody has as many questions are asked as of one from elsewhere.
        var person = await room.Keys.OwnerOf(Person.Key(records.IdentityHash(line.IdNumber)), job.Cancellation) ?? Guid.CreateVersion7();
        if (await certificates.Of(person) is not { } enrolments)
            return new Refusal(Refuse.NoSuchMember, "nobody of your region has this identity number");
        var member = await records.Get<Person>(person);
        if (member.Name != line.Name)
            return new Refusal(Refuse.IdentityMismatch, "the identity number is on record with another name");

        await records.Look([.. enrolments.Select(enrolment => PlanId.Of(enrolment.Plan).Value).Distinct()]);
        var held = new List<StraightThrough.Held>();
        foreach (var enrolment in enrolments)
        {
            var plan = await records.Get<Plan>(PlanId.Of(enrolment.Plan).Value);
            held.Add(new StraightThrough.Held(enrolment, plan.Version(enrolment.PlanVersion)!.Card));
        }
        var (cover, none) = StraightThrough.CoverFor(line, job.Plan, held);
        if (cover is null) return none;
        var (account, missing) = StraightThrough.AccountOf(member);
        if (account is null) return missing;

        var details = new AccountDetails(account.Bank, account.Number, account.Holder);
        return await Send<SubmitClaim>(job, number, job.Sender, "submission", null, new SubmitClaim(
            cover.Id, line.ToIncident(), new ClaimantDetails(line.Name, line.IdNumber, Relation.Self, details),
            Settlement: line.ToSettlement()));
    }

    /// <summary>Goes on with the claim from where it stands.</summary>
    private async Task<SettlementLineResult> Handle(SettlementJob job, int number, SettlementLine line, Claim claim)
    {
        var rules = HandlingRules.For(claim.Region, clock.GetCurrentInstant().Date());
        if (claim.Status == ClaimStatus.Submitted)
        {
            if (StraightThrough.BeforeAssessment(rules.OneClick) is { } hold) return Routed(number, line, claim, hold);
            var (fileName, sha256) = ($"settlement-{line.SettlementNumber}.json", line.Sha256());
            SentDocument[] papers = [.. claim.MissingDocuments.Where(rules.OneClick!.Replaces.Contains)
                .Select(kind => new SentDocument(kind, fileName, sha256))];
            foreach (var some in papers.Chunk(AnswerSupplement.Most))
                if (await Send<AnswerSupplement>(job, number, job.Sender, $"documents/{some[0].Kind}", claim, new { documents = some })
                    is { } unfiled) return Routed(number, line, claim, unfiled);
            if (await Send<AssessClaim>(job, number, job.Assessor, "assessment", claim) is { } unassessed)
                return Routed(number, line, claim, unassessed);
            claim = await Records(job).Get<Claim>(claim.StreamId);
        }
        if (claim.Status == ClaimStatus.Assessed)
        {
            var cover = claim.Flags is null ? null : await Records(job).Get<Enrolment>(claim.Enrolment.Value);
            if (StraightThrough.BeforeApproval(claim, rules.OneClick, cover) is { } why) return Routed(number, line, claim, why);
            var approval = new { amount = claim.Assessment!.Amount, reason = StraightThrough.Reason(line, rules, claim) };
            if (await Send<ApproveClaim>(job, number, job.Approver, "approval", claim, approval) is { } unapproved)
                return Routed(number, line, claim, unapproved);
            claim = await Records(job).Get<Claim>(claim.StreamId);
        }
        // A person may have gone on with it while the feed stood still.
        return claim.Outcome is { By: StraightThrough.Approver }
            ? Result(number, line, SettlementOutcome.Approved, claim) : Result(number, line, SettlementOutcome.Known, claim);
    }

    /// <returns>why it was not carried out; null if it was, now or before</returns>
    private async Task<Refusal?> Send<TCommand>(
        SettlementJob job, int number, Actor by, string step, Claim? claim, object? body = null) where TCommand : Command
    {
        var useCase = Engine.Modules.SelectMany(module => module.UseCases).Single(one => one.CommandType == typeof(TCommand));
        var values = new Dictionary<string, string>();
        if (claim is not null) values["claim"] = claim.Id.ToString();
        var path = claim is null ? useCase.Route : useCase.Route.Replace("{claim}", values["claim"], StringComparison.Ordinal);
        ReadOnlyMemory<byte> bytes = body is null ? default : JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ClaimsJson.Options);
        var request = new CommandRequest(useCase, path, values, bytes, by, VersionMatch.Any, job.KeyOf(number, step), job.Trace);
        for (var tried = 1; ; tried++)
        {
            if (await desk.Execute(request, job.Cancellation) is not NotDone no) return null;
            if (no.Rule == Refuse.StorageFull) throw new StorageFullException();
            if ((no.Rule != Refuse.Busy && no.Rule != Refuse.RequestRunning) || tried == Tries) return new Refusal(no.Rule, no.Detail);
            await Task.Delay(TimeSpan.FromMilliseconds(50 * tried), job.Cancellation);
        }
    }

    /// <summary>What is on record now: what a command stored since is seen.</summary>
    private Records Records(SettlementJob job) => room.For(job.Sender, cancellation: job.Cancellation);

    private static SettlementLineResult Routed(int number, SettlementLine line, Claim? claim, Refusal why) =>
        Result(number, line, SettlementOutcome.Routed, claim, why);

    private static SettlementLineResult Result(
        int number, SettlementLine line, SettlementOutcome outcome, Claim? claim, Refusal? why = null) => new(
        number, line.SettlementNumber, outcome, claim?.Id, claim?.Number,
        outcome == SettlementOutcome.Approved ? claim!.Outcome!.Amount : null,
        why is null ? [] : [new LineFault(null, why.Code, why.Detail, why.Rule.TitleZh)]);
}
