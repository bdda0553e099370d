using System.Net;
using System.Net.Sockets;

namespace ClaimsEngine.Storage.Tests;

/// <summary>What the proxy does to the next command.</summary>
internal enum Cut
{
    None,

    /// <summary>The connection dies before the server sees the command.</summary>
    BeforeServer,

    /// <summary>The server has committed and said so, but the reply is never heard.</summary>
    AfterCommit,
}

/// <summary>Stands between client and server and cuts the connection where it hurts most.</summary>
internal sealed class CuttingProxy : IDisposable
{
    /// <summary>How the server says that it has committed, and waits for the next command.</summary>
    private static readonly byte[] Committed = [.. "COMMIT\0"u8, (byte)'Z', 0, 0, 0, 5, (byte)'I'];

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly int target;
    private int next, passing;
    private volatile bool refusing;

    public CuttingProxy(int target)
    {
        this.target = target;
        listener.Start();
        _ = Accept();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How many connections were cut.</summary>
    public int Cuts { get; private set; }

    /// <summary>While set, new connections are closed at once.</summary>
    public bool Refusing
    {
        get => refusing;
        set => refusing = value;
    }

    /// <summary>Cuts the next command, whichever connection it comes on.</summary>
    /// <param name="after">so many are let through before</param>
    public void CutNext(Cut cut, int after = 0)
    {
        Volatile.Write(ref passing, after);
        Volatile.Write(ref next, (int)cut);
    }

    public void Dispose() => listener.Dispose();

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                if (Refusing) client.Dispose();
                else _ = Carry(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task Carry(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient())
        {
            await server.ConnectAsync(IPAddress.Loopback, target);
            client.NoDelay = server.NoDelay = true;
            await Task.WhenAny(Pump(client, server, Cut.BeforeServer), Pump(server, client, Cut.AfterCommit));
        }
    }

    private async Task Pump(TcpClient from, TcpClient to, Cut kind)
    {
        var buffer = new byte[65536];
        try
        {
            while (await from.GetStream().ReadAsync(buffer) is > 0 and var read)
            {
                if (Volatile.Read(ref next) == (int)kind
                    && (kind == Cut.BeforeServer || buffer.AsSpan(0, read).EndsWith(Committed))
                    && Interlocked.Decrement(ref passing) < 0)
                {
                    Volatile.Write(ref next, (int)Cut.None);
                    Cuts++;
                    return;
                }
                await to.GetStream().WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One side has gone, so the other goes too.
        }
    }
}
