namespace PSCertAuthority.Keys;

/// <summary>Digests by the names under which they are stored and shown.</summary>
internal static class DigestNames
{
    /// <summary>The name; empty where the key takes no digest.</summary>
    public static string NameFor(KeySpecification key, DigestAlgorithm digest) => key.TakesDigest ? digest.ToString().ToLowerInvariant() : string.Empty;

    /// <summary>The digest of that name. EdDSA, whose name is empty, ignores it.</summary>
    public static DigestAlgorithm Parse(string name) =>
        name switch
        {
            "sha256" => DigestAlgorithm.Sha256,
            "sha384" => DigestAlgorithm.Sha384,
            _ => DigestAlgorithm.Sha512,
        };
}
