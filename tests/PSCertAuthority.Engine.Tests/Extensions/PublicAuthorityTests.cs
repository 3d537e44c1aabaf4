using System;
using System.Linq;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Extensions;
using PSCertAuthority.Keys;
using PSCertAuthority.Names;
using Xunit;

namespace PSCertAuthority.Tests.Extensions;

/// <summary>The extension sets of public authorities can be expressed, to the octet.</summary>
/// <remarks>
/// The order of extensions, and of OCSP and CA Issuers within AuthorityInfoAccess, says nothing (RFC 5280, section 4.2.2.1): ours is always
/// the same, whatever theirs is.
/// </remarks>
public sealed class PublicAuthorityTests : IDisposable
{
    private static readonly string[] KeyIdentifiers = ["2.5.29.14", "2.5.29.35"];
    private readonly TestStore _store = new();

    [Theory]
    [MemberData(nameof(PublicAuthorities.All), MemberType = typeof(PublicAuthorities), DisableDiscoveryEnumeration = true)]
    public void Their_extensions_come_out_to_the_octet(PublicAuthority theirs)
    {
        CaAuthority root = _store.Engine.Authorities.Create(TestStore.Authority("Root", pathLength: null, type: KeyType.RSA)
            with { Urls = new AuthorityUrls { Crl = theirs.Crl, Ocsp = theirs.Ocsp, Issuer = theirs.Issuer } }).Value;
        var extensions = theirs.IsAuthority ? MakeAuthority(theirs) : MakeLeaf(theirs);
        Assert.Equal(
            theirs.Expected.OrderBy(e => e.Oid).Select(e => $"{e.Oid} {e.Critical} {e.Der}"),
            extensions.Where(e => !KeyIdentifiers.Contains(e.Oid)).OrderBy(e => e.Oid)
                .Select(e => $"{e.Oid} {e.Critical} {Convert.ToHexString(e.RawValue)}"));

        // The issuer's key identifier is what the certificate points to, in the forms of RFC 5280, sections 4.2.1.1 and 4.2.1.2.
        string issuer = Convert.ToHexString(root.Extensions.Single(e => e.Oid == "2.5.29.14").RawValue);
        Assert.StartsWith("0414", issuer);
        CertificateExtension authorityKey = extensions.Single(e => e.Oid == "2.5.29.35");
        Assert.Equal("30168014" + issuer[4..], Convert.ToHexString(authorityKey.RawValue));
        Assert.False(authorityKey.Critical);
        CertificateExtension subjectKey = extensions.Single(e => e.Oid == "2.5.29.14");
        Assert.Equal(22, subjectKey.RawValue.Length);
        Assert.False(subjectKey.Critical);
    }

    public void Dispose() => _store.Dispose();

    private System.Collections.Generic.IReadOnlyList<CertificateExtension> MakeAuthority(PublicAuthority theirs) =>
        _store.Engine.Authorities.Create(TestStore.Authority("Theirs", "Root", type: KeyType.RSA) with
        {
            KeyUsage = KeyUsageNames.Parse(theirs.KeyUsage),
            ExtendedKeyUsage = ExtendedKeyUsageNames.Parse(theirs.ExtendedKeyUsage),
            CertificatePolicies = [.. theirs.Policies.Select(CertificatePolicy.Parse)],
            NameConstraints = NameConstraints.Create(theirs.Permitted, theirs.Excluded),
            NameConstraintsCritical = theirs.NameConstraintsCritical,
            Subject = DistinguishedName.Parse("/CN=Theirs"),
        }).Value.Extensions;

    private System.Collections.Generic.IReadOnlyList<CertificateExtension> MakeLeaf(PublicAuthority theirs)
    {
        IssueOutcome outcome = _store.TryIssue(new CertificateIssueRequest
        {
            Authority = "Root",
            Request = _store.Csr("/CN=x", KeyType.RSA),
            SubjectAlternativeName = [.. theirs.Names.Select(GeneralName.Parse)],
            KeyUsage = KeyUsageNames.Parse(theirs.KeyUsage),
            ExtendedKeyUsage = ExtendedKeyUsageNames.Parse(theirs.ExtendedKeyUsage),
            CertificatePolicies = [.. theirs.Policies.Select(CertificatePolicy.Parse)],
        });
        return (outcome.Certificate ?? throw outcome.Error!).Extensions;
    }
}
