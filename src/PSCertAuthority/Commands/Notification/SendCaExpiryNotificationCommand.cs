using System;
using System.Collections.Generic;
using System.Management.Automation;
using PSCertAuthority.Authorities;
using PSCertAuthority.Binding;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Commands;

/// <summary>
/// Tells watchers by mail that certificates end: one message for a watcher, on the days that the setting NotificationDays names, once each.
/// What could not be sent is an error of that watcher; a later run sends it.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "CaExpiryNotification", SupportsShouldProcess = true)]
[OutputType(typeof(CaNotification))]
public sealed class SendCaExpiryNotificationCommand : CaCommand
{
    private NotificationRun? _run;

    /// <summary>Only the notices that are due so many days before the end; without it, those of the setting NotificationDays.</summary>
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(NotificationDayCompleter))]
    [ValidateRange(0, 3650)]
    [NotNullArgument]
    [ValidateNotNullOrEmpty]
    public int[] Days { get; set; } = [];

    /// <summary>Only those of certificates of this authority.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(AuthorityCompleter))]
    [AuthorityArgument]
    public AuthorityIdentity? Authority { get; set; }

    /// <summary>How long the mail server may take for each step (connecting, signing in, a message); 30 seconds.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int TimeoutSeconds { get; set; } = (int)NotificationService.DefaultPatience.TotalSeconds;

    private NotificationRun Run => _run ??= Begin();

    /// <inheritdoc/>
    protected override void EndProcessing() => ForItem(Authority, () =>
    {
        IReadOnlyList<CaNotification> plan = Engine.Notifications.Plan(new NotificationFilter { Days = Days, Authority = Authority }, Cancellation);
        WriteVerbose($"{plan.Count} messages are due.");
        // Mail settings that are missing show on the first day, not on the one when a certificate ends.
        if (plan.Count == 0 && !Preference.IsWhatIf(this))
            _ = Run;
        foreach (CaNotification planned in plan)
            ForItem(planned, () => Tell(planned));
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _run?.Dispose();
        base.Dispose(disposing);
    }

    private void Tell(CaNotification planned)
    {
        string question = $"Send to {planned.Watcher} a notice of {planned.Contents}?";
        if (!ShouldProcess($"Sending to {planned.Watcher} a notice of {planned.Contents}.", question, "Send a notice", out ShouldProcessReason reason))
        {
            if (reason == ShouldProcessReason.WhatIf)
                WriteObject(planned);
            return;
        }

        switch (Run.Send(planned))
        {
            case { Status: NotificationStatus.LeftToOtherRun } other:
                WriteWarning($"Another run is telling {other.Watcher} of {other.Contents}, or was ended while it did. If nothing arrives, run the command again in a few minutes.");
                break;
            case { } sent:
                WriteVerbose($"Told {sent.Watcher} of {sent.Contents}.");
                WriteObject(sent);
                break;
            case null:
                WriteVerbose($"Nothing is due to {planned.Watcher} any more.");
                break;
        }
    }

    private NotificationRun Begin()
    {
        try
        {
            return Engine.Notifications.Begin(TimeSpan.FromSeconds(TimeoutSeconds), Cancellation);
        }
        catch (CaException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e, null));
            throw;
        }
    }
}
