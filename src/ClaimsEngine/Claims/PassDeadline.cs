using ClaimsEngine.Enrolments;

namespace ClaimsEngine.Claims;

/// <summary>The last day of the step that a claim waits for is over. Where the office is late this is noted. Where the claimant was asked
/// for papers and did not answer, the claim is closed. The engine says so every day by itself; an officer may.</summary>
public sealed record PassDeadline(ClaimId Claim) : Command;

public static class PassDeadlineHandler
{
    public static async Task<(Claim, Enrolment)> LoadAsync(PassDeadline command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await context.Get<Enrolment>(claim.Enrolment.Value));
    }

    public static Decision Handle(PassDeadline command, Claim claim, Enrolment enrolment, Actor by, LocalDate today) => claim switch
    {
        { Status: ClaimStatus.Expired } => Decision.Nothing,
        { Deadline: null } => new Refusal(Refuse.DeadlineNotPassed, "the claim waits for nothing that has a deadline"),
        { Deadline: { } due } when today <= due.DueOn =>
            new Refusal(Refuse.DeadlineNotPassed, $"the last day of this step is {due.DueOn:uuuu-MM-dd}"),
        { Deadline: { Step: ClaimStep.Supplement } due } => claim.EndedBy(
            new ClaimExpired(
                claim.MissingDocuments, due.DueOn, $"papers that were asked for did not come by {due.DueOn:uuuu-MM-dd}", by.Id),
            enrolment, by),
        { Overdue: not null } => Decision.Nothing,
        _ => Decision.On(claim, new DeadlinePassed(claim.Deadline!.Step, claim.Deadline.DueOn, by.Id)),
    };
}
