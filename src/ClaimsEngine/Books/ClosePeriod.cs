namespace ClaimsEngine.Books;

/// <summary>
/// Closes the next month of a plan's books, once it is over. The closing counts which part of the contributions the days of cover up to its
/// end have earned. The first month that is closed may be any; the months before it are closed with it.
/// </summary>
/// <param name="Plan">code of the plan, or of a relief fund</param>
public sealed record ClosePeriod(string Plan, BookMonth Month) : Command;

public static class ClosePeriodHandler
{
    /// <returns>which months are closed, null where none ever was; and the books, null where there are none</returns>
    public static async Task<(PlanBooks?, BookFigures?)> LoadAsync(ClosePeriod command, IUseCaseContext context) => (
        await context.FindAnywhere<PlanBooks>(PlanBooksId.Of(command.Plan).Value),
        await context.BooksOf(command.Plan, command.Month));

    public static Decision Handle(ClosePeriod command, PlanBooks? books, BookFigures? figures, Actor by, LocalDate today)
    {
        if (figures is null) return BookRules.NoBooks();
        if (BookRules.NotTheirs(by, figures) is { } elsewhere) return elsewhere;
        if (books?.ClosedThrough is { } closed)
        {
            if (command.Month <= closed) return Decision.Nothing;
            if (command.Month != closed.Next)
                return new Refusal(Refuse.PeriodOrder, $"months are closed in their order: the next is {closed.Next}", "month");
        }
        if (today <= command.Month.LastDay)
            return new Refusal(Refuse.PeriodNotOver, $"{command.Month} ends on {command.Month.LastDay:uuuu-MM-dd}", "month");
        if (BookRules.Outrun(books, figures) is { } outrun) return outrun;

        var closing = new PeriodClosed(
            command.Plan, command.Month, figures.Position, today, by.Region, by.Id, by.OnBehalfOf);
        return Decision.OnOrBegin(books, PlanBooksId.Of(command.Plan).Value,
            [closing, .. ClosingFigures.Earned(command.Plan, command.Month, figures)]);
    }
}
