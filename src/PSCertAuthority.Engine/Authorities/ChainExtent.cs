namespace PSCertAuthority.Authorities;

/// <summary>How much of the chain above a certificate goes with it.</summary>
public enum ChainExtent
{
    /// <summary>Nothing: the certificate alone.</summary>
    None,

    /// <summary>The issuers without the root, from below: what TLS servers send (RFC 8446, section 4.4.2).</summary>
    Intermediates,

    /// <summary>The issuers with the root, from below.</summary>
    WithRoot,
}
