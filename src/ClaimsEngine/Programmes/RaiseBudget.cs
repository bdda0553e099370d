using FluentValidation;

namespace ClaimsEngine.Programmes;

/// <summary>
/// The sponsor gives more: the most that it gives of the shares that name it rises from now on, and never falls. Enrolments that were
/// decided under the old limit at the same moment are decided again, so that the limit stays exact. Above the approval limit of the own
/// union level a higher level raises it (assumed: no public text says who may).
/// </summary>
/// <param name="Amount">what is added, above 0.00</param>
/// <param name="Reference">of the sponsor's decision or document; the same again changes nothing</param>
public sealed record RaiseBudget(string Programme, Money Amount, string Reference, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<RaiseBudget>
    {
        public Validator()
        {
            RuleFor(c => c.Amount).Must(amount => amount.IsPositive).WithMessage("what is added is above 0.00");
            RuleFor(c => c.Reference).NotEmpty().MaximumLength(100);
            RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
        }
    }
}

public static class RaiseBudgetHandler
{
    public static Task<Programme> LoadAsync(RaiseBudget command, IUseCaseContext context) =>
        context.Get<Programme>(ProgrammeId.Of(command.Programme).Value);

    public static Decision Handle(RaiseBudget command, Programme programme, Actor by)
    {
        if (!programme.Regions.All(by.Sees))
            return new Refusal(Refuse.OutsideRegion, $"the programme reaches beyond {by.Region.Name}");
        if (programme.Budget is null)
            return new Refusal(Refuse.WrongState, "the programme has no budget; only the quota limits what the sponsor gives");
        if (programme.Raises.FirstOrDefault(raise => raise.Reference == command.Reference) is { } before)
            return before.Added == command.Amount ? Decision.Nothing
                : new Refusal(Refuse.PaymentContradicts, $"{before.Added} yuan were added under this reference", "reference");
        if (command.Amount > by.ApprovalLimit)
            return new Refusal(Refuse.OverLimit, $"{by.Id} may decide up to {by.ApprovalLimit} yuan", "amount");
        return Decision.On(programme, new BudgetRaised(command.Amount, command.Reference, command.Reason, by.Id, by.OnBehalfOf));
    }
}
