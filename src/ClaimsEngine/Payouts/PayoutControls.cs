using ClaimsEngine.Members;

namespace ClaimsEngine.Payouts;

/// <summary>What finance asks of a payout beyond one authorisation. It is reckoned once, when the payout is ordered, and kept with the
/// order.</summary>
/// <param name="OtherHolder">why the account is not the payee's own: somebody accepts that before anybody authorises; null for the payee's
/// own account</param>
/// <param name="CoolingUntil">the last day on which the account counts as just changed, Asia/Shanghai: until then two people authorise.
/// Null for an account that is not</param>
/// <param name="SecondFrom">the amount from which on two people authorise, where this payout reaches it; null where it does not</param>
/// <param name="RegisteredBy">who registered the account, where it is another person's or just changed: this person neither accepts it nor
/// authorises or releases the payout. Null where it does not matter</param>
/// <param name="RegisteredFor">whose stand-in registered it; null for nobody's</param>
/// <param name="Rules">the organiser's rules that say so, <c>default/1</c></param>
public sealed record PayoutControls(
    HolderGround? OtherHolder, LocalDate? CoolingUntil, Money? SecondFrom, string? RegisteredBy, string? RegisteredFor, string Rules)
{
    /// <param name="account">to which it is paid; null for an organisation's, which two people have confirmed</param>
    /// <returns>null where one person of finance may authorise it at once</returns>
    public static PayoutControls? Of(Money amount, Account? account, AuthorisationRules rules, LocalDate today)
    {
        var holder = account?.OtherHolder?.Ground;
        var cooling = account?.ChangedOn is { } changed ? rules.AccountCooling?.EndsOn(changed) : null;
        if (cooling < today) cooling = null;
        var second = rules.SecondFrom is { } from && amount >= from ? from : (Money?)null;
        if (holder is null && cooling is null && second is null) return null;
        var matters = account is not null && (holder is not null || cooling is not null);
        return new PayoutControls(
            holder, cooling, second, matters ? account!.RegisteredBy : null, matters ? account!.RegisteredFor : null, rules.Name);
    }

    /// <summary>Whether two people authorise it on that day.</summary>
    public bool NeedsSecond(LocalDate today) => SecondFrom is not null || today <= CoolingUntil;

    /// <summary>Whether this person registered the account, himself or by a stand-in.</summary>
    public bool WasRegisteredBy(Actor by) => by.ActsAs(RegisteredBy, RegisteredFor);
}

/// <summary>What comes next for a payout that is ordered. Whether it is held stands beside it.</summary>
public enum PayoutWait
{
    /// <summary>The account is another person's: somebody accepts or refuses that.</summary>
    AccountReview,

    /// <summary>The account was refused: the payout is ordered anew, to another account.</summary>
    OtherAccount,

    /// <summary>To be authorised, by one person or by two.</summary>
    Authorisation,

    /// <summary>One of two has authorised it.</summary>
    SecondAuthorisation,
}
