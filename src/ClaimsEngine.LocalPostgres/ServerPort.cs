using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ClaimsEngine.LocalPostgres;

/// <summary>The server's port: the same as last time when it is free, so that clients find the server again, else any free one.</summary>
internal static class ServerPort
{
    public static int Choose(string rememberedIn)
    {
        if (File.Exists(rememberedIn)
            && int.TryParse(File.ReadAllText(rememberedIn), CultureInfo.InvariantCulture, out var last)
            && last is > 1023 and <= 65535
            && IsFree(last))
        {
            return last;
        }

        using var any = new TcpListener(IPAddress.Loopback, 0);
        any.Start();
        var port = ((IPEndPoint)any.LocalEndpoint).Port;
        File.WriteAllText(rememberedIn, port.ToString(CultureInfo.InvariantCulture));
        return port;
    }

    public static bool IsFree(int port)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, port);
            probe.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
