
namespace ClaimsEngine.Host.Tests.Api;

/// <summary>Sample persons and documents: made up from a counter, with check digits that are right.</summary>
public static class Sample
{
    private static readonly System.Collections.Concurrent.ConcurrentBag<Person> made = [];
    private static int people;
    private static int programmes;

    /// <param name="Name">unlike any other text of a test, so that a scan for it finds personal data and nothing else</param>
    public sealed record Person(string Name, string IdNumber, string Phone, string Card);

    /// <param name="sex">null is whichever comes next</param>
    public static Person NewPerson(string born = "19850312", string district = "620602", Sex? sex = null)
    {
        var number = Interlocked.Increment(ref people);
        while (sex is { } wanted && wanted != (number % 2 == 1 ? Sex.Male : Sex.Female)) number = Interlocked.Increment(ref people);
        // the sequence has three digits, so the day of birth moves on when they are used up
        var first = $"{district}{born[..6]}{1 + (int.Parse(born[6..]) + number / 1000) % 28:00}{number % 1000:000}";
        var person = new Person($"样例人{number:0000}号", first + IdentityNumber.CheckCharacter(first), $"000-{number:0000}-7777", NewCard());
        made.Add(person);
        return person;
    }

    /// <summary>Whether it may be the number of a sample person, of one made before or later.</summary>
    public static bool MayHave(IdentityNumber number) => number.BirthDate is { Year: 1985, Month: 3 } or { Year: 1988, Month: 1 };

    /// <summary>Everybody whom a test has made up, whether or not the engine took them.</summary>
    public static IReadOnlyCollection<Person> Made => made;

    public static string NewCard()
    {
        var digits = $"62220299{Interlocked.Increment(ref people):0000000}";
        return digits + Enumerable.Range(0, 10)
            .Select(check => (char)('0' + check)).First(check => BankCardNumber.TryParse(digits + check, out _, out _));
    }

    public static string NewCode(string word) => $"{word}-{Interlocked.Increment(ref programmes)}";

