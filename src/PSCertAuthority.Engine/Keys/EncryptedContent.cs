using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Keys;

/// <summary>What was encrypted with a password, and how.</summary>
internal sealed record EncryptedContent(AlgorithmIdentifier Algorithm, byte[] Octets);
