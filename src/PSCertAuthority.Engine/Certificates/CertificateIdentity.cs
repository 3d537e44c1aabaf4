using System;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Certificates;

/// <summary>
/// Names a certificate: by the object itself, by its exact common name, or by the start of its serial number.
/// </summary>
public sealed class CertificateIdentity
{
    /// <summary>Names a certificate by exact common name, or the start of its serial number with or without colons.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public CertificateIdentity(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new ArgumentException("A certificate is named by its common name or the start of its serial number, not by an empty text.", nameof(text));
        Text = text.Trim();
    }

    /// <summary>Names this very certificate.</summary>
    public CertificateIdentity(CaCertificate certificate)
    {
        if (certificate is null)
            throw new ArgumentNullException(nameof(certificate));
        Text = certificate.SerialNumber;
        KeyPath = certificate.KeyPath;
        Certificate = certificate;
        Exact = (certificate.AuthorityId, certificate.StoredSerialNumber);
    }

    /// <summary>Names a certificate by what is left of its object after Export-Clixml, a job or remoting.</summary>
    /// <param name="serialNumber">The whole serial number.</param>
    /// <param name="authority">The name of its authority, which settles what several authorities use.</param>
    /// <param name="keyPath">Where the object knew its private key to be; null for nowhere.</param>
    /// <exception cref="ArgumentException">The serial number is none.</exception>
    public CertificateIdentity(string serialNumber, string authority, string? keyPath)
        : this(serialNumber)
    {
        Whole = SerialNumbers.TryParsePrefix(serialNumber) ?? throw new ArgumentException($"'{serialNumber}' is no serial number.", nameof(serialNumber));
        Authority = authority ?? throw new ArgumentNullException(nameof(authority));
        KeyPath = keyPath;
    }

    /// <summary>Names a certificate of the store by one that the platform read from somewhere.</summary>
    public CertificateIdentity(X509Certificate2 certificate) =>
        Text = (certificate ?? throw new ArgumentNullException(nameof(certificate))).SerialNumber;

    /// <summary>Names the certificate that somebody watches.</summary>
    public CertificateIdentity(CaWatcher watcher)
        : this((watcher ?? throw new ArgumentNullException(nameof(watcher))).Certificate)
    {
    }

    /// <summary>What was typed, or the serial number.</summary>
    public string Text { get; }

    /// <summary>The object by which it was named, as it was when it was read; null where it was named by text.</summary>
    public CaCertificate? Certificate { get; }

    /// <summary>Where the object knew its private key to be. The store does not.</summary>
    internal string? KeyPath { get; }

    internal (int AuthorityId, string SerialNumber)? Exact { get; }

    /// <summary>The whole serial number, as the store has it, where the text is nothing else.</summary>
    internal string? Whole { get; }

    /// <summary>The name that the authority had.</summary>
    internal string? Authority { get; }

    /// <summary>Names a certificate by text.</summary>
    public static implicit operator CertificateIdentity(string text) => new(text);

    /// <summary>Names this very certificate.</summary>
    public static implicit operator CertificateIdentity(CaCertificate certificate) => new(certificate);

    /// <summary>What was typed, or the serial number.</summary>
    public override string ToString() => Text;
}
