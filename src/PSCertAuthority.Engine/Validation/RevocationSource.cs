namespace PSCertAuthority.Validation;

/// <summary>Where a test learns whether a certificate is revoked.</summary>
public enum RevocationSource
{
    /// <summary>From the records of the store.</summary>
    Store,

    /// <summary>From CRLs: files that are given, or what the certificate's distribution points serve.</summary>
    Crl,

    /// <summary>From the OCSP responder that the certificate names (RFC 6960).</summary>
    Ocsp,

    /// <summary>Not at all.</summary>
    None,
}
