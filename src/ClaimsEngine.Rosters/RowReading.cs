using System.Globalization;
using System.Text.RegularExpressions;
using ClaimsEngine.Enrolments;
using ClaimsEngine.Members;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters;

/// <summary>From the cells of a row to a person, or to all that is wrong with them. What a draft may hold is what <see cref="Enrol"/>
/// accepts.</summary>
internal sealed partial class RowReading
{
    private const int NameLength = 60, BankLength = 100, MostUnits = 100;

    private static readonly Dictionary<string, Occupation> Occupations = Occupation.All
        .SelectMany(occupation => (KeyValuePair<string, Occupation>[])[new(occupation.Code, occupation),
            new(occupation.ChineseName, occupation)])
        .ToDictionary(StringComparer.OrdinalIgnoreCase);

    private readonly IReadOnlyList<SheetHeading> headings;
    private readonly RosterDefaults defaults;
    private readonly int[] positions = Enumerable.Repeat(-1, Enum.GetValues<RosterColumn>().Length).ToArray();

    public RowReading(IReadOnlyList<SheetHeading> headings, RosterDefaults defaults)
    {
        (this.headings, this.defaults) = (headings, defaults);
        foreach (var heading in headings)
            if (heading.Column is { } column) positions[(int)column] = heading.Position;
    }

    public RosterRow Read(SheetRow row)
    {
        var cells = new RowCells(row, headings, positions);
        var name = Name(cells);
        var idNumber = IdNumber(cells);
        var occupation = Occupied(cells);
        var region = Region(cells);
        var phone = Phone(cells);
        var units = Units(cells);
        var account = Account(cells, name);
        var employeeNumber = cells.NotLonger(
            RosterColumn.EmployeeNumber, cells.Digits(RosterColumn.EmployeeNumber, CellText.Words), NameLength);
        var hiredOn = Date(cells, RosterColumn.HiredOn, RosterFaults.InvalidHireDate);
        var past = defaults.Past is null ? null : Past(cells, defaults.Past);
        CheckSex(cells, idNumber);
        CheckBirthDate(cells, idNumber);
        if (cells.Faults.Count > 0) return new RosterRow(row, null, cells.Faults, cells.Notes);
        var person = new PersonDetails(name!, idNumber!.Value, occupation!.Value, region!.Value, phone, account);
        return new RosterRow(row, new RosterDraft(row.Number, person, units, employeeNumber, hiredOn, past), cells.Faults, cells.Notes);
    }

    private static string? Name(RowCells cells) =>
        Needed(cells, RosterColumn.Name, cells.Words(RosterColumn.Name, NameLength)) is { } text ? PersonName.Tidy(text) : null;

    private static IdentityNumber? IdNumber(RowCells cells)
    {
        if (Needed(cells, RosterColumn.IdNumber, cells.Digits(RosterColumn.IdNumber)) is not { } text) return null;
        var old = text.Length == 15 && !text.AsSpan().ContainsAnyExceptInRange('0', '9');
        if (old) text = Upgraded(text);
        if (IdentityNumber.TryParse(text, out var number, out _))
        {
            if (old) cells.Note(RosterColumn.IdNumber, RosterFaults.IdentityNumberUpgraded);
            return number;
        }
        cells.Fault(RosterColumn.IdNumber,
            !Shape().IsMatch(text) ? RosterFaults.IdentityNumberShape
            : IdentityNumber.CheckCharacter(text) != text[17] ? RosterFaults.IdentityNumberCheck
            : RosterFaults.IdentityNumberInvalid);
        return null;
    }

    /// <summary>Identity numbers of 15 digits, issued until 1999 (GB 11643-1989), have a year of two digits and no check
    /// character.</summary>
    private static string Upgraded(string digits)
    {
        var first17 = $"{digits[..6]}19{digits[6..]}";
        return first17 + IdentityNumber.CheckCharacter(first17);
    }

    private Occupation? Occupied(RowCells cells)
    {
        var written = cells.Text(RosterColumn.Occupation, CellText.Compact);
        if (Needed(cells, RosterColumn.Occupation, written, defaults.Occupation is not null) is not { } text)
            return cells.IsAtFault(RosterColumn.Occupation) ? null : defaults.Occupation;
        if (Occupations.TryGetValue(text, out var occupation)) return occupation;
        cells.Fault(RosterColumn.Occupation, RosterFaults.UnknownOccupation);
        return null;
    }

    private RegionCode? Region(RowCells cells)
    {
        var written = cells.Text(RosterColumn.Region, CellText.Compact);
        if (Needed(cells, RosterColumn.Region, written, defaults.Region is not null) is not { } text)
            return cells.IsAtFault(RosterColumn.Region) ? null : defaults.Region;
        var found = Regions.Find(text, defaults.Within);
        if (found.Count == 1) return found[0];
        if (found.Count == 0) cells.Fault(RosterColumn.Region, RosterFaults.UnknownRegion);
        else cells.Fault(RosterColumn.Region, RosterFaults.AmbiguousRegion, string.Join(", ", found.Select(Regions.FullName)));
        return null;
    }

    private static string? Phone(RowCells cells)
    {
        if (cells.Digits(RosterColumn.Phone) is not { } text) return null;
        if (Telephone().IsMatch(text)) return text;
        cells.Fault(RosterColumn.Phone, RosterFaults.InvalidPhone);
        return null;
    }

