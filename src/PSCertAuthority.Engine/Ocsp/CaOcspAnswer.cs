using System;
using PSCertAuthority.Revocation;

namespace PSCertAuthority.Ocsp;

/// <summary>What a responder said of a certificate (RFC 6960, section 4.2). Times are local.</summary>
public sealed record CaOcspAnswer
{
    /// <summary>Who was asked.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The subject of the certificate.</summary>
    public required string Subject { get; init; }

    /// <summary>The serial number of the certificate.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Good, Revoked or Unknown; empty where there was no answer.</summary>
    public string Status { get; init; } = string.Empty;

    /// <summary>Whether the answer can be relied on.</summary>
    public bool Trusted => Problem is null;

    /// <summary>Why the answer cannot be relied on; null where it can.</summary>
    public string? Problem { get; init; }

    /// <summary>The status of the response itself: Successful, MalformedRequest, InternalError, TryLater, SigRequired or Unauthorized.</summary>
    public string ResponseStatus { get; init; } = string.Empty;

    /// <summary>When it was revoked.</summary>
    public DateTime? RevokedAt { get; init; }

    /// <summary>Why it was revoked.</summary>
    public RevocationReason? RevocationReason { get; init; }

    /// <summary>When the response was signed.</summary>
    public DateTime? ProducedAt { get; init; }

    /// <summary>When this was known to be so.</summary>
    public DateTime? ThisUpdate { get; init; }

    /// <summary>When newer knowledge will be there.</summary>
    public DateTime? NextUpdate { get; init; }

    /// <summary>The subject of the certificate that signed the response.</summary>
    public string? Responder { get; init; }

    /// <summary>When that certificate ends.</summary>
    public DateTime? ResponderNotAfter { get; init; }

    /// <summary>Whether the response repeats the nonce of the request; null where none was sent.</summary>
    public bool? NonceEchoed { get; init; }

    /// <summary>How long the answer took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>How large the response is, in octets.</summary>
    public int Length { get; init; }

    /// <summary>Status and certificate on one line.</summary>
    public override string ToString() => $"{SerialNumber}: {(Trusted ? Status : Problem)}";
}
