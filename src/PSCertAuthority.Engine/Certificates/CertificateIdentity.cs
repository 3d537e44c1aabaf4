using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Certificates;

/// <summary>
/// Names a certificate: by the object itself, by its exact common name, by its serial number or the start of it, or by its thumbprint.
/// </summary>
/// <remarks>An object or encoded certificate names exactly the certificate of that encoding, in the store that it came from.</remarks>
public sealed class CertificateIdentity
{
    private readonly Lazy<ExactCertificate>? _exact;

    /// <summary>Names a certificate by exact common name, thumbprint, or the start of its serial number with or without colons.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public CertificateIdentity(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new ArgumentException("A certificate is named by its common name or the start of its serial number, not by an empty text.");
        Text = text.Trim();
    }

    /// <summary>Names this very certificate.</summary>
    public CertificateIdentity(CaCertificate certificate)
    {
        if (certificate is null)
            throw new ArgumentNullException(nameof(certificate));
        Text = certificate.SerialNumber;
        KeyPath = certificate.KeyPath;
        StorePath = certificate.StorePath;
        Certificate = certificate;
        _exact = new Lazy<ExactCertificate>(() => certificate.Exact);
    }

    /// <summary>Names a certificate by a row of a table.</summary>
    /// <param name="serialNumber">The whole serial number.</param>
    /// <param name="authority">The name of its authority, or its issuer's distinguished name; null where there is none.</param>
    /// <param name="keyPath">Where the object knew its private key to be; null for nowhere.</param>
    /// <param name="storePath">The store that it came from; null where that is not known.</param>
    /// <exception cref="ArgumentException">The serial number is not valid.</exception>
    public CertificateIdentity(string serialNumber, string? authority, string? keyPath, string? storePath = null)
        : this(serialNumber)
    {
        Whole = SerialNumbers.TryParseWhole(serialNumber) ?? throw new ArgumentException($"'{serialNumber}' is not a serial number.");
        Authority = authority;
        KeyPath = keyPath;
        StorePath = storePath;
    }

    /// <summary>Names the certificate of the store that has this encoding.</summary>
    /// <param name="certificate">The certificate as PEM or DER. It is decoded when it is looked for.</param>
    /// <param name="storePath">The store that it came from; null where that is not known.</param>
    /// <param name="keyPath">Where its private key is; null for nowhere.</param>
    /// <param name="serialNumber">The serial number that it must have; null where that is not known.</param>
    public CertificateIdentity(byte[] certificate, string? storePath, string? keyPath, string? serialNumber = null)
    {
        byte[] content = certificate ?? throw new ArgumentNullException(nameof(certificate));
        _exact = new Lazy<ExactCertificate>(() => ExactCertificate.Read(content));
        Text = ExactCertificate.Describe(_exact);
        Whole = serialNumber is null ? null : SerialNumbers.TryParseWhole(serialNumber) ?? serialNumber;
        StorePath = storePath;
        KeyPath = keyPath;
    }

    /// <summary>Names a certificate of the store by one that the platform read from somewhere: the same one, never one that is called alike.</summary>
    public CertificateIdentity(X509Certificate2 certificate)
        : this((certificate ?? throw new ArgumentNullException(nameof(certificate))).RawData, storePath: null, keyPath: null)
    {
    }

    /// <summary>Names the certificate of the store that is in a file. The file is read when the certificate is looked for.</summary>
    public CertificateIdentity(FileInfo file)
    {
        Text = (file ?? throw new ArgumentNullException(nameof(file))).FullName;
        _exact = new Lazy<ExactCertificate>(() => ExactCertificate.ReadFile(file.FullName));
    }

    /// <summary>Names an authority's own certificate, for those who mean the authority by it.</summary>
    public CertificateIdentity(AuthorityIdentity authority)
    {
        OfAuthority = authority ?? throw new ArgumentNullException(nameof(authority));
        Text = authority.Text;
        StorePath = authority.StorePath;
        Whole = authority.SerialNumber;
        Row = authority.Row;
        if (authority.Exact is { } exact)
            _exact = new Lazy<ExactCertificate>(() => exact);
    }

    /// <summary>Names the certificate that somebody watches.</summary>
    public CertificateIdentity(CaWatcher watcher)
        : this((watcher ?? throw new ArgumentNullException(nameof(watcher))).Certificate)
    {
    }

    /// <summary>Names the certificate that a watcher is told of.</summary>
    public CertificateIdentity(ExpiringCertificate certificate)
        : this((certificate ?? throw new ArgumentNullException(nameof(certificate))).Certificate)
    {
    }

    /// <summary>What was typed, or the serial number.</summary>
    public string Text { get; }

    /// <summary>The object by which it was named, as it was when it was read; null where it was named by text.</summary>
    public CaCertificate? Certificate { get; }

    /// <summary>The authority that was given in the place of a certificate; null for certificates.</summary>
    public AuthorityIdentity? OfAuthority { get; }

    /// <summary>What else the row of a table says of it, which it must be; null where it was named otherwise.</summary>
    public CertificateRow? Row { get; init; }

    /// <summary>The store of the object by which it was named; null where it was named by text or a certificate from elsewhere.</summary>
    public string? StorePath { get; init; }

    /// <summary>Where the object knew its private key to be. The store does not.</summary>
    internal string? KeyPath { get; }

    /// <summary>The certificate by which it was named; goes before everything else.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c>.</exception>
    internal ExactCertificate? Exact => _exact?.Value;

    /// <summary>The whole serial number, as the store has it, where the text is nothing else; it must be that of a certificate by which it was named.</summary>
    internal string? Whole { get; }

    /// <summary>The name that the authority has, or the distinguished name of the issuer; null where it does not matter.</summary>
    public string? Authority { get; init; }

    /// <summary>The text, where it may mean several by wildcards.</summary>
    internal string? Pattern => _exact is null && Whole is null && Row is null && Wildcard.IsIn(Text) ? Text : null;

    /// <summary>Names a certificate by text.</summary>
    public static implicit operator CertificateIdentity(string text) => new(text);

    /// <summary>Names this very certificate.</summary>
    public static implicit operator CertificateIdentity(CaCertificate certificate) => new(certificate);

    /// <summary>The certificate as DER, where it was named by an object, a file or its encoding; else null.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c>.</exception>
    public byte[]? ToDer() => (byte[]?)Exact?.Der.Clone();

    /// <summary>What was typed, or the serial number.</summary>
    public override string ToString() => Text;
}
