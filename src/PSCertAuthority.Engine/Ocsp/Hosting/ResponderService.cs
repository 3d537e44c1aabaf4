using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Threading;
using LiteDB;
using PSCertAuthority.Authorities;
using PSCertAuthority.Hosting;
using PSCertAuthority.Validation;

namespace PSCertAuthority.Ocsp;

/// <summary>Starts, shows and stops OCSP responders on a store: those of this process, and those that other sessions started.</summary>
public sealed class ResponderService
{
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(3);

    private readonly CaEngine _engine;
    private readonly TimeProvider _clock;
    private readonly ServerRuns _runs;

    internal ResponderService(CaEngine engine, TimeProvider clock)
    {
        _engine = engine;
        _clock = clock;
        _runs = new ServerRuns(engine.StorePath, "responders", clock, ServerErrors.Responder);
    }

    /// <summary>Starts a responder, which ends with this process at the latest.</summary>
    /// <returns>The responder, which answers, with warnings.</returns>
    /// <exception cref="CaException">An authority cannot sign, the port is taken, or the program cannot run; nothing runs.</exception>
    public Issued<OcspResponder> Start(OcspResponderOptions options, CancellationToken cancellation = default)
    {
        IReadOnlyList<CaAuthority> authorities = [.. options.Authorities.Select(_engine.Authorities.Get)];
        if ((options.CertificatePath is not null || options.CrlPath is not null) && authorities.Count != 1)
            throw ResponderErrors.FilesForOne();
        OcspResponderOptions.RequireValidity(options.Validity, "ExpiresIn");
        OcspResponderOptions.RequireValidity(options.CrlValidity, "CrlExpiresIn");
        if (!File.Exists(options.Program))
            throw ServerErrors.Responder.ProgramMissing(options.Program);
        ListenAddress.RequireFree(options.Address, options.Port, ServerErrors.Responder);
        var host = new ResponderHost(options);
        try
        {
            host.Prepare(_engine, _clock, authorities);
        }
        catch
        {
            host.Dispose();
            throw;
        }

        (ServerRun run, string warning) = _runs.Start(host, runFile => Launch(options, host.Arguments(_engine, authorities, runFile)), [.. authorities.Select(a => a.Name)], cancellation);
        return new Issued<OcspResponder>(Ask(run), warning.Length == 0 ? [] : [warning]);
    }

    /// <summary>The responders that run on this store, oldest first.</summary>
    public IReadOnlyList<OcspResponder> List() => [.. _runs.Known().Select(Ask).OrderBy(responder => responder.StartedAt)];

    /// <summary>The responder that is named.</summary>
    /// <exception cref="CaServerException"><c>ResponderNotFound</c> or <c>ResponderOfOtherStore</c>.</exception>
    public OcspResponder Get(ServerIdentity identity) => Ask(_runs.Find(identity ?? throw new ArgumentNullException(nameof(identity))));

    /// <summary>Stops a responder.</summary>
    /// <exception cref="CaServerException"><c>ResponderNotStopped</c>.</exception>
    public static void Stop(OcspResponder responder) => Stop(responder, patience: null);

    /// <summary>Stops a responder; one of another session gets so long to end.</summary>
    /// <exception cref="CaServerException"><c>ResponderNotStopped</c>.</exception>
    internal static void Stop(OcspResponder responder, TimeSpan? patience) => ServerRuns.Stop(
        new ServerRun { Url = responder.Url, ProcessId = responder.ProcessId, StartedAt = responder.StartedAt, StorePath = responder.StorePath, RunFile = responder.RunFile },
        ServerErrors.Responder, patience);

    /// <summary>Waits for a responder of this process.</summary>
    /// <returns>Whether it has ended.</returns>
    public static bool WaitForExit(OcspResponder responder, TimeSpan patience) => ServerRuns.WaitForExit(responder.RunFile, patience);

    /// <summary>Stops all servers that this process started; called when the module is removed.</summary>
    public static void StopAll() => ServerRuns.StopAll();

    private static ServerLaunch Launch(OcspResponderOptions options, IReadOnlyList<string> arguments) =>
        new(options.Program, arguments, options.LogPath, options.StartPatience, options.Variables, ServerErrors.Responder);

    /// <summary>What the responder says of itself; as it is known where it does not answer.</summary>
    private static OcspResponder Ask(ServerRun run)
    {
        var responder = new OcspResponder
        {
            Url = run.Url,
            InstanceId = run.InstanceId,
            ProcessId = run.ProcessId,
            StartedAt = run.StartedAt,
            Authority = run.Authorities,
            StorePath = run.StorePath,
            RunFile = run.RunFile,
        };
        try
        {
            byte[] said = HttpFetch.GetState(new Uri(responder.Url, "health/ready"), AskPatience, CancellationToken.None);
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
}
