using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace PSCertAuthority.Server.Hosting;

/// <summary>
/// Ends the program when its run file is removed: so that other sessions can stop it, on every system alike. That the whole folder has vanished, as with
/// a volume that was unmounted, stops nothing; once the folder is back, the run file is too.
/// </summary>
internal sealed class RunFileWatch(RunFile runFile, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private string? _content;
    private bool _isFolderLost;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (runFile.Path is null)
            return;
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Look(runFile.Path);
    }

    private void Look(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                // Who started the program writes it once the program listens, so that it may be empty for a moment.
                _content = string.IsNullOrEmpty(_content) ? File.ReadAllText(path) : _content;
                _isFolderLost = false;
            }
            else if (!Directory.Exists(Path.GetDirectoryName(path)))
            {
                _isFolderLost = true;
            }
            else if (_isFolderLost && _content is not null)
            {
                File.WriteAllText(path, _content);
                _isFolderLost = false;
            }
            else if (_content is not null && !File.Exists(path))
            {
                lifetime.StopApplication();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It went or came back in this moment; the next look tells.
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        // Who started it may have died without tidying up.
        if (runFile.Path is { } file && File.Exists(file))
            File.Delete(file);
    }
}

/// <summary>The file that is removed to stop the program; null for none.</summary>
internal sealed record RunFile(string? Path);
