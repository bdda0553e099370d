using System.Net;
using System.Net.Sockets;

namespace ClaimsEngine.Host.Outbox;

/// <summary>The other side's name leads to an address of our own network.</summary>
public sealed class ForbiddenAddressException() : IOException("the name leads to no public address");

/// <summary>
/// Connections to addresses that users have entered. The address is looked up and judged by us at the moment of connecting, so a name that
/// leads elsewhere a moment later gains nothing. No redirect is followed, and no proxy is used, which would connect for us.
/// </summary>
public static class GuardedHttp
{
    /// <param name="anyAddress">Development: private addresses too</param>
    /// <param name="internalHosts">names that may lead to private addresses</param>
    public static SocketsHttpHandler Handler(bool anyAddress, IReadOnlyCollection<string> internalHosts) => new()
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, PooledConnectionLifetime = TimeSpan.FromMinutes(2),
        ConnectCallback = async (context, cancellation) =>
        {
            var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
            // The system's look-up takes its own time, whatever we say; we do not wait for it beyond ours.
            var found = await Dns.GetHostAddressesAsync(host, cancellation).WaitAsync(cancellation);
            if (!anyAddress && !internalHosts.Contains(host, StringComparer.OrdinalIgnoreCase)) found = [.. found.Where(IsPublic)];
            if (found.Length == 0) throw new ForbiddenAddressException();
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(found, port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        },
    };

    // What IANA's registries of special-purpose addresses take out of the public ones.
    private static readonly IPNetwork[] Special = [.. ((string[])
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    ]).Select(IPNetwork.Parse)];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // Of the global ones: Teredo and its neighbours, documentation, and 6to4, which carries an IPv4 address.
    private static readonly IPNetwork[] Special6 =
        [.. ((string[])["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]).Select(IPNetwork.Parse)];

    /// <summary>Whether an address lies in the public Internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Special.Any(network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => GlobalUnicast.Contains(address) && !Special6.Any(network => network.Contains(address)),
            _ => false,
        };
    }

    /// <summary>Sends, reads at most 1 KiB of the answer and keeps none of it. Whatever keeps the other side from answering is told as a
    /// failed try and never thrown: nobody can take it for a failure of our own database.</summary>
    /// <param name="cancellation">the time for the answer is over, or the process stops</param>
    public static async Task<Attempt> Send(HttpMessageInvoker http, HttpRequestMessage request, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
            await body.ReadAtLeastAsync(new byte[1024], 1024, throwOnEndOfStream: false, cancellation);
            return Attempt.Answered((int)answer.StatusCode);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException)
        {
            return Attempt.Without(failed);
        }
    }
}
