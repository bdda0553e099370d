using System.Security.Cryptography;
using System.Text;
using NodaTime.Text;

namespace ClaimsEngine.Kernel;

public readonly record struct PlanId(Guid Value) : IId<PlanId>
{
    /// <summary>The stream of a plan follows from its code, so that two who publish it at once meet on one stream.</summary>
    public static PlanId Of(string code) => new(NamedGuid.Of("plan", code));
    public static PlanId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct ProgrammeId(Guid Value) : IId<ProgrammeId>
{
    public static ProgrammeId Of(string code) => new(NamedGuid.Of("programme", code));
    public static ProgrammeId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>An employer or a grassroots union whose people are enrolled together.</summary>
public readonly record struct EmployerId(Guid Value) : IId<EmployerId>
{
    /// <summary>1 to 40 letters, digits and hyphens.</summary>
    public const string CodePattern = "^[A-Za-z0-9-]{1,40}\\z";

    /// <summary>The stream of an employer follows from its code, and from a word that has been <c>unit</c> since the first.</summary>
    public static EmployerId Of(string code) => new(NamedGuid.Of("unit", code));
    public static EmployerId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>A natural person: member, claimant or payee. Whose personal data it is, and nothing else.</summary>
public readonly record struct PersonId(Guid Value) : IId<PersonId>
{
    public static PersonId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct AccountId(Guid Value) : IId<AccountId>
{
    public static AccountId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct EnrolmentId(Guid Value) : IId<EnrolmentId>
{
    public static EnrolmentId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct ClaimId(Guid Value) : IId<ClaimId>
{
    public static ClaimId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>Of several benefits of one event, reported together.</summary>
public readonly record struct OccurrenceId(Guid Value) : IId<OccurrenceId>
{
    public static OccurrenceId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct DocumentId(Guid Value) : IId<DocumentId>
{
    public static DocumentId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct PayoutId(Guid Value) : IId<PayoutId>
{
    public static PayoutId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct DelegationId(Guid Value) : IId<DelegationId>
{
    /// <summary>One stream for each pair of people, so that it is found without a search, and two that are given at once meet.</summary>
    public static DelegationId Of(string from, string to) => new(NamedGuid.Of("delegation", $"{from}\n{to}"));
    public static DelegationId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct AbsenceId(Guid Value) : IId<AbsenceId>
{
    /// <summary>One stream for each person.</summary>
    public static AbsenceId Of(string user) => new(NamedGuid.Of("absence", user));
    public static AbsenceId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct ReliefFundId(Guid Value) : IId<ReliefFundId>
{
    /// <summary>The stream of a fund follows from its code.</summary>
    public static ReliefFundId Of(string code) => new(NamedGuid.Of("relief-fund", code));
    public static ReliefFundId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct ReliefApplicationId(Guid Value) : IId<ReliefApplicationId>
{
    public static ReliefApplicationId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>An organisation that pays contributions: a union, an employer, a sponsor.</summary>
public readonly record struct PayerId(Guid Value) : IId<PayerId>
{
    /// <summary>The stream of a payer follows from its code.</summary>
    public static PayerId Of(string code) => new(NamedGuid.Of("payer", code));
    public static PayerId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct PaymentBatchId(Guid Value) : IId<PaymentBatchId>
{
    public static PaymentBatchId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct BankStatementId(Guid Value) : IId<BankStatementId>
{
    public static BankStatementId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct PaymentScheduleId(Guid Value) : IId<PaymentScheduleId>
{
    public static PaymentScheduleId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct RecoveryId(Guid Value) : IId<RecoveryId>
{
    public static RecoveryId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

public readonly record struct BarId(Guid Value) : IId<BarId>
{
    public static BarId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>The public notice of an approved claim.</summary>
public readonly record struct PublicNoticeId(Guid Value) : IId<PublicNoticeId>
{
    /// <summary>A claim is approved once, so its notice follows from it.</summary>
    public static PublicNoticeId Of(ClaimId claim) => new(NamedGuid.Of("public-notice", claim.ToString()));
    public static PublicNoticeId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>A subscription of a platform to events.</summary>
public readonly record struct WebhookId(Guid Value) : IId<WebhookId>
{
    public static WebhookId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>What a claimant or payee is told of one event. It is that event's id, so an event is told once.</summary>
public readonly record struct NoticeId(Guid Value) : IId<NoticeId>
{
    public static NoticeId From(Guid value) => new(value);
    public override string ToString() => Value.ToString();
}

/// <summary>An id that follows from a name (RFC 9562 version 8, SHA-256): the same name is the same stream everywhere.</summary>
public static class NamedGuid
{
    public static Guid Of(string kind, string name)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(Encoding.UTF8.GetBytes($"claims-engine/{kind}/{name}"), hash);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>Numbers that people read out: certificates and claims.</summary>
public static class ReferenceNumber
{
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";   // Crockford: no I, L, O, U to be misheard

    /// <summary>
    /// Prefix, province (two digits), business date and eight characters from the id, of which the last checks the rest:
    /// <c>C62-20251120-7K3F9QTN</c>. Unique by a unique key; a collision (2⁻³⁵ for two of one province and day) is tried again with a new
    /// id.
    /// </summary>
    public static string For(char prefix, RegionCode region, LocalDate day, Guid id)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(id.ToByteArray(), hash);
        var bits = BitConverter.ToUInt64(hash) & 0x7_FFFF_FFFF;
        Span<char> text = stackalloc char[8];
        var check = 0UL;
        for (var i = 6; i >= 0; i--)
        {
            text[i] = Alphabet[(int)(bits & 31)];
            check = (check + (bits & 31) * (ulong)(2 * i + 3)) % 32;   // odd weights: one wrong character always shows
            bits >>= 5;
        }
        text[7] = Alphabet[(int)check];
        return $"{prefix}{region.Province}-{day.Year:0000}{day.Month:00}{day.Day:00}-{text}";
    }

    private static readonly LocalDatePattern DayPattern = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>The business date in a number; null if it is no such number.</summary>
    public static LocalDate? DayOf(string number) =>
        number.Split('-') is [_, { Length: 8 } day, _] && DayPattern.Parse(day) is
            { Success: true, Value: var date } ? date : null;
}
