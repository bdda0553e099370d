using ClaimsEngine.Host.Commands;
using ClaimsEngine.Payouts;
using ClaimsEngine.Storage.Commands;

namespace ClaimsEngine.Host.Payments;

/// <summary>What became of one payout of many that were to be authorised.</summary>
public enum AuthorisationOutcome
{
    Authorised,

    /// <summary>The first of two people has authorised it; another one has to do so as well.</summary>
    WaitsForSecond,

    /// <summary>It was so already.</summary>
    Unchanged,

    /// <summary>It was not authorised; code and detail say why.</summary>
    Refused,
}

/// <param name="Code">of the refusal; null where it was not refused</param>
public sealed record AuthorisationResult(PayoutId PayoutId, AuthorisationOutcome Outcome, string? Code, string? Detail)
{
    public static AuthorisationResult Refused(PayoutId payout, Refusal no) =>
        new(payout, AuthorisationOutcome.Refused, no.Code, no.Detail);
}

/// <summary>Authorises many payouts, each by the rules of one. What one refuses holds no other up.</summary>
internal sealed class AuthorisationDesk(GroupedWrites writes, CommandRoom room)
{
    /// <summary>Payouts of one request.</summary>
    public const int Most = 10_000;

    /// <summary>Payouts of one transaction.</summary>
    private const int Together = 200;

    /// <param name="trace">of the request</param>
    /// <returns>in the order of the payouts</returns>
    /// <exception cref="StorageFullException">Some may be authorised.</exception>
    public async Task<IReadOnlyList<AuthorisationResult>> Authorise(
        IReadOnlyList<PayoutId> payouts, Actor by, string trace, CancellationToken cancellation)
    {
        var results = new List<AuthorisationResult>(payouts.Count);
        foreach (var some in payouts.Chunk(Together))
            results.AddRange(await writes.Carry(
                some, group => AuthorisationDraft.Begin(group, room, by, trace, cancellation), (draft, payout) => draft.Decide(payout),
                AuthorisationResult.Refused, cancellation));
        return results;
    }
}

/// <summary>Payouts that are being authorised together.</summary>
internal sealed class AuthorisationDraft : DraftedWrite
{
    private readonly Actor by;
    private readonly string trace;

    private AuthorisationDraft(CommandRoom room, Actor by, string trace, CancellationToken cancellation)
        : base(room, by, trace, cancellation) => (this.by, this.trace) = (by, trace);

    public static async Task<AuthorisationDraft> Begin(
        IReadOnlyList<PayoutId> payouts, CommandRoom room, Actor by, string trace, CancellationToken cancellation)
    {
        var draft = new AuthorisationDraft(room, by, trace, cancellation);
        await draft.Context.Look([.. payouts.Select(payout => payout.Value)]);
        var claims = new List<Guid>(payouts.Count);
        foreach (var payout in payouts)
            if (await draft.Context.Find<Payout>(payout.Value) is { Claim: { } claim }) claims.Add(PublicNoticeId.Of(claim).Value);
        await draft.Context.Look(claims);
        return draft;
    }

    public async Task<AuthorisationResult> Decide(PayoutId payout)
    {
        // of another region's payout nobody learns more than that there is none
        if (await Context.Find<Payout>(payout.Value) is not { } before)
            return AuthorisationResult.Refused(payout, new Refusal(Refuse.UnknownPayout, $"there is no payout {payout}"));
        var command = new AuthorisePayout(payout);
        var (found, notice) = await AuthorisePayoutHandler.LoadAsync(command, Context);
        if (Add(command, by, $"{trace}/{payout}", () => AuthorisePayoutHandler.Handle(command, found, notice, by, Today)) is { } no)
            return AuthorisationResult.Refused(payout, no);
        var after = (Payout)Context.StateOf(payout.Value)!;
        return new AuthorisationResult(payout,
            after.StreamVersion == before.StreamVersion ? AuthorisationOutcome.Unchanged
                : after.Status == PayoutStatus.Authorised ? AuthorisationOutcome.Authorised : AuthorisationOutcome.WaitsForSecond,
            null, null);
    }
}
