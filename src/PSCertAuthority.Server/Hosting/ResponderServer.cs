using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Hosting;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Crl;
using PSCertAuthority.Server.Http;
using PSCertAuthority.Server.Index;
using PSCertAuthority.Server.Ocsp;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Puts the program together and runs it.</summary>
internal sealed partial class ResponderServer(ServerOptions options, PipeChannel? pipe, ResponderSecrets secrets, TimeProvider? clock = null)
{
    private const long CacheOctets = 64L << 20;
    // Less than the 90 seconds that systemd waits, unless it is told otherwise.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(80);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Runs until it is stopped.</summary>
    /// <exception cref="CaException">It cannot start.</exception>
    public async Task RunAsync()
    {
        await using WebApplication application = Build();
        await Listening.StartAsync(application, options.Listen, ServerErrors.Responder);
        IHostApplicationLifetime lifetime = application.Lifetime;
        if (pipe is not null)
            new Thread(() => pipe.Listen(lifetime.StopApplication)) { IsBackground = true, Name = "pipe" }.Start();
        await AnnounceAsync(application);
        await application.WaitForShutdownAsync();
    }

    private WebApplication Build()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.ConfigureKestrel(Configure);
        // Standard output belongs to the pipe; what is logged goes to standard error, a line of JSON each.
        builder.Logging.ClearProviders().AddJsonConsole().SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        // Each does nothing unless the program runs as such a service.
        builder.Services.AddSystemd().AddWindowsService(service => service.ServiceName = "PSCertAuthority");
        builder.Services.AddSingleton<ReadyNotifier>().AddSingleton<ISystemdNotifier>(provider => provider.GetRequiredService<ReadyNotifier>());
        AddServices(builder.Services);
        WebApplication application = builder.Build();
        var index = application.Services.GetRequiredService<StatusIndex>();
        index.AuthoritiesRead += application.Services.GetRequiredService<AuthorityDirectory>().Load;
        index.Changed += application.Services.GetRequiredService<CrlCache>().Invalidate;
        RequestHandler handler = application.Services.GetRequiredService<RequestHandler>();
        application.Run(handler.HandleAsync);
        return application;
    }

    private void AddServices(IServiceCollection services)
    {
        var store = new CaStore(options.StorePath, lockTimeout: TimeSpan.FromSeconds(10));
        services.AddSingleton(_clock);
        services.AddSingleton(new StatusIndex(store, _clock));
        var directory = new AuthorityDirectory(options.Authorities);
        services.AddSingleton(directory);
        services.AddSingleton(new ResponseCache(CacheOctets));
        services.AddSingleton(new ResponderTimes(options.Validity, options.CrlValidity));
        services.AddSingleton<ServerMetrics>().AddSingleton<OcspAnswerer>().AddSingleton<CrlCache>().AddSingleton<ReadinessReader>().AddSingleton<RequestHandler>();
        services.AddSingleton<IndexKeeper>().AddHostedService(provider => provider.GetRequiredService<IndexKeeper>());
        (ICredentialSource credentials, ICrlSource crls) = Sources(directory);
        services.AddSingleton(credentials).AddSingleton(crls).AddSingleton<CredentialKeeper>().AddHostedService(provider => provider.GetRequiredService<CredentialKeeper>());
        services.AddSingleton(new RunFile(options.RunFile)).AddHostedService<RunFileWatch>();
    }

    private (ICredentialSource Credentials, ICrlSource Crls) Sources(AuthorityDirectory directory)
    {
        if (options.UsesAuthorityKeys)
        {
            var own = new OwnKeySource(new CaEngine(options.StorePath, clock: _clock), secrets, _clock);
            return (own, own);
        }

        var files = new FileSource(options, directory);
        if (pipe is null)
            return (files, files);
        var piped = new PipeSource(pipe, _clock);
        return (options.Responders.Count > 0 ? files : piped, options.Crls.Count > 0 ? files : piped);
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // RFC 9112, section 3.2.2: where the target is a complete URI, its host counts. No answer depends on it.
        kestrel.AllowHostHeaderOverride = true;
        kestrel.Limits.MaxRequestBodySize = RequestHandler.MaximumRequest;
        kestrel.Limits.MaxRequestLineSize = 2 * RequestHandler.MaximumRequest;
        kestrel.Limits.MaxRequestBufferSize = 4 * RequestHandler.MaximumRequest;
        kestrel.Limits.MaxRequestHeadersTotalSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 50;
        kestrel.Limits.MaxConcurrentConnections = 10_000;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(30);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(5);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(3));
        kestrel.Listen(options.Listen, listen => listen.Protocols = HttpProtocols.Http1);
    }

    /// <summary>Tells where it answers, as soon as it does; ends where the store or an authority is not there.</summary>
    private async Task AnnounceAsync(WebApplication application)
    {
        var index = application.Services.GetRequiredService<StatusIndex>();
        var authorities = application.Services.GetRequiredService<AuthorityDirectory>();
        var keeper = application.Services.GetRequiredService<IndexKeeper>();
        var reader = application.Services.GetRequiredService<ReadinessReader>();
        DateTime until = DateTime.UtcNow + StartPatience;
        Readiness readiness;
        bool isDone;
        do
        {
            readiness = reader.Read();
            isDone = readiness.Ready && reader.IsSettled;
            if (!index.IsReady && keeper.Failure is { EndsStart: true } failure)
                throw failure.Error!;
            if (index.IsReady && authorities.Missing is [string missing, ..])
                throw new CaResponderException("AuthorityNotFound", CaErrorCategory.ObjectNotFound, $"There is no authority '{missing}' in the store '{options.StorePath}'.", missing);
            if (!isDone)
                await Task.Delay(20);
        }
        while (!isDone && DateTime.UtcNow < until && !application.Lifetime.ApplicationStopping.IsCancellationRequested);

        application.Services.GetRequiredService<ReadyNotifier>().NotifyReady(index.IsReady, readiness);
        string address = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        pipe?.Send(new ServerMessage(ServerMessage.Ready).With("url", address.TrimEnd('/') + "/").With("warning", string.Join(" ", readiness.Warnings)));
    }
}
