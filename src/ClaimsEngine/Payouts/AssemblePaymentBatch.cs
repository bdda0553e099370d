using FluentValidation;

namespace ClaimsEngine.Payouts;

/// <summary>Puts authorised payouts into one batch for the bank, those of a list or those that fit a filter. A payout is in one batch at
/// most.</summary>
/// <param name="Payouts">each is named, and one that cannot be batched refuses all; null where a filter says which</param>
/// <param name="Filter">what fits and is held, or in another batch, is left out and counted; null where a list says which</param>
/// <param name="Most">payouts that the filter takes, the most urgent first; null for <see cref="MostPayouts"/></param>
public sealed record AssemblePaymentBatch(
    IReadOnlyList<PayoutId>? Payouts = null, PayoutFilter? Filter = null, int? Most = null) : Command
{
    /// <summary>The most payouts of one batch.</summary>
    public const int MostPayouts = 10_000;

    public sealed class Validator : AbstractValidator<AssemblePaymentBatch>
    {
        public Validator()
        {
            RuleFor(c => c.Payouts).Must((c, payouts) => payouts is null != c.Filter is null)
                .WithMessage("a batch is made of a list of payouts or of a filter, and not of both");
            RuleFor(c => c.Payouts).Must(payouts => payouts is not { Count: 0 or > MostPayouts })
                .WithMessage("a batch has 1 to 10,000 payouts");
            RuleFor(c => c.Payouts)
                .Must(payouts => payouts is null or { Count: > MostPayouts } || payouts.Distinct().Count() == payouts.Count)
                .WithMessage("a payout stands in a batch once");
            RuleFor(c => c.Most).InclusiveBetween(1, MostPayouts);
            RuleFor(c => c.Most).Null().When(c => c.Payouts is not null).WithMessage("a list says itself how many");
        }
    }
}

public static class AssemblePaymentBatchHandler
{
    /// <param name="Listed">the payouts that the command names, null for each that is not there; empty where a filter says which</param>
    /// <param name="Found">what the filter found; null where a list says which</param>
    /// <param name="Id">of the batch</param>
    public sealed record Case(IReadOnlyList<Payout?> Listed, PayoutsFound? Found, PaymentBatchId Id);

    public static async Task<Case> LoadAsync(AssemblePaymentBatch command, IUseCaseContext context)
    {
        if (command.Filter is { } filter)
            return new Case([], await PayoutsFound.By(filter, command.Most ?? AssemblePaymentBatch.MostPayouts, context),
                new PaymentBatchId(context.NewId()));
        var named = command.Payouts!;
        await context.Look([.. named.Select(payout => payout.Value)]);
        var payouts = new List<Payout?>(named.Count);
        foreach (var payout in named) payouts.Add(await context.Find<Payout>(payout.Value));
        return new Case(payouts, null, new PaymentBatchId(context.NewId()));
    }

    public static Decision Handle(AssemblePaymentBatch command, Case found, Actor by, LocalDate today)
    {
        if (found.Found is { } fitting)
            return fitting.Payouts.Count == 0
                ? new Refusal(Refuse.NothingToBatch, $"no payout that fits the filter may be batched now: {fitting.LeftOut}", "filter")
                : Together(fitting.Payouts, new BatchOrigin(by.Id, by.OnBehalfOf, command.Filter, fitting.LeftOut), found.Id, today);
        var payouts = new List<Payout>(found.Listed.Count);
        foreach (var payout in found.Listed)
        {
            var field = $"payouts.{payouts.Count}";
            if (payout is null)
                return new Refusal(Refuse.UnknownPayout, $"there is no payout {command.Payouts![payouts.Count]}", field);
            if (payout.Status != PayoutStatus.Authorised)
                return Refuse.WrongStateOf($"payout {payout.Id}", payout.Status, "authorised") with { Field = field };
            if (payout.Batch is { } other)
                return new Refusal(Refuse.WrongState, $"payout {payout.Id} is in batch {other}", field);
            if (payout.OnHold(field) is { } held) return held;
            payouts.Add(payout);
        }
        return Together(payouts, new BatchOrigin(by.Id, by.OnBehalfOf), found.Id, today);
    }

    /// <summary>One batch of payouts that may be batched. If one of them goes into another batch at the same moment, one of the two is
    /// decided again.</summary>
    /// <param name="payouts">one or more</param>
    internal static Decision Together(IReadOnlyList<Payout> payouts, BatchOrigin origin, PaymentBatchId id, LocalDate today)
    {
        var region = payouts.Select(payout => payout.Region).Aggregate(RegionCode.Shared);
        var number = ReferenceNumber.For('B', region, today, id.Value);
        var lines = payouts.Select(payout => new PaymentLine(payout.Id, payout.Amount)).ToArray();
        return Decision.All(
        [
            Decision.Begin<PaymentBatch>(id.Value, new PaymentBatchAssembled(
                    id, number, region, lines, origin.By, origin.OnBehalfOf, origin.Filter, origin.LeftOut, origin.Schedule))
                .Taking(new UniqueKey("batch-number", number), id.Value),
            .. payouts.Select(payout => Decision.On(payout, new PayoutBatched(id, origin.By))),
        ]);
    }
}

/// <summary>Who made a batch, and of what.</summary>
/// <param name="By">who assembled it, or made the schedule</param>
/// <param name="OnBehalfOf">whose stand-in this person was; null for nobody's</param>
internal sealed record BatchOrigin(
    string By, string? OnBehalfOf, PayoutFilter? Filter = null, LeftOut? LeftOut = null, PaymentScheduleId? Schedule = null);
