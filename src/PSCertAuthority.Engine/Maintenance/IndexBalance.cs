using System;
using System.Security.Cryptography;
using System.Threading;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Maintenance;

/// <summary>
/// Whether indexes hold exactly what records say that they should, whatever the order in which both are read, and in a few octets of memory: each entry
/// that is expected is added as a number, and each that is met is taken away.
/// </summary>
/// <remarks>
/// The number is 64 bits of SHA-256 over something random, the index and the entry. What does not fit leaves nothing with a chance of one in 2^64, also
/// where somebody has picked the entries.
/// </remarks>
internal sealed class IndexBalance : IDisposable
{
    private readonly byte[] _seed = new byte[16];
    private readonly ThreadLocal<SHA256> _digest = new(SHA256.Create, trackAllValues: true);
    private long _rest;
    private long _count;

    public IndexBalance()
    {
        using var random = RandomNumberGenerator.Create();
        random.GetBytes(_seed);
    }

    /// <summary>Whether all that was expected was met, and nothing else.</summary>
    public bool IsEven => Interlocked.Read(ref _rest) == 0 && Interlocked.Read(ref _count) == 0;

    /// <summary>Expects what the indexes should say of a certificate.</summary>
    public void Expect(CertificateRecord record, long number)
    {
        foreach ((CertificateIndex index, byte[] key, byte[] value) in CertificateIndexes.EntriesOf(record, number)) Add(1, (byte)index, key, value);
    }

    /// <summary>Expects an entry of the next CRL.</summary>
    public void Expect(int authorityId, string serialNumber, RevocationRecord revocation) => AddRevocation(1, authorityId, serialNumber, revocation);

    /// <summary>Meets an entry of an index.</summary>
    public void Meet(CertificateIndex index, byte[] key, byte[] value) => Add(-1, (byte)index, key, value);

    /// <summary>Meets an entry of the next CRL.</summary>
    public void Meet(CrlEntryRecord entry) => AddRevocation(-1, entry.AuthorityId, entry.SerialNumber, entry.Revocation);

    public void Dispose()
    {
        foreach (SHA256 digest in _digest.Values) digest.Dispose();
        _digest.Dispose();
    }

    private void AddRevocation(int sign, int authorityId, string serialNumber, RevocationRecord revocation)
    {
        const byte nextCrl = 255;
        // The end of a certificate is no part of what its revocation says.
        var entry = new CrlEntryRecord(authorityId, serialNumber, StoreTime.FromSeconds(0), revocation);
        Add(sign, nextCrl, CertificateDocument.SerialKey(authorityId, serialNumber), CrlEntryValue.From(entry));
    }

    private void Add(int sign, byte index, byte[] key, byte[] value)
    {
        byte[] entry = [.. _seed, index, (byte)(key.Length >> 8), (byte)key.Length, .. key, .. value];
        long number = BitConverter.ToInt64(_digest.Value!.ComputeHash(entry), 0);
        Interlocked.Add(ref _rest, unchecked(sign * number));
        Interlocked.Add(ref _count, sign);
    }
}
