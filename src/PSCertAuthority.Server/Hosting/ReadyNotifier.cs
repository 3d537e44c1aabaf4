using System;
using System.Linq;
using Microsoft.Extensions.Hosting.Systemd;
using PSCertAuthority.Server.Http;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Tells systemd that the service is ready when it can answer, not already when the host of the program has started.</summary>
internal sealed class ReadyNotifier : ISystemdNotifier
{
    private readonly SystemdNotifier? _systemd = OperatingSystem.IsLinux() ? new SystemdNotifier() : null;

    /// <inheritdoc/>
    public bool IsEnabled => _systemd is { IsEnabled: true };

    /// <summary>Passes on what the host says, except that it is ready.</summary>
    public void Notify(ServiceState state)
    {
        if (!state.Equals(ServiceState.Ready))
            Send(state);
    }

    /// <summary>Says what <c>systemctl status</c> shows, and that the service is ready, where it can answer at all.</summary>
    public void NotifyReady(bool hasIndex, Readiness readiness)
    {
        string said = readiness.Warnings.Count > 0 ? string.Join(' ', readiness.Warnings) : $"Answers for {string.Join(", ", readiness.Authorities.Select(authority => authority.Name))}; {readiness.Certificates} certificates";
        Send(new ServiceState("STATUS=" + said.ReplaceLineEndings(" ")));
        // With a key missing the others are answered for. Without an index nobody is: systemd then does what the unit says of slow starts.
        if (hasIndex)
            Send(ServiceState.Ready);
    }

    private void Send(ServiceState state)
    {
        if (OperatingSystem.IsLinux())
            _systemd?.Notify(state);
    }
}
