using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Hosting;
using PSCertAuthority.Server.Hosting;
using PSCertAuthority.Server.Web.Safety;

namespace PSCertAuthority.Server.Web.Hosting;

/// <summary>Puts the web interface together and runs it.</summary>
internal sealed class WebServer(WebOptions options, PipeChannel? pipe, WebSecrets secrets, TimeProvider? clock = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>A request holds a certificate request or a form; 64 KB hold the largest of both that make sense.</summary>
    private const int MaximumRequest = 256 * 1024;

    /// <summary>Runs until it is stopped.</summary>
    /// <exception cref="CaException">It cannot start.</exception>
    public async Task RunAsync()
    {
        await using WebApplication application = Build();
        application.Services.GetRequiredService<CaEngine>().RequireStore();
        IHostApplicationLifetime lifetime = application.Lifetime;
        if (pipe is not null)
            new Thread(() => pipe.Listen(lifetime.StopApplication)) { IsBackground = true, Name = "pipe" }.Start();
        if (options.UsesTls)
            await application.Services.GetRequiredService<TlsKeeper>().RenewAsync(lifetime.ApplicationStopping);
        await Listening.StartAsync(application, options.Listen, ServerErrors.WebInterface);
        pipe?.Send(new ServerMessage(ServerMessage.Ready).With("url", Url(application)).With("warning", Warning()));
        await application.WaitForShutdownAsync();
    }

    /// <summary>The application with all its endpoints; it does not listen yet.</summary>
    internal WebApplication Build()
    {
        // The pages are found by the name of the program, also where a test holds it.
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(WebServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(Configure);
        // Standard output belongs to the pipe; what is logged goes to standard error, a line of JSON each.
        builder.Logging.ClearProviders().AddJsonConsole().SetMinimumLevel(LogLevel.Information)
            .AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Information);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(3));
        // Each does nothing unless the program runs as such a service.
        builder.Services.AddSystemd().AddWindowsService(service => service.ServiceName = "PSCertAuthority web interface");
        builder.Services.AddSingleton(_clock).AddSingleton(options).AddSingleton(secrets);
        builder.Services.AddSingleton(new RunFile(options.RunFile)).AddHostedService<RunFileWatch>();
        builder.Services.AddSingleton(services => new TlsKeeper(options, pipe, secrets.TlsPassword, _clock, services.GetRequiredService<ILogger<TlsKeeper>>()));
        builder.Services.AddHostedService(services => services.GetRequiredService<TlsKeeper>());
        builder.Services.AddHostedService<CountedRefusals>();
        WebPipeline.AddServices(builder.Services, options);
        WebApplication application = builder.Build();
        WebPipeline.Use(application);
        return application;
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = MaximumRequest;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 60;
        kestrel.Limits.MaxConcurrentConnections = 1_000;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromMinutes(2);
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 500, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Listen(options.Listen, listen =>
        {
            listen.Protocols = options.UsesTls ? HttpProtocols.Http1AndHttp2 : HttpProtocols.Http1;
            if (options.UsesTls)
                listen.UseHttps(new TlsHandshakeCallbackOptions
                {
                    OnConnection = _ => new(new System.Net.Security.SslServerAuthenticationOptions
                    {
                        ServerCertificateContext = listen.ApplicationServices.GetRequiredService<TlsKeeper>().Context,
                    }),
                });
        });
    }

    private static string Url(WebApplication application) =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First().TrimEnd('/') + "/";

    private string Warning() => options.UsesTls || System.Net.IPAddress.IsLoopback(options.Listen.Address)
        ? string.Empty
        : "Without TLS, passwords and sessions can be read by whoever sees the network.";
}
