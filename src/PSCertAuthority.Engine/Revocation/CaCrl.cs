using System;
using System.IO;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;

namespace PSCertAuthority.Revocation;

/// <summary>A certificate revocation list (RFC 5280, section 5) that an authority has signed.</summary>
public sealed class CaCrl
{
    private readonly ArraySegment<byte> _der;

    internal CaCrl(string authority, CrlContents contents, CrlScope scope, DateTime nextUpdate, ArraySegment<byte> der)
    {
        Authority = authority;
        Number = contents.Number;
        BaseNumber = contents.BaseNumber;
        Scope = scope;
        ThisUpdate = contents.ThisUpdate.ToDisplayed();
        NextUpdate = nextUpdate.ToDisplayed();
        EntryCount = contents.Entries.Count;
        _der = der;
    }

    /// <summary>The name of the authority.</summary>
    public string Authority { get; }

    /// <summary>The CRL number (RFC 5280, section 5.2.3): it only grows and is never used twice.</summary>
    public long Number { get; }

    /// <summary>The number of the complete CRL that a delta follows (RFC 5280, section 5.2.4); null for a complete one.</summary>
    public long? BaseNumber { get; }

    /// <summary>What it is about.</summary>
    public CrlScope Scope { get; }

    /// <summary>When it was made; local time.</summary>
    public DateTime ThisUpdate { get; }

    /// <summary>When the next one is due at the latest; local time.</summary>
    public DateTime NextUpdate { get; }

    /// <summary>How many certificates it names.</summary>
    public int EntryCount { get; }

    /// <summary>SHA-256 over the list.</summary>
    public string Sha256Fingerprint => Fingerprints.Sha256(_der);

    /// <summary>The list as DER, under the name that X509Certificate2 has for it. Export-Clixml, jobs and remoting keep it.</summary>
    public byte[] RawData => ToDer();

    /// <summary>The list as DER.</summary>
    public byte[] ToDer() => _der.ToOctets();

    /// <summary>The list as PEM.</summary>
    public string ToPem() => Pem.EncodeText("X509 CRL", _der);

    /// <summary>The list as PEM, in ASCII.</summary>
    public byte[] ToPemBytes() => Pem.Encode("X509 CRL", _der);

    /// <summary>Writes the list as DER; a large one is not copied for it.</summary>
    public void WriteDer(Stream stream) => (stream ?? throw new ArgumentNullException(nameof(stream))).Write(_der.Array!, _der.Offset, _der.Count);

    /// <summary>Writes the list as PEM, in ASCII, some lines at a time.</summary>
    public void WritePem(Stream stream) => Pem.Write(stream ?? throw new ArgumentNullException(nameof(stream)), "X509 CRL", _der);

    /// <summary>Authority and number.</summary>
    public override string ToString() => $"{Authority} #{Number}";
}
