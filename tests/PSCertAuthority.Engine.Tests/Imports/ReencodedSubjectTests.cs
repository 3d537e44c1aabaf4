using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.Extensions.Time.Testing;
using Org.BouncyCastle.Asn1.X509;
using PSCertAuthority.Authorities;
using PSCertAuthority.Certificates;
using PSCertAuthority.Encodings;
using PSCertAuthority.Imports;
using PSCertAuthority.Keys;
using PSCertAuthority.Revocation;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>GnuTLS and NSS compare names byte for byte: a renewal in which the issuer encodes the subject anew must not hide what was revoked.</summary>
public sealed class ReencodedSubjectTests : IDisposable
{
    private static readonly PrivateKey RootKey = PrivateKey.Generate(KeySpecification.Create(KeyType.EC)), Key = PrivateKey.Generate(KeySpecification.Create(KeyType.EC));

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;

    public ReencodedSubjectTests() => _store = new TestStore(_clock);

    [JudgedTheory("certtool")]
    [InlineData("Utf8", "Printable")]
    [InlineData("Printable", "Utf8")]
    [InlineData("Bmp", "Utf8")]
    public void What_was_revoked_stays_revoked_for_those_who_compare_bytes(string before, string after)
    {
        ImportFirst(before);
        CaCertificate revoked = _store.Issue("/CN=revoked.example.com", "Sub"), good = _store.Issue("/CN=good.example.com", "Sub");
        _store.Engine.Revocations.Revoke(revoked, RevocationReason.KeyCompromise, null);
        Import(Sign("renewed.pem", after, days: 2000));
        CaCertificate later = _store.Issue("/CN=later.example.com", "Sub"), laterRevoked = _store.Issue("/CN=later-revoked.example.com", "Sub");
        _store.Engine.Revocations.Revoke(laterRevoked, RevocationReason.KeyCompromise, null);
        Write("sub.crl", _store.Engine.Crls.Create("Sub", null, TimeSpan.FromDays(1)).ToPem());
        Write("root.pem", Pem.EncodeText("CERTIFICATE", Root()));
        foreach ((CaCertificate leaf, bool isGood) in new[] { (revoked, false), (good, true), (later, true), (laterRevoked, false) })
        {
            string issuer = leaf == revoked || leaf == good ? File.ReadAllText(_store.File("first.pem")) : _store.Engine.Authorities.Get("Sub").ToPem();
            string chain = Write("chain.pem", leaf.ToPem() + issuer), path = Write("leaf.pem", leaf.ToPem());
            string said = Tool.Run("certtool", "--verify", "--load-ca-certificate", _store.File("root.pem"), "--load-crl", _store.File("sub.crl"), "--infile", chain).Output;
            Assert.True(isGood == said.Contains("Chain verification output: Verified"), $"{leaf.Subject}: {said}");
            Assert.True(isGood != said.Contains("revoked"), $"{leaf.Subject}: {said}");
            foreach (string sub in new[] { "first.pem", "renewed.pem" })
            {
                (int exitCode, said) = Tool.Run("openssl", "verify", "-crl_check", "-CAfile", _store.File("root.pem"), "-untrusted", _store.File(sub), "-CRLfile", _store.File("sub.crl"), path);
                Assert.True(isGood == (exitCode == 0), $"{leaf.Subject}: {said}");
            }
        }
    }

