using FluentValidation;

namespace ClaimsEngine.Contributions;

/// <summary>Nothing is awaited under a call any more: it is paid, or is called for again. What is still owed stays owed.</summary>
public sealed record CloseContributionCall(ContributionCallId Call, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<CloseContributionCall>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class CloseContributionCallHandler
{
    public static Task<ContributionCall> LoadAsync(CloseContributionCall command, IUseCaseContext context) =>
        context.Get<ContributionCall>(command.Call.Value);

    public static Decision Handle(CloseContributionCall command, ContributionCall call, Actor by) => call.Status == CallStatus.Closed
        ? Decision.Nothing
        : Decision.On(call, new ContributionCallClosed(command.Reason, by.Id))
            .Releasing(call.Lines.Select(line => ContributionCall.ShareKey(line.Enrolment, call.Payer)), call.StreamId);
}
