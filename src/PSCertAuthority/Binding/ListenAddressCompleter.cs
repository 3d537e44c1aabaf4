using System.Collections.Generic;
using System.Net;

namespace PSCertAuthority.Binding;

/// <summary>Completes where a server listens.</summary>
public sealed class ListenAddressCompleter : WordCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Text, string ToolTip)> Words(CommandLine line) =>
    [
        (IPAddress.Loopback.ToString(), "this machine alone (IPv4)"),
        (IPAddress.IPv6Loopback.ToString(), "this machine alone (IPv6)"),
        (IPAddress.Any.ToString(), "everybody (IPv4)"),
        (IPAddress.IPv6Any.ToString(), "everybody (IPv6)"),
    ];
}
