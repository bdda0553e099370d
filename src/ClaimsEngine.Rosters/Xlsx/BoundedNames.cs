using System.Xml;
using ClaimsEngine.Rosters.Sheets;

namespace ClaimsEngine.Rosters.Xlsx;

/// <summary>The names that an XML reader has met, which it holds as long as it lives: a workbook has some hundred, a hostile one would have
/// millions.</summary>
internal sealed class BoundedNames : NameTable
{
    private const int Most = 10_000;
    private const int Longest = 1_000;

    private int count;

    public override string Add(char[] key, int start, int len) =>
        len == 0 ? "" : base.Get(key, start, len) ?? Counted(new string(key, start, len));

    public override string Add(string key) => base.Get(key) ?? Counted(key);

    private string Counted(string name)
    {
        if (++count > Most || name.Length > Longest)
            throw RosterFaults.DamagedWorkbook.Unreadable("its XML has too many names", "XML 名称过多");
        return base.Add(name);
    }
}
