using System;
using System.IO;
using PSCertAuthority.Authorities;
using PSCertAuthority.Imports;
using PSCertAuthority.Tests.Interoperability;
using Xunit;

namespace PSCertAuthority.Tests.Authorities;

/// <summary>Roots as programs elsewhere make them, also without what RFC 5280 demands, are renewed and given a new key like our own.</summary>
public sealed class ImportedShapeTests : IDisposable
{
    private readonly TestStore _store = new();

    [JudgedTheory("openssl")]
    [InlineData("basicConstraints=critical,CA:TRUE")]
    [InlineData("basicConstraints=critical,CA:TRUE\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid")]
    [InlineData("basicConstraints=CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign")]
    [InlineData("basicConstraints=CA:TRUE,pathlen:3\nkeyUsage=keyCertSign,cRLSign")]
    [InlineData("basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign")]
    [InlineData("basicConstraints=critical,CA:TRUE\nkeyUsage=digitalSignature,keyCertSign,cRLSign\nextendedKeyUsage=serverAuth,clientAuth")]
    [InlineData("basicConstraints=critical,CA:TRUE\nextendedKeyUsage=serverAuth")]
    [InlineData("basicConstraints=critical,CA:TRUE\npolicyConstraints=requireExplicitPolicy:3\ncertificatePolicies=2.5.29.32.0")]
    [InlineData("basicConstraints=critical,CA:TRUE\nnsCertType=sslCA,emailCA\nnsComment=Made elsewhere")]
    [InlineData("basicConstraints=critical,CA:TRUE\ncertificatePolicies=DER:3000\nsubjectAltName=email:ca@example.com")]
    public void Is_renewed(string extensions)
    {
        Import(extensions);
        _store.Issue("/CN=before.example.com", "Old");
        CaAuthority same = _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Old" }).Value;
        AssertWhole(same);
        foreach (AuthorityKey key in new[] { AuthorityKey.Replace, AuthorityKey.ReplaceAndCrossSign })
            AssertWhole(_store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Old", Key = key }).Value);
        foreach (AuthorityKey key in new[] { AuthorityKey.Keep, AuthorityKey.Replace })
        {
            _store.Engine.Authorities.Renew(new AuthorityRenewalRequest { Authority = "Old", Key = key, RequestPath = _store.File($"{key}.csr") });
            string text = Tool.Succeed("openssl", "req", "-in", _store.File($"{key}.csr"), "-noout", "-text", "-verify");
            Assert.Matches("Key Usage: critical\\s+.*Certificate Sign, CRL Sign", text);
        }

        Assert.True(_store.Engine.Care.Test().Passed);
    }

    [JudgedFact("openssl")]
    public void One_of_version_1_is_no_authority()
    {
        Tool.Succeed("openssl", "req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", "/CN=Old", "-keyout", _store.File("old.key"), "-out", _store.File("old.csr"));
        Tool.Succeed("openssl", "x509", "-req", "-in", _store.File("old.csr"), "-signkey", _store.File("old.key"), "-days", "3000", "-out", _store.File("old.pem"));
        Assert.Equal("ImportNotAuthority", Assert.ThrowsAny<CaException>(Import).ErrorId);
    }

    public void Dispose() => _store.Dispose();

    private void Import(string extensions)
    {
        File.WriteAllText(_store.File("old.cnf"), $"[req]\ndistinguished_name=d\nx509_extensions=e\n[d]\n[e]\n{extensions}\n");
        Tool.Succeed("openssl", "req", "-config", _store.File("old.cnf"), "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "3000",
            "-subj", "/O=Elsewhere/CN=Old", "-keyout", _store.File("old.key"), "-out", _store.File("old.pem"));
        Import();
    }

    private void Import() => _store.Engine.Imports.ImportAuthority(new AuthorityImportRequest { Source = new FileSource(_store.File("old.pem"), _store.File("old.key")), Name = "Old" });

    private void AssertWhole(CaAuthority authority)
    {
        string pem = _store.File("renewed.pem"), leaf = _store.File("leaf.pem");
        File.WriteAllText(pem, authority.ToPem());
        string text = Tool.Succeed("openssl", "x509", "-in", pem, "-noout", "-text");
        Assert.Matches("Basic Constraints: critical\\s+CA:TRUE", text);
        Assert.Matches("Key Usage: critical\\s+.*Certificate Sign, CRL Sign", text);
        File.WriteAllText(leaf, _store.Issue("/CN=a.example.com", "Old").ToPem());
        Tool.Succeed("openssl", "verify", "-x509_strict", "-CAfile", pem, leaf);
    }
}
