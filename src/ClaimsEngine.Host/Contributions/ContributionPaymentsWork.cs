using System.Text.Json;
using ClaimsEngine.Claims;
using ClaimsEngine.Contributions;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Host.Commands;
using ClaimsEngine.Host.LongWork;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using ClaimsEngine.Rosters.Writing;
using ClaimsEngine.Storage.Commands;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Contributions;

/// <summary>What a file of payments was sent with.</summary>
public sealed record ContributionPaymentsOrder(ContributionCallId Call, bool Json, RosterSenderName By);

/// <summary>What became of one line.</summary>
public enum PaymentLineOutcome
{
    Recorded,

    /// <summary>All of it was recorded before under this reference.</summary>
    Known,

    /// <summary>Nothing of it was recorded, or not all of it: the reasons say why.</summary>
    Rejected,
}

/// <summary>One line of a file of payments, and what became of it.</summary>
/// <param name="Line">from 1, as an editor or a spreadsheet program counts</param>
/// <param name="Certificates">that were recorded by it now</param>
/// <param name="Amount">that was recorded by it now</param>
public sealed record PaymentLineResult(
    int Line, string? CertificateNumber, PaymentLineOutcome Outcome, int Certificates, Money Amount, IReadOnlyList<LineFault> Reasons)
{
    internal static readonly IReadOnlyList<string> Headings =
        [
            "行号 line", "凭证号 certificate", "结果 outcome", "凭证数 certificates", "入账金额 amount", "列 column", "代码 code", "原因 reason",
            "reason in English",
        ];

    internal IReadOnlyList<string> Cells() =>
    [
        $"{Line}", CertificateNumber ?? "", JsonNamingPolicy.CamelCase.ConvertName($"{Outcome}"), $"{Certificates}", $"{Amount}",
        Joined(fault => fault.Column ?? ""), Joined(fault => fault.Code), Joined(fault => fault.TextZh), Joined(fault => fault.Text),
    ];

    private string Joined(Func<LineFault, string> part) => string.Join("; ", Reasons.Select(part).Where(text => text.Length > 0));
}

/// <summary>What became of a file of payments. Every line stands in the work's CSV file.</summary>
/// <param name="Amount">recorded now, of all lines together</param>
/// <param name="Results">of the first 500 lines, in order</param>
public sealed record ContributionPaymentsResult(
    ContributionCallId Call, int Lines, int Recorded, int Known, int Rejected, Money Amount, IReadOnlyList<PaymentLineResult> Results);

/// <summary>
/// Records the payments of a file, line by line, by the rules of a single payment (<see cref="RecordContribution"/>): so the same file sent
/// again, or gone on with after a kill, changes nothing that was recorded.
/// </summary>
internal sealed class ContributionPaymentsWork(CommandDesk desk, ContributionDesk together, RecordRoom room) : ILongWork
{
    public const string Name = "contribution-payments";

    private const int AtOnce = 8, Window = 200, Shown = 500, Tries = 5;

    private static readonly IUseCase Recording = Engine.Modules.SelectMany(module => module.UseCases)
        .Single(useCase => useCase.CommandType == typeof(RecordContribution));

    public string Kind => Name;

    public async Task<WorkEnd> Run(JsonElement instruction, WorkContext context)
    {
        var order = instruction.Deserialize<ContributionPaymentsOrder>(ClaimsJson.Options)!;
        var by = order.By.ToActor();
        await using var file = Spool.Create();
        await context.CopyInput(file);
        file.Position = 0;
        var (rows, fault) = ContributionPaymentsFile.Read(file, order.Json);
        if (rows is null) return new Refusal(Refuse.PaymentsUnreadable, fault!);
        context.Report(0, rows.Count);
        var call = await room.For(by, cancellation: context.Cancellation).Get<ContributionCall>(order.Call.Value);
        var job = new Job(call, call.Lines.ToDictionary(line => line.CertificateNumber, line => line.Enrolment), by, context);

        var results = new List<PaymentLineResult>(rows.Count);
        await using var sheet = SheetWriter.To(context.Output, SheetFormat.Csv);
        await sheet.Write(PaymentLineResult.Headings, context.Cancellation);
        foreach (var window in rows.Chunk(Window))
        {
            foreach (var result in await Record(job, window))
            {
                results.Add(result);
                await sheet.Write(result.Cells(), context.Cancellation);
            }
            context.Report(results.Count);
        }
        await sheet.Finish(context.Cancellation);
        int Count(PaymentLineOutcome outcome) => results.Count(result => result.Outcome == outcome);
        return WorkEnd.Done(new ContributionPaymentsResult(
            call.Id, results.Count, Count(PaymentLineOutcome.Recorded), Count(PaymentLineOutcome.Known), Count(PaymentLineOutcome.Rejected),
            Money.Sum(results.Select(result => result.Amount)), [.. results.Take(Shown)]));
    }

    private sealed record Job(
        ContributionCall Call, IReadOnlyDictionary<string, EnrolmentId> Certificates, Actor By, WorkContext Work);

