using System;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Crl;

/// <summary>Where the CRLs that are served come from.</summary>
internal interface ICrlSource
{
    /// <summary>Whether there is another CRL than the one that was got last.</summary>
    bool IsReplaced(ServedAuthority authority) => false;

    /// <summary>A CRL as of now, DER; null where none can be had.</summary>
    Task<byte[]?> GetAsync(ServedAuthority authority, TimeSpan validFor, CancellationToken cancellation);
}
