using System;
using PSCertAuthority.Encodings;
using PSCertAuthority.Names;

namespace PSCertAuthority.Certificates;

/// <summary>What the row of a table says of a certificate, beside that by which it is found: a row that contradicts itself names nothing.</summary>
public sealed record CertificateRow
{
    /// <summary>What would name it alone: common name, serial number or its start, fingerprint. Null where it does not matter.</summary>
    public string? Identity { get; init; }

    /// <summary>Its fingerprint, SHA-1, SHA-256 or SHA-512; null where it does not matter.</summary>
    public string? Thumbprint { get; init; }

    /// <summary>Its SHA-1 fingerprint; null where it does not matter.</summary>
    public string? Sha1Fingerprint { get; init; }

    /// <summary>Its SHA-256 fingerprint; null where it does not matter.</summary>
    public string? Sha256Fingerprint { get; init; }

    /// <summary>Its SHA-512 fingerprint; null where it does not matter.</summary>
    public string? Sha512Fingerprint { get; init; }

    /// <summary>Its common name, in any case; null where it does not matter.</summary>
    public string? CommonName { get; init; }

    /// <summary>Its subject; null where it does not matter.</summary>
    public string? Subject { get; init; }

    /// <summary>Its issuer's distinguished name; null where it does not matter.</summary>
    public string? Issuer { get; init; }

    /// <summary>The first fingerprint that it has; null for none.</summary>
    public string? Fingerprint => Thumbprint ?? Sha256Fingerprint ?? Sha1Fingerprint ?? Sha512Fingerprint;

    /// <summary>Whether a certificate is what the row says.</summary>
    /// <param name="der">The certificate.</param>
    /// <param name="name">What it is called in the store beside that; null for nothing.</param>
    internal bool Fits(byte[] der, string? name = null)
    {
        if (!(HasFingerprint(der, Thumbprint) && HasFingerprint(der, Sha1Fingerprint) && HasFingerprint(der, Sha256Fingerprint) && HasFingerprint(der, Sha512Fingerprint)))
            return false;
        if (Identity is null && CommonName is null && Subject is null && Issuer is null)
            return true;
        var certificate = new DecodedCertificate(der);
        return (CommonName is null || IsCalled(certificate, CommonName))
            && (Subject is null || IsNamed(certificate.Subject, Subject) != false)
            && (Issuer is null || IsNamed(certificate.Issuer, Issuer) != false)
            && (Identity is null || IsSame(name, Identity) || IsIdentity(certificate, Identity));
    }

    /// <summary>Whether a name is what a text says; null where the text is no name that can be read.</summary>
    internal static bool? IsNamed(DistinguishedName name, string text)
    {
        string own = name.ToString(), repaired = UnicodeText.Repair(own);
        if (own == text || repaired == text || PrintableText.Escape(repaired) == text)
            return true;
        try
        {
            // The platform's spelling is not RFC 4514's.
            return DistinguishedName.Parse(own).ToString() == DistinguishedName.Parse(text).ToString() || name.ToX500().Name == text;
        }
        catch (CaException)
        {
            return null;
        }
    }

    private static bool HasFingerprint(byte[] der, string? text) => text is null || Certificates.Thumbprint.TryParse(text)?.Is(der) != false;

    private static bool IsIdentity(DecodedCertificate certificate, string text) =>
        IsCalled(certificate, text) || SerialNumbers.TryParseWhole(text) == certificate.SerialNumber
        || (SerialNumbers.TryParsePrefix(text) is { } start && certificate.SerialNumber.StartsWith(start, StringComparison.Ordinal))
        || Certificates.Thumbprint.TryParse(text)?.Is(certificate.Der) == true;

    private static bool IsCalled(DecodedCertificate certificate, string text) =>
        certificate.Subject.CommonName is { } own && (IsSame(own, text) || IsSame(UnicodeText.Repair(own), text));

    private static bool IsSame(string? one, string other) => string.Equals(one?.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}
