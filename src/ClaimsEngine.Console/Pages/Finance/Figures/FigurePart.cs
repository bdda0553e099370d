using ClaimsEngine.Console.Doors;
using ClaimsEngine.Console.Parts;
using ClaimsEngine.Console.Words;

namespace ClaimsEngine.Console.Pages.Finance.Figures;

/// <summary>A tab of the totals: it asks one question by what stands in the address.</summary>
public abstract class FigurePart : ConsolePart
{
    /// <summary>Null while it is asked, and where it was refused.</summary>
    protected Answered? Found { get; private set; }

    protected Problem? Problem { get; private set; }

    /// <summary>Of the question: <c>/api/finance/ageing</c>.</summary>
    protected abstract string Route { get; }

    /// <summary>What is asked: names as the API has them.</summary>
    protected abstract IEnumerable<(string Name, string? Value)> Asked { get; }

    protected string? Chosen(string name) => Query.Of(Addresses.Uri, name);

    protected IEnumerable<(string Name, string? Value)> From(params IEnumerable<string> names) => names.Select(name => (name, Chosen(name)));

    protected override async Task OnParametersSetAsync()
    {
        var answer = await Api.Get<Answered>(Query.Address(Route, Asked));
        (Found, Problem) = (answer.Value, answer.Problem);
    }

    /// <summary>A place by its name; what is told of no place by a dash.</summary>
    protected string Place(string code) =>
        code.Length == 0 ? T("其他", "Other") : RegionCode.TryParse(code, out var region, out _) ? Show.Region(region, Me.Language) : code;
}
