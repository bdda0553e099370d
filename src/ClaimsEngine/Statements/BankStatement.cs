namespace ClaimsEngine.Statements;

/// <summary>A statement of the organiser's account: its lines are matched with payouts and repayments, the others explained.</summary>
/// <param name="Explained">reasons by the place of the line, from 1</param>
public sealed record BankStatement(
    BankStatementId Id, string Account, string Number, RegionCode Region, LocalDate From, LocalDate To, Money Opening, Money Closing,
    IReadOnlyList<StatementLine> Lines, IReadOnlyDictionary<int, StatementLineExplained> Explained, string By, string? OnBehalfOf)
    : AggregateState, IAggregate<BankStatement>
{
    public static string StreamType => "bank_statement";

    public override Guid StreamId => Id.Value;
    public override RegionCode? Scope => Region;

    /// <summary>Lines that nothing of ours fits and nobody has explained.</summary>
    public int Open => Lines.Count(line => line.Match is null) - Explained.Count;

    /// <summary>An account has one statement of a number.</summary>
    public static UniqueKey Key(string account, string number) => new("bank-statement", $"{account}/{number}");

    public static BankStatement? Evolve(BankStatement? state, object @event) => @event switch
    {
        BankStatementRecorded e => new BankStatement(e.Statement, e.Account, e.Number, e.Region, e.From, e.To, e.Opening, e.Closing,
            e.Lines, new Dictionary<int, StatementLineExplained>(), e.By, e.OnBehalfOf),
        _ when state is null => null,
        StatementLineExplained e => state with
        {
            Explained = new Dictionary<int, StatementLineExplained>(state.Explained) { [e.Line] = e },
        },
        _ => state,
    };
}
