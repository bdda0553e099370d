namespace ClaimsEngine.Specs;

public class PersonOnRecordSpecs
{
    private static readonly UniqueKey Key = Person.Key("hash");

    [Fact]
    public void A_person_seen_first_is_registered_under_the_hash_of_the_number()
    {
        var person = Decide(null);
        person.Registration.Decides(DriverRegistered()).Guards(Key, DriverId.Value);
        Assert.Equal((DriverId, (AccountId?)null), (person.Id, person.Account));
    }

    [Fact]
    public void A_new_person_with_an_account_has_both_in_one_stream()
    {
        var person = Decide(null, account: DriversAccountDetails);
        person.Registration.Decides(DriverRegistered(), DriversAccountRegistered());
        Assert.Equal(DriversAccount, person.Account);
        Assert.Equal([DriverId.Value], person.Registration.Changes.Select(change => change.Stream));
    }

    [Fact]
    public void A_known_person_is_not_registered_again()
    {
        var person = Decide(ATruckDriver(), fresh: new PersonId(Id(99)));
        person.Registration.ChangesNothing();
        Assert.Equal(DriverId, person.Id);
    }

    [Fact]
    public void A_known_account_is_not_registered_again()
    {
        var person = Decide(ATruckDriverWithAnAccount(), account: DriversAccountDetails, freshAccount: RelativesAccount);
        person.Registration.ChangesNothing();
        Assert.Equal(DriversAccount, person.Account);
    }

    [Fact]
    public void Another_number_or_holder_is_another_account()
    {
        Assert.Equal(RelativesAccount, Decide(ATruckDriverWithAnAccount(), account: RelativesAccountDetails with { Holder = "陈样例" },
            freshAccount: RelativesAccount).Account);
        Assert.Equal(RelativesAccount, Decide(ATruckDriverWithAnAccount(), account: DriversAccountDetails with { Holder = "李样例" },
            freshAccount: RelativesAccount).Account);
    }

    [Fact]
    public void A_known_person_asked_for_without_account_has_none() => Assert.Null(Decide(ATruckDriverWithAnAccount()).Account);

    [Fact]
    public void A_number_on_record_under_another_name_is_refused_without_telling_it() =>
        Assert.DoesNotContain("陈样例",
            Decide(ATruckDriver(), name: "李样例").Registration.IsRefused(Refuse.IdentityMismatch, "person.name").Detail);

    [Fact]
    public void Somebody_on_record_under_another_name_is_as_if_unknown_until_the_key_of_the_number_says_no()
    {
        var mismatch = Decide(ATruckDriver(), name: "李样例", account: DriversAccountDetails, fresh: RelativeId).AsIfUnknown!;
        var unknown = Decide(null, name: "李样例", account: DriversAccountDetails, fresh: RelativeId);
        Assert.Equal(unknown.Registration.Events.Select(Then.Written), mismatch.Registration.Events.Select(Then.Written));
        Assert.Equal((unknown.Id, unknown.Account), (mismatch.Id, mismatch.Account));
        mismatch.Registration.Guards(Key, RelativeId.Value, Refuse.IdentityMismatch);
        // nothing that belongs to the person on record is looked up under another name
        Assert.Equal(RelativeId, Decide(ATruckDriver(), name: "李样例", fresh: RelativeId).Id);
        Assert.Null(unknown.AsIfUnknown);
        Assert.Null(Decide(ATruckDriver()).AsIfUnknown);
    }

    [Fact]
    public void A_file_name_stands_with_its_person() => Assert.Equal("样例.pdf",
        ATruckDriver().After(new DocumentFiled(new DocumentId(Id(1)), TheClaim, "样例.pdf", Officer.Id)).FileNames[new DocumentId(Id(1))]);

    private static PersonOnRecord Decide(
        Person? known, string name = "陈样例", AccountDetails? account = null, PersonId? fresh = null, AccountId? freshAccount = null) =>
        PersonOnRecord.Decide(known, Key, DriversNumber, name, "000-0000-0001", Liangzhou, account, "person", Officer, Today,
            fresh ?? DriverId, freshAccount ?? DriversAccount);
}