    private static int Units(RowCells cells)
    {
        if (cells.Text(RosterColumn.Units, CellText.Compact) is not { } text) return 1;
        if (Whole().Match(text) is { Success: true } match
            && int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture) is >= 1 and <= MostUnits and var units) return units;
        cells.Fault(RosterColumn.Units, RosterFaults.InvalidUnits);
        return 1;
    }

    private static AccountDetails? Account(RowCells cells, string? name)
    {
        var bank = cells.Words(RosterColumn.Bank, BankLength);
        var digits = cells.Digits(RosterColumn.AccountNumber);
        var holder = cells.Words(RosterColumn.AccountHolder, NameLength) is { } written ? PersonName.Tidy(written) : null;
        if (bank is null && digits is null && holder is null) return null;
        if (bank is null && !cells.IsAtFault(RosterColumn.Bank)) cells.Fault(RosterColumn.Bank, RosterFaults.IncompleteAccount);
        if (digits is null && !cells.IsAtFault(RosterColumn.AccountNumber))
            cells.Fault(RosterColumn.AccountNumber, RosterFaults.IncompleteAccount);
        if (holder is not null && name is not null && holder != name) cells.Fault(RosterColumn.AccountHolder, RosterFaults.AccountNotOwn);
        if (digits is null) return null;
        if (!BankCardNumber.TryParse(digits.Replace("-", "", StringComparison.Ordinal), out var number, out _))
            cells.Fault(RosterColumn.AccountNumber, RosterFaults.InvalidAccountNumber);
        return bank is null || name is null ? null : new AccountDetails(bank, number, holder ?? name);
    }

    private static PastCover Past(RowCells cells, PastCover otherwise)
    {
        var (programme, plan) = (cells.Words(RosterColumn.Programme, NameLength), cells.Words(RosterColumn.Plan, NameLength));
        var atFault = cells.IsAtFault(RosterColumn.Programme) || cells.IsAtFault(RosterColumn.Plan);
        if (programme is null && plan is null && !atFault) (programme, plan) = (otherwise.Programme, otherwise.Plan);
        if (programme is null == plan is null && !atFault) cells.Fault(RosterColumn.Programme, RosterFaults.ProgrammeOrPlan);
        var employer = cells.Digits(RosterColumn.Employer, CellText.Words) ?? otherwise.Employer;
        if (employer is not null && !EmployerCode().IsMatch(employer)) cells.Fault(RosterColumn.Employer, RosterFaults.InvalidEmployerCode);
        var months = otherwise.Months;
        if (cells.Text(RosterColumn.Months, CellText.Compact) is { } text)
        {
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && asked is >= 1 and <= 1200)
                months = asked;
            else cells.Fault(RosterColumn.Months, RosterFaults.InvalidMonths);
        }
        return new PastCover(programme, plan, employer,
            Date(cells, RosterColumn.EnrolledOn, RosterFaults.InvalidDate) ?? otherwise.EnrolledOn,
            Date(cells, RosterColumn.CoverFrom, RosterFaults.InvalidDate), Date(cells, RosterColumn.CoverTo, RosterFaults.InvalidDate),
            cells.Words(RosterColumn.CoverTier, NameLength) ?? otherwise.CoverTier, months);
    }

    private static LocalDate? Date(RowCells cells, RosterColumn column, RosterFaultCode otherwise)
    {
        if (cells.Text(column, CellText.Narrow) is not { } text) return null;
        if (SheetDate.OfText(text) is { } date) return date;
        cells.Fault(column, otherwise);
        return null;
    }

    private static void CheckSex(RowCells cells, IdentityNumber? idNumber)
    {
        if (cells.Text(RosterColumn.Sex, CellText.Compact) is not { } text) return;
        // 1 and 2 are the codes of GB/T 2261.1
        Sex? sex = text switch
        {
            "男" or "男性" or "MALE" or "M" or "1" => Sex.Male,
            "女" or "女性" or "FEMALE" or "F" or "2" => Sex.Female,
            _ => null,
        };
        if (sex is null) cells.Fault(RosterColumn.Sex, RosterFaults.InvalidSex);
        else if (idNumber is { } number && number.Sex != sex) cells.Fault(RosterColumn.Sex, RosterFaults.SexContradicts);
    }

    private static void CheckBirthDate(RowCells cells, IdentityNumber? idNumber)
    {
        if (cells.Text(RosterColumn.BirthDate, CellText.Narrow) is not { } text) return;
        if (SheetDate.OfText(text) is not { } date) cells.Fault(RosterColumn.BirthDate, RosterFaults.InvalidBirthDate);
        else if (idNumber is { } number && number.BirthDate != date) cells.Fault(RosterColumn.BirthDate, RosterFaults.BirthDateContradicts);
    }

    private static string? Needed(RowCells cells, RosterColumn column, string? text, bool otherwise = false)
    {
        if (text is null && !otherwise && !cells.IsAtFault(column)) cells.Fault(column, RosterFaults.ValueMissing);
        return text;
    }

    [GeneratedRegex(@"^[0-9]{17}[0-9X]\z")]
    private static partial Regex Shape();

    [GeneratedRegex(@"^\+?[0-9-]{5,20}\z")]
    private static partial Regex Telephone();

    [GeneratedRegex(EmployerId.CodePattern)]
    private static partial Regex EmployerCode();

    [GeneratedRegex(@"^([0-9]{1,3})(?:\.0+)?份?\z")]
    private static partial Regex Whole();
}
