using ClaimsEngine.Storage.ReadModels;

namespace ClaimsEngine.Storage.Projections;

/// <summary>A page of events for one read model, and the rows that they meet.</summary>
public sealed record Page(Projection ReadModel, IReadOnlyList<RecordedEvent> Events, IReadOnlyList<StartingRow> Before)
{
    public override string ToString() => $"{Events.Count} events for {ReadModel.Name}";
}

/// <summary>What a page of events makes of the rows.</summary>
/// <param name="Failed">events that a fold could not take; their streams are held back</param>
public sealed record PageRows(RowChanges Changes, IReadOnlyList<FailedEvent> Failed);

/// <summary>Projects events into rows. Pure: the daemon reads before it and writes after it, rows and progress in one
/// transaction.</summary>
public static class PageHandler
{
    public static PageRows Handle(Page page)
    {
        var fold = page.ReadModel.Fold(page.Before, page.Events);
        return new PageRows(fold.Changes, fold.Failed);
    }
}
