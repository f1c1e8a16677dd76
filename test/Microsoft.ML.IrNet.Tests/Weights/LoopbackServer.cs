using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Microsoft.ML.IrNet.Tests.Weights;

/// <summary>An HTTP server on this machine that answers every request with the same head and body, then hangs up or stays silent.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private int _requests;

    public LoopbackServer(string status, byte[] body, int? declaredLength = null, bool hangs = false, string? location = null)
    {
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/weights.bin");
        byte[] head = Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {status}\r\nContent-Length: {declaredLength ?? body.Length}\r\nConnection: close\r\n{(location is null ? "" : $"Location: {location}\r\n")}\r\n");
        _ = ServeAsync(head, body, hangs);
    }

    public Uri Address { get; }

    public int Requests => _requests;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(byte[] head, byte[] body, bool hangs)
    {
        CancellationToken stopped = _stop.Token;
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync(stopped);
                Interlocked.Increment(ref _requests);
                NetworkStream stream = client.GetStream();
                var request = new byte[4096];
                _ = await stream.ReadAsync(request, stopped);
                await stream.WriteAsync(head, stopped);
                await stream.WriteAsync(body, stopped);
                if (hangs)
                    await Task.Delay(Timeout.Infinite, stopped);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException or IOException)
        {
            // The test is over, or its client left.
        }
    }
}
