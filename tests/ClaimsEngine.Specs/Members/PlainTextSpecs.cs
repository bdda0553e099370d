namespace ClaimsEngine.Specs;

/// <summary>The name of a person, an employer or a bank, by one rule on every way in.</summary>
public class PlainTextSpecs
{
    public static readonly TheoryData<string> NoNames =
    [
        "陈\u202E样例", "陈\u2028样例", "陈\u2029样例", "陈\uFFFF样例", "陈\uFFFE样例", "陈\uFDD0样例", "陈\uFFFD样例", "陈\u200B样例", "陈\uFEFF样例",
        "陈\u0000样例", "陈\n样例", "陈\U0001FFFF样例", "陈\uD800", " 陈样例", "陈样例 ", "\u3000陈样例",
        "=1+1|cmd", "+1", "-1", "@SUM(A1)", "＝1+1", "＋1", "－1", "＠SUM",
    ];

    [Theory]
    [InlineData("陈样例")]
    [InlineData("买买提·吐尔逊")]
    [InlineData("Anne-Marie O'Neill")]
    [InlineData("𠮷样例")]          // beyond the first 65,536 characters
    [InlineData("\uE000样例")]      // for private use: rare surnames are still written so
    [InlineData("凉州区物流有限公司（样例）")]
    public void A_name_is_let_in(string name) => Assert.Null(PlainText.Fault(name));

    [Theory]
    [MemberData(nameof(NoNames))]
    public void What_is_no_name_is_let_in_on_no_way(string text)
    {
        Assert.NotNull(PlainText.Fault(text));
        var account = DriversAccountDetails with { Bank = text, Holder = text };
        Assert.Equal(["person.account.bank", "person.account.holder", "person.name"], new Enrol(
            new PersonDetails(text, DriversNumber, Occupation.Of("truckDriver"), Liangzhou, Account: account), ProgrammeCode)
            .BrokenFields());
        Assert.Equal(["claimant.account.bank", "claimant.account.holder", "claimant.name"],
            new SubmitClaim(TheEnrolment, GradeOneDisability, new ClaimantDetails(text, DriversNumber, Relation.Self, account))
                .BrokenFields());
        Assert.Equal(["name"], new CorrectPerson(DriverId, "更正", Name: text).BrokenFields());
        Assert.Equal(["name"], new RegisterEmployer("liangzhou-1", text, Liangzhou, 10, 5).BrokenFields());
        Assert.Equal(["account.bank", "account.holder"], new ReissuePayout(ThePayout, account, "账号有误").BrokenFields());
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        string Said(string name) => Assert.Single(new CorrectPerson(DriverId, "更正", Name: name).Breaches()).Message;
        Assert.Equal("begins like a formula (= + - @)", Said("=1+1|cmd"));
        Assert.Equal("holds a character that is not seen, breaks the line or is none", Said("陈\u202E样例"));
        Assert.Equal("has blanks around it", Said(" 陈样例"));
    }
}
