namespace PSCertAuthority.Profiles;

/// <summary>The OIDs of extended key usages (RFC 5280, section 4.2.1.12).</summary>
internal static class ExtendedKeyUsages
{
    public const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    public const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    public const string CodeSigning = "1.3.6.1.5.5.7.3.3";
    public const string EmailProtection = "1.3.6.1.5.5.7.3.4";
    public const string OcspSigning = "1.3.6.1.5.5.7.3.9";
}
