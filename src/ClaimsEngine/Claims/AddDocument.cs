using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A document has come in. The same file sent again changes nothing.</summary>
/// <param name="Kind">one of the kinds the claim asks for, or <c>other</c></param>
/// <param name="FileName">kept with the claimant's personal data</param>
/// <param name="Sha256">digest of the file's content, 64 hex digits</param>
public sealed record AddDocument(ClaimId Claim, string Kind, string FileName, string Sha256)
{
    public sealed class Validator : AbstractValidator<AddDocument>
    {
        public Validator()
        {
            RuleFor(c => c.Kind).NotEmpty().MaximumLength(60);
            RuleFor(c => c.FileName).NotEmpty().MaximumLength(255).Must(name => name.All(letter => !char.IsControl(letter) && letter is not ('/' or '\\')))
                .WithMessage("a file name has no path and no control characters");
            RuleFor(c => c.Sha256).Matches("^[0-9a-fA-F]{64}\\z").WithMessage("a SHA-256 digest has 64 hex digits");
        }
    }
}

public static class AddDocumentHandler
{
    public static async Task<Decision> Run(AddDocument command, IUseCaseContext context) =>
        await context.Find<Claim>(command.Claim.Value) is not { } claim ? Refuse.NotFound("claim")
        : await context.FindAnywhere<Person>(claim.Claimant.Value) is null ? Refuse.NotFound("claimant")
        : Handle(command, claim, context.By, new DocumentId(context.NewId()));

    public static Decision Handle(AddDocument command, Claim claim, Actor by, DocumentId id)
    {
        var digest = command.Sha256.ToLowerInvariant();
        if (claim.Documents.Any(document => document.Kind == command.Kind && document.Sha256 == digest)) return Decision.Nothing;
        if (!claim.IsOpen) return Refuse.WrongStateOf("claim", claim.Status, "submitted", "assessed");
        if (command.Kind != "other" && !claim.RequiredDocuments.Contains(command.Kind))
            return new Refusal(Refuse.UnknownDocumentKind, $"this claim asks for {string.Join(", ", claim.RequiredDocuments)}, or takes other", "kind");

        return Decision.On<Claim>(claim.StreamId, new DocumentReceived(id, command.Kind, digest, claim.MissingDocuments.Contains(command.Kind), by.Id))
            .And(Decision.On<Person>(claim.Claimant.Value, new DocumentFiled(id, claim.Id, command.FileName, by.Id)).Within(claim.Region));
    }
}
