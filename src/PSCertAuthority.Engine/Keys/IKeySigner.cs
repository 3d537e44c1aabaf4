using System;

namespace PSCertAuthority.Keys;

/// <summary>Signs bytes with one private key. Safe to call from several threads at once.</summary>
internal interface IKeySigner : IDisposable
{
    /// <summary>Signs <paramref name="data"/>; the digest is ignored by EdDSA.</summary>
    byte[] Sign(ArraySegment<byte> data, DigestAlgorithm digest);
}
