namespace PSCertAuthority.Ocsp;

/// <summary>Why a responder gives no answer: OCSPResponseStatus of RFC 6960, section 4.2.1, with its encoded values.</summary>
internal enum OcspRefusal
{
    /// <summary>There is an answer.</summary>
    None = 0,

    /// <summary>The request does not follow the protocol.</summary>
    MalformedRequest = 1,

    /// <summary>The responder failed.</summary>
    InternalError = 2,

    /// <summary>The responder cannot answer at the moment.</summary>
    TryLater = 3,

    /// <summary>The responder does not speak for this issuer.</summary>
    Unauthorized = 6,
}
