using System.Text.Json;
using ClaimsEngine.Plans;

namespace ClaimsEngine.Books;

/// <summary>
/// What the postings take from data, and no event says (<c>seeds/books/postings.v1.json</c>; all of it is assumed). It is one file for all
/// organisers and never changes: another version would post old events in another way.
/// </summary>
/// <param name="SubsidyPayers">a payer whose name has one of these words gives a subsidy; the share of any other is a contribution</param>
/// <param name="FirstReserve">what a claim reserves at first, where the plan's rules had no answer to the facts of the submission</param>
public sealed record PostingRules(
    IReadOnlyList<string> Assumed, IReadOnlyList<string> SubsidyPayers, IReadOnlyDictionary<IncidentKind, Money> FirstReserve)
{
    public static readonly PostingRules Known =
        JsonSerializer.Deserialize<PostingRules>(EmbeddedData.Text("books/postings.v1.json"), ClaimsJson.Options)!;

    /// <summary>The account in which a payer's share stands until it is paid.</summary>
    public BookAccount ReceivableFrom(string payer) =>
        SubsidyPayers.Any(word => payer.Contains(word, StringComparison.OrdinalIgnoreCase))
            ? BookAccount.SubsidiesReceivable : BookAccount.ContributionsReceivable;
}
