using System;
using System.Collections.Generic;
using System.Net.Security;
using System.Threading;
using PSCertAuthority.Settings;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Notifications;

/// <summary>Tells watchers that certificates end.</summary>
public sealed class NotificationService
{
    /// <summary>How long each step of talking to the mail server may take, where nothing is said.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private readonly CaStore _store;
    private readonly TimeProvider _clock;
    private readonly SettingService _settings;

    internal NotificationService(CaStore store, TimeProvider clock, SettingService settings)
    {
        _store = store;
        _clock = clock;
        _settings = settings;
    }

    /// <summary>Judges the mail server's certificate, in tests; null leaves that to the platform.</summary>
    internal RemoteCertificateValidationCallback? ServerCertificateValidation { get; set; }

    /// <summary>What is due now: one message for an address. Nothing is sent or changed.</summary>
    /// <exception cref="Authorities.CaAuthorityException">The filter's authority is unknown or ambiguous.</exception>
    public IReadOnlyList<CaNotification> Plan(NotificationFilter filter, CancellationToken cancellation = default)
    {
        IReadOnlyList<int> setting = _store.Read(unit => unit.Settings.Read().NotificationDays, cancellation);
        return new NotificationPlanner(_store, _clock, new DayMarks(setting, filter.Days), filter.Authority).Plan(cancellation);
    }

    /// <summary>Begins a run that sends what is due. It reads the mail settings; the server is called at the first message.</summary>
    /// <param name="patience">How long each step may take: connecting, signing in, a message.</param>
    /// <param name="cancellation">Interrupts the run; what the server has taken stays recorded.</param>
    /// <exception cref="CaNotificationException"><c>MailNotConfigured</c> or <c>MailPasswordUnprotected</c>.</exception>
    /// <exception cref="CaSettingException"><c>SettingSecretUnreadable</c>.</exception>
    public NotificationRun Begin(TimeSpan? patience = null, CancellationToken cancellation = default)
    {
        (CaSettings settings, Guid? storeId) = _store.Read(unit => (unit.Settings.Read(), unit.Status().StoreId), cancellation);
        return new NotificationRun(
            _store, _clock, MailConfiguration.Read(settings, _settings.ReadMailCredential), storeId, patience ?? DefaultPatience,
            ServerCertificateValidation, cancellation);
    }
}
