using System;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Ends the program when its run file is removed: so that other sessions can stop it, on every system alike.</summary>
internal sealed class RunFileWatch(RunFile runFile, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (runFile.Path is null)
            return;
        bool seen = false;
        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            bool there = File.Exists(runFile.Path);
            if (seen && !there)
                lifetime.StopApplication();
            seen |= there;
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
