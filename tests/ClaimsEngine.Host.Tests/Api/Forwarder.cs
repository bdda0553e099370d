using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ClaimsEngine.Host.Tests.Api;

/// <summary>The way from a host to PostgreSQL. While it is closed, PostgreSQL is away as far as that host can tell.</summary>
internal sealed class Forwarder : IDisposable
{
    private readonly int to;
    private readonly ConcurrentBag<TcpClient> open = [];
    private TcpListener listener;

    public Forwarder(int to)
    {
        this.to = to;
        listener = Listen(0);
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public int Port { get; }

    public void Close()
    {
        listener.Stop();
        while (open.TryTake(out var client)) client.Dispose();
    }

    public void Open() => listener = Listen(Port);

    public void Dispose() => Close();

    private TcpListener Listen(int port)
    {
        var made = new TcpListener(IPAddress.Loopback, port);
        made.Start();
        _ = Accept(made);
        return made;
    }

    private async Task Accept(TcpListener from)
    {
        try
        {
            while (true)
            {
                var client = await from.AcceptTcpClientAsync();
                var server = new TcpClient();
                open.Add(client);
                open.Add(server);
                await server.ConnectAsync(IPAddress.Loopback, to);
                _ = Pump(client, server);
                _ = Pump(server, client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // closed
        }
    }

    private static async Task Pump(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // closed on one side, hence on both
        }
        finally
        {
            from.Dispose();
            to.Dispose();
        }
    }
}
