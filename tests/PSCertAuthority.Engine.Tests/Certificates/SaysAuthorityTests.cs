using System;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Certificates;
using Xunit;

namespace PSCertAuthority.Tests.Certificates;

/// <summary>Whether a certificate is one of an authority, told without taking most of them apart.</summary>
public sealed class SaysAuthorityTests
{
    // What the object identifier of basicConstraints looks like, with "it is none" behind it.
    private static readonly byte[] Decoy = [6, 3, 0x55, 0x1D, 19, 4, 2, 0x30, 0];

    [Theory]
    [InlineData(null, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void It_is_what_basicConstraints_say(bool? authority, bool expected)
    {
        foreach (bool critical in (bool[])[false, true])
        {
            foreach (byte[] other in (byte[][])[[5, 0], Decoy, Decoy[..5]])
            {
                byte[] der = Make(authority, critical, other);
                Assert.Equal(expected, DecodedCertificate.SaysAuthority(der));
                Assert.Equal(expected, new DecodedCertificate(der).IsAuthority);
            }
        }
    }

    private static byte[] Make(bool? authority, bool critical, byte[] other)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=example.com", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509Extension("1.2.3.4", other, critical: false));
        if (authority is { } isAuthority)
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: isAuthority, 0, critical));
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1));
        return certificate.RawData;
    }
}
