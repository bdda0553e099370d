using ClaimsEngine.Bars;
using ClaimsEngine.Claims;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Recoveries;
using ClaimsEngine.Relief;
using ClaimsEngine.Storage;
using ClaimsEngine.Storage.Reading;

namespace ClaimsEngine.Host.Queries;

/// <summary>What is to be done in a region.</summary>
/// <param name="Region">of the caller; empty is all</param>
/// <param name="Day">on which something is late or not, Asia/Shanghai</param>
/// <param name="Position">up to which events the read models had come</param>
public sealed record WorklistsView(RegionCode Region, Instant AsOf, LocalDate Day, long Position, IReadOnlyList<Worklist> Lists);

/// <param name="Count">how many there are</param>
/// <param name="Late">of these, how many have passed their last day; 0 where there is no deadline</param>
/// <param name="Oldest">the earliest last day among them; null where there is none</param>
/// <param name="Address">the list itself</param>
public sealed record Worklist(string Name, string Title, string TitleZh, long Count, long Late, LocalDate? Oldest, string Address);

/// <summary>
/// Counts the worklists of a region from totals that are kept beside the read models: the cost does not grow with how much waits. As of a
/// moment of the past the rows are counted.
/// </summary>
public static class Worklists
{
    private static readonly (ClaimStep Step, string Name, string Title, string Zh)[] Steps =
    [
        (ClaimStep.Check, "missingPapers", "Papers are missing, nobody was asked", "材料不齐，尚未通知补正"),
        (ClaimStep.Supplement, "waitingForPapers", "The claimant was asked for papers", "已通知补正，等待材料"),
        (ClaimStep.Assessment, "toAssess", "To be assessed", "待核定"),
        (ClaimStep.Decision, "toDecide", "To be approved or refused", "待审批"),
        (ClaimStep.AppealDecision, "appeals", "Appeals to be decided", "待复议决定"),
    ];

    private static string Camel(Enum step) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(step.ToString());

