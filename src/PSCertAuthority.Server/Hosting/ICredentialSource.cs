using System;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Hosting;

/// <summary>Where the credentials of the responder come from.</summary>
internal interface ICredentialSource
{
    /// <summary>How long to wait after one could not be had.</summary>
    TimeSpan Retry { get; }

    /// <summary>Whether to ask for that authority now: it has none, its time has come, or a file was replaced.</summary>
    bool IsDue(ServedAuthority authority);

    /// <summary>A new credential; null where none can be had now.</summary>
    Task<ResponderCredential?> GetAsync(ServedAuthority authority, CancellationToken cancellation);
}
