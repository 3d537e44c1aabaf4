using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace PSCertAuthority.Benchmarks.Ocsp;

/// <summary>Asks at a fixed rate, whether or not answers come in time; how long one took counts from when its question was due.</summary>
internal sealed class SteadyLoad(Uri url, IReadOnlyList<byte[]> requests)
{
    private const int Connections = 64;
    private readonly ConcurrentBag<List<double>> _latencies = [];

    /// <summary>The latencies of all answers in milliseconds, in order.</summary>
    public double[] Run(int perSecond, TimeSpan during)
    {
        var due = Channel.CreateUnbounded<(long At, int Number)>();
        Task[] connections = [.. Enumerable.Range(0, Connections).Select(_ => Task.Run(() => AskAsync(due.Reader)))];
        int asked = 0;
        for (long began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < during; Thread.Sleep(1))
        {
            for (double sofar = Stopwatch.GetElapsedTime(began).TotalSeconds * perSecond; asked < sofar; asked++)
                due.Writer.TryWrite((began + (long)((double)asked / perSecond * Stopwatch.Frequency), asked));
        }

        due.Writer.Complete();
        Task.WaitAll(connections);
        return [.. _latencies.SelectMany(list => list).Order()];
    }

    private async Task AskAsync(ChannelReader<(long At, int Number)> due)
    {
        var latencies = new List<double>();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, url.Port);
        byte[][] messages = [.. requests.Select(Message)];
        var buffer = new byte[16 * 1024];
        await foreach ((long at, int number) in due.ReadAllAsync())
        {
            await socket.SendAsync(messages[number % messages.Length]);
            await ReceiveAsync(socket, buffer);
            latencies.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }

        _latencies.Add(latencies);
    }

    private byte[] Message(byte[] request) =>
        [.. Encoding.ASCII.GetBytes($"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nContent-Type: application/ocsp-request\r\nContent-Length: {request.Length}\r\n\r\n"), .. request];

    private static async Task ReceiveAsync(Socket socket, byte[] buffer)
    {
        int length = 0, wanted = int.MaxValue;
        while (length < wanted)
        {
            int read = await socket.ReceiveAsync(buffer.AsMemory(length));
            if (read == 0)
                throw new InvalidOperationException("The responder closed the connection.");
            length += read;
            if (wanted == int.MaxValue && buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8) is >= 0 and int end)
                wanted = end + 4 + ContentLength(Encoding.ASCII.GetString(buffer, 0, end));
        }
    }

    private static int ContentLength(string head) => head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal)
        ? int.Parse(head.Split("\r\n").Single(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)).Split(':')[1], CultureInfo.InvariantCulture)
        : throw new InvalidOperationException(head);
}
