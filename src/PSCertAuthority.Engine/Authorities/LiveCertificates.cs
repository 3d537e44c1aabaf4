namespace PSCertAuthority.Authorities;

/// <summary>What it means to the removal of an authority that certificates of it are still valid.</summary>
public enum LiveCertificates
{
    /// <summary>The authority is not removed.</summary>
    Refuse,

    /// <summary>The authority is removed all the same; nobody can revoke them afterwards.</summary>
    Abandon,
}