    /// <summary>A digest as a document has one; different for every name.</summary>
    public static string DigestOf(string name) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(name)));

    public static readonly string[] DisabilityDocuments = ["eventStatement", "identityDocument", "disabilityCertificate", "accountProof"];

    public static object Enrolment(Person person, string programme, string occupation = "truckDriver", string region = "620602",
        int units = 1) => new
    {
        programme, units, person = new { name = person.Name, idNumber = person.IdNumber, occupation, region, phone = person.Phone },
    };

    public static object AnEmployer(string code, string region = "620602", int staff = 100, int women = 40) =>
        new { code, name = $"样例单位 {code}", region, staff, women };

    /// <summary>By when how much of a recovery is to come back.</summary>
    public static object Instalments(params (string DueOn, string Amount)[] instalments) =>
        new { instalments = instalments.Select(one => new { dueOn = one.DueOn, amount = one.Amount }).ToArray() };

    public static object Repayment(string amount, string bankReference, string receivedOn = "2025-11-20") =>
        new { amount, receivedOn, bankReference };

    public static object Reissue(Person person) => new
    {
        account = new { bank = "样例银行武威分行", number = person.Card, holder = person.Name }, reason = "户名已更正",
    };

    /// <summary>To the account of the payee's guardian.</summary>
    public static object ReissueToAnother(Person person) => new { account = GuardiansAccount(person), reason = "改付监护人账户" };

    public static object GuardiansAccount(Person person) => new
    {
        bank = "样例银行武威分行", number = person.Card, holder = "样例监护人",
        otherHolder = new { ground = "guardianOfAdult", reason = "法院指定监护人，见指定监护决定书" },
    };

    public static object Claim(string enrolmentId, Person person, string date = "2025-10-20", int? grade = 1, string kind = "disability",
        string relation = "self", string? holder = null) => new
    {
        enrolmentId,
        incident = grade is { } known ? (object)new { kind, date, grade = known } : new { kind, date },
        claimant = new
        {
            name = person.Name, idNumber = person.IdNumber, relation,
            account = new { bank = "样例银行凉州支行", number = person.Card, holder = holder ?? person.Name },
        },
    };

    public static readonly string[] DeathDocuments =
        ["eventStatement", "identityDocument", "deathCertificate", "registrationCancellation", "relationProof", "accountProof"];

    /// <summary>A relative who claims after a death.</summary>
    public static object Claimant(Person person, string relation = "child") => new
    {
        name = person.Name, idNumber = person.IdNumber, relation, account = AccountOf(person),
    };

    public static object Heir(Person person, int numerator, int denominator, string relation = "child") => new
    {
        name = person.Name, idNumber = person.IdNumber, relation, account = AccountOf(person), share = new { numerator, denominator },
    };

    private static object AccountOf(Person person) => new { bank = "样例银行凉州支行", number = person.Card, holder = person.Name };

    /// <summary>A JPEG of 8 by 8 grey pixels, as a camera writes it: EXIF with a place and an orientation, XMP, IPTC, a comment, and
    /// something hung on behind its end. No two of them are the same.</summary>
    public static byte[] Jpeg() =>
    [
        0xFF, 0xD8, .. Segment(0xE0, [.. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0]), .. Segment(0xE1, [.. "Exif\0\0"u8, .. CameraExif]),
        .. Segment(0xE1, [.. "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>secret-xmp</x:xmpmeta>"u8]),
        .. Segment(0xED, [.. "Photoshop 3.0\0secret-iptc"u8]),
        .. Segment(0xFE, System.Text.Encoding.ASCII.GetBytes($"secret-comment {Guid.NewGuid()}")),
        // any table serves: nobody here decodes it, and each is another image
        .. Segment(0xDB, [0, .. Guid.NewGuid().ToByteArray(), .. new byte[48]]),
        .. Segment(0xC0, [8, 0, 8, 0, 8, 1, 1, 0x11, 0]), .. Segment(0xC4, [0, .. new byte[16]]), .. Segment(0xC4, [0x10, .. new byte[16]]),
        .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 0x12, 0x34, 0xFF, 0x00, 0x56, 0xFF, 0xD9, .. "PK<script>secret-tail</script>"u8,
    ];

    /// <summary>Orientation 6 and a latitude, in the order of bytes of a PC.</summary>
    private static byte[] CameraExif =>
    [
        .. "II*\0"u8, 8, 0, 0, 0, 2, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0, 0, 0, 0, 0,
        .. "secret-gps 37.92N 102.63E"u8,
    ];

    private static byte[] Segment(byte marker, byte[] body) =>
        [0xFF, marker, (byte)((body.Length + 2) >> 8), (byte)(body.Length + 2), .. body];

    /// <summary>A PDF of one line, of this length.</summary>
    public static byte[] Pdf(int length = 600)
    {
        var (head, tail) = ($"%PDF-1.4\n%{Guid.NewGuid()}\n", "\nstartxref\n0\n%%EOF\n");
        return System.Text.Encoding.ASCII.GetBytes(head + new string('a', length - head.Length - tail.Length) + tail);
    }

    public static object Document(string kind, string? fileName = null) =>
        new { kind, fileName = fileName ?? $"{kind}.pdf", sha256 = DigestOf(kind) };

    /// <summary>The answer to a request for papers.</summary>
    public static object Documents(params string[] kinds) => new { documents = kinds.Select(kind => Document(kind)) };

    public static object Programme(string code, int quota = 1000, string plan = SeededPlan, string region = "62") => new
    {
        code, name = $"样例项目 {code}", plan, sponsor = "Sample sponsor", quota, from = "2025-01-01", to = "2025-12-31",
        regions = new[] { region }, occupations = new[] { "truckDriver", "courier" },
            funding = new[] { new { payer = "Sample sponsor", amount = "120.00" } },
    };

    public const string Employer = "样例物流公司";

    /// <summary>The employer's share of <see cref="SharedProgramme"/>, paid at once.</summary>
    public static object Contribution(string amount = "40.00", string reference = "T-1", string paidOn = "2025-03-03",
        string payer = Employer) =>
        new { payer, amount, reference, paidOn };

    /// <summary>80 yuan are the sponsor's, guaranteed; 40 are due from the employer before cover.</summary>
    /// <param name="year">its period; null is one that has begun and goes on, since nobody pays for one that has ended</param>
    public static object SharedProgramme(string code, int quota = 1000, string plan = SeededPlan, int? year = null,
        string? budget = null) => new
    {
        budget,
        code, name = $"样例项目 {code}", plan, sponsor = "Sample sponsor", quota,
        from = year is { } known ? $"{known}-01-01" : DayFromToday(-100), to = year is { } its ? $"{its}-12-31" : DayFromToday(100),
        regions = new[] { "62" }, occupations = new[] { "truckDriver", "courier" },
        funding = new object[] { new { payer = "Sample sponsor", amount = "80.00" }, new { payer = Employer, amount = "40.00",
            due = true } },
    };

    /// <summary>A gift, whose sponsor pays before cover: a period of the past is covered as a whole once it has.</summary>
    public static object DueGift(string code, string plan = SeededPlan, int year = 2025) => new
    {
        code, name = $"样例项目 {code}", plan, sponsor = Sponsor, quota = 1000, from = $"{year}-01-01", to = $"{year}-12-31",
        regions = new[] { "62" }, occupations = new[] { "truckDriver", "courier" },
        funding = new[] { new { payer = Sponsor, amount = "120.00", due = true } },
    };

    public const string Sponsor = "Sample sponsor";

    public const string PayerAccount = "620000000000018";

    /// <summary>An organisation of Gansu that pays contributions.</summary>
    public static object Payer(string code, string name) => new
    {
        code, name, region = "62", account = Account(name),
    };

    /// <summary>An organisation's account.</summary>
    public static object Account(string holder, string number = PayerAccount) => new { bank = "样例银行武威分行", number, holder };

    /// <summary>A business date so many days from today.</summary>
    public static string DayFromToday(int days) => $"{DateTime.UtcNow.AddHours(8).AddDays(days):yyyy-MM-dd}";

    /// <summary>Of an approver of Gansu, by days from today.</summary>
    public static object Delegation(string to, int from = 0, int until = 30, string upTo = "200000.00") => new
    {
        to, region = "62", from = DayFromToday(from), until = DayFromToday(until), reason = "sample", upTo,
    };

    public static object Absence(int from = 0, int until = 30) => new { from = DayFromToday(from), until = DayFromToday(until) };

    public const string SeededPlan = "gansu-2025-new-employment";
}
