using ClaimsEngine.Host.Outbox;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ClaimsEngine.Host.Tests.Outbox;

/// <summary>What a deployment says of the gateways of its banks.</summary>
public sealed class BankGatewaysTests
{
    [Fact]
    public void No_bank_has_one_unless_the_deployment_names_it()
    {
        Assert.Empty(Of().Codes);
        Assert.Empty(Of(("Banks:hohhot:Gateway", ""), ("Banks:hohhot:Token", "t")).Codes);
        var named = Of(("Banks:HOHHOT:gateway", "https://bank.invalid/batches"), ("Banks:hohhot:token", "t"),
            ("Banks:default:Gateway", "http://link.invalid/"), ("Banks:default:Internal", "True"));
        Assert.Equal(["default", "hohhot"], named.Codes.Order());
        Assert.Equal(new BankGateway(new Uri("https://bank.invalid/batches"), "t", false), named.Find("hohhot"));
        Assert.Equal(["link.invalid"], named.InternalHosts);
        Assert.Null(named.Find("another"));
    }

    [Theory]
    [InlineData("Banks:nobody:Gateway", "https://bank.invalid/", "Banks:nobody: the banks are default, hohhot")]
    [InlineData("Banks:hohhot:Gatewya", "https://bank.invalid/", "Banks:hohhot:Gatewya is no setting")]
    [InlineData("Banks:hohhot:Gateway", "bank.invalid", "Banks:hohhot:Gateway is an address of https")]
    [InlineData("Banks:hohhot:Gateway", "http://bank.invalid/", "Banks:hohhot:Gateway is an address of https")]
    [InlineData("Banks:hohhot:Gateway", "https://me:secret@bank.invalid/", "Banks:hohhot:Gateway is an address of https")]
    [InlineData("Banks:hohhot:Internal", "perhaps", "Banks:hohhot:Internal is true or false")]
    public void A_wrong_setting_stops_the_start_and_is_named_without_its_value(string key, string value, string says)
    {
        var fault = Assert.Single(Assert.Throws<OptionsValidationException>(() => Of((key, value))).Failures);
        Assert.StartsWith(says, fault, StringComparison.Ordinal);
        Assert.DoesNotContain(value, fault);
    }

    private static BankGateways Of(params (string Key, string Value)[] settings) => BankGateways.Of(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Key, (string?)one.Value))).Build());
}
