using ClaimsEngine.Storage.Projections;
using ClaimsEngine.Host.Problems;
using System.Globalization;
using ClaimsEngine.Host.Auth;
using ClaimsEngine.Host.Exports;
using ClaimsEngine.Host.Queries;
using ClaimsEngine.Rosters.Writing;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Http;

/// <summary>The lists: answered from read models, with read-your-writes on request. An answer that could not wait
/// long enough says <c>Position-Reached: false</c>.</summary>
public static class ListEndpoints
{
    /// <summary>How long an answer waits for the projection to reach <c>Min-Position</c> before it answers from what there is.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    public static void MapLists(this IEndpointRouteBuilder routes, IReadOnlyList<Module> modules, StorageOptions options)
    {
        foreach (var module in modules)
        foreach (var list in module.Lists)
        {
            var query = new ListQuery(list, options);
            routes.MapGet(list.Route, async (HttpContext http, ClaimsStorage storage, RecordRoom room) =>
                {
                    var (page, form, person, fault) = PageOf(http, list, query);
                    if (page is null) return fault!;
                    if (await Waited(http, storage.Upkeep) is { } invalid) return invalid;
                    if (form is { } format) return new ListExport(query, page, person, format);
                    var items = await query.Run(page, storage.Sessions.Listing, http.RequestAborted);
                    if (person is not null) await PersonNames.Add(items, person, room.For(page.By, page.AsOf, http.RequestAborted));
                    return Answers.Text(items.ToJsonString(ClaimsJson.Options));
                })
                .For(list.Roles).AnswersTable()
                .WithTags(module.Name).WithSummary(list.Summary).WithName($"List{RouteTemplates.LastName(list.Route)}")
                .WithMetadata(list, new WaitsForPosition())
                .Produces(StatusCodes.Status200OK, typeof(Page<>).MakeGenericType(list.Model.RowType));
        }
    }

    /// <summary>What is asked for, and whose names are shown beside it.</summary>
    private static (ListPage? Page, TableFormat? Form, ListedPerson? Person, ProblemDocument? Fault) PageOf(
        HttpContext http, ListRoute list, ListQuery query)
    {
        var (text, by) = (new QueryText(http.Request), http.Actor()!);
        var unnamed = list.Person is not null && text.Value<bool>("names") == false;
        var (limit, asOf, form) = (text.Limit(), text.Moment("asOf"), text.Form());
        var narrowed = new List<(ListFilter, object)>();
        foreach (var filter in list.Filters)
            if (text.Value(filter.Parameter, query.TypeOf(filter)) is { } value) narrowed.Add((filter, value));
        Guid? after = null;
        if (text.Text("cursor") is { } cursor)
        {
            after = ListQuery.Decode(cursor);
            if (after is null) text.Fault("cursor", "is none that this list gave");
        }
        if (form is not null)
            foreach (var paging in (string[])["limit", "cursor"])
                if (text.Text(paging) is not null) text.Fault(paging, "is of a page: an export has all rows");
        var person = !unnamed && list.Person?.Roles.Any(by.Is) == true ? list.Person : null;
        return text.Finish() is { } fault ? (null, null, null, fault)
            : (new ListPage(by, narrowed, form is null ? limit : null, after, asOf), form, person, null);
    }

    /// <summary>Waits for what <c>Min-Position</c> asks for, a while; what is wrong with it, or null.</summary>
    internal static async Task<ProblemDocument?> Waited(HttpContext http, ReadModelUpkeep upkeep)
    {
        if (!http.Request.Headers.TryGetValue("Min-Position", out var text) || text.Count == 0) return null;
        if (!long.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return Answers.Invalid("Min-Position", "is a number, as Event-Position gave it");
        if (!await upkeep.WaitFor(position, Patience, http.RequestAborted)) http.Response.Headers["Position-Reached"] = "false";
        return null;
    }
}
