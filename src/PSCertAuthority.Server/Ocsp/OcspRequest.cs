using System;
using System.Collections.Generic;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>What is asked (RFC 6960, section 4.1.1).</summary>
/// <param name="Certificates">One at least.</param>
/// <param name="Nonce">The value of the nonce extension, DER; null for none.</param>
internal sealed record OcspRequest(IReadOnlyList<CertificateId> Certificates, byte[]? Nonce);

/// <summary>Which certificate is asked about: a CertID.</summary>
/// <param name="Encoded">The CertID, DER, as it came.</param>
/// <param name="Hash">The digest that issuer name and key are given by.</param>
/// <param name="HasParameters">Whether the algorithm came with parameters (NULL); the answer repeats it so.</param>
/// <param name="IssuerNameHash">The digest of the issuer's name.</param>
/// <param name="IssuerKeyHash">The digest of the issuer's key.</param>
/// <param name="SerialNumber">Big-endian without a leading 00 octet; empty for one that no certificate can have.</param>
internal sealed record CertificateId(
    ReadOnlyMemory<byte> Encoded, IssuerHash Hash, bool HasParameters,
    ReadOnlyMemory<byte> IssuerNameHash, ReadOnlyMemory<byte> IssuerKeyHash, ReadOnlyMemory<byte> SerialNumber);

/// <summary>The digests by which an issuer can be named.</summary>
internal enum IssuerHash : byte
{
    /// <summary>One that is not known here: no issuer can be found by it.</summary>
    Unknown,

    /// <summary>SHA-1, which RFC 5019 asks for.</summary>
    Sha1,

    /// <summary>SHA-256, which RFC 9654 and its successors ask for.</summary>
    Sha256,

    /// <summary>SHA-384.</summary>
    Sha384,

    /// <summary>SHA-512.</summary>
    Sha512,
}
