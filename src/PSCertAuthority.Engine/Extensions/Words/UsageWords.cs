using System.Linq;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions.Words;

/// <summary>What a certificate may be used for, in words.</summary>
internal static class UsageWords
{
    // RFC 5280, section 4.2.1.3.
    private static readonly string[] KeyUsages =
    [
        "Digital Signature", "Non Repudiation", "Key Encipherment", "Data Encipherment", "Key Agreement", "Certificate Sign", "CRL Sign",
        "Encipher Only", "Decipher Only",
    ];

    private static readonly string[] NetscapeTypes =
        ["SSL Client", "SSL Server", "S/MIME", "Object Signing", "Reserved", "SSL CA", "S/MIME CA", "Object Signing CA"];

    public static string KeyUsage(Asn1Object value) => Values.Bits(value, KeyUsages);

    public static string NetscapeType(Asn1Object value) => Values.Bits(value, NetscapeTypes);

    public static string ExtendedKeyUsage(Asn1Object value) =>
        string.Join(", ", Values.Elements(value).Select(oid => ExtendedKeyUsageNames.Describe(DerObjectIdentifier.GetInstance(oid).Id)));

    public static string BasicConstraints(Asn1Object value)
    {
        var constraints = Org.BouncyCastle.Asn1.X509.BasicConstraints.GetInstance(value);
        string limit = constraints.PathLenConstraint is { } length ? $"path length {length}" : "no path length limit";
        return constraints.IsCA() ? $"Certificate Authority, {limit}"
            : constraints.PathLenConstraint is null ? "End Entity" : $"End Entity, {limit}";
    }

    /// <summary>RFC 7633; the numbers are those of TLS extensions.</summary>
    public static string TlsFeature(Asn1Object value) => string.Join(", ", Values.Elements(value).Select(e => DerInteger.GetInstance(e).Value.ToString() switch
    {
        "5" => "Must Staple (status_request)",
        "17" => "Must Staple, several (status_request_v2)",
        string number => $"feature {number}",
    }));

    /// <summary>RFC 3280, section 4.2.1.4.</summary>
    public static string PrivateKeyPeriod(Asn1Object value) => string.Join(" ", Values.Elements(value).Select(element =>
    {
        Asn1TaggedObject tagged = Asn1TaggedObject.GetInstance(element);
        return $"{(tagged.TagNo == 0 ? "from" : "until")} {Values.Time(Asn1GeneralizedTime.GetInstance(tagged, false))}";
    }));
}
