namespace PSCertAuthority.Storage;

/// <summary>How many certificates there are. Expired ones count in the state that they had.</summary>
internal sealed record CertificateCounts(int Valid, int Suspended, int Revoked)
{
    public int Total => Valid + Suspended + Revoked;
}
