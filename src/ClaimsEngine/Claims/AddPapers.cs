using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>Files have come in and are kept. All of them are added, or none. A file that was sent before changes nothing. Only the engine
/// itself gives this command, once it has looked at the bytes and stored them: no request can say what they are.</summary>
/// <param name="Papers">1 to <see cref="Most"/></param>
public sealed record AddPapers(ClaimId Claim, IReadOnlyList<Paper> Papers) : Command, IAssistable
{
    /// <summary>Files that one request may bring.</summary>
    public const int Most = 10;

    public sealed class Validator : AbstractValidator<AddPapers>
    {
        public Validator()
        {
            RuleFor(c => c.Papers).Must(papers => papers.Count is > 0 and <= Most).WithMessage($"1 to {Most} files");
            RuleForEach(c => c.Papers).ChildRules(paper =>
            {
                paper.RuleFor(p => p.Kind).IsDocumentKind();
                paper.RuleFor(p => p.FileName).IsFileName();
            });
        }
    }
}

/// <param name="Kind">one of the kinds the claim asks for, or <c>other</c></param>
/// <param name="FileName">kept with the claimant's personal data</param>
/// <param name="Sha256">hex digest of the bytes that are kept, in lower case</param>
public sealed record Paper(string Kind, string FileName, string Sha256, PaperContent Content);

public static class AddPapersHandler
{
    public static async Task<(Claim, Person, IReadOnlyList<DocumentId>)> LoadAsync(AddPapers command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await context.Get<Person>(claim.Claimant.Value), [.. command.Papers.Select(_ => new DocumentId(context.NewId()))]);
    }

    public static Decision Handle(
        AddPapers command, Claim claim, Person claimant, IReadOnlyList<DocumentId> ids, Actor by, LocalDate today) =>
        DocumentReceipt.Of(claim, claimant, [.. command.Papers.Select((paper, place) =>
            new ArrivedPaper(ids[place], paper.Kind, paper.FileName, paper.Sha256, paper.Content))], "papers", by, today);
}