    /// <param name="asOf">null is now</param>
    public static async Task<WorklistsView> Of(
        Actor by, Instant? asOf, ClaimsStorage storage, Instant now, CancellationToken cancellation)
    {
        var (region, day) = (by.Region, (asOf ?? now).Date());
        await using var snapshot = await Snapshot.Open(storage, cancellation);
        TotalsFilter[] here = region.Level > 0 ? [new(nameof(ClaimRow.Region), TotalsMatch.Prefix, region)] : [];
        var found = new Dictionary<string, Tally>();
        var level = (UnionLevel)Math.Min(region.Level, (int)UnionLevel.District);
        foreach (var group in await Ask(ClaimBoard.Model,
            [nameof(ClaimRow.DueOn), nameof(ClaimRow.Step), nameof(ClaimRow.DecisionLevel)],
            Is(nameof(ClaimRow.Open), true)))
        {
            if (group.Keys[1] is not string step) continue;
            Add(step, group);
            if (step == Camel(ClaimStep.Decision) && group.Keys[2] is string lowest && lowest == Camel(level)) Add("level", group);
        }
        await Dated("mine", ClaimBoard.Model, Is(nameof(ClaimRow.SubmittedBy), by.Id), Is(nameof(ClaimRow.Open), true));
        await Undated("secondLook", ClaimBoard.Model, Is(nameof(ClaimRow.SecondLook), true));
        await Dated("suspected", ClaimBoard.Model, Is(nameof(ClaimRow.Suspected), true));
        await Dated("toPay", PayoutLedger.Model, Is(nameof(PayoutRow.ToPay), true));
        foreach (var wait in (PayoutWait[])[PayoutWait.AccountReview, PayoutWait.OtherAccount, PayoutWait.SecondAuthorisation])
            await Dated(Camel(wait), PayoutLedger.Model, Is(nameof(PayoutRow.WaitsFor), wait));
        await Undated("returned", PayoutLedger.Model, Is(nameof(PayoutRow.Status), PayoutStatus.Returned));
        await Undated("held", PayoutLedger.Model, Is(nameof(PayoutRow.Held), true));
        await Dated("recoveries", RecoveryList.Model, Is(nameof(RecoveryRow.Status), RecoveryStatus.Opened));
        await Dated("overdueRecoveries", RecoveryList.Model, new TotalsFilter(nameof(RecoveryRow.DueOn), TotalsMatch.To, day.PlusDays(-1)));
        await Undated("bars", BarList.Model, Is(nameof(BarRow.Status), BarStatus.Proposed));
        foreach (var status in (ReliefStatus[])[ReliefStatus.Applied, ReliefStatus.Checked])
            await Undated($"relief {Camel(status)}", ReliefBoard.Model, Is(nameof(ReliefRow.Status), status));
        var position = await snapshot.Position(cancellation);

        var lists = Steps.Select(step => Listed(
            Camel(step.Step), step.Name, step.Title, step.Zh, $"/api/claims?step={Camel(step.Step)}")).ToList();
        lists.Add(Listed("mine", "mine", "Open claims that I submitted", "我提交的未结申领",
            $"/api/claims?open=true&submittedBy={Uri.EscapeDataString(by.Id)}"));
        lists.Add(Listed("level", "toDecideHere", "To be approved or refused, of which this union level is the lowest that may approve",
            "待本级审批", $"/api/claims?step=decision&decisionLevel={Camel(level)}"));
        lists.Add(Listed("secondLook", "secondLook", "Approved claims that were drawn for a second look", "待复查的已批准申领",
            "/api/claims?secondLook=true"));
        lists.Add(Listed("toPay", "payoutsToPay", "Payouts to be authorised and sent to the bank", "待付款", "/api/payouts?toPay=true"));
        lists.AddRange(
        [
            Listed(Camel(PayoutWait.AccountReview), "accountsToReview", "Payouts to another person's account, to be accepted or refused",
                "使用他人账户待复核", "/api/payouts?waitsFor=accountReview"),
            Listed(Camel(PayoutWait.OtherAccount), "refusedAccounts", "Payouts whose account was refused, to be ordered anew",
                "账户未获同意，待改付", "/api/payouts?waitsFor=otherAccount"),
            Listed(Camel(PayoutWait.SecondAuthorisation), "secondAuthorisations", "Payouts that one of two has authorised",
                "待第二人授权付款", "/api/payouts?waitsFor=secondAuthorisation"),
        ]);
        lists.Add(Listed("returned", "returnedPayouts", "Payouts that the bank returned", "退汇待处理", "/api/payouts?status=returned"));
        lists.Add(Listed("suspected", "suspectedClaims", "Claims under suspicion", "存在疑点的申领", "/api/claims?suspected=true"));
        lists.Add(Listed("held", "heldPayouts", "Payouts that are held", "暂缓付款", "/api/payouts?held=true"));
        lists.Add(Listed("recoveries", "recoveriesToConfirm", "Recoveries to be confirmed", "待确认追回", "/api/recoveries?status=opened"));
        lists.Add(Listed("overdueRecoveries", "overdueRecoveries", "Recoveries with an instalment that has not come", "逾期未还的追回",
            $"/api/recoveries?overdue={day:uuuu-MM-dd}"));
        if (BarsModule.Readers.Any(by.Is))
            lists.Add(Listed("bars", "barsToConfirm", "Bars to be confirmed", "待确认限制", "/api/bars?status=proposed"));
        if (ReliefModule.Readers.Any(by.Is))
            lists.AddRange(
            [
                Listed("relief applied", "reliefToCheck", "Applications for relief to be checked", "待核查的帮扶申请",
                    "/api/relief-applications?status=applied"),
                Listed("relief checked", "reliefToDecide", "Applications for relief to be granted or refused", "待审批的帮扶申请",
                    "/api/relief-applications?status=checked"),
            ]);
        return new WorklistsView(region, asOf ?? now, day, position, lists);

        Worklist Listed(string key, string name, string title, string zh, string address)
        {
            var (count, late, oldest) = found.GetValueOrDefault(key);
            return new Worklist(name, title, zh, count, late, oldest, address);
        }

        static TotalsFilter Is(string dimension, object value) => new(dimension, TotalsMatch.Equal, value);

        Task<IReadOnlyList<TotalsGroup>> Ask(IReadModel model, string[] by, params TotalsFilter[] which) => snapshot.Ask(
            model, new TotalsQuestion(by, []) { Where = [.. here, .. which], AsOf = asOf }, now, cancellation);

        // Every model with a last day calls it so.
        async Task Dated(string key, IReadModel model, params TotalsFilter[] which)
        {
            foreach (var group in await Ask(model, [nameof(ClaimRow.DueOn)], which)) Add(key, group);
        }

        async Task Undated(string key, IReadModel model, params TotalsFilter[] which) =>
            found[key] = new Tally((await Ask(model, [], which))[0].Count, 0, null);

        void Add(string key, TotalsGroup group)
        {
            var due = group.Keys[0] is DateOnly date ? LocalDate.FromDateOnly(date) : (LocalDate?)null;
            var (count, late, oldest) = found.GetValueOrDefault(key);
            found[key] = new Tally(count + group.Count, late + (due < day ? group.Count : 0), oldest < due || due is null ? oldest : due);
        }
    }

    private readonly record struct Tally(long Count, long Late, LocalDate? Oldest);
}
