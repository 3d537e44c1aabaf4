using System.Security.Cryptography.X509Certificates;

namespace PSCertAuthority.Certificates;

/// <summary>Our certificates as the platform's.</summary>
internal static class PlatformCertificate
{
    public static X509Certificate2 Load(byte[] der) =>
#if NET9_0_OR_GREATER
        X509CertificateLoader.LoadCertificate(der);
#else
        new(der);
#endif
}
