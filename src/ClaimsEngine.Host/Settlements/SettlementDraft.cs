using ClaimsEngine.Claims;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Members;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Writing;

namespace ClaimsEngine.Host.Settlements;

/// <summary>
/// What some lines of a feed come to: their commands are decided one after another, each on what the ones before have decided, and nothing
/// is stored yet. What a line has reached before is read from its claim: a line that was cut off goes on from there.
/// </summary>
internal sealed class SettlementDraft
{
    private readonly SettlementJob job;
    private readonly CommandRoom room;
    private readonly UseCaseContext context;
    private readonly MemberCertificates certificates;
    private readonly LocalDate today;
    private IReadOnlyDictionary<UniqueKey, Guid> owners = new Dictionary<UniqueKey, Guid>();

    private SettlementDraft(SettlementJob job, CommandRoom room, ClaimsStorage storage)
    {
        var now = room.Clock.GetCurrentInstant();
        (this.job, this.room, today) = (job, room, now.Date());
        context = new UseCaseContext(room.Records, room.Members, room.Books, job.Sender, now, null, job.Cancellation);
        certificates = new MemberCertificates(storage, context, job.Cancellation);
    }

    /// <summary>All that was decided.</summary>
    public PendingWrite Write { get; } = new();

    /// <summary>Whether two lines claim the same, of which one alone may be stored.</summary>
    public bool Contradicts { get; private set; }

    /// <summary>Reads what the lines have in common, in as many questions as one line would need.</summary>
    public static async Task<SettlementDraft> Begin(
        SettlementJob job, IReadOnlyList<NumberedLine> lines, CommandRoom room, ClaimsStorage storage)
    {
        var draft = new SettlementDraft(job, room, storage);
        draft.owners = await room.Records.Keys.OwnersOf(
            [.. lines.SelectMany(line => new[] { line.Line.ToSettlement().ToKey(), draft.KeyOf(line.Line) }).Distinct()], job.Cancellation);
        var people = lines.Select(line => draft.owners.GetValueOrDefault(draft.KeyOf(line.Line))).Where(id => id != Guid.Empty).ToArray();
        await draft.certificates.Look(people);
        return draft;
    }

    public async Task<SettlementLineResult> Decide(NumberedLine numbered)
    {
        var line = numbered.Line;
        if (owners.TryGetValue(line.ToSettlement().ToKey(), out var owner) && await context.Find<Claim>(owner) is { } earlier)
            return await IsOf(numbered, earlier) ? await GoOn(numbered, earlier) : await Compared(numbered, earlier);
        var (claim, no) = await Submit(numbered);
        return claim is null ? SettlementLineResult.Routed(numbered, null, no!) : await GoOn(numbered, claim);
    }

    /// <summary>Whether this line of this feed made the claim, before it was cut off.</summary>
    private async Task<bool> IsOf(NumberedLine line, Claim claim) =>
        await room.Records.Events.ReadStream(claim.StreamId, 1, cancellation: job.Cancellation) is [var first]
        && first.Metadata.Headers.TryGetValue("requestId", out var request) && request == job.KeyOf(line.Number, "submission");

    private async Task<SettlementLineResult> Compared(NumberedLine line, Claim claim) =>
        StraightThrough.Differs(line.Line, claim, await context.Get<Person>(claim.Member.Value))
            ? SettlementLineResult.Of(line, SettlementOutcome.Differs, claim, new Refusal(
                Refuse.SettlementDiffers, "the settlement came before for another person or with other dates or amounts"))
            : SettlementLineResult.Of(line, SettlementOutcome.Known, claim);

    /// <returns>the claim, or why the line did not become one</returns>
    private async Task<(Claim? Claim, Refusal? No)> Submit(NumberedLine numbered)
    {
        var line = numbered.Line;
        // Of a number that nobody has as many questions are asked as of one from elsewhere.
        var person = owners.TryGetValue(KeyOf(line), out var known) ? known : Guid.CreateVersion7();
        if (await certificates.Of(person) is not { } enrolments)
            return (null, new Refusal(Refuse.NoSuchMember, "nobody of your region has this identity number"));
        var member = await context.Get<Person>(person);
        if (member.Name != line.Name)
            return (null, new Refusal(Refuse.IdentityMismatch, "the identity number is on record with another name"));

        var held = new List<StraightThrough.Held>();
        foreach (var enrolment in enrolments)
        {
            var plan = await context.Get<Plan>(PlanId.Of(enrolment.Plan).Value);
            held.Add(new StraightThrough.Held(enrolment, plan.Version(enrolment.PlanVersion)!.Card));
        }
        var (cover, none) = StraightThrough.CoverFor(line, job.Plan, held);
        if (cover is null) return (null, none);
        var (account, missing) = StraightThrough.AccountOf(member);
        if (account is null) return (null, missing);

        var command = new SubmitClaim(
            cover.Id, line.ToIncident(),
            new ClaimantDetails(line.Name, line.IdNumber, Relation.Self, new AccountDetails(account.Bank, account.Number, account.Holder)),
            Settlement: line.ToSettlement());
        var found = await SubmitClaimHandler.LoadAsync(command, context);
        return Add(command, job.Sender, numbered, "submission", () => SubmitClaimHandler.Handle(command, found, job.Sender, today)) is { } no
            ? (null, no) : (StateOf(found!.Id), null);
    }

