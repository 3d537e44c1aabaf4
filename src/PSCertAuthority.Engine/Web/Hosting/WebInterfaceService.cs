using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using PSCertAuthority.Hosting;
using PSCertAuthority.Names;

namespace PSCertAuthority.Web;

/// <summary>Starts, shows and stops web interfaces on a store: those of this process, and those that other sessions started.</summary>
public sealed class WebInterfaceService
{
    private static readonly TimeSpan AskPatience = TimeSpan.FromSeconds(2);

    private readonly CaEngine _engine;
    private readonly TimeProvider _clock;
    private readonly ServerRuns _runs;

    internal WebInterfaceService(CaEngine engine, TimeProvider clock)
    {
        _engine = engine;
        _clock = clock;
        _runs = new ServerRuns(engine.StorePath, "web", clock, ServerErrors.WebInterface);
    }

    /// <summary>Starts a web interface, which ends with this process at the latest.</summary>
    /// <returns>The web interface, which answers, with warnings.</returns>
    /// <exception cref="CaException">The address needs TLS, the authority cannot sign, the port is taken, or the program cannot run; nothing runs.</exception>
    public Issued<WebInterface> Start(WebInterfaceOptions options, CancellationToken cancellation = default)
    {
        if (!options.UsesTls && !IPAddress.IsLoopback(options.Address) && !options.AllowPlain)
            throw WebErrors.PlainAddressRefused(options.Address);
        if (options.HostNames.FirstOrDefault(name => HostName.ToALabels(name, HostNameRules.None) is null && !IPAddress.TryParse(name, out _)) is { } wrong)
            throw WebErrors.HostNameInvalid(wrong);
        if (!File.Exists(options.Program))
            throw ServerErrors.WebInterface.ProgramMissing(options.Program);
        ListenAddress.RequireFree(options.Address, options.Port, ServerErrors.WebInterface);
        TlsIssuer? issuer = options.Authority is { } authority
            ? new TlsIssuer(_engine, _clock, authority, options.Password, TlsIssuer.NamesOf(options.Address, options.HostNames))
            : null;
        var host = new WebHost(options, issuer);
        (ServerRun run, string warning) = _runs.Start(host, runFile => Launch(options, host.Arguments(_engine.StorePath, runFile)), [], cancellation);
        return new Issued<WebInterface>(Ask(run), warning.Length == 0 ? [] : [warning]);
    }

    /// <summary>The web interfaces that run on this store, oldest first.</summary>
    public IReadOnlyList<WebInterface> List() => [.. _runs.Known().Select(Ask).OrderBy(one => one.StartedAt)];

    /// <summary>The web interface that is named.</summary>
    /// <exception cref="CaServerException"><c>WebInterfaceNotFound</c> or <c>WebInterfaceOfOtherStore</c>.</exception>
    public WebInterface Get(ServerIdentity identity) => Ask(_runs.Find(identity ?? throw new ArgumentNullException(nameof(identity))));

    /// <summary>Stops a web interface.</summary>
    /// <exception cref="CaServerException"><c>WebInterfaceNotStopped</c>.</exception>
    public static void Stop(WebInterface web) => ServerRuns.Stop(
        new ServerRun { Url = web.Url, ProcessId = web.ProcessId, StartedAt = web.StartedAt, StorePath = web.StorePath, RunFile = web.RunFile }, ServerErrors.WebInterface);

    /// <summary>Waits for a web interface of this process.</summary>
    /// <returns>Whether it has ended.</returns>
    public static bool WaitForExit(WebInterface web, TimeSpan patience) => ServerRuns.WaitForExit(web.RunFile, patience);

    private static ServerLaunch Launch(WebInterfaceOptions options, IReadOnlyList<string> arguments) =>
        new(options.Program, arguments, options.LogPath, options.StartPatience, options.Variables, ServerErrors.WebInterface);

    private static WebInterface Ask(ServerRun run)
    {
        bool ready = Answers(run.Url);
        return new WebInterface
        {
            Url = run.Url,
            InstanceId = run.InstanceId,
            ProcessId = run.ProcessId,
            StartedAt = run.StartedAt,
            StorePath = run.StorePath,
            RunFile = run.RunFile,
            Ready = ready,
            Warnings = ready ? [] : [$"It does not answer at {run.Url}."],
        };
    }

    // Whether its certificate is trusted here is the browser's matter: a connection is enough to know that it runs.
    private static bool Answers(Uri url)
    {
        try
        {
            using var client = new TcpClient();
            return client.ConnectAsync(url.DnsSafeHost, url.Port).Wait(AskPatience);
        }
        catch (AggregateException e) when (e.InnerException is SocketException)
        {
            return false;
        }
    }
}
