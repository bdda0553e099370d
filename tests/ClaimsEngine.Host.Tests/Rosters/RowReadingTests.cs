using ClaimsEngine.Enrolments;
using ClaimsEngine.Rosters;
using ClaimsEngine.Rosters.Sheets;
using static ClaimsEngine.Host.Tests.Rosters.Sheets;

namespace ClaimsEngine.Host.Tests.Rosters;

public sealed class RowReadingTests
{
    private const string Everything = "姓名,身份证号,职业,地区,手机号,份数,开户行,银行卡号,户名,性别,出生日期,工号";

    [Fact]
    public async Task A_row_says_all_that_an_enrolment_asks()
    {
        var row = await Row(Everything, "李样例,620602199001010027,快递员,凉州区,13800138000,2,样例银行,6217000000000000020,李样例,女,1990-01-01,A-7");
        var draft = row.Draft!;
        Assert.Equal((2, 2, "A-7"), (draft.Row, draft.Units, draft.EmployeeNumber));
        Assert.Equal(("李样例", "620602199001010027", "courier", "620602", "13800138000"),
            (draft.Person.Name, draft.Person.IdNumber.Value, draft.Person.Occupation.Code, draft.Person.Region.Value, draft.Person.Phone));
        Assert.Equal(("样例银行", "6217000000000000020", "李样例"),
            (draft.Person.Account!.Bank, draft.Person.Account.Number.Value, draft.Person.Account.Holder));
        Assert.Empty(new Enrol.Validator().Validate(new Enrol(draft.Person, "programme", Units: draft.Units)).Errors);
    }

