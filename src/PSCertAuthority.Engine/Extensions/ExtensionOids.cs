namespace PSCertAuthority.Extensions;

/// <summary>The OIDs of extensions that are written or read here.</summary>
internal static class ExtensionOids
{
    public const string SubjectDirectoryAttributes = "2.5.29.9";
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string PrivateKeyUsagePeriod = "2.5.29.16";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string IssuerAlternativeName = "2.5.29.18";
    public const string BasicConstraints = "2.5.29.19";
    public const string NameConstraints = "2.5.29.30";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string CertificatePolicies = "2.5.29.32";
    public const string PolicyMappings = "2.5.29.33";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string PolicyConstraints = "2.5.29.36";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string FreshestCrl = "2.5.29.46";
    public const string InhibitAnyPolicy = "2.5.29.54";
    public const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    public const string QualifiedStatements = "1.3.6.1.5.5.7.1.3";
    public const string SubjectInformationAccess = "1.3.6.1.5.5.7.1.11";

    /// <summary>RFC 7633, section 4: known as must-staple.</summary>
    public const string TlsFeature = "1.3.6.1.5.5.7.1.24";

    /// <summary>RFC 6960, section 4.2.2.2.1.</summary>
    public const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";

    /// <summary>RFC 6962, section 3.3.</summary>
    public const string SignedCertificateTimestamps = "1.3.6.1.4.1.11129.2.4.2";

    /// <summary>RFC 6962, section 3.1.</summary>
    public const string PrecertificatePoison = "1.3.6.1.4.1.11129.2.4.3";

    public const string MicrosoftTemplateName = "1.3.6.1.4.1.311.20.2";
    public const string MicrosoftAuthorityVersion = "1.3.6.1.4.1.311.21.1";
    public const string MicrosoftPreviousHash = "1.3.6.1.4.1.311.21.2";
    public const string MicrosoftTemplate = "1.3.6.1.4.1.311.21.7";
    public const string MicrosoftApplicationPolicies = "1.3.6.1.4.1.311.21.10";
    public const string MicrosoftSecurity = "1.3.6.1.4.1.311.25.2";
    public const string NetscapeCertificateType = "2.16.840.1.113730.1.1";
}
