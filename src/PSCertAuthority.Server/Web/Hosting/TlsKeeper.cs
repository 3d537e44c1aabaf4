using System;
using System.Collections.Generic;
using System.Net.Security;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Hosting;
using PSCertAuthority.Server.Hosting;

namespace PSCertAuthority.Server.Web.Hosting;

/// <summary>Has a certificate for TLS before the first request, and a new one before its end: from files that are replaced, or from the other end of the pipe.</summary>
internal sealed partial class TlsKeeper(WebOptions options, PipeChannel? pipe, SecureString? password, TimeProvider clock, ILogger<TlsKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private SslStreamCertificateContext? _context;
    private TlsCertificate? _certificate;
    private DateTime _written;

    /// <summary>What browsers are shown now.</summary>
    public SslStreamCertificateContext Context => Volatile.Read(ref _context) ?? throw new InvalidOperationException("There is no certificate yet.");

    /// <summary>The names in the certificate.</summary>
    public IEnumerable<string> Names => _certificate?.Names ?? [];

    /// <summary>Gets one.</summary>
    /// <exception cref="CaException">There is none to be had.</exception>
    public async Task RenewAsync(CancellationToken cancellation)
    {
        DateTime written = WrittenAt();
        _certificate = options.TlsFromPipe ? await AskAsync(cancellation) : TlsCertificate.Read(options.TlsCertificate!, options.TlsKey, password);
        _written = written;
        Volatile.Write(ref _context, _certificate.ToContext());
        X509Certificate2 taken = _certificate.Certificate;
        DateTime end = taken.NotAfter.ToUniversalTime();
        LogNew(logger, taken.Subject, end);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (options.UsesTls && await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!IsDue())
                continue;
            try
            {
                await RenewAsync(stoppingToken);
            }
            catch (CaException e)
            {
                LogKept(logger, e.ErrorId, e.Message);
            }
        }
    }

    private bool IsDue() => options.TlsFromPipe ? clock.GetUtcNow().UtcDateTime >= _certificate!.ReplaceAt : WrittenAt() != _written;

    private DateTime WrittenAt()
    {
        if (options.TlsCertificate is null)
            return default;
        DateTime certificate = System.IO.File.GetLastWriteTimeUtc(options.TlsCertificate);
        DateTime key = options.TlsKey is null ? default : System.IO.File.GetLastWriteTimeUtc(options.TlsKey);
        return certificate > key ? certificate : key;
    }

    private async Task<TlsCertificate> AskAsync(CancellationToken cancellation)
    {
        ServerMessage? answer = await pipe!.AskAsync(new ServerMessage(ServerMessage.TlsWanted), cancellation);
        return answer is { Kind: ServerMessage.Credential }
            ? TlsCertificate.FromMessage(answer)
            : throw new CaServerException(answer?.Text("errorId") ?? "WebInterfaceTlsMissing", CaErrorCategory.InvalidOperation, answer?.Text("message") ?? "Nobody made a certificate for TLS.", null);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The TLS certificate '{Subject}' is good until {NotAfter:u}.")]
    private static partial void LogNew(ILogger logger, string subject, DateTime notAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "The TLS certificate was not replaced ({ErrorId}): {Why}")]
    private static partial void LogKept(ILogger logger, string errorId, string why);
}