    [Theory]
    [InlineData("Utf8", "Printable")]
    [InlineData("Utf8", "Bmp")]
    [InlineData("Utf8", "Case")]
    [InlineData("T61", "Utf8")]
    [InlineData("Printable", "Utf8")]
    public void Another_encoding_stays_beside_the_present_certificate_until_that_has_expired(string before, string after)
    {
        ImportFirst(before);
        string present = Present;
        _clock.Advance(TimeSpan.FromMinutes(1));
        string renewed = Sign("renewed.pem", after, days: 2000);
        string warning = Assert.Single(Import(renewed), warning => warning.Contains("encodes its subject differently"));
        Assert.Contains("GnuTLS and NSS", warning);
        Assert.Contains("-RequestPath", warning);
        Assert.Equal(present, Present);
        Assert.Equal("ImportAuthorityExists", Assert.ThrowsAny<CaException>(() => Import(renewed)).ErrorId);
        Assert.True(_store.Engine.Care.Test().Passed);

        // A renewal in the same encoding is the present one at once.
        Import(Sign("same.pem", before));
        Assert.NotEqual(present, Present);
        _clock.Advance(TimeSpan.FromDays(1001));
        Assert.Contains(Import(renewed), text => text.Contains("encodes its subject differently"));
        Assert.Equal(SerialOf(renewed), Present);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Fact]
    public void Force_makes_it_the_present_one_with_a_warning()
    {
        ImportFirst("Utf8");
        string renewed = Sign("renewed.pem", "Printable", days: 2000);
        Assert.Contains(Import(renewed, force: true), text => text.Contains("encodes its subject differently"));
        Assert.Equal(SerialOf(renewed), Present);
    }

