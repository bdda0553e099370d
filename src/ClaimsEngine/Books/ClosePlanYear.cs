namespace ClaimsEngine.Books;

/// <summary>
/// Closes a plan year, once all its contributions are earned or owed back: its income and expense are carried to the risk reserve and the
/// surplus by the organiser's rule (<see cref="SurplusRule"/>). What comes later for the plan year is carried by closing it again.
/// </summary>
/// <param name="Plan">code of the plan, or of a relief fund</param>
/// <param name="Year">calendar year in which the covers begin; of a relief fund, in which it begins</param>
public sealed record ClosePlanYear(string Plan, int Year) : Command
{
    public sealed class Validator : FluentValidation.AbstractValidator<ClosePlanYear>
    {
        public Validator() => FluentValidation.DefaultValidatorExtensions.InclusiveBetween(RuleFor(c => c.Year), 1900, 2999);
    }
}

public static class ClosePlanYearHandler
{
    /// <returns>which months are closed, null where none ever was; and the books, null where there are none</returns>
    public static async Task<(PlanBooks?, BookFigures?)> LoadAsync(ClosePlanYear command, IUseCaseContext context) => (
        await context.FindAnywhere<PlanBooks>(PlanBooksId.Of(command.Plan).Value), await context.BooksOf(command.Plan, null));

    public static Decision Handle(ClosePlanYear command, PlanBooks? books, BookFigures? figures, Actor by, LocalDate today)
    {
        if (figures is null) return BookRules.NoBooks();
        if (BookRules.NotTheirs(by, figures) is { } elsewhere) return elsewhere;
        var balances = figures.Balances.Where(own => own.PlanYear == command.Year).ToArray();
        if (balances.Length == 0) return new Refusal(Refuse.UnknownPlan, $"no entry stands in the book of {command.Year}", "year");
        var unearned = Money.Zero - Money.Sum(
            balances.Where(own => own.Account == BookAccount.UnearnedContributions).Select(own => own.Balance));
        if (unearned != Money.Zero)
        {
            // what has no days of cover belongs to certificates that wait for their contribution
            var running = figures.Covers.Where(own => own.PlanYear == command.Year).Any(own => own.Unearned != Money.Zero);
            return new Refusal(Refuse.PlanYearRunning, $"{unearned} yuan are not earned: " + (running
                ? "close the months up to the end of the last cover first"
                : "pending certificates are to be paid, voided or to lapse first"),
                "year");
        }
        if (BookRules.Outrun(books, figures) is { } outrun) return outrun;

        var carried = ClosingFigures.Carried(balances);
        return carried.Count == 0 && books?.Years.Any(own => own.PlanYear == command.Year) == true
            ? Decision.Nothing
            : Decision.OnOrBegin(books, PlanBooksId.Of(command.Plan).Value, Closing(command, figures, carried, by, today));
    }

    private static PlanYearClosed Closing(
        ClosePlanYear command, BookFigures figures, IReadOnlyList<AccountBalance> carried, Actor by, LocalDate today)
    {
        var result = Money.Zero - Money.Sum(carried.Select(own => own.Balance));
        var reserve = Money.Zero - Money.Sum(
            figures.Balances.Where(own => own.Account == BookAccount.RiskReserve).Select(own => own.Balance));
        var (toReserve, toSurplus) = SurplusRule.For(by.Region, command.Plan).Share(result, reserve);
        return new PlanYearClosed(
            command.Plan, command.Year, figures.Position, today, by.Region, carried, result, toReserve, toSurplus, by.Id, by.OnBehalfOf);
    }
}
