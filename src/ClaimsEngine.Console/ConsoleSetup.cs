using System.Text.Encodings.Web;
using System.Text.Unicode;
using ClaimsEngine.Console.Doors;
using ClaimsEngine.Console.Layout;
using ClaimsEngine.Console.Pages.Audit;
using ClaimsEngine.Console.Pages.Enrolments;
using ClaimsEngine.Console.Pages.Claims.Feeds;
using ClaimsEngine.Console.Pages.Claims.Submitting;
using ClaimsEngine.Console.Pages.Plans;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.WebEncoders;

namespace ClaimsEngine.Console;

/// <summary>The console in a web application. The host supplies <see cref="IApiDoor"/> and signing in.</summary>
public static class ConsoleSetup
{
    /// <summary>The name of the authorization policy of every page but the way in.</summary>
    public const string Policy = "console";

    public static void AddConsole(this IServiceCollection services)
    {
        // Chinese stays as it is in the pages' text; what could be markup is encoded all the same.
        services.Configure<WebEncoderOptions>(options => options.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<OwnWrites>();
        services.AddScoped<Api>();
        services.AddScoped<CircuitHandler, LivePages>();
    }

    public static RazorComponentsEndpointConventionBuilder MapConsole(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("").ExcludeFromDescription().MapPreviews();
        return routes.MapRazorComponents<App>().AddInteractiveServerRenderMode();
    }

    /// <summary>What stands beside the pages: fragments that are shown while a form is typed, and sheets.</summary>
    private static void MapPreviews(this IEndpointRouteBuilder routes)
    {
        routes.MapEntryPreview();
        routes.MapClaimPreview();
        routes.MapClaimSheets();
        routes.MapPlanPreviews();
        routes.MapWhatIfFile();
    }
}
