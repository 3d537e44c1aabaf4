using System;
using System.Collections.Generic;
using Org.BouncyCastle.Asn1.Pkcs;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Certificates;

/// <summary>The digests of signatures that prove nothing, or less than certificates need: those below 256 bits, and broken ones (SP 800-131A, section 9).</summary>
internal static class SignatureDigest
{
    private static readonly Dictionary<string, string> Weak = new(StringComparer.Ordinal)
    {
        // RFC 8017, appendix C, and the same by other names in the OSI Implementors' Workshop.
        ["1.2.840.113549.1.1.2"] = "MD2", ["1.2.840.113549.1.1.3"] = "MD4", ["1.2.840.113549.1.1.4"] = "MD5", ["1.2.840.113549.1.1.5"] = "SHA-1",
        ["1.2.840.113549.1.1.14"] = "SHA-224", ["1.2.840.113549.1.1.15"] = "SHA-512/224",
        ["1.3.14.3.2.2"] = "MD4", ["1.3.14.3.2.3"] = "MD5", ["1.3.14.3.2.4"] = "MD4", ["1.3.14.3.2.11"] = "SHA-1", ["1.3.14.3.2.12"] = "SHA", ["1.3.14.3.2.13"] = "SHA",
        ["1.3.14.3.2.14"] = "SHA", ["1.3.14.3.2.15"] = "SHA", ["1.3.14.3.2.24"] = "MD2", ["1.3.14.3.2.25"] = "MD5", ["1.3.14.3.2.27"] = "SHA-1", ["1.3.14.3.2.28"] = "SHA-1",
        ["1.3.14.3.2.29"] = "SHA-1", ["1.3.14.7.2.3.1"] = "MD2",

        // TeleTrusT: RSA and ECDSA with RIPEMD of 160, 128 and 256 bits.
        ["1.3.36.3.3.1.1"] = "SHA-1", ["1.3.36.3.3.1.2"] = "RIPEMD-160", ["1.3.36.3.3.1.3"] = "RIPEMD-128", ["1.3.36.3.3.1.4"] = "RIPEMD-256",
        ["1.3.36.3.3.2.1"] = "SHA-1", ["1.3.36.3.3.2.2"] = "RIPEMD-160",

        // DSA and ECDSA (RFC 3279, RFC 5758), with SHA-3 (FIPS 202), and in plain format (BSI TR-03111).
        ["1.2.840.10040.4.3"] = "SHA-1", ["2.16.840.1.101.3.4.3.1"] = "SHA-224",
        ["1.2.840.10045.4.1"] = "SHA-1", ["1.2.840.10045.4.3.1"] = "SHA-224",
        ["2.16.840.1.101.3.4.3.5"] = "SHA3-224", ["2.16.840.1.101.3.4.3.9"] = "SHA3-224", ["2.16.840.1.101.3.4.3.13"] = "SHA3-224",
        ["0.4.0.127.0.7.1.1.4.1.1"] = "SHA-1", ["0.4.0.127.0.7.1.1.4.1.2"] = "SHA-224", ["0.4.0.127.0.7.1.1.4.1.6"] = "RIPEMD-160",
    };

    private static readonly Dictionary<string, string> WeakDigests = new(StringComparer.Ordinal)
    {
        ["1.2.840.113549.2.2"] = "MD2", ["1.2.840.113549.2.4"] = "MD4", ["1.2.840.113549.2.5"] = "MD5", ["1.3.14.3.2.18"] = "SHA", ["1.3.14.3.2.26"] = "SHA-1",
        ["1.3.36.3.2.1"] = "RIPEMD-160", ["1.3.36.3.2.2"] = "RIPEMD-128", ["1.3.36.3.2.3"] = "RIPEMD-256",
        ["2.16.840.1.101.3.4.2.4"] = "SHA-224", ["2.16.840.1.101.3.4.2.5"] = "SHA-512/224", ["2.16.840.1.101.3.4.2.7"] = "SHA3-224",
    };

    /// <summary>The name of the weak digest of a signature; null where it is a strong one, or one that nobody here verifies.</summary>
    public static string? FindWeak(AlgorithmIdentifier algorithm)
    {
        if (Weak.TryGetValue(algorithm.Algorithm.Id, out string? name))
            return name;
        if (!algorithm.Algorithm.Equals(PkcsObjectIdentifiers.IdRsassaPss))
            return null;
        // RFC 4055, section 3.1: SHA-1 is what is meant where nothing is said.
        string digest = algorithm.Parameters is { } parameters ? RsassaPssParameters.GetInstance(parameters).HashAlgorithm.Algorithm.Id : RsassaPssParameters.DefaultHashAlgorithm.Algorithm.Id;
        return WeakDigests.TryGetValue(digest, out name) ? name : null;
    }
}
