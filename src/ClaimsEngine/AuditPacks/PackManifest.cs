namespace ClaimsEngine.AuditPacks;

/// <summary>A file of a pack.</summary>
/// <param name="Bytes">unpacked</param>
/// <param name="Sha256">64 hexadecimal digits in small letters</param>
/// <param name="Zh">what it holds, in Chinese</param>
/// <param name="En">the same in English</param>
public sealed record PackedFile(string Name, long Bytes, string Sha256, string Zh, string En);

/// <summary>
/// The list of a pack: every file but the list itself and its hash. Who has the hash of the list from the office can trust every file.
/// </summary>
/// <param name="Format">of the pack, <see cref="Current"/></param>
/// <param name="Engine">version of the program that made it</param>
/// <param name="Files">by name</param>
public sealed record PackManifest(int Format, string Engine, PackOrder Order, PackTotals Totals, IReadOnlyList<PackedFile> Files)
{
    public const int Current = 1;

    public const string Name = "manifest.json";

    /// <summary>One line as <c>sha256sum</c> writes it: the hash of the list.</summary>
    public const string HashName = "manifest.sha256";
}
