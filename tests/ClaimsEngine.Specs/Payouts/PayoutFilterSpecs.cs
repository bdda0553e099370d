namespace ClaimsEngine.Specs;

public class PayoutFilterSpecs
{
    [Fact]
    public void A_filter_takes_what_may_be_paid_and_counts_what_it_leaves_out()
    {
        var (world, payouts) = Heirs();
        Authorise(world, payouts[..2]);
        world.Do(Cashier, new HoldPayout(payouts[1], "账户待核实")).The<HoldPlaced>();

        var assembled = world.Do(Cashier, All).The<PaymentBatchAssembled>();
        Assert.Equal([payouts[0]], assembled.Lines.Select(line => line.Payout));
        Assert.Equal((All.Filter, new LeftOut(1, 0, 1, 0)), (assembled.Filter, assembled.LeftOut));
    }

    [Fact]
    public void What_is_in_another_batch_is_left_out_and_where_nothing_is_left_the_answer_counts_why()
    {
        var (world, payouts) = Heirs();
        Authorise(world, payouts);
        world.Do(Cashier, All).The<PaymentBatchAssembled>();
        var again = world.Do(Cashier, All);
        again.IsRefused(Refuse.NothingToBatch, "filter");
        Assert.Contains("3 in other batches", again.Refusal!.Detail);
    }

    [Fact]
    public void So_many_are_taken_as_were_asked_for_and_the_rest_is_counted()
    {
        var (world, payouts) = Heirs();
        Authorise(world, payouts);
        var assembled = world.Do(Cashier, All with { Most = 2 }).The<PaymentBatchAssembled>();
        Assert.Equal((2, new LeftOut(0, 0, 0, 1)), (assembled.Lines.Count, assembled.LeftOut));
    }

    [Theory]
    [InlineData("{}", "payouts")]
    [InlineData("""{"payouts":["01a1fc72-4866-72a9-8e5e-33e1064e9c2f"],"filter":{}}""", "payouts")]
    [InlineData("""{"payouts":["01a1fc72-4866-72a9-8e5e-33e1064e9c2f"],"most":1}""", "most")]
    [InlineData("""{"filter":{},"most":0}""", "most")]
    [InlineData("""{"filter":{},"most":10001}""", "most")]
    public void A_batch_is_made_of_a_list_or_of_a_filter(string json, string field) =>
        Assert.Equal([field], JsonSerializer.Deserialize<AssemblePaymentBatch>(json, ClaimsJson.Options)!.BrokenFields());

    [Theory]
    [InlineData("plan", "another-plan")]
    [InlineData("programme", "another-programme")]
    [InlineData("region", "6201")]
    [InlineData("benefit", "hospitalisation")]
    [InlineData("fund", "any-fund")]
    [InlineData("from", "2025-11-21")]
    [InlineData("to", "2025-11-19")]
    [InlineData("dueBefore", "2025-11-21")]
    public void Each_member_of_a_filter_narrows(string member, string value)
    {
        var (world, payouts) = Heirs();
        Authorise(world, payouts);
        var filter = JsonSerializer.Deserialize<PayoutFilter>($$"""{"{{member}}":"{{value}}"}""", ClaimsJson.Options)!;
        world.Do(Cashier, new AssemblePaymentBatch(Filter: filter)).IsRefused(Refuse.NothingToBatch, "filter");
    }

    private static readonly AssemblePaymentBatch All = new(Filter: new PayoutFilter(
        Gansu, PlanCode, ProgrammeCode, From: Today, To: Today));

    /// <summary>A world with three payouts of one death benefit.</summary>
    private static (World World, PayoutId[] Payouts) Heirs()
    {
        var world = Matrix.ClaimStates.HeirsApproved().World;
        return (world, [.. world.All<Payout>().Select(payout => payout.Id)]);
    }

    private static void Authorise(World world, params PayoutId[] payouts)
    {
        foreach (var payout in payouts) world.Do(Cashier, new AuthorisePayout(payout)).The<PayoutAuthorised>();
    }
}
