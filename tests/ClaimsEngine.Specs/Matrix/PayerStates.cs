using static ClaimsEngine.Specs.PayersGiven;

namespace ClaimsEngine.Specs.Matrix;

/// <summary>The states of an organisation that pays contributions.</summary>
public static class PayerStates
{
    public static readonly Family<Payer> Payers = new("payer",
    [
        new("registered", () => Registered()),
        new("rejected", () => Registered().Then(Releaser, _ => new RejectPayerAccount(PayerCode, "户名不符"))),
        new("confirmed", () => Confirmed()),
        new("account changes", () => Confirmed()
            .Then(Cashier, _ => new ProposePayerAccount(PayerCode, CompanysNewDetails, "账户已变更"))),
    ],
    [
        ("waits, without account", payer => payer is { Account: null, Proposed: not null }),
        ("no account", payer => payer is { Account: null, Proposed: null }),
        ("account", payer => payer is { Account: not null, Proposed: null }),
        ("account changes", payer => payer is { Account: not null, Proposed: not null }),
    ]);

    private static Built Confirmed() => Registered().Then(Releaser, _ => new ConfirmPayerAccount(PayerCode, CompanysDetails.Number));

    private static Built Registered()
    {
        var world = new World();
        world.Do(Cashier, Registration).The<PayerRegistered>();
        return new Built(world, PayerId.Of(PayerCode).Value);
    }
}
