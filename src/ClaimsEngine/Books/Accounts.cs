namespace ClaimsEngine.Books;

public enum AccountClass { Asset, Liability, NetAssets, Income, Expense }

/// <summary>The side on which an account's balance normally stands.</summary>
public enum Side { Debit, Credit }

public static class Accounts
{
    /// <summary>Whether the closing of a plan year carries it: income and expense, and nothing else.</summary>
    public static bool IsResult(this BookAccount account) => account is BookAccount.ContributionsEarned or BookAccount.ReliefAppropriations
        or BookAccount.BenefitsRecovered or BookAccount.BenefitsGranted or BookAccount.ReliefGranted or BookAccount.ChangeInCaseReserves
        or BookAccount.WrittenOff;
}
