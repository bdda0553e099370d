using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Rosters.Settlements;

namespace ClaimsEngine.Host.Settlements;

/// <summary>What became of one line of a feed.</summary>
public enum SettlementOutcome
{
    /// <summary>Submitted, assessed and approved without a person.</summary>
    Approved,

    /// <summary>A person has to handle it: the claim, if one was made, or the line.</summary>
    Routed,

    /// <summary>The settlement has a claim already, and the line says the same. Nothing was changed.</summary>
    Known,

    /// <summary>The settlement has a claim already, and the line says something else. A person has to look at it; nothing was
    /// changed.</summary>
    Differs,

    /// <summary>The line cannot be read.</summary>
    Rejected,
}

/// <summary>One line of a feed, and what became of it.</summary>
/// <param name="Line">from 1, as an editor or a spreadsheet program counts</param>
/// <param name="SettlementNumber">null for a line that cannot be read</param>
/// <param name="ClaimId">the claim of the settlement; null where there is none</param>
/// <param name="Amount">what was approved; null if nothing was</param>
/// <param name="Reasons">why it was not approved; empty for one that was, or is known</param>
public sealed record SettlementLineResult(
    int Line, string? SettlementNumber, SettlementOutcome Outcome, ClaimId? ClaimId, string? ClaimNumber, Money? Amount,
    IReadOnlyList<LineFault> Reasons)
{
    /// <summary>The headings of <see cref="Cells"/>.</summary>
    internal static readonly IReadOnlyList<string> Headings =
        ["行号 line", "结算单号 settlement", "结果 outcome", "申领编号 claim", "给付金额 amount", "列 column", "代码 code", "原因 reason", "reason in English"];

    internal static SettlementLineResult Rejected(SettlementRow row) =>
        new(row.Line, null, SettlementOutcome.Rejected, null, null, null, row.Faults);

    /// <summary>A person has to handle it.</summary>
    internal static SettlementLineResult Routed(NumberedLine line, Claim? claim, Refusal why) =>
        Of(line, SettlementOutcome.Routed, claim, why);

    internal static SettlementLineResult Of(NumberedLine line, SettlementOutcome outcome, Claim? claim, Refusal? why = null) => new(
        line.Number, line.Line.SettlementNumber, outcome, claim?.Id, claim?.Number,
        outcome == SettlementOutcome.Approved ? claim!.Outcome!.Amount : null,
        why is null ? [] : [new LineFault(null, why.Code, why.Detail, why.Rule.TitleZh)]);

    internal IReadOnlyList<string> Cells() =>
    [
        $"{Line}", SettlementNumber ?? "", JsonNamingPolicy.CamelCase.ConvertName($"{Outcome}"), ClaimNumber ?? "",
        Amount?.ToString() ?? "",
        Joined(fault => fault.Column ?? ""), Joined(fault => fault.Code), Joined(fault => fault.TextZh), Joined(fault => fault.Text),
    ];

    private string Joined(Func<LineFault, string> part) => string.Join("; ", Reasons.Select(part).Where(text => text.Length > 0));
}

/// <summary>What became of a feed. Every line stands in the work's CSV file.</summary>
/// <param name="Plan">the plan that the feed was sent for; null for any</param>
/// <param name="Lines">that hold anything</param>
/// <param name="Amount">what was approved, of all lines together</param>
/// <param name="Results">of the first 500 lines, in order</param>
public sealed record SettlementResult(
    string? Plan, int Lines, int Approved, int Routed, int Known, int Differs, int Rejected, Money Amount,
    IReadOnlyList<SettlementLineResult> Results);

/// <summary>Counts the lines of a feed.</summary>
internal sealed class SettlementTally(string? plan)
{
    private const int Shown = 500;

    private readonly int[] counts = new int[Enum.GetValues<SettlementOutcome>().Length];
    private readonly List<SettlementLineResult> first = [];
    private Money amount = Money.Zero;

    public int Lines => counts.Sum();

    public void Add(SettlementLineResult result)
    {
        counts[(int)result.Outcome]++;
        amount += result.Amount ?? Money.Zero;
        if (first.Count < Shown) first.Add(result);
    }

    public SettlementResult Result() => new(plan, Lines, Count(SettlementOutcome.Approved), Count(SettlementOutcome.Routed),
        Count(SettlementOutcome.Known), Count(SettlementOutcome.Differs), Count(SettlementOutcome.Rejected), amount, first);

    private int Count(SettlementOutcome outcome) => counts[(int)outcome];
}
