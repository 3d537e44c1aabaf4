using System.Linq;
using System.Text;
using Org.BouncyCastle.Asn1;

namespace PSCertAuthority.Extensions.Words;

/// <summary>The extensions of Active Directory Certificate Services (MS-WCCE, section 2.2.2.7) in words.</summary>
internal static class MicrosoftWords
{
    private const string SecurityIdentifier = "1.3.6.1.4.1.311.25.2.1";

    /// <summary>szOID_CERTIFICATE_TEMPLATE: the OID, and the major and minor version where they are there.</summary>
    public static string Template(Asn1Object value)
    {
        Asn1Sequence template = Asn1Sequence.GetInstance(value);
        string version = string.Join(".", template.Skip(1).Select(number => DerInteger.GetInstance(number).Value.ToString()));
        return $"{DerObjectIdentifier.GetInstance(template[0]).Id}{(version.Length > 0 ? ", version " : string.Empty)}{version}";
    }

    /// <summary>szOID_CERTSRV_CA_VERSION: the index of the certificate in the low half, that of the key in the high.</summary>
    public static string AuthorityVersion(Asn1Object value)
    {
        int version = DerInteger.GetInstance(value).IntValueExact;
        return $"V{version & 0xffff}.{version >> 16 & 0xffff}";
    }

    /// <summary>szOID_NTDS_CA_SECURITY_EXT: the SID of the account, as octets of its text in an otherName.</summary>
    public static string Security(Asn1Object value) => string.Join(", ", Values.Elements(value).Select(name =>
    {
        Asn1Sequence other = Asn1Sequence.GetInstance(Asn1TaggedObject.GetInstance(name), false);
        string oid = DerObjectIdentifier.GetInstance(other[0]).Id;
        Asn1Object content = Asn1TaggedObject.GetInstance(other[1]).GetExplicitBaseObject().ToAsn1Object();
        return oid == SecurityIdentifier && content is Asn1OctetString octets
            ? $"SID {Encoding.ASCII.GetString(octets.GetOctets())}"
            : $"{oid} {Values.Any(content)}";
    }));
}
