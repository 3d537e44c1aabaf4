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
        string? store = TextOf(remains, nameof(CaCertificate.StorePath)), keyPath = TextOf(remains, nameof(CaCertificate.KeyPath)), thumbprint = TextOf(remains, nameof(CaCertificate.Thumbprint));
        if (BytesOf(remains, nameof(CaCertificate.RawData)) is { } content)
            return new CertificateIdentity(content, store, keyPath, TextOf(remains, nameof(CaCertificate.SerialNumber)));
        if (TextOf(remains, nameof(CaCertificate.SerialNumber)) is { } serialNumber)
            return FromRow(serialNumber, TextOf(remains, nameof(CaCertificate.Authority)) ?? TextOf(remains, nameof(CaCertificate.Issuer)), keyPath, store, remains);
        string? commonName = TextOf(remains, nameof(CaCertificate.CommonName))?.Trim();
        return (thumbprint ?? TextOf(remains, "Identity") ?? commonName) is not { } text ? null
            : new CertificateIdentity(text) { CommonName = commonName, Subject = TextOf(remains, nameof(CaCertificate.Subject)) };
    }

    private static CertificateIdentity FromRow(string serialNumber, string? authority, string? keyPath, string? store, PSObject row)
    {
        try
        {
            return new CertificateIdentity(serialNumber, authority, keyPath, store)
            {
                Thumbprint = TextOf(row, nameof(CaCertificate.Thumbprint)),
                CommonName = TextOf(row, nameof(CaCertificate.CommonName)),
                Subject = TextOf(row, nameof(CaCertificate.Subject)),
            };
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
