namespace ClaimsEngine.Host.Rosters;

/// <summary>Fields of an enrolment as the API names them, and the columns where a sheet says the same.</summary>
internal static class RosterFields
{
    /// <summary>The column to blame when a field is; null if no column says it.</summary>
    public static RosterColumn? ColumnOf(string? field) => field switch
    {
        "person.name" => RosterColumn.Name,
        "person.idNumber" => RosterColumn.IdNumber,
        "person.occupation" => RosterColumn.Occupation,
        "person.region" => RosterColumn.Region,
        "units" => RosterColumn.Units,
        "hiredOn" => RosterColumn.HiredOn,
        "programme" => RosterColumn.Programme,
        "plan" => RosterColumn.Plan,
        "unit" => RosterColumn.Unit,
        "coverTier" => RosterColumn.CoverTier,
        "months" => RosterColumn.Months,
        _ => null,
    };
}
