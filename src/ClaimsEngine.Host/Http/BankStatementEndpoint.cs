using System.Net.Http.Headers;
using System.Text.Json;
using ClaimsEngine.Host.Banks;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.Problems;
using ClaimsEngine.Payouts;
using ClaimsEngine.Statements;

namespace ClaimsEngine.Host.Http;

/// <summary>A bank statement as a file: CSV of the account's bank, or <c>camt.053.001.08</c>.</summary>
public static class BankStatementEndpoint
{
    /// <summary>Of 20,000 lines in any form.</summary>
    public const long MostBytes = 64L << 20;

    private static readonly IUseCase UseCase = Engine.Modules.SelectMany(module => module.UseCases)
        .Single(useCase => useCase.CommandType == typeof(RecordBankStatement));

    public static void MapBankStatements(this IEndpointRouteBuilder routes)
    {
        routes.MapPost(UseCase.Route, async (HttpContext http, CommandDesk desk) =>
                await Run(http, desk, Camt053.Read, await RequestBody.Read(http)))
            .For([UseCase.Role]).Accepts<string>("application/xml", "text/xml")
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes)).ExcludeFromDescription();
        // a bank's CSV says neither the account nor the statement's number: they stand in the address
        routes.MapPost($"{UseCase.Route}/{{account}}/{{number}}", async (
            HttpContext http, CommandDesk desk, string account, string number) =>
            {
                if (!MediaTypeHeaderValue.TryParse(http.Request.ContentType, out var type) || type.MediaType != "text/csv")
                    return ProblemDocument.ForStatus(StatusCodes.Status415UnsupportedMediaType);
                var bank = BankProfile.All.FirstOrDefault(bank => bank.Debtor.Account == account);
                var body = await RequestBody.Read(http);
                http.Request.RouteValues.Clear();
                return bank is null ? Answers.Invalid("account", "is no account of the organiser")
                    : await Run(http, desk, file => StatementCsv.Read(file, bank, account, number), body);
            })
            .For([UseCase.Role])
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MostBytes)).ExcludeFromDescription();
    }

    private static async Task<IResult> Run(
        HttpContext http, CommandDesk desk, Func<ReadOnlyMemory<byte>, ReportFile> read, ReadOnlyMemory<byte> body)
    {
        ReportFile file;
        try
        {
            file = read(body);
        }
        catch (OverflowException)
        {
            return Answers.Invalid("body", Refuse.TooMuch);
        }
        return file.Json is { } json
            ? await CommandEndpoints.Execute(http, desk, UseCase, JsonSerializer.SerializeToUtf8Bytes(json))
            : Answers.Problem(Refusal.Of(Refuse.InvalidRequest, file.Faults));
    }
}
