using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A document has come in: for an open claim, or for an appeal, whose time it does not change. The same file sent again changes
/// nothing.</summary>
/// <param name="Kind">one of the kinds the claim asks for, or <c>other</c></param>
/// <param name="FileName">kept with the claimant's personal data</param>
/// <param name="Sha256">digest of the file's content, 64 hex digits</param>
public sealed record AddDocument(ClaimId Claim, string Kind, string FileName, string Sha256) : Command, IAssistable
{
    public sealed class Validator : AbstractValidator<AddDocument>
    {
        public Validator()
        {
            RuleFor(c => c.Kind).IsDocumentKind();
            RuleFor(c => c.FileName).IsFileName();
            RuleFor(c => c.Sha256).IsDigest();
        }
    }
}

public static class AddDocumentHandler
{
    public static async Task<(Claim, Person, DocumentId)> LoadAsync(AddDocument command, IUseCaseContext context)
    {
        var claim = await context.Get<Claim>(command.Claim.Value);
        return (claim, await context.Get<Person>(claim.Claimant.Value), new DocumentId(context.NewId()));
    }

    public static Decision Handle(AddDocument command, Claim claim, Person claimant, DocumentId id, Actor by, LocalDate today)
    {
        var (received, no) = DocumentReceipt.Of(claim, id, command.Kind, command.Sha256.ToLowerInvariant(), null, "kind", by, today);
        if (no is not null) return no;
        return received is null ? Decision.Nothing : Decision.On(claim, received)
            .And(Decision.On(claimant, new DocumentFiled(id, claim.Id, command.FileName, by.Id)).Within(claim.Region));
    }
}