    [Fact]
    public void A_root_is_no_exception()
    {
        Import(Sign("first.pem", "Utf8", isRoot: true));
        string present = Present;
        _clock.Advance(TimeSpan.FromMinutes(1));
        string renewed = Sign("renewed.pem", "Printable", isRoot: true);
        Assert.Contains(Import(renewed), text => text.Contains("encodes its subject differently"));
        Assert.Equal(present, Present);
        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [Theory]
    [InlineData("Utf8")]
    [InlineData("Printable")]
    [InlineData("Bmp")]
    [InlineData("T61")]
    public void Renewals_made_here_and_their_requests_keep_the_encoding(string encoding)
    {
        ImportFirst(encoding);
        byte[] name = EncodedName.Of(encoding).GetDerEncoded();
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", RequestPath = _store.File("same.csr") });
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", Key = AuthorityKey.Replace, RequestPath = _store.File("new.csr") });
        foreach (string request in new[] { "same.csr", "new.csr" })
            Assert.Equal(name, CertificateRequestReader.SubjectOf(CertificateRequestReader.ReadFile(_store.File(request)).ToDer()).GetDerEncoded());
        Import(Write("root.pem", Pem.EncodeText("CERTIFICATE", Root()) + KeyPem("root.key", RootKey)), name: "Root");
        foreach (AuthorityKey key in Enum.GetValues<AuthorityKey>())
        {
            _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", Key = key });
            Assert.Equal(name, new DecodedCertificate(_store.Engine.Authorities.Get("Sub").ToDer()).SubjectName.GetDerEncoded());
            Assert.Equal(name, new DecodedCertificate(_store.Issue("/CN=a.example.com", "Sub").ToDer()).IssuerName.GetDerEncoded());
        }

        // The cross-certificates bear it, too.
        foreach (CaCertificate cross in _store.Engine.Certificates.List(new CertificateFilter()).Where(c => c.Issuer.Equals(c.Subject)))
            Assert.Equal(name, new DecodedCertificate(cross.ToDer()).SubjectName.GetDerEncoded());
    }

    [Fact]
    public void The_answer_for_a_new_key_may_bear_another_encoding_and_tells_what_that_means()
    {
        ImportFirst("Utf8");
        CaCertificate revoked = _store.Issue("/CN=revoked.example.com", "Sub");
        _store.Engine.Revocations.Revoke(revoked, RevocationReason.KeyCompromise, null);
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", Key = AuthorityKey.Replace, RequestPath = _store.File("new.csr") });
        SubjectPublicKeyInfo newKey = CertificateRequestReader.KeyOf(CertificateRequestReader.ReadFile(_store.File("new.csr")).ToDer());
        Assert.Contains(Import(Sign("new.pem", "Printable", key: newKey), withKey: false), text => text.Contains("encodes its subject differently") && text.Contains("'Sub-1'"));
        // The old key goes on to sign under the old encoding.
        Assert.Equal(1, _store.Engine.Crls.Create("Sub-1", null, TimeSpan.FromDays(1)).EntryCount);
    }

    [Fact]
    public void A_request_from_elsewhere_for_the_same_key_in_another_encoding_makes_no_second_authority()
    {
        using PrivateKey foreign = PrivateKey.Generate(KeySpecification.Create(KeyType.EC));
        _store.Root();
        SignForeign("Partner", foreign, "Utf8");
        Assert.Equal("AuthorityKeyExists", Assert.ThrowsAny<CaException>(() => SignForeign("Second", foreign, "Printable")).ErrorId);
        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Partner" });
        Assert.Equal(EncodedName.Of("Utf8").GetDerEncoded(), new DecodedCertificate(_store.Engine.Authorities.Get("Partner").ToDer()).SubjectName.GetDerEncoded());
    }

    public void Dispose() => _store.Dispose();

    private string Present => _store.Engine.Authorities.Get("Sub").SerialNumber;

    private static string SerialOf(string path) => SerialNumbers.ToPrinted(new DecodedCertificate(Pem.Decode(File.ReadAllBytes(path))[0].Content).SerialNumber);

    private void SignForeign(string name, PrivateKey key, string encoding)
    {
        byte[] request = RequestFactory.Sign(key, EncodedName.Of(encoding), new CertificateExtensions().AuthorityConstraints(0, 0).Build(), DigestAlgorithm.Sha256);
        _store.Engine.Authorities.Create(new AuthorityRequest
        {
            Name = name, Parent = "Root", Request = CertificateRequestReader.Read(request, "the request"), Key = KeySpecification.Create(KeyType.EC), PathLength = 0,
        });
    }

    private void ImportFirst(string encoding) => Import(Sign("first.pem", encoding));

    private byte[] Root() => Issue(new X509Name("CN=Elsewhere"), RootKey, new X509Name("CN=Elsewhere"), RootKey.PublicKey, days: 4000, pathLength: 2);

    private string Sign(string file, string encoding, int days = 1000, bool isRoot = false, SubjectPublicKeyInfo? key = null)
    {
        X509Name subject = EncodedName.Of(encoding);
        byte[] der = Issue(isRoot ? subject : new X509Name("CN=Elsewhere"), isRoot ? Key : RootKey, subject, key ?? Key.PublicKey, days, pathLength: 1);
        return Write(file, Pem.EncodeText("CERTIFICATE", der));
    }

    private byte[] Issue(X509Name issuer, PrivateKey issuerKey, X509Name subject, SubjectPublicKeyInfo key, int days, int pathLength)
    {
        DateTime now = _clock.GetUtcSecond().AddMinutes(-5);
        X509Extensions extensions = new CertificateExtensions().AuthorityConstraints(pathLength, 0).KeyIdentifiers(key, CertificateExtensions.KeyIdentifierOf(issuerKey.PublicKey)).Build();
        return new CertificateSigner(issuer, issuerKey, DigestAlgorithm.Sha256).Issue(new CertificateContents(subject, key, now, now.AddDays(days), extensions)).Der;
    }

    private string KeyPem(string file, PrivateKey key) => File.ReadAllText(Write(file, System.Text.Encoding.ASCII.GetString(PrivateKeyFile.Encode(key, null))));

    private string Write(string file, string content)
    {
        File.WriteAllText(_store.File(file), content);
        return _store.File(file);
    }

    private IReadOnlyList<string> Import(string path, bool force = false, string name = "Sub", bool withKey = true) => _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest
    {
        Source = new FileSource(Write("import.pem", File.ReadAllText(path) + (withKey && name == "Sub" ? KeyPem("sub.key", Key) : string.Empty))), Name = name, Force = force,
    }).Warnings;
}
