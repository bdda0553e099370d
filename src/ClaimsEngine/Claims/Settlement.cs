using System.Text.RegularExpressions;
using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>The settlement of a stay in hospital by hospital insurance, on which a claim rests.</summary>
/// <param name="Source">the insurance office that settled, as its feed names it; 1 to 60 characters</param>
/// <param name="Number">unique within the source: 1 to 64 letters, digits, dots, hyphens and underscores</param>
public sealed partial record Settlement(string Source, string Number)
{
    public sealed class Validator : AbstractValidator<Settlement>
    {
        public Validator()
        {
            RuleFor(s => s.Source).PlainText(60);
            RuleFor(s => s.Number).Must(IsNumber).WithMessage("1 to 64 letters, digits, dots, hyphens and underscores");
        }
    }

    public static bool IsNumber(string text) => Plain().IsMatch(text);

    /// <summary>
    /// One settlement has one claim, whatever becomes of the claim. The scope's name stands before <c>person</c>, and keys are taken in
    /// the order of their scopes: so nobody finds out with a settlement that was used whether a person is on record.
    /// </summary>
    public UniqueKey ToKey() => new("claim-settlement", $"{Source}/{Number}");

    /// <summary>The claim takes the settlement with this decision. Where another claim has it, nothing is stored.</summary>
    public Decision TakenBy(ClaimId claim, Decision decision) => decision.Taking(ToKey(), claim.Value,
        new Refusal(Refuse.SettlementClaimed, "another claim rests on this settlement", "settlement.number"));

    [GeneratedRegex(@"^[0-9A-Za-z._-]{1,64}\z")]
    private static partial Regex Plain();
}
