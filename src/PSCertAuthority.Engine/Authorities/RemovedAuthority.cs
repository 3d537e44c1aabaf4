namespace PSCertAuthority.Authorities;

/// <summary>An authority that was removed from the store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="CertificateCount">How many certificates went with it.</param>
/// <param name="KeyFile">Where its private key is, or was.</param>
/// <param name="IsStillTrusted">Whether it was neither revoked nor expired: those who trust it go on to do so.</param>
public sealed record RemovedAuthority(string Name, int CertificateCount, string KeyFile, bool IsStillTrusted)
{
    /// <summary>Whether its private key was deleted with it; never a file that another authority names too.</summary>
    public bool KeyIsDeleted { get; init; }
}
