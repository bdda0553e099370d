using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>The claimant answers a request for papers: several documents come in with one decision, all of them or none. Papers that nobody
/// asked for yet come in the same way, so that a claim waiting for its first papers needs no request. The same file sent again changes
/// nothing.</summary>
/// <param name="Documents">1 to <see cref="Most"/></param>
public sealed record AnswerSupplement(ClaimId Claim, IReadOnlyList<SentDocument> Documents) : Command, IAssistable
{
    /// <summary>As many as a request for papers may name.</summary>
    public const int Most = 20;

    public sealed class Validator : AbstractValidator<AnswerSupplement>
    {
        public Validator()
        {
            RuleFor(c => c.Documents).Must(documents => documents.Count is > 0 and <= Most).WithMessage($"1 to {Most} documents");
            RuleForEach(c => c.Documents).ChildRules(document =>
            {
                document.RuleFor(d => d.Kind).IsDocumentKind();
                document.RuleFor(d => d.FileName).IsFileName();
                document.RuleFor(d => d.Sha256).IsDigest();
            });
        }
    }
}

/// <param name="Kind">one of the kinds the claim asks for, or <c>other</c></param>
/// <param name="FileName">kept with the claimant's personal data</param>
/// <param name="Sha256">digest of the file's content, 64 hex digits</param>
public sealed record SentDocument(string Kind, string FileName, string Sha256);

public static class AnswerSupplementHandler
{
    public static async Task<(Claim, Person, IReadOnlyList<DocumentId>)> LoadAsync(AnswerSupplement command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        var claimant = await context.Get<Person>(claim.Claimant.Value);
        return (claim, claimant, [.. command.Documents.Select(_ => new DocumentId(context.NewId()))]);
    }

    public static Decision Handle(
        AnswerSupplement command, Claim claim, Person claimant, IReadOnlyList<DocumentId> ids, Actor by, LocalDate today) =>
        DocumentReceipt.Of(claim, claimant, [.. command.Documents.Select((sent, place) =>
            new ArrivedPaper(ids[place], sent.Kind, sent.FileName, sent.Sha256.ToLowerInvariant(), null))], "documents", by, today);
}
