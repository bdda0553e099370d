using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>A document has come in: for an open claim, or for an appeal, whose time it does not change. The same file sent again changes nothing.</summary>
/// <param name="Kind">one of the kinds the claim asks for, or <c>other</c></param>
/// <param name="FileName">kept with the claimant's personal data</param>
/// <param name="Sha256">digest of the file's content, 64 hex digits</param>
public sealed record AddDocument(ClaimId Claim, string Kind, string FileName, string Sha256) : Command, IAssistable
{
    public sealed class Validator : AbstractValidator<AddDocument>
    {
        public Validator()
        {
            RuleFor(c => c.Kind).NotEmpty().MaximumLength(60);
            RuleFor(c => c.FileName).NotEmpty().MaximumLength(255)
                .Must(name => name.EnumerateRunes().All(letter => letter.Value is not ('/' or '\\') && !PlainText.IsUnseen(letter)))
                .WithMessage("a file name has no path and no characters that are not seen");
            RuleFor(c => c.Sha256).Matches("^[0-9a-fA-F]{64}\\z").WithMessage("a SHA-256 digest has 64 hex digits");
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
        var digest = command.Sha256.ToLowerInvariant();
        if (claim.Documents.Any(document => document.Kind == command.Kind && document.Sha256 == digest)) return Decision.Nothing;
        if (!claim.IsOpen && claim.Status != ClaimStatus.Appealed)
            return Refuse.WrongStateOf("claim", claim.Status, "submitted", "assessed", "appealed");
        var missing = claim.MissingDocuments;
        string[] kinds = [.. claim.RequiredDocuments.Union(claim.Supplement?.Kinds ?? [])];
        if (command.Kind != "other" && !kinds.Contains(command.Kind))
            return new Refusal(Refuse.UnknownDocumentKind, $"this claim asks for {string.Join(", ", kinds)}, or takes other", "kind");

        var completes = claim.IsOpen && missing is [var last] && last == command.Kind;
        return Decision.On(claim, new DocumentReceived(
                id, command.Kind, digest, missing.Contains(command.Kind), by.Id, completes ? Resumed(claim, today) : null))
            .And(Decision.On(claimant, new DocumentFiled(id, claim.Id, command.FileName, by.Id)).Within(claim.Region));
    }

    /// <summary>The papers are complete: a step that stood still goes on with the days that it had left, else the assessment begins. A
    /// claim from before deadlines were kept goes on without.</summary>
    private static Deadline? Resumed(Claim claim, LocalDate today) => claim switch
    {
        { Deadline: null } => null,
        { Deadline.Step: ClaimStep.Supplement, Supplement: { Stopped: { } step, Left: { } left } } =>
            Deadline.For(step, claim.Region, today, left),
        _ => Deadline.For(ClaimStep.Assessment, claim.Region, today),
    };
}
