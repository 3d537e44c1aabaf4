using System;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Ocsp;

/// <summary>What to ask a responder, and how.</summary>
/// <param name="Uri">Where it answers.</param>
/// <param name="Certificate">About which certificate.</param>
/// <param name="Issuer">Who issued it.</param>
internal sealed record OcspQuery(Uri Uri, DecodedCertificate Certificate, DecodedCertificate Issuer)
{
    /// <summary>By which digest issuer name and key are given.</summary>
    public OcspDigest Digest { get; init; }

    /// <summary>By POST, or by GET, which caches can answer.</summary>
    public OcspMethod Method { get; init; }

    /// <summary>Whether a nonce makes sure that the answer is new (RFC 9654).</summary>
    public bool WithNonce { get; init; } = true;

    /// <summary>How long to wait.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>The digest by which a request names the issuer.</summary>
public enum OcspDigest
{
    /// <summary>SHA-1, which every responder knows (RFC 5019).</summary>
    Sha1,

    /// <summary>SHA-256.</summary>
    Sha256,
}

/// <summary>How a responder is asked (RFC 6960, appendix A).</summary>
public enum OcspMethod
{
    /// <summary>The request is the body.</summary>
    Post,

    /// <summary>The request is part of the address, so that caches can answer.</summary>
    Get,
}
