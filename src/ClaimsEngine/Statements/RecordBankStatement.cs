using ClaimsEngine.Payouts;
using ClaimsEngine.Recoveries;
using FluentValidation;

namespace ClaimsEngine.Statements;

/// <summary>A booking as the bank tells it.</summary>
/// <param name="Amount">below zero for money that left</param>
/// <param name="EndToEndId">a payout's id, with or without hyphens; null or other text where the booking is of no transfer of
/// ours</param>
public sealed record ReportedBooking(LocalDate BookedOn, Money Amount, string? EndToEndId = null, string? BankReference = null);

/// <summary>
/// Records a statement of the organiser's account. Its balances must fit its lines. A line is matched with the payout whose id and amount
/// it names, once when the money left and once when it came back, or with the repayment of its reference.
/// </summary>
public sealed record RecordBankStatement(
    string Account, string Number, LocalDate From, LocalDate To, Money Opening, Money Closing,
    IReadOnlyList<ReportedBooking> Lines) : Command
{
    /// <summary>The most lines of one statement.</summary>
    public const int MostLines = 20_000;

    public sealed class Validator : AbstractValidator<RecordBankStatement>
    {
        public Validator()
        {
            RuleFor(c => c.Number).NotEmpty().MaximumLength(35);
            RuleFor(c => c.Account).Must(account => BankProfile.All.Any(bank => bank.Debtor.Account == account))
                .WithMessage("is no account of the organiser");
            RuleFor(c => c.To).GreaterThanOrEqualTo(c => c.From);
            RuleFor(c => c.Lines).Must(lines => lines.Count <= MostLines).WithMessage("a statement has at most 20,000 lines");
            RuleFor(c => c.Closing).Must((c, closing) => c.Opening + Money.Sum(c.Lines.Select(line => line.Amount)) == closing)
                .WithMessage(c => $"the opening balance and all lines make {c.Opening + Money.Sum(c.Lines.Select(line => line.Amount))}");
            When(c => c.Lines.Count <= MostLines, () => RuleForEach(c => c.Lines).ChildRules(line =>
            {
                line.RuleFor(l => l.Amount).NotEqual(Money.Zero);
                line.RuleFor(l => l.EndToEndId).MaximumLength(36);
                line.RuleFor(l => l.BankReference).MaximumLength(100);
            }));
            RuleForEach(c => c.Lines).Must((c, line) => line.BookedOn >= c.From && line.BookedOn <= c.To)
                .WithMessage("is not booked within the days of the statement");
        }
    }
}

public static class RecordBankStatementHandler
{
    /// <param name="Payouts">those that the lines name, as far as they are there</param>
    /// <param name="Recoveries">by the reference of a repayment, in capital letters</param>
    public sealed record Case(
        IReadOnlyDictionary<Guid, Payout> Payouts, IReadOnlyDictionary<string, Recovery> Recoveries, BankStatementId Id);

    public static async Task<Case> LoadAsync(RecordBankStatement command, IUseCaseContext context)
    {
        var ids = command.Lines.Select(line => PayoutOf(line)).OfType<Guid>().Distinct().ToArray();
        await context.Look(ids);
        var payouts = new Dictionary<Guid, Payout>();
        foreach (var id in ids)
            if (await context.Find<Payout>(id) is { } payout) payouts[id] = payout;
        var references = command.Lines.Where(line => line.Amount.IsPositive && line.BankReference is not null)
            .Select(line => line.BankReference!.ToUpperInvariant()).Distinct().ToArray();
        var keys = references.ToDictionary(reference => Recovery.ReferenceKey(context.By.Region, reference));
        var owners = await context.OwnersOf([.. keys.Keys]);
        await context.Look([.. owners.Values.Distinct()]);
        var recoveries = new Dictionary<string, Recovery>();
        foreach (var (key, owner) in owners) recoveries[keys[key]] = await context.Get<Recovery>(owner);
        return new Case(payouts, recoveries, new BankStatementId(context.NewId()));
    }

    public static Decision Handle(RecordBankStatement command, Case found, Actor by)
    {
        var bank = BankProfile.All.First(one => one.Debtor.Account == command.Account);
        // an account that is everybody's is that of all who have no bank of their own
        if (bank.Region.Level > 0 ? !by.Sees(bank.Region) && !bank.Region.Contains(by.Region) : BankProfile.For(by.Region) != bank)
            return Refuse.ActsElsewhere(by, "account");
        var repaid = new HashSet<string>();
        var seen = found.Payouts.ToDictionary(pair => pair.Key, pair => pair.Value.Seen);
        var (lines, reconciled) = (new List<StatementLine>(command.Lines.Count), new List<Decision>());
        foreach (var line in command.Lines)
        {
            var match = MatchOf(line, found, seen, repaid);
            lines.Add(new StatementLine(line.BookedOn, line.Amount, line.BankReference, match));
            if (match?.Payout is { } payout)
                reconciled.Add(Decision.On(found.Payouts[payout.Value], new PayoutReconciled(
                    found.Id, lines.Count, line.BookedOn, CameBack: line.Amount.IsPositive, by.Id)));
        }
        return Decision.All(
        [
            Decision.Begin<BankStatement>(found.Id.Value, new BankStatementRecorded(
                    found.Id, command.Account, command.Number, by.Region, command.From, command.To, command.Opening, command.Closing, lines,
                    by.Id, by.OnBehalfOf))
                .Taking(BankStatement.Key(command.Account, command.Number), found.Id.Value,
                    new Refusal(Refuse.StatementRecorded, "this account has a statement of this number", "number")),
            .. reconciled,
        ]);
    }

    private static Guid? PayoutOf(ReportedBooking line) => Guid.TryParse(line.EndToEndId, out var id) ? id : null;

    /// <summary>A payout's money is seen to leave once and to come back once, whichever statements say so; a repayment once in a
    /// statement, with its amount.</summary>
    private static LineMatch? MatchOf(
        ReportedBooking line, Case found, Dictionary<Guid, SeenByBank> seen, HashSet<string> repaid)
    {
        if (PayoutOf(line) is { } id && found.Payouts.TryGetValue(id, out var payout))
        {
            var (left, before) = (!line.Amount.IsPositive, seen[id]);
            var fits = left ? line.Amount == Money.Zero - payout.Amount && before == SeenByBank.Nothing && payout.WentOut
                : line.Amount == payout.Amount && before == SeenByBank.Left
                    && (payout.CameBack || payout.Status == PayoutStatus.Sent);   // the results may come after the statement
            if (!fits) return null;
            seen[id] = left ? SeenByBank.Left : SeenByBank.CameBack;
            return new LineMatch(Payout: payout.Id);
        }
        return line is { Amount.IsPositive: true, BankReference: { } reference }
            && found.Recoveries.TryGetValue(reference.ToUpperInvariant(), out var recovery)
            && recovery.Repayments.Any(one => one.Amount == line.Amount
                && string.Equals(one.BankReference, reference, StringComparison.OrdinalIgnoreCase))
            && repaid.Add(reference.ToUpperInvariant()) ? new LineMatch(Recovery: recovery.Id) : null;
    }
}
