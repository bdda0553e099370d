using System.Buffers;
using ClaimsEngine.AuditPacks;
using ClaimsEngine.Specs.Matrix;

namespace ClaimsEngine.Specs.AuditPacks;

/// <summary>What an audit pack holds follows from its events, and from nothing else.</summary>
public class PackDerivationSpecs
{
    private static readonly PackOrder Order = PackOrder.Of(PlanCode, 2025, 1_000);

    [Fact]
    public void A_settled_case_is_counted_from_its_contribution_to_the_bank()
    {
        var (derivation, match, _) = Derived(PaymentStates.SettledPayout(ClaimStates.Approved()).World);
        var totals = derivation.Totals;
        Assert.Equal((1L, 1L, 1L, 1L), (totals.Claims, totals.Assessments, totals.Identical, totals.Sampled));
        var sum = new CountedSum(1, Money.Yuan(120_000));
        Assert.Equal((sum, sum, sum, CountedSum.None, CountedSum.None),
            (totals.Approved, totals.Ordered, totals.Settled, totals.Returned, totals.Unsettled));
        Assert.Equal(1, totals.Batches);
        Nothing(match);
    }

    [Fact]
    public void The_books_are_in_balance_and_have_paid_what_the_bank_has_paid()
    {
        foreach (var story in (Built[])[PaymentStates.SettledPayout(ClaimStates.Approved()), PaymentStates.Reissued()])
        {
            var totals = Derived(story.World).Derivation.Totals;
            Assert.True(totals.Entries > 0);
            Assert.Equal(totals.Debits, totals.Credits);
            Assert.Equal(totals.Settled.Sum, totals.PaidByBooks);
        }
    }

    [Fact]
    public void A_payout_that_was_returned_and_ordered_anew_is_one_order_and_two_payouts()
    {
        var (derivation, match, lines) = Derived(PaymentStates.Reissued().World);
        var totals = derivation.Totals;
        Assert.Equal((1L, 1L, 1L), (totals.Ordered.Count, totals.Returned.Count, totals.Unsettled.Count));
        Assert.Equal(2, lines.Count(line => line.File == PackFile.Payouts));
        Nothing(match);
    }

    [Fact]
    public void A_sheet_has_a_cell_for_each_of_its_headings()
    {
        var lines = Derived(PaymentStates.SettledPayout(ClaimStates.Approved()).World).Lines;
        Assert.Equal(
            [
                "bank/batches", "bank/payouts", "bank/results", "books/accounts-by-month", "books/journal", "books/trial-balance",
                "contributions/certificates", "decisions/claims", "decisions/sample", "decisions/steps",
            ], lines.Where(line => line.Cells is not null).Select(line => line.File.Stem).Distinct().Order(StringComparer.Ordinal));
        Assert.All(lines.Where(line => line.Cells is not null),
            line => Assert.Equal(line.File.Headings!.Count, line.Cells!.Count));
    }

    [Fact]
    public void An_amount_that_was_ordered_and_not_approved_is_named() => Assert.Contains("1000.00 yuan more were ordered than approved",
        Assert.Single(Changed(fact => fact is PayoutOrdered e ? e with { Amount = e.Amount + Money.Yuan(1_000) } : fact)
            .DecisionsAgainstPayouts()));

    [Fact]
    public void A_payout_that_is_settled_under_another_reference_than_the_banks_is_named() => Assert.Single(
        Changed(fact => fact is PayoutSettled e ? e with { BankReference = "SAMPLE-FORGED" } : fact).PayoutsAgainstBank());

    [Fact]
    public void A_payout_that_is_settled_without_a_result_of_the_bank_is_named() => Assert.Single(
        Changed(fact => fact is PaymentResultsRecorded e ? e with { Results = [] } : fact).PayoutsAgainstBank());

    [Fact]
    public void An_assessment_that_the_card_does_not_give_is_named() => Assert.Contains("119999.00 yuan was assessed",
        Assert.Single(Changed(fact => fact is ClaimAssessed e ? e with { Amount = Money.Yuan(119_999) } : fact).Recomputed));

    [Fact]
    public void Cases_of_another_plan_year_or_another_plan_stay_out()
    {
        foreach (var stream in StreamsOf(PaymentStates.SettledPayout(ClaimStates.Approved()).World)
            .Where(stream => stream[0].Data is PayoutOrdered or EnrolmentStarted or ClaimSubmitted))
        {
            var entries = PackBooks.EntriesOf(stream);
            Assert.True(new PackDerivation(Order).Holds(stream, entries));
            Assert.False(new PackDerivation(Order with { Year = 2024 }).Holds(stream, entries));
            Assert.False(new PackDerivation(Order with { Plan = "sample-other" }).Holds(stream, entries));
        }
    }

