using ClaimsEngine.Books;

namespace ClaimsEngine.Console.Pages.Finance.Figures;

/// <summary>An account as the reader's chart has it.</summary>
public sealed record AccountLine(BookAccount Key, string Code, string Name, string NameZh, AccountClass Class, Side Side);

/// <summary>The API's trial balance.</summary>
public sealed record TrialAnswer(IReadOnlyList<TrialRow> Rows, TrialSums Total, Instant AsOf, long Position);

public sealed record TrialRow(AccountLine Account, Kernel.Money Opening, Kernel.Money Debit, Kernel.Money Credit, Kernel.Money Closing);

public sealed record TrialSums(Kernel.Money Opening, Kernel.Money Debit, Kernel.Money Credit, Kernel.Money Closing);

/// <summary>The API's balances, for each book.</summary>
public sealed record AccountsAnswer(IReadOnlyList<AccountRow> Rows, Kernel.Money Debit, Kernel.Money Credit, Instant AsOf, long Position);

public sealed record AccountRow(
    string Plan, int PlanYear, AccountLine Account, Kernel.Money Debit, Kernel.Money Credit, Kernel.Money Balance);

/// <summary>An entry of the journal: what one event posts.</summary>
public sealed record EntryView(
    Guid Id, long Version, string Event, long Position, Instant RecordedAt, LocalDate Date, BookMonth Period, string Plan,
    string? Programme, RegionCode Region, string? Reference, Kernel.Money Amount, IReadOnlyList<EntryLine> Lines);

public sealed record EntryLine(
    BookAccount Account, string Code, string Name, string NameZh, int PlanYear, Kernel.Money? Debit = null, Kernel.Money? Credit = null,
    string? Payer = null, LocalDate? CoverFrom = null, LocalDate? CoverTo = null);
