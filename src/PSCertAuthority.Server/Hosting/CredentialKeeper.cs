using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Sees to it that every served authority has a credential, and replaces it before its end.</summary>
internal sealed partial class CredentialKeeper(AuthorityDirectory authorities, ICredentialSource source, TimeProvider clock, ILogger<CredentialKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly ConcurrentDictionary<IssuerKey, (DateTime At, string ErrorId, string Why)> _failed = new();

    /// <summary>The id of the error for which there is no new credential; null where none was met.</summary>
    public string? FailureOf(ServedAuthority authority) => _failed.TryGetValue(authority.Key, out var failure) ? failure.ErrorId : null;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        do
        {
            foreach (ServedAuthority authority in authorities.Served.Where(IsWanted).ToList())
                await ProvideAsync(authority, stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private bool IsWanted(ServedAuthority authority) =>
        source.IsDue(authority) && !(_failed.TryGetValue(authority.Key, out var failure) && clock.GetUtcNow().UtcDateTime - failure.At < source.Retry);

    private async Task ProvideAsync(ServedAuthority authority, CancellationToken stoppingToken)
    {
        string errorId = "ResponderKeyMissing", why = "No file names one.";
        try
        {
            if (await source.GetAsync(authority, stoppingToken) is { } credential)
            {
                credential.RequireFit(authority.Certificate, authority.Record.Name);
                authorities.Use(authority.Key, credential);
                _failed.TryRemove(authority.Key, out _);
                LogNew(logger, authority.Description, credential.Certificate.NotAfter);
                return;
            }
        }
        catch (CaException e)
        {
            (errorId, why) = (e.ErrorId, e.Message);
        }

        // The same over and over would only hide what is new.
        if (!_failed.TryGetValue(authority.Key, out var before) || before.Why != why)
            LogRefused(logger, authority.Description, errorId, why);
        _failed[authority.Key] = (clock.GetUtcNow().UtcDateTime, errorId, why);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The responder key of {Authority} is good until {NotAfter:u}.")]
    private static partial void LogNew(ILogger logger, string authority, DateTime notAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "No responder key for {Authority} ({ErrorId}): {Why}")]
    private static partial void LogRefused(ILogger logger, string authority, string errorId, string why);
}
