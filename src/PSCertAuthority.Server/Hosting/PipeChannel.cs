using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Hosting;

namespace PSCertAuthority.Server.Hosting;

/// <summary>The server's end of the pipe to who started it. When the other end closes, the program ends.</summary>
internal sealed class PipeChannel(TextReader input, TextWriter output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentDictionary<long, TaskCompletionSource<ServerMessage>> _questions = new();
    private readonly Lock _writing = new();
    private long _last;

    /// <summary>Sends a line.</summary>
    public void Send(ServerMessage message)
    {
        lock (_writing)
        {
            output.WriteLine(message.ToString());
            output.Flush();
        }
    }

    /// <summary>Sends a question and waits for its answer; null where none came in time.</summary>
    public async Task<ServerMessage?> AskAsync(ServerMessage question, CancellationToken cancellation)
    {
        long number = Interlocked.Increment(ref _last);
        var answered = new TaskCompletionSource<ServerMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _questions[number] = answered;
        try
        {
            Send(question.With("question", number));
            return await answered.Task.WaitAsync(Patience, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _questions.TryRemove(number, out _);
        }
    }

    /// <summary>Reads one line, for the greeting; null at the end.</summary>
    public ServerMessage? Read() => input.ReadLine() is { } line ? ServerMessage.TryParse(line) : null;

    /// <summary>Hands out answers until the other end closes or says stop.</summary>
    public void Listen(Action stop)
    {
        while (input.ReadLine() is { } line)
        {
            ServerMessage? message = ServerMessage.TryParse(line);
            if (message?.Kind == ServerMessage.Stop)
                break;
            if (message is not null && _questions.TryGetValue(message.Number("question"), out TaskCompletionSource<ServerMessage>? question))
                question.TrySetResult(message);
        }

        stop();
    }
}
