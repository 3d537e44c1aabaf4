using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>What goes back to who asked.</summary>
/// <param name="Content">The OCSP response, DER.</param>
/// <param name="Outcome">What it says, for the counters.</param>
/// <param name="Cached">The response of the cache, which HTTP caches may keep too; null for what is only for this one.</param>
internal sealed record OcspAnswer(byte[] Content, OcspOutcome Outcome, CachedResponse? Cached = null)
{
    public static OcspAnswer Malformed { get; } = new(OcspResponseSigner.Refuse(OcspRefusal.MalformedRequest), OcspOutcome.Malformed);

    public static OcspAnswer Unauthorized { get; } = new(OcspResponseSigner.Refuse(OcspRefusal.Unauthorized), OcspOutcome.Unauthorized);

    public static OcspAnswer TryLater { get; } = new(OcspResponseSigner.Refuse(OcspRefusal.TryLater), OcspOutcome.TryLater);

    public static OcspAnswer InternalError { get; } = new(OcspResponseSigner.Refuse(OcspRefusal.InternalError), OcspOutcome.InternalError);
}

/// <summary>How a request ended.</summary>
internal enum OcspOutcome
{
    /// <summary>The certificate is good.</summary>
    Good,

    /// <summary>The certificate is revoked.</summary>
    Revoked,

    /// <summary>The certificate is not known.</summary>
    Unknown,

    /// <summary>Several were asked about.</summary>
    Several,

    /// <summary>The request does not follow the protocol.</summary>
    Malformed,

    /// <summary>The issuer is not served here.</summary>
    Unauthorized,

    /// <summary>There is no credential, or the index is too old.</summary>
    TryLater,

    /// <summary>A fault of ours.</summary>
    InternalError,
}
