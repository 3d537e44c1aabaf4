using System.Management.Automation;
using PSCertAuthority.Certificates;
using PSCertAuthority.Notifications;

namespace PSCertAuthority.Binding;

/// <summary>Lets a deserialized certificate, or that of a deserialized watcher or notice, name the certificate of the store again.</summary>
public sealed class CertificateArgumentAttribute : DeserializedArgumentAttribute
{
    /// <inheritdoc/>
    protected override object? FromRemains(PSObject remains)
    {
        bool fits = Was(remains, typeof(CaCertificate)) || Was(remains, typeof(CaWatcher)) || Was(remains, typeof(ExpiringCertificate));
        if (!fits || TextOf(remains, nameof(CaCertificate.SerialNumber)) is not { } serialNumber)
            return null;
        return TextOf(remains, nameof(CaCertificate.Authority)) is { } authority
            ? new CertificateIdentity(serialNumber, authority, TextOf(remains, nameof(CaCertificate.KeyPath)))
            : new CertificateIdentity(serialNumber);
    }
}
