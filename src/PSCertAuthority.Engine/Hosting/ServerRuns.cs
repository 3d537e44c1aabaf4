using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Hosting;

/// <summary>The server programs of one kind that run on a store: those of this process, and those that other sessions started. A file beside the store tells of each.</summary>
internal sealed class ServerRuns(string storePath, string kind, TimeProvider clock, ServerErrors errors)
{
    private static readonly ConcurrentDictionary<string, ServerHost> Hosts = new(StringComparer.Ordinal);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);

    private string Folder => Path.Combine(Path.GetDirectoryName(storePath)!, $"{Path.GetFileNameWithoutExtension(storePath)}.{kind}");

    /// <summary>Starts a program, which ends with this process at the latest.</summary>
    /// <param name="host">Answers its questions.</param>
    /// <param name="launch">Makes the launch out of the path of the run file.</param>
    /// <param name="authorities">The names of the authorities that it serves.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <exception cref="CaException">It cannot start; nothing runs.</exception>
    public (ServerRun Run, string Warning) Start(ServerHost host, Func<string, ServerLaunch> launch, IReadOnlyList<string> authorities, CancellationToken cancellation)
    {
        StoreAccess.Guard(Folder, () => OwnerOnlyFile.CreateDirectory(Folder));
        string runFile = Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".json");
        ServerMessage ready = host.Start(launch(runFile), cancellation);
        var run = new ServerRun
        {
            Url = new Uri(ready.Text("url")!),
            ProcessId = host.ProcessId,
            StartedAt = clock.GetLocalNow().DateTime,
            Authorities = authorities,
            StorePath = storePath,
            RunFile = runFile,
        };
        Hosts[runFile] = host;
        StoreAccess.Guard(runFile, () => File.WriteAllText(runFile, run.ToText()));
        return (run, ready.Text("warning") ?? string.Empty);
    }

    /// <summary>Those that run.</summary>
    public IEnumerable<ServerRun> Known()
    {
        if (!Directory.Exists(Folder))
            yield break;
        foreach (string file in Directory.GetFiles(Folder, "*.json"))
        {
            if (ServerRun.TryRead(file) is not { } run)
                continue;
            using Process? process = FindProcess(run);
            if (process is not null)
                yield return run;
            else
                Forget(file);
        }
    }

    /// <summary>Stops one; one of another session gets so long to end.</summary>
    /// <exception cref="CaServerException">It did not end.</exception>
    public static void Stop(ServerRun run, ServerErrors errors, TimeSpan? patience = null)
    {
        Delete(run.RunFile);
        if (Hosts.TryRemove(run.RunFile, out ServerHost? own))
        {
            own.Stop();
            own.Dispose();
            return;
        }

        // The server of another session sees that its file is gone.
        using Process? process = FindProcess(run);
        if (process is not null && !process.WaitForExit((int)(patience ?? StopPatience).TotalMilliseconds))
            throw errors.NotStopped(run);
    }

    /// <summary>Waits for one of this process.</summary>
    /// <returns>Whether it has ended.</returns>
    public static bool WaitForExit(string runFile, TimeSpan patience) => !Hosts.TryGetValue(runFile, out ServerHost? host) || host.WaitForExit(patience);

    /// <summary>Stops all that this process started.</summary>
    public static void StopAll()
    {
        foreach (KeyValuePair<string, ServerHost> entry in Hosts)
        {
            if (!Hosts.TryRemove(entry.Key, out ServerHost? host))
                continue;
            Delete(entry.Key);
            host.Stop();
            host.Dispose();
        }
    }

    /// <summary>The one that is named.</summary>
    /// <exception cref="CaServerException">It is of another store, has ended, or never was.</exception>
    public ServerRun Find(ServerIdentity identity)
    {
        if (identity.StorePath is { } other && StorePaths.Of(other, null).Database != storePath)
            throw errors.OfOtherStore(identity.Text);
        return Known().FirstOrDefault(identity.Fits) ?? throw errors.NotFound(identity.InstanceId is null ? $"at {identity.Text}" : $"at {identity.Text} any more that was meant");
    }

    /// <summary>The store's folder may have vanished, and the run file with it.</summary>
    private static void Delete(string runFile)
    {
        if (Directory.Exists(Path.GetDirectoryName(runFile)))
            File.Delete(runFile);
    }

    private static void Forget(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another account's, which will tidy up itself.
        }
    }

    private static Process? FindProcess(ServerRun run)
    {
        try
        {
            Process process = Process.GetProcessById(run.ProcessId);
            // The number of one that ended may be that of something else by now.
            bool same = !process.HasExited && Math.Abs((process.StartTime - run.StartedAt).TotalMinutes) < 3;
            if (same)
                return process;
            process.Dispose();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception)
        {
            // It has ended.
        }

        return null;
    }
}
