namespace PSCertAuthority.Authorities;

/// <summary>What becomes of the private key of an authority that is removed.</summary>
public enum KeyDisposal
{
    /// <summary>It stays where it is.</summary>
    Keep,

    /// <summary>Its file is deleted.</summary>
    Delete,
}
