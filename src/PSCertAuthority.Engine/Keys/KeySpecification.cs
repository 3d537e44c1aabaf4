namespace PSCertAuthority.Keys;

/// <summary>Which key: its kind and size.</summary>
public sealed record KeySpecification
{
    /// <summary>The smallest RSA key that is made or signed, in bits.</summary>
    public const int MinimumRsaSize = 2048;

    /// <summary>The largest RSA key that is made or signed, in bits; beyond it, verifying is a burden to everyone.</summary>
    public const int MaximumRsaSize = 16384;

    private KeySpecification(KeyType type, int size)
    {
        Type = type;
        Size = size;
    }

    /// <summary>The kind of key.</summary>
    public KeyType Type { get; }

    /// <summary>Bits: of the modulus for RSA, of the curve otherwise.</summary>
    public int Size { get; }

    /// <summary>The digest that fits the key where none was chosen: SHA-512 for RSA, the curve's own strength for EC.</summary>
    public DigestAlgorithm DefaultDigest => (Type, Size) switch
    {
        (KeyType.EC, 256) => DigestAlgorithm.Sha256,
        (KeyType.EC, 384) => DigestAlgorithm.Sha384,
        _ => DigestAlgorithm.Sha512,
    };

    /// <summary>Whether signatures of the key take a digest of choice; EdDSA does not.</summary>
    public bool TakesDigest => Type is KeyType.RSA or KeyType.EC;

    /// <summary>Names a key by kind and size.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="size">RSA: 2048 to 16384 bits; EC: 256, 384 or 521; null takes <paramref name="defaultRsaSize"/> or P-256.</param>
    /// <param name="defaultRsaSize">The size of an RSA key where none is given.</param>
    /// <exception cref="CaKeyException"><c>KeySizeInvalid</c>: there is no such key, or it is too weak.</exception>
    public static KeySpecification Create(KeyType type, int? size = null, int defaultRsaSize = 4096)
    {
        switch (type)
        {
            case KeyType.RSA:
                int bits = size ?? defaultRsaSize;
                return bits is >= MinimumRsaSize and <= MaximumRsaSize && bits % 8 == 0
                    ? new(type, bits)
                    : throw KeyErrors.SizeInvalid(type, bits, $"a multiple of 8 from {MinimumRsaSize} to {MaximumRsaSize}");
            case KeyType.EC:
                return size is null or 256 or 384 or 521
                    ? new(type, size ?? 256)
                    : throw KeyErrors.SizeInvalid(type, size.Value, "256, 384 or 521");
            default:
                int only = type == KeyType.Ed25519 ? 256 : 448;
                return size is null || size == only
                    ? new(type, only)
                    : throw KeyErrors.SizeInvalid(type, size.Value, "none: it has just one size");
        }
    }

    /// <summary>The key in words, such as <c>RSA 4096</c>.</summary>
    public override string ToString() => Type is KeyType.RSA or KeyType.EC ? $"{Type} {Size}" : Type.ToString();
}
