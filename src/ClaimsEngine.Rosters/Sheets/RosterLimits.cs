namespace ClaimsEngine.Rosters.Sheets;

/// <summary>What a roster may ask of this machine. A file beyond a limit is refused by a file fault; memory stays below what the limits
/// allow.</summary>
public sealed record RosterLimits
{
    public static readonly RosterLimits Default = new();

    /// <summary>Rows that hold anything, the header not counted.</summary>
    public int Rows { get; init; } = 1_000_000;

    /// <summary>The last row of a sheet that spreadsheet programs can show.</summary>
    public int LastRow { get; init; } = 1_048_576;

    /// <summary>Cells of a row that are looked at; a header that is wider is refused.</summary>
    public int Columns { get; init; } = 100;

    /// <summary>Characters of a cell: what Excel holds. A longer text is cut there and its row is at fault.</summary>
    public int CellCharacters { get; init; } = 32_767;

    /// <summary>Bytes of a row of a CSV file.</summary>
    public int RowBytes { get; init; } = 1 << 20;

    /// <summary>Bytes of the file as it was sent.</summary>
    public long FileBytes { get; init; } = 512L << 20;

    /// <summary>Bytes of a workbook when all its parts are decompressed.</summary>
    public long ExpandedBytes { get; init; } = 2L << 30;

    /// <summary>How many times larger a part may become: real sheets stay below 100, deflate reaches 1,032. Parts below 16 MiB are not
    /// asked.</summary>
    public int ExpansionRatio { get; init; } = 250;

    /// <summary>Files in a workbook's container.</summary>
    public int Parts { get; init; } = 1_000;

    /// <summary>Entries of a workbook's table of shared strings.</summary>
    public int SharedStrings { get; init; } = 8_000_000;

    /// <summary>UTF-8 bytes of all shared strings together; they are held while the sheet is read.</summary>
    public int SharedStringBytes { get; init; } = 128 << 20;

    /// <summary>Ranges of merged cells.</summary>
    public int MergedRanges { get; init; } = 10_000;

    /// <summary>Rows from the top among which the header is looked for: employers put a title above it.</summary>
    public int HeaderWithin { get; init; } = 10;
}
