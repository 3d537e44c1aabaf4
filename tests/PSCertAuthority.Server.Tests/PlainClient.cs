using System;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace PSCertAuthority.Server.Tests;

/// <summary>HTTP by hand over blocking sockets: says what no library would, and waits for no thread of a pool that other tests may have taken.</summary>
internal static class PlainClient
{
    /// <summary>How long an answer may take at most. A responder that hangs never gives one; a busy machine needs its time.</summary>
    private const int Patience = 60_000;

    public static Socket Connect(ServerProgram server)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = Patience };
        socket.Connect(IPAddress.Loopback, server.Url.Port);
        return socket;
    }

    /// <summary>Sends that, and gives what comes back until the connection ends, or as much as fits.</summary>
    public static byte[] Send(ServerProgram server, byte[] octets)
    {
        using Socket socket = Connect(server);
        try
        {
            socket.Send(octets);
        }
        catch (SocketException)
        {
            // Refused before all was sent.
        }

        var buffer = new byte[8192];
        int length = 0;
        while (length < buffer.Length && Receive(socket, buffer.AsSpan(length)) is int read and > 0)
            length += read;
        return buffer[..length];
    }

    /// <summary>Asks by POST over a connection of its own.</summary>
    /// <returns>The OCSPResponseStatus; 0 for an answer.</returns>
    public static int AskStatus(ServerProgram server, byte[] request)
    {
        byte[] head = Encoding.ASCII.GetBytes($"POST /ocsp/ HTTP/1.1\r\nHost: x\r\nContent-Length: {request.Length}\r\nConnection: close\r\n\r\n");
        byte[] answer = Send(server, [.. head, .. request]);
        return StatusOf(answer[(answer.AsSpan().IndexOf("\r\n\r\n"u8) + 4)..]);
    }

    /// <summary>The OCSPResponseStatus: 30 len 0A 01 status.</summary>
    public static int StatusOf(byte[] response) => response[response.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x0A, 0x01]) + 2];

    /// <summary>Whether the server has ended that connection.</summary>
    public static bool IsClosed(Socket socket)
    {
        try
        {
            while (socket.Poll(0, SelectMode.SelectRead))
            {
                if (socket.Receive(new byte[4096]) == 0)
                    return true;
            }

            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>0 at the end, also where the server cut the connection after its answer.</summary>
    private static int Receive(Socket socket, Span<byte> buffer)
    {
        try
        {
            return socket.Receive(buffer);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            return 0;
        }
    }
}