    /// <summary>Some lines at once, but those of one certificate one after another; and all in their order where one of them is for the
    /// whole call, since what is left of it depends on the others.</summary>
    private async Task<PaymentLineResult[]> Record(Job job, IReadOnlyList<PaymentRow> window)
    {
        var results = new PaymentLineResult[window.Count];
        var isOrdered = window.Any(row => row.Read is { IsForAll: true });
        var groups = window.Index().GroupBy(row => isOrdered ? "" : row.Item.Read?.CertificateNumber ?? "");
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = job.Work.Cancellation };
        await Parallel.ForEachAsync(groups, options, async (group, _) =>
        {
            foreach (var (place, row) in group) results[place] = await Record(job, row);
        });
        return results;
    }

    private async Task<PaymentLineResult> Record(Job job, PaymentRow row)
    {
        if (row.Read is not { } line)
            return new PaymentLineResult(row.Line, null, PaymentLineOutcome.Rejected, 0, Money.Zero, row.Faults);
        if (line.IsForAll) return await RecordAll(job, row.Line, line);
        if (!job.Certificates.TryGetValue(line.CertificateNumber, out var enrolment))
            return Result(row.Line, line, 0, Money.Zero, [FaultOf(new Refusal(
                Refuse.NotInCall, "the call has no such certificate", "certificateNumber"))]);
        var (recorded, no) = await Send(job, row.Line, await Records(job).Get<Enrolment>(enrolment.Value), line, line.Amount);
        return Result(row.Line, line, recorded ? 1 : 0, recorded ? line.Amount : Money.Zero, no is null ? [] : [FaultOf(no)]);
    }

    /// <summary>One transfer for all that is left of the call.</summary>
    private async Task<PaymentLineResult> RecordAll(Job job, int number, CallPayment line)
    {
        var enrolments = new List<Enrolment>(job.Call.Lines.Count);
        foreach (var page in job.Call.Lines.Chunk(Window))
        {
            var records = Records(job);
            await records.Look([.. page.Select(one => one.Enrolment.Value)]);
            foreach (var one in page) enrolments.Add(await records.Get<Enrolment>(one.Enrolment.Value));
        }
        var (parts, mismatch) = CallPayments.OfAll(job.Call.Payer, line, enrolments);
        if (mismatch is not null) return Result(number, line, 0, Money.Zero, [FaultOf(mismatch)]);

        var transfer = new Transfer(
            job.Call.Payer, line.Reference, line.PaidOn, job.By, $"contributions/{job.Work.Id:N}/{number}", job.Work.Cancellation);
        var done = await together.Record(transfer, parts.Select(part => new TransferPart(part.Enrolment.Id, part.Amount)));
        var numbers = enrolments.ToDictionary(enrolment => enrolment.Id, enrolment => enrolment.CertificateNumber);
        var stored = done.Where(one => one.Recorded).ToArray();
        return Result(number, line, stored.Length, Money.Sum(stored.Select(one => one.Part.Amount)),
            [.. done.Where(one => one.No is not null)
                .Select(one => FaultOf(one.No!) with { Text = $"{numbers[one.Part.Enrolment]}: {one.No!.Detail}" })
                .OrderBy(fault => fault.Text, StringComparer.Ordinal).Take(20)]);
    }

    /// <returns>whether it was recorded now; and why not, where a rule says no</returns>
    private async Task<(bool Recorded, Refusal? No)> Send(Job job, int number, Enrolment enrolment, CallPayment line, Money amount)
    {
        if (enrolment.Paid.Any(paid => (paid.Payer, paid.Reference, paid.Amount, paid.PaidOn)
            == (job.Call.Payer, line.Reference, amount, line.PaidOn))) return (false, null);
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new { payer = job.Call.Payer, amount, reference = line.Reference, paidOn = line.PaidOn }, ClaimsJson.Options);
        var request = new CommandRequest(
            Recording, Recording.Route.Replace("{enrolment}", $"{enrolment.Id}", StringComparison.Ordinal),
            new Dictionary<string, string> { ["enrolment"] = $"{enrolment.Id}" }, body, job.By, VersionMatch.Any,
            $"contributions/{job.Work.Id:N}/{number}/{enrolment.Id.Value:N}", job.Work.Trace);
        for (var tried = 1; ; tried++)
        {
            if (await desk.Execute(request, job.Work.Cancellation) is not NotDone no) return (true, null);
            if ((no.Rule != Refuse.Busy && no.Rule != Refuse.RequestRunning) || tried == Tries)
                return (false, new Refusal(no.Rule, no.Detail));
            await Task.Delay(TimeSpan.FromMilliseconds(50 * tried), job.Work.Cancellation);
        }
    }

    /// <summary>What is on record now.</summary>
    private Records Records(Job job) => room.For(job.By, cancellation: job.Work.Cancellation);

    private static PaymentLineResult Result(
        int number, CallPayment line, int certificates, Money amount, IReadOnlyList<LineFault> faults) =>
        new(number, line.CertificateNumber,
            faults.Count > 0 ? PaymentLineOutcome.Rejected : certificates > 0 ? PaymentLineOutcome.Recorded : PaymentLineOutcome.Known,
            certificates, amount, faults);

    private static LineFault FaultOf(Refusal no) => new(no.Field, no.Rule.Code, no.Detail, no.Rule.TitleZh);
}
