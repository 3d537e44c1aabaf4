using System;
using System.IO;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PSCertAuthority.Authorities;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;

namespace PSCertAuthority.Soak;

/// <summary>Where things are in the folder of a soak: what is on the disk that gets full is under <c>disk</c>.</summary>
internal static class SoakFolder
{
    public static string Store(string folder) => Path.Combine(folder, "disk", "ca.db");

    public static string Acts(string folder) => Path.Combine(folder, "acts");

    public static string Request(string folder) => Path.Combine(folder, "request.csr");

    /// <summary>Makes the authorities and what the workers need.</summary>
    public static void Prepare(string folder)
    {
        Directory.CreateDirectory(Acts(folder));
        Directory.CreateDirectory(Path.Combine(folder, "disk", "keys"));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(Request(folder), new CertificateRequest("CN=soak", key, HashAlgorithmName.SHA256).CreateSigningRequestPem());
        // Long before and after, for the clock is set back and forward.
        var engine = new CaEngine(Store(folder), clock: new ShiftedClock { Shift = TimeSpan.FromDays(-30) });
        engine.Authorities.Create(new AuthorityRequest { Name = "Issuing", Subject = DistinguishedName.Parse("/CN=Issuing"), Key = KeySpecification.Create(KeyType.EC) });
    }
}
