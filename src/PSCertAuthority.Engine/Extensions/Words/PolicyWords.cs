using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions.Words;

/// <summary>Certificate policies and what constrains them, in words.</summary>
internal static class PolicyWords
{
    /// <summary>RFC 5280, section 4.2.1.4.</summary>
    public static string Policies(Asn1Object value) => string.Join("; ", Values.Elements(value).Select(Policy));

    /// <summary>RFC 5280, section 4.2.1.5.</summary>
    public static string Mappings(Asn1Object value) => string.Join(", ", Values.Elements(value).Select(mapping =>
    {
        Asn1Sequence pair = Asn1Sequence.GetInstance(mapping);
        return $"{PolicyName(pair[0])} is {PolicyName(pair[1])}";
    }));

    /// <summary>RFC 5280, section 4.2.1.11.</summary>
    public static string Constraints(Asn1Object value) => string.Join(", ", Values.Elements(value).Select(element =>
    {
        Asn1TaggedObject tagged = Asn1TaggedObject.GetInstance(element);
        string skip = DerInteger.GetInstance(tagged, false).Value.ToString();
        return tagged.TagNo == 0 ? $"explicit policy required after {skip} certificates" : $"policy mapping inhibited after {skip} certificates";
    }));

    /// <summary>RFC 5280, section 4.2.1.14.</summary>
    public static string InhibitAny(Asn1Object value) => $"Any Policy inhibited after {DerInteger.GetInstance(value).Value} certificates";

    private static string Policy(Asn1Encodable element)
    {
        Asn1Sequence policy = Asn1Sequence.GetInstance(element);
        IEnumerable<string> qualifiers = policy.Count > 1 ? Values.Elements(policy[1]).Select(Qualifier) : [];
        return string.Join(", ", new[] { PolicyName(policy[0]) }.Concat(qualifiers));
    }

    private static string PolicyName(Asn1Encodable oid)
    {
        string dotted = DerObjectIdentifier.GetInstance(oid).Id;
        return CertificatePolicyNames.Find(dotted)?.Description is { } words ? $"{words} ({dotted})" : ExtendedKeyUsageNames.Describe(dotted);
    }

    private static string Qualifier(Asn1Encodable element)
    {
        Asn1Sequence qualifier = Asn1Sequence.GetInstance(element);
        string oid = DerObjectIdentifier.GetInstance(qualifier[0]).Id;
        return oid switch
        {
            CertificatePolicy.CpsQualifier => $"CPS {Values.Any(qualifier[1])}",
            CertificatePolicy.NoticeQualifier => Notice(qualifier[1]),
            _ => $"{oid} {Values.Any(qualifier[1])}",
        };
    }

    private static string Notice(Asn1Encodable notice) => string.Join(", ", Values.Elements(notice).Select(part =>
    {
        if (part.ToAsn1Object() is not Asn1Sequence reference)
            return $"notice '{Values.Any(part)}'";
        return $"notice {string.Join(" ", Values.Elements(reference[1]).Select(Values.Any))} of '{Values.Any(reference[0])}'";
    }));
}
