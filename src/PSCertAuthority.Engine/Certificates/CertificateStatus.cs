namespace PSCertAuthority.Certificates;

/// <summary>How a certificate stands.</summary>
public enum CertificateStatus
{
    /// <summary>It can be relied on.</summary>
    Valid,

    /// <summary>Its end has passed.</summary>
    Expired,

    /// <summary>It was revoked for good.</summary>
    Revoked,

    /// <summary>It is on hold and can come back.</summary>
    Suspended,
}
