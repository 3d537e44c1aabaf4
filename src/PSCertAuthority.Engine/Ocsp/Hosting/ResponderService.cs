using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using LiteDB;
using PSCertAuthority.Authorities;
using PSCertAuthority.Storage;
using PSCertAuthority.Validation;

namespace PSCertAuthority.Ocsp;

/// <summary>Starts, shows and stops OCSP responders on a store: those of this process, and those that other sessions started.</summary>
public sealed class ResponderService
{
    private static readonly ConcurrentDictionary<string, ResponderHost> Hosts = new(StringComparer.Ordinal);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(3);

    private readonly CaEngine _engine;
    private readonly TimeProvider _clock;

    internal ResponderService(CaEngine engine, TimeProvider clock)
    {
        _engine = engine;
        _clock = clock;
    }

    private string Folder => Path.Combine(Path.GetDirectoryName(_engine.StorePath)!, Path.GetFileNameWithoutExtension(_engine.StorePath) + ".responders");

    /// <summary>Starts a responder, which ends with this process at the latest.</summary>
    /// <returns>The responder, which answers, with warnings.</returns>
    /// <exception cref="CaException">An authority cannot sign, the port is taken, or the program cannot run; nothing runs.</exception>
    public Issued<OcspResponder> Start(OcspResponderOptions options, CancellationToken cancellation = default)
    {
        IReadOnlyList<CaAuthority> authorities = [.. options.Authorities.Select(_engine.Authorities.Get)];
        if ((options.CertificatePath is not null || options.CrlPath is not null) && authorities.Count != 1)
            throw ResponderErrors.FilesForOne();
        StoreAccess.Guard(Folder, () => OwnerOnlyFile.CreateDirectory(Folder));
        string runFile = Path.Combine(Folder, Guid.NewGuid().ToString("N") + ".json");
        (ResponderHost host, Uri url, string warning) = ResponderHost.Start(_engine, _clock, options, authorities, runFile, cancellation);
        var responder = new OcspResponder
        {
            Url = url,
            ProcessId = host.ProcessId,
            StartedAt = _clock.GetLocalNow().DateTime,
            Authority = [.. authorities.Select(authority => authority.Name)],
            StorePath = _engine.StorePath,
            RunFile = runFile,
        };
        Hosts[runFile] = host;
        StoreAccess.Guard(runFile, () => File.WriteAllText(runFile, ToText(responder)));
        return new Issued<OcspResponder>(Ask(responder), warning.Length == 0 ? [] : [warning]);
    }

    /// <summary>The responders that run on this store, oldest first.</summary>
    public IReadOnlyList<OcspResponder> List() => [.. Known().Select(Ask).OrderBy(responder => responder.StartedAt)];

    /// <summary>The responder at a port.</summary>
    /// <exception cref="CaResponderException"><c>ResponderNotFound</c>.</exception>
    public OcspResponder Get(int port) => List().FirstOrDefault(responder => responder.Url.Port == port) ?? throw ResponderErrors.NotFound($"at port {port}");

    /// <summary>Stops a responder.</summary>
    /// <exception cref="CaResponderException"><c>ResponderNotStopped</c>.</exception>
    public static void Stop(OcspResponder responder) => Stop(responder, StopPatience);

    /// <summary>Stops a responder; one of another session gets so long to end.</summary>
    /// <exception cref="CaResponderException"><c>ResponderNotStopped</c>.</exception>
    internal static void Stop(OcspResponder responder, TimeSpan patience)
    {
        File.Delete(responder.RunFile);
        if (Hosts.TryRemove(responder.RunFile, out ResponderHost? own))
        {
            own.Stop();
            own.Dispose();
            return;
        }

        // The server of another session sees that its file is gone.
        using Process? process = FindProcess(responder);
        if (process is not null && !process.WaitForExit((int)patience.TotalMilliseconds))
            throw ResponderErrors.NotStopped(responder);
    }

    /// <summary>Waits for a responder of this process.</summary>
    /// <returns>Whether it has ended.</returns>
    public static bool WaitForExit(OcspResponder responder, TimeSpan patience) =>
        !Hosts.TryGetValue(responder.RunFile, out ResponderHost? host) || host.WaitForExit(patience);

    /// <summary>Stops all that this process started; called when the module is removed.</summary>
    public static void StopAll()
    {
        foreach (KeyValuePair<string, ResponderHost> entry in Hosts)
        {
            if (!Hosts.TryRemove(entry.Key, out ResponderHost? host))
                continue;
            File.Delete(entry.Key);
            host.Stop();
            host.Dispose();
        }
    }

    private IEnumerable<OcspResponder> Known()
    {
        if (!Directory.Exists(Folder))
            yield break;
        foreach (string file in Directory.GetFiles(Folder, "*.json"))
        {
            if (TryRead(file) is not { } responder)
                continue;
            using Process? process = FindProcess(responder);
            if (process is not null)
                yield return responder;
            else
                Forget(file);
        }
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

    /// <summary>What the responder says of itself; as it is known where it does not answer.</summary>
    private static OcspResponder Ask(OcspResponder responder)
    {
        try
        {
            byte[] said = HttpFetch.Get(new Uri(responder.Url, "health/ready"), AskPatience, CancellationToken.None);
            BsonValue state = JsonSerializer.Deserialize(Encoding.UTF8.GetString(said));
            return responder with
            {
                Ready = state["ready"].AsBoolean,
                Warnings = [.. state["warnings"].AsArray.Select(warning => warning.AsString)],
                Requests = state["requests"].AsInt64,
                Signatures = state["signatures"].AsInt64,
                Certificates = state["certificates"].AsInt64,
            };
        }
        catch (Exception e) when (e is HttpRequestException or LiteException or InvalidCastException or FormatException)
        {
            return responder with { Warnings = [$"It does not answer: {e.Message}"] };
        }
    }

    private static Process? FindProcess(OcspResponder responder)
    {
        try
        {
            Process process = Process.GetProcessById(responder.ProcessId);
            // The number of one that ended may be that of something else by now.
            bool same = !process.HasExited && Math.Abs((process.StartTime - responder.StartedAt).TotalMinutes) < 3;
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

    private static string ToText(OcspResponder responder) => JsonSerializer.Serialize(new BsonDocument
    {
        ["url"] = responder.Url.ToString(),
        ["process"] = responder.ProcessId,
        ["startedAt"] = responder.StartedAt.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ["authorities"] = new BsonArray(responder.Authority.Select(name => new BsonValue(name))),
        ["store"] = responder.StorePath,
    });

    private static OcspResponder? TryRead(string file)
    {
        try
        {
            BsonValue document = JsonSerializer.Deserialize(File.ReadAllText(file));
            return new OcspResponder
            {
                Url = new Uri(document["url"].AsString),
                ProcessId = document["process"].AsInt32,
                StartedAt = new DateTime(long.Parse(document["startedAt"].AsString, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Local),
                Authority = [.. document["authorities"].AsArray.Select(name => name.AsString)],
                StorePath = document["store"].AsString,
                RunFile = file,
            };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or LiteException or InvalidCastException or FormatException or ArgumentException)
        {
            return null;
        }
    }
}
