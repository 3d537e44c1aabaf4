using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Hosting;

/// <summary>Starts a server program, answers what it asks over the pipe, and ends it.</summary>
internal abstract class ServerHost : IDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(8);

    private readonly TaskCompletionSource<ServerMessage> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ServerProcess? _process;

    public int ProcessId => _process?.Id ?? 0;

    public void Stop() => _process?.Stop(StopPatience);

    public bool WaitForExit(TimeSpan patience) => _process?.WaitForExit(patience) ?? true;

    public void Dispose()
    {
        _process?.Dispose();
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the program and waits until it answers.</summary>
    /// <exception cref="CaException">It cannot start; nothing runs.</exception>
    public ServerMessage Start(ServerLaunch launch, CancellationToken cancellation)
    {
        if (!File.Exists(launch.Program))
            throw launch.Errors.ProgramMissing(launch.Program);
        try
        {
            return Run(launch, cancellation);
        }
        catch
        {
            Stop();
            Dispose();
            throw;
        }
    }

    /// <summary>The first message to the program, with the secrets that it needs.</summary>
    protected abstract ServerMessage Hello();

    /// <summary>Answers a question of the program.</summary>
    /// <exception cref="CaException">It cannot be answered, which the program is told.</exception>
    protected abstract ServerMessage Answer(ServerMessage question);

    protected virtual void Dispose(bool disposing)
    {
    }

    private ServerMessage Run(ServerLaunch launch, CancellationToken cancellation)
    {
        StreamWriter? log = launch.LogPath is null ? null : StoreAccess.Guard(launch.LogPath, () => new StreamWriter(launch.LogPath, append: true) { AutoFlush = true });
        _process = ServerProcess.Start(launch, Receive, log);
        _process.Send(Hello());
        DateTime until = DateTime.UtcNow + launch.Patience;
        while (!_started.Task.Wait(20, cancellation))
        {
            if (_process.HasExited && !_started.Task.Wait(500, cancellation))
                throw _process.WhyEnded();
            if (DateTime.UtcNow > until)
                throw launch.Errors.Slow(launch.Patience);
        }

        ServerMessage message = _started.Task.Result;
        return message.Kind == ServerMessage.Ready
            ? message
            : throw new CaServerException(message.Text("errorId")!, CaErrorCategory.InvalidOperation, message.Text("message")!, null);
    }

    private void Receive(ServerMessage message)
    {
        if (message.Kind is ServerMessage.Ready or ServerMessage.Failed)
            _started.TrySetResult(message);
        else
            // Signing takes its time, and other questions may come meanwhile.
            Task.Run(() => _process!.Send(TryAnswer(message).With("question", message.Number("question"))));
    }

    /// <summary>Answers a question of the program, or says why it cannot.</summary>
    internal ServerMessage TryAnswer(ServerMessage question)
    {
        try
        {
            return Answer(question);
        }
        catch (CaException e)
        {
            return new ServerMessage(ServerMessage.Refused).With("errorId", e.ErrorId).With("message", e.Message);
        }
    }
}
