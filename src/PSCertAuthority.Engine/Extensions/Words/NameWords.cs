using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Names;
using GeneralName = PSCertAuthority.Names.GeneralName;
using NameConstraints = PSCertAuthority.Names.NameConstraints;

namespace PSCertAuthority.Extensions.Words;

/// <summary>Extensions that hold general names, in words.</summary>
internal static class NameWords
{
    // RFC 5280, section 4.2.1.13.
    private static readonly string[] Reasons =
    [
        "Unused", "Key Compromise", "CA Compromise", "Affiliation Changed", "Superseded", "Cessation Of Operation", "Certificate Hold",
        "Privilege Withdrawn", "AA Compromise",
    ];

    private static readonly Dictionary<string, string> Methods = new()
    {
        ["1.3.6.1.5.5.7.48.1"] = "OCSP",
        ["1.3.6.1.5.5.7.48.2"] = "CA Issuers",
        ["1.3.6.1.5.5.7.48.3"] = "Time Stamping",
        ["1.3.6.1.5.5.7.48.5"] = "CA Repository",
        ["1.3.6.1.5.5.7.48.10"] = "RPKI Manifest",
        ["1.3.6.1.5.5.7.48.11"] = "Signed Object",
        ["1.3.6.1.5.5.7.48.13"] = "RPKI Notify",
    };

    public static string Names(Asn1Object value) => Join(GeneralNames.GetInstance(value));

    /// <summary>Minimum and maximum are left out: RFC 5280, section 4.2.1.10 wants 0 and none.</summary>
    public static string Constraints(Asn1Object value) =>
        NameConstraints.FromAsn1(Org.BouncyCastle.Asn1.X509.NameConstraints.GetInstance(value)).ToString();

    public static string AuthorityKey(Asn1Object value)
    {
        AuthorityKeyIdentifier key = AuthorityKeyIdentifier.GetInstance(value);
        var parts = new List<string>();
        if (key.KeyIdentifier is { } identifier)
            parts.Add(Values.ToHex(identifier.GetOctets()));
        if (key.AuthorityCertIssuer is { } issuer)
            parts.Add($"issuer {Join(issuer)}");
        if (key.AuthorityCertSerialNumber is { } serial)
            parts.Add($"serial {Values.ToHex(serial.ToByteArray())}");
        return string.Join(", ", parts);
    }

    public static string Access(Asn1Object value) => string.Join(", ", Values.Elements(value).Select(element =>
    {
        AccessDescription access = AccessDescription.GetInstance(element);
        string oid = access.AccessMethod.Id;
        return $"{(Methods.TryGetValue(oid, out string? name) ? name : oid)} {GeneralName.FromAsn1(access.AccessLocation)}";
    }));

    public static string DistributionPoints(Asn1Object value) =>
        string.Join(", ", CrlDistPoint.GetInstance(value).GetDistributionPoints().Select(Point));

    private static string Point(DistributionPoint point)
    {
        var parts = new List<string>();
        if (point.DistributionPointName is { } name)
            parts.Add(name.Type == DistributionPointName.FullName ? Join(GeneralNames.GetInstance(name.Name)) : $"relative {Relative(name.Name)}");
        if (point.Reasons is { } reasons)
            parts.Add($"(reasons: {Values.Bits(reasons, Reasons)})");
        if (point.CrlIssuer is { } issuer)
            parts.Add($"(CRL issuer: {Join(issuer)})");
        return string.Join(" ", parts);
    }

    private static string Relative(Asn1Encodable name) =>
        DistinguishedName.FromX509Name(X509Name.GetInstance(new DerSequence(Asn1Set.GetInstance(name.ToAsn1Object())))).ToString();

    private static string Join(GeneralNames names) => string.Join(", ", names.GetNames().Select(name => GeneralName.FromAsn1(name).ToString()));
}
