using System;
using System.IO;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Binding;

/// <summary>
/// Lets everything name a certificate that says which one it is: objects of this module and what is left of them, X509Certificate2, files, PEM text,
/// and rows of a table with a serial number, thumbprint, identity or common name.
/// </summary>
public sealed class CertificateArgumentAttribute : DeserializedArgumentAttribute
{
    /// <inheritdoc/>
    protected override object? FromObject(object value) => value switch
    {
        CaCertificate certificate => new CertificateIdentity(certificate),
        CaAuthority authority => new CertificateIdentity(new AuthorityIdentity(authority)),
        AuthorityIdentity authority => new CertificateIdentity(authority),
        CaWatcher watcher => new CertificateIdentity(watcher),
        ExpiringCertificate certificate => new CertificateIdentity(certificate),
        X509Certificate2 certificate => new CertificateIdentity(certificate),
        FileInfo file => new CertificateIdentity(file),
        byte[] content => new CertificateIdentity(content, storePath: null, keyPath: null),
        string text when PemText.IsCertificate(text) => new CertificateIdentity(Encoding.UTF8.GetBytes(text), storePath: null, keyPath: null),
        _ => null,
    };

    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains)
    {
        if (Was(remains, typeof(CaAuthority)))
            return AuthorityArgumentAttribute.Read(remains) is { } authority ? new CertificateIdentity(authority) : null;
        CertificateRow row = RowOf(remains);
        string? store = TextOf(remains, nameof(CaCertificate.StorePath)), keyPath = TextOf(remains, nameof(CaCertificate.KeyPath)), authorityName = TextOf(remains, nameof(CaCertificate.Authority));
        // What is left of an object was one thing: its authority may have been renamed since.
        if (BytesOf(remains, nameof(CaCertificate.RawData)) is { } content)
            return new CertificateIdentity(content, store, keyPath, TextOf(remains, nameof(CaCertificate.SerialNumber))) { Row = row, Authority = Was(remains, typeof(CaCertificate)) ? null : authorityName };
        if (TextOf(remains, nameof(CaCertificate.SerialNumber)) is { } serialNumber)
            return FromSerialNumber(serialNumber, authorityName ?? row.Issuer, keyPath, store, row);
        if ((row.Fingerprint ?? row.Identity ?? row.CommonName) is not { } text)
            return null;
        // An identity alone is what would be typed.
        bool isTyped = row == new CertificateRow { Identity = text };
        return new CertificateIdentity(text) { Row = isTyped ? null : row, Authority = authorityName ?? row.Issuer, StorePath = store };
    }

    private static CertificateIdentity FromSerialNumber(string serialNumber, string? authority, string? keyPath, string? store, CertificateRow row)
    {
        try
        {
            return new CertificateIdentity(serialNumber, authority, keyPath, store) { Row = row };
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
