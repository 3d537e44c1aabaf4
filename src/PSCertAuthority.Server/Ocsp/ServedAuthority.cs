using System;
using System.Collections.Generic;
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
    private OcspResponseSigner? _signer;

    public ServedAuthority(AuthorityState state)
    {
        Record = state.Record;
        _serialNumbers = new HashSet<string>([Record.SerialNumber, .. state.EarlierSerialNumbers], StringComparer.OrdinalIgnoreCase);
        Certificate = new DecodedCertificate(Record.Certificate);
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

    /// <summary>Signs the responses; null until a credential came.</summary>
    public OcspResponseSigner? Signer => Volatile.Read(ref _signer);

    /// <summary>Whether that text is its name, its common name, or a serial number that it has or had.</summary>
    public bool IsNamed(string text) =>
        string.Equals(Record.Name, text, StringComparison.OrdinalIgnoreCase)
        || _serialNumbers.Contains(text.Replace(":", string.Empty, StringComparison.Ordinal))
        || Record.CommonName.Length > 0 && string.Equals(Record.CommonName, text, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the CertID names this authority (RFC 6960, section 4.1.1).</summary>
    public bool IsIssuerOf(CertificateId certificate)
    {
        (byte[] name, byte[] key) = _hashes[(int)certificate.Hash];
        return key.Length > 0 && certificate.IssuerKeyHash.Span.SequenceEqual(key) && certificate.IssuerNameHash.Span.SequenceEqual(name);
    }

    /// <summary>Signs with that credential from now on. The one before stays open: a response may be in the making.</summary>
    public void Use(OcspResponseSigner signer) => Volatile.Write(ref _signer, signer);
}
