using PSCertAuthority.Certificates;

namespace PSCertAuthority.Validation;

/// <summary>Says whether a certificate is revoked.</summary>
internal interface IRevocationLookup
{
    /// <summary>Where it looks, in words.</summary>
    string Source { get; }

    RevocationFinding Find(DecodedCertificate certificate, ChainLink issuer);
}
