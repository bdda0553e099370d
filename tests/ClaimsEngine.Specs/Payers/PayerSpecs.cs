using static ClaimsEngine.Specs.PayersGiven;

namespace ClaimsEngine.Specs;

/// <summary>Organisations that pay contributions, and the accounts to which money goes back.</summary>
public class PayerSpecs
{
    private static readonly AccountId Fresh = new(Id(142));

    [Fact]
    public void A_payer_is_registered_and_has_no_account_until_a_second_person_confirms_it()
    {
        Register(null).Decides(PayerRegistered() with { Account = Fresh });
        Assert.Null(ARegisteredPayer().Account);
        Confirm(ARegisteredPayer(), Cashier).IsRefused(Refuse.FourEyes);
        Confirm(ARegisteredPayer(), Releaser).Decides(new PayerAccountConfirmed(CompanysAccount, Releaser.Id));
        Assert.Equal(CompanysAccount, APayer().Account!.Id);
    }

    [Fact]
    public void The_second_person_enters_the_number_once_more() =>
        ConfirmPayerAccountHandler.Handle(
            new ConfirmPayerAccount(PayerCode, CompanysNewDetails.Number), ARegisteredPayer(), Releaser).IsRefused(
            Refuse.AccountDiffers, "number");

    [Fact]
    public void A_stand_in_does_not_confirm_what_was_named_for_the_same_person()
    {
        var payer = StateOf<Payer>(PayerRegistered() with { By = "sample-stand-in", OnBehalfOf = Cashier.Id });
        Confirm(payer, Cashier).IsRefused(Refuse.FourEyes);
        Confirm(payer, Releaser with { OnBehalfOf = "sample-stand-in" }).IsRefused(Refuse.FourEyes);
        Confirm(payer, Releaser).The<PayerAccountConfirmed>();
    }

    [Fact]
    public void Registering_the_same_again_changes_nothing_and_other_content_is_refused()
    {
        Register(ARegisteredPayer()).ChangesNothing();
        Register(APayer()).ChangesNothing();
        Register(APayer(), Registration with { Name = "样例运输公司" }).IsRefused(Refuse.PayerExists, "code");
        Register(APayer(), Registration with { Account = CompanysNewDetails }).IsRefused(Refuse.PayerExists, "code");
    }

    [Fact]
    public void A_name_means_one_payer_in_a_region() => Register(null).Guards(
        Payer.Key(Company, Liangzhou, null), PayerId.Of(PayerCode).Value, Refuse.PayerExists);

    [Fact]
    public void Another_account_counts_from_its_confirmation_on_and_the_old_one_stays_known()
    {
        Propose(APayer()).Decides(AccountProposed() with { Account = Fresh });
        var changing = APayer().After(AccountProposed());
        Assert.Equal(CompanysAccount, changing.Account!.Id);
        Confirm(changing, Cashier, CompanysNewDetails.Number).IsRefused(Refuse.FourEyes);
        var changed = changing.After(Confirm(changing, Releaser, CompanysNewDetails.Number));
        Assert.Equal(CompanysNewAccount, changed.Account!.Id);
        Assert.NotNull(changed.AccountOf(CompanysAccount));
    }

    [Fact]
    public void One_account_waits_at_a_time()
    {
        var changing = APayer().After(AccountProposed());
        Propose(changing).ChangesNothing();
        Propose(changing, Releaser).IsRefused(Refuse.WrongState);
        Propose(ARegisteredPayer()).IsRefused(Refuse.WrongState);
        Assert.Null(changing.After(Reject(changing)).Proposed);
        Reject(APayer()).IsRefused(Refuse.WrongState);
        Confirm(APayer(), Releaser).IsRefused(Refuse.WrongState);
    }

    [Fact]
    public void A_name_is_looked_for_with_the_employer_first_and_then_from_the_district_up() => Assert.Equal(
        [
            Payer.Key(Company, Liangzhou, EmployerCode), Payer.Key(Company, Liangzhou, null), Payer.Key(Company, Wuwei, null),
            Payer.Key(Company, Gansu, null), Payer.Key(Company, RegionCode.National, null),
        ],
        Payer.KeysFor(Company, Liangzhou, EmployerCode));

    [Theory]
    [InlineData("member", true)]
    [InlineData("member (会员)", true)]
    [InlineData("会员", true)]
    [InlineData("member union", false)]
    [InlineData("employer (用人单位)", false)]
    [InlineData("甘肃省总工会", false)]
    public void The_members_own_share_is_known_by_its_name(string payer, bool own) => Assert.Equal(own, PayerNames.IsMember(payer));

    [Theory]
    [InlineData("12345")]
    [InlineData("000000")]
    [InlineData("6200 0000 0000 ABCD")]
    [InlineData("123456789012345678901234567890123")]
    public void An_account_number_of_an_organisation_has_6_to_32_digits(string text) =>
        Assert.False(AccountNumber.TryParse(text, out _, out _));

    private static Decision Register(Payer? existing, RegisterPayer? command = null) =>
        RegisterPayerHandler.Handle(command ?? Registration, new(existing, null, Fresh), Cashier);

    private static Decision Propose(Payer payer, Actor? by = null) => ProposePayerAccountHandler.Handle(
        new ProposePayerAccount(PayerCode, CompanysNewDetails, AccountProposed().Reason), payer, Fresh, by ?? Cashier);

    private static Decision Confirm(Payer payer, Actor by, AccountNumber? number = null) =>
        ConfirmPayerAccountHandler.Handle(new ConfirmPayerAccount(PayerCode, number ?? CompanysDetails.Number), payer, by);

    private static Decision Reject(Payer payer) =>
        RejectPayerAccountHandler.Handle(new RejectPayerAccount(PayerCode, "户名不符"), payer, Releaser);
}
