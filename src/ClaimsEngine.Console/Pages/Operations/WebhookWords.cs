using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Pages.Operations;

/// <summary>The public names of events in words.</summary>
public static class WebhookWords
{
    /// <param name="name">as platforms are told: <c>claim.submitted</c>, or a pattern</param>
    public static string Of(string name, Language language) => name switch
    {
        "*" => language.Of("全部", "All"),
        "claim.*" => language.Of("全部申领事件", "All of claims"),
        "payout.*" => language.Of("全部付款事件", "All of payouts"),
        _ when language == Language.English => name,
        "payout.ordered" => "下达付款",
        "claim.document_received" or "claim.supplement_requested" or "claim.refusal_upheld" or "claim.refusal_reversed"
            or "claim.appeal_withdrawn" or "claim.approval_revoked" => HistoryWords.Of(name["claim.".Length..], language),
        _ => HistoryWords.Of(name.Replace('.', '_'), language),
    };
}
