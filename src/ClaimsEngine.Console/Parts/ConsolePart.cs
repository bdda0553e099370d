using ClaimsEngine.Console.Doors;
using ClaimsEngine.Console.People;
using ClaimsEngine.Console.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;

namespace ClaimsEngine.Console.Parts;

/// <summary>What every page and part knows: who looks, in which language, and the API.</summary>
public abstract class ConsolePart : ComponentBase
{
    [CascadingParameter] private Task<AuthenticationState>? SignedIn { get; set; }

    // Null where a page has become live: then there is no request any more.
    [CascadingParameter] private HttpContext? Request { get; set; }

    [Inject] protected Api Api { get; set; } = null!;

    [Inject] protected NavigationManager Addresses { get; set; } = null!;

    /// <summary>Who looks at the page.</summary>
    protected Person Me { get; private set; } = Person.Nobody;

    public override async Task SetParametersAsync(ParameterView parameters)
    {
        parameters.SetParameterProperties(this);
        if (SignedIn is { } signedIn) Me = Person.Of((await signedIn).User);
        if (!Me.IsSignedIn && Request?.Request is { } request)
            Me = Me with { Language = Languages.Chosen(request.Cookies[Languages.Cookie], request.Headers.AcceptLanguage) };
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>The text of the reader's language.</summary>
    protected string T(string zh, string en) => Me.Language.Of(zh, en);

    /// <summary>The word for a value of an enum.</summary>
    protected string Word<TEnum>(TEnum value) where TEnum : struct, Enum => Show.Word(value, Me.Language);

    protected string Word<TEnum>(TEnum? value) where TEnum : struct, Enum => value is { } some ? Show.Word(some, Me.Language) : "—";

    /// <summary>The page's own address with one value of its query set, or taken away by null.</summary>
    protected string With(string name, object? value) => Addresses.GetUriWithQueryParameter(name, value?.ToString());
}
