using System;
using System.Threading;
using System.Threading.Tasks;
using PSCertAuthority.Server.Ocsp;

namespace PSCertAuthority.Server.Crl;

/// <summary>Where the CRLs that are served come from.</summary>
internal interface ICrlSource
{
    /// <summary>A CRL as of now, DER; null where none can be had.</summary>
    Task<byte[]?> GetAsync(ServedAuthority authority, TimeSpan validFor, CancellationToken cancellation);
}
