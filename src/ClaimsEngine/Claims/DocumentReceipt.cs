using ClaimsEngine.Members;
using FluentValidation;

namespace ClaimsEngine.Claims;

/// <summary>What is asked of a document, whichever way it comes in: as a digest, or as a file.</summary>
internal static class DocumentReceipt
{
    /// <summary>The fact, or why it is refused. Neither where the claim has the document already.</summary>
    /// <param name="digest">in lower case</param>
    /// <param name="field">of the request that tells the kind</param>
    public static (DocumentReceived? Fact, Refusal? No) Of(
        Claim claim, DocumentId id, string kind, string digest, PaperContent? content, string field, Actor by, LocalDate today)
    {
        // a file whose digest alone was told before is new: now there is something to read
        if (claim.Documents.Any(document =>
            document.IsOf(kind, content?.SentSha256 ?? digest) && (content is null || document.Content is not null)))
            return (null, null);
        if (claim.TakesNoPapers() is { } closed) return (null, closed);
        var missing = claim.MissingDocuments;
        string[] kinds = [.. claim.RequiredDocuments.Union(claim.Supplement?.Kinds ?? [])];
        if (kind != "other" && !kinds.Contains(kind))
            return (null, new Refusal(
                Refuse.UnknownDocumentKind, $"this claim asks for {string.Join(", ", kinds)}, or takes other", field));

        var completes = claim.IsOpen && missing is [var last] && last == kind;
        return (new DocumentReceived(
            id, kind, digest, missing.Contains(kind), by.Id, completes ? Resumed(claim, today) : null, content), null);
    }

    /// <summary>Several documents of one request: all of them are received, or none. What the claim has already changes nothing.</summary>
    /// <param name="list">member of the request that holds the papers</param>
    public static Decision Of(
        Claim claim, Person claimant, IReadOnlyList<ArrivedPaper> papers, string list, Actor by, LocalDate today)
    {
        var (state, received, filed) = (claim, new List<object>(), new List<object>());
        foreach (var (place, paper) in papers.Index())
        {
            var (fact, no) = Of(state, paper.Id, paper.Kind, paper.Digest, paper.Content, $"{list}.{place}.kind", by, today);
            if (no is not null) return no;
            if (fact is null) continue;
            received.Add(fact);
            filed.Add(new DocumentFiled(paper.Id, claim.Id, paper.FileName, by.Id));
            state = Claim.Evolve(state, fact)!;
        }
        return received.Count == 0 ? Decision.Nothing
            : Decision.On(claim, received).And(Decision.On(claimant, filed).Within(claim.Region));
    }

    public static void IsDocumentKind<T>(this IRuleBuilder<T, string> kind) => kind.NotEmpty().MaximumLength(60);

    public static void IsDigest<T>(this IRuleBuilder<T, string> digest) =>
        digest.Matches("^[0-9a-fA-F]{64}\\z").WithMessage("a SHA-256 digest has 64 hex digits");

    public static void IsFileName<T>(this IRuleBuilder<T, string> name) => name.NotEmpty().MaximumLength(255)
        .Must(text => text.EnumerateRunes().All(letter => letter.Value is not ('/' or '\\') && !PlainText.IsUnseen(letter)))
        .WithMessage("a file name has no path and no characters that are not seen");

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

/// <param name="Id">that it gets if the claim does not have it yet</param>
/// <param name="Digest">hex digest in lower case</param>
/// <param name="Content">the file that the engine keeps; null where only its digest was told</param>
internal sealed record ArrivedPaper(DocumentId Id, string Kind, string FileName, string Digest, PaperContent? Content);
