namespace ClaimsEngine.Rosters.Writing;

/// <summary>What stands in a column of a table, and how each form writes it. Every cell may also be null: nothing is written.</summary>
public enum CellKind
{
    /// <summary>A string: also ids, codes and numbers that are read out, which are never counted with.</summary>
    Text,

    /// <summary>A whole number, <c>int</c> or <c>long</c>.</summary>
    Number,

    /// <summary><see cref="Money"/>: a number with two decimals in XLSX, <c>decimal(18,2)</c> in Parquet, <c>120.00</c> in CSV.</summary>
    Money,

    /// <summary>A <c>decimal</c> that is a share or a ratio, 1 is all: rounded to six decimals.</summary>
    Ratio,

    /// <summary>A <see cref="LocalDate"/>.</summary>
    Date,

    /// <summary>An <see cref="Instant"/>: the local time of Asia/Shanghai in XLSX and CSV, to the second; UTC in Parquet, to the
    /// microsecond.</summary>
    Moment,

    /// <summary>A <c>bool</c>.</summary>
    Flag,
}

/// <summary>A column of a table.</summary>
/// <param name="Name">camelCase, as in the API: heads the column in Parquet</param>
/// <param name="Heading">in Chinese: heads the column in CSV and XLSX</param>
/// <param name="Words">what a code says in Chinese, null for nothing. Where it is given, the column holds codes, its heading ends in 代码,
/// and a column of the words stands beside it under the heading alone: its name ends in <c>Text</c></param>
public sealed record TableColumn(string Name, string Heading, CellKind Kind, Func<string, string?>? Words = null);

/// <summary>A remark on a table as a whole: the last sheet of XLSX has it, the metadata of Parquet, not CSV.</summary>
/// <param name="Name">for programs</param>
/// <param name="Heading">in Chinese</param>
public sealed record TableNote(string Name, string Heading, string Value);

/// <summary>The form of a file.</summary>
public enum TableFormat { Csv, Xlsx, Parquet }
