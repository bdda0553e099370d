using ClaimsEngine.Members;

namespace ClaimsEngine.Claims;

/// <summary>The people of a claim, or of several claims of one event: found on record, or to be registered with it.</summary>
/// <param name="MemberAsPayee">the member with the account of a benefit that a living member is paid; null where there is none</param>
/// <param name="Heirs">in the order of the request; null where it names none</param>
internal sealed record ClaimPeople(
    Person Member, PersonOnRecord Claimant, PersonOnRecord? MemberAsPayee, IReadOnlyList<PersonOnRecord>? Heirs)
{
    /// <param name="claimantsAccount">to which a benefit after the death is paid; null where none is claimed</param>
    /// <param name="membersAccount">to which another benefit is paid; null where none is claimed</param>
    public static async Task<ClaimPeople> Of(
        ClaimantDetails claimant, AccountDetails? claimantsAccount, AccountDetails? membersAccount, IReadOnlyList<HeirDetails>? heirs,
        Person member, RegionCode region, IUseCaseContext context)
    {
        var isPaid = heirs is null || heirs.Any(IsClaimant);
        var asClaimant = claimant.IdNumber == member.IdNumber
            ? PersonOnRecord.Of(member, claimant.Name, region, isPaid ? claimantsAccount : null, "claimant", context)
            : await PersonOnRecord.Of(
                claimant.IdNumber, claimant.Name, null, region, isPaid ? claimantsAccount : null, "claimant", context);
        var asHeirs = new List<PersonOnRecord>();
        foreach (var heir in heirs ?? [])
            asHeirs.Add(IsClaimant(heir) ? asClaimant : await PersonOnRecord.Of(
                heir.IdNumber, heir.Name, null, region, heir.Account, $"heirs.{asHeirs.Count}", context));
        var asMember = membersAccount is null ? null
            : PersonOnRecord.Of(member, member.Name, member.Region, membersAccount, "claimant", context);
        return new ClaimPeople(member, asClaimant, asMember, heirs is null ? null : asHeirs);

        bool IsClaimant(HeirDetails heir) => heir.IdNumber.Value == claimant.IdNumber.Value;
    }

    /// <summary>Who is paid: a living member, after the death the claimant or the first of several heirs.</summary>
    public PersonOnRecord PayeeOf(bool isDeath) => isDeath ? Heirs?[0] ?? Claimant : MemberAsPayee!;
}
