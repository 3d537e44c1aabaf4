using System;
using System.IO;
using System.IO.Pipelines;
using System.Text;
using System.Threading.Tasks;
using PSCertAuthority.Hosting;
using PSCertAuthority.Server.Hosting;

namespace PSCertAuthority.Server.Tests;

/// <summary>A server program and who started it, in this process and with pipes in memory: so that both can be given a clock.</summary>
internal sealed class PipedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Pipe _toServer = new();
    private readonly Pipe _fromServer = new();
    private readonly TaskCompletionSource<Uri> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ServerHost _host;
    private readonly StreamWriter _answers;
    private readonly Task _running;
    private readonly Task _answering;

    /// <summary>Starts both.</summary>
    /// <param name="host">Answers what the server asks.</param>
    /// <param name="run">Runs the server.</param>
    public PipedServer(ServerHost host, Func<PipeChannel, Task> run)
    {
        _host = host;
        _answers = new StreamWriter(_toServer.Writer.AsStream(), Encoding.ASCII) { AutoFlush = true, NewLine = "\n" };
        _answering = Task.Run(Answer);
        _running = run(new PipeChannel(new StreamReader(_toServer.Reader.AsStream()), new StreamWriter(_fromServer.Writer.AsStream()) { NewLine = "\n" }));
    }

    /// <summary>Waits until it answers.</summary>
    /// <param name="meanwhile">What goes on until then; a clock, for example.</param>
    public async Task<Uri> ReadyAsync(Action? meanwhile = null)
    {
        while (!_ready.Task.IsCompleted && !_running.IsCompleted)
        {
            meanwhile?.Invoke();
            await Task.WhenAny(_ready.Task, _running, Task.Delay(20));
        }

        if (_running.IsCompleted)
            await _running;
        return await _ready.Task;
    }

    private void Answer()
    {
        using var lines = new StreamReader(_fromServer.Reader.AsStream());
        while (lines.ReadLine() is { } line)
        {
            ServerMessage message = ServerMessage.TryParse(line)!;
            if (message.Kind == ServerMessage.Ready)
                _ready.SetResult(new Uri(message.Text("url")!));
            else
                _answers.WriteLine(_host.TryAnswer(message).With("question", message.Number("question")).ToString());
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _answers.WriteLineAsync(new ServerMessage(ServerMessage.Stop).ToString());
        await _running.WaitAsync(Patience);
        await _fromServer.Writer.CompleteAsync();
        await _answering;
        await _answers.DisposeAsync();
        _host.Dispose();
    }
}
