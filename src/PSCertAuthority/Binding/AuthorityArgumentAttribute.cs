using System;
using System.IO;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;

namespace PSCertAuthority.Binding;

/// <summary>
/// Lets everything name an authority that says which one it is: objects of this module and what is left of them, X509Certificate2, files, PEM text,
/// and rows of a table with a serial number or name.
/// </summary>
public sealed class AuthorityArgumentAttribute : DeserializedArgumentAttribute
{
    /// <inheritdoc/>
    protected override object? FromObject(object value) => value switch
    {
        CaAuthority authority => new AuthorityIdentity(authority),
        CaCertificate certificate => new AuthorityIdentity(certificate),
        X509Certificate2 certificate => new AuthorityIdentity(certificate),
        FileInfo file => new AuthorityIdentity(file),
        byte[] content => new AuthorityIdentity(content, storePath: null),
        string text when PemText.IsCertificate(text) => new AuthorityIdentity(Encoding.UTF8.GetBytes(text), storePath: null),
        _ => null,
    };

    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains) => Read(remains);

    internal static AuthorityIdentity? Read(PSObject remains)
    {
        CertificateRow row = RowOf(remains);
        string? store = TextOf(remains, nameof(CaAuthority.StorePath)), name = TextOf(remains, nameof(CaAuthority.Name));
        if (BytesOf(remains, nameof(CaAuthority.RawData)) is { Length: > 0 } content)
            return new AuthorityIdentity(content, store, TextOf(remains, nameof(CaAuthority.SerialNumber))) { Row = row, Name = Was(remains, typeof(CaAuthority)) ? null : name };
        if (TextOf(remains, nameof(CaAuthority.SerialNumber)) is { Length: > 0 } serialNumber)
            return FromSerialNumber(serialNumber, name ?? serialNumber, store, row);
        if ((name ?? row.Fingerprint ?? row.Identity ?? row.CommonName) is not { } text)
            return null;
        // A name or an identity alone is what would be typed.
        bool isTyped = row == new CertificateRow() || row == new CertificateRow { Identity = text };
        return new AuthorityIdentity(text) { Row = isTyped ? null : row, StorePath = store };
    }

    private static AuthorityIdentity FromSerialNumber(string serialNumber, string name, string? store, CertificateRow row)
    {
        try
        {
            return new AuthorityIdentity(serialNumber, name, store) { Row = row };
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