    [Fact]
    public void Every_event_that_leaves_as_a_CloudEvent_is_read_again_the_same() => Assert.All(Samples.Events, data =>
    {
        var type = Engine.EventTypes.StreamTypeOf(data.GetType());
        var recorded = World.Recorded(data, Id(7), type, 3, Instant.FromUtc(2025, 11, 20, 4, 0)) with
        {
            Metadata = new EventMetadata("wang", "SubmitClaim", "trace", new Dictionary<string, string> { ["onBehalfOf"] = "li" }),
        };
        var json = Json(recorded);
        var again = CloudEvents.Read(json.RootElement, Engine.EventTypes);
        Assert.Equal("li", again.Metadata.Headers["onbehalfof"]);
        Assert.Equal(json.RootElement.GetRawText(), Json(again).RootElement.GetRawText());
    });

    [Theory]
    [InlineData("""{"type":"no_such_event"}""")]
    [InlineData("""{"type":"payout_authorised","source":"/streams/claim","version":1}""")]
    [InlineData("""{"type":"payout_authorised","source":"/streams/payout"}""")]
    [InlineData("""{"type":7}""")]
    [InlineData("""[]""")]
    public void What_is_no_event_is_not_read_as_one(string json)
    {
        using var document = JsonDocument.Parse(json);
        Assert.Throws<JsonException>(() => CloudEvents.Read(document.RootElement, Engine.EventTypes));
    }

    /// <summary>Names, identity numbers and accounts stand with the person, whose stream no pack holds.</summary>
    [Fact]
    public void No_event_of_a_pack_has_a_member_for_an_identity_number_or_an_account_number() => Assert.All(
        Engine.EventTypes.All.Where(type => PackDerivation.StreamTypes.Contains(Engine.EventTypes.StreamTypeOf(type))), type =>
        {
            var seen = new HashSet<Type>();
            Assert.DoesNotContain(Members(type), member => member == typeof(IdentityNumber) || member == typeof(BankCardNumber)
                || member.Name is "AccountNumber" or "PersonDetails" or "AccountDetails");

            IEnumerable<Type> Members(Type of) => of.GetProperties().SelectMany(property => Parts(property.PropertyType))
                .Where(part => seen.Add(part)).SelectMany(part => part.Assembly == typeof(Engine).Assembly ? [part, .. Members(part)]
                    : (IEnumerable<Type>)[part]);

            static IEnumerable<Type> Parts(Type of) => of.IsGenericType ? of.GetGenericArguments().SelectMany(Parts) : [of];
        });

    private static void Nothing(PackMatch match) =>
        Assert.Empty(match.Recomputed.Concat(match.DecisionsAgainstPayouts()).Concat(match.PayoutsAgainstBank()));

    private static JsonDocument Json(RecordedEvent recorded)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer)) CloudEvents.Write(json, recorded);
        return JsonDocument.Parse(buffer.WrittenMemory);
    }

    private static PackMatch Changed(Func<object, object> change) =>
        Derived(PaymentStates.SettledPayout(ClaimStates.Approved()).World, change).Match;

    private static (PackDerivation Derivation, PackMatch Match, IReadOnlyList<PackLine> Lines) Derived(
        World world, Func<object, object>? change = null)
    {
        var match = new PackMatch();
        var derivation = new PackDerivation(Order, match);
        var lines = PackDerivation.StreamTypes
            .SelectMany(type => StreamsOf(world).Where(stream => stream[0].StreamType == type))
            .Select(stream => (IReadOnlyList<RecordedEvent>)[.. stream.Select(recorded =>
                recorded with { Data = change?.Invoke(recorded.Data) ?? recorded.Data })])
            .Where(stream => derivation.Holds(stream, PackBooks.EntriesOf(stream)))
            .SelectMany(stream => derivation.Of(stream, PackBooks.EntriesOf(stream))).ToList();
        lines.AddRange(derivation.End());
        return (derivation, match, lines);
    }

    private static IEnumerable<IReadOnlyList<RecordedEvent>> StreamsOf(World world) => world.Events
        .GroupBy(recorded => recorded.Stream).OrderBy(stream => stream.Key.ToString(), StringComparer.Ordinal)
        .Select(stream => (IReadOnlyList<RecordedEvent>)[.. stream.OrderBy(recorded => recorded.Version)]);
}
