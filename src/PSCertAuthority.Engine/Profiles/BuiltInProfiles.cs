using System;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography.X509Certificates;

namespace PSCertAuthority.Profiles;

/// <summary>The five profiles that every store begins with.</summary>
public static class BuiltInProfiles
{
    /// <summary>The profile that is used where none is named.</summary>
    public const string DefaultName = "webserver";

    /// <summary>The profile of the certificates that OCSP responders sign with.</summary>
    internal const string ResponderName = "ocsp";

    private const X509KeyUsageFlags ServerUsage =
        X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyAgreement | X509KeyUsageFlags.KeyEncipherment;

    /// <summary>All of them, in the order in which they are listed.</summary>
    public static IReadOnlyList<CertificateProfile> All { get; } =
    [
        new()
        {
            IsBuiltIn = true,
            Name = DefaultName,
            Description = "A web server.",
            KeyUsage = ServerUsage,
            ExtendedKeyUsage = ["serverAuth"],
        },
        new()
        {
            IsBuiltIn = true,
            Name = "server",
            Description = "A server that is a client of other servers too.",
            KeyUsage = ServerUsage,
            ExtendedKeyUsage = ["clientAuth", "serverAuth"],
        },
        new()
        {
            IsBuiltIn = true,
            Name = "client",
            Description = "A client that signs in with its certificate.",
            KeyUsage = X509KeyUsageFlags.DigitalSignature,
            ExtendedKeyUsage = ["clientAuth"],
        },
        new()
        {
            IsBuiltIn = true,
            Name = "enduser",
            Description = "A person: signs in, signs mail and code, decrypts.",
            KeyUsage = X509KeyUsageFlags.DataEncipherment | X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment,
            ExtendedKeyUsage = ["clientAuth", "emailProtection", "codeSigning"],
            CommonNameInSubjectAlternativeName = false,
        },
        new()
        {
            IsBuiltIn = true,
            Name = ResponderName,
            Description = "A delegated OCSP responder of the authority.",
            KeyUsage = X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment,
            ExtendedKeyUsage = ["OCSPSigning"],
            CommonNameInSubjectAlternativeName = false,
            OcspNoCheck = true,
        },
    ];

    /// <summary>The built-in profile of that name, whatever the case; null where there is none.</summary>
    public static CertificateProfile? Find(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.OrdinalIgnoreCase));
}
