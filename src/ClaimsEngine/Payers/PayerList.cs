namespace ClaimsEngine.Payers;

public sealed record PayerRow(
    [property: Column("code of the payer")] string Code,
    [property: Column("word for word as in the funding")] string Name,
    [property: Column("GB/T 2260 code or prefix in which the name means this organisation")] RegionCode Region,
    [property: Column("code of the employer for whose certificates the name means it; null for none")] string? Employer,
    [property: Column("an account was confirmed: money can go there")] bool Payable,
    [property: Column("an account waits for a second person")] bool AccountWaits);

public static class PayerList
{
    public static readonly ReadModel<PayerRow> Model = new(
        "payers", "Organisations that pay contributions (付款单位); no account numbers", Payer.StreamType, Evolve, "region", "name");

    public static PayerRow? Evolve(PayerRow? row, RecordedEvent recorded) => recorded.Data switch
    {
        PayerRegistered e => new PayerRow(e.Code, e.Name, e.Region, e.Employer, false, true),
        _ when row is null => null,
        PayerAccountProposed => row with { AccountWaits = true },
        PayerAccountConfirmed => row with { Payable = true, AccountWaits = false },
        PayerAccountRejected => row with { AccountWaits = false },
        _ => row,
    };
}
