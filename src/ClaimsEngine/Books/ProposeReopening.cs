using FluentValidation;

namespace ClaimsEngine.Books;

/// <summary>Proposes to open the last closed month of a plan's books again. Another person confirms it.</summary>
public sealed record ProposeReopening(string Plan, BookMonth Month, string Reason) : Command
{
    public sealed class Validator : AbstractValidator<ProposeReopening>
    {
        public Validator() => RuleFor(c => c.Reason).NotEmpty().MaximumLength(500);
    }
}

public static class ProposeReopeningHandler
{
    public static Task<PlanBooks> LoadAsync(ProposeReopening command, IUseCaseContext context) =>
        context.Get<PlanBooks>(PlanBooksId.Of(command.Plan).Value);

    public static Decision Handle(ProposeReopening command, PlanBooks books, Actor by)
    {
        if (books.ClosedThrough != command.Month) return NotTheLast(books);
        var proposed = new ReopeningProposed(command.Month, command.Reason, by.Id, by.OnBehalfOf);
        return books.Reopening == proposed ? Decision.Nothing : Decision.On(books, proposed);
    }

    internal static Refusal NotTheLast(PlanBooks books) => new(Refuse.PeriodOrder, books.ClosedThrough is { } last
        ? $"only the last closed month is opened again: {last}" : "no month is closed", "month");
}
