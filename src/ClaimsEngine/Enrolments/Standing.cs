using ClaimsEngine.Plans;

namespace ClaimsEngine.Enrolments;

/// <summary>
/// Where a person stands in a plan that knows renewal, under whatever programme: one key a plan and member is handed on from certificate to
/// certificate, so that two who enrol at once follow one another. Each certificate names the one before it, so one that gave no cover is
/// passed over.
/// </summary>
/// <param name="Newest">holds the key, whatever became of it</param>
/// <param name="Earlier">the newest that gives or gave cover</param>
public sealed record Standing(Enrolment? Newest, Enrolment? Earlier)
{
    public static UniqueKey Key(string plan, PersonId member) => new("newest-cover", $"{plan}/{member}");

    public static async Task<Standing> Of(string plan, PersonId member, IUseCaseContext context) =>
        await From(await context.OwnerOf(Key(plan, member)), context);

    /// <summary>Seen from a certificate, or from none.</summary>
    public static async Task<Standing> From(Guid? enrolment, IRecords records)
    {
        var newest = await Load(enrolment);
        var earlier = newest;
        while (earlier is { GivesCover: false }) earlier = await Load(earlier.Previous?.Value);
        return new Standing(newest, earlier);

        async Task<Enrolment?> Load(Guid? stream) => stream is { } id ? await records.FindAnywhere<Enrolment>(id) : null;
    }

    /// <summary>The first day of unbroken cover if one from this day on continues the earlier certificate, within the plan's grace after
    /// its end; null for a new entry.</summary>
    public static LocalDate? FirstDay(Cover cover, Enrolment? earlier, LocalDate from) =>
        cover.Renewal is not { } renewal || earlier is null || from > earlier.CoverTo.PlusDays(renewal.GraceDays + 1)
            || from < earlier.CoverFrom ? null
        : from == earlier.CoverFrom ? earlier.FirstCoverFrom   // two at once continue the same one before
        : earlier.FirstCoverFrom ?? earlier.CoverFrom;
}
