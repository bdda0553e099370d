using ClaimsEngine.Bars;
using ClaimsEngine.Claims;
using ClaimsEngine.Payouts;
using ClaimsEngine.Plans;
using ClaimsEngine.Recoveries;
using ClaimsEngine.Relief;
using ClaimsEngine.Storage;
using Npgsql;

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

/// <summary>Counts the worklists of a region along the indexes of the read models.</summary>
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
        var (region, schema, day) = (by.Region, storage.Options.ReadSchema, (asOf ?? now).Date());
        await using var connection = await storage.Sessions.Listing.OpenConnectionAsync(cancellation);
        await using var snapshot = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var found = new Dictionary<string, (long Count, long Late, LocalDate? Oldest)>();
        var claims = $"{schema}.{ClaimBoard.Model.Table}";
        const string Counted = "count(*), count(*) FILTER (WHERE c.due_on < $2), min(c.due_on)";
        const string Uncounted = "count(*), count(*) FILTER (WHERE $2::date IS NULL), NULL::date";   // without a deadline
        await Add($"SELECT c.step, {Counted} FROM {claims} c", "c.open", "GROUP BY c.step");
        await Add($"SELECT 'mine', {Counted} FROM {claims} c", "c.open AND c.submitted_by = $3", "", by.Id);
        var level = (UnionLevel)Math.Min(region.Level, (int)UnionLevel.District);
        await Add($"SELECT 'level', {Counted} FROM {claims} c", "c.step = 'decision' AND c.decision_level = $3", "", Camel(level));
        await Add($"SELECT 'secondLook', {Uncounted} FROM {claims} c", "c.second_look", "");
        await Add($"SELECT 'toPay', {Counted} FROM {schema}.{PayoutLedger.Model.Table} c", "c.to_pay", "");
        await Add($"SELECT c.waits_for, {Counted} FROM {schema}.{PayoutLedger.Model.Table} c",
            "c.waits_for IN ('accountReview', 'otherAccount', 'secondAuthorisation')", "GROUP BY c.waits_for");
        await Add($"SELECT 'returned', {Uncounted} FROM {schema}.{PayoutLedger.Model.Table} c", "c.status = 'returned'", "");
        await Add($"SELECT 'suspected', {Counted} FROM {claims} c", "c.suspected", "");
        await Add($"SELECT 'held', {Uncounted} FROM {schema}.{PayoutLedger.Model.Table} c", "c.held", "");
        await Add($"SELECT 'recoveries', {Counted} FROM {schema}.{RecoveryList.Model.Table} c", "c.status = 'opened'", "");
        await Add($"SELECT 'overdueRecoveries', {Counted} FROM {schema}.{RecoveryList.Model.Table} c", "c.due_on < $2", "");
        await Add($"SELECT 'bars', {Uncounted} FROM {schema}.{BarList.Model.Table} c", "c.status = 'proposed'", "");
        await Add($"SELECT 'relief ' || c.status, {Uncounted} FROM {schema}.{ReliefBoard.Model.Table} c",
            "c.status IN ('applied', 'checked')", "GROUP BY c.status");
        var position = await storage.Upkeep.PositionOf(connection, cancellation);

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

        async Task Add(string select, string which, string grouped, params object[] more)
        {
            await using var command = new NpgsqlCommand { Connection = connection, Transaction = snapshot };
            foreach (var value in (object[])[region.Value + "%", day.ToDateOnly(), .. more])
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            command.CommandText = $"{select} WHERE {ListQuery.AsOf(asOf, command)} AND c.region LIKE $1 AND {which} {grouped}";
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                found[reader.GetString(0)] = (reader.GetInt64(1), reader.GetInt64(2),
                    reader.IsDBNull(3) ? null : LocalDate.FromDateOnly(reader.GetFieldValue<DateOnly>(3)));
        }
    }
}
