using ClaimsEngine.Programmes;

namespace ClaimsEngine.Enrolments.Enrolling;

/// <summary>
/// What a new certificate takes so that no other can have it: its number, the person's keys, a place of the programme and a part of its
/// budget.
/// </summary>
internal static class KeysAndPlaces
{
    /// <param name="current">the person's newest certificate of the same cover: it hands its key on</param>
    /// <param name="standing">the person's certificates of the plan under any programme; null where the plan knows no renewal</param>
    public static Decision TakingKeys(this Decision started, EnrolmentStarted fact, Enrolment? current, Standing? standing)
    {
        var (id, key) = (fact.Enrolment.Value, Enrolment.Key(fact.Plan, fact.Programme, fact.Member));
        started = started.Taking(new UniqueKey(Enrolment.NumberScope, fact.CertificateNumber), id).Taking(key, id);
        if (current is not null) started = started.Releasing(key, current.StreamId);
        // newest is the certificate that ends last: one of the past that is imported later takes nothing from it
        if (standing is null || standing.Newest?.CoverTo > fact.CoverTo) return started;

        var newest = Standing.Key(fact.Plan, fact.Member);
        started = started.Taking(newest, id);
        return standing.Newest is { } before ? started.Releasing(newest, before.StreamId) : started;
    }

    /// <summary>
    /// A place of the pool, and what the sponsor pays of the budget. An allocation made meanwhile would change the pool and its limit.
    /// </summary>
    public static Decision TakingAPlace(this Decision started, Programme programme, Pool pool, Money? drawn)
    {
        started = started.RestingOn(programme).With(new PlaceChange(pool.Name, 1, pool.Limit),
            new Refusal(Refuse.QuotaExceeded, $"all {pool.Limit} places of {pool.Name} are taken", "programme"));
        return programme.Budget is { } budget && drawn is { } asked
            ? started.With(new PlaceChange(Programme.BudgetPool(programme.Code), asked.Fen, budget.Fen), new Refusal(
                Refuse.BudgetExceeded, $"{asked} yuan are more than what is left of the sponsor's budget of {budget}", "programme"))
            : started;
    }
}