    [Fact]
    public async Task All_that_is_wrong_is_said_at_once_in_both_languages_and_never_with_what_stands_there()
    {
        var row = await Row(Everything, ",620602199001010028,快弟员,凉洲区,12,0,样例银行,6217000000000000021,王样例,男人,1990-13-01,A");
        Assert.Null(row.Draft);
        Assert.Equal(
            [
                (RosterFaults.ValueMissing, "姓名"), (RosterFaults.IdentityNumberCheck, "身份证号"), (RosterFaults.UnknownOccupation, "职业"),
                (RosterFaults.UnknownRegion, "地区"), (RosterFaults.InvalidPhone, "手机号"), (RosterFaults.InvalidUnits, "份数"),
                (RosterFaults.InvalidAccountNumber, "银行卡号"), (RosterFaults.InvalidSex, "性别"), (RosterFaults.InvalidBirthDate, "出生日期"),
            ],
            row.Faults.Select(fault => (fault.Rule, fault.Column!)));
        Assert.All(row.Faults, fault => Assert.Equal(2, fault.Row));
        Assert.DoesNotContain("6206021990", string.Concat(row.Faults), StringComparison.Ordinal);
        Assert.StartsWith("姓名：内容为空；身份证号：身份证号校验位错误，请核对；", row.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_names_the_column_as_it_is_headed_in_the_sheet() =>
        Assert.Equal("会员 姓名", Assert.Single((await Row(Header.Replace("姓名", "会员 姓名", StringComparison.Ordinal), Good[3..])).Faults).Column);

    [Theory]
    [InlineData("620602199001010027")]
    [InlineData("６２０６０２１９９００１０１００２７")]
    [InlineData(" 620602 1990 0101 0027 ")]
    [InlineData("620602\u00A019900101\u30000027")]
    [InlineData("\u202A620602199001010027\u202C")]
    [InlineData("\t620602199001010027")]
    [InlineData("'620602199001010027")]
    public Task An_identity_number_however_it_was_typed(string text) => Identity(text, "620602199001010027");

    [Theory]
    [InlineData("62060219900101006x")]
    [InlineData("62060219900101006Ｘ")]
    [InlineData("６２０６０２１９９００１０１００６ｘ")]
    public Task An_x_as_check_digit(string text) => Identity(text, "62060219900101006X");

    [Theory]
    [InlineData("62060219900101002")]
    [InlineData("6206021990010100277")]
    [InlineData("62060219900101O027")]
    [InlineData("护照E12345678")]
    [InlineData("62060290010100")]
    public Task A_number_of_another_shape(string text) =>
        Faulty(Header, Good.Replace("620602199001010027", text, StringComparison.Ordinal), RosterFaults.IdentityNumberShape, "身份证号");

    [Theory]
    [InlineData("620602199001010028")]
    [InlineData("620602199001010207")]
    public Task A_digit_mistyped(string text) =>
        Faulty(Header, Good.Replace("620602199001010027", text, StringComparison.Ordinal), RosterFaults.IdentityNumberCheck, "身份证号");

    [Theory]
    [InlineData("62060219900230002")]
    [InlineData("99060219900101002")]
    public Task A_number_whose_check_digit_is_right_of_a_day_or_province_that_is_not(string first) => Faulty(
        Header, Good.Replace("620602199001010027", first + IdentityNumber.CheckCharacter(first), StringComparison.Ordinal),
            RosterFaults.IdentityNumberInvalid, "身份证号");

    [Fact]
    public async Task An_old_number_of_15_digits_is_upgraded_and_the_sender_is_told()
    {
        var row = await Row(Header, Good.Replace("620602199001010027", "620602900101002", StringComparison.Ordinal));
        Assert.Equal("620602199001010027", row.Draft!.Person.IdNumber.Value);
        var note = Assert.Single(row.Notes);
        Assert.Equal((RosterFaults.IdentityNumberUpgraded, "身份证号", 2), (note.Rule, note.Column, note.Row));
        await Faulty(Header, Good.Replace("620602199001010027", "620602901301002", StringComparison.Ordinal),
            RosterFaults.IdentityNumberInvalid, "身份证号");
    }

    [Theory]
    [InlineData("6.20602E+17")]
    [InlineData("6.20602199001010E+17")]
    [InlineData("6E17")]
    public Task A_number_that_a_spreadsheet_wrote_with_an_exponent_has_lost_its_digits(string text) =>
        Faulty(Header, Good.Replace("620602199001010027", text, StringComparison.Ordinal), RosterFaults.DigitsLost, "身份证号");

    [Theory]
    [InlineData("courier", "courier")]
    [InlineData("COURIER", "courier")]
    [InlineData("快 递 员", "courier")]
    [InlineData("货车司机", "truckDriver")]
    public async Task An_occupation_by_code_or_chinese_name(string text, string code) =>
        Assert.Equal(code, (await Row(Header, Good.Replace("快递员", text, StringComparison.Ordinal))).Draft!.Person.Occupation.Code);

    [Theory]
    [InlineData("620602", "620602")]
    [InlineData("６２０６０２", "620602")]
    [InlineData("6206", "6206")]
    [InlineData("620000", "62")]
    [InlineData("凉州区", "620602")]
    [InlineData("武威市凉州区", "620602")]
    [InlineData("甘肃省武威市凉州区", "620602")]
    [InlineData("甘肃武威凉州区", "620602")]
    [InlineData("甘肃省凉州区", "620602")]
    [InlineData("甘肃省 武威市 凉州区", "620602")]
    [InlineData("甘肃省/武威市/凉州区", "620602")]
    [InlineData("甘肃省武威市", "6206")]
    [InlineData("北京市朝阳区", "110105")]
    [InlineData("北京朝阳区", "110105")]
    [InlineData("广西壮族自治区南宁市青秀区", "450103")]
    [InlineData("广西南宁青秀区", "450103")]
    [InlineData("河南省济源市", "419001")]
    public async Task A_region_by_code_or_name(string text, string code) =>
        Assert.Equal(code, (await Row(Header, Good[..^6] + text)).Draft!.Person.Region.Value);

    [Theory]
    [InlineData("市辖区")]
    [InlineData("全国")]
    [InlineData("000000")]
    [InlineData("凉州")]
    [InlineData("湖南省凉州区")]
    public Task A_region_that_is_none(string text) => Faulty(Header, Good[..^6] + text, RosterFaults.UnknownRegion, "地区");

    [Fact]
    public async Task A_name_of_several_regions_is_asked_back_unless_the_roster_lies_in_one()
    {
        var line = Good[..^6] + "城关区";
        var fault = Assert.Single((await Row(Header, line)).Faults);
        Assert.Equal(RosterFaults.AmbiguousRegion, fault.Rule);
        Assert.Contains("西藏自治区拉萨市城关区, 甘肃省兰州市城关区", fault.Text, StringComparison.Ordinal);
        var row = Assert.Single(await Rows(Csv(Header, line), new RosterDefaults(Within: RegionCode.Of("62"))));
        Assert.Equal("620102", row.Draft!.Person.Region.Value);
    }

    [Theory]
    [InlineData("李　样例", "李样例")]
    [InlineData("李 样 例", "李样例")]
    [InlineData("样例•吐尔逊", "样例·吐尔逊")]
    [InlineData("Sample  Ｌｉ", "Sample Li")]
    [InlineData("\u200B李样例\u00A0", "李样例")]
    public async Task A_name_as_a_bank_compares_it(string text, string name) =>
        Assert.Equal(name, (await Row(Header, Good.Replace("李样例", text, StringComparison.Ordinal))).Draft!.Person.Name);

    [Fact]
    public async Task A_name_of_two_lines_or_of_sixty_one_characters_is_at_fault()
    {
        await Faulty(Header, Good.Replace("李样例", "\"李\n样例\"", StringComparison.Ordinal), RosterFaults.ControlCharacter, "姓名");
        await Faulty(Header, Good.Replace("李样例", new string('样', 61), StringComparison.Ordinal), RosterFaults.TextTooLong, "姓名");
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("3", 3)]
    [InlineData("３", 3)]
    [InlineData("2份", 2)]
    [InlineData("1.0", 1)]
    [InlineData("100", 100)]
    public async Task Units(string text, int units) => Assert.Equal(units, (await Draft("份数", text)).Units);

    [Theory]
    [InlineData("0")]
    [InlineData("101")]
    [InlineData("1.5")]
    [InlineData("一")]
    [InlineData("99999999999")]
    public Task Units_that_are_none(string text) => Faulty(Header + ",份数", $"{Good},{text}", RosterFaults.InvalidUnits, "份数");

    [Theory]
    [InlineData("138 0013 8000", "13800138000")]
    [InlineData("0931-8888888", "0931-8888888")]
    [InlineData("０９３１－８８８８８８８", "0931-8888888")]
    [InlineData("", null)]
    public async Task Telephone_numbers(string text, string? phone) => Assert.Equal(phone, (await Draft("电话", text)).Person.Phone);

    [Theory]
    [InlineData("无")]
    [InlineData("1234")]
    [InlineData("13800138000/13900139000")]
    public Task Telephone_numbers_that_are_none(string text) => Faulty(Header + ",电话", $"{Good},{text}", RosterFaults.InvalidPhone, "电话");

    [Fact]
    public async Task An_account_is_whole_and_the_members_own()
    {
        const string header = Header + ",开户行,银行卡号,户名";
        Assert.Equal("李样例", (await Row(header, $"{Good},样例银行,6217 0000 0000 0000 020,")).Draft!.Person.Account!.Holder);
        Assert.Equal("李样例", (await Row(header, $"{Good},样例银行,6217000000000000020,李　样例")).Draft!.Person.Account!.Holder);
        Assert.Null((await Row(header, $"{Good},,,")).Draft!.Person.Account);
        await Faulty(header, $"{Good},样例银行,,", RosterFaults.IncompleteAccount, "银行卡号");
        await Faulty(header, $"{Good},,6217000000000000020,", RosterFaults.IncompleteAccount, "开户行");
        await Faulty(header, $"{Good},样例银行,6217000000000000020,王样例", RosterFaults.AccountNotOwn, "户名");
        await Faulty(header, $"{Good},样例银行,6217000000000000021,", RosterFaults.InvalidAccountNumber, "银行卡号");
        await Faulty(Header + ",卡号", $"{Good},6217000000000000020", RosterFaults.IncompleteAccount, "开户行");
    }

    [Theory]
    [InlineData("女")]
    [InlineData("female")]
    [InlineData("F")]
    [InlineData("2")]
    [InlineData("")]
    public async Task A_sex_that_fits(string text) => Assert.NotNull(await Draft("性别", text));

    [Fact]
    public Task A_sex_that_contradicts_the_identity_number() => Faulty(Header + ",性别", $"{Good},男", RosterFaults.SexContradicts, "性别");

    [Theory]
    [InlineData("1990-01-01")]
    [InlineData("1990/1/1")]
    [InlineData("1990.01.01")]
    [InlineData("1990年1月1日")]
    [InlineData("１９９０年０１月０１日")]
    [InlineData("19900101")]
    [InlineData("1990-01-01 00:00:00")]
    [InlineData("1990/1/1 0:00")]
    [InlineData("32874")]
    public async Task A_birth_date_in_every_form(string text) => Assert.NotNull(await Draft("出生日期", text));

    [Theory]
    [InlineData("1990-02-29")]
    [InlineData("1990/1-1")]
    [InlineData("90-1-1")]
    [InlineData("1990年1月")]
    [InlineData("01/01/1990")]
    public Task A_birth_date_that_is_none(string text) => Faulty(Header + ",出生日期", $"{Good},{text}", RosterFaults.InvalidBirthDate, "出生日期");

    [Fact]
    public Task A_birth_date_that_contradicts_the_identity_number() =>
        Faulty(Header + ",出生日期", $"{Good},1990-01-02", RosterFaults.BirthDateContradicts, "出生日期");

    private static async Task Identity(string text, string number) =>
        Assert.Equal(number, (await Row(Header, Good.Replace("620602199001010027", text,
            StringComparison.Ordinal))).Draft!.Person.IdNumber.Value);
}
