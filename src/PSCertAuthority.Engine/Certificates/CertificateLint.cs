using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;

namespace PSCertAuthority.Certificates;

/// <summary>
/// The last look before signing. Whatever it finds is a fault of this program, not of the user; better no certificate than a wrong one.
/// </summary>
internal static class CertificateLint
{
    private const int MaximumSerialOctets = 20;

    /// <exception cref="CaIssuanceException"><c>LintFailed</c>.</exception>
    public static LintedCertificate Check(ToBeSignedCertificate certificate)
    {
        string[] findings = [.. FindingsOn(certificate.Structure)];
        return findings.Length == 0
            ? new LintedCertificate(certificate.Structure)
            : throw IssuanceErrors.LintFailed(findings);
    }

    private static IEnumerable<string> FindingsOn(TbsCertificateStructure tbs)
    {
        if (tbs.Version != 3)
            yield return $"the version is {tbs.Version}";
        if (tbs.SerialNumber.Value.SignValue <= 0 || tbs.SerialNumber.Value.ToByteArray().Length > MaximumSerialOctets)
            yield return "the serial number is not positive, or over 20 octets";
        if (tbs.StartDate.ToDateTime() >= tbs.EndDate.ToDateTime())
            yield return "it ends before it begins";
        if (tbs.Issuer.GetOidList().Count == 0)
            yield return "the issuer is empty";
        if (tbs.Extensions is null)
            yield return "there are no extensions";
        else
            foreach (string finding in FindingsOn(tbs, tbs.Extensions))
                yield return finding;
    }

    private static IEnumerable<string> FindingsOn(TbsCertificateStructure tbs, X509Extensions extensions)
    {
        foreach (DerObjectIdentifier required in (DerObjectIdentifier[])
            [X509Extensions.BasicConstraints, X509Extensions.SubjectKeyIdentifier, X509Extensions.AuthorityKeyIdentifier])
        {
            if (extensions.GetExtension(required) is null)
                yield return $"the extension {required.Id} is missing";
        }

        bool isAuthority = BasicConstraints.GetInstance(extensions.GetExtension(X509Extensions.BasicConstraints)?.GetParsedValue())?.IsCA() == true;
        bool signsCertificates = extensions.GetExtension(X509Extensions.KeyUsage) is { } usage
            && (KeyUsageBits(usage) & KeyUsage.KeyCertSign) != 0;
        if (isAuthority != signsCertificates)
            yield return "keyCertSign and basicConstraints contradict each other";

        bool emptySubject = tbs.Subject.GetOidList().Count == 0;
        X509Extension? alternativeName = extensions.GetExtension(X509Extensions.SubjectAlternativeName);
        if (emptySubject && alternativeName is not { IsCritical: true })
            yield return "the subject is empty, and there is no critical subjectAltName";
        if (alternativeName is not null && GeneralNames.GetInstance(alternativeName.GetParsedValue()).GetNames().Length == 0)
            yield return "the subjectAltName is empty";
        foreach (string finding in FindingsOnPolicies(extensions, isAuthority))
            yield return finding;
        foreach (DerObjectIdentifier oid in extensions.GetExtensionOids())
        {
            if (!IsWhole(extensions.GetExtension(oid)))
                yield return $"the extension {oid.Id} is not encoded in DER";
        }
    }

    /// <summary>RFC 5280, sections 4.2.1.4 and 4.2.1.10 to 4.2.1.14.</summary>
    private static IEnumerable<string> FindingsOnPolicies(X509Extensions extensions, bool isAuthority)
    {
        foreach (DerObjectIdentifier oid in (DerObjectIdentifier[])
            [X509Extensions.NameConstraints, X509Extensions.PolicyMappings, X509Extensions.PolicyConstraints, X509Extensions.InhibitAnyPolicy])
        {
            if (!isAuthority && extensions.GetExtension(oid) is not null)
                yield return $"the extension {oid.Id} is for authorities only";
        }

        foreach (DerObjectIdentifier oid in (DerObjectIdentifier[])[X509Extensions.PolicyConstraints, X509Extensions.InhibitAnyPolicy])
        {
            if (extensions.GetExtension(oid) is { IsCritical: false })
                yield return $"the extension {oid.Id} is not critical";
        }

        foreach (DerObjectIdentifier oid in (DerObjectIdentifier[])[X509Extensions.CertificatePolicies, X509Extensions.ExtendedKeyUsage])
        {
            if (extensions.GetExtension(oid) is { } list && Asn1Sequence.GetInstance(list.GetParsedValue()).Count == 0)
                yield return $"the extension {oid.Id} is empty";
        }
    }

    private static bool IsWhole(X509Extension extension)
    {
        byte[] value = extension.Value.GetOctets();
        return Asn1Object.FromByteArray(value).GetEncoded(Asn1Encodable.Der).SequenceEqual(value);
    }

    private static int KeyUsageBits(X509Extension usage) => DerBitString.GetInstance(usage.GetParsedValue()).IntValue;
}
