using System.Xml.Linq;
using ClaimsEngine.Storage.Reading;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace ClaimsEngine.Host.Screens;

/// <summary>The keys that protect cookies and forms, in the database: every host of it opens what another has sealed.</summary>
internal sealed class KeyRing(KeyReader keys) : IXmlRepository
{
    private const string Prefix = "data-protection/";

    public IReadOnlyCollection<XElement> GetAllElements() => [.. keys.TextsUnder(Prefix).Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName) =>
        keys.StoreText(Prefix + friendlyName, element.ToString(SaveOptions.DisableFormatting));
}
