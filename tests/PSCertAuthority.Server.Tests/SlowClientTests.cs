using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace PSCertAuthority.Server.Tests;

/// <summary>Two thousand connections that say nothing, stop in the middle, or close one half.</summary>
public sealed class SlowClientTests(ResponderFixture responder) : IClassFixture<ResponderFixture>
{
    private const int OfEachKind = 667;
    private const int Attempts = 5;
    private static readonly byte[] Begun = Encoding.ASCII.GetBytes("POST /ocsp/ HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");

    [Fact]
    public void They_keep_nobody_waiting_and_the_slow_ones_are_cut_off()
    {
        byte[] request = responder.Request("good");
        // That nobody waits for them is told by what comes first, not by a clock, as a busy machine takes its time: the answer comes while they are open. Where
        // they were cut off meanwhile, that may be the machine; time and again it is the responder.
        bool answeredMeanwhile = false;
        for (int attempt = 0; attempt < Attempts && !answeredMeanwhile; attempt++)
        {
            Socket[] idle = Open(_ => { }), halfClosed = Open(socket => socket.Shutdown(SocketShutdown.Send)), slow = Open(socket => socket.Send(Begun));
            Assert.Equal(0, PlainClient.AskStatus(responder.Server, request));
            answeredMeanwhile = !idle.All(PlainClient.IsClosed) && !slow.All(PlainClient.IsClosed);
            Assert.True(ServerProgram.Poll(() => slow.All(PlainClient.IsClosed)), "The slow ones are not cut off.");
            Assert.Equal(0, PlainClient.AskStatus(responder.Server, request));
            foreach (Socket socket in idle.Concat(halfClosed).Concat(slow))
                socket.Dispose();
        }

        Assert.True(answeredMeanwhile, "There was no answer before the slow ones were cut off.");
    }

    private Socket[] Open(Action<Socket> begin)
    {
        var sockets = new Socket[OfEachKind];
        for (int i = 0; i < sockets.Length; i++)
        {
            sockets[i] = PlainClient.Connect(responder.Server);
            begin(sockets[i]);
        }

        return sockets;
    }
}
