using System;
using System.Collections.Generic;
using System.Linq;
using Org.BouncyCastle.Asn1;
using PSCertAuthority.Encodings;
using PSCertAuthority.Extensions.Words;

namespace PSCertAuthority.Extensions;

/// <summary>The extensions that are known by name, and how each is put into words.</summary>
internal sealed record KnownExtensions(string Oid, string Name, Func<Asn1Object, string> Words)
{
    private static readonly Dictionary<string, KnownExtensions> ByOid = new KnownExtensions[]
    {
        new(ExtensionOids.SubjectDirectoryAttributes, "Subject Directory Attributes", PersonWords.DirectoryAttributes),
        new(ExtensionOids.SubjectKeyIdentifier, "Subject Key Identifier", Values.Hex),
        new(ExtensionOids.KeyUsage, "Key Usage", UsageWords.KeyUsage),
        new(ExtensionOids.PrivateKeyUsagePeriod, "Private Key Usage Period", UsageWords.PrivateKeyPeriod),
        new(ExtensionOids.SubjectAlternativeName, "Subject Alternative Name", NameWords.Names),
        new(ExtensionOids.IssuerAlternativeName, "Issuer Alternative Name", NameWords.Names),
        new(ExtensionOids.BasicConstraints, "Basic Constraints", UsageWords.BasicConstraints),
        new(ExtensionOids.NameConstraints, "Name Constraints", NameWords.Constraints),
        new(ExtensionOids.CrlDistributionPoints, "CRL Distribution Points", NameWords.DistributionPoints),
        new(ExtensionOids.CertificatePolicies, "Certificate Policies", PolicyWords.Policies),
        new(ExtensionOids.PolicyMappings, "Policy Mappings", PolicyWords.Mappings),
        new(ExtensionOids.AuthorityKeyIdentifier, "Authority Key Identifier", NameWords.AuthorityKey),
        new(ExtensionOids.PolicyConstraints, "Policy Constraints", PolicyWords.Constraints),
        new(ExtensionOids.ExtendedKeyUsage, "Extended Key Usage", UsageWords.ExtendedKeyUsage),
        new(ExtensionOids.FreshestCrl, "Freshest CRL", NameWords.DistributionPoints),
        new(ExtensionOids.InhibitAnyPolicy, "Inhibit Any Policy", PolicyWords.InhibitAny),
        new(ExtensionOids.AuthorityInformationAccess, "Authority Information Access", NameWords.Access),
        new(ExtensionOids.SubjectInformationAccess, "Subject Information Access", NameWords.Access),
        new(ExtensionOids.QualifiedStatements, "Qualified Certificate Statements", PersonWords.QualifiedStatements),
        new(ExtensionOids.TlsFeature, "TLS Feature", UsageWords.TlsFeature),
        new(ExtensionOids.OcspNoCheck, "OCSP No Check", Values.Nothing),
        new(ExtensionOids.SignedCertificateTimestamps, "Signed Certificate Timestamps", TransparencyWords.Timestamps),
        new(ExtensionOids.PrecertificatePoison, "Precertificate Poison", Values.Nothing),
        new(ExtensionOids.MicrosoftTemplateName, "Certificate Template Name", Values.Text),
        new(ExtensionOids.MicrosoftTemplate, "Certificate Template", MicrosoftWords.Template),
        new(ExtensionOids.MicrosoftAuthorityVersion, "CA Version", MicrosoftWords.AuthorityVersion),
        new(ExtensionOids.MicrosoftPreviousHash, "Previous CA Certificate Hash", Values.Hex),
        new(ExtensionOids.MicrosoftApplicationPolicies, "Application Policies", PolicyWords.Policies),
        new(ExtensionOids.MicrosoftSecurity, "Security Identifier", MicrosoftWords.Security),
        new(ExtensionOids.NetscapeCertificateType, "Netscape Certificate Type", UsageWords.NetscapeType),
        new("2.16.840.1.113730.1.2", "Netscape Base URL", Values.Text),
        new("2.16.840.1.113730.1.3", "Netscape Revocation URL", Values.Text),
        new("2.16.840.1.113730.1.4", "Netscape CA Revocation URL", Values.Text),
        new("2.16.840.1.113730.1.7", "Netscape Renewal URL", Values.Text),
        new("2.16.840.1.113730.1.8", "Netscape CA Policy URL", Values.Text),
        new("2.16.840.1.113730.1.12", "Netscape SSL Server Name", Values.Text),
        new("2.16.840.1.113730.1.13", "Netscape Comment", Values.Text),
    }.ToDictionary(known => known.Oid);

    public static IEnumerable<KnownExtensions> All => ByOid.Values;

    public static KnownExtensions? Find(string oid) => ByOid.TryGetValue(oid, out KnownExtensions? known) ? known : null;

    /// <summary>The value in words; never fails, whatever the value is.</summary>
    public static string Describe(string oid, byte[] value)
    {
        if (Find(oid) is not { } known || EncodedValue.IsDeeplyNested(value))
            return Values.ToHex(value);
        try
        {
            return known.Words(Asn1Object.FromByteArray(value));
        }
        catch (Exception e) when (Asn1Failure.IsMalformed(e))
        {
            return Values.ToHex(value);
        }
    }
}
