namespace ClaimsEngine.Books;

/// <summary>What every closing asks.</summary>
internal static class BookRules
{
    public static Refusal NoBooks() => new(Refuse.UnknownPlan, "no entry stands in books of this plan or fund", "plan");

    /// <summary>Books are closed by an office that sees all of them.</summary>
    public static Refusal? NotTheirs(Actor by, BookFigures figures) =>
        figures.Regions.Where(region => !by.Sees(region)).ToArray() is [var beyond, ..]
            ? new Refusal(Refuse.OutsideRegion, $"the books reach to {beyond.Name}, beyond {by.Region.Name}") : null;

    /// <summary>Somebody closed or opened a month that the figures do not know yet: the same may be asked again.</summary>
    public static Refusal? Outrun(PlanBooks? books, BookFigures figures) => (books?.Steps ?? 0) == figures.Steps ? null
        : new Refusal(Refuse.Busy, "the books have just changed");
}
