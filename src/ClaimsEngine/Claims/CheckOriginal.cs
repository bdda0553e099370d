namespace ClaimsEngine.Claims;

/// <summary>An officer has held the original of a document in hand. Above the amount that the plan names, nothing is approved
/// without.</summary>
public sealed record CheckOriginal(ClaimId Claim, DocumentId Document) : Command;

public static class CheckOriginalHandler
{
    public static Task<Claim> LoadAsync(CheckOriginal command, IUseCaseContext context) => context.Get<Claim>(command.Claim.Value);

    public static Decision Handle(CheckOriginal command, Claim claim, Actor by)
    {
        if (claim.Documents.FirstOrDefault(own => own.Id == command.Document) is not { } document) return Refuse.NotFound("document");
        if (document.OriginalSeenBy is not null) return Decision.Nothing;
        return claim.IsOpen ? Decision.On(claim, new OriginalChecked(document.Id, document.Kind, by.Id)) : claim.NotOpen();
    }
}
