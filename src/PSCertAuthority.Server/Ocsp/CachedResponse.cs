using System;
using PSCertAuthority.Ocsp;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>A signed response without nonce, and how long it serves.</summary>
/// <param name="Content">The response, DER.</param>
/// <param name="State">What it says.</param>
/// <param name="Signer">Who signed it.</param>
/// <param name="ThisUpdate">UTC.</param>
/// <param name="NextUpdate">UTC.</param>
/// <param name="RefreshAt">When it is made anew, long before it ends.</param>
/// <param name="EntityTag">The ETag: a digest of the content, quoted.</param>
internal sealed record CachedResponse(
    byte[] Content, CertificateState? State, OcspResponseSigner Signer, DateTime ThisUpdate, DateTime NextUpdate, DateTime RefreshAt, string EntityTag);
