namespace ClaimsEngine.Plans.Rules;

/// <summary>What others have paid, and benefits that exclude each other.</summary>
internal static class CoordinationRules
{
    public static Refusal? Apply(PlanCard card, CaseFacts facts, Worksheet sheet)
    {
        for (var i = 0; i < (card.NotBoth?.Count ?? 0); i++)
        {
            var group = card.NotBoth![i];
            if (!group.Contains(facts.Kind) || facts.Counters is not { } counters) continue;
            var others = Money.Sum(group.Where(kind => kind != facts.Kind).Select(counters.UsedFor));
            if (!others.IsPositive) continue;
            var left = Money.Max(Money.Zero, sheet.Amount - others);
            sheet.Become(left, $"notBoth.{i}", $"max(0, {sheet.Amount} − {others})",
                $"Of {English(group)} only the higher is paid; {others} yuan were paid already: {left} yuan.",
                $"{Chinese(group)}不兼得，已给付{others}元，计{left}元。");
        }
        if (card.Coordination is not { } rule) return null;
        var payments = facts.OtherPayments ?? [];
        if (rule.Less is { } sources)
        {
            var paid = Money.Sum(payments.Where(payment => sources.Contains(payment.Source)).Select(payment => payment.Amount));
            if (paid.IsPositive)
            {
                var left = Money.Max(Money.Zero, sheet.Amount - paid);
                sheet.Become(left, "coordination.less", $"max(0, {sheet.Amount} − {paid})",
                    $"Others have paid {paid} yuan, which is taken off: {left} yuan.", $"扣除其他渠道已给付{paid}元，计{left}元。");
            }
        }
        return rule.WithinOwnShare && facts.Admissions is { Count: > 0 } admissions ? KeepWithin(admissions, payments, sheet) : null;
    }

    private static Refusal? KeepWithin(IReadOnlyList<Admission> admissions, IReadOnlyList<OtherPayment> payments, Worksheet sheet)
    {
        for (var i = 0; i < admissions.Count; i++)
        {
            if (admissions[i].OwnShare is not null) continue;
            // where nobody else has paid, there is nothing to hold against it
            return payments.Count == 0 ? null : new Refusal(
                Refuse.IncidentIncomplete, "all payments together are held against the own share of each admission",
                $"incident.admissions.{i}.ownShare");
        }
        var (own, all) =
            (Money.Sum(admissions.Select(admission => admission.OwnShare!.Value)), Money.Sum(payments.Select(payment => payment.Amount)));
        var room = Money.Max(Money.Zero, own - all);
        if (sheet.Amount > room)
            sheet.Become(room, "coordination.withinOwnShare", $"min({sheet.Amount}, {own} − {all})",
                $"All payments together are not above the own share of {own} yuan: {room} yuan are left.",
                $"各项补助合计不超过个人自付{own}元，计{room}元。");
        return null;
    }

    private static string English(IReadOnlyList<IncidentKind> group) => string.Join(" and ", group.Select(kind => kind.English()));

    private static string Chinese(IReadOnlyList<IncidentKind> group) => string.Join("与", group.Select(kind => kind.Chinese()));
}
