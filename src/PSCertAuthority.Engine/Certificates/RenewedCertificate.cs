namespace PSCertAuthority.Certificates;

/// <summary>What becomes of a certificate whose place another one takes.</summary>
public enum RenewedCertificate
{
    /// <summary>It stays valid until its end, so that there is time to install the new one.</summary>
    Keep,

    /// <summary>It is revoked as superseded, in the same moment.</summary>
    Revoke,
}
