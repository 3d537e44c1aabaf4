using System;
using System.IO;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Certificates;
using PSCertAuthority.Storage;

namespace PSCertAuthority.Authorities;

/// <summary>
/// Names an authority: by the object itself or one of its certificates, by its name or exact common name, or by its serial number or the start of it.
/// </summary>
/// <remarks>An object or certificate names exactly the authority whose present or former certificate it is, in the store that it came from.</remarks>
public sealed class AuthorityIdentity
{
    private readonly Lazy<ExactCertificate>? _exact;

    /// <summary>Names an authority by name, exact common name, thumbprint, or the start of its serial number with or without colons.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public AuthorityIdentity(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new ArgumentException("An authority is named by its name, common name or the start of its serial number, not by an empty text.");
        Text = text.Trim();
    }

    /// <summary>Names this very authority.</summary>
    public AuthorityIdentity(CaAuthority authority)
    {
        if (authority is null)
            throw new ArgumentNullException(nameof(authority));
        Text = authority.Name;
        StorePath = authority.StorePath;
        // One that awaits its certificate has nothing but its name, which is unique in its store.
        _exact = authority.Status == AuthorityStatus.Pending ? null : Known(authority.Exact);
    }

    /// <summary>Names the authority of which this is the present or a former certificate.</summary>
    public AuthorityIdentity(X509Certificate2 certificate)
        : this(ReadRawData(certificate), storePath: null)
    {
    }

    /// <summary>Names the authority of which this is the present or a former certificate.</summary>
    public AuthorityIdentity(CaCertificate certificate)
    {
        if (certificate is null)
            throw new ArgumentNullException(nameof(certificate));
        Text = certificate.SerialNumber;
        StorePath = certificate.StorePath;
        _exact = Known(certificate.Exact);
    }

    /// <summary>Names the authority whose present or former certificate is in a file. The file is read when the authority is looked for.</summary>
    public AuthorityIdentity(FileInfo file)
    {
        Text = (file ?? throw new ArgumentNullException(nameof(file))).FullName;
        _exact = new Lazy<ExactCertificate>(() => ExactCertificate.ReadFile(file.FullName));
    }

    /// <summary>Names the authority of which this is the present or a former certificate.</summary>
    /// <param name="certificate">The certificate as PEM or DER. It is decoded when the authority is looked for.</param>
    /// <param name="storePath">The store that it came from; null where that is not known.</param>
    /// <param name="serialNumber">The serial number that it must have; null where that is not known.</param>
    public AuthorityIdentity(byte[] certificate, string? storePath, string? serialNumber = null)
    {
        byte[] content = certificate ?? throw new ArgumentNullException(nameof(certificate));
        _exact = new Lazy<ExactCertificate>(() => ExactCertificate.Read(content));
        Text = ExactCertificate.Describe(_exact);
        StorePath = storePath;
        SerialNumber = serialNumber is null ? null : SerialNumbers.TryParseWhole(serialNumber) ?? serialNumber;
    }

    /// <summary>Names an authority by a row of a table.</summary>
    /// <param name="serialNumber">The whole serial number of its present or a former certificate.</param>
    /// <param name="name">Its name or common name, which it must have; or the serial number again.</param>
    /// <param name="storePath">The store that it came from; null where that is not known.</param>
    /// <exception cref="ArgumentException">The serial number is not valid.</exception>
    public AuthorityIdentity(string serialNumber, string name, string? storePath = null)
        : this(name)
    {
        SerialNumber = SerialNumbers.TryParseWhole(serialNumber ?? throw new ArgumentNullException(nameof(serialNumber)))
            ?? throw new ArgumentException($"'{serialNumber}' is not a serial number.");
        StorePath = storePath;
    }

    internal AuthorityIdentity(AuthorityRecord record) => (Text, _exact) = (record.Name, Known(new ExactCertificate(record.Certificate, record.SerialNumber)));

    /// <summary>What was typed, or the authority's name.</summary>
    public string Text { get; }

    /// <summary>What else the row of a table says of its certificate, which it must be; null where it was named otherwise.</summary>
    public CertificateRow? Row { get; init; }

    /// <summary>The name that a row with the certificate gives it. It may have another one by now, but no other authority may have this one. Null where it does not matter.</summary>
    public string? Name { get; init; }

    /// <summary>The store of the object by which it was named; null where it was named by text or a certificate from elsewhere.</summary>
    public string? StorePath { get; init; }

    /// <summary>The certificate by which it was named; goes before everything else.</summary>
    /// <exception cref="CaCertificateException"><c>CertificateUnreadable</c>.</exception>
    internal ExactCertificate? Exact => _exact?.Value;

    /// <summary>The whole serial number, as the store has it; goes before the text, and must be that of a certificate by which it was named.</summary>
    internal string? SerialNumber { get; }

    /// <summary>The text, where it may mean several by wildcards.</summary>
    internal string? Pattern => _exact is null && SerialNumber is null && Row is null && Wildcard.IsIn(Text) ? Text : null;

    /// <summary>The same for identities that name the same authority, and only for these.</summary>
    internal object Key => (Text, SerialNumber, Exact, Row, Name);

    /// <summary>Names an authority by text.</summary>
    public static implicit operator AuthorityIdentity(string text) => new(text);

    /// <summary>Names this very authority.</summary>
    public static implicit operator AuthorityIdentity(CaAuthority authority) => new(authority);

    /// <summary>What was typed, or the authority's name.</summary>
    public override string ToString() => Text;

    private static Lazy<ExactCertificate> Known(ExactCertificate certificate) => new(() => certificate);

    private static byte[] ReadRawData(X509Certificate2 certificate) => (certificate ?? throw new ArgumentNullException(nameof(certificate))).RawData;
}
