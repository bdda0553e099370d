using ClaimsEngine.Claims;
using ClaimsEngine.Console.People;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Pages.Claims;

/// <summary>
/// Why an approver may not decide a case, said before a button is pressed. The engine asks the same again and has the last word; here it is
/// only told in time.
/// </summary>
public static class WhoMayDecide
{
    /// <param name="limit">the most that this person may approve; null is without limit</param>
    /// <returns>empty where nothing speaks against it</returns>
    public static IReadOnlyList<string> Obstacles(ClaimView claim, Person me, Money? limit)
    {
        var found = new List<string>();
        var t = (string zh, string en) => me.Language.Of(zh, en);
        string[] own = me.For is { } principal ? [me.Name, principal] : [me.Name];
        if (own.Contains(claim.SubmittedBy)) found.Add(t("您提交了本申领，不能由您决定。", "You submitted this claim, so you may not decide it."));
        if (claim.AssessedBy.Any(own.Contains)) found.Add(t("您核定了本申领，不能由您决定。", "You assessed this claim, so you may not decide it."));
        if (claim.Reviews.Any(review => own.Contains(review.By) || own.Contains(review.OnBehalfOf)))
            found.Add(t("您复核了本申领，不能由您决定。", "You reviewed this claim, so you may not decide it."));
        if (claim.AssessedAmount is { } amount && limit is { } most && amount > most)
            found.Add(t($"核定{Show.Money(amount)}元超过您的审批限额{Show.Money(most)}元。",
                $"{Show.Money(amount)} yuan is above your limit of {Show.Money(most)} yuan."));
        if (claim.Suspicions.Count > 0)
            found.Add(t("存在未排除的疑点，排除之前不能批准。", "There is an open suspicion; it cannot be approved before that is cleared."));
        if (claim.MissingDocuments.Count > 0)
            found.Add(t($"还缺{claim.MissingDocuments.Count}份材料。", $"{claim.MissingDocuments.Count} papers are missing."));
        var agreed = claim.Reviews.Count(review => review.Finding == ReviewFinding.Agree);
        if (agreed < claim.ReviewsNeeded)
            found.Add(t($"须{claim.ReviewsNeeded}人复核同意，已有{agreed}人。", $"{claim.ReviewsNeeded} reviewers have to agree; {agreed} did."));
        return found;
    }
}
