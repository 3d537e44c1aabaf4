using System.Linq;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>An authority, and the certificate by which it was named: its present one, or a former one.</summary>
/// <param name="Authority">The authority as it is now.</param>
/// <param name="Certificate">The certificate as DER.</param>
/// <param name="Stored">The former certificate in the store; null for the present one, and for one that was issued elsewhere.</param>
internal sealed record AuthorityMatch(AuthorityRecord Authority, byte[] Certificate, CertificateRecord? Stored = null)
{
    /// <summary>Whether it is not the present certificate.</summary>
    public bool IsFormer => !Certificate.SequenceEqual(Authority.Certificate);
}
