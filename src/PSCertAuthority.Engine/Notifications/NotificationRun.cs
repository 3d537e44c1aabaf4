using System;
using System.Net.Security;
using System.Threading;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Notifications;

/// <summary>
/// Sends notices over one connection, one after another. What a failure of one means for those after it is found out once: what
/// would fail as well is not tried again.
/// </summary>
public sealed class NotificationRun : IDisposable
{
    /// <summary>After so many broken connections in a row no more are opened.</summary>
    private const int BreaksInARow = 2;

    // The time to record what was sent, while others hold the store.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _clock;
    private readonly MailConfiguration _configuration;
    private readonly Guid? _storeId;
    private readonly MailFaults _faults;
    private readonly MailConnection _connection;
    private readonly NoticeClaims _claims;
    private readonly CancellationToken _cancellation;
    private MailFault? _end;
    private int _breaks;

    internal NotificationRun(
        CaStore store, TimeProvider clock, MailConfiguration configuration, Guid? storeId, TimeSpan patience,
        RemoteCertificateValidationCallback? validation, CancellationToken cancellation)
    {
        _clock = clock;
        _configuration = configuration;
        _storeId = storeId;
        _faults = new MailFaults(configuration, patience);
        _connection = new MailConnection(configuration, patience, validation);
        _claims = new NoticeClaims(store, clock, patience + Grace);
        _cancellation = cancellation;
    }

    /// <summary>Sends one message, and records it.</summary>
    /// <param name="planned">What is due, as <see cref="NotificationService.Plan"/> found it.</param>
    /// <returns>What was sent; what another run is sending; null where nothing is due any more.</returns>
    /// <exception cref="CaNotificationException">It could not be sent, and a later run will; the id says why.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; the message counts as not sent.</exception>
    public CaNotification? Send(CaNotification planned)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_end is not null)
            throw NotificationErrors.NotTold(planned, _end);
        Open(planned);
        CaNotification? claimed = _claims.Claim(planned, _cancellation);
        if (claimed is not { Status: NotificationStatus.WouldSend })
            return claimed;
        try
        {
            var message = new NoticeMessage(claimed, _configuration.Sender, _storeId, _clock);
            Do(MailStep.Send, claimed, () => _connection.Send(message.ToMime(), _cancellation));
        }
        catch (Exception)
        {
            // Whatever it was: what was not sent for certain must not stay claimed.
            Release(claimed);
            throw;
        }

        _breaks = 0;
        return Record(claimed);
    }

    /// <summary>Says good-bye to the server.</summary>
    public void Dispose() => _connection.Dispose();

    private void Open(CaNotification planned)
    {
        if (_connection.IsOpen)
            return;
        Do(MailStep.Connect, planned, () => _connection.Connect(_cancellation));
        Do(MailStep.SignIn, planned, () => _connection.SignIn(_cancellation));
    }

    private void Do(MailStep step, CaNotification notification, Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (MailFaults.IsKnown(e) && !_cancellation.IsCancellationRequested)
        {
            MailFault fault = _faults.Of(step, e);
            if (fault.Scope != MailFaultScope.Message)
                _connection.Drop();
            if (fault.Scope == MailFaultScope.Run || (fault.Scope == MailFaultScope.Connection && ++_breaks >= BreaksInARow))
                _end = fault;
            throw NotificationErrors.NotTold(notification, fault);
        }
    }

    private void Release(CaNotification claimed)
    {
        try
        {
            _claims.Release(claimed);
        }
        catch (CaStoreException)
        {
            // The claim ends with its lease; what is reported is why the message was not sent.
        }
    }

    private CaNotification Record(CaNotification claimed)
    {
        try
        {
            return _claims.Record(claimed);
        }
        catch (CaStoreException e)
        {
            throw NotificationErrors.NotRecorded(claimed, _claims.Lease, e);
        }
    }
}
