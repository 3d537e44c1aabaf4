using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Sees to it that every served authority has a credential, and replaces it before its end.</summary>
internal sealed partial class CredentialKeeper(AuthorityDirectory authorities, ICredentialSource source, TimeProvider clock, ILogger<CredentialKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private readonly Dictionary<int, (DateTime At, string Why)> _failed = [];

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
        source.IsDue(authority) && !(_failed.TryGetValue(authority.Id, out var failure) && clock.GetUtcNow().UtcDateTime - failure.At < source.Retry);

    private async Task ProvideAsync(ServedAuthority authority, CancellationToken stoppingToken)
    {
        string why = "No file names one.";
        try
        {
            if (await source.GetAsync(authority, stoppingToken) is { } credential)
            {
                credential.RequireFit(authority.Certificate, authority.Record.Name);
                authorities.Use(authority.Id, credential);
                _failed.Remove(authority.Id);
                LogNew(logger, authority.Record.Name, credential.Certificate.NotAfter);
                return;
            }
        }
        catch (CaException e)
        {
            why = e.Message;
            // The same over and over would only hide what is new.
            if (!_failed.TryGetValue(authority.Id, out var before) || before.Why != why)
                LogRefused(logger, authority.Record.Name, e.ErrorId, e.Message);
        }

        _failed[authority.Id] = (clock.GetUtcNow().UtcDateTime, why);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The responder key of '{Authority}' is good until {NotAfter:u}.")]
    private static partial void LogNew(ILogger logger, string authority, DateTime notAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "No responder key for '{Authority}' ({ErrorId}): {Why}")]
    private static partial void LogRefused(ILogger logger, string authority, string errorId, string why);
}