    /// <summary>Goes on with the claim from where it stands.</summary>
    private async Task<SettlementLineResult> GoOn(NumberedLine line, Claim claim)
    {
        var rules = HandlingRules.For(claim.Region, today);
        if (claim.Status == ClaimStatus.Submitted)
        {
            if (StraightThrough.BeforeAssessment(rules.OneClick) is { } hold) return SettlementLineResult.Routed(line, claim, hold);
            if (await File(line, claim, rules.OneClick!) is { } unfiled) return SettlementLineResult.Routed(line, claim, unfiled);
            var assess = new AssessClaim(claim.Id);
            var found = await AssessClaimHandler.LoadAsync(assess, context);
            if (Add(assess, job.Assessor, line, "assessment", () => AssessClaimHandler.Handle(assess, found, job.Assessor, today))
                is { } unassessed) return SettlementLineResult.Routed(line, StateOf(claim.Id), unassessed);
            claim = StateOf(claim.Id);
        }
        if (claim.Status == ClaimStatus.Assessed)
        {
            var cover = claim.Flags is null ? null : await context.Get<Enrolment>(claim.Enrolment.Value);
            if (StraightThrough.BeforeApproval(claim, rules.OneClick, cover) is { } why)
                return SettlementLineResult.Routed(line, claim, why);
            var approve = new ApproveClaim(
                claim.Id, claim.Assessment!.Amount, StraightThrough.Reason(line.Line, rules, claim));
            var (found, payouts) = await ApproveClaimHandler.LoadAsync(approve, context);
            if (Add(approve, job.Approver, line, "approval",
                () => ApproveClaimHandler.Handle(approve, found, payouts, job.Approver, today)) is { } unapproved)
                return SettlementLineResult.Routed(line, claim, unapproved);
            claim = StateOf(claim.Id);
        }
        // A person may have gone on with it while the feed stood still.
        return SettlementLineResult.Of(
            line, claim.Outcome is { By: StraightThrough.Approver } ? SettlementOutcome.Approved : SettlementOutcome.Known, claim);
    }

    /// <summary>The settlement stands for the papers that the organiser's rules name.</summary>
    private async Task<Refusal?> File(NumberedLine line, Claim claim, OneClick rules)
    {
        var (fileName, sha256) = ($"settlement-{line.Line.SettlementNumber}.json", line.Line.Sha256());
        SentDocument[] papers = [.. claim.MissingDocuments.Where(rules.Replaces.Contains)
            .Select(kind => new SentDocument(kind, fileName, sha256))];
        foreach (var some in papers.Chunk(AnswerSupplement.Most))
        {
            var answer = new AnswerSupplement(claim.Id, some);
            var (now, claimant, ids) = await AnswerSupplementHandler.LoadAsync(answer, context);
            if (Add(answer, job.Sender, line, $"documents/{some[0].Kind}",
                () => AnswerSupplementHandler.Handle(answer, now, claimant, ids, job.Sender, today)) is { } no) return no;
        }
        return null;
    }

    /// <returns>why it was not decided so; null if it was, now or before</returns>
    private Refusal? Add(Command command, Actor by, NumberedLine line, string step, Func<Decision> decide)
    {
        var useCase = room.UseCaseOf(command);
        if (useCase.Validate(command) is [var (field, message), ..]) return new Refusal(Refuse.InvalidRequest, $"{field} {message}");
        var decision = decide();
        if (decision.Refusal is { } refusal) return new Refusal(refusal.Rule, refusal.Detail);
        Contradicts |= decision.Keys.Any(key => key.Change.Take && Write.Takes(key.Change.Key));
        var stamp = new EventStamp(by, useCase.RoleOf(by)!.Value, useCase.CommandType.Name, job.KeyOf(line.Number, step), job.Trace);
        foreach (var state in Write.Add(decision, stamp.Of)) context.Remember(state);
        return null;
    }

    private Claim StateOf(ClaimId claim) => (Claim)context.StateOf(claim.Value)!;

    private UniqueKey KeyOf(SettlementLine line) => Person.Key(context.IdentityHash(line.IdNumber));
}
