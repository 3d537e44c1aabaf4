using System;

namespace PSCertAuthority.Binding;

/// <summary>Tells text that is a certificate from text that names one.</summary>
internal static class PemText
{
    public static bool IsCertificate(string text) =>
        text.IndexOf("-----BEGIN CERTIFICATE-----", StringComparison.Ordinal) >= 0 || text.IndexOf("-----BEGIN X509 CERTIFICATE-----", StringComparison.Ordinal) >= 0
        || text.IndexOf("-----BEGIN TRUSTED CERTIFICATE-----", StringComparison.Ordinal) >= 0;
}
