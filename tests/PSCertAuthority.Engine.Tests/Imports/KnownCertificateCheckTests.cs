using System;
using System.Collections.Generic;
using Microsoft.Extensions.Time.Testing;
using PSCertAuthority.Authorities;
using PSCertAuthority.Imports;
using PSCertAuthority.Names;
using PSCertAuthority.Tests.Authorities;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Imports;

/// <summary>A certificate for the key of an authority of the store is believed only as far as its issuer signed it.</summary>
public sealed class KnownCertificateCheckTests : IDisposable
{
    private const string Usages = "keyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n";

    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly TestStore _store;
    private readonly TestStore _elsewhere = new();
    private readonly ExternalRoot _root, _namesake;

    public KnownCertificateCheckTests()
    {
        // OpenSSL signs by the clock of the machine, which goes on.
        _clock.Advance(TimeSpan.FromMinutes(5));
        _store = new TestStore(_clock);
        _root = new ExternalRoot(_store);
        _namesake = new ExternalRoot(_elsewhere);
        _store.Engine.Authorities.Create(TestStore.Authority("Sub") with { RequestPath = _store.File("sub.csr"), Subject = DistinguishedName.Parse("/O=Example/CN=Example Sub") });
    }

    [JudgedFact("openssl")]
    public void What_an_issuer_of_the_store_did_not_sign_completes_and_renews_nothing()
    {
        Import(_root.Certificate, "External");
        Assert.Equal("ImportIssuerSignatureInvalid", Refused(_namesake.Sign(_store.File("sub.csr"), "forged.pem")));
        Assert.Equal(AuthorityStatus.Pending, _store.Engine.Authorities.GetWithPending("Sub").Status);
        Import(_root.Sign(_store.File("sub.csr"), "sub.pem"));
        CaAuthority before = _store.Engine.Authorities.Get("Sub");
        Assert.Equal("External", before.Parent);

        _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Sub", RequestPath = _store.File("renewal.csr") });
        Assert.Equal("ImportIssuerSignatureInvalid", Refused(_namesake.Sign(_store.File("renewal.csr"), "forged.pem", days: 2000)));
        Assert.Equal(before.SerialNumber, _store.Engine.Authorities.Get("Sub").SerialNumber);
        IReadOnlyList<string> warnings = Import(_root.Sign(_store.File("renewal.csr"), "renewed.pem", days: 2000, extensions: "basicConstraints=critical,CA:TRUE\n" + Usages));
        Assert.NotEqual(before.SerialNumber, _store.Engine.Authorities.Get("Sub").SerialNumber);
        Assert.Contains(warnings, warning => warning.Contains("another 'Basic Constraints'"));
    }

    [JudgedFact("openssl")]
    public void An_expired_certificate_completes_nothing()
    {
        string answer = _root.Sign(_store.File("sub.csr"), "sub.pem", days: 10);
        _clock.Advance(TimeSpan.FromDays(20));
        Assert.Equal("ImportCertificateExpired", Refused(answer));
        Assert.Equal(AuthorityStatus.Pending, _store.Engine.Authorities.GetWithPending("Sub").Status);
    }

    [JudgedTheory("openssl")]
    [InlineData("basicConstraints=critical,CA:TRUE,pathlen:0\n" + Usages, null)]
    [InlineData("basicConstraints=critical,CA:TRUE,pathlen:5\n" + Usages, "Basic Constraints")]
    [InlineData("basicConstraints=critical,CA:TRUE\n" + Usages, "Basic Constraints")]
    [InlineData("basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=critical,keyCertSign\nsubjectKeyIdentifier=hash\n", "Key Usage")]
    [InlineData("basicConstraints=critical,CA:TRUE,pathlen:0\nnameConstraints=critical,permitted;DNS:example.com\n" + Usages, "Name Constraints")]
    [InlineData("basicConstraints=critical,CA:TRUE,pathlen:0\nextendedKeyUsage=serverAuth\n" + Usages, "Extended Key Usage")]
    public void What_the_certificate_says_other_than_the_request_is_told(string extensions, string? named)
    {
        IReadOnlyList<string> warnings = Import(_root.Sign(_store.File("sub.csr"), "sub.pem", extensions: extensions));
        if (named is null)
            Assert.DoesNotContain(warnings, warning => warning.Contains("was requested"));
        else
            Assert.Contains(warnings, warning => warning.Contains($"has changed '{named}'") && warning.Contains("was requested"));
        Assert.Equal(AuthorityStatus.Valid, _store.Engine.Authorities.Get("Sub").Status);
    }

    [JudgedFact("openssl")]
    public void A_common_name_that_means_another_authority_becomes_no_name_by_itself()
    {
        Import(_root.Certificate, "Offline");
        Assert.Equal("ImportNameAmbiguous", Refused(_namesake.Certificate));
        Assert.Equal("Offline", _store.Engine.Authorities.Get("external").Name);
        Import(_namesake.Certificate, "Namesake");
        Assert.Equal(2, _store.Engine.Authorities.List().Count);
    }

    public void Dispose()
    {
        _elsewhere.Dispose();
        _store.Dispose();
    }

    private IReadOnlyList<string> Import(string path, string? name = null) =>
        _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(path), Name = name }).Warnings;

    private string Refused(string path) => Assert.ThrowsAny<CaException>(() => Import(path)).ErrorId;
}
