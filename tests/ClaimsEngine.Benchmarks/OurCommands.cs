using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Plans;
using ClaimsEngine.Storage.Commands;

namespace ClaimsEngine.Benchmarks;

/// <summary>
/// A command of the engine as it arrives from outside, through <see cref="CommandDesk"/>: role, Idempotency-Key, If-Match, strict JSON,
/// rules, Wolverine, Marten.
/// </summary>
internal sealed class OurCommands(CommandDesk desk)
{
    private static readonly Actor Officer = new("bench-officer", [Role.Officer], RegionCode.National);
    private static readonly Actor Approver = new("bench-approver", [Role.Approver], RegionCode.National);

    public Task<string> Approve(PreparedCase one) =>
        Send<ApproveClaim>(Approver, one.Claim, new { amount = one.Amount, reason = "sample" });

    public Task<string> Assess(ClaimId claim) => Send<AssessClaim>(Officer, claim, null);

    public Task<string> AddDocument(ClaimId claim, string kind) =>
        Send<AddDocument>(Officer, claim, new { kind, fileName = $"{kind}.pdf", sha256 = CaseBook.Digest }, kind);

    public Task<string> Approve(ClaimId claim, string amount) => Send<ApproveClaim>(Approver, claim, new { amount, reason = "sample" });

    public Task<string> Submit(PreparedCase one, Incident incident)
    {
        var account = one.Person.Accounts[0];
        var claimant = new ClaimantDetails(
            one.Person.Name, one.Person.IdNumber, Relation.Self,
            new Members.AccountDetails(account.Bank, account.Number, account.Holder));
        return Send<SubmitClaim>(Officer, null, new SubmitClaim(one.Enrolment, incident, claimant), one.Enrolment.ToString());
    }

    /// <returns>the claim as JSON</returns>
    /// <exception cref="InvalidOperationException">The command was refused.</exception>
    private async Task<string> Send<TCommand>(Actor by, ClaimId? claim, object? body, string key = "")
    {
        var useCase = Engine.Modules.SelectMany(module => module.UseCases).Single(useCase => useCase.CommandType == typeof(TCommand));
        var values = claim is { } id ? new Dictionary<string, string> { ["claim"] = id.ToString() } : [];
        var path = claim is { } named ? useCase.Route.Replace("{claim}", named.ToString(), StringComparison.Ordinal) : useCase.Route;
        var request = new CommandRequest(
            useCase, path, values, body is null ? default : JsonSerializer.SerializeToUtf8Bytes(body, ClaimsJson.Options), by,
            VersionMatch.Any, $"{typeof(TCommand).Name}/{claim}/{key}", "4bf92f3577b34da6a3ce929d0e0e4736");
        var answer = await desk.Execute(request, CancellationToken.None);
        if (answer is Done done) return done.Body;
        var refused = answer as NotDone;
        throw new InvalidOperationException($"{typeof(TCommand).Name} was refused: {refused?.Rule.Code} {refused?.Detail}");
    }
}
