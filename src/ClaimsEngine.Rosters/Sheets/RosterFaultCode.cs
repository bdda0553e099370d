namespace ClaimsEngine.Rosters.Sheets;

/// <summary>What a fault is about.</summary>
public enum RosterFaultScope
{
    /// <summary>The file as a whole: no row of it is taken.</summary>
    File,

    /// <summary>One row.</summary>
    Row,

    /// <summary>A row that is taken, in another form than it was written; the sender should know.</summary>
    Note,
}

/// <summary>A stable code for one thing that can be wrong in a roster. Clients branch on it; people read the texts.</summary>
/// <param name="Code">kebab-case, never changed once published</param>
public sealed record RosterFaultCode(string Code, RosterFaultScope Scope, string Text, string TextZh);

/// <summary>Why a file is refused as a whole.</summary>
public sealed record RosterFileFault(RosterFaultCode Rule, string Text, string TextZh)
{
    public string Code => Rule.Code;

    public override string ToString() => $"{Code}: {Text}";
}

/// <summary>What is wrong in one row. The texts never repeat what stands in the cell, which may be personal data.</summary>
/// <param name="Row">as the person sees it in the sheet: the header and blank rows count</param>
/// <param name="Column">as it is headed in the sheet, the column's letter if it has no heading, null for the row as a whole</param>
public sealed record RosterFault(int Row, string? Column, RosterFaultCode Rule, string Text, string TextZh)
{
    public string Code => Rule.Code;

    public override string ToString() => $"{Row} {Column} {Code}: {Text}";
}
