using System.Text.Json;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Claims;

public enum ClaimStatus
{
    /// <summary>It waits for papers or for its assessment.</summary>
    Submitted,

    /// <summary>The engine has computed what is payable. A second person decides.</summary>
    Assessed,

    Approved,

    /// <summary>Refused with its grounds. Within the organiser's time the claimant may appeal, once.</summary>
    Refused,

    Withdrawn,

    /// <summary>The papers that were asked for did not come in time.</summary>
    Expired,

    /// <summary>The claimant has appealed against the refusal. A higher union level decides.</summary>
    Appealed,
}

/// <summary>A claim: submitted → documents → assessed → approved or refused; before a decision it may be withdrawn, or expire when papers
/// do not come. A refusal may be appealed against: it is upheld, or reversed, and then the claim is open again. What ended unpaid may be
/// reopened.</summary>
public sealed record Claim(
    ClaimId Id, string Number, EnrolmentId Enrolment, PersonId Member, string Plan, int PlanVersion, string? Programme, RegionCode Region,
    Incident Incident, PersonId Claimant, Relation Relation, PersonId Payee, AccountId Account, IReadOnlyList<string> RequiredDocuments,
    ClaimStatus Status, string SubmittedBy, IReadOnlyList<Document> Documents, ClaimAssessed? Assessment, IReadOnlyList<string> AssessedBy,
    Outcome? Outcome) : AggregateState, IAggregate<Claim>
{
    public static string StreamType => "claim";

    private const string ReceiptScope = "claim-receipt";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;
    public override RegionCode? AssistedFrom => Assisting;

    /// <summary>What an approver has to look at (<see cref="ClaimFlags"/>); null for nothing.</summary>
    public IReadOnlyList<string>? Flags { get; init; }

    /// <summary>Who is paid what share after a death; null for a claim with one payee.</summary>
    public IReadOnlyList<Heir>? Heirs { get; init; }

    /// <summary>Of hospital insurance, on which it rests; null for none.</summary>
    public Settlement? Settlement { get; init; }

    /// <summary>Numbers of the receipts on which it rests.</summary>
    public IReadOnlyList<string> Receipts { get; init; } = [];

    /// <summary>Other claims of the member that may be for the same (<see cref="Likeness"/>).</summary>
    public IReadOnlyList<ClaimId> Resembles { get; init; } = [];

    /// <summary>Who came with it; null where nobody said.</summary>
    public ApplicantKind? Applicant { get; init; }

    /// <summary>The report of several benefits of one event, of which it is one; null for a claim alone.</summary>
    public OccurrenceId? Occurrence { get; init; }

    /// <summary>The office of another place that took it in; the home office decides. Null for none.</summary>
    public RegionCode? Assisting { get; init; }

    /// <summary>Until when the step that it waits for is to be done; null once it is decided, or before deadlines were kept.</summary>
    public Deadline? Deadline { get; init; }

    /// <summary>The last request for papers; null for none.</summary>
    public SupplementRequested? Supplement { get; init; }

    /// <summary>Papers that were asked for and have not come since.</summary>
    public IReadOnlyList<string> Asked { get; init; } = [];

    /// <summary>The deadline that passed and is noted; null for none, or once a later step has begun.</summary>
    public DeadlinePassed? Overdue { get; init; }

    /// <summary>Every refusal, in order; the last one counts.</summary>
    public IReadOnlyList<ClaimRefused> Refusals { get; init; } = [];

    /// <summary>Whether an approval of it was taken back, at any time.</summary>
    public bool WasRevoked { get; init; }

    /// <summary>Every assessment, in order, those too that no longer hold.</summary>
    public IReadOnlyList<ClaimAssessed> Assessments { get; init; } = [];

    /// <summary>Of the last refusal; null for none.</summary>
    public Appeal? Appeal { get; init; }

    /// <summary>Who reversed a refusal of it.</summary>
    public IReadOnlyList<string> ReversedBy { get; init; } = [];

    /// <summary>Who reopened it, in order.</summary>
    public IReadOnlyList<string> ReopenedBy { get; init; } = [];

    /// <summary>The day on which it was withdrawn; null where it was not, or the day was not kept.</summary>
    public LocalDate? WithdrawnOn { get; init; }

    /// <summary>The day by which the papers did not come, for which it was closed; null where it was not.</summary>
    public LocalDate? ExpiredOn { get; init; }

    /// <summary>Every correction of what the incident is, in order.</summary>
    public IReadOnlyList<ClaimReclassified> Reclassifications { get; init; } = [];

    /// <summary>Of the assessment that stands, one of each person; none after a new assessment.</summary>
    public IReadOnlyList<ClaimReviewed> Reviews { get; init; } = [];

    /// <summary>Who reviewed it at any time, and for whom.</summary>
    public IReadOnlyList<string> ReviewedBy { get; init; } = [];

    /// <summary>Whether one person did two steps of it under the rule for small offices, at any time.</summary>
    public bool FourEyesExempt { get; init; }

    /// <summary>That it was drawn for a second look; null if it was not.</summary>
    public ClaimSampled? Sampled { get; init; }

    /// <summary>The second look; null until it was taken.</summary>
    public SecondLookCompleted? SecondLook { get; init; }

    /// <summary>The suspicions that are open, one of a kind at most, in the order in which they were raised.</summary>
    public IReadOnlyList<SuspicionRaised> Suspicions { get; init; } = [];

    /// <summary>Why it is not approved now; null where nothing is suspected.</summary>
    public Refusal? UnderSuspicion() => Suspicions.Count == 0 ? null : new Refusal(Refuse.SuspicionOpen,
        $"open suspicions: {string.Join(", ", Suspicions.Select(open => JsonNamingPolicy.CamelCase.ConvertName(open.Kind.ToString())))}");

    /// <summary>Notices that a person of the office gave.</summary>
    public IReadOnlyList<NoticeId> Told { get; init; } = [];

    public IReadOnlyList<string> MissingDocuments =>
        [.. RequiredDocuments.Where(kind => Documents.All(document => document.Kind != kind)).Union(Asked)];

    /// <summary>Papers whose originals nobody has seen yet, although an amount may not be approved without.</summary>
    /// <param name="rule">of the plan version that binds the certificate; null where scans do</param>
    /// <param name="amount">to be approved</param>
    public IReadOnlyList<string> MissingOriginals(OriginalsRule? rule, Money amount) => rule is null || amount < rule.From ? []
        : [.. RequiredDocuments.Where(kind => rule.Kinds?.Contains(kind) != false
            && !Documents.Any(own => own.Kind == kind && own.OriginalSeenBy is not null))];

    /// <summary>Open for documents, assessment and decision.</summary>
    public bool IsOpen => Status is ClaimStatus.Submitted or ClaimStatus.Assessed;

    public Refusal NotOpen() => Refuse.WrongStateOf("claim", Status, "submitted", "assessed");

    /// <summary>Why the claim takes no papers now; null while it is open and while an appeal is.</summary>
    public Refusal? TakesNoPapers() => IsOpen || Status == ClaimStatus.Appealed ? null
        : Refuse.WrongStateOf("claim", Status, "submitted", "assessed", "appealed");

    /// <summary>It ends unpaid by this fact: its incident may be claimed again, and its certificate has one open claim less.</summary>
    /// <param name="enrolment">the certificate</param>
    public Decision EndedBy(object fact, Enrolment enrolment, Actor by)
    {
        var ended = Keys
            .Aggregate(Decision.On(this, fact), (decision, key) => decision.Releasing(key, StreamId));
        return enrolment.HasOpen(Id) ? ended.And(Decision.On(enrolment, new ClaimClosed(Id, by.Id))) : ended;
    }

    /// <summary>It holds these keys with this decision. Where another claim holds one of them, nothing is stored.</summary>
    /// <param name="field">of the request that tells the incident; null where it tells none</param>
    public static Decision Holding(Decision decision, ClaimId claim, IEnumerable<UniqueKey> keys, string? field) =>
        keys.Aggregate(decision, (before, key) => before.Taking(key, claim.Value, key.Scope == ReceiptScope
            ? new Refusal(Refuse.DuplicateReceipt, "another claim under this plan rests on this receipt", field is null ? null : "receipts")
            : new Refusal(Refuse.DuplicateClaim, "a claim for this incident is open or decided", field)));

    /// <summary>With another incident, it is to be assessed anew. A paper that only the former kind of incident needs is no longer asked
    /// for.</summary>
    /// <param name="required">documents of the kind of the incident</param>
    internal Claim As(Incident incident, IReadOnlyList<string> required) => this with
    {
        Incident = incident, RequiredDocuments = required, Status = ClaimStatus.Submitted, Assessment = null, Reviews = [],
        Asked = [.. Asked.Where(kind => required.Contains(kind) || !RequiredDocuments.Contains(kind))],
        // a decision that stood still is no longer the next step
        Supplement = Supplement is { Stopped: ClaimStep.Decision } asked ? asked with { Stopped = null, Left = null } : Supplement,
    };

    /// <summary>Four eyes: why a person who has handled the claim, at any time, may not decide it. Null for anybody else.</summary>
    public Refusal? SamePerson(Actor by, string now = "decide it") => BeforeReview(by, now)
        ?? (ReviewedBy.Any(by.ActsAs) ? Refuse.SamePerson(by, "reviewed the claim", now) : null);

    /// <summary>The same for a review, which may be repeated.</summary>
    public Refusal? BeforeReview(Actor by, string now) =>
        by.ActsAs(SubmittedBy) || AssessedBy.Any(by.ActsAs) ? Refuse.SamePerson(by, "submitted or assessed the claim", now)
        : Reclassifications.Any(reclassified => by.ActsAs(reclassified.By)) ? Refuse.SamePerson(by, "reclassified the claim", now)
        : Documents.Any(document => by.ActsAs(document.OriginalSeenBy))
            ? Refuse.SamePerson(by, "checked an original of the claim", now)
        : ReversedBy.Any(by.ActsAs) ? Refuse.SamePerson(by, "reversed a refusal of the claim", now)
        : ReopenedBy.Any(by.ActsAs) ? Refuse.SamePerson(by, "reopened the claim", now) : null;

    /// <summary>
    /// What one live claim of an enrolment holds, so that nothing is paid twice: one death whatever and whenever it is claimed; an illness
    /// by its class, whatever its day; each day of each stay (the day of discharge is another stay's to begin on); else the day of the
    /// incident.
    /// </summary>
    public static IReadOnlyList<UniqueKey> IncidentKeys(EnrolmentId enrolment, Incident incident) => incident switch
    {
        { IsDeath: true } => [DeathKey(enrolment)],
        { Kind: IncidentKind.CriticalIllness or IncidentKind.WomensIllness } =>
            [Key($"{enrolment}/{incident.Kind}/{incident.Illness ?? "any"}")],
        { Admissions: { Count: > 0 } admissions } => [.. admissions.SelectMany(admission => admission.TakenDays()).Distinct()
            .Select(day => Key($"{enrolment}/{incident.Kind}/{day:uuuu-MM-dd}"))],
        _ => [Key($"{enrolment}/{incident.Kind}/{incident.Date:uuuu-MM-dd}")],
    };

    /// <summary>All keys that it holds while it may be paid: of its incident and of its receipts.</summary>
    public IEnumerable<UniqueKey> Keys => IncidentKeys(Enrolment, Incident).Concat(ReceiptKeys(Plan, Receipts));

    /// <summary>A plan pays on a receipt once, whoever brings it and in whatever case its letters are typed. Another plan may pay on it
    /// too.</summary>
    public static IEnumerable<UniqueKey> ReceiptKeys(string plan, IReadOnlyList<string>? receipts) =>
        (receipts ?? []).Select(number => new UniqueKey(ReceiptScope, $"{plan}/{number.ToUpperInvariant()}"));

    public static UniqueKey DeathKey(EnrolmentId enrolment) => Key($"{enrolment}/death");

    private static UniqueKey Key(string value) => new("claim-incident", value);

    public static Claim? Evolve(Claim? state, object @event) => @event switch
    {
        ClaimSubmitted e => new Claim(
            e.Claim, e.Number, e.Enrolment, e.Member, e.Plan, e.PlanVersion, e.Programme, e.Region, e.Incident, e.Claimant, e.Relation,
            e.Payee, e.Account, e.RequiredDocuments, ClaimStatus.Submitted, e.By, [], null, [], null)
        {
            Flags = e.Flags, Deadline = e.Deadline, Heirs = e.Heirs, Settlement = e.Settlement, Receipts = e.Receipts ?? [],
            Resembles = e.Resembles ?? [], Applicant = e.Applicant, Occurrence = e.Occurrence, Assisting = e.Assisting,
        },
        _ when state is null => null,
        DocumentReceived e => state.Until(e.Deadline ?? state.Deadline) with
        {
            Documents = [.. state.Documents, new Document(e.Document, e.Kind, e.Sha256, e.Content)],
            Asked = [.. state.Asked.Where(kind => kind != e.Kind)],
        },
        OriginalChecked e => state with
        {
            Documents = [.. state.Documents.Select(own => own.Id == e.Document ? own with { OriginalSeenBy = e.By } : own)],
        },
        SupplementRequested e => state.Until(e.Deadline) with { Supplement = e, Asked = e.Kinds },
        DeadlinePassed e => state with { Overdue = e },
        ClaimAssessed e => state.Until(e.Deadline) with
        {
            Status = ClaimStatus.Assessed, Assessment = e, AssessedBy = [.. state.AssessedBy, e.By], Reviews = [],
            Assessments = [.. state.Assessments, e],
            FourEyesExempt = state.FourEyesExempt || e.FourEyesExempt == true,
            Flags = e.FourEyesExempt == true ? ClaimFlags.With(state.Flags, ClaimFlags.FourEyesExempt) : state.Flags,
        },
        ClaimReviewed e => state with
        {
            Reviews = [.. state.Reviews.Where(review => !review.SharesNameWith(e)), e],
            ReviewedBy = [.. state.ReviewedBy, .. Names(e.By, e.OnBehalfOf)],
        },
        ClaimSampled e => state with { Sampled = e },
        SecondLookCompleted e => state with { SecondLook = e },
        ClaimReclassified e => state.As(e.After, e.RequiredDocuments).Until(e.Deadline) with
        {
            Flags = state.FourEyesExempt ? ClaimFlags.With(e.Flags, ClaimFlags.FourEyesExempt) : e.Flags,
            Resembles = e.Resembles ?? [], Reclassifications = [.. state.Reclassifications, e],
        },
        ClaimApproved e => state.Until(null) with
        {
            Status = ClaimStatus.Approved,
            Outcome = new Outcome(e.By, e.Reason, e.Amount, e.Payout, null, e.Answers, e.Payouts, e.OnBehalfOf),
        },
        ApprovalRevoked => state with
        {
            Status = ClaimStatus.Assessed, Outcome = null, Sampled = null, SecondLook = null, WasRevoked = true,
        },
        ClaimRefused e => state.Until(null) with
        {
            Status = ClaimStatus.Refused, Outcome = new Outcome(e.By, e.Reason, Clause: e.Clause, For: e.OnBehalfOf),
            Refusals = [.. state.Refusals, e], Appeal = null,
        },
        ClaimAppealed e => state.Until(e.Deadline) with
        {
            Status = ClaimStatus.Appealed, Appeal = new Appeal(e.Reason, e.Deadline.DueOn, e.By),
        },
        RefusalUpheld e => state.Until(null) with
        {
            Status = ClaimStatus.Refused,
            Appeal = state.Appeal! with
            {
                Outcome = AppealOutcome.Upheld, Decision = e.Reason, Clause = e.Clause, DecidedBy = e.By, DecidedFor = e.OnBehalfOf,
            },
        },
        RefusalReversed e => state.Until(e.Deadline).AlsoLike(e.Resembles) with
        {
            Status = ClaimStatus.Submitted, Outcome = null, Assessment = null, Reviews = [],
            ReversedBy = [.. state.ReversedBy, .. Names(e.By, e.OnBehalfOf)],
            Appeal = state.Appeal! with
            {
                Outcome = AppealOutcome.Reversed, Decision = e.Reason, DecidedBy = e.By, DecidedFor = e.OnBehalfOf,
            },
        },
        AppealWithdrawn e => state.Until(null) with
        {
            Status = ClaimStatus.Refused, Appeal = state.Appeal! with { Withdrawn = e.Reason },
        },
        ClaimWithdrawn e => state.Until(null) with
        {
            Status = ClaimStatus.Withdrawn, Outcome = new Outcome(e.By, e.Reason), WithdrawnOn = e.On,
        },
        ClaimExpired e => state.Until(null) with
        {
            Status = ClaimStatus.Expired, Outcome = new Outcome(e.By, e.Reason), ExpiredOn = e.DueOn,
        },
        ClaimReopened e => state.Until(e.Deadline).AlsoLike(e.Resembles) with
        {
            Status = ClaimStatus.Submitted, Outcome = null, Assessment = null, Reviews = [], WithdrawnOn = null,
            ReopenedBy = [.. state.ReopenedBy, .. Names(e.By, e.OnBehalfOf)],
            // the clock begins anew: no step goes on from where it stood still
            Supplement = state.Supplement is { } asked ? asked with { Stopped = null, Left = null } : null,
        },
        SuspicionRaised e => state with { Suspicions = [.. state.Suspicions, e] },
        SuspicionCleared e => state with { Suspicions = [.. state.Suspicions.Where(open => open.Kind != e.Kind)] },
        ClaimantInformed e => state with { Told = [.. state.Told, e.Notice] },
        _ => state,
    };

    private static IEnumerable<string> Names(string by, string? onBehalfOf) => onBehalfOf is null ? [by] : [by, onBehalfOf];

    /// <summary>An approver has to look at these claims as well.</summary>
    private Claim AlsoLike(IReadOnlyList<ClaimId>? others) => others is null ? this : this with
    {
        Resembles = [.. Resembles, .. others], Flags = ClaimFlags.With(Flags, ClaimFlags.LikelyDuplicate),
    };

    /// <summary>Another deadline holds, or none: what passed before is no longer of interest.</summary>
    private Claim Until(Deadline? deadline) => this with { Deadline = deadline, Overdue = deadline == Deadline ? Overdue : null };
}

