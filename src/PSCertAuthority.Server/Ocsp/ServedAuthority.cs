using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using PSCertAuthority.Certificates;
using PSCertAuthority.Ocsp;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Server.Ocsp;

/// <summary>An authority that this responder speaks for.</summary>
internal sealed class ServedAuthority
{
    private readonly (byte[] Name, byte[] Key)[] _hashes;
    private readonly HashSet<string> _serialNumbers;
    private IReadOnlySet<string> _names = new HashSet<string>();
    private OcspResponseSigner? _signer;

    public ServedAuthority(AuthorityState state)
    {
        Record = state.Record;
        _serialNumbers = new HashSet<string>([Record.SerialNumber, .. state.EarlierSerialNumbers], StringComparer.OrdinalIgnoreCase);
        Certificate = new DecodedCertificate(Record.Certificate);
        Key = IssuerKey.Of(Certificate);
        byte[] name = Certificate.SubjectName.GetEncoded("DER");
        byte[] key = Certificate.PublicKey.PublicKey.GetBytes();
#pragma warning disable CA5350 // RFC 5019 has clients name the issuer by SHA-1; nothing is secured by it.
        _hashes = [([], []), (SHA1.HashData(name), SHA1.HashData(key)), (SHA256.HashData(name), SHA256.HashData(key)),
            (SHA384.HashData(name), SHA384.HashData(key)), (SHA512.HashData(name), SHA512.HashData(key))];
#pragma warning restore CA5350
    }

    public AuthorityRecord Record { get; }

    public int Id => Record.Id;

    public DecodedCertificate Certificate { get; }

    /// <summary>Name and key that it signs with: what the authority is, whatever it is called.</summary>
    public IssuerKey Key { get; }

    /// <summary>Name and serial number, for those who look after the responder.</summary>
    public string Description => $"'{Record.Name}' ({SerialNumbers.ToPrinted(Record.SerialNumber)})";

    /// <summary>Signs the responses; null until a credential came.</summary>
    public OcspResponseSigner? Signer => Volatile.Read(ref _signer);

    /// <summary>
    /// How well that text names it: 5 as its name, 4 as a serial number that it has or had, 3 as a name that it had since the start, 2 as its common
    /// name, 1 as the common name of one that a new key replaced; 0 where it does not.
    /// </summary>
    public int Fits(string text)
    {
        if (string.Equals(Record.Name, text, StringComparison.OrdinalIgnoreCase))
            return 5;
        if (_serialNumbers.Contains(text.Replace(":", string.Empty, StringComparison.Ordinal)))
            return 4;
        if (_names.Contains(text))
            return 3;
        if (Record.CommonName.Length == 0 || !string.Equals(Record.CommonName, text, StringComparison.OrdinalIgnoreCase))
            return 0;
        return Record.ReplacedById is null ? 2 : 1;
    }

    /// <summary>The names that it has and had.</summary>
    public void KnowAs(IReadOnlySet<string> names) => _names = names.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the CertID names this authority (RFC 6960, section 4.1.1).</summary>
    public bool IsIssuerOf(CertificateId certificate)
    {
        (byte[] name, byte[] key) = _hashes[(int)certificate.Hash];
        return key.Length > 0 && certificate.IssuerKeyHash.Span.SequenceEqual(key) && certificate.IssuerNameHash.Span.SequenceEqual(name);
    }

    /// <summary>Signs with that credential from now on. The one before stays open: a response may be in the making.</summary>
    public void Use(OcspResponseSigner signer) => Volatile.Write(ref _signer, signer);
}
