namespace ClaimsEngine.Payers;

public static class PayersModule
{
    private static readonly Role[] Readers = [Role.Finance, Role.Auditor];

    public static Module Create() => new Module("payers")
        .Stores<Payer>(
            typeof(PayerRegistered), typeof(PayerAccountProposed), typeof(PayerAccountConfirmed), typeof(PayerAccountRejected))
        .Creates<RegisterPayer, Payer>("/api/payers", Role.Finance, "Register an organisation that pays contributions, with its account")
        .On<ProposePayerAccount, Payer>("/api/payers/{payer}/account", Role.Finance, c => PayerId.Of(c.Payer).Value,
            "Name another account of a payer; a second person confirms it")
        .On<ConfirmPayerAccount, Payer>("/api/payers/{payer}/account/confirmation", Role.Finance, c => PayerId.Of(c.Payer).Value,
            "Confirm the account that waits, as a second person")
        .On<RejectPayerAccount, Payer>("/api/payers/{payer}/account/rejection", Role.Finance, c => PayerId.Of(c.Payer).Value,
            "Do not take the account that waits")
        .Shows<Payer, PayerView>("/api/payers/{payer}", code => PayerId.Of(code).Value, payer => $"/api/payers/{payer.Code}",
            PayerView.Of, "An organisation that pays contributions", Readers)
        .Projects(PayerList.Model)
        .Offers(new ListRoute("/api/payers", PayerList.Model, nameof(PayerRow.Region), "The organisations that pay contributions", Readers,
            new ListFilter("name", nameof(PayerRow.Name)),
            new ListFilter("employer", nameof(PayerRow.Employer)),
            new ListFilter("accountWaits", nameof(PayerRow.AccountWaits)),
            new ListFilter("region", nameof(PayerRow.Region), ListMatch.RegionPrefix)));
}

/// <param name="Account">to which money goes today; null until one was confirmed</param>
/// <param name="Proposed">the account that waits for a second person; null for none</param>
public sealed record PayerView(
    string Code, string Name, RegionCode Region, string RegionName, string? Employer, PayerAccountView? Account,
    ProposedAccountView? Proposed, string RegisteredBy)
{
    public static Task<PayerView> Of(Payer payer, IRecords records) => Task.FromResult(new PayerView(
        payer.Code, payer.Name, payer.Region, payer.Region.Name, payer.Employer,
        payer.Account is { } account ? PayerAccountView.Of(account) : null,
        payer.Proposed is { } waiting
            ? new ProposedAccountView(PayerAccountView.Of(waiting.Account), waiting.Reason, waiting.By) : null,
        payer.RegisteredBy));
}

/// <summary>An account as shown: recognisable, not usable.</summary>
public sealed record PayerAccountView(AccountId Id, string Bank, string Number, string Holder)
{
    public static PayerAccountView Of(PayerAccount account) => new(account.Id, account.Bank, account.Number.Masked, account.Holder);
}

/// <summary>An account that waits. Who confirms it enters the number once more, so it is not shown in full.</summary>
public sealed record ProposedAccountView(PayerAccountView Account, string? Reason, string By);