/// <param name="Content">the file that the engine keeps; null where only its digest was told</param>
/// <param name="OriginalSeenBy">who has held the original on paper in hand; null for nobody</param>
public sealed record Document(DocumentId Id, string Kind, string Sha256, PaperContent? Content = null, string? OriginalSeenBy = null)
{
    /// <summary>Whether a file with this digest is this document: what is kept, or what was sent.</summary>
    /// <param name="sha256">hex digest in lower case</param>
    public bool IsOf(string kind, string sha256) => Kind == kind && (Sha256 == sha256 || Content?.SentSha256 == sha256);
}

/// <summary>How a claim ended.</summary>
/// <param name="Payout">that the approval ordered; null for none, and where several heirs are paid</param>
/// <param name="Answers">flags of the claim that the approver's reason answers; null for none</param>
/// <param name="Payouts">what each of several heirs gets, in their order; null where one payee is paid, or nothing</param>
/// <param name="For">on whose behalf it was decided; null for nobody's</param>
public sealed record Outcome(
    string By, string Reason, Money? Amount = null, PayoutId? Payout = null, string? Clause = null, IReadOnlyList<string>? Answers = null,
    IReadOnlyList<HeirPayout>? Payouts = null, string? For = null)
{
    /// <summary>All payouts that the approval ordered.</summary>
    public IEnumerable<PayoutId> Ordered =>
        Payouts is { } heirs ? heirs.Select(heir => heir.Payout).OfType<PayoutId>() : Payout is { } one ? [one] : [];
}

/// <summary>An appeal against a refusal, and what became of it.</summary>
/// <param name="DecideBy">last day for its decision, Asia/Shanghai</param>
/// <param name="By">who recorded it</param>
/// <param name="Outcome">null while it is open; so are the decision's reason and who decided</param>
/// <param name="Clause">the clause of the plan that the decision rests on; null for none</param>
/// <param name="Withdrawn">why the claimant took it back; null where it was not</param>
/// <param name="DecidedFor">on whose behalf it was decided; null for nobody's</param>
public sealed record Appeal(
    string Reason, LocalDate DecideBy, string By, AppealOutcome? Outcome = null, string? Decision = null, string? Clause = null,
    string? DecidedBy = null, string? Withdrawn = null, string? DecidedFor = null);
