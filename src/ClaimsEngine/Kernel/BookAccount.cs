namespace ClaimsEngine.Kernel;

/// <summary>The accounts that the engine posts to, by the engine's own names. An organiser's chart gives each a code and its names
/// (<c>Books/ChartOfAccounts.cs</c>). The list follows the minimum ledger of finance-and-privacy.md, section 3.</summary>
public enum BookAccount
{
    /// <summary>Asset: money that came in. What left stands in <see cref="BenefitsPaid"/> and <see cref="RefundsPaid"/>.</summary>
    Bank,

    /// <summary>Asset, with a credit balance: benefits and relief that the bank has paid, so that "paid" is a balance of its own.</summary>
    BenefitsPaid,

    /// <summary>Asset, with a credit balance: refunds that the bank has paid.</summary>
    RefundsPaid,

    /// <summary>Asset: shares of members and employers that have not come in.</summary>
    ContributionsReceivable,

    /// <summary>Asset: shares of unions and treasuries that have not come in.</summary>
    SubsidiesReceivable,

    /// <summary>Asset: the budget of a fund for hardship relief, which its level has promised.</summary>
    AppropriationsReceivable,

    /// <summary>Asset: paid money that is asked back.</summary>
    RecoveryReceivable,

    /// <summary>Liability: contributions for days of cover that no closing has counted as past.</summary>
    UnearnedContributions,

    /// <summary>Liability: contributions that are to be paid back, and not ordered yet.</summary>
    RefundsPayable,

    /// <summary>Liability: refunds that are ordered and not sent.</summary>
    RefundsOrdered,

    /// <summary>Liability: refunds at the bank without a result.</summary>
    RefundsInTransit,

    /// <summary>Liability: refunds that the bank sent back, and nobody has ordered anew.</summary>
    ReturnedRefunds,

    /// <summary>Liability: estimates of claims that are not decided.</summary>
    CaseReserves,

    /// <summary>Liability: benefits and relief that are ordered and not sent.</summary>
    BenefitsPayable,

    /// <summary>Liability: benefits and relief at the bank without a result.</summary>
    BenefitsInTransit,

    /// <summary>Liability: benefits and relief that the bank sent back, and nobody has ordered anew.</summary>
    ReturnedTransfers,

    /// <summary>Net assets: set aside for years that cost more than they bring.</summary>
    RiskReserve,

    /// <summary>Net assets: results of closed plan years that are not in the risk reserve.</summary>
    SurplusCarried,

    /// <summary>Income: contributions for days of cover that are past, as the closings counted them.</summary>
    ContributionsEarned,

    /// <summary>Income: budgets of funds for hardship relief.</summary>
    ReliefAppropriations,

    /// <summary>Income: paid benefits that are owed back.</summary>
    BenefitsRecovered,

    /// <summary>Expense: benefits that were granted.</summary>
    BenefitsGranted,

    /// <summary>Expense: hardship relief that was granted.</summary>
    ReliefGranted,

    /// <summary>Expense: by how much the estimates of undecided claims have grown; below 0 where they fell.</summary>
    ChangeInCaseReserves,

    /// <summary>Expense: owed back, and given up.</summary>
    WrittenOff,
}
