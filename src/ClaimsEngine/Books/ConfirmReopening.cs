namespace ClaimsEngine.Books;

/// <summary>Opens the month again that somebody else proposed to open: two people, whoever they stand in for.</summary>
public sealed record ConfirmReopening(string Plan, BookMonth Month) : Command;

public static class ConfirmReopeningHandler
{
    public static Task<PlanBooks> LoadAsync(ConfirmReopening command, IUseCaseContext context) =>
        context.Get<PlanBooks>(PlanBooksId.Of(command.Plan).Value);

    public static Decision Handle(ConfirmReopening command, PlanBooks books, Actor by)
    {
        if (books.ClosedThrough != command.Month) return ProposeReopeningHandler.NotTheLast(books);
        if (books.Reopening is not { } proposal)
            return new Refusal(Refuse.WrongState, "nobody has proposed to open the month again");
        return by.ActsAs(proposal.By, proposal.OnBehalfOf)
            ? Refuse.SamePerson(by, "proposed to open the month again", "confirm it")
            : Decision.On(books, new PeriodReopened(command.Month, by.Id, by.OnBehalfOf));
    }
}
